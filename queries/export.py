"""Sheets to files: CSV, XLSX, JSON, Markdown, HTML; files are written whole or not at all."""

from __future__ import annotations

import html
import json
import os
import tempfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal, get_args

from rdflib import URIRef

from ..errors import InputError, UnknownNameError
from ..ontology.identifiers import short
from ..ontology.namespace import ID
from .csvfile import csv_text, csvw
from .sheet import Column, Language, Sheet, Value, shown
from .xlsx import xlsx_bytes

__all__ = ["FORMATS", "Format", "format_of", "render", "write", "write_bytes", "write_text"]

Format = Literal["csv", "xlsx", "json", "md", "html", "csvw"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


def format_of(path: Path, asked: str | None = None) -> Format:
    """The format asked for, else the one that the file's extension names.

    Raises UnknownNameError for a format or extension that is not one of ``FORMATS``.
    """
    name = (asked or path.suffix.removeprefix(".")).lower()
    name = {"markdown": "md", "htm": "html", "xls": "xlsx"}.get(name, name)
    if name not in FORMATS:
        what = f"{asked!r} is no format." if asked else f"{path.name}: the extension names no format."
        raise UnknownNameError(what, name=name, candidates=FORMATS)
    return name


def render(sheet: Sheet, to: Format, *, more: Sequence[Sheet] = ()) -> bytes:
    """The sheet in a format, as the bytes of a file. ``more`` sheets go into a workbook only."""
    if to == "xlsx":
        return xlsx_bytes((sheet, *more))
    if to == "csv":
        return csv_text(sheet).encode("utf-8")
    if to == "csvw":
        return csvw(sheet, f"{sheet.name}.csv").encode("utf-8")
    if to == "json":
        return _json(sheet).encode("utf-8")
    if to == "md":
        return _markdown(sheet).encode("utf-8")
    return _html(sheet).encode("utf-8")


def write(sheet: Sheet, path: Path, to: Format | None = None, *, more: Sequence[Sheet] = ()) -> Path:
    """Write the sheet to a file; a CSV gets its description beside it as ``NAME.csv-metadata.json``."""
    chosen = to or format_of(path)
    write_bytes(path, render(sheet, chosen, more=more))
    if chosen == "csv":
        beside = path.with_name(f"{path.name}-metadata.json")
        write_bytes(beside, csvw(sheet, path.name).encode("utf-8"))
    return path


def write_text(text: str, path: Path) -> None:
    """Write a text as UTF-8, see ``write_bytes``."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that it is there complete or not at all, whatever happens in between.

    Raises InputError where the folder is missing or may not be written to.
    """
    if not path.parent.is_dir():
        raise InputError(
            f"{path.parent} is no folder.", path=path, hint="Make it first, or write somewhere else."
        )
    name = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            name = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written: {error.strerror}.", path=path) from error


def _plain(value: Value) -> Any:
    if isinstance(value, URIRef):
        return short(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _json(sheet: Sheet) -> str:
    """Columns with their meanings, rows as objects with every key, unknown as null."""
    content = {
        "name": sheet.name,
        "title": sheet.title,
        "notes": [{"subject": note.subject, "text": note.text} for note in sheet.notes],
        "columns": [
            {
                "name": column.name,
                "kind": column.kind,
                "label": {"pl": column.label("pl"), "en": column.label("en")},
                "meaning": {"pl": column.meaning_pl, "en": column.meaning_en},
            }
            for column in sheet.columns
        ],
        "rows": [{name: _plain(value) for name, value in record.items()} for record in sheet.records()],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _markdown(sheet: Sheet) -> str:
    """A table as GitHub reads it; bars and line breaks inside cells are escaped."""

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cells) + " |"

    def cell(text: str) -> str:
        return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")

    def cells(row: tuple[Value, ...]) -> list[str]:
        pairs = zip(sheet.columns, row, strict=True)
        return [cell(shown(value, column, sheet.language)) for column, value in pairs]

    right = ("money", "number")
    lines = [
        f"# {sheet.title}",
        "",
        line([cell(column.label(sheet.language)) for column in sheet.columns]),
        line(["---:" if column.kind in right else "---" for column in sheet.columns]),
        *(line(cells(row)) for row in sheet.rows),
    ]
    if sheet.notes:
        lines += ["", *(f"- {note.subject}: {note.text}" for note in sheet.notes)]
    return "\n".join(lines) + "\n"


_STYLE: Final = """
body{font:15px/1.45 system-ui,sans-serif;margin:2rem;color:#1b1b1b}
table{border-collapse:collapse}caption{text-align:left;font-weight:600;font-size:1.2rem;margin-bottom:.6rem}
th,td{border:1px solid #c8ccd0;padding:.3rem .5rem;vertical-align:top;text-align:left;max-width:34rem}
th{background:#1f3864;color:#fff;position:sticky;top:0}td.right{text-align:right;white-space:nowrap}
"""


def _html(sheet: Sheet) -> str:
    """One self-contained page: the table and its notes; it loads nothing."""
    page = [
        f'<!DOCTYPE html>\n<html lang="{sheet.language}">\n<head>\n<meta charset="utf-8">',
        f"<title>{html.escape(sheet.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<table>",
        f"<caption>{html.escape(sheet.title)}</caption>\n<thead><tr>",
    ]
    for column in sheet.columns:
        meaning = html.escape(column.meaning(sheet.language))
        page.append(f'<th scope="col" title="{meaning}">{html.escape(column.label(sheet.language))}</th>')
    page.append("</tr></thead>\n<tbody>")
    for row in sheet.rows:
        cells = "".join(
            f"<td{' class=right' if column.kind in ('money', 'number') else ''}>"
            f"{_html_cell(value, column, sheet.language)}</td>"
            for column, value in zip(sheet.columns, row, strict=True)
        )
        page.append(f"<tr>{cells}</tr>")
    page.append("</tbody>\n</table>")
    if sheet.notes:
        page.append("<dl>")
        page += [f"<dt>{html.escape(n.subject)}</dt><dd>{html.escape(n.text)}</dd>" for n in sheet.notes]
        page.append("</dl>")
    page.append("</body>\n</html>\n")
    return "\n".join(page)


def _html_cell(value: Value, column: Column, language: Language) -> str:
    text = html.escape(shown(value, column, language))
    if (
        isinstance(value, URIRef)
        and str(value).startswith(("http://", "https://"))
        and not value.startswith(str(ID))
    ):
        return f'<a href="{html.escape(str(value))}">{text}</a>'
    return text
