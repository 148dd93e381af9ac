"""Answers for Python: plain records that show themselves in a notebook and write themselves to files."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, overload

from rdflib import URIRef

from ..errors import NurtError
from ..ontology.identifiers import short
from .export import write
from .sheet import Column, Language, Sheet, Value, shown, text_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Plain", "Record", "Records"]

Plain: TypeAlias = str | int | float | bool | date | None
"""One value: things of the graph by short id, whole numbers as int, None for unknown."""
Record: TypeAlias = dict[str, Plain]

_ROWS_SHOWN: Final = 20
_ROWS_PRINTED: Final = 10
_WIDEST: Final = 32
_LINE: Final = 110


class Records(Sequence[Record]):
    """The rows of an answer as dictionaries, in a fixed order, every one with every key.

    >>> from nurt.queries.sheet import Column, Sheet
    >>> rows = ((URIRef("https://w3id.org/nurt/id/rpo-lodzkie/1.2"), Decimal("171619822"), None),)
    >>> columns = (Column(name="id", kind="id"), Column(name="eur", kind="money"), Column(name="note"))
    >>> Records(Sheet(name="example", title="Example", columns=columns, rows=rows))[0]
    {'id': 'rpo-lodzkie/1.2', 'eur': 171619822, 'note': None}
    """

    def __init__(self, sheet: Sheet, *, more: Sequence[Sheet] = ()) -> None:
        self.sheet = sheet
        self._more = more
        names = [column.name for column in sheet.columns]
        self._records = [
            {name: _plain(value) for name, value in zip(names, row, strict=True)} for row in sheet.rows
        ]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Name, labels, meaning and kind of each column."""
        return self.sheet.columns

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        return self._records[index]

    def column(self, name: str) -> list[Plain]:
        """All values of one column. Raises KeyError for an unknown name."""
        return [_plain(value) for value in self.sheet.column(name)]

    def to_csv(self, path: str | Path) -> Path:
        """Write CSV with its W3C description beside it; texts that look like formulas are neutralised."""
        return write(self.sheet, Path(path), "csv")

    def to_xlsx(self, path: str | Path) -> Path:
        """Write a workbook: typed cells, frozen header, filters, links, and a sheet of notes."""
        return write(self.sheet, Path(path), "xlsx", more=self._more)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame: numbers, dates and truth values typed, unknown as missing.

        Raises NurtError where pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise NurtError(
                "pandas is not installed.", hint="Install it: pip install nurt[pandas]."
            ) from None
        frame = pandas.DataFrame(self._records, columns=[column.name for column in self.columns])
        for column in self.columns:
            values = frame[column.name]
            if column.kind in ("number", "money"):
                frame[column.name] = pandas.to_numeric(values).convert_dtypes()
            elif column.kind == "date":
                frame[column.name] = pandas.to_datetime(values)
            elif column.kind == "boolean":
                frame[column.name] = values.astype("boolean")
        return frame

    def __repr__(self) -> str:
        shown = self.sheet.rows[:_ROWS_PRINTED]
        cells = [[column.name for column in self.columns], *([_short(v) for v in row] for row in shown)]
        widths = [max(len(row[n]) for row in cells) for n in range(len(self.columns))]
        lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells]
        lines = [line if len(line) <= _LINE else f"{line[: _LINE - 1]}…" for line in lines]
        more = len(self) - len(shown)
        if more:
            lines.append(f"… {more} more")
        return "\n".join([f"{self.sheet.title} ({len(self)})", *lines])

    def _repr_html_(self) -> str:
        sheet = self.sheet
        head = "".join(
            f'<th title="{html.escape(column.meaning(sheet.language))}">'
            f"{html.escape(column.label(sheet.language))}</th>"
            for column in sheet.columns
        )
        body = "".join(
            "<tr>"
            + "".join(_cell(v, c, sheet.language) for v, c in zip(row, sheet.columns, strict=True))
            + "</tr>"
            for row in sheet.rows[:_ROWS_SHOWN]
        )
        more = len(self) - _ROWS_SHOWN
        words = "dalszych wierszy" if sheet.language == "pl" else "more rows"
        rest = f"<p>… {more} {words}</p>" if more > 0 else ""
        return (
            f"<table><caption>{html.escape(sheet.title)} ({len(self)})</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"
        )


def _plain(value: Value) -> Plain:
    if isinstance(value, URIRef):
        return short(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _short(value: Value) -> str:
    text = " ".join(text_of(value).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _cell(value: Value, column: Column, language: Language) -> str:
    number = column.kind in ("number", "money") and isinstance(value, int | float | Decimal)
    text = (
        f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")
        if number
        else html.escape(shown(value, column, language))
    )
    if column.kind == "link" and str(value).startswith(("http://", "https://")):
        text = f'<a href="{text}">{text}</a>'
    return f'<td style="text-align:{"right" if number else "left"}">{text}</td>'
