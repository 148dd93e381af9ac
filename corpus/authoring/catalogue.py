"""The catalogue of the corpus: one table per digest, in a fixed order, written as TOML."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .facts import Source

__all__ = ["Digest", "toml"]

HEAD: Final = (
    "# What ships with nurt. Every file is a digest: written for nurt from the sources named,\n"
    "# not the official text. `original` is where that lies, `sources` what the digest was written from.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A finished document and what the catalogue says of it.

    Args:
        id: the document's name in the graph.
        file: path below the corpus folder.
        html: the file's text.
        sources: those the document lists; only addresses that can be opened go into the catalogue.
        date: of the original, as ISO text, or "".
        format: what the address of the original gives ("pdf"), where its ending does not say, or "".
    """

    id: str
    file: str
    html: str
    family: str
    language: str
    title_pl: str = ""
    title_en: str = ""
    date: str = ""
    publisher: str = ""
    instrument: str = ""
    celex: str = ""
    original: tuple[str, ...] = ()
    format: str = ""
    sources: tuple[Source, ...] = ()


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _list(values: Iterable[str]) -> str:
    lines = [f"  {_text(value)},\n" for value in dict.fromkeys(values)]
    return f"[\n{''.join(lines)}]"


def _table(digest: Digest) -> str:
    lines = [
        f"[document.{digest.id}]",
        f"file = {_text(digest.file)}",
        f"family = {_text(digest.family)}",
        f"language = {_text(digest.language)}",
    ]
    for key in ("title_pl", "title_en"):
        if value := getattr(digest, key):
            lines.append(f"{key} = {_text(value)}")
    lines.append("digest = true")
    if digest.date:
        lines.append(f"date = {digest.date}")
    for key in ("publisher", "instrument", "celex"):
        if value := getattr(digest, key):
            lines.append(f"{key} = {_text(value)}")
    if digest.original:
        lines.append(f"original = {_list(digest.original)}")
    if digest.format:
        lines.append(f"format = {_text(digest.format)}")
    lines.append(f"sources = {_list(s.url for s in digest.sources if s.url)}")
    lines.append('license = "MIT"')
    return "\n".join(lines) + "\n"


def toml(digests: Iterable[Digest]) -> str:
    """The whole ``catalogue.toml``."""
    return "\n".join([HEAD, *(_table(digest) for digest in digests)])
