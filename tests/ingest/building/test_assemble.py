"""Elements and claims become quads whose shape the rest of nurt relies on."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, XSD

from nurt.ingest.assemble import Source, assemble, claim_iri, evidence_iri
from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Claim, Element, Extraction
from nurt.ingest.document import Evidence
from nurt.ontology import identifiers as ids
from nurt.ontology.namespace import NURT, OA

PROGRAMME = ids.instrument("rpo-lodzkie")
AXIS = ids.element("rpo-lodzkie", "I")
MEASURE = ids.element("rpo-lodzkie", "I.2")
OBJECTIVE = ids.thematic_objective(1)
TITLE = 'Oś "I"\nBadania \\ rozwój'


def evidence(start: int, quote: str, page: int | None = 3, document: str = "cards") -> Evidence:
    return Evidence(document, start, start + len(quote), quote, page)


def claim(**changes: object) -> Claim:
    values = {
        "subject": AXIS,
        "predicate": NURT.addresses,
        "object": OBJECTIVE,
        "basis": "coded",
        "confidence": 1.0,
        "rule": "finance-plan/objective-of-axis",
        "evidence": (evidence(0, "I | 01", None, "plan"),),
    }
    return Claim(**{**values, **changes})  # type: ignore[arg-type]


def source(name: str, sha: str = "a" * 64) -> Source:
    entry = Entry(
        id=name, path=Path(name), title_pl=f"Dokument {name}", digest=True, sources=("https://e.pl/1",)
    )
    return Source(
        entry=entry, sha256=sha, family="measure_cards", language="pl", title="", media_type="text/html"
    )


def extractions() -> list[Extraction]:
    cards = (
        Element(
            iri=AXIS,
            type=NURT.PriorityAxis,
            evidence=evidence(0, TITLE),
            parent=PROGRAMME,
            code="I",
            labels=(Literal(TITLE, lang="pl"),),
        ),
        Element(
            iri=MEASURE,
            type=NURT.Measure,
            evidence=evidence(40, "Działanie I.2 Inwestycje"),
            parent=AXIS,
            code="I.2",
            labels=(Literal("Inwestycje", lang="pl"),),
            properties=((DCTERMS.source, URIRef("https://e.pl/2")),),
        ),
    )
    plan = (
        Element(
            iri=AXIS,
            type=NURT.PriorityAxis,
            evidence=evidence(0, "I", None, "plan"),
            labels=(Literal("Inna", lang="pl"),),
        ),
    )
    return [
        Extraction(document="cards", family="measure_cards", elements=cards),
        Extraction(document="plan", family="finance_plan", elements=plan, claims=(claim(),)),
    ]


@pytest.fixture
def graph() -> Dataset:
    dataset = Dataset(default_union=True)
    nquads = assemble([source("cards"), source("plan", "b" * 64)], extractions(), ())
    return dataset.parse(data=nquads.decode(), format="nquads")


def test_structure_is_a_claim_of_its_own(graph: Dataset) -> None:
    assert (MEASURE, NURT.partOf, AXIS) in graph
    claims = [c for c in graph.subjects(RDF.subject, MEASURE) if (c, RDF.predicate, NURT.partOf) in graph]
    assert len(claims) == 1
    assert (claims[0], NURT.basis, NURT.coded) in graph
    assert (claims[0], NURT.rule, Literal("measure-cards/structure")) in graph


def test_evidence_is_a_web_annotation_target(graph: Dataset) -> None:
    place = evidence_iri(evidence(0, TITLE))
    assert (place, OA.hasSource, ids.document("cards")) in graph
    assert (place, NURT.page, Literal(3)) in graph
    selectors = set(graph.objects(place, OA.hasSelector))
    assert {str(o) for s in selectors for o in graph.objects(s, OA.exact)} == {TITLE}
    assert {int(o) for s in selectors for o in graph.objects(s, OA.end)} == {len(TITLE)}


def test_one_preferred_label_a_language_and_the_others_alternative(graph: Dataset) -> None:
    assert set(graph.objects(AXIS, SKOS.prefLabel)) == {Literal(TITLE, lang="pl")}
    assert set(graph.objects(AXIS, SKOS.altLabel)) == {Literal("Inna", lang="pl")}


def test_codes_are_kept_as_printed_beside_the_normalised_form(graph: Dataset) -> None:
    assert graph.value(MEASURE, NURT.code) == Literal("I.2")
    assert graph.value(MEASURE, NURT.notation) == Literal("1.2")


def test_one_printed_code_a_thing_that_of_the_document_which_names_it() -> None:
    plan = Extraction(
        document="plan",
        elements=(
            Element(iri=AXIS, type=NURT.PriorityAxis, evidence=evidence(0, "01", None, "plan"), code="01"),
        ),
    )
    nquads = assemble([source("plan"), source("cards")], [plan, *extractions()], [])
    found = Dataset()
    found.parse(data=nquads, format="nquads")
    codes = {
        (str(p), str(o)) for _, p, o, _ in found.quads((AXIS, None, None, None)) if isinstance(o, Literal)
    }
    assert (str(NURT.code), "I") in codes
    assert (str(SKOS.hiddenLabel), "01") in codes
    assert (str(NURT.code), "01") not in codes


def test_each_document_version_has_its_named_graph(graph: Dataset) -> None:
    place = ids.document_version("plan", "b" * 64)
    assert (claim_iri(claim()), RDF.type, NURT.Claim) in graph.graph(place)
    assert (MEASURE, RDF.type, NURT.Measure) not in graph.graph(place)
    assert (ids.document("cards"), NURT.setsOut, MEASURE) in graph
    assert (ids.document("cards"), DCTERMS.source, URIRef("https://e.pl/1")) in graph


def test_the_closure_reaches_over_every_kind_of_upward_link(graph: Dataset) -> None:
    assert set(graph.objects(MEASURE, NURT.flowsFrom)) == {AXIS, PROGRAMME, OBJECTIVE}


def test_confidence_is_a_decimal_without_exponent() -> None:
    sources = [source("cards"), source("plan")]
    small = [
        *extractions(),
        Extraction(document="plan", claims=(claim(confidence=0.00004, basis="inferred"),)),
    ]
    dataset = Dataset(default_union=True).parse(data=assemble(sources, small, ()).decode(), format="nquads")
    values = set(dataset.objects(None, NURT.confidence))
    assert Literal("0", datatype=XSD.decimal) in values or Literal("0.0", datatype=XSD.decimal) in values
    assert not [value for value in values if "E" in value]


def test_same_input_gives_same_bytes_whatever_the_order() -> None:
    sources = [source("cards"), source("plan", "b" * 64)]
    forwards = assemble(sources, extractions(), ())
    assert forwards == assemble(sources, extractions(), ())
    assert forwards.splitlines() == sorted(set(forwards.splitlines()))


def test_a_claim_without_evidence_or_with_impossible_confidence_is_refused() -> None:
    with pytest.raises(ValueError, match="without evidence"):
        claim(evidence=())
    with pytest.raises(ValueError, match="confidence"):
        claim(confidence=1.01)
