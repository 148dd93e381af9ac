"""Programmes; those of the Union with their parts, budgets, objectives, calls and actions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS, XSD

from ...ontology.identifiers import allocation, concept, instrument, slug
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Claim, Element, Review, Tally
from ..document import Block, Document
from . import operational_programme, programme_text
from .amounts import amounts, number
from .columns import listed_rows
from .identity import identity
from .labels import authority, vocabulary
from .sources import citations, sources
from .tables import Table, reading_order, tables
from .words import fold, outside_brackets, parts

__all__ = ["extract", "score"]

Item = Element | Claim | Review | Tally


def _patterns(**columns: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in columns.items()}


_PARTS: Final = _patterns(
    code=r"code|no|kod",
    name=r"part|objective|czesc|cel",
    parent=r"part of|czesc programu",
    budget=r"budget eur million|budzet mln eur",
    scope=r"instruments and scope",
    sources=r"sources|zrodla",
)
_TOTAL: Final = re.compile(
    r"(?:The budget of|Budżet)\b[^.]*?(?:is|wynosi)\b.*?(?:billion|million|mln|mld)(?: EUR)?"
)
_UNKNOWN: Final = frozenset({"", "unknown", "nieznane"})
_AND: Final = re.compile(r"\s+(?:and/or|and|with)\s+(?:other\s+)?")
_OF: Final = re.compile(r"^(?:consortia|groups?|networks?)\s+of\s+")
_BENEFICIARIES: Final = frozenset({"beneficiaries", "coordinators", "beneficjenci"})


def score(document: Document) -> float:
    """How much the document looks like a programme: of the Union, in the SFC2014 model, or in chapters."""
    return max(_union(document), operational_programme.score(document), programme_text.score(document))


def _union(document: Document) -> float:
    head = fold(document.text[:400])
    found = any(
        True for _ in listed_rows(tables(document), _PARTS, needed=frozenset({"code", "name", "sources"}))
    )
    return 0.6 * ("union programme" in head or "framework programme" in head) + 0.3 * found


def extract(document: Document, entry: Entry) -> Iterator[Item]:
    """The programme, the parts, objectives and actions it consists of, their budgets and beneficiaries.

    A document in the model of operational programmes is left to ``operational_programme``, one in chapters
    to ``programme_text``.
    """
    other = max((operational_programme, programme_text), key=lambda layout: layout.score(document))
    if other.score(document) > _union(document):
        yield from other.extract(document, entry)
        return
    name = entry.instrument or slug(entry.id)
    yield identity(document, entry, instrument(name), NURT.UnionProgramme)
    reading = _Parts(document, name)
    yield from reading.total()
    yield from reading.listed()
    yield from reading.actions()


class _Parts:
    def __init__(self, document: Document, name: str) -> None:
        self.document, self.name = document, name
        self.known: Mapping[str, URIRef] = sources(document)
        self.authority = vocabulary("instruments", name)
        self.by_label: dict[str, URIRef] = {}

    def _iri(self, label: str, code: str) -> URIRef:
        """What the authority file knows by code or name, else a name of its own."""
        for text in (*re.split(r";\s*", code), label):
            found = self.authority.exact(text) if fold(text) not in _UNKNOWN and not text.isdigit() else None
            if found is not None:
                return found
        return concept(f"{self.name}/part", outside_brackets(label))

    def total(self) -> Iterator[Item]:
        """The budget of the whole programme, where a sentence gives it."""
        for block in self.document.blocks:
            found = _TOTAL.match(self.document.text_of(block)) if block.table is None else None
            named = amounts(found.group()) if found else ()
            if len(named) == 1:
                place = (block.start + named[0].start, block.start + named[0].end)
                yield from self._budget(instrument(self.name), str(named[0].value), *place)
                return

    def listed(self) -> Iterator[Item]:
        """Parts in tables: code, name, what they are part of, budget."""
        needed = frozenset({"code", "name", "sources"})
        for table, columns, row in listed_rows(tables(self.document), _PARTS, needed=needed):
            label, code = columns.line(table, row, "name"), columns.line(table, row, "code")
            evidence = row.evidence(self.document)
            if not label:
                yield Review(evidence=evidence, reason="a part without a name")
                continue
            iri = self._iri(label, code)
            self.by_label[fold(label)] = iri
            above = fold(columns.line(table, row, "parent"))
            if "parent" in columns.places and not above:
                continue  # stands beside the programme, not in it
            yield Element(
                iri=iri,
                type=authority("instruments").get(iri, NURT.ProgrammePart),
                evidence=evidence,
                parent=self.by_label.get(above, instrument(self.name)),
                code=re.split(r";\s*", code)[0],
                labels=(Literal(label, lang="en"),),
                properties=tuple((DCTERMS.source, a) for a in citations(row.line, self.known)),
            )
            budget = columns.cell(table, row, "budget")
            million = number(budget.line) if budget else None
            if budget is not None and million is not None:
                yield from self._budget(iri, str(million * 10**6), budget.start, budget.end)

    def _budget(self, owner: URIRef, amount: str, start: int, end: int, part: str = "") -> Iterator[Item]:
        iri = allocation(owner, "budget", part)
        evidence = self.document.evidence(start, end)
        yield Element(
            iri=iri,
            type=NURT.Allocation,
            evidence=evidence,
            properties=(
                (NURT.amount, Literal(amount, datatype=XSD.decimal)),
                (NURT.currency, Literal("EUR")),
                *(((SKOS.note, Literal(part, lang="en")),) if part else ()),
            ),
        )
        yield Claim(
            subject=owner,
            predicate=NURT.hasAllocation,
            object=iri,
            basis="stated",
            confidence=1.0,
            rule="programme/budget",
            evidence=(evidence,),
        )

    def actions(self) -> Iterator[Item]:
        """Calls and actions: a heading and a table of fields each."""
        above: Block | None = None
        for item in reading_order(self.document):
            if isinstance(item, Block):
                above = item if item.kind == "heading" else above
            elif (
                above is not None
                and fold(item.rows[0].cells[0].line) in ("name", "nazwa")
                and item.width == 2
            ):
                yield from self._action(above, item)

    def _action(self, above: Block, table: Table) -> Iterator[Item]:
        fields = {fold(row.cells[0].line): row for row in table.rows if len(row.cells) == 2}
        label = table.rows[0].cells[1].line
        codes = fields["codes"].cells[1].line if "codes" in fields else ""
        codes = "" if fold(codes) in _UNKNOWN else codes
        iri = self._iri("" if codes else label, codes)
        if iri not in authority("instruments"):
            iri = concept(f"{self.name}/action", codes.split("; ")[0] or label)
        part = fold(fields["part of"].cells[1].line) if "part of" in fields else ""
        cited = fields["sources"].line if "sources" in fields else ""
        known_as = fields["programme"].cells[1].line if "programme" in fields else ""
        yield Element(
            iri=iri,
            type=authority("instruments").get(iri, NURT.ProgrammePart),
            evidence=self.document.evidence(above.start, above.end),
            parent=self.by_label.get(part, instrument(self.name)),
            code=codes.split("; ")[0],
            labels=tuple(Literal(text, lang="en") for text in dict.fromkeys((label, known_as)) if text),
            properties=tuple((DCTERMS.source, address) for address in citations(cited, self.known)),
        )
        for name in sorted(_BENEFICIARIES & fields.keys()):
            yield from self._eligible(iri, fields[name].cells[1].start, fields[name].cells[1].end)

        if "budget eur" in fields:
            yield from self._budgets(
                iri, fields["budget eur"].cells[1].start, fields["budget eur"].cells[1].end
            )

    def _budgets(self, iri: URIRef, start: int, end: int) -> Iterator[Item]:
        """The budget of an action, or those of its strands, one a line: *strand 1b: 400,000*."""
        text = self.document.text[start:end]
        for first, last in parts(text):
            strand, _, amount = text[first:last].rpartition(":")
            value = number(amount)
            if value is None:
                evidence = self.document.evidence(start + first, start + last)
                yield Review(evidence=evidence, reason="a budget that is no number")
            else:
                yield from self._budget(iri, str(value), start + first, start + last, strand.strip())

    def _eligible(self, iri: URIRef, start: int, end: int) -> Iterator[Item]:
        known = vocabulary("beneficiary_types", "beneficiary-type")
        text = self.document.text[start:end]
        for first, last in parts(text):
            evidence = self.document.evidence(start + first, start + last)
            whole = known.match(text[first:last])
            pieces = [text[first:last]] if whole else _AND.split(_OF.sub("", text[first:last]))
            found = [match for piece in pieces if (match := known.match(piece)) is not None]
            for match in found:
                yield Claim(
                    subject=iri,
                    predicate=NURT.eligible,
                    object=match.concept,
                    basis="stated",
                    confidence=match.confidence if whole else min(0.9, match.confidence),
                    rule="programme/beneficiary-label",
                    evidence=(evidence,),
                )
            if not found:
                yield Review(evidence=evidence, reason="beneficiary type not in the vocabulary")
