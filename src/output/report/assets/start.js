
// Which part is shown: the address says it, so that "back" goes back. -------------------------------------------------
const views = [...document.querySelectorAll(".view")];
const kept = new Map();
function openArticle(d) {
  const now = open.querySelector(".article");
  if (now && +now.dataset.d === d) return now;
  hideCard(false);
  unlight();
  // The first article has no stored copy; it is put aside as it is.
  if (now && now.dataset.d === "0") kept.set(0, now);
  if (kept.has(d)) open.replaceChildren(kept.get(d));
  else {
    const stored = byId("s" + d);
    if (!stored) return null;
    // Written by the library with everything from the article escaped: see escape.rs.
    open.innerHTML = stored.textContent;
    liven(open.firstElementChild);
  }
  return open.firstElementChild;
}
function show(name) {
  for (const view of views) view.hidden = view.dataset.view !== name;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
let started = false;
function route() {
  const hash = decodeURIComponent(location.hash.slice(1));
  const part = /^[ad](\d+)(?:([erm])([\d-]+))?$/.exec(hash), entity = /^e(\d+)$/.exec(hash);
  let focus = null;
  if (part) {
    show("reading");
    const d = Number(part[1]), article = openArticle(d);
    if (!article) return;
    hideCard(false);
    const target = byId(hash);
    if (part[2] === "e") return light(d, part[3]);
    if (part[2] === "r" && target) {
      target.closest("details")?.setAttribute("open", "");
      unlight();
      target.classList.add("on");
      target.querySelector(".main").focus({ preventScroll: true });
      return target.scrollIntoView({ block: "center" });
    }
    if (part[2] === "m" && target) {
      target.scrollIntoView({ block: "center" });
      const button = target.closest(".m[tabindex]");
      if (button) { rove(button); silent = true; button.focus({ preventScroll: true }); silent = false; }
      return showCard(target, false);
    }
    focus = article.querySelector("h2");
  } else {
    hideCard(false);
    const name = entity ? "names" : views.some(view => view.dataset.view === hash) ? hash : many ? "articles" : "reading";
    show(name);
    if (name === "names") focus = showEntity(entity ? Number(entity[1]) : -1);
    if (name === "timeline") showTimeline();
    if (name === "graph") showGraph();
    focus = focus || byId(name + "-h");
  }
  if (current() !== "reading") trail.hidden = true;
  // The reader who has just come starts at the top; whoever follows a link, at the heading it leads to.
  if (started) { focus?.focus({ preventScroll: true }); scrollTo(0, 0); }
}
const current = () => views.find(view => !view.hidden)?.dataset.view;
document.documentElement.classList.add("js");
if (open.querySelector(".article")) liven(open.firstElementChild);
if (many) {
  listArticles();
  byId("articles-filter").addEventListener("input", listArticles);
}
listNames();
byId("names-filter").addEventListener("input", listNames);
byId("names-kind").addEventListener("change", listNames);
addEventListener("hashchange", route);
// A link to where we are says "again".
document.addEventListener("click", event => {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  if (link.classList.contains("skip")) { event.preventDefault(); byId("main").focus(); }
  else if (link.getAttribute("href") === location.hash) { event.preventDefault(); route(); }
});
route();
started = true;
document.documentElement.dataset.ready = "yes";
})();
