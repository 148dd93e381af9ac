"""Rows in = rows accounted for: what became of every row of a list, also of those that no family read."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from .claims import Extraction, Tally
from .document import Document
from .families.tables import tables

__all__ = ["account"]

_KEPT_AS_TEXT = "nothing here says what its columns mean; it is kept as text"
_OUTSIDE = "outside the lists whose columns were understood; it is kept as text"


def account(document: Document, extraction: Extraction) -> Extraction:
    """Complete the account of a list: a spreadsheet's rows are all counted, whatever read them.

    A family that reads lists counts its rows itself. Of other spreadsheets a row is taken where an element,
    a claim or a review points into it. Documents that are no spreadsheets keep the family's account.
    """
    if "rows" not in document.metadata:
        return extraction
    total = int(document.metadata["rows"])
    rows = extraction.rows
    if rows is None:
        taken = _pointed_at(document, extraction)
        rows, reason = Tally(taken=taken), _KEPT_AS_TEXT
    else:
        reason = _OUTSIDE
    if total > rows.read:
        rows += Tally(set_aside=((reason, total - rows.read),))
    return replace(extraction, rows=rows)


def _pointed_at(document: Document, extraction: Extraction) -> int:
    """How many rows below the headings hold a piece of evidence."""
    places = sorted(
        evidence.start
        for evidence in (
            *(element.evidence for element in extraction.elements),
            *(place for claim in extraction.claims for place in claim.evidence),
            *(review.evidence for review in extraction.reviews),
        )
    )
    count = 0
    for table in tables(document):
        for row in table.rows:
            if any(cell.header for cell in row.cells):
                continue
            start, end = min(c.start for c in row.cells), max(c.end for c in row.cells)
            at = bisect_left(places, start)
            count += at < len(places) and places[at] < max(end, start + 1)
    return count
