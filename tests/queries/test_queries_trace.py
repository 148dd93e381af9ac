"""Traces: every way up or down, with the evidence of every step."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from rdflib import URIRef

from nurt.errors import UnknownNameError
from nurt.graph.store import Graph
from nurt.ontology.identifiers import short
from nurt.queries.links import parse_bases
from nurt.queries.trace import trace

Iri = Callable[[str], URIRef]


def test_the_way_up_reaches_smart_growth_and_europe_2020(either: Graph, iri: Iri) -> None:
    found = trace(either, iri("rpo-lodzkie/1.2"))
    steps = [(short(s.child), s.verb, short(s.parent), s.best.basis) for s in found.steps]
    assert steps == [
        ("rpo-lodzkie/1.2", "partOf", "rpo-lodzkie/1", "coded"),
        ("rpo-lodzkie/1", "addresses", "thematic-objective/1", "coded"),
        ("thematic-objective/1", "contributesTo", "europe-2020/priority/smart-growth", "stated"),
        ("europe-2020/priority/smart-growth", "partOf", "europe-2020", "stated"),
        ("rpo-lodzkie/1", "partOf", "rpo-lodzkie", "coded"),
    ]


def test_every_step_has_a_quote_with_document_page_and_offsets(small: Graph, iri: Iri) -> None:
    for step in trace(small, iri("rpo-lodzkie/1.2.1")).steps:
        quote = step.best.quotes[0]
        assert quote.text == f"{short(step.child)} {step.verb} {short(step.parent)}"
        assert quote.page == 1
        assert quote.end - quote.start == len(quote.text)


def test_a_basis_filter_leaves_out_weaker_links_but_keeps_layout(small: Graph, iri: Iri) -> None:
    every = trace(small, iri("rpo-lodzkie/4.1"))
    strict = trace(small, iri("rpo-lodzkie/4.1"), bases=parse_bases("stated,coded"))
    inferred = {(short(s.child), short(s.parent)) for s in every.steps} - {
        (short(s.child), short(s.parent)) for s in strict.steps
    }
    assert inferred == {("rpo-lodzkie/4.1", "thematic-objective/4")}
    stated = trace(small, iri("rpo-lodzkie/4.1"), bases=parse_bases("stated"))
    assert iri("rpo-lodzkie") in stated.reaches
    assert iri("thematic-objective/4") not in stated.reaches


def test_down_from_a_strategy(small: Graph, iri: Iri) -> None:
    found = trace(small, iri("srk-2020"), direction="down")
    assert found.to_text(quotes=False).splitlines()[:4] == [
        "Strategia Rozwoju Kraju 2020 [srk-2020]",
        "├─ realizuje ← Krajowa Strategia Rozwoju Regionalnego [ksrr]",
        "│  │  podana wprost, 0.90, article/fixture",
        "│  └─ realizuje ← Regionalny Program Operacyjny Województwa Śląskiego na lata 2014-2020 "
        "[rpo-slaskie]",
    ]
    assert iri("rpo-slaskie/1.2") in found.reaches


def test_depth_stops_the_trace(small: Graph, iri: Iri) -> None:
    found = trace(small, iri("europe-2020"), direction="down", depth=1)
    assert {short(step.parent) for step in found.steps} == {"europe-2020"}


def test_what_several_ways_share_is_unfolded_once(small: Graph, iri: Iri) -> None:
    text = trace(small, iri("rpo-lodzkie/1.2.1")).to_text(quotes=False)
    assert text.count("[thematic-objective/1] (…)") == 1
    assert text.count("[europe-2020/priority/smart-growth]") == 1


def test_json_and_mermaid_hold_the_same_steps(small: Graph, iri: Iri) -> None:
    found = trace(small, iri("rpo-lodzkie/4.2"))
    content = json.loads(json.dumps(found.to_dict(), ensure_ascii=False))
    assert len(content["steps"]) == len(found.steps)
    first = content["steps"][0]
    assert first["claims"][0]["evidence"][0]["quote"]
    mermaid = found.to_mermaid()
    assert mermaid.startswith("flowchart BT\n")
    assert mermaid.count("-->") + mermaid.count("-.->") == len(found.steps)
    assert '-.->|"odpowiada na (wywnioskowana)"|' in mermaid
    english = trace(small, iri("rpo-lodzkie/4.2"), language="en")
    assert '-.->|"addresses (inferred)"|' in english.to_mermaid()
    assert "is part of → " in english.to_text()
    assert first["predicate"] == "addresses"


def test_an_unknown_thing_is_an_error(small: Graph, iri: Iri) -> None:
    with pytest.raises(UnknownNameError, match="nothing about 'rpo-lodzkie/99'"):
        trace(small, iri("rpo-lodzkie/99"))


def test_an_unknown_basis_names_the_known_ones() -> None:
    with pytest.raises(UnknownNameError) as caught:
        parse_bases("stated,coated")
    assert caught.value.candidates == ("stated", "coded", "curated", "inferred")


def test_a_digest_is_marked_once_after_its_title(small: Graph, iri: Iri) -> None:
    polish = trace(small, iri("rpo-lodzkie/1.2")).to_text()
    english = trace(small, iri("rpo-lodzkie/1.2"), language="en").to_text()
    assert polish.count(" (streszczenie), s. 1") == polish.count("” – ") > 0
    assert english.count(" (digest), p. 1") == english.count("” – ")
    assert "(streszczenie)" not in trace(small, iri("ksrr")).to_text()  # the article is an original
