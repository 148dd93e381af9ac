"""The transitive closure of child-parent links, computed once at build time and never at query time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rdflib import URIRef

__all__ = ["closure", "cycles"]

_N = TypeVar("_N", bound=str)


def _adjacency(links: Iterable[tuple[_N, _N]]) -> dict[_N, list[_N]]:
    """Parents by child, every node a key, all in one order whatever the order of the links."""
    parents: dict[_N, set[_N]] = {}
    for child, parent in links:
        parents.setdefault(child, set()).add(parent)
        parents.setdefault(parent, set())
    return {node: sorted(parents[node], key=str) for node in sorted(parents, key=str)}


def _components(parents: dict[_N, list[_N]]) -> list[list[_N]]:
    """Strongly connected components, parents before children (Tarjan 1972, without recursion)."""
    index: dict[_N, int] = {}
    low: dict[_N, int] = {}
    on_stack: set[_N] = set()
    stack: list[_N] = []
    found: list[list[_N]] = []
    for root in parents:
        if root in index:
            continue
        work: list[tuple[_N, Iterator[_N]]] = [(root, iter(parents[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, remaining = work[-1]
            for parent in remaining:
                if parent not in index:
                    index[parent] = low[parent] = len(index)
                    stack.append(parent)
                    on_stack.add(parent)
                    work.append((parent, iter(parents[parent])))
                    break
                if parent in on_stack:
                    low[node] = min(low[node], index[parent])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component: list[_N] = []
                    while not component or component[-1] != node:
                        component.append(stack.pop())
                        on_stack.discard(component[-1])
                    found.append(component)
    return found


def _is_cycle(component: list[_N], parents: dict[_N, list[_N]]) -> bool:
    return len(component) > 1 or component[0] in parents[component[0]]


def closure(links: Iterable[tuple[URIRef, URIRef]]) -> Iterator[tuple[URIRef, URIRef]]:
    """Yield every pair (x, y) where y is reached from x over one or more links, sorted by x, then y.

    A thing on a cycle is reached from itself, as RDF's transitive properties have it; ``cycles`` names them.
    Time and memory grow with the number of links and of pairs yielded.

    >>> a, b, c = (URIRef(f"urn:{name}") for name in "abc")
    >>> [(str(x), str(y)) for x, y in closure([(a, b), (b, c)])]
    [('urn:a', 'urn:b'), ('urn:a', 'urn:c'), ('urn:b', 'urn:c')]
    """
    parents = _adjacency(links)
    reached: dict[URIRef, frozenset[URIRef]] = {}
    for component in _components(parents):
        together: set[URIRef] = set()
        for node in component:
            for parent in parents[node]:
                together.add(parent)
                together |= reached.get(parent, frozenset())
        if _is_cycle(component, parents):
            together.update(component)
        shared = frozenset(together)
        for node in component:
            reached[node] = shared
    for node in parents:
        for ancestor in sorted(reached[node], key=str):
            yield node, ancestor


def cycles(links: Iterable[tuple[URIRef, URIRef]]) -> tuple[tuple[URIRef, ...], ...]:
    """Return each group of things that lie on a common cycle, sorted; empty for a sound hierarchy.

    >>> a, b, c = (URIRef(f"urn:{name}") for name in "abc")
    >>> [[str(node) for node in group] for group in cycles([(a, b), (b, a), (b, c)])]
    [['urn:a', 'urn:b']]
    """
    parents = _adjacency(links)
    groups = [
        tuple(sorted(component, key=str))
        for component in _components(parents)
        if _is_cycle(component, parents)
    ]
    return tuple(sorted(groups))
