// Links with the words of the documents behind them, and survey figures.

const FIRST = 24; // links shown at once

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

/** Links ([lower, upper, claim]) with their quotes; the same link from several claims stands once. */
function linkList(title, links, { none = "", id, first = FIRST }) {
  const grouped = new Map();
  for (const [child, parent, claim] of links) {
    const key = `${child}|${parent}|${C.verb[claim]}`;
    if (!grouped.has(key)) grouped.set(key, { claims: [] });
    grouped.get(key).claims.push(claim);
  }
  const items = [...grouped.values()];
  if (!items.length && !none) return null;
  const list = h("ol.links", {}, ...items.slice(0, first).map(linkItem));
  const section = h("section", { id }, h("h3", { text: title }), items.length ? list : h("p.unknown", { text: none }));
  if (items.length > first) {
    section.append(h("button", { type: "button", text: t("show.links", number(items.length - first)), onclick: (e) => { list.append(...items.slice(first).map(linkItem)); e.target.remove(); } }));
  }
  return section;
}

function linkItem({ claims }) {
  const strongest = claims.slice().sort((a, b) => C.basis[a] - C.basis[b]);
  const [from, to] = [C.child[claims[0]], C.parent[claims[0]]];
  return h("li.link", {},
    h("p.link-line", {}, nodeLink(from, short(from)), h("span.verb", { text: ` ${verbOf(claims[0])} ` }), nodeLink(to, short(to))),
    ...strongest.map((claim) => h("div.claim", {}, badge(claim), ...C.evidence[claim].map(quote))));
}

const verbOf = (claim) => t(`verb.${D.predicates[C.verb[claim]]}`);
const short = (n) => { const title = titleOf(n); return title.length > 88 ? `${title.slice(0, 86).trimEnd()}…` : title; };

/** The words of a document, and which document and page they stand on. */
function quote(e) {
  const d = E.document[e];
  const page = E.page[e] ? `, ${t("page")} ${E.page[e]}` : "";
  const address = D.documents[d].source ?? "";
  const digest = D.documents[d].digest === "true" ? ` (${t("digest")})` : "";
  const node = BY_ID.get(D.documents[d].id);
  return h("figure", {},
    h("blockquote", { lang: D.documents[d].language ?? null, text: D.quotes[E.quote[e]] }),
    h("figcaption", {}, node === undefined ? documentTitle(d) : nodeLink(node, documentTitle(d)), `${digest}${page}`, address && " ", address && sourceLink(address, t(digest ? "source" : "original"))));
}

const cited = (e) => `“${D.quotes[E.quote[e]]}” (${documentTitle(E.document[e])}${E.page[e] ? `, ${t("page")} ${E.page[e]}` : ""})`;

/** A link that can only lead to a web page, whatever the document printed there. */
function sourceLink(address, text) {
  if (!/^https?:\/\//i.test(address)) return h("span.source", { text: address });
  return h("a.source", { href: address, target: "_blank", rel: "noopener noreferrer", text });
}

/** Where documents set out what stands beside the lineage. */
function passagesOf(n) {
  const found = N.passages[n] ?? [];
  if (!found.length) return null;
  return h("section", { id: "written" }, h("h3", { text: t("written") }), ...found.slice(0, FIRST).map(quote));
}

/** What a survey found: every figure of a question, or the questions that an answer was given to. */
function figuresOf(n) {
  const found = F.filter((figure) => figure.question === n || figure.answer === n);
  if (!found.length) return null;
  const share = (figure) => `${number(figure.share)} ${figure.unit}`.trim();
  return h("section", { id: "figures" }, h("h3", { text: t("figures") }), h("p.counts", { text: t("figures.hint") }),
    h("ul.links", {}, ...found.map((figure) => h("li.link", {},
      h("p.link-line", {}, nodeLink(figure.question === n ? figure.answer : figure.question), ": ", h("strong", { text: share(figure) }),
        h("small", { text: ` ${[figure.respondents ? `n = ${number(figure.respondents)}` : "", figure.year].filter(Boolean).join(", ")}` })),
      quote(figure.evidence)))));
}
