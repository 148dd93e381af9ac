"""The annexes of a legal act and their numbered sections, from the paths that the readers give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..document import Block, Document

__all__ = ["Annex", "annexes", "is_annex"]

_PATH: Final = re.compile(r"annex(?:/[\w.]+){0,3}")
_BARE_TITLE: Final = re.compile(r"(?:ANNEX|ZAŁĄCZNIK)\W*(?:[IVXLC]+|\d{1,2}|[A-Z])?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex or a section of one.

    Args:
        path: where it stands in the act: "annex/I", "annex/I/3.1".
        parent: path of what it is part of, or "" for the act.
        code: its number as the path has it, or "" where it has none.
        title: its heading as printed; of an annex, with the title below the number.
        start, end: of the heading.
    """

    path: str
    parent: str
    code: str
    title: str
    start: int
    end: int


def is_annex(document: Document) -> bool:
    """Whether the whole document is an annex that was published in a file of its own."""
    first = next((block for block in document.blocks if block.kind == "heading"), None)
    return first is not None and first.path.split("/")[0] == "annex" and not _has_articles(document)


def _has_articles(document: Document) -> bool:
    return any(block.path.startswith("article") for block in document.blocks)


def annexes(document: Document) -> Iterator[Annex]:
    """The annexes of a document and their numbered sections, each once, in reading order."""
    known: set[str] = set()
    blocks = [block for block in document.blocks if block.kind not in ("header", "footer", "note")]
    for position, block in enumerate(blocks):
        if block.kind != "heading" or block.path in known or not _PATH.fullmatch(block.path):
            continue
        parent = _above(block.path)
        while parent and parent not in known:
            parent = _above(parent)
        known.add(block.path)
        title, end = _title(document, block, blocks[position + 1 : position + 2])
        steps = block.path.split("/")
        yield Annex(block.path, parent, steps[-1] if len(steps) > 1 else "", title, block.start, end)


def _above(path: str) -> str:
    """Of "annex/I/3.1" the section "annex/I/3", of that the annex, of that the act ("")."""
    shorter = re.sub(r"\.\w+$", "", path)
    return shorter if shorter != path else path.rpartition("/")[0]


def _title(document: Document, block: Block, following: list[Block]) -> tuple[str, int]:
    """A heading that is only a number, *ANNEX I*, takes the title printed below it."""
    printed = " ".join(document.text_of(block).split())
    for below in following:
        if _BARE_TITLE.fullmatch(printed) and below.kind == "heading" and below.path == block.path:
            return f"{printed}: {' '.join(document.text_of(below).split())}", below.end
    return printed, block.end
