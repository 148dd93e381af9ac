// The rows of the lineage: the lowest parts of programmes, and whatever says itself whom it is for or how it
// supports, each with what it takes from the wholes it is part of and from the objectives above it. Facets choose.

const isRow = (n) => {
  const level = levelOf(n);
  if (level === "" || level === "beneficiary_type") return false;
  if (below[n].some(([, c]) => DOWNWARD.has(C.verb[c])) || sideOf(n, "supportType").length) return true;
  return N.level[n] >= PROGRAMME_LEVEL && parts[n].length === 0;
};

// The regions that have programmes of their own; what covers none of them covers the whole country.
const REGIONS = [...new Set([...Array(COUNT).keys()].filter((n) => kindOf(n) === "RegionalProgramme").flatMap((n) => sideOf(n, "coversRegion")))];
const ROWS = [...Array(COUNT).keys()].filter(isRow);
const MEASURES = new Set(["measure", "sub_measure", "project"]);
/** A lowest measure, sub-measure or project: what may be counted without counting anything twice. */
const isLowest = (n) => MEASURES.has(levelOf(n)) && !parts[n].length;

/** A beneficiary type and all that are wider. */
function wider(n, found = new Set()) {
  if (!found.has(n)) {
    found.add(n);
    for (const b of N.broader[n] ?? []) wider(b, found);
  }
  return found;
}

let rowMemo = { key: "", rows: [] };

/** All rows with their facets, under the bases that are asked for. */
function allRows() {
  const key = [...S.bases].sort().join();
  if (rowMemo.key !== key) rowMemo = { key, rows: ROWS.map(describe) };
  return rowMemo.rows;
}

const regionalOf = (programme) => (programme < 0 ? [] : sideOf(programme, "coversRegion").filter((r) => REGIONS.includes(r)));
const regionsOf = new Map();
function regionsCovered(programme) {
  if (!regionsOf.has(programme)) {
    const covered = regionalOf(programme);
    regionsOf.set(programme, new Set(covered.length ? covered : REGIONS)); // none named: the whole country
  }
  return regionsOf.get(programme);
}

let objectiveMemo = { key: "", of: new Map() };

/** Objectives, priorities and the weakest basis above a node that is no part of a programme. */
function objectivesAbove(n) {
  const key = [...S.bases].sort().join();
  if (objectiveMemo.key !== key) objectiveMemo = { key, of: new Map() };
  const memo = objectiveMemo.of;
  if (memo.has(n)) return memo.get(n);
  const found = { objectives: new Set(), priorities: new Set(), top: N.id[n] === "europe-2020", best: null };
  memo.set(n, found);
  if (levelOf(n) === "thematic_objective") found.objectives.add(n);
  if (levelOf(n) === "priority") found.priorities.add(n);
  if (found.top) found.best = [-1, 101];
  for (const [parent, claim] of above[n]) {
    if (!allowed(claim)) continue;
    const upper = objectivesAbove(parent);
    upper.objectives.forEach((o) => found.objectives.add(o));
    upper.priorities.forEach((p) => found.priorities.add(p));
    found.top ||= upper.top;
    if (upper.best) found.best = stronger(found.best, weaker(upper.best, judged(claim)));
  }
  return found;
}

/** What a claim adds to the judgement of a route: layout adds nothing, as in the lineage table. */
const judged = (claim) => (C.verb[claim] === VERB.partOf && D.bases[C.basis[claim]] !== "inferred" && D.bases[C.basis[claim]] !== "curated"
  ? [-1, 101] : [C.basis[claim], C.confidence[claim]]);
const weaker = (a, b) => [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
const stronger = (a, b) => (!a || b[0] < a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a);

function describe(n) {
  const whole = chain(n);
  const programme = programmeOf[n];
  const row = {
    node: n, whole, programme,
    region: regionsCovered(programme), everywhere: programme >= 0 && !regionalOf(programme).length,
    fund: new Set(), objective: new Set(), priority: new Set(), investment: new Set(), beneficiary: new Set(), named: new Set(), namedBy: n, support: new Set(), period: new Set([periodOf(n)]),
    top: false, best: null,
  };
  let thematic = false;
  let strategy = null;
  for (const at of whole) {
    const links = above[at].filter(([, c]) => C.verb[c] !== VERB.partOf && allowed(c));
    const toObjectives = links.filter(([parent]) => THEMATIC.has(N.level[parent]));
    const strategic = links.filter(([parent]) => !THEMATIC.has(N.level[parent]));
    for (const [parent, claim] of thematic ? strategic : links) {
      const upper = objectivesAbove(parent);
      const byObjective = THEMATIC.has(N.level[parent]);
      upper.objectives.forEach((o) => row.objective.add(o));
      upper.priorities.forEach((p) => row.priority.add(p));
      if (levelOf(parent) === "investment_priority") row.investment.add(parent);
      row.top ||= upper.top;
      if (upper.best && byObjective) row.best = stronger(row.best, weaker(upper.best, judged(claim)));
      else if (upper.best) strategy = stronger(strategy, weaker(upper.best, judged(claim)));
    }
    thematic ||= toObjectives.length > 0;
    if (!row.fund.size) {
      sideOf(at, "fundedBy").forEach((f) => row.fund.add(f));
      moneyOf[at].forEach((m) => m.fund >= 0 && row.fund.add(m.fund));
    }
  }
  // The row shows its objectives: how sure it is is how sure they are, and not the way by the programme's strategies.
  row.best ??= strategy;
  const [types, namedBy] = saidOf(n, eligibleFor);
  types.forEach(([type]) => row.named.add(type));
  row.namedBy = namedBy;
  saidOf(n, supportOf)[0].forEach(([support]) => row.support.add(support));
  row.named.forEach((type) => wider(type).forEach((b) => row.beneficiary.add(b)));
  return row;
}

const SCOPED = new Set(["table", "flow", "matrix"]);
/** Whether table, flow and matrix are limited to what lies above and below the focus. */
const scoped = () => S.focus >= 0 && !S.wide && SCOPED.has(S.view);
const scopeKey = () => (scoped() ? S.focus : "");

/** Whether a row lies above or below the focus, or is linked with it. */
function nearFocus(row) {
  const n = S.focus;
  if (levelOf(n) === "beneficiary_type") return row.beneficiary.has(n);
  if (row.whole.includes(n)) return true;
  if ([row.objective, row.priority, row.investment, row.fund, row.support, row.region].some((of) => of.has(n))) return true;
  const path = focusPath();
  if (path.upper.has(row.node)) return true;
  // A part borrows no objective of its whole where it has one of its own: there the row itself knows.
  return !(row.programme >= 0 && (THEMATIC.has(N.level[n]) || levelOf(n) === "priority")) && row.whole.some((at) => path.lower.has(at));
}

/** Whether a row has one of the values chosen in every facet (or in all but one, for its counts). */
function passes(row, except = "") {
  if (scoped() && !nearFocus(row)) return false;
  for (const facet of FACETS) {
    const chosen = S.facets[facet];
    if (facet === except || !chosen.size) continue;
    let any = false;
    for (const value of chosen) if (has(row, facet, value)) { any = true; break; }
    if (!any) return false;
  }
  return true;
}

function has(row, facet, value) {
  if (facet === "programme") return row.programme === value;
  if (facet === "level") return N.level[row.node] === value;
  return row[facet].has(value);
}

let selectMemo = { key: "", rows: [] };

/** The rows that the facets leave. */
function selectedRows() {
  const key = `${scopeKey()}|${[...S.bases].sort()}|${FACETS.map((f) => [...S.facets[f]].join()).join("|")}`;
  if (selectMemo.key !== key) selectMemo = { key, rows: allRows().filter((row) => passes(row)) };
  return selectMemo.rows;
}

/** How many rows each value of a facet would leave, given the other facets. */
function counts(facet) {
  const found = new Map();
  const add = (value) => found.set(value, (found.get(value) ?? 0) + 1);
  for (const row of allRows()) {
    if (!passes(row, facet)) continue;
    if (facet === "programme") { if (row.programme >= 0) add(row.programme); }
    else if (facet === "level") add(N.level[row.node]);
    else row[facet].forEach(add);
  }
  return found;
}
