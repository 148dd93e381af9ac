"""The closure equals networkx's, in the same order whatever the order of the links; cycles are named."""

from __future__ import annotations

import random
import time

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from nurt.graph.closure import closure, cycles

NODES = [URIRef(f"urn:{number}") for number in range(12)]
LINKS = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=40)


@given(LINKS)
def test_closure_is_the_transitive_closure(links: list[tuple[URIRef, URIRef]]) -> None:
    expected = set(nx.transitive_closure(nx.DiGraph(links), reflexive=False).edges)
    found = list(closure(links))
    assert set(found) == expected
    assert found == sorted(found, key=lambda pair: (str(pair[0]), str(pair[1])))
    assert len(found) == len(set(found))


@given(LINKS, st.randoms())
def test_order_of_links_does_not_matter(links: list[tuple[URIRef, URIRef]], order: random.Random) -> None:
    shuffled = list(links)
    order.shuffle(shuffled)
    assert list(closure(links)) == list(closure(shuffled))
    assert cycles(links) == cycles(shuffled)


@given(LINKS)
def test_cycles_are_the_strong_components(links: list[tuple[URIRef, URIRef]]) -> None:
    graph = nx.DiGraph(links)
    expected = {
        frozenset(group)
        for group in nx.strongly_connected_components(graph)
        if len(group) > 1 or graph.has_edge(*2 * tuple(group))
    }
    assert {frozenset(group) for group in cycles(links)} == expected


def test_a_deep_chain_neither_recurses_nor_explodes() -> None:
    chain = [(URIRef(f"urn:{i:05}"), URIRef(f"urn:{i + 1:05}")) for i in range(1500)]
    began = time.monotonic()
    assert sum(1 for _ in closure(chain)) == 1500 * 1501 // 2
    assert time.monotonic() - began < 30
