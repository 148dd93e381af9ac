"""Writes the pages of a PDF as blocks: paragraphs and tables that run over pages go on where they stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from .base import Builder, printable
from .lines import Line, Paragraphs
from .pdf_breaks import LINE, PARAGRAPH
from .pdf_headings import Bookmark, Headings, mark_headings
from .pdf_hyphens import Breaks, keep_compounds, with_compounds
from .pdf_joining import join_tables
from .pdf_lines import Typography, lines_of_notes, lines_of_region
from .pdf_notes import Footnotes, NoteLine
from .pdf_page import Cell, PageContent, Region, Table
from .pdf_running import Running
from .pdf_text import Stretch

__all__ = ["write_pages"]

_FEW_HEADINGS: Final = 4


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
    _keep_compounds(pages)
    typography = Typography.of(pages)
    footnotes = Footnotes(typography.size)
    notes = [footnotes.take(page) for page in pages]
    join_tables(pages, running)
    headings = mark_headings(pages, marks, typography.size)
    writer = _Writer(builder, typography, headings, roles=any(notes))
    for page, around, at_foot in zip(pages, running, notes, strict=True):
        writer.page(page, around, at_foot)
    writer.flush()


def _keep_compounds(pages: Sequence[PageContent]) -> None:
    """Where words are not broken, no compound is parted by a line end: outside tables, and inside."""
    regions = [part for page in pages for part in page.parts if isinstance(part, Region)]
    outside, inside = Breaks(), Breaks().add(page.breaks for page in pages)
    for region in regions:
        outside.count(region.lines, max(line.right for line in region.lines))
    if not outside.words:
        for region in regions:
            keep_compounds(region.lines)
    if not inside.words:
        for page in pages:
            for table in page.tables:
                for cell in table.cells:
                    if f"-{LINE}" in cell.text:
                        cell.text = with_compounds(cell.text)


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
        """Pages that start before the next line; -1 where the next one has started inside a cell."""
        self._table_number = 0
        self._rows = 0
        """How many rows of the last table are written."""

    def flush(self) -> None:
        """Write what waits; nothing may be joined to it any more."""
        if self._lines:
            self._paragraphs.run(self._lines)
            self._paragraphs.interrupt()
            self._lines = []
        for _ in range(self._new_pages):
            self._builder.new_page()
        self._new_pages = min(self._new_pages, 0)

    def page(self, page: PageContent, running: Running, notes: Sequence[NoteLine]) -> None:
        """Write one page: header, text and tables, footnotes, footer."""
        self._new_pages += 1
        self._around("header", running.header)
        above: Stretch | None = None
        for part in page.parts:
            if isinstance(part, Table):
                self.flush()
                self._table(part)
                above = None
                continue
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

    def _table(self, table: Table) -> None:
        """Append a table; one that goes on from the page before keeps its number and counts on."""
        shift = 0
        if table.continues:
            shift = self._rows - table.overlap - table.cells[0].row
        else:
            self._table_number = self._builder.new_table()
        self._rows = shift + max(cell.row + cell.row_span for cell in table.cells)
        # What the page break cut stands last, so that the next page starts inside it.
        cut = [cell for cell in table.cells if cell.cut]
        for cell in (*(cell for cell in table.cells if not cell.cut), *cut):
            self._cell(cell, cell.row + shift, is_first_cut=bool(cut) and cell is cut[0])

    def _cell(self, cell: Cell, row: int, *, is_first_cut: bool) -> None:
        """Append a cell, each of its paragraphs as a block."""
        start = 0
        for text in cell.text.split(PARAGRAPH):
            end = start + len(text)
            breaks: tuple[int, ...] = ()
            if is_first_cut and start < cell.cut <= end:
                breaks = (len(printable(text[: cell.cut - start])),)
                self._new_pages -= 1
            self._builder.add(
                "cell",
                printable(text),
                table=self._table_number,
                row=row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                breaks=breaks,
            )
            start = end + len(PARAGRAPH)
