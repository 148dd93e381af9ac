"""PDF: pages read alike whatever the font: words far apart, faces mixed, wrapped cells, cut rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from fpdf import FPDF

from benchmarks.pdf_maker import PDF, Page, width, wrap
from nurt.ingest.document import Document
from nurt.ingest.readers import read
from tests.ingest.readers.pdf_pages import SENTENCES, document, mended, texts

SIZE = 11


def justified(
    page: Page, x: float, y: float, lines: Sequence[str], room: float, *, last: bool = True
) -> None:
    """Set lines word by word, all gaps of a line as wide as fills the room, but for those of the last."""
    for number, line in enumerate(lines):
        words = line.split()
        spare = room - sum(width(word, SIZE) for word in words)
        gap = spare / max(1, len(words) - 1)
        if last and number == len(lines) - 1:
            gap = width(" ", SIZE)
        place = x
        for word in words:
            page.text(place, y - 14 * number, word, size=SIZE)
            place += width(word, SIZE) + gap


# Columns


@pytest.mark.parametrize(("room", "starts"), [(225, (50, 310)), (238, (50, 306)), (150, (50, 222, 394))])
@pytest.mark.parametrize("wide", [1.0, 1.25])
def test_columns_of_justified_words_far_apart(
    tmp_path: Path, room: float, starts: Sequence[float], wide: float
) -> None:
    pdf = PDF()
    page = pdf.page()
    justified(page, 50, 800, wrap(" ".join(SENTENCES), 490 / wide, SIZE), 490)
    whole = " ".join(SENTENCES * 4)
    # Where letters are wide, fewer words fill a line, and more room is left between them.
    lines = wrap(whole, room / wide, SIZE)
    share = -(-len(lines) // len(starts))
    for number, x in enumerate(starts):
        chunk = lines[share * number : share * (number + 1)]
        justified(page, x, 700, chunk, room, last=number == len(starts) - 1)
    assert mended(document(tmp_path, pdf)).endswith(whole)


@pytest.mark.parametrize("left", [1, 2, 3])
def test_columns_end_overleaf_with_few_lines(tmp_path: Path, left: int) -> None:
    pdf = PDF()
    lines = wrap(" ".join(SENTENCES * 6), 220, SIZE)
    ends, lines = lines[-2 * left :], lines[: -2 * left]
    half = len(lines) // 2
    page = pdf.page()
    for x, chunk in ((50, lines[:half]), (310, lines[half:])):
        page.lines(x, 780, chunk, size=SIZE)
    page = pdf.page()
    for x, chunk in ((50, ends[:left]), (310, ends[left:])):
        page.lines(x, 780, chunk, size=SIZE)
    page.text(50, 690, "2. Zestawienie", size=16)
    found = document(tmp_path, pdf)
    assert mended(found) == " ".join(SENTENCES * 6) + " 2. Zestawienie"
    assert texts(found, "heading") == ["2. Zestawienie"]


def test_rows_of_two_words_are_no_justified_lines(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    rows = [("Fundusz", "EFRR"), ("Alokacja", "45000000"), ("Region", "łódzkie"), ("Oś", "II")]
    for number, (name, value) in enumerate(rows):
        page.text(50, 780 - 14 * number, name)
        page.text(400 - width(value, 10), 780 - 14 * number, value)
    assert texts(document(tmp_path, pdf)) == [" ".join(f"{name} {value}" for name, value in rows)]


# Sizes


def test_a_heading_whose_lines_begin_in_other_faces_is_one(tmp_path: Path) -> None:
    made = FPDF()
    made.add_page()
    for lines in (("The programme of the region", "Estimates and axes"), ("Its aims", "And their measures")):
        for line, face in zip(lines, ("times", "courier"), strict=True):
            made.set_font(face, "B", 18)
            made.cell(text=line, h=8, new_x="LMARGIN", new_y="NEXT")
        made.set_font("times", size=11)
        made.multi_cell(0, 5, "The strategy sets out the rules of cooperation. " * 12, new_x="LMARGIN")
        made.ln(8)
    made.output(str(tmp_path / "faces.pdf"))
    assert texts(read(tmp_path / "faces.pdf"), "heading") == [
        "The programme of the region Estimates and axes",
        "Its aims And their measures",
    ]


@pytest.mark.parametrize("face", ["times", "helvetica", "courier"])
@pytest.mark.parametrize(("size", "heading"), [(12, 14), (11.25, 13.2), (10, 12)])
def test_headings_little_larger_than_the_text(tmp_path: Path, face: str, size: float, heading: float) -> None:
    made = FPDF()
    made.add_page()
    for title in ("General objective: growth of the region", "Enterprises and their needs"):
        made.set_font("times", "B", heading)
        made.cell(text=title, h=8, new_x="LMARGIN", new_y="NEXT")
        made.set_font(face, size=size)
        made.multi_cell(0, 6, "The strategy sets out the rules of cooperation. " * 9, new_x="LMARGIN")
        made.ln(4)
    made.output(str(tmp_path / "sizes.pdf"))
    assert texts(read(tmp_path / "sizes.pdf"), "heading") == [
        "General objective: growth of the region",
        "Enterprises and their needs",
    ]


def test_sentences_above_tables_in_smaller_type_are_no_headings(tmp_path: Path) -> None:
    pdf = PDF()
    for number in range(1, 5):
        page = pdf.page()
        page.text(50, 790, f"{number}. Programy", size=15)
        page.lines(50, 760, wrap(" ".join(SENTENCES[:3]), 490, 11), size=11)
        for row in range(30):
            for column in range(3):
                page.box(50 + 160 * column, 660 - 18 * row, 160, 18)
                page.text(54 + 160 * column, 666 - 18 * row, f"Nazwa pozycji numer {row}", size=9)
    found = document(tmp_path, pdf)
    assert texts(found, "heading") == [f"{number}. Programy" for number in range(1, 5)]
    assert texts(found, "paragraph") == [" ".join(SENTENCES[:3])] * 4


# Tables


COLUMNS = (50.0, 110.0, 330.0, 400.0, 545.0)


def cells(found: Document) -> list[tuple[int | None, int | None, int | None, str]]:
    return [
        (block.table, block.row, block.column, " ".join(found.text_of(block).split()))
        for block in found.blocks
        if block.kind == "cell" and block.end > block.start
    ]


def across(page: Page, y: float, columns: Sequence[float]) -> None:
    """Draw a line cell by cell."""
    for left, right in pairwise(columns):
        page.rule(left, y, right, y)


def down(page: Page, low: float, high: float, columns: Sequence[float]) -> None:
    for x in columns:
        page.rule(x, low, x, high)


def row(page: Page, y: float, words: Sequence[str], columns: Sequence[float] = COLUMNS) -> None:
    for x, text in zip(columns, words, strict=False):
        page.lines(x + 3, y, text.split("\n") if text else [], size=9)


@pytest.mark.parametrize("notes", ["", "z rezerwą"])
def test_a_row_cut_by_the_page_goes_on_where_no_line_is_drawn(tmp_path: Path, notes: str) -> None:
    pdf = PDF()
    page = pdf.page()
    across(page, 120, COLUMNS)
    row(page, 108, ("1a", "Wspieranie badań", "EFRR", "Uwaga"))
    across(page, 100, COLUMNS)
    lines = "Rozwój połączeń w regionie, także w sieci\nEuropejskiego Obszaru Transportu, zwanej"
    row(page, 88, ("1b", lines, "EFRR", "Nazwa"))
    down(page, 50, 120, COLUMNS)
    page = pdf.page()
    row(page, 780, ("", "TEN-T przez inwestycje", "", notes))
    across(page, 760, COLUMNS)
    row(page, 748, ("1c", "Miasta", "EFRR", "Inna"))
    across(page, 740, COLUMNS)
    down(page, 740, 800, COLUMNS)
    whole = lines.replace("\n", " ")
    assert cells(document(tmp_path, pdf))[4:] == [
        (0, 1, 0, "1b"),
        (0, 1, 2, "EFRR"),
        *([(0, 1, 3, "Nazwa")] if not notes else []),
        (0, 1, 1, f"{whole} TEN-T przez inwestycje"),
        *([(0, 1, 3, "Nazwa z rezerwą")] if notes else []),
        (0, 2, 0, "1c"),
        (0, 2, 1, "Miasta"),
        (0, 2, 2, "EFRR"),
        (0, 2, 3, "Inna"),
    ]


def test_the_last_row_cut_by_the_page_is_no_frame(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    across(page, 120, COLUMNS)
    row(page, 108, ("1a", "Wspieranie badań", "EFRR", "Uwaga"))
    across(page, 100, COLUMNS)
    row(page, 88, ("1b", "Rozwój powiązań między", "EFRR", "Nazwa"))
    down(page, 50, 120, COLUMNS)
    page = pdf.page()
    row(page, 780, ("", "przedsiębiorstwami", "", ""))
    across(page, 760, COLUMNS)
    down(page, 760, 800, COLUMNS)
    page.text(50, 700, "Dalszy ciąg tekstu.")
    found = document(tmp_path, pdf)
    assert (0, 1, 1, "Rozwój powiązań między przedsiębiorstwami") in cells(found)
    assert texts(found, "paragraph") == ["Dalszy ciąg tekstu."]


def test_a_head_of_two_rows_cut_by_the_page(tmp_path: Path) -> None:
    finer = (50.0, 110.0, 330.0, 360.0, 400.0, 545.0)
    pdf = PDF()
    page = pdf.page()
    across(page, 70, COLUMNS)
    row(page, 58, ("Kod", "Wskaźnik", "Cel", "Źródło"))
    # Only the cell that is parted below it ends on this page; nothing but its own edges touches its lines.
    across(page, 49.5, (330.0, 400.0))
    down(page, 49, 70, COLUMNS)
    page = pdf.page()
    row(page, 788, ("", "", "M", "K", ""), finer)
    across(page, 780, finer)
    row(page, 768, ("CO01", "Liczba osób", "30", "40", "SL2014"), finer)
    across(page, 760, finer)
    down(page, 760, 800, finer)
    found = document(tmp_path, pdf)
    assert cells(found) == [
        (0, 0, 0, "Kod"),
        (0, 0, 1, "Wskaźnik"),
        (0, 0, 2, "Cel"),
        (0, 0, 4, "Źródło"),
        (0, 1, 2, "M"),
        (0, 1, 3, "K"),
        *((0, 2, number, text) for number, text in enumerate(("CO01", "Liczba osób", "30", "40", "SL2014"))),
    ]
    spans = [(block.row_span, block.column_span) for block in found.blocks[:4]]
    assert spans == [(2, 1), (2, 1), (1, 2), (2, 1)]


def test_edges_drawn_cell_by_cell_hold_a_table_together(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    columns = (50.0, 150.0, 250.0, 350.0, 450.0)
    for y in (780, 760):
        across(page, y, columns)
    # The sides of the second and third column are not drawn.
    down(page, 760, 780, (50.0, 150.0, 350.0, 450.0))
    row(page, 766, ("Kod", "Wartość docelowa programu (2023)", "", "Źródło"), columns)
    assert cells(document(tmp_path, pdf)) == [
        (0, 0, 0, "Kod"),
        (0, 0, 1, "Wartość docelowa programu (2023)"),
        (0, 0, 2, "Źródło"),
    ]


# Hyphens


LONG = "Wspieranie przedsiębiorczości oraz konkurencyjności gospodarstw przetwórstwa rolniczego"


def narrow(page: Page, x: float, y: float, lines: Sequence[str]) -> float:
    page.box(x, y - 12 * len(lines) - 4, 110, 12 * len(lines) + 4)
    page.lines(x + 3, y - 10, list(lines), size=9)
    return y - 12 * len(lines) - 4


@pytest.mark.parametrize("broken", [False, True])
def test_a_hyphen_is_the_words_own_where_no_words_are_broken(tmp_path: Path, *, broken: bool) -> None:
    pdf = PDF()
    page = pdf.page()
    for x in (50, 160, 270, 380):
        y = 800.0
        for _ in range(3):
            y = narrow(page, x, y, wrap(LONG, 104, 9, hyphenate=broken))
        narrow(page, x, y, ["Promoting co-", "generation of heat"])
    whole = mended(document(tmp_path, pdf))
    assert whole.count("cogeneration" if broken else "co-generation") == 4
    assert whole.count("przedsiębiorczości") == 12
