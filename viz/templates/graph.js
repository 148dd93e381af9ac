// The picture: vis-network draws the lines and handles the pointer; boxes and column heads are painted here.

let network = null;
let boxes = null;
let edges = null;
let now = { nodes: [], where: new Map(), lit: null, cursor: -1 };
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function startGraph() {
  boxes = new vis.DataSet([]);
  edges = new vis.DataSet([]);
  const options = structuredClone(D.drawing.options);
  options.nodes.ctxRenderer = paint;
  network = new vis.Network($("canvas"), { nodes: boxes, edges }, options);
  // The list of what is drawn takes the keyboard's focus, the canvas need not.
  for (const part of $("canvas").querySelectorAll("[tabindex]")) part.removeAttribute("tabindex");
  network.on("click", ({ nodes, pointer }) => {
    if (!nodes.length) {
      const line = network.getEdgeAt(pointer.DOM);
      if (line !== undefined) askAbout(line);
      return;
    }
    const [x] = now.where.get(nodes[0]);
    const atEnd = pointer.canvas.x > x + sizeOf(nodes[0]).width / 2 - 30;
    if (atEnd && canOpen(nodes[0])) toggleOpen(nodes[0]);
    else focusOn(nodes[0]);
  });
  network.on("doubleClick", ({ nodes }) => { if (nodes.length && canOpen(nodes[0])) toggleOpen(nodes[0]); });
  network.on("afterDrawing", (ctx) => { heads(ctx); placeSoon(); });
  network.on("hoverEdge", ({ edge }) => { $("canvas").style.cursor = "pointer"; $("canvas").title = lineTitle(edge); });
  network.on("blurEdge", () => { $("canvas").style.cursor = ""; $("canvas").title = ""; });
  network.on("hoverNode", ({ node }) => { $("canvas").style.cursor = "pointer"; $("canvas").title = titleOf(node); });
  network.on("blurNode", () => { $("canvas").style.cursor = ""; $("canvas").title = ""; });
}

function focusOn(n, only = S.only && S.focus >= 0) {
  ask({ focus: n, only }, { step: true });
}

/** Show the card of a drawn line: where this one link is written. */
function askAbout(id) {
  const line = now.links.find((found) => found.id === id);
  if (line) ask({ focus: line.to, link: line.from, only: S.only && S.focus >= 0 && now.where.has(S.focus) }, { step: true });
}

function lineTitle(id) {
  const line = now.links.find((found) => found.id === id);
  return line ? `${short(line.to)} → ${short(line.from)}: ${t(`basis.${D.bases[line.basis]}`)}` : "";
}

function toggleOpen(n) {
  const open = new Set(S.open);
  if (open.has(n)) for (const o of [...open]) { if (chain(o).includes(n)) open.delete(o); }
  else open.add(n);
  ask({ open }, { step: true });
}

let lastShape = "";
function drawGraph() {
  const { nodes, hidden } = drawn();
  const across = S.only && S.focus >= 0 && N.level[S.focus] >= 0;
  const where = places(nodes, across);
  const links = lines(nodes);
  const reached = litPath();
  const lit = reached ? litNodes(nodes, reached) : null;
  const path = lit ? reached : null;
  const before = now;
  now = { nodes, where, lit, links, path, cursor: nodes.includes(before.cursor) ? before.cursor : -1 };
  const shown = new Set(nodes);
  boxes.remove(boxes.getIds().filter((n) => !shown.has(n)));
  boxes.update(nodes.map((n) => ({ id: n, x: where.get(n)[0], y: where.get(n)[1], label: " " })));
  const kept = new Set(links.map((line) => line.id));
  edges.remove(edges.getIds().filter((id) => !kept.has(id)));
  const turn = across ? "vertical" : "horizontal";
  edges.update(links.map((line) => drawnLine(line, turn)));
  $("empty").hidden = nodes.length > 0;
  $("hidden").textContent = hidden ? t("hidden", number(hidden)) : "";
  listDrawn();
  const shape = `${across}|${across ? S.focus : ""}|${anyFacet() ? written() : ""}|${[...S.open]}`;
  if (shape !== lastShape) {
    fitTo(nodes, lastShape === "");
    lastShape = shape;
  } else if (S.focus >= 0 && S.focus !== before.focus && where.has(S.focus)) {
    network.redraw(); // takes in that the card has narrowed the canvas
    bringIn(S.focus);
  } else if (S.focus !== before.focus && lit) {
    network.redraw();
    bringIn(nodes.find((n) => lit.has(n)));
  }
  now.focus = S.focus;
  network.redraw();
}

function litNodes(nodes, path) {
  const stands = stander(new Set(nodes));
  const lit = new Set();
  for (const group of [chain(S.focus), path.upper, path.lower]) for (const n of group) { const at = stands(n); if (at >= 0) lit.add(at); }
  return lit.size ? lit : null;
}

const isLit = (line) => !now.path || line.claims.some((claim) => now.path.claims.has(claim));

function drawnLine(line, turn) {
  const lit = isLit(line);
  const basis = D.bases[line.basis];
  const strong = now.path && lit;
  return {
    id: line.id, from: line.from, to: line.to,
    dashes: D.drawing.dashes[basis],
    width: strong ? 2.4 : 1.1,
    color: { color: strong ? INK.accent : INK.line, hover: INK.accent, opacity: lit ? (strong ? 1 : 0.6) : 0.07 },
    arrows: { middle: { enabled: basis === "curated" && (lit || !now.path), type: "diamond", scaleFactor: strong ? 0.6 : 0.4 } },
    smooth: { enabled: true, type: "cubicBezier", forceDirection: turn, roundness: 0.55 },
  };
}

const isPhone = () => innerWidth < 760;

/** Show these nodes whole where they stay readable, else their beginning. */
function fitTo(nodes, at_once) {
  if (!nodes.length) return;
  const covered = coveredBelow();
  const [width, height] = [$("canvas").clientWidth, $("canvas").clientHeight - covered];
  const edge = nodes.map((n) => [...now.where.get(n), sizeOf(n)]);
  const left = Math.min(...edge.map(([x, , z]) => x - z.width / 2)) - 14;
  const right = Math.max(...edge.map(([x, , z]) => x + z.width / 2)) + 14;
  const top = Math.min(...edge.map(([, y, z]) => y - z.height / 2)) - (S.only ? 14 : 44);
  const bottom = Math.max(...edge.map(([, y, z]) => y + z.height / 2)) + 64;
  const fitting = Math.min(width / (right - left), height / (bottom - top));
  const anchor = now.where.has(S.focus) ? S.focus : now.lit ? nodes.find((n) => now.lit.has(n)) : undefined;
  const inWhole = !S.only && anchor !== undefined;
  const least = S.only ? 0.62 : isPhone() || inWhole ? 0.75 : 0.62;
  const scale = Math.min(1.15, Math.max(fitting, least));
  const centre = (low, high, room) => (high - low <= room / scale + 1 ? (low + high) / 2 : low + room / scale / 2);
  let [x, y] = [centre(left, right, width), centre(top, bottom, height)];
  if (fitting < least) {
    const first = S.only || inWhole ? anchor : S.open.size ? [...S.open].pop() : nodes[0];
    const at = now.where.get(first) ?? now.where.get(nodes[0]);
    if ((bottom - top) * scale > height) y = S.only ? top + height / scale / 2 : at[1];
    if ((right - left) * scale > width && S.open.size) x = Math.min(at[0] + (width / scale) * 0.2, right - width / scale / 2);
    if (S.only) x = (left + right) / 2;
    if (inWhole && (right - left) * scale > width) x = Math.max(left + width / scale / 2, at[0] - (width / scale) * 0.2); // its way up lies to the left
  }
  const animation = at_once || calm ? false : { duration: 320, easingFunction: "easeInOutQuad" };
  network.moveTo({ position: { x, y: y + covered / scale / 2 }, scale, animation });
}

/** How much of the picture the card hides: on a phone it lies over the lower part. */
const coveredBelow = () => (isPhone() && !$("card").hidden ? $("canvas").clientHeight - $("card").offsetTop : 0);

/** Move just enough to have a node in view. */
function bringIn(n) {
  const [x, y] = now.where.get(n);
  const at = network.canvasToDOM({ x, y });
  const covered = coveredBelow();
  const [width, height] = [$("canvas").clientWidth, $("canvas").clientHeight - covered];
  if (at.x > 80 && at.x < width - 80 && at.y > 50 && at.y < height - 30) return;
  network.moveTo({ position: { x, y: y + covered / network.getScale() / 2 }, animation: calm ? false : { duration: 260, easingFunction: "easeInOutQuad" } });
}
