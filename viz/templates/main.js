// Puts the parts together: one drawing of everything that changed after each wish of the reader.

let shownWords = "";
let shownFacets = "";

render = () => {
  if (language !== shownWords) translatePage();
  shownWords = language;
  for (const view of VIEWS) {
    $(`view-${view}`).hidden = S.view !== view;
    $(`tab-${view}`).setAttribute("aria-selected", String(S.view === view));
    $(`tab-${view}`).tabIndex = S.view === view ? 0 : -1;
  }
  $("language").textContent = language === "pl" ? "English" : "Polski";
  $("language").lang = language === "pl" ? "en" : "pl";
  if (S.link >= 0 && !lineBetween(S.link, S.focus)) S.link = -1; // the filters have taken the line away
  $("reset").hidden = S.focus < 0 && !S.open.size && !anyFacet();
  $("pictures").hidden = !["graph", "flow"].includes(S.view);
  drawAbove();
  drawCard();
  if (S.view === "graph") drawGraph();
  else ({ table: drawTable, flow: drawFlow, matrix: drawMatrix, about: drawAbout })[S.view]();
  drawLegend();
  const facets = `${language}|${scopeKey()}|${[...S.bases].sort()}|${FACETS.map((facet) => [...S.facets[facet]].join()).join("|")}`;
  if (facets !== shownFacets) drawFacets(); // counting takes a while, and a click on a box changes none of them
  shownFacets = facets;
};

/** What the address named in vain, and what table, flow and matrix are limited to. */
function drawAbove() {
  $("lost").hidden = !S.lost.length;
  $("lost").textContent = S.lost.length ? t("lost", S.lost.map((id) => clipped(id, 120)).join(", ")) : "";
  drawChips();
  const offered = S.focus >= 0 && SCOPED.has(S.view);
  $("scope").hidden = !offered;
  if (!offered) return;
  const name = clipped(headOf(S.focus) || nameOf(S.focus), 40);
  $("scope").replaceChildren(
    h("button.chip", { type: "button", id: "scope-chip", "aria-pressed": String(!S.wide), title: t(S.wide ? "scope.narrow" : "scope.widen", titleOf(S.focus)), text: S.wide ? t("scope.only", name) : `${name} ×`, onclick: () => { ask({ wide: !S.wide }, { step: true }); $("scope-chip").focus(); } }),
    h("span.hint", { text: S.wide ? "" : t("scope.hint") }));
}

/** The filters that are on, each with the way to take it off again: some stand in groups that are folded. */
function drawChips() {
  const values = FACETS.flatMap((facet) => [...S.facets[facet]].map((value) => [facet, value]));
  $("chips").hidden = !values.length || S.view === "about";
  $("chips").replaceChildren(...values.map(([facet, value]) => {
    const name = facetName(facet, value);
    return h("button.chip", { type: "button", title: t("chip.remove", name), "aria-label": t("chip.remove", name), text: `${t(facet)}: ${clipped(name, 40)} ×`, onclick: () => {
      ask({ facets: turned(facet, value) }, { step: true });
      ($("chips").querySelector("button") ?? $("search")).focus();
    } });
  }));
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  readInk();
  wrapped.clear();
  if (network) render();
}

function start() {
  readAddress();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  setTheme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", () => afterPaper());
  startGraph();
  startSearch();
  for (const view of VIEWS) $(`tab-${view}`).addEventListener("click", () => { filters(false); ask({ view }, { step: true }); });
  $("tabs").addEventListener("keydown", (event) => {
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!turn) return;
    const view = VIEWS[(VIEWS.indexOf(S.view) + turn + VIEWS.length) % VIEWS.length];
    ask({ view });
    $(`tab-${view}`).focus();
  });
  $("language").addEventListener("click", () => { language = language === "pl" ? "en" : "pl"; ask({}); });
  $("theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  $("close-card").addEventListener("click", () => ask(SCOPED.has(S.view) ? { folded: true } : { focus: -1, only: false }, { step: true }));
  const none = () => ({ facets: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])) });
  $("clear").addEventListener("click", () => ask(none(), { step: true }));
  $("reset").addEventListener("click", () => ask({ focus: -1, only: false, open: new Set(), ...none() }, { step: true }));
  $("print").addEventListener("click", () => window.print());
  $("svg").addEventListener("click", saveSvg);
  $("png").addEventListener("click", savePng);
  $("whole").addEventListener("click", () => fitTo(now.nodes));
  const filters = (open) => { document.body.classList.toggle("with-filters", open); $("filters").setAttribute("aria-expanded", String(open)); };
  $("filters").addEventListener("click", () => filters(!document.body.classList.contains("with-filters")));
  $("drawn").addEventListener("keydown", graphKey);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea");
    if (event.key === "/" && !typing) { event.preventDefault(); $("search").focus(); }
    if (event.key === "Escape" && !typing) { filters(false); if (S.focus >= 0) ask({ focus: -1, only: false }, { step: true }); }
  });
  addEventListener("popstate", () => { readAddress(); render(); });
  addEventListener("hashchange", () => { readAddress(); render(); });
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; if (S.view === "graph") fitTo(now.nodes, true); else if (S.view === "flow") drawFlow(); } });
  render();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (S.view === "graph") fitTo(now.nodes, true);
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
  }));
}

start();
