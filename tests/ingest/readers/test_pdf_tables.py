"""PDF: tables that run over pages, and those whose rulings are drawn in part or in an odd way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.pdf_maker import PDF, Page, width, wrap
from nurt.ingest.document import Document
from tests.ingest.readers.pdf_pages import BODY, SENTENCES, by_rows, document, mended, texts

COLUMNS = (50.0, 90.0, 330.0, 545.0)


def table(page: Page, top: float, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows):
        for (left, right), text in zip(pairwise(COLUMNS), row, strict=True):
            page.box(left, top - 20 * (number + 1), right - left, 20)
            if text:
                page.text(left + 3, top - 20 * number - 14, text, size=9)


def test_a_table_with_a_repeated_head_and_a_cut_cell_goes_on_over_pages(tmp_path: Path) -> None:
    head = ("Lp.", "Nazwa działania", "Kwota")
    pdf = PDF()
    rows = [(str(number), f"Działanie numer {number}", f"{number} 000 000") for number in range(1, 8)]
    for number, chunk in enumerate((rows[:3], rows[3:5], rows[5:])):
        page = pdf.page()
        page.text(50, 810, "Plan finansowy programu", size=9)
        if number == 1:
            page.text(50, 790, "Tabela 1. Plan (ciąg dalszy)", size=9)
            chunk = [("", "", "z rezerwą wykonania"), *chunk]
        if number == 0:
            chunk = [*chunk[:2], ("3", "Działanie numer 3", "3 000 000 razem")]
        table(page, 780, [head, *chunk])
    found = document(tmp_path, pdf)
    cells = [block for block in found.blocks if block.kind == "cell"]
    assert {block.table for block in cells} == {0}
    grid: dict[tuple[int | None, int | None], list[str]] = {}
    for block in cells:
        grid.setdefault((block.row, block.column), []).append(found.text_of(block))
    assert grid[0, 1] == ["Nazwa działania"]
    assert grid[3, 2] == ["3 000 000 razem\nz rezerwą wykonania"]
    assert [grid[row, 0] for row in range(1, 8)] == [[str(number)] for number in range(1, 8)]
    assert max(row or 0 for row, _ in grid) == 7
    assert len(found.page_starts) == 3
    assert found.page_at(found.text.index("z rezerwą")) == 2
    assert found.page_at(found.text.index("000 razem")) == 1
    assert texts(found, "header").count("Nazwa działania") == 2
    assert "Tabela 1. Plan (ciąg dalszy)" in texts(found, "header")


def test_a_table_of_other_columns_is_another_table(tmp_path: Path) -> None:
    pdf = PDF()
    table(pdf.page(), 780, [("1", "a", "b")])
    page = pdf.page()
    for left, text in ((50, "x"), (200, "y")):
        page.box(left, 740, 150, 20)
        page.text(left + 3, 746, text)
    found = document(tmp_path, pdf)
    assert [(block.table, found.text_of(block)) for block in found.blocks] == [
        (0, "1"), (0, "a"), (0, "b"), (1, "x"), (1, "y"),
    ]  # fmt: skip


def test_the_rulings_of_a_table_may_be_one_path(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    strokes = [f"50 {y} m 450 {y} l" for y in (700, 720, 740)] + [
        f"{x} 700 m {x} 740 l" for x in (50, 250, 450)
    ]
    page.operators.append(f"0.5 w {' '.join(strokes)} S")
    for row, words in enumerate((("Oś", "Fundusz"), ("I", "EFRR"))):
        for column, word in enumerate(words):
            page.text(55 + 200 * column, 726 - 20 * row, word)
    found = document(tmp_path, pdf)
    assert [(b.row, b.column, found.text_of(b)) for b in found.blocks] == [
        (0, 0, "Oś"), (0, 1, "Fundusz"), (1, 0, "I"), (1, 1, "EFRR"),
    ]  # fmt: skip


def cells(found: Document) -> list[list[str]]:
    """The first table, row by row."""
    rows: dict[int, dict[int, str]] = {}
    for block in found.blocks:
        if block.kind == "cell" and block.table == 0:
            text = " ".join(found.text_of(block).split())
            rows.setdefault(block.row or 0, {})[block.column or 0] = text
    return [[row[column] for column in sorted(row)] for _, row in sorted(rows.items())]


def test_the_outer_sides_of_a_table_need_not_be_drawn(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    for y in (740, 720, 700):
        page.rule(50, y, 450, y)
    for x in (150, 300):
        page.rule(x, 680, x, 740)
    rows = (("Lp.", "Fundusz", "Kwota"), ("1", "EFRR", "20"), ("2", "EFS", "30"))
    for row, words in enumerate(rows):
        for x, word in zip((55, 155, 305), words, strict=True):
            page.text(x, 726 - 20 * row, word)
    page.text(50, 640, "Zdanie pod tabelą nie należy do niej.")
    found = document(tmp_path, pdf)
    assert cells(found) == [list(row) for row in rows]
    assert texts(found, "paragraph") == ["Zdanie pod tabelą nie należy do niej."]


def test_a_table_with_horizontal_rulings_only_has_columns_by_its_white_space(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    y = page.lines(50, 790, BODY)
    for rule in (y - 10, y - 28, y - 92):
        page.rule(60, rule, 500, rule)
    printed = (
        ("Wskaźnik", "Jednostka", "Wartość"),
        ("Liczba przedsiębiorstw", "szt.", "1 200"),
        ("otrzymujących wsparcie", "", ""),
        ("Nakłady na działalność", "mln zł", "350"),
        ("Nowe miejsca pracy", "EPC", "480"),
    )
    for number, row in enumerate(printed):
        for x, word in zip((65, 250, 400), row, strict=True):
            if word:
                page.text(x, y - 23 - 14 * number - (4 if number else 0), word)
    page.text(50, y - 120, "Zdanie pod tabelą nie należy do niej.")
    found = document(tmp_path, pdf)
    assert cells(found) == [
        ["Wskaźnik", "Jednostka", "Wartość"],
        ["Liczba przedsiębiorstw otrzymujących wsparcie", "szt.", "1 200"],
        ["Nakłady na działalność", "mln zł", "350"],
        ["Nowe miejsca pracy", "EPC", "480"],
    ]
    assert texts(found, "paragraph")[-1] == "Zdanie pod tabelą nie należy do niej."


def test_rulings_around_columns_of_text_make_no_table(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    for y in (800, 500, 300):
        page.rule(50, y, 540, y)
    by_rows(page, 780)
    found = document(tmp_path, pdf)
    assert "cell" not in {block.kind for block in found.blocks}
    assert mended(found) == " ".join((*SENTENCES[:3] * 3, *SENTENCES[3:] * 3))


def test_a_page_with_one_row_far_apart_is_read_by_words(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    for left, right, text in (
        (50, 80, "5"),
        (80, 140, "Cel"),
        (140, 400, "nowy model inwestycji"),
        (400, 545, "[S16]"),
    ):
        page.box(left, 740, right - left, 30)
        for number, letter in enumerate(text):
            page.text(left + 4 + width(text[:number], 9), 750, letter, size=9)
    found = document(tmp_path, pdf)
    assert cells(found) == [["5", "Cel", "nowy model inwestycji", "[S16]"]]


def test_a_frame_around_the_page_joins_no_tables(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    page.box(20, 60, 555, 720)
    table(page, 780, [("1", "Pierwsza tabela", "10"), ("2", "na tej stronie", "20")])
    page.lines(50, 700, BODY[:3])
    table(page, 600, [("3", "Druga tabela", "30"), ("4", "na tej stronie", "40")])
    found = document(tmp_path, pdf)
    rows = {(block.table, block.row) for block in found.blocks if block.kind == "cell"}
    assert rows == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert cells(found) == [["1", "Pierwsza tabela", "10"], ["2", "na tej stronie", "20"]]
    assert texts(found, "paragraph") == [" ".join(BODY[:3])]


def test_a_wide_table_is_no_frame_of_a_narrow_one(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    for row, words in enumerate((("Nazwa", "Program"), ("Kod", "I.2"))):
        for x, wide, word in zip((50, 250), (200, 295), words, strict=True):
            page.box(x, 760 - 20 * row, wide, 20)
            page.text(x + 5, 766 - 20 * row, word)
    for row in range(3):
        for column in range(2):
            page.box(100 + 100 * column, 600 - 20 * row, 100, 20)
            page.text(105 + 100 * column, 606 - 20 * row, f"{row}{column}")
    found = document(tmp_path, pdf)
    assert cells(found) == [["Nazwa", "Program"], ["Kod", "I.2"]]
    assert {block.table for block in found.blocks} == {0, 1}


def test_a_framed_text_is_no_table(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    for x, y, wide, high in ((40, 600, 500, 200), (45, 605, 490, 190), (300, 600, 240, 200)):
        page.box(x, y, wide, high)
    page.lines(55, 770, wrap(" ".join(SENTENCES[:2]), 200, 10))
    assert {block.kind for block in document(tmp_path, pdf).blocks} == {"paragraph"}


def test_lines_that_end_early_part_the_items_of_a_cell(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    for x, wide in ((50, 150), (200, 250)):
        page.box(x, 700, wide, 80)
    page.lines(55, 766, ["6. Typ", "beneficjenta"])
    page.lines(
        205,
        766,
        ["jednostki naukowe", "konsorcja z udziałem przedsiębiorców oraz szkół", "wyższych", "gminy"],
    )
    found = document(tmp_path, pdf)
    blocks = [(block.column, found.text_of(block)) for block in found.blocks]
    assert blocks == [
        (0, "6. Typ"),
        (0, "beneficjenta"),
        (1, "jednostki naukowe"),
        (1, "konsorcja z udziałem przedsiębiorców oraz szkół\nwyższych"),
        (1, "gminy"),
    ]


def test_a_white_background_is_no_table(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    page.operators.append("1 1 1 rg 40 100 500 700 re f 60 400 200 100 re f 0 0 0 rg")
    page.lines(50, 780, BODY)
    assert "cell" not in {block.kind for block in document(tmp_path, pdf).blocks}
