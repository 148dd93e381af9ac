"""Two checks of a whole graph: does it hold to the shapes, and is every quote where its claim says it is?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from ..ontology.identifiers import short
from ..ontology.namespace import PREFIXES
from ..ontology.vocabularies import shapes_graph, vocabulary_quads
from .engine import EmbeddedEngine
from .report import Finding, Report, Severity
from .shacl import Result, check
from .store import Graph

__all__ = ["validate", "verify"]

_SEVERITIES: Final[dict[str, Severity]] = {
    str(SH.Violation): "violation",
    str(SH.Warning): "warning",
    str(SH.Info): "info",
}
_PLACES: Final = """
SELECT ?place ?document ?exact ?start ?end WHERE {
  ?place a nurt:Evidence .
  OPTIONAL { ?place oa:hasSource ?document }
  OPTIONAL { ?place oa:hasSelector ?quote . ?quote oa:exact ?exact }
  OPTIONAL { ?place oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }
}"""
_LINKS: Final = """
SELECT ?child ?link ?parent WHERE {
  VALUES ?link { nurt:partOf nurt:contributesTo nurt:implements nurt:addresses nurt:eligible nurt:supports
                 nurt:selects nurt:supportType nurt:fundedBy nurt:coversRegion nurt:managedBy
                 nurt:hasAllocation nurt:cites }
  ?child ?link ?parent
}"""
_CLAIMED: Final = """
SELECT ?child ?link ?parent WHERE {
  ?claim a nurt:Claim ; rdf:subject ?child ; rdf:predicate ?link ; rdf:object ?parent ; nurt:evidence ?place
}"""
_HASHES: Final = """
SELECT ?document ?sha WHERE { ?document dcterms:hasVersion ?version . ?version nurt:sha256 ?sha }"""


def _name(node: Node | None) -> str:
    """A node as people write it: short id, prefixed name, or its text."""
    if not isinstance(node, URIRef):
        return "" if node is None else str(node)
    name = short(node)
    if name != str(node):
        return name
    for prefix, namespace in PREFIXES.items():
        if node.startswith(namespace):
            return f"{prefix}:{node.removeprefix(namespace)}"
    return str(node)


def _said(result: Result, language: str) -> str:
    said = {message.language: str(message) for message in result.messages if isinstance(message, Literal)}
    return said.get(language) or next(iter(said.values()), "")


def validate(graph: Graph) -> Report:
    """Check a graph against ``ontology/shapes.ttl``; pySHACL judges what a quick screen does not clear."""
    engine = graph.engine
    if not isinstance(engine, EmbeddedEngine):
        engine = EmbeddedEngine.of_nquads(graph.nquads())
    ontology = (quad for quad in vocabulary_quads() if quad.graph_name == ox.NamedNode(_ONTOLOGY))
    results, checked = check(engine, shapes_graph(), ontology)
    findings = (
        Finding(
            severity=_SEVERITIES.get(str(result.severity), "violation"),
            rule=_name(result.shape).rpartition("#")[2],
            focus=_name(result.focus),
            message_en=_said(result, "en"),
            message_pl=_said(result, "pl"),
            path=_name(result.path),
            value=_name(result.value),
        )
        for result in results
    )
    return Report.of("Shapes", "Kształty", findings, checked)


_ONTOLOGY: Final = f"{PREFIXES['id']}vocabulary/nurt"


def verify(graph: Graph) -> Report:
    """Check that every quote equals the kept text at its offsets, and every link has a claim with evidence.

    A kept text that was changed since it was kept, or that is missing, is found too.
    """
    findings: list[Finding] = []
    places = graph.select(_PLACES).rows
    texts = {document: graph.text(document) for document in graph.documents()}
    for place, document, exact, start, end in places:
        name = _name(document).removeprefix("document/")
        findings += _misquoted(_name(place), name, texts.get(name), exact, start, end)
    claimed = set(graph.select(_CLAIMED).rows)
    unclaimed = (link for link in graph.select(_LINKS).rows if link not in claimed)
    findings += (
        Finding(
            severity="violation",
            rule="unclaimed",
            focus=_name(child),
            message_en="A link has no claim with evidence.",
            message_pl="Powiązanie nie ma twierdzenia z dowodem.",
            path=_name(link),
            value=_name(parent),
        )
        for child, link, parent in unclaimed
    )
    findings += _changed(graph, texts)
    return Report.of(
        "Evidence", "Dowody", findings, {"quotes": len(places), "documents": len(graph.documents())}
    )


def _misquoted(
    place: str, document: str, text: str | None, exact: Node | None, start: Node | None, end: Node | None
) -> Iterator[Finding]:
    if text is None:
        yield _broken(
            "no-text", place, document, "Its document has no kept text.", "Jego dokument nie ma tekstu."
        )
        return
    if exact is None or start is None or end is None:
        en, pl = "It has no quote or no position.", "Nie ma cytatu albo położenia."
        yield _broken("no-position", place, document, en, pl)
        return
    if not str(exact) or text[int(str(start)) : int(str(end))] != str(exact):
        yield _broken(
            "misquoted",
            place,
            document,
            "The kept text does not have the quote at its offsets.",
            "W zachowanym tekście pod tym położeniem nie ma tego cytatu.",
            value=str(exact),
        )


def _broken(rule: str, place: str, document: str, en: str, pl: str, value: str = "") -> Finding:
    return Finding(
        severity="violation",
        rule=rule,
        focus=place,
        message_en=en,
        message_pl=pl,
        value=value,
        document=document,
    )


def _changed(graph: Graph, texts: dict[str, str]) -> Iterator[Finding]:
    """Kept texts that differ from what the manifest says, and documents whose text or hash is missing."""
    kept = graph.manifest.get("texts", {})
    for document, text in texts.items():
        known = kept.get(document, {}).get("sha256")
        if known is not None and hashlib.sha256(text.encode()).hexdigest() != known:
            en, pl = "The kept text was changed.", "Zachowany tekst został zmieniony."
            yield _broken("changed", f"document/{document}", document, en, pl)
    built = graph.manifest.get("documents", {})
    for node, sha in graph.select(_HASHES).rows:
        name = _name(node).removeprefix("document/")
        if name not in texts:
            en, pl = "The document has no kept text.", "Dokument nie ma zachowanego tekstu."
            yield _broken("no-text", f"document/{name}", name, en, pl)
        elif name in built and built[name].get("sha256") != str(sha):
            en, pl = "The manifest names another file.", "Manifest wskazuje inny plik."
            yield _broken("other-file", f"document/{name}", name, en, pl)
