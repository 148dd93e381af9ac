// A shape and a colour for each level, the same in the picture, the legend, cards and exports.

const GLYPHS = {
  strategy: "M12 2 L15 9 L22 9 L16.5 13.5 L18.5 21 L12 16.8 L5.5 21 L7.5 13.5 L2 9 L9 9 Z",
  priority: "M12 2 L22 12 L12 22 L2 12 Z",
  headline_target: "M12 2 A10 10 0 1 0 12 22 A10 10 0 1 0 12 2 Z M12 7 A5 5 0 1 1 12 17 A5 5 0 1 1 12 7 Z",
  flagship: "M4 2 H7 V4 H21 L17 9 L21 14 H7 V22 H4 Z",
  regulation: "M5 2 H15 L20 7 V22 H5 Z",
  national_objective: "M12 3 L22 21 H2 Z",
  thematic_objective: "M7 3 H17 L22 12 L17 21 H7 L2 12 Z",
  investment_priority: "M2 5 H15 L22 12 L15 19 H2 Z",
  programme: "M3 3 H21 V21 H3 Z",
  programme_part: "M3 3 H21 V10 H3 Z M3 13 H21 V21 H3 Z",
  axis: "M9 2 H15 V22 H9 Z M2 9 H22 V15 H2 Z",
  specific_objective: "M2 3 H22 L12 21 Z",
  measure: "M12 2 A10 10 0 1 0 12 22 A10 10 0 1 0 12 2 Z",
  sub_measure: "M12 6 A6 6 0 1 0 12 18 A6 6 0 1 0 12 6 Z",
  project: "M2 8 H22 V16 H2 Z",
  beside: "M3 3 H21 V21 H3 Z M7 7 V17 H17 V7 Z",
  beneficiary_type: "M12 2 A5 5 0 1 0 12 12 A5 5 0 1 0 12 2 Z M2 22 A10 9 0 0 1 22 22 Z",
};
const TIERS = {
  strategy: "union", priority: "union", headline_target: "union", flagship: "union", regulation: "union",
  national_objective: "nation", thematic_objective: "objective", investment_priority: "objective",
  programme: "programme", programme_part: "programme", axis: "programme", specific_objective: "programme",
  measure: "measure", sub_measure: "measure", project: "measure", beneficiary_type: "people", beside: "beside",
};

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
