"""The SPARQL endpoint: a question goes to a free worker, its answer to the client, within the time limit."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from typing import Final

import httpx
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from ..graph.engine import parse_error
from ..ontology.namespace import PREFIXES
from .pool import Busy, Pool
from .request import Question, Refusal, read

__all__ = ["Endpoint"]

_HELD: Final = 1 << 20
"""Bytes of an answer that are held back: up to here an answer that fails gets a status that says so."""
_PROLOGUE: Final = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
_PREFERRED: Final = "application/sparql-results+json, text/turtle;q=0.9, */*;q=0.8"
"""What who has no preference gets; Oxigraph alone would send N-Quads for a graph."""
_SHOWN: Final = 200
_FIRST_LINE: Final = re.compile(r"(?<=error at 1:)(\d+)")

_log: Final = logging.getLogger("nurt.server")


class _Cut(Exception):
    """An answer that has begun and cannot go on: all that is left is to break off the connection."""


class Endpoint:
    """An ASGI application that speaks the SPARQL 1.1 Protocol, queries only.

    Every answer is either whole or visibly broken off: one that fails within its first megabyte becomes an
    error, later the connection ends before the last chunk.

    Args:
        pool: who answers.
        limit: seconds that a query may take, its transfer included.
        about: makes the answer to a GET without a query.
    """

    def __init__(self, pool: Pool, *, limit: float, about: Callable[[Request], Awaitable[Response]]) -> None:
        self._pool = pool
        self._limit = limit
        self._about = about

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            question = await read(request)
        except ClientDisconnect:
            return
        except Refusal as refusal:
            await _refused(refusal)(scope, receive, send)
            return
        if question is None:
            response = await self._about(request)
            await response(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        work = asyncio.create_task(self._answer(question, request, sending))
        gone = asyncio.create_task(_gone(receive))
        ending = False
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            ending = True
        finally:
            gone.cancel()
            work.cancel()  # without effect where it is done
            (result,) = await asyncio.gather(work, return_exceptions=True)
        if ending and not begun:
            farewell = Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "The server was told to end.")
            await _refused(farewell)(scope, receive, send)
        elif isinstance(result, Exception) and not isinstance(result, _Cut):
            raise result

    async def _answer(self, question: Question, request: Request, send: Send) -> None:
        try:
            response = await self._ask(question, request, send)
        except Refusal as refusal:
            response = _refused(refusal)
        if response is not None:
            await response(request.scope, request.receive, send)

    async def _ask(self, question: Question, request: Request, send: Send) -> Response | None:
        """The answer as a whole, or None where it was long and has been sent. Raises Refusal or _Cut."""
        query = _PROLOGUE + question.query
        accepted = request.headers.get("accept", "").strip()
        headers = {"Accept": _PREFERRED if accepted in ("", "*/*") else accepted}
        begun = False
        started = time.monotonic()
        try:
            async with self._pool.worker(self._limit) as worker, asyncio.timeout(self._limit):
                started = time.monotonic()
                async with worker.ask(query, question.dataset, headers) as answer:
                    chunks = answer.aiter_raw()
                    held, whole = await _hold(chunks)
                    if not whole:
                        begun = True
                        await _stream(answer, held, chunks, send)
        except Busy:
            raise Refusal(
                HTTPStatus.SERVICE_UNAVAILABLE,
                f"No worker was free within {self._limit:g} s. Try again later.",
                {"Retry-After": str(max(1, round(self._limit)))},
            ) from None
        except TimeoutError:
            _log.warning("a query was stopped after %g s: %s", self._limit, _short(question.query))
            if begun:
                raise _Cut from None
            raise Refusal(
                HTTPStatus.GATEWAY_TIMEOUT,
                f"The query was stopped after {self._limit:g} s. "
                "Narrow it: name a programme or a type, add LIMIT.",
            ) from None
        except httpx.TransportError:
            _log.warning("a query ended its worker: %s", _short(question.query))
            if begun:
                raise _Cut from None
            raise Refusal(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "The query ended the process that worked on it: it needs too much memory or is nested too "
                "deeply. Narrow it.",
            ) from None
        if begun:
            return None
        if answer.status_code != HTTPStatus.OK:
            raise Refusal(HTTPStatus(answer.status_code), _explained(question.query, held))
        timing = {"Server-Timing": f"query;dur={(time.monotonic() - started) * 1000:.1f}"}
        return Response(bytes(held), headers={**_headers(answer), **timing})


async def _gone(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _hold(chunks: AsyncIterator[bytes]) -> tuple[bytearray, bool]:
    """The first part of an answer, and whether that is all."""
    held = bytearray()
    async for chunk in chunks:
        held += chunk
        if len(held) > _HELD:
            return held, False
    return held, True


async def _stream(answer: httpx.Response, held: bytearray, chunks: AsyncIterator[bytes], send: Send) -> None:
    raw = [(name.lower().encode(), value.encode()) for name, value in _headers(answer).items()]
    await send({"type": "http.response.start", "status": answer.status_code, "headers": raw})
    await send({"type": "http.response.body", "body": bytes(held), "more_body": True})
    async for chunk in chunks:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _headers(answer: httpx.Response) -> dict[str, str]:
    kind = answer.headers.get("content-type", "application/octet-stream")
    return {"Content-Type": kind, "Vary": "Accept"}


def _refused(refusal: Refusal) -> Response:
    return PlainTextResponse(f"{refusal.message}\n", refusal.status, refusal.headers)


def _explained(query: str, said: bytearray) -> str:
    """What Oxigraph says of a query, in the words and with the line numbers of the query as it was sent."""
    message = said.decode("utf-8", "replace")
    if "error at " not in message and "Prefix not found" not in message:
        return message.strip()
    moved = _FIRST_LINE.sub(lambda column: str(max(1, int(column[1]) - len(_PROLOGUE))), message, count=1)
    return str(parse_error(query, moved))


def _short(query: str) -> str:
    """The beginning of a query on one line, without what a terminal would obey."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(query.split()))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
