"""Sentences with what they name, cut into clauses and runs of coordination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rdflib import URIRef

from .cues import Hit
from .gazetteer import INSTRUMENTS
from .languages import Knowledge
from .resolve import Resolved

__all__ = ["Clause", "Found", "Sentence", "clauses", "grouped"]


@dataclass(frozen=True, slots=True)
class Clause:
    """Words ``first`` up to (not with) ``stop`` of a text."""

    first: int
    stop: int

    def __contains__(self, resolved: object) -> bool:
        return isinstance(resolved, Resolved) and self.first <= resolved.mention.first < self.stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with what it names.

    Args:
        words, readings: of the whole text; ``first`` and ``stop`` are the sentence's.
        lead: the sentence that introduces the list this one belongs to, or None.
        before: the sentence before it, or None.
        self_reference: the word at which it names the document's own instrument in general words, or None.
        read: where it comes from, for whoever makes the evidence.
        found: what it turned out to say (filled by ``relate``).
    """

    words: Sequence[str]
    readings: Sequence[frozenset[str]]
    first: int
    stop: int
    resolved: tuple[Resolved, ...]
    lead: Sentence | None = None
    before: Sentence | None = None
    self_reference: int | None = None
    read: Any = None
    found: Found = field(default_factory=lambda: Found())


@dataclass(slots=True)
class Found:
    """What a sentence leaves for those after it."""

    recipients: tuple[URIRef, ...] = ()
    open_recipients: tuple[URIRef, ...] = ()
    providers: tuple[Resolved, ...] = ()
    hit: Hit | None = None
    evidence: tuple[Sentence, ...] = ()


def clauses(sentence: Sentence, known: Knowledge) -> list[Clause]:
    cuts = [sentence.first]
    for at in range(sentence.first + 1, sentence.stop):
        word = sentence.words[at].lower()
        comma = sentence.words[at - 1] in {",", ";"} or (
            sentence.words[at - 1].isspace() and sentence.words[at - 2] in {",", ";"}
        )
        if sentence.words[at - 1] == ";" or (
            word in known.clause_breaks
            and comma
            and not sentence.readings[min(at + 1, sentence.stop - 1)] & {"także", "w", "zwłaszcza", "zatem"}
        ):
            cuts.append(at)
    return [Clause(first, stop) for first, stop in zip(cuts, [*cuts[1:], sentence.stop], strict=True)]


def grouped(mentions: Sequence[Resolved], sentence: Sentence, known: Knowledge) -> list[list[Resolved]]:
    """Mentions in runs of coordination: *SRK 2020, KSRR i SIEG* is one run."""
    groups: list[list[Resolved]] = []
    for resolved in mentions:
        if groups and _coordinated(groups[-1][-1], resolved, sentence, known):
            groups[-1].append(resolved)
        else:
            groups.append([resolved])
    return groups


def _coordinated(one: Resolved, other: Resolved, sentence: Sentence, known: Knowledge) -> bool:
    """Whether only commas, conjunctions, brackets, a class word or two stand between two mentions."""
    depth = 0
    linked = False
    plain = 0
    for at in range(one.mention.stop, other.mention.first):
        word = sentence.words[at]
        if word in "[(":
            depth += 1
        elif word in "])":
            depth -= 1
        elif depth > 0 or word.isspace():
            continue
        elif word in {",", ";", "/", "–", "-"} or word.lower() in known.coordinators or _in_pair(word, known):
            linked = True
        elif word in "„”\"'“’«»":
            continue
        else:
            plain += 1
    same = one.type == other.type or (one.type in INSTRUMENTS and other.type in INSTRUMENTS)
    return linked and plain <= 2 and same


def _in_pair(word: str, known: Knowledge) -> bool:
    return any(word.lower() in pair.split() for pair in known.coordinators if " " in pair)
