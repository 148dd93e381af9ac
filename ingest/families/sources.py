"""The table of sources at the end of a digest, and the references to it: ``[S2]``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from rdflib import URIRef

from ..document import Document
from .tables import Table, tables
from .words import fold

__all__ = ["citations", "is_sources_table", "sources"]

_KEY: Final = re.compile(r"\[([A-Z]\d{1,3})\]")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`()]+(?:\([^\s()]*\)[^\s<>\"{}|\\^`()]*)*")
_HEADS: Final = frozenset({"zrodlo tytul adres", "source title address"})


def is_sources_table(table: Table) -> bool:
    """Whether a table lists sources: key, title, address."""
    row = table.rows[0]
    return len(row.cells) == 3 and all(cell.short for cell in row.cells) and fold(row.line) in _HEADS


def sources(document: Document) -> dict[str, URIRef]:
    """The address of each source by its key; sources without an address are left out."""
    found: dict[str, URIRef] = {}
    for table in tables(document):
        if not is_sources_table(table):
            continue
        for row in table.rows[1:]:
            key = _KEY.search(row.cells[0].line) if row.cells else None
            address = _ADDRESS.search(row.cells[-1].line) if row.cells else None
            if key and address:
                found.setdefault(key.group(1), URIRef(address.group().rstrip(".,;")))
    return found


def citations(text: str, known: Mapping[str, URIRef]) -> Iterator[URIRef]:
    """The addresses that a text refers to, in its order, each once."""
    for key in dict.fromkeys(_KEY.findall(text)):
        if key in known:
            yield known[key]
