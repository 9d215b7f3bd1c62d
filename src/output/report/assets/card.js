
// The open article: its mentions, the card of one of them, the words of a fact. ----------------------------------------
const card = byId("card"), trail = byId("trail"), open = byId("open");
let pinned = false, owner = null, timer = 0;

// One stop of the Tab key for an article; inside it the arrow keys go from name to name. A mention inside another is
// reached through the other's card, since a button inside a button is none.
const buttons = text => [...text.querySelectorAll(".m[id]")].filter(m => !m.parentElement.closest(".m"));
function liven(article) {
  const text = article.querySelector(".text");
  buttons(text).forEach((m, i) => {
    m.setAttribute("role", "button");
    m.setAttribute("tabindex", i ? "-1" : "0");
    m.setAttribute("aria-haspopup", "dialog");
    m.setAttribute("aria-describedby", "k-" + entities[m.dataset.e].kind);
  });
}
function step(from, key) {
  const text = from.closest(".text"), all = buttons(text), at = all.indexOf(from);
  const rtl = getComputedStyle(from.closest("p") || text).direction === "rtl";
  const next = { Home: 0, End: all.length - 1, ArrowRight: at + (rtl ? -1 : 1), ArrowLeft: at + (rtl ? 1 : -1) }[key];
  if (next === undefined || !all[next]) return false;
  rove(all[next]);
  all[next].focus();
  return true;
}
function rove(to) {
  for (const m of to.closest(".text").querySelectorAll('.m[tabindex="0"]')) m.setAttribute("tabindex", "-1");
  if (to.hasAttribute("tabindex")) to.setAttribute("tabindex", "0");
}
// The element with the id of a mention, whichever of its pieces was met.
const whole = m => m.dataset.of ? byId(m.dataset.of) : m;

// The words around a mention, itself in bold.
function around(m) {
  const home = m.closest("p") || m.parentElement, range = document.createRange();
  range.setStart(home, 0);
  range.setEnd(m, 0);
  const start = range.toString().length, all = home.textContent, words = m.textContent;
  let from = Math.max(0, start - 32), to = start + words.length + 32;
  if (from) from = all.indexOf(" ", from) + 1 > start ? start : all.indexOf(" ", from) + 1;
  if (to < all.length) to = Math.max(all.lastIndexOf(" ", to), start + words.length);
  return make("bdi", { dir: getComputedStyle(home).direction },
    (from ? "… " : "") + all.slice(from, start), make("b", {}, words), all.slice(start + words.length, to) + (to < all.length ? " …" : ""));
}

function fillCard(m) {
  const entity = entities[m.dataset.e], article = m.closest(".article"), d = +article.dataset.d;
  const other = page === "ar" ? entity.en : entity.ar;
  const [why, metonym] = m.dataset.why.endsWith(" metonym") ? [m.dataset.why.slice(0, -8), true] : [m.dataset.why, false];
  const same = [...article.querySelectorAll(`.m[id][data-e="${m.dataset.e}"]`)].filter(one => one !== m);
  const inside = [...m.querySelectorAll(".m[id]")];
  const offices = articles[d].facts.filter(f => f.kind === "position" && f.note && f.roles[0] && f.roles[0][0] === "person" && f.roles[0][1] === entity.n);
  const outer = m.parentElement.closest(".m");
  if (outer) inside.unshift(whole(outer));
  const links = (title, list) => list.length ? [make("h3", {}, title), make("ul", {}, list)] : [];
  card.replaceChildren(
    make("h2", { id: "card-name" }, nameOf(entity.n)),
    make("button", { class: "close", type: "button", "aria-label": say("close") }, "×"),
    ...(other && other !== entity.name ? [make("p", { lang: page === "ar" ? "en" : "ar" }, isolate(other))] : []),
    make("p", {}, make("span", { class: "kind" }, say(entity.kind)), entity.standing === 1 ? "" : ` · ${say("not-listed")}`,
      ...(/^Q\d+$/.test(entity.wikidata || "") ? [" · ", make("a", { href: "https://www.wikidata.org/wiki/" + entity.wikidata, rel: "noreferrer noopener" }, "Wikidata")] : [])),
    ...offices.slice(0, 2).map(f => make("p", {}, isolate(f.note), ...f.roles.slice(1).flatMap(([, e]) => [" · ", nameOf(e)]))),
    make("p", { class: "why" }, make("b", {}, say("why") + ": "), sayOf("why-", why), metonym ? " " + say("why-metonym") : "",
      // What a link across the scripts rests on: «تيمو سويني» ~ "Timo Soini".
      ...(m.dataset.rests ? [" (", isolate(m.dataset.rests), ")"] : [])),
    make("p", {}, make("a", { href: "#e" + entity.n, class: "all" }, say("all-about")),
      ` (${count("mentions-n", entity.times)}${many ? " · " + count("articles-n", entity.articles.length) : ""})`),
    ...links(`${say("mentions-here")} (${same.length + 1})`, same.slice(0, 40).map(one => make("li", {}, make("a", { href: "#" + one.id }, around(one))))),
    ...links(say(outer ? "in-text" : "inside"), inside.map(one => make("li", {}, make("a", { href: "#" + one.id }, nameOf(+one.dataset.e))))),
  );
  card.className = entity.kind;
}

function showCard(mention, pin) {
  const m = whole(mention);
  clearTimeout(timer);
  if (owner !== m) {
    hideCard(false);
    fillCard(m);
    owner = m;
    for (const one of m.closest(".article").querySelectorAll(`.m[data-e="${m.dataset.e}"]`)) one.classList.add("on");
  }
  pinned = pinned || pin;
  card.hidden = false;
  card.scrollTop = 0;
  // On a phone the card lies over the lower part of the window: the words are brought out from under it.
  if (pin && innerWidth <= 700 && mention.getBoundingClientRect().bottom > innerHeight * 0.36) scrollBy({ top: mention.getBoundingClientRect().top - innerHeight * 0.2, behavior: "instant" });
  // Below the words where there is room, else above; never over the edge of the window.
  const at = mention.getClientRects()[0] || mention.getBoundingClientRect(), { offsetWidth: w, offsetHeight: h } = card;
  const below = at.bottom + h + 10 < innerHeight || at.top < h + 10;
  card.style.insetInlineStart = "auto";
  card.style.left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - w - 8)) + scrollX + "px";
  card.style.top = (below ? at.bottom + 6 : at.top - h - 6) + scrollY + "px";
  if (m.hasAttribute("aria-haspopup")) m.setAttribute("aria-expanded", "true");
  if (pin) card.focus({ preventScroll: true });
}
function hideCard(back) {
  clearTimeout(timer);
  if (!owner) return;
  for (const one of document.querySelectorAll(".m.on")) one.classList.remove("on");
  owner.removeAttribute("aria-expanded");
  const last = owner;
  owner = null;
  pinned = false;
  card.hidden = true;
  if (back) {
    const button = last.hasAttribute("tabindex") ? last : last.parentElement.closest(".m[tabindex]");
    silent = true;
    button?.focus();
    silent = false;
  }
}
// While true, focus on a mention opens no card: it has just been closed.
let silent = false;

const mentionOf = event => event.target.closest?.("#open .m");
document.addEventListener("pointerover", event => {
  const m = mentionOf(event);
  if (event.pointerType !== "mouse" || pinned || card.contains(event.target)) return;
  clearTimeout(timer);
  if (m) timer = setTimeout(() => showCard(m, false), 200);
  else if (owner) timer = setTimeout(() => hideCard(false), 350);
});
card.addEventListener("pointerenter", () => clearTimeout(timer));
open.addEventListener("click", event => {
  const m = mentionOf(event);
  if (!m) return;
  const button = m.closest(".m[tabindex]");
  if (button) rove(button);
  showCard(m, true);
});
open.addEventListener("focusin", event => {
  const m = event.target.closest(".m[tabindex]");
  if (m && m === event.target && !silent && m.matches(":focus-visible")) showCard(m, false);
});
open.addEventListener("keydown", event => {
  const m = event.target.closest(".m[tabindex]");
  if (!m || event.target !== m || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") showCard(m, true);
  else if (!step(m, event.key)) return;
  event.preventDefault();
});
document.addEventListener("keydown", event => { if (event.key === "Escape" && owner) hideCard(true); });
document.addEventListener("click", event => {
  if (event.target.closest("#card .close")) hideCard(true);
  else if (owner && !event.target.closest("#card, #open .m")) hideCard(false);
});
document.addEventListener("focusin", event => {
  if (owner && !card.contains(event.target) && event.target !== owner && !event.target.closest(".m")) hideCard(false);
});

// The words that a fact rests on.
function unlight() {
  for (const one of open.querySelectorAll(".lit, .arg, .fact.on")) one.classList.remove("lit", "arg", "on");
  trail.hidden = true;
}
function light(d, n) {
  unlight();
  const [r, copy] = n.split("-").map(Number), text = byId(`a${d}t`), line = byId(`d${d}r${r}`), first = byId(`d${d}e${n}`);
  if (!first) return;
  for (const one of text.querySelectorAll(`.ev[data-r="${r}"][data-n="${copy || 0}"], .said[data-r="${r}"], .t[data-r="${r}"]`)) one.classList.add("lit");
  if (line) {
    line.classList.add("on");
    for (const m of (line.dataset.m || "").split(" ").filter(Boolean)) byId(`d${d}m${m}`)?.classList.add("arg");
    const close = make("button", { type: "button", "aria-label": say("close") }, "×");
    close.addEventListener("click", () => { unlight(); history.replaceState(null, "", `#a${d}`); });
    trail.replaceChildren(make("span", { class: "what" }, hidden(say("shown") + " "), ...[...line.querySelector(".main").childNodes].map(node => node.cloneNode(true))),
      make("a", { href: "#" + line.id }, say("show-list")), close);
    trail.hidden = false;
  }
  first.setAttribute("tabindex", "-1");
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "center" });
}
