"""The graph as Python users have it: ask by name or in SPARQL, trace, make the lineage table, write files."""

from __future__ import annotations

import html
import os
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from .errors import GraphError
from .graph.store import Graph as StoreGraph
from .graph.store import open_graph
from .queries.records import Records
from .queries.sheet import Language
from .queries.trace import Trace

if TYPE_CHECKING:
    import networkx
    import rdflib

    from .queries.catalogue import Query

__all__ = ["Graph", "TraceRecords", "open"]

_ALL: Final = "stated,coded,curated,inferred"


class TraceRecords(Records):
    """The steps of a trace as records; shown as the tree they form.

    Args:
        trace: the tree itself, for ``to_text``, ``to_mermaid`` and ``to_dict``.
    """

    def __init__(self, trace: Trace) -> None:
        from .queries.trace_sheet import trace_sheet

        super().__init__(trace_sheet(trace))
        self.trace = trace

    def __repr__(self) -> str:
        return self.trace.to_text()

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.trace.to_text())}</pre>"


class Graph:
    """A knowledge graph, open for reading; ``nurt.open`` gives one.

    A thing is named by its short id, IRI, code, name or acronym, in Polish or English, as on the command
    line; a name that means nothing or several things raises UnknownNameError with the candidates. Bases are
    given as on the command line, with commas: "stated,coded".

    Args:
        store: the graph as the other modules of nurt have it.
    """

    def __init__(self, store: StoreGraph) -> None:
        self.store = store

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the graph, so that a later build may remove what it no longer needs."""
        self.store.close()

    def __repr__(self) -> str:
        return repr(self.store)

    def _repr_html_(self) -> str:
        from .graph.stats import statistics

        return f"<pre>{html.escape(statistics(self.store).text())}</pre>"

    def query(
        self,
        query: str,
        *,
        language: Language = "pl",
        timeout: float | None = None,
        **parameters: object,
    ) -> Records:
        """Ask a query of the library by its name, or SPARQL.

        Args:
            query: a name such as "money-by-priority", or SPARQL 1.1; nurt's prefixes need no declaration.
            language: of names and headings.
            timeout: seconds.
            parameters: values by the names of the query's parameters, for SPARQL by those of its variables.

        Raises UnknownNameError and QueryError as ``nurt query`` does.
        """
        from .queries.run import run

        given = {name: str(value) for name, value in parameters.items()}
        return Records(run(self.store, _asked(query), given, language=language, timeout=timeout))

    def construct(self, query: str, *, timeout: float | None = None, **parameters: object) -> rdflib.Graph:
        """Ask a CONSTRUCT or DESCRIBE query, see ``query``."""
        from .queries.run import bindings

        asked = _asked(query)
        bound = bindings(self.store, asked, {name: str(value) for name, value in parameters.items()})
        return self.store.construct(asked.text, bound, timeout=timeout)

    def trace(
        self,
        thing: str,
        *,
        down: bool = False,
        basis: str = _ALL,
        depth: int | None = None,
        language: Language = "pl",
    ) -> TraceRecords:
        """Every step on the ways from a thing up to Europe 2020, or down to measures; see ``nurt trace``."""
        from .queries.links import parse_bases
        from .queries.trace import trace

        return TraceRecords(
            trace(
                self.store,
                self.find(thing),
                direction="down" if down else "up",
                bases=parse_bases(basis),
                depth=depth,
                language=language,
            )
        )

    def lineage(
        self,
        *,
        programme: str | None = None,
        region: str | None = None,
        fund: str | None = None,
        beneficiary: str | None = None,
        objective: str | None = None,
        basis: str = _ALL,
        language: Language = "pl",
    ) -> Records:
        """The lineage table, a row a (sub)measure and route, filtered as by ``nurt lineage``."""
        from .queries.lineage import lineage
        from .queries.lineage_sheet import lineage_sheet
        from .queries.notes import graph_notes

        found = lineage(
            self.store,
            programme=programme,
            region=region,
            fund=fund,
            beneficiary=beneficiary,
            objective=objective,
            bases=basis,
        )
        return Records(lineage_sheet(found, language=language, notes=graph_notes(self.store, language)))

    def gaps(self, *, programme: str | None = None, basis: str = _ALL, language: Language = "pl") -> Records:
        """What nothing leads to, and what leads nowhere; see ``nurt gaps``."""
        from .queries.gaps import gaps, gaps_sheet
        from .queries.links import parse_bases

        bases = parse_bases(basis)
        chosen = None if programme is None else self.find(programme)
        found = gaps(self.store, bases=bases, programme=chosen)
        return Records(gaps_sheet(found, bases=bases, language=language))

    def compare(self, *regions: str, by: str = "thematic-objective", language: Language = "pl") -> Records:
        """Regions side by side, by "thematic-objective", "beneficiary" or "money"; see ``nurt compare``."""
        from .queries.compare import compare

        return Records(compare(self.store, regions, by=by, language=language))

    def show(self, thing: str, *, language: Language = "pl") -> Records:
        """All that is known of one thing, with sources; see ``nurt show``."""
        from .queries.show import show

        return Records(show(self.store, self.find(thing), language=language))

    def find(self, text: str) -> URIRef:
        """The IRI of the one thing that a text means."""
        from .queries.names import one

        return one(self.store, text)

    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that the graph was built from."""
        return self.store.documents()

    def text(self, document: str) -> str:
        """The kept text of a document, which the offsets of quotes count in."""
        return self.store.text(document)

    @property
    def rdf(self) -> rdflib.Dataset:
        """The graph as an rdflib Dataset: a named graph a document, the default graph their merge."""
        return self.store.rdf

    def network(
        self, *, focus: str | None = None, basis: str = _ALL, language: Language = "pl"
    ) -> networkx.DiGraph[str]:
        """The upward links as a networkx graph, child to parent; of one thing's lineage with ``focus``."""
        from .queries.links import parse_bases
        from .queries.network import around, network

        bases = parse_bases(basis)
        only = None if focus is None else around(self.store, self.find(focus), bases=bases)
        return network(self.store, bases=bases, language=language, only=only)

    def export(self, path: str | Path, *, form: str | None = None, focus: str | None = None) -> Path:
        """Write the graph, or the lineage of one thing, to a file that other programs read.

        See ``nurt export``; the format is that of the file's ending where ``form`` does not name it.
        """
        from .queries.dataset import export

        target = None if focus is None else self.find(focus)
        return export(self.store, Path(path), form, focus=target)


def open(place: str | Path | None = None) -> Graph:
    """Open a graph.

    Args:
        place: a graph folder or the address of a SPARQL 1.1 server that holds a graph; without it
            ``$NURT_GRAPH``, else ``nurt-graph/`` in the current folder.

    Raises GraphError where there is no graph.
    """
    chosen = place or os.environ.get("NURT_GRAPH") or "nurt-graph"
    if not place and not os.environ.get("NURT_GRAPH") and not Path(chosen).is_dir():
        raise GraphError(
            "There is no graph to open: no place given, $NURT_GRAPH not set, no nurt-graph/ in this folder.",
            hint='Build one, nurt.build([Path("my-documents")], Path("nurt-graph")), or give its place.',
        )
    return Graph(open_graph(chosen))


def _asked(query: str) -> Query:
    from .queries.catalogue import named, parse_query

    return parse_query(query) if len(query.split()) > 1 else named(query)
