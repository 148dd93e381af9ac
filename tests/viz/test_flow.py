"""The flow of money: every euro once, and a picture that other programs read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nurt.errors import UnknownNameError
from nurt.graph.store import Graph, open_graph
from nurt.ontology.namespace import ID
from nurt.viz.flow import flow_html, flow_svg, ribbons


def test_every_euro_counts_once(small_graph: Graph) -> None:
    found, plan = ribbons(small_graph)
    assert plan == "2019-04-11"
    assert sum(ribbon.amount for ribbon in found) == Decimal(2 * 1_234_667)


def test_a_programme_flows_down_to_its_axes(small_graph: Graph) -> None:
    found, _ = ribbons(small_graph, programme=ID["rpo-lodzkie"], language="en")
    assert {ribbon.steps for ribbon in found} == {
        ("Smart growth", "TO 1 Research", "RPO łódzkie", "I Oś pierwsza łódzkie"),
        ("Smart growth", "TO 4 Low carbon", "RPO łódzkie", "I Oś pierwsza łódzkie"),
    }


def test_the_picture_is_xml_and_names_its_total(small_graph: Graph) -> None:
    root = ElementTree.fromstring(flow_svg(small_graph))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "2\u00a0469\u00a0334 EUR" in (root.findtext("{http://www.w3.org/2000/svg}title") or "")


def test_the_page_runs_nothing(small_graph: Graph) -> None:
    page = flow_html(small_graph)
    assert "script-src 'none'" in page
    assert "<script" not in page


def test_a_programme_without_money_is_an_error(small_graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="rpo-nowhere"):
        ribbons(small_graph, programme=ID["rpo-nowhere"])


def test_the_picture_says_that_amounts_come_from_digests(corpus_graph: Path) -> None:
    with open_graph(corpus_graph) as graph:
        assert "Streszczenia, nie teksty urzędowe: " in flow_svg(graph)
        assert "Digests, not official texts: 1 of 1 " in flow_svg(
            graph, programme=ID["rpo-lodzkie"], language="en"
        )
