"""Runs the server until it is told to end, and then ends everything that it started."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from typing import Final

import uvicorn

from ..errors import ServerError
from ..graph.store import Graph
from .app import application
from .pool import Pool
from .protocol import LONGEST_HEAD, Protocol

__all__ = ["serve"]

_SHORTEST: Final = 0.1
_LONGEST: Final = 86_400.0
_CONNECTIONS: Final = 1_000
_GRACE: Final = 2
"""Seconds that answers under way are given when the server is told to end."""


def serve(graph: Graph, *, host: str, port: int, limit: float, ready: Callable[[str], None]) -> None:
    """Serve a graph until SIGINT or SIGTERM.

    Args:
        graph: opened from disk; its snapshot is held, so a build meanwhile neither changes nor removes it.
        host: the address to listen on, "127.0.0.1" for this machine alone.
        port: 0 for any that is free.
        limit: seconds that a query may take, from a tenth to a day.
        ready: told the address once the server listens.

    Raises ServerError where the address is taken or there is no such address, the limit is out of bounds, or
    the SPARQL server program does not start.
    """
    if graph.path is None:
        raise ServerError("Only a graph folder can be served.", hint="Name one: --graph FOLDER.")
    if not _SHORTEST <= limit <= _LONGEST:  # neither is a number that is none
        raise ServerError(
            f"A time limit of {limit:g} s cannot be.", hint=f"Give {_SHORTEST:g} to {_LONGEST:,.0f} seconds."
        )
    listener = _listen(host, port)
    try:
        asyncio.run(_serve(graph, listener, limit, ready))
    finally:
        listener.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        raise ServerError(
            f"The server cannot listen on {host}, port {port}: {getattr(error, 'strerror', None) or error}.",
            hint="Give another --port; 0 takes any that is free.",
        ) from None
    # Inherited by each connection: without it the body waits 0.04 s for the client to confirm the head.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


async def _serve(graph: Graph, listener: socket.socket, limit: float, ready: Callable[[str], None]) -> None:
    assert graph.path is not None
    pool = Pool(graph.path / "store")
    config = uvicorn.Config(
        application(graph, pool, limit=limit),
        http=Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_graceful_shutdown=_GRACE,
    )
    server = uvicorn.Server(config)
    # uvicorn handles the signals while it serves, and sends itself again the one that it was ended by.
    before = {number: signal.signal(number, server.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        async with pool:
            ready(_address(listener))
            await server.serve(sockets=[listener])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
