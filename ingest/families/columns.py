"""Columns of a list by the meaning of their headings, in Polish and English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .tables import Cell, Row, Table
from .words import fold

__all__ = ["Columns", "find_columns", "listed_rows", "meaning"]

Patterns = Mapping[str, re.Pattern[str]]
"""Names of columns and what their folded headings match, whole; tried in order."""
_TWO_LANGUAGES = re.compile(r"\s*[/\n|]\s*")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what.

    Args:
        places: name of a column to its number; a name that several headings match takes the first.
        header_row: index of the heading row in the table, or -1 where it is taken over from a table above.
        unknown: headings that mean nothing here, as printed.
        headings: name of a column to its heading as printed.
    """

    places: dict[str, int]
    header_row: int
    unknown: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)

    def cell(self, table: Table, row: Row, name: str) -> Cell | None:
        """The cell of a row in a named column, one spanned from above included, or None."""
        column = self.places.get(name)
        return None if column is None else table.covering(row, column)

    def line(self, table: Table, row: Row, name: str) -> str:
        """The text of that cell on one line, or ""."""
        cell = self.cell(table, row, name)
        return cell.line if cell else ""


def meaning(patterns: Patterns, heading: str) -> str:
    """The name of the column that a heading stands for, or ""; *Tytuł / Title* means what either half means.

    >>> meaning({"title": re.compile("tytul")}, "Tytuł / Title")
    'title'
    """
    for said in (heading, *_TWO_LANGUAGES.split(heading)):
        folded = fold(said)
        for name, pattern in patterns.items():
            if pattern.fullmatch(folded):
                return name
    return ""


def find_columns(table: Table, patterns: Patterns, *, needed: frozenset[str]) -> Columns | None:
    """The first row, of the first ten, whose cells are headings of all needed columns, or None."""
    for row in table.rows[:10]:
        places: dict[str, int] = {}
        headings: dict[str, str] = {}
        unknown = []
        missing = len(needed)
        cells = row.cells if all(cell.short for cell in row.cells) else ()
        for left, cell in zip(range(len(cells), 0, -1), cells, strict=True):
            if missing > left:
                break  # most rows are no headings: their texts need not be read
            name = meaning(patterns, cell.line)
            if name and name not in places:
                places[name], headings[name] = cell.column, cell.line
                missing -= name in needed
            elif not name and fold(cell.line):
                unknown.append(cell.line)
        if not missing:
            return Columns(places, row.index, tuple(unknown), headings)
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
            found = Columns(above[1].places, -1, (), above[1].headings)
        else:
            above = None
            continue
        for row in table.rows:
            if row.index > found.header_row and any(cell.filled for cell in row.cells):
                yield table, found, row


def _continues(table: Table) -> bool:
    """A table without headings goes on where the last one stopped: it has no heading row of its own."""
    return not any(cell.header for cell in table.rows[0].cells if len(table.rows[0].cells) > 2)
