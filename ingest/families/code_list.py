"""Lists of codes: the categories of intervention of 2014-2020.

Source of the codes: Annex I to Commission Implementing Regulation (EU) No 215/2014.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rdflib import Literal
from rdflib.namespace import DCTERMS

from ...ontology.identifiers import concept
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Claim, Element, Review
from ..document import Document
from .columns import listed_rows
from .sources import citations, sources
from .tables import tables

__all__ = ["extract", "score"]

_COLUMNS: Final = {
    "code": re.compile(r"code|kod"),
    "name": re.compile(r"intervention field|zakres interwencji|pole interwencji"),
    "sources": re.compile(r"sources|zrodla"),
}
_NEEDED: Final = frozenset({"code", "name"})


def score(document: Document) -> float:
    """0.9 where a table lists intervention fields by code and hardly anything else is there, else 0.0."""
    rows = sum(1 for _ in listed_rows(tables(document), _COLUMNS, needed=_NEEDED))
    return 0.9 if rows > 10 else 0.0


def extract(document: Document, entry: Entry) -> Iterator[Element | Claim | Review]:
    """The intervention fields, one a row; a row without a code of three digits is reviewed."""
    known = sources(document)
    for table, columns, row in listed_rows(tables(document), _COLUMNS, needed=_NEEDED):
        code, name = columns.line(table, row, "code"), columns.line(table, row, "name")
        if not re.fullmatch(r"\d{2,3}", code) or not name:
            yield Review(
                evidence=row.evidence(document), reason="an intervention field without a code or a name"
            )
            continue
        yield Element(
            iri=concept("intervention-field", code),
            type=NURT.InterventionField,
            evidence=row.evidence(document),
            code=code,
            labels=(Literal(name, lang=document.language or entry.language or "en"),),
            properties=tuple(
                (DCTERMS.source, a) for a in citations(columns.line(table, row, "sources"), known)
            ),
        )
