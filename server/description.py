"""What the endpoint says of itself: a SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rdflib import RDF, VOID, BNode, Literal, Namespace, URIRef
from rdflib import Graph as RDFGraph

from ..graph.store import Graph

__all__ = ["SD", "Sizes", "service_description", "sizes"]

SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "N-Quads",
    "TriG",
    "RDF_XML",
    "JSON-LD",
)
_COUNT: Final = "SELECT (COUNT(*) AS ?triples) WHERE { ?subject ?predicate ?value }"
_GRAPHS: Final = """
SELECT ?name (COUNT(*) AS ?triples) WHERE { GRAPH ?name { ?subject ?predicate ?value } } GROUP BY ?name"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many triples the default graph and each named graph have."""

    default: int
    named: Mapping[URIRef, int]


def sizes(graph: Graph) -> Sizes:
    """Count the triples of all graphs; it takes a second for a million."""
    named = {
        name: int(str(triples)) for name, triples in graph.select(_GRAPHS).rows if isinstance(name, URIRef)
    }
    return Sizes(int(str(graph.select(_COUNT).rows[0][0])), named)


def service_description(counted: Sizes, endpoint: str) -> RDFGraph:
    """Describe the endpoint: its address, language, formats, and its graphs with their sizes."""
    rdf = RDFGraph()
    rdf.bind("sd", SD)
    rdf.bind("void", VOID)
    service, dataset, merge = URIRef(endpoint), BNode("dataset"), BNode("merge")
    rdf.add((service, RDF.type, SD.Service))
    rdf.add((service, SD.endpoint, service))
    rdf.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    for form in _FORMATS:
        rdf.add((service, SD.resultFormat, URIRef(f"http://www.w3.org/ns/formats/{form}")))
    rdf.add((service, SD.defaultDataset, dataset))
    rdf.add((dataset, RDF.type, SD.Dataset))
    rdf.add((dataset, SD.defaultGraph, merge))
    rdf.add((merge, RDF.type, SD.Graph))
    rdf.add((merge, VOID.triples, Literal(counted.default)))
    for name, triples in counted.named.items():
        named, inside = BNode(), BNode()
        rdf.add((dataset, SD.namedGraph, named))
        rdf.add((named, RDF.type, SD.NamedGraph))
        rdf.add((named, SD.name, name))
        rdf.add((named, SD.graph, inside))
        rdf.add((inside, RDF.type, SD.Graph))
        rdf.add((inside, VOID.triples, Literal(triples)))
    return rdf
