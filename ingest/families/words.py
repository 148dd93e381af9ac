"""How texts are compared: folded to what two printings of one name share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

__all__ = ["fold", "outside_brackets", "parts"]

_BRACKETS: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_POLISH: Final = str.maketrans("ąćęłńóśźż", "acelnoszz")
_REMEMBERED: Final = 300
"""Texts up to so many characters (names, headings of columns) come again and again."""
_NOT_WORD: Final = re.compile(r"(?:[^\w+]|_)+")
_ENUMERATED: Final = re.compile(
    r"^\s*(?:[-\u2010-\u2015\u2022\u25aa\u25cf\uf0b7•·*]+\s*|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)+"
)


def fold(text: str) -> str:
    """Lower case, no Polish marks, one space for everything between words.

    >>> fold("Jednostki  Naukowe – (B+R)")
    'jednostki naukowe b+r'
    """
    return _fold(text) if len(text) > _REMEMBERED else _fold_once(text)


def _fold(text: str) -> str:
    lowered = unicodedata.normalize("NFKC", text).replace("\u00ad", "").lower().translate(_POLISH)
    return _NOT_WORD.sub(" ", lowered).strip()


_fold_once: Final = lru_cache(maxsize=16_384)(_fold)


def outside_brackets(text: str) -> str:
    """The text without what stands in brackets."""
    previous = None
    while previous != text:
        previous, text = text, _BRACKETS.sub("", text)
    return text.strip()


def parts(text: str, *, by: str = "\n;") -> Iterator[tuple[int, int]]:
    """Offsets of the parts of an enumeration, bullets and numbering left out; brackets keep a part whole.

    Args:
        by: the characters that part them.

    >>> text = "a) gminy; powiaty (w tym: miasta; wsie)\\n- uczelnie"
    >>> [text[start:end] for start, end in parts(text)]
    ['gminy', 'powiaty (w tym: miasta; wsie)', 'uczelnie']
    """
    depth, begin = 0, 0
    for position, character in enumerate(text + by[0]):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        if character in by and (depth == 0 or position == len(text)):
            piece = text[begin:position]
            bullet = _ENUMERATED.match(piece)
            start = begin + (bullet.end() if bullet else len(piece) - len(piece.lstrip()))
            end = begin + len(piece.rstrip().rstrip(",;"))
            if end > start and any(c.isalnum() for c in text[start:end]):
                yield start, end
            begin = position + 1
