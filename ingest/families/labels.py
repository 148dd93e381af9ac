"""Labels in a text to concepts of the shipped vocabularies: beneficiary types, support types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from ... import ontology
from ...ontology.namespace import ID, NURT
from .words import fold, outside_brackets

__all__ = ["Match", "Vocabulary", "authority", "preferred", "vocabulary"]

_LABELS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation)


@dataclass(frozen=True, slots=True)
class Match:
    """A concept that a label means, and how surely: 1.0 where the label is the concept's own."""

    concept: URIRef
    confidence: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The labels of one vocabulary, folded.

    Args:
        concepts: folded label to concept; a label that means two concepts is left out.
    """

    concepts: dict[str, URIRef]

    def exact(self, label: str) -> URIRef | None:
        """The concept whose label this is, brackets aside, or None."""
        whole = self.concepts.get(fold(label))
        return whole or self.concepts.get(fold(outside_brackets(label)))

    def match(self, label: str) -> Match | None:
        """The concept that a printed label means, or None.

        Its own label means it surely; a concept's label followed by a restriction (*przedsiębiorcy, w tym …*,
        *szkoły wyższe – w przypadku …*) means it with confidence 0.9.
        """
        if concept := self.exact(label):
            return Match(concept, 1.0)
        words = fold(outside_brackets(label)).split()
        for length in range(len(words) - 1, 0, -1):
            head = " ".join(words[:length])
            if head in self.concepts and words[length] in _RESTRICTIONS:
                return Match(self.concepts[head], 0.9)
        return None


_RESTRICTIONS: Final = frozenset(
    {
        *("w", "z", "na", "jako", "nie", "wylacznie", "ktore", "ktorzy", "including", "with"),
        *("posiadajace", "posiadajacy", "prowadzace", "prowadzacy", "dzialajace", "dzialajacy", "bedace"),
        *("bedacy", "zlokalizowane", "majace", "majacy", "realizujace", "zarejestrowane"),
    }
)
"""Words that restrict a name and do not change whom it means."""


@cache
def _graph(stem: str) -> Graph:
    source = files(ontology) / "vocabularies" / f"{stem}.ttl"
    return Graph().parse(data=source.read_text(encoding="utf-8"), format="turtle")


@cache
def authority(stem: str) -> dict[URIRef, URIRef]:
    """The things that a vocabulary file describes, with their class of ``nurt.ttl``."""
    own = str(NURT._NS)
    pairs = _graph(stem).subject_objects(RDF.type)
    return {
        thing: kind
        for thing, kind in sorted(pairs)
        if isinstance(thing, URIRef) and isinstance(kind, URIRef) and str(kind).startswith(own)
    }


def preferred(stem: str, thing: URIRef) -> dict[str, str]:
    """The preferred names of a thing that a vocabulary file describes, by language."""
    names = _graph(stem).objects(thing, SKOS.prefLabel)
    return {str(name.language): str(name) for name in names if isinstance(name, Literal)}


@cache
def vocabulary(stem: str, scheme: str) -> Vocabulary:
    """The vocabulary of a file under ``ontology/vocabularies``, its concepts of one scheme only.

    Args:
        stem: the file's name without ".ttl".
        scheme: what the concepts' identifiers begin with, e.g. "beneficiary-type"; "" for all.
    """
    graph = _graph(stem)
    prefix = str(ID[f"{scheme}/"]) if scheme else str(ID)
    labels: dict[str, set[URIRef]] = {}
    for predicate in _LABELS:
        for concept, label in graph.subject_objects(predicate):
            if isinstance(concept, URIRef) and str(concept).startswith(prefix):
                labels.setdefault(fold(str(label)), set()).add(concept)
    return Vocabulary(
        {label: min(found) for label, found in sorted(labels.items()) if len(found) == 1 and label}
    )
