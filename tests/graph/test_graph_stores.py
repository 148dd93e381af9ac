"""One suite for every store: in memory, on disk and on a server the same questions have the same answers."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from nurt.errors import GraphError, QueryError, UnknownNameError
from nurt.graph.snapshot import FORMAT, publish
from nurt.graph.store import Graph, open_graph
from nurt.graph.upload import upload

NQUADS = """<urn:a> <urn:amount> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .
<urn:a> <urn:label> "Dzia\u0142anie \\"I.2\\""@pl <urn:g> .
<urn:a> <urn:p> <urn:b> <urn:g> .
<urn:a> <urn:p> <urn:b> <urn:h> .
<urn:b> <urn:label> "plain" <urn:h> .
""".encode()
TEXTS = {"one/with ż": "line\r\nanother\u2028line\n", "two": ""}
MANIFEST = {"nurt": "0", "documents": {}}
REPORT = {"failures": []}


@pytest.fixture(params=["memory", "disk", "endpoint"])
def graph(request: pytest.FixtureRequest, tmp_path: Path) -> Graph:
    if request.param == "memory":
        return Graph.in_memory(NQUADS, texts=TEXTS, manifest=MANIFEST, report=REPORT)
    if request.param == "endpoint":
        address = request.getfixturevalue("sparql_server")
        manifest = {**MANIFEST, "format": FORMAT}
        upload(Graph.in_memory(NQUADS, texts=TEXTS, manifest=manifest, report=REPORT), address)
        return open_graph(address)
    publish(tmp_path / "graph", nquads=NQUADS, texts=TEXTS, manifest=MANIFEST, report=REPORT)
    return open_graph(tmp_path / "graph")


def test_queries_see_the_union_of_all_graphs_once(graph: Graph) -> None:
    assert graph.select("SELECT ?s ?o { ?s <urn:p> ?o }").rows == ((URIRef("urn:a"), URIRef("urn:b")),)


def test_graph_clauses_see_each_graph(graph: Graph) -> None:
    found = graph.select("SELECT ?g { GRAPH ?g { ?s <urn:p> ?o } } ORDER BY ?g").column("g")
    assert found == (URIRef("urn:g"), URIRef("urn:h"))


def test_what_is_not_bound_is_none_and_keeps_its_column(graph: Graph) -> None:
    table = graph.select(
        "SELECT ?s ?amount ?label { ?s <urn:label> ?label OPTIONAL { ?s <urn:amount> ?amount } } ORDER BY ?s"
    )
    assert table.columns == ("s", "amount", "label")
    assert table.rows[1] == (URIRef("urn:b"), None, Literal("plain"))
    assert table.records()[1] == {"s": URIRef("urn:b"), "amount": None, "label": Literal("plain")}
    with pytest.raises(KeyError, match="there are s, amount, label"):
        table.column("lable")


def test_terms_keep_their_form(graph: Graph) -> None:
    (amount,) = graph.select("SELECT ?v { <urn:a> <urn:amount> ?v }").rows[0]
    assert isinstance(amount, Literal)
    assert str(amount) == "1.5"
    assert amount.datatype == XSD.decimal
    (label,) = graph.select("SELECT ?v { <urn:a> <urn:label> ?v }").rows[0]
    assert label == Literal('Działanie "I.2"', lang="pl")


def test_other_query_forms(graph: Graph) -> None:
    assert graph.ask("ASK { <urn:a> <urn:p> ?x }")
    assert not graph.ask("ASK { ?x <urn:p> ?y }", {"x": URIRef("urn:b")})
    assert len(graph.construct("CONSTRUCT { ?o <urn:q> ?s } WHERE { ?s <urn:p> ?o }")) == 1
    for wrong in (graph.select, graph.construct):
        with pytest.raises(QueryError, match="another kind"):
            wrong("ASK {}")


def test_a_query_that_does_not_parse_says_where(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"line 2, column 10 \(\?s \?p \}\)"):
        graph.select("SELECT ?s {\n  ?s ?p }")
    with pytest.raises(QueryError, match=r"Declare the prefix.*dcterms"):
        graph.select("SELECT ?s { ?s foo:x ?o }")


def test_a_query_is_stopped_at_its_time_limit(graph: Graph) -> None:
    numbers = " ".join(str(n) for n in range(1500))
    query = f"""SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }}
        VALUES ?c {{ {" ".join(str(n) for n in range(8))} }} FILTER(?a * ?b * ?c = 7777777) }}"""
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"stopped after 0\.2 s"):
        graph.select(query, timeout=0.2)
    assert time.monotonic() - began < 5
    assert len(graph.select("SELECT ?s { ?s <urn:p> ?o }", timeout=60)) == 1


def test_texts_come_back_as_they_were_kept(graph: Graph) -> None:
    assert graph.documents() == ("one/with ż", "two")
    assert {name: graph.text(name) for name in graph.documents()} == TEXTS
    with pytest.raises(UnknownNameError, match="one/with ż"):
        graph.text("one/with z")


def test_what_was_said_of_the_build_comes_back(graph: Graph) -> None:
    assert graph.manifest["nurt"] == "0"
    assert graph.report == REPORT


def test_quads_come_back_sorted(graph: Graph) -> None:
    assert graph.nquads() == NQUADS


def test_rdflib_sees_the_same_graph(graph: Graph) -> None:
    assert (URIRef("urn:a"), URIRef("urn:p"), URIRef("urn:b")) in graph.rdf
    assert {str(g.identifier) for g in graph.rdf.graphs()} >= {"urn:g", "urn:h"}
    found = graph.rdf.query("SELECT ?o { ?s <urn:p> ?o }")
    assert [tuple(row) for row in found] == [(URIRef("urn:b"),)]


def test_malformed_quads_are_refused() -> None:
    with pytest.raises(GraphError, match="no N-Quads"):
        Graph.in_memory(b"<urn:a> <urn:b> oops .\n")
