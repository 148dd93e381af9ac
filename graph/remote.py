"""A graph on a SPARQL 1.1 server, opened for reading: the same questions as to a graph on disk.

``graph.upload`` writes it. What a server needs to be read as a graph of nurt, beside the named graphs and
their merge, stands in one more named graph, the *record*: which named graphs are ours, manifest, report and
the kept texts. A server without a record (``nurt serve``, or quads loaded by hand) can still be asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import pyoxigraph as ox
from rdflib import Graph as RDFGraph
from rdflib import Literal, URIRef

from ..errors import GraphError, QueryError
from ..ontology.namespace import ID, PREFIXES
from .binding import declared
from .engine import Answer, parse_error, sorted_nquads, table_of
from .protocol import Reply, Server
from .terms import from_ox

__all__ = ["BOOKKEEPING", "MERGE", "RECORD", "Record", "RemoteEngine", "RemoteTexts", "record_of"]

_T = TypeVar("_T")
BOOKKEEPING: Final = ID["store/"]
"""What the IRIs of named graphs begin with that are not documents, vocabularies or the closure."""
RECORD: Final = ID["store/record"]
"""The named graph that says what of a server's content is ours."""
MERGE: Final = ID["store/merge"]
"""The merge of the named graphs on servers that have no default graph of their own."""

_XML: Final = "application/sparql-results+xml"
_TRIPLES: Final = frozenset({"application/n-triples", "text/plain"})
_VIRTUOSO_ASK: Final = "__ASK_RETVAL"
_GRAPH_CLAUSE: Final = re.compile(r"\bGRAPH\b", re.IGNORECASE)
_PARTS: Final = f"""
SELECT ?graph ?sha256 WHERE {{
  GRAPH <{RECORD}> {{ <{RECORD}> dcterms:hasPart ?graph . ?graph nurt:sha256 ?sha256 }}
}}"""
_SAID: Final = f"""
SELECT ?what ?value WHERE {{
  GRAPH <{RECORD}> {{
    VALUES ?what {{ <{RECORD}/manifest> <{RECORD}/report> <{RECORD}/merge> }} ?what rdf:value ?value
  }}
}}"""
_NAMES: Final = f"SELECT ?text ?name WHERE {{ GRAPH <{RECORD}> {{ ?text dcterms:identifier ?name }} }}"
_TEXT: Final = (
    f"CONSTRUCT {{ ?text rdf:value ?value }} WHERE {{ GRAPH <{RECORD}> {{ ?text rdf:value ?value }} }}"
)
_OURS: Final = f"""
SELECT DISTINCT ?graph WHERE {{
  GRAPH ?graph {{ ?thing ?predicate ?value }}
  FILTER(STRSTARTS(STR(?graph), "{ID}") && !STRSTARTS(STR(?graph), "{BOOKKEEPING}"))
}}"""
_ANY: Final = "ASK { ?document a nurt:Document }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a server says of the graph of nurt on it.

    Args:
        graphs: the named graphs that are ours, with the SHA-256 of their quads; empty without a record.
        merge: the named graph that holds their merge, or "" where that is the default graph.
        manifest, report: as ``graph.snapshot`` keeps them.
        texts: the kept text of each document.
    """

    graphs: Mapping[str, str] = field(default_factory=dict)
    merge: str = ""
    manifest: Mapping[str, Any] = field(default_factory=dict)
    report: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


class RemoteEngine:
    """A SPARQL 1.1 server behind the interface of ``graph.engine``."""

    def __init__(self, server: Server, *, merge: str = "", graphs: Iterable[str] = ()) -> None:
        self.server = server
        self._merge = merge
        self._graphs = tuple(graphs)

    def query(self, query: str, *, timeout: float | None = None) -> Answer:
        """See ``Engine.query``; a query given up on may go on running on the server until its own limit."""
        named = self._graphs if self._merge and _GRAPH_CLAUSE.search(query) else ()
        try:
            reply = self.server.query(
                declared(query, PREFIXES), timeout=timeout, default_graph=self._merge, named_graphs=named
            )
        except QueryError as error:
            if "refuses" in error.what:
                _explain(query)
            raise
        return _answer(self.server, reply)

    def nquads(self) -> bytes:
        """See ``Engine.nquads``; every named graph of ours is downloaded."""
        graphs = self._graphs or [str(row[0]) for row in table_rows(self, _OURS)]
        return sorted_nquads(quad for number, name in enumerate(graphs) for quad in self._quads(number, name))

    def close(self) -> None:
        """See ``Engine.close``."""
        self.server.close()

    def _quads(self, number: int, name: str) -> Iterator[ox.Quad]:
        graph = ox.NamedNode(name)
        reply = self.server.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
        for triple in _triples(self.server, reply):
            subject, value = _apart(triple.subject, number), _apart(triple.object, number)
            yield ox.Quad(subject, triple.predicate, value, graph)


def _apart(term: _T, number: int) -> _T | ox.BlankNode:
    """A term, a blank node under a name that no other graph has: servers name them anew in each answer."""
    if isinstance(term, ox.BlankNode):
        return ox.BlankNode(f"g{number}{re.sub('[^A-Za-z0-9]', '', term.value)}")
    return term


class RemoteTexts(Mapping[str, str]):
    """The kept texts on a server by document id, each fetched when asked for."""

    def __init__(self, engine: RemoteEngine) -> None:
        self._engine = engine
        self._names = {str(name): text for text, name in table_rows(engine, _NAMES)}

    def __getitem__(self, document: str) -> str:
        answer = self._engine.query(_TEXT.replace("?text", f"<{self._names[document]}>"))
        # As N-Triples: Virtuoso drops a newline at the end of a value in XML.
        return "".join(str(value) for value in answer.objects()) if isinstance(answer, RDFGraph) else ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def record_of(server: Server) -> Record:
    """Read the record of a server; raises GraphError where it holds nothing of nurt."""
    bare = RemoteEngine(server)
    graphs = {str(graph): str(sha256) for graph, sha256 in table_rows(bare, _PARTS)}
    if not graphs:
        if bare.query(_ANY) is True:
            return Record()
        raise GraphError(
            f"{server.address} holds no graph of nurt.",
            hint=f"Write one: nurt build DOCUMENTS --store {server.address}",
        )
    said = {str(what).rpartition("/")[2]: str(value) for what, value in table_rows(bare, _SAID)}
    try:
        manifest, report = json.loads(said["manifest"]), json.loads(said["report"])
    except (KeyError, ValueError) as error:
        raise GraphError(
            f"The record of the graph on {server.address} is damaged: {error}.",
            hint="Write it again: nurt build DOCUMENTS --store ADDRESS.",
        ) from None
    return Record(
        graphs=graphs,
        merge=said.get("merge", ""),
        manifest=manifest,
        report=report,
        texts=RemoteTexts(bare),
    )


def table_rows(engine: RemoteEngine, query: str) -> tuple[tuple[URIRef | Literal | Any, ...], ...]:
    """The rows of a SELECT query of our own."""
    answer = engine.query(query)
    return () if isinstance(answer, bool | RDFGraph) else answer.rows


def _answer(server: Server, reply: Reply) -> Answer:
    if reply.media_type in _TRIPLES:
        graph = RDFGraph()
        for triple in _triples(server, reply):
            graph.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))
        return graph
    if reply.media_type != _XML:
        raise _strange(server, f"a page of type {reply.media_type or 'unknown'}")
    try:
        result = ox.parse_query_results(reply.body, ox.QueryResultsFormat.XML)
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        table = table_of(result)
    except (SyntaxError, ValueError) as error:
        raise _strange(server, str(error)) from None
    return bool(table.rows) if table.columns == (_VIRTUOSO_ASK,) else table


def _triples(server: Server, reply: Reply) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise _strange(server, str(error)) from None


def _strange(server: Server, what: str) -> GraphError:
    return GraphError(
        f"{server.address} sends no SPARQL results but {what}.",
        hint="Give the address where the server takes queries.",
    )


def _explain(query: str) -> None:
    """Say where a query that a server refused does not parse; servers count lines in their own way."""
    try:
        ox.Store().query(query, prefixes=PREFIXES)
    except SyntaxError as error:
        raise parse_error(query, str(error)) from None
    except (RuntimeError, ValueError, OSError):
        return
