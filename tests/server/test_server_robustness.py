"""What clients may do to the server: the others are served, the time limit holds, the server stays up."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest

from nurt.errors import ServerError
from nurt.graph.store import open_graph
from nurt.server.pool import Busy, Pool
from nurt.server.worker import Worker

COUNT = "SELECT (COUNT(?s) AS ?n) WHERE { ?s a nurt:Fund }"
SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }"
ENDLESS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
HUNGRY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c"
PATH = "SELECT ?s WHERE { ?s ((!<a:a>)|^(!<a:a>))* ?o } ORDER BY ?o"
NESTED = "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"
LIMIT = 2.0
"""Of the hasty server, in seconds."""
TEN_MEGABYTES = 10_000_000


def connect(url: str) -> socket.socket:
    return socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=30)


def send(url: str, query: str) -> socket.socket:
    """A connection on which a query has been sent and nothing read yet."""
    connection = connect(url)
    connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: nurt\r\n\r\n".encode())
    return connection


def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something holds, and fail where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def in_its_own_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run in a thread: the main one has the loop of the browser, where there was one before."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


@pytest.fixture(autouse=True)
def _still_serves(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test the server has all its workers and answers."""
    yield
    for name in ("server", "hasty"):
        if name in request.fixturenames:
            one = request.getfixturevalue(name)
            assert one.process.poll() is None
            assert one.ask(COUNT).status_code == 200
            until(lambda one=one: one.client.get("/health").json()["workers"] == len(one.workers()) >= 4)


# A slow query


@pytest.mark.parametrize("query", [SLOW, PATH], ids=["count", "path"])
def test_a_slow_query_ends_at_the_limit_with_a_status_that_says_so(hasty, query: str) -> None:
    answer = hasty.ask(query)
    assert answer.status_code == 504
    assert "stopped after 2 s" in answer.text
    assert LIMIT <= answer.elapsed.total_seconds() < LIMIT + 2


def test_what_is_logged_of_a_query_cannot_command_a_terminal(hasty) -> None:
    assert hasty.ask(f"# \x1b]0;title\x07 \x9b2J\n{SLOW}").status_code == 504
    (line,) = [line for line in hasty.trouble().splitlines() if "]0;title" in line]
    assert line.startswith("a query was stopped after 2 s: # ")
    assert line.isprintable()


def test_a_long_answer_is_broken_off_at_the_limit_and_nobody_takes_it_for_whole(hasty) -> None:
    started = time.monotonic()
    received: list[int] = []
    with hasty.client.stream("POST", "/sparql", data={"query": ENDLESS}) as answer:
        assert answer.status_code == 200
        chunks = answer.iter_raw()
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
            received.extend(map(len, chunks))
    assert sum(received) > 1_000_000
    assert time.monotonic() - started < LIMIT + 2


def test_the_others_are_served_while_a_query_is_slow(server) -> None:
    slow = [send(server.url, SLOW) for _ in range(3)]
    time.sleep(0.5)
    for _ in range(20):
        answer = server.ask(COUNT)
        assert answer.status_code == 200
        assert answer.elapsed.total_seconds() < 2
    assert server.client.get("/page/rpo-lodzkie/1.2").status_code == 200
    for connection in slow:
        connection.close()


def test_where_all_workers_are_busy_the_client_hears_it(hasty) -> None:
    slow = [send(hasty.url, SLOW) for _ in range(3 * len(hasty.workers()))]
    said = [connection.recv(100).split()[1] for connection in slow]
    for connection in slow:
        connection.close()
    assert set(said) <= {b"504", b"503"}
    assert said.count(b"504") >= len(hasty.workers())


# A client that goes away


def test_clients_that_go_away_leave_no_query_behind(server) -> None:
    before = server.workers()
    gone = [send(server.url, SLOW) for _ in range(2 * len(before))]
    time.sleep(0.5)
    for connection in gone:
        connection.close()
    answer = server.ask(COUNT)
    assert answer.status_code == 200
    assert answer.elapsed.total_seconds() < 10  # the limit is 30 s: those workers would still be busy
    until(lambda: len(server.workers() - before) >= 2)


def test_clients_killed_in_the_middle_of_an_answer_harm_nobody(server) -> None:
    before = server.workers()
    code = (
        "import socket, sys\nhost, port, request = sys.argv[1:]\n"
        "s = socket.create_connection((host, int(port)))\ns.sendall(request.encode())\n"
        "got = s.recv(100000)\nprint(len(got), flush=True)\nsys.stdin.read()\n"
    )
    where = urlsplit(server.url)
    request = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: nurt\r\n\r\n"
    command = [sys.executable, "-c", code, str(where.hostname), str(where.port), request]
    for _ in range(3):
        client = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert client.stdout is not None
        assert int(client.stdout.readline()) > 0
        client.kill()
        client.communicate()
    answer = server.ask(COUNT)
    assert answer.status_code == 200
    assert answer.elapsed.total_seconds() < 5
    until(lambda: len(server.workers() - before) >= 3)


def test_a_client_that_reads_slowly_holds_no_worker_for_a_small_answer(server) -> None:
    slow = [send(server.url, "SELECT * WHERE { ?s ?p ?o } LIMIT 3000") for _ in range(8)]
    time.sleep(1)
    assert server.ask(COUNT).elapsed.total_seconds() < 2
    for connection in slow:
        assert connection.recv(12) == b"HTTP/1.1 200"
        connection.close()


# Too much


def test_ten_megabytes_of_query_are_refused_at_once(server) -> None:
    huge = "ASK {} #" + "x" * TEN_MEGABYTES
    kind = {"Content-Type": "application/sparql-query"}
    for sent in ({"data": {"query": huge}}, {"content": huge, "headers": kind}):
        started = time.monotonic()
        answer = server.client.post("/sparql", **sent)
        assert answer.status_code == 413
        assert "100,000 characters" in answer.text
        assert time.monotonic() - started < 5
    pieces = (b"x" * 100_000 for _ in range(100))  # without a length that would tell beforehand
    assert server.client.post("/sparql", content=pieces, headers=kind).status_code == 413
    assert server.ask("ASK {} #" + "x" * 100_001).status_code == 413
    assert server.ask("ASK {} #" + "x" * 90_000).status_code == 200


@pytest.mark.parametrize("size", [70_000, 200_000, TEN_MEGABYTES])
def test_an_address_that_is_too_long_is_refused_at_once(server, size: int) -> None:
    started = time.monotonic()
    with connect(server.url) as connection:
        connection.sendall(b"GET /sparql?query=" + b"x" * size + b" HTTP/1.1\r\nHost: nurt\r\n\r\n")
        answer = HTTPResponse(connection)
        answer.begin()
        assert answer.status == 414
        assert b"POST" in answer.read()
    assert time.monotonic() - started < 3


def test_headers_that_are_too_long_and_what_is_no_http_are_refused(server) -> None:
    for sent, status in (
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 200_000, b"431"),
        (b"\x16\x03\x01\r\n\r\n", b"400"),
    ):
        with connect(server.url) as connection:
            connection.sendall(sent)
            assert connection.recv(1_000).split()[1] == status


def test_fifty_clients_at_once_get_the_right_answers(server) -> None:
    queries = [
        f"SELECT (COUNT(*) AS ?n) WHERE {{ {{ SELECT * {{ ?s ?p ?o }} LIMIT {n} }} }}" for n in range(1, 51)
    ]

    def ask(number: int) -> list[str]:
        with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as client:
            params = {"query": queries[number]}
            found = [client.get("/sparql", params=params, headers={"Accept": "text/csv"}) for _ in range(4)]
            page = client.get("/page/europe-2020")
        assert page.status_code == 200
        return [answer.text.split()[1] for answer in found]

    with ThreadPoolExecutor(50) as clients:
        answers = list(clients.map(ask, range(50)))
    assert answers == [[str(n)] * 4 for n in range(1, 51)]


def test_queries_go_on_while_many_pages_are_asked_for(server) -> None:
    things = [
        "rpo-lodzkie/1.2",
        "europe-2020",
        "fund/erdf",
        "thematic-objective/1",
        "region/lodzkie",
        "nothing",
    ]

    def look(number: int) -> int:
        with httpx.Client(base_url=server.url, trust_env=False, timeout=60) as client:
            return client.get(f"/page/{things[number % len(things)]}").status_code

    with ThreadPoolExecutor(60) as clients:
        looking = [clients.submit(look, number) for number in range(60)]
        taken = []
        while not all(one.done() for one in looking):
            answer = server.ask(COUNT)
            assert answer.status_code == 200
            taken.append(answer.elapsed.total_seconds())
        assert sorted(one.result() for one in looking) == [200] * 50 + [404] * 10
    assert len(taken) > 3
    assert max(taken) < 2


def test_a_query_that_brings_a_worker_down_hurts_its_client_only(server) -> None:
    for _ in range(2 * len(server.workers())):
        answer = server.ask(NESTED)
        assert answer.status_code == 500
        assert "nested" in answer.text


def test_a_worker_killed_from_outside_is_replaced(server) -> None:
    before = server.workers()
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    until(lambda: server.ask(COUNT).status_code == 200, 5)
    for _ in range(len(before)):
        assert server.ask(COUNT).status_code == 200
    until(lambda: len(server.workers()) >= len(before) and not server.workers() & before)


# The workers themselves


@pytest.fixture(scope="module")
def store(corpus_graph: Path) -> Iterator[Path]:
    with open_graph(corpus_graph) as opened:
        assert opened.path is not None
        yield opened.path / "store"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_a_query_that_wants_too_much_memory_ends_its_worker(store: Path) -> None:
    async def ask() -> None:
        worker = await Worker.start(store, memory=700 << 20)
        try:
            async with asyncio.timeout(60):
                async with worker.ask("ASK { ?s ?p ?o }", (), {}) as answer:
                    assert b"true" in await answer.aread()
                with pytest.raises(httpx.TransportError):
                    async with worker.ask(HUNGRY, (), {}) as answer:
                        await answer.aread()
        finally:
            await worker.stop()
        assert not worker.alive

    in_its_own_loop(ask())


def test_a_worker_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def begin() -> None:
        async with Pool(tmp_path / "nothing", size=1):
            pytest.fail("it started")

    with pytest.raises(ServerError, match=r"does not start: .*nothing"):
        in_its_own_loop(begin())
    monkeypatch.setattr("nurt.server.worker.files", lambda _: [])
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServerError, match="`oxigraph` is missing"):
        in_its_own_loop(begin())


def test_a_busy_pool_says_so_and_serves_again(store: Path) -> None:
    async def ask() -> None:
        async with Pool(store, size=1) as pool:
            (first,) = pool.pids
            async with pool.worker(5):
                with pytest.raises(Busy):
                    async with pool.worker(0.1):
                        pass
            async with pool.worker(5) as worker:
                assert worker.pid == first
            with pytest.raises(KeyError):
                async with pool.worker(5):
                    raise KeyError
            async with pool.worker(5) as worker:
                assert worker.pid != first  # who knows what the other was doing
        assert not pool.pids

    in_its_own_loop(ask())
