"""All sixteen regional programmes: every axis reaches Europe 2020, and the money adds up to the euro."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import URIRef

from nurt.graph.store import Graph, open_graph
from nurt.ontology import identifiers as ids
from nurt.ontology.namespace import NURT
from nurt.queries.gaps import gaps
from nurt.queries.lineage import lineage
from nurt.queries.run import run

NOT_IN_THE_PLAN = {
    # Axes added after the finance plan of April 2019; no other source gives their objective.
    ids.element("rpo-kujawsko-pomorskie", "13"),
    ids.element("rpo-podkarpackie", "11"),
    ids.element("rpo-podkarpackie", "11.2"),
}


@pytest.fixture(scope="module")
def graph(corpus_graph: Path) -> Graph:
    return open_graph(corpus_graph)


@pytest.fixture(scope="module")
def plan(shared: Path) -> list[dict[str, str]]:
    with (shared / "facts" / "finance-plan.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_axis_and_measure_reaches_europe_2020_or_says_why_not(graph: Graph) -> None:
    found = [gap for gap in gaps(graph, bases=("stated", "coded")) if gap.kind == "orphan"]
    assert all(gap.reason("pl") and gap.reason("en") for gap in found)
    regional = {gap.resource.iri: gap for gap in found if gap.resource.short.startswith("rpo-")}
    unexpected = {iri for iri, gap in regional.items() if not gap.expected}
    assert unexpected == NOT_IN_THE_PLAN
    assistance = [gap for gap in regional.values() if gap.expected]
    assert len(assistance) == 17  # one axis a programme, and the measure of technical assistance in Łódzkie


def test_sixteen_programmes_have_axes_and_measures(graph: Graph) -> None:
    counted = graph.select(
        """SELECT ?programme (COUNT(DISTINCT ?axis) AS ?axes) (COUNT(DISTINCT ?measure) AS ?measures) WHERE {
             ?programme a nurt:RegionalProgramme . ?axis nurt:partOf ?programme ; a nurt:PriorityAxis .
             OPTIONAL { ?measure nurt:partOf ?axis ; a nurt:Measure } } GROUP BY ?programme"""
    ).rows
    assert len(counted) == 16
    assert all(int(str(axes)) >= 9 and int(str(measures)) >= 17 for _, axes, measures in counted)


def test_money_by_objective_adds_up_to_the_plan(graph: Graph, plan: list[dict[str, str]]) -> None:
    wanted: Counter[str] = Counter()
    for row in plan:
        wanted[row["thematic_objective"].lstrip("0")] += int(row["eu_eur"])
    sheet = run(graph, "money-by-thematic-objective")
    found = {
        str(code): amount
        for code, amount in zip(sheet.column("code"), sheet.column("amount_eur"), strict=True)
    }
    assert {code: int(str(amount)) for code, amount in found.items()} == dict(wanted)


@pytest.mark.parametrize("query", ["money-by-priority", "money-by-fund"])
def test_money_is_counted_once_however_it_is_sorted(
    query: str, graph: Graph, plan: list[dict[str, str]]
) -> None:
    total = sum(Decimal(row["eu_eur"]) for row in plan)
    amounts = run(graph, query).column("amount_eur")
    assert sum(Decimal(str(amount)) for amount in amounts) == total == Decimal(76_882_841_198)


def test_money_by_region_is_that_of_its_programme(graph: Graph, plan: list[dict[str, str]]) -> None:
    wanted: Counter[str] = Counter()
    for row in plan:
        wanted[row["programme"]] += int(row["eu_eur"])
    records = run(graph, "money-by-region").records()
    regional = {
        ids.short(record["programme"]): int(str(record["amount_eur"]))
        for record in records
        if isinstance(record["programme"], URIRef) and ids.short(record["programme"]).startswith("rpo-")
    }
    assert regional == {name: amount for name, amount in wanted.items() if name.startswith("rpo-")}


def test_the_plan_is_in_the_graph_line_by_line(graph: Graph, plan: list[dict[str, str]]) -> None:
    found = graph.select(
        """SELECT DISTINCT ?allocation ?amount WHERE {
             ?claim nurt:rule "finance-plan/allocation" ; rdf:object ?allocation .
             ?allocation nurt:amount ?amount }"""
    ).rows
    assert Counter(int(str(amount)) for _, amount in found) == Counter(int(row["eu_eur"]) for row in plan)
    assert len(found) == 319


def test_lineage_over_everything_has_every_measure_once_or_more(graph: Graph) -> None:
    found = lineage(graph)
    bottom = graph.select(
        """SELECT DISTINCT ?m WHERE { VALUES ?c { nurt:Measure nurt:SubMeasure } ?m a ?c .
             FILTER NOT EXISTS { ?below nurt:partOf ?m ; a nurt:SubMeasure } }"""
    ).rows
    assert {row.measure.iri for row in found.rows} == {row[0] for row in bottom}
    thematic = {r.measure.short for r in found.rows if r.route is not None and r.route.kind == "thematic"}
    without = {row.measure.short: row.reason[1] for row in found.rows if row.measure.short not in thematic}
    assert without == {
        "rpo-lodzkie/12.1": "no route: technical assistance",
        "rpo-podkarpackie/11.2": "through national documents only: thematic objective unknown",
    }


def test_every_measure_reaches_europe_2020_through_the_national_documents_too(graph: Graph) -> None:
    found = lineage(graph, objective="SRK 2020", bases="stated,coded")
    every = {row.measure.short for row in lineage(graph).rows} - {"rpo-lodzkie/12.1"}
    assert {row.measure.short for row in found.rows} == every
    for row in found.rows:
        assert row.route is not None
        assert row.route.kind == "strategic"
        steps = [(link.predicate, link.parent) for link in row.route.links]
        assert (NURT.implements, ids.instrument("umowa-partnerstwa")) in steps
        assert steps[-1][1] == ids.instrument("europe-2020")


def test_specialisations_are_linked_by_text_and_suggested_by_codes_and_titles(graph: Graph) -> None:
    sheet = run(graph, "smart-specialisations")
    names = [column.name for column in sheet.columns]
    served = [dict(zip(names, row, strict=True)) for row in sheet.rows]
    found = {(ids.short(row["measure"]), row["basis"]) for row in served if row["measure"] is not None}
    assert found == {
        *((f"po-inteligentny-rozwoj/{axis}", "stated") for axis in (1, 2, 3, 4)),
        *((f"rpo-{region}/1", "inferred") for region in ("mazowieckie", "podkarpackie", "pomorskie")),
        ("rpo-swietokrzyskie/1.2", "inferred"),
        ("rpo-zachodniopomorskie/1.5", "inferred"),
    }
