"""Servers as users start them: the corpus on a free port of this machine, once for all tests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from nurt.graph.store import Graph, open_graph


@dataclass(frozen=True)
class Server:
    """A server that runs, and a client of it.

    ``url`` ends without a slash.
    """

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client
    said: Path

    def trouble(self) -> str:
        """What it has written to standard error so far."""
        return self.said.read_text(encoding="utf-8")

    def ask(self, query: str, **headers: str) -> httpx.Response:
        """Send a query."""
        return self.client.post("/sparql", data={"query": query}, headers=headers)

    def workers(self) -> set[int]:
        """The ids of the processes that it has started, as the operating system knows them."""
        return children(self.process.pid)


def children(parent: int) -> set[int]:
    """The ids of the processes that a process has started."""
    listed = subprocess.run(["ps", "-A", "-o", "ppid=,pid="], capture_output=True, text=True, check=True)
    pairs = (line.split() for line in listed.stdout.splitlines())
    return {int(child) for above, child in pairs if int(above) == parent}


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts a server on a graph folder with more options, and ends it when the tests are over."""
    with ExitStack() as running:

        def begin(graph: Path, *options: str) -> Server:
            command = [sys.executable, "-m", "nurt", "serve", "--graph", str(graph), "--port", "0", *options]
            trouble = tmp_path_factory.mktemp("server") / "stderr.txt"
            file = running.enter_context(trouble.open("w", encoding="utf-8"))
            process = running.enter_context(
                subprocess.Popen(command, stdout=subprocess.PIPE, stderr=file, text=True)
            )
            running.callback(process.terminate)
            assert process.stdout is not None
            said = process.stdout.readline()
            if "http://" not in said:
                pytest.fail(f"the server did not start: {trouble.read_text(encoding='utf-8')}")
            url = said.split()[-1].rstrip("/")
            client = running.enter_context(httpx.Client(base_url=url, trust_env=False, timeout=60))
            return Server(url, process, client, trouble)

        yield begin


@pytest.fixture(scope="session")
def server(start: Callable[..., Server], corpus_graph: Path) -> Server:
    """The corpus, with more time for a query than any test needs."""
    return start(corpus_graph, "--timeout", "30")


@pytest.fixture(scope="session")
def hasty(start: Callable[..., Server], corpus_graph: Path) -> Server:
    """The corpus, with little time for a query."""
    return start(corpus_graph, "--timeout", "2")


@pytest.fixture(scope="session")
def graph(corpus_graph: Path) -> Iterator[Graph]:
    """The corpus as the server has it, asked within this process."""
    with open_graph(corpus_graph) as opened:
        yield opened
