"""implements, contributesTo, addresses: what serves what lies above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rdflib import URIRef

from ..ontology.namespace import NURT
from .cues import Hit
from .gazetteer import INSTRUMENTS
from .relating import PARTS, UPWARD, Link, Relater, longest, targets_of
from .resolve import Resolved
from .sentences import Clause

__all__ = ["Upward"]

_ADDRESSED: Final = frozenset({NURT.ThematicObjective, NURT.InvestmentPriority, NURT.SmartSpecialisation})
_ADDRESSING: Final = INSTRUMENTS | {NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure, NURT.SpecificObjective}


class Upward(Relater):
    """Finds who implements, contributes to or addresses what."""

    def upward(self) -> Iterator[Link]:
        """implements, contributesTo, addresses."""
        whole = Clause(self.sentence.first, self.sentence.stop)
        for hit in longest([hit for hit in self.hits if hit.cue.relation in {"implements", "contributes"}]):
            clause = self.clause_of(hit)
            objects = self.near(hit, hit.cue.object, UPWARD, hit.cue.reach, clause)
            if self.denied(hit):
                # "nie realizuje KSRR, lecz realizuje SRK 2020": KSRR does not become the subject of the rest.
                self.used.update(id(resolved) for resolved in objects)
                continue
            if not objects:
                continue
            distance = self.sentence.stop - self.sentence.first
            subjects = self.near(hit, hit.cue.subject, UPWARD, distance, clause) or self.near(
                hit, hit.cue.subject, UPWARD, distance, whole, free=True
            )
            subjects = self.whole(subjects)
            if hit.cue.attributive:
                objects, subjects = objects[:1], subjects[-1:]
            subject_iris = targets_of(subjects)
            own = self.sentence.wording.self_reference
            if not subjects and self.roots and own is not None and own < hit.first:
                subject_iris = tuple(self.roots[:1])
            if not subject_iris:
                continue
            self.used.update(id(resolved) for resolved in objects)
            for subject in subject_iris:
                for resolved in objects:
                    for target in resolved.targets:
                        predicate = self.predicate(hit, self.class_of(subject, subjects), resolved.type)
                        if predicate is not None:
                            yield from self.link(subject, predicate, target, hit)

    def whole(self, subjects: list[Resolved]) -> list[Resolved]:
        """The subjects, and instead of an instrument its part named right before: *Działanie 1.1 PO IR*."""
        if len(subjects) != 1 or subjects[0].type not in INSTRUMENTS:
            return subjects
        owner = subjects[0]
        parts = [
            m
            for m in self.mentions
            if m.type in PARTS
            and 0 <= owner.mention.first - m.mention.stop <= 1
            and all(str(target).startswith(f"{owner.targets[0]}/") for target in m.targets)
        ]
        return parts or subjects

    def class_of(self, iri: URIRef, mentions: Sequence[Resolved]) -> URIRef | None:
        known = self.gazetteer.type_of(iri)
        return known or next((m.type for m in mentions if iri in m.targets), None)

    def predicate(self, hit: Hit, subject: URIRef | None, target: URIRef) -> URIRef | None:
        if target in _ADDRESSED:
            return NURT.addresses if subject in _ADDRESSING else NURT.contributesTo
        if subject in INSTRUMENTS and target in INSTRUMENTS and hit.cue.relation == "implements":
            return NURT.implements
        return NURT.contributesTo if subject in UPWARD else None
