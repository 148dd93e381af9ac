"""Running headers, footers and page numbers: what repeats at one place of many pages, set aside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median
from typing import Final

from .headings import heading_level
from .pdf_order import joined, rows_of
from .pdf_page import PageContent, Table
from .pdf_text import Stretch

__all__ = ["Running", "set_running_aside"]

_EDGE: Final = 3
"""Running headers and footers stand among the first and last so many lines of a page."""
_MOST_CELLS: Final = 8
"""Of a running table."""
_LOOKED_AT: Final = 12
"""Lines at an edge have at most so many parts."""
_LEAST_PAGES: Final = 3
"""They stand on so many pages at least; in a document of two pages, on both."""
_SAME_PLACE: Final = 4.0
"""And at most so many points higher or lower."""
_PAGE_NUMBER: Final = re.compile(
    r"[-–—|\s]*(?:(?:s\.|str\.|strona|page|p\.)\s*)?\d{1,4}(?:\s*(?:/|z|of)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(r"(?<![\d.,/])\d{1,4}(?:(?![.,/]?\d)|(?=/\d{1,4}$))")


@dataclass(slots=True)
class Running:
    """The running lines of one page, from top to bottom."""

    header: list[str]
    footer: list[str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: Stretch
    parts: tuple[Stretch, ...]
    keys: tuple[str, ...]


def set_running_aside(pages: Sequence[PageContent]) -> list[Running]:
    """Take the running lines off the pages; they are returned, page by page."""
    tables = _running_tables(pages)
    tops = [_candidates(page, number, top=True) for number, page in enumerate(pages)]
    feet = [_candidates(page, number, top=False) for number, page in enumerate(pages)]
    above, below = _repeated(tops), _repeated(feet)
    found: list[Running] = []
    for page, ruled, top, foot in zip(pages, tables, tops, feet, strict=True):
        header, footer = _taken(top, above), _taken(foot, below)
        taken = {id(part) for candidate in (*header, *footer) for part in candidate.parts}
        page.free = [stretch for stretch in page.free if id(stretch) not in taken]
        found.append(
            Running(
                [*ruled.header, *(candidate.line.text for candidate in header)],
                [*(candidate.line.text for candidate in reversed(footer)), *ruled.footer],
            )
        )
    return found


def _running_tables(pages: Sequence[PageContent]) -> list[Running]:
    """Take small tables off that say the same at one place of most pages: ruled headers and footers."""
    seen: dict[str, list[float]] = defaultdict(list)
    for number, page in enumerate(pages):
        for table in page.tables:
            for key in _table_keys(table, number):
                seen[key].append(table.top)
    least = max(_LEAST_PAGES, len(pages) / 2)
    running = {
        key
        for key, tops in seen.items()
        if sum(abs(top - median(tops)) <= _SAME_PLACE for top in tops) >= least
    }
    found = []
    for number, page in enumerate(pages):
        aside = Running([], [])
        ruled = [table for table in page.tables if running.intersection(_table_keys(table, number))]
        for table in ruled:
            texts = [" ".join(cell.text.split()) for cell in table.cells if cell.text]
            # Whichever side of the page has less text beyond the table.
            above = sum(item.bottom > table.top for item in page.free)
            (aside.header if 2 * above <= len(page.free) else aside.footer).extend(texts)
        page.tables = [table for table in page.tables if table not in ruled]
        found.append(aside)
    return found


def _table_keys(table: Table, number: int) -> Iterator[str]:
    if len(table.cells) <= _MOST_CELLS:
        yield from _keys(" | ".join(cell.text for cell in table.cells), number)


def _taken(edge: Sequence[_Candidate], repeated: Mapping[str, float]) -> list[_Candidate]:
    """The running lines at one edge: those outermost, as long as they stand apart from the text."""
    taken = list(takewhile(lambda candidate: _runs(candidate, repeated), edge[:_EDGE]))
    gaps = [abs(a.line.base - b.line.base) for a, b in pairwise(edge[: len(taken) + 1])]
    if len(gaps) < len(taken):
        return taken  # nothing else stands on the page
    return taken[: max(range(len(gaps)), key=lambda number: (gaps[number], number), default=-1) + 1]


def _candidates(page: PageContent, number: int, *, top: bool) -> list[_Candidate]:
    """The lines near the top or foot of a page from the outermost inwards, up to the first table."""
    if top:
        limit = max((table.top for table in page.tables), default=float("-inf"))
        lines = [item for item in page.free if item.bottom + item.top > 2 * limit]
        lines.sort(key=lambda item: -item.top)
    else:
        limit = min((table.bottom for table in page.tables), default=float("inf"))
        lines = [item for item in page.free if item.bottom + item.top < 2 * limit]
        lines.sort(key=lambda item: item.bottom)
    rows = rows_of(lines[:_LOOKED_AT])
    return [
        _Candidate(line, tuple(row), tuple(_keys(line.text, number)))
        for row in (rows if top else reversed(rows))
        for line in (joined(row),)
    ]


def _keys(text: str, number: int) -> Iterator[str]:
    """A line as it may repeat: word for word, or with a number that counts the pages."""
    text = " ".join(text.split())
    yield text
    if heading_level(text, capitals=False) is None:
        for match in _COUNTED.finditer(text):
            yield f"{text[: match.start()]}#{int(match.group()) - number}{text[match.end() :]}"


def _repeated(pages: Sequence[Sequence[_Candidate]]) -> dict[str, float]:
    """The keys that repeat at one height, and the height."""
    count = len(pages)
    heights: dict[str, list[float]] = defaultdict(list)
    for page in pages:
        for candidate in page[:_EDGE]:
            for key in candidate.keys:
                heights[key].append(candidate.line.base)
    least = min(_LEAST_PAGES, count) if count > 1 else _LEAST_PAGES
    found: dict[str, float] = {}
    for key, places in heights.items():
        if len(places) >= least:
            middle = median(places)
            if sum(abs(place - middle) <= _SAME_PLACE for place in places) >= least:
                found[key] = middle
    return found


def _runs(candidate: _Candidate, repeated: Mapping[str, float]) -> bool:
    if _PAGE_NUMBER.fullmatch(candidate.line.text):
        return True
    return any(
        key in repeated and abs(repeated[key] - candidate.line.base) <= _SAME_PLACE for key in candidate.keys
    )
