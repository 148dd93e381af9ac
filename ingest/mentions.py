"""Find where a text names something: by name in any inflected form, by code, by an abbreviation of its own.

What a mention means is decided in ``resolve``; here it keeps every name that fits.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from rdflib import URIRef

from ..ontology.namespace import NURT
from .citations import Citation, citations
from .codes import Code, codes
from .document import Language
from .gazetteer import INSTRUMENTS, Gazetteer, Name
from .languages import knowledge
from .languages.analysis import Analysis, tokens, word_lemmas
from .phrases import Match, Phrases

__all__ = ["Finder", "Mention", "MentionKind", "Searched", "finder"]

MentionKind = Literal["name", "citation", "code", "alias", "group", "reference", "stop"]

_MOST_TEXTS: Final = 1 << 13
_PERIOD: Final = re.compile(r"\s*(?:na lata|w latach|for)?\s*\(?((?:19|20)\d\d)\s*[-–/]\s*((?:20)?\d\d)\b")
_BRACKET: Final = re.compile(r"\[[^\[\]]*\b(?:1[89]|20)\d\d[a-z]?[^\[\]]*\]|\[https?:[^\]]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of a text that may name something.

    Args:
        start, end: offsets into the text that was searched.
        first, stop: its words: the first, and the one after the last.
        kind: how it was found.
        text: as written.
        names: the names of the gazetteer that fit, of a name or code.
        citation, code: what was read, of a citation or code.
        count: how many things a back reference stands for, from its end if negative, 0 for one or any.
        classes: local names of classes, of a group or back reference.
    """

    start: int
    end: int
    first: int
    stop: int
    kind: MentionKind
    text: str
    names: tuple[Name, ...] = ()
    citation: Citation | None = None
    code: Code | None = None
    count: int = 0
    classes: tuple[str, ...] = ()


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
    """Words that refer back: *ww. strategia*, *dwa pierwsze dokumenty*."""

    classes: tuple[str, ...]
    count: int = 0


_Entry = Name | _Stop | _Group | _Reference


def bracketed(text: str) -> list[tuple[int, int]]:
    """Where citation brackets stand: *[European Commission 2010a]*; what they hold is bibliography."""
    return [match.span() for match in _BRACKET.finditer(text)]


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
        mentions: in order; none overlaps another.
    """

    analysis: Analysis
    candidates: tuple[Mention, ...]
    mentions: tuple[Mention, ...]


class _Starts(dict[str, bool]):
    """Whether some phrase begins with a form; looked up for every word, worked out once a form."""

    def __init__(self, phrases: Phrases[_Entry], language: Language) -> None:
        super().__init__()
        self._phrases = phrases
        self._language = language

    def __missing__(self, form: str) -> bool:
        found = any(self._phrases.starts(lemma) for lemma in word_lemmas(form, self._language))
        self[form] = found
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
        self._starts = _Starts(self._phrases, language)
        self._searched: dict[str, Searched] = {}
        self._meanings: dict[tuple[int, str, bool], _Meaning | None] = {}

    def _add(self, text: str, entry: _Entry) -> None:
        words = tokens(text)
        self._phrases.add(words, [word_lemmas(word, self.language) for word in words], entry)

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
        there = [alias for alias in aliases if alias in text]
        if not there:
            return known
        at = _Words(known.analysis.offsets, known.analysis.words)
        candidates = (*known.candidates, *self._aliases(text, at, {alias: aliases[alias] for alias in there}))
        return replace(known, mentions=_settled(text, candidates))

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
        return Searched(analysis, tuple(found), _settled(text, found))

    def _aliases(self, text: str, at: _Words, aliases: Mapping[str, Mention]) -> Iterator[Mention]:
        for alias, meant in aliases.items():
            for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text):
                found = at.mention(match.start(), match.end(), "alias", text, names=meant.names)
                yield (
                    replace(found, citation=meant.citation, kind="group", classes=meant.classes)
                    if (meant.kind == "group")
                    else replace(found, citation=meant.citation)
                )

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
        key = (id(values), written, _ended(text, end))
        if key not in self._meanings:
            self._meanings[key] = _meaning(values, written, ended=key[2])
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


def _meaning(values: Sequence[_Entry], written: str, *, ended: bool) -> _Meaning | None:
    """What the values of a phrase come to, written like this: kind, names, classes and count."""
    if any(isinstance(value, _Stop) and _capitalised(value.text, written) for value in values):
        return "stop", (), (), 0
    names = tuple(
        value
        for value in values
        if isinstance(value, Name)
        and _fits(value, written)
        and not (ended and value.type not in _WITHOUT_PERIOD)
    )
    groups = [value for value in values if isinstance(value, _Group)]
    if groups and all(name.derived for name in names):
        return "group", (), (groups[0].cls,), 0
    if names:
        return "name", names, (), 0
    for value in values:
        if isinstance(value, _Reference):
            return "reference", (), value.classes, value.count
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


_WITHOUT_PERIOD: Final = frozenset({NURT.BeneficiaryType, NURT.SupportType, NURT.Region})
_PRIORITY: Final = NURT.Priority


def _ended(text: str, end: int) -> bool:
    """Whether a period follows that is not the one nurt knows: *RPO WŁ na lata 2007–2013*."""
    match = _PERIOD.match(text, end)
    if not match:
        return False
    last = int(match[2]) if len(match[2]) == 4 else int(match[1][:2] + match[2])
    return last < 2014


def _code_key(code: str) -> str:
    return re.sub(r"\W+", " ", code.replace("KOM", "COM")).strip().removesuffix(" final").lower()


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


_RANK: Final[dict[MentionKind, int]] = {
    "citation": 0,
    "code": 1,
    "name": 2,
    "group": 2,
    "alias": 3,
    "reference": 4,
    "stop": 2,
}


def _without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """The longest of those that overlap; of two as long, the surer kind."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, _RANK[m.kind], m.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _settled(text: str, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """Of what was found, what is meant: no overlaps, no namesakes, no bibliography in brackets."""
    kept = _without_overlaps(found) if len(found) > 1 else found
    brackets = bracketed(text) if kept and "[" in text else []
    return tuple(
        mention
        for mention in kept
        if mention.kind != "stop"
        and not any(start <= mention.start and mention.end <= end for start, end in brackets)
    )


@lru_cache(maxsize=8)
def finder(gazetteer: Gazetteer, language: Language) -> Finder:
    """The finder of a gazetteer and language; built once a process."""
    return Finder(gazetteer, language)
