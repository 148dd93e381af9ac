// The legend, which also filters, and the facets with how many rows each value would leave.

const LINKS_BY_BASIS = D.bases.map((_, b) => C.basis.filter((basis) => basis === b).length);

function drawLegend() {
  $("legend").replaceChildren(...D.bases.map((basis, b) => h("button.basis-toggle", {
    type: "button", "data-basis": basis, "aria-pressed": String(S.bases.has(b)), title: t(`basis.${basis}.hint`),
    onclick: () => {
      const bases = new Set(S.bases);
      if (!bases.delete(b)) bases.add(b);
      ask({ bases: bases.size ? bases : new Set([b]) });
    },
  }, basisLine(basis), h("span.facet-name", { text: t(`basis.${basis}`) }), h("span.count", { text: number(LINKS_BY_BASIS[b]) }))));
  const seen = new Set(now.nodes.map((n) => N.level[n]));
  $("levels").replaceChildren(...[...seen].sort((a, b) => a - b).map((level) => h("li", {},
    glyph(-1, D.levels[level][0]), h("span", { text: D.levels[level][language === "pl" ? 1 : 2] }))));
}

function drawFacets() {
  const rows = selectedRows();
  $("selected").textContent = plural("rows", rows.length);
  $("clear").hidden = !anyFacet();
  for (const facet of ["region", "beneficiary", "programme", "objective", "fund", "support", "period", "level"]) {
    const box = $(`facet-${facet}`);
    const found = counts(facet);
    let values = [...new Set([...found.keys(), ...S.facets[facet]])];
    if (facet === "level") values.sort((a, b) => a - b);
    else if (facet === "objective") values.sort((a, b) => a - b);
    else if (facet === "period") values.sort();
    else if (facet === "beneficiary") values = hierarchy(values);
    else values.sort((a, b) => facetName(facet, a).localeCompare(facetName(facet, b), language));
    box.hidden = !values.length;
    box.querySelector("ul").replaceChildren(...values.map((value) => facetItem(facet, value, found.get(value) ?? 0)));
  }
}

const facetName = (facet, value) => {
  if (facet === "level") return D.levels[value][language === "pl" ? 1 : 2];
  if (facet === "programme") return programmeName(value);
  if (facet === "period") return periodName(value);
  if (facet === "region") return regionName(value);
  if (facet === "objective") return `${codeOf(value)} ${nameOf(value)}`;
  return nameOf(value);
};

const depth = (n) => (N.broader[n]?.length ? 1 + depth(N.broader[n][0]) : 0);

/** Beneficiary types as a tree, each below the wider one. */
function hierarchy(values) {
  const known = new Set(values);
  const ordered = [];
  const add = (n) => {
    if (ordered.includes(n) || !known.has(n)) return;
    ordered.push(n);
    narrower[n].slice().sort((a, b) => nameOf(a).localeCompare(nameOf(b), language)).forEach(add);
  };
  const roots = values.filter((n) => !(N.broader[n] ?? []).some((b) => known.has(b)));
  roots.sort((a, b) => nameOf(a).localeCompare(nameOf(b), language)).forEach(add);
  return ordered;
}

/** No focus, with the facets that a filter was turned to; what the focus asked for is asked for on, as a facet. */
function widened(facets) {
  const facet = S.focus >= 0 ? facetOf(S.focus) : undefined;
  const asked = facet && S.only ? { [facet]: new Set([...facets[facet], S.focus]) } : {};
  return { focus: -1, only: false, facets: { ...facets, ...asked } };
}

function facetItem(facet, value, count) {
  const id = `${facet}-${value}`;
  const box = h("input", { type: "checkbox", id, checked: S.facets[facet].has(value), onchange: () => {
    ask({ facets: turned(facet, value), ...(scoped() ? {} : widened(turned(facet, value))) }, { step: true });
    $(id)?.focus();
  } });
  const indent = facet === "beneficiary" ? Math.min(depth(value), 4) : 0;
  return h(`li.depth-${indent}`, {}, h("label", { for: id, title: facetName(facet, value) }, box,
    h("span.facet-name", { text: facetName(facet, value) }), h("span.count", { text: number(count) })));
}
