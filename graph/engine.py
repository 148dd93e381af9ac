"""Where quads lie and SPARQL runs: one small interface, and Oxigraph within this process behind it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol, TypeVar

import pyoxigraph as ox
from rdflib import Graph as RDFGraph

from ..errors import GraphError, QueryError
from ..ontology.namespace import PREFIXES
from .table import Row, Table
from .terms import OxTerm, Term, from_ox

__all__ = [
    "Answer",
    "EmbeddedEngine",
    "Engine",
    "merge_into_default",
    "parse_error",
    "sorted_nquads",
    "table_of",
]

Answer = Table | bool | RDFGraph
_T = TypeVar("_T")

_PLACE: Final = re.compile(r"error at (\d+):(\d+):?\s*(.*)", re.DOTALL)
_EXPECTED_SHOWN: Final = 6


class Engine(Protocol):
    """A SPARQL 1.1 store whose queries run over the merge of its named graphs."""

    def query(self, query: str, *, timeout: float | None) -> Answer:
        """Answer a query: SELECT with a Table, ASK with a truth value, CONSTRUCT and DESCRIBE with a graph.

        Raises QueryError where the query does not parse or has not ended after ``timeout`` seconds.
        """

    def nquads(self) -> bytes:
        """All quads of the named graphs as sorted N-Quads: equal bytes mean equal graphs."""

    def close(self) -> None:
        """Let go of connections; the engine is not asked afterwards."""


def parse_error(query: str, message: str) -> QueryError:
    """Say in which line a query does not parse, and what would have been understood there."""
    if "Prefix not found" in message:
        hint = f"Declare the prefix, or use one that needs no declaration: {', '.join(sorted(PREFIXES))}."
    else:
        hint = ""
    match = _PLACE.search(message)
    if not match:
        return QueryError(f"The query cannot be run: {message.strip()}.", hint=hint)
    line, column, expected = int(match[1]), int(match[2]), match[3]
    lines = query.splitlines() or [""]
    text = lines[line - 1].strip() if line <= len(lines) else ""
    where = f" ({text[:120]})" if text else " (the end of the query)"
    options = [
        option.strip() for option in expected.removeprefix("expected ").removeprefix("one of ").split(",")
    ]
    if not hint and options and options[0]:
        more = " …" if len(options) > _EXPECTED_SHOWN else ""
        hint = f"Understood there: {', '.join(options[:_EXPECTED_SHOWN])}{more}"
    return QueryError(f"The query does not parse at line {line}, column {column}{where}.", hint=hint)


def _within(seconds: float, work: Callable[[], _T]) -> _T:
    """Run ``work`` in a thread and stop waiting for it after ``seconds``.

    Oxigraph cannot be told to stop: a query given up on keeps its thread busy until it ends by itself or the
    process does.
    """
    done: list[_T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except (QueryError, GraphError) as error:
            failed.append(error)

    thread = threading.Thread(target=run, name="nurt-query", daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if done:
        return done[0]
    raise QueryError(
        f"The query was stopped after {seconds:g} s.",
        hint="Narrow it (name a programme or a type, add LIMIT) or allow it more time.",
    )


def merge_into_default(store: ox.Store) -> None:
    """Copy every triple of the named graphs into the default graph, each once.

    A union that the store computes at query time repeats a triple that stands in several graphs, so counts
    and sums over it are wrong; in the default graph it stands once, as in an RDF merge.
    """
    named = (quad for quad in store if quad.graph_name != ox.DefaultGraph())
    store.bulk_extend([ox.Quad(quad.subject, quad.predicate, quad.object) for quad in named])


class EmbeddedEngine:
    """Oxigraph within this process, in memory or from disk; its default graph is the merge of the others."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    @classmethod
    def of_nquads(cls, nquads: bytes) -> EmbeddedEngine:
        """Hold N-Quads in memory; raises GraphError where they are malformed."""
        store = ox.Store()
        try:
            store.bulk_load(nquads, ox.RdfFormat.N_QUADS)
        except (SyntaxError, ValueError) as error:
            raise GraphError(f"These are no N-Quads: {error}.") from None
        merge_into_default(store)
        return cls(store)

    def query(self, query: str, *, timeout: float | None = None) -> Answer:
        """See ``Engine.query``."""
        if timeout is None:
            return self._answer(query)
        return _within(timeout, lambda: self._answer(query))

    def nquads(self) -> bytes:
        """See ``Engine.nquads``."""
        graphs = self.store.named_graphs()
        return sorted_nquads(
            quad for graph in graphs for quad in self.store.quads_for_pattern(None, None, None, graph)
        )

    def close(self) -> None:
        """See ``Engine.close``; a store within this process closes when nobody refers to it."""

    def _answer(self, query: str) -> Answer:
        try:
            result = self.store.query(query, prefixes=PREFIXES)
            if isinstance(result, ox.QuerySolutions):
                return table_of(result)
            if isinstance(result, ox.QueryBoolean):
                return bool(result)
            graph = RDFGraph()
            for triple in result:
                graph.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))
            return graph
        except SyntaxError as error:
            raise parse_error(query, str(error)) from None
        except (RuntimeError, OSError, ValueError) as error:
            if isinstance(error, RuntimeError) and "orruption" not in str(error):
                raise QueryError(f"The query cannot be run: {error}.") from None
            raise GraphError(
                f"The graph cannot be read: {error}.", hint="If it was damaged, build it again: nurt build."
            ) from error


def sorted_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as sorted N-Quads; equal graphs give equal bytes.

    Stores name blank nodes anew whenever they load them; RDFC-1.0 gives equal graphs equal names.
    """
    every = list(quads)
    anonymous = ox.Dataset(quad for quad in every if _has_blank_node(quad))
    anonymous.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    named = [*(quad for quad in every if not _has_blank_node(quad)), *anonymous]
    lines = ox.serialize(named, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def table_of(solutions: ox.QuerySolutions) -> Table:
    """The solutions of a SELECT query as a table of rdflib terms."""
    return Table(tuple(variable.value for variable in solutions.variables), tuple(_rows(solutions)))


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _rows(solutions: ox.QuerySolutions) -> Iterator[Row]:
    """Convert each distinct term once: results repeat predicates, programmes and documents."""
    known: dict[OxTerm | None, Term | None] = {None: None}
    for solution in solutions:
        row = []
        for term in solution:
            converted = known.get(term)
            if converted is None and term is not None:
                converted = known[term] = from_ox(term)
            row.append(converted)
        yield tuple(row)
