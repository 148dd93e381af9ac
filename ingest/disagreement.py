"""One allocation, two figures: where documents differ, both are kept, each under a name of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rdflib import Literal, URIRef

from ..ontology.identifiers import slug
from ..ontology.namespace import NURT
from .claims import Extraction

__all__ = ["kept_apart"]


def kept_apart(extractions: Sequence[Extraction]) -> list[Extraction]:
    """Rename the allocations of a document that give other figures than an earlier one under the same name.

    An allocation has exactly one amount. Without this, two lists that print a contract with two amounts
    would make one allocation of both, and the graph would be refused.
    """
    known: dict[URIRef, dict[URIRef, Literal]] = {}
    result = []
    for extraction in extractions:
        renamed: dict[URIRef, URIRef] = {}
        for element in extraction.elements:
            if element.type == NURT.Allocation:
                figures = {name: value for name, value in element.properties if isinstance(value, Literal)}
                before = known.setdefault(element.iri, {})
                if any(before.get(name, value) != value for name, value in figures.items()):
                    renamed[element.iri] = URIRef(f"{element.iri}-{slug(extraction.document)}")
                else:
                    before.update(figures)
        result.append(_renamed(extraction, renamed) if renamed else extraction)
    return result


def _renamed(extraction: Extraction, names: dict[URIRef, URIRef]) -> Extraction:
    return replace(
        extraction,
        elements=tuple(replace(e, iri=names.get(e.iri, e.iri)) for e in extraction.elements),
        claims=tuple(
            replace(c, subject=names.get(c.subject, c.subject), object=names.get(c.object, c.object))
            for c in extraction.claims
        ),
    )
