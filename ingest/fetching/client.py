"""A polite HTTP client: one request a host at a time, every redirect looked at, patient with busy servers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Final, TypeVar

import httpx

from ...errors import FetchError
from .guard import GuardedTransport

__all__ = ["BUSY", "Client", "TryAgain"]

T = TypeVar("T")
BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be better the next time."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_HOPS: Final = 10
_LONGEST_WAIT: Final = 120.0
"""In seconds; a server that asks for more is left alone until the user tries again."""


class TryAgain(Exception):
    """An exchange that may succeed if it is tried again.

    Args:
        what: one sentence.
        after: the seconds that the server asks to wait, or None.
    """

    def __init__(self, what: str, after: float | None = None) -> None:
        super().__init__(what)
        self.after = after


class Client:
    """Asks servers for documents.

    Args:
        allow_private_network: connect to any address, and through the proxy that the environment names.
        transport: sends requests; for tests.
        pause: seconds between two requests to one host.
        attempts: how often a failed exchange is tried in all.
        first_wait: seconds before the second attempt; doubled each time.
        sleep, clock: of the system; for tests.
    """

    def __init__(
        self,
        *,
        allow_private_network: bool = False,
        transport: httpx.BaseTransport | None = None,
        pause: float = 1.0,
        attempts: int = 5,
        first_wait: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if transport is None and not allow_private_network:
            transport = GuardedTransport()
        self._http = httpx.Client(
            transport=transport,
            trust_env=transport is None,
            follow_redirects=False,
            timeout=httpx.Timeout(60, connect=15),
            headers={"User-Agent": f"nurt/{version('nurt')}"},
        )
        self._pause, self._attempts, self._first_wait = pause, attempts, first_wait
        self._sleep, self._clock = sleep, clock
        self._asked: dict[str, float] = {}

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def _wait_for_turn(self, host: str) -> None:
        last = self._asked.get(host)
        if last is not None and (left := last + self._pause - self._clock()) > 0:
            self._sleep(left)
        self._asked[host] = self._clock()

    @contextmanager
    def get(self, address: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Ask for an address and follow its redirects; the body is not read yet.

        ``Accept-Encoding`` is set to ``identity``: offsets in ranges count the bytes that are kept.

        Raises FetchError for an address or redirect that leads nowhere, TryAgain for a server that is busy,
        and httpx.RequestError where the connection fails.
        """
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL as error:
            raise FetchError(f"{address} is no address: {error}.", hint="Correct it.") from error
        seen = {str(url)}
        while True:
            self._wait_for_turn(url.host)
            with self._http.stream(
                "GET", url, headers={"Accept-Encoding": "identity", **headers}
            ) as response:
                if response.status_code in BUSY:
                    raise TryAgain(f"{url} answers {response.status_code}", _retry_after(response))
                if response.status_code not in _REDIRECTS:
                    yield response
                    return
                url = _next_hop(response, seen)
                seen.add(str(url))

    def retrying(self, attempt: Callable[[], T]) -> T:
        """Do something until it succeeds, with longer and longer waits; raises FetchError in the end."""
        for number in range(self._attempts):
            try:
                return attempt()
            except (TryAgain, httpx.RequestError) as error:
                last = error
                asked = error.after if isinstance(error, TryAgain) else None
            wait = self._first_wait * 2**number if asked is None else asked
            if wait > _LONGEST_WAIT:
                raise FetchError(f"{last}, and asks to wait {wait:.0f} s.", hint="Try again then.") from last
            if number + 1 < self._attempts:
                self._sleep(wait)
        what = str(last) or type(last).__name__
        raise FetchError(
            f"{what.rstrip('.')} (tried {self._attempts} times).",
            hint="Try again later: what has been received so far is kept, and the rest is asked for.",
        ) from last


def _next_hop(response: httpx.Response, seen: set[str]) -> httpx.URL:
    here, where = response.request.url, response.headers.get("Location", "")
    try:
        url = here.join(where)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{here} redirects to {where!r}, which is no address.") from error
    if not where or url.scheme not in ("http", "https") or not url.host:
        raise FetchError(f"{here} redirects to {where!r}, which is no address on the web.")
    if str(url) in seen or len(seen) > _MOST_HOPS:
        raise FetchError(f"{here} redirects in a circle.", hint="Correct the address in the catalogue.")
    return url


def _retry_after(response: httpx.Response) -> float | None:
    """The seconds that a server asks to wait (RFC 9110, 10.2.3), or None."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdigit():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
