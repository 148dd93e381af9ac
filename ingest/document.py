"""A document as printed: its text, its blocks and pages, and the offsets that evidence points to."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Block", "BlockKind", "Document", "Evidence", "Language", "Span"]

BlockKind = Literal["heading", "paragraph", "list_item", "cell", "note", "header", "footer"]
Language = Literal["pl", "en"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the kept text: ``document.text[start:end]``, offsets in Unicode code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document says something: ``text_of(document)[start:end] == quote``, always.

    Args:
        document: the document's id, as in the catalogue.
        start, end: offsets into the kept text, in Unicode code points.
        quote: the exact text at these offsets.
        page: the page counted from 1, or None where the format has no pages.
    """

    document: str
    start: int
    end: int
    quote: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, list item, table cell, footnote, or running header or footer.

    Args:
        start, end: offsets into ``Document.text``; blocks do not overlap and stand in reading order.
        page: the page on which the block starts, counted from 1, or None where there are no pages.
        level: of a heading, from 1 (title) down; of a list item, the depth from 1; None where unknown.
        marker: the number or bullet as printed before a list item, footnote or heading, where the format
            keeps it apart from the text; else "".
        table, row, column: of a cell, counted from 0; tables are counted through the document.
        row_span, column_span: how many rows and columns the cell covers.
        header: the cell is a header cell.
        name: what the format calls the block (an XML element, an HTML id or class), or "".
        path: where in a structured act it stands, e.g. "article/9/1/a", or "".
        language: of this block where it differs from the document's.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    level: int | None = None
    marker: str = ""
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    name: str = ""
    path: str = ""
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a reader returns. The text is kept as printed and never changed afterwards.

    Args:
        id: the name of the document in the graph: of its catalogue entry, else from its file name.
        text: the whole text; blocks are separated by at least one newline.
        blocks: in reading order.
        page_starts: the offset at which page 1, 2, … starts; empty where the format has no pages.
        language: the main language, or None where it cannot be told.
        media_type: e.g. "text/html", "application/pdf", "application/xml".
        sha256: of the file's bytes, in hexadecimal.
        metadata: what the file says of itself (title, CELEX, date, publisher …), names in Dublin Core style.
        warnings: what was read only in part, each a sentence with its page ("page 7 has no text layer").
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    media_type: str
    sha256: str
    language: Language | None = None
    page_starts: tuple[int, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page, counted from 1, that holds the offset, or None where the format has no pages."""
        if not self.page_starts:
            return None
        return max(1, bisect_right(self.page_starts, offset))

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence at ``text[start:end]``, white space at both ends left out.

        Raises ValueError where nothing but white space is left: an empty quote proves nothing.
        """
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        if not quote:
            raise ValueError(f"{self.id}: no text at offsets {start} to {end}")
        return Evidence(self.id, start, start + len(quote), quote, self.page_at(start))

    def text_of(self, block: Block) -> str:
        """The text of a block as printed."""
        return self.text[block.start : block.end]
