// The flow of money: priorities, thematic objectives, programmes and, for a few programmes, their axes.

/** Planned amounts of the latest date for the axes of the selected rows. */
function flowMoney() {
  const owners = new Set();
  for (const row of selectedRows()) row.whole.forEach((n) => planned(n).length && owners.add(n));
  const objectives = S.facets.objective;
  return [...owners].flatMap(planned)
    .filter((m) => (!objectives.size || objectives.has(m.objective)) && (!S.facets.fund.size || S.facets.fund.has(m.fund)))
    .filter((m) => !chain(m.node).slice(1).some((n) => owners.has(n))); // the whole's amount holds its parts'
}

const NONE = -9;
function flowSteps(entry, withAxes) {
  const upper = entry.objective >= 0 ? [...objectivesAbove(entry.objective).priorities].sort((a, b) => a - b) : [];
  const p = programmeOf[entry.node];
  const steps = [upper.length ? `p${upper.join("+")}` : `p${NONE}`, entry.objective >= 0 ? `o${entry.objective}` : `o${NONE}`, `g${p}`];
  if (withAxes && entry.node !== p) steps.push(`a${entry.node}`);
  return steps;
}

function flowName(key) {
  const ids = key.slice(1).split("+").map(Number);
  if (ids[0] === NONE) return t(key[0] === "p" ? "no.priority" : "no.objective");
  if (key[0] === "g") return programmeName(ids[0]);
  if (key[0] === "a") return `${headOf(ids[0])} ${nameOf(ids[0])}`;
  return ids.map((n) => (key[0] === "o" ? `${codeOf(n)} ${nameOf(n)}` : nameOf(n))).join(" + ");
}

const FLOW_INK = { p: "union", o: "objective", g: "programme", a: "measure" };

function drawFlow() {
  const money = flowMoney();
  const total = money.reduce((sum, m) => sum + m.amount, 0);
  const programmes = new Set(money.map((m) => programmeOf[m.node]));
  const box = $("view-flow");
  if (!total) { box.replaceChildren(h("p.unknown", { text: t("no.money") })); return; }
  const withAxes = programmes.size <= 3;
  const room = box.clientWidth - 2 * parseFloat(getComputedStyle(box).paddingLeft) - 14; // beside it, the bar of scrolling
  const picture = sankey(money, withAxes, Math.min(1400, Math.max(withAxes ? 760 : 560, room)));
  box.replaceChildren(
    h("p.lead", {}, h("strong", { text: euro(total) }), ` ${t("flow.lead", plural("programmes.n", programmes.size))} ${t("as.of", money[0].date)}. `, programmes.size > 3 ? t("flow.axes.hint") : ""),
    h("div.scroll", { tabindex: 0, role: "region", "aria-label": t("view.flow") }, picture));
}

function sankey(money, withAxes, width) {
  const columns = withAxes ? 4 : 3;
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
  const groups = Array.from({ length: columns }, (_, i) => [...nodes.values()].filter((x) => x.column === i).sort((a, b) => flowOrder(a.key) - flowOrder(b.key)));
  const most = Math.max(...groups.map((g) => g.length));
  const height = Math.max(560, most * 30);
  const gap = 12;
  const total = groups[0].reduce((sum, x) => sum + x.value, 0);
  const unit = (height - (most - 1) * gap) / total;
  const last = Math.min(290, width * 0.29); // for the names of the last column
  const step = (width - last) / (columns - 1);
  ruler.font = `12px ${INK.font}`;
  for (const [i, group] of groups.entries()) {
    const pause = group.length > 1 ? Math.min(40, (height - total * unit) / (group.length - 1)) : 0;
    let y = (height - total * unit - pause * (group.length - 1)) / 2;
    for (const x of group) { Object.assign(x, { x: i * step, y, h: Math.max(1, x.value * unit), out: y, in: y }); y += x.h + pause; }
  }
  const ribbons = [...links.values()].sort((a, b) => nodes.get(a.from).y - nodes.get(b.from).y || nodes.get(a.to).y - nodes.get(b.to).y);
  const drawnRibbons = ribbons.map((link) => {
    const [a, b] = [nodes.get(link.from), nodes.get(link.to)];
    const thick = link.value * unit;
    const [y0, y1] = [a.out + thick / 2, b.in + thick / 2];
    a.out += thick;
    b.in += thick;
    const [x0, x1] = [a.x + 14, b.x];
    return s("path", { class: `ribbon ink-${FLOW_INK[link.from[0]]}`, d: `M${x0} ${y0} C${(x0 + x1) / 2} ${y0} ${(x0 + x1) / 2} ${y1} ${x1} ${y1}`, "stroke-width": Math.max(0.6, thick), "data-value": link.value },
      s("title", { text: `${flowName(link.from)} → ${flowName(link.to)}: ${euro(link.value)}` }));
  });
  const bars = [...nodes.values()].map((x) => s("g", { class: "bar-group", "data-value": x.value },
    s("rect", { class: `bar ink-${FLOW_INK[x.key[0]]}`, x: x.x, y: x.y, width: 14, height: x.h }),
    s("title", { text: `${flowName(x.key)}: ${euro(x.value)}` }),
    x.h + 2 > 9 || most < 40 ? barName(x, (x.column === columns - 1 ? last : step) - 30) : null));
  return s("svg", { viewBox: `0 -8 ${width} ${height + 16}`, width, height: height + 16, class: "sankey", role: "img", "aria-label": `${t("view.flow")}: ${euro(total)}` }, ...drawnRibbons, ...bars);
}

/** What a bar stands for and how much, beside its upper end, where it is seen without scrolling. */
function barName(x, room) {
  const amount = ` ${shortEuro(x.value)}`;
  const name = cut(flowName(x.key), Math.max(46, room - ruler.measureText(amount).width));
  return s("text", { x: x.x + 20, y: x.y + Math.min(x.h / 2, 14), class: "bar-name", "dominant-baseline": "middle" },
    s("tspan", { class: "strong", text: name }), s("tspan", { class: "amount", text: amount }));
}

const flowOrder = (key) => { const n = Number(key.slice(1).split("+")[0]); return n === NONE ? 1e9 : n; };
const clipped = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
