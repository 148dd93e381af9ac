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
  network.on("click", ({ nodes, pointer }) => {
    if (!nodes.length) return;
    const [x] = now.where.get(nodes[0]);
    const atEnd = pointer.canvas.x > x + sizeOf(nodes[0]).width / 2 - 30;
    if (atEnd && canOpen(nodes[0])) toggleOpen(nodes[0]);
    else focusOn(nodes[0]);
  });
  network.on("doubleClick", ({ nodes }) => { if (nodes.length && canOpen(nodes[0])) toggleOpen(nodes[0]); });
  network.on("afterDrawing", heads);
  network.on("hoverNode", ({ node }) => { $("canvas").style.cursor = "pointer"; $("canvas").title = titleOf(node); });
  network.on("blurNode", () => { $("canvas").style.cursor = ""; $("canvas").title = ""; });
}

function focusOn(n, only = S.only && S.focus >= 0) {
  ask({ focus: n, only }, { step: true });
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
  const across = S.only && S.focus >= 0;
  const where = places(nodes, across);
  const path = focusPath();
  const links = lines(nodes);
  const lit = path ? litNodes(nodes, path) : null;
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
  } else if (S.focus >= 0 && S.focus !== before.focus && where.has(S.focus)) bringIn(S.focus);
  now.focus = S.focus;
  network.redraw();
}

function litNodes(nodes, path) {
  const stands = stander(new Set(nodes));
  const lit = new Set(chain(S.focus));
  for (const group of [path.upper, path.lower]) for (const n of group) { const at = stands(n); if (at >= 0) lit.add(at); }
  return lit;
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

/** Paint one box: a band with the glyph of its level, the text, and how many parts it opens into. */
function paint({ ctx, id: n, x, y, state: { hover } }) {
  const { width, height } = sizeOf(n);
  return { drawNode: () => paintBox(ctx, n, x, y, width, height, hover), nodeDimensions: { width, height } };
}

function paintBox(ctx, n, x, y, width, height, hover) {
  const [left, top] = [x - width / 2, y - height / 2];
  const faded = now.lit && !now.lit.has(n);
  const tier = INK[tierOf(n)];
  ctx.save();
  ctx.globalAlpha = faded ? 0.16 : 1;
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, 5);
  ctx.fillStyle = INK.panel;
  ctx.fill();
  ctx.save();
  ctx.clip();
  ctx.fillStyle = tier;
  ctx.fillRect(left, top, BAND, height);
  ctx.restore();
  ctx.lineWidth = n === S.focus ? 2.6 : hover || n === now.cursor ? 2 : 1;
  ctx.strokeStyle = n === S.focus || n === now.cursor ? INK.accent : tier;
  ctx.stroke();
  ctx.save();
  ctx.translate(left + 4, y - 6);
  ctx.scale(0.5, 0.5);
  ctx.fillStyle = INK["on-tier"];
  ctx.fill(glyphPath(levelOf(n)), "evenodd");
  ctx.restore();
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.fillStyle = INK.text;
  const text = textOf(n);
  text.forEach((line, i) => {
    let at = left + BAND + 7;
    const row = y + (i - (text.length - 1) / 2) * 15.5 + 0.5;
    if (line.head) {
      ctx.font = fontOf(true);
      ctx.fillText(line.head, at, row);
      at += ctx.measureText(`${line.head} `).width;
    }
    ctx.font = fontOf(false);
    ctx.fillText(line.text, at, row);
  });
  if (canOpen(n)) {
    const open = S.open.has(n);
    ctx.fillStyle = open ? tier : INK.soft;
    ctx.font = `600 10.5px ${INK.font}`;
    ctx.textAlign = "right";
    ctx.fillText(open ? "−" : `+${parts[n].length}`, left + width - 6, y + 0.5);
  }
  ctx.restore();
}

/** The names of the columns, along the upper edge whatever part of the picture is in view. */
function heads(ctx) {
  if (S.only || !now.where.size) return;
  const columns = new Map();
  for (const n of now.nodes) if (!columns.has(N.column[n])) columns.set(N.column[n], now.where.get(n)[0]);
  const ratio = window.devicePixelRatio || 1;
  const scale = network.getScale();
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = INK.ground;
  ctx.globalAlpha = 0.93;
  ctx.fillRect(0, 0, $("canvas").clientWidth, 27);
  ctx.globalAlpha = 1;
  ctx.fillStyle = INK.soft;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const [column, x] of columns) {
    const names = D.columns[column];
    ctx.font = `600 11px ${INK.font}`;
    ruler.font = ctx.font;
    const room = (names[2] + D.gap - 10) * scale;
    if (room > 30) ctx.fillText(cut(names[language === "pl" ? 0 : 1], room), network.canvasToDOM({ x, y: 0 }).x, 14);
  }
  ctx.restore();
}

const isPhone = () => innerWidth < 760;

/** Show these nodes whole where they stay readable, else their beginning. */
function fitTo(nodes, at_once) {
  if (!nodes.length) return;
  const [width, height] = [$("canvas").clientWidth, $("canvas").clientHeight];
  const edge = nodes.map((n) => [...now.where.get(n), sizeOf(n)]);
  const left = Math.min(...edge.map(([x, , z]) => x - z.width / 2)) - 14;
  const right = Math.max(...edge.map(([x, , z]) => x + z.width / 2)) + 14;
  const top = Math.min(...edge.map(([, y, z]) => y - z.height / 2)) - (S.only ? 14 : 44);
  const bottom = Math.max(...edge.map(([, y, z]) => y + z.height / 2)) + 64;
  const fitting = Math.min(width / (right - left), height / (bottom - top));
  const least = S.only ? 0.62 : isPhone() ? 0.7 : 0.5;
  const scale = Math.min(1.15, Math.max(fitting, least));
  const centre = (low, high, room) => (high - low <= room / scale + 1 ? (low + high) / 2 : low + room / scale / 2);
  let [x, y] = [centre(left, right, width), centre(top, bottom, height)];
  if (fitting < least) {
    const first = S.only ? S.focus : S.open.size ? [...S.open].pop() : nodes[0];
    const at = now.where.get(first) ?? now.where.get(nodes[0]);
    if ((bottom - top) * scale > height) y = S.only ? top + height / scale / 2 : at[1];
    if ((right - left) * scale > width && S.open.size) x = Math.min(at[0] + (width / scale) * 0.2, right - width / scale / 2);
    if (S.only) x = (left + right) / 2;
  }
  const animation = at_once || calm ? false : { duration: 320, easingFunction: "easeInOutQuad" };
  network.moveTo({ position: { x, y }, scale, animation });
}

/** Move just enough to have a node in view. */
function bringIn(n) {
  const [x, y] = now.where.get(n);
  const at = network.canvasToDOM({ x, y });
  const [width, height] = [$("canvas").clientWidth, $("canvas").clientHeight];
  if (at.x > 80 && at.x < width - 80 && at.y > 50 && at.y < height - 30) return;
  network.moveTo({ position: { x, y }, animation: calm ? false : { duration: 260, easingFunction: "easeInOutQuad" } });
}

/** What is drawn as a list, for the keyboard and for screen readers. */
function listDrawn() {
  const list = $("drawn");
  list.replaceChildren(...now.nodes.map((n) => h("div", {
    role: "option", id: `drawn-${n}`, "aria-selected": String(n === S.focus), text: `${levelName(n)}: ${titleOf(n)}`,
  })));
  list.setAttribute("aria-activedescendant", now.cursor >= 0 ? `drawn-${now.cursor}` : "");
}

function moveCursor(n) {
  now.cursor = n;
  $("drawn").setAttribute("aria-activedescendant", `drawn-${n}`);
  bringIn(n);
  network.redraw();
}

function graphKey(event) {
  if (!now.nodes.length) return;
  const at = now.cursor >= 0 ? now.cursor : S.focus >= 0 && now.where.has(S.focus) ? S.focus : now.nodes[0];
  const same = now.nodes.filter((n) => N.column[n] === N.column[at]);
  const near = (nodes) => nodes.sort((a, b) => Math.abs(now.where.get(a)[1] - now.where.get(at)[1]) - Math.abs(now.where.get(b)[1] - now.where.get(at)[1]))[0];
  const moves = {
    ArrowUp: () => same[same.indexOf(at) - 1], ArrowDown: () => same[same.indexOf(at) + 1],
    ArrowLeft: () => near(now.links.filter((l) => l.to === at).map((l) => l.from)) ?? near(now.nodes.filter((n) => N.column[n] < N.column[at])),
    ArrowRight: () => near(now.links.filter((l) => l.from === at).map((l) => l.to)) ?? near(now.nodes.filter((n) => N.column[n] > N.column[at])),
    Home: () => now.nodes[0], End: () => now.nodes.at(-1),
  };
  if (event.key in moves) {
    const to = now.cursor < 0 ? at : moves[event.key]();
    if (to !== undefined) moveCursor(to);
  } else if (event.key === "Enter") focusOn(at);
  else if (event.key === " " && canOpen(at)) toggleOpen(at);
  else return;
  event.preventDefault();
}
