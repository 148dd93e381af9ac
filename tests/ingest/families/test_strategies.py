"""Communications and strategies: trees of objectives, targets, flagships, and what they contribute to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import URIRef

from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Extraction
from nurt.ingest.document import Document
from nurt.ingest.families import extract, recognise
from nurt.ontology.namespace import ID, NURT


def read(document: Document, family: str, **entry: Any) -> Extraction:
    return extract(document, Entry(id=document.id, path=Path("x"), family=family, **entry))


def links(extraction: Extraction, predicate: URIRef) -> set[tuple[str, str]]:
    prefix = len(str(ID))
    return {(c.subject[prefix:], c.object[prefix:]) for c in extraction.claims if c.predicate == predicate}


def communication(builder: Callable[..., Any], *lines: str) -> Document:
    made = builder().paragraph("Brussels, 3.3.2010").paragraph("COM(2010) 2020 final")
    made.paragraph("COMMUNICATION FROM THE COMMISSION").heading("EUROPE 2020: a strategy for smart growth", 1)
    for line in lines:
        made.heading(line[2:], 2 + line.count("#", 0, 2)) if line.startswith("#") else made.paragraph(line)
    document: Document = made.document("en")
    return document


def test_europe_2020_as_the_commission_printed_it(builder: Callable[..., Any]) -> None:
    document = communication(
        builder,
        "Europe 2020 puts forward three mutually reinforcing priorities:",
        "– Smart growth: developing an economy based on knowledge and innovation.",
        "– Sustainable growth: promoting a more resource efficient economy.",
        "– Inclusive growth: fostering a high-employment economy.",
        "– 75 % of the population aged 20-64 should be employed.",
        "– 3% of the EU's GDP should be invested in R&D.",
        '– The "20/20/20" climate/energy targets should be met.',
        "– The share of early school leavers should be under 10% and at least 40% should have a degree.",
        "– 20 million less people should be at risk of poverty.",
        "# Smart growth – an economy based on knowledge and innovation",
        'Flagship Initiative: "Innovation Union"',
        "# Sustainable growth – promoting a competitive economy",
        'Flagship Initiative: "Resource efficient Europe"',
    )
    assert recognise(document) == "communication"
    found = read(document, "communication")
    kinds = [e.type for e in found.elements]
    assert kinds.count(NURT.Priority) == 3
    assert kinds.count(NURT.HeadlineTarget) == 5
    assert {e.iri for e in found.elements if e.type == NURT.FlagshipInitiative} == {
        ID["europe-2020/flagship/innovation-union"],
        ID["europe-2020/flagship/resource-efficient-europe"],
    }
    assert links(found, NURT.contributesTo) == {
        ("europe-2020/flagship/innovation-union", "europe-2020/priority/smart-growth"),
        ("europe-2020/flagship/resource-efficient-europe", "europe-2020/priority/sustainable-growth"),
    }
    for element in found.elements:
        assert document.text[element.evidence.start : element.evidence.end] == element.evidence.quote


@pytest.mark.parametrize("space", [" ", "\n"])
def test_what_contributes_to_which_priority(builder: Callable[..., Any], space: str) -> None:
    document = communication(
        builder,
        "# 3. Headline targets",
        "##3.1. Education",
        "The headline target 'Education' contributes to smart growth. Target for the Union: 40 %.",
        "# 4. Flagship initiatives",
        "##4.1. Innovation Union",
        f"Polish{space}name: Unia innowacji. The flagship initiative 'Innovation Union' "
        f"contributes{space}to smart growth.",
        "It is set out in the communication COM(2010) 546 final. It does not contribute to inclusive growth.",
    )
    found = read(document, "communication")
    assert links(found, NURT.contributesTo) == {
        ("europe-2020/target/education", "europe-2020/priority/smart-growth"),
        ("europe-2020/flagship/innovation-union", "europe-2020/priority/smart-growth"),
    }
    assert links(found, NURT.setsOut) == {("innovation-union", "europe-2020/flagship/innovation-union")}
    flagship = next(e for e in found.elements if e.type == NURT.FlagshipInitiative)
    assert [(str(label), label.language) for label in flagship.labels] == [
        ("Innovation Union", "en"),
        ("Unia innowacji", "pl"),
    ]
    quotes = {c.evidence[0].quote for c in found.claims}
    assert "The headline target 'Education' contributes to smart growth." in quotes


def test_a_flagship_communication_stands_beside_its_flagship(builder: Callable[..., Any]) -> None:
    made = builder().paragraph("COMMUNICATION FROM THE COMMISSION").paragraph("COM(2010) 546 final")
    made.heading("Europe 2020 Flagship Initiative: Innovation Union", 1)
    found = read(made.document("en"), "communication", instrument="innovation-union")
    assert links(found, NURT.contributesTo) == {("innovation-union", "europe-2020/flagship/innovation-union")}
    assert found.elements[0].type == NURT.Strategy


def strategy(builder: Callable[..., Any]) -> Document:
    made = builder().heading("Strategia Rozwoju Kraju 2020", 1).table([["Skrót", "SRK 2020"]])
    made.heading("Cele", 2).heading("Cel główny: wzmocnienie potencjałów", 3)
    made.heading("Obszar strategiczny II. Konkurencyjna gospodarka", 3)
    made.heading("Cel II.2. Wzrost wydajności gospodarki", 4).paragraph("Uwaga: z projektu. Źródła: [S1]")
    made.heading("Priorytetowy kierunek interwencji II.2.3. Zwiększenie konkurencyjności", 4)
    made.paragraph("Cel II.2 jest realizowany przez wiele działań, a Kierunek II.2.3 je uzupełnia.")
    made.table(
        [
            ["Kod", "Rodzaj", "Nazwa", "Element nadrzędny", "Źródła"],
            ["II", "Obszar strategiczny", "Konkurencyjna gospodarka", "", "[S1]"],
            ["II.4", "Cel", "Rozwój kapitału ludzkiego", "Obszar strategiczny II", "[S1]"],
        ]
    )
    made.table(
        [
            ["Kod", "Obszar", "Priorytet strategii Europa 2020"],
            ["II", "Konkurencyjna gospodarka", "Rozwój inteligentny"],
        ]
    )
    made.table(
        [
            ["Cel krajowy", "Wartość", "Cel główny strategii Europa 2020", "Uwagi"],
            ["nakłady na B+R", "1,7% PKB", "Research and development", ""],
        ]
    )
    made.table([["Źródło", "Tytuł", "Adres"], ["[S1]", "A", "https://a.example/"]], header=True)
    document: Document = made.document()
    return document


def test_the_tree_of_objectives(builder: Callable[..., Any]) -> None:
    document = strategy(builder)
    assert recognise(document) == "strategy"
    found = read(document, "strategy", instrument="srk-2020")
    tree = {e.iri[len(str(ID)) :]: e.parent and e.parent[len(str(ID)) :] for e in found.elements}
    assert tree == {
        "srk-2020": None,
        "srk-2020/objective/main": "srk-2020",
        "srk-2020/objective/2": "srk-2020",
        "srk-2020/objective/2.2": "srk-2020/objective/2",
        "srk-2020/objective/2.2.3": "srk-2020/objective/2.2",
        "srk-2020/objective/2.4": "srk-2020/objective/2",
        "srk-2020/target/naklady-na-b-r": "srk-2020",
    }
    assert links(found, NURT.contributesTo) == {
        ("srk-2020/objective/2", "europe-2020/priority/smart-growth"),
        ("srk-2020/target/naklady-na-b-r", "europe-2020/target/research-and-development"),
    }
    areas = [e for e in found.elements if e.iri == ID["srk-2020/objective/2"]]
    assert [(e.code, str(e.labels[0])) for e in areas] == [("II", "Konkurencyjna gospodarka")]
    assert found.reviews == ()


def test_two_kinds_with_one_code_are_two_objectives(builder: Callable[..., Any]) -> None:
    made = builder().heading("Strategia", 1).heading("Obszar 1. Wiedza", 2).heading("Cel 1. Praca", 2)
    found = read(made.document(), "strategy", instrument="x")
    assert [e.iri for e in found.elements[1:]] == [ID["x/objective/1"], ID["x/objective/objective-1"]]


def test_an_english_strategy(builder: Callable[..., Any]) -> None:
    made = builder().heading("National Strategy of Regional Development", 1)
    made.heading("Specific objective 1. Support for competitiveness", 2)
    made.heading("Direction of action 1.1. Strengthening cities", 3)
    found = read(made.document("en"), "strategy", instrument="ksrr")
    assert {e.iri: e.parent for e in found.elements}[ID["ksrr/objective/1.1"]] == ID["ksrr/objective/1"]


@pytest.mark.parametrize("line", ["Cel 1. Praca ............... 12", "Cel 1 jest ważny"])
def test_contents_and_prose_set_no_objective(builder: Callable[..., Any], line: str) -> None:
    found = read(builder().heading("Strategia", 1).paragraph(line).document(), "strategy", instrument="x")
    assert [e.type for e in found.elements] == [NURT.Strategy]


def test_smart_specialisations(builder: Callable[..., Any]) -> None:
    made = builder().heading("Krajowe Inteligentne Specjalizacje", 1)
    made.table([["Kod", "Inteligentna specjalizacja", "Źródła"], ["KIS 1", "Zdrowe społeczeństwo", ""]])
    found = read(made.document(), "strategy", instrument="kis")
    assert found.elements[1].iri == ID["smart-specialisation/kis-1"]
    assert found.elements[1].parent == ID["kis"]
