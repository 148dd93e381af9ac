// The rows as a table that sorts by any column, and as CSV.

const PAGE = 150;
const UNDER_INSTRUMENT = new Set(["axis", "measure", "sub_measure", "project", "programme", "strategy"]);

/** The things that a row stands on, by column; what is no measure stands under its own kind, never as one. */
const PLACES = {
  programme: (r) => (r.programme >= 0 ? r.programme : r.whole.at(-1)),
  axis: (r) => partOn(r, "axis") ?? r.whole.find((n) => n !== r.whole.at(-1) && !UNDER_INSTRUMENT.has(levelOf(n))),
  measure: (r) => partOn(r, "measure"),
  sub_measure: (r) => partOn(r, "sub_measure"),
  project: (r) => partOn(r, "project"),
};
const partOn = (row, level) => row.whole.find((n) => levelOf(n) === level);

const placed = (name) => (r) => {
  const at = PLACES[name](r);
  return at === undefined ? "" : N.level[at] === PROGRAMME_LEVEL ? programmeName(at) : titleOf(at);
};
const CELLS = {
  ...Object.fromEntries(Object.keys(PLACES).map((name) => [name, placed(name)])),
  fund: (r) => [...r.fund].map((f) => N.acronym[f] || nameOf(f)).join(", "),
  objective: (r) => [...r.objective].sort((a, b) => a - b).map(codeOf).join(", "),
  priority: (r) => [...r.priority].sort((a, b) => a - b).map((p) => nameOf(p)).join("; "),
  beneficiaries: (r) => [...r.named].map((b) => nameOf(b)).join("; ") + (r.named.size && r.namedBy !== r.node ? ` (${t("as.of.whole", headOf(r.namedBy))})` : ""),
  basis: (r) => (r.top && r.best && r.best[0] >= 0 ? t(`basis.${D.bases[r.best[0]]}`) : r.top ? t("basis.stated") : t("no.route")),
};
if (!ROWS.some((n) => levelOf(n) === "project")) delete CELLS.project;

/** Measures before what has parts, programmes and strategies; among equals those with a route; then as numbered. */
function unsorted(rows) {
  const order = new Intl.Collator("en", { numeric: true });
  const rank = (r) => (MEASURES.has(levelOf(r.node)) ? 0 : 2) + (r.top ? 0 : 1);
  return rows.map((row) => [rank(row), N.id[row.node], row]).sort((a, b) => a[0] - b[0] || order.compare(a[1], b[1])).map(([, , row]) => row);
}

function sortedRows() {
  const rows = selectedRows().slice();
  const [column, turn] = S.sort.split(":");
  if (Object.hasOwn(CELLS, column)) {
    const keyed = rows.map((row) => [CELLS[column](row), row]);
    const sign = turn === "down" ? -1 : 1;
    const order = new Intl.Collator(language, { numeric: true });
    return keyed.sort((a, b) => sign * order.compare(a[0], b[0])).map(([, row]) => row);
  }
  return unsorted(rows);
}

function drawTable() {
  const rows = sortedRows();
  const [sorted, turn] = S.sort.split(":");
  const body = h("tbody");
  const add = (from) => body.append(...rows.slice(from, from + PAGE).map(tableRow));
  add(0);
  const table = h("table.lineage", {}, h("caption", { text: plural("rows", rows.length) }),
    h("thead", {}, h("tr", {}, ...Object.keys(CELLS).map((key) => h(`th.column-${key}`, { scope: "col", "aria-sort": sorted === key ? (turn === "down" ? "descending" : "ascending") : "none" },
      h("button", { type: "button", text: t(`column.${key}`), onclick: () => ask({ sort: `${key}:${sorted === key && turn !== "down" ? "down" : "up"}` }) }))))), body);
  const more = h("button.more", { type: "button", text: t("show.more"), hidden: rows.length <= PAGE, onclick: () => {
    add(body.rows.length);
    more.hidden = body.rows.length >= rows.length;
  } });
  $("view-table").replaceChildren(
    h("div.bar", {}, h("button", { type: "button", id: "csv", text: t("csv"), onclick: () => save("nurt.csv", "text/csv;charset=utf-8", csv(rows)) })),
    h("div.scroll", { tabindex: 0, role: "region", "aria-label": t("view.table") }, table), more);
}

function tableRow(row) {
  return h("tr", {}, ...Object.keys(CELLS).map((key) => {
    const text = CELLS[key](row);
    if (key === "basis") return h("td", { class: row.top ? null : "unknown", text });
    if (!text) return h("td.unknown", { text: "—" });
    const at = PLACES[key]?.(row);
    return h("td", {}, at === undefined ? text : h("button.to-node", { type: "button", text, onclick: () => ask({ view: "graph", focus: at, only: true }, { step: true }) }));
  }));
}

/** As spreadsheets read it: a mark of UTF-8, quotes doubled, and nothing that they would run as a formula. */
function csv(rows) {
  const cell = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  const lines = [["id", ...Object.keys(CELLS)].join(",")];
  for (const row of rows) lines.push([N.id[row.node], ...Object.keys(CELLS).map((key) => CELLS[key](row))].map(cell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
