"""What a graph leaves to a person: names and fields that stayed open, links that rest on little."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef

from ..ontology.identifiers import short
from .curating import shown
from .decisions import OpenItem

if TYPE_CHECKING:
    from ..graph.store import Graph

__all__ = ["open_items"]

_DOUBTFUL: Final = """
SELECT ?subject ?predicate ?object ?basis ?document ?confidence ?start ?quote (MIN(?p) AS ?page) WHERE {
  ?claim a nurt:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
         nurt:basis ?basis ; nurt:confidence ?confidence ; nurt:evidence ?evidence .
  FILTER (?basis != nurt:curated && ?confidence < ?below)
  ?evidence oa:hasSource ?document ; oa:hasSelector [ oa:exact ?quote ], [ oa:start ?start ] .
  OPTIONAL { ?evidence nurt:page ?p }
}
GROUP BY ?subject ?predicate ?object ?basis ?confidence ?document ?start ?quote
ORDER BY ?document ?start ?subject ?predicate ?object
"""


def open_items(graph: Graph, *, below: float) -> tuple[OpenItem, ...]:
    """What is to be decided: first what stayed open, then links below a confidence, by document and place.

    Args:
        below: links whose confidence is less, from 0 to 1; 0 for none. Of a link with several places in a
            document the first is shown.
    """
    return (*_reviews(graph), *_links(graph, below))


def _reviews(graph: Graph) -> Iterator[OpenItem]:
    for review in graph.report["reviews"]:
        yield OpenItem(
            document=review["document"],
            page=review["page"],
            quote=review["quote"],
            reason=review["reason"],
            candidates=tuple(review["candidates"]),
        )


def _links(graph: Graph, below: float) -> Iterator[OpenItem]:
    if below <= 0:
        return
    seen: set[tuple[str, ...]] = set()
    for row in graph.select(_DOUBTFUL, {"below": Literal(Decimal(str(below)))}).rows:
        *iris, confidence, _, quote, page = row
        subject, predicate, target, basis, document = (URIRef(str(iri)) for iri in iris)
        link = (
            short(document).removeprefix("document/"),
            short(subject),
            str(predicate).rpartition("#")[2],
            short(target),
        )
        if link in seen:
            continue
        seen.add(link)
        yield OpenItem(
            document=link[0],
            page=int(str(page)) if page is not None else None,
            quote=shown(str(quote)),
            subject=link[1],
            predicate=link[2],
            object=link[3],
            basis=str(basis).rpartition("#")[2],
            confidence=float(str(confidence)),
        )
