"""Every term of the ontology is labelled, defined, placed, and known to the closed vocabulary in code."""

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection

from nurt.ontology.levels import LEVELS, level_of
from nurt.ontology.namespace import NURT
from nurt.ontology.vocabularies import ontology_graph

ONTOLOGY = URIRef("https://w3id.org/nurt/ontology")
GRAPH = ontology_graph()
PREFIX = str(NURT._NS)
TERMS = sorted({s for s in GRAPH.subjects() if isinstance(s, URIRef) and s.startswith(PREFIX)})
PROPERTIES = sorted(
    {s for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for s in GRAPH.subjects(RDF.type, kind)}
    & set(TERMS)
)


def name(term: URIRef) -> str:
    return term.removeprefix(PREFIX)


def classes_of(graph: Graph, node: URIRef) -> set[URIRef]:
    """The classes of a domain or range: one, or the members of a union."""
    union = graph.value(node, OWL.unionOf)
    return set(Collection(graph, union)) if union is not None else {node}


def test_the_namespace_class_and_the_file_hold_the_same_terms() -> None:
    in_code = set(NURT.__annotations__) - {"_fail", "_NS"}
    in_file = {name(term) for term in TERMS}
    assert in_code == in_file, (
        f"add to nurt.ttl: {sorted(in_code - in_file)}; to namespace.py: {sorted(in_file - in_code)}"
    )
    assert len(in_file) > 80


def test_a_misspelt_term_fails_at_once() -> None:
    with pytest.raises(AttributeError):
        _ = NURT.contributeTo


@pytest.mark.parametrize("term", TERMS, ids=name)
def test_term_is_labelled_and_defined_in_both_languages(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        texts = [o for o in GRAPH.objects(term, predicate) if isinstance(o, Literal)]
        assert sorted(str(o.language) for o in texts) == ["en", "pl"], (
            f"give {name(term)} one {predicate.fragment} in pl and one in en"
        )
        assert all(str(o).strip() == str(o) and str(o) for o in texts)
    assert GRAPH.value(term, RDFS.isDefinedBy) == ONTOLOGY, f"say that {name(term)} is defined by {ONTOLOGY}"


@pytest.mark.parametrize("term", PROPERTIES, ids=name)
def test_property_has_a_domain_and_a_range_that_exist(term: URIRef) -> None:
    for predicate in (RDFS.domain, RDFS.range):
        found = list(GRAPH.objects(term, predicate))
        assert len(found) == 1, f"give {name(term)} exactly one {predicate.fragment}"
        for cls in classes_of(GRAPH, found[0]):
            if str(cls).startswith(PREFIX):
                assert (cls, RDF.type, OWL.Class) in GRAPH, f"{name(term)} points to {cls}, which is no class"


def test_labels_tell_classes_apart() -> None:
    for language in ("pl", "en"):
        labels = [
            str(label)
            for cls in GRAPH.subjects(RDF.type, OWL.Class)
            for label in GRAPH.objects(cls, RDFS.label)
            if label.language == language
        ]
        assert len(labels) == len(set(labels))


def test_header_has_a_version_and_a_licence() -> None:
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in GRAPH
    version = GRAPH.value(ONTOLOGY, OWL.versionIRI)
    assert str(version) == f"{ONTOLOGY}/{GRAPH.value(ONTOLOGY, OWL.versionInfo)}"
    licence = URIRef("http://purl.org/dc/terms/license")
    assert GRAPH.value(ONTOLOGY, licence) == URIRef("https://spdx.org/licenses/MIT")


def test_links_stand_below_flows_from() -> None:
    below = set(GRAPH.transitive_subjects(RDFS.subPropertyOf, NURT.flowsFrom))
    assert below == {NURT.flowsFrom, NURT.partOf, NURT.contributesTo, NURT.implements, NURT.addresses}
    assert (NURT.flowsFrom, RDF.type, OWL.TransitiveProperty) in GRAPH
    assert (NURT.hasPart, OWL.inverseOf, NURT.partOf) in GRAPH


def test_no_transitive_property_is_restricted() -> None:
    """OWL 2 DL: what is transitive, or has a transitive property below it, must be a simple role nowhere."""
    simple = (
        OWL.FunctionalProperty,
        OWL.InverseFunctionalProperty,
        OWL.IrreflexiveProperty,
        OWL.AsymmetricProperty,
    )
    for transitive in GRAPH.subjects(RDF.type, OWL.TransitiveProperty):
        above = set(GRAPH.transitive_objects(transitive, RDFS.subPropertyOf))
        for composite in above:
            assert not [kind for kind in simple if (composite, RDF.type, kind) in GRAPH], composite


def test_nothing_is_both_class_and_property() -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for term in set(GRAPH.subjects()):
        assert sum((term, RDF.type, kind) in GRAPH for kind in kinds) <= 1, term


def test_what_is_used_is_declared() -> None:
    """OWL 2 DL asks for a declaration of every class and property, also of other vocabularies."""
    builtin = (str(OWL), str(RDF), str(RDFS), "http://www.w3.org/2001/XMLSchema#")
    for predicate in set(GRAPH.predicates()):
        if not str(predicate).startswith(builtin):
            assert (predicate, RDF.type, None) in GRAPH, f"declare {predicate}"
    for node in set(GRAPH.objects(None, RDFS.subClassOf)):
        assert (node, RDF.type, OWL.Class) in GRAPH, f"declare {node}"


def test_elements_exclude_each_other() -> None:
    groups = [
        set(Collection(GRAPH, GRAPH.value(group, OWL.members)))
        for group in GRAPH.subjects(RDF.type, OWL.AllDisjointClasses)
    ]
    for parent in (NURT.Instrument, NURT.Programme, NURT.Element):
        children = set(GRAPH.subjects(RDFS.subClassOf, parent))
        assert children in groups, f"the classes below {name(parent)} are to be disjoint"


@pytest.mark.parametrize("parent", [NURT.Instrument, NURT.Element], ids=name)
def test_every_instrument_and_element_has_a_level(parent: URIRef) -> None:
    for cls in set(GRAPH.transitive_subjects(RDFS.subClassOf, parent)) - {parent}:
        assert level_of(cls) is not None, f"say in levels.py on which level {name(cls)} stands"


def test_levels_are_named_in_both_languages() -> None:
    for level in LEVELS:
        assert level.label_pl
        assert level.label_en
        assert level.classes
    assert len({level.key for level in LEVELS}) == len(LEVELS)
