"""Notes that go with a table: which graph it comes from, its documents and sources, its coverage."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

from rdflib import URIRef

from ..graph.store import Graph
from .coverage import coverage
from .resources import load_resources
from .sheet import Language, Note, value_of

__all__ = ["graph_notes", "nurt_version"]

_DOCUMENTS: Final = """
SELECT ?document ?date ?digest (MIN(?address) AS ?source) WHERE {
  ?document a nurt:Document .
  OPTIONAL { ?document dcterms:date ?date }
  OPTIONAL { ?document nurt:digest ?digest }
  OPTIONAL { ?document dcterms:source ?address }
} GROUP BY ?document ?date ?digest ORDER BY ?document"""


def nurt_version() -> str:
    """The installed version, or "" where nurt runs without being installed."""
    try:
        return version("nurt")
    except PackageNotFoundError:
        return ""


def graph_notes(graph: Graph, language: Language = "pl") -> tuple[Note, ...]:
    """Version, snapshot, documents with date and source, and what is known of each programme."""
    pl = language == "pl"
    notes = [Note("nurt", " ".join(part for part in (nurt_version(), graph.snapshot) if part) or "–")]
    documents = graph.select(_DOCUMENTS).rows
    titles = load_resources(graph, [row[0] for row in documents if isinstance(row[0], URIRef)])
    for node, day, digest, source in documents:
        if not isinstance(node, URIRef):
            continue
        kind = ""
        if value_of(digest) is True:
            kind = "streszczenie, nie tekst urzędowy" if pl else "digest, not the official text"
        parts = (str(value_of(day) or ""), kind, str(source or ""))
        subject = ("Dokument: " if pl else "Document: ") + titles[node].name(language)
        notes.append(Note(subject, "; ".join(part for part in parts if part) or "–"))
    known: dict[str, list[str]] = {}
    for row in coverage(graph):
        gaps = ""
        if row.missing:
            gaps = (" (luki: " if pl else " (gaps: ") + ", ".join(row.missing) + ")"
        label = {"axis": ("osie", "axes"), "measure": ("działania", "measures")}.get(
            row.level, ("poddziałania", "sub-measures")
        )[0 if pl else 1]
        known.setdefault(row.programme.name(language), []).append(f"{label}: {row.known}{gaps}")
    for name, parts_known in known.items():
        notes.append(Note(("Znane: " if pl else "Known: ") + name, "; ".join(parts_known)))
    return tuple(notes)
