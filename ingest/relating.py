"""The ends and cues of one sentence: what every finder of links goes by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from ..ontology.namespace import NURT
from .cues import Cues, Hit
from .gazetteer import INSTRUMENTS, Gazetteer
from .languages import Knowledge
from .resolve import Resolved
from .sentences import Clause, Sentence, grouped

__all__ = ["PARTS", "PROVIDERS", "UPWARD", "Link", "Relater", "longest", "targets_of"]

PROVIDERS: Final = (INSTRUMENTS - {NURT.Regulation}) | {
    NURT.ProgrammePart,
    NURT.PriorityAxis,
    NURT.Measure,
    NURT.SubMeasure,
    NURT.FlagshipInitiative,
}
UPWARD: Final = PROVIDERS | {
    NURT.Regulation,
    NURT.Priority,
    NURT.HeadlineTarget,
    NURT.ThematicObjective,
    NURT.InvestmentPriority,
    NURT.Objective,
    NURT.SpecificObjective,
}
PARTS: Final = frozenset(
    {NURT.ProgrammePart, NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure, NURT.FlagshipInitiative}
)
_VERBS: Final = frozenset({"supports", "implements", "contributes"})
_CONDITIONAL: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that a sentence states; the first of ``sentences`` is the one that says so."""

    subject: URIRef
    predicate: URIRef
    object: URIRef
    rule: str
    confidence: float
    sentences: tuple[Sentence, ...]


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """The cues that lie in no longer one: *implemented by* is not *implement*."""
    return [
        hit
        for hit in hits
        if not any(
            other.first <= hit.first
            and hit.stop <= other.stop
            and other.stop - other.first > hit.stop - hit.first
            for other in hits
        )
    ]


def targets_of(group: Iterable[Resolved]) -> tuple[URIRef, ...]:
    return tuple(dict.fromkeys(target for resolved in group for target in resolved.targets))


def _inside(at: int, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(first <= at < stop for first, stop in stretches)


class Relater:
    """Relates the mentions of one sentence."""

    def __init__(
        self,
        sentence: Sentence,
        known: Knowledge,
        phrases: Cues,
        gazetteer: Gazetteer,
        roots: Sequence[URIRef],
    ) -> None:
        self.sentence = sentence
        self.known = known
        self.phrases = phrases
        self.gazetteer = gazetteer
        self.roots = roots
        excepted, conditions = sentence.wording.excepted, sentence.wording.conditions
        # What a condition says is not said to be so; it only weakens what the rest says.
        silent = [*conditions, *sentence.wording.quoted]
        self.hits = [hit for hit in sentence.wording.hits if not _inside(hit.first, silent)]
        self.mentions = [
            resolved
            for resolved in sentence.resolved
            if not _inside(resolved.mention.first, [*excepted, *conditions])
        ]
        self.factor = _CONDITIONAL if conditions else 1.0
        # "all programmes with the exception of …": who is excepted is no member of the group either.
        self.excepted = {
            target
            for resolved in sentence.resolved
            if _inside(resolved.mention.first, excepted)
            for target in resolved.targets
        }
        self.used: set[int] = set()
        self.clauses = self.divided(sentence.wording.clauses)

    def divided(self, clauses: Sequence[Clause]) -> list[Clause]:
        """The clauses, cut before each further subject: *A supports X, B supports Y, and C neither*."""
        found: list[Clause] = []
        cues = [hit.first for hit in self.hits if hit.cue.relation in _VERBS]
        for clause in clauses:
            first = clause.first
            for m in self.mentions:
                start = self.before(m.mention.first)
                opens = m.type in PROVIDERS and m in clause and first < start < m.mention.first
                verb = any(0 <= at - m.mention.stop <= 1 for at in cues)
                if opens and verb and any(first <= at < start for at in cues):
                    found.append(Clause(first, start))
                    first = start
            found.append(Clause(first, clause.stop))
        return found

    def before(self, at: int) -> int:
        """Where the comma or conjunction right before a word begins; the word itself if there is none."""
        words = self.sentence.words
        determined = at > self.sentence.first and words[at - 1].lower() in self.known.determiners
        behind = start = at - 1 if determined else at
        while start > self.sentence.first and (
            words[start - 1] == "," or words[start - 1].lower() in self.known.coordinators
        ):
            start -= 1
        return start if start < behind else at

    def clause_of(self, hit: Hit) -> Clause:
        return next(clause for clause in self.clauses if clause.first <= hit.first < clause.stop)

    def denied(self, hit: Hit) -> bool:
        clause = self.clause_of(hit)
        return self.phrases.denied(
            self.sentence.readings, self.sentence.wording.openers, hit, clause.first, clause.stop
        )

    def within(self, hit: Hit, resolved: Resolved) -> bool:
        return hit.first <= resolved.mention.first and resolved.mention.stop <= hit.stop

    def near(
        self,
        hit: Hit,
        side: str,
        classes: frozenset[URIRef],
        reach: int,
        span: Clause,
        *,
        free: bool = False,
    ) -> list[Resolved]:
        """The run of mentions of these classes nearest to the cue on a side, within reach.

        Args:
            free: leave out what is the end of another link, and what a statement only goes by
                (*Horizon 2020, established by Regulation …, contributes to*).
        """
        fitting = [
            m
            for m in self.mentions
            if m.type in classes
            and m in span
            and not self.within(hit, m)
            and not (free and (id(m) in self.used or m.mention.first in self.sentence.wording.aside))
        ]
        best: tuple[int, list[Resolved]] | None = None
        # A run of coordination does not reach over the cue: "…, podobnie jak SRK 2020, realizuje KSRR".
        sides = (
            [m for m in fitting if m.mention.first < hit.first],
            [m for m in fitting if m.mention.first >= hit.first],
        )
        for group in (run for one in sides for run in self.runs(one)):
            after = group[0].mention.first - hit.stop
            before = hit.first - group[-1].mention.stop
            distance = after if after >= 0 else before
            if distance < 0 or distance > reach:
                continue
            if (side == "after" and after < 0) or (side == "before" and after >= 0):
                continue
            if best is None or distance < best[0]:
                best = (distance, group)
        return best[1] if best else []

    def runs(self, mentions: Sequence[Resolved]) -> Iterator[list[Resolved]]:
        """Runs of coordination, none of which reaches over a verb: *implements X and supports Y*."""
        verbs = [hit.first for hit in self.hits if hit.cue.relation in _VERBS]
        for run in grouped(mentions, self.sentence, self.known):
            start = 0
            for at in range(1, len(run)):
                if any(run[at - 1].mention.stop <= verb < run[at].mention.first for verb in verbs):
                    yield run[start:at]
                    start = at
            yield run[start:]

    def unnamed(self, hit: Hit, fronted: bool = False) -> tuple[URIRef, ...]:
        """The subject in general words: the document's own instrument, *it* or *both* from before.

        Args:
            fronted: the words may also stand behind the cue: *Rooted in X, the programme …*.
        """
        own = self.sentence.wording.self_reference
        if self.roots and own is not None and (own < hit.first or fronted):
            return tuple(self.roots[:1])
        count = self.anaphor(hit)
        subjects = self.spoken_of(count)
        return subjects if subjects and (len(subjects) > 1) == (count > 1) else ()

    def anaphor(self, hit: Hit) -> int:
        """How many are meant by the words that open the sentence or the clause: *it*, *both*; else 0."""
        words = self.sentence.words
        for start in {self.sentence.first, self.clause_of(hit).first}:
            for phrase, count in self.known.anaphora.items():
                said = phrase.split()
                if [word.lower() for word in words[start : start + len(said)]] == said:
                    return count
        return 0

    def spoken_of(self, count: int) -> tuple[URIRef, ...]:
        """Of whom the sentences before speak: the last one, or the last two that spoke of one each."""
        if not count or self.sentence.before is None:
            return ()
        last = self.said_of(self.sentence.before)
        if count > 1 and len(last) == 1 and self.sentence.before.before is not None:
            earlier = self.sentence.before.before.found.subjects
            return tuple(dict.fromkeys((*earlier, *last)))
        return last

    def said_of(self, before: Sentence) -> tuple[URIRef, ...]:
        if before.found.subjects:
            return before.found.subjects
        if self.roots and before.wording.self_reference is not None:
            return tuple(self.roots[:1])
        instruments = [m for m in before.resolved if m.type in INSTRUMENTS]
        return targets_of(next(iter(grouped(instruments, before, self.known)), []))

    def placed(self, hit: Hit) -> tuple[URIRef, ...]:
        """One of the two before: *the former is rooted in X; the latter follows from Y*."""
        before = self.sentence.before
        if before is None or len(before.found.subjects) != 2:
            return ()
        since = max((m.mention.stop for m in self.mentions if m.mention.first < hit.first), default=0)
        words = [word.lower() for word in self.sentence.words[max(since, self.sentence.first) : hit.first]]
        for phrase, place in self.known.places.items():
            said = phrase.split()
            if any(words[at : at + len(said)] == said for at in range(len(words))):
                return before.found.subjects[place : place + 1]
        return ()

    def link(
        self,
        subject: URIRef,
        predicate: URIRef,
        target: URIRef,
        hit: Hit,
        *others: Sentence,
        factor: float = 1.0,
    ) -> Iterator[Link]:
        if subject != target and not {subject, target} & self.excepted:
            yield Link(
                subject=subject,
                predicate=predicate,
                object=target,
                rule=f"relations/{self.known.language}/{hit.cue.name}",
                confidence=round(hit.cue.confidence * self.factor * factor, 3),
                sentences=(self.sentence, *others),
            )
