"""How fast PDF is read, beside bare text extraction by PDFium and table extraction by pdfplumber.

All times are processor time of this process, all threads together, so that what else the machine does
counts for neither side: a ratio is that of one core. The cards say what the shipped corpus says, five of
their twelve fields something else in every card. Each side has read another, small file before it is timed,
and nurt reads the large one once; a first run in a new process, imports and all, is given beside it.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.pdf_maker import cards, printable

__all__ = ["run"]

Figure = tuple[str, float, str]

PAGES = 300
READING = 5.0
END_TO_END = 12.0
FASTER = 3.0
MEMORY = 1024.0
_SAMPLE = 30
"""pdfplumber sees so many of the pages."""


def _seconds(work: Callable[[], object], times: int = 1) -> float:
    """The least processor time of so many runs."""
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


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


def _end_to_end(path: Path) -> None:
    """Text, tables, family, language and claims of one document."""
    from nurt.ingest.catalogue import Entry
    from nurt.ingest.families import extract
    from nurt.ingest.gazetteer import Gazetteer
    from nurt.ingest.linking import link
    from nurt.ingest.readers import read
    from nurt.ingest.stages import seldom_collected

    entry = Entry(id="cards", path=path, family="measure_cards", instrument="rpo-lodzkie")
    with seldom_collected():  # as a build does
        document = read(path, document_id="cards")
        extraction = extract(document, entry)
        link(document, entry, extraction.elements, Gazetteer.build(extraction.elements))


def _in_new_process(path: Path) -> tuple[float, float]:
    """Processor time of a first end-to-end run, imports and all, and the peak memory in MB."""
    _end_to_end(path)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def texts(seed: int) -> Iterator[str]:
    """What cards say: the Polish names, lists and sentences of the shipped corpus, one to three at a time."""
    from nurt import corpus
    from nurt.ingest.readers import read

    found: set[str] = set()
    for path in Path(corpus.__file__).parent.rglob("*.html"):
        document = read(path)
        for block in document.blocks:
            text = " ".join(document.text_of(block).split())
            polish = (block.language or document.language) == "pl" and printable(text)
            if polish and 30 <= len(text) <= 400 and "://" not in text and "[" not in text:
                found.add(text)
    chosen = random.Random(seed)
    pool = sorted(found)
    while True:
        yield "; ".join(chosen.sample(pool, chosen.randint(1, 3)))


def _target(value: float, bound: float, unit: str, *, least: bool = False) -> str:
    holds = value >= bound if least else value <= bound
    return f"{unit} (at {'least' if least else 'most'} {bound:g}: {'holds' if holds else 'MISSED'})"


def run() -> Sequence[Figure]:
    """Return (what, value, unit) for ruled cards of 300 pages; the unit says whether the target holds."""
    from nurt.ingest.readers import read

    with tempfile.TemporaryDirectory() as name:
        warm, path = Path(name) / "warm.pdf", Path(name) / "cards.pdf"
        warm.write_bytes(cards(5, texts=texts(1)).bytes())
        path.write_bytes(cards(PAGES, texts=texts(2)).bytes())
        for work in (_bare, read, _end_to_end):
            work(warm)
        bare = _seconds(lambda: _bare(path), 3)
        whole = _seconds(lambda: _end_to_end(path))
        bare = min(bare, _seconds(lambda: _bare(path), 3))
        reading = _seconds(lambda: read(path), 3)
        plumber = _seconds(lambda: _plumber(path, _SAMPLE)) / _SAMPLE * PAGES
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            first, memory = pool.submit(_in_new_process, path).result()
    return [
        (f"{PAGES} pages: bare PDFium text", PAGES / bare, "pages/s"),
        (f"{PAGES} pages: nurt reads text and tables", PAGES / reading, "pages/s"),
        (f"{PAGES} pages: reading, times bare PDFium", reading / bare, _target(reading / bare, READING, "×")),
        (f"{PAGES} pages: end to end", PAGES / whole, "pages/s"),
        (
            f"{PAGES} pages: end to end, times bare PDFium",
            whole / bare,
            _target(whole / bare, END_TO_END, "×"),
        ),
        (f"{PAGES} pages: the same, first run in a new process", first / bare, "×"),
        (
            f"{PAGES} pages: pdfplumber's tables, times nurt end to end",
            plumber / whole,
            _target(plumber / whole, FASTER, "×", least=True),
        ),
        (f"{PAGES} pages: peak memory, end to end", memory, _target(memory, MEMORY, "MB")),
    ]
