"""Tables of HTML pages: which are data, which are layout, and what is in their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from .base import Builder
from .grid import Grid
from .html_classes import role_of

__all__ = ["DataTable", "Row", "is_layout", "list_rows", "rows_of"]

_MARKER: Final = re.compile(
    r"[(\[]?(?:\d{1,3}[a-z]{0,2}|[a-z]{1,2}|[ivxlc]{1,6}|[A-Z])[.)\]]+|[—–•●▪·\u00ad-]"
)
_SPACES: Final = re.compile("[ \t\r\n\f]+")
_LINES: Final = re.compile(r"[ \t]*\n\s*")
_BLOCKS: Final = frozenset(
    {"p", "div", "ul", "ol", "li", "table", "tr", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"section", "article", "pre", "blockquote", "hr", "figure"}
)
_SKIPPED: Final = frozenset({"script", "style", "noscript", "template", "-comment"})
_DEEPEST: Final = 60
_MOST_COLUMNS: Final = 100
_MOST_ROWS: Final = 10_000
"""A cell covers no more; larger numbers are mistakes that only cost time."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its cells; ``header`` where the whole row is one."""

    cells: tuple[LexborNode, ...]
    header: bool


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def rows_of(table: LexborNode) -> Iterator[Row]:
    """The rows of a table in order, not those of tables inside its cells."""
    for part in _children(table):
        if part.tag in {"thead", "tbody", "tfoot"}:
            for row in _children(part):
                if row.tag == "tr":
                    yield _row(row, part.tag == "thead")
        elif part.tag == "tr":
            yield _row(part, False)


def _row(node: LexborNode, header: bool) -> Row:
    return Row(tuple(cell for cell in _children(node) if cell.tag in {"td", "th"}), header)


def list_rows(table: LexborNode, rows: Sequence[Row]) -> list[tuple[str, LexborNode]]:
    """The Official Journal sets numbered points as tables: return (number, cell) of each, or nothing."""
    if "table" in (table.attributes.get("class") or "") or table.attributes.get("border", "0") not in {
        "0",
        None,
        "",
    }:
        return []
    points = []
    for row in rows:
        filled = [cell for cell in row.cells if (cell.text(deep=True) or "").strip()]
        if len(row.cells) > 4 or len(filled) != 2 or any(cell.tag == "th" for cell in filled):
            return []
        marker = (filled[0].text(deep=True) or "").strip()
        if not _MARKER.fullmatch(marker):
            return []
        points.append((marker, filled[1]))
    return points


def is_layout(table: LexborNode, rows: Sequence[Row]) -> bool:
    """Whether a table only places things on the page: one cell, or a table of tables."""
    if (table.attributes.get("role") or "") in {"presentation", "none"}:
        return True
    cells = [cell for row in rows for cell in row.cells]
    if any(cell.tag == "th" for cell in cells):
        return False
    if len(cells) <= 1:
        return True
    nested = sum(cell.css_first("table, h1, h2, h3") is not None for cell in cells)
    return nested > 0 and nested * 3 >= len(cells)


class DataTable:
    """Appends the cells of a table to the builder; list items keep their bullets, one a line."""

    def __init__(self, builder: Builder, *, path: str, name: str) -> None:
        self._builder = builder
        self._path = path
        self._name = name

    def add(self, rows: Sequence[Row]) -> list[LexborNode]:
        """Append the rows; returns the footnotes found in them."""
        grid = Grid(self._builder.new_table())
        notes: list[LexborNode] = []
        for row in rows:
            grid.next_row()
            for cell in row.cells:
                attributes = cell.attributes
                wide = _span(attributes.get("colspan"), _MOST_COLUMNS)
                high = _span(attributes.get("rowspan"), _MOST_ROWS)
                self._builder.add(
                    "cell",
                    _cell_text(cell, notes),
                    table=grid.table,
                    row=grid.row,
                    column=grid.place(None, wide, high),
                    row_span=high,
                    column_span=wide,
                    header=row.header or cell.tag == "th",
                    name=attributes.get("class") or self._name,
                    path=self._path,
                )
        return notes


def _span(value: str | None, most: int) -> int:
    return min(max(int(value), 1), most) if value and re.fullmatch(r"\d{1,6}", value.strip()) else 1


def _cell_text(cell: LexborNode, notes: list[LexborNode]) -> str:
    parts: list[str] = []
    _collect(cell, parts, notes, 0, 0)
    return re.sub(" {2,}", " ", _LINES.sub("\n", "".join(parts))).strip()


def _collect(node: LexborNode, parts: list[str], notes: list[LexborNode], lists: int, deep: int) -> None:
    if deep > _DEEPEST:
        parts.append(node.text(deep=True, separator=" "))
        return
    number = 0
    for child in _children(node):
        tag = child.tag or ""
        if tag == "-text":
            parts.append(_SPACES.sub(" ", child.text_content or ""))
        elif tag == "br":
            parts.append("\n")
        elif tag in _SKIPPED:
            continue
        elif role_of(child.attributes.get("class") or "") == "note":
            notes.append(child)
        elif tag == "li":
            number += 1
            bullet = f"{number}." if node.tag == "ol" else "•" if lists <= 1 else "–"
            printed = (child.text(deep=True) or "").lstrip()
            parts.append("\n" if printed[:1] in "•–—-●▪" else f"\n{bullet} ")
            _collect(child, parts, notes, lists, deep + 1)
            parts.append("\n")
        elif tag in {"td", "th"}:
            _collect(child, parts, notes, lists, deep + 1)
            parts.append("\t")
        elif tag in _BLOCKS:
            # A paragraph that opens a list item stays on the line of its bullet.
            parts.append(
                "" if node.tag == "li" and parts and parts[-1].endswith(("• ", "– ", ". ")) else "\n"
            )
            _collect(child, parts, notes, lists + (tag in {"ul", "ol"}), deep + 1)
            parts.append("\n")
        else:
            _collect(child, parts, notes, lists, deep + 1)
