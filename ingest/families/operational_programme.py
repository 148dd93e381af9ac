"""Operational programmes in the SFC2014 model: axes, priorities, objectives, beneficiaries, tables.

Model: Annex I of Commission Implementing Regulation (EU) No 288/2014, sections 2.A, 2.B and 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from typing import Literal as Choice

from rdflib import Literal, URIRef

from ...ontology.identifiers import element, instrument, is_code, objective
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Basis, Claim, Element, Review, Tally
from ..document import Block, Document, Evidence
from .finance_plan import extract as finance_plan
from .finance_plan import score as has_finance_plan
from .labels import Match, vocabulary
from .operational_choice import Choices
from .operational_indicators import Indicators
from .operational_money import Categories, Years
from .operational_tables import ELEMENT_ID, Place
from .programmes import CCI, funds, investment_priorities, programme_class, programme_of
from .tables import Table, reading_order
from .words import fold, parts

__all__ = ["extract", "field_of", "score"]

Item = Element | Claim | Review | Tally
Name = Choice["axis", "axis_title", "priority", "priority_title", "objective", "objective_title", "fund"]
_NAMES: Final[dict[Name, str]] = {
    "axis": r"id (?:of )?(?:the )?priority axis|id(?:entyfikator)? osi priorytetowej",
    "axis_title": r"title (?:of )?(?:the )?priority axis|(?:tytul|nazwa) osi priorytetowej",
    "priority": r"id (?:of )?(?:the )?investment priority|id(?:entyfikator)? priorytetu inwestycyjnego",
    "priority_title": r"title (?:of )?(?:the )?investment priority|(?:tytul|nazwa) priorytetu inwestycyjnego",
    "objective": r"id (?:of )?(?:the )?specific objective|id(?:entyfikator)? celu szczegolowego",
    "objective_title": r"title (?:of )?(?:the )?specific objective|(?:tytul|nazwa) celu szczegolowego",
    "fund": r"fund|fundusz",
}
_FIELDS: Final = {name: re.compile(pattern) for name, pattern in _NAMES.items()}
_CAPTION: Final = re.compile(r"\n(?=(?:Table|Tabela)\s+\d)")
"""A PDF may print the caption of the next table right below a field."""
_LABEL: Final = re.compile(r"^(?P<name>[^:\n]{4,60})(?::\s*|\n)(?=\S)", re.MULTILINE)
_BENEFICIARIES: Final = re.compile(
    r"(?:glown\w+ )?(?:typy?|rodzaje) beneficjentow.*|(?:main )?types of beneficiaries.*|beneficjenci.*"
)
_FUND_COLUMN: Final = frozenset({"fund", "fundusz"})
_FUND_WIDTH: Final = 4
"""A wider table that begins with the fund is a financial plan."""
_INLINE: Final = re.compile(
    r"(?:typy?|rodzaje) beneficjent[óo]w\s*:|types? of beneficiar(?:y|ies)\s*:", re.IGNORECASE
)
_SENTENCE_END: Final = re.compile(r"\.(?=\s|$)")
_ASSISTANCE: Final = re.compile(r"2 ?b\b.*")


def score(document: Document) -> float:
    """How much the document looks like an operational programme in the model, from 0 to 1."""
    names = {name for item in reading_order(document) for name, _, _ in _fields(document, item)}
    return min(0.95, 0.3 * len(names & {"axis", "axis_title", "priority", "objective"}))


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    start: int
    end: int


def field_of(name: str) -> Name | None:
    """Which field of the model a label names, or None."""
    folded = fold(ELEMENT_ID.sub("", name))
    return next((key for key, pattern in _FIELDS.items() if pattern.fullmatch(folded)), None)


def _fields(document: Document, item: Block | Table) -> Iterator[tuple[Name, _Value, tuple[int, int]]]:
    """Named fields, in a table of two columns or as *Name: value*."""
    if isinstance(item, Table):
        yield from _in_table(item)
        return
    text = document.text_of(item)
    # A PDF prints several fields as lines of one paragraph; each that starts with a label is a field.
    labelled = [
        (match, key) for match in _LABEL.finditer(text) if (key := field_of(match["name"])) is not None
    ]
    for position, (match, key) in enumerate(labelled, start=1):
        end = labelled[position][0].start() if position < len(labelled) else len(text)
        value = _CAPTION.split(text[match.end() : end], maxsplit=1)[0].rstrip()
        if printed := ELEMENT_ID.sub("", value).strip():
            start, stop = item.start + match.end(), item.start + match.end() + len(value)
            yield key, _Value(printed, start, stop), (item.start + match.start(), stop)


def _in_table(table: Table) -> Iterator[tuple[Name, _Value, tuple[int, int]]]:
    for row in table.rows:
        cells = [cell for cell in row.cells if cell.filled]
        if len(cells) == 2 and cells[0].short and (key := field_of(cells[0].line)) is not None:
            value = ELEMENT_ID.sub("", cells[1].line).strip()
            if value:
                yield key, _Value(value, cells[1].start, cells[1].end), (cells[0].start, cells[1].end)
    yield from _fund_column(table)


def _fund_column(table: Table) -> Iterator[tuple[Name, _Value, tuple[int, int]]]:
    """Section 2.A.3 as a small table: fund, category of region and calculation basis side by side."""
    head = table.rows[0]
    if len(head.cells) < 3 or fold(head.cells[0].line) not in _FUND_COLUMN or table.width > _FUND_WIDTH:
        return
    for row in table.rows[1:]:
        cell = row.at(head.cells[0].column)
        if cell is not None and cell.filled:
            yield "fund", _Value(cell.line, cell.start, cell.end), (cell.start, cell.end)


def extract(document: Document, entry: Entry) -> Iterator[Item]:
    """The programme and its axes with their priorities, objectives and beneficiaries, and Table 18."""
    slug = programme_of(document, entry)
    if not slug:
        evidence = document.evidence(0, min(len(document.text), 300))
        yield Review(evidence=evidence, reason="no programme named: neither CCI nor title are known")
        return
    reading = _Programme(document, slug)
    yield from reading.programme()
    indicators, categories, years = (
        Indicators(document, slug),
        Categories(document, slug),
        Years(document, slug),
    )
    choices = Choices(document, slug)
    caption = ""
    for part in reading_order(document):
        for name, value, whole in _fields(document, part):
            reading.take(name, value, whole)
        if not isinstance(part, Table):
            caption = document.text_of(part)
        elif not (
            choices.take(part)
            or indicators.take(part, reading.place)
            or categories.take(part, caption, reading.place)
        ):
            years.take(part)
    reading.beneficiaries()
    yield from reading.result()
    for listed in (choices, indicators, categories, years):
        yield from listed.result()
    if has_finance_plan(document):
        known = {instrument(slug), *reading.found}
        for item in finance_plan(document, entry):
            if not (isinstance(item, Element) and item.iri in known):
                yield item


class _Programme:
    def __init__(self, document: Document, slug: str) -> None:
        self.document, self.slug = document, slug
        self.language = document.language or "pl"
        self.found: dict[URIRef, Element] = {}
        self.claims: dict[tuple[URIRef, URIRef, URIRef], Claim] = {}
        self.reviews: list[Review] = []
        self.axis: URIRef | None = None
        self.priority: URIRef | None = None
        self.objective: URIRef | None = None
        self.objectives: dict[str, URIRef] = {}
        self.axes: list[tuple[int, URIRef]] = []
        self._assistance = [
            (block.start, _ASSISTANCE.match(fold(document.text_of(block))) is not None)
            for block in document.blocks
            if block.kind == "heading" and re.match(r"2 ?[ab]\b", fold(document.text_of(block)))
        ]

    @property
    def place(self) -> Place:
        """The section that has been reached."""
        return Place(self.axis, self.objective, self.objectives)

    def programme(self) -> Iterator[Element]:
        """The programme, by its title."""
        first = next(b for b in self.document.blocks if self.document.text_of(b).strip())
        titled = next((b for b in self.document.blocks[:30] if b.kind == "heading"), first)
        number = CCI.search(self.document.text[:20_000])
        evidence = self.document.evidence(titled.start, titled.end)
        yield Element(
            iri=instrument(self.slug),
            type=programme_class(self.slug),
            evidence=evidence,
            labels=(Literal(" ".join(evidence.quote.split()), lang=self.language),),
            properties=((NURT.cci, Literal(number.group())),) if number else (),
        )

    def take(self, name: Name, value: _Value, whole: tuple[int, int]) -> None:
        """One field."""
        evidence = self.document.evidence(*whole)
        if name == "axis":
            self._axis(value, evidence)
        elif name == "priority":
            self._priority(value, evidence)
        elif name == "objective":
            self._objective(value, evidence)
        elif name == "fund":
            if self.axis is None:
                return
            for fund in funds(value.text):
                self._claim(self.axis, NURT.fundedBy, fund, evidence, "fund-of-axis", "stated")
        else:
            owner = {"axis_title": self.axis, "objective_title": self.objective}.get(name)
            if owner is not None and not self.found[owner].labels:
                self._relabel(owner, value)

    def _axis(self, value: _Value, evidence: Evidence) -> None:
        printed = value.text.rstrip(".")
        if not is_code(printed):
            self.reviews.append(Review(evidence=evidence, reason=f"no code of an axis: {value.text[:40]}"))
            return
        self.axis, self.priority, self.objective = element(self.slug, printed), None, None
        self.objectives = {}
        self.axes.append((evidence.start, self.axis))
        inside = [assists for start, assists in self._assistance if start <= evidence.start]
        self.found.setdefault(
            self.axis,
            Element(
                iri=self.axis,
                type=NURT.PriorityAxis,
                evidence=evidence,
                parent=instrument(self.slug),
                code=printed,
                properties=((NURT.technicalAssistance, Literal(True)),) if inside and inside[-1] else (),
            ),
        )

    def _priority(self, value: _Value, evidence: Evidence) -> None:
        found = investment_priorities(f"PI {value.text}" if value.text[:1].isdigit() else value.text)
        self.priority = found[0][0] if found else None
        if not found or self.axis is None:
            self.reviews.append(Review(evidence=evidence, reason="no investment priority recognised"))
            return
        self._claim(self.axis, NURT.addresses, found[0][0], evidence, "priority-of-axis", "coded")

    def _objective(self, value: _Value, evidence: Evidence) -> None:
        printed = value.text.rstrip(".")
        if self.axis is None or not is_code(printed):
            self.reviews.append(
                Review(evidence=evidence, reason=f"no code of an objective: {value.text[:40]}")
            )
            return
        own = objective(self.slug, printed)
        if own in self.found and self.found[own].parent != self.axis:
            own = objective(self.slug, f"{self.axis.rsplit('/', 1)[-1]}.{printed}")
        self.objective = self.objectives[printed] = own
        self.found.setdefault(
            own,
            Element(iri=own, type=NURT.SpecificObjective, evidence=evidence, parent=self.axis, code=printed),
        )
        if self.priority is not None:
            self._claim(own, NURT.addresses, self.priority, evidence, "priority-of-objective", "coded")

    def _relabel(self, iri: URIRef, value: _Value) -> None:
        old = self.found[iri]
        label = Literal(" ".join(value.text.split()), lang=self.language)
        self.found[iri] = replace(old, labels=(label,))

    def beneficiaries(self) -> None:
        """Lists below *Typy beneficjentów* hold for the axis in whose section they stand."""
        owner: URIRef | None = None
        for block in self.document.blocks:
            if block.table is not None or block.kind in ("header", "footer", "note"):
                continue
            text = self.document.text_of(block)
            head, colon, rest = text.partition(":")
            if _BENEFICIARIES.fullmatch(fold(head)) and len(head) < 80:
                owner = next((iri for start, iri in reversed(self.axes) if start < block.start), None)
                if colon and rest.strip():
                    self._eligible(owner, block.start + len(head) + 1, block.end)
            elif block.kind == "list_item":
                self._eligible(owner, block.start, block.end)
            else:
                owner = None
                self._inline(block.start, text)

    def _inline(self, start: int, text: str) -> None:
        """A sentence that lists them inside a paragraph: *… Types of beneficiaries: A, B. Large …*"""
        for named in _INLINE.finditer(text):
            end = _SENTENCE_END.search(text, named.end())
            owner = next((iri for place, iri in reversed(self.axes) if place < start), None)
            self._eligible(owner, start + named.end(), start + (end.start() if end else len(text)))

    def _eligible(self, owner: URIRef | None, start: int, end: int) -> None:
        if owner is None:
            return
        known = vocabulary("beneficiary_types", "beneficiary-type")
        for first, last in parts(self.document.text[start:end]):
            evidence = self.document.evidence(start + first, start + last)
            whole = known.match(evidence.quote)
            pieces = [(0, len(evidence.quote))] if whole else parts(evidence.quote, by=",")
            for low, high in pieces:
                self._listed(owner, known.match(evidence.quote[low:high]), evidence)

    def _listed(self, owner: URIRef, match: Match | None, evidence: Evidence) -> None:
        if match is None:
            reason = f"beneficiary type not in the vocabulary: {evidence.quote[:80]}"
            self.reviews.append(Review(evidence=evidence, reason=reason))
        else:
            self._claim(
                owner, NURT.eligible, match.concept, evidence, "beneficiary-label", "stated", match.confidence
            )

    def _claim(
        self,
        subject: URIRef,
        predicate: URIRef,
        target: URIRef,
        evidence: Evidence,
        rule: str,
        basis: Basis,
        confidence: float = 1.0,
    ) -> None:
        known = self.claims.get((subject, predicate, target))
        self.claims[subject, predicate, target] = Claim(
            subject=subject,
            predicate=predicate,
            object=target,
            basis=basis,
            confidence=confidence,
            rule=f"programme/{rule}",
            evidence=(*(known.evidence if known else ()), evidence),
        )

    def result(self) -> Iterator[Item]:
        """Axes and objectives, claims, reviews."""
        yield from self.found.values()
        yield from self.claims.values()
        yield from self.reviews
