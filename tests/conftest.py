"""What every test may use, and what none may do: tests stay off the network."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
_BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that no core is left alone with the last of them."""
    long = {
        item.path for item in items if item.get_closest_marker("browser") or item.get_closest_marker("slow")
    }
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of facts and real documents that lies beside the checkout; the test skips without it."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared (facts and real documents), which is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def corpus_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph folder of the shipped corpus, built once, whatever number of processes run the tests."""
    from nurt.ingest.build import build

    here = tmp_path_factory.getbasetemp()
    shared_by_all = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    folder = shared_by_all / "corpus-graph"
    with (shared_by_all / "corpus-graph.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = build([REPOSITORY / "corpus"], folder, processes=2)
    assert result.failures == ()
    return folder


@pytest.fixture(scope="session")
def new_sparql_server() -> Iterator[Callable[[], str]]:
    """Starts an empty SPARQL server that anybody may write to, Oxigraph in memory, and gives its address."""
    program = Path(sys.executable).with_name("oxigraph")
    with ExitStack() as running:

        def start() -> str:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            command = [program, "serve", "--bind", f"127.0.0.1:{port}", "--timeout-s", "5"]
            server = running.enter_context(subprocess.Popen(command, stderr=subprocess.DEVNULL))
            running.callback(server.terminate)
            for _ in range(100):
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                except ConnectionRefusedError:
                    time.sleep(0.1)
                else:
                    return f"http://127.0.0.1:{port}"
            pytest.fail("the SPARQL server did not come up")

        yield start


@pytest.fixture(scope="session")
def sparql_server(new_sparql_server: Callable[[], str]) -> str:
    """The address of a server that tests write to: each must first put there what it wants to find."""
    return new_sparql_server()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window that does nothing of its own accord."""
    from playwright.sync_api import sync_playwright

    found = which("chromium") or which("chromium-browser") or which("google-chrome")
    with sync_playwright() as playwright:
        if not found and not Path(playwright.chromium.executable_path).exists():
            reason = "no Chromium: install one, or `playwright install chromium`"
            if os.environ.get("NURT_REQUIRE_BROWSER") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        started = playwright.chromium.launch(executable_path=found, headless=True, args=list(_BROWSER))
        yield started
        started.close()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
            pytest.fail(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
