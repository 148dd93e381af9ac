"""CSV as RFC 4180 has it, in UTF-8, safe to open in a spreadsheet, with its W3C description (CSVW)."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final

from ..ontology.namespace import ID
from .sheet import Kind, Sheet, Value, text_of

__all__ = ["csv_text", "csvw", "neutral", "original"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_DATATYPES: Final[dict[Kind, str]] = {
    "number": "decimal",
    "money": "decimal",
    "date": "date",
    "boolean": "boolean",
    "link": "anyURI",
}


def neutral(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    A text that begins with apostrophes and then such a sign gets one more, so that ``original`` can undo it.

    >>> neutral("=1+1"), neutral("I.2")
    ("'=1+1", 'I.2')
    """
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def original(cell: str) -> str:
    """Undo ``neutral``."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def _cell(value: Value) -> str:
    text = text_of(value)
    return neutral(text) if isinstance(value, str) else text


def csv_text(sheet: Sheet) -> str:
    """The sheet as CSV: a header of column names, then as many fields in each row; unknown is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in sheet.columns])
    for row in sheet.rows:
        cells = [_cell(value) for value in row]
        if len(cells) == 1 and not cells[0]:
            out.write('""\r\n')  # a lone empty field would be an empty line, which readers skip
        else:
            writer.writerow(cells)
    return out.getvalue()


def csvw(sheet: Sheet, address: str) -> str:
    """The description of the CSV file at ``address`` (W3C Metadata Vocabulary for Tabular Data) as JSON."""
    columns: list[dict[str, Any]] = []
    for column in sheet.columns:
        described: dict[str, Any] = {
            "name": column.name,
            "titles": {"und": column.name},
            "datatype": _DATATYPES.get(column.kind, "string"),
        }
        if column.label_pl or column.label_en:
            described["rdfs:label"] = [
                {"@value": label, "@language": language}
                for label, language in ((column.label_pl, "pl"), (column.label_en, "en"))
                if label
            ]
        if column.meaning_pl or column.meaning_en:
            described["dc:description"] = [
                {"@value": meaning, "@language": language}
                for meaning, language in ((column.meaning_pl, "pl"), (column.meaning_en, "en"))
                if meaning
            ]
        if column.kind == "id":
            described["valueUrl"] = f"{ID}{{+{column.name}}}"
        columns.append(described)
    return _json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": sheet.language}],
            "url": address,
            "dc:title": sheet.title,
            "rdfs:comment": [f"{note.subject}: {note.text}" for note in sheet.notes],
            "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
            "tableSchema": {"columns": columns},
        }
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
