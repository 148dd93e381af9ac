"""What a page or a data file says of one thing, and which thing an address means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rdflib import RDF, VOID, Literal, URIRef
from rdflib import Graph as RDFGraph

from ..errors import QueryError, UnknownNameError
from ..graph.store import Graph
from ..ontology.identifiers import expand, short
from ..ontology.namespace import ID
from ..queries.network import subgraph
from ..queries.resources import Resource, load_resources
from ..queries.sheet import Language, Value
from ..queries.show import show
from ..queries.trace import Branch, trace
from .description import SD

__all__ = [
    "Line",
    "Place",
    "Thing",
    "describe",
    "describe_rdf",
    "named_things",
    "nearest",
    "resolve",
]

_EXISTS: Final = "ASK { ?thing ?predicate ?value }"
_NAMED: Final = "SELECT (COUNT(*) AS ?triples) WHERE { GRAPH ?thing { ?subject ?predicate ?value } }"
_NAMES: Final = "SELECT DISTINCT ?thing WHERE { ?thing skos:prefLabel|dcterms:title|nurt:code ?name }"
_PLACES: Final = """
SELECT DISTINCT ?evidence ?document ?quote ?start ?end ?page WHERE {
  { BIND(?thing AS ?evidence) } UNION { ?thing a nurt:Claim ; nurt:evidence ?evidence }
  ?evidence oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?evidence nurt:page ?page }
} ORDER BY ?document ?start"""
_AROUND: Final = 300
_NEAR: Final = 8
_LONGEST_NAME: Final = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A line of ``queries.show``: an attribute, a link from or to the thing, a place in a document."""

    property: str
    value: Value
    name: str | None
    basis: str | None = None
    quote: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A quote within the text around it, "" where the graph keeps no text."""

    evidence: URIRef
    document: URIRef
    title: str
    page: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """All that a page shows.

    Args:
        attributes, links, sources: lines of the thing itself.
        linked: lines of what links to it, by the property that does.
        way: the tree of ways up, or None for what stands beside the lineage or leads nowhere.
        places: where the quotes of an evidence or a claim stand; empty for anything else.
    """

    resource: Resource
    attributes: tuple[Line, ...]
    links: tuple[Line, ...]
    linked: Mapping[str, tuple[Line, ...]]
    sources: tuple[Line, ...]
    way: Branch | None
    places: tuple[Place, ...]


def resolve(graph: Graph, *names: str) -> URIRef | None:
    """The thing that the first name with a meaning means; a code may be in any printed form."""
    for name in names:
        for iri in dict.fromkeys((ID[name], expand(name))):
            if iri.startswith(str(ID)) and _known(graph, iri):
                return iri
    return None


def _known(graph: Graph, iri: URIRef) -> bool:
    try:
        return graph.ask(_EXISTS, {"thing": iri}) or _size(graph, iri) > 0
    except QueryError:  # it has characters that no IRI has
        return False


def _size(graph: Graph, iri: URIRef) -> int:
    """How many triples stand in the named graph of that name."""
    return int(str(graph.select(_NAMED, {"thing": iri}).rows[0][0]))


def named_things(graph: Graph) -> tuple[str, ...]:
    """The short ids of all things of the graph that have a name or a code."""
    things = (row[0] for row in graph.select(_NAMES).rows)
    return tuple(sorted(short(iri) for iri in things if isinstance(iri, URIRef) and iri.startswith(str(ID))))


def nearest(graph: Graph, ids: Sequence[str], name: str) -> tuple[Resource, ...]:
    """The things whose ids are most like a name, at most eight; none for what is much longer than any id.

    Args:
        ids: of all things, see ``named_things``.
    """
    from rapidfuzz import fuzz, process

    if len(name) > _LONGEST_NAME:
        return ()
    found = process.extract(name, ids, scorer=fuzz.WRatio, limit=_NEAR, score_cutoff=60)
    iris = [ID[close] for close, _, _ in found]
    resources = load_resources(graph, iris)
    return tuple(resources[iri] for iri in iris)


def describe(graph: Graph, iri: URIRef, language: Language) -> Thing:
    """All that a page shows of a thing. Raises UnknownNameError where the graph says nothing about it."""
    lines: dict[str, list[Line]] = {"=": [], "→": [], "←": [], "@": []}
    try:
        for direction, name, value, label, basis, _, quote, place in show(graph, iri, language=language).rows:
            line = Line(str(name), value, _text(label), _text(basis), _text(quote), _text(place))
            lines[str(direction)].append(line)
    except UnknownNameError:
        triples = _size(graph, iri)
        if not triples:
            raise
        lines["="].append(Line("triples", triples, None))
    linked: dict[str, list[Line]] = {}
    for line in lines["←"]:
        linked.setdefault(line.property, []).append(line)
    resource = load_resources(graph, [iri])[iri]
    way = trace(graph, iri, language=language).tree if resource.level is not None else None
    return Thing(
        resource=resource,
        attributes=tuple(lines["="]),
        links=tuple(lines["→"]),
        linked={name: tuple(group) for name, group in linked.items()},
        sources=tuple(lines["@"]),
        way=way if way is not None and way.branches else None,
        places=tuple(_places(graph, iri, language)),
    )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _places(graph: Graph, iri: URIRef, language: Language) -> Iterator[Place]:
    rows = graph.select(_PLACES, {"thing": iri}).rows
    resources = load_resources(graph, [row[1] for row in rows if isinstance(row[1], URIRef)])
    for evidence, document, quote, start, end, page in rows:
        if not isinstance(document, URIRef) or not isinstance(evidence, URIRef):
            continue
        try:
            text = graph.text(short(document).removeprefix("document/"))
        except UnknownNameError:
            text = ""
        first, last = int(str(start)), int(str(end))
        yield Place(
            evidence=evidence,
            document=document,
            title=resources[document].title(language),
            page="" if page is None else str(page),
            before=text[max(0, first - _AROUND) : first],
            quote=str(quote),
            after=text[last : last + _AROUND],
        )


def describe_rdf(graph: Graph, iri: URIRef) -> RDFGraph:
    """What the graph says of a thing and its claims with their evidence; of a named graph its size."""
    rdf = subgraph(graph, [iri])
    if not rdf:
        rdf.bind("sd", SD)
        rdf.add((iri, RDF.type, SD.NamedGraph))
        rdf.add((iri, VOID.triples, Literal(_size(graph, iri))))
    return rdf
