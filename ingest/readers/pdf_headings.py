"""Which lines of a PDF are headings, and of what level: those that bookmarks name, and large type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pypdfium2 as pdfium

from .headings import heading_level
from .pdf_page import PageContent, Region
from .pdf_text import Stretch

__all__ = ["Bookmark", "Headings", "bookmarks", "mark_headings"]

_DEPTH: Final = 9
_MOST_LINES: Final = 6
"""A heading runs over at most so many lines."""
_LARGER: Final = 1.15
"""The type of a heading that no bookmark names is so many times the size of running text."""
_NUMBERED_LARGER: Final = 1.05
"""Of a heading that has a number or a keyword."""
_SAME_SIZE: Final = 0.03
"""Sizes that differ by less are one: they may be rounded."""
_SPACED: Final = 1.8
"""Lines of one heading are at most so many times their size apart."""
_LONGEST: Final = 400
_LEAST_LETTERS: Final = 3
_DEEPEST: Final = 6
_NUMBER: Final = re.compile(r"(?:(?:\d{1,2}|[IVXLC]{1,6})(?:\.\d{1,2})*[.)]?|[A-Za-z][.)])\s+")
_SIGNS: Final = re.compile(r"[\W_]+")

Bookmark = tuple[str, int]
"""Title and level from 1."""


@dataclass(frozen=True, slots=True)
class Headings:
    """Which lines are headings.

    Args:
        levels: of lines, by ``id``.
        shift: how many levels deeper a heading stands than its number says, as there is a title above.
    """

    levels: dict[int, int]
    shift: int = 0


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


def mark_headings(
    pages: Sequence[PageContent], marks: Mapping[int, Sequence[Bookmark]], size: float
) -> Headings:
    """The lines that are headings, or part of one, by a bookmark or their large type.

    Args:
        marks: the bookmarks of each page.
        size: of running text.
    """
    found: dict[int, int] = {}
    for number, titles in marks.items():
        for part in pages[number].parts if number < len(pages) else ():
            if isinstance(part, Region):
                for title, level in titles:
                    for line in _printed(part.lines, title):
                        found.setdefault(id(line), level)
    groups = [
        group
        for page in pages
        for part in page.parts
        if isinstance(part, Region)
        for group in _large(part.lines, size)
        if not any(id(line) in found for line in group)
    ]
    texts = [" ".join(line.text for line in group) for group in groups]
    numbered = [heading_level(text, capitals=False) for text in texts]
    sizes = [round(group[0].size) for group in groups]
    # Above numbered headings, a line in larger type without a number is the title: level 1 is its own.
    largest = max((size for size, level in zip(sizes, numbered, strict=True) if level), default=0)
    shift = int(0 < largest < max(sizes, default=0))
    ranks = sorted({*sizes}, reverse=True)
    for group, rank, said in zip(groups, map(ranks.index, sizes), numbered, strict=True):
        depth = said + shift if said else rank + 1
        found.update((id(line), min(depth, _DEEPEST)) for line in group)
    return Headings(found, shift=shift)


def _large(lines: Sequence[Stretch], size: float) -> Iterator[list[Stretch]]:
    """The groups of lines in type of one size, larger than running text; a group of many is no heading."""
    group: list[Stretch] = []
    for line in lines:
        if group and (
            abs(line.size - group[-1].size) > _SAME_SIZE * line.size
            or group[-1].base - line.base > _SPACED * line.size
            or _NUMBER.match(line.text) is not None
        ):
            yield from _if_heading(group, size)
            group = []
        group.append(line)
    yield from _if_heading(group, size)


def _if_heading(group: list[Stretch], size: float) -> Iterator[list[Stretch]]:
    if not group or group[0].size < _NUMBERED_LARGER * size:
        return
    text = " ".join(line.text for line in group)
    if group[0].size < _LARGER * size and heading_level(text, capitals=False) is None:
        return
    letters = sum(letter.isalpha() for letter in text)
    if len(group) <= _MOST_LINES and len(text) <= _LONGEST and letters >= _LEAST_LETTERS:
        yield group


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
