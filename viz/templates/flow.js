// The flow of money: priorities, thematic objectives, programmes and, for a few programmes, their axes.

/** What chooses among amounts and not among rows: a plan says for which objective and from which fund each euro is. */
const OF_AMOUNTS = new Set(["objective", "fund"]);
const onAmounts = (n) => levelOf(n) === "thematic_objective" || levelOf(n) === "priority" || kindOf(n) === "Fund";

/** Whether the rows' own facets, and a focus on a part of a programme or on who may apply, leave a row. */
const leaves = (row) => FACETS.every((facet) => OF_AMOUNTS.has(facet) || !S.facets[facet].size || [...S.facets[facet]].some((value) => has(row, facet, value)))
  && (!scoped() || onAmounts(S.focus) || nearFocus(row));

function wanted(m) {
  const { objective, fund } = S.facets;
  if ((objective.size && !objective.has(m.objective)) || (fund.size && !fund.has(m.fund))) return false;
  if (!scoped() || !onAmounts(S.focus)) return true;
  return m.fund === S.focus || m.objective === S.focus || (m.objective >= 0 && objectivesAbove(m.objective).priorities.has(S.focus));
}

/** Planned amounts of the latest date for the axes of the selected rows. */
function flowMoney() {
  const owners = new Set();
  for (const row of allRows()) if (leaves(row)) row.whole.forEach((n) => planned(n).length && owners.add(n));
  return [...owners].flatMap(planned).filter(wanted)
    .filter((m) => !chain(m.node).slice(1).some((n) => owners.has(n))); // the whole's amount holds its parts'
}

/** Whether some of the money is for rows that were not selected: amounts are known of whole axes alone. */
function ofWholeAxes(money) {
  const owners = new Set(money.map((m) => m.node));
  return allRows().some((row) => row.whole.some((n) => owners.has(n)) && !leaves(row));
}

/** Whether some of it is for other regions than those that were asked for. */
function ofOtherRegions(money) {
  const asked = new Set(S.facets.region);
  if (scoped() && kindOf(S.focus) === "Region") asked.add(S.focus);
  return asked.size > 0 && money.some((m) => [...regionsCovered(programmeOf[m.node])].some((region) => !asked.has(region)));
}

const NONE = -9;
function flowSteps(entry, withAxes) {
  const upper = entry.objective >= 0 ? [...objectivesAbove(entry.objective).priorities].sort((a, b) => a - b) : [];
  const p = programmeOf[entry.node];
  const steps = [upper.length ? `p${upper.join("+")}` : `p${NONE}`, entry.objective >= 0 ? `o${entry.objective}` : `o${NONE}`, `g${p}`];
  if (withAxes && entry.node !== p) steps.push(`a${entry.node}`);
  return steps;
}

function flowName(key, brief = false) {
  const ids = key.slice(1).split("+").map(Number);
  if (ids[0] === NONE) return t(key[0] === "p" ? "no.priority" : "no.objective");
  if (key[0] === "g") return programmeName(ids[0]);
  if (key[0] === "a") return `${headOf(ids[0])} ${nameOf(ids[0])}`;
  return ids.map((n) => (key[0] === "o" ? (brief ? codeOf(n) : `${codeOf(n)} ${nameOf(n)}`) : nameOf(n))).join(" + ");
}

const FLOW_INK = { p: "union", o: "objective", g: "programme", a: "measure" };
const FLOW_HEADS = ["column.priority", "objective", "programme", "column.axis"];
const MOST_WITH_AXES = 3;

const programmesOf = (money) => new Set(money.map((m) => programmeOf[m.node])).size;
const sumOf = (money) => money.reduce((sum, m) => sum + m.amount, 0);

/** What stands beside the sum: of what it is, and what it holds that one would not think. */
function flowWords(money) {
  const without = sumOf(money.filter((m) => m.objective < 0));
  return [
    `${t("flow.lead", plural("programmes.n", programmesOf(money)))} ${t("as.of", money[0].date)}${without ? `, ${t("flow.without", euro(without))}` : ""}.`,
    ofWholeAxes(money) && t("flow.whole"),
    ofOtherRegions(money) && t("flow.regions"),
  ].filter(Boolean);
}

const NARROW = 520; // pixels; below, names stand between the bars and not beside them

function drawFlow() {
  const money = flowMoney();
  const box = $("view-flow");
  if (!sumOf(money)) { box.replaceChildren(h("p.unknown", { text: t("no.money") })); return; }
  const withAxes = programmesOf(money) <= MOST_WITH_AXES;
  const room = box.clientWidth - 2 * parseFloat(getComputedStyle(box).paddingLeft) - 14; // beside it, the bar of scrolling
  const narrow = room < NARROW;
  const width = narrow ? Math.max(withAxes ? 620 : 320, room) : Math.min(1400, Math.max(withAxes ? 760 : 560, room));
  const [lead, ...notes] = flowWords(money);
  box.replaceChildren(
    h("p.lead", {}, h("strong", { text: euro(sumOf(money)) }), ` ${lead} `, withAxes ? "" : t("flow.axes.hint")),
    ...notes.map((text) => h("p.lead", { role: "note" }, h("strong", { text }))),
    h("div.scroll", { tabindex: 0, role: "region", "aria-label": t("view.flow") }, sankey(money, withAxes, width, narrow)));
}

/** The same for a paper: wide, with its colours in it, and what the page says beside it. */
function flowFigure() {
  const money = flowMoney();
  if (!sumOf(money)) return figure(s("svg", { viewBox: "0 0 1 1" }), { title: t("view.flow"), notes: [...selectionLines(), t("no.money")] });
  const withAxes = programmesOf(money) <= MOST_WITH_AXES;
  const made = sankey(money, withAxes, withAxes ? 1560 : 1240, false);
  for (const part of made.querySelectorAll(".ribbon, .bar")) {
    const ink = INK[/ink-(\w+)/.exec(part.getAttribute("class"))[1]];
    if (part.matches(".bar")) part.setAttribute("fill", ink);
    else for (const [key, value] of [["fill", "none"], ["stroke", ink], ["stroke-opacity", 0.24]]) part.setAttribute(key, value);
  }
  for (const part of made.querySelectorAll("text, .amount")) {
    part.setAttribute("fill", part.matches(".amount") ? INK.soft : INK.text);
    part.setAttribute("font-size", 12);
  }
  const [lead, ...notes] = flowWords(money);
  return figure(made, { title: t("view.flow"), notes: [`${euro(sumOf(money))} ${lead}`, ...notes, ...selectionLines()] });
}

/** Bars of each column and the ribbons between them, with their amounts. */
function flowParts(money, withAxes) {
  const nodes = new Map();
  const links = new Map();
  for (const entry of money) {
    const steps = flowSteps(entry, withAxes);
    steps.forEach((key, i) => {
      if (!nodes.has(key)) nodes.set(key, { key, column: i, value: 0 });
      nodes.get(key).value += entry.amount;
      if (i) {
        const id = `${steps[i - 1]}>${key}`;
        if (!links.has(id)) links.set(id, { from: steps[i - 1], to: key, value: 0 });
        links.get(id).value += entry.amount;
      }
    });
  }
  return { nodes, links: [...links.values()] };
}

const HEAD = 26; // above the bars, for the names of the columns

function sankey(money, withAxes, width, narrow) {
  const columns = withAxes ? 4 : 3;
  const { nodes, links } = flowParts(money, withAxes);
  const groups = Array.from({ length: columns }, (_, i) => [...nodes.values()].filter((x) => x.column === i).sort((a, b) => flowOrder(a.key) - flowOrder(b.key)));
  const most = Math.max(...groups.map((g) => g.length));
  const height = Math.max(560, most * (narrow ? 46 : 30));
  const gap = narrow ? 30 : 12;
  const total = sumOf(money);
  const unit = (height - (most - 1) * gap) / total;
  const last = narrow ? 14 : Math.min(290, width * 0.29); // for the names of the last column
  const places = narrow ? (withAxes ? [0, 0.2, 0.56, 1] : [0, 0.36, 1]) : groups.map((_, i) => i / (columns - 1));
  const at = places.map((place) => place * (width - last));
  for (const [i, group] of groups.entries()) {
    const pause = group.length > 1 ? Math.min(40, (height - total * unit) / (group.length - 1)) : 0;
    let y = (height - total * unit - pause * (group.length - 1)) / 2;
    for (const x of group) { Object.assign(x, { x: at[i], y, h: Math.max(1, x.value * unit), pause: group.length > 1 ? pause : 40, out: y, in: y }); y += x.h + pause; }
  }
  const ribbons = links.sort((a, b) => nodes.get(a.from).y - nodes.get(b.from).y || nodes.get(a.to).y - nodes.get(b.to).y).map((link) => ribbon(link, nodes, unit));
  ruler.font = `12px ${INK.font}`;
  const room = (i) => (at[i + 1] ?? at[i] + last) - at[i] - 30;
  const bars = [...nodes.values()].map((x) => s("g", { class: "bar-group", "data-value": x.value },
    s("rect", { class: `bar ink-${FLOW_INK[x.key[0]]}`, x: x.x, y: x.y, width: 14, height: x.h }),
    s("title", { text: `${flowName(x.key)}: ${euro(x.value)}` }),
    x.h + 2 > 9 || most < 40 ? (narrow ? narrowName(x, x.column > 1 ? room(x.column - 1) : room(x.column)) : barName(x, room(x.column))) : null));
  const heads = at.map((x, i) => flowHead(i, narrow && i > 1 ? x + 14 : x, room(narrow && i > 1 ? i - 1 : i) + 14, narrow && i > 1));
  return s("svg", { viewBox: `0 ${-HEAD} ${width} ${height + HEAD + 8}`, width, height: height + HEAD + 8, class: "sankey", role: "img", "aria-label": `${t("view.flow")}: ${euro(total)}` }, ...ribbons, ...bars, ...heads);
}

function flowHead(column, x, room, atEnd) {
  ruler.font = `600 12px ${INK.font}`;
  return s("text", { x, y: -12, class: "head", "text-anchor": atEnd ? "end" : null, "font-size": 12, "font-weight": 600, fill: "currentColor", text: cut(t(FLOW_HEADS[column]), room) });
}

function ribbon(link, nodes, unit) {
  const [a, b] = [nodes.get(link.from), nodes.get(link.to)];
  const thick = link.value * unit;
  const [y0, y1] = [a.out + thick / 2, b.in + thick / 2];
  a.out += thick;
  b.in += thick;
  const [x0, x1] = [a.x + 14, b.x];
  return s("path", { class: `ribbon ink-${FLOW_INK[link.from[0]]}`, d: `M${x0} ${y0} C${(x0 + x1) / 2} ${y0} ${(x0 + x1) / 2} ${y1} ${x1} ${y1}`, "stroke-width": Math.max(0.6, thick), "data-value": link.value },
    s("title", { text: `${flowName(link.from)} → ${flowName(link.to)}: ${euro(link.value)}` }));
}

const ROW = 14;

/** Lines of text with the amount in another ink at their end, the first at the upper end of a bar or around its middle. */
function barText(x, at, lines, amount, anchor = null) {
  const first = x.h >= lines.length * ROW + 4 ? x.y + ROW : x.y + x.h / 2 - ((lines.length - 1) * ROW) / 2;
  return s("text", { class: "bar-name", "dominant-baseline": "middle", "text-anchor": anchor },
    ...lines.map((text, i) => text && s("tspan", { class: "strong", x: at, y: first + i * ROW, text })),
    s("tspan", lines.at(-1) ? { class: "amount", text: ` ${amount}` } : { class: "amount", x: at, y: first + (lines.length - 1) * ROW, text: amount }));
}

/** What a bar stands for and how much, beside its upper end, where it is seen without scrolling. */
function barName(x, room) {
  const amount = shortEuro(x.value);
  const least = ruler.measureText(` ${amount}`).width;
  const limit = Math.max(1, Math.min(3, Math.floor((x.h + x.pause - 2) / ROW)));
  const lines = broken(flowName(x.key), room, limit);
  if (ruler.measureText(lines.at(-1)).width + least > room) {
    if (lines.length < limit) lines.push("");
    else lines.push(cut(lines.pop(), Math.max(46, room - least)));
  }
  return barText(x, x.x + 20, lines, amount);
}

/** On a phone: the amount below the name, and the names of programmes and axes to the left of their bars. */
function narrowName(x, room) {
  const left = x.column > 1;
  const beside = x.column === 1 || (x.column === 2 && room < 300) ? room * 0.55 : room; // objectives and programmes share theirs
  const limit = Math.max(1, Math.min(3, Math.floor((x.h + x.pause) / ROW) - 1));
  const lines = broken(flowName(x.key, true), beside, limit);
  return barText(x, left ? x.x - 6 : x.x + 20, [...lines, ""], shortEuro(x.value).replace(/\s*EUR$/, ""), left ? "end" : null);
}

const flowOrder = (key) => { const n = Number(key.slice(1).split("+")[0]); return n === NONE ? 1e9 : n; };
const clipped = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
