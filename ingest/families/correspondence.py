"""Tables that say what contributes to what: two columns that name things, one row a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from ...ontology.identifiers import thematic_objective
from ...ontology.namespace import NURT
from ..claims import Claim, Review
from ..document import Document
from .europe2020 import headline_target, priority
from .programmes import investment_priorities
from .tables import Table, tables
from .words import fold

__all__ = ["correspondences", "is_correspondence"]

Find = Callable[[str], URIRef | None]


def _objective(text: str) -> URIRef | None:
    match = re.fullmatch(
        r"(?:(?:CT|TO|Thematic objective|Cel tematyczny)\s*)?0?(\d{1,2})\.?(?:\s.*)?", text, re.I | re.S
    )
    return thematic_objective(match.group(1)) if match and 1 <= int(match.group(1)) <= 11 else None


def _investment_priority(text: str) -> URIRef | None:
    found = investment_priorities(
        text if re.match(r"\s*(?:PI|IP|Priorytet|Investment)", text, re.I) else f"PI {text}"
    )
    return found[0][0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a column may name: its headings, its rank in the cascade (0 = top), how a cell is understood."""

    heading: re.Pattern[str]
    rank: int
    find: Find
    what: str


_KINDS: Final = tuple(
    _Kind(re.compile(heading), rank, find, what)
    for rank, (what, find, heading) in enumerate(
        (
            (
                "Europe 2020 priority",
                priority,
                r"(?:europe 2020 )?priority(?: of europe 2020)?|priorytet(?: strategii)? europa 2020",
            ),
            (
                "headline target",
                headline_target,
                r"headline target|cel glowny(?: strategii europa 2020)?",
            ),
            ("thematic objective", _objective, r"thematic objective|cel tematyczny"),
            ("investment priority", _investment_priority, r"investment priority|priorytet inwestycyjny"),
        )
    )
)
_UNKNOWN: Final = frozenset({"", "unknown", "nieznane"})
_OF_AXES: Final = re.compile(
    r"os priorytetowa.*|priority axis|fundusz|fund|wsparcie.*|eu (?:amount|support)|code|kod"
)


def _columns(table: Table) -> tuple[tuple[int, _Kind], tuple[int, _Kind]] | None:
    """The two columns that name things, the lower thing first."""
    if not table.rows or len(table.rows) < 2:
        return None
    found: list[tuple[int, _Kind]] = []
    for cell in table.rows[0].cells:
        folded = fold(cell.line)
        if _OF_AXES.fullmatch(folded):
            return None
        for kind in _KINDS:
            if kind.heading.fullmatch(folded):
                found.append((cell.column, kind))
    if len(found) != 2 or found[0][1].rank == found[1][1].rank:
        return None
    low, high = sorted(found, key=lambda item: -item[1].rank)
    return low, high


def is_correspondence(table: Table) -> bool:
    """Whether a table links things of two ranks, row by row."""
    return _columns(table) is not None


def correspondences(document: Document, family: str) -> Iterator[Claim | Review]:
    """The links of all such tables: the lower thing contributes to the upper, because the table says so."""
    for table in tables(document):
        columns = _columns(table)
        if columns is None:
            continue
        (low_column, low), (high_column, high) = columns
        for row in table.rows[1:]:
            low_cell, high_cell = table.covering(row, low_column), table.covering(row, high_column)
            if low_cell is None or high_cell is None or fold(high_cell.line) in _UNKNOWN:
                continue
            child, parent = low.find(low_cell.line), high.find(high_cell.line)
            start, end = min(low_cell.start, high_cell.start), max(low_cell.end, high_cell.end)
            evidence = document.evidence(start, end)
            if child is None or parent is None:
                missing = low.what if child is None else high.what
                yield Review(evidence=evidence, reason=f"{missing} not recognised")
                continue
            addresses = high.what in ("thematic objective", "investment priority")
            yield Claim(
                subject=child,
                predicate=NURT.addresses if addresses else NURT.contributesTo,
                object=parent,
                basis="coded" if addresses else "stated",
                confidence=1.0,
                rule=f"{family}/correspondence-table",
                evidence=(evidence,),
            )
