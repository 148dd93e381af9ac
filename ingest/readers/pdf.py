"""Reads PDF with a text layer (PDFium): pages, paragraphs, footnotes, ruled tables, bookmarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ...errors import ReadError
from ..document import Document
from .base import Builder, Reader, Source, printable
from .pdf_headings import bookmarks
from .pdf_page import PageContent, page_content
from .pdf_running import set_running_aside
from .pdf_writing import write_pages

__all__ = ["PDFReader"]

_RECOGNISE = "Run text recognition on it (for example ocrmypdf, language pol), then build again."


class PDFReader(Reader):
    """Text with pages; cells of ruled tables; footnotes and what repeats at the edges of pages set aside."""

    media_type: ClassVar[str] = "application/pdf"

    def read(self, source: Source) -> Document:
        """Read a PDF.

        Raises ReadError where it is locked by a password, cut off or damaged, or has no text layer at all.
        """
        pdf = _opened(source)
        try:
            pages = [_page(pdf, number, source) for number in range(len(pdf))]
            metadata = _metadata(pdf)
            marks = bookmarks(pdf)
        finally:
            pdf.close()
        if not any(page.has_text for page in pages):
            raise ReadError(
                f"{source.path} has no text layer: its {len(pages)} pages are pictures.",
                path=source.path,
                hint=_RECOGNISE,
            )
        running = set_running_aside(pages)
        column: float | None = None
        for page in pages:
            column = page.arrange(column)
        builder = Builder()
        write_pages(builder, pages, running, marks)
        return builder.document(
            source, media_type=self.media_type, metadata=metadata, warnings=_unread(pages)
        )


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
    found = {}
    for key, name in names.items():
        try:
            value = printable(pdf.get_metadata_value(key)).strip()
        except UnicodeDecodeError:  # half of a character: the document itself may be whole
            continue
        if value:
            found[name] = value
    return found


def _unread(pages: Sequence[PageContent]) -> list[str]:
    """What could not be read, and what to do, each a sentence with its pages."""
    pictures = [number for number, page in enumerate(pages, start=1) if page.has_image and not page.has_text]
    undecodable = [number for number, page in enumerate(pages, start=1) if page.undecodable]
    found = []
    if pictures:
        found.append(f"No text layer on {_numbers(pictures)}: nothing of it is kept. {_RECOGNISE}")
    if undecodable:
        found.append(
            f"The fonts do not say which letters they print on {_numbers(undecodable)}: what is read there "
            f"is wrong. {_RECOGNISE.replace('ocrmypdf,', 'ocrmypdf --force-ocr,')}"
        )
    return found


def _numbers(pages: Sequence[int]) -> str:
    """Page numbers for reading.

    >>> _numbers([7]), _numbers([2, 3, 4, 6])
    ('page 7', 'pages 2–4, 6')
    """
    stretches: list[tuple[int, int]] = []
    for number in pages:
        if stretches and number == stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    named = ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in stretches)
    return f"{'page' if len(pages) == 1 else 'pages'} {named}"
