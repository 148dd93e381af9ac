"""Official codes in running text: programmes (CCI, RPLD.01.02.00), axes and measures, CT 3, PI 3c."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from rdflib import URIRef

from ..errors import UnknownNameError
from ..ontology.identifiers import (
    CCI_PROGRAMMES,
    element,
    instrument,
    investment_priority,
    normalise_code,
    split_programme_code,
    thematic_objective,
)
from .document import Language
from .languages import knowledge

__all__ = ["Code", "codes"]

Level = Literal[
    "programme", "axis", "measure", "sub_measure", "objective", "thematic_objective", "investment_priority"
]

_DEPTHS: Final[dict[str, tuple[int, ...]]] = {"axis": (1,), "measure": (2, 3), "sub_measure": (3, 4)}
_CODE: Final[dict[str, str]] = {
    "axis": r"(?:[IVX]{1,5}|\d{1,2})\b(?![.,]?\d|\w)",
    "measure": r"(?:[IVX]{1,5}|\d{1,2})\.\d{1,2}(?:\.\d{1,2})?\b(?!\.\d)",
    "sub_measure": r"(?:[IVX]{1,5}|\d{1,2})\.\d{1,2}\.\d{1,2}[a-z]?\b(?!\.\d)",
    "objective": r"(?:[IVX]{1,5}|[A-H]|\d{1,2})(?:\.\d{1,2}){0,2}\b(?![.,]?\d|\w)",
    "thematic_objective": r"(?:1[01]|0?[1-9])\b(?![.,/]\d|\w)",
    "investment_priority": r"(?:1[01]|[1-9])\s?(?:iv|vii|vi|v|iii|ii|i|[a-g])\b",
}
_MORE: Final = r"(?:\s*(?:,|i|oraz|and|lub|or|–|-)\s*)(?={code})(?P<code>{code})"
_COUNTS: Final = re.compile(r"\d|(?<!\w)(?:[IVX]{1,5}|[A-H])(?!\w)")
_CCI: Final = re.compile(r"\b20(?:14|07)PL[0-9A-Z]{9,10}\b")
_PROGRAMME: Final = re.compile(r"\b[A-Z]{4}\.\d{2}(?:\.\d{2}){0,2}\b")
_TITLE: Final = re.compile(
    r"[\s.]*[–—:-]?\s*[„“\"(]?(?P<title>[^\W\d_][^–—.;:\[\]()„”“\"]{4,160}?)\s*(?:[”\"]|(?=\s*[–—.;:()\[]|$))"
)
_SET_OFF: Final = re.compile(r"[\s.]*(?:[–—:-]\s|[„“\"])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code at ``text[start:end]``.

    Args:
        level: what the code counts.
        code: as printed.
        iri: the resource where the code alone says which; else None, and a programme is needed.
        title: the title printed right after the code of an axis or measure, or "".
        title_end: where the title ends; ``end`` where there is none.
    """

    start: int
    end: int
    level: Level
    code: str
    iri: URIRef | None = None
    title: str = ""
    title_end: int = 0


@lru_cache(maxsize=4)
def _patterns(language: Language) -> tuple[tuple[Level, re.Pattern[str], re.Pattern[str]], ...]:
    found = []
    for level, templates in knowledge(language).levels.items():
        code = _CODE[level]
        more = re.compile(_MORE.replace("{code}", code))
        for template in templates:
            word = template.replace("{code}", f"(?P<code>(?-i:{code}))").replace(" ", r"\s+")
            case = 0 if template[:2].isupper() else re.IGNORECASE
            found.append((level, re.compile(rf"(?<!\w){word}", case), more))
    return tuple(found)  # type: ignore[arg-type]


def _investment_priority(code: str) -> URIRef:
    """Codes repeat between funds, but letters are the ERDF's, Roman 8 to 11 the ESF's, 4 to 7 the CF's."""
    normal = normalise_code(code)
    letters = normal.lstrip("0123456789")
    number = int(normal.removesuffix(letters))
    roman = letters in {"i", "ii", "iii", "iv", "v", "vi", "vii"}
    return investment_priority("erdf" if not roman else "esf" if number >= 8 else "cf", normal)


def _iri(level: Level, code: str) -> URIRef | None:
    if level == "thematic_objective":
        return thematic_objective(code)
    if level == "investment_priority":
        return _investment_priority(code)
    return None


def _titled(text: str, end: int) -> tuple[str, int]:
    """The title right behind a code, where a dash or a quotation mark sets it off."""
    match = _TITLE.match(text, end) if _SET_OFF.match(text, end) else None
    if not match or not match["title"][0].isupper():
        return "", end
    return match["title"].strip(), match.end("title")


def codes(text: str, language: Language) -> Iterator[Code]:
    """Every official code in a text; lists distribute: *CT 1, 3 i 4* is three codes.

    >>> [c.code for c in codes("w ramach CT 1, 3 i 4 oraz PI 3c, Działanie I.2 i RPLD.01.02.00", "pl")]
    ['1', '3', '4', '3c', 'I.2', 'RPLD.01.02.00']
    """
    if not _COUNTS.search(text):
        return
    for level, pattern, more in _patterns(language):
        for match in pattern.finditer(text):
            start = match.start()
            current: re.Match[str] | None = match
            while current:
                code, end = current["code"], current.end()
                try:
                    iri = _iri(level, code.replace(" ", ""))
                    if level != "objective":
                        normalise_code(code)
                except UnknownNameError:
                    break
                single = level in _DEPTHS
                title, title_end = _titled(text, end) if single else ("", end)
                yield Code(
                    start=start, end=end, level=level, code=code, iri=iri, title=title, title_end=title_end
                )
                current = None if level in {"axis", "objective"} else more.match(text, end)
                start = current.start("code") if current else end
    for match in _PROGRAMME.finditer(text):
        if split := split_programme_code(match.group()):
            slug, code = split
            depth = code.count(".")
            yield Code(
                start=match.start(),
                end=match.end(),
                level=("axis", "measure", "sub_measure")[min(depth, 2)],
                code=match.group(),
                iri=element(slug, code),
                title_end=match.end(),
            )
    for match in _CCI.finditer(text):
        if slug := CCI_PROGRAMMES.get(match.group(), ""):
            yield Code(
                start=match.start(),
                end=match.end(),
                level="programme",
                code=match.group(),
                iri=instrument(slug),
                title_end=match.end(),
            )
