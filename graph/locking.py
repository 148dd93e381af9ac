"""Locks between processes that the operating system lets go of when their holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from ..errors import GraphError

__all__ = ["Hold", "exclusive", "in_use"]

_LOCK_FILE = ".lock"

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Be the only process that writes to a folder.

    Raises GraphError naming the process that already does.
    """
    path = folder / _LOCK_FILE
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _lock(descriptor):
            pid = os.read(descriptor, 32).decode("ascii", "replace").strip()
            raise GraphError(
                f"Another build is writing to {folder}" + (f" (process {pid})." if pid else "."),
                hint="Wait until it has ended, or give another --output.",
            )
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(descriptor)


class Hold:
    """Keeps a folder from being pruned while this process reads in it; where locks fail it does nothing."""

    def __init__(self, folder: Path) -> None:
        self._descriptor: int | None = None
        if sys.platform != "win32":
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                os.close(descriptor)  # a file system without locks
            else:
                self._descriptor = descriptor

    def release(self) -> None:
        """Let go; safe to call again."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        self.release()

    def __enter__(self) -> Hold:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def in_use(folder: Path) -> bool:
    """Say whether some process holds the folder, as far as this system can tell."""
    if sys.platform == "win32":
        return False  # open files cannot be deleted there, so pruning fails by itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False
