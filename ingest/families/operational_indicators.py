"""Indicators of an operational programme: results, outputs, and the performance framework.

Model: Tables 3 to 6, 12 and 13 of Annex I to Commission Implementing Regulation (EU) No 288/2014.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rdflib import Literal, URIRef

from ...ontology.identifiers import element, indicator
from ...ontology.namespace import NURT
from ..claims import Claim, Element, Review, Tally
from ..document import Document
from .columns import Columns
from .operational_tables import Listing, Place, Section, claim, decimal, is_sum, leading_code, money_of
from .tables import Row, Table
from .words import fold

__all__ = ["COLUMNS", "Indicators"]

COLUMNS: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "kind": r"(?:indicator type|type of indicator|rodzaj wskaznika|typ wskaznika)(?: .*)?",
        "basis": r"common output indicator used.*|wspoln\w+ wskaznik\w* produktu (?:stosowan|wykorzystan).*",
        "name": r"indicator|wskaznik|(?:nazwa|definicja) wskaznika(?: .*)?|indicator or key .*"
        r"|(?:definicja )?wskaznika? lub (?:kluczow\w+ )?etap\w* .*",
        "id": r"(?:id|identyfikator|nr identyfikacyjny)(?: (?:no|wskaznika|indicator))?",
        "unit_of_figures": r"measurement unit for (?:the )?(?:baseline|target).*"
        r"|jednostka (?:miary|pomiaru) (?:dla|do) (?:celow|wartosci|wskaznika bazow).*",
        "unit": r"(?:measurement )?unit(?: .*)?|jednostka(?: (?:miary|pomiaru).*)?",
        "axis": r"(?:id of )?priority axis|os priorytetowa",
        "fund": r"fund|fundusz",
        "category": r"category of region.*|kategoria regionu.*",
        "baseline_year": r"baseline year|rok bazowy|rok wartosci bazowej",
        "baseline": r"baseline(?: value)?|wartosc bazowa",
        "milestone": r"milestone.*|(?:cel|wartosc) posredni\w*.*|kamien milowy.*",
        "target": r"(?:final )?target(?: value)?(?: .*)?|wartosc docelowa(?: .*)?|cel koncowy(?: .*)?",
    }.items()
}
_NEEDED: Final = frozenset({"name", "unit", "target"})


def _type(columns: Columns) -> URIRef:
    if "milestone" in columns.places:
        return NURT.FrameworkIndicator
    return NURT.ResultIndicator if "baseline" in columns.places else NURT.OutputIndicator


class Indicators:
    """Collects the indicators of a programme, table by table in reading order.

    A result belongs to the specific objective in whose section it stands, an output or an indicator of the
    performance framework to the axis.
    """

    def __init__(self, document: Document, slug: str) -> None:
        self.document, self.slug = document, slug
        self.language = document.language or "pl"
        self.listing = Listing(COLUMNS, _NEEDED)
        self.found: dict[URIRef, Element] = {}
        self.claims: list[Claim] = []
        self.reviews: list[Review] = []
        self.taken = 0
        self.aside: Counter[str] = Counter()

    def take(self, table: Table, place: Place) -> bool:
        """Read a table if it lists indicators; whether it does."""
        sections = self.listing.sections(table)
        for section in sections:
            self._section(table, section, place)
        return bool(sections)

    def _section(self, table: Table, section: Section, place: Place) -> None:
        if code := leading_code(section.said.get("axis", "")):
            place = replace(place, axis=element(self.slug, code))
        if named := place.objectives.get(leading_code(section.said.get("objective", ""))):
            place = replace(place, objective=named)
        for row in section.rows:
            if is_sum(fold(row.line)):
                self.aside["a sum of other rows"] += 1
            elif reason := self._row(table, section.columns, row, place):
                self.aside[reason] += 1
                self.reviews.append(Review(evidence=row.evidence(self.document), reason=reason))
            else:
                self.taken += 1

    def _row(self, table: Table, columns: Columns, row: Row, place: Place) -> str:
        """Set out the indicator of a row; returns why it cannot, or ""."""

        def text(name: str) -> str:
            return self.listing.text(table, columns, row, name)

        if not self.listing.aligned(table, columns, row):
            return "a row whose cells do not stand below the headings"
        kind = _type(columns)
        owner = place.axis
        if code := leading_code(text("axis")):
            owner = element(self.slug, code)
        if kind == NURT.ResultIndicator:
            owner = place.objective or owner
        if owner is None:
            return "an indicator outside the section of an axis"
        name = text("name")
        if not name:
            return "an indicator without a name"
        target = decimal(text("target"))
        if target is None:
            return f"an indicator without a target in figures: {text('target')[:40]!r}"
        money, words = money_of(text("fund"), text("category"))
        properties: list[tuple[URIRef, URIRef | Literal]] = [(NURT.target, target), *money]
        if unit := text("unit_of_figures") or text("unit"):
            properties.append((NURT.unit, Literal(unit, lang=self.language)))
        for column, predicate in (("baseline", NURT.baseline), ("milestone", NURT.milestone)):
            if (value := decimal(text(column))) is not None:
                properties.append((predicate, value))
        if year := re.search(r"\b(?:19|20)\d{2}\b", text("baseline_year")):
            properties.append((NURT.baselineYear, Literal(int(year.group()))))
        family = {NURT.ResultIndicator: "result", NURT.OutputIndicator: "output"}.get(kind, "framework")
        iri = indicator(owner, family, text("id") or name, *words)
        if iri in self.found:
            return "the same indicator, fund and category of region twice"
        evidence = row.evidence(self.document)
        self.found[iri] = Element(
            iri=iri,
            type=kind,
            evidence=evidence,
            code=text("id"),
            labels=(Literal(name, lang=self.language),),
            properties=tuple(properties),
        )
        self.claims.append(claim(owner, NURT.measuredBy, iri, "indicator", evidence))
        return ""

    def result(self) -> Iterator[Element | Claim | Review | Tally]:
        """Indicators, claims, reviews, what became of the rows."""
        yield from self.found.values()
        yield from self.claims
        yield from self.reviews
        if self.taken or self.aside:
            yield Tally(taken=self.taken, set_aside=tuple(sorted(self.aside.items())))
