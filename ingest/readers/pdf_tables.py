"""Ruled tables: the rulings of a page sorted into grids, and the squares of a grid joined into cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .pdf_rulings import Ruling, Rulings

__all__ = ["Cell", "Grid", "Table", "grids", "squares"]

_NEAR: Final = 3.0
"""Rulings at most so many points apart are one line of the grid."""
_OPEN: Final = 10.0
"""Rulings that end so many points outside the outermost line across them show a side that is not drawn."""
_MOST_SQUARES: Final = 20_000
"""A grid of more squares is a drawing (graph paper, hatching), not a table."""


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
            if group and ruling.at - group[-1].at > _NEAR:
                self._close(group)
                group = []
            group.append(ruling)
        if group:
            self._close(group)

    def _close(self, group: list[Ruling]) -> None:
        self.places.append(sum(ruling.at for ruling in group) / len(group))
        joined: list[tuple[float, float]] = []
        for low, high in sorted((ruling.low - _NEAR, ruling.high + _NEAR) for ruling in group):
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
    boxes: list[_Group] = []
    for group in _touching(sorted(set(drawn.across)), sorted(set(drawn.down))):
        grid = _grid_of(group)
        if grid is not None:
            found.append(grid)
        elif len(group.across) > 1 and len(group.down) > 1:
            boxes.append(group)
    # Boxes that stand beside each other may be cells drawn one by one; one around others is a frame.
    single = [box for box in boxes if not any(box.surrounds(grid.table) for grid in found)]
    single = [box for box in single if sum(box.holds(other) for other in single) < 2]
    if len(single) > 1:
        found += [grid for group in _bands(single) if (grid := _grid_of(group)) is not None]
    return sorted(found, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))


@dataclass(slots=True)
class _Group:
    """Rulings that touch each other."""

    across: list[Ruling]
    down: list[Ruling]

    @property
    def box(self) -> tuple[float, float, float, float]:
        ats, levels = [ruling.at for ruling in self.down], [ruling.at for ruling in self.across]
        return min(ats), min(levels), max(ats), max(levels)

    def surrounds(self, table: Table) -> bool:
        left, bottom, right, top = self.box
        inside = left <= table.columns[0] and table.columns[-1] <= right
        return inside and bottom <= table.bottom and table.top <= top

    def holds(self, other: _Group) -> bool:
        a, b = self.box, other.box
        return self is not other and a[0] <= b[0] and a[1] <= b[1] and b[2] <= a[2] and b[3] <= a[3]


def _touching(across: Sequence[Ruling], down: Sequence[Ruling]) -> list[_Group]:
    """Sort rulings into groups of which each touches, or crosses, another of its group."""
    levels = [ruling.at for ruling in across]
    group_of: list[_Group | None] = [None] * len(across)
    groups: dict[int, _Group] = {}
    for ruling in down:
        touched: _Group | None = None
        low, high = ruling.at - _NEAR, ruling.at + _NEAR
        number = bisect_left(levels, ruling.low - _NEAR)
        last = bisect_right(levels, ruling.high + _NEAR)
        while number < last:
            if across[number].low <= high and across[number].high >= low:
                other = group_of[number]
                if touched is None:
                    touched = other if other is not None else _Group([], [])
                    groups[id(touched)] = touched
                if other is None:
                    touched.across.append(across[number])
                    group_of[number] = touched
                elif other is not touched:
                    touched.across += other.across
                    touched.down += other.down
                    group_of = [touched if group is other else group for group in group_of]
                    del groups[id(other)]
            number += 1
        if touched is not None:
            touched.down.append(ruling)
    return list(groups.values())


def _grid_of(group: _Group) -> Grid | None:
    across, down = _closed(group.across, group.down)
    return _grid(_Lines(across), _Lines(down)) if len(across) > 1 and len(down) > 1 else None


def _bands(boxes: Sequence[_Group]) -> Iterator[_Group]:
    """Boxes sorted by whether their vertical extents touch."""
    band: list[_Group] = []
    bottom = float("inf")
    for group in sorted(boxes, key=lambda group: -group.box[3]):
        if band and group.box[3] < bottom - _NEAR:
            yield _Group([r for box in band for r in box.across], [r for box in band for r in box.down])
            band, bottom = [], float("inf")
        band.append(group)
        bottom = min(bottom, group.box[1])
    yield _Group([r for box in band for r in box.across], [r for box in band for r in box.down])


def _closed(across: list[Ruling], down: list[Ruling]) -> tuple[list[Ruling], list[Ruling]]:
    """The rulings of a table and, where it has no outer lines, the edges at which its inner ones end."""
    if len(across) < 2 or len(across) + len(down) < 4:
        return across, down
    lefts, rights = _ends([ruling.low for ruling in across]), _ends([-ruling.high for ruling in across])
    feet, heads = _ends([ruling.low for ruling in down]), _ends([-ruling.high for ruling in down])
    xs, ys = [ruling.at for ruling in down], [ruling.at for ruling in across]
    low, high = min(ruling.low for ruling in down), max(ruling.high for ruling in down)
    sides = [lefts] if lefts is not None and lefts < min(xs) - _OPEN else []
    sides += [-rights] if rights is not None and -rights > max(xs) + _OPEN else []
    left, right = min((*xs, *sides)), max((*xs, *sides))
    caps = [feet] if feet is not None and feet < min(ys) - _OPEN else []
    caps += [-heads] if heads is not None and -heads > max(ys) + _OPEN else []
    return (
        across + [Ruling(at, left, right) for at in caps],
        down + [Ruling(at, low, high) for at in sides],
    )


def _ends(places: list[float]) -> float | None:
    """The outermost place at which at least two rulings end."""
    least = min(places)
    return least if sum(place - least <= _NEAR for place in places) >= 2 else None


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
            while row + high < rows and not below[row + high - 1][column]:
                high += 1
            for covered in range(row, row + high):
                for beside in range(column, column + wide):
                    if cell_of[covered][beside] < 0:
                        cell_of[covered][beside] = len(cells)
            cells.append(Cell(row, column, high, wide))
    return Grid(xs, [-y for y in ys], cell_of, Table(ys[0], ys[-1], tuple(xs), cells))


def squares(xs: list[float], ys: list[float]) -> Grid:
    """A grid of which every square is a cell.

    Args:
        xs, ys: its lines from left to right and from top to bottom.
    """
    columns = len(xs) - 1
    cells = [Cell(row, column, 1, 1) for row in range(len(ys) - 1) for column in range(columns)]
    cell_of = [list(range(row * columns, (row + 1) * columns)) for row in range(len(ys) - 1)]
    return Grid(xs, [-y for y in ys], cell_of, Table(ys[0], ys[-1], tuple(xs), cells))
