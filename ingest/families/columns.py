"""Columns of a list by the meaning of their headings, in Polish and English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .amounts import number
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
    halves = _TWO_LANGUAGES.split(heading)
    for said in (heading, *halves) if len(halves) > 1 else (heading,):
        folded = fold(said)
        for name, pattern in patterns.items():
            if pattern.fullmatch(folded):
                return name
    return ""


def find_columns(
    table: Table, patterns: Patterns, *, needed: frozenset[str], second_row: bool = False
) -> Columns | None:
    """The first row, of the first ten, whose cells are headings of all needed columns, or None.

    Args:
        second_row: whether headings of groups of columns may have those of the columns below them.
    """
    for position, row in enumerate(table.rows[:10]):
        if second_row and (grouped := _in_two_rows(table, position)) is not None:
            found = _of_two_rows(grouped, patterns)
            if needed <= found.places.keys():
                return found
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


def _in_two_rows(table: Table, position: int) -> list[tuple[Cell, str]] | None:
    """The headings of columns and what they are called with the group above, or None for one row of headings.

    A second row of headings has words below groups only: below cells that span columns, or that have
    empty ones to their right.
    """
    if position + 1 >= len(table.rows):
        return None
    row, below = table.rows[position], table.rows[position + 1]
    tops = [cell for cell in row.cells if cell.filled]
    subs = [cell for cell in below.cells if cell.filled]
    if len(tops) < 2 or not subs or not all(cell.short for cell in (*tops, *subs)):
        return None
    ends = [*(cell.column for cell in tops[1:]), table.width]
    groups = {top.column: end for top, end in zip(tops, ends, strict=True) if end - top.column > 1}
    joined: list[tuple[Cell, str]] = []
    used: set[int] = set()
    for sub in subs:
        above = next((top for top in reversed(tops) if top.column <= sub.column), None)
        if above is None or above.column not in groups or above.row_span > 1 or number(sub.line) is not None:
            return None
        used.add(above.column)
        joined.append((sub, f"{above.line} {sub.line}"))
    if len(used) == len(tops):
        return None
    alone = [(top, top.line) for top in tops if top.column not in used]
    return sorted([*joined, *alone], key=lambda item: item[0].column)


def _of_two_rows(grouped: list[tuple[Cell, str]], patterns: Patterns) -> Columns:
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    unknown = []
    for cell, called in grouped:
        name = meaning(patterns, called) or meaning(patterns, cell.line)
        if name and name not in places:
            places[name], headings[name] = cell.column, called
        elif not name:
            unknown.append(cell.line)
    return Columns(places, max(cell.row for cell, _ in grouped), tuple(unknown), headings)


def listed_rows(
    all_tables: tuple[Table, ...], patterns: Patterns, *, needed: frozenset[str], second_row: bool = False
) -> Iterator[tuple[Table, Columns, Row]]:
    """The rows below the headings of every such table, those continued without headings included."""
    above: tuple[int, Columns] | None = None
    for table in all_tables:
        found = find_columns(table, patterns, needed=needed, second_row=second_row)
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
