"""Sentences with what they name, cut into clauses and runs of coordination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final

from rdflib import URIRef

from ..ontology.namespace import NURT
from .cues import Hit, cues
from .gazetteer import INSTRUMENTS
from .languages import Knowledge, knowledge
from .languages.analysis import Analysis
from .passages import acknowledges
from .resolve import Resolved

__all__ = ["Clause", "Found", "Sentence", "Wording", "grouped", "wording"]


_ALIKE: Final = INSTRUMENTS | {NURT.FlagshipInitiative}
"""Classes whose members stand in one list: *Europe 2020, COSME and the Innovation Union*."""
_QUOTES: Final = frozenset('"„”“«»')
_SAYING: Final = 5
"""Fewer words in quotation marks are a name or a term: *„Europa 2020”*."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words ``first`` up to (not with) ``stop`` of a text."""

    first: int
    stop: int

    def __contains__(self, resolved: object) -> bool:
        return isinstance(resolved, Resolved) and self.first <= resolved.mention.first < self.stop


class Wording:
    """What the words of a sentence come to by themselves, whoever prints them; worked out when asked for.

    Args:
        analysis: of the text; the sentence is its words ``first`` up to (not with) ``stop``.
    """

    def __init__(self, analysis: Analysis, first: int, stop: int) -> None:
        self.words = analysis.words
        self.readings = analysis.readings
        self.first = first
        self.stop = stop
        self._known = knowledge(analysis.language)
        self._cues = cues(analysis.language)
        last = analysis.words[stop - 1].rstrip()
        self.extent = (analysis.offsets[first], analysis.offsets[stop - 1] + len(last))
        self.acknowledges = acknowledges(analysis.text[slice(*self.extent)], analysis.language)

    @cached_property
    def openers(self) -> list[int]:
        """The words with which a phrase that relations are told by may begin."""
        return self._cues.openers(self.readings, self.first, self.stop)

    @cached_property
    def hits(self) -> list[Hit]:
        """The cue phrases."""
        return self._cues.find(self.readings, self.openers, self.stop)

    @cached_property
    def excepted(self) -> list[tuple[int, int]]:
        """The words that name what is not meant."""
        return self._cues.excepted(self.readings, self.words, self.openers, self.stop)

    @cached_property
    def conditions(self) -> list[tuple[int, int]]:
        """The words that state a condition."""
        return self._cues.conditions(self.readings, self.words, self.openers, self.stop)

    @cached_property
    def aside(self) -> set[int]:
        """The words at which names stand that a statement only goes by."""
        return self._cues.aside(self.readings, self.openers, self.stop)

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question."""
        return "?" in self.words[max(self.first, self.stop - 2) : self.stop]

    @cached_property
    def withdrawn(self) -> bool:
        """Whether it tells of a plan that was given up."""
        return self._cues.withdrawn(self.readings, self.openers, self.stop)

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """The words in quotation marks that are several: what others said, not what the text says."""
        marks = [at for at in range(self.first, self.stop) if self.words[at] in _QUOTES]
        pairs = zip(marks[::2], marks[1::2], strict=False)
        return [(first, stop) for first, stop in pairs if stop - first > _SAYING]

    @cached_property
    def clauses(self) -> list[Clause]:
        """Its clauses, each with its own subject."""
        return _clauses(self, self._known)

    @cached_property
    def self_reference(self) -> int | None:
        """The word at which it names the document's own instrument: *this strategy*; or None."""
        written = [word.lower() for word in self.words[self.first : self.stop]]
        for phrase in self._known.self_references:
            first, *rest = phrase.lower().split()
            # Several words in any form, one as it is.
            if not rest and first in written:
                return self.first + written.index(first)
            for at in range(self.first, self.stop - len(rest)) if rest else ():
                if first in self.readings[at] and all(
                    part in self.readings[at + place] for place, part in enumerate(rest, 1)
                ):
                    return at
        return None


@lru_cache(maxsize=1 << 14)
def wording(analysis: Analysis, first: int, stop: int) -> Wording:
    """The wording of a sentence; a sentence that a document repeats is worked out once."""
    return Wording(analysis, first, stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with what it names.

    Args:
        wording: its words and what they come to.
        words, readings: of the whole text; ``first`` and ``stop`` are the sentence's.
        lead: the sentence that introduces the list this one belongs to, or None.
        before: the sentence before it, or None.
        read: where it comes from, for whoever makes the evidence.
        found: what it turned out to say (filled by ``relate``).
    """

    wording: Wording
    words: Sequence[str]
    readings: Sequence[frozenset[str]]
    first: int
    stop: int
    resolved: tuple[Resolved, ...]
    lead: Sentence | None = None
    before: Sentence | None = None
    read: Any = None
    found: Found = field(default_factory=lambda: Found())


@dataclass(slots=True)
class Found:
    """What a sentence leaves for those after it.

    Args:
        recipients, open_recipients, providers, hit, evidence: who is supported, where, and by which words.
        subjects: who implements or contributes; ``awaiting``: the cue whose objects are still to come.
    """

    recipients: tuple[URIRef, ...] = ()
    open_recipients: tuple[URIRef, ...] = ()
    providers: tuple[Resolved, ...] = ()
    hit: Hit | None = None
    subjects: tuple[URIRef, ...] = ()
    awaiting: Hit | None = None
    evidence: tuple[Sentence, ...] = ()


def _clauses(sentence: Wording, known: Knowledge) -> list[Clause]:
    cuts = [sentence.first]
    for at in range(sentence.first + 1, sentence.stop):
        before = sentence.words[at - 1]
        comma = before in {",", ";"} or (before.isspace() and sentence.words[at - 2] in {",", ";"})
        word = sentence.words[at].lower()
        if not comma and word not in known.sharp_breaks:
            continue
        if sentence.words[at - 1] == ";" or (
            word in known.clause_breaks
            and sentence.words[min(at + 1, sentence.stop - 1)] != ","
            and not sentence.readings[min(at + 1, sentence.stop - 1)]
            & {"także", "w", "zwłaszcza", "zatem", "also"}
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
    same = one.type == other.type or (one.type in _ALIKE and other.type in _ALIKE)
    return linked and plain <= 2 and same


def _in_pair(word: str, known: Knowledge) -> bool:
    return any(word.lower() in pair.split() for pair in known.coordinators if " " in pair)
