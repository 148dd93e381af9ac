"""One page of a PDF: its ruled tables, and the lines of text above, between and below them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pypdfium2 as pdfium

from .pdf_order import lines_of, regions
from .pdf_rulings import Ruling, rulings
from .pdf_tables import Cell, Grid, Table, grids
from .pdf_text import PageText, Stretch

__all__ = ["Cell", "PageContent", "Region", "Table", "page_content"]


@dataclass(slots=True)
class Region:
    """A column of text, or lines that reach over all columns.

    Args:
        lines: from top to bottom.
    """

    lines: list[Stretch]


@dataclass(slots=True)
class PageContent:
    """What a page holds in reading order.

    Args:
        parts: text and tables.
        rules: short horizontal rulings outside tables: one of them may part footnotes from the text.
        has_text: whether there is a text layer at all.
        has_image: whether there is a picture.
    """

    parts: list[Region | Table] = field(default_factory=list)
    rules: list[Ruling] = field(default_factory=list)
    has_text: bool = False
    has_image: bool = False


def page_content(page: pdfium.PdfPage) -> PageContent:
    """Read a page: where it has rulings that make a grid, their cells; the rest as lines of text."""
    textpage = page.get_textpage()
    try:
        text = PageText(textpage)
        drawn = rulings(page.raw, text.turn)
        tables = grids(drawn)
        stretches = text.stretches(tables)
    finally:
        textpage.close()
    content = PageContent(has_text=bool(stretches), has_image=drawn.image)
    content.rules = [
        rule
        for rule in drawn.across
        if not any(grid.table.bottom - 3 <= rule.at <= grid.table.top + 3 for grid in tables)
    ]
    _fill(tables, [stretch for stretch in stretches if stretch.cell is not None])
    free = [stretch for stretch in stretches if stretch.cell is None]
    for grid in tables:
        if not any(cell.text for cell in grid.table.cells):
            continue
        above = [stretch for stretch in free if stretch.bottom + stretch.top >= 2 * grid.table.bottom]
        free = [stretch for stretch in free if stretch.bottom + stretch.top < 2 * grid.table.bottom]
        content.parts += [Region(lines) for lines in regions(above)]
        content.parts.append(grid.table)
    content.parts += [Region(lines) for lines in regions(free)]
    return content


def _fill(tables: list[Grid], stretches: list[Stretch]) -> None:
    """Write the text of the cells."""
    cells: dict[tuple[int, int], list[Stretch]] = {}
    for stretch in stretches:
        assert stretch.cell is not None
        cells.setdefault(stretch.cell, []).append(stretch)
    for (number, cell), inside in cells.items():
        lines = lines_of(inside) if len(inside) > 1 else inside
        tables[number].table.cells[cell].text = "\n".join(line.text for line in lines)
