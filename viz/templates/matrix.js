// The sixteen regions beside one another: money or number of measures for each thematic objective.

let matrixOf = "money";

/** What a number is made of: an amount of axes, in the flow; a count of measures, in the table. */
function openCell(region, objective) {
  const programmes = [...new Set(ROWS.map((n) => programmeOf[n]))].filter((p) => p >= 0 && regionsCovered(p).size === 1 && regionsCovered(p).has(region));
  ask({ view: matrixOf === "money" ? "flow" : "table", facets: { ...S.facets, programme: new Set(programmes), objective: new Set([objective]) } }, { step: true });
}

function drawMatrix() {
  const rows = selectedRows().filter((r) => r.programme >= 0 && !r.everywhere && r.region.size === 1 && isLowest(r.node));
  const objectives = [...Array(COUNT).keys()].filter((n) => levelOf(n) === "thematic_objective");
  const cells = new Map();
  const add = (region, objective, value) => cells.set(`${region}|${objective}`, (cells.get(`${region}|${objective}`) ?? 0) + value);
  if (matrixOf === "money") {
    for (const m of flowMoney()) {
      const covered = regionsCovered(programmeOf[m.node]);
      if (covered.size === 1 && m.objective >= 0) add([...covered][0], m.objective, m.amount);
    }
  } else for (const row of rows) row.objective.forEach((o) => add([...row.region][0], o, 1));
  const most = Math.max(1, ...cells.values());
  const regions = REGIONS.filter((r) => objectives.some((o) => cells.has(`${r}|${o}`))).sort((a, b) => regionName(a).localeCompare(regionName(b), language));
  const show = (value) => (value === undefined ? "—" : matrixOf === "money" ? number(value / 1e6, { maximumFractionDigits: 1, minimumFractionDigits: 1 }) : number(value));
  const choice = (key) => h("button", { type: "button", "aria-pressed": String(matrixOf === key), text: t(`matrix.${key}`), onclick: () => { matrixOf = key; drawMatrix(); } });
  const sum = (list) => { const found = list.filter((v) => v !== undefined); return found.length ? found.reduce((a, b) => a + b, 0) : undefined; };
  $("view-matrix").replaceChildren(h("div.bar", { role: "group", "aria-label": t("view.matrix") }, choice("money"), choice("measures"), h("span.hint", { text: t("matrix.hint") })),
    h("div.scroll", { tabindex: 0, role: "region", "aria-label": t("view.matrix") }, h("table.matrix", {},
      h("caption", { text: t(`matrix.${matrixOf}.caption`) }),
      h("thead", {}, h("tr", {}, h("th", { scope: "col", text: t("region") }), ...objectives.map((o) => h("th", { scope: "col" }, h("button.to-node", { type: "button", title: nameOf(o), text: codeOf(o), onclick: () => focusOn(o) }), h("small", { text: clipped(nameOf(o), 88), title: nameOf(o) }))), h("th", { scope: "col", text: t("total") }))),
      h("tbody", {}, ...regions.map((r) => h("tr", {}, h("th", { scope: "row", text: regionName(r) }),
        ...objectives.map((o) => {
          const value = cells.get(`${r}|${o}`);
          const shade = value === undefined ? 0 : Math.max(1, Math.ceil((value / most) * 6));
          return h(`td.shade-${shade}`, { title: value === undefined ? t("unknown") : matrixOf === "money" ? euro(value) : number(value) },
            value === undefined ? "—" : h("button.to-node", { type: "button", text: show(value), "aria-label": `${show(value)}: ${regionName(r)}, ${codeOf(o)}: ${matrixOf === "money" ? euro(value) : number(value)}`, onclick: () => openCell(r, o) }));
        }), h("td.total", { text: show(sum(objectives.map((o) => cells.get(`${r}|${o}`)))) })))))));
}
