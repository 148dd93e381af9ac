"""Finance plans: every row accounted for, sums left out, money to the euro."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import Literal

from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Element, Extraction
from nurt.ingest.document import Document
from nurt.ingest.families import extract, recognise
from nurt.ingest.readers import read as read_file
from nurt.ontology.namespace import ID, NURT

SHARED = Path(__file__).parents[3].parent / "shared"
HEAD = [
    "Oś priorytetowa", "Fundusz", "Kategoria regionu", "Cel tematyczny", "Wsparcie UE (EUR)",
    "Wkład krajowy (EUR)", "Ogółem (EUR)", "Poziom dofinansowania (%)",
]  # fmt: skip
ROWS = [
    ["I", "EFRR", "Słabiej rozwinięte", "01", "171\u00a0619\u00a0822", "30 285 851", "201 905 673", "85"],
    ["I", "EFRR", "Słabiej rozwinięte", "03", "100", "15", "115", "85,78"],
    ["II.", "EFS", "Lepiej rozwinięte", "Pomoc techniczna", "2 000", "500", "2 500", "80"],
]
SUM = ["Razem", "", "", "", "171 621 922", "30 286 366", "201 908 288", ""]


def read(document: Document) -> Extraction:
    return extract(document, Entry(id=document.id, path=Path("x"), family="finance_plan"))


def plan(builder: Callable[..., Any]) -> Document:
    made = builder().page().heading("Plan finansowy: Regionalny Program Operacyjny Województwa Łódzkiego", 1)
    made.table([["Program", "RPO"], ["CCI", "2014PL16M2OP005"], ["Stan na dzień", "2019-04-11"]])
    return (
        made.table([HEAD, ROWS[0]], header=True).page().table([HEAD, *ROWS[1:], SUM], header=True).document()
    )


def allocations(extraction: Extraction) -> list[Element]:
    return [e for e in extraction.elements if e.type == NURT.Allocation]


def total(extraction: Extraction) -> int:
    return sum(int(dict(e.properties)[NURT.amount].toPython()) for e in allocations(extraction))


def test_rows_become_allocations_and_sums_do_not(builder: Callable[..., Any]) -> None:
    found = read(plan(builder))
    assert [e.iri for e in allocations(found)] == [
        ID["rpo-lodzkie/1/allocation/erdf-1-less-developed-2019-04-11"],
        ID["rpo-lodzkie/1/allocation/erdf-3-less-developed-2019-04-11"],
        ID["rpo-lodzkie/2/allocation/esf-more-developed-ta-2019-04-11"],
    ]
    assert total(found) == 171619822 + 100 + 2000
    first = dict(allocations(found)[0].properties)
    assert first[NURT.fund] == ID["fund/erdf"]
    assert first[NURT.thematicObjective] == ID["thematic-objective/1"]
    assert first[NURT.categoryOfRegion] == ID["category-of-region/less-developed"]
    assert first[NURT.nationalAmount].toPython() == 30285851
    assert first[NURT.totalAmount].toPython() == 201905673
    assert first[NURT.asOf].toPython().isoformat() == "2019-04-11"
    assert str(dict(allocations(found)[1].properties)[NURT.cofinancingRate]) == "85.78"
    assert found.reviews == ()


def test_axes_address_their_objectives_and_assistance_none(builder: Callable[..., Any]) -> None:
    document = plan(builder)
    found = read(document)
    links = {(c.subject, c.object) for c in found.claims if c.predicate == NURT.addresses}
    assert links == {
        (ID["rpo-lodzkie/1"], ID["thematic-objective/1"]),
        (ID["rpo-lodzkie/1"], ID["thematic-objective/3"]),
    }
    claim = next(c for c in found.claims if c.predicate == NURT.addresses)
    assert (claim.basis, claim.confidence, claim.rule) == ("coded", 1.0, "finance-plan/objective-of-axis")
    assert claim.evidence[0].quote.startswith("I\nEFRR")
    assert claim.evidence[0].quote.endswith("\n85")
    axes = {e.iri: e for e in found.elements if e.type == NURT.PriorityAxis}
    assert (NURT.technicalAssistance, Literal(True)) in axes[ID["rpo-lodzkie/2"]].properties
    assert axes[ID["rpo-lodzkie/1"]].properties == ()
    assert axes[ID["rpo-lodzkie/2"]].code == "II"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["?", "EFRR", "", "01", "5 000", "", "", ""], "no axis named"),
        (["I", "EFRR", "", "01", "brak", "", "", ""], "no amount"),
        (["I", "fundusz własny", "", "01", "5 000", "", "", ""], "fund not known"),
        (["I", "EFRR", "Słabiej rozwinięte", "01", "5 000", "", "", ""], "twice"),
        (["I", "EFRR", "", "12", "5 000", "", "", ""], "objective not known"),
    ],
)
def test_rows_not_understood_are_reviewed(builder: Callable[..., Any], row: list[str], reason: str) -> None:
    made = builder().paragraph("CCI 2014PL16M2OP005").table([HEAD, ROWS[0], row])
    found = read(made.document())
    assert [reason in review.reason for review in found.reviews] == [True]
    assert found.reviews[0].evidence.quote.startswith(row[0])


def test_a_table_goes_on_without_its_headings(builder: Callable[..., Any]) -> None:
    made = builder().paragraph("CCI 2014PL16M2OP005").table([HEAD, ROWS[0]], header=True).table([ROWS[2]])
    assert len(allocations(read(made.document()))) == 2


def test_the_commissions_list_to_the_euro() -> None:
    path = SHARED / "real/esif-finance/ESIF_2014-2020_FINANCES_PLANNED_DETAILS_PL.csv"
    facts = SHARED / "facts/finance-plan.csv"
    if not path.exists():
        pytest.skip("needs ../shared/real, which is not in this checkout")
    document = read_file(path)
    assert recognise(document) == "finance_plan"
    found = read(document)
    with facts.open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    with path.open(encoding="utf-8", newline="") as file:
        printed = sum(1 for _ in csv.reader(file)) - 1
    kinds = Counter(e.type for e in found.elements)
    assert kinds[NURT.RegionalProgramme] + kinds[NURT.NationalProgramme] == 22
    assert kinds[NURT.PriorityAxis] == 215
    assert kinds[NURT.Allocation] == len(wanted) == 319
    assert len(found.reviews) == printed - 319, "rows in = rows accounted for"
    assert all("is none of the known ones" in review.reason for review in found.reviews)
    assert total(found) == sum(int(row["eu_eur"]) for row in wanted) == 76_882_841_198
