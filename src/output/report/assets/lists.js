
// The lists: articles, names, the page of one name, the time line. ----------------------------------------------------
function listArticles() {
  const words = plain(byId("articles-filter").value.trim());
  const found = articles.filter(a => !words || plain(`${a.id || ""} ${a.title} ${a.day || ""}`).includes(words));
  byId("articles-count").textContent = count("articles-n", found.length);
  fill(byId("articles-list"), found, a => make("li", {},
    make("a", { href: "#a" + a.n }, isolate(a.title)),
    make("span", { class: "n" }, joined([a.day ? make("time", { datetime: a.day, dir: "ltr" }, a.day) : null, a.id && a.id !== a.title ? isolate(a.id) : null,
      count("facts-n", a.facts.length)].filter(Boolean), " · "))));
}

// Those who have a name, most spoken of first; nameless roles ("reporters") are no entry of an index.
const named = entities.filter(e => e.standing && e.kind !== "date").sort((a, b) => b.articles.length - a.articles.length || b.times - a.times || a.n - b.n);
for (const e of named) e.search = plain(`${e.en || ""} ${e.ar || ""} ${e.id}`);
function listNames() {
  const words = plain(byId("names-filter").value.trim()), kind = byId("names-kind").value;
  const found = named.filter(e => (!kind || e.kind === kind) && (!words || e.search.includes(words)));
  byId("names-count").textContent = count("found", found.length);
  fill(byId("names-list"), found, e => make("li", { class: e.kind },
    make("a", { href: "#e" + e.n }, nameOf(e.n)),
    make("span", { class: "kind" }, say(e.kind)),
    make("span", { class: "n" }, joined([many ? count("articles-n", e.articles.length) : null, count("mentions-n", e.times), e.facts.length ? count("facts-n", e.facts.length) : null].filter(Boolean), " · "))));
}

function showEntity(n) {
  const entity = entities[n], one = byId("names-one");
  byId("names-index").hidden = !!entity;
  byId("names-h").hidden = !!entity;
  one.hidden = !entity;
  if (!entity) return null;
  const other = page === "ar" ? entity.en : entity.ar;
  const heading = make("h2", { tabindex: "-1" }, nameOf(n));
  const factList = make("ol", { class: "facts" }), where = make("ol", { class: "rows" });
  one.className = entity.kind;
  one.replaceChildren(make("p", {}, make("a", { href: "#names" }, say("back"))), heading,
    make("p", { class: "meta" }, joined([make("span", { class: "kind" }, say(entity.kind)), other && other !== entity.name ? make("span", {}, isolate(other)) : null,
      make("span", {}, entity.standing === 1 ? isolate(entity.id) : say("not-listed"))].filter(Boolean), " ")),
    ...(entity.facts.length ? [make("h3", {}, say("facts-of"), " ", make("span", { class: "n" }, String(entity.facts.length)))] : []), make("div", {}, factList),
    make("h3", {}, say(many ? "articles" : "mentions-here"), " ", make("span", { class: "n" }, String(entity.articles.length))), make("div", {}, where));
  // News first, offices behind.
  const order = [...entity.facts].sort((a, b) => (a.kind === "position") - (b.kind === "position") || dayOf(b).localeCompare(dayOf(a)) || a.d - b.d || a.n - b.n);
  fill(factList, order, fact => factLine(fact, true), 50);
  fill(where, entity.articles, ([d, times, first]) => make("li", {}, make("a", { href: `#d${d}m${first}` }, isolate(articles[d].title)),
    make("span", { class: "n" }, joined([articles[d].day ? make("time", { dir: "ltr" }, articles[d].day) : null, count("mentions-n", times)].filter(Boolean), " · "))));
  return heading;
}

// The day of a fact: its own, else that of its article.
const dayOf = fact => fact.date || articles[fact.d].day || "";
const months = new Intl.DateTimeFormat(page === "ar" ? "ar" : "en-GB", { year: "numeric", month: "long", timeZone: "UTC" });
const days = new Intl.DateTimeFormat(page === "ar" ? "ar" : "en-GB", { year: "numeric", month: "long", day: "numeric", weekday: "long", timeZone: "UTC" });
function dated(day) {
  const [y, m, d] = day.split("-").map(Number);
  if (!y || !m) return day || say("undated");
  const date = new Date(Date.UTC(y, m - 1, d || 1));
  date.setUTCFullYear(y);
  return (d ? days : months).format(date);
}
let timelineDone = false;
function showTimeline() {
  if (timelineDone) return;
  timelineDone = true;
  const box = byId("timeline-list"), byMonth = new Map();
  const all = facts.filter(fact => fact.kind !== "position" || fact.date).sort((a, b) => dayOf(a).localeCompare(dayOf(b)) || a.d - b.d || a.n - b.n);
  for (const fact of all) {
    const month = dayOf(fact).slice(0, 7);
    if (!byMonth.has(month)) byMonth.set(month, []);
    byMonth.get(month).push(fact);
  }
  if (!all.length) return box.append(make("p", { class: "none" }, say("timeline-none")));
  const most = Math.max(...[...byMonth.values()].map(list => list.length));
  // Facts without any date come last, not before the oldest.
  for (const [month, list] of [...byMonth].sort(([a], [b]) => (a === "") - (b === "") || (a < b ? -1 : 1))) {
    const bar = make("span", { class: "month-bar", "aria-hidden": "true" });
    bar.style.setProperty("--share", list.length / most);
    const fold = make("details", { class: "month" }, make("summary", {}, make("span", { class: "month-name" }, dated(month)), bar, make("span", { class: "n" }, String(list.length))));
    const body = make("div");
    const fillMonth = () => { if (!body.firstChild) fillDays(body, list); };
    fold.append(body);
    fold.addEventListener("toggle", fillMonth);
    if (all.length <= 200) { fillMonth(); fold.open = true; }
    box.append(fold);
  }
}
function fillDays(box, list) {
  let day = null, body = null;
  const holder = make("div");
  box.append(holder);
  fill(holder, list, fact => {
    const line = factLine(fact, true, false);
    if (!fact.date && articles[fact.d].day) line.querySelector(".details")?.append(" ", make("span", {}, say("by-article")));
    if (dayOf(fact) === day) { body.append(line); return ""; }
    day = dayOf(fact);
    body = make("ol", { class: "facts" }, line);
    return make("div", { class: "day" }, make("h3", {}, make("time", { datetime: day || null }, dated(day))), body);
  }, 100);
}
