"""Reads CSV in any usual encoding and delimiter; lists of whatever file become a table of cells here."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import ClassVar, Final

from ...errors import ReadError
from ..document import Document
from .base import Builder, Reader, Source, printable
from .encoding import decode

__all__ = ["EXPORT", "MOST_CELLS", "CSVReader", "Spans", "add_list"]

EXPORT: Final = "Export the list again as CSV in UTF-8, or as XLSX."
MOST_CELLS: Final = 5_000_000
"""The longest list that is read, in cells."""
Spans = Mapping[tuple[int, int], tuple[int, int]]
"""Of merged cells: row and column, counted from 0, to the number of rows and columns that they cover."""

_DELIMITERS: Final = (";", ",", "\t", "|")
_SAMPLE: Final = 300_000
_SAMPLE_ROWS: Final = 200
_LETTERS: Final = re.compile(r"[^\W\d_]")
_AMOUNT: Final = re.compile(r"[-+]?[\d\s.,\u00a0\u202f]+(?:%|zł|PLN|EUR|€)?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


class CSVReader(Reader):
    """One table; lines above the header row become paragraphs."""

    media_type: ClassVar[str] = "text/csv"

    def read(self, source: Source) -> Document:
        """Read the list; raises ReadError where it is no text or no list."""
        text, warnings = decode(source.path.read_bytes(), path=source.path)
        if len(_CONTROL.findall(text[:200_000])) > 20:
            raise ReadError(f"{source.path} holds binary data, not a list.", path=source.path, hint=EXPORT)
        text = text.lstrip("\ufeff")
        declared = re.match(r"""sep=([^"\r\n])\r?\n""", text)
        if declared:
            text = text[declared.end() :]
        delimiter = declared.group(1) if declared else _delimiter(text)
        rows = _rows(text, delimiter, source.path)
        builder = Builder()
        count = add_list(builder, rows, source.path)
        if not builder.blocks:
            raise ReadError(f"{source.path} holds only empty rows.", path=source.path, hint=EXPORT)
        metadata = {"delimiter": delimiter, "rows": str(count)}
        return builder.document(source, media_type=self.media_type, metadata=metadata, warnings=warnings)


def _delimiter(text: str) -> str:
    """The delimiter that splits the most lines into the same number of fields, more than one."""
    sample = text.lstrip()[:_SAMPLE]
    best, most = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
            widths = Counter(len(row) for row in islice(reader, _SAMPLE_ROWS) if any(row))
        except csv.Error:
            continue
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        score = (times / max(sum(widths.values()), 1) if width > 1 else 0.0, width)
        if score[0] > 0 and (score[0] > most[0] + 0.1 or (score[0] > most[0] - 0.1 and score[1] > most[1])):
            best, most = delimiter, score
    return best


def _rows(text: str, delimiter: str, path: Path) -> list[list[str]]:
    limit = csv.field_size_limit(10_000_000)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[printable(cell).replace("\r\n", "\n").strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise ReadError(f"{path} is no list: {error}.", path=path, hint=EXPORT) from error
    finally:
        csv.field_size_limit(limit)


def _header_row(rows: Sequence[Sequence[str]], covered: frozenset[tuple[int, int]]) -> int | None:
    """The first row as wide as the table, if its cells are words and not amounts; else None."""
    widths = Counter(_width(row) for row in rows[:_SAMPLE_ROWS])
    widest = max((width for width, times in widths.items() if times > 1 or len(rows) < 3), default=0)
    for index, row in enumerate(rows[:40]):
        filled = [cell for cell in row if cell]
        merged = sum((index, column) in covered for column in range(len(row)))
        if len(filled) < 2 or len(filled) + merged < 0.6 * widest:
            continue
        return index if _are_words(filled) else None
    return None


def _last_header_row(
    rows: Sequence[Sequence[str]], header: int, spans: Spans, covered: frozenset[tuple[int, int]]
) -> int:
    """Headings of columns may stand below those of groups: merged cells in the first row say so."""
    deepest = max((high for (row, _), (high, _) in spans.items() if row == header), default=1)
    if deepest > 1:
        return min(header + deepest, len(rows)) - 1
    grouped = any(row == header and wide > 1 for (row, _), (_, wide) in spans.items())
    below = rows[header + 1] if grouped and header + 1 < len(rows) else ()
    under = [
        cell
        for column, cell in enumerate(below)
        if cell and ((header, column) in covered or (header, column) in spans)
    ]
    only_groups = bool(under) and len(under) == sum(1 for cell in below if cell)
    return header + 1 if only_groups and _are_words(under) else header


def _are_words(filled: Sequence[str]) -> bool:
    words = [cell for cell in filled if _LETTERS.search(cell) and not _AMOUNT.fullmatch(cell)]
    return len(words) >= 0.75 * len(filled)


def _width(row: Sequence[str]) -> int:
    return next((len(row) - index for index, cell in enumerate(reversed(row)) if cell), 0)


def add_list(builder: Builder, rows: Sequence[Sequence[str]], path: Path, spans: Spans | None = None) -> int:
    """Append a list: what stands above the headings as paragraphs, the rest as one table.

    Rows are counted as in the file, empty ones too. Returns how many rows below the headings hold data;
    raises ReadError where there are too many cells.
    """
    spans = spans or {}
    if (count := sum(map(len, rows))) > MOST_CELLS:
        raise ReadError(f"{path} has {count} cells; {MOST_CELLS} are read.", path=path, hint="Split it.")
    covered = frozenset(
        (row + down, column + right)
        for (row, column), (high, wide) in spans.items()
        for down in range(high)
        for right in range(wide)
        if down or right
    )
    header = _header_row(rows, covered)
    first = 0 if header is None else header
    for row in rows[:first]:
        builder.add("paragraph", " ".join(cell for cell in row if cell), name="title")
    if not any(any(row) for row in rows[first:]):
        return 0
    last = -1 if header is None else _last_header_row(rows, header, spans, covered)
    table = builder.new_table()
    count = 0
    for number, row in enumerate(rows[first:], start=first):
        if not any(row):
            continue
        count += number > last
        for column, cell in enumerate(row):
            if (number, column) in covered and not cell:
                continue
            high, wide = spans.get((number, column), (1, 1))
            builder.add(
                "cell",
                cell,
                table=table,
                row=number - first,
                column=column,
                row_span=high,
                column_span=wide,
                header=number <= last,
            )
    return count
