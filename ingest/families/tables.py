"""Tables of a document as rows and cells, whatever format they were read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from ..document import Block, Document, Evidence
from .reading import Reading, reading

_HEADING_LENGTH = 250
"""No heading of a field or column is longer; the longest of the official models has 150 characters."""

__all__ = ["Cell", "Row", "Table", "reading_order", "tables"]


@dataclass(frozen=True)
class Cell:
    """One cell: where its text stands and which rows and columns it covers.

    Args:
        document: that it stands in.
        start, end: offsets into the kept text.
        row, column: of its upper left corner, counted from 0.
        row_span, column_span: at least 1.
        header: the format marks it as a header cell.
        page: on which it starts, or None.
    """

    document: Document = field(repr=False, compare=False)
    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    page: int | None = None

    @property
    def raw(self) -> str:
        """The text as printed."""
        return self.document.text[self.start : self.end]

    @cached_property
    def _reading(self) -> Reading:
        return reading(self.document, self.start, self.end)

    @property
    def text(self) -> str:
        """The text for reading: line ends that only end a printed line are mended."""
        return self._reading.text

    @cached_property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())

    @property
    def filled(self) -> bool:
        """Whether anything is printed in it."""
        raw = self.raw
        return bool(raw) and not raw.isspace()

    @property
    def short(self) -> bool:
        """Whether it is short enough for the heading of a row or column."""
        return self.end - self.start <= _HEADING_LENGTH

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the kept text."""
        return self._reading.place(start, end)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that start in one row, from left to right; cells spanned from above are not among them."""

    table: int
    index: int
    cells: tuple[Cell, ...]

    def evidence(self, document: Document) -> Evidence:
        """The row from its first to its last cell with text.

        Raises ValueError where no cell has any.
        """
        filled = [cell for cell in self.cells if cell.filled]
        if not filled:
            raise ValueError(f"{document.id}: table {self.table} row {self.index} is empty")
        return document.evidence(min(c.start for c in filled), max(c.end for c in filled))

    def at(self, column: int) -> Cell | None:
        """The cell that covers a column, or None."""
        for cell in self.cells:
            if cell.column <= column < cell.column + cell.column_span:
                return cell
        return None

    @property
    def line(self) -> str:
        """All texts of the row on one line."""
        return " ".join(cell.line for cell in self.cells if cell.line)


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Args:
        number: in the document, from 0.
        rows: from top to bottom.
        tall: the cells that cover several rows.
    """

    number: int
    rows: tuple[Row, ...]
    tall: tuple[Cell, ...] = ()

    @property
    def start(self) -> int:
        """The offset of its first cell."""
        return min(cell.start for row in self.rows for cell in row.cells)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(c.column + c.column_span for row in self.rows for c in row.cells)

    def covering(self, row: Row, column: int) -> Cell | None:
        """The cell that covers a column in a row, one that starts in a row above included."""
        own = row.at(column)
        if own is not None:
            return own
        for cell in self.tall:
            inside = cell.column <= column < cell.column + cell.column_span
            if inside and cell.row < row.index < cell.row + cell.row_span:
                return cell
        return None


def _cell(document: Document, parts: list[Block]) -> Cell:
    first = parts[0]
    one = len(parts) == 1
    return Cell(
        document,
        start=first.start,
        end=parts[-1].end,
        row=first.row or 0,
        column=first.column or 0,
        row_span=first.row_span if one else max(part.row_span for part in parts),
        column_span=first.column_span if one else max(part.column_span for part in parts),
        header=first.header if one else any(part.header for part in parts),
        page=first.page,
    )


def _position(block: Block) -> tuple[int, int, int]:
    return block.table or 0, block.row or 0, block.column or 0


_latest: tuple[Document, tuple[Table, ...]] | None = None


def tables(document: Document) -> tuple[Table, ...]:
    """The tables of a document in reading order; those of the last document are kept."""
    global _latest
    if _latest is None or _latest[0] is not document:
        _latest = (document, _tables(document))
    return _latest[1]


def _tables(document: Document) -> tuple[Table, ...]:
    inside = sorted(
        (b for b in document.blocks if b.table is not None), key=lambda b: (_position(b), b.start)
    )
    found: list[Table] = []
    for number, blocks in groupby(inside, key=lambda b: b.table or 0):
        rows = []
        for index, in_row in groupby(blocks, key=lambda b: b.row or 0):
            cells = [list(parts) for _, parts in groupby(in_row, key=lambda b: b.column or 0)]
            rows.append(Row(number, index, tuple(_cell(document, parts) for parts in cells)))
        tall = tuple(cell for row in rows for cell in row.cells if cell.row_span > 1)
        found.append(Table(number, tuple(rows), tall))
    return tuple(sorted(found, key=lambda table: table.start))


def reading_order(document: Document) -> Iterator[Block | Table]:
    """Blocks outside tables and whole tables, as they follow each other; page furniture is left out."""
    by_number = {table.number: table for table in tables(document)}
    seen: set[int] = set()
    for block in document.blocks:
        if block.table is None:
            if block.kind not in ("header", "footer"):
                yield block
        elif block.table not in seen:
            seen.add(block.table)
            yield by_number[block.table]
