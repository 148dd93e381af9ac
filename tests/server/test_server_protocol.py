"""The endpoint speaks the SPARQL 1.1 Protocol: as independent clients see it, and request by request."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from rdflib import RDF, VOID, Namespace, URIRef, Variable
from rdflib import Graph as RDFGraph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from nurt.errors import QueryError
from nurt.graph.binding import bind
from nurt.graph.store import Graph, open_graph
from nurt.ontology.namespace import ID, NURT, PREFIXES
from nurt.queries.catalogue import library
from nurt.queries.run import bindings, run

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
MEASURES = "SELECT (COUNT(?measure) AS ?measures) WHERE { ?measure a nurt:Measure }"


@pytest.fixture(scope="module")
def measures(graph: Graph) -> int:
    """How many measures there are, counted by other means."""
    return len({row[0] for row in graph.select("SELECT ?m WHERE { GRAPH ?g { ?m a nurt:Measure } }").rows})


# Independent clients


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_gets_rows(server, measures: int, method: str) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql", returnFormat=JSON)
    wrapper.setMethod(method)
    wrapper.setQuery(MEASURES)
    (row,) = wrapper.query().convert()["results"]["bindings"]
    assert row["measures"]["value"] == str(measures)


def test_sparqlwrapper_gets_every_format(server, measures: int) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setQuery(MEASURES)
    wrapper.setReturnFormat(CSV)
    assert wrapper.query().convert().decode().split() == ["measures", str(measures)]
    wrapper.setReturnFormat(XML)
    assert wrapper.query().convert().getElementsByTagName("literal")[0].firstChild.data == str(measures)
    wrapper.setQuery("ASK { ?measure a nurt:Measure }")
    wrapper.setReturnFormat(JSON)
    assert wrapper.query().convert()["boolean"] is True
    wrapper.setQuery(f"DESCRIBE <{ID['thematic-objective/1']}>")
    wrapper.setReturnFormat(TURTLE)
    described = RDFGraph().parse(data=wrapper.query().convert(), format="turtle")
    assert (ID["thematic-objective/1"], RDF.type, NURT.ThematicObjective) in described


def test_rdflibs_sparqlstore_reads_the_graph(server, graph: Graph, measures: int) -> None:
    remote = RDFGraph(SPARQLStore(f"{server.url}/sparql", returnFormat="json"))
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    ((count,),) = remote.query(prologue + MEASURES)
    assert count.toPython() == measures
    measure = ID["rpo-lodzkie/1.2"]
    here = graph.construct("CONSTRUCT { ?m ?p ?o } WHERE { ?m ?p ?o }", {"m": measure})
    assert set(remote.triples((measure, None, None))) == set(here)


def test_curl_asks_as_a_user_would_type_it(server, measures: int) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed, so it was NOT tested as a client")
    query = ["--data-urlencode", f"query={MEASURES}", f"{server.url}/sparql"]
    for options in (["--get"], []):
        command = [curl, "-sS", "--noproxy", "*", "-H", "Accept: text/csv", *options, *query]
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        assert said.stdout.split() == ["measures", str(measures)]
    command = [
        curl,
        "-sS",
        "--noproxy",
        "*",
        "-L",
        "-H",
        "Accept: text/turtle",
        f"{server.url}/id/rpo-lodzkie/I.2",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert (ID["rpo-lodzkie/1.2"], RDF.type, NURT.Measure) in RDFGraph().parse(
        data=said.stdout, format="turtle"
    )


def test_the_documented_program_runs(server, repository: Path) -> None:
    text = (repository / "docs" / "how-to" / "serve.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    names: dict[str, object] = {}
    exec(program.replace("http://127.0.0.1:7878", server.url), names)
    assert len(names["rows"]) == 3


def test_nurt_itself_asks_the_server_as_it_asks_a_folder(server, graph: Graph) -> None:
    with open_graph(f"{server.url}/sparql") as remote:
        for name in ("money-by-priority", "documents"):
            assert run(remote, name).rows == run(graph, name).rows


# The same rows as within the process


@pytest.mark.parametrize("name", list(library()))
def test_every_named_query_gives_the_same_rows_as_within_the_process(server, graph: Graph, name: str) -> None:
    query = library()[name]
    given = {p.name: p.example for p in query.parameters if p.required and p.example}
    text = bind(query.text, bindings(graph, query, given))
    answer = server.ask(text, Accept="application/sparql-results+json")
    assert answer.status_code == 200, answer.text
    there = Result.parse(BytesIO(answer.content), format="json")
    here = graph.select(text)
    assert set(map(str, there.vars)) == set(here.columns)
    rows = Counter(tuple(row.get(Variable(column)) for column in here.columns) for row in there.bindings)
    assert rows == Counter(here.rows)


def test_counts_are_over_the_merge_of_the_graphs(server, graph: Graph) -> None:
    def count(pattern: str) -> int:
        return int(server.ask(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", Accept="text/csv").text.split()[1])

    once = len(set(graph.select("SELECT ?s ?o WHERE { GRAPH ?g { ?s a ?o } }").rows))
    assert count("GRAPH ?g { ?s a ?o }") > once, "no triple stands in two graphs: this proves nothing"
    assert count("?s a ?o") == once


def test_a_dataset_may_be_named(server) -> None:
    name = str(ID["vocabulary/funds"])
    query = "SELECT DISTINCT ?class WHERE { ?thing a ?class }"
    asked = {"query": query, "default-graph-uri": name}
    rows = server.client.get("/sparql", params=asked, headers={"Accept": "text/csv"}).text.split()
    assert str(NURT.Fund) in rows
    assert str(NURT.Measure) not in rows


# Request by request


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_the_format_is_what_the_client_asks_for(server, accept: str, kind: str) -> None:
    answer = server.ask("SELECT ?s WHERE { ?s a nurt:Fund }", Accept=accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    "kind", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_graphs_come_in_rdf_formats(server, kind: str) -> None:
    answer = server.ask("CONSTRUCT { ?s a nurt:Fund } WHERE { ?s a nurt:Fund }", Accept=kind)
    found = RDFGraph().parse(data=answer.text, format=kind)
    assert (ID["fund/erdf"], RDF.type, NURT.Fund) in found


def test_who_has_no_preference_gets_json_or_turtle(server) -> None:
    queries = {
        "SELECT ?s WHERE { ?s a nurt:Fund }": "application/sparql-results+json",
        "ASK { ?s a nurt:Fund }": "application/sparql-results+json",
        "CONSTRUCT { ?s a nurt:Fund } WHERE { ?s a nurt:Fund }": "text/turtle",
    }
    for query, kind in queries.items():
        for headers in ({"Accept": "*/*"}, {"Accept": ""}):
            answer = server.ask(query, **headers)
            assert answer.headers["content-type"].partition(";")[0] == kind


def test_a_format_that_there_is_not_is_refused(server) -> None:
    assert server.ask("SELECT * WHERE { ?s ?p ?o } LIMIT 1", Accept="image/png").status_code == 406


def test_a_query_may_be_the_body(server, measures: int) -> None:
    kind = {"Content-Type": "application/sparql-query; charset=utf-8", "Accept": "text/csv"}
    assert server.client.post("/sparql", content=MEASURES, headers=kind).text.split()[1] == str(measures)


def test_a_query_may_declare_a_known_prefix_anew(server) -> None:
    query = "BASE <http://example.org/>\nPREFIX nurt: <x#>\nSELECT (nurt:Fund AS ?iri) WHERE {}"
    assert server.ask(query, Accept="text/csv").text.split() == ["iri", "http://example.org/x#Fund"]


def test_letters_of_all_languages_pass(server) -> None:
    answer = server.ask('SELECT ("Łódź, „żółć” 漢字" AS ?text) WHERE {}', Accept="application/json")
    assert answer.json()["results"]["bindings"][0]["text"]["value"] == "Łódź, „żółć” 漢字"


def test_an_error_names_the_line_and_column_of_the_query_as_it_was_sent(server, graph: Graph) -> None:
    answer = server.ask("SELECT ?s\nWHERE { ?s a nurt:Fund ")
    assert answer.status_code == 400
    assert "line 2, column 24" in answer.text
    for broken in ("SELECT WHERE { }", "SELECT ?s WHERE { ?s a nurt:Fund } LIMIT x", ""):
        with pytest.raises(QueryError) as here:
            graph.query(broken)
        assert server.ask(broken).text.strip() == str(here.value)
    assert server.ask("SELECT ?s WHERE { ?s a missing:Fund }").text.count("Declare the prefix") == 1


@pytest.mark.parametrize(
    ("method", "request_", "status"),
    [
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403),
        ("POST", {"data": {"query": "CLEAR ALL"}}, 400),
        ("POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 403),
        ("GET", {"params": {"nothing": "here"}}, 400),
        ("GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400),
        ("GET", {"params": {"query": ""}}, 400),
        (
            "POST",
            {"content": b"query=%ff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
            400,
        ),
        ("POST", {"content": b"\xff", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ("POST", {"content": b"ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", {"content": b"ASK {}"}, 415),
        ("PUT", {"content": b"<a:a> <a:b> <a:c> ."}, 405),
        ("DELETE", {}, 405),
        ("PATCH", {}, 405),
    ],
)
def test_what_is_no_query_is_refused(server, method: str, request_: dict, status: int) -> None:
    answer = server.client.request(method, "/sparql", **request_)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.strip()
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert server.ask(MEASURES).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { service<http://127.0.0.1:9/>{?s ?p ?o}}",
        "SELECT * WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { SERVICESILENT<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p 1SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { VALUES ?e { <http://127.0.0.1:9/> } SERVICE ?e { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * WHERE { SERVICE # { } \n # SILENT\r e:a#b\n{ ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * WHERE { SERVICE :\\#a { ?s ?p ?o } }",
        "SELECT * WHERE { FILTER(?a<?b)SERVICE?e#c>\n{ ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p ?o.Service$e\u0301{ ?s ?p ?o } }",
    ],
)
def test_no_query_makes_the_server_ask_others(server, query: str) -> None:
    answer = server.ask(query)
    assert answer.status_code == 403
    assert "SERVICE" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "# a service\nSELECT ?service WHERE { ?service a nurt:Fund } LIMIT 1",
        'SELECT ?s WHERE { ?s skos:prefLabel ?l FILTER(CONTAINS(?l, "service")) } LIMIT 1',
        "SELECT ?s WHERE { ?s <http://example.org/service/> ?service . { ?s a nurt:Fund } } LIMIT 1",
    ],
)
def test_the_word_service_alone_is_harmless(server, query: str) -> None:
    assert server.ask(query).status_code == 200


def test_many_mentions_of_service_do_not_take_long(server) -> None:
    for trick in ("SERVICE #", "SERVICE :", "SERVICE <", "SERVICE a:#\n", "SERVICE:"):
        query = "ASK {} #" + trick * (99_000 // len(trick))
        answer = server.ask(query)
        assert answer.elapsed.total_seconds() < 3
        assert answer.status_code in (403, 200)
    assert server.ask("SERVICE " + ":" * 99_000).elapsed.total_seconds() < 3
    assert server.ask("SERVICE " + "#" * 99_000).elapsed.total_seconds() < 3


def test_web_pages_of_other_origins_may_ask(server) -> None:
    origin = {"Origin": "https://example.org"}
    assert server.ask(MEASURES, **origin).headers["access-control-allow-origin"] == "*"
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = server.client.options("/sparql", headers={**origin, **asked})
    assert answer.status_code == 200
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"]
    assert server.ask("broken", **origin).headers["access-control-allow-origin"] == "*"


def test_head_and_options_say_what_get_would(server) -> None:
    for path in (
        "/",
        "/query",
        "/sparql",
        "/ontology",
        "/health",
        "/page/europe-2020",
        "/data/europe-2020.ttl",
    ):
        got, head = server.client.get(path), server.client.head(path)
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
        if path != "/health":
            assert head.headers["content-length"] == got.headers["content-length"]
        options = server.client.options(path)
        assert options.status_code == 204
        assert {"GET", "HEAD", "OPTIONS"} <= set(options.headers["allow"].split(", "))
    asked = server.client.head("/sparql", params={"query": MEASURES})
    assert (asked.status_code, asked.content) == (200, b"")


def test_the_endpoint_describes_itself(server, graph: Graph) -> None:
    answer = server.client.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    found = RDFGraph().parse(data=answer.text, format="turtle")
    endpoint = URIRef(f"{server.url}/sparql")
    assert found.value(endpoint, SD.endpoint) == endpoint
    assert found.value(endpoint, SD.supportedLanguage) == SD.SPARQL11Query
    dataset = found.value(endpoint, SD.defaultDataset)
    triples = found.value(found.value(dataset, SD.defaultGraph), VOID.triples)
    assert triples.toPython() == graph.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0].toPython()
    named = {found.value(one, SD.name) for one in found.objects(dataset, SD.namedGraph)}
    assert named == {row[0] for row in graph.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows}
    browser = server.client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (browser.status_code, browser.headers["location"]) == (303, "/query")
    data = server.client.get("/sparql", headers={"Accept": "application/ld+json"})
    assert json.loads(data.text)
    assert (
        httpx.get(f"{server.url}/sparql", headers={"Accept": "image/png"}, trust_env=False).status_code == 406
    )
