"""Pages that mark up nothing but paragraphs: headings, points and footnotes told from their wording."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ..document import Block
from .acts import ActPath
from .base import Builder
from .headings import LIST_MARKER, heading_level

__all__ = ["text_of", "without_markup"]

_NOTE: Final = re.compile(r"(\[(\d{1,3})\])[ \u00a0\t]*(?=\S)")
_JOURNAL_NOTE: Final = re.compile(r"(\(\d{1,3}\))[ \u00a0\t]*(?=(?:OJ|See|Dz\.\s?U\.|Zob\.)\s)")
_BULLET: Final = re.compile(r"[^\w(]")


def text_of(builder: Builder, block: Block) -> str:
    """The text of a block that was added."""
    return builder.text_between(block.start, block.end)


def without_markup(builder: Builder) -> None:
    """Give the blocks of such a page their kinds, and their places in an act."""
    act = ActPath()
    found = []
    referred: set[str] = set()
    for block in builder.blocks:
        printed = text_of(builder, block)
        if block.kind == "paragraph" and not block.marker:
            note = _NOTE.match(printed)
            if note and note.group(2) not in referred:
                note = None
            referred.update(re.findall(r"\[(\d{1,3})\]", printed))
            note = note or _JOURNAL_NOTE.match(printed)
            bullet = LIST_MARKER.match(printed)
            if note:
                block = _marked(block, "note", note.group(1), note.end())
            elif bullet and _BULLET.match(printed):
                block = replace(_marked(block, "list_item", bullet["marker"], bullet.end()), level=1)
                act.item(block.marker, 1)
            elif level := heading_level(printed):
                act.heading(printed, level)
                block = replace(block, kind="heading", level=level)
            else:
                act.paragraph(printed)
        elif block.kind == "list_item":
            act.item(block.marker, block.level or 1)
        if block.kind not in ("cell", "note"):
            block = replace(block, path=str(act))
        found.append(block)
    builder.blocks[:] = found


def _marked(block: Block, kind: str, marker: str, length: int) -> Block:
    """The block behind a marker that its text opens with."""
    return replace(
        block, kind="note" if kind == "note" else "list_item", marker=marker, start=block.start + length
    )
