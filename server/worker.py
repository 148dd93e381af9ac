"""One process of the Oxigraph server program, on a loopback port, answering one query at a time."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from shutil import which
from typing import Final

import httpx

from ..errors import ServerError

__all__ = ["Worker", "program"]

_LAUNCH: Final = Path(__file__).with_name("launch.py")
_READY: Final = b"Listening for requests"
_PATIENCE: Final = 20.0
"""Seconds within which a worker must listen; it takes some hundredths on an idle machine."""
_ATTEMPTS: Final = 5
_SHOWN: Final = 4


def program() -> str:
    """The path of the ``oxigraph`` program; raises ServerError where it is not installed."""
    try:
        installed = files("oxigraph") or ()
    except PackageNotFoundError:
        installed = ()
    for file in installed:
        if (
            file.stem == "oxigraph"
            and file.suffix in ("", ".exe")
            and (path := Path(str(file.locate()))).is_file()
        ):
            return str(path.resolve())
    if found := which("oxigraph"):
        return found
    raise ServerError(
        "The SPARQL server program `oxigraph` is missing.", hint="Install it: pip install oxigraph"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Worker:
    """A child process that answers queries on a store that nobody writes to.

    It has one client, who asks one query at a time: a process that is ended takes nobody else's query along.
    """

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self._process = process
        self._listener = asyncio.create_task(_ignore(process))
        # No proxy from the environment, no time limit of its own: the pool and the endpoint keep the time.
        # Each query has a connection of its own: the program closes idle ones, perhaps as we ask again.
        self._client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            trust_env=False,
            timeout=None,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    @classmethod
    async def start(cls, store: Path, *, memory: int) -> Worker:
        """Start a process and wait until it listens.

        Args:
            store: the folder of the Oxigraph store; it is only read.
            memory: the address space that the process may use in bytes (Linux), or 0 for no limit.

        Raises ServerError where the program is missing or does not start.
        """
        said: list[str] = []
        for _ in range(_ATTEMPTS):
            port = _free_port()
            command = [program(), "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
            if sys.platform != "win32":
                launch = (sys.executable, "-I", "-S", str(_LAUNCH), str(memory), str(os.getpid()))
                command = [*launch, *command]
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,  # Ctrl-C in the terminal is for us alone: we end it in order
            )
            try:
                async with asyncio.timeout(_PATIENCE):
                    listens = await _listens(process, said)
            except BaseException as error:
                if process.returncode is None:
                    process.kill()
                await process.wait()
                if isinstance(error, TimeoutError):
                    raise ServerError(
                        f"The SPARQL server program did not listen within {_PATIENCE:g} s."
                    ) from None
                raise
            if listens:
                return cls(process, port)
            await process.wait()  # its port was taken by somebody in between: try another
        raise ServerError(f"The SPARQL server program does not start: {' '.join(said[:_SHOWN])}.")

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process is running."""
        return self._process.returncode is None

    def ask(
        self, query: str, dataset: tuple[tuple[str, str], ...], headers: Mapping[str, str]
    ) -> AbstractAsyncContextManager[httpx.Response]:
        """Send a query and yield the answer, whose body is still to be read.

        Args:
            query: SPARQL 1.1.
            dataset: ``default-graph-uri`` and ``named-graph-uri`` of the SPARQL Protocol, as pairs.
            headers: of the request; ``Accept`` says in which format the answer comes.

        Raises httpx.TransportError where the process dies.
        """

        @asynccontextmanager
        async def asking() -> AsyncIterator[httpx.Response]:
            sent = {**headers, "Content-Type": "application/sparql-query"}
            async with self._client.stream(
                "POST", "/query", params=list(dataset), content=query.encode("utf-8"), headers=sent
            ) as response:
                yield response

        return asking()

    async def stop(self) -> None:
        """End the process at once; it only reads, so nothing can be lost."""
        if self.alive:
            with suppress(ProcessLookupError):
                if sys.platform == "win32":
                    self._process.kill()
                else:
                    # Not `kill` of the process: where it has just died by itself that would collect its
                    # status, and asyncio, which waits for it too, would find nobody.
                    os.kill(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        self._listener.cancel()
        await self._client.aclose()


async def _ignore(process: asyncio.subprocess.Process) -> None:
    """Read what the process says, so that its pipe never fills up; it says which queries fail, as we do."""
    assert process.stderr is not None
    while await process.stderr.read(1 << 16):
        pass


async def _listens(process: asyncio.subprocess.Process, said: list[str]) -> bool:
    """Wait until the process says that it listens; False, and what it says instead, where it ends before."""
    assert process.stderr is not None
    async for line in process.stderr:
        if line.startswith(_READY):
            return True
        said.append(line.decode("utf-8", "replace").strip())
    return False
