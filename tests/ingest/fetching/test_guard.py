"""Private networks are out of reach: by address, by name, by redirect, by a name that changes its mind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from nurt.errors import FetchError
from nurt.ingest.catalogue import Entry
from nurt.ingest.fetching import fetch, plan
from nurt.ingest.fetching.client import Client
from nurt.ingest.fetching.guard import GuardedTransport, is_public

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *("::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1"),
    ],
)
def test_private_addresses_are_told(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "2a00:1450:4001:82a::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_told(address: str) -> None:
    assert is_public(address)


class Route(httpx.BaseTransport):
    """Stands for the way to a public address: it ends at the server of the test."""

    def __init__(self, port: int) -> None:
        self.connected: list[str] = []
        self.port = port
        self.inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.connected.append(request.url.host)
        assert request.url.host == PUBLIC, "connected to an address that was not checked"
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        return self.inner.handle_request(request)


Opened = Callable[..., tuple[Client, Route]]


@pytest.fixture
def opened(site: Any, waits: Any) -> Opened:
    def make(answers: dict[str, list[list[str]]]) -> tuple[Client, Route]:
        route = Route(int(site.address.rpartition(":")[2]))

        def resolve(host: str, port: int) -> list[str]:
            given = answers[host]
            return given.pop(0) if len(given) > 1 else given[0]

        transport = GuardedTransport(route, resolve=resolve)
        return Client(transport=transport, sleep=waits.sleep, clock=waits.clock), route

    return make


def test_a_literal_private_address_is_refused_before_anything_is_sent(site: Any, tmp_path: Path) -> None:
    wanted, _ = plan([Entry(id="x", path=Path("x"), original=(f"{site.address}/a.pdf",))])
    with Client() as client:
        (outcome,) = fetch(wanted, tmp_path, client=client)
    assert outcome.status == "failed"
    assert "127.0.0.1, which is not on the public Internet" in outcome.message
    assert "--allow-private-network" in outcome.hint
    assert site.log == []


@pytest.mark.parametrize("addresses", [["10.0.0.7"], [PUBLIC, "192.168.0.1"]])
def test_a_name_is_refused_where_one_of_its_addresses_is_private(
    opened: Opened, addresses: list[str]
) -> None:
    client, route = opened({"files.e.pl": [addresses]})
    with pytest.raises(FetchError, match="not on the public Internet"), client.get("http://files.e.pl/a", {}):
        pass
    assert route.connected == []


def test_a_redirect_to_a_private_address_is_refused(site: Any, opened: Opened) -> None:
    site.redirects["/start"] = (302, "http://169.254.169.254/latest/meta-data/")
    client, route = opened({"e.pl": [[PUBLIC]], "169.254.169.254": [["169.254.169.254"]]})
    with pytest.raises(FetchError, match=r"169\.254\.169\.254"), client.get("http://e.pl/start", {}):
        pass
    assert route.connected == [PUBLIC]


def test_a_name_that_changes_its_mind_is_still_connected_to_as_checked(site: Any, opened: Opened) -> None:
    site.files["/a"] = site.File(b"hello", "text/plain")
    client, route = opened({"e.pl": [[PUBLIC], ["127.0.0.1"]]})
    with client.get("http://e.pl/a", {}) as response:
        assert response.read() == b"hello"
    assert route.connected == [PUBLIC]
    assert site.log[0].headers["Host"] == "e.pl"
    with pytest.raises(FetchError), client.get("http://e.pl/a", {}):
        pass


def test_the_certificate_is_checked_against_the_name(opened: Opened) -> None:
    client, route = opened({"e.pl": [[PUBLIC]]})
    seen: dict[str, Any] = {}
    inner = route.handle_request

    def noted(request: httpx.Request) -> httpx.Response:
        seen.update(request.extensions)
        return inner(request)

    route.handle_request = noted  # type: ignore[method-assign]
    with client.get("https://e.pl/a", {}):
        pass
    assert seen["sni_hostname"] == "e.pl"


def test_the_next_address_is_tried_where_one_does_not_answer(site: Any, waits: Any) -> None:
    tried = []

    class Half(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            tried.append(request.url.host)
            if len(tried) == 1:
                raise httpx.ConnectError("no route")
            return httpx.Response(200, text="ok")

    transport = GuardedTransport(Half(), resolve=lambda *_: ["2a00:1450:4001:82a::200e", PUBLIC])
    with Client(transport=transport, sleep=waits.sleep).get("http://e.pl/", {}) as response:
        assert response.read() == b"ok"
    assert tried == ["2a00:1450:4001:82a::200e", PUBLIC]
