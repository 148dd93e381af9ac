"""Match phrases by the lemma sets of their words, longest first.

A word form has several lemmas (*Osi* is a form of *oś* and of three other words), so this trie follows every
reading and keeps the longest phrase that one completes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

__all__ = ["SOFT", "Match", "Phrases"]

T = TypeVar("T")

SOFT: Final = frozenset("-–—‐‑'\"„”“’‘«»+&/ ") | {"\u00a0"}
"""Signs that names are written with or without."""
_HARD: Final = frozenset(".,:;()")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """Words ``first`` up to (not with) ``stop`` are the phrase of these values.

    The same phrase has the same sequence of values, the very object, wherever it is found.
    """

    first: int
    stop: int
    values: Sequence[T]


@dataclass(slots=True)
class _Node(Generic[T]):
    """A place in the trie; ``edges`` lead on by one word, given by its lemma set."""

    edges: dict[frozenset[str], _Node[T]] = field(default_factory=dict)
    by_lemma: dict[str, list[_Node[T]]] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)
    after_sign: bool = False

    def follow(self, lemmas: frozenset[str]) -> list[_Node[T]]:
        found: list[_Node[T]] = []
        for lemma in lemmas:
            for node in self.by_lemma.get(lemma, ()):
                if node not in found:
                    found.append(node)
        return found

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


class Phrases(Generic[T]):
    """A set of phrases, each with a value; the same phrase may have several."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._joined: dict[tuple[int, ...], Sequence[T]] = {}

    def add(self, words: Sequence[str], lemmas: Sequence[frozenset[str]], value: T) -> None:
        """Add a phrase: its tokens as text and their lemma sets. A phrase without words is left out."""
        node = self._root
        sign = False
        for word, readings in zip(words, lemmas, strict=True):
            if word.isspace() or word in SOFT:
                continue
            if word in _HARD:
                sign = True
                continue
            child = node.edges.get(readings)
            if child is None:
                child = node.edges[readings] = _Node()
                for lemma in readings:
                    node.by_lemma.setdefault(lemma, []).append(child)
            child.after_sign |= sign
            sign = False
            node = child
        if node is not self._root:
            node.values.append(value)

    def starts(self, lemma: str) -> bool:
        """Whether some phrase begins with a word of this lemma."""
        return lemma in self._root.by_lemma

    def at(self, words: Sequence[str], lemmas: Sequence[frozenset[str]], first: int) -> list[Match[T]]:
        """Every phrase that begins with word ``first``, longest first."""
        matches: list[Match[T]] = []
        active = self._root.follow(lemmas[first])
        stop = first + 1
        while active:
            ends = [node.values for node in active if node.values]
            if ends:
                values = ends[0] if len(ends) == 1 else self._together(ends)
                matches.append(Match(first, stop, values))
            position, sign = _next_word(words, stop)
            if position >= len(words):
                break
            active = [
                child
                for node in active
                for child in node.follow(lemmas[position])
                if child.after_sign or not sign
            ]
            stop = position + 1
        matches.reverse()
        return matches

    def _together(self, ends: Sequence[list[T]]) -> Sequence[T]:
        """The values of several phrases that the same words complete, joined once."""
        key = tuple(id(values) for values in ends)
        if key not in self._joined:
            self._joined[key] = [value for values in ends for value in values]
        return self._joined[key]

    def find(self, words: Sequence[str], lemmas: Sequence[frozenset[str]]) -> Iterable[Match[T]]:
        """The longest phrase at every place, left to right, none overlapping another."""
        position = 0
        while position < len(words):
            matches = self.at(words, lemmas, position)
            if matches:
                yield matches[0]
                position = matches[0].stop
            else:
                position += 1


def _next_word(words: Sequence[str], position: int) -> tuple[int, bool]:
    """The next word at or after the position, and whether a sign that counts stands before it."""
    sign = False
    while position < len(words):
        word = words[position]
        if word in _HARD:
            sign = True
        elif not word.isspace() and word not in SOFT:
            break
        position += 1
    return position, sign
