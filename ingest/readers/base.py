"""What all readers share: the source file, the abstract reader, and the builder of the kept text."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Final

from ..document import Block, BlockKind, Document, Language
from .language import detect

__all__ = ["Builder", "Reader", "Source", "printable"]

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_BLOCK_LANGUAGE_LENGTH: Final = 60
"""A block shorter than this many characters does not get a language of its own."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was found fit to be read.

    Args:
        path: the file.
        id: the document's name.
        sha256: of its bytes, in hexadecimal.
        head: the first bytes, enough to tell the format.
    """

    path: Path
    id: str
    sha256: str
    head: bytes


class Reader(ABC):
    """Reads one format; subclasses keep no state between documents."""

    media_type: ClassVar[str]

    @abstractmethod
    def read(self, source: Source) -> Document:
        """Return the document; raises ReadError where it cannot be read."""


def printable(text: str) -> str:
    """Leave out what no printer prints: control characters, byte-order marks, lone surrogates."""
    return _UNPRINTABLE.sub("", text)


class Builder:
    """Appends blocks to the kept text and records where they are.

    Blocks never overlap and are separated by at least one newline. A marker is printed before its block
    and separated from it by a space, but is not part of the block.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._page_starts: list[int] = []
        self.blocks: list[Block] = []
        self.warnings: list[str] = []
        self.tables = 0

    @property
    def offset(self) -> int:
        """The number of code points kept so far."""
        return self._length

    @property
    def text(self) -> str:
        """The text kept so far."""
        return "".join(self._parts)

    def text_between(self, start: int, end: int) -> str:
        """A stretch of the text kept so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0][start:end] if self._parts else ""

    @property
    def page(self) -> int | None:
        """The page that the next block starts on, or None before the first page."""
        return len(self._page_starts) or None

    def new_page(self) -> None:
        """Start the next page here."""
        self._end_line()
        self._page_starts.append(self._length)

    def new_table(self) -> int:
        """The number of a new table."""
        self.tables += 1
        return self.tables - 1

    def print(self, text: str) -> None:
        """Keep text that belongs to no block (a marker, a separator)."""
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _end_line(self) -> None:
        if self._length and not self._parts[-1].endswith("\n"):
            self.print("\n")

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        marker: str = "",
        breaks: Sequence[int] = (),
        level: int | None = None,
        table: int | None = None,
        row: int | None = None,
        column: int | None = None,
        row_span: int = 1,
        column_span: int = 1,
        header: bool = False,
        name: str = "",
        path: str = "",
    ) -> Block | None:
        """Append a block; text without a printable character is kept out, except as a table cell.

        Args:
            breaks: offsets into ``text`` where a new page starts.

        Returns the block, or None where there was nothing to append.
        """
        lead = len(text) - len(text.lstrip())
        body = text.strip()
        if not body and kind != "cell":
            for _ in breaks:
                self.new_page()
            return None
        self._end_line()
        if marker:
            self.print(marker + " ")
        block = Block(
            kind=kind,
            start=self._length,
            end=self._length + len(body),
            page=self.page,
            level=level,
            marker=marker,
            table=table,
            row=row,
            column=column,
            row_span=row_span,
            column_span=column_span,
            header=header,
            name=name,
            path=path,
        )
        self._page_starts += [block.start + min(max(place - lead, 0), len(body)) for place in breaks]
        self.print(body)
        self.print("\n")
        self.blocks.append(block)
        return block

    def document(
        self,
        source: Source,
        *,
        media_type: str,
        metadata: dict[str, str],
        language: Language | None = None,
        warnings: Sequence[str] = (),
    ) -> Document:
        """Finish: find the languages and return the document.

        Args:
            language: what the file declares, used where its text does not tell.
        """
        text = "".join(self._parts)
        main = detect(text[:200_000]) or language
        return Document(
            id=source.id,
            text=text,
            blocks=tuple(self._with_language(text, main)),
            media_type=media_type,
            sha256=source.sha256,
            language=main,
            page_starts=tuple(self._page_starts),
            metadata=metadata,
            warnings=(*self.warnings, *warnings),
        )

    def _with_language(self, text: str, main: Language | None) -> list[Block]:
        result: list[Block] = []
        for block in self.blocks:
            if block.end - block.start >= _BLOCK_LANGUAGE_LENGTH:
                found = detect(text[block.start : block.end])
                if found is not None and found != main:
                    block = replace(block, language=found)
            result.append(block)
        return result
