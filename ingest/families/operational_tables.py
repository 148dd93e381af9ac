"""Tables of the SFC2014 model: columns by heading, headings of two rows, tables that go on over a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from ...ontology.identifiers import is_code
from ...ontology.namespace import NURT
from ..claims import Claim
from ..document import Evidence
from .amounts import number
from .columns import Columns, Patterns, find_columns
from .numbering import heading
from .programmes import categories_of_region, funds
from .tables import Cell, Row, Table
from .words import fold

__all__ = [
    "ELEMENT_ID",
    "Listing",
    "Place",
    "Section",
    "claim",
    "decimal",
    "is_sum",
    "leading_code",
    "money_of",
    "printed",
]

ELEMENT_ID: Final = re.compile(r"<\d[\w.]*\s+type=[^>]*>")
"""What drafts leave in a field: its element id, type and length."""
_ABOVE: Final = {
    "axis": re.compile(r"(?:id of )?priority axis|os priorytetowa"),
    "objective": re.compile(r"specific objective|cel szczegolowy"),
    "fund": re.compile(r"fund|fundusz"),
    "category": re.compile(r"category of region|kategoria regionu"),
}
_SUM: Final = re.compile(r"(?:razem|suma|ogolem|lacznie|total|sub ?total|grand total|w sumie)\b.*")
_SEXES: Final = re.compile(r"[mwtko]|men|women|total|mezczyzni|kobiety|ogolem")
"""What stands below a heading of three columns: men, women, total."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: in the section of which axis and specific objective.

    Args:
        objective: the last one above the table.
        objectives: those of the axis so far, by their codes as printed.
    """

    axis: URIRef | None = None
    objective: URIRef | None = None
    objectives: Mapping[str, URIRef] = field(default_factory=dict)


def printed(cell: Cell | None) -> str:
    """The text of a cell on one line, element ids left out."""
    return " ".join(ELEMENT_ID.sub(" ", cell.line).split()) if cell else ""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows below one line of headings; tables that stand close together may be read as one.

    Args:
        said: what rows of two cells above the headings say: *Fund | ERDF*, *Specific objective | 1 - More*.
        head: the text of those rows and of the headings.
    """

    columns: Columns
    rows: tuple[Row, ...]
    said: Mapping[str, str] = field(default_factory=dict)
    head: str = ""


def _above(row: Row) -> tuple[str, str] | None:
    """The name and the value of a row of two cells that says where a table belongs, or None."""
    cells = [cell for cell in row.cells if printed(cell)]
    if len(cells) != 2:
        return None
    folded = fold(cells[0].line)
    name = next((name for name, pattern in _ABOVE.items() if pattern.fullmatch(folded)), None)
    return (name, printed(cells[1])) if name else None


def leading_code(text: str) -> str:
    """The code that a cell begins with: *I – Badania*, *1.1 - More research*, *Oś priorytetowa II*; or ""."""
    found = heading(text)
    code = found.printed if found else text.partition(" ")[0].rstrip(".:–-")
    return code if code and is_code(code) else ""


def decimal(text: str) -> Literal | None:
    """The one number of a cell, 0 or more, or None."""
    value = number(text)
    return None if value is None or value < 0 else Literal(str(value), datatype=XSD.decimal)


class Listing:
    """Tables of one kind: their columns, and those of a table that goes on without headings.

    Args:
        patterns: names of columns and what their folded headings match, see ``columns``.
        needed: the columns without which a table is of another kind.
    """

    def __init__(self, patterns: Patterns, needed: frozenset[str]) -> None:
        self._patterns, self._needed = patterns, needed
        self._above: tuple[int, Columns] | None = None

    def sections(self, table: Table) -> tuple[Section, ...]:
        """The sections of a table of this kind; none for a table of another kind."""
        found: list[tuple[Columns, int]] = []
        for row in table.rows:
            columns = find_columns(
                Table(table.number, (row,), table.tall), self._patterns, needed=self._needed
            )
            if columns is not None:
                found.append((columns, row.index))
        if not found:
            return self._continued(table)
        self._above = (table.width, found[-1][0])
        starts = [self._start(table, header) for _, header in found]
        ends = [*starts[1:], table.rows[-1].index + 1]
        return tuple(
            _section(table, columns, start, header, end)
            for (columns, header), start, end in zip(found, starts, ends, strict=True)
        )

    def _continued(self, table: Table) -> tuple[Section, ...]:
        headed = any(cell.header for cell in table.rows[0].cells)
        if self._above is not None and self._above[0] == table.width > 2 and not headed:
            first = table.rows[0].index
            columns = Columns(self._above[1].places, first - 1)
            return (_section(table, columns, first, first - 1, table.rows[-1].index + 1),)
        self._above = None
        return ()

    def _start(self, table: Table, header: int) -> int:
        """The first of the rows directly above the headings that say where the table belongs."""
        start = header
        for row in reversed([row for row in table.rows if row.index < header]):
            if _above(row) is None:
                break
            start = row.index
        return start

    def aligned(self, table: Table, columns: Columns, row: Row) -> bool:
        """Whether each cell of a row stands below one heading; two tables read as one do not line up."""
        heading = next((one for one in table.rows if one.index == columns.header_row), None)
        if heading is None:
            return True
        above = [range(cell.column, cell.column + cell.column_span) for cell in heading.cells]
        return all(
            any(cell.column in one and cell.column + cell.column_span - 1 in one for one in above)
            for cell in row.cells
            if cell.filled
        )

    def cell(self, table: Table, columns: Columns, row: Row, name: str) -> Cell | None:
        """The cell of a column; of one that is divided (men, women, total) the last that is filled."""
        first = columns.places.get(name)
        if first is None:
            return None
        heading = next((one for one in table.rows if one.index == columns.header_row), None)
        above = heading.at(first) if heading else None
        span = above.column_span if above else 1
        cells = [cell for column in range(first, first + span) if (cell := table.covering(row, column))]
        filled = [cell for cell in cells if printed(cell)]
        return filled[-1] if filled else None

    def text(self, table: Table, columns: Columns, row: Row, name: str) -> str:
        """The text of that cell."""
        return printed(self.cell(table, columns, row, name))


_BY_CODE: Final = frozenset({NURT.interventionField, NURT.selects})


def _section(table: Table, columns: Columns, start: int, header: int, end: int) -> Section:
    above = [row for row in table.rows if start <= row.index < header]
    below = [row for row in table.rows if header < row.index < end]
    headed = [row for row in table.rows if row.index == header]
    rows = [
        row for row in below if (texts := _texts(row)) and not all(_SEXES.fullmatch(t.lower()) for t in texts)
    ]
    said = dict(pair for row in above if (pair := _above(row)) is not None)
    return Section(columns, tuple(rows), said, " ".join(row.line for row in (*above, *headed)))


def _texts(row: Row) -> list[str]:
    return [text for cell in row.cells if (text := printed(cell))]


def is_sum(text: str) -> bool:
    """Whether the folded first cell of a row says that it adds up others."""
    return _SUM.fullmatch(text) is not None


def money_of(fund: str, category: str) -> tuple[tuple[tuple[URIRef, URIRef], ...], tuple[str, ...]]:
    """What two cells say of fund and category of region: properties, and the words of an identifier."""
    found = [(NURT.fund, one) for one in funds(fund)[:1]]
    found += [(NURT.categoryOfRegion, one) for one in categories_of_region(category)[:1]]
    return tuple(found), tuple(str(value).rsplit("/", 1)[-1] for _, value in found)


def claim(subject: URIRef, predicate: URIRef, target: URIRef, rule: str, evidence: Evidence) -> Claim:
    """What a row of a table says outright."""
    return Claim(
        subject=subject,
        predicate=predicate,
        object=target,
        basis="coded" if predicate in _BY_CODE else "stated",
        confidence=1.0,
        rule=f"programme/{rule}",
        evidence=(evidence,),
    )
