// The card of the focus: what it is, what it is worth, and where every link on its way up is written.

const FIRST = 24; // links shown at once

function drawCard() {
  const card = $("card");
  card.hidden = S.focus < 0 || S.view === "about";
  document.body.classList.toggle("with-card", !card.hidden);
  if (card.hidden) return;
  const n = S.focus;
  const path = focusPath();
  $("card-body").replaceChildren(...[
    h("p.card-level", {}, glyph(n), h("span", { text: whereOf(n) })),
    h("h2", { id: "card-title" }, headOf(n) && h("span.code", { text: headOf(n) }), " ", nameOf(n)),
    otherName(n), actions(n), facts(n), linkList(t("way.up"), path.up, t("no.way.up"), "up"), belowOf(n, path),
  ].filter(Boolean));
  $("card-body").scrollTop = 0;
}

function otherName(n) {
  const other = language === "pl" ? "en" : "pl";
  if (!N[other][n] || N[other][n] === nameOf(n)) return h("p.other-name.unknown", { text: t(`no.name.${other}`) });
  return h("p.other-name", { lang: other, text: N[other][n] });
}

function actions(n) {
  const say = (text) => { $("said").textContent = text; };
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); say(t("copied")); } catch { showCopy(text); }
  };
  return h("div.actions", {},
    h("button", { type: "button", id: "only", "aria-pressed": String(S.only), onclick: () => ask({ only: !S.only }, { step: true }), text: t(S.only ? "show.all" : "show.only") }),
    canOpen(n) && h("button", { type: "button", id: "open-parts", onclick: () => toggleOpen(n), text: S.open.has(n) ? t("close.parts") : t("open.parts", parts[n].length) }),
    h("button", { type: "button", onclick: () => copy(citation(n)), text: t("copy.citation") }),
    h("button", { type: "button", onclick: () => copy(location.href), text: t("copy.link") }));
}

function showCopy(text) {
  const field = h("textarea.copy-text", { readonly: true, "aria-label": t("copy.by.hand") });
  field.value = text;
  document.querySelector(".copy-text")?.remove();
  document.querySelector("#card .actions").after(field);
  field.select();
}

function citation(n) {
  const p = programmeOf[n];
  const sources = N.details[n]?.source ?? [];
  return `${titleOf(n)}${p >= 0 && p !== n ? `, ${nameOf(p)}` : ""}. nurt, https://w3id.org/nurt/id/${N.id[n]}${D.snapshot ? `, ${t("snapshot")} ${D.snapshot}` : ""}${sources.length ? `. ${t("sources")}: ${sources.join(", ")}` : ""}`;
}

const nodeLink = (n, text = titleOf(n)) => h("button.to-node", { type: "button", onclick: () => focusOn(n), title: levelName(n), text });
const nodeList = (nodes) => nodes.flatMap((n, i) => (i ? ["; ", nodeLink(n)] : [nodeLink(n)]));

function facts(n) {
  const whole = chain(n);
  const first = (of) => { for (const at of whole) { const found = of(at); if (found.length) return [found, at]; } return [[], n]; };
  const list = [];
  const add = (key, ...value) => list.push(h("dt", { text: t(key) }), h("dd", {}, ...value));
  const plainSide = (verb) => first((at) => [...new Set(sideOf(at, verb))]);
  const p = programmeOf[n];
  if (p >= 0 && p !== n) add("programme", nodeLink(p, nameOf(p)));
  const regions = p >= 0 ? [...new Set(sideOf(p, "coversRegion"))] : [];
  if (regions.length) add("region", regions.map((r) => nameOf(r)).join(", "));
  if (p >= 0) {
    const [funds] = plainSide("fundedBy");
    add("fund", funds.length ? funds.map((f) => nameOf(f)).join(", ") : h("span.unknown", { text: t("unknown") }));
    add("money", ...moneyFacts(n, first));
    const [types, at] = first((x) => [...new Set(below[x].filter(([, c]) => DOWNWARD.has(C.verb[c]) && allowed(c)).map(([b]) => b))]);
    add("beneficiaries", ...(types.length ? nodeList(types) : [h("span.unknown", { text: t("unknown") })]), at !== n && types.length ? h("small", { text: ` (${t("as.of.whole", headOf(at))})` }) : "");
    const [support] = plainSide("supportType");
    if (support.length) add("support", support.map((x) => nameOf(x)).join(", "));
  } else if (moneyOf[n].length) add("money", ...moneyFacts(n, first));
  for (const [key, name] of [["euValue", "target.eu"], ["polandValue", "target.pl"], ["cci", "cci"], ["celex", "celex"], ["date", "date"]]) {
    if (N.details[n]?.[key]) add(name, N.details[n][key].join("; "));
  }
  const sources = N.details[n]?.source ?? [];
  if (sources.length) add("sources", ...sources.map((a) => sourceLink(a, a.replace(/^https?:\/\/(www\.)?/, ""))));
  return h("dl.facts", {}, ...list);
}

/** A link that can only lead to a web page, whatever the document printed there. */
function sourceLink(address, text) {
  if (!/^https?:\/\//i.test(address)) return h("span.source", { text: address });
  return h("a.source", { href: address, target: "_blank", rel: "noopener noreferrer", text });
}

function moneyFacts(n, first) {
  const [entries, at] = first((x) => moneyOf[x]);
  const partsOf = wayDown(n).map(([child]) => child);
  const known = latest(entries);
  const axes = partsOf.filter((x) => chain(x).includes(n)).flatMap(planned);
  if (axes.length && N.level[n] === PROGRAMME_LEVEL) {
    return [h("strong", { text: euro(axes.reduce((sum, m) => sum + m.amount, 0)) }), h("small", { text: ` ${t("sum.of.axes")} ${t("as.of", PLAN)}` })];
  }
  const item = (m) => h("li", { text: `${[m.fund >= 0 ? N.acronym[m.fund] || nameOf(m.fund) : "", m.objective >= 0 ? codeOf(m.objective) : ""].filter(Boolean).join(", ") || t("in.all")}: ${euro(m.amount, m.currency)}` });
  if (known.length > 1 && !known[0].date) { // of unknown dates and kinds: never added up
    return [h("small", { text: `${at !== n ? t("for.whole", headOf(at)) : ""} ${t("undated")}` }), h("ul.plain", {}, ...known.map(item))];
  }
  if (known.length) {
    const total = known.reduce((sum, m) => sum + m.amount, 0);
    return [
      h("strong", { text: euro(total, known[0].currency) }),
      h("small", { text: ` ${at !== n ? t("for.whole", headOf(at)) : ""} ${known[0].date ? t("as.of", known[0].date) : t("undated")}` }),
      known.length > 1 && h("ul.plain", {}, ...known.map(item)),
    ];
  }
  return [h("span.unknown", { text: t("unknown") })];
}

function badge(claim) {
  const basis = D.bases[C.basis[claim]];
  return h(`span.basis.${basis}`, { title: t(`basis.${basis}.hint`) }, basisLine(basis), t(`basis.${basis}`), C.confidence[claim] < 100 ? ` ${C.confidence[claim]} %` : "");
}

function basisLine(basis) {
  const dashes = D.drawing.dashes[basis];
  return s("svg", { viewBox: "0 0 34 8", class: "basis-line", "aria-hidden": "true" },
    s("line", { x1: 1, y1: 4, x2: 33, y2: 4, "stroke-dasharray": dashes ? dashes.join(" ") : null }),
    basis === "curated" && s("path", { d: "M17 0.5 L20.5 4 L17 7.5 L13.5 4 Z" }));
}

/** Links with their quotes; the same link from several claims stands once. */
function linkList(title, links, none, name) {
  const grouped = new Map();
  for (const [child, parent, claim] of links) {
    const key = `${child}|${parent}|${C.verb[claim]}`;
    if (!grouped.has(key)) grouped.set(key, { child, parent, claims: [] });
    grouped.get(key).claims.push(claim);
  }
  const items = [...grouped.values()];
  const list = h("ol.links", {}, ...items.slice(0, FIRST).map(linkItem));
  const section = h("section", { id: `way-${name}` }, h("h3", { text: title }), items.length ? list : h("p.unknown", { text: none }));
  if (items.length > FIRST) {
    section.append(h("button", { type: "button", text: t("show.links", number(items.length - FIRST)), onclick: (e) => { list.append(...items.slice(FIRST).map(linkItem)); e.target.remove(); } }));
  }
  return section;
}

function linkItem({ child, parent, claims }) {
  const verb = D.predicates[C.verb[claims[0]]];
  const sideways = DOWNWARD.has(C.verb[claims[0]]);
  const [from, to] = sideways ? [parent, child] : [child, parent];
  return h("li.link", {},
    h("p.link-line", {}, nodeLink(from, short(from)), h("span.verb", { text: ` ${t(`verb.${verb}`)} ` }), nodeLink(to, short(to))),
    ...claims.slice().sort((a, b) => C.basis[a] - C.basis[b]).map((claim) => h("div.claim", {}, badge(claim), ...C.evidence[claim].map(quote))));
}

const short = (n) => { const title = titleOf(n); return title.length > 88 ? `${title.slice(0, 86).trimEnd()}…` : title; };

function quote(e) {
  const d = E.document[e];
  const page = E.page[e] ? `, ${t("page")} ${E.page[e]}` : "";
  const address = D.documents[d].source ?? "";
  const digest = D.documents[d].digest === "true" ? ` (${t("digest")})` : "";
  return h("figure", {},
    h("blockquote", { lang: D.documents[d].language ?? null, text: D.quotes[E.quote[e]] }),
    h("figcaption", {}, `${documentTitle(d)}${digest}${page}`, address && " ", address && sourceLink(address, t("original"))));
}

function belowOf(n, path) {
  const byLevel = new Map();
  for (const child of path.lower) if (child !== n) byLevel.set(N.level[child], (byLevel.get(N.level[child]) ?? 0) + 1);
  if (!byLevel.size) return null;
  const direct = [...new Set(below[n].filter(([, c]) => allowed(c)).map(([child]) => child))];
  return h("section", { id: "way-down" }, h("h3", { text: t("below") }),
    h("p.counts", { text: [...byLevel].sort((a, b) => a[0] - b[0]).map(([level, count]) => `${D.levels[level][language === "pl" ? 1 : 2]}: ${number(count)}`).join(" · ") }),
    h("ul.plain", {}, ...direct.slice(0, 40).map((child) => h("li", {}, nodeLink(child, short(child))))));
}
