"""Find where a text names something: by name in any inflected form, by code, by an abbreviation of its own.

A text that a document repeats (a form's labels) is searched once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rdflib import URIRef

from ..ontology.namespace import NURT
from .alike import Alike
from .citations import Citation, citations
from .codes import Code, codes
from .document import Language
from .gazetteer import INSTRUMENTS, Gazetteer, Name
from .languages import knowledge
from .languages.analysis import Analysis, tokens, word_lemmas
from .mentions import ALL, LIKELY, WITHOUT_PERIOD, Mention, MentionKind, settled
from .phrases import Match, Phrases
from .spelling import Spelling

__all__ = ["Finder", "Searched", "finder"]

_REACH: Final = 11
_MOST_TEXTS: Final = 1 << 13
_YEAR: Final = re.compile(r"\s*(?:do|until|to|by)?\s*(?:roku)?\s*(?:19|20)\d\d\b")
_PERIOD: Final = re.compile(r"\s*(?:na lata|w latach|for)?\s*\(?((?:19|20)\d\d)\s*[-–/]\s*((?:20)?\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    """A namesake: what it overlaps is not meant."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """The name of all members of a class."""

    cls: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reference:
    """Words that refer back: *ww. strategia*, *dwa pierwsze dokumenty*; how many, 0 for the latest."""

    classes: tuple[str, ...]
    count: int = 0


_Entry = Name | _Stop | _Group | _Reference


def _capitalised(name: str, text: str) -> bool:
    """Whether the text is written large enough to be the name: capitals mark names, long ones need none."""
    if text[0].isupper() or text[1:2].isupper():
        return True
    return name == name.lower() or len(name.split()) >= 6


@lru_cache(maxsize=1 << 14)
def _without_dashes(text: str) -> str:
    return re.sub(r"[\s\u00a0–—‐‑-]+", "", text)


def _same_signs(name: str, text: str) -> bool:
    return name == text or _without_dashes(name) == _without_dashes(text)


@dataclass(frozen=True, slots=True)
class Searched:
    """A text with what it names.

    Args:
        candidates: all that was found before overlaps were settled.
        guesses: wordings that are like names (of kind fuzzy and alike).
        mentions: in order; none overlaps another.
    """

    analysis: Analysis
    candidates: tuple[Mention, ...]
    guesses: tuple[Mention, ...]
    mentions: tuple[Mention, ...]


class _Once(dict[str, bool]):
    """A question to a form, looked up for every word or abbreviation of a text and answered once a form."""

    def __init__(self, ask: Callable[[str], bool]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, form: str) -> bool:
        found = self[form] = self._ask(form)
        return found


class Finder:
    """Finds mentions of a gazetteer's names in texts of one language."""

    def __init__(self, gazetteer: Gazetteer, language: Language) -> None:
        self.gazetteer = gazetteer
        self.language = language
        self.known = knowledge(language)
        self._phrases: Phrases[_Entry] = Phrases()
        self._codes: dict[str, tuple[Name, ...]] = {}
        for name in gazetteer.names:
            if name.kind == "code":
                key = _code_key(name.text)
                self._codes[key] = (*self._codes.get(key, ()), name)
            if name.kind != "code" or re.search(r"[A-Z]{3}.*-|[A-Z]{2}.*\d{4}", name.text):
                self._add(name.text, name)
        for text in self.known.stop_names:
            self._add(text, _Stop(text=text))
        for cls, texts in self.known.groups.items():
            for text in texts:
                self._add(text, _Group(cls=cls))
        for head, classes in self.known.heads.items():
            for demonstrative in self.known.demonstratives:
                for phrase in (f"{demonstrative} {head}", f"{head} {demonstrative}"):
                    self._add(phrase, _Reference(classes=classes))
            for word, number in self.known.ordinals.items():
                for order in self.known.orders:
                    for phrase in (f"{word} {order} {head}", f"{order} {word} {head}"):
                        self._add(phrase, _Reference(classes=classes, count=number))
        self._plural = re.compile("|".join(self.known.plurals), re.IGNORECASE)
        self._marks = re.compile("|".join(self.known.group_marks), re.IGNORECASE)
        self._starts = _Once(self._begins)
        self._inflected = _Once(_is_word)
        likely = [name for name in gazetteer.names if name.kind == "label" and name.type in LIKELY]
        self._spelling = Spelling(language)
        for word in {word for name in likely for word in tokens(name.text) if word.isalpha()}:
            self._spelling.add(word)
        self._likeness = Alike(likely, language)
        self._heads = _Once(self._likeness.starts)
        self._searched: dict[str, Searched] = {}
        self._meanings: dict[tuple[int, str, bool, bool], _Meaning | None] = {}

    def _add(self, text: str, entry: _Entry) -> None:
        words = tokens(text)
        self._phrases.add(words, [word_lemmas(word, self.language) for word in words], entry)

    def _begins(self, form: str) -> bool:
        """Whether some phrase begins with a form."""
        return any(self._phrases.starts(lemma) for lemma in word_lemmas(form, self.language))

    def find(self, text: str, aliases: Mapping[str, Mention]) -> Searched:
        """What a text names.

        Args:
            aliases: the abbreviations that the document has introduced so far.
        """
        known = self._searched.get(text)
        if known is None:
            if len(self._searched) >= _MOST_TEXTS:
                self._searched.clear()
            known = self._searched[text] = self._search(text)
        there = {alias: meant for alias, meant in aliases.items() if alias in text or self._inflected[alias]}
        used = tuple(self._aliases(known.analysis, there)) if there else ()
        if not used:
            return known
        candidates = (*known.candidates, *used)
        return replace(known, mentions=settled(text, candidates, known.guesses))

    def _search(self, text: str) -> Searched:
        """What a text names by itself; a text that a document repeats (a form's labels) is searched once."""
        analysis = Analysis(text, self.language)
        found: list[Mention] = []
        for citation in citations(text):
            names = self._codes.get(_code_key(citation.code), ())
            at = _Words(analysis.offsets, analysis.words)
            found.append(
                at.mention(citation.start, citation.end, "citation", text, citation=citation, names=names)
            )
        for code in codes(text, self.language):
            at = _Words(analysis.offsets, analysis.words)
            found.append(at.mention(code.start, code.title_end, "code", text, code=code))
        found.extend(self._named(analysis))
        guesses = (*self._misspelt(analysis), *self._alike(analysis, found))
        return Searched(analysis, tuple(found), guesses, settled(text, found, guesses))

    def _aliases(self, analysis: Analysis, aliases: Mapping[str, Mention]) -> Iterator[Mention]:
        at = _Words(analysis.offsets, analysis.words)
        for alias, meant in aliases.items():
            for start, end in self._uses(analysis, alias):
                found = at.mention(start, end, "alias", analysis.text, names=meant.names)
                yield (
                    replace(found, citation=meant.citation, kind="group", classes=meant.classes)
                    if (meant.kind == "group")
                    else replace(found, citation=meant.citation)
                )

    def _uses(self, analysis: Analysis, alias: str) -> Iterator[tuple[int, int]]:
        """Where an abbreviation stands; one that is a word of the language (*Strategia*) is inflected."""
        if not self._inflected[alias]:
            for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", analysis.text):
                yield match.span()
            return
        lemmas = word_lemmas(alias, self.language)
        words = analysis.words
        for at, word in enumerate(words):
            if not word[0].isupper() or analysis.readings[at].isdisjoint(lemmas):
                continue
            # "Strategia Rozwoju …", "Lisbon Strategy": a word of another name.
            before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
            if after[:1].isupper() or (before[:1].isupper() and at - 1 > 0):
                continue
            yield analysis.offsets[at], analysis.offsets[at] + len(word)

    def _named(self, analysis: Analysis) -> Iterator[Mention]:
        words, starts = analysis.words, self._starts
        resume = 0
        for position in [at for at, word in enumerate(words) if starts[word]]:
            if position < resume:
                continue
            matches = self._phrases.at(words, analysis.readings, position)
            for match in self._unfolded(matches, words, analysis.readings):
                start = analysis.offsets[match.first]
                end = analysis.offsets[match.stop - 1] + len(words[match.stop - 1])
                mention = self._mention(analysis.text, start, end, match.first, match.stop, match.values)
                if mention:
                    yield mention
                    resume = match.stop
                    break

    def _misspelt(self, analysis: Analysis) -> Iterator[Mention]:
        """Names with a misspelt word; all others stand as they should, numbers above all."""
        words = analysis.words
        wrong = [at for at, word in enumerate(words) if self._spelling[word]]
        if not wrong:
            return
        readings = [
            lemmas | self._spelling[word] for word, lemmas in zip(words, analysis.readings, strict=True)
        ]
        resume = 0
        for first in sorted({start for at in wrong for start in range(max(0, at - _REACH), at + 1)}):
            if first < resume or not (first in wrong or self._starts[words[first]]):
                continue
            matches = self._unfolded(self._phrases.at(words, readings, first), words, readings)
            for match in matches:
                names = self._likely(analysis, match, sum(first <= at < match.stop for at in wrong))
                if names is not None:
                    yield names
                    resume = match.stop
                    break

    def _likely(self, analysis: Analysis, match: Match[_Entry], wrong: int) -> Mention | None:
        """The mention that a match with so many misspelt words makes, if the rest of it bears them."""
        written = [word for word in analysis.words[match.first : match.stop] if word.isalnum()]
        if not 0 < wrong <= (1 if len(written) < 5 else 2) or len(written) < 2 or sum(map(len, written)) < 10:
            return None
        start = analysis.offsets[match.first]
        end = analysis.offsets[match.stop - 1] + len(analysis.words[match.stop - 1])
        found = self._mention(analysis.text, start, end, match.first, match.stop, match.values)
        if found is None or found.kind != "name":
            return None
        names = tuple(
            name
            for name in found.names
            if name.kind == "label" and name.type in LIKELY and (len(written) > 2 or not name.derived)
        )
        return replace(found, kind="fuzzy", names=names) if names else None

    def _alike(self, analysis: Analysis, found: Sequence[Mention]) -> Iterator[Mention]:
        """Wordings that differ from a name in small words or their order (fuzzy), or in one word (alike)."""
        for first, word in enumerate(analysis.words):
            if not self._heads[word] or any(mention.first <= first < mention.stop for mention in found):
                continue
            guess = self._likeness.at(analysis, first)
            if guess is not None:
                start = analysis.offsets[first]
                end = analysis.offsets[guess.stop - 1] + len(analysis.words[guess.stop - 1])
                if not _ended(analysis.text, end):
                    yield Mention(
                        start=start,
                        end=end,
                        first=first,
                        stop=guess.stop,
                        kind="fuzzy" if guess.whole else "alike",
                        text=analysis.text[start:end],
                        names=guess.names,
                    )

    def _unfolded(
        self, matches: list[Match[_Entry]], words: Sequence[str], readings: Sequence[frozenset[str]]
    ) -> list[Match[_Entry]]:
        """Shorter first, where a long name says what a resource is for by naming another.

        *Krajowy Program Reform na rzecz realizacji strategii Europa 2020* names two instruments.
        """
        if len(matches) < 2:
            return matches
        longest = matches[0]
        inner = [
            match
            for at in range(matches[-1].stop, longest.stop)
            if self._starts[words[at]]
            for match in self._phrases.at(words, readings, at)
            if match.stop <= longest.stop
        ]
        instruments = [(match.first, named) for match in inner if (named := _instruments(match.values))]
        for shorter in matches[1:] if instruments else ():
            iris = {value.iri for value in shorter.values if isinstance(value, Name)}
            if iris.isdisjoint(value.iri for value in longest.values if isinstance(value, Name)):
                continue
            if any(first >= shorter.stop and not named & iris for first, named in instruments):
                return [shorter]
        return matches

    def _mention(
        self, text: str, start: int, end: int, first: int, stop: int, values: Sequence[_Entry]
    ) -> Mention | None:
        written = text[start:end]
        # The trie keeps the values of a phrase for good: their id stands for them.
        key = (id(values), written, _ended(text, end), _other_year(text, end))
        if key not in self._meanings:
            fitting = [v for v in values if not (key[3] and isinstance(v, Name) and v.derived)]
            self._meanings[key] = _meaning(fitting, written, self._marks, self._plural, ended=key[2])
        meaning = self._meanings[key]
        if meaning is None:
            return None
        kind, names, classes, count = meaning
        return Mention(
            start=start,
            end=end,
            first=first,
            stop=stop,
            kind=kind,
            text=written,
            names=names,
            classes=classes,
            count=count,
        )


_Meaning = tuple[MentionKind, tuple[Name, ...], tuple[str, ...], int]


def _meaning(
    values: Sequence[_Entry], written: str, marks: re.Pattern[str], plural: re.Pattern[str], *, ended: bool
) -> _Meaning | None:
    """What the values of a phrase come to, written like this: kind, names, classes and count."""
    if any(isinstance(value, _Stop) and _capitalised(value.text, written) for value in values):
        return "stop", (), (), 0
    names = tuple(
        value
        for value in values
        if isinstance(value, Name)
        and _fits(value, written)
        and not (ended and value.type not in WITHOUT_PERIOD)
    )
    groups = [value for value in values if isinstance(value, _Group)]
    if groups and all(name.derived for name in names) and marks.search(written):
        return "group", (), (groups[0].cls,), 0
    if names:
        return "name", names, (), 0
    for value in values:
        if isinstance(value, _Reference):
            # "dokumenty te", "both programmes": all that were listed.
            count = value.count or (ALL if plural.search(written) else 0)
            return "reference", (), value.classes, count
    return None


def _instruments(values: Sequence[_Entry]) -> set[URIRef]:
    """The instruments that are meant by a full name of theirs."""
    return {
        value.iri
        for value in values
        if isinstance(value, Name) and value.type in INSTRUMENTS and not value.derived
    }


def _fits(name: Name, written: str) -> bool:
    if name.type == _PRIORITY and len(name.text.split()) > 1:
        return True
    if name.kind == "label":
        return _capitalised(name.text, written)
    return _same_signs(name.text, written)


_PRIORITY: Final = NURT.Priority


def _other_year(text: str, end: int) -> bool:
    """Whether a year follows a name that has lost its own: *Strategia Rozwoju Kraju 2030*, not 2020.

    The name with its year is a longer phrase, and would have been found.
    """
    period = _PERIOD.match(text, end)
    if period:
        return int(period[2][-2:]) != 20
    return _YEAR.match(text, end) is not None


def _ended(text: str, end: int) -> bool:
    """Whether a period follows that is not the one nurt knows: *RPO WŁ na lata 2007–2013*."""
    match = _PERIOD.match(text, end)
    if not match:
        return False
    last = int(match[2]) if len(match[2]) == 4 else int(match[1][:2] + match[2])
    return last < 2014


def _code_key(code: str) -> str:
    return re.sub(r"\W+", " ", code.replace("KOM", "COM")).strip().removesuffix(" final").lower()


def _is_word(alias: str) -> bool:
    return alias[1:].islower() and alias.isalpha()


@dataclass(frozen=True, slots=True)
class _Words:
    """Which words a stretch of text covers."""

    offsets: Sequence[int]
    words: Sequence[str]

    def mention(
        self,
        start: int,
        end: int,
        kind: MentionKind,
        text: str,
        *,
        names: tuple[Name, ...] = (),
        citation: Citation | None = None,
        code: Code | None = None,
    ) -> Mention:
        first = max(0, bisect_right(self.offsets, start) - 1)
        stop = max(first + 1, bisect_left(self.offsets, end))
        return Mention(
            start=start,
            end=end,
            first=first,
            stop=stop,
            kind=kind,
            text=text[start:end],
            names=names,
            citation=citation,
            code=code,
        )


@lru_cache(maxsize=8)
def finder(gazetteer: Gazetteer, language: Language) -> Finder:
    """The finder of a gazetteer and language; built once a process."""
    return Finder(gazetteer, language)
