"""What a build keeps of each document, so that an unchanged one is neither read nor linked again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from .catalogue import Entry

__all__ = ["Cache", "code_fingerprint", "document_key"]


def _sources(folder: Traversable) -> Iterable[bytes]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _sources(item)
        elif item.name.endswith((".py", ".toml", ".ttl", ".txt")):
            yield item.name.encode()
            yield item.read_bytes()


@cache
def code_fingerprint() -> str:
    """The hash of the code and data that decide what is extracted; a new version reads everything again."""
    digest = hashlib.sha256()
    for part in ("ingest", "ontology", "graph"):
        for content in _sources(files(__package__.split(".")[0]) / part):
            digest.update(content)
    return digest.hexdigest()


def document_key(entry: Entry, sha256: str) -> str:
    """The key under which a document's results are kept: its bytes, its catalogue entry and the code."""
    described = [repr(getattr(entry, field.name)) for field in fields(entry) if field.name != "path"]
    return hashlib.sha256("\x1f".join([sha256, code_fingerprint(), *described]).encode()).hexdigest()


class Cache:
    """JSON files below the graph folder; a broken or missing one only costs the time to make it again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, kind: str, key: str) -> Path:
        return self._folder / kind / f"{key}.json"

    def load(self, kind: str, key: str) -> dict[str, Any] | None:
        """What is kept under the key, or None."""
        try:
            data = json.loads(self._path(kind, key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return data if isinstance(data, dict) else None

    def store(self, kind: str, key: str, data: dict[str, Any]) -> None:
        """Keep the data under the key; the file appears whole or not at all."""
        path = self._path(kind, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        partial.replace(path)

    def prune(self, kind: str, keys: set[str]) -> None:
        """Drop what no document of the build uses any more."""
        for path in (self._folder / kind).glob("*"):
            if path.stem not in keys:
                path.unlink(missing_ok=True)
