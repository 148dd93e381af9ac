"""The query library: every query is described, runs on every store alike, and gives the rows it should."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nurt.errors import QueryError, UnknownNameError
from nurt.graph.binding import variables
from nurt.graph.store import Graph
from nurt.queries.catalogue import Query, library, named, parse_query
from nurt.queries.run import run
from nurt.queries.sheet import text_of

# For each query: its parameters, how many rows, and cells that the first row must have.
EXPECTED: dict[str, tuple[dict[str, str], int, dict[str, str]]] = {
    "abbreviations": ({}, 8, {"name": "EFRR", "thing": "fund/erdf"}),
    "absorption-readiness": ({}, 0, {}),
    "allocations-of": ({"owner": "rpo-slaskie/I"}, 2, {"amount": "300000000", "as_of": "2019-04-11"}),
    "beneficiaries-of-programme": (
        {"programme": "RPO WŁ"},
        3,
        {"type": "beneficiary-type/smes", "measures": "2"},
    ),
    "categories-of-intervention": ({"owner": "rpo-lodzkie"}, 0, {}),
    "claims-by-basis": ({}, 18, {"link": "addresses", "basis": "coded", "claims": "1"}),
    "claims-of-document": ({"document": "document/finance"}, 4, {"child": "rpo-lodzkie/1", "basis": "coded"}),
    "cluster-support": ({}, 1, {"level": "meso", "support_label": "Internacjonalizacja"}),
    "compare-regions": ({}, 5, {"region": "region/lodzkie", "goal": "thematic-objective/1", "share": "36.3"}),
    "coverage": ({}, 2, {"programme": "rpo-lodzkie", "axes": "4", "measures": "7", "sub_measures": "2"}),
    "disagreements": ({}, 2, {"owner": "rpo-slaskie/1", "amount": "299000000"}),
    "documents": ({}, 5, {"document": "document/article", "digest": "false", "date": "2015-01-01"}),
    "documents-citing": ({"cited": "Europa 2020"}, 1, {"document": "document/article"}),
    "evidence-of-link": (
        {"child": "rpo-lodzkie/I", "parent": "CT 1"},
        1,
        {"link": "addresses", "basis": "coded", "quote": "rpo-lodzkie/1 addresses thematic-objective/1"},
    ),
    "headline-targets": ({}, 1, {"target_label": "Zatrudnienie"}),
    "indicators-of": ({"owner": "rpo-lodzkie"}, 0, {}),
    "lineage-of-measure": (
        {"measure": "rpo-lodzkie/I.2"},
        5,
        {"child": "europe-2020/priority/smart-growth", "parent": "europe-2020"},
    ),
    "measures-under-flagship": ({"flagship": "Unia innowacji"}, 0, {}),
    "measures-under-headline-target": ({"target": "europe-2020/target/employment"}, 0, {}),
    "measures-under-investment-priority": ({"priority": "PI 1b"}, 1, {"measure": "rpo-lodzkie/1.2.1"}),
    "measures-under-national-objective": ({"objective": "SRK 2020"}, 2, {"measure": "rpo-slaskie/1"}),
    "measures-under-priority": ({"priority": "smart growth"}, 6, {"measure": "rpo-lodzkie/1.1"}),
    "measures-under-thematic-objective": (
        {"objective": "CT 3"},
        2,
        {"measure": "rpo-lodzkie/4.2", "through": "measure"},
    ),
    "money-by-flagship": ({}, 1, {"flagship_label": "Unia innowacji", "amount_eur": ""}),
    "money-by-fund": ({}, 2, {"fund": "fund/erdf", "amount_eur": "705464592"}),
    "money-by-priority": ({}, 3, {"priority_label": "Rozwój inteligentny", "amount_eur": "476119822"}),
    "money-by-region": ({}, 2, {"region": "region/lodzkie", "amount_eur": "473081068"}),
    "money-by-thematic-objective": ({}, 5, {"objective": "thematic-objective/1", "amount_eur": "471619822"}),
    "orphans": ({}, 4, {"thing": "rpo-lodzkie/5", "reason": "no-objective"}),
    "programmes-of-region": ({"region": "łódzkie"}, 2, {"programme": "rpo-lodzkie"}),
    "smart-specialisations": ({}, 1, {"measure": "rpo-lodzkie/4.2", "basis": "stated"}),
    "strategies-implementing": ({}, 3, {"instrument": "srk-2020", "direct": "true"}),
    "strategies-of-article": ({}, 1, {"strategy": "europe-2020"}),
    "survey-figures": ({}, 0, {}),
    "support-for-beneficiary": (
        {"beneficiary": "klastry", "region": "łódzkie"},
        1,
        {"level": "meso", "type_label": "Koordynatorzy klastrów", "link": "supports"},
    ),
    "timeline": ({}, 5, {"date": "2010-03-03", "thing": "document/europe-2020"}),
    "unserved": ({}, 7, {"thing": "europe-2020/flagship/innovation-union"}),
}


@pytest.mark.parametrize("name", sorted(library()))
def test_the_query_gives_its_rows_on_every_store(name: str, either: Graph) -> None:
    assert name in EXPECTED, f"add {name} to EXPECTED"
    parameters, count, cells = EXPECTED[name]
    sheet = run(either, name, parameters)
    assert len(sheet.rows) == count
    if count:
        first = sheet.records()[0]
        assert {key: text_of(first[key]) for key in cells} == cells


def test_the_library_is_as_large_as_promised() -> None:
    assert len(library()) >= 24
    assert set(EXPECTED) == set(library())


@pytest.mark.parametrize("query", library().values(), ids=lambda query: query.name)
def test_the_header_says_everything_in_both_languages(query: Query) -> None:
    assert query.summary_pl, f"{query.name}: write #+ summary_pl"
    assert query.summary_en, f"{query.name}: write #+ summary"
    assert query.tags, f"{query.name}: write #+ tags"
    assert query.columns, f"{query.name}: write #+ columns"
    for column in query.columns:
        assert column.label_pl, f"{query.name}: column {column.name} has no pl"
        assert column.label_en, f"{query.name}: column {column.name} has no en"
    known = variables(query.text)
    for parameter in query.parameters:
        assert parameter.name in known, f"{query.name}: no variable ?{parameter.name}"
        assert parameter.meaning_pl, f"{query.name}: parameter {parameter.name} has no pl"
        assert parameter.meaning_en, f"{query.name}: parameter {parameter.name} has no en"
        assert parameter.example, f"{query.name}: parameter {parameter.name} has no example"


@pytest.mark.parametrize("query", library().values(), ids=lambda query: query.name)
def test_the_columns_are_those_of_the_header(query: Query, small: Graph) -> None:
    sheet = run(small, query, EXPECTED[query.name][0], language="en")
    assert [column.name for column in sheet.columns] == [column.name for column in query.columns]


def test_money_adds_up_whatever_it_is_sorted_by(small: Graph) -> None:
    sums = {
        name: sum(Decimal(str(value)) for value in run(small, name).column("amount_eur") if value is not None)
        for name in ("money-by-priority", "money-by-thematic-objective", "money-by-region", "money-by-fund")
    }
    assert set(sums.values()) == {Decimal(773081068)}


def test_names_come_in_the_language_asked_for(small: Graph) -> None:
    sheet = run(small, "money-by-priority", language="en")
    assert sheet.rows[0][1] == "Smart growth"


def test_a_narrower_region_leaves_other_regions_out(small: Graph) -> None:
    assert len(run(small, "support-for-beneficiary", {"beneficiary": "MŚP"}).rows) == 3
    only = run(small, "support-for-beneficiary", {"beneficiary": "MŚP", "region": "śląskie"})
    assert [text_of(value) for value in only.column("thing")] == ["rpo-slaskie/1.2"]


@pytest.mark.parametrize(
    ("name", "parameters", "says", "candidate"),
    [
        ("mesures-under-priority", {}, "no query", "measures-under-priority"),
        ("measures-under-priority", {"prioriti": "x"}, "no parameter 'prioriti'", "priority"),
        ("measures-under-priority", {"priority": "rozwój"}, "priority:", "smart-growth"),
        ("measures-under-priority", {"priority": "CT 3"}, "is no priority", "smart-growth"),
        ("measures-under-priority", {}, "needs a value for priority", "smart growth"),
        ("documents", {"language": "de"}, "no language", "pl"),
    ],
)
def test_a_wrong_name_or_value_gets_the_nearest_right_ones(
    small: Graph, name: str, parameters: dict[str, str], says: str, candidate: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        run(small, name, parameters)
    assert says in str(caught.value)
    assert candidate in str(caught.value)


def test_a_value_cannot_change_what_the_query_asks(small: Graph) -> None:
    query = parse_query("SELECT ?thing WHERE { ?thing nurt:code ?code }")
    assert len(run(small, query, {"code": "I.2"}).rows) == 1
    assert run(small, query, {"code": 'I.2" } UNION { ?thing ?p ?o } #'}).rows == ()


def test_a_query_without_header_takes_ids_numbers_and_texts(small: Graph) -> None:
    query = parse_query("SELECT ?child WHERE { ?child nurt:partOf ?parent }")
    assert len(run(small, query, {"parent": "rpo-lodzkie/I.2"}).rows) == 2
    assert len(run(small, query, {"parent": "<https://w3id.org/nurt/id/rpo-lodzkie/1.2>"}).rows) == 2


def test_ask_gives_a_sheet_of_one_cell(small: Graph) -> None:
    assert run(small, parse_query("ASK { id:ksrr a nurt:Strategy }")).rows == ((True,),)


def test_broken_sparql_is_a_query_error(small: Graph) -> None:
    with pytest.raises(QueryError, match="does not parse"):
        run(small, parse_query("SELECT WHERE"))


def test_a_broken_header_is_a_query_error() -> None:
    with pytest.raises(QueryError, match="not valid YAML"):
        parse_query("#+ summary: [\nSELECT * {}")
    with pytest.raises(UnknownNameError, match="no kind of column"):
        parse_query("#+ columns:\n#+   x: {kind: colour}\nSELECT ?x {}")


def test_form_looks_past_comments_and_iris() -> None:
    assert parse_query("# SELECT\nPREFIX a: <http://x/ASK> CONSTRUCT {} WHERE {}").form == "CONSTRUCT"
    assert named("documents").form == "SELECT"
