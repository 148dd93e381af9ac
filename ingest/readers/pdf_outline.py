"""The bookmarks of a PDF: they say which lines are headings, and of what level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import pypdfium2 as pdfium

from .pdf_page import PageContent, Region
from .pdf_text import Stretch

__all__ = ["bookmarks", "mark_headings"]

_DEPTH: Final = 9
_MOST_LINES: Final = 5
"""A heading runs over at most so many lines."""
_NUMBER: Final = re.compile(r"(?:\d{1,2}|[IVXLC]{1,6}|[A-Za-z])(?:\.\d{1,2})*[.)]?\s+")
_SIGNS: Final = re.compile(r"[\W_]+")

Bookmark = tuple[str, int]
"""Title and level from 1."""


def bookmarks(pdf: pdfium.PdfDocument) -> dict[int, list[Bookmark]]:
    """The bookmarks of each page, counted from 0; those that lead nowhere are left out."""
    found: dict[int, list[Bookmark]] = {}
    for item in pdf.get_toc(max_depth=_DEPTH):
        place = item.get_dest()
        page = place.get_index() if place is not None else None
        try:
            title = item.get_title()
        except UnicodeDecodeError:
            continue
        if page is not None and title.strip():
            found.setdefault(page, []).append((title, item.level + 1))
    return found


def mark_headings(pages: Sequence[PageContent], marks: Mapping[int, Sequence[Bookmark]]) -> dict[int, int]:
    """The level of each line, by ``id``, that is, or is part of, the heading which a bookmark names."""
    found: dict[int, int] = {}
    for number, titles in marks.items():
        if not 0 <= number < len(pages):
            continue
        for part in pages[number].parts:
            if isinstance(part, Region):
                for title, level in titles:
                    for line in _printed(part.lines, title):
                        found.setdefault(id(line), level)
    return found


def _printed(lines: Sequence[Stretch], title: str) -> Sequence[Stretch]:
    """The lines that together read as the title, its number left out where only one of both has it."""
    wanted = {_folded(title), _folded(_NUMBER.sub("", title, count=1))}
    longest = max(map(len, wanted)) + 12
    for start in range(len(lines)):
        text = ""
        for end in range(start + 1, min(start + _MOST_LINES, len(lines)) + 1):
            text = (
                f"{text[:-1]}{lines[end - 1].text}" if text.endswith("-") else f"{text} {lines[end - 1].text}"
            )
            text = text.strip()
            if len(_folded(text)) > longest:
                break
            if _folded(text) in wanted or _folded(_NUMBER.sub("", text, count=1)) in wanted:
                return lines[start:end]
    return ()


def _folded(text: str) -> str:
    return _SIGNS.sub("", text.casefold())
