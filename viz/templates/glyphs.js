// A shape and a colour for each level, the same in the picture, the legend, cards and exports.

const { paths: GLYPHS, tiers: TIERS } = D.glyphs;

/** Strategies below the first are national or sectoral, and coloured so. */
const tierOf = (n) => (levelOf(n) === "strategy" && N.id[n] !== "europe-2020" ? "nation" : TIERS[levelOf(n)] ?? "beside");

let INK = {};
function readInk() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  INK = Object.fromEntries(
    ["ground", "panel", "text", "soft", "rule", "accent", "line", "union", "nation", "objective", "programme", "measure", "people", "on-tier"].map((k) => [k, value(k)]),
  );
  INK.font = value("font") || "sans-serif";
}

const paths = {};
const glyphPath = (level) => (paths[level] ??= new Path2D(GLYPHS[level] ?? GLYPHS.measure));

/** The glyph of a level as a small picture for legends and cards. */
function glyph(n, level = levelOf(n) || "beside", tier = n >= 0 ? tierOf(n) : TIERS[level]) {
  return s("svg", { viewBox: "0 0 24 24", class: `glyph tier-${tier}`, "aria-hidden": "true" },
    s("path", { d: GLYPHS[level] ?? GLYPHS.measure, "fill-rule": "evenodd" }));
}

const sizeOf = (n) => {
  const [, , width, height, lines] = D.columns[N.column[n]];
  return { width: S.only ? Math.max(width, 150) : width, height, lines };
};

const BAND = 20;
const TEXT = 12.5;
const fontOf = (bold) => `${bold ? "600 " : ""}${TEXT}px ${INK.font}`;
const ruler = document.createElement("canvas").getContext("2d");
const wrapped = new Map();

/** The text of a box, broken into its lines: the head in bold on the first, then the name, cut where it is full. */
function textOf(n) {
  const key = `${n}|${language}|${S.only}`;
  if (wrapped.has(key)) return wrapped.get(key);
  const { width, lines: limit } = sizeOf(n);
  const room = width - BAND - 14 - (parts[n].length && canOpen(n) ? 26 : 0);
  const head = levelOf(n) === "programme" ? programmeName(n) : headOf(n);
  const name = nameOf(n);
  const words = (limit === 1 && head ? "" : name === head ? "" : name).split(/\s+/).filter(Boolean);
  ruler.font = fontOf(true);
  const lines = [];
  let line = { head: head ? cut(head, room) : "", text: "" };
  let used = head ? ruler.measureText(`${line.head} `).width : 0;
  ruler.font = fontOf(false);
  let full = false;
  for (const word of words) {
    const next = line.text ? `${line.text} ${word}` : word;
    if (used + ruler.measureText(next).width <= room || (!line.text && !line.head)) line.text = next;
    else if (lines.length + 1 < limit) {
      lines.push(line);
      line = { head: "", text: word };
      used = 0;
    } else { full = true; break; }
  }
  if (full) line.text = `${cut(`${line.text}…`, room - used)}`;
  lines.push(line);
  lines.forEach((made) => { if (!made.head) made.text = cut(made.text, room); });
  wrapped.set(key, lines);
  return lines;
}

function cut(text, room) {
  if (ruler.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 1 && ruler.measureText(`${text.slice(0, end).trimEnd()}…`).width > room) end--;
  return `${text.slice(0, end).replace(/…$/, "").trimEnd()}…`;
}

const canOpen = (n) => !S.only && N.level[n] >= LEVEL.strategy && parts[n].some((p) => N.column[p] >= 0 && !OPENING.has(p));
