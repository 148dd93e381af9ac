"""Writing to a SPARQL server: replaced whole, nothing of others touched, and what goes wrong is said."""

from __future__ import annotations

import http.server
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from nurt.errors import GraphError, QueryError
from nurt.graph import upload as uploading
from nurt.graph.protocol import Server
from nurt.graph.remote import BOOKKEEPING, RemoteEngine
from nurt.graph.snapshot import FORMAT
from nurt.graph.store import Graph, open_graph
from nurt.graph.upload import upload

DOCUMENT = "https://w3id.org/nurt/id/document"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_CLASS = "https://w3id.org/nurt/ontology#Document"


def made(**documents: str) -> Graph:
    """A graph of some documents, each saying one thing of its own and one that all say."""
    lines = [
        line
        for name, text in documents.items()
        for line in (
            f'<urn:{name}> <urn:says> "{text}" <{DOCUMENT}/{name}/{text}> .',
            f"<urn:all> <urn:says> <urn:all> <{DOCUMENT}/{name}/{text}> .",
            f"<urn:{name}> <urn:has> _:{name} <{DOCUMENT}/{name}/{text}> .",
            f'_:{name} <urn:says> "part of {name}" <{DOCUMENT}/{name}/{text}> .',
            f"<{DOCUMENT}/{name}> <{_TYPE}> <{_CLASS}> <{DOCUMENT}/{name}/{text}> .",
        )
    ]
    return Graph.in_memory(
        "\n".join(lines).encode(), texts=dict(documents), manifest={"format": FORMAT, "documents": documents}
    )


def said(graph: Graph) -> list[str]:
    """What the default graph says, each time it says it."""
    return sorted(str(row[0]) for row in graph.select("SELECT ?said { ?s <urn:says> ?said }").rows)


def test_an_upload_replaces_and_removes_and_sends_what_changed_only(sparql_server: str) -> None:
    upload(made(a="one", b="two"), sparql_server)
    again = upload(made(a="one", b="two"), sparql_server)
    assert (again.graphs, again.sent, again.removed) == (2, 0, 0)
    new = made(a="one", c="three")
    done = upload(new, sparql_server)
    assert (done.graphs, done.sent, done.removed) == (2, 1, 1)
    opened = open_graph(sparql_server)
    assert said(opened) == ["one", "part of a", "part of c", "three", "urn:all"]
    assert opened.nquads() == new.nquads()
    assert opened.documents() == ("a", "c")
    assert opened.manifest["documents"] == {"a": "one", "c": "three"}


def test_other_peoples_graphs_and_triples_are_left_alone(sparql_server: str) -> None:
    server = Server(sparql_server)
    server.update(
        'INSERT DATA { GRAPH <urn:theirs> { <urn:x> <urn:says> "theirs" } . <urn:y> <urn:is> "in default" }'
    )
    upload(made(a="one"), sparql_server)
    upload(made(b="two"), sparql_server)
    engine = RemoteEngine(server)
    assert engine.query('ASK { GRAPH <urn:theirs> { <urn:x> <urn:says> "theirs" } }') is True
    assert engine.query('ASK { <urn:y> <urn:is> "in default" }') is True
    assert b"theirs" not in open_graph(sparql_server).nquads()
    server.update("DROP GRAPH <urn:theirs> ; DELETE WHERE { <urn:y> <urn:is> ?what }")


def test_an_upload_that_dies_changes_nothing_and_the_next_one_clears_up(
    sparql_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(made(a="one"), sparql_server)
    before = open_graph(sparql_server).nquads()
    with monkeypatch.context() as patch:
        patch.setattr(uploading, "_swap", lambda *_: pytest.fail("killed"))
        with pytest.raises(pytest.fail.Exception, match="killed"):
            upload(made(a="two", b="two", c="two"), sparql_server)
    assert open_graph(sparql_server).nquads() == before
    assert said(open_graph(sparql_server)) == ["one", "part of a", "urn:all"]
    upload(made(a="three"), sparql_server)
    assert said(open_graph(sparql_server)) == ["part of a", "three", "urn:all"]
    left = RemoteEngine(Server(sparql_server)).query(
        f'ASK {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{BOOKKEEPING}staging/")) }}'
    )
    assert left is False


def test_readers_see_the_old_graph_or_the_new_one_never_a_mixture(sparql_server: str) -> None:
    query = "SELECT ?text (COUNT(*) AS ?n) { ?s <urn:text> ?text } GROUP BY ?text"

    def version(text: str) -> Graph:
        graph = f"<{DOCUMENT}/a/{text}>"
        lines = (f'<urn:{n}> <urn:text> "{text}" {graph} .' for n in range(2000))
        kind = f"<{DOCUMENT}/a> <{_TYPE}> <{_CLASS}> {graph} ."
        return Graph.in_memory("\n".join((*lines, kind)).encode(), manifest={"format": FORMAT})

    seen: set[tuple[tuple[str, str], ...]] = set()
    upload(version("0"), sparql_server)
    stop = threading.Event()

    def read() -> None:
        engine = RemoteEngine(Server(sparql_server))
        while not stop.is_set():
            table = engine.query(query)
            seen.add(tuple((str(text), str(n)) for text, n in table.rows))  # type: ignore[union-attr]

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 6):
        upload(version(str(number)), sparql_server)
    stop.set()
    reader.join()
    assert seen <= {((str(number), "2000"),) for number in range(6)}
    assert len(seen) > 1


def test_a_server_without_record_can_be_asked_and_an_empty_one_is_named(sparql_server: str) -> None:
    upload(made(), sparql_server)
    server = Server(sparql_server)
    server.update(f"DROP SILENT GRAPH <{BOOKKEEPING}record>")
    with pytest.raises(GraphError, match="holds no graph of nurt"):
        open_graph(sparql_server)
    document = f"<{DOCUMENT}/x> <{_TYPE}> <{_CLASS}>"
    server.update(f"INSERT DATA {{ {document} . GRAPH <{DOCUMENT}/x/1> {{ {document} }} }}")
    opened = open_graph(f"{sparql_server}/query")
    assert opened.documents() == ()
    assert opened.nquads().count(b"\n") == 1
    server.update(f"DELETE DATA {{ {document} . GRAPH <{DOCUMENT}/x/1> {{ {document} }} }}")


def test_long_texts_and_odd_ones_arrive_as_they_were(sparql_server: str) -> None:
    texts = {"long": "żółw \\ \" ' {}\r\n\t\u2028" * 60_000, "odd/ż?#": "\n\n"}
    graph = made(a="one")
    upload(
        Graph.in_memory(graph.nquads(), texts=texts, manifest={"format": FORMAT, "documents": {}}),
        sparql_server,
    )
    opened = open_graph(sparql_server)
    assert {name: opened.text(name) for name in opened.documents()} == texts


def test_a_graph_of_another_format_is_not_read(sparql_server: str) -> None:
    graph = made(a="one")
    for number, says in ((FORMAT + 1, "newer nurt"), (0, "older nurt"), (None, "not numbered")):
        upload(Graph.in_memory(graph.nquads(), manifest={"format": number, "documents": {}}), sparql_server)
        with pytest.raises(GraphError, match=says):
            open_graph(sparql_server)


@contextmanager
def answering(handle: Callable[[http.server.BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A server on this machine that answers every POST in the given way."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            handle(self)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test says what it expects."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://reader:secret@127.0.0.1:{server.server_port}/sparql"
        server.shutdown()


def reply(status: int, body: str = "", media_type: str = "text/plain") -> Callable[..., None]:
    def handle(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", media_type)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body.encode())

    return handle


@pytest.mark.parametrize(
    ("status", "says"),
    [(401, "does not let us in.*password"), (403, "does not let us in"), (500, "HTTP 500.*out of memory")],
)
def test_a_server_that_refuses_is_named_with_what_it_said(status: int, says: str) -> None:
    with (
        answering(reply(status, "out of memory")) as address,
        pytest.raises(GraphError, match=says) as caught,
    ):
        open_graph(address)
    assert "secret" not in str(caught.value)


def test_a_page_that_is_no_sparql_server_is_named() -> None:
    with (
        answering(reply(200, "<html>", "text/html")) as address,
        pytest.raises(GraphError, match="not as a SPARQL"),
    ):
        open_graph(address)


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(GraphError, match=r"cannot be reached.*Is the server up"):
        open_graph("http://127.0.0.1:9/sparql")
    with pytest.raises(GraphError, match="is no address"):
        open_graph("http://localhost:port/sparql")


def test_a_server_that_hangs_is_given_up_on_in_time() -> None:
    asked = threading.Event()
    boolean = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'

    def handle(request: http.server.BaseHTTPRequestHandler) -> None:
        if asked.is_set():
            time.sleep(3)
        asked.set()
        reply(200, boolean, "application/sparql-results+xml")(request)

    with answering(handle) as address:
        engine = RemoteEngine(Server(address))
        began = time.monotonic()
        with pytest.raises(QueryError, match=r"stopped after 0\.3 s"):
            engine.query("ASK {}", timeout=0.3)
        assert time.monotonic() - began < 2


def test_an_answer_that_breaks_off_is_not_taken_for_whole() -> None:
    boolean = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'
    asked = threading.Event()

    def handle(request: http.server.BaseHTTPRequestHandler) -> None:
        if not asked.is_set():
            asked.set()
            reply(200, boolean, "application/sparql-results+xml")(request)
            return
        request.send_response(200)
        request.send_header("Content-Type", "application/sparql-results+xml")
        request.send_header("Content-Length", "5000")
        request.end_headers()
        request.wfile.write(boolean[:60].encode())

    with answering(handle) as address:
        engine = RemoteEngine(Server(address))
        with pytest.raises(GraphError, match="broke off its answer"):
            engine.query("ASK {}")


def test_a_server_that_may_only_be_read_takes_no_upload(tmp_path: Path, sparql_server: str) -> None:
    boolean = (
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>false</boolean></sparql>'
    )
    table = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><results/></sparql>'

    def handle(request: http.server.BaseHTTPRequestHandler) -> None:
        if "update" in request.headers["Content-Type"]:
            reply(403, "read only")(request)
        else:
            handle.asked += 1  # type: ignore[attr-defined]
            body = table if handle.asked == 2 else boolean  # type: ignore[attr-defined]
            reply(200, body, "application/sparql-results+xml")(request)

    handle.asked = 0  # type: ignore[attr-defined]
    with answering(handle) as address, pytest.raises(GraphError, match=r"takes no updates.*read only"):
        upload(made(a="one"), address)


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Virtuoso of its own, where Debian's package is installed."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7): nothing is tested against it")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, web = 21000 + os.getpid() % 4000, 26000 + os.getpid() % 4000
    (folder / "virtuoso.ini").write_text(
        "[Database]\nDatabaseFile=v.db\nErrorLogFile=v.log\nLockFile=v.lck\nTransactionFile=v.trx\n"
        "xa_persistent_file=v.pxa\nFileExtend=200\n"
        "[TempDatabase]\nDatabaseFile=t.db\nTransactionFile=t.trx\n"
        f"[Parameters]\nServerPort=127.0.0.1:{sql}\nNumberOfBuffers=2000\nDirsAllowed=.\n"
        f"[HTTPServer]\nServerPort=127.0.0.1:{web}\nServerThreads=4\n[SPARQL]\nResultSetMaxRows=100000\n",
        encoding="utf-8",
    )
    server = subprocess.Popen(
        [program, "+foreground", "+configfile", "virtuoso.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://dba:dba@127.0.0.1:{web}/sparql-auth"
        for _ in range(300):
            try:
                Server(address).close()
                break
            except GraphError:
                time.sleep(0.1)
        else:
            pytest.fail("Virtuoso did not come up")
        yield address
    finally:
        server.kill()
        server.wait(timeout=10)


def test_virtuoso_holds_the_same_graph(virtuoso: str) -> None:
    upload(made(a="one", b="two"), virtuoso)
    new = made(a="one", c="three")
    done = upload(new, virtuoso)
    assert (done.graphs, done.sent, done.removed) == (2, 1, 1)
    opened = open_graph(virtuoso)
    assert said(opened) == ["one", "part of a", "part of c", "three", "urn:all"]
    assert opened.nquads() == new.nquads()
    assert {name: opened.text(name) for name in opened.documents()} == {"a": "one", "c": "three"}
    assert opened.ask("ASK { <urn:a> <urn:says> ?what }", {"what": Literal("one")})
    assert not opened.ask("ASK { <urn:b> <urn:says> ?what }")
    (row,) = opened.select("SELECT ?g { GRAPH ?g { <urn:a> <urn:says> ?what } }").rows
    assert row == (URIRef(f"{DOCUMENT}/a/one"),)
