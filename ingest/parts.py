"""partOf: a pillar, action, axis or flagship beside its level word, its owner in sight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rdflib import URIRef

from ..ontology.identifiers import short
from ..ontology.namespace import NURT
from .cues import Hit
from .relating import PARTS, Link, Relater
from .resolve import Resolved
from .sentences import Sentence, grouped

__all__ = ["Parts"]

_PART_REACH: Final = 7
_CODED: Final = frozenset({NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure})


class Parts(Relater):
    """Finds what is part of what."""

    def parts(self) -> Iterator[Link]:
        """partOf: a pillar, action, axis or flagship beside its level word, its owner in sight."""
        lead = self.sentence.lead
        for part in self.mentions:
            if part.type not in PARTS or len(part.targets) != 1:
                continue
            hit = self.part_cue(part) or (self.lead_cue() if lead else None)
            if hit is None:
                continue
            owner, owner_sentence = self.owner(part)
            if owner is not None:
                others = () if owner_sentence in (None, self.sentence) else (owner_sentence,)
                yield from self.link(part.targets[0], NURT.partOf, owner, hit, *others)

    def part_cue(self, part: Resolved) -> Hit | None:
        near = [
            hit
            for hit in self.hits
            if hit.cue.relation == "part"
            and (
                -1 <= part.mention.first - hit.stop <= _PART_REACH
                or 0 <= hit.first - part.mention.stop <= 2
                or self.within_mention(hit, part)
                or self.listed_with(hit, part)
            )
        ]
        return near[0] if near else None

    def within_mention(self, hit: Hit, part: Resolved) -> bool:
        return part.mention.first <= hit.first and hit.stop <= part.mention.stop

    def listed_with(self, hit: Hit, part: Resolved) -> bool:
        """Whether the part stands in a list whose first member the cue is near to."""
        same = [m for m in self.mentions if m.type == part.type]
        for group in grouped(same, self.sentence, self.known):
            if part in group:
                return -1 <= group[0].mention.first - hit.stop <= _PART_REACH
        return False

    def lead_cue(self) -> Hit | None:
        lead = self.sentence.lead
        if lead is None:
            return None
        return next((hit for hit in lead.wording.hits if hit.cue.relation == "part"), None)

    def owner(self, part: Resolved) -> tuple[URIRef | None, Sentence | None]:
        iri = part.targets[0]
        entity = self.gazetteer.entities.get(iri)
        parents = set(entity.parents) if entity else set()
        root = short(iri).split("/")[0]
        # Whose axis or measure a code means, the sentence itself must say; of a flagship the one before may.
        before = None if part.type in _CODED else self.sentence.before
        for sentence in (self.sentence, self.sentence.lead, before):
            if sentence is None:
                continue
            named = [target for m in sentence.resolved for target in m.targets if target != iri]
            for target in named:
                if target in parents and short(target).split("/")[0] == root and short(target) != root:
                    return target, sentence
            for target in named:
                if short(target) == root:
                    return target, sentence
        return None, None
