"""Find cue phrases in a sentence, whatever their inflection, and what denies, excepts or conditions them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .document import Language
from .languages import CuePhrase, knowledge
from .languages.analysis import word_lemmas

__all__ = ["Cues", "Hit", "cues"]

_GAP = 4
_DENIES: Final = 4
"""So many words may stand between *not* and the cue: *not prepared in order to implement*."""
_Pattern = tuple[frozenset[str] | None, ...]
_Index = dict[str, list[_Pattern]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue phrase at words ``first`` up to (not with) ``stop``."""

    cue: CuePhrase
    first: int
    stop: int


def _number(reading: frozenset[str]) -> bool:
    """Whether a word begins as a number does: *No 1291/2013* denies nothing."""
    return any(word[:1].isdigit() for word in reading)


def _compile(phrase: Sequence[str], language: Language) -> _Pattern:
    return tuple(None if word == "…" else frozenset({*word_lemmas(word, language), word}) for word in phrase)


def _index(phrases: Sequence[Sequence[str]], language: Language) -> _Index:
    """Patterns by the lemmas of their first words."""
    found: _Index = {}
    for phrase in phrases:
        pattern = _compile(phrase, language)
        for lemma in pattern[0] or ():
            found.setdefault(lemma, []).append(pattern)
    return found


class Cues:
    """The cue phrases of a language, ready to match."""

    def __init__(self, language: Language) -> None:
        known = knowledge(language)
        self._adverbs = known.adverbs
        self._adverb_endings = known.adverb_endings
        self._adverb = lru_cache(maxsize=1 << 15)(self._may_stand_between)
        self._cues: dict[str, list[tuple[_Pattern, CuePhrase]]] = {}
        for cue in known.cues:
            pattern = _compile(cue.phrase, language)
            for lemma in pattern[0] or ():
                self._cues.setdefault(lemma, []).append((pattern, cue))
        self._negations = _index(known.negations, language)
        self._exceptions = _index(known.exceptions, language)
        self._conditions = _index(known.conditions, language)
        self._withdrawals = _index(known.withdrawals, language)
        self._according = _index(known.according, language)
        self._indexes = (
            self._cues,
            self._negations,
            self._exceptions,
            self._conditions,
            self._withdrawals,
            self._according,
        )
        self._dull = lru_cache(maxsize=1 << 15)(self._none_opens)
        self._none = known.none
        self._determiners = known.determiners
        self._not_only = {"tylko", "jedynie", "only", "just"}

    def _match(
        self, pattern: _Pattern, readings: Sequence[frozenset[str]], first: int, stop: int
    ) -> int | None:
        """Where a match that begins at ``first`` ends, or None."""
        position = first
        gap = 0
        for item in pattern:
            if item is None:
                gap += _GAP
                continue
            while position < stop:
                if readings[position] & item:
                    break
                if position > first and self._adverb(readings[position]):
                    position += 1
                elif gap:
                    gap -= 1
                    position += 1
                else:
                    return None
            if position >= stop:
                return None
            position += 1
            gap = 0
        return position

    def _may_stand_between(self, reading: frozenset[str]) -> bool:
        """Whether a word is an adverb, which parts no cue: *is fully consistent with*."""
        return bool(reading & self._adverbs) or any(word.endswith(self._adverb_endings) for word in reading)

    def _none_opens(self, reading: frozenset[str]) -> bool:
        """Whether a word begins no phrase of any kind, as most words."""
        return all(index.keys().isdisjoint(reading) for index in self._indexes)

    def openers(self, readings: Sequence[frozenset[str]], first: int, stop: int) -> list[int]:
        """The words of a sentence with which a phrase of any kind may begin."""
        return [at for at in range(first, stop) if not self._dull(readings[at])]

    def find(self, readings: Sequence[frozenset[str]], openers: Sequence[int], stop: int) -> list[Hit]:
        """Every cue phrase in a sentence that ends before ``stop``; of one cue at one word, the longest."""
        hits: list[Hit] = []
        for position in openers:
            if self._cues.keys().isdisjoint(readings[position]):
                continue
            best: dict[str, Hit] = {}
            for lemma in readings[position]:
                for pattern, cue in self._cues.get(lemma, ()):
                    end = self._match(pattern, readings, position, stop)
                    if end is not None and (cue.name not in best or best[cue.name].stop < end):
                        best[cue.name] = Hit(cue, position, end)
            hits.extend(best.values())
        return hits

    def _spans(
        self, patterns: _Index, readings: Sequence[frozenset[str]], openers: Iterable[int], stop: int
    ) -> Iterator[tuple[int, int]]:
        for position in openers:
            if patterns.keys().isdisjoint(readings[position]):
                continue
            for lemma in readings[position]:
                for pattern in patterns.get(lemma, ()):
                    end = self._match(pattern, readings, position, stop)
                    if end is not None:
                        yield position, end

    def denied(
        self, readings: Sequence[frozenset[str]], openers: Sequence[int], hit: Hit, first: int, stop: int
    ) -> bool:
        """Whether the clause ``first`` to ``stop`` denies the cue: *nie przewiduje się wsparcia*.

        A short negation counts up to five words before the cue, a longer one anywhere before it in the
        clause; *nie tylko*, *not only*, *No 1303/2013* deny nothing.
        """
        if hit.stop < stop and not readings[hit.stop].isdisjoint(self._none):
            return True
        before = (at for at in openers if first <= at < hit.stop)
        for start, end in self._spans(self._negations, readings, before, hit.stop):
            if end < stop and (readings[end] & self._not_only or _number(readings[end])):
                continue
            if end - start > 1 or hit.first - end <= _DENIES:
                return True
        return False

    def withdrawn(self, readings: Sequence[frozenset[str]], openers: Sequence[int], stop: int) -> bool:
        """Whether a sentence tells of what was planned and given up: *…, z czego zrezygnowano*."""
        return any(True for _ in self._spans(self._withdrawals, readings, openers, stop))

    def excepted(
        self, readings: Sequence[frozenset[str]], words: Sequence[str], openers: Sequence[int], stop: int
    ) -> list[tuple[int, int]]:
        """Stretches of a sentence that name what is *not* meant, each up to the next comma."""
        found = []
        for _, end in self._spans(self._exceptions, readings, openers, stop):
            close = next((at for at in range(end, stop) if words[at] in {",", ";", "–", ")"}), stop)
            found.append((end, close))
        return found

    def aside(self, readings: Sequence[frozenset[str]], openers: Sequence[int], stop: int) -> set[int]:
        """The words right behind *zgodnie z*, *according to*: what is named there acts in nothing."""
        ends = {end for _, end in self._spans(self._according, readings, openers, stop)}
        return ends | {end + 1 for end in ends if end < stop and readings[end] & self._determiners}

    def conditions(
        self, readings: Sequence[frozenset[str]], words: Sequence[str], openers: Sequence[int], stop: int
    ) -> list[tuple[int, int]]:
        """Stretches of a sentence that state a condition, each up to the next comma."""
        found = []
        for start, end in self._spans(self._conditions, readings, openers, stop):
            close = next((at for at in range(end, stop) if words[at] in {",", ";"}), stop)
            found.append((start, close))
        return found


@lru_cache(maxsize=4)
def cues(language: Language) -> Cues:
    """The cue phrases of a language; compiled once."""
    return Cues(language)
