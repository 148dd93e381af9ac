"""A text as words with all their lemmas, cut into sentences, for Polish (Morfeusz 2) and English (endings).

Words come from one regular expression, lemmas from a dictionary analyser, sentence boundaries from a list of
abbreviations: no model is downloaded. A word form keeps *all* its lemmas, because Morfeusz does not choose
between readings, and nurt matches names where the sets meet. What every text needs is a plain list, and each
distinct form is analysed once a process: most of a document is words, and most of its words are the same few.
A text that names something goes on as a spaCy document (``pipeline``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from ..document import Language
from . import knowledge

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Analysis", "in_dictionary", "sentence_starts", "tokens", "word_lemmas", "word_offsets"]

# A single space between two words is no token; other white space is, because it may end a sentence.
_TOKEN: Final = re.compile(
    r"[^\W\d_]+(?:['’][^\W\d_]{1,2}\b)?|\d+[^\W\d_]{0,4}(?!\w)|\d+|_+|[^\w\s]|[^\S ]\s*| \s+|\A "
)
_CLOSING: Final = frozenset("”\"'’»)]")
_OPENING: Final = frozenset("„“\"'‘«([•–—-")
_BULLETS: Final = frozenset("•▪‣◦·●■")
_ENDS: Final = frozenset(".!?…")
_MOST_FORMS: Final = 1 << 18


def tokens(text: str) -> list[str]:
    """Words, numbers and single signs; white space other than one space is a token of its own.

    >>> tokens("Oś I.2 (dalej: SRK)")
    ['Oś', 'I', '.', '2', '(', 'dalej', ':', 'SRK', ')']
    """
    return _TOKEN.findall(text)


def _polish(form: str) -> frozenset[str]:
    analyses = _morfeusz().analyse(form)
    found = {analysis[2][1].split(":")[0].lower() for analysis in analyses}
    # Morfeusz splits a few forms (byłby = był + by); such pieces are not lemmas of the word.
    if len({analysis[:2] for analysis in analyses}) > 1:
        found = set()
    word = form.lower()
    if all(analysis[2][2] == "ign" for analysis in analyses):
        _UNKNOWN.add(form)
        if len(word) >= 7 and not form.isupper():
            # Unknown to the dictionary, as new adjectives are (*klastrowy*): forms meet in their stem.
            stem = _POLISH_ENDING.sub("", word)
            found.add(f"{stem}~")
    return frozenset(found | {word})


_UNKNOWN: Final[set[str]] = set()
"""The Polish forms analysed so far that Morfeusz does not know."""
_POLISH_ENDING: Final = re.compile(
    r"(?<=\w{5})(?:ego|emu|ych|ymi|ami|ach|iej|ym|om|ów|ej|ie|em|[aąeęioóuy])$"
)


@lru_cache(maxsize=1)
def _morfeusz() -> Any:
    import morfeusz2

    return morfeusz2.Morfeusz(generate=False)


def _english(form: str) -> frozenset[str]:
    word = form.lower().replace("’", "'").removesuffix("'s")
    found = {word}
    found.update(knowledge("en").irregular.get(word, ()))
    if len(word) > 3:
        for ending, replacements in _ENGLISH_ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                found.update(word.removesuffix(ending) + new for new in replacements)
                break
        stem = word.removesuffix("ing").removesuffix("ed")
        if len(word) > 5 and stem != word and stem[-1] == stem[-2]:
            found.add(stem[:-1])
    return frozenset(found)


_ENGLISH_ENDINGS: Final = (
    ("sses", ("ss",)),
    ("ies", ("y", "ie")),
    ("ses", ("s", "se")),
    ("xes", ("x", "xe")),
    ("ches", ("ch", "che")),
    ("shes", ("sh",)),
    ("ss", ("ss",)),
    ("us", ("us",)),
    ("s", ("",)),
    ("ied", ("y", "ie")),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
)


class _Lemmas(dict[str, frozenset[str]]):
    """The lemma sets of the forms seen so far; a lookup of a known form costs no call."""

    def __init__(self, analyse: Callable[[str], frozenset[str]]) -> None:
        super().__init__()
        self._analyse = analyse

    def __missing__(self, form: str) -> frozenset[str]:
        if len(self) >= _MOST_FORMS:
            self.clear()
        found = self._analyse(form) if form[0].isalpha() else frozenset((form.lower(),))
        self[form] = found
        return found


_LEMMAS: Final[dict[Language, _Lemmas]] = {"pl": _Lemmas(_polish), "en": _Lemmas(_english)}


def word_lemmas(form: str, language: Language) -> frozenset[str]:
    """All lemmas of a word form, lower case, with the form itself; each form is analysed once.

    >>> "strategia" in word_lemmas("Strategii", "pl"), "policy" in word_lemmas("policies", "en")
    (True, True)
    """
    return _LEMMAS[language][form]


def in_dictionary(form: str, language: Language) -> bool:
    """Whether a form is a word of the language, as far as a dictionary can tell; there is none for English.

    >>> in_dictionary("strategii", "pl"), in_dictionary("stategii", "pl")
    (True, False)
    """
    return language == "pl" and bool(word_lemmas(form, language)) and form not in _UNKNOWN


class Analysis:
    """A text with its words; what not every text needs is worked out when asked for.

    Args:
        text: as read, e.g. a passage's view.
        language: decides the lemmas and the abbreviations that end no sentence.
    """

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.words = tokens(text)

    @cached_property
    def readings(self) -> list[frozenset[str]]:
        """All lemmas of each word."""
        lemmas = _LEMMAS[self.language]
        return [lemmas[word] for word in self.words]

    @cached_property
    def offsets(self) -> list[int]:
        """Where in the text each word begins."""
        return word_offsets(self.text, self.words)

    @cached_property
    def starts(self) -> set[int]:
        """The words with which its sentences begin, by number."""
        return sentence_starts(self.words, self.offsets, knowledge(self.language).abbreviations)

    @cached_property
    def doc(self) -> Doc:
        """The text as a spaCy document with the same words."""
        from .pipeline import pipeline  # a second to load, and most texts name nothing

        return pipeline(self.language)(self.text)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences: the first word of each, and the one after its last."""
        if not any(word in _ENDS or "\n" in word for word in self.words[:-1]) or len(self.starts) == 1:
            # One sentence, as most cells and list items are: it takes no document to tell.
            return [(0, len(self.words))] if self.words else []
        return [(sentence.start, sentence.end) for sentence in self.doc.sents]


def word_offsets(text: str, words: Sequence[str]) -> list[int]:
    """Where in the text each of its words begins."""
    found = []
    at = 0
    for word in words:
        if text[at] == " " and word[0] != " ":
            at += 1
        found.append(at)
        at += len(word)
    return found


def sentence_starts(words: Sequence[str], offsets: Sequence[int], abbreviations: frozenset[str]) -> set[int]:
    """The words with which sentences begin, by number.

    Args:
        abbreviations: that end no sentence, without their last full stop, lower case.
    """
    starts = {0}
    depth = 0
    for position, word in enumerate(words):
        if word == "[":
            depth += 1
        elif word == "]":
            depth = max(0, depth - 1)
        elif word.isspace():
            following = words[position + 1 : position + 2]
            if word.count("\n") > 1 or ("\n" in word and following and following[0] in _BULLETS):
                starts.add(position + 1)
                depth = 0
        elif word in _ENDS and not depth:
            end = position + 1
            while (
                end < len(words)
                and (words[end] in _CLOSING or words[end] in _ENDS)
                and offsets[end] == offsets[end - 1] + 1
            ):
                end += 1
            if end >= len(words) or offsets[end] == offsets[end - 1] + len(words[end - 1]):
                if end >= len(words) or not words[end].isspace():
                    continue
                end += 1
            lower_initial = word == "." and len(words[position - 1]) == 1 and words[position - 1].islower()
            if lower_initial and end < len(words) and words[end] == "(":
                continue
            if _begins(words, end) and not (
                word == "." and _abbreviated(words, offsets, position, abbreviations)
            ):
                starts.add(end)
    return starts


def _begins(words: Sequence[str], position: int) -> bool:
    """Whether the word at the position may begin a sentence."""
    while position < len(words) and (words[position] in _OPENING or words[position].isspace()):
        position += 1
    return position < len(words) and (words[position][0].isupper() or words[position][0].isdigit())


def _abbreviated(
    words: Sequence[str], offsets: Sequence[int], dot: int, abbreviations: frozenset[str]
) -> bool:
    """Whether the full stop ends an abbreviation, an initial or an ordinal rather than a sentence."""
    if dot == 0 or offsets[dot] != offsets[dot - 1] + len(words[dot - 1]):
        return False
    before = words[dot - 1]
    if len(before) == 1 and before.isalpha() and before.isupper():
        return True
    pieces = [before]
    back = dot - 1
    while back >= 2 and words[back - 1] == "." and offsets[back - 1] == offsets[back] - 1:
        pieces.insert(0, words[back - 2])
        back -= 2
    joined = ".".join(pieces).lower()
    if joined in abbreviations:
        return True
    # "1. Wstęp", "art. 9. Cele": a number alone at the start of its line is a marker, not a sentence.
    return before.isdigit() and (dot == 1 or words[dot - 2].isspace())
