"""Wordings that nearly are a name: another conjunction, another order of words, or one word that differs.

*Strategia innowacyjności oraz efektywności gospodarki* has all the words of a name and is read as it. Where
one word of weight differs, the wording may as well name something that nurt does not know (*Strategia
Rozwoju Kapitału Społecznego* is not *Strategia Rozwoju Kapitału Ludzkiego*): a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from .document import Language
from .gazetteer import Name
from .languages import knowledge
from .languages.analysis import Analysis, tokens, word_lemmas
from .spelling import folded

__all__ = ["Alike", "Guess"]

_LEAST_WORDS: Final = 4
_CLOSE: Final = 85.0
_REACH: Final = 16
_STOPS: Final = frozenset('.;:!?()[]„”“"«»\n')


@dataclass(frozen=True, slots=True)
class Guess:
    """Words ``first`` up to (not with) ``stop`` have all words of weight of these names, or all but one."""

    first: int
    stop: int
    names: tuple[Name, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Known:
    name: Name
    text: str
    words: tuple[frozenset[str], ...]
    numbers: frozenset[str]


class Alike:
    """Finds wordings that are like a name, by the words of weight that they share."""

    def __init__(self, names: Iterable[Name], language: Language) -> None:
        known = knowledge(language)
        self._language = language
        self._light = known.coordinators | known.within
        self._by_head: dict[str, list[_Known]] = {}
        heads = set(known.heads)
        for name in names:
            words = [word for word in tokens(name.text) if self._weighs(word)]
            if len(words) < _LEAST_WORDS:
                continue
            readings = tuple(word_lemmas(word, language) for word in words)
            numbers = frozenset(word for word in words if word.isdigit())
            entry = _Known(name, folded(name.text), readings, numbers)
            for lemma in readings[0] & heads:
                self._by_head.setdefault(lemma, []).append(entry)

    def _weighs(self, word: str) -> bool:
        return word.isdigit() or (len(word) > 3 and word[0].isalpha() and word.lower() not in self._light)

    def starts(self, word: str) -> bool:
        """Whether a word, as written, may begin such a wording: *Strategia*, *Programu*."""
        return word[0].isupper() and not self._by_head.keys().isdisjoint(word_lemmas(word, self._language))

    def at(self, analysis: Analysis, first: int) -> Guess | None:
        """What begins at a word: a wording with all words of weight of a name, else one with all but one."""
        places = self._places(analysis.words, first)
        known = [entry for lemma in analysis.readings[first] for entry in self._by_head.get(lemma, ())]
        whole: dict[Name, int] = {}
        near: dict[Name, int] = {}
        for entry in known:
            size = len(entry.words)
            if len(places) >= size and self._shared(analysis, places[:size], entry) == size:
                whole[entry.name] = places[size - 1] + 1
                continue
            stop = self._near(analysis, places, entry)
            if stop:
                near[entry.name] = stop
        found = whole or near
        if not found:
            return None
        return Guess(first, max(found.values()), tuple(found), bool(whole))

    def _places(self, words: Sequence[str], first: int) -> list[int]:
        """Where the words of weight stand, up to the next sign that ends a name."""
        found = []
        for at in range(first, min(first + _REACH, len(words))):
            if words[at][0] in _STOPS:
                break
            if self._weighs(words[at]):
                found.append(at)
        return found

    def _shared(self, analysis: Analysis, places: Sequence[int], entry: _Known) -> int:
        """How many of the name's words stand at these places, each place counted once."""
        left = list(places)
        for word in entry.words:
            match = next((at for at in left if not analysis.readings[at].isdisjoint(word)), None)
            if match is not None:
                left.remove(match)
        return len(places) - len(left)

    def _near(self, analysis: Analysis, places: Sequence[int], entry: _Known) -> int:
        """Where a wording ends that differs from the name in one word of weight, or 0."""
        size = len(entry.words)
        best = (0.0, 0)
        for length in (size - 1, size, size + 1):
            if length > len(places) or self._shared(analysis, places[:length], entry) < size - 1:
                continue
            numbers = {analysis.words[at] for at in places[:length] if analysis.words[at].isdigit()}
            stop = places[length - 1] + 1
            written = analysis.text[
                analysis.offsets[places[0]] : analysis.offsets[stop - 1] + len(analysis.words[stop - 1])
            ]
            close = fuzz.ratio(folded(written), entry.text, score_cutoff=_CLOSE)
            if numbers == entry.numbers and close > best[0]:
                best = (close, stop)
        return best[1]
