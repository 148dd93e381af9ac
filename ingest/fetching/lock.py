"""What has been fetched: the lock file with checksums, and the catalogue that makes a build read it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from ...errors import InputError
from ..catalogue import CATALOGUE_NAME, Entry, load
from .download import Validators

__all__ = ["LOCK_NAME", "Download", "File", "Record", "hashed", "read_lock", "update_catalogue", "write_lock"]

LOCK_NAME: Final = "fetch.lock.json"
_VERSION: Final = 1
_HEAD: Final = (
    "# Written by nurt fetch: what the files in this folder are, and which documents they stand for.\n"
    "# `nurt build` reads them in place of the digests that `replaces` names.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is kept.

    Args:
        path: below the folder of originals, with forward slashes.
        sha256: of its bytes.
        size: in bytes.
    """

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """One answer of a server: what was asked for, which address gave it, how it knows that version again."""

    asked: str
    address: str
    type: str
    etag: str = ""
    modified: str = ""

    @property
    def validators(self) -> Validators:
        """To ask whether it has changed."""
        return Validators(etag=self.etag, modified=self.modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An original as it was fetched.

    Args:
        asked: the address, language and formats; a different request is a different original.
        format: that was found.
        fetched: when, in UTC, as ISO text.
        left_out: files of the archive that nurt does not read.
    """

    asked: str
    format: str
    fetched: str
    downloads: tuple[Download, ...]
    files: tuple[File, ...]
    left_out: tuple[str, ...] = ()


def hashed(path: Path, name: str) -> File:
    """The record of a file.

    Args:
        name: its path below the folder of originals.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(path=name, sha256=digest, size=path.stat().st_size)


def _record(data: Mapping[str, Any]) -> Record:
    return Record(
        asked=str(data["asked"]),
        format=str(data["format"]),
        fetched=str(data["fetched"]),
        downloads=tuple(Download(**item) for item in data["downloads"]),
        files=tuple(File(**item) for item in data["files"]),
        left_out=tuple(data["left_out"]),
    )


def read_lock(folder: Path) -> dict[str, Record]:
    """What was fetched into a folder, by document id; raises InputError for a lock file that is damaged."""
    path = folder / LOCK_NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != _VERSION:
            raise ValueError(f"its version is {data['version']}, not {_VERSION}")
        return {name: _record(item) for name, item in data["documents"].items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise InputError(
            f"{path} cannot be understood: {error}.",
            path=path,
            hint="Restore it, or fetch into a new folder.",
        ) from error


def _write(path: Path, text: str) -> None:
    """Put a file in place, whole or not at all."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def write_lock(folder: Path, records: Mapping[str, Record]) -> None:
    """Write the lock file; the same records give the same bytes."""
    documents = {name: asdict(records[name]) for name in sorted(records)}
    data = {"version": _VERSION, "documents": documents}
    _write(folder / LOCK_NAME, json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def _value(value: str | date | tuple[str, ...]) -> str:
    """A value in TOML; JSON writes texts in the same way, save the one character that it leaves as it is."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


_KEYS: Final = ("family", "language", "title_pl", "title_en", "date", "publisher", "instrument", "celex")


def _table(entry: Entry, folder: Path) -> str:
    lines = [f"[document.{_value(entry.id)}]", f"file = {_value(entry.path.relative_to(folder).as_posix())}"]
    for key in (*_KEYS, "original", "replaces"):
        if value := getattr(entry, key):
            lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines) + "\n"


def update_catalogue(folder: Path, entries: Iterable[Entry], gone: Iterable[Path]) -> None:
    """Put entries into the catalogue of the folder, by id; entries of files that are gone are taken out.

    Raises InputError where the catalogue there is broken.
    """
    path = folder / CATALOGUE_NAME
    lost = set(gone)
    known = {entry.id: entry for entry in (load(path) if path.exists() else ()) if entry.path not in lost}
    known |= {entry.id: entry for entry in entries}
    _write(path, "\n".join([_HEAD, *(_table(known[name], folder) for name in sorted(known))]))
