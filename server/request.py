"""What a client asks by the SPARQL 1.1 Protocol, and what is refused before any worker sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

__all__ = ["LONGEST", "Question", "Refusal", "read"]

LONGEST: Final = 100_000
"""Characters of a query; the longest of the library has some thousand."""
_LONGEST_ADDRESS: Final = 65_536
_LONGEST_BODY: Final = 4 * LONGEST
"""Bytes: a form needs up to three for an ASCII character that is escaped, and UTF-8 up to four."""
_DISCARDED: Final = 64 << 20
"""A body up to this size is read and thrown away, so that the client gets to hear why it is refused."""
_MOST_MENTIONS: Final = 50
_FORM: Final = "application/x-www-form-urlencoded"
_DATASET: Final = ("default-graph-uri", "named-graph-uri")
_READ_ONLY: Final = "This endpoint is read-only: it answers queries and takes no updates."

# Oxigraph would fetch whatever address a SERVICE clause names, with our rights and from our machine. The
# pattern is wider than the grammar (it also looks into strings and comments, and takes the word from the
# middle of another, as Oxigraph's parser may): better to refuse a harmless query than to let one through.
_SERVICE: Final = re.compile(r"SERVICE", re.IGNORECASE)
_GAP: Final = r"(?:\s|\#[^\r\n]*+)*+"
_CALL: Final = re.compile(
    rf"""{_GAP}(?:SILENT{_GAP})?
    (?:<[^>]*+>|[?$][^\s{{<\#]*+|[^\s<>{{}}"?$:\#]*+:(?:\\.|[^\s<>{{}}"\#\\])*+)
    {_GAP}\{{""",
    re.IGNORECASE | re.VERBOSE,
)


class Refusal(Exception):
    """A request that is not answered: the status, and a message that says why and what to do."""

    def __init__(self, status: HTTPStatus, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the dataset that it is asked of: pairs of parameter and graph IRI, mostly none."""

    query: str
    dataset: tuple[tuple[str, str], ...] = ()


async def read(request: Request) -> Question | None:
    """The question that a request asks, or None for a GET without a query, which asks who we are.

    Raises Refusal for what is too long, no query, an update or a federated query; ClientDisconnect where
    the client has gone.
    """
    if len(request.scope["query_string"]) > _LONGEST_ADDRESS:
        raise Refusal(
            HTTPStatus.REQUEST_URI_TOO_LONG,
            f"The address is longer than {_LONGEST_ADDRESS:,} bytes. Send the query by POST.",
        )
    pairs = _pairs(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        if not pairs:
            return None
    else:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-update":
            raise Refusal(HTTPStatus.FORBIDDEN, _READ_ONLY)
        if kind not in (_FORM, "application/sparql-query"):
            raise Refusal(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                f"Send the query as application/sparql-query or {_FORM}, not as {kind or 'nothing'}.",
                {"Accept-Post": f"application/sparql-query, {_FORM}"},
            )
        body = await _body(request)
        pairs += _pairs(body) if kind == _FORM else [("query", _text(body))]
    return _question(pairs)


def _question(pairs: list[tuple[str, str]]) -> Question:
    if any(name == "update" for name, _ in pairs):
        raise Refusal(HTTPStatus.FORBIDDEN, _READ_ONLY)
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise Refusal(
            HTTPStatus.BAD_REQUEST,
            f"One parameter `query` is needed, and there are {len(queries)}."
            if queries
            else "There is no parameter `query`.",
        )
    query = queries[0]
    if len(query) > LONGEST:
        raise Refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The query has {len(query):,} characters; {LONGEST:,} is the limit. Shorten it.",
        )
    if _calls_others(query):
        raise Refusal(
            HTTPStatus.FORBIDDEN,
            "This endpoint asks no others: leave out SERVICE, or ask the other endpoint yourself.",
        )
    return Question(query, tuple(pair for pair in pairs if pair[0] in _DATASET))


def _calls_others(query: str) -> bool:
    """Whether a query has a SERVICE clause, or what may be one."""
    mentions = [match.end() for match in _SERVICE.finditer(query)]
    # Each mention is looked at up to the end of the comments that follow it: many would take long.
    return len(mentions) > _MOST_MENTIONS or any(_CALL.match(query, end) for end in mentions)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1_000
        )
    except ValueError as error:
        raise Refusal(
            HTTPStatus.BAD_REQUEST, f"The parameters are not percent-encoded UTF-8: {error}."
        ) from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(HTTPStatus.BAD_REQUEST, f"The query is not UTF-8: {error}.") from None


async def _body(request: Request) -> bytes:
    """The body, or Refusal where it is too long; then what is left of it is read and thrown away."""
    declared = request.headers.get("content-length", "")
    size = int(declared) if declared.isdecimal() else 0
    kept = bytearray()
    read = 0
    waits = request.headers.get("expect", "").lower() == "100-continue"
    if size <= _LONGEST_BODY or not (waits or size > _DISCARDED):
        async for chunk in request.stream():
            read += len(chunk)
            if read <= _LONGEST_BODY:
                kept += chunk
            elif read > _DISCARDED:
                break
    if max(read, size) > _LONGEST_BODY:
        raise Refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The request has more than {_LONGEST_BODY:,} bytes; a query may have {LONGEST:,} characters.",
            {"Connection": "close"},
        )
    return bytes(kept)
