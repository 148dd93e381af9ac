"""What the vocabularies and the documents say of a resource that bears on recognising it in a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

import pyoxigraph
from rdflib import URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS

from ..ontology.identifiers import short
from ..ontology.namespace import ELI, NURT
from .claims import Element

__all__ = ["Entity", "vocabulary_entities"]

T = TypeVar("T")

_LABELS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, DCTERMS.title, DCTERMS.alternative)
_CODES: Final = (
    NURT.code,
    NURT.notation,
    NURT.cci,
    NURT.celex,
    SKOS.notation,
    DCTERMS.identifier,
    ELI.id_local,
)
_DATES: Final = (DCTERMS.date, DCTERMS.issued, DCTERMS.created)
_PARENTS: Final = (NURT.partOf, SKOS.broader, NURT.contributesTo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A resource: its class, its labels as (text, language), its acronyms and codes, and where it stands.

    Args:
        since: when it came into being, or None where unknown.
        region: short id of the one region that it covers, or "".
        parents: what it is part of or narrower than.
        same: what it is stated to be the same as.
    """

    iri: URIRef
    type: URIRef
    labels: tuple[tuple[str, str], ...] = ()
    acronyms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    since: date | None = None
    region: str = ""
    parents: tuple[URIRef, ...] = ()
    same: tuple[URIRef, ...] = ()

    @classmethod
    def of_element(cls, element: Element) -> Entity:
        """What an element that a document sets out adds."""
        values: dict[URIRef, list[str]] = {}
        for predicate, value in element.properties:
            values.setdefault(predicate, []).append(str(value))
        codes = [element.code, *(value for code in _CODES for value in values.get(code, []))]
        return cls(
            iri=element.iri,
            type=element.type,
            labels=tuple((str(label), label.language or "") for label in element.labels),
            acronyms=tuple(values.get(NURT.acronym, [])),
            codes=tuple(dict.fromkeys(code for code in codes if code)),
            since=_earliest(value for when in _DATES for value in values.get(when, [])),
            region=_only(values.get(NURT.coversRegion, [])),
            parents=(element.parent,) if element.parent else (),
        )

    def joined(self, other: Entity) -> Entity:
        """This entity with what another source knows of it; what this one says comes first."""

        def both(mine: tuple[T, ...], theirs: tuple[T, ...]) -> tuple[T, ...]:
            return tuple(dict.fromkeys((*mine, *theirs)))

        return replace(
            self,
            labels=both(self.labels, other.labels),
            acronyms=both(self.acronyms, other.acronyms),
            codes=both(self.codes, other.codes),
            since=self.since or other.since,
            region=self.region or other.region,
            parents=both(self.parents, other.parents),
            same=both(self.same, other.same),
        )


def _earliest(values: Iterable[str]) -> date | None:
    dates = []
    for value in values:
        try:
            dates.append(date.fromisoformat(value[:10]))
        except ValueError:
            continue
    return min(dates, default=None)


def _only(regions: list[str]) -> str:
    return short(URIRef(regions[0])) if len(regions) == 1 else ""


def vocabulary_entities(turtle: Iterable[str]) -> list[Entity]:
    """The resources with a class that Turtle texts describe, in the order of their IRIs."""
    facts: dict[str, dict[str, list[pyoxigraph.NamedNode | pyoxigraph.Literal]]] = {}
    for text in turtle:
        for triple in pyoxigraph.parse(
            text, pyoxigraph.RdfFormat.TURTLE, base_iri="https://w3id.org/nurt/id/"
        ):
            if isinstance(triple.subject, pyoxigraph.NamedNode) and isinstance(
                triple.object, pyoxigraph.NamedNode | pyoxigraph.Literal
            ):
                subject = facts.setdefault(triple.subject.value, {})
                subject.setdefault(triple.predicate.value, []).append(triple.object)
    entities = (_entity(subject, facts[subject]) for subject in sorted(facts))
    return [entity for entity in entities if entity is not None]


def _entity(
    subject: str, known: Mapping[str, list[pyoxigraph.NamedNode | pyoxigraph.Literal]]
) -> Entity | None:
    def values(*predicates: URIRef) -> list[str]:
        return [value.value for predicate in predicates for value in known.get(str(predicate), [])]

    types = [URIRef(value) for value in values(RDF.type) if value.startswith(str(NURT._NS))]
    if not types:
        return None
    labels = [
        (value.value, value.language or "")
        for predicate in _LABELS
        for value in known.get(str(predicate), [])
        if isinstance(value, pyoxigraph.Literal)
    ]
    return Entity(
        iri=URIRef(subject),
        type=types[0],
        labels=tuple(dict.fromkeys(labels)),
        acronyms=tuple(dict.fromkeys(values(NURT.acronym))),
        codes=tuple(dict.fromkeys(values(*_CODES))),
        since=_earliest(values(*_DATES)),
        region=_only(values(NURT.coversRegion)),
        parents=tuple(URIRef(value) for value in dict.fromkeys(values(*_PARENTS))),
        same=tuple(URIRef(value) for value in dict.fromkeys(values(OWL.sameAs, SKOS.exactMatch))),
    )
