"""Reads Excel workbooks, XLSX and XLS: a heading and a table for each sheet that is not empty."""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

import python_calamine

from ...errors import ReadError
from ..document import Document
from .base import Builder, Reader, Source, printable
from .spreadsheet import EXPORT, MOST_CELLS, Spans, add_list

__all__ = ["WorkbookReader"]

_CELL: Final = re.compile(rb"<(?:\w+:)?c\b[^<>]{0,200}?\br\s*=\s*[\"']([A-Za-z]{1,20})(\d{1,40})[\"']")
_LARGEST_PART: Final = 400 * 1024 * 1024
_CHUNK: Final = 1 << 20
_MOST_COVERED: Final = 10_000
"""A merged cell that covers more is a formatted background, not a heading."""


class WorkbookReader(Reader):
    """Every sheet, also hidden ones; cells as their values, dates as ISO 8601, merged cells with spans."""

    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def read(self, source: Source) -> Document:
        """Read every sheet; raises ReadError for broken, protected and endless workbooks."""
        if source.head.startswith(b"PK"):
            _check_size(source)
        builder = Builder()
        total = 0
        try:
            with python_calamine.CalamineWorkbook.from_path(str(source.path)) as workbook:
                for name in workbook.sheet_names:
                    sheet = workbook.get_sheet_by_name(name)
                    rows = _values(sheet.to_python(skip_empty_area=False))
                    if rows:
                        builder.add("heading", printable(name), level=1, name="sheet")
                        total += add_list(builder, rows, source.path, _spans(sheet))
        except python_calamine.PasswordError as error:
            raise ReadError(
                f"{source.path} is protected with a password.",
                path=source.path,
                hint="Save it without the password.",
            ) from error
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            if isinstance(error, ReadError):
                raise
            raise _broken(source, str(error)) from error
        except BaseException as error:
            # Of some broken workbooks the library panics: an exception that it names, but does not export.
            if type(error).__name__ != "PanicException":
                raise
            raise _broken(source, "its records contradict each other") from error
        if not total:
            raise ReadError(f"{source.path} holds only empty sheets.", path=source.path, hint=EXPORT)
        return builder.document(source, media_type=self.media_type, metadata={"rows": str(total)})


def _broken(source: Source, why: str) -> ReadError:
    return ReadError(f"{source.path} is a broken workbook: {why}.", path=source.path, hint=EXPORT)


def _check_size(source: Source) -> None:
    """Refuse sheets whose outermost cells span more than is read: the library makes room for all between."""
    try:
        with zipfile.ZipFile(source.path) as archive:
            for part in archive.infolist():
                if not part.filename.startswith("xl/"):
                    continue
                if part.file_size > _LARGEST_PART:
                    raise _broken(source, f"it unpacks to too much, {part.filename}")
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    with archive.open(part) as file:
                        area = _area(iter(lambda: file.read(_CHUNK), b""))
                    if area > MOST_CELLS:
                        raise _broken(source, f"its cells lie {area} places apart, {MOST_CELLS} are read")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise _broken(source, str(error)) from error


def _area(pieces: Iterator[bytes]) -> int:
    """Rows times columns of the box around all cells that say where they are."""
    rows: list[int] = []
    columns: list[int] = []
    rest = b""
    for piece in pieces:
        text = rest + piece
        found = _CELL.findall(text)
        if found:
            rows += _ends([int(row) for _, row in found])
            columns += _ends([_column(name) for name, _ in found])
        rest = text[-300:]
    if not rows:
        return 0
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def _ends(numbers: list[int]) -> list[int]:
    return [min(numbers), max(numbers)]


def _column(name: bytes) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number


def _spans(sheet: python_calamine.CalamineSheet) -> Spans:
    """The merged cells; those of a whole row or column that some authors merge for looks are left out."""
    found = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        high, wide = bottom - top + 1, right - left + 1
        if 1 < high * wide <= _MOST_COVERED:
            found[top, left] = (high, wide)
    return found


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
