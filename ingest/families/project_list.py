"""Lists of projects: one row a contract, or one a contract and place; headings differ by programme."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from ...ontology.identifiers import PROGRAMME_PREFIXES, allocation, concept, element, hashed, instrument, slug
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Claim, Element, Review, Tally
from ..document import Document, Evidence
from .amounts import number
from .columns import Columns, find_columns, listed_rows
from .numbering import code_of, heading
from .programmes import funds, programme_of, regions
from .project_columns import COLUMNS, MONEY, NEEDED
from .tables import Cell, Row, Table, tables
from .words import fold

__all__ = ["extract", "score"]

Item = Element | Claim | Review | Tally
_NUMBER: Final = re.compile(
    r"(?P<code>(?P<prefix>[A-Z]{4})\.\d{2}\.\d{2}(?:\.\d{2})?)-.*?/(?P<year>\d{2})(?P<annex>-\d{2})?$"
)
_FIRST_YEAR: Final = 14
"""Contracts numbered in a year before 2014 are of the period 2007-2013."""
_DAY: Final = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b")
_DAY_FIRST: Final = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})\b")
_SUM: Final = re.compile(r"(?:razem|suma|ogolem|lacznie|total|grand total|sum)(?: .*)?")
_NOT_NAMED: Final = "a row without a title or a contract"
_NO_AMOUNT: Final = "an amount that is no number of 0 or more"
_KINDS: Final = (NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure)


def score(document: Document) -> float:
    """0.95 where a table has the columns of a project list, else 0.0."""
    found = (find_columns(table, COLUMNS, needed=NEEDED, second_row=True) for table in tables(document))
    rich = any(c and c.places.keys() & {"number", "total", *MONEY} for c in found)
    return 0.95 if rich else 0.0


@dataclass(slots=True)
class _Project:
    """One contract: its latest annex sets it out, every row may add a place."""

    element: Element
    annex: int
    amount: tuple[Item, ...]
    places: dict[URIRef, list[Evidence]] = field(default_factory=dict)


def extract(document: Document, entry: Entry) -> Iterator[Item]:
    """Programmes, axes and measures by their codes, and a project a contract with its amount and places.

    Amounts repeat in every row of a contract and count once; where a list holds several annexes of one
    contract, the latest says title and amount. A heading that means nothing here, a row without a title or
    a number, and an amount that is no number are reviewed.
    """
    reading = _List(document, entry)
    for table in tables(document):
        found = find_columns(table, COLUMNS, needed=NEEDED, second_row=True)
        if found is not None:
            reading.unknown(table, found)
    for table, columns, row in listed_rows(tables(document), COLUMNS, needed=NEEDED, second_row=True):
        reading.row(table, columns, row)
    yield from reading.result()


class _List:
    def __init__(self, document: Document, entry: Entry) -> None:
        self.document = document
        self.slug = programme_of(document, entry) if entry.instrument else ""
        self.title = entry.title_pl or entry.title_en
        self.language = document.language or "pl"
        self.structure: dict[URIRef, Element] = {}
        self.projects: dict[URIRef, _Project] = {}
        self.reviews: list[Review] = []
        self.merged = 0
        self.aside: Counter[str] = Counter()

    def unknown(self, table: Table, columns: Columns) -> None:
        """Review the headings that mean nothing here."""
        headings = [row for row in table.rows if row.index <= columns.header_row][-2:]
        for cell in (cell for row in headings for cell in row.cells):
            if cell.line in columns.unknown:
                place = self.document.evidence(cell.start, cell.end)
                self.reviews.append(Review(evidence=place, reason=f"column not known: {cell.line}"))

    def row(self, table: Table, columns: Columns, row: Row) -> None:
        """Take one row into account: a project, one more place of it, or a reason why it is set aside."""
        evidence = row.evidence(self.document)
        title, printed = columns.line(table, row, "title"), columns.line(table, row, "number")
        holder = columns.line(table, row, "beneficiary")
        if not title or not (printed or holder):
            first = next(cell for cell in row.cells if cell.filled)
            if _SUM.fullmatch(fold(first.line)):
                self.aside["a sum of other rows"] += 1
                return
            self.aside[_NOT_NAMED] += 1
            self.reviews.append(Review(evidence=evidence, reason=_NOT_NAMED))
            return
        named = _NUMBER.match(printed)
        contract = printed[: named.start("annex")] if named and named["annex"] else printed
        annex = int(named["annex"][1:]) if named and named["annex"] else 0
        # "brak" or "—" is no number: what has none is known by its title and its beneficiary.
        numbered = any(map(str.isdigit, contract))
        iri = concept("project", contract) if numbered else hashed("project", title, holder)
        known = self.projects.get(iri)
        self.merged += known is not None
        if known is None or annex > known.annex:
            made = Element(
                iri=iri,
                type=NURT.Project,
                evidence=evidence,
                parent=self._parent(table, columns, row, named, evidence),
                code=printed,
                labels=(Literal(title, lang=self.language),),
                properties=((NURT.beneficiaryLabel, Literal(holder, lang=self.language)),) if holder else (),
            )
            amount = tuple(self._amount(iri, table, columns, row))
            places = known.places if known else {}
            known = self.projects[iri] = _Project(made, annex, amount, places)
        for region, _, _ in regions(columns.line(table, row, "place")):
            known.places.setdefault(region, []).append(evidence)

    def _parent(
        self, table: Table, columns: Columns, row: Row, named: re.Match[str] | None, evidence: Evidence
    ) -> URIRef | None:
        """The deepest of programme, axis, measure and sub-measure that the row names, all of them set out."""
        title = columns.line(table, row, "programme")
        cells = [columns.line(table, row, name) for name in ("axis", "measure", "sub_measure")]
        contract = named["code"] if named else ""
        prefix = (contract or next((c for c in cells if re.match(r"[A-Z]{4}\.\d", c)), ""))[:4]
        owner = self.slug or self._programme(prefix, title, named)
        if not owner:
            return None
        parent = instrument(owner)
        regional = owner.startswith("rpo-") or "regional" in fold(title)
        if not title and owner not in PROGRAMME_PREFIXES.values():
            title = self.title or owner
        self._set(
            parent, NURT.RegionalProgramme if regional else NURT.NationalProgramme, evidence, None, "", title
        )
        printed, titles = _codes(cells, contract)
        for kind, code, name in zip(_KINDS, printed, titles, strict=False):
            iri = element(owner, code)
            self._set(iri, kind, evidence, parent, code, name)
            parent = iri
        return parent

    def _programme(self, prefix: str, title: str, named: re.Match[str] | None) -> str:
        """The slug of the programme in its period: RPMA is another programme in 2007-2013 than later."""
        base = PROGRAMME_PREFIXES.get(prefix, "") or slug(title)
        early = "2007" in title or (named is not None and int(named["year"]) < _FIRST_YEAR)
        if not base or not early:
            return base
        return f"{base.removesuffix('-2007-2013').removesuffix('-na-lata')}-2007-2013"

    def _set(
        self, iri: URIRef, kind: URIRef, evidence: Evidence, parent: URIRef | None, code: str, title: str
    ) -> None:
        known = self.structure.get(iri)
        if known is None or (title and not known.labels):
            self.structure[iri] = Element(
                iri=iri,
                type=kind,
                evidence=evidence,
                parent=parent,
                code=code,
                labels=(Literal(title, lang=self.language),) if title else (),
            )

    def _amount(self, owner: URIRef, table: Table, columns: Columns, row: Row) -> Iterator[Item]:
        """The Union's contribution, with the total beside it; without one the grant, else nothing."""
        for name in MONEY:
            cell = columns.cell(table, row, name)
            if cell is None or not cell.filled:
                continue
            value = _money(cell)
            if value is None:
                place = self.document.evidence(cell.start, cell.end)
                self.reviews.append(Review(evidence=place, reason=f"{_NO_AMOUNT}: {cell.line[:60]!r}"))
                continue
            evidence = self.document.evidence(cell.start, cell.end)
            euro = re.search(r"EUR|€", f"{cell.line} {columns.headings.get(name, '')}")
            signed = _day(columns.line(table, row, "signed"))
            properties: list[tuple[URIRef, URIRef | Literal]] = [
                (NURT.amount, Literal(str(value), datatype=XSD.decimal)),
                (NURT.currency, Literal("EUR" if euro else "PLN")),
            ]
            beside = columns.cell(table, row, "total")
            total = _money(beside) if beside else None
            paid_by = funds(columns.line(table, row, "fund"))
            if len(paid_by) == 1:
                properties.append((NURT.fund, paid_by[0]))
            if total is not None:
                properties.append((NURT.totalAmount, Literal(str(total), datatype=XSD.decimal)))
            if signed is not None:
                properties.append((NURT.asOf, Literal(signed)))
            iri = allocation(owner, name, str(signed or ""))
            yield Element(iri=iri, type=NURT.Allocation, evidence=evidence, properties=tuple(properties))
            yield _claim(owner, NURT.hasAllocation, iri, "allocation", (evidence,))
            return

    def result(self) -> Iterator[Item]:
        """Structure, projects, amounts, places, reviews, what became of the rows."""
        yield from self.structure.values()
        yield from (project.element for project in self.projects.values())
        for project in self.projects.values():
            yield from project.amount
        for project in self.projects.values():
            for region, places in project.places.items():
                yield _claim(
                    project.element.iri, NURT.coversRegion, region, "place-of-project", tuple(places)
                )
        yield from self.reviews
        yield Tally(taken=len(self.projects), merged=self.merged, set_aside=tuple(sorted(self.aside.items())))


def _codes(cells: list[str], contract: str) -> tuple[list[str], list[str]]:
    """The codes of axis, measure and sub-measure, as printed where a cell prints them, and their titles.

    Args:
        cells: of the three columns. A cell may hold a deeper code than its column's, which names those above.
        contract: the code that the contract's number opens with ("RPLD.02.03.01"), or "".
    """
    deepest = ""
    at_depth: dict[int, tuple[str, str]] = {}
    for column, cell in enumerate([*cells, contract]):
        found = heading(cell) if cell else None
        printed = found.printed if found else cell
        code = code_of(printed)
        depth = code.count(".")
        if not code or depth > 2 or (column < len(cells) and depth < column):
            continue  # "2" in the column of measures is a number within an axis that nobody names
        if deepest and not f"{code}.".startswith(f"{deepest}.") and not f"{deepest}.".startswith(f"{code}."):
            break  # the columns contradict each other: what they agree on counts
        at_depth.setdefault(depth, (printed, found.title if found else ""))
        deepest = code if depth >= deepest.count(".") else deepest
    if not deepest:
        return [], []
    parts = deepest.split(".")
    levels = [at_depth.get(depth, (".".join(parts[: depth + 1]), "")) for depth in range(len(parts))]
    return [code for code, _ in levels], [title for _, title in levels]


def _money(cell: Cell) -> Decimal | None:
    value = number(cell.line)
    return value if value is not None and value >= 0 else None


def _day(printed: str) -> date | None:
    match = _DAY.match(printed) or _DAY_FIRST.match(printed)
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _claim(
    subject: URIRef, predicate: URIRef, target: URIRef, rule: str, places: tuple[Evidence, ...]
) -> Claim:
    return Claim(
        subject=subject,
        predicate=predicate,
        object=target,
        basis="stated",
        confidence=1.0,
        rule=f"project-list/{rule}",
        evidence=places,
    )
