"""Is a line a heading, and of what level? By its wording: numbering first, then keywords, then capitals."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["CAPTION", "LIST_MARKER", "heading_level", "is_capitals"]

LIST_MARKER: Final = re.compile(
    r"(?P<marker>[•●▪■◦○‣⁃∙·\uf0b7\uf0a7\uf0d8\uf02d✓➢➤►–—―-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})\))"
    r"[ \t\u00a0]+(?=\S)"
)
"""A bullet or a number in brackets at the start of a line, and the space behind it."""

CAPTION: Final = re.compile(
    r"(?:Rys(?:unek|\.)|Tab(?:ela|\.)|Wykres|Schemat|Mapa|Ramka|Figure|Fig\.|Table|Chart|Box|Map)\s+"
    r"(?:\d|[IVX]+\b)[^\n]{0,200}|(?:Źród(?:ło|ła)|Sources?)\s*:[^\n]*"
)
"""A caption of a figure or table, or the line below that names its source."""

_NUMBER: Final = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}(?:\.\d{1,2}){0,3}|[A-H](?:\.\d{1,2}){1,3}"
    r"|\d[A-B](?:\.\d{1,2}){1,3})"
    r"(?P<dot>\.)?[)]?[ \t\u00a0]+(?=[\"„“(]?[A-ZĄĆĘŁŃÓŚŹŻ])"
)
_KEYWORDS: Final = tuple(
    (level, re.compile(rf"(?:{words})\s+{number}"))
    for level, words, number in (
        (1, r"CZĘŚĆ|Część|PART|Part|TYTUŁ|TITLE", r"(?:[IVX]{1,5}|[A-Z]|\d{1,2}|[A-Z]{3,9})\b"),
        (1, r"ROZDZIAŁ|Rozdział|CHAPTER|Chapter", r"(?:[IVX]{1,6}|\d{1,2})\b"),
        (1, r"(?:ZAŁĄCZNIK|Załącznik|ANNEX|Annex)(?:\s+nr)?", r"(?:[IVX]{1,6}|\d{1,2})\b"),
        (2, r"SEKCJA|Sekcja|SECTION|Section|Oddział|ODDZIAŁ", r"(?:[IVX]{1,6}|\d{1,2})\b"),
        (
            2,
            r"OŚ PRIORYTETOWA|Oś [Pp]riorytetowa|PRIORITY AXIS|Priority [Aa]xis|OP",
            r"(?:[IVX]{1,6}|\d{1,2})\b",
        ),
        (2, r"CEL|Cel", r"(?:GŁÓWNY|główny|STRATEGICZNY|strategiczny)\b"),
        (3, r"DZIAŁANIE|Działanie|MEASURE|Measure", r"(?:[IVX]{1,6}|\d{1,2})(?:\.\d{1,2})*\b"),
        (3, r"ARTICLE|Article|ARTYKUŁ|Artykuł|Art\.", r"\d{1,3}[a-z]?\b"),
        (3, r"(?:CEL|Cel) (?:SZCZEGÓŁOWY|szczegółowy|OPERACYJNY|operacyjny)", r"(?:[IVX]{1,6}|\d)"),
        (3, r"PRIORYTET INWESTYCYJNY|Priorytet [Ii]nwestycyjny", r"\d"),
        (3, r"INVESTMENT PRIORITY|Investment [Pp]riority", r"\d"),
        (4, r"PODDZIAŁANIE|Poddziałanie|SUB-MEASURE|Sub-measure", r"(?:[IVX]{1,6}|\d{1,2})(?:\.\d{1,2})+\b"),
        (4, r"(?:Priorytetowy k|K)ierun(?:ek|ki) (?:działań|interwencji)", r"(?:[IVX]{1,6}|\d)"),
    )
)
_LETTERS: Final = re.compile(r"[^\W\d_]")
_UNFINISHED: Final = re.compile(r"(?:[.;,:?!]|[^\W\d_]-)$")
_DATE: Final = re.compile(r"\d{1,2}\.?\s+(?:[A-Z][a-z]+|[a-z]+)\s+\d{4}")
_LONGEST: Final = 220


def is_capitals(line: str) -> bool:
    """Whether a line is set in capitals: at least four letters, nearly all of them upper case."""
    letters = _LETTERS.findall(line)
    return len(letters) >= 4 and sum(letter.isupper() for letter in letters) >= 0.9 * len(letters)


def heading_level(text: str, *, capitals: bool = True) -> int | None:
    """Return the level from 1 down of a heading told by its wording, or None for other text.

    Args:
        text: one paragraph; its line breaks do not matter.
        capitals: whether a line in capitals without a number counts.

    >>> heading_level("1.\\tWstęp"), heading_level("1 WPROWADZENIE"), heading_level("2.1 Cele programu")
    (1, 1, 2)
    >>> heading_level("5.2.2. Liderem projektu było Ministerstwo.") is None
    True
    """
    line = " ".join(text.split())
    if not line or len(line) > _LONGEST:
        return None
    sentence = bool(_UNFINISHED.search(line)) and not line.endswith("...")
    for level, pattern in _KEYWORDS:
        match = pattern.match(line)
        if match:
            rest = line[match.end() :].lstrip(" .:–—-")
            if not rest:
                return level
            return None if sentence or rest[0].islower() or rest[0] in "(,;" else level
    match = _NUMBER.match(line)
    if match and not _DATE.match(line):
        number = match["number"]
        rest = line[match.end() :]
        if sentence or len(rest) < 2:
            return None
        if not match["dot"] and number.isdigit() and not is_capitals(rest) and len(rest) > 80:
            return None
        return number.count(".") + 1
    if capitals and not sentence and len(line) <= 120 and is_capitals(line) and "|" not in line:
        return 1
    return None
