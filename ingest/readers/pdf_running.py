"""Running headers, footers and page numbers: what repeats at one place of many pages, set aside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final, Literal

from .headings import heading_level
from .pdf_page import PageContent, Region, Table
from .pdf_text import Stretch

__all__ = ["Running", "set_running_aside"]

Edge = Literal["top", "bottom"]
_EDGE: Final = 3
"""Running headers and footers stand among the first and last so many lines of a page."""
_LEAST_PAGES: Final = 3
"""They stand on so many pages at least; in a document of two pages, on both."""
_SAME_PLACE: Final = 4.0
"""And at most so many points higher or lower."""
_PAGE_NUMBER: Final = re.compile(
    r"[-–—|\s]*(?:(?:s\.|str\.|strona|page|p\.)\s*)?\d{1,4}(?:\s*(?:/|z|of)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(r"(?<![\d.,/])\d{1,4}(?![.,/]?\d)")


@dataclass(slots=True)
class Running:
    """The running lines of one page, from top to bottom."""

    header: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Candidate:
    line: Stretch
    region: Region
    keys: tuple[str, ...]


def set_running_aside(pages: Sequence[PageContent]) -> list[Running]:
    """Take the running lines off the pages; they are returned, page by page."""
    edges = [
        {edge: list(_candidates(page, number, edge)) for edge in _EDGES} for number, page in enumerate(pages)
    ]
    repeated: dict[Edge, dict[str, float]] = {
        edge: _repeated([page[edge] for page in edges], len(pages)) for edge in _EDGES
    }
    found: list[Running] = []
    for page in edges:
        running = Running()
        for edge in _EDGES:
            into = running.header if edge == "top" else running.footer
            for candidate in page[edge]:
                if not _runs(candidate, repeated[edge]):
                    break
                into.append(candidate.line.text)
                candidate.region.lines.remove(candidate.line)
        running.footer.reverse()
        found.append(running)
    for page_content in pages:
        page_content.parts = [part for part in page_content.parts if isinstance(part, Table) or part.lines]
    return found


_EDGES: Final[tuple[Edge, ...]] = ("top", "bottom")


def _candidates(page: PageContent, number: int, edge: Edge) -> Iterator[_Candidate]:
    """The lines at an edge of a page from the outermost inwards, up to the first table."""
    tables = [part for part in page.parts if isinstance(part, Table)]
    lines = [(line, part) for part in page.parts if isinstance(part, Region) for line in part.lines]
    if edge == "top":
        limit = max((table.top for table in tables), default=float("-inf"))
        lines.sort(key=lambda pair: -pair[0].top)
        lines = [pair for pair in lines[:_EDGE] if pair[0].bottom + pair[0].top > 2 * limit]
    else:
        limit = min((table.bottom for table in tables), default=float("inf"))
        lines.sort(key=lambda pair: pair[0].bottom)
        lines = [pair for pair in lines[:_EDGE] if pair[0].bottom + pair[0].top < 2 * limit]
    for line, region in lines:
        yield _Candidate(line, region, tuple(_keys(line.text, number)))


def _keys(text: str, number: int) -> Iterator[str]:
    """A line as it may repeat: word for word, or with a number that counts the pages."""
    text = " ".join(text.split())
    yield text
    if heading_level(text, capitals=False) is None:
        for match in _COUNTED.finditer(text):
            yield f"{text[: match.start()]}#{int(match.group()) - number}{text[match.end() :]}"


def _repeated(pages: Sequence[Sequence[_Candidate]], count: int) -> dict[str, float]:
    """The keys that repeat at one height, and the height."""
    heights: dict[str, list[float]] = defaultdict(list)
    for page in pages:
        for candidate in page:
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


def _runs(candidate: _Candidate, repeated: dict[str, float]) -> bool:
    if _PAGE_NUMBER.fullmatch(candidate.line.text):
        return True
    return any(
        key in repeated and abs(repeated[key] - candidate.line.base) <= _SAME_PLACE for key in candidate.keys
    )
