
// Who with whom: a picture, and the same as a table. -------------------------------------------------------------------
const SVG = "http://www.w3.org/2000/svg";
function draw(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
// The two sides of a fact, pair by pair.
function pairs(fact) {
  const of = (...roles) => fact.roles.filter(([role]) => roles.includes(role)).map(([, e]) => e);
  const across = (some, others) => some.flatMap(a => others.map(b => [a, b]));
  if (fact.kind === "meeting") {
    const sides = [...new Set(of("participant", "attendee"))].slice(0, 8);
    return sides.flatMap((a, i) => sides.slice(i + 1).map(b => [a, b]));
  }
  if (fact.kind === "statement") return across(of("speaker"), of("addressee", "target"));
  if (fact.kind === "visit") return across(of("visitor"), of("destination", "host"));
  return [];
}
const KINDS = ["meeting", "statement", "visit"];
// Nodes with their facts, edges with theirs; the best connected `most` of them.
function network(from, nameless, most) {
  const edges = new Map(), nodes = new Map();
  for (const fact of from) for (const [a, b] of pairs(fact)) {
    if (a === b || [a, b].some(e => entities[e].kind === "date" || (!nameless && !entities[e].standing))) continue;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (!edges.has(key)) edges.set(key, { a: Math.min(a, b), b: Math.max(a, b), facts: [] });
    edges.get(key).facts.push(fact);
    for (const e of [a, b]) {
      if (!nodes.has(e)) nodes.set(e, { e, facts: new Set() });
      nodes.get(e).facts.add(fact);
    }
  }
  const best = [...nodes.values()].sort((x, y) => y.facts.size - x.facts.size || x.e - y.e).slice(0, most);
  const kept = new Map(best.map(node => [node.e, node]));
  // Whoever has lost every partner to the limit stands alone and tells nothing.
  const lines = [...edges.values()].filter(edge => kept.has(edge.a) && kept.has(edge.b));
  const joined = new Set(lines.flatMap(edge => [edge.a, edge.b]));
  return { nodes: best.filter(node => joined.has(node.e)), lines, all: nodes.size };
}
// Springs between partners, a push between all, a pull to the middle; then labels are moved off each other. It starts
// from fixed places, so that the same page gives the same picture.
function layOut({ nodes, lines }, width, height) {
  const k = 0.55 * Math.sqrt(width * height / Math.max(nodes.length, 1)), at = new Map(nodes.map((node, i) => [node.e, node]));
  nodes.forEach((node, i) => {
    const angle = i * 2.39996, far = 0.42 * Math.sqrt((i + 0.5) / nodes.length);
    node.x = width * (0.5 + far * Math.cos(angle));
    node.y = height * (0.5 + far * Math.sin(angle));
    node.size = 7 + Math.min(13, 3 * Math.sqrt(node.facts.size));
    // A long name is cut between words; what is shown stays the beginning of what is spoken.
    const name = entities[node.e].name, cut = name.length > 26 ? name.lastIndexOf(" ", 25) : -1;
    node.cut = name.length > 26;
    node.label = node.cut ? name.slice(0, cut > 8 ? cut : 25) : name;
    node.w = Math.max(2 * node.size, 7.2 * node.label.length) / 2 + 5;
    node.h = node.size + 14;
  });
  for (let round = 0; round < 260; round++) {
    const heat = width / 9 * (1 - round / 260);
    for (const node of nodes) { node.dx = (width / 2 - node.x) * 1.5 * height / width; node.dy = (height / 2 - node.y) * 1.5 * width / height; }
    for (let i = 0; i < nodes.length; i++) for (let j = i + 1; j < nodes.length; j++) {
      const a = nodes[i], b = nodes[j], x = a.x - b.x || 0.1 * (j - i), y = a.y - b.y || 0.1, far = Math.hypot(x, y), push = k * k / far / far;
      a.dx += x * push; a.dy += y * push; b.dx -= x * push; b.dy -= y * push;
    }
    for (const line of lines) {
      const a = at.get(line.a), b = at.get(line.b), x = a.x - b.x, y = a.y - b.y, pull = Math.hypot(x, y) / k * (1 + Math.log(line.facts.length));
      a.dx -= x * pull; a.dy -= y * pull; b.dx += x * pull; b.dy += y * pull;
    }
    for (const node of nodes) {
      const far = Math.hypot(node.dx, node.dy) || 1, go = Math.min(far, heat);
      node.x += node.dx / far * go;
      node.y += node.dy / far * go;
    }
  }
  const inside = node => {
    node.x = Math.max(node.w, Math.min(width - node.w, node.x));
    node.y = Math.max(node.size + 4, Math.min(height - node.size - 24, node.y));
  };
  // Spread over the whole picture, each axis for itself.
  for (const [axis, size, before, after] of [["x", width, "w", "w"], ["y", height, "size", "h"]]) {
    const low = Math.min(...nodes.map(node => node[axis] - node[before])), high = Math.max(...nodes.map(node => node[axis] + node[after]));
    const scale = Math.min(2.2, (size - 24) / (high - low));
    for (const node of nodes) node[axis] = size / 2 + (node[axis] - (low + high) / 2) * scale;
  }
  nodes.forEach(inside);
  for (let round = 0; round < 120; round++) for (let i = 0; i < nodes.length; i++) for (let j = i + 1; j < nodes.length; j++) {
    const a = nodes[i], b = nodes[j], x = a.w + b.w - Math.abs(a.x - b.x), y = a.h + b.h - Math.abs(a.y - b.y);
    if (x <= 0 || y <= 0) continue;
    if (x < y) { const way = a.x < b.x ? -1 : 1; a.x += way * x / 2; b.x -= way * x / 2; }
    else { const way = a.y < b.y ? -1 : 1; a.y += way * y / 2; b.y -= way * y / 2; }
    inside(a); inside(b);
  }
}
function dot(node) {
  const s = node.size, kind = entities[node.e].kind;
  if (kind === "country") return draw("rect", { class: "dot", x: -s, y: -s * 0.8, width: 2 * s, height: 1.6 * s, rx: 2 });
  if (kind === "organisation") return draw("path", { class: "dot", d: `M0 ${-s * 1.1}L${s * 1.1} 0 0 ${s * 1.1} ${-s * 1.1} 0Z` });
  if (kind === "place") return draw("path", { class: "dot", d: `M0 ${-s}L${s} ${s * 0.8} ${-s} ${s * 0.8}Z` });
  return draw("circle", { class: "dot", r: s });
}

let graphScope = "";
function showGraph() {
  const picture = byId("graph-picture"), current = open.querySelector(".article");
  const tools = byId("graph-tools"), result = byId("graph-facts"), table = byId("graph-table");
  const here = !many || graphScope === "this", d = current ? +current.dataset.d : 0;
  tools.replaceChildren();
  if (many) {
    const choice = make("select", {}, make("option", { value: "" }, say("scope-all")), make("option", { value: "this" }, say("scope-this")));
    choice.value = graphScope;
    choice.addEventListener("change", () => { graphScope = choice.value; showGraph(); byId("graph-tools").querySelector("select").focus(); });
    tools.append(make("label", {}, say("scope") + " ", choice));
  }
  const width = Math.max(320, Math.min(1150, picture.clientWidth || 800)), narrow = width < 600;
  const net = network(here ? (articles[d]?.facts || []) : facts, here, narrow ? 14 : width < 900 ? 24 : 36);
  const height = Math.round(Math.max(narrow ? 380 : 300, Math.min(width * (narrow ? 1.9 : width < 900 ? 0.85 : 0.62), 90 + net.nodes.length * (narrow ? 42 : 30))));
  picture.replaceChildren();
  result.replaceChildren();
  table.replaceChildren();
  if (!net.lines.length) return picture.append(make("p", { class: "none" }, say("graph-none")));
  if (net.nodes.length < net.all) tools.append(make("span", { class: "n" }, `${say("graph-most")} ${net.nodes.length} ${say("of")} ${net.all}`));
  layOut(net, width, height);
  const at = new Map(net.nodes.map(node => [node.e, node]));
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-labelledby": "graph-h", direction: "ltr" });
  const strokes = net.lines.map(line => {
    const a = at.get(line.a), b = at.get(line.b), kind = KINDS.find(one => line.facts.some(fact => fact.kind === one));
    const stroke = draw("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: kind, "stroke-width": Math.min(7, 1 + Math.sqrt(line.facts.length)) });
    svg.append(stroke);
    return [line, stroke];
  });
  const tell = (heading, list) => {
    const lines = make("ol", { class: "facts" });
    result.replaceChildren(make("h3", {}, heading, " ", make("span", { class: "n" }, String(list.length))), make("div", {}, lines));
    fill(lines, list, fact => factLine(fact, true), 30);
  };
  const choose = node => {
    for (const [line, stroke] of strokes) stroke.classList.toggle("on", line.a === node.e || line.b === node.e);
    for (const one of groups) { one.classList.toggle("on", +one.dataset.e === node.e); one.setAttribute("aria-pressed", String(+one.dataset.e === node.e)); }
    tell(nameOf(node.e), [...node.facts]);
  };
  const groups = net.nodes.map((node, i) => {
    const entity = entities[node.e];
    const group = draw("g", { class: "node " + entity.kind, transform: `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`, role: "button", tabindex: i ? "-1" : "0",
      "aria-pressed": "false", "aria-label": `${entity.name}, ${say(entity.kind)}, ${count("facts-n", node.facts.size)}`, "data-e": node.e },
      dot(node), draw("text", { "text-anchor": "middle", y: node.size + 15 }, node.label, ...(node.cut ? [draw("tspan", { "aria-hidden": "true" }, " …")] : [])));
    group.append(draw("title", {}, entity.name));
    group.addEventListener("click", () => choose(node));
    group.addEventListener("keydown", event => {
      const to = { ArrowRight: i + 1, ArrowDown: i + 1, ArrowLeft: i - 1, ArrowUp: i - 1, Home: 0, End: groups.length - 1 }[event.key];
      if (event.key === "Enter" || event.key === " ") choose(node);
      else if (groups[to]) {
        for (const one of groups) one.setAttribute("tabindex", one === groups[to] ? "0" : "-1");
        groups[to].focus();
      } else return;
      event.preventDefault();
    });
    return group;
  });
  svg.append(...groups);
  picture.append(svg);
  const rows = net.lines.sort((x, y) => y.facts.length - x.facts.length || x.a - y.a || x.b - y.b).map(line => {
    const button = make("button", { type: "button" }, nameOf(line.a), " – ", nameOf(line.b));
    button.addEventListener("click", () => {
      for (const [one, stroke] of strokes) stroke.classList.toggle("on", one === line);
      for (const one of groups) { one.classList.remove("on"); one.setAttribute("aria-pressed", "false"); }
      tell([nameOf(line.a), " – ", nameOf(line.b)], line.facts);
      result.scrollIntoView({ block: "nearest" });
    });
    return make("tr", {}, make("th", { scope: "row" }, button), KINDS.map(kind => make("td", {}, String(line.facts.filter(fact => fact.kind === kind).length || "–"))));
  });
  const head = make("tr", {}, make("th", { scope: "col" }, say("between")), KINDS.map(kind => make("th", { scope: "col" }, say("edge-" + kind))));
  table.append(make("details", {}, make("summary", {}, say("graph-table")), make("div", { class: "scroll" }, make("table", {}, make("thead", {}, head), make("tbody", {}, rows)))));
}
