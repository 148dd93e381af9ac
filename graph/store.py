"""The graph as all parts use it: SPARQL with bound parameters, the kept texts, and rdflib beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Final

import pyoxigraph as ox
from rdflib import Dataset
from rdflib import Graph as RDFGraph

from ..errors import GraphError, QueryError, UnknownNameError
from ..ontology.namespace import PREFIXES
from . import snapshot
from .binding import bind
from .engine import Answer, EmbeddedEngine, Engine, merge_into_default
from .protocol import Server, is_address
from .table import Table
from .terms import Term

__all__ = ["Graph", "Table", "open_graph"]

_NO_BINDINGS: Final[Mapping[str, Term]] = MappingProxyType({})


class Graph:
    """A knowledge graph and the texts that its evidence points to; reading only.

    Queries run over the merge of all named graphs; ``GRAPH`` clauses see each of them. The prefixes of
    ``ontology.namespace.PREFIXES`` need no declaration. The same code serves a graph on disk
    or a SPARQL server (``open_graph``) and one in memory (``Graph.in_memory``).

    Args:
        engine: where the quads lie.
        texts: the kept text of each document by its id, see ``ingest.document``.
        manifest: what was built from what, as ``snapshot.publish`` keeps it.
        report: what the build understood and what it did not.
        path: the folder of the snapshot, or None in memory.
        hold: keeps the snapshot from being pruned while it is open.
        address: of the server, or "" where the graph lies on this machine.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        texts: Mapping[str, str],
        manifest: Mapping[str, Any],
        report: Mapping[str, Any],
        path: Path | None = None,
        hold: snapshot.Hold | None = None,
        address: str = "",
    ) -> None:
        self.engine = engine
        self.manifest = dict(manifest)
        self.report = dict(report)
        self.path = path
        self.address = address
        self._texts = texts
        self._hold = hold
        self._rdf: Dataset | None = None

    @classmethod
    def in_memory(
        cls,
        nquads: bytes | Iterable[ox.Quad],
        *,
        texts: Mapping[str, str] = MappingProxyType({}),
        manifest: Mapping[str, Any] = MappingProxyType({}),
        report: Mapping[str, Any] = MappingProxyType({}),
    ) -> Graph:
        """Hold a graph in memory: N-Quads or a stream of quads. Raises GraphError for malformed N-Quads."""
        if isinstance(nquads, bytes):
            engine = EmbeddedEngine.of_nquads(nquads)
        else:
            engine = EmbeddedEngine(ox.Store())
            engine.store.bulk_extend(nquads)
            merge_into_default(engine.store)
        return cls(engine, texts=texts, manifest=manifest, report=report)

    def __repr__(self) -> str:
        place = self.snapshot or self.address or "in memory"
        return f"<nurt graph {place}: {len(self._texts)} documents>"

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the snapshot, so that a later build may prune it; do not use the graph afterwards."""
        self.engine.close()
        if self._hold:
            self._hold.release()

    @property
    def snapshot(self) -> str:
        """The id of the snapshot that is open: equal ids mean equal graphs and texts; "" elsewhere."""
        return self.path.name if self.path else ""

    def query(
        self, query: str, bindings: Mapping[str, Term] = _NO_BINDINGS, *, timeout: float | None = None
    ) -> Answer:
        """Answer any SPARQL 1.1 query: a Table, a truth value or an rdflib graph.

        Args:
            query: SELECT, ASK, CONSTRUCT or DESCRIBE.
            bindings: terms that stand for variables throughout the query, see ``graph.binding``.
            timeout: seconds after which the query is given up.

        Raises QueryError where the query does not parse, a binding does not fit, or time is up.
        """
        return self.engine.query(bind(query, bindings), timeout=timeout)

    def select(
        self, query: str, bindings: Mapping[str, Term] = _NO_BINDINGS, *, timeout: float | None = None
    ) -> Table:
        """Answer a SELECT query, see ``query``; an unbound variable is None and keeps its column."""
        answer = self.query(query, bindings, timeout=timeout)
        if not isinstance(answer, Table):
            raise _wrong_form("select", "SELECT")
        return answer

    def ask(
        self, query: str, bindings: Mapping[str, Term] = _NO_BINDINGS, *, timeout: float | None = None
    ) -> bool:
        """Answer an ASK query, see ``query``."""
        answer = self.query(query, bindings, timeout=timeout)
        if not isinstance(answer, bool):
            raise _wrong_form("ask", "ASK")
        return answer

    def construct(
        self, query: str, bindings: Mapping[str, Term] = _NO_BINDINGS, *, timeout: float | None = None
    ) -> RDFGraph:
        """Answer a CONSTRUCT or DESCRIBE query with an rdflib graph, see ``query``."""
        answer = self.query(query, bindings, timeout=timeout)
        if not isinstance(answer, RDFGraph):
            raise _wrong_form("construct", "CONSTRUCT or DESCRIBE")
        for prefix, namespace in PREFIXES.items():
            answer.bind(prefix, namespace)
        return answer

    def documents(self) -> tuple[str, ...]:
        """The ids of the documents whose texts are kept, sorted."""
        return tuple(sorted(self._texts))

    def text(self, document: str) -> str:
        """The kept text of a document: what evidence offsets count in.

        Raises UnknownNameError where the graph keeps no text of that id, GraphError where it is damaged.
        """
        try:
            return self._texts[document]
        except KeyError:
            from difflib import get_close_matches

            near = tuple(get_close_matches(document, self._texts, n=3))
            raise UnknownNameError(
                f"The graph keeps no text of a document {document!r}.",
                name=document,
                candidates=near,
                hint="" if near else "`nurt info` lists the documents.",
            ) from None

    def nquads(self) -> bytes:
        """All quads as sorted N-Quads: equal bytes mean equal graphs.

        Oxigraph keeps numbers and dates by value, so ``01.50`` comes back as ``1.5``.
        """
        return self.engine.nquads()

    @property
    def rdf(self) -> Dataset:
        """The graph as an rdflib Dataset, its default graph the merge of the named graphs.

        It lies on the same store, so nothing is copied, but for a graph on a server, which is downloaded; for
        whole-graph work SPARQL is many times faster.
        """
        if self._rdf is None:
            if isinstance(self.engine, EmbeddedEngine):
                from oxrdflib import OxigraphStore

                dataset = Dataset(store=OxigraphStore(store=self.engine.store))
            else:
                dataset = Dataset(default_union=True)
                dataset.parse(data=self.nquads(), format="nquads")
            for prefix, namespace in PREFIXES.items():
                dataset.bind(prefix, namespace)
            self._rdf = dataset
        return self._rdf


def _wrong_form(method: str, form: str) -> QueryError:
    return QueryError(
        f"`{method}` answers {form} queries, and this is another kind.", hint="`query` answers all."
    )


def open_graph(place: Path | str) -> Graph:
    """Open the graph in force in a graph folder, one snapshot by its own folder, or a graph on a server.

    Any number of processes may have it open while another builds; each keeps the snapshot it opened. A graph
    on a server may change between two questions.

    Args:
        place: a folder, or the address of a SPARQL 1.1 server, see ``protocol.Server``.

    Raises GraphError where there is no graph, it is unfinished or damaged, or nurt of another version made it
    in a format that this one does not read.
    """
    if is_address(place):
        return _open_remote(str(place))
    folder, hold = snapshot.hold(Path(place))
    try:
        manifest = snapshot.read_manifest(folder)
        store = ox.Store.read_only(str(folder / "store"))
    except GraphError:
        hold.release()
        raise
    except (OSError, ValueError, RuntimeError) as error:  # RocksDB's corruption is a RuntimeError
        hold.release()
        raise snapshot.damaged(folder, str(error)) from None
    return Graph(
        EmbeddedEngine(store),
        texts=snapshot.Texts(folder, manifest),
        manifest=manifest,
        report=snapshot.read_json(folder, "report.json"),
        path=folder,
        hold=hold,
    )


def _open_remote(address: str) -> Graph:
    from .remote import RemoteEngine, record_of

    server = Server(address)
    record = record_of(server)
    if record.manifest:
        snapshot.check_format(record.manifest, server.address)
    return Graph(
        RemoteEngine(server, merge=record.merge, graphs=record.graphs),
        texts=record.texts,
        manifest=record.manifest,
        report=record.report,
        address=server.address,
    )
