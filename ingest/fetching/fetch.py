"""Fetches originals into a folder: asks, checks, compares with what is there, replaces nothing in silence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from ...errors import FetchError
from ...graph.locking import exclusive
from ..catalogue import Entry
from ..readers.sniff import LARGEST
from .client import Client
from .lock import File, Record, hashed, read_lock, update_catalogue, write_lock
from .parts import file_name
from .plan import Wanted
from .receive import Received, Receiver

__all__ = ["Outcome", "fetch"]

_PARTIAL: Final = ".partial"
"""The hidden folder of transfers that have not ended; builds do not look into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one original.

    Args:
        status: "changed" where the server has another version than the one kept; the kept one stays.
        files: that are kept, the main one first.
        message, hint: what is wrong and what to do, or "".
    """

    id: str
    status: Literal["fetched", "unchanged", "changed", "failed"]
    files: tuple[Path, ...] = ()
    message: str = ""
    hint: str = ""


def fetch(
    wanted: Sequence[Wanted],
    folder: Path,
    *,
    client: Client,
    accept_changes: bool = False,
    limit: int = LARGEST,
) -> Iterator[Outcome]:
    """Fetch originals one after the other; one that fails does not stop the others.

    The folder gets the files, ``fetch.lock.json`` with their checksums, and a ``catalogue.toml`` by which
    ``nurt build`` reads them in place of the digests. What the server has not changed is not sent again.

    Args:
        folder: of originals; made if missing.
        accept_changes: take a new version in place of the one kept, rather than say that there is one.
        limit: the largest original, in bytes.

    Raises GraphError where another process fetches into the folder, InputError for a damaged lock file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    with exclusive(folder):
        run = _Run(folder, client, accept_changes, limit)
        for one in wanted:
            try:
                yield run.one(one)
            except FetchError as error:
                yield Outcome(id=one.id, status="failed", message=error.what, hint=error.hint)
            except OSError as error:
                what = f"{error.filename or folder} cannot be written: {error.strerror or error}."
                yield Outcome(id=one.id, status="failed", message=what, hint="Check permissions and space.")


class _Run:
    def __init__(self, folder: Path, client: Client, accept_changes: bool, limit: int) -> None:
        self.folder, self.accept_changes = folder, accept_changes
        self.partial = folder / _PARTIAL
        self.receiver = Receiver(client, self.partial, limit)
        self.records = read_lock(folder)

    def one(self, wanted: Wanted) -> Outcome:
        """Fetch one original and keep it, if it is new."""
        asked = f"{wanted.address} {wanted.accept_language} {' '.join(form.name for form in wanted.formats)}"
        record = self.records.get(wanted.id)
        whole = record is not None and self._is_whole(record)
        same = record if record is not None and record.asked == asked else None
        staging = self.partial / f"{wanted.file}.staged"
        shutil.rmtree(staging, ignore_errors=True)
        try:
            received = self.receiver.receive(wanted, staging, same if whole else None)
            if received is None:
                assert same is not None
                return Outcome(id=wanted.id, status="unchanged", files=self._paths(same))
            names = self._names(wanted, received)
            files = tuple(hashed(path, name) for path, name in zip(received.files, names, strict=True))
            if same is not None and _contents(same.files) != _contents(files) and not self.accept_changes:
                return self._changed(wanted, same, files)
            self._place(wanted, record, received, files)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        as_before = whole and same is not None and same.files == files
        new = Record(
            asked=asked,
            format=received.form.name,
            fetched=same.fetched if as_before and same else datetime.now(UTC).isoformat(timespec="seconds"),
            downloads=received.downloads,
            files=files,
            left_out=received.left_out,
        )
        self._keep(wanted, record, new)
        return Outcome(id=wanted.id, status="unchanged" if as_before else "fetched", files=self._paths(new))

    def _paths(self, record: Record) -> tuple[Path, ...]:
        return tuple(self.folder / file.path for file in record.files)

    def _is_whole(self, record: Record) -> bool:
        """Whether all its files are there; raises FetchError where one is not as it was fetched."""
        for file in record.files:
            path = self.folder / file.path
            if path.is_file() and hashed(path, file.path) != file:
                raise FetchError(
                    f"{path} is not as it was fetched: somebody has changed it.",
                    hint="Move it out of the folder to fetch it again.",
                )
        return all((self.folder / file.path).is_file() for file in record.files)

    def _changed(self, wanted: Wanted, kept: Record, files: tuple[File, ...]) -> Outcome:
        old, new = (", ".join(file.sha256[:12] for file in some) for some in (kept.files, files))
        return Outcome(
            id=wanted.id,
            status="changed",
            files=self._paths(kept),
            message=f"{wanted.shown} is another version than the one fetched on {kept.fetched[:10]} "
            f"(sha256 {new}, kept is {old}).",
            hint="The kept one stays; take the new one with --accept-changes.",
        )

    def _names(self, wanted: Wanted, received: Received) -> list[str]:
        """Paths below the folder: one file under the document's id, several in a folder of that name."""
        if len(received.files) == 1:
            return [f"{wanted.file}{received.files[0].suffix}"]
        names: list[str] = []
        for number, path in enumerate(received.files, start=1):
            names.append(file_name(path.name, names, f"part-{number}"))
        return [f"{wanted.file}/{name}" for name in names]

    def _place(self, wanted: Wanted, old: Record | None, received: Received, files: tuple[File, ...]) -> None:
        """Move the staged files into their places; what the old version had and the new one has not goes."""
        ours = {file.path for file in old.files} if old else set()
        for file in files:
            there = self.folder / file.path
            if there.exists() and file.path not in ours and hashed(there, file.path) != file:
                raise FetchError(
                    f"{there} is in the way of {wanted.shown}: nurt did not fetch it.",
                    hint="Move it away, or give another --output.",
                )
        for path, file in zip(received.files, files, strict=True):
            target = self.folder / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        for name in ours - {file.path for file in files}:
            (self.folder / name).unlink(missing_ok=True)

    def _keep(self, wanted: Wanted, old: Record | None, new: Record) -> None:
        gone = {self.folder / file.path for file in old.files} if old else set()
        update_catalogue(self.folder, _entries(wanted, self._paths(new)), gone - set(self._paths(new)))
        self.records[wanted.id] = new
        write_lock(self.folder, self.records)


def _contents(files: tuple[File, ...]) -> list[str]:
    """What decides whether two versions are the same; an archive is packed anew each time, its files not."""
    return sorted(file.sha256 for file in files)


def _entries(wanted: Wanted, paths: Sequence[Path]) -> Iterator[Entry]:
    """The catalogue's entries of an original: the main file, and its further parts.

    What entries that share the original say of it is kept where they agree. The language of a digest says
    nothing of an original that was not asked for in a language.
    """
    first = wanted.entries[0]
    agreed = {
        key: getattr(first, key)
        for key in ("family", "date", "publisher", "instrument", "celex")
        if all(getattr(entry, key) == getattr(first, key) for entry in wanted.entries)
    }
    titled = first if len(wanted.entries) == 1 else replace(first, title_pl="", title_en="")
    main = Entry(
        id=wanted.id,
        path=paths[0],
        language=wanted.language,
        title_pl=titled.title_pl,
        title_en=titled.title_en,
        original=first.original,
        replaces=wanted.replaces,
        **agreed,
    )
    yield main
    for number, path in enumerate(paths[1:], start=2):
        yield Entry(
            id=f"{wanted.id}-part-{number:0{len(str(len(paths)))}}",
            path=path,
            language=wanted.language,
            date=main.date,
            publisher=main.publisher,
            instrument=main.instrument,
            celex=main.celex,
            original=first.original,
        )
