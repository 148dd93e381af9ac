"""Findings against gold, one outcome for everything that is right, missed or a false alarm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from ..alignment import Aligned
from ..document import Evidence
from .findings import Findings, FoundElement, FoundMention, same_code
from .gold import Gold, GoldElement, GoldMention

__all__ = ["TASKS", "Outcome", "Task", "Verdict", "compare"]

Task = Literal["families", "elements", "mentions", "resolutions", "relations", "inferred"]
Verdict = Literal["right", "missed", "false"]
TASKS: Final[tuple[Task, ...]] = (
    "families",
    "elements",
    "mentions",
    "resolutions",
    "relations",
    "inferred",
)
"""``mentions`` are found at all, ``resolutions`` found and understood; ``relations`` are stated and coded,
``inferred`` ones, which gold does not ask for, are counted apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One thing that is right, missed, or a false alarm.

    Args:
        document: the file's name.
        family, language: of the gold.
        basis: of a relation; else "".
        what: the thing in short ids.
        quote: where it stands.
        rule: what found it, or "".
    """

    task: Task
    verdict: Verdict
    document: str
    family: str
    language: str
    what: str
    basis: str = ""
    quote: str = ""
    rule: str = ""
    page: int | None = None


def compare(gold: Gold, found: Findings) -> Iterator[Outcome]:
    """Yield the outcome of everything that gold asks for and of everything found beyond it."""
    case = _Case(gold, found)
    yield case.outcome("families", "right" if found.family == gold.family else "missed", gold.family)
    yield from case.elements()
    yield from case.allocations()
    yield from case.mentions()
    yield from case.relations()


class _Case:
    def __init__(self, gold: Gold, found: Findings) -> None:
        self.gold = gold
        self.found = found

    def outcome(
        self,
        task: Task,
        verdict: Verdict,
        what: str,
        *,
        basis: str = "",
        quote: str = "",
        rule: str = "",
        at: Evidence | None = None,
    ) -> Outcome:
        return Outcome(
            task=task,
            verdict=verdict,
            document=self.gold.document,
            family=self.gold.family,
            language=self.gold.language,
            what=what,
            basis=basis,
            quote=quote or (at.quote if at else ""),
            rule=rule,
            page=at.page if at else None,
        )

    def elements(self) -> Iterator[Outcome]:
        left = list(self.found.elements)
        for gold in self.gold.elements:
            match = next((found for found in left if _same_element(gold, found)), None)
            if match is not None:
                left.remove(match)
            what = f"{gold.kind} {gold.code} {gold.label} < {gold.parent}"
            yield self.outcome("elements", "right" if match else "missed", what)
        for found in left:
            parents = ", ".join(sorted(found.parents))
            label = " | ".join(sorted(found.labels))
            what = f"{found.kind} {found.code} {label} < {parents}"
            yield self.outcome("elements", "false", what, at=found.evidence)

    def allocations(self) -> Iterator[Outcome]:
        left = list(self.found.allocations)
        for gold in self.gold.allocations:
            asked = (gold.owner, gold.amount, gold.currency, gold.fund, gold.objective)
            match = next(
                (f for f in left if (f.owner, f.amount, f.currency, f.fund, f.objective) == asked), None
            )
            if match is not None:
                left.remove(match)
            what = f"Allocation {gold.amount} {gold.currency} {gold.fund} {gold.objective} < {gold.owner}"
            yield self.outcome("elements", "right" if match else "missed", what)
        for f in left:
            what = f"Allocation {f.amount} {f.currency} {f.fund} {f.objective} < {f.owner}"
            yield self.outcome("elements", "false", what, at=f.evidence)

    def mentions(self) -> Iterator[Outcome]:
        """Mentions, whatever they are taken for, and resolutions, which must mean the same."""
        asked = self._placed()
        hits: dict[Task, set[int]] = {"mentions": set(), "resolutions": set()}
        for found in self.found.mentions:
            here = [
                number
                for number, (_, start, end) in enumerate(asked)
                if found.evidence.start < end and start < found.evidence.end
            ]
            meant = [
                number
                for number in here
                if set(found.resources) & {asked[number][0].resource, *asked[number][0].accept}
            ]
            what = f"{found.evidence.quote} = {', '.join(found.resources)}"
            judged: tuple[tuple[Task, list[int]], ...] = (("mentions", here), ("resolutions", meant))
            for task, fits in judged:
                hits[task].update(fits)
                if not fits and self._counts(found):
                    yield self.outcome(task, "false", what, rule=found.method, at=found.evidence)
        for task, hit in hits.items():
            for number, (gold, _, _) in enumerate(asked):
                if not gold.optional:
                    verdict: Verdict = "right" if number in hit else "missed"
                    what = f"{gold.quote} ({gold.occurrence}) = {gold.resource}"
                    yield self.outcome(task, verdict, what, quote=gold.quote)

    def _placed(self) -> list[tuple[GoldMention, int, int]]:
        """The mentions asked for and their offsets; one that is not in the text can only be missed."""
        aligned = Aligned(self.found.document) if self.found.document else None
        placed = []
        for mention in self.gold.mentions:
            span = aligned.place(mention.quote, mention.occurrence) if aligned else None
            placed.append((mention, span.start if span else -1, span.end if span else -1))
        return placed

    def _counts(self, found: FoundMention) -> bool:
        """Whether a mention beyond the gold is a false alarm: not a reference back, not of oneself."""
        own = {*self.found.own, self.gold.instrument} - {""}
        itself = all(
            resource in own or any(resource.startswith(f"{root}/") for root in own)
            for resource in found.resources
        )
        return found.method != "reference" and not itself

    def relations(self) -> Iterator[Outcome]:
        hit: set[int] = set()
        for found in self.found.relations:
            fits = [
                number
                for number, gold in enumerate(self.gold.relations)
                if gold.holds(found.subject, found.predicate, found.object)
            ]
            task: Task = "inferred" if found.basis == "inferred" else "relations"
            what = f"{found.subject} {found.predicate} {found.object}"
            if task == "relations":
                hit.update(fits)
            if not fits or task == "inferred":
                verdict: Verdict = "right" if fits else "false"
                yield self.outcome(task, verdict, what, basis=found.basis, rule=found.rule, at=found.evidence)
        for number, gold in enumerate(self.gold.relations):
            if not gold.optional:
                yield self.outcome(
                    "relations",
                    "right" if number in hit else "missed",
                    f"{gold.subject} {gold.predicate} {gold.object}",
                    basis=gold.basis,
                    quote=gold.quote,
                )


def _same_element(gold: GoldElement, found: FoundElement) -> bool:
    label = " ".join(gold.label.split()).rstrip(".")
    return (
        gold.kind == found.kind
        and same_code(gold.code) == found.code
        and gold.parent.casefold() in {parent.casefold() for parent in found.parents}
        and (not label or label in {other.rstrip(".") for other in found.labels})
    )
