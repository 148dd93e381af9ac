// What this graph is made of and how far it reaches.

function drawAbout() {
  const perDocument = D.documents.map(() => D.bases.map(() => 0));
  const total = D.bases.map(() => 0);
  for (let c = 0; c < C.child.length; c++) {
    total[C.basis[c]]++;
    for (const d of new Set(C.evidence[c].map((e) => E.document[e]))) perDocument[d][C.basis[c]]++;
  }
  const programmes = [...new Set(ROWS.map((n) => programmeOf[n]))].filter((p) => p >= 0);
  const rows = allRows();
  const table = (caption, heads, lines) => h("div.scroll", { tabindex: 0, role: "region", "aria-label": caption }, h("table", {}, h("caption", { text: caption }), h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col", text })))), h("tbody", {}, ...lines.map((line) => h("tr", {}, ...line.map((cell) => (cell instanceof Node ? h("td", {}, cell) : h("td", { class: cell === "" ? "unknown" : null, text: cell === "" ? "—" : cell }))))))));
  $("view-about").replaceChildren(h("h2", { text: t("about.title") }), h("p.lead", { text: t("about.what") }),
    h("p", { text: t("about.numbers", number(N.level.filter((l) => l >= 0).length), number(C.child.length), number(D.documents.length)) }), h("p", { text: t("about.digests") }),
    h("h3", { text: t("about.bases") }), h("dl.bases", {}, ...D.bases.flatMap((b, i) => [h("dt", {}, basisLine(b), t(`basis.${b}`), ` (${number(total[i])})`), h("dd", { text: t(`basis.${b}.hint`) })])),
    h("h3", { text: t("about.cite") }), h("p.cite", { text: t("about.citation", D.snapshot || "—") }),
    table(t("about.coverage"), [t("programme"), t("rows.head"), t("rows.routed"), t("rows.beneficiaries"), t("money")], programmes.map((p) => {
      const own = rows.filter((r) => r.programme === p);
      const money = parts[p].flatMap(planned).reduce((sum, m) => sum + m.amount, 0);
      return [nodeLink(p, programmeName(p)), number(own.length), number(own.filter((r) => r.top).length), number(own.filter((r) => r.named.size).length), money ? euro(money) : ""];
    })),
    table(t("about.documents"), [t("document"), t("date"), t("kind"), ...D.bases.map((b) => t(`basis.${b}`)), t("original")], D.documents.map((d, i) => [documentTitle(i), d.date ?? "", d.digest === "true" ? t("digest") : t("original.text"), ...perDocument[i].map((x) => number(x)), d.source ? sourceLink(d.source, t("original")) : ""])));
}
