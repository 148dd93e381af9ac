"""Strategies: trees of objectives in headings and tables, and the tables that tie them to higher documents.

Polish strategies number *Cel*, *Obszar*, *Kierunek* and *Działanie* in one tree whose codes nest: II, II.2,
II.2.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from ...ontology.identifiers import concept, instrument, objective, slug
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Claim, Element, Review
from ..document import Block, Document, Evidence
from .correspondence import correspondences
from .identity import identity
from .numbering import Heading, Kind, heading, headings_in
from .reading import reading
from .smart import specialisations
from .sources import citations, is_sources_table, sources
from .strategy_links import linked_measures, programmes, targets_and_priorities
from .tables import Row, Table, reading_order, tables
from .words import fold

__all__ = ["extract", "score"]

Item = Element | Claim | Review
_KINDS: Final[frozenset[Kind]] = frozenset(
    {
        *(
            "main_objective",
            "strategic_objective",
            "specific_objective",
            "operational_objective",
            "objective",
        ),
        *("area", "priority", "direction", "intervention", "measure", "sub_measure"),
    }
)
_TITLE: Final = re.compile(r"strategi|koncepcja|polityk|program reform|strategy|policy|agenda")
_LEADERS: Final = re.compile(r"(?:\.\s?){5,}\s*\d*\s*$|\u2026{2,}")
_TREE_HEAD: Final = re.compile(
    r"(?:kod|nr|lp|code) (?:rodzaj|kind) (?:nazwa|name)(?: element nadrzedny| parent)?.*"
)
_REMARK: Final = re.compile(r"\s*(?:Źródła|Sources?):.*$", re.DOTALL)


def score(document: Document) -> float:
    """How much the document looks like a strategy, from 0 to 1."""
    found = 0
    for block in document.blocks:
        if block.kind == "heading" and (named := heading(document.text_of(block), bare=False, sure=True)):
            found += named.kind in _KINDS and named.kind not in ("measure", "sub_measure")
    titled = _TITLE.search(fold(document.text[:600])) is not None
    layout = min(1.0, found / 3) * 0.6 + (0.3 if titled and found else 0.0)
    return max(layout, 0.6 if _says_so(document) else 0.0)


def _says_so(document: Document) -> bool:
    """The table on the title page names the kind of document."""
    rows = (row for table in tables(document)[:1] for row in table.rows if len(row.cells) == 2)
    said = {fold(row.cells[0].line): fold(row.cells[1].line) for row in rows}
    kind = said.get("rodzaj dokumentu") or said.get("kind of document") or ""
    return re.search(r"strategi|koncepcja|lista specjalizacji|strategy", kind) is not None


def extract(document: Document, entry: Entry) -> Iterator[Item]:
    """The strategy, its objectives as a tree, and what its tables say they contribute to."""
    name = entry.instrument or slug(entry.id)
    known = sources(document)
    yield identity(document, entry, instrument(name), NURT.Strategy)
    tree = _Objectives(document, name, known)
    for item in reading_order(document):
        if isinstance(item, Table):
            tree.table(item)
        else:
            tree.block(item)
    yield from tree.elements()
    yield from specialisations(document, name, known)
    yield from targets_and_priorities(document, name, tree.codes, known)
    yield from programmes(document, name)
    yield from linked_measures(document, name)
    yield from correspondences(document, "strategy")


class _Objectives:
    """The objectives of one strategy, by code."""

    def __init__(self, document: Document, name: str, known: Mapping[str, URIRef]) -> None:
        self.document, self.name, self.known = document, name, known
        self.found: dict[URIRef, Element] = {}
        self.codes: dict[str, URIRef] = {}
        self._kinds: dict[str, str] = {}
        self._last: URIRef | None = None
        self.language = document.language or "pl"

    def block(self, block: Block) -> None:
        """A heading of an objective, or a remark below one."""
        printed = self.document.text_of(block)
        if _LEADERS.search(printed):
            return
        sure = block.kind == "heading"
        for start, end in headings_in(printed) if sure else ((0, len(printed)),):
            self._part(block, sure, block.start + start, block.start + end)

    def _part(self, block: Block, sure: bool, start: int, end: int) -> None:
        text = reading(self.document, start, end).text
        named = heading(text, bare=False, sure=sure)
        if (
            named is None
            or named.kind not in _KINDS
            or (not sure and not (named.code and 0 < len(named.title) < 250))
        ):
            if sure:
                self._last = None
            elif self._last is not None and block.kind == "paragraph":
                self._remark(self._last, text)
            return
        self._last = self._add(named, self.document.evidence(start, end))

    def _iri(self, named: Heading) -> URIRef:
        if not named.code:
            return concept(f"{self.name}/objective", "main")
        word = named.kind if named.kind in ("area", "priority") else "objective"
        if self._kinds.setdefault(named.code, word) == word:
            return objective(self.name, named.code)
        return concept(f"{self.name}/objective", f"{word}-{named.code}")

    def _parent(self, named: Heading) -> URIRef:
        above = named.code
        while "." in above:
            above = above.rpartition(".")[0]
            if above in self.codes:
                return self.codes[above]
        return instrument(self.name)

    def _add(
        self, named: Heading, evidence: Evidence, parent: URIRef | None = None, cited: str = ""
    ) -> URIRef:
        iri = self._iri(named)
        old = self.found.get(iri)
        labels: list[Literal] = list(old.labels) if old else []
        if named.title and fold(named.title) not in {fold(str(label)) for label in labels}:
            labels.append(Literal(named.title, lang=self.language))
        properties: list[tuple[URIRef, URIRef | Literal]] = list(old.properties) if old else []
        properties += [(DCTERMS.source, address) for address in citations(cited, self.known)]
        self.found[iri] = Element(
            iri=iri,
            type=NURT.Objective,
            evidence=old.evidence if old else evidence,
            parent=parent or (old.parent if old else self._parent(named)),
            code=(old.code if old else "") or named.printed,
            labels=tuple(labels),
            properties=tuple(dict.fromkeys(properties)),
        )
        if named.code and named.code not in self.codes:
            self.codes[named.code] = iri
        return iri

    def _remark(self, iri: URIRef, text: str) -> None:
        """The sources and the note printed right below an objective's heading."""
        old = self.found[iri]
        note = " ".join(_REMARK.sub("", text).split())
        added: list[tuple[URIRef, URIRef | Literal]] = [
            (DCTERMS.source, address) for address in citations(text, self.known)
        ]
        if note and len(note) < 300 and re.match(r"Uwaga|Pozycja|Note", note):
            added.append((SKOS.note, Literal(note, lang=self.language)))
        self.found[iri] = replace(old, properties=tuple(dict.fromkeys((*old.properties, *added))))

    def table(self, table: Table) -> None:
        """A table that repeats the tree: by columns code, kind and name, or with a heading in each cell."""
        self._last = None
        if is_sources_table(table):
            return
        if _TREE_HEAD.fullmatch(fold(table.rows[0].line)):
            for row in table.rows[1:]:
                self._listed(row)
            return
        for row in table.rows:
            for cell in row.cells:
                named = heading(cell.text, bare=False)
                if named and named.kind in _KINDS and named.code and named.title and len(named.title) < 250:
                    self._add(named, self.document.evidence(cell.start, cell.end))

    def _listed(self, row: Row) -> None:
        cells = {cell.column: cell.line for cell in row.cells}
        named = heading(f"{cells.get(1, '')} {cells.get(0, '')} {cells.get(2, '')}", bare=False, sure=True)
        if named is None or named.kind not in _KINDS or not named.title:
            return
        above = heading(cells.get(3, ""), bare=False, sure=True) if cells.get(3) else None
        parent = self.codes.get(above.code) if above else None
        self._add(named, row.evidence(self.document), parent, row.line)

    def elements(self) -> Iterator[Element]:
        """The objectives in reading order; those without a printed name bear their designation."""
        for element in sorted(self.found.values(), key=lambda e: e.evidence.start):
            if element.labels:
                yield element
            else:
                text = " ".join(element.evidence.quote.split())[:200]
                yield replace(element, labels=(Literal(text, lang=self.language),))
