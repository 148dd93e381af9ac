"""Gaps and coverage: what hangs in the air, what is known, and what the numbering says is missing."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import URIRef

from nurt.graph.store import Graph
from nurt.queries.coverage import coverage, coverage_sheet, missing_numbers
from nurt.queries.gaps import gaps, gaps_sheet
from nurt.queries.links import parse_bases
from nurt.queries.notes import graph_notes

Iri = Callable[[str], URIRef]


def test_orphans_and_unserved_objectives_come_with_the_reason(either: Graph) -> None:
    found = {gap.resource.short: (gap.kind, gap.reason_en, gap.expected) for gap in gaps(either)}
    assert found["rpo-lodzkie/12.1"] == (
        "orphan",
        "technical assistance: serves no thematic objective",
        True,
    )
    assert found["rpo-lodzkie/5.1"][:2] == ("orphan", "no objective assigned in the graph's documents")
    assert found["thematic-objective/11"][:2] == (
        "unserved",
        "no document of the graph links anything to it",
    )
    assert "rpo-lodzkie/1.1" not in found
    assert "thematic-objective/1" not in found


def test_under_fewer_bases_there_are_more_gaps(small: Graph) -> None:
    every = {gap.resource.short for gap in gaps(small)}
    strict = {gap.resource.short for gap in gaps(small, bases=parse_bases("coded"))}
    assert every < strict
    assert "rpo-lodzkie/1.1" in strict


def test_gaps_of_one_programme_are_its_own(small: Graph, iri: Iri) -> None:
    assert gaps(small, programme=iri("rpo-slaskie")) == ()
    sheet = gaps_sheet(gaps(small, programme=iri("rpo-lodzkie")), language="en")
    assert {str(value) for value in sheet.column("kind")} == {"no way up"}


def test_coverage_counts_each_level_and_tells_gaps_in_the_numbering(either: Graph, iri: Iri) -> None:
    axes, measures, subs = coverage(either, [iri("rpo-lodzkie")])
    assert (axes.known, measures.known, subs.known) == (4, 7, 2)
    assert axes.missing == ("2", "3", "6", "7", "8", "9", "10", "11")
    assert measures.missing == tuple(f"4.{number}" for number in range(3, 10))
    assert subs.having == {
        "title": 2,
        "beneficiaries": 2,
        "allocation": 0,
        "source": 1,
        "investment_priority": 1,
    }
    assert len(coverage_sheet(coverage(either)).rows) == 9


def test_numbering_is_judged_among_siblings() -> None:
    assert missing_numbers(["1.1", "1.3", "2.1"]) == ("1.2",)
    assert missing_numbers(["1a", "1c"]) == ()


def test_notes_name_every_document_with_date_and_source(small: Graph) -> None:
    notes = {note.subject: note.text for note in graph_notes(small, "en")}
    assert notes["Document: Finance plan"] == (
        "2019-04-11; digest, not the official text; https://example.org/finance"
    )
    assert (
        "axes: 4 (gaps: 2, 3"
        in notes["Known: Regionalny Program Operacyjny Województwa Łódzkiego na lata 2014-2020"]
    )
