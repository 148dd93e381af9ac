"""Tables that go on over a page: the parts are joined, and the row that the page break cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .pdf_breaks import LINE
from .pdf_page import PageContent, Region, Table
from .pdf_running import Running
from .pdf_tables import Cell

__all__ = ["join_tables"]

_SAME: Final = 4.0
"""Columns of a table that goes on over a page stand at most so many points elsewhere."""
_HEAD: Final = 3
"""So many rows at most are printed again at the top of the next page."""
_FINISHED: Final = re.compile(r"[.!?:;][\"”’»)\]]*$")
_GOES_ON: Final = re.compile(
    r"\b(?:cd\.|c\.\s?d\.|ciąg dalszy|dokończenie|continued|cont\.|cont['’]d)", re.IGNORECASE
)
"""Said above the part of a table that stands on the next page."""

Row = tuple[Cell, ...]


def join_tables(pages: Sequence[PageContent], running: Sequence[Running]) -> None:
    """Mark the tables that go on from the page before, and give the rest of a cut row to its cells.

    Args:
        running: of each page; gets the heading rows that are printed again, and captions that say so.
    """
    heads: list[tuple[str, ...]] = []
    parts: list[Table] = []
    last: Table | None = None
    for page, around in zip(pages, running, strict=True):
        if last is not None:
            _drop_caption(page, around)
        first = page.parts[0] if page.parts else None
        if isinstance(first, Table) and last is not None and _goes_on(parts, first):
            first.continues = True
            parts.append(first)
            rows = _rows(first)
            for head in heads:
                if len(rows) > 1 and _texts(rows[0]) == head:
                    around.header += [cell.text for cell in rows.pop(0)]
            cut = last.open_bottom and first.open_top and len(rows) == len(_rows(first))
            if _is_rest(_rows(last)[-1], rows[0], cut=cut):
                _give_back(_rows(last)[-1], rows.pop(0))
            elif first.open_top and rows:
                whole = rows[0]
                rows[0] = _without_rest(last, whole)
                first.overlap = int(len(rows[0]) < len(whole))
            first.cells = [cell for row in rows for cell in row]
            if not rows:
                del page.parts[0]
        elif isinstance(first, Table):
            heads = [_texts(row) for row in _rows(first)[:_HEAD]]
        ends = page.parts[-1] if page.parts else None
        if isinstance(ends, Table) and not (ends is first and ends.continues):
            heads = [_texts(row) for row in _rows(ends)[:_HEAD]]
            parts = [ends]
        last = ends if isinstance(ends, Table) else None


def _drop_caption(page: PageContent, running: Running) -> None:
    """A line above a table which says that the table goes on is set aside with the header."""
    if len(page.parts) > 1 and isinstance(page.parts[0], Region) and isinstance(page.parts[1], Table):
        lines = page.parts[0].lines
        if len(lines) == 1 and _GOES_ON.search(lines[0].text):
            running.header.append(lines[0].text)
            del page.parts[0]


def _goes_on(parts: Sequence[Table], here: Table) -> bool:
    """Whether a table goes on from the page before; all its parts then count their columns alike.

    Where the page break cut a row, one part may have lines that the other has not.

    Args:
        parts: the table on the pages before.
    """
    before = parts[-1]
    if _same_columns(before, here):
        return True
    if not (before.open_bottom or here.open_top):
        return False
    few, many = sorted((before.columns, here.columns), key=len)
    places = [
        next((number for number, at in enumerate(many) if abs(at - place) <= _SAME), None) for place in few
    ]
    known = [place for place in places if place is not None]
    if len(known) < len(places) or known[0] != 0 or known[-1] != len(many) - 1:
        return False
    for table in parts if few is before.columns else (here,):
        table.columns = many
        for cell in table.cells:
            end = known[cell.column + cell.column_span]
            cell.column = known[cell.column]
            cell.column_span = end - cell.column
    return True


def _without_rest(above: Table, row: Row) -> Row:
    """A row without the empty rests of cells that the page break cut; these reach down beside the others."""
    end = max(cell.row + cell.row_span for cell in above.cells)
    last = {(cell.column, cell.column_span): cell for cell in above.cells if cell.row + cell.row_span == end}
    rests = [cell for cell in row if not cell.text and (cell.column, cell.column_span) in last]
    if len(rests) in (0, len(row)):
        return row
    for cell in rests:
        last[cell.column, cell.column_span].row_span += cell.row_span
    return tuple(cell for cell in row if cell.text or cell not in rests)


def _same_columns(before: Table, here: Table) -> bool:
    return len(before.columns) == len(here.columns) and all(
        abs(a - b) <= _SAME for a, b in zip(before.columns, here.columns, strict=True)
    )


def _rows(table: Table) -> list[Row]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [tuple(row) for row in rows.values()]


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(" ".join(cell.text.split()) for cell in row)


def _is_rest(above: Row, row: Row, *, cut: bool) -> bool:
    """Whether a row is the rest of the one above the page break.

    Its cells are those of the one above, each text goes on with one there, and one of them in the middle of
    a sentence, unless no line is drawn between them.

    Args:
        cut: whether the row above has no line below it, and this one none above.
    """
    if len(row) < 2 or [(cell.column, cell.column_span) for cell in row] != [
        (cell.column, cell.column_span) for cell in above
    ]:
        return False
    pairs = [(before.text, after.text) for before, after in zip(above, row, strict=True) if after.text]
    if not pairs or len(pairs) == len(row) or not all(before for before, _ in pairs):
        return False
    return cut or any(
        before.endswith("-") or (_FINISHED.search(before) is None and after[0].islower())
        for before, after in pairs
    )


def _give_back(above: Row, row: Row) -> None:
    for before, after in zip(above, row, strict=True):
        if after.text:
            before.cut = len(before.text) + 1
            before.text += LINE + after.text
