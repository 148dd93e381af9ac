"""Lists of projects: one row a contract, or one a contract and place; headings differ by programme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from ...ontology.identifiers import PROGRAMME_PREFIXES, allocation, concept, element, instrument, slug
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Claim, Element, Review
from ..document import Document, Evidence
from .amounts import number
from .columns import Columns, find_columns, listed_rows
from .numbering import code_of, heading
from .programmes import programme_of, regions
from .tables import Row, Table, tables
from .words import fold

__all__ = ["COLUMNS", "extract", "score"]

Item = Element | Claim | Review
COLUMNS: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "title": r"(?:tytul|nazwa) (?:projektu|operacji).*|(?:project|operation) (?:title|name).*",
        "number": r"(?:numer|nr) (?:umowy|projektu).*|(?:contract|project) (?:number|no).*",
        "beneficiary": r"(?:nazwa )?beneficjent\w*(?: .*)?|beneficiary(?: name)?",
        "programme": r"(?:nazwa )?programu? operacyjn\w+.*|program(?: programme)?"
        r"|(?:operational )?programme.*",
        "sub_measure": r"poddzialanie.*|sub ?measure.*",
        "measure": r"dzialanie.*|measure.*",
        "axis": r"os(?: priorytetowa.*)?|priority(?: axis.*)?|priorytet(?: kod| priority)?",
        "eu": r"dofinansowanie (?:ue|unii|z ue)\b.*|wklad (?:ue|unii).*"
        r"|wartosc unijnego dofinansowania.*"
        r"|(?:eu|union) (?:co ?financing|contribution).*",
        "grant": r"dofinansowanie|(?:wartosc|kwota) dofinansowania.*",
        "total": r"(?:calkowita )?wartosc(?: ogolem| projektu| calkowita)?(?: zl| pln)?(?: total .*)?"
        r"|total (?:project )?value.*",
        "eligible": r"wydatki kwalifikowalne.*|wartosc wydatkow kwalifikowalnych.*|eligible.*",
        "place": r"wojewodztwo.*|(?:miejsce|obszar) realizacji.*|project location.*|location.*",
        "signed": r"data (?:podpisania|zawarcia).*|date of (?:contract|signature).*",
        "kept": r"nip.*|kod pocztowy.*|miejscowosc.*|powiat.*|gmina.*|forma (?:prawna|finansowania).*"
        r"|temat priorytetu.*|ostatni wniosek.*|projekt zakonczony.*|data .*"
        r"|(?:project )?(?:start|end) date.*|fundusz.*|fund|lp|l p|no|(?:zakres|dziedzina|obszar|cel) .*"
        r"|(?:area|intervention|union|type|project|form|territory) .*"
        r"|projekt (?:konkursowy|realizowany) .*|esf secondary theme"
        r"|poziom .*|stopa .*|typ .*|skrocony opis.*|kod .*|krajow\w+ .*",
    }.items()
}
"""Names of columns and what their folded headings match."""
_NEEDED: Final = frozenset({"title", "beneficiary"})
_NUMBER: Final = re.compile(
    r"(?P<prefix>[A-Z]{4})\.\d{2}\.\d{2}(?:\.\d{2})?-.*?/(?P<year>\d{2})(?P<annex>-\d{2})?$"
)
_FIRST_YEAR: Final = 14
"""Contracts numbered in a year before 2014 are of the period 2007-2013."""


def score(document: Document) -> float:
    """0.95 where a table has the columns of a project list, else 0.0."""
    found = (find_columns(table, COLUMNS, needed=_NEEDED) for table in tables(document))
    rich = any(c and c.places.keys() & {"number", "eu", "total", "grant"} for c in found)
    return 0.95 if rich else 0.0


@dataclass(slots=True)
class _Project:
    """One contract: the first row sets it out, every row may add a place."""

    iri: URIRef
    element: Element
    places: dict[URIRef, list[Evidence]] = field(default_factory=dict)
    rows: int = 1


def extract(document: Document, entry: Entry) -> Iterator[Item]:
    """Programmes, axes and measures by their codes, and a project a contract with its amount and places.

    Amounts repeat in every row of a contract and count once. A heading that means nothing here and a row
    without a title or a number are reviewed.
    """
    reading = _List(document, entry)
    for table in tables(document):
        found = find_columns(table, COLUMNS, needed=_NEEDED)
        if found is not None:
            reading.unknown(table, found)
    for table, columns, row in listed_rows(tables(document), COLUMNS, needed=_NEEDED):
        reading.row(table, columns, row)
    yield from reading.result()


class _List:
    def __init__(self, document: Document, entry: Entry) -> None:
        self.document = document
        self.slug = programme_of(document, entry) if entry.instrument else ""
        self.language = document.language or "pl"
        self.structure: dict[URIRef, Element] = {}
        self.projects: dict[URIRef, _Project] = {}
        self.amounts: list[Item] = []
        self.reviews: list[Review] = []

    def unknown(self, table: Table, columns: Columns) -> None:
        """Review the headings that mean nothing here."""
        for cell in next(row for row in table.rows if row.index == columns.header_row).cells:
            if cell.line in columns.unknown:
                place = self.document.evidence(cell.start, cell.end)
                self.reviews.append(Review(evidence=place, reason=f"column not known: {cell.line}"))

    def row(self, table: Table, columns: Columns, row: Row) -> None:
        """Take one row into account."""
        evidence = row.evidence(self.document)
        title, printed = columns.line(table, row, "title"), columns.line(table, row, "number")
        holder = columns.line(table, row, "beneficiary")
        if not title or not (printed or holder):
            self.reviews.append(Review(evidence=evidence, reason="a row without a title or a contract"))
            return
        named = _NUMBER.match(printed)
        contract = printed[: named.start("annex")] if named and named["annex"] else printed
        iri = concept("project", contract or f"{title} {holder}"[:120])
        known = self.projects.get(iri)
        if known is not None:
            known.rows += 1
        else:
            parent = self._parent(table, columns, row, named, evidence)
            known = self.projects[iri] = _Project(
                iri,
                Element(
                    iri=iri,
                    type=NURT.Project,
                    evidence=evidence,
                    parent=parent,
                    code=printed,
                    labels=(Literal(title, lang=self.language),),
                    properties=((NURT.beneficiaryLabel, Literal(holder, lang=self.language)),)
                    if holder
                    else (),
                ),
            )
            self._amount(iri, table, columns, row)
        for region, _, _ in regions(columns.line(table, row, "place")):
            known.places.setdefault(region, []).append(evidence)

    def _parent(
        self, table: Table, columns: Columns, row: Row, named: re.Match[str] | None, evidence: Evidence
    ) -> URIRef | None:
        """The deepest of programme, axis, measure and sub-measure that the row names, all of them set out."""
        title = columns.line(table, row, "programme")
        codes = [columns.line(table, row, name) for name in ("axis", "measure", "sub_measure")]
        prefix = (
            named["prefix"] if named else next((c[:4] for c in codes if re.match(r"[A-Z]{4}\.\d", c)), "")
        )
        owner = self.slug or self._programme(prefix, title, named)
        if not owner:
            return None
        parent = instrument(owner)
        regional = owner.startswith("rpo-") or "regional" in fold(title)
        self._set(
            parent, NURT.RegionalProgramme if regional else NURT.NationalProgramme, evidence, None, "", title
        )
        kinds = (NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure)
        for kind, printed in zip(kinds, codes, strict=True):
            found = heading(printed)
            code = found.printed if found else printed
            depth = code_of(code).count(".") if code_of(code) else -1
            if depth != kinds.index(kind):
                break
            iri = element(owner, code)
            self._set(iri, kind, evidence, parent, code, found.title if found else "")
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
        if iri not in self.structure:
            self.structure[iri] = Element(
                iri=iri,
                type=kind,
                evidence=evidence,
                parent=parent,
                code=code,
                labels=(Literal(title, lang=self.language),) if title else (),
            )

    def _amount(self, owner: URIRef, table: Table, columns: Columns, row: Row) -> None:
        """The Union's contribution, with the total beside it; without one the grant, else nothing."""
        for name in ("eu", "grant"):
            cell = columns.cell(table, row, name)
            value = number(cell.line) if cell else None
            if cell is None or value is None:
                continue
            iri = allocation(owner, name)
            total = number(columns.line(table, row, "total"))
            evidence = self.document.evidence(cell.start, cell.end)
            properties: list[tuple[URIRef, URIRef | Literal]] = [
                (NURT.amount, Literal(str(value), datatype=XSD.decimal)),
                (NURT.currency, Literal("EUR" if re.search(r"EUR|€", cell.line) else "PLN")),
            ]
            if total is not None:
                properties.append((NURT.totalAmount, Literal(str(total), datatype=XSD.decimal)))
            self.amounts.append(
                Element(iri=iri, type=NURT.Allocation, evidence=evidence, properties=tuple(properties))
            )
            self.amounts.append(self._claim(owner, NURT.hasAllocation, iri, "allocation", (evidence,)))
            return

    def _claim(
        self, subject: URIRef, predicate: URIRef, target: URIRef, rule: str, places: tuple[Evidence, ...]
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

    def result(self) -> Iterator[Item]:
        """Structure, projects, amounts, places, reviews."""
        yield from self.structure.values()
        yield from (project.element for project in self.projects.values())
        yield from self.amounts
        for project in self.projects.values():
            for region, places in project.places.items():
                yield self._claim(project.iri, NURT.coversRegion, region, "place-of-project", tuple(places))
        yield from self.reviews
