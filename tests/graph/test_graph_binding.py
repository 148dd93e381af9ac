"""Parameters are terms: none can change what a query asks, and each stands wherever its variable stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Literal, URIRef

from nurt.errors import QueryError
from nurt.graph.binding import bind, variables
from nurt.graph.store import Graph
from nurt.ontology.namespace import NURT

DATA = b"""<urn:a> <urn:p> <urn:b> <urn:g> .
<urn:b> <urn:p> <urn:c> <urn:g> .
<urn:c> <urn:p> <urn:d> <urn:h> .
"""
A, B, C, D = (URIRef(f"urn:{name}") for name in "abcd")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph.in_memory(DATA)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_stays_one_literal(text: str) -> None:
    table = Graph.in_memory(DATA).select("SELECT ?x ?s WHERE { ?s <urn:p> <urn:b> }", {"x": Literal(text)})
    assert table.columns == ("x", "s")
    assert table.rows == ((Literal(text), A),)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?o WHERE { ?x <urn:p> ?o }", [(C,)]),  # not projected
        ("SELECT ?x ?o WHERE { ?x <urn:p> ?o }", [(B, C)]),
        ("SELECT ?x WHERE { ?s <urn:p> ?x }", [(B,)]),
        ("SELECT ?o WHERE { $x <urn:p>+ ?o } ORDER BY ?o", [(C,), (D,)]),
        ("SELECT ?o WHERE { { SELECT ?o { ?x <urn:p> ?o } } }", [(C,)]),
        ("SELECT ?x ?o WHERE { { SELECT ?x ?o { ?x <urn:p> ?o } } }", [(B, C)]),
        ("SELECT ?o WHERE { { ?s <urn:p> ?o FILTER(?s = ?x) } UNION { ?x <urn:q> ?o } }", [(C,)]),
        ("SELECT ?s WHERE { ?s <urn:p> ?o FILTER(!BOUND(?x) || ?o = ?x) }", [(A,)]),
        ("SELECT ?x (COUNT(?o) AS ?n) WHERE { ?x <urn:p> ?o } GROUP BY ?x", [(B, Literal(1))]),
        ("SELECT ?o WHERE { ?s <urn:p> ?o FILTER EXISTS { ?x <urn:p> ?o } } ORDER BY ?x", [(C,)]),
        ('SELECT ("?x" AS ?t) WHERE { ?x <urn:p> ?o # ?x\n }', [(Literal("?x"),)]),
        ("SELECT ?o WHERE { GRAPH <urn:g> { ?x <urn:p> ?o } }", [(C,)]),
    ],
)
def test_a_variable_is_its_term_everywhere(
    graph: Graph, query: str, expected: list[tuple[object, ...]]
) -> None:
    assert list(graph.select(query, {"x": B}).rows) == expected


def test_an_optional_parameter_left_out_does_not_filter(graph: Graph) -> None:
    query = "SELECT ?s WHERE { ?s <urn:p> ?o FILTER(!BOUND(?x) || ?o = ?x) }"
    assert len(graph.select(query)) == 3


@pytest.mark.parametrize(
    ("query", "value", "message"),
    [
        ("SELECT ?x { ?s ?p ?o BIND(1 AS ?x) }", A, "itself gives a value"),
        ("SELECT ?x { VALUES ?x { 1 } }", A, "itself gives a value"),
        ("SELECT ?x { VALUES (?x ?y) { (1 2) } }", A, "itself gives a value"),
        ("SELECT ?measure { ?measure ?p ?o }", A, "no variable ?x"),
        ("SELECT ?x { ?x ?p ?o }", URIRef("urn:a> } DROP ALL #"), "cannot be bound"),
        ("SELECT ?x { ?x ?p ?o }", BNode("nobody"), "blank node"),
    ],
)
def test_what_cannot_be_bound_is_refused(query: str, value: URIRef, message: str) -> None:
    with pytest.raises(QueryError, match=message.replace("?", r"\?")):
        bind(query, {"x": value})


def test_variables_are_not_sought_in_strings_comments_iris_or_names() -> None:
    query = "SELECT ?a { ?a <http://x?b=1> '?c' , '''?d''' ; nurt:partOf? ?e # ?f\n FILTER(?a<?g) }"
    assert variables(query) == ("a", "e", "g")


def test_prefixes_need_no_declaration(graph: Graph) -> None:
    assert graph.select("SELECT (nurt:Measure AS ?c) {}").rows == ((NURT.Measure,),)
