// The card of the focus: what it is, what it is worth, and where every link on its way up is written.

function drawCard() {
  const card = $("card");
  card.hidden = S.focus < 0 || S.folded || S.view === "about";
  document.body.classList.toggle("with-card", !card.hidden);
  if (card.hidden) return;
  $("card-body").replaceChildren(...(S.link >= 0 ? linkCard() : nodeCard(S.focus)).filter(Boolean));
  $("card-body").scrollTop = 0;
}

function nodeCard(n) {
  const path = focusPath();
  const beside = N.level[n] < 0;
  const kept = keeps();
  const up = path.up.filter(([child, parent]) => kept(child) && kept(parent));
  return [
    h("p.card-level", {}, glyph(n), h("span", { text: whereOf(n) })),
    h("h2", { id: "card-title" }, headOf(n) && headOf(n) !== nameOf(n) && h("span.code", { text: headOf(n) }), " ", nameOf(n)),
    otherName(n), actions(n, citation(n)), facts(n), figuresOf(n),
    linkList(t("way.up"), up, { none: beside ? "" : t("no.way.up"), id: "way-up" }),
    linkList(t(beside ? "linked" : "sides"), beside ? path.more : sidesOf(n), { id: "sides", first: beside ? FIRST : 6 }),
    passagesOf(n), belowOf(n, path),
  ];
}

/** The card of one drawn line: every claim behind it. */
function linkCard() {
  const [upper, lower] = [S.link, S.focus];
  const { claims } = lineBetween(upper, lower);
  const evidence = claims.flatMap((claim) => C.evidence[claim]);
  return [
    h("p.card-level", {}, h("span", { text: t("link") })),
    h("h2", { id: "card-title" }, short(lower), h("span.verb", { text: " → " }), short(upper)),
    h("div.actions", {}, nodeLink(lower), nodeLink(upper)),
    actions(-1, `${titleOf(lower)} → ${titleOf(upper)}: ${evidence.slice(0, 3).map(cited).join("; ")}. nurt${D.snapshot ? `, ${t("snapshot")} ${D.snapshot}` : ""}`),
    linkList(t("written"), claims.map(inPicture), { id: "way-up" }),
  ];
}

function otherName(n) {
  const unknown = ["pl", "en"].filter((lang) => !N[lang][n]);
  if (unknown.length) return h("p.other-name.unknown", { text: t(unknown.length > 1 ? "no.name" : `no.name.${unknown[0]}`) });
  const other = language === "pl" ? "en" : "pl";
  return N[other][n] === nameOf(n) ? null : h("p.other-name", { lang: other, text: N[other][n] });
}

function actions(n, text) {
  const say = (words) => { $("said").textContent = words; };
  const copy = async (words) => {
    try { await navigator.clipboard.writeText(words); say(t("copied")); } catch { showCopy(words); }
  };
  return h("div.actions", {},
    n >= 0 && N.level[n] >= 0 && h("button", { type: "button", id: "only", "aria-pressed": String(S.only), onclick: () => ask({ only: !S.only }, { step: true }), text: t(S.only ? "show.all" : "show.only") }),
    n >= 0 && canOpen(n) && h("button", { type: "button", id: "open-parts", onclick: () => toggleOpen(n), text: S.open.has(n) ? t("close.parts") : t("open.parts", parts[n].length) }),
    h("button", { type: "button", id: "copy-citation", onclick: () => copy(text), text: t("copy.citation") }),
    h("button", { type: "button", id: "copy-link", onclick: () => copy(location.href), text: t("copy.link") }));
}

function showCopy(text) {
  const field = h("textarea.copy-text", { readonly: true, "aria-label": t("copy.by.hand") });
  field.value = text;
  document.querySelector(".copy-text")?.remove();
  document.querySelector("#copy-link").parentElement.after(field);
  field.select();
}

function citation(n) {
  const p = programmeOf[n];
  const sources = N.details[n]?.source ?? [];
  return `${titleOf(n)}${p >= 0 && p !== n ? `, ${nameOf(p)}` : ""}. nurt, https://w3id.org/nurt/id/${N.id[n]}${D.snapshot ? `, ${t("snapshot")} ${D.snapshot}` : ""}${sources.length ? `. ${t("sources")}: ${sources.join(", ")}` : ""}`;
}

const nodeLink = (n, text = titleOf(n)) => h("button.to-node", { type: "button", onclick: () => focusOn(n), title: levelName(n), text });
/** Links to nodes, each on a line of its own. */
const nodeList = (nodes, text = titleOf) => [h("ul.plain", {}, ...nodes.map((n) => h("li", {}, nodeLink(n, text(n)))))];

/** The first in a row of wholes, nearest first, of which something is known, and what. */
function nearest(n, of) {
  for (const at of chain(n)) {
    const found = of(at);
    if (found.length) return [found, at];
  }
  return [[], n];
}

function facts(n) {
  const list = [];
  const add = (key, ...value) => list.push(h("dt", { text: t(key) }), h("dd", {}, ...value));
  const unknown = () => h("span.unknown", { text: t("unknown") });
  const sides = (verb) => nearest(n, (at) => [...new Set(sideOf(at, verb))])[0];
  const ofWhole = (at) => (at !== n ? h("small", { text: ` ${t("for.whole", headOf(at) || nameOf(at))}` }) : "");
  const p = programmeOf[n];
  if (p >= 0 && p !== n) add("programme", nodeLink(p, nameOf(p)));
  const regions = sides("coversRegion");
  if (regions.length && kindOf(n) !== "Document") add("region", ...nodeList(regions, nameOf));
  if (periodOf(n)) add("period", periodName(periodOf(n)));
  if (p >= 0) {
    const funds = sides("fundedBy");
    add("fund", ...(funds.length ? nodeList(funds, nameOf) : [unknown()]));
    add("money", ...moneyFacts(n));
    for (const [key, said] of [["beneficiaries", eligibleFor], ["support", supportOf]]) {
      const [links, at] = saidOf(n, said);
      const types = [...new Set(links.map(([to]) => to))];
      add(key, ...(types.length ? nodeList(types, key === "support" ? nameOf : titleOf) : [unknown(), ...aroundOf(n, said)]), at !== n && types.length ? h("small", { text: ` (${t("as.of.whole", headOf(at))})` }) : "");
    }
    const [bodies, managed] = nearest(n, (at) => [...new Set(sideOf(at, "managedBy"))]);
    if (bodies.length) add("managed", ...nodeList(bodies, nameOf), ofWhole(managed));
  } else if (moneyOf[n].length) add("money", ...moneyFacts(n));
  for (const [key, name] of [["euValue", "target.eu"], ["polandValue", "target.pl"], ["cci", "cci"], ["celex", "celex"], ["date", "date"]]) {
    if (N.details[n]?.[key]) add(name, N.details[n][key].join("; "));
  }
  documentFacts(n, add);
  const sources = N.details[n]?.source ?? [];
  if (sources.length) add("sources", ...sources.map((a) => sourceLink(a, a.replace(/^https?:\/\/(www\.)?/, ""))));
  return list.length ? h("dl.facts", {}, ...list) : null;
}

/** Where nothing is said of a thing itself: what is said of the whole it is part of, and of its parts. */
function aroundOf(n, said) {
  const names = (at) => [...new Set(said(at).map(([type]) => type))].map((type) => nameOf(type)).join(", ");
  const whole = chain(n).slice(1).find((at) => said(at).length);
  const within = parts[n].filter((part) => said(part).length);
  return [...(whole === undefined ? [] : [whole]), ...within.slice(0, 6)].map((at) => h("small.around", {}, nodeLink(at, headOf(at) || nameOf(at)), `: ${names(at)}`));
}

function documentFacts(n, add) {
  const d = D.documents.findIndex((found) => found.id === N.id[n]);
  if (d < 0) return;
  const found = D.documents[d];
  add("kind", t(found.digest === "true" ? "digest" : "original.text"));
  if (found.date) add("date", found.date);
  if (found.publisher) add("publisher", found.publisher);
  if (found.source) add(found.digest === "true" ? "source.at" : "original.at", sourceLink(found.source, found.source.replace(/^https?:\/\/(www\.)?/, "")));
}

function moneyFacts(n) {
  const [entries, at] = nearest(n, (x) => moneyOf[x]);
  const within = new Set(wayDown(n).map(([child]) => child)); // once each, however many claims lead there
  const axes = [...within].filter((x) => chain(x).includes(n)).flatMap(planned);
  const known = latest(entries);
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

const FROM_WHOLE = ["fundedBy", "coversRegion", "managedBy"];

/** The links beside the lineage that the facts rest on: who may apply, support, funds, regions, bodies. */
function sidesOf(n) {
  const [eligible, whole] = saidOf(n, eligibleFor);
  const found = eligible.map(([type, claim]) => [type, whole, claim]);
  const [support, supporting] = saidOf(n, supportOf);
  found.push(...support.map(([type, claim]) => [supporting, type, claim]));
  for (const verb of FROM_WHOLE) {
    const [links, at] = nearest(n, (x) => beside[x].filter(([, c]) => C.verb[c] === VERB[verb] && allowed(c)));
    found.push(...links.map(([to, claim]) => [at, to, claim]));
  }
  const own = linksBeside(n).filter(([, , claim]) => !["supportType", ...FROM_WHOLE].includes(D.predicates[C.verb[claim]]));
  return [...found, ...own];
}

function belowOf(n, path) {
  const byLevel = new Map();
  const lower = new Set(path.down.map(([child]) => child));
  for (const child of lower) if (child !== n && N.level[child] >= 0) byLevel.set(N.level[child], (byLevel.get(N.level[child]) ?? 0) + 1);
  if (!lower.size) return null; // what stands beside the lineage may have parts, too
  const direct = [...new Set(below[n].filter(([, c]) => allowed(c)).map(([child]) => child))];
  return h("section", { id: "way-down" }, h("h3", { text: t("below") }),
    h("p.counts", { text: [...byLevel].sort((a, b) => a[0] - b[0]).map(([level, count]) => `${D.levels[level][language === "pl" ? 1 : 2]}: ${number(count)}`).join(" · ") }),
    shortList(direct, LISTED, (child) => h("li", {}, nodeLink(child, short(child)), elsewhere(child, n))));
}

const LISTED = 40;

/** The programme of a part that stands in another one than the card's: sixteen have a measure 1.5. */
function elsewhere(child, n) {
  const p = programmeOf[child];
  return p >= 0 && p !== child && p !== programmeOf[n] ? h("small", { text: ` · ${programmeName(p)}` }) : null;
}

/** A list of which the first stand there at once, and the others when asked for. */
function shortList(values, first, item) {
  const list = h("ul.plain", {}, ...values.slice(0, first).map(item));
  const rest = values.slice(first);
  if (!rest.length) return list;
  return [list, h("button", { type: "button", text: t("show.links", number(rest.length)), onclick: (e) => { list.append(...rest.map(item)); e.target.remove(); } })];
}
