"""Ruled tables: the rulings of a page sorted into grids, and the squares of a grid joined into cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from .pdf_grouping import NEAR, Group, bands, touching, unframed
from .pdf_rulings import Ruling, Rulings

__all__ = ["Cell", "Grid", "Table", "grids", "squares", "trimmed"]

_MOST_SQUARES: Final = 20_000
"""A grid of more squares is a drawing (graph paper, hatching), not a table."""


@dataclass(slots=True)
class Cell:
    """A cell of a ruled table; rows and columns counted from 0 on this page.

    Args:
        cut: where in the text the next page starts, or 0.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str = ""
    cut: int = 0


@dataclass(slots=True)
class Table:
    """A ruled table on one page.

    Args:
        top, bottom: in points from the lower edge of the page.
        columns: where its vertical rulings stand, left to right, in points.
        cells: in reading order.
        continues: it goes on from the page before.
        open_top, open_bottom: no line is drawn there: a page break cut the row.
        overlap: so many of its first rows are those that the part on the page before ends with.
    """

    top: float
    bottom: float
    columns: tuple[float, ...]
    cells: list[Cell]
    continues: bool = False
    open_top: bool = False
    open_bottom: bool = False
    overlap: int = 0


@dataclass(slots=True)
class Grid:
    """The lines of a table and which of its cells covers each square.

    Args:
        xs: of its vertical lines, ascending.
        ys: of its horizontal lines with the sign changed, so that they ascend from top to bottom.
        cell_of: row by row, the index of the cell in ``table.cells``.
    """

    xs: list[float]
    ys: list[float]
    cell_of: list[list[int]]
    table: Table

    def find(self, x: float, y: float) -> int | None:
        """The index of the cell that holds a point, or None outside the grid."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, -y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.cell_of[row][column]
        return None

    def holds(self, left: float, right: float, y: float) -> tuple[int | None, bool]:
        """The cell at the left end of a stretch, or None, and whether it holds the right end as well."""
        columns = len(self.xs) - 1
        row = bisect_right(self.ys, -y) - 1
        if not 0 <= row < len(self.ys) - 1:
            return None, True
        first = bisect_right(self.xs, left) - 1
        if 0 <= first < columns and right < self.xs[first + 1]:
            return self.cell_of[row][first], True
        last = bisect_right(self.xs, right) - 1
        cells = self.cell_of[row]
        begin = cells[first] if 0 <= first < columns else None
        return begin, begin == (cells[last] if 0 <= last < columns else None)


class _Lines:
    """Parallel rulings as the lines of a grid: their places, and the stretches that are drawn."""

    def __init__(self, drawn: Sequence[Ruling]) -> None:
        self.places: list[float] = []
        self._stretches: list[list[tuple[float, float]]] = []
        group: list[Ruling] = []
        for ruling in sorted(drawn):
            if group and ruling.at - group[-1].at > NEAR:
                self._close(group)
                group = []
            group.append(ruling)
        if group:
            self._close(group)

    def _close(self, group: list[Ruling]) -> None:
        self.places.append(sum(ruling.at for ruling in group) / len(group))
        joined: list[tuple[float, float]] = []
        for low, high in sorted((ruling.low - NEAR, ruling.high + NEAR) for ruling in group):
            if joined and low <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], high))
            else:
                joined.append((low, high))
        self._stretches.append(joined)

    def drawn(self, line: int, at: float) -> bool:
        """Whether a line is drawn where it passes a point."""
        return any(low <= at <= high for low, high in self._stretches[line])


def grids(drawn: Rulings) -> list[Grid]:
    """The tables of a page, their cells without text; one inside a cell of another stands before it."""
    found: list[Grid] = []
    boxes: list[Group] = []
    for group in touching(*unframed(sorted(set(drawn.across)), sorted(set(drawn.down)))):
        grid = _grid_of(group)
        if grid is not None:
            found.append(grid)
        elif len(group.across) > 1 and len(group.down) > 1:
            boxes.append(group)
    # Boxes that stand beside each other may be cells drawn one by one; one around others is a frame.
    single = [
        box
        for box in boxes
        if not any(box.surrounds(grid.xs[0], -grid.ys[-1], grid.xs[-1], -grid.ys[0]) for grid in found)
    ]
    single = [
        box for box in single if sum(box is not other and box.surrounds(*other.box) for other in single) < 2
    ]
    if len(single) > 1:
        found += [grid for group in bands(single) if (grid := _grid_of(group)) is not None]
    return sorted(found, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))


def _grid_of(group: Group) -> Grid | None:
    across, down = group.closed()
    grid = _grid(_Lines(across), _Lines(down)) if len(across) > 1 and len(down) > 1 else None
    if grid is not None:
        grid.table.open_top = max(ruling.at for ruling in group.across) < grid.table.top - NEAR
        grid.table.open_bottom = min(ruling.at for ruling in group.across) > grid.table.bottom + NEAR
    return grid


def _grid(across: _Lines, down: _Lines) -> Grid | None:
    """The cells of a table: grid squares joined where no ruling parts them."""
    xs, ys = down.places, across.places[::-1]
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or not 2 <= rows * columns <= _MOST_SQUARES:
        return None
    middles_x = [(left + right) / 2 for left, right in pairwise(xs)]
    middles_y = [(top + bottom) / 2 for top, bottom in pairwise(ys)]
    # Whether the line on the right of a square, and the one below it, is drawn.
    right = [[down.drawn(column + 1, y) for column in range(columns - 1)] for y in middles_y]
    below = [[across.drawn(rows - row - 1, x) for x in middles_x] for row in range(rows - 1)]
    cell_of = [[-1] * columns for _ in range(rows)]
    cells: list[Cell] = []
    for row in range(rows):
        for column in range(columns):
            if cell_of[row][column] >= 0:
                continue
            wide = 1
            while column + wide < columns and not right[row][column + wide - 1]:
                wide += 1
            high = 1
            inside = range(column, column + wide)
            while (
                row + high < rows
                and not any(below[row + high - 1][beside] for beside in inside)
                and not any(right[row + high][beside] for beside in inside[:-1])
            ):
                high += 1
            for covered in range(row, row + high):
                for beside in range(column, column + wide):
                    if cell_of[covered][beside] < 0:
                        cell_of[covered][beside] = len(cells)
            cells.append(Cell(row, column, high, wide))
    return Grid(xs, [-y for y in ys], cell_of, Table(ys[0], ys[-1], tuple(xs), cells))


def trimmed(table: Table) -> Table:
    """The table without empty squares as high or wide as itself at its sides: a frame drawn around it."""
    while True:
        rows = max(cell.row + cell.row_span for cell in table.cells)
        last = len(table.columns) - 2
        empty = next(
            (
                cell
                for cell in table.cells
                if not cell.text
                and cell.row_span == rows
                and cell.column_span == 1
                and cell.column in (0, last)
            ),
            None,
        )
        if empty is None or last < 1 or rows == 1:
            return table
        left = int(empty.column == 0)
        cells = [
            Cell(cell.row, cell.column - left, cell.row_span, cell.column_span, cell.text)
            for cell in table.cells
            if cell is not empty
        ]
        columns = table.columns[1:] if left else table.columns[:-1]
        table = replace(table, columns=columns, cells=cells)


def squares(xs: list[float], ys: list[float]) -> Grid:
    """A grid of which every square is a cell.

    Args:
        xs, ys: its lines from left to right and from top to bottom.
    """
    columns = len(xs) - 1
    cells = [Cell(row, column, 1, 1) for row in range(len(ys) - 1) for column in range(columns)]
    cell_of = [list(range(row * columns, (row + 1) * columns)) for row in range(len(ys) - 1)]
    return Grid(xs, [-y for y in ys], cell_of, Table(ys[0], ys[-1], tuple(xs), cells))
