"""A SPARQL 1.1 server over HTTP: finding its addresses, asking, updating, and saying what went wrong.

The W3C protocol is small enough to speak it directly: httpx brings time limits, digest authentication and
connection reuse, which rdflib's SPARQLUpdateStore (urllib) does not, and Oxigraph's parsers read the answers
faster than rdflib's.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..errors import GraphError, QueryError
from .binding import builds_graph

if TYPE_CHECKING:
    import httpx

__all__ = ["Reply", "Server", "is_address"]

_CONNECT: Final = 10.0
_PATIENCE: Final = 600.0
"""Seconds without any answer after which a server counts as hung, where the caller sets no limit."""
_RESULTS: Final = "application/sparql-results+xml"
_TRIPLES: Final = "application/n-triples"
_SHOWN: Final = 200
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HARMLESS: Final = "DROP SILENT GRAPH <urn:nurt:no-such-graph>"


def is_address(place: object) -> bool:
    """Say whether this is the address of a server rather than a folder.

    >>> is_address("https://example.org/sparql"), is_address("my-graph")
    (True, False)
    """
    return isinstance(place, str) and place.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: the media type without parameters, and the body."""

    media_type: str
    body: bytes


def _from_netrc(host: str) -> tuple[str, str] | None:
    """User and password for a host from ``~/.netrc``."""
    import netrc

    try:
        found = netrc.netrc().authenticators(host)
    except (OSError, netrc.NetrcParseError):
        return None
    return (found[0], found[2] or "") if found else None


def _query_addresses(address: str) -> list[str]:
    """Where a server may take queries: the address itself where it looks like that, else the usual places."""
    whole = address.rstrip("/")
    last = whole.rpartition("/")[2]
    if last in ("query", "sparql", "sparql-auth") or "/repositories/" in whole:
        return [whole]
    return [f"{whole}/query", f"{whole}/sparql", whole]


def _update_addresses(query: str) -> list[str]:
    """Where a server that takes queries there may take updates: Oxigraph and Fuseki, RDF4J, Virtuoso."""
    folder, _, last = query.rpartition("/")
    if last in ("query", "sparql"):
        return [f"{folder}/update", query]
    return [f"{query}/statements", query] if "/repositories/" in query else [query]


class Server:
    """A SPARQL 1.1 server.

    Args:
        address: where it takes queries, or the address that its ``query`` or ``sparql`` lies under; user and
            password may stand in it (``http://user:password@host/``) or in ``~/.netrc``.

    Raises GraphError where there is no such server, it refuses us or speaks no SPARQL.
    """

    def __init__(self, address: str) -> None:
        import httpx

        try:
            url = httpx.URL(address)
        except httpx.InvalidURL as error:
            raise GraphError(f"{address} is no address: {error}.") from None
        self._user = (url.username, url.password) if url.username else _from_netrc(url.host)
        bare = url.copy_with(username=None, password=None)
        self.address = str(bare)
        """As shown to people: without the password."""
        limits = httpx.Timeout(_PATIENCE, connect=_CONNECT)
        self._client = httpx.Client(
            timeout=limits,
            follow_redirects=True,
            headers={"User-Agent": "nurt"},
            trust_env=url.host not in _HERE,  # no proxy stands between us and our own machine
        )
        self._update = ""
        self._query = self._find_query()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def query(
        self,
        query: str,
        *,
        timeout: float | None = None,
        default_graph: str = "",
        named_graphs: Sequence[str] = (),
    ) -> Reply:
        """Ask a query; the answer is SPARQL XML results or N-Triples.

        Args:
            query: SPARQL 1.1, its prefixes declared.
            timeout: seconds for the whole answer.
            default_graph, named_graphs: what the query runs over, where that is not the server's own choice.

        Raises QueryError where the server refuses the query or time is up, GraphError where it fails.
        """
        fields: dict[str, str | list[str]] = {"query": query}
        if default_graph:
            fields["default-graph-uri"] = default_graph
            fields["named-graph-uri"] = list(named_graphs)
        import httpx

        request = self._client.build_request(
            "POST",
            self._query,
            data=fields,
            headers={"Accept": _TRIPLES if builds_graph(query) else _RESULTS},
            timeout=httpx.Timeout(timeout or _PATIENCE, connect=min(_CONNECT, timeout or _CONNECT)),
        )
        return self._checked(request, timeout, what="query")

    def update(self, update: str) -> None:
        """Run an update. Raises GraphError where the server refuses it or fails."""
        self._update = self._update or self._find_update()
        self._checked(self._update_request(self._update, update), None, what="update")

    def _update_request(self, address: str, update: str) -> httpx.Request:
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        return self._client.build_request("POST", address, content=update.encode("utf-8"), headers=headers)

    def _find_query(self) -> str:
        for candidate in _query_addresses(self.address):
            request = self._client.build_request(
                "POST", candidate, data={"query": "ASK {}"}, headers={"Accept": _RESULTS}
            )
            status, reply = self._send(request, _CONNECT)
            if status == 200 and "sparql-results" in reply.media_type:
                return candidate
            if status in (401, 403) or status >= 500:
                raise self._failure(status, reply, "query")
        raise GraphError(
            f"{self.address} answers, but not as a SPARQL 1.1 server.",
            hint="Give the address where it takes queries, for example http://localhost:7878/query.",
        )

    def _find_update(self) -> str:
        refused: GraphError | QueryError | None = None
        for candidate in _update_addresses(self._query):
            status, reply = self._send(self._update_request(candidate, _HARMLESS), None)
            if 200 <= status < 300:
                return candidate
            if refused is None or status not in (404, 405):
                refused = self._failure(status, reply, "update")
        raise GraphError(
            f"{self.address} takes no updates: {refused.what if refused else 'no address for them'}",
            hint="Give the address of a server that may be written to, with user and password if it asks.",
        )

    def _checked(self, request: httpx.Request, timeout: float | None, *, what: str) -> Reply:
        status, reply = self._send(request, timeout)
        if 200 <= status < 300:
            return reply
        raise self._failure(status, reply, what)

    def _send(self, request: httpx.Request, timeout: float | None) -> tuple[int, Reply]:
        """Send a request and read the answer, ``timeout`` seconds in all."""
        import httpx

        began = time.monotonic()
        try:
            response = self._client.send(request, stream=True)
            if response.status_code == 401 and self._user and self._client.auth is None:
                # Only the challenge says which scheme the server wants.
                response.close()
                digest = response.headers.get("www-authenticate", "").lower().startswith("digest")
                self._client.auth = (httpx.DigestAuth if digest else httpx.BasicAuth)(*self._user)
                response = self._client.send(request, stream=True)
            parts = []
            try:
                for part in response.iter_bytes():
                    parts.append(part)
                    if timeout is not None and time.monotonic() - began > timeout:
                        raise _too_late(timeout)
            finally:
                response.close()
        except httpx.TimeoutException as error:
            if isinstance(error, httpx.ConnectTimeout) or timeout is None:
                raise GraphError(
                    f"{self.address} does not answer.", hint="Is the server up, and is it this one?"
                ) from None
            raise _too_late(timeout) from None
        except (httpx.RemoteProtocolError, httpx.ReadError) as error:
            raise GraphError(
                f"{self.address} broke off its answer: {error}.",
                hint="It may have stopped the query at its own limit: narrow it, or allow it more there.",
            ) from None
        except httpx.HTTPError as error:
            raise GraphError(
                f"{self.address} cannot be reached: {error}.", hint="Is the server up, and is it this one?"
            ) from None
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return response.status_code, Reply(media_type, b"".join(parts))

    def _failure(self, status: int, reply: Reply, what: str) -> GraphError | QueryError:
        said = (
            " ".join(reply.body.decode("utf-8", "replace").split()) if "html" not in reply.media_type else ""
        )
        said = f": {said[:_SHOWN]}" if said else ""
        if status in (401, 403):
            return GraphError(
                f"{self.address} does not let us in (HTTP {status}){said}.",
                hint="Give user and password in the address (http://user:password@host/…) or in ~/.netrc.",
            )
        if status in (400, 413, 414) and what == "query":
            return QueryError(f"{self.address} refuses the query{said or f' (HTTP {status})'}.")
        if status in (408, 503, 504) and what == "query":
            return QueryError(
                f"{self.address} gave up on the query (HTTP {status}){said}.",
                hint="Narrow it (name a programme or a type, add LIMIT) or allow it more time there.",
            )
        return GraphError(f"{self.address} failed to run the {what} (HTTP {status}){said}.")


def _too_late(seconds: float) -> QueryError:
    return QueryError(
        f"The query was stopped after {seconds:g} s.",
        hint="Narrow it (name a programme or a type, add LIMIT) or allow it more time.",
    )
