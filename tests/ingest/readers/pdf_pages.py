"""Pages that the tests of the PDF reader are made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.pdf_maker import PDF, Page, wrap
from nurt.ingest.document import BlockKind, Document
from nurt.ingest.readers import read
from nurt.ingest.view import mend

SENTENCES = (
    "Samorząd województwa prowadzi politykę rozwoju na podstawie strategii rozwoju.",
    "Strategia wskazuje cele, kierunki działań oraz źródła ich finansowania w regionie.",
    "Program regionalny wspiera przedsiębiorstwa, szkoły wyższe i jednostki samorządu.",
    "Każde działanie ma swoje wskaźniki, a ich wartości sprawdza się co roku w raporcie.",
    "Ocena wpływu obejmuje także skutki dla środowiska i dla rynku pracy w powiatach.",
    "Instytucja zarządzająca ogłasza konkursy i podpisuje umowy o dofinansowanie.",
)


def document(tmp_path: Path, pdf: PDF) -> Document:
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf.bytes())
    return read(path)


def texts(found: Document, *kinds: BlockKind) -> list[str]:
    return [
        " ".join(found.text_of(block).split()) for block in found.blocks if not kinds or block.kind in kinds
    ]


def mended(found: Document) -> str:
    return " ".join(mend(found).text.split())


BODY = wrap(" ".join((*SENTENCES, *SENTENCES, *SENTENCES)), 470, 10)
LEFT = wrap(" ".join(SENTENCES[:3] * 3), 220, 10)
RIGHT = wrap(" ".join(SENTENCES[3:] * 3), 220, 10)


def by_columns(page: Page, top: float, left: Sequence[str] = LEFT, right: Sequence[str] = RIGHT) -> None:
    page.lines(50, top, list(left))
    page.lines(310, top, list(right))


def by_rows(page: Page, top: float, left: Sequence[str] = LEFT, right: Sequence[str] = RIGHT) -> None:
    for number in range(max(len(left), len(right))):
        for x, lines in ((50, left), (310, right)):
            if number < len(lines):
                page.text(x, top - 12 * number, lines[number])


def right_first(page: Page, top: float, left: Sequence[str] = LEFT, right: Sequence[str] = RIGHT) -> None:
    page.lines(310, top, list(right))
    page.lines(50, top, list(left))
