"""The ontology and the vocabularies hold no contradiction: OWL 2 RL always, HermiT where there is Java."""

import shutil
from pathlib import Path

import owlrl
import pytest
from rdflib import RDF, Graph, Literal, URIRef

from nurt.ontology.namespace import ID, NURT
from nurt.ontology.vocabularies import ontology_graph, vocabulary_graphs

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
THING = ID["test/thing"]

CONTRADICTIONS = {
    "a strategy that is a programme": (
        (THING, RDF.type, NURT.Strategy),
        (THING, RDF.type, NURT.RegionalProgramme),
    ),
    "a measure that is an axis": ((THING, RDF.type, NURT.Measure), (THING, RDF.type, NURT.PriorityAxis)),
    "a part of itself": ((THING, NURT.partOf, THING),),
    "parts of each other": (
        (THING, NURT.partOf, ID["test/other"]),
        (ID["test/other"], NURT.partOf, THING),
    ),
    "a fund that is an amount": (
        (THING, RDF.type, NURT.Fund),
        (ID["test/other"], NURT.hasAllocation, THING),
    ),
    "two bases at once": (
        (THING, NURT.basis, NURT.stated),
        (THING, NURT.basis, NURT.inferred),
    ),
}


def everything() -> Graph:
    graph = Graph()
    for part in (ontology_graph(), *vocabulary_graphs().values()):
        for triple in part:
            graph.add(triple)
    return graph


def complaints(graph: Graph) -> list[str]:
    """What an OWL 2 RL reasoner finds contradictory."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERROR))


@pytest.mark.slow
def test_owl_rl_finds_no_contradiction() -> None:
    assert complaints(everything()) == []


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_owl_rl_finds_a_contradiction(what: str) -> None:
    graph = ontology_graph()
    for triple in CONTRADICTIONS[what]:
        graph.add(triple)
    assert complaints(graph), f"nothing in the ontology forbids {what}"


def hermit(graph: Graph, folder: Path) -> list[str]:
    """Classes that cannot have members. Raises OwlReadyInconsistentOntologyError for a contradiction."""
    import owlready2

    path = folder / "everything.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    world = owlready2.World()
    with world.get_ontology(path.as_uri()).load():
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    return sorted(cls.iri for cls in world.inconsistent_classes())


needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java, which is not here")


@needs_java
@pytest.mark.slow
def test_hermit_finds_every_class_satisfiable(tmp_path: Path) -> None:
    impossible = hermit(everything(), tmp_path)
    assert [iri for iri in impossible if not iri.endswith("#Nothing")] == []


@needs_java
@pytest.mark.slow
@pytest.mark.parametrize("what", ["a strategy that is a programme", "parts of each other"])
def test_hermit_finds_a_contradiction(what: str, tmp_path: Path) -> None:
    import owlready2

    graph = ontology_graph()
    for triple in CONTRADICTIONS[what]:
        graph.add(triple)
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        hermit(graph, tmp_path)


@needs_java
@pytest.mark.slow
def test_hermit_refuses_a_confidence_above_one(tmp_path: Path) -> None:
    import owlready2

    graph = ontology_graph()
    graph.add((THING, RDF.type, NURT.Claim))
    graph.add(
        (THING, NURT.confidence, Literal("1.5", datatype=URIRef("http://www.w3.org/2001/XMLSchema#decimal")))
    )
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        hermit(graph, tmp_path)
