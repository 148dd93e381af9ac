"""One page of a PDF: its ruled tables, and the lines of text above, between and below them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import pypdfium2 as pdfium

from .pdf_breaks import LINE, PARAGRAPH, ends_early
from .pdf_hyphens import Breaks
from .pdf_open_tables import open_tables
from .pdf_order import column, lines_of, regions
from .pdf_rulings import Box, Ruling, rulings
from .pdf_tables import Cell, Grid, Table, grids, trimmed
from .pdf_text import PageText, Stretch

__all__ = ["Cell", "PageContent", "Region", "Table", "page_content"]


_NEAR: Final = 3.0
"""Rulings at most so many points above or below a table belong to it."""


_BULLET_GAP: Final = 20.0
"""A text stands at most so many points right of its bullet."""
_MOST_BULLETS: Final = 200
"""More small marks are a chart, or a pattern."""
BULLET: Final = "•"


@dataclass(slots=True)
class Region:
    """A column of text, or lines that reach over all columns.

    Args:
        lines: from top to bottom.
    """

    lines: list[Stretch]


@dataclass(slots=True)
class PageContent:
    """What a page holds.

    Args:
        free: the text outside tables, in the order of the file.
        tables: those with text, from top to bottom.
        sizes: of the fonts of some stretches in tables.
        rules: horizontal rulings outside tables: one of them may part footnotes from the text.
        has_text: whether there is a text layer at all.
        has_image: whether there is a picture.
        breaks: how the lines inside tables end.
        undecodable: whether the fonts do not say which letters are printed.
        parts: text and tables in reading order, once they are arranged.
    """

    free: list[Stretch] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    rules: list[Ruling] = field(default_factory=list)
    has_text: bool = False
    has_image: bool = False
    breaks: Breaks = field(default_factory=Breaks)
    undecodable: bool = False
    parts: list[Region | Table] = field(default_factory=list)

    def arrange(self, before: float | None = None) -> float | None:
        """Bring the text outside tables, as far as it was not set aside, and the tables in reading order.

        Args:
            before: where the right one of two columns starts on the page before.

        Returns the same of this page, or None where there is one column.
        """
        free = self.free
        for table in self.tables:
            above = [stretch for stretch in free if stretch.bottom + stretch.top >= 2 * table.bottom]
            free = [stretch for stretch in free if stretch.bottom + stretch.top < 2 * table.bottom]
            self.parts += [Region(lines) for lines in regions(above, column(above, before))]
            self.parts.append(table)
            before = None
        middle = column(free, before)
        self.parts += [Region(lines) for lines in regions(free, middle)]
        return middle


def page_content(page: pdfium.PdfPage) -> PageContent:
    """Read a page: where it has rulings that make a grid, their cells; the rest as stretches of text."""
    textpage = page.get_textpage()
    try:
        text = PageText(textpage)
        drawn = rulings(page.raw, text.turn)
        found = grids(drawn)
        stretches = text.stretches(found)
        boxes = _boxes(found, stretches)
        if boxes:
            found = [grid for grid in found if grid not in boxes]
            stretches = text.stretches(found)
        undecodable = text.undecodable
    finally:
        textpage.close()
    if 0 < len(drawn.bullets) <= _MOST_BULLETS:
        _print_bullets(drawn.bullets, stretches)
    rules = _outside(drawn.across, found)
    if len(rules) > 2:
        more, stretches = open_tables(rules, stretches, len(found))
        found += more
        rules = _outside(rules, more)
    breaks = _fill(found, [stretch for stretch in stretches if stretch.cell is not None])
    tables = [trimmed(grid.table) for grid in found if any(cell.text for cell in grid.table.cells)]
    return PageContent(
        free=[stretch for stretch in stretches if stretch.cell is None],
        tables=sorted(tables, key=lambda table: -table.top),
        sizes=text.sizes,
        rules=rules,
        breaks=breaks,
        has_text=bool(stretches),
        has_image=drawn.image,
        undecodable=undecodable,
    )


def _print_bullets(bullets: list[Box], stretches: list[Stretch]) -> None:
    """Write the bullets that are drawn before the lines that they stand before."""
    for left, bottom, right, top in bullets:
        middle = (bottom + top) / 2
        for stretch in stretches:
            if stretch.bottom <= middle <= stretch.top and 0 < stretch.left - right <= _BULLET_GAP:
                stretch.text = f"{BULLET} {stretch.text}"
                stretch.left = left


def _outside(rules: list[Ruling], grids: list[Grid]) -> list[Ruling]:
    """The rulings that belong to no table."""
    return [
        rule
        for rule in rules
        if not any(grid.table.bottom - _NEAR <= rule.at <= grid.table.top + _NEAR for grid in grids)
    ]


def _boxes(grids: list[Grid], stretches: list[Stretch]) -> list[Grid]:
    """The grids whose text stands in one cell: frames around a text, if no page break cut them."""
    filled: dict[int, set[int]] = {}
    for stretch in stretches:
        if stretch.cell is not None:
            filled.setdefault(stretch.cell[0], set()).add(stretch.cell[1])
    return [
        grids[number]
        for number, cells in filled.items()
        if len(cells) == 1 and not (grids[number].table.open_top and len(grids[number].xs) > 2)
    ]


def _fill(tables: list[Grid], stretches: list[Stretch]) -> Breaks:
    """Write the text of the cells; return how their lines end."""
    breaks = Breaks()
    cells: dict[tuple[int, int], list[Stretch]] = {}
    for stretch in stretches:
        assert stretch.cell is not None
        cells.setdefault(stretch.cell, []).append(stretch)
    for (number, cell), inside in cells.items():
        into = tables[number].table.cells[cell]
        if len(inside) == 1:
            into.text = inside[0].text
        else:
            xs, lines = tables[number].xs, lines_of(inside)
            left, right = xs[into.column], xs[into.column + into.column_span]
            edge = right - max(0.0, min(line.left for line in lines) - left)
            into.text = _paragraphs(lines, edge)
            breaks.count(lines, edge)
    return breaks


def _paragraphs(lines: list[Stretch], edge: float) -> str:
    """The lines of a cell; where one ends early, as no typesetter would end it, a blank line follows."""
    text = lines[0].text
    for before, after in pairwise(lines):
        text += f"{PARAGRAPH if ends_early(before, after, edge) else LINE}{after.text}"
    return text
