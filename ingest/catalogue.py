"""What each document of a folder is and where its original lies: the folder's ``catalogue.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

from ..errors import InputError
from ..ontology.identifiers import slug
from .document import Language

__all__ = ["CATALOGUE_NAME", "Entry", "entry_for", "load"]

CATALOGUE_NAME: Final = "catalogue.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One document: a ``[document.<id>]`` table of the catalogue, or what a bare file name gives.

    Args:
        id: the name of the document in the graph.
        path: the file.
        family: the kind of document ("measure_cards"), or "" to recognise it by its layout.
        language: main language, or None to recognise it.
        title_pl, title_en: official titles, or "".
        digest: True where the file was written for nurt from facts and is not the official text.
        date: of the original (adoption, publication or state of the figures), or None where unknown.
        publisher: who issued the original, or "".
        instrument: slug of the strategy, act or programme that the document is or describes, or "".
        celex: CELEX number of the original, or "".
        original: addresses of the original; several where a digest was compiled from several.
        format: what the address of the original gives ("pdf"), where its ending does not say, or "".
        replaces: ids of the digests in whose place this document is read.
        sources: addresses of what a digest was written from.
        license: licence of the file, an SPDX identifier or an address, or "".
    """

    id: str
    path: Path
    family: str = ""
    language: Language | None = None
    title_pl: str = ""
    title_en: str = ""
    digest: bool = False
    date: date | None = None
    publisher: str = ""
    instrument: str = ""
    celex: str = ""
    original: tuple[str, ...] = ()
    format: str = ""
    replaces: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    license: str = ""


_TEXT_KEYS: Final = (
    "family",
    "title_pl",
    "title_en",
    "publisher",
    "instrument",
    "celex",
    "format",
    "license",
)
_LIST_KEYS: Final = {"original": "addresses", "replaces": "ids", "sources": "addresses"}
_KEYS: Final = {*_TEXT_KEYS, *_LIST_KEYS, "file", "language", "digest", "date"}


def _entry(catalogue: Path, name: str, table: Mapping[str, Any]) -> Entry:
    def fail(what: str) -> InputError:
        return InputError(f"{catalogue}: [document.{name}] {what}.", path=catalogue, hint="Mend that table.")

    if unknown := sorted(set(table) - _KEYS):
        raise fail(f"has unknown keys {', '.join(unknown)}; known are {', '.join(sorted(_KEYS))}")
    if not isinstance(table.get("file"), str):
        raise fail("names no file")
    if table.get("language") not in (None, "pl", "en"):
        raise fail(f"has language {table['language']!r}; known are 'pl' and 'en'")
    if not isinstance(table.get("date"), date | None):
        raise fail("has a date that is not written as 2010-03-03, without quotes")
    for key in _TEXT_KEYS:
        if not isinstance(table.get(key, ""), str):
            raise fail(f"has {key} that is not a text")
    for key, what in _LIST_KEYS.items():
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise fail(f"has {key} that is not a list of {what}")
    return Entry(
        id=name,
        path=catalogue.parent / table["file"],
        language=cast("Language | None", table.get("language")),
        digest=bool(table.get("digest", False)),
        date=table.get("date"),
        original=tuple(table.get("original", ())),
        replaces=tuple(table.get("replaces", ())),
        sources=tuple(table.get("sources", ())),
        **{key: table.get(key, "") for key in _TEXT_KEYS},
    )


def load(catalogue: Path) -> tuple[Entry, ...]:
    """Read a ``catalogue.toml``, in its order.

    Raises InputError where it cannot be opened or, naming table and key, is not as ``Entry`` describes.
    """
    try:
        data = tomllib.loads(catalogue.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{catalogue} is not valid TOML: {error}.", path=catalogue, hint="Mend that line."
        ) from error
    except OSError as error:
        raise InputError(
            f"{catalogue} cannot be opened: {error.strerror or error}.",
            path=catalogue,
            hint="Check the path.",
        ) from error
    tables = data.get("document", {})
    return tuple(_entry(catalogue, name, table) for name, table in tables.items())


def entry_for(path: Path, catalogued: Mapping[Path, Entry]) -> Entry:
    """The catalogue's entry for a file, else one made of its name.

    A file in no catalogue is known by the slug of its stem: ``SZOOP v3.pdf`` becomes ``szoop-v3``.
    """
    known = catalogued.get(path.resolve())
    return replace(known, path=path) if known else Entry(id=slug(path.stem) or "document", path=path)
