"""The table of ``nurt review``: what is to be decided goes out, filled in it comes back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from ..errors import InputError
from ..ingest.decisions import Decision, OpenItem, accept, reject
from ..queries.csvfile import original
from ..queries.sheet import Column, Language, Sheet

__all__ = ["decided", "open_sheet", "rows_of"]

_COLUMNS: Final = (
    Column(name="document", label_pl="Dokument", label_en="Document"),
    Column(name="page", label_pl="Strona", label_en="Page", kind="number"),
    Column(name="quote", label_pl="Cytat", label_en="Quote"),
    Column(name="reason", label_pl="Powód", label_en="Reason"),
    Column(name="subject", label_pl="Co", label_en="Subject"),
    Column(name="predicate", label_pl="Powiązanie", label_en="Predicate"),
    Column(
        name="object",
        label_pl="Z czym",
        label_en="Object",
        meaning_pl="Przy nazwie nierozstrzygniętej: co oznacza; do wypełnienia, jeśli się ją przyjmuje",
        meaning_en="Of an open name: what it means; to be filled in where it is accepted",
    ),
    Column(name="basis", label_pl="Podstawa", label_en="Basis"),
    Column(name="confidence", label_pl="Pewność", label_en="Confidence", kind="number"),
    Column(name="candidates", label_pl="Możliwości", label_en="Candidates"),
    Column(
        name="decision",
        label_pl="Decyzja",
        label_en="Decision",
        meaning_pl="accept: tak; reject: nie; puste: później",
        meaning_en="accept, reject, or empty for later",
    ),
    Column(name="by", label_pl="Kto", label_en="By"),
    Column(name="on", label_pl="Kiedy", label_en="On", kind="date"),
    Column(name="note", label_pl="Uwagi", label_en="Note"),
)
_NAMED: Final = {
    label.casefold(): column.name
    for column in _COLUMNS
    for label in (column.name, column.label_pl, column.label_en)
}
_VERDICTS: Final = {
    **dict.fromkeys(("accept", "accepted", "yes", "tak", "przyjmij"), "accept"),
    **dict.fromkeys(("reject", "rejected", "no", "nie", "odrzuć"), "reject"),
}
_NEEDED: Final = frozenset({"document", "quote", "decision"})


def open_sheet(items: Iterable[OpenItem], *, language: Language) -> Sheet:
    """One row an item, with empty columns for the decision."""
    rows = tuple(
        (
            item.document,
            item.page,
            item.quote,
            item.reason or None,
            item.subject or None,
            item.predicate or None,
            item.object or None,
            item.basis or None,
            None if item.confidence is None else Decimal(str(round(item.confidence, 4))),
            "; ".join(item.candidates) or None,
            *(None, None, None, None),
        )
        for item in items
    )
    title = "Do rozstrzygnięcia" if language == "pl" else "To be decided"
    return Sheet(name="review", title=title, columns=_COLUMNS, rows=rows, language=language)


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The filled rows of a CSV or XLSX table with their numbers, cells by the names of the columns.

    Raises InputError where the file cannot be read or a column is missing.
    """
    lines = _workbook(path) if path.suffix.lower() in (".xlsx", ".xls") else _csv(path)
    names: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not names:
            names = [_NAMED.get(cell.strip().casefold(), "") for cell in line]
            if missing := sorted(_NEEDED - set(names)):
                raise InputError(
                    f"{path} has no columns {', '.join(missing)}.",
                    path=path,
                    hint="Fill in what nurt review -o decide.csv writes, and keep its first line.",
                )
            continue
        row = {name: cell for name, cell in zip(names, line, strict=False) if name}
        if any(cell.strip() for cell in row.values()):
            yield number, row


def _csv(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} cannot be read: {error}.", path=path, hint="Save it as CSV in UTF-8, or as XLSX."
        ) from error
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    for line in csv.reader(text.splitlines(keepends=True), delimiter=delimiter):
        yield [original(cell) for cell in line]


def _workbook(path: Path) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except (OSError, CalamineError) as error:
        raise InputError(
            f"{path} cannot be read: {error}.", path=path, hint="Save it as XLSX or CSV."
        ) from error
    for row in rows:
        yield [cell.isoformat() if isinstance(cell, date) else str(cell) for cell in row]


def decided(path: Path, *, by: str, on: date) -> tuple[Decision, ...]:
    """The decisions of a filled table, rows without one left out.

    Args:
        by, on: who decided and when, where a row does not say.

    Raises InputError, naming the row, for a decision that is none, without a name, or that leaves open which
    link is meant.
    """
    found = []
    for number, row in rows_of(path):
        if not row["decision"].strip():
            continue
        try:
            found.append(_decision(row, by, on))
        except ValueError as error:
            raise InputError(f"{path}, row {number}: {error}.", path=path, hint="Mend that row.") from error
    return tuple(found)


def _decision(row: Mapping[str, str], by: str, on: date) -> Decision:
    def cell(name: str) -> str:
        return row.get(name, "").strip()

    verdict = _VERDICTS.get(cell("decision").casefold())
    if verdict is None:
        raise ValueError(f"{cell('decision')!r} is no decision; write accept or reject")
    who, when = cell("by") or by, date.fromisoformat(cell("on")[:10]) if cell("on") else on
    if not who:
        raise ValueError("nobody is named; fill in the column by, or give --by")
    item = OpenItem(
        document=cell("document"),
        quote=row["quote"],
        reason=cell("reason"),
        subject=cell("subject"),
        predicate=cell("predicate"),
        object=cell("object"),
        candidates=tuple(filter(None, cell("candidates").split("; "))),
    )
    if verdict == "accept":
        return accept(item, by=who, on=when, note=cell("note"))
    return reject(item, by=who, on=when, note=cell("note"))
