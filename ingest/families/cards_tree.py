"""The tree of a programme in the making: drafts of its axes, measures and sub-measures by code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from rdflib import Literal, URIRef

from ...ontology.identifiers import element, instrument
from ...ontology.namespace import NURT
from ..claims import Element
from ..document import Document, Evidence
from .bilingual import labels
from .cards_rows import Value
from .labels import authority
from .programmes import programme_class
from .reading import reading
from .words import fold

__all__ = ["ASSISTANCE", "Draft", "Tree"]

ASSISTANCE: Final = re.compile(r"pomoc techniczna|technical assistance")
_CLASSES: Final = (NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure)


@dataclass(slots=True)
class Draft:
    """An element in the making."""

    iri: URIRef
    type: URIRef
    parent: URIRef | None
    code: str = ""
    evidence: Evidence | None = None
    titled: bool = False
    labels: list[Literal] = field(default_factory=list)
    properties: list[tuple[URIRef, URIRef | Literal]] = field(default_factory=list)

    def add(self, predicate: URIRef, value: URIRef | Literal) -> None:
        """Add a property once."""
        if (predicate, value) not in self.properties:
            self.properties.append((predicate, value))

    def label(self, literal: Literal) -> None:
        """Add a label once; of two printings that differ in capitals alone, small letters win."""
        folded = fold(str(literal))
        for position, known in enumerate(self.labels):
            if fold(str(known)) == folded and known.language == literal.language:
                if known.isupper() and not literal.isupper():
                    self.labels[position] = literal
                return
        self.labels.append(literal)


class Tree:
    """The drafts of one programme.

    Args:
        document: whose text is evidence.
        slug: of the programme.
        dated: the day that the amounts in the cards hold for, if known.
        title: where the programme's title stands in the text.
    """

    def __init__(self, document: Document, slug: str, *, title: tuple[int, int], dated: date | None) -> None:
        self.document = document
        self.slug = slug
        self.dated = dated
        self.language = document.language or "pl"
        self.programme = Draft(instrument(slug), programme_class(slug), None)
        self.programme.evidence = document.evidence(*title)
        quoted = self.programme.evidence.quote
        if not (
            fold(quoted).startswith("szczegolowy opis") and self.programme.iri in authority("instruments")
        ):
            printed = self.programme.evidence
            text = reading(document, printed.start, printed.end).text
            self.programme.labels = list(labels(text, self.language))
        self.drafts: dict[str, Draft] = {}

    def draft(self, code: str, evidence: Evidence, printed: str = "") -> Draft:
        """The draft of a normalised code; missing ancestors are made on the same evidence."""
        if not code:
            return self.programme
        known = self.drafts.get(code)
        if known is None:
            above, _, _ = code.rpartition(".")
            parent = self.draft(above, evidence)
            depth = min(code.count("."), 2)
            known = Draft(element(self.slug, code), _CLASSES[depth], parent.iri, evidence=evidence)
            self.drafts[code] = known
        if printed and not known.code:
            known.code = printed
        return known

    def of(self, value: Value) -> Draft:
        """The draft that a value belongs to."""
        return self.draft(value.owner, self.document.evidence(*value.whole), value.printed)

    def name(self, value: Value) -> None:
        """Take the name of an element and the place where it is printed."""
        evidence = self.document.evidence(*value.whole)
        draft = self.draft(value.owner, evidence, value.printed)
        text = reading(self.document, value.start, value.end).text
        if value.field == "axis_number" and fold(text) == fold(value.printed):
            found = []
        else:
            found = list(labels(text, "en" if value.field == "axis_name_en" else self.language))
        for literal in found:
            draft.label(literal)
        if not draft.titled:
            draft.evidence, draft.titled = evidence, bool(found)
        if any(ASSISTANCE.search(fold(str(literal))) for literal in found):
            draft.add(NURT.technicalAssistance, Literal(True))

    def elements(self) -> Iterator[Element]:
        """The programme, then its parts in the order of their codes."""
        ordered = sorted(
            self.drafts.items(), key=lambda item: [_sortable(part) for part in item[0].split(".")]
        )
        for code, draft in [("", self.programme), *ordered]:
            assert draft.evidence is not None
            if code.count(".") and self._assists(code):
                draft.add(NURT.technicalAssistance, Literal(True))
            yield Element(
                iri=draft.iri,
                type=draft.type,
                evidence=draft.evidence,
                parent=draft.parent,
                code=draft.code,
                labels=tuple(draft.labels),
                properties=tuple(draft.properties),
            )

    def _assists(self, code: str) -> bool:
        axis = self.drafts[code.split(".")[0]]
        return (NURT.technicalAssistance, Literal(True)) in axis.properties


def _sortable(part: str) -> tuple[int, str]:
    digits = re.match(r"\d+", part)
    return (int(digits.group()) if digits else 0), part
