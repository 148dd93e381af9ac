"""supports, supportType, coversRegion: who supports whom with what, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..ontology.namespace import NURT
from .cues import Hit
from .gazetteer import INSTRUMENTS
from .relating import PROVIDERS, Link, Relater, targets_of
from .resolve import Resolved
from .sentences import Clause, Sentence, grouped

__all__ = ["Support"]


class Support(Relater):
    """Finds who supports whom with what, and where."""

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
                for provider in self.providers(clause, hit) if regions else ():
                    if provider.type in INSTRUMENTS:
                        for subject in provider.targets:
                            for target in targets_of(regions):
                                yield from self.link(subject, NURT.coversRegion, target, hit)
                continue
            recipients = self.near(hit, hit.cue.object, beneficiaries, hit.cue.reach, clause)
            if not recipients and self.pronoun_after(hit):
                recipients = [
                    m for m in self.mentions if m.type in beneficiaries and m.mention.stop <= hit.first
                ][-1:]
            if not recipients:
                continue
            iris = targets_of(recipients)
            sentence.found.recipients = tuple(dict.fromkeys((*sentence.found.recipients, *iris)))
            sentence.found.hit = hit
            providers = self.providers(clause, hit)
            others: tuple[Sentence, ...] = ()
            if not providers and sentence.lead is not None:
                providers = self.free(sentence.lead.resolved)
                others = (sentence.lead,)
            general = () if providers else self.unnamed(hit)
            if not providers and not general:
                sentence.found.open_recipients = sentence.found.recipients
                sentence.found.evidence = (sentence,)
            sentence.found.providers = (*sentence.found.providers, *providers)
            for subject in (*general, *targets_of(providers)):
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

    def providers(self, clause: Clause, hit: Hit) -> list[Resolved]:
        """Who supports: what in the clause, else in the sentence, is no end of another link."""
        whole = Clause(self.sentence.first, self.sentence.stop)
        for span in (clause, whole):
            fitting = [
                m for m in self.mentions if m.type in PROVIDERS and m in span and not self.completed(m)
            ]
            # An object behind the cue supports nobody: "wspiera klastry i przyczynia się do SRK 2020".
            free = [m for m in fitting if id(m) not in self.used] or [
                m for m in fitting if m.mention.first < hit.first
            ]
            if free and span is whole:
                free = [m for m in free if m.mention.stop <= clause.first]
            if free:
                return free
        return []

    def completed(self, mention: Resolved) -> bool:
        """Whether something else completes what is named, or goes by it: *zgodnie z SRK, PO IR wspiera*."""
        if mention.mention.first in self.sentence.wording.aside:
            return True
        before = self.sentence.readings[max(self.sentence.first, mention.mention.first - 1)]
        return mention.mention.first > self.sentence.first and bool(before & self.known.completes)

    def free(self, resolved: Iterable[Resolved]) -> list[Resolved]:
        return [m for m in resolved if m.type in PROVIDERS]

    def continued(self) -> Iterator[Link]:
        """What a list item or a sentence that only names where takes from its lead-in or the one before."""
        sentence = self.sentence
        providers = [m for m in self.mentions if m.type in PROVIDERS and id(m) not in self.used]
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
                after = [m for m in self.mentions if m.type in PROVIDERS and m.mention.first >= hit.stop]
                for provider in grouped(after, self.sentence, self.known)[:1]:
                    for subject in targets_of(provider):
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
                m for m in self.mentions if m.type in PROVIDERS and id(m) not in self.used
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
            if m.type in PROVIDERS
            and 1 <= m.mention.first - kind.mention.stop <= 3
            and "(" in words[kind.mention.stop : m.mention.first]
        ]
