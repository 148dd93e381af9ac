"""PDF: pages, ruled tables that run over pages, running lines set aside, and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.pdf_maker import PDF, cards
from nurt.errors import ReadError
from nurt.ingest.catalogue import Entry
from nurt.ingest.document import Document
from nurt.ingest.families import extract
from nurt.ingest.readers import read


def _document(tmp_path: Path, pdf: PDF) -> Document:
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf.bytes())
    return read(path)


@pytest.fixture
def szoop(tmp_path: Path) -> Document:
    return _document(tmp_path, cards(6))


def test_pages_and_their_running_lines_are_told_apart(szoop: Document) -> None:
    assert len(szoop.page_starts) == 6
    headers = {szoop.text_of(block) for block in szoop.blocks if block.kind == "header"}
    assert headers == {"Szczegółowy Opis Osi Priorytetowych RPO na lata 2014–2020"}
    footers = [szoop.text_of(block) for block in szoop.blocks if block.kind == "footer"]
    assert footers == ["1", "2", "3", "4", "5", "6"]
    assert [szoop.page_at(block.start) for block in szoop.blocks if block.kind == "footer"] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]
    assert szoop.language == "pl"


def test_blocks_stand_in_the_kept_text_in_order(szoop: Document) -> None:
    ends = 0
    for block in szoop.blocks:
        assert ends <= block.start <= block.end <= len(szoop.text)
        ends = block.end


def test_a_ruled_table_has_its_rows_and_columns(szoop: Document) -> None:
    cells = {(b.row, b.column): szoop.text_of(b) for b in szoop.blocks if b.kind == "cell" and b.table == 0}
    assert cells[0, 0] == "1. Nazwa działania / poddziałania"
    assert cells[0, 1].startswith("Działanie 1.2 Innowacje w przedsiębiorstwach")
    assert " ".join(cells[5, 0].split()) == "7. Grupa docelowa / ostateczni odbiorcy wsparcia"
    assert len(cells) == 24


def test_a_table_goes_on_over_a_page(szoop: Document) -> None:
    pages = {}
    for block in szoop.blocks:
        if block.kind == "cell":
            pages.setdefault(block.table, set()).add(block.page)
    assert any(len(found) == 2 for found in pages.values()), pages
    for table in pages:
        rows = sorted({b.row for b in szoop.blocks if b.kind == "cell" and b.table == table})
        assert rows == list(range(len(rows)))


def test_cards_in_a_pdf_give_measures_with_pages(szoop: Document) -> None:
    entry = Entry(id="document", path=Path("document.pdf"), instrument="rpo-lodzkie")
    extraction = extract(szoop, entry)
    assert extraction.family == "measure_cards"
    measures = [element for element in extraction.elements if element.type.endswith("#Measure")]
    assert len(measures) >= 8
    for measure in measures:
        evidence = measure.evidence
        assert szoop.text[evidence.start : evidence.end] == evidence.quote
        assert evidence.page == szoop.page_at(evidence.start)


def test_cells_drawn_as_rectangles_are_cells_too(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    for row, words in enumerate((("Oś", "Fundusz"), ("I", "EFRR"), ("II", "EFS"))):
        for column, word in enumerate(words):
            page.box(50 + 200 * column, 700 - 20 * row, 200, 20)
            page.text(55 + 200 * column, 706 - 20 * row, word)
    document = _document(tmp_path, pdf)
    cells = [(b.row, b.column, document.text_of(b)) for b in document.blocks if b.kind == "cell"]
    assert cells == [
        (0, 0, "Oś"),
        (0, 1, "Fundusz"),
        (1, 0, "I"),
        (1, 1, "EFRR"),
        (2, 0, "II"),
        (2, 1, "EFS"),
    ]


def test_a_cell_without_a_ruling_inside_spans_columns(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    page.box(50, 700, 400, 20)
    page.text(55, 706, "Tytuł tabeli")
    for column, word in enumerate(("lewa", "prawa")):
        page.box(50 + 200 * column, 680, 200, 20)
        page.text(55 + 200 * column, 686, word)
    document = _document(tmp_path, pdf)
    (title,) = [b for b in document.blocks if document.text_of(b) == "Tytuł tabeli"]
    assert (title.row, title.column, title.column_span) == (0, 0, 2)


def test_text_around_a_table_stays_around_it(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    page.text(50, 780, "Tekst przed tabelą jest zdaniem.")
    for column, word in enumerate(("lewa", "prawa")):
        page.box(50 + 200 * column, 680, 200, 20)
        page.text(55 + 200 * column, 686, word)
    page.text(50, 640, "Tekst po tabeli jest zdaniem.")
    document = _document(tmp_path, pdf)
    texts = [document.text_of(block) for block in document.blocks]
    assert texts == ["Tekst przed tabelą jest zdaniem.", "lewa", "prawa", "Tekst po tabeli jest zdaniem."]


def test_pages_that_are_pictures_are_refused_or_reported(tmp_path: Path) -> None:
    empty = PDF()
    empty.page()
    with pytest.raises(ReadError, match="no text layer") as caught:
        _document(tmp_path, empty)
    assert "text recognition" in caught.value.hint


@pytest.mark.parametrize("keep", [40, 400, 2000])
def test_a_truncated_file_is_refused(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(cards(3).bytes()[:keep])
    with pytest.raises(ReadError) as caught:
        read(path)
    assert "cut.pdf" in caught.value.what
    assert caught.value.hint
