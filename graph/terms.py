"""Terms of rdflib and of Oxigraph, each turned into the other without changing what is written."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD

from ..ontology.identifiers import short
from ..ontology.namespace import ID, PREFIXES

__all__ = ["OxTerm", "Term", "from_ox", "readable", "to_ox"]

Term = URIRef | Literal | BNode
OxTerm = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple

_STRING: Final = str(XSD.string)


def from_ox(term: OxTerm) -> Term:
    """Return the rdflib term; the lexical form stays as it is, ``xsd:string`` becomes a plain literal.

    Raises ValueError for a quoted triple, which nurt never writes.
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        if datatype == _STRING:
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(datatype), normalize=False)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise ValueError(f"a quoted triple has no place in this graph: {term}")


def to_ox(term: Term) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    """Return the Oxigraph term; raises ValueError for an IRI that is none (a space or a bracket in it)."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)


def readable(term: Term) -> str:
    """Return what users read: a short id, a prefixed name, or the text of a literal.

    >>> readable(URIRef("https://w3id.org/nurt/id/rpo-lodzkie/1.2"))
    'rpo-lodzkie/1.2'
    """
    if isinstance(term, URIRef) and not term.startswith(str(ID)):
        for prefix, namespace in PREFIXES.items():
            if term.startswith(namespace):
                return f"{prefix}:{term.removeprefix(namespace)}"
    return short(term) if isinstance(term, URIRef) else str(term)
