"""The shapes accept what is right and refuse what is wrong, one fault at a time."""

from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
from rdflib import DCTERMS, PROV, RDF, SH, SKOS, XSD, Graph, Literal, URIRef

from nurt.ontology.namespace import ID, NURT, OA
from nurt.ontology.vocabularies import ontology_graph, shapes_graph, vocabulary_graphs

SHAPES = shapes_graph()
DOCUMENT, VERSION = ID["document/digest"], ID["document/digest/0123456789abcdef"]
AXIS, MEASURE, SUB = ID["rpo-lodzkie/1"], ID["rpo-lodzkie/1.2"], ID["rpo-lodzkie/1.2.1"]
PROGRAMME, OBJECTIVE = ID["rpo-lodzkie"], ID["thematic-objective/1"]
ALLOCATION = ID["rpo-lodzkie/1/allocation/erdf-1"]
CLAIM, EVIDENCE = ID["claim/addresses"], ID["evidence/addresses"]
QUOTE, POSITION = URIRef(f"{EVIDENCE}/quote"), URIRef(f"{EVIDENCE}/position")

ENTRIES = {
    PROGRAMME,
    OBJECTIVE,
    ID["thematic-objective/2"],
    ID["investment-priority/erdf-1b"],
    ID["fund/erdf"],
    ID["fund/esf"],
    ID["beneficiary-type/smes"],
    ID["beneficiary-type/clusters"],
    ID["category-of-region/less-developed"],
    ID["region/lubelskie"],
}
"""The entries of the vocabularies that the graph links to."""

Change = Callable[[Graph], None]


def evidence(graph: Graph, name: str) -> URIRef:
    iri = ID[f"evidence/{name}"]
    quote, position = URIRef(f"{iri}/quote"), URIRef(f"{iri}/position")
    graph.add((iri, RDF.type, NURT.Evidence))
    graph.add((iri, RDF.type, OA.SpecificResource))
    graph.add((iri, OA.hasSource, DOCUMENT))
    graph.add((iri, OA.hasSelector, quote))
    graph.add((iri, OA.hasSelector, position))
    graph.add((iri, NURT.page, Literal(3)))
    graph.add((quote, RDF.type, OA.TextQuoteSelector))
    graph.add((quote, OA.exact, Literal("Działanie I.2")))
    graph.add((position, RDF.type, OA.TextPositionSelector))
    graph.add((position, OA.start, Literal(10)))
    graph.add((position, OA.end, Literal(23)))
    return iri


def claim(graph: Graph, name: str, subject: URIRef, predicate: URIRef, value: URIRef) -> None:
    iri = ID[f"claim/{name}"]
    graph.add((subject, predicate, value))
    graph.add((iri, RDF.type, NURT.Claim))
    graph.add((iri, RDF.type, RDF.Statement))
    graph.add((iri, RDF.subject, subject))
    graph.add((iri, RDF.predicate, predicate))
    graph.add((iri, RDF.object, value))
    graph.add((iri, NURT.basis, NURT.coded))
    graph.add((iri, NURT.confidence, Literal("0.9", datatype=XSD.decimal)))
    graph.add((iri, NURT.rule, Literal("test/rule")))
    graph.add((iri, PROV.wasDerivedFrom, VERSION))
    graph.add((iri, NURT.evidence, evidence(graph, name)))


def element(graph: Graph, iri: URIRef, cls: URIRef, code: str, parent: URIRef) -> None:
    graph.add((iri, RDF.type, cls))
    graph.add((iri, NURT.code, Literal(code)))
    graph.add((iri, NURT.evidence, evidence(graph, code)))
    claim(graph, f"part-{code}", iri, NURT.partOf, parent)


def sound() -> Graph:
    """A small graph with nothing wrong in it: an axis, a measure, a sub-measure, money and their claims."""
    graph = Graph()
    for triple in ontology_graph():
        graph.add(triple)
    for part in vocabulary_graphs().values():
        for triple in part:
            if triple[0] in ENTRIES or str(triple[0]).startswith(f"{ID}vocabulary/"):
                graph.add(triple)
    graph.add((DOCUMENT, RDF.type, NURT.Document))
    graph.add((DOCUMENT, DCTERMS.title, Literal("Karty działań", lang="pl")))
    graph.add((DOCUMENT, DCTERMS.hasVersion, VERSION))
    graph.add((DOCUMENT, NURT.digest, Literal(True)))
    graph.add((VERSION, DCTERMS.isVersionOf, DOCUMENT))
    graph.add((VERSION, NURT.sha256, Literal("0" * 64)))
    element(graph, AXIS, NURT.PriorityAxis, "I", PROGRAMME)
    element(graph, MEASURE, NURT.Measure, "I.2", AXIS)
    element(graph, SUB, NURT.SubMeasure, "I.2.1", MEASURE)
    claim(graph, "addresses", MEASURE, NURT.addresses, OBJECTIVE)
    claim(graph, "eligible", MEASURE, NURT.eligible, ID["beneficiary-type/smes"])
    graph.add((ALLOCATION, RDF.type, NURT.Allocation))
    graph.add((ALLOCATION, NURT.evidence, EVIDENCE))
    graph.add((ALLOCATION, NURT.amount, Literal("171619822", datatype=XSD.decimal)))
    graph.add((ALLOCATION, NURT.currency, Literal("EUR")))
    graph.add((ALLOCATION, NURT.fund, ID["fund/erdf"]))
    graph.add((ALLOCATION, NURT.thematicObjective, OBJECTIVE))
    graph.add((ALLOCATION, NURT.categoryOfRegion, ID["category-of-region/less-developed"]))
    graph.add((ALLOCATION, NURT.asOf, Literal("2019-04-11", datatype=XSD.date)))
    claim(graph, "allocation", AXIS, NURT.hasAllocation, ALLOCATION)
    graph.add((MEASURE, NURT.flowsFrom, OBJECTIVE))  # computed, needs no claim
    return graph


SOUND = sound()


def without(subject: URIRef | None, predicate: URIRef, value: URIRef | None = None) -> Change:
    def change(graph: Graph) -> None:
        graph.remove((subject, predicate, value))

    return change


def having(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> Change:
    def change(graph: Graph) -> None:
        graph.add((subject, predicate, value))

    return change


def instead(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> Change:
    def change(graph: Graph) -> None:
        graph.set((subject, predicate, value))

    return change


def both(*changes: Change) -> Change:
    def change(graph: Graph) -> None:
        for each in changes:
            each(graph)

    return change


def decimal(text: str) -> Literal:
    return Literal(text, datatype=XSD.decimal)


FAULTS: dict[str, tuple[Change, str]] = {
    "a claim without evidence": (without(CLAIM, NURT.evidence), "at least one piece of evidence"),
    "a claim without basis": (without(CLAIM, NURT.basis), "exactly one basis"),
    "a basis of its own": (instead(CLAIM, NURT.basis, ID["basis/guessed"]), "exactly one basis"),
    "two bases": (having(CLAIM, NURT.basis, NURT.inferred), "exactly one basis"),
    "a confidence of 1.5": (instead(CLAIM, NURT.confidence, decimal("1.5")), "from 0 to 1"),
    "a confidence below 0": (instead(CLAIM, NURT.confidence, decimal("-0.1")), "from 0 to 1"),
    "a confidence in words": (instead(CLAIM, NURT.confidence, Literal("high")), "from 0 to 1"),
    "a claim without confidence": (without(CLAIM, NURT.confidence), "exactly one confidence"),
    "a claim without rule": (without(CLAIM, NURT.rule), "the one rule"),
    "a claim without subject": (without(CLAIM, RDF.subject), "exactly one subject"),
    "a claim about two things": (having(CLAIM, RDF.subject, AXIS), "exactly one subject"),
    "a claim without object": (without(CLAIM, RDF.object), "exactly one object"),
    "a claim of an unknown link": (instead(CLAIM, RDF.predicate, SKOS.related), "one of nurt's links"),
    "a claim of no document": (without(CLAIM, PROV.wasDerivedFrom), "version of a document"),
    "a claim that is no statement": (without(CLAIM, RDF.type, RDF.Statement), "rdf:Statement"),
    "a link without claim": (having(SUB, NURT.addresses, OBJECTIVE), "No source, no edge"),
    "a beneficiary without claim": (
        having(SUB, NURT.eligible, ID["beneficiary-type/smes"]),
        "No source, no edge",
    ),
    "a part without claim": (having(SUB, NURT.partOf, AXIS), "No source, no edge"),
    "a supported type without claim": (
        having(AXIS, NURT.supports, ID["beneficiary-type/clusters"]),
        "No source, no edge",
    ),
    "a claim without its link": (without(MEASURE, NURT.addresses), "does not hold that link"),
    "a thing that flows from itself": (having(AXIS, NURT.flowsFrom, AXIS), "linked to itself"),
    "evidence of no document": (without(EVIDENCE, OA.hasSource), "exactly one document"),
    "evidence without quote": (without(EVIDENCE, OA.hasSelector, QUOTE), "exactly one quote"),
    "evidence without position": (without(EVIDENCE, OA.hasSelector, POSITION), "exactly one position"),
    "an empty quote": (instead(QUOTE, OA.exact, Literal("")), "not empty"),
    "a position that ends before it starts": (instead(POSITION, OA.end, Literal(9)), "before its end"),
    "a position of no length": (instead(POSITION, OA.end, Literal(10)), "before its end"),
    "a start below 0": (instead(POSITION, OA.start, Literal(-1)), "from 0"),
    "page 0": (instead(EVIDENCE, NURT.page, Literal(0)), "a whole number from 1"),
    "an amount below 0": (instead(ALLOCATION, NURT.amount, decimal("-1")), "exactly one amount"),
    "no amount": (without(ALLOCATION, NURT.amount), "exactly one amount"),
    "no currency": (without(ALLOCATION, NURT.currency), "exactly one currency"),
    "a currency in words": (instead(ALLOCATION, NURT.currency, Literal("euro")), "exactly one currency"),
    "a planned amount of no fund": (without(ALLOCATION, NURT.fund), "from which fund"),
    "two funds": (having(ALLOCATION, NURT.fund, ID["fund/esf"]), "from one fund"),
    "a fund of its own": (instead(ALLOCATION, NURT.fund, ID["fund/efrr"]), "A fund is one of"),
    "two objectives": (
        having(ALLOCATION, NURT.thematicObjective, ID["thematic-objective/2"]),
        "one thematic objective or none",
    ),
    "a day in words": (instead(ALLOCATION, NURT.asOf, Literal("April 2019")), "an xsd:date"),
    "money of nobody": (
        both(without(AXIS, NURT.hasAllocation), without(ID["claim/allocation"], RDF.type)),
        "belongs to exactly one programme",
    ),
    "an element without name": (without(SUB, NURT.code), "a label or a code"),
    "an element without evidence": (without(SUB, NURT.evidence), "set out by a document"),
    "a code with a space": (having(SUB, NURT.notation, Literal("1. 2")), "normalised code"),
    "two preferred labels": (
        both(
            having(SUB, SKOS.prefLabel, Literal("jeden", lang="pl")),
            having(SUB, SKOS.prefLabel, Literal("drugi", lang="pl")),
        ),
        "at most one preferred label",
    ),
    "a link to something without type": (
        lambda graph: claim(graph, "untyped", SUB, NURT.contributesTo, ID["nothing/known"]),
        "has a type",
    ),
    "a beneficiary that is none": (
        lambda graph: claim(graph, "wrong", SUB, NURT.eligible, OBJECTIVE),
        "beneficiary type of the vocabulary",
    ),
    "technical assistance with a route": (
        having(MEASURE, NURT.technicalAssistance, Literal(True)),
        "addresses no thematic objective",
    ),
    "a document without title": (without(DOCUMENT, DCTERMS.title), "has a title"),
    "a version without hash": (without(VERSION, NURT.sha256), "SHA-256"),
    "a vocabulary entry without label": (
        without(ID["fund/erdf"], SKOS.prefLabel),
        "has a preferred label",
    ),
    "an investment priority of no fund": (
        without(ID["investment-priority/erdf-1b"], NURT.fund),
        "exactly one fund",
    ),
    "a wrong NUTS code": (instead(ID["region/lubelskie"], NURT.nuts, Literal("31")), "NUTS"),
}


def orphan(what: URIRef, parent: URIRef) -> Change:
    """Make a thing part of the programme in place of its parent, claim and all."""

    def change(graph: Graph) -> None:
        graph.remove((what, NURT.partOf, parent))
        graph.remove((None, RDF.subject, what))
        claim(graph, "moved", what, NURT.partOf, PROGRAMME)

    return change


FAULTS["a measure of no axis"] = (orphan(MEASURE, AXIS), "part of a priority axis")
FAULTS["a sub-measure of no measure"] = (orphan(SUB, MEASURE), "part of a measure")


def messages(graph: Graph) -> list[str]:
    """The messages of the violations that pySHACL finds."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=SHAPES, inference="none")
    return [str(text) for text in report.objects(None, SH.resultMessage)]


def copy(graph: Graph) -> Graph:
    result = Graph()
    for triple in graph:
        result.add(triple)
    return result


@pytest.mark.slow
def test_the_vocabularies_conform() -> None:
    graph = copy(SOUND)
    for part in vocabulary_graphs().values():
        for triple in part:
            graph.add(triple)
    assert messages(graph) == []


def test_a_sound_graph_conforms() -> None:
    assert messages(SOUND) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused(fault: str) -> None:
    change, expected = FAULTS[fault]
    graph = copy(SOUND)
    change(graph)
    found = messages(graph)
    assert any(expected in message for message in found), f"{fault} passes; found only {found}"


def test_unclaimed_link_is_named_in_full() -> None:
    graph = copy(SOUND)
    graph.add((SUB, NURT.addresses, OBJECTIVE))
    text = "\n".join(messages(graph))
    for part in (SUB, NURT.addresses, OBJECTIVE):
        assert part.rsplit("#")[-1].rsplit("id/")[-1] in text


def test_every_check_says_what_is_wrong_in_both_languages_and_how_grave_it_is() -> None:
    checks = set(SHAPES.subjects(RDF.type, SH.PropertyShape)) | set(
        SHAPES.subjects(RDF.type, SH.SPARQLConstraint)
    )
    for shape in SHAPES.subjects(RDF.type, SH.NodeShape):
        plain = set(SHAPES.predicates(shape)) & {SH["or"], SH["class"], SH["nodeKind"]}
        if plain:
            checks.add(shape)
    assert len(checks) > 40
    for check in checks:
        languages = sorted(str(text.language) for text in SHAPES.objects(check, SH.message))
        assert languages == ["en", "pl"], f"{check}: give it one sh:message in pl and one in en"
        assert SHAPES.value(check, SH.severity) in (SH.Violation, SH.Warning, SH.Info), (
            f"{check}: set sh:severity"
        )


def test_every_term_in_the_shapes_exists() -> None:
    known = set(ontology_graph().subjects())
    prefix = str(NURT._NS)
    used = {
        node for triple in SHAPES for node in triple if isinstance(node, URIRef) and node.startswith(prefix)
    }
    assert used - known - {URIRef(prefix)} == set()


def test_shapes_are_in_the_package() -> None:
    assert (Path(__file__).parents[2] / "ontology" / "shapes.ttl").is_file()
    assert len(SHAPES) > 500
