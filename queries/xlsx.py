"""XLSX: typed cells, frozen header, filters, links to the originals, and a sheet of notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from rdflib import URIRef

from ..ontology.namespace import ID
from .sheet import Column, Sheet, Value, shown, text_of

__all__ = ["xlsx_bytes"]

_CREATED: Final = datetime(2000, 1, 1)  # fixed: the same sheet gives the same bytes
_WIDEST: Final = 60
_LONGEST_CELL: Final = 32_767  # the most characters that the format allows in a cell
_LONGEST_ADDRESS: Final = 2_079
_MOST_LINKS: Final = 65_530


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with one worksheet for each sheet, and one with the notes of all.

    Numbers, dates and truth values are cells of their type; text is never taken for a formula. The headings
    are in the sheet's language, a comment on each says what stands in the column.
    """
    import xlsxwriter  # heavy; loaded only where a workbook is asked for

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": sheets[0].title, "created": _CREATED})
    styles = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True}
        ),
        "text": book.add_format({"valign": "top", "text_wrap": True}),
        "money": book.add_format({"valign": "top", "num_format": "#,##0.##"}),
        "whole": book.add_format({"valign": "top", "num_format": "#,##0"}),
        "number": book.add_format({"valign": "top", "num_format": "General"}),
        "date": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
        "link": book.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1}),
    }
    names: set[str] = set()
    for sheet in sheets:
        _worksheet(book.add_worksheet(_name(sheet.name, names)), sheet, styles)
    _notes(
        book.add_worksheet(_name("Noty" if sheets[0].language == "pl" else "Notes", names)), sheets, styles
    )
    book.close()
    return out.getvalue()


def _name(wanted: str, taken: set[str]) -> str:
    """A worksheet name that the format allows: 31 characters, none of []:*?/\\, no two alike."""
    base = "".join("-" if c in "[]:*?/\\" else c for c in wanted).strip("'")[:31] or "sheet"
    name, number = base, 2
    while name.casefold() in taken:
        name = f"{base[:28]}-{number}"
        number += 1
    taken.add(name.casefold())
    return name


def _worksheet(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    widths = [len(column.label(sheet.language)) for column in sheet.columns]
    for position, column in enumerate(sheet.columns):
        page.write_string(0, position, column.label(sheet.language), styles["head"])
        if meaning := column.meaning(sheet.language):
            page.write_comment(0, position, f"{column.name}: {meaning}", {"x_scale": 2})
    links = 0
    for number, row in enumerate(sheet.rows, start=1):
        for position, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            if column.kind == "term" and value is not None:
                value = shown(value, column, sheet.language)
            links += _cell(page, number, position, column, value, styles, links < _MOST_LINKS)
            widths[position] = max(widths[position], len(text_of(value)))
    for position, width in enumerate(widths):
        page.set_column(position, position, min(_WIDEST, max(8, width + 2)))
    page.freeze_panes(1, 1)
    if sheet.columns:
        page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)


def _cell(
    page: Any, row: int, position: int, column: Column, value: Value, styles: dict[str, Any], link: bool
) -> int:
    """Write one cell; return how many links were used up."""
    if value is None:
        return 0
    if isinstance(value, bool):
        page.write_boolean(row, position, value, styles["text"])
    elif isinstance(value, int | float | Decimal):
        style = "number"
        if column.kind == "money":
            style = "whole" if value == int(value) else "money"
        page.write_number(row, position, float(value), styles[style])
    elif isinstance(value, date):
        page.write_datetime(row, position, datetime(value.year, value.month, value.day), styles["date"])
    elif link and _address(value):
        page.write_url(row, position, str(value), styles["link"], text_of(value)[:255])
        return 1
    else:
        page.write_string(row, position, _shortened(text_of(value)), styles["text"])
    return 0


def _address(value: Value) -> bool:
    """Whether a cell is an address on the web that a reader can open; things of the graph are not."""
    return (
        isinstance(value, URIRef)
        and not value.startswith(str(ID))
        and str(value).startswith(("http://", "https://"))
        and len(value) <= _LONGEST_ADDRESS
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _notes(page: Any, sheets: Sequence[Sheet], styles: dict[str, Any]) -> None:
    pl = sheets[0].language == "pl"
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 110)
    number = 0
    for sheet in sheets:
        page.write_string(number, 0, sheet.name, styles["head"])
        page.write_string(number, 1, sheet.title, styles["head"])
        number += 1
        for note in sheet.notes:
            page.write_string(number, 0, note.subject, styles["text"])
            page.write_string(number, 1, _shortened(note.text), styles["text"])
            number += 1
        page.write_string(number, 0, "Kolumny" if pl else "Columns", styles["head"])
        page.write_string(number, 1, "", styles["head"])
        number += 1
        for column in sheet.columns:
            meaning = column.meaning(sheet.language) or column.label(sheet.language)
            page.write_string(number, 0, column.label(sheet.language), styles["text"])
            page.write_string(number, 1, f"{meaning} ({column.name})", styles["text"])
            number += 1
        number += 1
