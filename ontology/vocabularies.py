"""The ontology, the shapes and the vocabularies that ship with nurt, read from the installed package."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SKOS, XSD

from .namespace import ID

__all__ = [
    "label_index",
    "ontology_graph",
    "shapes_graph",
    "vocabulary_graphs",
    "vocabulary_iri",
    "vocabulary_names",
    "vocabulary_quads",
]

ONTOLOGY: Final = "nurt"
"""The name under which the ontology itself stands among the vocabularies."""

_BASE: Final = str(ID)
Subject = ox.NamedNode | ox.BlankNode
Object = ox.NamedNode | ox.BlankNode | ox.Literal


def vocabulary_iri(name: str) -> URIRef:
    """IRI of a vocabulary: its named graph and, but for the ontology, its concept scheme.

    Args:
        name: the stem of its file, e.g. "funds"; "nurt" is the ontology.
    """
    return ID[f"vocabulary/{name}"]


def _folder() -> Traversable:
    return files(__package__).joinpath("vocabularies")


@cache
def vocabulary_names() -> tuple[str, ...]:
    """The names of the vocabularies, sorted, the ontology not among them."""
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".ttl") for name in names if name.endswith(".ttl")))


def _parse(source: Traversable, name: str) -> list[tuple[Subject, ox.NamedNode, Object]]:
    """The triples of a Turtle file in its own order, blank nodes named by their place in it."""
    named: dict[ox.BlankNode, ox.BlankNode] = {}

    def subject(node: object) -> Subject:
        if isinstance(node, ox.BlankNode):
            return named.setdefault(node, ox.BlankNode(f"{name}{len(named)}"))
        if isinstance(node, ox.NamedNode):
            return node
        raise TypeError(f"{source}: {node} has no place in a vocabulary")

    quads = ox.parse(source.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=_BASE)
    return [
        (
            subject(quad.subject),
            quad.predicate,
            quad.object if isinstance(quad.object, ox.Literal) else subject(quad.object),
        )
        for quad in quads
    ]


def _sources() -> Iterator[tuple[str, Traversable]]:
    yield ONTOLOGY, files(__package__).joinpath("nurt.ttl")
    for name in vocabulary_names():
        yield name, _folder().joinpath(f"{name}.ttl")


@cache
def vocabulary_quads() -> tuple[ox.Quad, ...]:
    """The ontology and all vocabularies, each in its named graph ``id:vocabulary/<name>``.

    The same files give the same quads: blank nodes are named by their place in the file.
    """
    return tuple(
        ox.Quad(subject, predicate, value, ox.NamedNode(vocabulary_iri(name)))
        for name, source in _sources()
        for subject, predicate, value in _parse(source, name)
    )


def _node(term: Subject) -> URIRef | BNode:
    return URIRef(term.value) if isinstance(term, ox.NamedNode) else BNode(term.value)


def _value(term: Object) -> URIRef | BNode | Literal:
    if not isinstance(term, ox.Literal):
        return _node(term)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    return Literal(term.value) if datatype == XSD.string else Literal(term.value, datatype=datatype)


def _graph(name: str, source: Traversable) -> Graph:
    graph = Graph(identifier=vocabulary_iri(name), bind_namespaces="none")
    for subject, predicate, value in _parse(source, name):
        graph.add((_node(subject), URIRef(predicate.value), _value(value)))
    return graph


def ontology_graph() -> Graph:
    """The ontology, ``nurt.ttl``."""
    return _graph(ONTOLOGY, files(__package__).joinpath("nurt.ttl"))


def shapes_graph() -> Graph:
    """The SHACL shapes, ``shapes.ttl``."""
    return _graph("shapes", files(__package__).joinpath("shapes.ttl"))


def vocabulary_graphs() -> dict[str, Graph]:
    """The vocabularies by name, the ontology not among them."""
    return {name: _graph(name, source) for name, source in _sources() if name != ONTOLOGY}


@cache
def label_index(name: str) -> dict[str, tuple[URIRef, ...]]:
    """Every label of a vocabulary, lower case, with what bears it; more than one bearer is an ambiguity.

    Args:
        name: of the vocabulary, e.g. "beneficiary_types".
    """
    predicates = {str(label) for label in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)}
    bearers: dict[str, set[URIRef]] = {}
    for subject, predicate, value in _parse(_folder().joinpath(f"{name}.ttl"), name):
        if predicate.value in predicates and isinstance(value, ox.Literal):
            bearers.setdefault(value.value.lower(), set()).add(URIRef(subject.value))
    return {label: tuple(sorted(found)) for label, found in sorted(bearers.items())}
