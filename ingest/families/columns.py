"""Columns of a list by the meaning of their headings, in Polish and English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .tables import Cell, Row, Table
from .words import fold

__all__ = ["Columns", "find_columns", "listed_rows"]

Patterns = Mapping[str, re.Pattern[str]]
"""Names of columns and what their folded headings match, whole; tried in order."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what.

    Args:
        places: name of a column to its number; a name that several headings match takes the first.
        header_row: index of the heading row in the table, or -1 where it is taken over from a table above.
        unknown: headings that mean nothing here, as printed.
    """

    places: dict[str, int]
    header_row: int
    unknown: tuple[str, ...] = ()

    def cell(self, table: Table, row: Row, name: str) -> Cell | None:
        """The cell of a row in a named column, one spanned from above included, or None."""
        column = self.places.get(name)
        return None if column is None else table.covering(row, column)

    def line(self, table: Table, row: Row, name: str) -> str:
        """The text of that cell on one line, or ""."""
        cell = self.cell(table, row, name)
        return cell.line if cell else ""


def find_columns(table: Table, patterns: Patterns, *, needed: frozenset[str]) -> Columns | None:
    """The first row, of the first ten, whose cells are headings of all needed columns, or None."""
    for row in table.rows[:10]:
        places: dict[str, int] = {}
        unknown = []
        for cell in row.cells if all(cell.short for cell in row.cells) else ():
            folded = fold(cell.line)
            name = next((name for name, pattern in patterns.items() if pattern.fullmatch(folded)), None)
            if name is None and folded:
                unknown.append(cell.line)
            elif name is not None:
                places.setdefault(name, cell.column)
        if needed <= places.keys():
            return Columns(places, row.index, tuple(unknown))
    return None


def listed_rows(
    all_tables: tuple[Table, ...], patterns: Patterns, *, needed: frozenset[str]
) -> Iterator[tuple[Table, Columns, Row]]:
    """The rows below the headings of every such table, those continued without headings included."""
    above: tuple[int, Columns] | None = None
    for table in all_tables:
        found = find_columns(table, patterns, needed=needed)
        if found is not None:
            above = (table.width, found)
        elif above is not None and above[0] == table.width and _continues(table):
            found = Columns(above[1].places, -1)
        else:
            above = None
            continue
        for row in table.rows:
            if row.index > found.header_row and any(cell.filled for cell in row.cells):
                yield table, found, row


def _continues(table: Table) -> bool:
    """A table without headings goes on where the last one stopped: it has no heading row of its own."""
    return not any(cell.header for cell in table.rows[0].cells if len(table.rows[0].cells) > 2)
