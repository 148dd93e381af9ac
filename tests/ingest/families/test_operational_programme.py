"""The tables of an operational programme, end to end: in a graph that conforms, no euro counted twice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from rdflib import URIRef

from nurt.graph.store import Graph, open_graph
from nurt.ingest.build import build
from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Extraction
from nurt.ingest.families import extract
from nurt.ingest.readers import read
from nurt.ingest.report import rows_of
from nurt.ontology.namespace import ID, NURT
from nurt.queries.run import run

GOLDEN = Path(__file__).parent / "golden"
PREFIX = "PREFIX nurt: <https://w3id.org/nurt/ontology#> PREFIX id: <https://w3id.org/nurt/id/>\n"
AXIS = [["Identyfikator osi priorytetowej", "II"], ["Tytuł osi priorytetowej", "Cyfryzacja"]]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of the Polish and the English golden document, of two axes and years of one programme."""
    folder = tmp_path_factory.mktemp("programme")
    result = build(
        [GOLDEN / f"programme-tables-{language}" / "document.html" for language in ("pl", "en")], folder
    )
    assert result.failures == ()
    return open_graph(folder)


def values(graph: Graph, query: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(term, "value", term) for term in row) for row in graph.select(PREFIX + query).rows]


def test_allocations_hold_each_euro_once(graph: Graph) -> None:
    query = """SELECT (SUM(?amount) AS ?sum) WHERE {
        id:rpo-lodzkie ^nurt:partOf ?axis . ?axis nurt:hasAllocation/nurt:amount ?amount }"""
    # Axis I: 700 000 + 300 000 by objective; axis 8: 1 900 000 by objective; axis 9: 80 000 from Table 18a.
    ((total,),) = values(graph, query)
    assert Decimal(str(total)) == 2_980_000


def test_axes_have_their_intervention_fields_and_a_dimension_adds_up(graph: Graph) -> None:
    fields = values(graph, "SELECT ?code WHERE { id:rpo-lodzkie\\/1 nurt:interventionField/nurt:code ?code }")
    assert sorted(str(code) for (code,) in fields) == ["001", "060"]
    query = """SELECT (SUM(?amount) AS ?sum) WHERE {
        id:rpo-lodzkie\\/1 nurt:hasBreakdown ?b . ?b nurt:dimension 1 ; nurt:amount ?amount }"""
    ((total,),) = values(graph, query)
    assert Decimal(str(total)) == 1_000_000


def test_every_indicator_measures_what_stands_above_it(graph: Graph) -> None:
    query = "SELECT ?kind ?owner WHERE { ?owner nurt:measuredBy ?i . ?i a ?kind }"
    found = {
        (str(kind).rpartition("#")[2], str(owner).rpartition("/id/")[2])
        for kind, owner in values(graph, query)
    }
    assert ("ResultIndicator", "rpo-lodzkie/objective/1") in found
    assert ("ResultIndicator", "rpo-lodzkie/objective/3.1") in found  # the table's first row names it
    assert ("OutputIndicator", "rpo-lodzkie/9") in found
    assert ("FrameworkIndicator", "rpo-lodzkie/8") in found


def test_named_queries_list_indicators_and_categories(graph: Graph) -> None:
    indicators = run(graph, "indicators-of", {"owner": "rpo-lodzkie", "language": "pl"}).records()
    assert len(indicators) == 12
    (result,) = (one for one in indicators if one["code"] == "1R1")
    assert (result["kind"], result["unit"], result["baseline_year"]) == ("wskaźnik rezultatu", "%", 2012)
    assert (result["baseline"], result["target"]) == (Decimal("0.12"), Decimal("0.50"))
    fields = run(graph, "categories-of-intervention", {"owner": "rpo-lodzkie"}).records()
    assert [(one["part"], one["code"]) for one in fields] == [
        *((ID["rpo-lodzkie/1"], code) for code in ("001", "060")),
        (ID["rpo-lodzkie/3"], "001"),
        (ID["rpo-lodzkie/8"], "102"),
        (ID["rpo-lodzkie/9"], "121"),
    ]
    territory = run(graph, "categories-of-intervention", {"owner": "rpo-lodzkie/I", "dimension": "3"})
    assert sum(one["amount"] for one in territory.records()) == 1_000_000


def test_the_report_accounts_for_every_row(graph: Graph) -> None:
    # 1 choice, 2 + 3 indicators, 2 of the framework, 4 + 1 + 2 categories, 2 years, 2 + 2 of the plan.
    # In English 3 choices, 6 + 2 indicators, 2 + 1 + 1 + 1 categories, 1 year, 2 + 2 + 1 of the plan.
    read = [rows.read for rows in rows_of(graph.report).values()]
    assert sorted(read) == [21, 22]


Make = Callable[..., Any]


def taken(document: Any) -> Extraction:
    return extract(document, Entry(id="x", path=Path("x"), family="programme", instrument="rpo-lodzkie"))


def indicators(extraction: Extraction) -> list[str]:
    return [str(e.labels[0]) for e in extraction.elements if "/indicator/" in e.iri]


def test_a_table_that_goes_on_over_a_page_keeps_its_columns(builder: Make) -> None:
    head = ["ID", "Wskaźnik", "Jednostka pomiaru", "Fundusz", "Wartość docelowa (2023)"]
    made = builder().heading("2.A.1 Oś priorytetowa").table(AXIS)
    made.table([head, ["1", "Sieci", "km", "EFRR", "10"]], header=True).table(
        [["2", "Usługi", "szt.", "EFRR", "5"]]
    )
    assert indicators(taken(made.document())) == ["Sieci", "Usługi"]


def test_two_tables_read_as_one_are_told_apart_by_their_headings(builder: Make) -> None:
    made = builder().table(AXIS)
    for code in ("2.1", "2.2"):
        made.table([["Identyfikator celu szczegółowego", code], ["Tytuł celu szczegółowego", f"Cel {code}"]])
    head = ["ID", "Wskaźnik", "Jednostka pomiaru", "Wartość bazowa", "Wartość docelowa (2023)"]
    rows = []
    for code in ("2.1", "2.2"):
        rows += [
            ["Cel szczegółowy", f"{code} - Więcej", None, None, None],
            head,
            [f"R{code}", "Udział", "%", "1", "2"],
        ]
    found = taken(made.table(rows).document())
    measured = {
        str(c.subject).rpartition("/")[2]: str(c.object)
        for c in found.claims
        if c.predicate == NURT.measuredBy
    }
    assert sorted(measured) == ["2.1", "2.2"]
    assert all(f"result-r{code.replace('.', '-')}" in iri for code, iri in measured.items())
    assert found.rows is not None
    assert found.rows.read == 2


def test_a_caption_below_a_field_is_no_part_of_it(builder: Make) -> None:
    made = (
        builder()
        .table(AXIS[:1])
        .paragraph("Tytuł osi priorytetowej: Cyfryzacja\nTabela 3: Wskaźniki rezultatu")
    )
    (axis,) = (element for element in taken(made.document()).elements if element.type == NURT.PriorityAxis)
    assert [str(label) for label in axis.labels] == ["Cyfryzacja"]


def test_a_table_of_another_kind_is_not_taken_for_more_rows(builder: Make) -> None:
    head = ["ID", "Wskaźnik", "Jednostka pomiaru", "Fundusz", "Wartość docelowa (2023)"]
    other = ["Projekt", "Termin", "Miejsce", "Kwota", "Uwagi"]
    made = builder().table(AXIS).table([head, ["1", "Sieci", "km", "EFRR", "10"]], header=True)
    made.table([other, ["Most", "2016", "Łódź", "100", "duży"]], header=True)
    assert indicators(taken(made.document())) == ["Sieci"]


def test_codes_of_an_unnamed_dimension_are_left_to_a_person(builder: Make) -> None:
    rows = [["Kod", "Kwota (w EUR)"], ["01", "5 000"]]
    made = builder().table(AXIS).paragraph("Tabela bez tytułu").table(rows, header=True)
    found = taken(made.document())
    assert [review.reason for review in found.reviews] == [
        "a category of intervention of a dimension that is not named"
    ]
    assert not any(element.type == NURT.Breakdown for element in found.elements)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("001", "001"),
        ("001. Inwestycje", "001"),
        ("01 – Dotacja", "01"),
        ("1", None),
        ("2014", None),
        ("12,5", None),
    ],
)
def test_codes_of_categories(builder: Make, printed: str, code: str | None) -> None:
    rows = [["Kod", "Kwota (w EUR)"], [printed, "5 000"]]
    made = builder().table(AXIS).paragraph("Tabela 8: Wymiar 2 – Forma finansowania").table(rows, header=True)
    found = taken(made.document())
    assert [e.code for e in found.elements if e.type == NURT.Breakdown] == ([code] if code else [])
    assert (found.rows.read if found.rows else 0) == 1


def test_what_stands_before_the_first_axis_belongs_to_none(builder: Make) -> None:
    head = ["ID", "Wskaźnik", "Jednostka pomiaru", "Wartość docelowa (2023)"]
    made = builder().table([head, ["1", "Sieci", "km", "10"]], header=True).table(AXIS)
    found = taken(made.document())
    assert indicators(found) == []
    assert found.reviews[0].reason == "an indicator outside the section of an axis"
    assert all(isinstance(claim.subject, URIRef) for claim in found.claims)


def test_codes_of_two_tables_read_as_one_are_left_to_a_person(builder: Make) -> None:
    head = ["ID", "Wskaźnik", "Jednostka pomiaru", "Wartość docelowa (2023)"]
    made = builder().table(AXIS).table([head, ["1", "Sieci", "km", "10"]], header=True).document()
    # As where the columns of the two do not line up:
    stretched = tuple(
        replace(block, column_span=2) if made.text_of(block) == "Sieci" else block for block in made.blocks
    )
    found = taken(replace(made, blocks=stretched))
    assert indicators(found) == []
    assert found.reviews[0].reason == "a row whose cells do not stand below the headings"


@pytest.mark.parametrize("language", ["pl", "en"])
def test_lines_of_one_paragraph_are_fields_each(builder: Make, language: str) -> None:
    lines = {
        "pl": "Identyfikator osi priorytetowej: II\nTytuł osi priorytetowej: Cyfryzacja\nusług",
        "en": "ID of the priority axis: II\nTitle of the priority axis: Digital\nservices",
    }
    found = taken(builder().paragraph(lines[language]).document(language))
    (axis,) = (element for element in found.elements if element.type == NURT.PriorityAxis)
    assert axis.code == "II"
    assert [str(label) for label in axis.labels] == [
        {"pl": "Cyfryzacja usług", "en": "Digital services"}[language]
    ]


@pytest.mark.browser
def test_a_printed_pdf_says_what_the_page_says(tmp_path: Path) -> None:
    program = which("chromium") or which("chromium-browser") or which("google-chrome")
    if program is None:
        pytest.skip("needs a Chromium")
    page = (GOLDEN / "programme-tables-pl" / "document.html").read_text(encoding="utf-8")
    rules = "@page{size:A4 landscape} table{border-collapse:collapse;font-size:8pt} td,th{border:1px solid}"
    source, target = tmp_path / "page.html", tmp_path / "page.pdf"
    source.write_text(page.replace("</head>", f"<style>{rules}</style></head>"), encoding="utf-8")
    options = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path}",
    )
    subprocess.run(
        [program, *options, f"--print-to-pdf={target}", source.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    )

    def said(path: Path) -> tuple[set[Any], set[Any]]:
        found = taken(read(path, document_id="x"))
        elements = {(e.iri, e.type, e.code, e.labels, frozenset(e.properties)) for e in found.elements}
        return elements, {(claim.subject, claim.predicate, claim.object) for claim in found.claims}

    assert said(target) == said(source)
