"""Reads PDF with a text layer (PDFium): pages, paragraphs, ruled tables, running headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import ClassVar, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ...errors import ReadError
from ..document import Document
from .base import Builder, Reader, Source, printable
from .lines import add_lines
from .pdf_page import PageContent, Table, page_content

__all__ = ["PDFReader"]

_EDGE: Final = 2
"""Running headers and footers stand among the first and last so many lines of a page."""
_OFTEN: Final = 0.3
"""They stand on at least this share of the pages, and on three at least."""
_PAGE_NUMBER: Final = re.compile(
    r"[-–—|\s]*(?:(?:s\.|str\.|strona|page|p\.)\s*)?\d{1,4}(?:\s*(?:/|z|of)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_SAME: Final = 4.0
"""Columns of a table that goes on over a page stand at most so many points elsewhere."""


class PDFReader(Reader):
    """Text with pages; cells of ruled tables; what repeats at the edges of pages is set aside."""

    media_type: ClassVar[str] = "application/pdf"

    def read(self, source: Source) -> Document:
        """Read a PDF.

        Raises ReadError where it is locked by a password, cut off or damaged, or has no text layer at all.
        """
        pdf = _opened(source)
        try:
            pages = [_page(pdf, number, source) for number in range(len(pdf))]
            metadata = _metadata(pdf)
        finally:
            pdf.close()
        if not any(page.has_text for page in pages):
            raise ReadError(
                f"{source.path} has no text layer: its {len(pages)} pages are pictures.",
                path=source.path,
                hint="Run text recognition on it (for example ocrmypdf, language pol), then build again.",
            )
        builder = Builder()
        _write(builder, pages)
        warnings = [
            f"page {number} has no text layer; run text recognition on it"
            for number, page in enumerate(pages, start=1)
            if page.has_image and not page.has_text
        ]
        return builder.document(source, media_type=self.media_type, metadata=metadata, warnings=warnings)


def _opened(source: Source) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(source.path)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise ReadError(
                f"{source.path} is locked by a password.",
                path=source.path,
                hint="Save a copy without the password, and build again.",
            ) from error
        raise ReadError(
            f"{source.path} is cut off or damaged: PDFium cannot open it.",
            path=source.path,
            hint="Get the file again; if a PDF viewer opens it, print it to a new PDF.",
        ) from error
    if len(pdf) == 0:
        pdf.close()
        raise ReadError(f"{source.path} has no pages.", path=source.path, hint="Get the file again.")
    return pdf


def _page(pdf: pdfium.PdfDocument, number: int, source: Source) -> PageContent:
    try:
        page = pdf[number]
        try:
            return page_content(page)
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise ReadError(
            f"{source.path}, page {number + 1}: PDFium cannot read the page.",
            path=source.path,
            page=number + 1,
            hint="Get the file again; if a PDF viewer shows the page, print it to a new PDF.",
        ) from error


def _metadata(pdf: pdfium.PdfDocument) -> dict[str, str]:
    names = {"Title": "title", "Author": "creator", "CreationDate": "created"}
    found = pdf.get_metadata_dict(skip_empty=True)
    return {names[key]: printable(value).strip() for key, value in found.items() if key in names}


def _key(line: str) -> str:
    """A line as it repeats: numbers differ from page to page."""
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _lines(part: str | Table) -> list[str]:
    return [line for line in part.split("\n") if line.strip()] if isinstance(part, str) else []


def _running(pages: Sequence[PageContent]) -> frozenset[str]:
    """The keys of the lines that repeat at the edges of pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        first, last = _lines(page.parts[0])[:_EDGE], _lines(page.parts[-1])[-_EDGE:]
        seen.update({_key(line) for line in (*first, *last)})
    least = max(3, _OFTEN * len(pages))
    return frozenset(key for key, count in seen.items() if count >= least)


def _split_edges(page: PageContent, running: frozenset[str]) -> tuple[list[str], list[str]]:
    """Take the running header and footer off a page; they are returned, the parts lose them."""

    def is_running(line: str) -> bool:
        return _key(line) in running or _PAGE_NUMBER.fullmatch(line.strip()) is not None

    header: list[str] = []
    footer: list[str] = []
    if isinstance(page.parts[0], str):
        lines = page.parts[0].split("\n")
        while lines and (not lines[0].strip() or (is_running(lines[0]) and len(header) < _EDGE)):
            line = lines.pop(0)
            if line.strip():
                header.append(line.strip())
        page.parts[0] = "\n".join(lines)
    if isinstance(page.parts[-1], str):
        lines = page.parts[-1].split("\n")
        while lines and (not lines[-1].strip() or (is_running(lines[-1]) and len(footer) < _EDGE)):
            line = lines.pop()
            if line.strip():
                footer.insert(0, line.strip())
        page.parts[-1] = "\n".join(lines)
    return header, footer


class _Pending:
    """Text that waits until a table or the end stops it, so that paragraphs may run over pages."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.text = ""

    def flush(self) -> None:
        """Write what waits; form feeds in it start new pages."""
        feeds = len(self.text) - len(self.text.rstrip("\f\n "))
        waiting = self.text[len(self.text) - feeds :].count("\f")
        if self.text.strip():
            add_lines(self.builder, self.text[: len(self.text) - feeds])
        for _ in range(waiting):
            self.builder.new_page()
        self.text = ""


def _write(builder: Builder, pages: Sequence[PageContent]) -> None:
    running = _running(pages)
    pending = _Pending(builder)
    last: tuple[Table, int, int] | None = None  # the table that ended the page before, its number, its rows
    for number, page in enumerate(pages):
        header, footer = _split_edges(page, running)
        if header or last is not None or number == 0:
            pending.flush()
            builder.new_page()
        else:
            pending.text += "\f"
        for line in header:
            builder.add("header", printable(line))
        ended: tuple[Table, int, int] | None = None
        for position, part in enumerate(page.parts):
            if isinstance(part, str):
                if part.strip():
                    pending.text += (
                        printable(part) if "\f" not in part else printable(part.replace("\f", "\n"))
                    )
                    pending.text += "\n"
                    ended = None
                continue
            pending.flush()
            before = (
                last if not any(_lines(other) for other in page.parts[:position]) and position < 2 else None
            )
            ended = _add_table(builder, part, before)
        if footer:
            pending.flush()
            for line in footer:
                builder.add("footer", printable(line))
        last = ended
    pending.flush()


def _add_table(
    builder: Builder, table: Table, before: tuple[Table, int, int] | None
) -> tuple[Table, int, int]:
    """Append a table; one that goes on from the page before keeps its number and goes on counting rows."""
    first_row = 0
    goes_on = (
        before is not None
        and len(before[0].columns) == len(table.columns)
        and all(abs(a - b) <= _SAME for a, b in zip(before[0].columns, table.columns, strict=True))
    )
    if goes_on and before is not None:
        number, first_row = before[1], before[2]
    else:
        number = builder.new_table()
    for cell in table.cells:
        builder.add(
            "cell",
            printable(cell.text),
            table=number,
            row=first_row + cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
        )
    rows = max(cell.row + cell.row_span for cell in table.cells)
    return table, number, first_row + rows
