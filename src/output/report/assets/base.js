// The page's script, in five files that are set one behind the other. This one: the data, small helpers, who is called
// what. Everything from an article goes into the page as text (textContent), never as markup.
(() => {
"use strict";
const byId = id => document.getElementById(id);
const read = id => JSON.parse(byId(id).textContent);
const phrases = read("phrases");
const say = key => Object.hasOwn(phrases, key) ? phrases[key] : key;
// A phrase for role or reason, or the plain word where the table has none.
const sayOf = (group, key) => Object.hasOwn(phrases, group + key) ? phrases[group + key] : key;
const raw = read("data");
const page = document.documentElement.lang === "ar" ? "ar" : "en";
const many = raw.d.length > 1;

const entities = raw.e.map(([kind, id, en, ar, standing, wikidata], n) =>
  ({ n, kind, id, en, ar, standing, wikidata, name: (page === "ar" ? ar || en : en || ar) || id, articles: [], facts: [], times: 0 }));
const articles = raw.d.map(([id, title, language, day, seen], n) => ({ n, id, title, language, day, seen, facts: [] }));
const facts = raw.r.map(([d, n, kind, modality, date, roles, note, words]) => ({ d, n, kind, modality, date, roles, note, words }));
for (const article of articles) for (const [e, times, first] of article.seen) {
  entities[e].articles.push([article.n, times, first]);
  entities[e].times += times;
}
for (const fact of facts) {
  articles[fact.d].facts.push(fact);
  for (const e of new Set(fact.roles.map(([, e]) => e))) entities[e].facts.push(fact);
}

// The element `tag` with attributes and children; a string child is text.
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== false) node.setAttribute(key, value);
  node.append(...children.flat().filter(child => child !== null));
  return node;
}
const RIGHT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u;
// Text in an isolate of the direction in which most of its letters run, as the page's own lists have it.
function isolate(text) {
  let right = 0, left = 0;
  for (const c of text) if (RIGHT.test(c)) right++; else if (/\p{L}/u.test(c)) left++;
  return make("bdi", { dir: right > left ? "rtl" : left > right ? "ltr" : null }, text);
}
// "facts: 3": a form that asks for no plural.
const count = (what, n) => `${say(what)}: ${n}`;
const nameOf = e => isolate(entities[e].name);
function joined(nodes, between) {
  return nodes.flatMap((node, i) => i ? [between, node] : [node]);
}
const hidden = text => make("span", { class: "vh" }, text);
const sign = (glyph, spoken) => [" ", make("span", { "aria-hidden": "true", class: "sign" }, glyph), hidden(spoken), " "];

// A fact in one line, with a link to its words. The same order as in the lists beside an article.
function factLine(fact, withArticle, withDate = true) {
  const of = role => fact.roles.filter(([one]) => one === role).map(([, e]) => nameOf(e));
  const list = (...roles) => joined(roles.flatMap(of), say("comma"));
  const told = { meeting: ["participant"], statement: ["speaker"], visit: ["visitor", "destination"], position: ["person"] }[fact.kind] || [];
  let head;
  if (fact.kind === "meeting") head = of("participant").flatMap((node, i) => i ? [...sign("↔", say("met")), node] : [node]);
  else if (fact.kind === "statement") head = list("speaker");
  else if (fact.kind === "visit") head = [...list("visitor"), ...sign(page === "ar" ? "←" : "→", say("went-to")), ...list("destination")];
  else if (fact.kind === "position") head = [...list("person"), fact.note ? ": " : "", fact.note ? isolate(fact.note) : ""];
  else head = [say(fact.kind)];
  if (!head.length) head = [say(fact.kind === "statement" ? "somebody" : fact.kind)];
  const pieces = [];
  if (withArticle) pieces.push(make("span", {}, sayOf("", fact.kind)));
  if (fact.modality !== "asserted") pieces.push(make("span", {}, make("b", { class: "tag " + fact.modality }, say(fact.modality))));
  if (fact.date && withDate) pieces.push(make("span", {}, make("time", { datetime: fact.date, dir: "ltr" }, fact.date)));
  const roles = [...new Set(fact.roles.map(([role]) => role))].filter(role => !told.includes(role));
  for (const role of roles) pieces.push(make("span", {}, sayOf("role-", role), " ", ...list(role)));
  if (withArticle && many) pieces.push(make("span", {}, isolate(articles[fact.d].title)));
  return make("li", { class: "fact", "data-modality": fact.modality },
    make("a", { class: "main", href: `#d${fact.d}e${fact.n}` }, head),
    pieces.length ? make("p", { class: "details" }, joined(pieces, " ")) : null,
    fact.words ? make("p", { class: "words" }, isolate(fact.words)) : null);
}

// Fills `list` with a line for each item, a screenful at a time: the rest waits for the button.
function fill(list, items, line, step = 100) {
  list.replaceChildren();
  const next = list.nextElementSibling;
  if (next && next.classList.contains("more")) next.remove();
  let shown = 0;
  const button = make("button", { class: "more", type: "button" });
  const add = focus => {
    const lines = items.slice(shown, shown + step).map(line);
    list.append(...lines);
    shown += lines.length;
    button.textContent = `${say("more")} (${items.length - shown})`;
    if (shown >= items.length) button.remove();
    if (focus && lines[0]) lines[0].querySelector("a, button")?.focus();
  };
  if (items.length > step) list.after(button);
  button.addEventListener("click", () => add(true));
  add(false);
}
// What a filter compares: without case, marks, and the spellings of alef that people leave out.
const plain = text => text.toLowerCase().normalize("NFD").replace(/\p{M}|\u0640/gu, "").replace(/[أإآٱ]/gu, "ا").replace(/ى/gu, "ي").replace(/ة/gu, "ه");
