"""Money of an operational programme by category of intervention and by year.

Model: Tables 7 to 11 and 14 to 17 of Annex I to Commission Implementing Regulation (EU) No 288/2014; codes of
the categories: Annex I to Implementing Regulation (EU) No 215/2014. Amounts by dimension or year hold the
same euro again that the plan by axis (Table 18) holds, so they are breakdowns and no allocations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rdflib import Literal, URIRef

from ...ontology.identifiers import breakdown, concept, element, instrument
from ...ontology.namespace import NURT
from ..claims import Claim, Element, Review, Tally
from ..document import Document
from .columns import Columns
from .operational_tables import (
    Listing,
    Place,
    Section,
    claim,
    decimal,
    is_sum,
    leading_code,
    money_of,
    printed,
)
from .tables import Row, Table
from .words import fold

__all__ = ["COLUMNS", "Categories", "Years"]

Item = Element | Claim | Review | Tally
COLUMNS: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "axis": r"(?:id of )?priority axis|os priorytetowa",
        "fund": r"fund|fundusz",
        "category": r"category of region|kategoria regionu",
        "code": r"code|kod|kod kategorii",
        "amount": r"amount(?: .*)?|kwota(?: .*)?",
    }.items()
}
_DIMENSION: Final = re.compile(r"(?:dimension|wymiar) (\d)\b")
_CODE: Final = re.compile(r"(?P<code>\d{2,3})(?!\d|[.,]\d)\.?\s*[-\u2010-\u2015:]?\s*(?P<name>.*)", re.DOTALL)
_YEAR: Final = re.compile(r"20[12]\d")
_RESERVE: Final = re.compile(r"performance reserve|rezerwa (?:na )?wykonani\w+")


class _Breakdowns:
    """What both kinds of tables share: breakdowns found, claims, rows accounted for."""

    def __init__(self, document: Document, slug: str) -> None:
        self.document, self.slug = document, slug
        self.language = document.language or "pl"
        self.found: dict[URIRef, Element] = {}
        self.claims: dict[tuple[URIRef, URIRef], Claim] = {}
        self.reviews: list[Review] = []
        self.taken = 0
        self.aside: Counter[str] = Counter()

    def _account(self, row: Row, reason: str) -> None:
        if not reason:
            self.taken += 1
            return
        self.aside[reason] += 1
        self.reviews.append(Review(evidence=row.evidence(self.document), reason=reason))

    def result(self) -> Iterator[Item]:
        """Breakdowns, claims, reviews, what became of the rows."""
        yield from self.found.values()
        yield from self.claims.values()
        yield from self.reviews
        if self.taken or self.aside:
            yield Tally(taken=self.taken, set_aside=tuple(sorted(self.aside.items())))


class Categories(_Breakdowns):
    """Collects the categories of intervention, table by table in reading order.

    Intervention fields (dimension 1) become links of the axis; every code becomes a breakdown of money.
    """

    def __init__(self, document: Document, slug: str) -> None:
        super().__init__(document, slug)
        self.listing = Listing(COLUMNS, frozenset({"code", "amount"}))
        self.dimension = 0

    def take(self, table: Table, caption: str, place: Place) -> bool:
        """Read a table if it lists categories of intervention; whether it does.

        Args:
            caption: the text above the table; it or the table's first rows name the dimension.
        """
        sections = self.listing.sections(table)
        for position, section in enumerate(sections):
            said = f"{section.head} {caption}" if position == 0 else section.head
            if named := _DIMENSION.search(fold(said)):
                self.dimension = int(named.group(1))
            elif section.head:
                self.dimension = 0  # headings of their own, of a dimension that nothing names
            self._section(table, section, place)
        return bool(sections)

    def _section(self, table: Table, section: Section, place: Place) -> None:
        if code := leading_code(section.said.get("axis", "")):
            place = replace(place, axis=element(self.slug, code))
        fund, category = section.said.get("fund", ""), section.said.get("category", "")
        for row in section.rows:
            if is_sum(fold(row.cells[0].line)):
                self.aside["a sum of other rows"] += 1
            else:
                self._account(row, self._row(table, section.columns, row, place, fund, category))

    def _row(self, table: Table, columns: Columns, row: Row, place: Place, fund: str, category: str) -> str:
        """Set out the breakdown of a row; returns why it cannot, or ""."""

        def text(name: str) -> str:
            return self.listing.text(table, columns, row, name)

        if not self.listing.aligned(table, columns, row):
            return "a row whose cells do not stand below the headings"
        code = leading_code(text("axis"))
        axis = element(self.slug, code) if code else place.axis
        match = _CODE.fullmatch(text("code"))
        amount = decimal(text("amount"))
        if axis is None:
            return "a category of intervention outside the section of an axis"
        if not self.dimension:
            return "a category of intervention of a dimension that is not named"
        if match is None:
            return f"no code of a category of intervention: {text('code')[:40]!r}"
        if amount is None:
            return "a category of intervention without an amount"
        money, words = money_of(text("fund") or fund, text("category") or category)
        iri = breakdown(axis, f"dimension-{self.dimension}", match["code"], *words)
        if iri in self.found:
            return "the same category of intervention, fund and category of region twice"
        properties: list[tuple[URIRef, URIRef | Literal]] = [
            (NURT.amount, amount),
            (NURT.currency, Literal("EUR")),
            (NURT.dimension, Literal(self.dimension)),
            *money,
        ]
        evidence = row.evidence(self.document)
        if self.dimension == 1:
            field = concept("intervention-field", match["code"].zfill(3))
            properties.append((NURT.interventionField, field))
            self._field(field, match["code"].zfill(3), match["name"], row)
            self._link(axis, NURT.interventionField, field, "intervention-field", row)
        self.found[iri] = Element(
            iri=iri,
            type=NURT.Breakdown,
            evidence=evidence,
            code=match["code"],
            properties=tuple(properties),
        )
        self._link(axis, NURT.hasBreakdown, iri, "category-of-intervention", row)
        return ""

    def _field(self, iri: URIRef, code: str, name: str, row: Row) -> None:
        """An intervention field is in the graph with its code, and its name where the table prints it."""
        known = self.found.get(iri)
        if known is None or (name and not known.labels):
            self.found[iri] = Element(
                iri=iri,
                type=NURT.InterventionField,
                evidence=row.evidence(self.document),
                code=code,
                labels=(Literal(name, lang=self.language),) if name else (),
            )

    def _link(self, axis: URIRef, predicate: URIRef, target: URIRef, rule: str, row: Row) -> None:
        self.claims.setdefault(
            (axis, target), claim(axis, predicate, target, rule, row.evidence(self.document))
        )


class Years(_Breakdowns):
    """Collects Table 17: what is committed in each year from each fund, the performance reserve apart."""

    def take(self, table: Table) -> bool:
        """Read a table if its heading names years; whether it does."""
        found = self._headings(table)
        if found is None:
            return False
        below, years, reserves = found
        for row in table.rows:
            if row.index <= below or not any(printed(cell) for cell in row.cells):
                continue
            first = [printed(cell) for cell in row.cells if cell.column < min(years)]
            if any(is_sum(fold(text)) for text in first):
                self.aside["a sum of other rows"] += 1
            else:
                self._account(row, self._row(table, row, " ".join(first), years, reserves))
        return True

    def _headings(self, table: Table) -> tuple[int, dict[int, int], dict[int, int]] | None:
        """The last row of the headings, the column of each year's amount, and that of its reserve."""
        for row in table.rows[:4]:
            named = [(cell, int(cell.line)) for cell in row.cells if _YEAR.fullmatch(cell.line)]
            if len(named) < 3:
                continue
            years = {cell.column: year for cell, year in named}
            reserves: dict[int, int] = {}
            below = row.index
            for cell in (
                cell for later in table.rows if later.index == row.index + 1 for cell in later.cells
            ):
                year = next((y for c, y in named if c.column <= cell.column < c.column + c.column_span), None)
                if year is not None and _RESERVE.search(fold(cell.line)):
                    reserves[year] = cell.column
                    below = row.index + 1
            return below, years, reserves
        return None

    def _row(
        self, table: Table, row: Row, first: str, years: dict[int, int], reserves: dict[int, int]
    ) -> str:
        money, words = money_of(first, first)
        if not any(predicate == NURT.fund for predicate, _ in money):
            return f"fund not known: {first[:40]!r}"
        owner, evidence, found = instrument(self.slug), row.evidence(self.document), 0
        for column, year in years.items():
            amount = decimal(printed(table.covering(row, column)))
            if amount is None:
                continue
            properties: list[tuple[URIRef, URIRef | Literal]] = [
                (NURT.amount, amount),
                (NURT.currency, Literal("EUR")),
                (NURT.year, Literal(year)),
                *money,
            ]
            place = reserves.get(year)
            if place is not None and (held := decimal(printed(table.covering(row, place)))) is not None:
                properties.append((NURT.performanceReserve, held))
            iri = breakdown(owner, str(year), *words)
            if iri in self.found:
                return "the same year, fund and category of region twice"
            found += 1
            self.found[iri] = Element(
                iri=iri, type=NURT.Breakdown, evidence=evidence, properties=tuple(properties)
            )
            self.claims[owner, iri] = claim(owner, NURT.hasBreakdown, iri, "year", evidence)
        return "" if found else "no amounts"
