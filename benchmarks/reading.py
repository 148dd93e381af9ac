"""How fast PDF is read, beside bare text extraction by PDFium and table extraction by pdfplumber."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.pdf_maker import cards

__all__ = ["run"]

Figure = tuple[str, float, str]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _bare(path: Path) -> int:
    pdf = pdfium.PdfDocument(path)
    found = 0
    for page in pdf:
        text = page.get_textpage()
        found += len(text.get_text_range())
        text.close()
        page.close()
    pdf.close()
    return found


def _plumber(path: Path, pages: int) -> None:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages[:pages]:
            page.extract_tables()
            page.close()


def run() -> list[Figure]:
    """Return (what, value, unit) for ruled cards of 90 and 300 pages; pdfplumber sees 30 of the pages."""
    from nurt.ingest.catalogue import Entry
    from nurt.ingest.families import extract
    from nurt.ingest.gazetteer import Gazetteer
    from nurt.ingest.linking import link
    from nurt.ingest.readers import read

    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        for pages in (90, 300):
            path = Path(name) / f"cards{pages}.pdf"
            path.write_bytes(cards(pages).bytes())
            entry = Entry(id="cards", path=path, family="measure_cards", instrument="rpo-lodzkie")
            bare = min(_seconds(lambda path=path: _bare(path)) for _ in range(3))
            reading = min(_seconds(lambda path=path: read(path)) for _ in range(2))

            def whole(path: Path = path, entry: Entry = entry) -> None:
                document = read(path, document_id="cards")
                extraction = extract(document, entry)
                link(document, entry, extraction.elements, Gazetteer.build(extraction.elements))

            end_to_end = _seconds(whole)
            plumber = _seconds(lambda path=path: _plumber(path, 30)) / 30 * pages
            figures += [
                (f"{pages} pages: bare PDFium text", pages / bare, "pages/s"),
                (f"{pages} pages: nurt reads text and tables", pages / reading, "pages/s"),
                (f"{pages} pages: nurt reading, times bare PDFium", reading / bare, "×"),
                (f"{pages} pages: reading, families and language", pages / end_to_end, "pages/s"),
                (f"{pages} pages: end to end, times bare PDFium", end_to_end / bare, "×"),
                (
                    f"{pages} pages: pdfplumber tables (from 30), times nurt end to end",
                    plumber / end_to_end,
                    "×",
                ),
            ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures.append(("peak memory of all this", peak, "MB"))
    return figures
