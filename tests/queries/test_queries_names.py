"""Names as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurt.errors import UnknownNameError
from nurt.graph.store import Graph
from nurt.ontology.identifiers import short
from nurt.ontology.namespace import NURT
from nurt.queries.names import find, fold, one


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rpo-lodzkie/I.2", "rpo-lodzkie/1.2"),
        ("rpo-lodzkie/1.2", "rpo-lodzkie/1.2"),
        ("https://w3id.org/nurt/id/rpo-lodzkie/1.2", "rpo-lodzkie/1.2"),
        ("RPLD.01.02.00", "rpo-lodzkie/1.2"),
        ("RPLD.01.02.01", "rpo-lodzkie/1.2.1"),
        ("RPO WŁ I.2", "rpo-lodzkie/1.2"),
        ("rpo wl, działanie I.2", "rpo-lodzkie/1.2"),
        ("łódzkie 1.2", "rpo-lodzkie/1.2"),
        ("RPO WSL/1.2", "rpo-slaskie/1.2"),
        ("CT 3", "thematic-objective/3"),
        ("ct3", "thematic-objective/3"),
        ("TO 11", "thematic-objective/11"),
        ("celu tematycznego 3", "thematic-objective/3"),
        ("thematic objective 3", "thematic-objective/3"),
        ("PI 3c", "investment-priority/erdf-3c"),
        ("3c", "investment-priority/erdf-3c"),
        ("PI IIIc", "investment-priority/erdf-3c"),
        ("priorytet inwestycyjny 1b (EFRR)", "investment-priority/erdf-1b"),
        ("RPO WŁ", "rpo-lodzkie"),
        ("rpo wl", "rpo-lodzkie"),
        ("SRK 2020", "srk-2020"),
        ("Strategii Rozwoju Kraju 2020", "srk-2020"),
        ("krajowej strategii rozwoju regionalnego", "ksrr"),
        ("Krajwa Strategia Rozwoju Regionalneg", "ksrr"),
        ("Smart growth", "europe-2020/priority/smart-growth"),
        ("rozwoj inteligentny", "europe-2020/priority/smart-growth"),
        ("łódzkie", "region/lodzkie"),
        ("lodzkie", "region/lodzkie"),
        ("MŚP", "beneficiary-type/smes"),
        ("klastry", "beneficiary-type/clusters"),
        ("koordynator klastra", "beneficiary-type/cluster-coordinators"),
        ("EFRR", "fund/erdf"),
    ],
)
def test_one_thing_is_meant(small: Graph, typed: str, meant: str) -> None:
    assert short(one(small, typed)) == meant


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("I.2", {"rpo-lodzkie/1.2", "rpo-slaskie/1.2"}),
        ("działanie 1.2", {"rpo-lodzkie/1.2", "rpo-slaskie/1.2"}),
        ("Regionalny Program Operacyjny Województwa", {"rpo-lodzkie", "rpo-slaskie"}),
    ],
)
def test_ambiguous_names_list_their_candidates(small: Graph, typed: str, candidates: set[str]) -> None:
    with pytest.raises(UnknownNameError, match="ambiguous") as caught:
        one(small, typed)
    assert {candidate.split(" ")[0] for candidate in caught.value.candidates} == candidates


def test_a_name_that_means_nothing_says_what_to_type(small: Graph) -> None:
    with pytest.raises(UnknownNameError, match="means nothing") as caught:
        one(small, "qwertyuiop zxcvb")
    assert "CT 3" in str(caught.value)


def test_a_class_narrows_what_a_name_may_mean(small: Graph) -> None:
    assert short(one(small, "Zatrudnienie", classes=[NURT.HeadlineTarget])) == "europe-2020/target/employment"
    with pytest.raises(UnknownNameError, match="as Fund"):
        one(small, "RPO WŁ", classes=[NURT.Fund])


def test_measures_of_like_code_are_never_merged(small: Graph) -> None:
    assert {short(match.iri) for match in find(small, "1.2")} == {"rpo-lodzkie/1.2", "rpo-slaskie/1.2"}


@given(st.text(max_size=40))
def test_any_text_is_found_or_refused_but_never_breaks(small: Graph, text: str) -> None:
    for match in find(small, text):
        assert 0 < match.score <= 1


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        "rpo-lodzkie/99.9",
        "rpo-lodzkie/I.2x",
        "RPO WŁ 9.9",
        "rpo-lodzkie/xyz",
        "europe-2020/priority/smart",
        "CT 12",
    ],
)
def test_an_unknown_code_never_means_something_else(small: Graph, text: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        one(small, text)
    assert text in caught.value.what
    if text.startswith(("rpo-lodzkie", "RPO")):
        assert all(candidate.startswith("rpo-lodzkie/") for candidate in caught.value.candidates)
        assert caught.value.candidates
