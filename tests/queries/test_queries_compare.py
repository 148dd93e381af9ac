"""Comparison of regions, everything about one thing, and what changed between two graphs."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from nurt.errors import UnknownNameError
from nurt.graph.store import Graph
from nurt.queries.compare import compare
from nurt.queries.diff import diff, diff_sheet
from nurt.queries.sheet import text_of
from nurt.queries.show import show

Iri = Callable[[str], URIRef]


def _cells(sheet_rows: tuple[tuple[object, ...], ...]) -> list[list[str]]:
    return [[text_of(value) for value in row] for row in sheet_rows]  # type: ignore[arg-type]


def test_money_side_by_side(either: Graph) -> None:
    sheet = compare(either, ["łódzkie", "śląskie"], by="money")
    assert [column.name for column in sheet.columns] == ["id", "name", "lodzkie", "slaskie"]
    assert [[row[0], row[2], row[3]] for row in _cells(sheet.rows)] == [
        ["thematic-objective/1", "171619822", "300000000"],
        ["thematic-objective/3", "4500000", ""],
        ["thematic-objective/4", "228344770", ""],
        ["thematic-objective/11", "1000000", ""],
    ]


def test_measures_and_beneficiaries_side_by_side(small: Graph) -> None:
    measures = compare(small, ["łódzkie", "śląskie"])
    assert [row[2:] for row in _cells(measures.rows)] == [["3", "1"], ["3", ""], ["3", ""]]
    beneficiaries = compare(small, ["łódzkie", "śląskie"], by="beneficiary", language="en")
    assert ["beneficiary-type/smes", "SMEs", "2", "1"] in _cells(beneficiaries.rows)


def test_a_comparison_needs_two_regions_and_a_known_aspect(small: Graph) -> None:
    with pytest.raises(UnknownNameError, match="two regions"):
        compare(small, ["łódzkie", "lodzkie"])
    with pytest.raises(UnknownNameError, match="cannot be compared by 'weather'"):
        compare(small, ["łódzkie", "śląskie"], by="weather")


def test_show_has_attributes_links_both_ways_and_places(either: Graph, iri: Iri) -> None:
    rows = _cells(show(either, iri("rpo-lodzkie/1.2")).rows)
    assert ["=", "code", "I.2", "", "", "", "", ""] in rows
    assert any(row[:3] == ["→", "partOf", "rpo-lodzkie/1"] and row[4] == "coded" and row[6] for row in rows)
    assert ["←", "partOf", "rpo-lodzkie/1.2.1"] in [row[:3] for row in rows]
    assert any(row[0] == "@" and row[7] == "SZOOP RPO WŁ (streszczenie), s. 1" for row in rows)


def test_show_gives_amounts_with_their_dates(small: Graph, iri: Iri) -> None:
    rows = _cells(show(small, iri("rpo-slaskie/1")).rows)
    assert "299000000 EUR (2015-01-01)" in [row[3] for row in rows]


def test_nothing_is_shown_of_what_is_unknown(small: Graph, iri: Iri) -> None:
    with pytest.raises(UnknownNameError):
        show(small, iri("rpo-lodzkie/99"))


def _edited(quads: tuple[ox.Quad, ...], *edits: tuple[str, str]) -> Graph:
    text = ox.serialize(iter(quads), format=ox.RdfFormat.N_QUADS).decode("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return Graph.in_memory(text.encode("utf-8"))


def test_nothing_changed(small: Graph, on_disk: Graph) -> None:
    assert diff(small, on_disk) == ()


def test_changes_of_every_kind_are_told(small: Graph, quads: tuple[ox.Quad, ...], iri: Iri) -> None:
    new = _edited(
        quads,
        ("rpo-lodzkie/1.1>", "rpo-lodzkie/1.3>"),
        ('"I.1"', '"I.3"'),
        ("Odnawialne źródła energii", "Energia ze źródeł odnawialnych"),
        ('"171619822"', '"171000000"'),
        ("rpo-lodzkie/5.1>", "rpo-lodzkie/5.2>"),
        ("Działanie bez celu", "Działanie z nowym tytułem"),
        (
            "rpo-lodzkie/4.2> <https://w3id.org/nurt/ontology#eligible> "
            "<https://w3id.org/nurt/id/beneficiary-type/smes>",
            "rpo-lodzkie/4.2> <https://w3id.org/nurt/ontology#eligible> "
            "<https://w3id.org/nurt/id/beneficiary-type/clusters>",
        ),
    )
    told = _cells(diff_sheet(diff(small, new, within=iri("rpo-lodzkie")), language="en").rows)
    assert [[row[0], *row[2:]] for row in told] == [
        ["rpo-lodzkie/1", "money changed (EUR)", "171619822", "171000000"],
        ["rpo-lodzkie/1.3", "re-coded", "I.1", "I.3"],
        [
            "rpo-lodzkie/4.1",
            "renamed",
            "Odnawialne źródła energii",
            "Energia ze źródeł odnawialnych",
        ],
        ["rpo-lodzkie/4.2", "beneficiary gained", "", "Klastry"],
        ["rpo-lodzkie/4.2", "beneficiary lost", "Mikro, małe i średnie przedsiębiorstwa", ""],
        ["rpo-lodzkie/5.1", "removed", "V.1 Działanie bez celu", ""],
        ["rpo-lodzkie/5.2", "added", "", "V.1 Działanie z nowym tytułem"],
    ]
