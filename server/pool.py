"""The workers: who is free, who is replaced."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from ..errors import ServerError
from .worker import Worker

__all__ = ["Busy", "Pool"]

MEMORY: Final = 2 << 30
"""Bytes of address space for a worker; one that wants more dies, and only its query with it."""
_FEWEST: Final = 4
_PAUSE: Final = 1.0

_log: Final = logging.getLogger("nurt.server")


class Busy(Exception):
    """All workers were busy for as long as the client was ready to wait."""


class Pool:
    """Some workers on one store; used with ``async with``, which starts and ends them.

    A worker whose query was not answered to the end (time was up, the client went away, the process died)
    is replaced by a new one: Oxigraph cannot be told to stop, but its process can.

    Args:
        store: the folder of the Oxigraph store.
        size: how many workers; without it one for each processor, and at least four, so that a few slow
            queries leave some for the others.
        memory: see ``Worker.start``.
    """

    def __init__(self, store: Path, *, size: int | None = None, memory: int = MEMORY) -> None:
        self.size = size or max(_FEWEST, os.cpu_count() or 1)
        self._store = store
        self._memory = memory
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._replacing: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Pool:
        try:
            for _ in range(self.size):
                await self._start()
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that run."""
        return tuple(sorted(worker.pid for worker in self._workers if worker.alive))

    @asynccontextmanager
    async def worker(self, wait: float) -> AsyncIterator[Worker]:
        """A worker for one query; raises Busy where none is free within ``wait`` seconds."""
        worker = await self._next(wait)
        try:
            yield worker
        except BaseException:
            self._retire(worker)
            raise
        self._free.put_nowait(worker)

    async def _next(self, wait: float) -> Worker:
        try:
            async with asyncio.timeout(wait):
                while True:
                    worker = await self._free.get()
                    if worker.alive:
                        return worker
                    _log.warning("worker %d had died", worker.pid)
                    self._retire(worker)
        except TimeoutError:
            raise Busy from None

    def _retire(self, worker: Worker) -> None:
        task = asyncio.create_task(self._replace(worker))
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _replace(self, worker: Worker) -> None:
        self._workers.discard(worker)
        await worker.stop()
        while True:
            try:
                await self._start()
            except (ServerError, OSError) as error:
                _log.error("no worker can be started: %s", error)
                await asyncio.sleep(_PAUSE)
            else:
                return

    async def _start(self) -> None:
        worker = await Worker.start(self._store, memory=self._memory)
        self._workers.add(worker)
        self._free.put_nowait(worker)

    async def _close(self) -> None:
        for task in tuple(self._replacing):
            task.cancel()
        await asyncio.gather(*self._replacing, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self._workers))
        self._workers.clear()
