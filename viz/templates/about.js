// What this graph is made of and how far it reaches.

function aboutTable(caption, heads, lines) {
  const cell = (value) => (value instanceof Node ? h("td", {}, value) : h("td", { class: value === "" ? "unknown" : null, text: value === "" ? "—" : value }));
  return h("div.scroll", { tabindex: 0, role: "region", "aria-label": caption }, h("table", {}, h("caption", { text: caption }),
    h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col", text })))),
    h("tbody", {}, ...lines.map((line) => h("tr", {}, ...line.map(cell))))));
}

/** Rows of each programme that reach Europe 2020 and that name who may apply, and its money. */
function coverageByProgramme() {
  const programmes = [...new Set(ROWS.map((n) => programmeOf[n]))].filter((p) => p >= 0).sort((a, b) => a - b);
  const rows = allRows();
  return aboutTable(t("about.coverage"), [t("programme"), t("rows.head"), t("rows.routed"), t("rows.beneficiaries"), PLAN ? `${t("money")}, ${t("as.of", PLAN)}` : t("money")], programmes.map((p) => {
    const own = rows.filter((r) => r.programme === p);
    const money = parts[p].flatMap(planned).reduce((sum, m) => sum + m.amount, 0);
    return [nodeLink(p, programmeName(p)), number(own.length), number(own.filter((r) => r.top).length), number(own.filter((r) => r.named.size).length), money ? euro(money) : moneyOf[p].length ? h("span.unknown", { text: t("about.elsewhere") }) : ""];
  }));
}

/** What is known of the axes, measures and sub-measures of each programme, and what the numbering says is missing. */
function coverageByLevel() {
  const facts = ["title", "ip", "beneficiaries", "allocation", "source"].map((key) => t(`having.${key}`));
  return aboutTable(t("about.levels"), [t("programme"), t("level"), t("known"), ...facts, t("missing")], D.coverage.map(([p, level, known, having, missing]) => [
    nodeLink(p, programmeName(p)), D.levels[LEVEL[level]][language === "pl" ? 1 : 2], number(known), ...having.map((x) => number(x)), missing.join(", "),
  ]));
}

function coverageByDocument() {
  const perDocument = D.documents.map(() => D.bases.map(() => 0));
  for (let c = 0; c < C.child.length; c++) {
    for (const d of new Set(C.evidence[c].map((e) => E.document[e]))) perDocument[d][C.basis[c]]++;
  }
  return aboutTable(t("about.documents"), [t("document"), t("date"), t("kind"), ...D.bases.map((b) => t(`basis.${b}`)), t("original")], D.documents.map((d, i) => {
    const node = BY_ID.get(d.id);
    return [node === undefined ? documentTitle(i) : nodeLink(node, documentTitle(i)), d.date ?? "", d.digest === "true" ? t("digest") : t("original.text"), ...perDocument[i].map((x) => number(x)), d.source ? sourceLink(d.source, t("original")) : ""];
  }));
}

function drawAbout() {
  $("view-about").replaceChildren(h("h2", { text: t("about.title") }), h("p.lead", { text: t("about.what") }),
    h("p", { text: t("about.numbers", number(N.level.filter((l) => l >= 0).length), number(C.child.length), number(D.documents.length)) }), h("p", { text: t("about.digests") }),
    h("h3", { text: t("about.bases") }), h("dl.bases", {}, ...D.bases.flatMap((b, i) => [h("dt", {}, basisLine(b), t(`basis.${b}`), ` (${number(LINKS_BY_BASIS[i])})`), h("dd", { text: t(`basis.${b}.hint`) })])), h("p", { id: "percent", text: t("about.percent") }),
    h("h3", { text: t("about.cite") }), h("p.cite", { text: t("about.citation", D.snapshot || "—") }),
    PLAN && h("p", { id: "counted", text: t("about.money", t("as.of", PLAN)) }), coverageByProgramme(), h("p", { text: t("about.levels.hint") }), coverageByLevel(), coverageByDocument());
}
