"""Does the graph say only what the shapes allow, and is every quote where its claim says it is?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox
from rdflib import SH, BNode, Literal, URIRef
from rdflib import Graph as RDFGraph
from rdflib.term import Node

from ..errors import UnknownNameError
from ..ontology.identifiers import short
from ..ontology.namespace import ID
from .engine import EmbeddedEngine
from .report import Finding, Report, Severity
from .shacl import Result, check
from .store import Graph
from .terms import Term, readable

__all__ = ["LINKS", "validate", "verify"]

_SEVERITY: Final[dict[URIRef, Severity]] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
LINKS: Final = ("partOf", "contributesTo", "implements", "addresses", "eligible", "supports", "cites")
"""The links that must have a claim, by name of their property."""

_GRAPHS: Final = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?thing ?p ?o } }"
_EVIDENCE: Final = """
SELECT ?evidence ?document ?quote ?start ?end WHERE {
  ?evidence a nurt:Evidence .
  OPTIONAL { ?evidence oa:hasSource ?document }
  OPTIONAL { ?evidence oa:hasSelector/oa:exact ?quote }
  OPTIONAL { ?evidence oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }
}"""
_VERSIONS: Final = """
SELECT ?document ?sha256 WHERE {
  ?document a nurt:Document .
  OPTIONAL { ?document dcterms:hasVersion/nurt:sha256 ?sha256 }
}"""
# Compared in Python: Oxigraph tests FILTER NOT EXISTS link by link, which takes a hundred times as long.
_LINKS: Final = f"""
SELECT DISTINCT ?child ?link ?parent ?graph WHERE {{
  VALUES ?link {{ {" ".join("nurt:" + name for name in LINKS)} }}
  GRAPH ?graph {{ ?child ?link ?parent }}
}}"""
_CLAIMED: Final = """
SELECT ?child ?link ?parent WHERE {
  ?claim a nurt:Claim ; rdf:subject ?child ; rdf:predicate ?link ; rdf:object ?parent
}"""


def _document_of(graph_name: str) -> str:
    """The document of a named graph, "" where the graph is a vocabulary or the closure."""
    name = short(URIRef(graph_name))
    return name.removeprefix("document/").rpartition("/")[0] if name.startswith("document/") else ""


def _text(node: Node | None) -> str:
    if isinstance(node, URIRef | Literal):
        return readable(node)
    return "" if node is None else f"_:{node}"


def _message(result: Result, language: str) -> str:
    """The message in a language, else in English, else whatever there is."""
    found = {message.language: str(message) for message in sorted(result.messages)}
    for tag in (language, "en", None):
        if tag in found:
            return found[tag]
    return next(iter(found.values()), "breaks the shape")


def _finding(graph: Graph, result: Result) -> Finding:
    focus = result.focus
    if not (isinstance(focus, URIRef) and focus.startswith(str(ID))) and isinstance(result.value, URIRef):
        focus = result.value  # a constraint on the graph as a whole: the value is the thing that is wrong
    document = ""
    if isinstance(focus, URIRef):
        graphs = graph.select(_GRAPHS, {"thing": focus}).column("graph")
        document = next((name for name in sorted(_document_of(str(found)) for found in graphs) if name), "")
    return Finding(
        severity=_SEVERITY.get(result.severity, "violation"),
        rule=_text(result.shape).rpartition("#")[2].rpartition("/")[2],
        focus="…" if focus is None else _text(focus),
        message_en=_message(result, "en"),
        message_pl=_message(result, "pl"),
        path=_text(result.path) if isinstance(result.path, URIRef) else "",
        value="" if focus is result.value else _text(result.value),
        document=document,
    )


def validate(
    graph: Graph, *, shapes: RDFGraph | None = None, ontology: Iterable[ox.Quad] | None = None
) -> Report:
    """Validate a graph against the SHACL shapes.

    Args:
        graph: any graph.
        shapes: a shapes graph; without it the shapes that ship with nurt.
        ontology: quads whose class hierarchy counts as data; without it the ontology and vocabularies that
            ship with nurt.

    Raises GraphError where the shapes themselves are faulty.
    """
    from ..ontology.vocabularies import shapes_graph, vocabulary_quads

    engine = graph.engine
    if not isinstance(engine, EmbeddedEngine):
        engine = EmbeddedEngine.of_nquads(graph.nquads())
    results, checked = check(
        engine,
        shapes_graph() if shapes is None else shapes,
        vocabulary_quads() if ontology is None else ontology,
    )
    return Report.of(
        "SHACL shapes",
        "Kształty SHACL",
        (_finding(graph, result) for result in results),
        {"nodes": checked["nodes"], "shapes": checked["shapes"]},
    )


def verify(graph: Graph) -> Report:
    """Check that every quote equals the kept text at its offsets, and that nothing lacks its source.

    Also: every document has its kept text, the hash of the graph's version is the manifest's, the kept text
    is the one that was published, and every link of ``LINKS`` has a claim.
    """
    evidence = graph.select(_EVIDENCE).rows
    versions = graph.select(_VERSIONS).rows
    links = graph.select(_LINKS).rows
    findings = [*_quotes(graph, evidence), *_versions(graph, versions), *_unclaimed(graph, links)]
    counts = {
        "quotes": len({row[0] for row in evidence}),
        "documents": len({row[0] for row in versions}),
        "links": len({row[:3] for row in links}),
    }
    return Report.of("Quotes, texts and claims", "Cytaty, teksty i twierdzenia", findings, counts)


def _wrong(rule: str, focus: Term | str | None, en: str, pl: str, **more: str) -> Finding:
    name = focus if isinstance(focus, str) and not isinstance(focus, URIRef | BNode) else _text(focus)
    return Finding(severity="violation", rule=rule, focus=name, message_en=en, message_pl=pl, **more)


def _quotes(graph: Graph, rows: Iterable[tuple[Term | None, ...]]) -> Iterator[Finding]:
    texts: dict[str, str | None] = {}
    for evidence, source, quote, start, end in rows:
        document = _text(source).removeprefix("document/")
        if source is None or quote is None or start is None or end is None:
            en, pl = "evidence without document, quote or offsets", "dowód bez dokumentu, cytatu lub miejsca"
            yield _wrong("evidence-complete", evidence, en, pl, document=document)
            continue
        if document not in texts:
            try:
                texts[document] = graph.text(document)
            except UnknownNameError:
                texts[document] = None
        text = texts[document]
        if text is None:
            en, pl = "the document quoted has no kept text", "cytowany dokument nie ma zachowanego tekstu"
            yield _wrong("text-kept", evidence, en, pl, document=document)
            continue
        try:
            first, last = int(str(start)), int(str(end))
        except ValueError:
            first = last = -1
        if not 0 <= first < last or text[first:last] != str(quote):
            en = "the quote is not in the kept text at its offsets"
            pl = "cytatu nie ma w zachowanym tekście we wskazanym miejscu"
            place = f"{start}-{end} {quote}"
            yield _wrong("quote-equals-text", evidence, en, pl, document=document, value=place)


def _versions(graph: Graph, rows: Iterable[tuple[Term | None, ...]]) -> Iterator[Finding]:
    read = graph.manifest.get("documents", {})
    kept = graph.manifest.get("texts", {})
    known = set(graph.documents())
    described = set()
    for iri, sha256 in rows:
        document = _text(iri).removeprefix("document/")
        described.add(document)
        if document not in known:
            en, pl = "the document has no kept text", "dokument nie ma zachowanego tekstu"
            yield _wrong("text-kept", iri, en, pl, document=document)
        elif document in kept and kept[document]["sha256"] != _sha256(graph.text(document)):
            en, pl = "the kept text was changed", "zachowany tekst został zmieniony"
            yield _wrong("text-unchanged", iri, en, pl, document=document)
        if sha256 is None or read.get(document, {}).get("sha256") != str(sha256):
            en = "the version in the graph is not the one in the manifest"
            pl = "wersja w grafie nie jest tą z manifestu"
            yield _wrong("version-of-manifest", iri, en, pl, document=document)
    for document in sorted(known - described):
        en, pl = (
            "a text is kept of a document that the graph does not know",
            "zachowany tekst nieznanego dokumentu",
        )
        yield _wrong("text-known", f"document/{document}", en, pl, document=document)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _unclaimed(graph: Graph, links: Iterable[tuple[Term | None, ...]]) -> Iterator[Finding]:
    claimed = set(graph.select(_CLAIMED).rows)
    for child, link, parent, name in links:
        if (child, link, parent) not in claimed:
            en, pl = "the link has no claim", "powiązanie nie ma twierdzenia"
            place = {"path": _text(link), "value": _text(parent), "document": _document_of(str(name))}
            yield _wrong("link-claimed", child, en, pl, **place)
