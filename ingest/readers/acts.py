"""Where a paragraph of a legal act stands ("article/9/1"), told from its headings and numbers."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["ActPath"]

_ARTICLE: Final = re.compile(r"(?:Article|ARTICLE|Artykuł|ARTYKUŁ|Art\.)\s+(\d{1,4}[a-z]{0,3})\b")
_ANNEX: Final = re.compile(r"(?:ANNEX|Annex|ZAŁĄCZNIK|Załącznik)(?:\s+([IVXLC]{1,6}|\d{1,2}))?\b")
_DIVISION: Final = re.compile(
    r"(?:PART|TITLE|CHAPTER|SECTION|CZĘŚĆ|TYTUŁ|ROZDZIAŁ|SEKCJA|ODDZIAŁ)\b", re.IGNORECASE
)
_WHEREAS: Final = re.compile(
    r"(?:Whereas|a także mając na uwadze|mając na uwadze, co następuje)\b", re.IGNORECASE
)
_ADOPTED: Final = re.compile(r"(?:HA(?:VE|S) ADOPTED|PRZYJMUJ[EĄ])\b")
_STEP: Final = re.compile(r"[(\[]?(\d{1,4}(?:\.\d{1,3})*[a-z]{0,3}|[a-z]{1,5}|[IVXLC]{1,7})[)\].]*")
_SECTION: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s")
_PARAGRAPH: Final = re.compile(r"(\d{1,3}[a-z]{0,2}\.)[ \t\u00a0\u2003]+(?=\S)")


class ActPath:
    """Follows headings, numbered paragraphs and points in reading order."""

    def __init__(self) -> None:
        self._base: list[str] = []
        self._numbered = False
        """Whether the article or annex has a number: its sections come behind it."""
        self._paragraph: list[str] = []
        self._items: list[str] = []

    @property
    def in_act(self) -> bool:
        """Whether we are in an article or among the recitals."""
        return bool(self._base) and self._base[0] in {"article", "recital"}

    def __str__(self) -> str:
        return "/".join([*self._base, *self._paragraph, *self._items])

    def heading(self, text: str, level: int | None) -> None:
        """A heading was read."""
        if match := _ARTICLE.match(text):
            self._set("article", match.group(1))
        elif (match := _ANNEX.match(text)) and level is not None:
            self._set("annex", match.group(1))
        elif self._base and self._base[0] == "annex":
            number = _SECTION.match(text)
            self._base = [*self._base[: 2 if self._numbered else 1], *([number.group(1)] if number else [])]
            self._paragraph = []
            self._items = []
        elif _DIVISION.match(text) or (self._base and self._base[0] != "article"):
            self._base = []
            self._paragraph = []
            self._items = []

    def paragraph(self, text: str) -> str:
        """A paragraph was read; return the number it starts with inside an article, as printed, or ""."""
        self._items = []
        if _WHEREAS.match(text):
            self._set("recital", None)
        elif _ADOPTED.match(text):
            self._set("", None)
        elif self._base and self._base[0] == "article" and (match := _PARAGRAPH.match(text)):
            self._paragraph = [match.group(1).rstrip(".")]
            return match.group(1)
        return ""

    def item(self, marker: str, level: int) -> None:
        """A point with its number or bullet was read; levels count from 1."""
        match = _STEP.fullmatch(marker.strip())
        self._items = self._items[: max(level, 1) - 1]
        if match and self._base:
            self._items.append(match.group(1))

    def _set(self, kind: str, number: str | None) -> None:
        self._numbered = number is not None
        self._base = [part for part in (kind, number) if part]
        self._paragraph = []
        self._items = []
