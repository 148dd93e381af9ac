"""Labels of a text that prints a name in English, in Polish, or in both, parted by a stroke."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rdflib import Literal

__all__ = ["labels", "language_of"]

_CITED: Final = re.compile(r"\s*\[[A-Z]\d{1,3}\]")
_UNKNOWN: Final = re.compile(r"nieznan[ey]|unknown|brak danych|[-\u2013\u2014]+", re.IGNORECASE)
_POLISH: Final = re.compile(r"[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]|\b(?:w|i|z|na|dla|oraz|do|ze|we|od|po|przez)\b")
_ENGLISH: Final = re.compile(
    r"\b(?:of|the|and|for|with|to|in|by|on|an|technical|support|promoting)\b", re.IGNORECASE
)


# A last word without a vowel is an abbreviation, and keeps its full stop: "Gorzów Wlkp.", "2020 r.".
_ABBREVIATED: Final = re.compile(r"\b[^\W\daeiouyąęó]+\.$", re.IGNORECASE)


def language_of(text: str, default: str) -> str:
    """The language of a name by its marks and small words; ``default`` where they do not tell."""
    polish, english = len(_POLISH.findall(text)), len(_ENGLISH.findall(text))
    return default if polish == english else "pl" if polish > english else "en"


def labels(text: str, default: str) -> Iterator[Literal]:
    """The labels in a text: references to sources, final punctuation and unknown names are left out.

    Args:
        default: the language of the document, and of a name that stands alone.

    >>> [label.n3() for label in labels("Promoting ICT / Promowanie ICT w regionie; [S1]", "en")]
    ['"Promoting ICT"@en', '"Promowanie ICT w regionie"@pl']
    """
    line = " ".join(_CITED.sub("", text).split()).rstrip(" ;,")
    if line.endswith(".") and line.count(".") == 1 and not _ABBREVIATED.search(line):
        line = line[:-1]
    head, stroke, tail = line.rpartition(" / ")
    both = language_of(head, default) != language_of(tail, default)
    if not stroke or not (both or _UNKNOWN.fullmatch(head)):
        if line and not _UNKNOWN.fullmatch(line):
            yield Literal(line, lang=default)
        return
    for piece in (head, tail):
        if not _UNKNOWN.fullmatch(piece):
            yield Literal(piece, lang=language_of(piece, default))
