// Search as one types: names, acronyms and codes, in both languages, with or without diacritics.

const PREFIXES = new Map(); // RPLD -> programme
for (const [prefix, id] of Object.entries(D.prefixes)) if (BY_ID.has(id)) PREFIXES.set(prefix, BY_ID.get(id));
const prefixOf = new Map([...PREFIXES].map(([prefix, n]) => [n, prefix]));

const tailOf = (n) => (programmeOf[n] >= 0 && n !== programmeOf[n] ? N.id[n].slice(N.id[programmeOf[n]].length + 1) : "");
function officialCode(n) {
  const prefix = prefixOf.get(programmeOf[n]);
  const tail = tailOf(n);
  if (!prefix || !/^\d+(\.\d+)*$/.test(tail)) return "";
  return [prefix, ...tail.split(".").map((part) => part.padStart(2, "0"))].join(".");
}

let searchIndex = null;
function indexed() {
  searchIndex ??= N.id.map((id, n) => {
    const level = levelOf(n);
    const number = id.slice(id.lastIndexOf("/") + 1);
    const codes = [N.code[n], N.acronym[n], N.pl[n], N.en[n], ...(N.other[n] ?? []), tailOf(n), officialCode(n), id];
    if (level === "thematic_objective") codes.push(`ct ${number}`, `to ${number}`, `ct${number}`, `to${number}`);
    if (level === "investment_priority") { const c = number.split("-").pop(); codes.push(`pi ${c}`, `ip ${c}`, `pi${c}`, `ip${c}`, c); }
    if (kindOf(n) === "InterventionField") codes.push(`dziedzina interwencji ${N.code[n]}`, `intervention field ${N.code[n]}`);
    for (const detail of ["cci", "celex"]) codes.push(...(N.details[n]?.[detail] ?? []));
    const own = plain([N.pl[n], N.en[n], ...(N.other[n] ?? [])].join(" "));
    const p = programmeOf[n];
    const context = p >= 0 && p !== n ? plain([N.acronym[p], N.pl[p], N.id[p], ...sideOf(p, "coversRegion").map((r) => N.pl[r])].join(" ")) : "";
    const rank = N.level[n] >= 0 ? N.level[n] : kindOf(n) === "Document" ? 40 : 30;
    return { n, words: ` ${own.replace(/[^a-z0-9]+/g, " ")}`, around: ` ${context.replace(/[^a-z0-9]+/g, " ")} `, preferred: [N.pl[n], N.en[n]].filter(Boolean).map(printed), printed: new Set(codes.filter(Boolean).map(printed)), codes: new Set(codes.filter(Boolean).map(squeezed)), heads: codes.filter(Boolean).map(plain), own, context, rank };
  });
  return searchIndex;
}

/** As compared: folded, quotation marks and dashes of all kinds alike, spaces once. */
const plain = (text) => fold(text).replace(/[„”“"«»']/g, "").replace(/[–—−]/g, "-").replace(/\s+/g, " ").trim();

/** Codes are also typed without their spaces: POIR, PO IR; CT3, CT 3. */
const squeezed = (text) => plain(text).replace(/ /g, "");

/** With its diacritics, which tell RPO WŁ from RPO WL for those who type them. */
const printed = (text) => text.toLowerCase().replace(/\s+/g, "");

const SHOWN = 12; // hits; more when more bear exactly that name or code

/** The best matches for what was typed, best first; whatever bears exactly that name or code is among them. */
function search(typed, limit = SHOWN) {
  const { found, exact } = ranked(typed);
  return found.slice(0, Math.max(limit, exact));
}

/** All matches, best first, and how many of them bear exactly that name or code. */
function ranked(typed) {
  const query = plain(typed);
  if (!query) return { found: [], exact: 0 };
  const bare = query.replace(/^([a-z]{4}(?:\.\d\d)+?)(?:\.00)+$/, "$1");
  const tokens = bare.split(" ");
  const whole = squeezed(bare);
  const asPrinted = printed(typed);
  let exact = 0;
  const found = [];
  for (const entry of indexed()) {
    let score = 0;
    if (entry.codes.has(whole)) {
      score = entry.preferred.includes(asPrinted) ? 230 : entry.printed.has(asPrinted) ? 220 : 200;
      exact++;
    } else {
      for (const token of tokens) {
        const at = entry.own.indexOf(token);
        let best = 0;
        if (entry.codes.has(token)) best = 40;
        else if (at >= 0 && entry.heads.some((c) => c.startsWith(token))) best = 14;
        else if (at === 0 || (at > 0 && /[^a-z0-9]/.test(entry.own[at - 1]))) best = 12;
        else if (at > 0 && token.length > 2) best = 5;
        else if (token.length > 2 && entry.heads.some((c) => c.startsWith(token))) best = 9;
        else if (entry.around.includes(` ${token} `)) best = 15; // śląskie before dolnośląskie
        else if (token.length > 2 && entry.context.includes(token)) best = 4;
        else if (stemmed(token, entry.words)) best = 10;
        else if (stemmed(token, entry.around)) best = 3;
        if (!best) { score = 0; break; }
        score += best;
      }
    }
    if (score) found.push([score - entry.rank / 10 - entry.own.length / 2000, entry.n]);
  }
  return { found: found.sort((a, b) => b[0] - a[0] || a[1] - b[1]).map(([, n]) => n), exact };
}

/** Polish inflects: the beginning of a longer word is enough (klastry, klastrow, klaster). */
const stemmed = (token, words) => token.length > 5 && words.includes(` ${token.slice(0, Math.max(4, token.length - 3))}`);

/** What no single thing bears, but a thing and a region together: "klastry łódzkie", as facets; or null. */
function together(typed) {
  const tokens = typed.trim().split(/\s+/);
  const region = REGIONS.find((r) => tokens.some((token) => plain(token) === plain(regionName(r))));
  const rest = tokens.filter((token) => region === undefined || plain(token) !== plain(regionName(region))).join(" ");
  const [thing] = region === undefined || !rest ? [] : search(rest, 1);
  const facet = thing === undefined ? undefined : facetOf(thing);
  return ["beneficiary", "objective", "support"].includes(facet) ? { facet, thing, region } : null;
}

let chosen = -1;
function startSearch() {
  const field = $("search");
  const list = $("found");
  const close = () => { list.hidden = true; field.setAttribute("aria-expanded", "false"); chosen = -1; field.removeAttribute("aria-activedescendant"); };
  const pick = (n) => { close(); field.value = ""; ask({ view: "graph", focus: n, only: N.level[n] >= 0 }, { step: true }); };
  const pickBoth = ({ facet, thing, region }) => {
    close();
    field.value = "";
    ask({ view: "table", focus: -1, only: false, facets: { ...S.facets, [facet]: new Set([thing]), region: new Set([region]) } }, { step: true });
  };
  let picks = []; // what choosing each item does
  const show = () => {
    const { found, exact } = ranked(field.value);
    const hits = found.slice(0, Math.max(SHOWN, exact));
    const both = exact ? null : together(field.value);
    const more = found.length - hits.length;
    picks = [...(both ? [() => pickBoth(both)] : []), ...hits.map((n) => () => pick(n))];
    chosen = -1;
    const option = (at, n, name, where) => h("li", {
      role: "option", id: `found-${at}`, "data-n": n, "data-at": at, "aria-selected": "false", onmousedown: (e) => { e.preventDefault(); picks[at](); },
    }, glyph(n), h("span.found-name", { text: name }), h("span.found-where", { text: where }));
    const note = (text) => h("li.nothing", { text, role: "option", "aria-disabled": "true" });
    list.replaceChildren(
      ...(both ? [option(0, both.thing, `${titleOf(both.thing)} + ${regionName(both.region)}`, t("search.both"))] : []),
      ...hits.map((n, i) => option(i + (both ? 1 : 0), n, titleOf(n), whereOf(n))),
      ...(more > 0 ? [note(t("search.more", number(more)))] : picks.length ? [] : [note(t("nothing.found"))]));
    list.hidden = !field.value.trim();
    field.setAttribute("aria-expanded", String(!list.hidden));
  };
  field.addEventListener("input", show);
  field.addEventListener("focus", show);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const items = [...list.querySelectorAll("[data-n]")];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + items.length) % Math.max(items.length, 1);
      items.forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
      items[chosen]?.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", `found-${chosen}`);
    } else if (event.key === "Enter" && items.length) picks[Number(items[Math.max(chosen, 0)].dataset.at)]();
    else if (event.key === "Escape") { field.value = ""; close(); field.blur(); }
  });
}

/** Level and programme, to tell sixteen measures I.2 apart. */
function whereOf(n) {
  const p = programmeOf[n];
  return p >= 0 && p !== n ? `${levelName(n)} · ${programmeName(p)}` : levelName(n);
}
