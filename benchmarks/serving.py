"""The server beside a bare Oxigraph server on the same store: what our front costs, and what it serves."""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from nurt.graph.snapshot import current
from nurt.ontology.namespace import PREFIXES
from nurt.queries.catalogue import named
from nurt.server.worker import program

__all__ = ["run"]

CLIENTS = 16
SECONDS = 3.0
_PROLOGUE = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
_SMALL = _PROLOGUE + "SELECT ?p ?o WHERE { id:europe-2020 ?p ?o }"


def run() -> list[tuple[str, float, str]]:
    """Measure one client that asks again and again, and sixteen that do so at once."""
    figures: list[tuple[str, float, str]] = []
    with TemporaryDirectory() as folder:
        graph = Path(folder)
        subprocess.run(
            [sys.executable, "-m", "nurt", "build", "--output", str(graph)], check=True, capture_output=True
        )
        money = _PROLOGUE + named("money-by-priority").text
        with _nurt(graph) as ours, _oxigraph(current(graph) / "store") as bare:
            for what, query in (("small query", _SMALL), ("money by priority", money)):
                asked = quote(query)
                pair = {"nurt": (ours, f"/sparql?query={asked}"), "Oxigraph": (bare, f"/query?query={asked}")}
                found = {name: _measured(*where) for name, where in pair.items()}
                for name, (median, late, rate) in found.items():
                    figures += [
                        (f"{what}, {name}: one client, median", median, "ms"),
                        (f"{what}, {name}: one client, 95 %", late, "ms"),
                        (f"{what}, {name}: {CLIENTS} clients", rate, "requests/s"),
                    ]
                figures.append(
                    (f"{what}: median, times Oxigraph", found["nurt"][0] / found["Oxigraph"][0], "×")
                )
            median, late, rate = _measured(ours, "/page/rpo-lodzkie/1.2")
            figures += [
                ("page of a measure: one client, median", median, "ms"),
                ("page of a measure: one client, 95 %", late, "ms"),
                (f"page of a measure: {CLIENTS} clients", rate, "requests/s"),
            ]
    return figures


def _measured(port: int, path: str) -> tuple[float, float, float]:
    """Median and 95th percentile of the milliseconds of one client, and the requests/s of all."""
    _asked(port, path, 0.5)
    alone = sorted(_asked(port, path, SECONDS))
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        together = list(clients.map(lambda _: len(_asked(port, path, SECONDS)), range(CLIENTS)))
    rate = sum(together) / (time.perf_counter() - began)
    return statistics.median(alone), alone[int(len(alone) * 0.95)], rate


def _asked(port: int, path: str, seconds: float) -> list[float]:
    """Ask on one connection for so long; the milliseconds of each request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken: list[float] = []
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        connection.request("GET", path, headers={"Accept": "text/csv, text/html"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        taken.append((time.perf_counter() - began) * 1000)
    connection.close()
    return taken


@contextmanager
def _nurt(graph: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "nurt", "serve", "--graph", str(graph), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline().rstrip().rstrip("/").rpartition(":")[2])
        try:
            yield port
        finally:
            server.terminate()


@contextmanager
def _oxigraph(store: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [program(), "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        server.stderr.readline()  # says that it listens
        try:
            yield port
        finally:
            server.terminate()
