// What the reader has asked for, kept in the address so that a link leads back to it.

const FACETS = ["region", "programme", "fund", "objective", "level", "beneficiary", "support", "period"];
const VIEWS = ["graph", "table", "flow", "matrix", "about"];

const S = {
  view: "graph",
  focus: -1,
  only: false,
  link: -1, // the upper end of the link that the card is of; the focus is its lower end
  open: new Set(),
  bases: new Set(D.bases.keys()),
  facets: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
  sort: "",
  folded: false, // the card is closed, but the focus stays
  wide: false, // table, flow and matrix show everything although there is a focus
  lost: [], // what the address names and the graph does not have
};

let render = () => {};

/** Change what is asked for; `step` makes it a step that the Back button takes back. */
function ask(change, { step = false } = {}) {
  Object.assign(S, "focus" in change ? { link: -1, wide: false, folded: false } : {}, { lost: [] }, change);
  const address = `#${written()}`;
  if (address !== (location.hash || "#")) {
    try { history[step ? "pushState" : "replaceState"](null, "", address); } catch { location.replace(address); }
  }
  render();
}

const anyFacet = () => FACETS.some((facet) => S.facets[facet].size > 0);

/** The facet that asks for the same as a focus on a thing, or undefined. */
const facetOf = (n) => ({ beneficiary_type: "beneficiary", thematic_objective: "objective", programme: "programme" }[levelOf(n)]
  ?? { Region: "region", Fund: "fund", SupportType: "support" }[kindOf(n)]);

/** The facets with one value more or, where it was chosen, one less. */
function turned(facet, value) {
  const chosen = new Set(S.facets[facet]);
  if (!chosen.delete(value)) chosen.add(value);
  return { ...S.facets, [facet]: chosen };
}

const UNKNOWN = "unknown";
const facetKey = (facet, value) => ({ level: () => D.levels[value][0], period: () => value || UNKNOWN }[facet] ?? (() => N.id[value]))();
const PERIODS = new Set(Object.values(N.period));

/** The values that the address names for a facet; what the graph does not have is left out. */
function facetValues(facet, text) {
  if (facet === "level") return text.split(",").map((key) => LEVEL[key]).filter((value) => value !== undefined);
  if (facet === "period") return text.split(",").filter((key) => key === UNKNOWN || PERIODS.has(key)).map((key) => (key === UNKNOWN ? "" : key));
  return known(text);
}

/** Nodes by their ids; what the graph does not have is left out, and told. */
const known = (text) => text.split(",").filter(Boolean).flatMap((id) => {
  if (BY_ID.has(id)) return [BY_ID.get(id)];
  S.lost.push(id);
  return [];
});

function written() {
  const fields = new URLSearchParams();
  if (S.view !== "graph") fields.set("view", S.view);
  if (S.focus >= 0) fields.set("focus", N.id[S.focus]);
  if (S.link >= 0) fields.set("link", N.id[S.link]);
  if (S.only) fields.set("only", "1");
  if (S.wide && S.focus >= 0) fields.set("wide", "1");
  if (S.open.size) fields.set("open", [...S.open].map((n) => N.id[n]).join(","));
  if (S.bases.size < D.bases.length) fields.set("basis", [...S.bases].sort().map((b) => D.bases[b]).join(","));
  for (const facet of FACETS) {
    if (S.facets[facet].size) fields.set(facet, [...S.facets[facet]].map((v) => facetKey(facet, v)).join(","));
  }
  if (S.sort) fields.set("sort", S.sort);
  if (language !== D.start.language || fields.size) fields.set("lang", language);
  return fields.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
}

/** Read the address; what it names and the graph does not have is left out, and told. */
function readAddress() {
  Object.assign(S, { lost: [], folded: false });
  const fields = new URLSearchParams(location.hash.slice(1));
  const fresh = !location.hash || location.hash === "#";
  S.view = VIEWS.includes(fields.get("view")) ? fields.get("view") : "graph";
  S.focus = fresh ? D.start.focus : known(fields.get("focus") ?? "")[0] ?? -1;
  S.link = S.focus >= 0 ? known(fields.get("link") ?? "")[0] ?? -1 : -1;
  S.wide = fields.get("wide") === "1";
  S.only = fresh ? D.start.focus >= 0 : fields.get("only") === "1" && S.focus >= 0;
  S.open = new Set(known(fields.get("open") ?? ""));
  const bases = (fields.get("basis") ?? "").split(",").map((b) => BASIS[b]).filter((b) => b !== undefined);
  S.bases = new Set(bases.length ? bases : D.bases.keys());
  for (const facet of FACETS) {
    S.facets[facet] = new Set(facetValues(facet, fields.get(facet) ?? ""));
  }
  S.sort = fields.get("sort") ?? "";
  const asked = fields.get("lang");
  if (asked === "pl" || asked === "en") language = asked;
}
