"""The lineage table: every measure, its routes, its money, and why a route is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nurt.errors import UnknownNameError
from nurt.graph.store import Graph
from nurt.ontology.identifiers import short
from nurt.ontology.levels import LEVELS
from nurt.queries.lineage import Lineage, lineage
from nurt.queries.lineage_sheet import lineage_sheet


def routes(found: Lineage, measure: str) -> list[str]:
    rows = [row for row in found.rows if row.measure.short == measure]
    return [" ".join(short(node) for node in row.route.nodes) if row.route else row.reason[1] for row in rows]


@pytest.fixture(scope="module")
def every(small: Graph) -> Lineage:
    return lineage(small)


def test_memory_and_disk_give_the_same_table(small: Graph, on_disk: Graph) -> None:
    assert lineage_sheet(lineage(small)) == lineage_sheet(lineage(on_disk))


def test_every_measure_without_parts_and_every_sub_measure_is_there_in_order_of_codes(every: Lineage) -> None:
    assert list(dict.fromkeys(row.measure.short for row in every.rows)) == [
        "rpo-lodzkie/1.1",
        "rpo-lodzkie/1.2.1",
        "rpo-lodzkie/1.2.2",
        "rpo-lodzkie/4.1",
        "rpo-lodzkie/4.2",
        "rpo-lodzkie/4.10",
        "rpo-lodzkie/5.1",
        "rpo-lodzkie/12.1",
        "rpo-slaskie/1.2",
    ]
    assert (every.measures, every.routed) == (9, 7)


def test_a_sub_measure_with_an_investment_priority_goes_through_it(every: Lineage) -> None:
    assert routes(every, "rpo-lodzkie/1.2.1") == [
        "rpo-lodzkie/1.2.1 investment-priority/erdf-1b thematic-objective/1 "
        "europe-2020/priority/smart-growth europe-2020"
    ]


def test_others_take_the_objectives_of_their_axis_one_row_each(every: Lineage) -> None:
    assert routes(every, "rpo-lodzkie/4.10") == [
        "rpo-lodzkie/4.10 rpo-lodzkie/4 thematic-objective/3 europe-2020/priority/smart-growth europe-2020",
        "rpo-lodzkie/4.10 rpo-lodzkie/4 thematic-objective/4 europe-2020/priority/sustainable-growth "
        "europe-2020",
    ]


def test_an_objective_of_its_own_stands_before_those_of_the_axis(every: Lineage) -> None:
    assert routes(every, "rpo-lodzkie/4.2") == [
        "rpo-lodzkie/4.2 thematic-objective/3 europe-2020/priority/smart-growth europe-2020"
    ]
    row = next(row for row in every.rows if row.measure.short == "rpo-lodzkie/4.2")
    assert row.route is not None
    assert (row.route.basis, row.route.confidence) == ("inferred", 0.6)


def test_filtered_by_basis_it_falls_back_to_the_axis(small: Graph) -> None:
    found = lineage(small, bases="stated,coded")
    assert len(routes(found, "rpo-lodzkie/4.2")) == 2
    assert {row.route.basis for row in found.rows if row.route} <= {"stated", "coded"}


def test_technical_assistance_is_said_to_have_no_route(every: Lineage) -> None:
    assert routes(every, "rpo-lodzkie/12.1") == ["no route: technical assistance"]


def test_other_measures_without_a_route_say_why(every: Lineage, small: Graph) -> None:
    assert routes(every, "rpo-lodzkie/5.1")[0].startswith("neither the measure nor its axis has an objective")
    cut = lineage(small, bases="coded", programme="rpo-lodzkie/1.1")
    assert cut.rows[0].reason[1] == "the way ends at: CT 1 Strengthening research (bases: coded)"
    assert cut.rows[0].route is not None
    assert not cut.rows[0].route.complete


def test_a_programme_that_implements_a_strategy_gives_a_strategic_route(every: Lineage) -> None:
    assert routes(every, "rpo-slaskie/1.2")[1] == (
        "rpo-slaskie/1.2 rpo-slaskie/1 rpo-slaskie ksrr srk-2020 europe-2020"
    )


def test_weakest_basis_and_confidence_leave_layout_out(every: Lineage) -> None:
    row = every.rows[-1]
    assert row.route is not None
    assert (row.route.basis, row.route.confidence) == ("stated", 0.8)
    assert [quote.text for quote in row.quotes] == [
        "rpo-slaskie implements ksrr",
        "ksrr implements srk-2020",
        "srk-2020 implements europe-2020",
    ]


def test_no_euro_is_counted_twice(every: Lineage) -> None:
    counted = sum(row.axis_money.counted for row in every.rows if row.axis_money)
    assert counted == Decimal(171619822 + 228344770 + 4500000 + 1000000 + 67616476 + 300000000)


def test_money_says_whose_it_is_for_what_and_as_of_when(every: Lineage) -> None:
    row = every.rows[0]
    assert row.own_money is not None
    assert row.axis_money is not None
    assert (row.own_money.amount, short(row.own_money.owner)) == (60000000, "rpo-lodzkie/1.1")
    assert (row.axis_money.amount, short(row.axis_money.owner)) == (171619822, "rpo-lodzkie/1")
    assert row.axis_money.as_of is not None
    assert row.axis_money.as_of.isoformat() == "2019-04-11"


def test_amounts_of_an_older_plan_are_not_added(every: Lineage) -> None:
    row = next(row for row in every.rows if row.measure.short == "rpo-slaskie/1.2")
    assert row.axis_money is not None
    assert row.axis_money.amount == 300000000


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"programme": "RPO WSL"}, {"rpo-slaskie/1.2"}),
        ({"programme": "rpo-lodzkie/I.2"}, {"rpo-lodzkie/1.2.1", "rpo-lodzkie/1.2.2"}),
        ({"region": "śląskie"}, {"rpo-slaskie/1.2"}),
        ({"fund": "EFS"}, {"rpo-lodzkie/12.1"}),
        ({"beneficiary": "MŚP"}, {"rpo-lodzkie/1.2.1", "rpo-lodzkie/4.2", "rpo-slaskie/1.2"}),
        (
            {"beneficiary": "Przedsiębiorstwa"},
            {"rpo-lodzkie/1.2.1", "rpo-lodzkie/1.2.2", "rpo-lodzkie/4.2", "rpo-slaskie/1.2"},
        ),
        ({"objective": "CT 3"}, {"rpo-lodzkie/4.2", "rpo-lodzkie/4.10"}),
        ({"objective": "sustainable growth"}, {"rpo-lodzkie/4.1", "rpo-lodzkie/4.10"}),
        ({"objective": "CT 3", "region": "łódzkie", "beneficiary": "MŚP"}, {"rpo-lodzkie/4.2"}),
    ],
)
def test_filters(small: Graph, filters: dict[str, str], expected: set[str]) -> None:
    found = lineage(small, **filters)  # type: ignore[arg-type]
    assert {row.measure.short for row in found.rows} == expected


def test_an_unknown_filter_is_refused_not_ignored(small: Graph) -> None:
    with pytest.raises(UnknownNameError, match="means nothing"):
        lineage(small, programme="no such programme at all")


def test_the_sheet_has_one_column_for_each_level_and_never_shifts(every: Lineage) -> None:
    sheet = lineage_sheet(every, language="en")
    names = [column.name for column in sheet.columns]
    levels = [level.key for level in LEVELS if level.key != "project"]
    assert names[1 : len(levels) + 1] == levels
    assert {len(row) for row in sheet.rows} == {len(names)}
    first = sheet.records()[0]
    assert first["priority"] == "Smart growth"
    assert first["axis"] == "I Badania, rozwój i komercjalizacja wiedzy"
    assert first["documents"] == "Finance plan (digest), p. 1 | Thematic objectives (digest), p. 1"


def test_several_things_on_one_level_stand_top_first(every: Lineage) -> None:
    assert lineage_sheet(every).records()[-1]["strategy"] == (
        "Europa 2020 > Strategia Rozwoju Kraju 2020 > Krajowa Strategia Rozwoju Regionalnego"
    )


def test_the_notes_say_why_fewer_bases_may_give_more_rows(every: Lineage) -> None:
    polish = {note.subject: note.text for note in lineage_sheet(every).notes}
    english = {note.subject: note.text for note in lineage_sheet(every, language="en").notes}
    assert "może dać więcej wierszy" in polish["Liczba wierszy"]
    assert "may give more rows" in english["Number of rows"]
    assert polish["Podstawy"].startswith("podana wprost, z kodu")
