"""The cascade for other programs: networkx, GraphML (Cytoscape, yEd), GEXF (Gephi), Turtle and JSON-LD."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final, Literal
from xml.etree import ElementTree

from rdflib import Graph as RDFGraph
from rdflib import URIRef

from ..graph.store import Graph
from .links import BASES, Basis, load_links
from .resources import load_resources, values
from .sheet import Language
from .trace import trace

if TYPE_CHECKING:
    import networkx

__all__ = ["around", "digests_note", "gexf", "graphml", "network", "rdf_text", "subgraph"]

_GEXF: Final = "{http://www.gexf.net/1.2draft}"
RDFFormat = Literal["turtle", "json-ld"]
_DESCRIBE: Final = """
CONSTRUCT { ?thing ?predicate ?value } WHERE {
  %s ?thing ?predicate ?value . FILTER(?predicate != nurt:flowsFrom)
}"""
_CLAIMS: Final = """
CONSTRUCT { ?claim ?predicate ?value . ?evidence ?about ?said . ?selector ?what ?exactly } WHERE {
  %s
  ?claim rdf:subject ?thing ; ?predicate ?value ; nurt:evidence ?evidence .
  ?evidence ?about ?said ; oa:hasSelector ?selector .
  ?selector ?what ?exactly .
}"""


def around(graph: Graph, iri: URIRef, *, bases: Collection[Basis] = BASES) -> frozenset[URIRef]:
    """Everything on the ways up and down from a thing, itself included: its lineage."""
    up = trace(graph, iri, direction="up", bases=bases)
    return up.reaches | trace(graph, iri, direction="down", bases=bases).reaches


def network(
    graph: Graph,
    *,
    bases: Collection[Basis] = BASES,
    language: Language = "pl",
    only: Collection[URIRef] | None = None,
) -> networkx.DiGraph[str]:
    """The upward links as a directed graph, child to parent; with ``only`` those between these things.

    Nodes are IRIs with ``label``, ``short``, ``type``, ``level`` and ``code``; edges carry ``predicate``,
    ``basis``, ``confidence``, ``rule``, ``quote``, ``document``, ``digest`` and ``page`` of their strongest
    claim. Where several links join the same two things, the strongest stands for them. Unknown is "" or 0, as
    the file formats want. The network's ``note`` says how many of the quoted documents are digests.
    """
    import networkx as nx

    every = load_links(graph, bases=bases)
    links = [x for x in every if only is None or (x.child in only and x.parent in only)]
    resources = load_resources(graph)
    found: networkx.DiGraph[str] = nx.DiGraph(name="nurt")
    for iri in sorted({end for link in links for end in (link.child, link.parent)} | set(only or ())):
        resource = resources[iri]
        found.add_node(
            str(iri),
            label=resource.title(language),
            short=resource.short,
            type=str(resource.type or "").rpartition("#")[2],
            level=resource.level.key if resource.level is not None else "",
            code=resource.code,
        )
    for link in sorted(links, key=lambda link: (link.child, link.parent, link.best.strength)):
        if found.has_edge(str(link.child), str(link.parent)):
            continue
        quote = link.best.quotes[0] if link.best.quotes else None
        found.add_edge(
            str(link.child),
            str(link.parent),
            predicate=link.verb,
            basis=link.best.basis,
            confidence=link.best.confidence,
            rule=link.best.rule,
            quote=_printable(quote.text) if quote is not None else "",
            document=quote.title(language) if quote is not None else "",
            digest=quote.digest if quote is not None else False,
            page=quote.page or 0 if quote is not None else 0,
        )
    quoted = {q.document: q.digest for link in links for q in link.best.quotes[:1]}
    found.graph["note"] = digests_note(sum(quoted.values()), len(quoted), language)
    return found


def digests_note(marked: int, documents: int, language: Language) -> str:
    """How many of the documents that something rests on are digests, as a line for people."""
    if language == "pl":
        return f"Streszczenia, nie teksty urzędowe: {marked} z {documents} cytowanych dokumentów."
    return f"Digests, not official texts: {marked} of {documents} quoted documents."


def _printable(text: str) -> str:
    """One line, without the control characters that XML forbids."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def graphml(found: networkx.DiGraph[str]) -> bytes:
    """The network as GraphML."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(found, out)
    return out.getvalue()


def gexf(found: networkx.DiGraph[str]) -> bytes:
    """The network as GEXF 1.2, without the date of writing: the same graph gives the same bytes."""
    import networkx as nx

    root = ElementTree.fromstring("\n".join(nx.generate_gexf(found)))
    for element in root:
        if element.tag.endswith("meta"):
            element.attrib.pop("lastmodifieddate", None)
            if note := found.graph.get("note"):
                ElementTree.SubElement(element, f"{_GEXF}description").text = str(note)
    ElementTree.register_namespace("", _GEXF[1:-1])
    out = io.BytesIO()
    ElementTree.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue()


def subgraph(graph: Graph, iris: Iterable[URIRef]) -> RDFGraph:
    """What the graph says of some things: their triples, and the claims about them with all evidence."""
    things = frozenset(iris)
    if not things:
        return RDFGraph()
    clause = values("thing", things)
    return graph.construct(_DESCRIBE % clause) + graph.construct(_CLAIMS % clause)


def rdf_text(rdf: RDFGraph, to: RDFFormat = "turtle") -> str:
    """RDF as text, in the order that the serialiser keeps for equal graphs, with the prefixes of nurt."""
    from ..ontology.namespace import PREFIXES

    for prefix, namespace in PREFIXES.items():
        rdf.bind(prefix, namespace)
    if to == "json-ld":
        return rdf.serialize(format="json-ld", context=dict(PREFIXES), sort_keys=True) + "\n"
    return rdf.serialize(format="turtle")
