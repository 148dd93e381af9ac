// Pictures to take away, as SVG or PNG, and paper: what they show, of which data and when is written on them.

function save(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 2000);
}

function pictureName(kind) {
  return `nurt-${S.view === "flow" ? "flow" : S.focus >= 0 ? N.id[S.focus].replace(/[^a-z0-9]+/gi, "-") : "lineage"}.${kind}`;
}

/** Make something with the light colours, whatever the page has: nothing is painted in between. */
function inLight(make) {
  const root = document.documentElement;
  const { theme } = root.dataset;
  root.dataset.theme = "light";
  readInk();
  try { return make(); } finally {
    root.dataset.theme = theme;
    readInk();
  }
}

/** What was chosen, each thing in a line: the focus that limits the view, the filters and the bases. */
function selectionLines() {
  const chosen = FACETS.filter((facet) => S.facets[facet].size).map((facet) => `${t(facet)}: ${[...S.facets[facet]].map((value) => facetName(facet, value)).join(", ")}`);
  return [
    scoped() && t("scope.only", placedTitle(S.focus)),
    chosen.length && `${t("filters")} – ${chosen.join("; ")}`,
    S.bases.size < D.bases.length && `${t("legend")}: ${[...S.bases].sort().map((b) => t(`basis.${D.bases[b]}`)).join(", ")}`,
  ].filter(Boolean);
}

/** A thing with the programme that it belongs to: sixteen have a measure 1.5. */
function placedTitle(n) {
  const p = programmeOf[n];
  const head = headOf(n) === codeOf(n) ? "" : headOf(n);
  return `${head && head !== nameOf(n) ? `${head} ` : ""}${titleOf(n)}${p >= 0 && p !== n ? `, ${programmeName(p)}` : ""}`;
}

const today = () => new Intl.DateTimeFormat(language === "pl" ? "pl-PL" : "en-GB", { dateStyle: "long" }).format(new Date());
const madeLine = () => ["nurt", D.snapshot && `${t("snapshot")} ${D.snapshot}`, t("made.on", today())].filter(Boolean).join(" · ");

/** Text broken into lines of a width, in the ruler's font; a word that is too long for one is cut. */
function broken(text, room, limit = Infinity) {
  const made = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = made.length ? `${made.at(-1)} ${word}` : word;
    if (made.length && ruler.measureText(longer).width <= room) made[made.length - 1] = longer;
    else if (made.length < limit) made.push(cut(word, room));
    else {
      made[made.length - 1] = cut(`${made.at(-1)}…`, room);
      break;
    }
  }
  return made;
}

const EDGE = 20;
const LEAST = 560; // narrower figures have no room for their titles

/** A drawing with its title, what was chosen, the notes and the legend, and the data that it was made of. */
function figure(drawing, { title, notes = [], legend = [] }) {
  const [left, top, wide, high] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const room = Math.max(wide, LEAST);
  const parts = [];
  let y = EDGE;
  const write = (text, size, ink, weight = 400) => {
    ruler.font = `${weight} ${size}px ${INK.font}`;
    for (const line of broken(text, room)) {
      y += size * 1.3;
      parts.push(s("text", { x: EDGE, y, "font-size": size, "font-weight": weight, fill: ink, text: line }));
    }
  };
  write(title, 17, INK.text, 600);
  y += 3;
  for (const line of notes) write(line, 12.5, INK.soft);
  y += 14;
  parts.push(s("g", { transform: `translate(${EDGE - left + (room - wide) / 2} ${y - top})` }, ...drawing.childNodes));
  y += high + 22;
  for (const items of legend) y = legendRow(parts, items, y, room);
  y -= 12;
  write(madeLine(), 11.5, INK.soft);
  const [width, height] = [Math.ceil(room + 2 * EDGE), Math.ceil(y + EDGE)];
  return s("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": title, "font-family": INK.font, "font-size": TEXT },
    s("rect", { x: 0, y: 0, width, height, fill: INK.panel }), ...parts);
}

/** Signs with their words side by side, in as many lines as they need; gives the place below. */
function legendRow(parts, items, y, room) {
  ruler.font = fontOf(false);
  let x = EDGE;
  for (const { sign, width, text } of items) {
    const wide = width + 8 + ruler.measureText(text).width + 26;
    if (x > EDGE && x + wide > EDGE + room + 26) [x, y] = [EDGE, y + 22];
    parts.push(s("g", { transform: `translate(${x} ${y})` }, ...sign, s("text", { x: width + 8, y: 4, fill: INK.text, text })));
    x += wide;
  }
  return items.length ? y + 22 : y;
}

const asSvg = () => inLight(S.view === "flow" ? flowFigure : graphFigure);
const svgText = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(asSvg())}`;
const saveSvg = () => save(pictureName("svg"), "image/svg+xml", svgText());

function savePng() {
  const text = svgText();
  const picture = new Image();
  picture.onload = () => {
    const scale = Math.min(2, 12000 / Math.max(picture.width, picture.height));
    const canvas = h("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const ctx = canvas.getContext("2d");
    ctx.scale(scale, scale);
    ctx.drawImage(picture, 0, 0);
    canvas.toBlob((blob) => save(pictureName("png"), "image/png", blob), "image/png");
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

let afterPaper = () => {};

/** What paper needs and the screen does not: light colours, lines for pixels, all rows, and what it is a print of. */
function toPaper() {
  afterPaper(); // where a browser asks for paper twice
  const root = document.documentElement;
  const { theme } = root.dataset;
  const scrolled = [...document.querySelectorAll(".scroll, #card-body, main > section")].map((box) => [box, box.scrollTop, box.scrollLeft]);
  const added = [];
  const add = (place, ...made) => { place.append(...made); added.push(...made); };
  const note = h("div", { id: "print-note" }, h("strong", { text: t(`view.${S.view}`) }), ...[...selectionLines(), madeLine()].map((text) => h("p", { text })));
  document.querySelector("main").prepend(note);
  added.push(note);
  if (S.view === "graph" && now.nodes.length) add($("view-graph"), h("div", { id: "paper" }, asSvg()));
  if (S.view === "table") {
    const table = document.querySelector("table.lineage");
    add(table.tBodies[0], ...sortedRows().slice(table.tBodies[0].rows.length).map(tableRow));
    // Chromium leaves buttons out where it repeats the heads on the next page.
    for (const head of table.tHead.rows[0].cells) add(head, h("span.on-paper", { text: head.textContent }));
  }
  root.dataset.theme = "light";
  afterPaper = () => {
    added.forEach((part) => part.remove());
    root.dataset.theme = theme;
    for (const [box, top, left] of scrolled) Object.assign(box, { scrollTop: top, scrollLeft: left });
    afterPaper = () => {};
  };
}
