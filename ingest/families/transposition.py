"""Transposition tables: which investment priority each measure carries out (annex 1 of a SZOOP)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rdflib import Literal, URIRef

from ...ontology.identifiers import element, instrument
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Claim, Element, Review
from ..document import Document, Evidence
from .columns import Columns, find_columns, listed_rows
from .numbering import Heading, Kind, heading
from .programmes import investment_priorities, programme_class, programme_of, thematic_objectives
from .tables import Row, Table, tables
from .words import fold

__all__ = ["COLUMNS", "extract", "is_transposition", "score", "transpositions"]

Item = Element | Claim | Review
COLUMNS: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "axis": r"(?:numer i nazwa |nr )?os(?:i)?(?: priorytetow\w+)?(?: po| rpo)?|priority axis",
        "measure": r"(?:numer i nazwa |nr )?dzialani[ea](?: poddzialani[ea])?|measure(?: sub ?measure)?",
        "sub_measure": r"(?:numer i nazwa |nr )?poddzialani[ea]|sub ?measure",
        "priority": r"(?:numer i nazwa |nr )?priorytet\w*(?: inwestycyjn\w+)?|investment priority",
        "objective": r"(?:numer i nazwa |nr )?cele?u?(?: tematyczn\w+)|thematic objective",
    }.items()
}
_NEEDED: Final = frozenset({"measure", "priority"})
_KINDS: Final[tuple[tuple[str, URIRef, int], ...]] = (
    ("axis", NURT.PriorityAxis, 0),
    ("measure", NURT.Measure, 1),
    ("sub_measure", NURT.SubMeasure, 2),
)
_NOTHING: Final = frozenset({"", "nie dotyczy", "n d", "nd", "brak", "not applicable", "pomoc techniczna"})


def is_transposition(table: Table) -> bool:
    """Whether a table ties measures to investment priorities."""
    return find_columns(table, COLUMNS, needed=_NEEDED) is not None


def score(document: Document) -> float:
    """0.85 where a table ties measures to investment priorities, else 0.0."""
    return 0.85 if any(is_transposition(table) for table in tables(document)) else 0.0


def extract(document: Document, entry: Entry) -> Iterator[Item]:
    """The programme, the measures that the table names, and the priorities and objectives they address."""
    slug = programme_of(document, entry)
    if not slug:
        evidence = document.evidence(0, min(len(document.text), 300))
        yield Review(
            evidence=evidence, reason="no programme named: neither CCI, nor title, nor codes are known"
        )
        return
    rows = [*transpositions(document, slug)]
    first = next((item for item in rows if isinstance(item, Element)), None)
    if first is not None:
        yield Element(iri=instrument(slug), type=programme_class(slug), evidence=first.evidence)
    yield from rows


def transpositions(document: Document, slug: str) -> Iterator[Item]:
    """The rows of all such tables of one programme; merged cells hold for every row that they cover."""
    reading = _Rows(document, slug)
    for table, columns, row in listed_rows(tables(document), COLUMNS, needed=_NEEDED):
        reading.row(table, columns, row)
    yield from reading.elements.values()
    yield from reading.claims.values()
    yield from reading.reviews


class _Rows:
    def __init__(self, document: Document, slug: str) -> None:
        self.document, self.slug = document, slug
        self.elements: dict[URIRef, Element] = {}
        self.claims: dict[tuple[URIRef, URIRef], Claim] = {}
        self.reviews: list[Review] = []

    def row(self, table: Table, columns: Columns, row: Row) -> None:
        """Take one row into account."""
        evidence = row.evidence(self.document)
        owner: URIRef | None = None
        for name, kind, depth in _KINDS:
            cell = columns.cell(table, row, name)
            if cell is None:
                continue
            for line in cell.text.split("\n"):
                found = _named(line, depth)
                if found is not None:
                    owner = self._set(found, kind if name != "measure" else _class(found), evidence)
        said = columns.line(table, row, "priority")
        targets = [iri for iri, _, _ in investment_priorities(said if _prefixed(said) else f"PI {said}")]
        targets += [iri for iri, _, _ in thematic_objectives(columns.line(table, row, "objective"))]
        if owner is None:
            self.reviews.append(Review(evidence=evidence, reason="no measure with a code"))
        elif not targets and fold(said) not in _NOTHING:
            self.reviews.append(
                Review(evidence=evidence, reason=f"no investment priority recognised: {said[:80]}")
            )
        elif owner is not None:
            for target in targets:
                self._address(owner, target, evidence)

    def _set(self, found: Heading, kind: URIRef, evidence: Evidence) -> URIRef:
        iri = element(self.slug, found.code)
        above = found.code.rpartition(".")[0]
        if above:
            upper = (NURT.PriorityAxis, NURT.Measure)[min(above.count("."), 1)]
            parent = self._set(Heading("numbered", "", above, "", 0), upper, evidence)
        else:
            parent = instrument(self.slug)
        old = self.elements.get(iri)
        if old is None or (found.title and not old.labels):
            self.elements[iri] = Element(
                iri=iri,
                type=kind,
                evidence=evidence,
                parent=parent,
                code=found.printed or (old.code if old else "") or found.code,
                labels=(Literal(found.title, lang=self.document.language or "pl"),) if found.title else (),
            )
        return iri

    def _address(self, owner: URIRef, target: URIRef, evidence: Evidence) -> None:
        known = self.claims.get((owner, target))
        self.claims[owner, target] = Claim(
            subject=owner,
            predicate=NURT.addresses,
            object=target,
            basis="coded",
            confidence=1.0,
            rule="transposition/priority-of-measure",
            evidence=(*(known.evidence if known else ()), evidence),
        )


def _prefixed(text: str) -> bool:
    return re.match(r"\s*(?:PI|IP|Priorytet|Investment)", text, re.IGNORECASE) is not None


def _named(line: str, depth: int) -> Heading | None:
    """The axis or (sub-)measure that a line names; a code alone will do."""
    kinds: tuple[Kind, ...] = ("axis", "measure", "sub_measure", "numbered")
    found = heading(line, sure=True) or heading(f"Działanie {line.strip()}", sure=True)
    return found if found and found.kind in kinds and found.code.count(".") >= depth > -1 else None


def _class(found: Heading) -> URIRef:
    return NURT.SubMeasure if found.code.count(".") > 1 else NURT.Measure
