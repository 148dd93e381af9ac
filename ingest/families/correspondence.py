"""Tables that say what contributes to what: two columns that name things, one row a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from ...ontology.identifiers import thematic_objective
from ...ontology.namespace import ID, NURT
from ..claims import Claim, Review
from ..document import Document
from .programmes import investment_priorities
from .tables import Table, tables
from .words import fold

__all__ = ["correspondences", "headline_target", "is_correspondence", "priority"]

Find = Callable[[str], URIRef | None]

_PRIORITIES: Final = (
    ("smart-growth", r"smart growth|rozwoj inteligentny|inteligentny rozwoj"),
    ("sustainable-growth", r"sustainable growth|rozwoj zrownowazony|zrownowazony rozwoj"),
    ("inclusive-growth", r"inclusive growth|(?:rozwoj )?sprzyjajacy wlaczeniu spolecznemu"),
)
_TARGETS: Final = (
    ("employment", r"employment|zatrudnienie"),
    ("research-and-development", r"research and development|badania i rozwoj|r d|b r"),
    ("climate-and-energy", r"climate(?: change)?(?: and)?(?: energy)?.*|zmiany klimatu.*|20 20 20"),
    ("education", r"education|edukacja"),
    (
        "poverty",
        r"(?:fighting |combating )?poverty(?: and social exclusion)?|ubostwo.*|.*wykluczeni\w+ spoleczn\w+",
    ),
)


def priority(text: str) -> URIRef | None:
    """The Europe 2020 priority that a text names, or None where it names none or several."""
    found = [name for name, words in _PRIORITIES if re.search(rf"\b(?:{words})\b", fold(text))]
    return ID[f"europe-2020/priority/{found[0]}"] if len(found) == 1 else None


def headline_target(text: str) -> URIRef | None:
    """The Europe 2020 headline target that a cell or heading names, or None."""
    folded = fold(text)
    found = [name for name, words in _TARGETS if re.fullmatch(words, folded)]
    return ID[f"europe-2020/target/{found[0]}"] if found else None


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
            if low_cell is None or high_cell is None or not row.line:
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
