// The interface in two languages; names and quotes of documents stay as printed.

const WORDS = read("words");
let language = D.start.language;

/** The words for a key, with {0}, {1} … filled in. */
function t(key, ...values) {
  const pair = WORDS[key];
  if (!pair) return key;
  return pair[language === "pl" ? 0 : 1].replace(/\{(\d)\}/g, (_, i) => String(values[Number(i)]));
}

/** The right Polish or English form for a number: `one|few|many`, English uses the first and last. */
function plural(key, count) {
  const forms = t(key).split("|");
  let at = count === 1 ? 0 : forms.length - 1;
  if (language === "pl" && count !== 1) {
    const few = count % 10 >= 2 && count % 10 <= 4 && !(count % 100 >= 12 && count % 100 <= 14);
    at = few ? 1 : 2;
  }
  return `${number(count)} ${forms[Math.min(at, forms.length - 1)]}`;
}

const formats = {};
function number(value, options = {}) {
  const key = language + JSON.stringify(options);
  formats[key] ??= new Intl.NumberFormat(language === "pl" ? "pl-PL" : "en-GB", { useGrouping: "always", ...options });
  return formats[key].format(value);
}

const euro = (value, currency = "EUR") => `${number(value)} ${currency}`;
function shortEuro(value) {
  if (value >= 1e9) return `${number(value / 1e9, { maximumFractionDigits: 2 })} ${t("billion")} EUR`;
  if (value >= 1e6) return `${number(value / 1e6, { maximumFractionDigits: 1 })} ${t("million")} EUR`;
  return euro(value);
}

/** The name in the language of the page, else in the other one, else what kind of thing it is. */
function nameOf(n, lang = language) {
  return (lang === "pl" ? N.pl[n] || N.en[n] : N.en[n] || N.pl[n]) || (N.code[n] ? `${levelName(n)} ${N.code[n]} (${t("no.name")})` : N.id[n]);
}

/** A region without the word that all of them share. */
const regionName = (n) => nameOf(n).replace(/^województwo\s+/i, "").replace(/\s+Voivodeship$/i, "");

/** A programme in a word or two: two regional ones may share an acronym, none shares its region. */
function programmeName(n) {
  const regions = kindOf(n) === "RegionalProgramme" ? sideOf(n, "coversRegion") : [];
  return regions.length === 1 ? `RPO ${regionName(regions[0])}` : N.acronym[n] || nameOf(n);
}

/** The code as people say it: CT 3 / TO 3, PI 3c / IP 3c, I.2; "" where there is none. */
function codeOf(n) {
  const level = levelOf(n);
  const tail = N.id[n].slice(N.id[n].lastIndexOf("/") + 1);
  if (level === "priority") return ""; // the strategy gives its three priorities no numbers
  if (level === "thematic_objective") return `${language === "pl" ? "CT" : "TO"} ${tail}`;
  if (level === "investment_priority") return `${language === "pl" ? "PI" : "IP"} ${tail.split("-").pop()}`;
  return N.code[n];
}

/** Acronym or code: what a box starts with. */
const headOf = (n) => N.acronym[n] || codeOf(n);

/** Code, name and programme in one line. */
function titleOf(n) {
  const code = codeOf(n);
  const name = nameOf(n);
  return code && !name.startsWith(code) && (N.pl[n] || N.en[n]) ? `${code} ${name}` : name;
}

/** Years as people write them; a horizon alone as "until". */
function periodName(period) {
  if (!period) return t("unknown");
  return period.startsWith("-") ? t("until", period.slice(1)) : period.replace("-", "–");
}

const levelName = (n) => (N.level[n] < 0 ? t(`kind.${kindOf(n)}`) : D.levels[N.level[n]][language === "pl" ? 1 : 2]);
const documentTitle = (d) => {
  const found = D.documents[d];
  return found[`title_${language}`] || found.title_pl || found.title_en || found.title || found.id;
};

/** An element with text (never markup), attributes, handlers and children. */
function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name || "div");
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") made.textContent = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The same for SVG. */
function s(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") made.textContent = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter(Boolean));
  return made;
}

const $ = (id) => document.getElementById(id);

/** Put the words of the language into the parts of the page that stand in the template. */
function translatePage() {
  document.documentElement.lang = language;
  document.title = t("title");
  for (const made of document.querySelectorAll("[data-w]")) made.textContent = t(made.dataset.w);
  for (const made of document.querySelectorAll("[data-w-label]")) made.setAttribute("aria-label", t(made.dataset.wLabel));
  for (const made of document.querySelectorAll("[data-w-title]")) made.title = t(made.dataset.wTitle);
  for (const made of document.querySelectorAll("[data-w-hint]")) made.placeholder = t(made.dataset.wHint);
}
