"""The two steps that run once a document: read and extract, then link; in this process or in several."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, TypeVar

from ..errors import InputError, NurtError
from .catalogue import Entry
from .codec import document_from_json, document_to_json, extraction_from_json, extraction_to_json
from .inputs import Failure

__all__ = ["Job", "link_document", "read_document", "run", "seldom_collected", "sha256_of"]

Json = dict[str, Any]
Job = tuple[Entry, Json]
_CHUNK = 1 << 20
_ALLOCATIONS = 1_000_000
"""So many more objects than were freed begin a collection; Python's own number is 700."""
T = TypeVar("T")


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes, read in pieces; raises InputError where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
    except OSError as error:
        raise InputError(
            f"{path} cannot be opened: {error.strerror or error}.", path=path, hint="Check its permissions."
        ) from error
    return digest.hexdigest()


def read_document(job: Job) -> Json | Failure:
    """Read a document and extract what its family's layout says.

    Returns ``{"document": …, "extraction": …}`` for the cache, or why it could not be read.
    """
    from .families import extract
    from .fitness import fit
    from .readers import read
    from .rows import account

    entry = job[0]
    try:
        document = read(entry.path, document_id=entry.id)
    except InputError as error:
        return Failure.of(entry.path, error)
    extraction = account(document, fit(extract(document, entry)))
    return {"document": document_to_json(document), "extraction": extraction_to_json(extraction)}


def link_document(job: Job, gazetteer: Any) -> Json | Failure:
    """Find and resolve the names in one document and what is said between them.

    Args:
        job: the catalogue entry and what ``read_document`` returned.
        gazetteer: the names that the build knows, a ``gazetteer.Gazetteer``.
    """
    from .fitness import fit
    from .linking import link

    entry, data = job
    extraction = extraction_from_json(data["extraction"])
    document = document_from_json(data["document"])
    return extraction_to_json(fit(link(document, entry, extraction.elements, gazetteer)))


_shared: tuple[Any, ...] = ()


def _share(*values: Any) -> None:
    """Give a worker what every item needs, once."""
    global _shared
    _shared = values


def _call(work: Callable[..., T], job: Job) -> T | Failure:
    return _guarded(work, job, *_shared)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for circular garbage less often: what a document is read into lives until the document is done.

    At Python's own pace a seventh of the time goes into going through those objects again and again.
    """
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _guarded(work: Callable[..., T], job: Job, *shared: Any) -> T | Failure:
    """Do the work; a document that exhausts memory or the stack is a Failure of its own."""
    try:
        with seldom_collected():
            return work(job, *shared)
    except (MemoryError, RecursionError) as error:
        path = job[0].path
        kind = "is too large for the memory" if isinstance(error, MemoryError) else "nests too deeply"
        return Failure(str(path), f"{path} {kind}.", "Split it, or give it in another format.")


def _crashed(entry: Entry) -> Failure:
    return Failure(
        str(entry.path),
        f"{entry.path} made the reading process crash.",
        "The file is likely damaged; open it, save it anew, and build again.",
    )


def _check_that_processes_start(context: BaseContext) -> None:
    """Tell a document that crashes its reader from a program in which no process can start at all."""
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool as error:
            raise NurtError(
                "The processes that read documents cannot start.",
                hint="In a script, call nurt.build below `if __name__ == '__main__':`, or with processes=1.",
            ) from error


def run(
    work: Callable[..., Json | Failure], jobs: Sequence[Job], *shared: Any, processes: int
) -> Iterator[tuple[Entry, Json | Failure]]:
    """Run ``work(job, *shared)`` for every job, as results come; a worker's crash is that document's Failure.

    With one process, or one job, everything runs here. Raises NurtError where no process can start.
    """
    if processes <= 1 or len(jobs) <= 1:
        for job in jobs:
            yield job[0], _guarded(work, job, *shared)
        return
    # Workers start from a clean process: forking one that has threads (a progress display) may hang.
    context = multiprocessing.get_context("forkserver")
    broken: list[Job] = []
    with ProcessPoolExecutor(
        min(processes, len(jobs)), mp_context=context, initializer=_share, initargs=shared
    ) as pool:
        futures: dict[Future[Json | Failure], Job] = {pool.submit(_call, work, job): job for job in jobs}
        for future in as_completed(futures):
            try:
                yield futures[future][0], future.result()
            except BrokenProcessPool:
                broken.append(futures[future])
    if broken:
        _check_that_processes_start(context)
    # One crash takes the whole pool with it: the jobs left are tried again, each in a process of its own.
    for job in broken:
        with ProcessPoolExecutor(1, mp_context=context, initializer=_share, initargs=shared) as pool:
            try:
                yield job[0], pool.submit(_call, work, job).result()
            except BrokenProcessPool:
                yield job[0], _crashed(job[0])
