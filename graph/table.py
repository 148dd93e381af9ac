"""The answer to a SELECT query: columns that never shift, rows of terms, None where nothing is bound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .terms import Term

__all__ = ["Row", "Table"]

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows, in the order in which the query gives them.

    Args:
        columns: the names of the query's variables, without question mark.
        rows: one tuple per solution, as long as ``columns``; None where the variable is not bound.

    >>> from rdflib import Literal
    >>> table = Table(("code", "amount"), ((Literal("I.2"), None),))
    >>> len(table), table.column("code")
    (1, (rdflib.term.Literal('I.2'),))
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def column(self, name: str) -> Row:
        """All values of one column; raises KeyError for a column that the table does not have."""
        try:
            position = self.columns.index(name)
        except ValueError:
            raise KeyError(f"no column {name!r}; there are {', '.join(self.columns)}") from None
        return tuple(row[position] for row in self.rows)

    def records(self) -> tuple[dict[str, Term | None], ...]:
        """The rows as dictionaries by column name."""
        return tuple(dict(zip(self.columns, row, strict=True)) for row in self.rows)
