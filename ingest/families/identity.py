"""What a document says of itself on its title page: title, acronyms, names in the other language."""

from __future__ import annotations

import re
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Element
from ..document import Document, Evidence
from .reading import reading
from .sources import citations, sources
from .tables import tables
from .words import fold

__all__ = ["identity", "title"]

_ACRONYMS: Final = re.compile(r"(?:inne )?skroty?(?: w jezyku angielskim)?|acronyms?|other acronyms")
_ENGLISH: Final = re.compile(r"(?:inny )?tytul w jezyku angielskim|english title|title in english")
_POLISH: Final = re.compile(r"polski tytul|polish title|title in polish")
_SOURCES: Final = re.compile(r"zrodla|sources")
_UNKNOWN: Final = frozenset({"", "nieznane", "unknown"})


def title(document: Document) -> Evidence:
    """The first heading, else the first block with text."""
    blocks = [block for block in document.blocks if document.text_of(block).strip()]
    headings = [block for block in blocks[:40] if block.kind == "heading"]
    first = (headings or blocks)[0]
    return document.evidence(first.start, first.end)


def identity(document: Document, entry: Entry, iri: URIRef, kind: URIRef) -> Element:
    """The instrument that the document is, from its title, its identity table and the catalogue.

    Raises IndexError for a document without any text, which readers do not return.
    """
    place = title(document)
    language = document.language or entry.language or "pl"
    labels = [Literal(" ".join(reading(document, place.start, place.end).text.split()), lang=language)]
    labels += [
        Literal(text, lang=lang) for text, lang in ((entry.title_pl, "pl"), (entry.title_en, "en")) if text
    ]
    properties: list[tuple[URIRef, URIRef | Literal]] = []
    known = sources(document)
    for table in tables(document)[:3]:
        for row in table.rows:
            if len(row.cells) != 2 or fold(row.cells[1].line) in _UNKNOWN:
                continue
            name, value = fold(row.cells[0].line), row.cells[1].line
            if _ACRONYMS.fullmatch(name):
                properties += [(NURT.acronym, Literal(acronym)) for acronym in value.split(", ")]
            elif _ENGLISH.fullmatch(name):
                labels.append(Literal(value, lang="en"))
            elif _POLISH.fullmatch(name):
                labels.append(Literal(value, lang="pl"))
            elif _SOURCES.fullmatch(name):
                properties += [(DCTERMS.source, address) for address in citations(value, known)]
    if entry.celex and kind != NURT.UnionProgramme:  # the number is that of the act behind a programme
        properties.append((NURT.celex, Literal(entry.celex)))
    return Element(
        iri=iri,
        type=kind,
        evidence=place,
        labels=tuple(dict.fromkeys(labels)),
        properties=tuple(dict.fromkeys(properties)),
    )
