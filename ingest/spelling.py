"""Words that no dictionary knows and that are one slip away from a word of a name: *Stategii*, *Karju*.

A slip is a letter too many, one too few, another one, or two that changed places; Polish letters may have
lost their marks (*Dlugookresowa*). Inflection is no slip: stems are compared. Numbers are never read as other
numbers, nor a word that exists as another: *1.1* is not *1.2*, and one region is not the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import OSA

from .document import Language
from .languages.analysis import in_dictionary, word_lemmas

__all__ = ["Spelling", "folded"]

_MARKS: Final = str.maketrans("ąćęłńóśźż", "acelnoszz")
_ENDING: Final = re.compile(r"(?<=\w{4})(?:ego|emu|ych|ymi|ami|ach|iej|ym|im|om|ow|ej|ie|em|[aeiouy])$")
_SHORTEST: Final = 4
_SLIPS: Final = 1


def folded(text: str) -> str:
    """Lower case, Polish letters without their marks.

    >>> folded("Łódzkie Źródło")
    'lodzkie zrodlo'
    """
    return text.lower().translate(_MARKS)


def _without_one(word: str) -> Iterator[str]:
    """The word, and the word with one letter left out, each in turn."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


class Spelling(dict[str, frozenset[str]]):
    """For each form the lemmas of the words that it may be a misspelling of; empty for nearly all.

    Words are added first, then forms looked up; each form is worked out once.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._lemmas: dict[str, set[str]] = {}
        self._near: dict[str, set[str]] = {}
        self._known: set[str] = set()

    def add(self, word: str) -> None:
        """Add a word of a name."""
        lemmas = word_lemmas(word, self._language)
        self._known |= lemmas
        for stem in self._stems(word):
            if stem not in self._lemmas:
                for shorter in _without_one(stem):
                    self._near.setdefault(shorter, set()).add(stem)
            self._lemmas.setdefault(stem, set()).update(lemmas)

    def _stems(self, word: str) -> set[str]:
        forms = {folded(form) for form in word_lemmas(word, self._language) if form.isalpha()}
        # "strategi-a", "strateg-ie": the soft i goes with either.
        stems = {_ENDING.sub("", form).rstrip("i") for form in forms} if self._language == "pl" else set()
        return {stem for stem in forms | stems if len(stem) >= _SHORTEST}

    def __missing__(self, form: str) -> frozenset[str]:
        found = self[form] = frozenset(self._meant(form))
        return found

    def _meant(self, form: str) -> set[str]:
        if not form.isalpha() or len(form) < _SHORTEST or in_dictionary(form, self._language):
            return set()
        if not self._known.isdisjoint(word_lemmas(form, self._language)):
            return set()
        meant: set[str] = set()
        for mine in self._stems(form):
            candidates = {stem for shorter in _without_one(mine) for stem in self._near.get(shorter, ())}
            for stem in candidates:
                if stem[0] == mine[0] and OSA.distance(mine, stem, score_cutoff=_SLIPS) <= _SLIPS:
                    meant |= self._lemmas[stem]
        return meant
