"""Wording decides only where no code does, only among the axis's own objectives, and only when clear."""

from __future__ import annotations

import pytest
from rdflib import Literal, URIRef

from nurt.ingest.claims import Claim, Element, Extraction
from nurt.ingest.document import Evidence
from nurt.ingest.wording import infer
from nurt.ontology import identifiers as ids
from nurt.ontology.namespace import NURT

PLACE = Evidence("cards", 0, 1, "x", 1)


def measure(code: str, title: str, kind: URIRef = NURT.Measure, parent: str | None = None) -> Element:
    return Element(
        iri=ids.element("rpo-lodzkie", code),
        type=kind,
        evidence=PLACE,
        parent=ids.element("rpo-lodzkie", parent or code.split(".")[0]),
        code=code,
        labels=(Literal(title, lang="pl"),),
    )


def axis(code: str, *objectives: int) -> tuple[Element, list[Claim]]:
    iri = ids.element("rpo-lodzkie", code)
    element = Element(iri=iri, type=NURT.PriorityAxis, evidence=PLACE, parent=ids.instrument("rpo-lodzkie"))
    return element, [addresses(iri, ids.thematic_objective(number)) for number in objectives]


def addresses(subject: URIRef, target: URIRef) -> Claim:
    return Claim(
        subject=subject,
        predicate=NURT.addresses,
        object=target,
        basis="coded",
        confidence=1.0,
        rule="t",
        evidence=(PLACE,),
    )


def inferred(*measures: Element, objectives: tuple[int, ...], extra: tuple[Claim, ...] = ()) -> list[Claim]:
    element, claims = axis(measures[0].code.split(".")[0], *objectives)
    extraction = Extraction(
        document="cards", elements=(element, *measures), claims=(*claims, *extra), family="measure_cards"
    )
    return [claim for found in infer([extraction]) for claim in found.claims]


@pytest.mark.parametrize(
    ("title", "objectives", "expected", "words"),
    [
        ("Drogi", (4, 7), 7, ("Drogi",)),
        ("Transport kolejowy", (4, 7), 7, ("Transport", "kolejowy")),
        ("Odnawialne źródła energii", (4, 6), 4, ("Odnawialne", "energii")),
        ("Gospodarka odpadami", (5, 6), 6, ("odpadami",)),
        (
            "Technologie informacyjno-komunikacyjne",
            (2, 9, 10),
            2,
            ("Technologie", "informacyjno-komunikacyjne"),
        ),
    ],
)
def test_clear_wording_chooses(
    title: str, objectives: tuple[int, ...], expected: int, words: tuple[str, ...]
) -> None:
    (claim,) = inferred(measure("III.2", title), objectives=objectives)
    assert claim.object == ids.thematic_objective(expected)
    assert claim.basis == "inferred"
    assert claim.words == words
    assert 0.4 < claim.confidence <= 0.9


@pytest.mark.parametrize("title", ["Ochrona powietrza", "Działania wspierające"])
def test_unclear_wording_does_not(title: str) -> None:
    assert inferred(measure("IV.3", title), objectives=(4, 6)) == []


def test_an_axis_with_one_objective_needs_no_wording() -> None:
    assert inferred(measure("I.1", "Drogi"), objectives=(1,)) == []


def test_a_code_is_stronger_than_wording() -> None:
    own = addresses(ids.element("rpo-lodzkie", "III.2"), ids.thematic_objective(4))
    assert inferred(measure("III.2", "Drogi"), objectives=(4, 7), extra=(own,)) == []


def test_a_sub_measure_finds_its_axis_through_its_measure() -> None:
    above = measure("III.2", "Drogi")
    below = measure("III.2.1", "Drogi wojewódzkie", NURT.SubMeasure, parent="III.2")
    assert {claim.subject for claim in inferred(above, below, objectives=(4, 7))} == {above.iri, below.iri}


def test_an_objective_that_the_axis_does_not_have_is_never_chosen() -> None:
    assert inferred(measure("III.2", "Drogi"), objectives=(1, 2)) == []
