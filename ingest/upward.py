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
from .sentences import Clause, Sentence, grouped

__all__ = ["Upward"]

_ADDRESSED: Final = frozenset({NURT.ThematicObjective, NURT.InvestmentPriority, NURT.SmartSpecialisation})
_ADDRESSING: Final = INSTRUMENTS | {
    NURT.PriorityAxis,
    NURT.Measure,
    NURT.SubMeasure,
    NURT.SpecificObjective,
    NURT.Objective,
}


_LEAD_END: Final = 5
"""So many words at most stand behind the cue of a lead-in: *… is consistent with the following:*."""


class Upward(Relater):
    """Finds who implements, contributes to or addresses what."""

    def upward(self) -> Iterator[Link]:
        """The links of each cue, in their order: what one takes as its object is no later one's subject."""
        said: tuple[URIRef, ...] = ()
        found = self.sentence.found
        for hit in longest([hit for hit in self.hits if hit.cue.relation in {"implements", "contributes"}]):
            fronted = self.fronted(hit)
            objects = fronted[0] if fronted else self.objects(hit)
            if self.denied(hit) or self.sentence.wording.conditions:
                # "nie realizuje KSRR, lecz realizuje SRK 2020": KSRR does not become the subject of the rest.
                self.used.update(id(resolved) for resolved in objects)
                continue
            if hit.cue.subject == hit.cue.object:
                # "Głównym instrumentem realizacji SRK 2020 jest PO IR": the object comes first.
                self.used.update(id(resolved) for resolved in objects)
            subjects = fronted[1] if fronted else self.subjects(hit)
            if accusative := self.accusative(hit, subjects):
                subjects, objects = objects, accusative
            subjects = self.whole(subjects)
            if hit.cue.attributive:
                objects, subjects = objects[:1], subjects[-1:]
            named = self.placed(hit) or targets_of(subjects) or self.unnamed(hit, bool(fronted)) or said
            if not objects and 0 < self.sentence.stop - hit.stop <= _LEAD_END:
                found.awaiting, found.subjects = hit, named
            elif objects and named:
                self.used.update(id(resolved) for resolved in objects)
                yield from self.links(hit, named, subjects, objects)
                said = found.subjects = named
        yield from self.listed()

    def links(
        self,
        hit: Hit,
        named: Sequence[URIRef],
        subjects: Sequence[Resolved],
        objects: Sequence[Resolved],
        *others: Sentence,
    ) -> Iterator[Link]:
        for subject in named:
            for resolved in objects:
                for target in resolved.targets:
                    predicate = self.predicate(hit, self.class_of(subject, subjects), resolved.type)
                    if predicate is not None:
                        yield from self.link(subject, predicate, target, hit, *others)

    def objects(self, hit: Hit) -> list[Resolved]:
        if hit.cue.object == "inside":
            return [m for m in self.mentions if m.type in UPWARD and self.within(hit, m)]
        return self.near(hit, hit.cue.object, UPWARD, hit.cue.reach, self.clause_of(hit))

    def subjects(self, hit: Hit) -> list[Resolved]:
        """The run of mentions that stands as the subject: free ones, or the one that *which* takes up."""
        if hit.cue.subject == "inside":
            return [m for m in self.mentions if m.type in UPWARD and self.within(hit, m)]
        whole = Clause(self.sentence.first, self.sentence.stop)
        distance = self.sentence.stop - self.sentence.first
        beside = self.sentence.words[max(self.sentence.first, hit.first - 3) : hit.first]
        if any(word.lower() in self.known.relatives for word in beside):
            return self.near(hit, hit.cue.subject, UPWARD, distance, whole)
        return next(
            (
                found
                for span in (self.clause_of(hit), whole)
                if (found := self.near(hit, hit.cue.subject, UPWARD, distance, span, free=True))
            ),
            [],
        )

    def fronted(self, hit: Hit) -> tuple[list[Resolved], list[Resolved]] | None:
        """Objects and subjects where the cue stands before the main clause: *Rooted in X, Y does …*.

        A participle or preposition opens the sentence, a comma closes what it opens, and the subject of the
        main clause comes right behind: it is the participle's, too. No name for the subject: *the programme*.
        """
        first, words = self.sentence.first, self.sentence.words
        opening = words[first].lower()
        opens = opening in self.known.openers or opening.endswith(self.known.participles)
        ahead = [m for m in self.mentions if m.mention.first < hit.first]
        if ahead or hit.cue.subject != "before" or hit.cue.object != "after" or not opens:
            return None
        behind = [m for m in self.mentions if m.type in UPWARD and m.mention.first >= hit.stop]
        own = self.sentence.wording.self_reference
        starts = [m.mention.first for m in behind[1:]] + ([own] if own is not None else [])
        for start in sorted(starts):
            at = start - 1 if words[start - 1].lower() in self.known.determiners else start
            inside = Clause(hit.stop, at)
            if words[at - 1] == "," and any(m in inside for m in behind):
                objects = self.near(hit, "after", UPWARD, hit.cue.reach, inside)
                return objects, [m for m in behind if m.mention.first == start]
        return None

    def accusative(self, hit: Hit, before: list[Resolved]) -> list[Resolved]:
        """What stands before the cue in the form of an object: *Strategię tę realizuje PO IR*."""
        if not before or hit.cue.subject != "before" or not self.known.object_forms:
            return []
        head = before[-1].mention.text.split()[0]
        adjacent = hit.first - before[-1].mention.stop <= 1 and len(before) == 1
        return before if adjacent and head.endswith(self.known.object_forms) else []

    def listed(self) -> Iterator[Link]:
        """A list item takes cue and subject of its lead-in: *Strategia jest spójna z:*."""
        lead = self.sentence.lead
        if lead is None or lead.found.awaiting is None or not lead.found.subjects:
            return
        items = [m for m in self.mentions if m.type in UPWARD and id(m) not in self.used]
        for group in grouped(items, self.sentence, self.known)[:1]:
            self.used.update(id(resolved) for resolved in group)
            yield from self.links(lead.found.awaiting, lead.found.subjects, (), group, lead)

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
