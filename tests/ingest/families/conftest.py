"""Documents made by hand: lines, headings and tables, with offsets, blocks and pages as readers give them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from nurt.ingest.document import Block, Document

CellText = str | tuple[str, int] | None
"""A cell's text; with how many rows it covers; None where a cell above covers the place."""


@dataclass
class Builder:
    """Adds one block after the other; ``document()`` ends it."""

    name: str = "test"
    media_type: str = "text/html"
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    page_starts: list[int] = field(default_factory=list)
    tables: int = 0

    def page(self) -> Builder:
        self.page_starts.append(len(self.text))
        return self

    def _add(self, text: str, **details: object) -> None:
        start = len(self.text)
        self.text += text + "\n"
        page = len(self.page_starts) or None
        self.blocks.append(Block(start=start, end=start + len(text), page=page, **details))

    def heading(self, text: str, level: int = 2, path: str = "") -> Builder:
        self._add(text, kind="heading", level=level, path=path)
        return self

    def paragraph(self, text: str) -> Builder:
        self._add(text, kind="paragraph")
        return self

    def table(self, rows: Sequence[Sequence[CellText]], *, header: bool = False) -> Builder:
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is None:
                    continue
                text, span = cell if isinstance(cell, tuple) else (cell, 1)
                self._add(
                    text,
                    kind="cell",
                    table=self.tables,
                    row=index,
                    column=column,
                    row_span=span,
                    header=header and index == 0,
                )
        self.tables += 1
        return self

    def document(self, language: str = "pl") -> Document:
        return Document(
            id=self.name,
            text=self.text,
            blocks=tuple(self.blocks),
            media_type=self.media_type,
            sha256=hashlib.sha256(self.text.encode()).hexdigest(),
            language=language,
            page_starts=tuple(self.page_starts),
        )


@pytest.fixture
def builder() -> Callable[..., Builder]:
    return Builder
