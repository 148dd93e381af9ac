"""Which parts of a document are read for policy, and as what: whole paragraphs, lists under their lead-in.

Left out are running headers and footers, contents, captions, bibliographies and acknowledgements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from .document import Block, Document, Language
from .languages import Knowledge, knowledge
from .view import View, mend

__all__ = ["Passage", "passages"]

_LEADERS: Final = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|_{5,}")
_NUMBERING: Final = re.compile(r"^\s*(?:\(?(?:\d+(?:\.\d+)*|[IVXLC]+)[.)]?\s+)?")
_HARD_END: Final = re.compile(r"[.!?:;…”\")\]]\s*$")
_SHORT: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph, list item, cell, footnote or heading as one text.

    Args:
        view: its text as read, line breaks and hyphens mended, with the way back to the kept text.
        language: of this passage.
        kind: of its (first) block.
        lead: the passage that introduces the list this item belongs to, or None.
        before: the passage right before it in the same section, or None.
    """

    view: View
    language: Language
    kind: str
    lead: Passage | None = None
    before: Passage | None = None


@dataclass(slots=True)
class _State:
    """Where in the document we are; ``headings`` are the levels of those above, outermost first."""

    headings: list[int] = field(default_factory=list)
    left_out: int | None = None
    lead: Passage | None = None
    before: Passage | None = None


@lru_cache(maxsize=4)
def _acknowledgement(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{item})" for item in knowledge(language).acknowledgements), re.IGNORECASE)


def acknowledges(text: str, language: Language) -> bool:
    """Whether a sentence says who paid for the text rather than what a policy does."""
    return _acknowledgement(language).search(text) is not None


@lru_cache(maxsize=8)
def _section_titles(language: Language) -> frozenset[str]:
    return frozenset(title.rstrip(":.") for title in knowledge(language).sections_left_out)


@lru_cache(maxsize=1 << 13)
def _is_section(text: str, language: Language) -> bool:
    """Whether a text is the heading of a part left out."""
    if len(text) >= _SHORT:
        return False
    bare = _NUMBERING.sub("", text).strip().rstrip(":.").lower()
    return bare in _section_titles(language)


@lru_cache(maxsize=1 << 13)
def _is_no_prose(text: str, language: Language) -> bool:
    """Whether a text is a line of a table of contents or a caption."""
    return _LEADERS.search(text) is not None or _is_caption(text, knowledge(language))


def _is_caption(text: str, known: Knowledge) -> bool:
    lower = text.lstrip()[:_SHORT].lower()
    return lower.startswith(known.captions) and any(
        lower.startswith(caption)
        and (not caption[-1].isalpha() or re.match(r"\W+\w{0,4}\d", lower[len(caption) :]))
        for caption in known.captions
    )


def _joined(document: Document, blocks: Sequence[Block]) -> Iterator[tuple[Block, int, int]]:
    """Blocks with their extent; a paragraph that a page or a blank line cuts in mid-sentence is one again."""
    position = 0
    while position < len(blocks):
        block = blocks[position]
        end = block.end
        position += 1
        while position < len(blocks) and _continues(document, blocks[position - 1], blocks[position]):
            end = blocks[position].end
            position += 1
        yield block, block.start, end


def _continues(document: Document, block: Block, following: Block) -> bool:
    if following.kind != "paragraph" or block.kind not in {"paragraph", "list_item"} or following.marker:
        return False
    mine = document.text[max(block.start, block.end - 3) : block.end].rstrip()
    theirs = document.text[following.start : following.start + 3].lstrip()
    if not mine or not theirs or not theirs[0].islower():
        return False
    return mine[-1] in "-\u00ad" or not _HARD_END.search(mine)


def _wanted(document: Document) -> list[Block]:
    spreadsheet = document.media_type in {"text/csv", "text/tab-separated-values"} or (
        "spreadsheet" in document.media_type or "excel" in document.media_type
    )
    return [
        block
        for block in document.blocks
        if block.kind not in {"header", "footer"} and not (spreadsheet and block.kind == "cell")
    ]


def passages(document: Document, language: Language) -> Iterator[Passage]:
    """The passages of a document that may speak of policy, in reading order."""
    state = _State()
    blocks = _wanted(document)
    left_out_rows: set[tuple[int | None, int | None]] = set()
    for block, start, end in _joined(document, blocks):
        its_language = block.language or language
        text = document.text[start:end]
        if not text.strip():
            continue
        if block.kind == "cell":
            key = (block.table, block.row)
            if key in left_out_rows or _is_section(text, its_language):
                left_out_rows.add(key)
                continue
        elif block.kind == "heading" or _is_section(text, its_language):
            # A line that opens a part left out counts even where the format does not mark it as a heading.
            _enter(state, block, text, its_language)
        if state.left_out is not None or _is_no_prose(text, its_language):
            continue
        view = mend(document, start, end)
        if block.kind == "note" and acknowledges(view.text, its_language):
            continue
        passage = Passage(
            view=view,
            language=its_language,
            kind=block.kind,
            lead=state.lead if block.kind == "list_item" else None,
            before=state.before,
        )
        if block.kind != "list_item":
            state.lead = passage if view.text.rstrip().endswith(":") else None
        if block.kind not in {"note", "cell"}:
            state.before = passage
        yield passage


def _enter(state: _State, block: Block, text: str, language: Language) -> None:
    level = block.level or (state.headings[-1] if state.headings else 1)
    if state.left_out is not None and level > state.left_out:
        return
    state.left_out = None
    state.headings = [depth for depth in state.headings if depth < level]
    state.lead = state.before = None
    if _is_section(text, language):
        state.left_out = level
    elif block.kind == "heading":
        state.headings.append(level)
