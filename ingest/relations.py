"""Find what a sentence says between the things it names: who implements, supports, is part of what.

A link needs a cue phrase (``languages/*/cues.toml``) with one end on each side that it asks for, in one
clause, undenied. Lists distribute over a cue, list items take their lead-in's end, and a sentence that only
names where continues the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from ..ontology.identifiers import short
from ..ontology.namespace import NURT
from .cues import Cues, Hit
from .gazetteer import INSTRUMENTS, Gazetteer
from .languages import Knowledge
from .resolve import Resolved
from .sentences import Clause, Sentence, grouped

__all__ = ["Link", "relate"]

_PROVIDERS: Final = INSTRUMENTS | {
    NURT.ProgrammePart,
    NURT.PriorityAxis,
    NURT.Measure,
    NURT.SubMeasure,
    NURT.FlagshipInitiative,
}
_UPWARD: Final = _PROVIDERS | {
    NURT.Priority,
    NURT.HeadlineTarget,
    NURT.ThematicObjective,
    NURT.InvestmentPriority,
    NURT.Objective,
    NURT.SpecificObjective,
}
_ADDRESSED: Final = frozenset({NURT.ThematicObjective, NURT.InvestmentPriority, NURT.SmartSpecialisation})
_ADDRESSING: Final = INSTRUMENTS | {NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure, NURT.SpecificObjective}
_PARTS: Final = frozenset(
    {NURT.ProgrammePart, NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure, NURT.FlagshipInitiative}
)
_PART_REACH: Final = 7
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


def _longest(hits: Sequence[Hit]) -> list[Hit]:
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


def _targets(group: Iterable[Resolved]) -> tuple[URIRef, ...]:
    return tuple(dict.fromkeys(target for resolved in group for target in resolved.targets))


def _inside(at: int, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(first <= at < stop for first, stop in stretches)


class _Relater:
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
        self.clauses = sentence.wording.clauses
        excepted, conditions = sentence.wording.excepted, sentence.wording.conditions
        # What a condition says is not said to be so; it only weakens what the rest says.
        self.hits = [hit for hit in sentence.wording.hits if not _inside(hit.first, conditions)]
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

    def clause_of(self, hit: Hit) -> Clause:
        return next(clause for clause in self.clauses if clause.first <= hit.first < clause.stop)

    def denied(self, hit: Hit) -> bool:
        clause = self.clause_of(hit)
        return self.phrases.denied(self.sentence.readings, hit, clause.first, clause.stop)

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
            free: leave out what is the end of another link.
        """
        fitting = [
            m
            for m in self.mentions
            if m.type in classes
            and m in span
            and not self.within(hit, m)
            and not (free and id(m) in self.used)
        ]
        best: tuple[int, list[Resolved]] | None = None
        # A run of coordination does not reach over the cue: "…, podobnie jak SRK 2020, realizuje KSRR".
        sides = (
            [m for m in fitting if m.mention.first < hit.first],
            [m for m in fitting if m.mention.first >= hit.first],
        )
        for group in (run for one in sides for run in grouped(one, self.sentence, self.known)):
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

    def upward(self) -> Iterator[Link]:
        """implements, contributesTo, addresses."""
        whole = Clause(self.sentence.first, self.sentence.stop)
        for hit in _longest([hit for hit in self.hits if hit.cue.relation in {"implements", "contributes"}]):
            clause = self.clause_of(hit)
            objects = self.near(hit, hit.cue.object, _UPWARD, hit.cue.reach, clause)
            if self.denied(hit):
                # "nie realizuje KSRR, lecz realizuje SRK 2020": KSRR does not become the subject of the rest.
                self.used.update(id(resolved) for resolved in objects)
                continue
            if not objects:
                continue
            distance = self.sentence.stop - self.sentence.first
            subjects = self.near(hit, hit.cue.subject, _UPWARD, distance, clause) or self.near(
                hit, hit.cue.subject, _UPWARD, distance, whole, free=True
            )
            subjects = self.whole(subjects)
            if hit.cue.attributive:
                objects, subjects = objects[:1], subjects[-1:]
            subject_iris = _targets(subjects)
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
            if m.type in _PARTS
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
        return NURT.contributesTo if subject in _UPWARD else None

    def parts(self) -> Iterator[Link]:
        """partOf: a pillar, action, axis or flagship beside its level word, its owner in sight."""
        lead = self.sentence.lead
        for part in self.mentions:
            if part.type not in _PARTS or len(part.targets) != 1:
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
        for sentence in (self.sentence, self.sentence.lead, self.sentence.before):
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

    def supports(self) -> Iterator[Link]:
        """supports, coversRegion."""
        sentence = self.sentence
        beneficiaries = frozenset({NURT.BeneficiaryType})
        covered: set[int] = set()
        for hit in sorted(self.hits, key=lambda hit: (hit.cue.relation, hit.first)):
            if hit.cue.relation not in {"supports", "covers"} or self.denied(hit) or hit.first in covered:
                continue
            clause = self.clause_of(hit)
            if hit.cue.relation == "covers":
                regions = self.regions_after(hit, clause)
                if regions:
                    covered.add(hit.first)
                for provider in self.providers(clause) if regions else ():
                    if provider.type in INSTRUMENTS:
                        for subject in provider.targets:
                            for target in _targets(regions):
                                yield from self.link(subject, NURT.coversRegion, target, hit)
                continue
            recipients = self.near(hit, hit.cue.object, beneficiaries, hit.cue.reach, clause)
            if not recipients and self.pronoun_after(hit):
                recipients = [
                    m for m in self.mentions if m.type in beneficiaries and m.mention.stop <= hit.first
                ][-1:]
            if not recipients:
                continue
            iris = _targets(recipients)
            sentence.found.recipients = tuple(dict.fromkeys((*sentence.found.recipients, *iris)))
            sentence.found.hit = hit
            providers = self.providers(clause)
            others: tuple[Sentence, ...] = ()
            if not providers and sentence.lead is not None:
                providers = self.free(sentence.lead.resolved)
                others = (sentence.lead,)
            if not providers:
                sentence.found.open_recipients = sentence.found.recipients
                sentence.found.evidence = (sentence,)
            sentence.found.providers = (*sentence.found.providers, *providers)
            for provider in providers:
                for subject in provider.targets:
                    for target in iris:
                        yield from self.link(subject, NURT.supports, target, hit, *others)

    def regions_after(self, hit: Hit, clause: Clause) -> list[Resolved]:
        """All regions behind the cue in its clause, where the first is within reach."""
        regions = [
            m for m in self.mentions if m.type == NURT.Region and m in clause and m.mention.first >= hit.stop
        ]
        return regions if regions and regions[0].mention.first - hit.stop <= hit.cue.reach else []

    def pronoun_after(self, hit: Hit) -> bool:
        """Whether a pronoun takes the recipient's place right behind the cue: *wsparcia dla ich rozwoju*."""
        words = self.sentence.words[hit.stop : min(hit.stop + 2, self.sentence.stop)]
        return any(word.lower() in self.known.pronouns for word in words)

    def providers(self, clause: Clause) -> list[Resolved]:
        """Who supports: what in the clause, else in the sentence, is no end of another link."""
        whole = Clause(self.sentence.first, self.sentence.stop)
        for span in (clause, whole):
            fitting = [
                m for m in self.mentions if m.type in _PROVIDERS and m in span and not self.completed(m)
            ]
            free = [m for m in fitting if id(m) not in self.used] or fitting
            if free and span is whole:
                free = [m for m in free if m.mention.stop <= clause.first]
            if free:
                return free
        return []

    def completed(self, mention: Resolved) -> bool:
        """Whether the mention is what something else completes: *stanowi uzupełnienie PO IR*."""
        before = self.sentence.readings[max(self.sentence.first, mention.mention.first - 1)]
        return mention.mention.first > self.sentence.first and bool(before & self.known.completes)

    @staticmethod
    def free(resolved: Iterable[Resolved]) -> list[Resolved]:
        return [m for m in resolved if m.type in _PROVIDERS]

    def continued(self) -> Iterator[Link]:
        """What a list item or a sentence that only names where takes from its lead-in or the one before."""
        sentence = self.sentence
        providers = [m for m in self.mentions if m.type in _PROVIDERS and id(m) not in self.used]
        if not providers or sentence.found.recipients:
            return
        lead = sentence.lead
        if lead is not None and lead.found.recipients and lead.found.hit is not None:
            given, source = lead.found, lead
        elif sentence.before is not None and self.continues():
            given, source = sentence.before.found, sentence.before
        else:
            return
        recipients = given.recipients if source is lead else given.open_recipients
        if given.hit is None or not recipients:
            return
        for provider in providers:
            for subject in provider.targets:
                for target in recipients:
                    yield from self.link(
                        subject, NURT.supports, target, given.hit, *(given.evidence or (source,)), factor=0.95
                    )
        sentence.found.providers = tuple(providers)
        sentence.found.open_recipients = given.open_recipients
        sentence.found.hit = given.hit
        sentence.found.evidence = given.evidence

    def continues(self) -> bool:
        text = " ".join(self.sentence.words[self.sentence.first : self.sentence.stop]).lower().lstrip()
        return text.startswith(self.known.continuations) and self.sentence.words[-1] != "?"

    def repeated(self) -> Iterator[Link]:
        """*Podobne wskazania znalazły się w …*: what the sentence before says holds of these, too."""
        before = self.sentence.before
        if before is None or not before.found.recipients:
            return
        for hit in self.hits:
            if hit.cue.relation == "repeats" and not self.denied(hit):
                after = [m for m in self.mentions if m.type in _PROVIDERS and m.mention.first >= hit.stop]
                for provider in grouped(after, self.sentence, self.known)[:1]:
                    for subject in _targets(provider):
                        for target in before.found.recipients:
                            yield from self.link(subject, NURT.supports, target, hit, before)

    def support_types(self) -> Iterator[Link]:
        """supportType: the kind of support, where the sentence says who supports or the cue suffices."""
        sentence = self.sentence
        for hit in self.hits:
            if hit.cue.relation != "support_type" or self.denied(hit):
                continue
            kinds = self.near(hit, "after", frozenset({NURT.SupportType}), hit.cue.reach, self.clause_of(hit))
            if not kinds or (
                hit.cue.needs_support and not (sentence.found.providers or sentence.found.recipients)
            ):
                continue
            providers = list(sentence.found.providers) or [
                m for m in self.mentions if m.type in _PROVIDERS and id(m) not in self.used
            ]
            beside = {id(m) for kind in self.kinds() for m in self.apposed(kind)}
            for kind in kinds:
                apposed = self.apposed(kind)
                for provider in [*(m for m in providers if id(m) not in beside), *apposed]:
                    for subject in provider.targets if provider.method != "group" else ():
                        yield from self.link(subject, NURT.supportType, kind.targets[0], hit)

    def kinds(self) -> list[Resolved]:
        return [m for m in self.mentions if m.type == NURT.SupportType]

    def apposed(self, kind: Resolved) -> list[Resolved]:
        """What stands in brackets right behind a kind of support: *internacjonalizacja (COS-CLUSTER)*."""
        words = self.sentence.words
        return [
            m
            for m in self.mentions
            if m.type in _PROVIDERS
            and 1 <= m.mention.first - kind.mention.stop <= 3
            and "(" in words[kind.mention.stop : m.mention.first]
        ]


def relate(
    sentence: Sentence, known: Knowledge, phrases: Cues, gazetteer: Gazetteer, roots: Sequence[URIRef]
) -> list[Link]:
    """The links that a sentence states.

    Args:
        roots: the instruments that the document sets out or describes; *this programme* means the first.
    """
    if not sentence.resolved or sentence.wording.asks:
        return []
    continued = sentence.before is not None and sentence.before.found.hit is not None
    if not sentence.wording.hits and sentence.lead is None and not continued:
        return []
    relater = _Relater(sentence, known, phrases, gazetteer, roots)
    links = [*relater.upward(), *relater.parts()]
    links += relater.supports()
    links += relater.continued()
    links += relater.repeated()
    links += relater.support_types()
    return links
