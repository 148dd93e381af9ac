"""Finance plans: what the Union plans to pay by axis, fund, category of region and thematic objective.

Layouts: Table 18c of the SFC2014 model (Annex I of Implementing Regulation (EU) No 288/2014) and the European
Commission's open data on planned ESIF finances, one row an axis, fund, objective and category of region.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, XSD

from ...ontology.identifiers import (
    CCI_PROGRAMMES,
    allocation,
    element,
    instrument,
    is_code,
    thematic_objective,
)
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Basis, Claim, Element, Review, Tally
from ..document import Document, Evidence
from .amounts import number
from .columns import Columns, find_columns, listed_rows
from .numbering import heading
from .programmes import CCI, categories_of_region, funds, programme_class, programme_of
from .sources import sources
from .tables import Row, Table, tables
from .words import fold

__all__ = ["COLUMNS", "extract", "score"]

COLUMNS: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "cci": r"cci(?: no| number)?|numer cci",
        "programme": r"programme(?: title)?|program(?: operacyjny)?|tytul programu",
        "axis": r"os(?: priorytetowa)?|(?:nr|numer) osi(?: priorytetowej)?"
        r"|(?:id of )?priority(?: axis)?|priorytet",
        "fund": r"fundusz|fund",
        "category": r"kategoria regionu|category of region",
        "objective": r"cel tematyczny|thematic objective|to code|kod celu tematycznego",
        "eu": r"wsparcie (?:ue|unii).*|eu (?:amount|support).*|union support.*|srodki ue.*",
        "national": r"wklad krajowy.*|national (?:amount|counterpart).*",
        "total": r"ogolem.*|total(?: amount| funding)?.*|finansowanie ogolem.*",
        "rate": r"(?:poziom|stopa) (?:wspol|do)finansowania.*|(?:eu )?co ?financing(?: rate)?.*",
    }.items()
}
"""Names of columns and what their folded headings match."""
_NEEDED: Final = frozenset({"axis", "fund", "eu"})
_SUM: Final = re.compile(r"razem|suma|ogolem|lacznie|total|sub ?total|grand total|w sumie")
_DATED: Final = re.compile(
    r"(?:stan na(?: dzie[ńn])?|as of|export of)\D{0,20}(\d{4})-(\d{2})-(\d{2})", re.IGNORECASE
)


@dataclass(slots=True)
class _Axis:
    """An axis as the rows of the plan show it."""

    iri: URIRef
    programme: URIRef
    code: str
    evidence: Evidence
    assistance: bool = True
    claims: dict[tuple[URIRef, URIRef], Claim] = field(default_factory=dict)

    def claim(self, predicate: URIRef, target: URIRef, basis: Basis, rule: str, evidence: Evidence) -> None:
        """Add a claim, or one more place where it is made."""
        known = self.claims.get((predicate, target))
        self.claims[predicate, target] = Claim(
            subject=self.iri,
            predicate=predicate,
            object=target,
            basis=basis,
            confidence=1.0,
            rule=f"finance-plan/{rule}",
            evidence=(*(known.evidence if known else ()), evidence),
        )


def score(document: Document) -> float:
    """1.0 where a table has the columns of a finance plan, else 0.0."""
    for table in tables(document):
        found = find_columns(table, COLUMNS, needed=_NEEDED)
        if found and found.places.keys() & {"objective", "national", "category"}:
            return 1.0
    return 0.0


def _as_of(document: Document, entry: Entry) -> date | None:
    match = _DATED.search(document.text[:5000])
    if match:
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            return entry.date
    return entry.date


def extract(document: Document, entry: Entry) -> Iterator[Element | Claim | Review | Tally]:
    """Programmes, axes and one allocation a row; sums are left out, what is not understood is reviewed.

    An axis all of whose rows are technical assistance is marked as such and addresses no objective.
    """
    plan = _Plan(document, entry)
    for table, columns, row in listed_rows(tables(document), COLUMNS, needed=_NEEDED):
        first = next(cell for cell in row.cells if cell.filled)
        if _SUM.match(fold(first.line)):
            plan.aside["a sum of other rows"] += 1
        else:
            plan.row(table, columns, row)
    yield from plan.result()


class _Plan:
    def __init__(self, document: Document, entry: Entry) -> None:
        self.document = document
        self.slug = programme_of(document, entry)
        self.as_of = _as_of(document, entry)
        self.sources = tuple(sorted(set(sources(document).values())))
        self.programmes: dict[str, Element] = {}
        self.axes: dict[URIRef, _Axis] = {}
        self.allocations: dict[URIRef, Element] = {}
        self.totals: dict[URIRef, tuple[_Axis, URIRef, list[URIRef], Decimal]] = {}
        self.reviews: list[Review] = []
        self.taken = 0
        self.aside: Counter[str] = Counter()

    def row(self, table: Table, columns: Columns, row: Row) -> None:
        """Take one row into account: an allocation, or a review that says why not."""
        evidence = row.evidence(self.document)
        cci = columns.line(table, row, "cci")
        slug = CCI_PROGRAMMES.get(cci, "") if cci else self.slug
        found = heading(columns.line(table, row, "axis"))
        printed = found.printed if found else columns.line(table, row, "axis").rstrip(" .")
        amount = number(columns.line(table, row, "eu"))
        fund = funds(columns.line(table, row, "fund"))
        if not slug:
            reason = f"programme {cci} is none of the known ones" if cci else "no programme named"
        elif not is_code(printed):
            reason = f"no axis named: {printed[:60]!r}"
        elif amount is None or amount < 0:
            reason = "no amount of Union support"
        elif len(fund) != 1:
            reason = f"fund not known: {columns.line(table, row, 'fund')!r}"
        else:
            axis = self._axis(slug, cci, printed, evidence, columns.line(table, row, "programme"))
            reason = self._allocation(axis, table, columns, row, fund[0], amount, evidence)
        if reason:
            self.aside[reason] += 1
            self.reviews.append(Review(evidence=evidence, reason=reason))
        else:
            self.taken += 1

    def _axis(self, slug: str, cci: str, printed: str, evidence: Evidence, title: str) -> _Axis:
        programme = instrument(slug)
        if slug not in self.programmes:
            self.programmes[slug] = self._programme(slug, cci, title, evidence)
        iri = element(slug, printed)
        if iri not in self.axes:
            self.axes[iri] = _Axis(iri, programme, printed, evidence)
        return self.axes[iri]

    def _programme(self, slug: str, cci: str, title: str, evidence: Evidence) -> Element:
        labels = (Literal(title, lang="en"),) if title else ()
        number_, place = cci, evidence
        if not cci:
            for table in tables(self.document):
                for row in table.rows:
                    name = fold(row.cells[0].line)
                    if name == "program" and len(row.cells) > 1:
                        labels = (Literal(row.cells[1].line, lang="pl"),)
                        place = row.evidence(self.document)
            match = CCI.search(self.document.text[:5000])
            number_ = match.group() if match else ""
        return Element(
            iri=instrument(slug),
            type=programme_class(slug),
            evidence=place,
            labels=labels,
            properties=(((NURT.cci, Literal(number_)),) if number_ else ())
            + tuple((DCTERMS.source, source) for source in self.sources),
        )

    def _allocation(
        self,
        axis: _Axis,
        table: Table,
        columns: Columns,
        row: Row,
        fund: URIRef,
        amount: Decimal,
        evidence: Evidence,
    ) -> str:
        """Set out the allocation of a row; returns why it cannot, or ""."""
        said = columns.line(table, row, "objective")
        digits = re.search(r"\d{1,2}", said)
        objective = thematic_objective(digits.group()) if digits and 1 <= int(digits.group()) <= 11 else None
        assistance = objective is None and re.fullmatch(
            r"ta|pt|pomoc techniczna|technical assistance", fold(said)
        )
        category = categories_of_region(columns.line(table, row, "category"))
        if said and objective is None and not assistance:
            self.reviews.append(Review(evidence=evidence, reason=f"thematic objective not known: {said!r}"))
        properties: list[tuple[URIRef, URIRef | Literal]] = [
            (NURT.currency, Literal("EUR")),
            (NURT.fund, fund),
        ]
        figures = {
            "eu": NURT.amount,
            "national": NURT.nationalAmount,
            "total": NURT.totalAmount,
            "rate": NURT.cofinancingRate,
        }
        for name, predicate in figures.items():
            value = number(columns.line(table, row, name))
            if value is not None and value >= 0 and (name != "rate" or value <= 100):
                properties.append((predicate, Literal(str(value), datatype=XSD.decimal)))
        properties += [(NURT.categoryOfRegion, found) for found in category[:1]]
        if objective is not None:
            properties.append((NURT.thematicObjective, objective))
        if assistance:
            properties.append((NURT.technicalAssistance, Literal(True)))
        if self.as_of:
            properties.append((NURT.asOf, Literal(self.as_of)))
        names = [str(part).rsplit("/", 1)[-1] for part in (fund, objective or "", *category[:1]) if part]
        iri = allocation(
            axis.iri, *names, "" if objective else "ta" if assistance else "", str(self.as_of or "")
        )
        if not said:
            self.totals[iri] = (axis, fund, category[:1], amount)
        if iri in self.allocations:
            return "the same axis, fund, objective and category twice"
        self.allocations[iri] = Element(
            iri=iri, type=NURT.Allocation, evidence=evidence, properties=tuple(properties)
        )
        axis.assistance = axis.assistance and bool(assistance)
        axis.claim(NURT.hasAllocation, iri, "stated", "allocation", evidence)
        axis.claim(NURT.fundedBy, fund, "stated", "fund-of-axis", evidence)
        if objective is not None:
            axis.claim(NURT.addresses, objective, "coded", "objective-of-axis", evidence)
        return ""

    def _leave_out_totals(self) -> None:
        """Take out rows without an objective where finer rows of the same document give the same money.

        Table 18c divides the rows of Table 18a by thematic objective, Table 18a those of Table 2 by category
        of region. The finest are the allocations. Where they do not add up, a person has to decide.
        """
        coarsest_last = sorted(self.totals.items(), key=lambda item: not item[1][2])
        for iri, (axis, fund, category, total) in coarsest_last:
            key = {(NURT.fund, fund), *((NURT.categoryOfRegion, one) for one in category)}
            finer = {NURT.thematicObjective} if category else {NURT.thematicObjective, NURT.categoryOfRegion}
            parts = [
                Decimal(str(dict(element.properties)[NURT.amount]))
                for other, element in self.allocations.items()
                if (NURT.hasAllocation, other) in axis.claims
                and key <= set(element.properties)
                and finer & {predicate for predicate, _ in element.properties}
            ]
            if not parts:
                continue
            element = self.allocations.pop(iri)
            del axis.claims[NURT.hasAllocation, iri]
            self.taken -= 1
            self.aside["a sum of finer rows"] += 1
            if abs(sum(parts, Decimal(0)) - total) > len(parts):
                reason = f"finer rows add up to {sum(parts, Decimal(0))}, this row says {total}"
                self.reviews.append(Review(evidence=element.evidence, reason=reason))

    def result(self) -> Iterator[Element | Claim | Review | Tally]:
        """Programmes, axes, allocations, claims, reviews, what became of the rows."""
        self._leave_out_totals()
        yield from self.programmes.values()
        for axis in self.axes.values():
            yield Element(
                iri=axis.iri,
                type=NURT.PriorityAxis,
                evidence=axis.evidence,
                parent=axis.programme,
                code=axis.code,
                properties=((NURT.technicalAssistance, Literal(True)),) if axis.assistance else (),
            )
        yield from self.allocations.values()
        for axis in self.axes.values():
            yield from axis.claims.values()
        yield from self.reviews
        yield Tally(taken=self.taken, set_aside=tuple(sorted(self.aside.items())))
