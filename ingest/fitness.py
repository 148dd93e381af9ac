"""What a document yields must be sayable in RDF: names of which no identifier can be made are reviewed."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from pyoxigraph import NamedNode
from rdflib import URIRef

from .claims import Claim, Element, Extraction, Review

__all__ = ["fit"]


@lru_cache(maxsize=65536)
def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _of_element(element: Element) -> tuple[object, ...]:
    said = (part for pair in element.properties for part in pair)
    return (element.iri, element.type, element.parent, *said)


def _of_claim(claim: Claim) -> tuple[object, ...]:
    return (claim.subject, claim.predicate, claim.object)


def _wrong(nodes: tuple[object, ...]) -> str:
    return next((str(node) for node in nodes if isinstance(node, URIRef) and not _is_iri(str(node))), "")


def fit(extraction: Extraction) -> Extraction:
    """The extraction without elements and claims whose IRIs are none by RFC 3987; each becomes a review."""
    elements = {id(element): _wrong(_of_element(element)) for element in extraction.elements}
    claims = {id(claim): _wrong(_of_claim(claim)) for claim in extraction.claims}
    if not any(elements.values()) and not any(claims.values()):
        return extraction
    reviews = [
        Review(evidence=place, reason=f"no identifier can be made of {wrong[:200]!r}")
        for place, wrong in (
            *((element.evidence, elements[id(element)]) for element in extraction.elements),
            *((claim.evidence[0], claims[id(claim)]) for claim in extraction.claims),
        )
        if wrong
    ]
    return replace(
        extraction,
        elements=tuple(element for element in extraction.elements if not elements[id(element)]),
        claims=tuple(claim for claim in extraction.claims if not claims[id(claim)]),
        reviews=(*extraction.reviews, *reviews),
    )
