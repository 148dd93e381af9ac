"""Reads CSV in any usual encoding and delimiter, and Excel workbooks, as tables of cells."""

from __future__ import annotations

import csv
import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar, Final

import python_calamine

from ...errors import ReadError
from ..document import Document
from .base import Builder, Reader, Source, printable
from .encoding import decode

__all__ = ["CSVReader", "WorkbookReader"]

_DELIMITERS: Final = (";", ",", "\t", "|")
_SAMPLE_ROWS: Final = 200
_MOST_CELLS: Final = 5_000_000
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
            raise ReadError(f"{source.path} holds binary data, not a list.", path=source.path, hint=_EXPORT)
        text = text.lstrip("\ufeff")
        declared = re.match(r"sep=(.)\r?\n", text)
        if declared:
            text = text[declared.end() :]
        delimiter = declared.group(1) if declared else _delimiter(text)
        rows = _rows(text, delimiter, source.path)
        builder = Builder()
        count = _add(builder, rows, source.path)
        if not builder.blocks:
            raise ReadError(f"{source.path} holds only empty rows.", path=source.path, hint=_EXPORT)
        metadata = {"delimiter": delimiter, "rows": str(count)}
        return builder.document(source, media_type=self.media_type, metadata=metadata, warnings=warnings)


class WorkbookReader(Reader):
    """XLSX and XLS: a heading and a table for each sheet that is not empty."""

    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def read(self, source: Source) -> Document:
        """Read every sheet; raises ReadError for broken and protected workbooks."""
        builder = Builder()
        total = 0
        try:
            with python_calamine.CalamineWorkbook.from_path(str(source.path)) as workbook:
                for name in workbook.sheet_names:
                    rows = _values(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
                    if rows:
                        builder.add("heading", printable(name), level=1, name="sheet")
                        total += _add(builder, rows, source.path)
        except python_calamine.PasswordError as error:
            raise ReadError(
                f"{source.path} is protected with a password.",
                path=source.path,
                hint="Save it without the password.",
            ) from error
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            raise _broken(source, str(error)) from error
        except BaseException as error:
            # Of some broken workbooks the library panics: an exception that it names, but does not export.
            if type(error).__name__ != "PanicException":
                raise
            raise _broken(source, "its records contradict each other") from error
        if not total:
            raise ReadError(f"{source.path} holds only empty sheets.", path=source.path, hint=_EXPORT)
        return builder.document(source, media_type=self.media_type, metadata={"rows": str(total)})


def _broken(source: Source, why: str) -> ReadError:
    return ReadError(f"{source.path} is a broken workbook: {why}.", path=source.path, hint=_EXPORT)


_EXPORT: Final = "Export the list again as CSV in UTF-8, or as XLSX."


def _delimiter(text: str) -> str:
    """The delimiter that splits the most lines into the same number of fields, more than one."""
    lines = [line for line in text.lstrip()[:300_000].splitlines() if line.strip()][:_SAMPLE_ROWS]
    best, most = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
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
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        return [[printable(cell).replace("\r\n", "\n").strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise ReadError(f"{path} is no list: {error}.", path=path, hint=_EXPORT) from error
    finally:
        csv.field_size_limit(limit)


def _values(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    """Cells as printed, trailing empty rows and columns left out."""
    printed = [[_printed(value) for value in row] for row in rows]
    while printed and not any(printed[-1]):
        printed.pop()
    width = max(
        (len(row) - next((i for i, c in enumerate(reversed(row)) if c), len(row)) for row in printed),
        default=0,
    )
    return [row[:width] for row in printed]


def _printed(value: object) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return repr(value)
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat()
        case None:
            return ""
    return printable(str(value)).strip()


def _header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row as wide as the table, if its cells are words and not amounts; else None."""
    widths = Counter(_width(row) for row in rows[:_SAMPLE_ROWS])
    widest = max((width for width, times in widths.items() if times > 1 or len(rows) < 3), default=0)
    for index, row in enumerate(rows[:40]):
        filled = [cell for cell in row if cell]
        if len(filled) < 2 or len(filled) < 0.6 * widest:
            continue
        words = [cell for cell in filled if _LETTERS.search(cell) and not _AMOUNT.fullmatch(cell)]
        if len(words) >= 0.75 * len(filled):
            return index
        return None
    return None


def _width(row: Sequence[str]) -> int:
    return next((len(row) - index for index, cell in enumerate(reversed(row)) if cell), 0)


def _add(builder: Builder, rows: Iterable[Sequence[str]], path: Path) -> int:
    """Append one table; rows are counted as in the file, empty ones too. Returns how many rows hold data."""
    rows = list(rows)
    if sum(map(len, rows)) > _MOST_CELLS:
        raise ReadError(f"{path} has more than {_MOST_CELLS} cells.", path=path, hint="Split it.")
    header = _header_row(rows)
    first = 0
    if header is not None:
        for row in rows[:header]:
            title = " ".join(cell for cell in row if cell)
            if title:
                builder.add("paragraph", title, name="title")
        first = header
    if not any(any(row) for row in rows[first:]):
        return 0
    table = builder.new_table()
    count = 0
    for number, row in enumerate(rows[first:]):
        if not any(row):
            continue
        count += 1
        for column, cell in enumerate(row):
            builder.add(
                "cell",
                cell,
                table=table,
                row=number,
                column=column,
                header=header is not None and number == 0,
            )
    return count - (header is not None)
