"""Nothing that the shapes refuse passes: what validation finds is what pySHACL alone finds, only sooner."""

from __future__ import annotations

import random
from collections.abc import Callable

import pyshacl
import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD

from nurt.graph.engine import EmbeddedEngine
from nurt.graph.shacl import Result, check
from nurt.graph.store import Graph as NurtGraph
from nurt.graph.validate import validate

X = "https://w3id.org/nurt/id/"
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix : <https://w3id.org/nurt/id/> .
:shapes sh:declare [ sh:prefix "x" ; sh:namespace "https://w3id.org/nurt/id/"^^xsd:anyURI ] .
:Item a sh:NodeShape ; sh:targetClass :Item ; sh:nodeKind sh:IRI ;
  sh:property [ sh:path :code ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ;
      sh:pattern "^[0-9]+([.][0-9]+)*$" ; sh:message "bad code"@en , "zły kod"@pl ] ,
    [ sh:path :label ; sh:uniqueLang true ; sh:languageIn ( "pl" "en" ) ; sh:minLength 2 ] ,
    [ sh:path :confidence ; sh:datatype xsd:decimal ; sh:minInclusive 0.0 ; sh:maxInclusive 1.0 ] ,
    [ sh:path :basis ; sh:in ( :stated :coded ) ] ,
    [ sh:path :partOf ; sh:class :Thing ; sh:maxCount 1 ; sh:severity sh:Warning ] ,
    [ sh:path [ sh:inversePath :partOf ] ; sh:maxCount 2 ] ,
    [ sh:path :selector ; sh:qualifiedValueShape [ sh:class :Quote ] ; sh:qualifiedMinCount 1 ;
      sh:qualifiedMaxCount 1 ] ,
    [ sh:path ( :partOf :code ) ; sh:minCount 1 ] ,
    [ sh:path :start ; sh:lessThan :end ; sh:datatype xsd:integer ] ;
  sh:or ( [ sh:property [ sh:path :evidence ; sh:minCount 1 ] ]
          [ sh:property [ sh:path :source ; sh:minCount 1 ] ] ) ;
  sh:not [ sh:property [ sh:path :basis ; sh:hasValue :forbidden ] ] .
:Linked a sh:NodeShape ; sh:targetSubjectsOf :partOf ;
  sh:sparql [ sh:message "{?value} has no claim"@en ; sh:prefixes :shapes ; sh:select \"\"\"
      SELECT $this ?path ?value WHERE { $this x:partOf ?value . BIND (x:partOf AS ?path)
        FILTER NOT EXISTS { ?claim rdf:subject $this ; rdf:object ?value } }\"\"\" ] .
:Whole a sh:NodeShape ; sh:targetNode :Item ;
  sh:sparql [ sh:message "{?value} is part of itself"@en ; sh:prefixes :shapes ; sh:select \"\"\"
      SELECT $this ?value WHERE { { ?value x:partOf ?value } UNION { ?value x:under ?value } }\"\"\" ] .
""".replace("rdf:subject $this ; rdf:object", "x:child $this ; x:parent")
ITEMS = 8


def x(name: str) -> URIRef:
    return URIRef(X + name)


def sound() -> Graph:
    """A graph that conforms."""
    graph = Graph()
    graph.add((x("Item"), URIRef("http://www.w3.org/2000/01/rdf-schema#subClassOf"), x("Thing")))
    graph.add((x("root"), RDF.type, x("Thing")))
    graph.add((x("root"), x("code"), Literal("0")))
    for number in range(ITEMS):
        item, quote, claim = x(f"item{number}"), x(f"quote{number}"), x(f"claim{number}")
        parent = x("root") if number < 2 else x(f"item{number // 2}")
        for predicate, value in (
            (RDF.type, x("Item")),
            (x("code"), Literal(f"1.{number}")),
            (x("label"), Literal(f"Rzecz {number}", lang="pl")),
            (x("label"), Literal(f"Thing {number}", lang="en")),
            (x("confidence"), Literal("0.9", datatype=XSD.decimal)),
            (x("basis"), x("stated")),
            (x("partOf"), parent),
            (x("selector"), quote),
            (x("selector"), x("position")),
            (x("start"), Literal(3)),
            (x("end"), Literal(5)),
            (x("evidence"), x("evidence")),
        ):
            graph.add((item, predicate, value))
        graph.add((quote, RDF.type, x("Quote")))
        graph.add((claim, x("child"), item))
        graph.add((claim, x("parent"), parent))
    return graph


VALUES = [
    Literal("zz"),
    Literal("1.2"),
    Literal("z", lang="pl"),
    Literal("Ding", lang="de"),
    Literal("7", datatype=XSD.decimal),
    Literal("0.5", datatype=XSD.double),
    Literal("many", datatype=XSD.integer, normalize=False),
    Literal(4),
    Literal(9),
    x("item3"),
    x("quote1"),
    x("stated"),
    x("forbidden"),
    x("nothing"),
    BNode("b"),
]


def disturb(graph: Graph, chance: random.Random) -> None:
    """Remove, add or replace a triple of one item."""
    triples = sorted(graph, key=str)
    item = x(f"item{chance.randrange(ITEMS)}")
    predicates = sorted({p for _, p, _ in triples if p != RDF.type}, key=str)
    for _ in range(chance.randint(1, 3)):
        if chance.random() < 0.5:
            graph.remove(chance.choice(triples))
        if chance.random() < 0.7:
            graph.add((item, chance.choice(predicates), chance.choice(VALUES)))


def quads(graph: Graph) -> bytes:
    lines = graph.serialize(format="nt").splitlines()
    return "".join(f"{line[:-1]}<urn:g> .\n" for line in sorted(lines) if line).encode()


Key = tuple[object, ...]


def key(focus: object, path: object, value: object, severity: object) -> Key:
    """A result without what blank nodes are called."""
    return tuple("_" if isinstance(part, BNode) else part for part in (focus, path, value, severity))


def of_pyshacl(data: Graph, shapes: Graph) -> set[Key]:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    return {
        key(*(report.value(r, p) for p in (SH.focusNode, SH.resultPath, SH.value, SH.resultSeverity)))
        for r in report.objects(None, SH.result)
    }


def of_nurt(results: list[Result]) -> set[Key]:
    return {key(result.focus, result.path, result.value, result.severity) for result in results}


def places(keys: set[Key]) -> set[tuple[object, object]]:
    return {(found[0], found[3]) for found in keys}


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(data=SHAPES, format="turtle")


def test_a_sound_graph_conforms_without_pyshacl_but_for_the_unknown(shapes: Graph) -> None:
    results, checked = check(EmbeddedEngine.of_nquads(quads(sound())), shapes)
    assert results == []
    assert checked["nodes"] == ITEMS + 1
    known = Graph()
    for triple in shapes:
        if triple[1] not in (SH.languageIn,):
            known.add(triple)
    for shape in list(known.subjects(SH.path)):
        if (known.value(shape, SH.path), RDF.first, x("partOf")) in known:
            known.remove((None, SH.property, shape))
    assert check(EmbeddedEngine.of_nquads(quads(sound())), known)[1]["examined"] == 0


@pytest.mark.parametrize("seed", range(60))
def test_validation_finds_what_pyshacl_finds(shapes: Graph, seed: int) -> None:
    data = sound()
    disturb(data, random.Random(seed))
    found = of_nurt(check(EmbeddedEngine.of_nquads(quads(data)), shapes)[0])
    # Both must read the same bytes, or numbers would be compared as printed.
    same = Graph().parse(data=EmbeddedEngine.of_nquads(quads(data)).nquads().replace(b" <urn:g> .", b" ."))
    expected = of_pyshacl(same, shapes)
    assert places(found) == places(expected)
    assert {one for one in found if one[1] is not None} == {one for one in expected if one[1] is not None}


def _without(predicate: str) -> Callable[[Graph], None]:
    return lambda graph: graph.remove((x("item3"), x(predicate), None)) and None


@pytest.mark.parametrize(
    ("harm", "rule", "severity"),
    [
        (_without("code"), "Item", "violation"),
        (_without("evidence"), "Item", "violation"),
        (
            lambda g: g.add((x("item3"), x("confidence"), Literal("1.5", datatype=XSD.decimal))),
            "Item",
            "violation",
        ),
        (lambda g: g.add((x("item3"), x("partOf"), x("nothing"))), "Linked", "violation"),
        (lambda g: g.add((x("item3"), x("under"), x("item3"))), "Whole", "violation"),
        (lambda g: g.remove((None, x("child"), x("item3"))), "Linked", "violation"),
    ],
)
def test_each_harm_is_refused(
    shapes: Graph, harm: Callable[[Graph], object], rule: str, severity: str
) -> None:
    data = sound()
    harm(data)
    report = validate(NurtGraph.in_memory(quads(data)), shapes=shapes, ontology=())
    assert not report.conforms
    found = [finding for finding in report.findings if finding.rule == rule]
    assert [finding.severity for finding in found][:1] == [severity]
    assert any("item3" in (finding.focus, finding.value) for finding in found)


def test_messages_come_in_both_languages_and_warnings_do_not_refuse(shapes: Graph) -> None:
    data = sound()
    data.remove((x("item3"), x("code"), None))
    data.add((x("item3"), x("code"), Literal("I")))
    report = validate(NurtGraph.in_memory(quads(data)), shapes=shapes, ontology=())
    assert "violations (1) [Item]: bad code\n  - item3  code  I\n" in report.text()
    assert "zły kod" in report.text("pl")
    assert report.to_dict()["conforms"] is False
    warned = sound()
    warned.remove((x("root"), RDF.type, None))
    report = validate(NurtGraph.in_memory(quads(warned)), shapes=shapes, ontology=())
    assert {finding.severity for finding in report.findings} == {"warning"}
    assert report.conforms
