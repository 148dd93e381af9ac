"""Where the cells of a table stand: row by row, with cells that span rows and columns."""

from __future__ import annotations

__all__ = ["Grid"]


class Grid:
    """Counts the rows and columns of one table while its cells are read from left to right."""

    def __init__(self, table: int) -> None:
        self.table = table
        self.row = -1
        self._covered: dict[int, int] = {}
        """Column -> number of further rows that a cell from above covers."""
        self._column = 0

    def next_row(self) -> None:
        """Begin the next row."""
        if self.row >= 0:
            self._covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        self.row += 1
        self._column = 0

    def place(self, column: int | None, wide: int, high: int) -> int:
        """Place a cell and return its column.

        Args:
            column: where the format says it, else None for the first that is free.
            wide, high: how many columns and rows it covers.
        """
        if column is None:
            column = self._column
            while column in self._covered and self._covered[column] > 0 and not self._fresh(column):
                column += 1
        for taken in range(column, column + wide):
            self._covered[taken] = high
        self._column = column + wide
        return column

    def _fresh(self, column: int) -> bool:
        """Whether the cover of a column was set in this row (then the column lies left of us)."""
        return column < self._column
