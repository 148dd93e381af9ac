(() => {
"use strict";
// The query page: what is typed goes to /sparql of the same server, and nowhere else.

const D = JSON.parse(document.getElementById("data").textContent);
const W = D.words;
const SHOWN = 1000;
const TABLES = { CSV: ["text/csv", "csv"], TSV: ["text/tab-separated-values", "tsv"], JSON: ["application/sparql-results+json", "srj"], XML: ["application/sparql-results+xml", "srx"] };
const GRAPHS = { Turtle: ["text/turtle", "ttl"], "JSON-LD": ["application/ld+json", "jsonld"], "N-Triples": ["application/n-triples", "nt"], "RDF/XML": ["application/rdf+xml", "rdf"] };
const ASKED = "application/sparql-results+json, text/turtle;q=0.9";

const at = (id) => document.getElementById(id);
const text = at("text");
let running = null;

function made(tag, content = "", attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = content;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

async function ask(query, accept, signal) {
  const response = await fetch("/sparql", {
    method: "POST", body: query, signal,
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
  });
  if (!response.ok) throw new Error((await response.text()).trim() || `${response.status}`);
  return response;
}

function cell(term) {
  const box = made("td");
  if (!term) return box;
  if (term.type === "uri" && term.value.startsWith(D.home)) {
    const short = term.value.slice(D.home.length);
    box.append(made("a", short, { href: `/id/${short}` }));
  } else if (term.type === "uri" && /^https?:/.test(term.value)) {
    box.append(made("a", term.value, { href: term.value, rel: "noreferrer" }));
  } else {
    box.textContent = term.value;
    if (term["xml:lang"]) box.lang = term["xml:lang"];
    if (/#(integer|decimal|double|float|int|long)$/.test(term.datatype ?? "")) box.className = "number";
  }
  return box;
}

function table({ head, results }) {
  const drawn = made("table"), top = drawn.createTHead().insertRow(), body = drawn.createTBody();
  for (const name of head.vars) top.append(made("th", name, { scope: "col" }));
  for (const row of results.bindings.slice(0, SHOWN)) {
    const line = body.insertRow();
    for (const name of head.vars) line.append(cell(row[name]));
  }
  return drawn;
}

function downloads(formats, query) {
  const bar = at("downloads");
  bar.replaceChildren(made("span", `${W.download}:`));
  for (const [name, [type, ending]] of Object.entries(formats)) {
    const button = made("button", name, { type: "button" });
    button.addEventListener("click", async () => {
      try {
        const address = URL.createObjectURL(await (await ask(query, type)).blob());
        made("a", "", { href: address, download: `nurt.${ending}` }).click();
        setTimeout(() => URL.revokeObjectURL(address), 60000);
      } catch (error) { fail(error); }
    });
    bar.append(button);
  }
  bar.hidden = false;
}

function fail(error) {
  at("error").textContent = error instanceof TypeError ? W.failed : error.message;
  at("error").hidden = false;
}

function busy(on) {
  at("run").disabled = on;
  at("stop").hidden = !on;
}

async function run() {
  const query = text.value;
  running?.abort();
  const own = running = new AbortController();
  const started = performance.now();
  history.replaceState(null, "", `#query=${encodeURIComponent(query)}`);
  at("error").hidden = at("downloads").hidden = true;
  at("answer").replaceChildren();
  at("status").textContent = W.running;
  busy(true);
  try {
    const response = await ask(query, ASKED, own.signal);
    const graph = !(response.headers.get("content-type") ?? "").startsWith("application/sparql-results+json");
    const said = graph ? await response.text() : await response.json();
    const seconds = `${((performance.now() - started) / 1000).toFixed(2)} s`;
    if (graph) {
      at("answer").append(made("pre", said));
      at("status").textContent = seconds;
    } else if ("boolean" in said) {
      at("answer").append(made("p", said.boolean ? W.yes : W.no));
      at("status").textContent = seconds;
    } else {
      const rows = said.results.bindings.length;
      at("answer").append(table(said));
      at("status").textContent = `${W.rows}: ${rows}${rows > SHOWN ? ` (${W.first} ${SHOWN})` : ""}, ${seconds}`;
    }
    downloads(graph ? GRAPHS : TABLES, query);
  } catch (error) {
    at("status").textContent = error.name === "AbortError" ? W.stopped : "";
    if (error.name !== "AbortError") fail(error);
  } finally {
    if (running === own) busy(false);
  }
}

function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const example = D.examples.find((one) => one.name === asked.get("name"));
  const query = asked.get("query") ?? example?.text;
  if (query !== undefined && query !== text.value) text.value = query;
}

at("examples").addEventListener("change", (event) => {
  const example = D.examples.find((one) => one.name === event.target.value);
  if (example) text.value = example.text;
});
at("run").addEventListener("click", run);
at("stop").addEventListener("click", () => running?.abort());
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});
addEventListener("hashchange", readAddress);
text.value = "SELECT ?measure ?label WHERE {\n  ?measure a nurt:Measure ; skos:prefLabel ?label .\n}\nORDER BY ?measure\nLIMIT 20\n";
readAddress();
document.documentElement.dataset.ready = "";
})();
