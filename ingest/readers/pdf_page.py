"""One page of a PDF: its ruled tables, and its text by place, from PDFium's characters and path objects."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

__all__ = ["Cell", "PageContent", "Table", "page_content"]

_THIN: Final = 2.5
"""A path object at most so many points thick is a ruling."""
_NEAR: Final = 3.0
"""Rulings at most so many points apart are one line of the grid."""
_BROKEN: Final = "\ufffe"
"""What PDFium gives for a hyphen that breaks a word at the end of a line, the line end included."""
_SHORT: Final = 8.0
"""Rulings shorter than this underline words or are dashes."""


@dataclass(slots=True)
class Cell:
    """A cell of a ruled table; rows and columns counted from 0 on this page."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str = ""


@dataclass(slots=True)
class Table:
    """A ruled table on one page.

    Args:
        top, bottom: in points from the lower edge of the page.
        columns: where its vertical rulings stand, left to right, in points.
        cells: in reading order.
    """

    top: float
    bottom: float
    columns: tuple[float, ...]
    cells: list[Cell]


@dataclass(slots=True)
class PageContent:
    """What a page holds, top to bottom: lines of text and tables by turns.

    Args:
        parts: texts (lines parted by newlines) and tables.
        has_text: whether there is a text layer at all.
        has_image: whether there is a picture.
    """

    parts: list[str | Table] = field(default_factory=list)
    has_text: bool = False
    has_image: bool = False


@dataclass(frozen=True, slots=True)
class _Ruling:
    """A horizontal (at ``at`` = y) or vertical (at ``at`` = x) line from ``low`` to ``high``."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class _Grid:
    xs: list[float]
    ys: list[float]  # top to bottom
    cell_of: dict[tuple[int, int], int]
    table: Table

    def find(self, x: float, y: float) -> int | None:
        """The index of the cell that holds a point, or None outside the grid."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right([-edge for edge in self.ys], -y) - 1
        return self.cell_of.get((row, column))


def _rulings(page: pdfium.PdfPage) -> tuple[list[_Ruling], list[_Ruling], bool]:
    """Horizontal and vertical rulings of a page, and whether it holds a picture."""
    across: list[_Ruling] = []
    down: list[_Ruling] = []
    image = False
    for item in page.get_objects(max_depth=3):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            image = True
        if item.type != raw.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = item.get_bounds()
        wide, high = right - left, top - bottom
        if high <= _THIN and wide >= _SHORT:
            across.append(_Ruling((top + bottom) / 2, left, right))
        elif wide <= _THIN and high >= _SHORT:
            down.append(_Ruling((left + right) / 2, bottom, top))
        elif wide >= _SHORT and high >= _SHORT and raw.FPDFPath_CountSegments(item.raw) >= 4:
            # A stroked rectangle is four rulings; a filled one (shading) marks the same edges.
            across += [_Ruling(bottom, left, right), _Ruling(top, left, right)]
            down += [_Ruling(left, bottom, top), _Ruling(right, bottom, top)]
    return across, down, image


def _clusters(values: Iterable[float]) -> list[float]:
    """Positions at most ``_NEAR`` apart as one, ascending."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= _NEAR:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def _groups(across: list[_Ruling], down: list[_Ruling]) -> Iterator[tuple[list[_Ruling], list[_Ruling]]]:
    """Sort rulings into tables: those whose vertical extents touch belong together."""
    edges = sorted(down, key=lambda ruling: -ruling.high)
    bands: list[tuple[float, float, list[_Ruling]]] = []
    for ruling in edges:
        if bands and ruling.high >= bands[-1][1] - _NEAR:
            top, bottom, group = bands[-1]
            bands[-1] = (top, min(bottom, ruling.low), [*group, ruling])
        else:
            bands.append((ruling.high, ruling.low, [ruling]))
    for top, bottom, group in bands:
        inside = [ruling for ruling in across if bottom - _NEAR <= ruling.at <= top + _NEAR]
        if len(inside) >= 2 and len(group) >= 2:
            yield inside, group


def _covered(rulings: list[_Ruling], at: float, low: float, high: float) -> bool:
    """Whether a ruling at a position separates the stretch between low and high."""
    middle = (low + high) / 2
    return any(
        abs(ruling.at - at) <= _NEAR and ruling.low - _NEAR <= middle <= ruling.high + _NEAR
        for ruling in rulings
    )


def _grid(across: list[_Ruling], down: list[_Ruling]) -> _Grid | None:
    """The cells of a table: grid squares joined where no ruling parts them."""
    xs = _clusters(ruling.at for ruling in down)
    ys = sorted(_clusters(ruling.at for ruling in across), reverse=True)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2:
        return None
    cell_of: dict[tuple[int, int], int] = {}
    cells: list[Cell] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in cell_of:
                continue
            wide = 1
            while column + wide < columns and not _covered(down, xs[column + wide], ys[row + 1], ys[row]):
                wide += 1
            high = 1
            while row + high < rows and not _covered(across, ys[row + high], xs[column], xs[column + 1]):
                high += 1
            for below in range(row, row + high):
                for beside in range(column, column + wide):
                    cell_of.setdefault((below, beside), len(cells))
            cells.append(Cell(row, column, high, wide))
    return _Grid(xs, ys, cell_of, Table(ys[0], ys[-1], tuple(xs), cells))


def _characters(textpage: pdfium.PdfTextPage) -> Iterator[tuple[str, float, float]]:
    """Each character and the centre of its box; what PDFium adds (spaces, line ends) stands at (-1, -1)."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        letter = chr(code) if code and not 0xD800 <= code <= 0xDFFF else ""
        if letter == _BROKEN:
            yield "-", -1.0, -1.0
            yield "\n", -1.0, -1.0
            continue
        if not letter or letter in "\r\n" or raw.FPDFText_IsGenerated(textpage, index) == 1:
            yield ("\n" if letter in ("\r", "\n") else letter), -1.0, -1.0
            continue
        raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        yield letter, (left.value + right.value) / 2, (bottom.value + top.value) / 2


def _by_place(textpage: pdfium.PdfTextPage, grids: list[_Grid]) -> list[str]:
    """Fill the cells of the tables, and return the texts above, between and below them."""
    bands: list[list[str]] = [[] for _ in range(len(grids) + 1)]
    cells: dict[tuple[int, int], list[str]] = {}
    here: list[str] = bands[0]
    for letter, x, y in _characters(textpage):
        if x >= 0:
            into: list[str] | None = None
            band = 0
            for number, grid in enumerate(grids):
                if y < grid.table.bottom:
                    band = number + 1
                elif y <= grid.table.top and (cell := grid.find(x, y)) is not None:
                    into = cells.setdefault((number, cell), [])
                    break
            target = into if into is not None else bands[band]
            if target is not here:
                if target and target[-1] != "\n":
                    target.append("\n")
                here = target
        if letter != "\n" or (here and here[-1] != "\n"):
            here.append(letter)
    for (number, cell), letters in cells.items():
        grids[number].table.cells[cell].text = "".join(letters).strip()
    return ["".join(band) for band in bands]


def page_content(page: pdfium.PdfPage) -> PageContent:
    """Read a page: where it has rulings that make a grid, their cells; the rest as lines of text."""
    across, down, image = _rulings(page)
    grids = [grid for pair in _groups(across, down) if (grid := _grid(*pair)) is not None]
    textpage = page.get_textpage()
    try:
        if not grids:
            text = textpage.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
            text = text.replace(_BROKEN, "-\n")
            return PageContent([text], bool(text.strip()), image)
        texts = _by_place(textpage, grids)
    finally:
        textpage.close()
    content = PageContent([texts[0]], True, image)
    for grid, text in zip(grids, texts[1:], strict=True):
        if any(cell.text for cell in grid.table.cells):
            content.parts += [grid.table, text]
        else:
            content.parts.append(text)
    return content
