// What is drawn and where: columns by level as Python placed them, or rows for one lineage alone.

const LIMIT = 260; // boxes that a reader can still take in; more are asked for by opening something
const OPENING = new Map(D.drawing.nodes.map((node) => [node.id, node]));

const columnOfLevel = (level) => D.columns.length - (D.levels.length - LEVEL[level]);
const PROGRAMME_COLUMN = columnOfLevel("programme");
const MEASURE_COLUMN = columnOfLevel("measure");

function inOrder(found) {
  return [...found].filter((n) => N.column[n] >= 0).sort((a, b) => a - b);
}

/** The nodes to draw, and how many more there would be. */
function drawn() {
  if (S.only && S.focus >= 0 && N.level[S.focus] >= 0) return capped([...lineageOf(S.focus)].filter(keeps()));
  const found = new Set(OPENING.keys());
  let rest = new Set();
  if (anyFacet()) {
    const kept = supporting(selectedRows());
    for (const n of found) if (!kept.has(n)) found.delete(n);
    rest = kept;
  }
  for (const n of S.open) {
    chain(n).forEach((at) => found.add(at));
    parts[n].forEach((part) => found.add(part));
  }
  if (S.focus >= 0) for (const n of [...lineageOf(S.focus, 60)].filter(keeps())) found.add(n);
  for (const n of [...found]) if (N.column[n] < 0) found.delete(n);
  const more = [...rest].filter((n) => !found.has(n) && N.column[n] >= 0);
  if (more.length + found.size <= LIMIT) more.forEach((n) => found.add(n));
  return capped(found);
}

/** Whether the facets leave a part of the focus's lineage; of a beneficiary type they also choose who supports it. */
function keeps() {
  if (!anyFacet() || N.level[S.focus] < 0) return () => true;
  const kept = supporting(selectedRows());
  const own = new Set([...chain(S.focus), ...(levelOf(S.focus) === "beneficiary_type" ? [] : focusPath().upper)]);
  return (n) => own.has(n) || kept.has(n);
}

function capped(found) {
  const ordered = inOrder(found);
  if (ordered.length <= LIMIT * 3) return { nodes: ordered, hidden: 0 };
  return { nodes: ordered.slice(0, LIMIT * 3), hidden: ordered.length - LIMIT * 3 };
}

/** The focus, what it is part of, all above it, its parts and who may apply. */
function lineageOf(focus, limit = LIMIT) {
  const found = new Set(chain(focus));
  if (S.link >= 0) { // of one link only its ends and what is above; more would break the line into others
    chain(S.link).forEach((n) => found.add(n));
    wayUp(S.link).slice(0, limit).forEach(([, parent]) => found.add(parent));
    return found;
  }
  const path = focusPath();
  for (const n of path.upper) {
    if (found.size >= limit) break;
    found.add(n);
  }
  if (N.level[focus] < 0) {
    for (const n of path.lower) {
      if (found.size >= limit) break;
      chain(n).forEach((at) => found.add(at));
    }
    return found;
  }
  const direct = [...parts[focus], ...below[focus].filter(([, c]) => DOWNWARD.has(C.verb[c]) && allowed(c)).map(([n]) => n)];
  // Above the programmes, those that lead here: their axes and measures are shown when they are opened.
  const programmes = N.level[focus] < PROGRAMME_LEVEL ? [...path.lower].map((n) => programmeOf[n]).filter((p) => p >= 0) : [];
  for (const n of [...direct, ...programmes]) {
    if (found.size >= limit) break;
    found.add(n);
  }
  return found;
}

/** Rows, the wholes they are part of, everything above them and the beneficiaries that were asked for. */
function supporting(rows) {
  const found = new Set();
  const climbed = new Set();
  const climb = (n) => {
    if (climbed.has(n)) return;
    climbed.add(n);
    found.add(n);
    for (const [parent, claim] of above[n]) if (allowed(claim)) climb(parent);
  };
  for (const row of rows) {
    row.whole.forEach((n) => found.add(n));
    row.objective.forEach(climb);
    row.investment.forEach((n) => found.add(n));
    for (const at of row.whole) {
      for (const [parent, claim] of above[at]) {
        if (allowed(claim) && C.verb[claim] !== VERB.partOf && !THEMATIC.has(N.level[parent])) climb(parent);
      }
    }
    for (const type of S.facets.beneficiary) if (row.beneficiary.has(type)) found.add(type);
  }
  return found;
}

/** What stands for a node in the picture: itself, or the nearest whole that is drawn. */
function stander(shown) {
  const memo = new Int32Array(COUNT).fill(-2);
  return (n) => {
    if (memo[n] === -2) {
      memo[n] = -1;
      for (const at of chain(n)) if (shown.has(at)) { memo[n] = at; break; }
    }
    return memo[n];
  };
}

/** The lines between what is drawn: parent, child, and all claims behind them. */
function lines(nodes) {
  const shown = new Set(nodes);
  const stands = stander(shown);
  const found = new Map();
  for (let claim = 0; claim < C.child.length; claim++) {
    if (!allowed(claim)) continue;
    let [child, parent] = [C.child[claim], C.parent[claim]];
    if (DOWNWARD.has(C.verb[claim])) {
      if (!shown.has(child) || !shown.has(parent)) continue;
      [child, parent] = [parent, child];
    } else if (UPWARD.has(C.verb[claim])) {
      child = stands(child);
      parent = stands(parent);
    } else continue;
    if (child < 0 || parent < 0 || child === parent) continue;
    const key = `${parent}>${child}`;
    const line = found.get(key);
    if (!line) found.set(key, { id: key, from: parent, to: child, basis: C.basis[claim], claims: [claim] });
    else {
      line.basis = Math.min(line.basis, C.basis[claim]);
      line.claims.push(claim);
    }
  }
  return [...found.values()];
}

/** The drawn line between two things, or null where none is drawn now. */
const lineBetween = (upper, lower) => lines(drawn().nodes).find((line) => line.from === upper && line.to === lower) ?? null;

/** Where each box stands: its centre, by columns side by side or, for one lineage, rows one below another. */
function places(nodes, across) {
  const groups = new Map();
  for (const n of nodes) {
    if (!groups.has(N.column[n])) groups.set(N.column[n], []);
    groups.get(N.column[n]).push(n);
  }
  // Objectives stand to the left; the programme and the strategies above it to the right, out of the way of the
  // lines from axes to objectives and from objectives to priorities.
  const foot = S.focus >= 0 ? N.column[S.focus] : -1;
  const low = PROGRAMME_COLUMN < foot && (groups.get(PROGRAMME_COLUMN) ?? []).length < 2;
  const aside = (column) => {
    if (!low || column >= Math.min(foot, MEASURE_COLUMN)) return 0;
    if (D.strategies.includes(column)) return 252;
    if (column === PROGRAMME_COLUMN) return 210;
    return column < PROGRAMME_COLUMN ? -118 : 24;
  };
  const found = new Map();
  let at = 0;
  for (const column of [...groups.keys()].sort((a, b) => a - b)) {
    const group = groups.get(column);
    const [, , width, height] = D.columns[column];
    if (!across) {
      const top = (-(group.length - 1) * (height + D.space)) / 2;
      group.forEach((n, i) => found.set(n, [at + width / 2, top + i * (height + D.space)]));
      at += width + D.gap;
      continue;
    }
    const abreast = Math.max(1, Math.min(group.length, low && D.strategies.includes(column) ? 2 : 4));
    const wide = Math.max(width, 150);
    for (let start = 0; start < group.length; start += abreast) {
      const line = group.slice(start, start + abreast);
      const left = (-(line.length - 1) * (wide + 14)) / 2;
      line.forEach((n, i) => found.set(n, [left + i * (wide + 14) + aside(column), at + height / 2]));
      at += height + D.space;
    }
    at += 34;
  }
  return found;
}
