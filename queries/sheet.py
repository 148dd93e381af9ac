"""A sheet: the table that every answer comes as, with columns that say what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from rdflib import Literal as RDFLiteral
from rdflib import URIRef
from rdflib.term import Node

from ..ontology.identifiers import short
from ..ontology.terms import term_label

__all__ = [
    "Column",
    "Kind",
    "Language",
    "Note",
    "Sheet",
    "Value",
    "rows_from",
    "shown",
    "text_of",
    "value_of",
]

Value: TypeAlias = str | int | float | bool | Decimal | date | URIRef | None
"""One cell. A ``URIRef`` is a thing of the graph or an address; None is unknown, never nought or empty."""

Kind = Literal["text", "number", "money", "date", "boolean", "id", "link", "term"]
Language = Literal["pl", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Args:
        name: stable, in ASCII: the header in CSV and the key in JSON.
        label_pl, label_en: what users read above it.
        meaning_pl, meaning_en: one sentence on what stands in it, or "".
        kind: how cells are typed and shown; money is in euro. A term is a stable name (``partOf``),
            which data formats keep; people see its label in their language.
    """

    name: str
    label_pl: str = ""
    label_en: str = ""
    meaning_pl: str = ""
    meaning_en: str = ""
    kind: Kind = "text"

    def label(self, language: Language) -> str:
        """The heading in a language, the name where there is none."""
        return (self.label_pl if language == "pl" else self.label_en) or self.name

    def meaning(self, language: Language) -> str:
        """What stands in the column, or ""."""
        return self.meaning_pl if language == "pl" else self.meaning_en


@dataclass(frozen=True, slots=True)
class Note:
    """A line that goes with a sheet: what it was made from, as of when, with which bases."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Columns and rows in a fixed order; every row has one cell for each column.

    Args:
        name: short, for file and sheet names.
        title: one line for people.
        notes: what a reader must know to use the figures.

    Raises ValueError for a row that is longer or shorter than the columns.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[Note, ...] = field(default=())
    language: Language = "pl"

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"{self.name}: row {number} has {len(row)} cells for {len(self.columns)} columns"
                )

    def records(self) -> list[dict[str, Value]]:
        """The rows as dictionaries, keys in column order."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> tuple[Value, ...]:
        """All cells of one column. Raises KeyError for an unknown name."""
        names = [column.name for column in self.columns]
        if name not in names:
            raise KeyError(f"{name!r} is no column of {self.name}; columns: {', '.join(names)}")
        position = names.index(name)
        return tuple(row[position] for row in self.rows)

    def where(self, keep: Callable[[dict[str, Value]], bool]) -> Sheet:
        """The same sheet with those rows only for which ``keep`` holds."""
        rows = (row for row, record in zip(self.rows, self.records(), strict=True) if keep(record))
        return Sheet(
            name=self.name,
            title=self.title,
            columns=self.columns,
            rows=tuple(rows),
            notes=self.notes,
            language=self.language,
        )


def value_of(node: Node | None) -> Value:
    """The Python value of an RDF term: whole numbers, decimals, dates, truth values, texts, IRIs.

    A literal whose text does not fit its datatype stays as the text it is.
    """
    if node is None or isinstance(node, URIRef):
        return node
    if isinstance(node, RDFLiteral):
        value = node.toPython()
        if isinstance(value, datetime):
            return value.date() if not node.language else str(node)
        if isinstance(value, bool | int | float | Decimal | date):
            return value
    return str(node)


def text_of(value: Value) -> str:
    """A cell as text: short ids for things of the graph, ISO dates, plain numbers, "" for unknown.

    >>> text_of(Decimal("171619822")), text_of(None), text_of(True)
    ('171619822', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, URIRef):
        return short(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def shown(value: Value, column: Column, language: Language) -> str:
    """A cell as text for people: as ``text_of``, but terms by their labels.

    >>> shown("coded", Column(name="basis", kind="term"), "pl")
    'z kodu'
    """
    text = text_of(value)
    return term_label(text, language) if column.kind == "term" else text


def rows_from(table: Iterable[Sequence[Node | None]]) -> tuple[tuple[Value, ...], ...]:
    """The rows of a query's result as cells."""
    return tuple(tuple(value_of(node) for node in row) for row in table)
