"""Writes the pages of a PDF as blocks: paragraphs and tables that run over pages go on where they stopped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .base import Builder, printable
from .lines import CONTINUED, Line, Paragraphs
from .pdf_breaks import PARAGRAPH
from .pdf_headings import Bookmark, Headings, mark_headings
from .pdf_lines import Typography, lines_of_notes, lines_of_region
from .pdf_notes import Footnotes, NoteLine
from .pdf_page import Cell, PageContent, Region, Table
from .pdf_running import Running
from .pdf_text import Stretch

__all__ = ["write_pages"]

_SAME: Final = 4.0
"""Columns of a table that goes on over a page stand at most so many points elsewhere."""
_FEW_HEADINGS: Final = 4
_FINISHED: Final = re.compile(r"[.!?:;][\"”’»)\]]*$")
_GOES_ON: Final = re.compile(
    r"\b(?:cd\.|c\.\s?d\.|ciąg dalszy|dokończenie|continued|cont\.|cont['’]d)", re.IGNORECASE
)
"""Said above the part of a table that stands on the next page."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """A table at the end of a page, which may go on.

    Args:
        number: of the table in the document.
        rows: how many of its rows are written.
        columns: where its vertical rulings stand.
        head: the texts of its first row, which may be printed again.
        last: its last row.
    """

    number: int
    rows: int
    columns: tuple[float, ...]
    head: tuple[str, ...]
    last: tuple[Cell, ...]


def write_pages(
    builder: Builder,
    pages: Sequence[PageContent],
    running: Sequence[Running],
    marks: Mapping[int, Sequence[Bookmark]],
) -> None:
    """Append all blocks of a document.

    Args:
        running: the header and footer of each page.
        marks: the bookmarks of each page.
    """
    typography = Typography.of(pages)
    footnotes = Footnotes(typography.size)
    notes = [footnotes.take(page) for page in pages]
    headings = mark_headings(pages, marks, typography.size)
    writer = _Writer(builder, typography, headings, roles=any(notes))
    for page, around, at_foot in zip(pages, running, notes, strict=True):
        writer.page(page, around, at_foot)
    writer.flush()


class _Writer:
    def __init__(self, builder: Builder, typography: Typography, headings: Headings, *, roles: bool) -> None:
        self._builder = builder
        self._typography = typography
        self._headings = headings
        # Where headings are set in large type or have bookmarks, capitals alone make none.
        capitals = len(headings.levels) < _FEW_HEADINGS
        self._paragraphs = Paragraphs(builder, roles=roles, capitals=capitals, shift=headings.shift)
        self._lines: list[Line] = []
        self._new_pages = 0
        """Pages that start before the next line."""
        self._ended: _Ended | None = None

    def flush(self) -> None:
        """Write what waits; nothing may be joined to it any more."""
        if self._lines:
            self._paragraphs.run(self._lines)
            self._paragraphs.interrupt()
            self._lines = []
        for _ in range(self._new_pages):
            self._builder.new_page()
        self._new_pages = 0

    def page(self, page: PageContent, running: Running, notes: Sequence[NoteLine]) -> None:
        """Write one page: header, text and tables, footnotes, footer."""
        self._new_pages += 1
        before, self._ended = self._ended, None
        if before is not None:
            _drop_caption(page, running)
        self._around("header", running.header)
        above: Stretch | None = None
        for number, part in enumerate(page.parts):
            if isinstance(part, Table):
                self.flush()
                self._ended = self._table(part, before if number == 0 else None)
                above = None
                continue
            self._ended = None
            for line in lines_of_region(part, self._typography, above=above, headings=self._headings.levels):
                self._add(line)
            above = part.lines[-1]
        for line in lines_of_notes(notes):
            self._add(line)
        self._around("footer", running.footer)

    def _add(self, line: Line) -> None:
        if self._new_pages == 1 and self._lines:
            line.page = True
            self._new_pages = 0
        elif self._new_pages:
            self.flush()
        self._lines.append(line)

    def _around(self, kind: str, texts: Sequence[str]) -> None:
        if texts:
            self.flush()
            for text in texts:
                self._builder.add("header" if kind == "header" else "footer", printable(text))

    def _table(self, table: Table, before: _Ended | None) -> _Ended:
        """Append a table; one that goes on from the page before keeps its number and counts on."""
        rows = _rows(table)
        if before is None or not _same_columns(before.columns, table.columns):
            number = self._builder.new_table()
            for row in rows:
                self._row(row, number, 0)
            return _Ended(number, _height(rows), table.columns, _texts(rows[0]), rows[-1])
        if len(rows) > 1 and _texts(rows[0]) == before.head:
            # The heading row is printed again on every page: it runs, like a header.
            for cell in rows[0]:
                self._builder.add("header", printable(cell.text))
            rows = rows[1:]
        shift = before.rows - rows[0][0].row
        rest = _rest_of_row(before.last, rows[0])
        if rest is not None:
            begun, more = rest
            at = before.rows - begun.row_span
            self._cell(
                Cell(at, begun.column, begun.row_span, begun.column_span, more.text),
                before.number,
                CONTINUED,
            )
            rows = rows[1:]
            shift -= 1
        last = rows[-1] if rows else before.last
        written = _height(rows) + shift if rows else before.rows
        for row in rows:
            self._row(row, before.number, shift)
        return _Ended(before.number, written, table.columns, before.head, last)

    def _row(self, row: Sequence[Cell], table: int, shift: int) -> None:
        for cell in row:
            cell.row += shift
            self._cell(cell, table)

    def _cell(self, cell: Cell, table: int, name: str = "") -> None:
        """Append a cell, each of its paragraphs as a block."""
        for text in printable(cell.text).split(PARAGRAPH):
            self._builder.add(
                "cell",
                text,
                table=table,
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                name=name,
            )
            name = ""


def _drop_caption(page: PageContent, running: Running) -> None:
    """A line above a table which says that the table goes on is set aside with the header."""
    if len(page.parts) > 1 and isinstance(page.parts[0], Region) and isinstance(page.parts[1], Table):
        lines = page.parts[0].lines
        if len(lines) == 1 and _GOES_ON.search(lines[0].text):
            running.header.append(lines[0].text)
            del page.parts[0]


def _rows(table: Table) -> list[tuple[Cell, ...]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [tuple(row) for row in rows.values()]


def _height(rows: Sequence[Sequence[Cell]]) -> int:
    return max(cell.row + cell.row_span for row in rows for cell in row)


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(" ".join(cell.text.split()) for cell in row)


def _same_columns(before: Sequence[float], here: Sequence[float]) -> bool:
    return len(before) == len(here) and all(abs(a - b) <= _SAME for a, b in zip(before, here, strict=True))


def _rest_of_row(last: Sequence[Cell], first: Sequence[Cell]) -> tuple[Cell, Cell] | None:
    """The cell that a page break cut in two, and its rest: alone in its row, behind half a sentence."""
    filled = [cell for cell in first if cell.text]
    above = [cell for cell in last if cell.text]
    if len(filled) != 1 or not above or len(first) < 2 or len({cell.row_span for cell in last}) != 1:
        return None
    rest, begun = filled[0], above[-1]
    if rest.column != begun.column or begun.column == 0 or rest.row_span != 1:
        return None
    unfinished = begun.text.endswith("-") or not _FINISHED.search(begun.text)
    return (begun, rest) if unfinished and rest.text[0].islower() else None
