// Ways up and down. What has links of its own to objectives does not borrow those of the whole it is part of.

/** Layout always stays; every other claim only if its basis is asked for. */
function allowed(claim) {
  if (S.bases.has(C.basis[claim])) return true;
  return C.verb[claim] === VERB.partOf && D.bases[C.basis[claim]] !== "inferred";
}

const HANDED_DOWN = new Set(["measure", "sub_measure"]);

/**
 * What is said of whom a thing is for or how it supports, and of what it is said. What is said of a measure holds for
 * its parts; what is said of a programme, an axis or a strategy is said of that alone.
 */
function saidOf(n, said) {
  for (const at of chain(n)) {
    if (at !== n && !HANDED_DOWN.has(levelOf(at))) break;
    const found = said(at);
    if (found.length) return [found, at];
  }
  return [[], n];
}

const eligibleFor = (n) => below[n].filter(([, c]) => DOWNWARD.has(C.verb[c]) && allowed(c));
const supportOf = (n) => beside[n].filter(([, c]) => C.verb[c] === VERB.supportType && allowed(c));

const THEMATIC = new Set([LEVEL.thematic_objective, LEVEL.investment_priority]);
const inProgramme = (n) => N.level[n] > PROGRAMME_LEVEL && levelOf(n) !== "beneficiary_type";
const [HAS_THEMATIC, HAS_STRATEGIC] = [1, 2];

/** The links on the way up from a node: [child, parent, claim], nearest first, each claim once. */
function wayUp(start) {
  const seen = new Map([[start, 0]]);
  const taken = new Set();
  const found = [];
  let edge = [[start, 0]];
  while (edge.length) {
    const next = [];
    for (const [n, borrowed] of edge) {
      const links = above[n].filter(([, claim]) => allowed(claim));
      let own = borrowed;
      if (inProgramme(n)) {
        for (const [parent, claim] of links) {
          if (C.verb[claim] !== VERB.partOf) own |= THEMATIC.has(N.level[parent]) ? HAS_THEMATIC : HAS_STRATEGIC;
        }
      }
      for (const [parent, claim] of links) {
        const part = C.verb[claim] === VERB.partOf;
        const mask = THEMATIC.has(N.level[parent]) ? HAS_THEMATIC : HAS_STRATEGIC;
        if (!part && levelOf(n) !== "beneficiary_type" && borrowed & mask) continue;
        if (!taken.has(claim)) {
          taken.add(claim);
          found.push([n, parent, claim]);
        }
        const carried = part && inProgramme(n) ? own : 0;
        const known = seen.get(parent);
        if (known === undefined || (known & carried) !== known) {
          seen.set(parent, known === undefined ? carried : known & carried);
          next.push([parent, carried]);
        }
      }
    }
    edge = next;
  }
  return found;
}

/** The links on the way down from a node: [child, parent, claim]. */
function wayDown(start) {
  const seen = new Set([start]);
  const found = [];
  const edge = [start];
  while (edge.length) {
    const n = edge.pop();
    for (const [child, claim] of below[n]) {
      if (!allowed(claim)) continue;
      found.push([child, n, claim]);
      if (!seen.has(child)) {
        seen.add(child);
        edge.push(child);
      }
    }
  }
  return found;
}

/** The links to and from what stands beside the lineage: [child, parent, claim]. */
const linksBeside = (n) => [...besideOf[n].map(([child, claim]) => [child, n, claim]), ...beside[n].map(([parent, claim]) => [n, parent, claim])]
  .filter(([, , claim]) => allowed(claim));

const asPath = (start, end, up, down, more) => ({
  up, down, more,
  upper: new Set([end, ...up.map(([, parent]) => parent)]),
  lower: new Set([start, ...down.map(([child]) => child), ...more.flatMap(([child, parent]) => [child, parent])]),
  claims: new Set([...up, ...down, ...more].map(([, , claim]) => claim)),
});

let pathMemo = { key: "", path: null };

/** Everything above and below the focus, with the claims that lead there; beside the lineage, what it is linked with. */
function focusPath() {
  if (S.focus < 0) return null;
  const key = `${S.focus}|${[...S.bases].sort()}`;
  if (pathMemo.key !== key) {
    const n = S.focus;
    pathMemo = { key, path: asPath(n, n, wayUp(n), wayDown(n), N.level[n] < 0 ? linksBeside(n) : []) };
  }
  return pathMemo.path;
}

/** What is lit: the path of the focus, or of the one link that was asked for. */
function litPath() {
  const line = S.link >= 0 ? lineBetween(S.link, S.focus) : null;
  if (!line) return focusPath();
  const own = line.claims.map((claim) => inPicture(claim));
  return asPath(S.focus, S.link, wayUp(S.link), wayDown(S.focus), own);
}

/** A claim as it is drawn: [lower, upper, claim]; who may apply stands below what they may apply for. */
function inPicture(claim) {
  const [child, parent] = [C.child[claim], C.parent[claim]];
  return DOWNWARD.has(C.verb[claim]) && levelOf(parent) === "beneficiary_type" ? [parent, child, claim] : [child, parent, claim];
}
