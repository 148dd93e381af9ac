// What the graph draws as a figure for a paper: boxes as high as their names need, with the heads of the columns.

const LINE = 15.5;
const MOST_LINES = 9; // names of acts run on
const WIDEN = 60; // pixels that a box may gain for its longest word

/** The lines of a box's text, uncut: the head in bold before the first. */
function fullText(n, width) {
  const head = levelOf(n) === "programme" ? programmeName(n) : headOf(n);
  const name = (sizeOf(n).lines === 1 && head) || nameOf(n) === head ? "" : nameOf(n);
  const room = width - BAND - 14;
  ruler.font = fontOf(true);
  const heads = broken(head, room, 2);
  const used = heads.length ? ruler.measureText(`${heads.at(-1)} `).width : 0;
  ruler.font = fontOf(false);
  const words = name.split(/\s+/).filter(Boolean);
  const beside = []; // the words that stand on the line of the head
  while (heads.length && words.length && used + ruler.measureText([...beside, words[0]].join(" ")).width <= room) beside.push(words.shift());
  const rest = broken(words.join(" "), room, MOST_LINES - heads.length);
  const made = heads.map((text, i) => ({ head: text, text: i === heads.length - 1 ? beside.join(" ") : "" }));
  return [...made, ...rest.map((text) => ({ head: "", text }))];
}

/** How wide a box must be for its longest word. */
function widthFor(n) {
  const { width } = sizeOf(n);
  const longest = (font, text) => {
    ruler.font = font;
    return Math.max(0, ...text.split(/\s+/).map((word) => ruler.measureText(word).width));
  };
  const head = levelOf(n) === "programme" ? programmeName(n) : headOf(n);
  const word = Math.max(longest(fontOf(true), head), sizeOf(n).lines === 1 && head ? 0 : longest(fontOf(false), nameOf(n)));
  return Math.min(width + WIDEN, Math.max(width, Math.ceil(word + BAND + 15)));
}

/** The same order as on the page, with room for whole names: a box of each node, with its centre and its text. */
function figureBoxes() {
  const across = S.only && S.focus >= 0 && N.level[S.focus] >= 0;
  const wide = new Map(); // by column, so that boxes stay in line
  for (const n of now.nodes) wide.set(N.column[n], Math.max(wide.get(N.column[n]) ?? 0, widthFor(n)));
  const made = now.nodes.map((n) => {
    const [x, y] = now.where.get(n);
    const width = wide.get(N.column[n]);
    const text = fullText(n, width);
    return { n, x, y, width, text, height: Math.max(sizeOf(n).height, text.length * LINE + 12) };
  });
  (across ? inRows : inColumns)(made);
  return { across, boxes: new Map(made.map((box) => [box.n, box])) };
}

function inColumns(made) {
  let left = 0;
  for (const group of grouped(made, (box) => N.column[box.n])) {
    let top = -(group.reduce((sum, box) => sum + box.height, 0) + (group.length - 1) * D.space) / 2;
    for (const box of group) {
      Object.assign(box, { x: left + box.width / 2, y: top + box.height / 2 });
      top += box.height + D.space;
    }
    left += group[0].width + D.gap;
  }
}

/** Rows keep the distance between them, and what stands in a row is moved apart by what its boxes have gained. */
function inRows(made) {
  const gained = Math.max(...made.map((box) => box.width - sizeOf(box.n).width));
  let down = 0;
  for (const row of grouped(made, (box) => box.y)) {
    const more = Math.max(...row.map((box) => box.height - sizeOf(box.n).height));
    for (const box of row) Object.assign(box, { x: box.x * (1 + gained / 164), y: box.y + down + more / 2 });
    down += more;
  }
}

/** Lists of what has the same key, in the order of the keys. */
function grouped(made, key) {
  const found = new Map();
  for (const x of made) found.set(key(x), [...(found.get(key(x)) ?? []), x]);
  return [...found].sort((a, b) => a[0] - b[0]).map(([, group]) => group);
}

function graphFigure() {
  const { across, boxes: placed } = figureBoxes();
  const all = [...placed.values()];
  const drawing = s("svg", {});
  for (const line of now.links) drawing.append(...figureLine(line, placed, across));
  for (const box of all) drawing.append(figureBox(box));
  let top = Math.min(0, ...all.map((box) => box.y - box.height / 2));
  if (!across && all.length) {
    const heads = columnHeads(all, top - 12);
    drawing.append(...heads);
    top = Math.min(...heads.map((head) => Number(head.getAttribute("y")))) - 14;
  }
  const left = Math.min(0, ...all.map((box) => box.x - box.width / 2)) - 2;
  const right = Math.max(1, ...all.map((box) => box.x + box.width / 2)) + 2;
  const bottom = Math.max(1, ...all.map((box) => box.y + box.height / 2)) + 2;
  drawing.setAttribute("viewBox", `${left} ${top} ${right - left} ${bottom - top}`);
  return figure(drawing, { title: figureTitle(), notes: [...selectionLines(), sourcesLine()].filter(Boolean), legend: [basesUsed(), across ? levelsUsed() : []] });
}

function figureTitle() {
  if (S.link >= 0) return `${t("link")}: ${placedTitle(S.focus)} → ${placedTitle(S.link)}`;
  return S.focus >= 0 ? t("figure.lineage", placedTitle(S.focus)) : t("figure.overview");
}

/** From how many documents the links come, and how many of these are not the official texts. */
function sourcesLine() {
  const documents = new Set(now.links.filter(isLit).flatMap((line) => line.claims).flatMap((claim) => C.evidence[claim]).map((e) => E.document[e]));
  const digests = [...documents].filter((d) => D.documents[d].digest === "true").length;
  const key = !digests ? "figure.sources" : digests < documents.size ? "figure.digests" : "figure.digests.all";
  return documents.size ? t(key, number(documents.size), number(digests)) : "";
}

function figureLine(line, placed, across) {
  const [{ x: x0, y: y0 }, { x: x1, y: y1 }] = [placed.get(line.from), placed.get(line.to)];
  const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const dashes = D.drawing.dashes[D.bases[line.basis]];
  const lit = isLit(line);
  const strong = now.path && lit;
  const d = across ? `M${x0} ${y0} C${x0} ${my} ${x1} ${my} ${x1} ${y1}` : `M${x0} ${y0} C${mx} ${y0} ${mx} ${y1} ${x1} ${y1}`;
  return [
    s("path", { d, fill: "none", stroke: strong ? INK.accent : INK.line, "stroke-width": strong ? 2.2 : 1.1, "stroke-opacity": lit ? 0.9 : 0.08, "stroke-dasharray": dashes ? dashes.join(" ") : null }),
    ...(D.bases[line.basis] === "curated" && lit ? [s("path", { d: `M${mx} ${my - 5} L${mx + 5} ${my} L${mx} ${my + 5} L${mx - 5} ${my} Z`, fill: INK.accent })] : []),
  ];
}

function figureBox({ n, x, y, width, height, text }) {
  const [left, top] = [x - width / 2, y - height / 2];
  const ink = INK[tierOf(n)];
  const focus = n === S.focus;
  return s("g", { opacity: now.lit && !now.lit.has(n) ? 0.2 : 1, "data-focus": focus ? "true" : null },
    s("title", { text: titleOf(n) }),
    s("rect", { x: left, y: top, width, height, rx: 5, fill: INK.panel }),
    s("path", { d: `M${left + BAND} ${top} H${left + 5} Q${left} ${top} ${left} ${top + 5} V${top + height - 5} Q${left} ${top + height} ${left + 5} ${top + height} H${left + BAND} Z`, fill: ink }),
    s("rect", { x: left, y: top, width, height, rx: 5, fill: "none", stroke: focus ? INK.accent : ink, "stroke-width": focus ? 3 : 1 }),
    s("path", { d: GLYPHS[levelOf(n)] ?? GLYPHS.measure, fill: INK["on-tier"], "fill-rule": "evenodd", transform: `translate(${left + 4} ${y - 6}) scale(0.5)` }),
    ...text.map((line, i) => s("text", { x: left + BAND + 7, y: y + (i - (text.length - 1) / 2) * LINE + 4, fill: INK.text },
      line.head && s("tspan", { "font-weight": 600, text: line.text ? `${line.head} ` : line.head }), line.text && s("tspan", { text: line.text }))));
}

/** The names of the columns above them, the lowest line at y. */
function columnHeads(all, y) {
  ruler.font = `600 11.5px ${INK.font}`;
  return grouped(all, (box) => N.column[box.n]).flatMap(([box]) => {
    const text = broken(D.columns[N.column[box.n]][language === "pl" ? 0 : 1], box.width + D.gap - 10);
    return text.map((line, i) => s("text", { x: box.x, y: y - (text.length - 1 - i) * 14, class: "head", "text-anchor": "middle", "font-size": 11.5, "font-weight": 600, fill: INK.soft, text: line }));
  });
}

/** What the lines mean. */
function basesUsed() {
  const used = [...new Set(now.links.filter(isLit).map((line) => line.basis))].sort((a, b) => a - b);
  const name = { width: -8, text: `${t("legend")}:`, sign: [] };
  return used.length ? [name, ...used.map(basisSign)] : [];
}

function basisSign(b) {
  const dashes = D.drawing.dashes[D.bases[b]];
  return {
    width: 34, text: t(`basis.${D.bases[b]}`), sign: [
      s("path", { d: "M0 0 h34", fill: "none", stroke: now.path ? INK.accent : INK.line, "stroke-width": 2, "stroke-dasharray": dashes ? dashes.join(" ") : null }),
      D.bases[b] === "curated" && s("path", { d: "M17 -5 l5 5 l-5 5 l-5 -5 Z", fill: INK.accent }),
    ],
  };
}

/** What the signs of the boxes mean, where no column says so. */
function levelsUsed() {
  return [...new Set(now.nodes.map((n) => N.level[n]))].sort((a, b) => a - b).map((level) => D.levels[level]).map(([key, polish, english]) => ({ width: 16, text: language === "pl" ? polish : english, sign: [
    s("rect", { x: 0, y: -8, width: 16, height: 16, rx: 3, fill: INK[TIERS[key]] }),
    s("path", { d: GLYPHS[key] ?? GLYPHS.measure, fill: INK["on-tier"], "fill-rule": "evenodd", transform: "translate(2 -6) scale(0.5)" }),
  ] }));
}
