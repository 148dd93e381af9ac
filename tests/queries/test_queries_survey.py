"""The study's question on the shipped corpus: figures, support by level, strategies and their means."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from nurt.graph.store import Graph, open_graph
from nurt.queries.run import run
from nurt.queries.sheet import text_of

Record = dict[str, str]


@pytest.fixture(scope="module")
def corpus(corpus_graph: Path) -> Graph:
    return open_graph(corpus_graph)


def rows(
    graph: Graph, name: str, parameters: dict[str, str] | None = None, *, language: str = "pl"
) -> list[Record]:
    sheet = run(graph, name, parameters, language="en" if language == "en" else "pl")
    return [{key: text_of(value) for key, value in record.items()} for record in sheet.records()]


def test_the_survey_has_eighteen_figures_with_their_rows(corpus: Graph) -> None:
    found = rows(corpus, "survey-figures")
    assert len(found) == 18
    assert sum(Decimal(row["share"]) for row in found) == Decimal("278.36")
    assert {(row["n"], row["unit"], row["year"], row["page"]) for row in found} == {("150", "%", "2014", "3")}
    assert all(row["answer_label"] in row["quote"] for row in found)
    top = max(found, key=lambda row: Decimal(row["share"]))
    assert (top["question_label"], top["answer_label"]) == ("motywy współpracy", "presja rynku")


def test_a_question_can_be_asked_for_in_either_language(corpus: Graph) -> None:
    planned = rows(corpus, "survey-figures", {"question": "Investments planned"}, language="en")
    assert [(row["answer_label"], Decimal(row["share"])) for row in planned] == [
        ("winning new markets", Decimal("12.38")),
        ("development of the sales network", Decimal("11.11")),
        ("promotion and marketing", Decimal("9.42")),
    ]
    assert len(rows(corpus, "survey-figures", {"question": "inwestycje"})) == 7


def test_demand_stands_beside_supply_and_the_unknown_stays_empty(corpus: Graph) -> None:
    found = rows(corpus, "absorption-readiness")
    assert len({(row["question_label"], row["answer_label"]) for row in found}) == 18
    supplied = {row["answer_label"] for row in found if row["thing"]}
    assert supplied == {
        "zdobywanie nowych rynków zbytu",
        "wspólna sprzedaż i wejście na nowe rynki",
        "innowacyjny projekt: produkt, usługa lub proces",
        "wymiana wiedzy, doświadczeń i informacji, szkolenia",
    }
    for row in found:
        if not row["thing"]:
            assert row["amount_eur"] == row["level"] == row["support_label"] == ""
    markets = {row["thing"]: row for row in found if row["answer_label"] == "zdobywanie nowych rynków zbytu"}
    assert {
        "cosme/action/cluster-go-international-2014",
        "po-inteligentny-rozwoj",
        "po-inteligentny-rozwoj/2.3.3",
    } <= set(markets)
    assert markets["po-inteligentny-rozwoj"]["amount_eur"] == "8613929014"
    assert markets["po-inteligentny-rozwoj"]["basis"] == "stated"
    assert markets["po-inteligentny-rozwoj/2.3.3"]["basis"] == "inferred"
    projects = [row for row in found if row["answer_label"].startswith("innowacyjny projekt")]
    assert [(row["thing"], row["amount_eur"]) for row in projects] == [("po-polska-wschodnia", "2000000000")]


def test_no_figure_is_repeated_for_one_thing(corpus: Graph) -> None:
    found = rows(corpus, "absorption-readiness")
    keys = [(row["question_label"], row["answer_label"], row["support_label"], row["thing"]) for row in found]
    assert len(keys) == len(set(keys))


def test_clusters_are_supported_at_three_levels_by_type_of_support(corpus: Graph) -> None:
    found = rows(corpus, "cluster-support", language="en")
    said = {(row["level"], row["thing"], row["support_label"], row["support_basis"]) for row in found}
    assert {
        ("macro", "cosme/action/cluster-go-international-2014", "internationalisation", "stated"),
        ("macro", "cosme/action/cluster-excellence-2014", "management excellence", "stated"),
        ("macro", "h2020/infra", "", ""),
        ("macro", "h2020/il", "", ""),
        ("meso", "po-inteligentny-rozwoj", "internationalisation", "stated"),
        ("meso", "po-inteligentny-rozwoj/2.3.3", "internationalisation", "inferred"),
        ("meso", "po-polska-wschodnia", "interdisciplinary development projects", "stated"),
        ("micro", "rpo-lodzkie/1", "", ""),
    } <= said
    elementary = {row["instrument"] for row in found if row["support_label"] == "elementary activities"}
    assert len(elementary) == 16
    assert all(name.startswith("rpo-") for name in elementary)
    keys = [(row["thing"], row["support_label"], row["type_label"]) for row in found]
    assert len(keys) == len(set(keys)), "one row for a thing, type of support and type of beneficiary"


def test_the_strategies_of_the_article_come_with_what_implements_them(corpus: Graph) -> None:
    found = rows(corpus, "strategies-of-article", {"document": "document/klastry-2014-2020"})
    assert {row["strategy"] for row in found} >= {
        "dsrk-2030",
        "europe-2020",
        "europe-2020/flagship/industrial-policy",
        "europe-2020/flagship/innovation-union",
        "kpr-2011",
        "ksrr",
        "polityka-klastrowa-2020",
        "sieg",
        "srk-2020",
    }
    links = {(row["strategy"], row["link"], row["instrument"]) for row in found}
    assert {
        ("europe-2020", "implements", "kpr-2011"),
        ("srk-2020", "implements", "sieg"),
        ("europe-2020/flagship/innovation-union", "contributesTo", "innovation-union"),
    } <= links
    assert all(row["quote"] and row["document_label"] for row in found if row["instrument"])
