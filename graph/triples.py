"""The triples of a graph in plain dictionaries: what checks that touch every node need to be quick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, RDFS

from .terms import OxTerm

__all__ = ["Data", "Focus", "key_of"]

Focus = str
"""What stands for a node: its IRI, or "_:" and the label of a blank node."""

_TYPE: Final = str(RDF.type)
_SUBCLASS: Final = str(RDFS.subClassOf)


def key_of(term: OxTerm) -> Focus | None:
    """The key under which a node's triples are indexed; None for a literal, which has none."""
    if isinstance(term, ox.NamedNode):
        return term.value
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else None


class Data:
    """The triples of a graph by predicate and subject, and by predicate and object; graphs are one union."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.forward: dict[str, dict[Focus, list[OxTerm]]] = {}
        self._terms: dict[Focus, OxTerm] = {}
        self._backward: dict[str, dict[OxTerm, list[OxTerm]]] = {}
        self._classes: dict[str, frozenset[str]] = {}
        for quad in quads:
            subject = quad.subject
            if isinstance(subject, ox.NamedNode):
                key = subject.value
            elif isinstance(subject, ox.BlankNode):
                key = f"_:{subject.value}"
            else:
                continue
            by_subject = self.forward.get(quad.predicate.value)
            if by_subject is None:
                by_subject = self.forward[quad.predicate.value] = {}
            values = by_subject.get(key)
            if values is None:
                by_subject[key] = [quad.object]
                self._terms[key] = subject
            elif quad.object not in values:  # the same triple may stand in several graphs
                values.append(quad.object)

    def term(self, focus: Focus) -> OxTerm:
        """The node of a key."""
        known = self._terms.get(focus)
        if known is not None:
            return known
        return ox.BlankNode(focus[2:]) if focus.startswith("_:") else ox.NamedNode(focus)

    def values(self, focus: Focus, predicate: str) -> list[OxTerm]:
        """The objects of a subject, each once."""
        return self.forward.get(predicate, {}).get(focus, [])

    def subjects(self, value: OxTerm, predicate: str) -> list[OxTerm]:
        """The subjects of an object, each once."""
        if predicate not in self._backward:
            index: dict[OxTerm, list[OxTerm]] = {}
            for subject, objects in self.forward.get(predicate, {}).items():
                for found in objects:
                    index.setdefault(found, []).append(self.term(subject))
            self._backward[predicate] = index
        return self._backward[predicate].get(value, [])

    def subclasses(self, cls: str) -> frozenset[str]:
        """The class and all classes below it."""
        if cls not in self._classes:
            found = {cls}
            todo = [cls]
            while todo:
                for below in self.subjects(ox.NamedNode(todo.pop()), _SUBCLASS):
                    if isinstance(below, ox.NamedNode) and below.value not in found:
                        found.add(below.value)
                        todo.append(below.value)
            self._classes[cls] = frozenset(found)
        return self._classes[cls]

    def instances(self, cls: str) -> list[Focus]:
        """The nodes of a class or of one below it."""
        found: dict[Focus, None] = {}
        for below in self.subclasses(cls):
            for term in self.subjects(ox.NamedNode(below), _TYPE):
                if key := key_of(term):
                    found[key] = None
        return list(found)

    def is_a(self, term: OxTerm, cls: str) -> bool:
        """Whether a node is of a class or of one below it."""
        key = key_of(term)
        if key is None:
            return False
        allowed = self.subclasses(cls)
        return any(
            isinstance(found, ox.NamedNode) and found.value in allowed for found in self.values(key, _TYPE)
        )
