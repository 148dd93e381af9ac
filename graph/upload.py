"""Writing a graph to a SPARQL 1.1 server: staged beside the old one, put in force by one update.

Only queries and updates are needed, so any server of the standard will do. The new named graphs go up in
small requests into staging graphs; one last request then takes the old triples out of the default graph,
moves the staged graphs to their places, drops the graphs of documents that are gone, and puts the merge of
all named graphs into the default graph (decision 6). A server that runs a request as one transaction, as
Oxigraph, Jena and RDF4J do, never shows its readers half of it; Virtuoso does it statement by statement. An
upload that dies before the last request has changed nothing that readers see but staging graphs, which the
next upload removes. Named graphs that are not in the record of ``graph.remote`` are left alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from ..errors import GraphError
from ..ontology.namespace import NURT
from .protocol import Server
from .remote import BOOKKEEPING, MERGE, RECORD, Record, RemoteEngine, record_of
from .store import Graph

__all__ = ["Upload", "upload"]

Progress = Callable[[str, int, int], None]
_TRIPLES_SENT: Final = 1000
"""Triples of one request; Virtuoso's compiler gives up somewhere between 2,000 and 5,000."""
_BYTES_SENT: Final = 1_000_000
_DCTERMS: Final = "http://purl.org/dc/terms/"
_VALUE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")
_PROBE: Final = f"{BOOKKEEPING}probe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What an upload did.

    Args:
        address: of the server, without password.
        graphs: how many named graphs the server now has of ours.
        sent: how many of them were new or had changed; nought where the server had it all.
        removed: how many graphs of documents that are gone were dropped.
    """

    address: str
    graphs: int
    sent: int
    removed: int


def _silent(_step: str, _done: int, _total: int) -> None:
    """The progress of an upload that nobody watches."""


def upload(graph: Graph, address: str, *, progress: Progress = _silent) -> Upload:
    """Put a graph in force on a server, in place of the one of nurt that is there.

    Args:
        graph: open, from a graph folder or in memory.
        address: see ``protocol.Server``.
        progress: is called with "upload", how many named graphs went up, and of how many.

    Raises GraphError where the server cannot be reached, refuses us, or fails; what it showed its readers
    before stays, see above.
    """
    server = Server(address)
    try:
        return _upload(graph, server, progress)
    finally:
        server.close()


def _upload(graph: Graph, server: Server, progress: Progress) -> Upload:
    parts = _parts(graph.nquads())
    digests = {name: hashlib.sha256(b"".join(lines)).hexdigest() for name, lines in parts.items()}
    old = _old(server)
    changed = [name for name in parts if old.graphs.get(name) != digests[name]]
    removed = [name for name in old.graphs if name not in parts]
    same = not changed and not removed and old.manifest == graph.manifest and old.report == graph.report
    if same:
        return Upload(address=server.address, graphs=len(parts), sent=0, removed=0)
    merge = old.merge if old.graphs else _merge(server)
    staged = [*changed, str(RECORD)]
    _drop_staging(server, len(staged))
    progress("upload", 0, len(staged))
    for number, name in enumerate(changed):
        _send(server, f"{BOOKKEEPING}staging/{number}", parts[name])
        progress("upload", number + 1, len(staged))
    record = ox.serialize(_record(graph, digests, merge), format=ox.RdfFormat.N_TRIPLES) or b""
    _send(server, f"{BOOKKEEPING}staging/{len(changed)}", record.splitlines(keepends=True))
    server.update(
        _swap(staged, removed, [name for name in changed if name in old.graphs], list(parts), merge)
    )
    progress("upload", len(staged), len(staged))
    return Upload(address=server.address, graphs=len(parts), sent=len(changed), removed=len(removed))


def _old(server: Server) -> Record:
    """What is on the server now; nothing where it holds no graph of nurt."""
    try:
        return record_of(server)
    except GraphError as error:
        if "holds no graph" in error.what or "damaged" in error.what:
            return Record()
        raise


def _parts(nquads: bytes) -> dict[str, list[bytes]]:
    """The triples of each named graph as N-Triples lines, both in order."""
    parts: dict[str, list[bytes]] = {}
    for line in nquads.splitlines():
        triple, graph, _dot = line.rsplit(b" ", 2)  # neither can hold a space
        parts.setdefault(graph[1:-1].decode("ascii"), []).append(triple + b" .\n")
    return dict(sorted(parts.items()))


def _merge(server: Server) -> str:
    """Where the merge goes: "" for the default graph, a named graph where the default is a union already.

    Virtuoso answers over all its named graphs and has no default graph to write to; other servers can be set
    up so. There a named graph holds the merge, and our queries name it.
    """
    server.update(f'INSERT DATA {{ GRAPH <{_PROBE}> {{ <{_PROBE}> {_VALUE} "probe" }} }}')
    union = RemoteEngine(server).query(f"ASK {{ <{_PROBE}> {_VALUE} ?value }}")
    server.update(f"DROP SILENT GRAPH <{_PROBE}>")
    return str(MERGE) if union else ""


def _drop_staging(server: Server, wanted: int) -> None:
    """Drop the staging graphs that are wanted, and all others that a dead upload left behind."""
    engine = RemoteEngine(server)
    for number in count():
        name = f"{BOOKKEEPING}staging/{number}"
        if engine.query(f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"):
            server.update(f"DROP SILENT GRAPH <{name}>")
        elif number >= wanted:
            return


def _send(server: Server, name: str, lines: Iterable[bytes]) -> None:
    """Add triples to a named graph, in several requests; those with blank nodes go in one together."""
    plain: list[bytes] = []
    anonymous: list[bytes] = []
    for line in lines:
        (anonymous if line.startswith(b"_:") or b"> _:" in line else plain).append(line)
    for part in _chunks(plain):
        server.update(f"INSERT DATA {{ GRAPH <{name}> {{\n{part} }} }}")
    if anonymous:
        # A template makes one node for each label; Virtuoso refuses blank nodes in INSERT DATA.
        part = b"".join(anonymous).decode("utf-8")
        server.update(f"INSERT {{ GRAPH <{name}> {{\n{part} }} }} WHERE {{}}")


def _chunks(lines: list[bytes]) -> Iterator[str]:
    part: list[bytes] = []
    size = 0
    for line in lines:
        if part and (len(part) >= _TRIPLES_SENT or size + len(line) > _BYTES_SENT):
            yield b"".join(part).decode("utf-8")
            part, size = [], 0
        part.append(line)
        size += len(line)
    if part:
        yield b"".join(part).decode("utf-8")


def _record(graph: Graph, digests: dict[str, str], merge: str) -> Iterator[ox.Triple]:
    record = ox.NamedNode(RECORD)
    part, sha256 = ox.NamedNode(f"{_DCTERMS}hasPart"), ox.NamedNode(NURT.sha256)
    for name, digest in digests.items():
        yield ox.Triple(record, part, ox.NamedNode(name))
        yield ox.Triple(ox.NamedNode(name), sha256, ox.Literal(digest))
    said = {"manifest": json.dumps(graph.manifest), "report": json.dumps(graph.report), "merge": merge}
    for what, value in said.items():
        yield ox.Triple(ox.NamedNode(f"{RECORD}/{what}"), _VALUE, ox.Literal(value))
    for document in graph.documents():
        text = ox.NamedNode(f"{RECORD}/text/{quote(document, safe='')}")
        yield ox.Triple(text, ox.NamedNode(f"{_DCTERMS}identifier"), ox.Literal(document))
        yield ox.Triple(text, _VALUE, ox.Literal(graph.text(document)))


def _swap(staged: list[str], removed: list[str], replaced: list[str], every: list[str], merge: str) -> str:
    """The one request that puts the staged graphs in force."""
    triples = "{ ?s ?p ?o }"
    target = f"{{ GRAPH <{merge}> {triples} }}" if merge else triples

    def of(names: list[str]) -> str:
        return f"{{ VALUES ?g {{ {' '.join(f'<{name}>' for name in names)} }} GRAPH ?g {triples} }}"

    steps: list[str] = []
    if gone := [*removed, *replaced]:
        steps.append(f"DELETE {target} WHERE {of(gone)}")
    steps += [f"DROP SILENT GRAPH <{name}>" for name in removed]
    steps += [
        f"MOVE SILENT GRAPH <{BOOKKEEPING}staging/{number}> TO GRAPH <{name}>"
        for number, name in enumerate(staged)
    ]
    if every:
        steps.append(f"INSERT {target} WHERE {of(every)}")
    return " ;\n".join(steps)
