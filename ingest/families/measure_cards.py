"""SZOOP measure cards: axes, measures and sub-measures, who may apply, what pays, which codes they name.

Layout: national guidelines on the detailed description of priority axes (*Szczegółowy Opis Osi
Priorytetowych*), 2015 and later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from rdflib.namespace import DCTERMS

from ..catalogue import Entry
from ..claims import Claim, Element, Review
from ..document import Document
from .cards_aims import specific_objectives
from .cards_claims import claims_of
from .cards_rows import Misread, Value, values
from .cards_tree import Tree
from .programmes import programme_of
from .smart import specialisations
from .sources import citations, is_sources_table, sources
from .tables import Table, tables
from .transposition import is_transposition, transpositions
from .words import fold

__all__ = ["extract", "score"]

_CARD_FIELDS: Final = re.compile(
    r"nazwa dzialania|typ y? ?beneficjent|cel\w* e? ?szczegolow\w+ e? ?dzialania|lista wskaznikow produktu"
    r"|limity i ograniczenia|num\w+(?: i nazwa)? osi priorytetowej"
    r"|name of (?:the )?measure|types? of beneficiar(?:y|ies)|specific objectives? of (?:the )?measure"
    r"|number and name of (?:the )?priority axis"
)
_FOREIGN: Final = re.compile(
    r"cel szczegolowy nazwa|kod inteligentna|ustalenie zrodla|obszar instytucja|os priorytetowa fundusz"
)
_NAMES: Final = frozenset({"axis_number", "axis_name", "axis_name_en", "measure_name"})


def score(document: Document) -> float:
    """How much the document looks like measure cards, from 0 to 1."""
    firsts = [row.cells[0] for table in tables(document) for row in table.rows]
    cards = sum(1 for cell in firsts if cell.short and _CARD_FIELDS.search(fold(cell.line)[:80]))
    head = fold(document.text[:5000])
    titled = "szczegolowy opis osi" in head or "detailed description of the priority axes" in head
    return min(1.0, cards / 4 * 0.8 + (0.3 if titled else 0.0))


def _foreign(table: Table) -> bool:
    """A table with a heading row of its own that is no card: sources, objectives, specialisations."""
    head = fold(" ".join(cell.line for cell in table.rows[0].cells if cell.short))
    return is_sources_table(table) or is_transposition(table) or _FOREIGN.match(head) is not None


def extract(document: Document, entry: Entry) -> Iterator[Element | Claim | Review]:
    """The programme, its axes, measures and sub-measures, with what their cards say.

    Yields Elements first, then claims and reviews; a row that no field accounts for becomes a Review.
    """
    slug = programme_of(document, entry)
    if not slug:
        yield Review(
            evidence=document.evidence(0, min(len(document.text), 300)),
            reason="no programme named: neither CCI, nor title, nor codes such as RPLD.01.02 are known",
        )
        return
    known = sources(document)
    # A digest's amounts are of several dates, which its notes give; an official text's are of its own date.
    dated = None if entry.digest else entry.date
    tree = Tree(document, slug, title=_title(document), dated=dated)
    skip = frozenset(table.number for table in tables(document) if _foreign(table))
    later: list[Claim | Review] = []
    found: list[Value] = []
    for value in values(document, skip):
        if isinstance(value, Misread):
            later.append(Review(evidence=document.evidence(value.start, value.end), reason=value.reason))
            continue
        found.append(value)
        if value.field in _NAMES:
            tree.name(value)
        elif value.field == "sources":
            for address in citations(document.text[value.start : value.end], known):
                tree.of(value).add(DCTERMS.source, address)
    said = chain(
        *(claims_of(tree, value) for value in found),
        specific_objectives(tree, known),
        specialisations(document, slug, known),
        transpositions(document, slug),
    )
    own = {draft.iri for draft in tree.drafts.values()}
    extra: list[Element] = []
    for item in said:
        if isinstance(item, Element):
            extra += [item] if item.iri not in own else []
        else:
            later.append(item)
    yield from tree.elements()
    yield from extra
    yield from later


def _title(document: Document) -> tuple[int, int]:
    """Where the programme's title stands: the first heading or paragraph that names a programme."""
    first: tuple[int, int] | None = None
    for block in document.blocks[:40]:
        if block.kind in ("heading", "paragraph") and document.text_of(block).strip():
            first = first or (block.start, block.end)
            if re.search(r"program\w* operacyjn", fold(document.text_of(block))):
                return block.start, block.end
    return first or (0, min(len(document.text), 200))
