"""The server as a process: it starts or says why not, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from nurt.errors import ServerError
from nurt.graph.snapshot import publish
from nurt.graph.store import Graph
from nurt.ontology.namespace import ID
from nurt.server.serving import serve

SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }"


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nurt", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def gone(processes: set[int]) -> bool:
    """Whether none of the processes runs any more."""
    for process in processes:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            continue
        listed = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
        )
        if listed.stdout.strip() not in ("", "Z"):
            return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_well_in_the_middle_of_a_query(
    start: Callable, corpus_graph: Path, number: int
) -> None:
    server = start(corpus_graph)
    workers = server.workers()
    assert len(workers) >= 4
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as busy:
        busy.sendall(f"GET /sparql?query={quote(SLOW)} HTTP/1.1\r\nHost: nurt\r\n\r\n".encode())
        time.sleep(0.5)
        server.process.send_signal(number)
        server.process.wait(timeout=15)
        said = busy.recv(10_000)
    assert server.process.returncode == 0, server.trouble()
    assert said.startswith(b"HTTP/1.1 503 ")
    assert "Traceback" not in server.trouble()
    assert gone(workers)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_its_workers_end_with_it_however_it_ends(start: Callable, corpus_graph: Path) -> None:
    server = start(corpus_graph)
    workers = server.workers()
    server.process.kill()
    server.process.wait(timeout=15)
    end = time.monotonic() + 5
    while not gone(workers):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_port_that_is_taken_is_named(corpus_graph: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--graph", str(corpus_graph), "--port", str(port))
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("host", "port"), [("no.such.host.invalid", 0), ("127.0.0.1", 99_999), ("192.0.2.1", 0)]
)
def test_an_address_that_cannot_be_is_refused(graph: Graph, host: str, port: int) -> None:
    with pytest.raises(ServerError, match=f"{host}, port {port}") as refused:
        serve(graph, host=host, port=port, limit=1, ready=pytest.fail)
    assert refused.value.exit_status == 2


@pytest.mark.parametrize("limit", [0.0, -1.0, float("nan"), float("inf")])
def test_a_limit_that_cannot_be_is_refused(graph: Graph, limit: float) -> None:
    with pytest.raises(ServerError, match="time limit"):
        serve(graph, host="127.0.0.1", port=0, limit=limit, ready=pytest.fail)


def test_a_graph_in_memory_is_not_served() -> None:
    with pytest.raises(ServerError, match="Only a graph folder"):
        serve(Graph.in_memory(b""), host="127.0.0.1", port=0, limit=1, ready=pytest.fail)


def test_it_listens_on_this_machine_alone_unless_told(start: Callable, corpus_graph: Path, server) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    if shutil.which("ss") is None:
        pytest.skip("ss is not installed, so it was NOT tested where the workers listen")
    listed = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True).stdout
    ours = {server.process.pid, *server.workers()}
    lines = [line for line in listed.splitlines() if any(f"pid={pid}," in line for pid in ours)]
    assert len(lines) >= 5
    assert all(line.split()[3].startswith("127.0.0.1:") for line in lines)


def test_it_keeps_serving_the_snapshot_that_it_opened(start: Callable, tmp_path: Path) -> None:
    def build(name: str) -> Path:
        quad = f'<{ID[name]}> <http://purl.org/dc/terms/title> "{name}"@en <{ID["g"]}> .\n'
        return publish(tmp_path, nquads=quad.encode(), texts={}, manifest={}, report={})

    first = build("first")
    server = start(tmp_path)
    assert server.client.get("/health").json() == {"snapshot": first.name, "newer": False, "workers": 4}
    for name in (
        "second",
        "third",
        "fourth",
    ):  # a snapshot that nobody holds is removed by the second after it
        build(name)
    assert server.client.get("/health").json()["newer"] is True
    assert server.client.get("/data/first.ttl").status_code == 200
    assert server.client.get("/data/second.ttl").status_code == 404
    for worker in server.workers():
        os.kill(worker, signal.SIGKILL)
    time.sleep(0.2)
    query = "SELECT ?title WHERE { ?thing dcterms:title ?title }"
    rows = {server.ask(query, Accept="text/csv").text for _ in range(6)}
    assert "title\r\nfirst\r\n" in rows
    assert not any("second" in row for row in rows)
