// The data of the page, unpacked once: lists by node, links both ways, and what each node belongs to.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const D = read("data");
const N = D.nodes;
const COUNT = N.id.length;
const C = {
  child: D.claims[0], parent: D.claims[1], verb: D.claims[2], basis: D.claims[3],
  confidence: D.claims[4], rule: D.claims[5], evidence: D.claims[6],
};
const F = D.figures.map(([question, answer, share, unit, respondents, year, evidence]) => ({ question, answer, share, unit, respondents, year, evidence }));
const E = { document: D.evidence[0], page: D.evidence[1], quote: D.evidence[2], start: D.evidence[3] };
/** Positions by name; without a prototype, for names also come from the address. */
const byName = (names) => Object.assign(Object.create(null), Object.fromEntries(names.map((name, i) => [name, i])));
const LEVEL = byName(D.levels.map(([key]) => key));
const VERB = byName(D.predicates);
const BASIS = byName(D.bases);
const BY_ID = new Map(N.id.map((id, i) => [id, i]));

const UPWARD = new Set(["partOf", "contributesTo", "implements", "addresses"].map((v) => VERB[v]));
const DOWNWARD = new Set(["eligible", "supports"].map((v) => VERB[v]));

const levelOf = (n) => (N.level[n] < 0 ? "" : D.levels[N.level[n]][0]);
const kindOf = (n) => D.kinds[N.kind[n]];

// Links by node: `above` holds [parent, claim] of a child, `below` [child, claim] of a parent, `beside` the rest.
const above = Array.from({ length: COUNT }, () => []);
const below = Array.from({ length: COUNT }, () => []);
const beside = Array.from({ length: COUNT }, () => []);
const besideOf = Array.from({ length: COUNT }, () => []); // the same from the other end
C.child.forEach((child, claim) => {
  const parent = C.parent[claim];
  if (UPWARD.has(C.verb[claim])) {
    above[child].push([parent, claim]);
    below[parent].push([child, claim]);
  } else if (DOWNWARD.has(C.verb[claim]) && levelOf(parent) === "beneficiary_type") {
    above[parent].push([child, claim]); // who may apply stands below what they may apply for
    below[child].push([parent, claim]);
  } else {
    beside[child].push([parent, claim]);
    besideOf[parent].push([child, claim]);
  }
});

const parts = Array.from({ length: COUNT }, () => []);
N.home.forEach((home, n) => { if (home >= 0) parts[home].push(n); });

/** The node and all it is part of, nearest first. */
function chain(n) {
  const found = [];
  for (let at = n; at >= 0; at = N.home[at]) found.push(at);
  return found;
}

const PROGRAMME_LEVEL = LEVEL.programme;
const programmeOf = new Int32Array(COUNT).fill(-1);
for (let n = 0; n < COUNT; n++) {
  for (const at of chain(n)) if (N.level[at] === PROGRAMME_LEVEL) programmeOf[n] = at;
}

/** The years of the strategy or programme that a node belongs to, "2014-2020" or "-2030"; "" where nothing says. */
const periodOf = (n) => { for (const at of chain(n)) if (N.period[at]) return N.period[at]; return ""; };

const narrower = Array.from({ length: COUNT }, () => []);
for (const [n, broad] of Object.entries(N.broader)) for (const b of broad) narrower[b].push(Number(n));

/** The values that a kind of link beside the lineage leads to: regions, funds, kinds of support. */
const sideOf = (n, verb) => beside[n].filter(([, c]) => C.verb[c] === VERB[verb]).map(([to]) => to);

const moneyOf = Array.from({ length: COUNT }, () => []);
const MONEY = D.money.map(([node, amount, currency, fund, objective, category, date]) => {
  const entry = { node, amount, currency, fund, objective, category, date };
  moneyOf[node].push(entry);
  return entry;
});

/** Of amounts planned on several dates, those of the latest: they tell of the same money. */
function latest(entries) {
  const newest = entries.reduce((date, entry) => (entry.date > date ? entry.date : date), "");
  return entries.filter((entry) => entry.date === newest);
}

/** The date of the newest plan that says for which objective: what may be added up, each euro once. */
const PLAN = MONEY.reduce((date, m) => (m.objective >= 0 && m.date > date ? m.date : date), "");
const planned = (n) => moneyOf[n].filter((m) => m.date === PLAN && m.currency === "EUR");

/** Lower case without diacritics, as one types in a hurry. */
function fold(text) {
  return text.toLowerCase().replace(/ł/g, "l").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
}
