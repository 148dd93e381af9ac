"""Operational programmes, transposition tables, project lists, Union programmes, lists of codes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import Literal, URIRef

from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Extraction, Tally
from nurt.ingest.document import Document
from nurt.ingest.families import extract, recognise
from nurt.ontology.namespace import ID, NURT

SHARED = Path(__file__).parents[3].parent / "shared"
TITLE = "Regionalny Program Operacyjny Województwa Łódzkiego na lata 2014-2020"


def read(document: Document, family: str = "", **entry: Any) -> Extraction:
    found = extract(document, Entry(id=document.id, path=Path("x"), family=family, **entry))
    for evidence in [
        *(e.evidence for e in found.elements),
        *(place for claim in found.claims for place in claim.evidence),
        *(review.evidence for review in found.reviews),
    ]:
        assert document.text[evidence.start : evidence.end] == evidence.quote
    return found


def links(extraction: Extraction, predicate: URIRef) -> set[tuple[str, str]]:
    prefix = len(str(ID))
    return {(c.subject[prefix:], c.object[prefix:]) for c in extraction.claims if c.predicate == predicate}


def test_the_model_of_operational_programmes(builder: Callable[..., Any]) -> None:
    made = builder().heading(TITLE, 1).paragraph("CCI: 2014PL16M2OP005")
    made.heading("2.A.1 Oś priorytetowa").table(
        [
            ["Identyfikator osi priorytetowej", '<2A.1 type="N" maxlength="5" input="G"> I'],
            ["Tytuł osi priorytetowej", "Badania, rozwój i komercjalizacja wiedzy"],
        ]
    )
    made.heading("2.A.3 Fundusz").table([["Fundusz", "EFRR"], ["Kategoria regionu", "Słabiej rozwinięte"]])
    made.heading("2.A.4 Priorytet inwestycyjny").paragraph("Identyfikator priorytetu inwestycyjnego: 1b")
    made.heading("2.A.5 Cele szczegółowe").table(
        [
            ["Identyfikator celu szczegółowego", "2"],
            ["Tytuł celu szczegółowego", "Zwiększona aktywność przedsiębiorstw"],
        ]
    )
    made.heading("2.A.6.1 Przedsięwzięcia").paragraph("Typy beneficjentów: przedsiębiorcy; jednostki naukowe")
    made.heading("2.B.1 Oś priorytetowa").table(
        [["Identyfikator osi priorytetowej", "XII"], ["Tytuł osi priorytetowej", "Pomoc techniczna"]]
    )
    document = made.document()
    assert recognise(document) == "programme"
    found = read(document)
    elements = {e.iri: e for e in found.elements}
    axis = elements[ID["rpo-lodzkie/1"]]
    assert (axis.code, str(axis.labels[0])) == ("I", "Badania, rozwój i komercjalizacja wiedzy")
    aim = elements[ID["rpo-lodzkie/objective/2"]]
    assert (aim.type, aim.parent) == (NURT.SpecificObjective, axis.iri)
    assert (NURT.technicalAssistance, Literal(True)) in elements[ID["rpo-lodzkie/12"]].properties
    assert axis.properties == ()
    assert links(found, NURT.addresses) == {
        ("rpo-lodzkie/1", "investment-priority/erdf-1b"),
        ("rpo-lodzkie/objective/2", "investment-priority/erdf-1b"),
    }
    assert links(found, NURT.fundedBy) == {("rpo-lodzkie/1", "fund/erdf")}
    assert links(found, NURT.eligible) == {
        ("rpo-lodzkie/1", "beneficiary-type/enterprises"),
        ("rpo-lodzkie/1", "beneficiary-type/research-units"),
    }


def test_transposition_with_merged_cells(builder: Callable[..., Any]) -> None:
    measure = ("Działanie I.2 Inwestycje", 2)
    document = builder().heading(TITLE, 1).table(
        [
            ["Oś priorytetowa", "Priorytet inwestycyjny", "Działanie", "Poddziałanie"],
            [("Oś priorytetowa I Badania", 2), ("PI 1b", 2), measure, "Poddziałanie I.2.1"],
            [None, None, None, "I.2.2 Projekty"],
            ["Oś priorytetowa XI", "10.4", "Działanie XI.3", ""],
            ["Oś priorytetowa II", "coś innego", "Działanie II.1", ""],
        ]
    ).document()  # fmt: skip
    assert recognise(document) == "transposition"
    found = read(document)
    assert links(found, NURT.addresses) == {
        ("rpo-lodzkie/1.2.1", "investment-priority/erdf-1b"),
        ("rpo-lodzkie/1.2.2", "investment-priority/erdf-1b"),
        ("rpo-lodzkie/11.3", "investment-priority/erdf-10a"),
    }
    assert {e.iri: e.parent for e in found.elements}[ID["rpo-lodzkie/1.2.2"]] == ID["rpo-lodzkie/1.2"]
    assert ["coś innego" in review.reason for review in found.reviews] == [True]


LIST = [
    ["Numer umowy/decyzji", "Tytuł projektu", "Program Operacyjny <Nazwa>", "Oś priorytetowa <Kod>",
     "Działanie <Kod>", "Poddziałanie <Kod>", "Województwo", "Wartość ogółem", "Dofinansowanie UE",
     "Nazwa beneficjenta", "Województwo"],
    ["POIG.03.01.00-00-014/08-06", "Kapitał", "Program Operacyjny Innowacyjna Gospodarka", "POIG.03.00.00",
     "POIG.03.01.00", "", "Małopolskie", "2,069,801.18", "1,759,331.01", "Agencja", "Śląskie"],
    ["POIG.03.01.00-00-014/08-06", "Kapitał", "Program Operacyjny Innowacyjna Gospodarka", "POIG.03.00.00",
     "POIG.03.01.00", "", "Podkarpackie", "2,069,801.18", "1,759,331.01", "Agencja", "Śląskie"],
]  # fmt: skip


def test_a_contract_in_two_places_is_one_project_and_counts_once(builder: Callable[..., Any]) -> None:
    document = builder().paragraph("Lista projektów").table(LIST).document()
    assert recognise(document) == "project_list"
    found = read(document)
    projects = [e for e in found.elements if e.type == NURT.Project]
    assert [e.iri for e in projects] == [ID["project/poig-03-01-00-00-014-08"]]
    owner = "program-operacyjny-innowacyjna-gospodarka-2007-2013"
    assert projects[0].parent == ID[f"{owner}/3.1"]
    assert links(found, NURT.coversRegion) == {
        ("project/poig-03-01-00-00-014-08", "region/malopolskie"),
        ("project/poig-03-01-00-00-014-08", "region/podkarpackie"),
    }
    amounts = [dict(e.properties) for e in found.elements if e.type == NURT.Allocation]
    assert [(str(a[NURT.amount]), str(a[NURT.totalAmount]), str(a[NURT.currency])) for a in amounts] == [
        ("1759331.01", "2069801.18", "PLN")
    ]
    assert found.rows == Tally(taken=1, merged=1)


def test_the_latest_annex_counts_and_every_row_is_accounted_for(builder: Callable[..., Any]) -> None:
    rows = [
        ["Nr umowy", "Tytuł", "Wnioskodawca", "Dofinansowanie z EFRR (EUR)", "Data zawarcia umowy", "Oś"],
        ["RPLD.02.03.01-10-0001/17-01", "Nowszy", "Gmina", "200,00", "2018-02-03", "II Gospodarka"],
        ["RPLD.02.03.01-10-0001/17-00", "Dawny", "Gmina", "100,00", "2017-12-01", "II"],
        ["RPLD.03.01.00-10-0002/17-00", "Inny", "Powiat", "-5", "", "III"],
        ["", "", "Gmina", "", "", ""],
        ["Razem", "", "", "300,00", "", ""],
    ]
    found = read(builder().table(rows).document())
    assert found.rows == Tally(
        taken=2, merged=1, set_aside=(("a row without a title or a contract", 1), ("a sum of other rows", 1))
    )
    elements = {e.iri: e for e in found.elements}
    newer = elements[ID["project/rpld-02-03-01-10-0001-17"]]
    assert (str(newer.labels[0]), newer.parent) == ("Nowszy", ID["rpo-lodzkie/2.3.1"])
    assert str(elements[ID["rpo-lodzkie/2"]].labels[0]) == "Gospodarka"
    (amount,) = [dict(e.properties) for e in found.elements if e.type == NURT.Allocation]
    assert [str(amount[name]) for name in (NURT.amount, NURT.currency, NURT.asOf)] == [
        "200.00", "EUR", "2018-02-03",
    ]  # fmt: skip
    assert "an amount that is no number of 0 or more: '-5'" in {review.reason for review in found.reviews}


def test_columns_that_contradict_each_other_count_as_far_as_they_agree(builder: Callable[..., Any]) -> None:
    rows = [
        ["Numer umowy", "Tytuł", "Beneficjent", "Dofinansowanie", "Oś", "Działanie"],
        ["UDA-1", "Sprzeczny", "Gmina", "100", "RPLD.02.00.00", "RPLD.03.01.00"],
        ["UDA-2", "Z działania", "Gmina", "100", "Transport", "RPLD.03.01.00"],
    ]
    found = read(builder().table(rows).document())
    parents = {str(e.labels[0]): e.parent for e in found.elements if e.type == NURT.Project}
    assert parents == {"Sprzeczny": ID["rpo-lodzkie/2"], "Z działania": ID["rpo-lodzkie/3.1"]}


def test_the_same_prefix_in_two_periods_is_two_programmes(builder: Callable[..., Any]) -> None:
    head = ["Numer umowy", "Tytuł projektu / Project name", "Nazwa beneficjenta", "Wkład UE (zł)", "Kolor"]
    early = ["RPLD.02.03.00-10-004/09-00", "Dawny", "Gmina", "1 234 567,89 zł", "x"]
    late = ["RPLD.02.03.01-10-0001/17-00", "Nowy", "Gmina", "100 zł", "y"]
    found = read(builder().table([head, early, late, ["", "", "Gmina", "", ""]]).document())
    parents = {str(e.labels[0]): e.parent for e in found.elements if e.type == NURT.Project}
    assert parents == {"Dawny": ID["rpo-lodzkie-2007-2013/2.3"], "Nowy": ID["rpo-lodzkie/2.3.1"]}
    assert [review.reason for review in found.reviews] == [
        "column not known: Kolor",
        "a row without a title or a contract",
    ]


@pytest.mark.parametrize("year", [2007, 2008, 2009, 2010, 2011])
def test_published_lists_lose_no_row(builder: Callable[..., Any], year: int) -> None:
    path = SHARED / f"real/project-lists-2007-2013/EFRR_wojewodztwo_{year}.csv"
    if not path.exists():
        pytest.skip("needs ../shared/real, which is not in this checkout")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    document = builder().table([[cell or None for cell in row] for row in rows]).document()
    assert recognise(document) == "project_list"
    found = read(document)
    contracts = {row[0].rsplit("-", 1)[0] for row in rows[1:]}
    kinds = Counter(e.type for e in found.elements)
    assert kinds[NURT.Project] == kinds[NURT.Allocation] == len(contracts)
    places = sum(len(c.evidence) for c in found.claims if c.predicate == NURT.coversRegion)
    assert places == len(rows) - 1, "rows in = rows accounted for"
    assert found.reviews == ()
    assert all(e.parent is not None for e in found.elements if e.type == NURT.Project)


def test_parts_of_a_union_programme(builder: Callable[..., Any]) -> None:
    made = builder().paragraph("UNION PROGRAMME").heading("Horizon 2020", 1)
    made.table(
        [
            ["Code", "Part", "Part of", "Budget (EUR million)", "Sources"],
            ["II", "Industrial Leadership", "Horizon 2020", "17 016", ""],
            ["INNOSUPSME", "Innovation in SMEs", "Industrial Leadership", "616", ""],
            ["", "Fusion indirect actions", "", "728", ""],
        ]
    )
    made.heading("INNOSUP-1-2015 Cluster facilitated projects").table(
        [
            ["Name", "Cluster facilitated projects"],
            ["Codes", "INNOSUP-1-2015"],
            ["Part of", "Innovation in SMEs"],
            ["Coordinators", "cluster organisations"],
        ]
    )
    document = made.document("en")
    assert recognise(document) == "programme"
    found = read(document, "programme", instrument="h2020")
    parents = {e.iri: e.parent for e in found.elements if e.parent}
    assert parents == {
        ID["h2020/il"]: ID["h2020"],
        ID["h2020/innosup"]: ID["h2020/il"],
        ID["h2020/call/innosup-1-2015"]: ID["h2020/innosup"],
    }
    amounts = {
        e.iri: dict(e.properties)[NURT.amount].toPython() for e in found.elements if e.type == NURT.Allocation
    }
    assert amounts[ID["h2020/innosup/allocation/budget"]] == 616_000_000
    assert len(links(found, NURT.eligible)) == 1


def test_intervention_fields(builder: Callable[..., Any]) -> None:
    rows = [["Code", "Intervention field", "Sources"]] + [
        [f"{n:03d}", f"Field {n}", ""] for n in range(1, 20)
    ]
    document = builder().table([*rows, ["x", "Not a field", ""]]).document("en")
    assert recognise(document) == "code_list"
    found = read(document)
    assert found.elements[0].iri == ID["intervention-field/001"]
    assert len(found.elements) == 19
    assert [review.evidence.quote for review in found.reviews] == ["x\nNot a field"]
