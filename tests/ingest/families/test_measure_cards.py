"""Measure cards in the ways in which programmes print them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Element, Extraction
from nurt.ingest.document import Document
from nurt.ingest.families import extract, recognise
from nurt.ontology.namespace import ID, NURT

TITLE = "Regionalny Program Operacyjny Województwa Łódzkiego na lata 2014-2020"
AXIS = [
    ["Numer osi priorytetowej", "I"],
    ["Nazwa osi priorytetowej", "Badania, rozwój i komercjalizacja wiedzy"],
    ["Fundusz", "Europejski Fundusz Rozwoju Regionalnego (EFRR)"],
    ["Cel tematyczny", "CT 1"],
]


def read(document: Document, **entry: Any) -> Extraction:
    return extract(document, Entry(id=document.id, path=Path("x.html"), family="measure_cards", **entry))


def element(extraction: Extraction, name: str) -> Element:
    found = [e for e in extraction.elements if e.iri == ID[name]]
    assert len(found) == 1, f"{name}: {len(found)} elements"
    return found[0]


def links(extraction: Extraction, predicate: URIRef) -> set[tuple[str, str]]:
    prefix = len(str(ID))
    return {(c.subject[prefix:], c.object[prefix:]) for c in extraction.claims if c.predicate == predicate}


def names(extraction: Extraction) -> list[str]:
    return [e.iri[len(str(ID)) :] for e in extraction.elements if e.type != NURT.Allocation]


def check_quotes(document: Document, extraction: Extraction) -> None:
    for evidence in [
        *(e.evidence for e in extraction.elements),
        *(place for claim in extraction.claims for place in claim.evidence),
        *(review.evidence for review in extraction.reviews),
    ]:
        assert document.text[evidence.start : evidence.end] == evidence.quote


def digest(builder: Callable[..., Any]) -> Document:
    made = builder().page().heading(TITLE, 1)
    made.table([["CCI", "2014PL16M2OP005"], ["Skrót", "RPO WŁ"], ["Region", "łódzkie"], ["Źródła", "[S1]"]])
    made.page().heading("Oś priorytetowa I Badania, rozwój i komercjalizacja wiedzy")
    made.table([*AXIS, ["Źródła", "[S2]"]])
    made.page().heading("Działanie I.2 Inwestycje przedsiębiorstw", 3).table(
        [
            [("1. Nazwa działania / poddziałania", 2), "Działanie I.2", "Inwestycje przedsiębiorstw"],
            [None, "Poddziałanie I.2.1", "Infrastruktura B+R przedsiębiorstw"],
            [
                "6. Typ beneficjenta",
                "Poddziałanie I.2.1",
                "• przedsiębiorcy\n• duże przedsiębiorstwa (warunkowo)",
            ],
            [
                "10. Kategoria(e) regionu(ów) wraz z przypisaniem kwot UE (EUR)",
                "Działanie I.2",
                "171 619 822 EUR",
            ],
            ["Priorytet inwestycyjny", "Działanie I.2", "PI 1b"],
            [("Źródła", 2), "Działanie I.2", "[S1] [S2]"],
            [None, "Poddziałanie I.2.1", "[S2]"],
        ]
    )
    made.page().heading("Źródła").table(
        [
            ["Źródło", "Tytuł", "Adres"],
            ["[S1]", "A", "https://a.example/x"],
            ["[S2]", "B", "https://b.example/y"],
        ],
        header=True,
    )
    return made.document()


def test_tree_codes_labels_and_evidence(builder: Callable[..., Any]) -> None:
    document = digest(builder)
    found = read(document)
    assert names(found) == ["rpo-lodzkie", "rpo-lodzkie/1", "rpo-lodzkie/1.2", "rpo-lodzkie/1.2.1"]
    programme = element(found, "rpo-lodzkie")
    assert programme.type == NURT.RegionalProgramme
    assert (NURT.cci, Literal("2014PL16M2OP005")) in programme.properties
    sub = element(found, "rpo-lodzkie/1.2.1")
    assert (sub.type, sub.code, sub.parent) == (NURT.SubMeasure, "I.2.1", ID["rpo-lodzkie/1.2"])
    assert sub.labels == (Literal("Infrastruktura B+R przedsiębiorstw", lang="pl"),)
    assert sub.evidence.quote == "Poddziałanie I.2.1\nInfrastruktura B+R przedsiębiorstw"
    assert sub.evidence.page == 3
    assert element(found, "rpo-lodzkie/1").code == "I"
    check_quotes(document, found)


def test_what_the_fields_say(builder: Callable[..., Any]) -> None:
    found = read(digest(builder))
    assert links(found, NURT.addresses) == {
        ("rpo-lodzkie/1", "thematic-objective/1"),
        ("rpo-lodzkie/1.2", "investment-priority/erdf-1b"),
    }
    assert links(found, NURT.fundedBy) == {("rpo-lodzkie/1", "fund/erdf")}
    assert links(found, NURT.coversRegion) == {("rpo-lodzkie", "region/lodzkie")}
    assert links(found, NURT.eligible) == {
        ("rpo-lodzkie/1.2.1", "beneficiary-type/enterprises"),
        ("rpo-lodzkie/1.2.1", "beneficiary-type/large-enterprises"),
    }
    quotes = [c.evidence[0].quote for c in found.claims if c.predicate == NURT.eligible]
    assert quotes == ["przedsiębiorcy", "duże przedsiębiorstwa (warunkowo)"]
    bases = {c.predicate: c.basis for c in found.claims}
    assert bases[NURT.addresses] == "coded"
    assert bases[NURT.eligible] == "stated"
    allocation = next(e for e in found.elements if e.type == NURT.Allocation)
    assert dict(allocation.properties)[NURT.amount].toPython() == 171619822
    assert NURT.asOf not in dict(allocation.properties)
    assert found.reviews == ()


def test_sources_of_each_card(builder: Callable[..., Any]) -> None:
    found = read(digest(builder))
    measure, sub = element(found, "rpo-lodzkie/1.2"), element(found, "rpo-lodzkie/1.2.1")
    both = [URIRef("https://a.example/x"), URIRef("https://b.example/y")]
    assert [v for p, v in measure.properties if p == DCTERMS.source] == both
    assert [v for p, v in sub.properties if p == DCTERMS.source] == both[1:]


def test_an_official_text_dates_its_amounts(builder: Callable[..., Any]) -> None:
    found = read(digest(builder), date=date(2015, 5, 6))
    allocation = next(e for e in found.elements if e.type == NURT.Allocation)
    assert dict(allocation.properties)[NURT.asOf].toPython() == date(2015, 5, 6)
    assert str(allocation.iri).endswith("2015-05-06")


def test_paragraphs_inside_a_field_name_their_sub_measure(builder: Callable[..., Any]) -> None:
    made = builder().heading(TITLE, 1).table(AXIS)
    made.table(
        [
            [
                "1. Nazwa działania/ poddziałania",
                "Działanie II.1 Otoczenie biznesu\nPoddziałanie II.1.1 Tereny inwestycyjne\n"
                "Poddziałanie II.1.2 Usługi",
            ],
            [
                "6. Typ beneficjenta",
                "Poddziałanie II.1.1 Tereny inwestycyjne\n- gminy\nPoddziałanie II.1.2:\n- szkoły wyższe",
            ],
        ]
    )
    document = made.document()
    found = read(document)
    assert element(found, "rpo-lodzkie/2.1").labels == (Literal("Otoczenie biznesu", lang="pl"),)
    assert element(found, "rpo-lodzkie/2.1.2").labels == (Literal("Usługi", lang="pl"),)
    labels = {e.code: [str(v) for p, v in e.properties if p == NURT.beneficiaryLabel] for e in found.elements}
    assert labels["II.1.1"] == ["gminy"]
    assert labels["II.1.2"] == ["szkoły wyższe"]
    assert labels["II.1"] == []
    check_quotes(document, found)


def test_a_card_over_two_pages_with_its_heading_row_repeated(builder: Callable[..., Any]) -> None:
    made = builder().page().heading(TITLE, 1).table(AXIS).page()
    made.table(
        [
            ["Lp. Opis działania", "Wartość"],
            ["1. Nazwa działania", "Działanie I.1 Rozwój infrastruktury"],
            ["6. Typ beneficjenta", "• jednostki naukowe"],
        ]
    )
    made.page().table(
        [
            ["Lp. Opis działania", "Wartość"],
            ["", "• szkoły wyższe"],
            ["Priorytet inwestycyjny", "PI 1a"],
        ]
    )
    found = read(made.document())
    measure = element(found, "rpo-lodzkie/1.1")
    assert [str(v) for p, v in measure.properties if p == NURT.beneficiaryLabel] == [
        "jednostki naukowe",
        "szkoły wyższe",
    ]
    assert ("rpo-lodzkie/1.1", "investment-priority/erdf-1a") in links(found, NURT.addresses)
    assert found.reviews == ()


def test_a_column_for_each_sub_measure(builder: Callable[..., Any]) -> None:
    made = builder().heading(TITLE, 1).table(AXIS)
    made.table(
        [
            ["Nazwa poddziałania", "Poddziałanie 1.2.1 Infrastruktura", "Poddziałanie 1.2.2 Projekty"],
            ["Typ beneficjenta", "przedsiębiorcy", "jednostki naukowe"],
        ]
    )
    found = read(made.document())
    assert element(found, "rpo-lodzkie/1.2.1").labels == (Literal("Infrastruktura", lang="pl"),)
    eligible = {(c.subject, c.evidence[0].quote) for c in found.claims if c.predicate == NURT.eligible}
    assert eligible == {
        (ID["rpo-lodzkie/1.2.1"], "przedsiębiorcy"),
        (ID["rpo-lodzkie/1.2.2"], "jednostki naukowe"),
    }


def test_fields_merged_over_the_whole_width(builder: Callable[..., Any]) -> None:
    made = builder().heading(TITLE, 1).heading("OŚ PRIORYTETOWA 1. BADANIA")
    made.heading("1.1 Rozwój", 3).paragraph("Wstęp.").heading("Działanie 1.1 Rozwój infrastruktury", 3)
    made.table([["Typ beneficjenta"], ["jednostki naukowe"], ["Grupa docelowa"], ["przedsiębiorcy"]])
    found = read(made.document())
    assert links(found, NURT.eligible) == {("rpo-lodzkie/1.1", "beneficiary-type/research-units")}


def test_printed_lines_and_hyphens_in_a_ruled_table(builder: Callable[..., Any]) -> None:
    made = builder(media_type="application/pdf").page().heading(TITLE, 1).table(AXIS)
    made.table(
        [
            ["1. Nazwa działa-\nnia", "Działanie I.2 Inwestycje przedsię-\nbiorstw w badania\ni innowacje"],
            [
                "6. Typ\nbeneficjenta",
                "Poddziałanie I.2.1\n• jednostki samorządu tery-\ntorialnego, ich związki\ni stowarzyszenia\n"
                "• szkoły\nwyższe",
            ],
        ]
    )
    document = made.document()
    found = read(document)
    label = "Inwestycje przedsiębiorstw w badania i innowacje"
    assert element(found, "rpo-lodzkie/1.2").labels == (Literal(label, lang="pl"),)
    kept = [str(v) for p, v in element(found, "rpo-lodzkie/1.2.1").properties if p == NURT.beneficiaryLabel]
    assert kept == ["jednostki samorządu terytorialnego, ich związki i stowarzyszenia", "szkoły wyższe"]
    quotes = [c.evidence[0].quote for c in found.claims if c.predicate == NURT.eligible]
    assert "szkoły\nwyższe" in quotes
    assert "jednostki samorządu tery-\ntorialnego, ich związki\ni stowarzyszenia" in quotes
    check_quotes(document, found)


def test_fields_over_the_whole_width_with_owners_in_the_first_column(builder: Callable[..., Any]) -> None:
    made = builder().heading(TITLE, 1).heading("OPIS OSI PRIORYTETOWEJ I")
    made.table(
        [
            ["OPIS DZIAŁANIA I PODDZIAŁAŃ"],
            ["1. Nazwa działania/poddziałania"],
            ["Działanie I.2", "Inwestycje przedsiębiorstw"],
            ["Poddziałanie I.2.1", "Infrastruktura B+R"],
            ["6. Typ beneficjenta"],
            ["Poddziałanie I.2.1", "przedsiębiorcy"],
            ["Poddziałanie I.2.2", "jednostki naukowe"],
            ["14. Limity i ograniczenia w realizacji projektów"],
            ["Działanie I.2", "nie dotyczy"],
        ]
    )
    found = read(made.document())
    assert element(found, "rpo-lodzkie/1.2").labels == (Literal("Inwestycje przedsiębiorstw", lang="pl"),)
    assert element(found, "rpo-lodzkie/1.2.1").labels == (Literal("Infrastruktura B+R", lang="pl"),)
    assert links(found, NURT.eligible) == {
        ("rpo-lodzkie/1.2.1", "beneficiary-type/enterprises"),
        ("rpo-lodzkie/1.2.2", "beneficiary-type/research-units"),
    }
    assert found.reviews == ()


def test_a_card_of_its_own_for_each_sub_measure(builder: Callable[..., Any]) -> None:
    made = builder().heading(TITLE, 1).heading("Działanie I.2 Inwestycje", 2)
    made.heading("Poddziałanie I.2.1 Infrastruktura", 3).table([["6. Typ beneficjenta", "przedsiębiorcy"]])
    made.table(
        [
            ["1. Nazwa poddziałania", "Poddziałanie I.2.2 Projekty"],
            ["6. Typ beneficjenta", "jednostki naukowe"],
            ["Priorytet inwestycyjny", "PI 1b"],
        ]
    )
    made.table([["1. Nazwa działania", "Działanie I.3 Inne"], ["6. Typ beneficjenta", "szkoły wyższe"]])
    found = read(made.document())
    assert links(found, NURT.eligible) == {
        ("rpo-lodzkie/1.2.1", "beneficiary-type/enterprises"),
        ("rpo-lodzkie/1.2.2", "beneficiary-type/research-units"),
        ("rpo-lodzkie/1.3", "beneficiary-type/universities"),
    }
    assert links(found, NURT.addresses) == {("rpo-lodzkie/1.2.2", "investment-priority/erdf-1b")}


def test_a_row_inside_a_field_names_the_sub_measure(builder: Callable[..., Any]) -> None:
    made = builder().heading(TITLE, 1)
    made.table(
        [
            ["1. Nazwa działania"],
            ["Działanie I.2 Inwestycje"],
            ["6. Typ beneficjenta"],
            ["Poddziałanie I.2.1 Infrastruktura"],
            ["przedsiębiorcy"],
            ["Poddziałanie I.2.2 Projekty"],
            ["jednostki naukowe"],
            ["Priorytet inwestycyjny"],
            ["PI 1b"],
        ]
    )
    found = read(made.document())
    assert element(found, "rpo-lodzkie/1.2").labels == (Literal("Inwestycje", lang="pl"),)
    assert links(found, NURT.eligible) == {
        ("rpo-lodzkie/1.2.1", "beneficiary-type/enterprises"),
        ("rpo-lodzkie/1.2.2", "beneficiary-type/research-units"),
    }
    assert links(found, NURT.addresses) == {("rpo-lodzkie/1.2", "investment-priority/erdf-1b")}


def test_what_is_not_understood_is_reviewed_and_kept(builder: Callable[..., Any]) -> None:
    made = builder().heading(TITLE, 1).table(AXIS)
    made.table(
        [
            ["1. Nazwa działania", "Działanie I.1 Rozwój"],
            ["6. Typ beneficjenta", "zaklinacze deszczu"],
            ["Kolor teczki", "zielony"],
        ]
    )
    found = read(made.document())
    assert [review.evidence.quote for review in found.reviews] == [
        "Kolor teczki\nzielony",
        "zaklinacze deszczu",
    ]
    assert (NURT.beneficiaryLabel, Literal("zaklinacze deszczu", lang="pl")) in element(
        found, "rpo-lodzkie/1.1"
    ).properties


def test_technical_assistance_is_marked_down_to_its_measures(builder: Callable[..., Any]) -> None:
    made = builder().heading(TITLE, 1).heading("Oś priorytetowa XII Pomoc Techniczna")
    made.heading("Działanie XII.1", 3).table(
        [["1. Nazwa działania", "Działanie XII.1", "nieznane / Capacity of the Institution"]]
    )
    made.heading("Oś priorytetowa I Badania").heading("Działanie I.1 Badania", 3)
    found = read(made.document())
    mark = (NURT.technicalAssistance, Literal(True))
    assert mark in element(found, "rpo-lodzkie/12").properties
    assert mark in element(found, "rpo-lodzkie/12.1").properties
    assert mark not in element(found, "rpo-lodzkie/1").properties
    assert element(found, "rpo-lodzkie/12.1").labels == (Literal("Capacity of the Institution", lang="en"),)


def test_the_contents_page_sets_out_nothing(builder: Callable[..., Any]) -> None:
    made = builder().heading(TITLE, 1).paragraph("Działanie I.7 Wymyślone ........................ 17")
    made.heading("Działanie I.1 Badania", 3)
    assert "rpo-lodzkie/1.7" not in names(read(made.document()))


@pytest.mark.parametrize(
    ("head", "slug"),
    [
        ("Wielkopolski Regionalny Program Operacyjny na lata 2014–2020", "rpo-wielkopolskie"),
        ("Regionalny Program Operacyjny Województwa Kujawsko-Pomorskiego", "rpo-kujawsko-pomorskie"),
        ("Szczegółowy Opis Osi Priorytetowych, CCI 2014PL16RFOP001", "po-inteligentny-rozwoj"),
        ("Karty działań RPMA.01.01.00 oraz RPMA.01.02.00", "rpo-mazowieckie"),
    ],
)
def test_the_programme_is_known_by_title_cci_or_codes(
    builder: Callable[..., Any], head: str, slug: str
) -> None:
    made = builder().paragraph(head).heading("Działanie 1.1 Badania", 3)
    assert names(read(made.document())) == [slug, f"{slug}/1", f"{slug}/1.1"]


def test_cards_of_no_known_programme_are_reviewed(builder: Callable[..., Any]) -> None:
    found = read(builder().paragraph("Karty").heading("Działanie 1.1 Badania", 3).document())
    assert found.elements == ()
    assert "no programme named" in found.reviews[0].reason


def test_recognised_by_layout(builder: Callable[..., Any]) -> None:
    made = (
        builder()
        .heading("Szczegółowy Opis Osi Priorytetowych")
        .table(
            [
                ["1. Nazwa działania", "x"],
                ["2. Cel/e szczegółowy/e działania", "y"],
                ["6. Typ beneficjenta", "z"],
            ]
        )
    )
    assert recognise(made.document()) == "measure_cards"
