"""Ten questions of people who use nurt, typed as they would type them: the question, the command, the rows.

The figures were looked up by hand in the sources: the finance plan of 11 April 2019 for money, the digests
for names, the article for the survey.
"""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nurt.cli.app import app

Rows = list[dict[str, str]]
Ask = Callable[[str], str]


@pytest.fixture(scope="module")
def ask(corpus_graph: Path) -> Ask:
    def run(command: str) -> str:
        words = shlex.split(command)
        assert words[0] == "nurt"
        done = CliRunner().invoke(app, words[1:], env={"NURT_GRAPH": str(corpus_graph)})
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def rows(printed: str) -> Rows:
    return list(csv.DictReader(io.StringIO(printed)))


def test_an_evaluator_asks_which_targets_measure_i_2_serves_and_where_that_is_written(ask: Ask) -> None:
    trace = json.loads(ask('nurt trace "działanie I.2 RPO WŁ" --up --format json'))
    assert trace["root"] == "rpo-lodzkie/1.2"
    links = {(link["child"], link["parent"]): link for link in trace["steps"]}
    for child, parent in (
        ("rpo-lodzkie/1.2", "rpo-lodzkie/1"),
        ("rpo-lodzkie/1", "thematic-objective/1"),
        ("thematic-objective/1", "europe-2020/priority/smart-growth"),
        ("europe-2020/priority/smart-growth", "europe-2020"),
    ):
        claim = links[child, parent]["claims"][0]
        assert claim["basis"] in ("stated", "coded")
        assert claim["evidence"]
        assert all(place["quote"] and place["document"] and place["page"] for place in claim["evidence"])


def test_an_analyst_asks_which_priorities_nobody_has_picked_up(ask: Ask) -> None:
    found = {row["thing"] for row in rows(ask("nurt query unserved --format csv"))}
    assert {"europe-2020/flagship/innovation-union", "srk-2020/objective/1"} <= found
    assert not {f"thematic-objective/{number}" for number in range(1, 12)} & found
    assert not any(thing.startswith("europe-2020/priority/") for thing in found)


def test_a_cluster_coordinator_in_lodzkie_asks_what_supports_her_on_all_three_levels(ask: Ask) -> None:
    found = rows(ask("nurt query support-for-beneficiary beneficiary=klastry region=łódzkie --format csv"))
    on = {
        level: {row["thing"] for row in found if row["level"] == level}
        for level in ("macro", "meso", "micro")
    }
    assert {"h2020/es", "h2020/il", "cosme/action/cluster-go-international-2014"} <= on["macro"]
    assert "po-inteligentny-rozwoj/2.3.3" in on["meso"]
    assert on["micro"] == {"rpo-lodzkie", "rpo-lodzkie/1"}
    assert not any(thing.startswith("po-polska-wschodnia") for thing in on["meso"]), "not in Eastern Poland"


def test_a_grant_adviser_asks_what_is_known_of_the_key_national_clusters_measure(ask: Ask) -> None:
    for name in (
        "POIR 2.3.3",
        "umiedzynarodowienie krajowych klastrow kluczowych",
        "PO IR, poddziałanie 2.3.3",
    ):
        found = rows(ask(f'nurt show "{name}" --format csv'))
        said = {(row["property"], row["value"]) for row in found}
        assert ("addresses", "investment-priority/erdf-1b") in said
        assert ("supports", "beneficiary-type/clusters") in said
        assert ("contributesTo", "kkk") in said


def test_a_managing_authority_compares_its_low_carbon_money_with_the_neighbours(ask: Ask) -> None:
    found = {row["id"]: row for row in rows(ask("nurt compare śląskie mazowieckie --by money --format csv"))}
    low_carbon = found["thematic-objective/4"]
    assert (low_carbon["slaskie"], low_carbon["mazowieckie"]) == ("791194134", "400647506")
    assert len(found) == 10, "neither plans money for thematic objective 11"


def test_a_ministry_asks_how_much_goes_to_each_priority_of_europe_2020(ask: Ask) -> None:
    found = {
        row["priority"]: int(row["amount_eur"])
        for row in rows(ask("nurt query money-by-priority --format csv"))
    }
    assert found["europe-2020/priority/smart-growth"] == 18_042_161_158
    assert found["europe-2020/priority/sustainable-growth"] == 40_123_091_337
    assert found["europe-2020/priority/inclusive-growth"] == 16_219_086_949
    assert sum(found.values()) == 76_882_841_198


def test_a_researcher_takes_the_table_of_one_programme_with_its_sources(ask: Ask, tmp_path: Path) -> None:
    table = tmp_path / "lodzkie.csv"
    ask(f'nurt lineage --programme "RPO WŁ" --basis stated,coded -o {table}')
    found = rows(table.read_text(encoding="utf-8-sig"))
    assert {row["id"] for row in found} >= {"rpo-lodzkie/1.1", "rpo-lodzkie/1.2.2", "rpo-lodzkie/10.2.2"}
    assert {row["programme"] for row in found} == {
        "Regionalny Program Operacyjny Województwa Łódzkiego na lata 2014-2020"
    }
    routed = [row for row in found if row["route"]]
    assert routed
    assert all(row["quotes"] and row["documents"] for row in routed)
    assert {row["weakest_basis"] for row in routed} <= {"stated", "coded"}
    assert {row["id"] for row in found if not row["route"]} == {"rpo-lodzkie/12.1"}, "technical assistance"
    assert sum(int(row["axis_allocation_counted_eur"] or 0) for row in found) == 2_256_049_115


def test_a_researcher_asks_whether_firms_are_ready_for_what_is_on_offer(ask: Ask) -> None:
    found = rows(ask("nurt query absorption-readiness --format csv"))
    going_abroad = [row for row in found if row["answer_label"] == "zdobywanie nowych rynków zbytu"]
    assert {(row["share"], row["n"]) for row in going_abroad} == {("12.38", "150")}
    supply = {row["thing"] for row in going_abroad}
    assert {
        "cosme/action/cluster-go-international-2014",
        "po-inteligentny-rozwoj/2.3.3",
        "rpo-lodzkie/2.2",
    } <= supply


def test_a_student_asks_which_strategies_the_article_names_and_what_implements_them(ask: Ask) -> None:
    found = rows(ask("nurt query strategies-of-article --format csv"))
    named = {row["strategy"] for row in found}
    assert named >= {
        *("europe-2020", "europe-2020/flagship/innovation-union", "europe-2020/flagship/industrial-policy"),
        *(
            "world-class-clusters",
            "ksrr",
            "kpr-2011",
            "srk-2020",
            "sieg",
            "dsrk-2030",
            "polityka-klastrowa-2020",
        ),
    }
    implementing = {(row["instrument"], row["strategy"]) for row in found if row["link"] == "implements"}
    assert {("sieg", "srk-2020"), ("srkl", "dsrk-2030"), ("kpr-2011", "europe-2020")} <= implementing
    assert all(row["quote"] for row in found if row["instrument"])


def test_a_voivodeship_asks_which_of_its_measures_serve_the_low_carbon_objective(ask: Ask) -> None:
    found = rows(ask('nurt lineage --region śląskie --objective "CT 4" --format csv'))
    assert {row["id"] for row in found} == {f"rpo-slaskie/4.{number}" for number in range(1, 6)}
    assert {row["axis_allocation_eur"] for row in found} == {"791194134"}
