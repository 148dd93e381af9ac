"""Links upwards that would run in a circle go to a person, not into the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from rdflib import URIRef

from ..graph.closure import cycles
from ..ontology.identifiers import short
from .assemble import UPWARD
from .claims import BASES, Claim, Extraction, Review

__all__ = ["without_circles"]

Link = tuple[URIRef, URIRef]
_STRUCTURE: Final = (-1, 0.0)


def without_circles(extractions: Sequence[Extraction]) -> tuple[Extraction, ...]:
    """Leave out the weakest claims of each circle of upward links, and file each as a Review.

    Two texts, or one read wrongly, may each say that the other serves it. Of the links on a circle the
    stronger are kept (structure before statements before codes, and so on, then the more confident, then by
    name), as long as they close no circle; same input, same choice. A claim that links a thing to itself goes
    too.
    """
    strength: dict[Link, tuple[int, float]] = {}
    for extraction in extractions:
        for element in extraction.elements:
            if element.parent is not None:
                strength[element.iri, element.parent] = _STRUCTURE
        for claim in extraction.claims:
            if claim.predicate in UPWARD:
                link = (claim.subject, claim.object)
                own = (BASES.index(claim.basis), -claim.confidence)
                strength[link] = min(own, strength.get(link, own))
    refused = frozenset(_closing(strength))
    return tuple(_reviewed(extraction, refused) for extraction in extractions)


def _closing(strength: dict[Link, tuple[int, float]]) -> Iterator[Link]:
    """The links to leave out: those that would close a circle with stronger ones."""
    group_of = {node: number for number, group in enumerate(cycles(strength)) for node in group}
    inside = [link for link in strength if link[0] in group_of and group_of[link[0]] == group_of.get(link[1])]
    parents: dict[URIRef, set[URIRef]] = defaultdict(set)
    for child, parent in sorted(inside, key=lambda link: (*strength[link], link)):
        if _reaches(parents, parent, child):
            yield child, parent
        else:
            parents[child].add(parent)


def _reaches(parents: dict[URIRef, set[URIRef]], start: URIRef, end: URIRef) -> bool:
    queue, seen = [start], {start}
    while queue:
        node = queue.pop()
        if node == end:
            return True
        further = parents[node] - seen
        seen |= further
        queue.extend(further)
    return False


def _reviewed(extraction: Extraction, refused: frozenset[Link]) -> Extraction:
    circular = [c for c in extraction.claims if c.predicate in UPWARD and (c.subject, c.object) in refused]
    if not circular:
        return extraction
    kept = tuple(claim for claim in extraction.claims if claim not in circular)
    reviews = tuple(Review(evidence=claim.evidence[0], reason=_reason(claim)) for claim in circular)
    return replace(extraction, claims=kept, reviews=(*extraction.reviews, *reviews))


def _reason(claim: Claim) -> str:
    child, parent = short(claim.subject), short(claim.object)
    return f"left out, since stronger links lead from {parent} up to {child} already: {child} → {parent}"
