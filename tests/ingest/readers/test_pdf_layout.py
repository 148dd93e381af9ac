"""PDF: columns, footnotes, running lines, hyphens, bookmarks, turned pages, pages that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.pdf_maker import PDF, Page, wrap
from nurt.errors import ReadError
from nurt.ingest.document import Block, Document
from nurt.ingest.readers import read
from tests.ingest.readers.pdf_pages import (
    BODY,
    LEFT,
    SENTENCES,
    by_columns,
    by_rows,
    document,
    mended,
    right_first,
    texts,
)


def place(found: Document, words: str) -> Block:
    return next(block for block in found.blocks if words in found.text_of(block))


# Columns


@pytest.mark.parametrize("way", [by_columns, by_rows, right_first])
def test_two_columns_are_read_one_after_the_other(tmp_path: Path, way: Callable[[Page, float], None]) -> None:
    pdf = PDF()
    page = pdf.page()
    page.text(
        50, 780, "1. Diagnoza sytuacji regionu i wnioski, które z niej płyną dla polityki rozwoju", size=14
    )
    way(page, 750)
    assert mended(document(tmp_path, pdf)).endswith(" ".join((*SENTENCES[:3] * 3, *SENTENCES[3:] * 3)))


def test_a_short_heading_parts_the_columns_above_from_those_below(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    by_rows(page, 780, wrap(" ".join(SENTENCES[:3]), 220, 10), wrap(" ".join(SENTENCES[3:5]), 220, 10))
    page.text(50, 670, "1.2 Gospodarka", size=12)
    by_rows(page, 640)
    found = document(tmp_path, pdf)
    first, heading, second = (place(found, words) for words in ("Ocena", "1.2 Gospodarka", "podpisuje"))
    assert first.start < heading.start < second.start
    assert heading.kind == "heading"


def test_a_list_of_names_and_values_is_not_read_as_columns(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    names = ("Fundusz", "Oś priorytetowa", "Alokacja", "Beneficjent", "Tryb wyboru", "Okres")
    values = ("EFRR", "II", "45 000 000 EUR", "gminy i powiaty", "konkurs", "2014–2020")
    by_columns(page, 780, names, values)
    assert texts(document(tmp_path, pdf)) == [
        " ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
    ]


# Footnotes


def footnoted(tmp_path: Path, *, rule: bool, size: float, header: bool) -> Document:
    """A sentence that runs from page 1 to page 2, marked inside; its note stands at the foot of page 1."""
    pdf = PDF()
    for number in range(3):
        page = pdf.page()
        if header:
            page.text(50, 810, "Strategia Rozwoju Województwa", size=9)
            page.text(300, 30, str(number + 1), size=9)
        lines = list(BODY)
        lines[-2] = "Zarząd przyjął plan zgodny ze Strategią Rozwoju Kraju"
        lines[-1] = f"oraz z umową partnerstwa{number + 1}, która wiąże wszystkie"
        tail = ["regiony w kraju i programy krajowe."] if number else []
        y = page.lines(50, 780, [*tail, *lines] if number < 2 else tail)
        if number < 2:
            if rule:
                page.rule(50, y - 10, 190, y - 10)
            note = f"{number + 1} Umowa z dnia 23 maja 2014 r., przyjęta decyzją"
            page.text(50, y - 30, note, size=size)
            page.text(50, y - 30 - size * 1.2, "Komisji i zmieniona w roku 2017.", size=size)
    return document(tmp_path, pdf)


@pytest.mark.parametrize(("rule", "size"), [(False, 8), (True, 8), (True, 10)])
@pytest.mark.parametrize("header", [False, True])
def test_a_footnote_is_kept_apart_from_the_sentence_it_interrupts(
    tmp_path: Path, *, rule: bool, size: float, header: bool
) -> None:
    found = footnoted(tmp_path, rule=rule, size=size, header=header)
    notes = [block for block in found.blocks if block.kind == "note"]
    assert [(block.page, block.marker) for block in notes] == [(1, "1"), (2, "2")]
    assert " ".join(found.text_of(notes[0]).split()) == (
        "Umowa z dnia 23 maja 2014 r., przyjęta decyzją Komisji i zmieniona w roku 2017."
    )
    whole = (
        "Zarząd przyjął plan zgodny ze Strategią Rozwoju Kraju oraz z umową partnerstwa, "
        "która wiąże wszystkie regiony w kraju i programy krajowe."
    )
    assert mended(found).count(whole) == 2


def test_a_footnote_that_goes_on_overleaf_stays_a_footnote(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    y = page.lines(50, 780, [*BODY[:-1], "Podstawą jest umowa partnerstwa1."])
    page.text(50, y - 30, "1 Umowa z dnia 23 maja 2014 r., zmieniona decyzją Komisji", size=8)
    page = pdf.page()
    y = page.lines(50, 780, [*BODY[:-1], "Drugą podstawą jest program krajowy2."])
    page.text(50, y - 30, "Europejskiej oraz uchwałą Rady Ministrów.", size=8)
    page.text(50, y - 40, "2 Program przyjęty w roku 2014.", size=8)
    found = document(tmp_path, pdf)
    notes = [
        (block.page, block.marker, found.text_of(block)) for block in found.blocks if block.kind == "note"
    ]
    assert notes == [
        (1, "1", "Umowa z dnia 23 maja 2014 r., zmieniona decyzją Komisji"),
        (2, "", "Europejskiej oraz uchwałą Rady Ministrów."),
        (2, "2", "Program przyjęty w roku 2014."),
    ]


def test_small_print_below_a_figure_is_no_footnote(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    y = page.lines(50, 780, BODY)
    page.text(50, y - 30, "Źródło: opracowanie własne na podstawie danych statystycznych.", size=8)
    page.text(50, y - 40, "2014 był pierwszym rokiem nowej perspektywy.", size=8)
    assert "note" not in {block.kind for block in document(tmp_path, pdf).blocks}


# Running lines


def test_running_lines_of_odd_and_even_pages_and_chapters_are_set_aside(tmp_path: Path) -> None:
    pdf = PDF()
    for number in range(1, 13):
        page = pdf.page()
        chapter = "Rozdział 1. Diagnoza" if number <= 6 else "Rozdział 2. Cele"
        page.text(50, 810, "Strategia Rozwoju" if number % 2 else chapter, size=9)
        page.lines(50, 780, [f"Akapit numer {number * 7} mówi o rozwoju.", *BODY[: number % 4 + 4]])
        page.text(50, 30, f"Strona {number} z 12", size=9)
    found = document(tmp_path, pdf)
    headers = {"Strategia Rozwoju", "Rozdział 1. Diagnoza", "Rozdział 2. Cele"}
    assert set(texts(found, "header")) == headers
    assert len(texts(found, "header")) == 12
    assert texts(found, "footer") == [f"Strona {number} z 12" for number in range(1, 13)]
    assert not any(text in headers for text in texts(found, "paragraph", "heading"))
    assert sum(text.startswith("Akapit numer") for text in texts(found, "paragraph")) == 12


def test_titles_of_cards_at_the_top_of_pages_are_not_running_lines(tmp_path: Path) -> None:
    pdf = PDF()
    for number in range(1, 7):
        page = pdf.page()
        page.text(50, 780, f"Działanie 1.{number}", size=12)
        page.lines(50, 750, BODY)
    found = document(tmp_path, pdf)
    assert texts(found, "heading") == [f"Działanie 1.{number}" for number in range(1, 7)]
    assert not texts(found, "header")


def test_a_ruled_header_is_set_aside_as_well(tmp_path: Path) -> None:
    pdf = PDF()
    for number in range(1, 6):
        page = pdf.page()
        for x, text in ((50, "Program regionalny"), (300, f"Strona {number}")):
            page.box(x, 795, 250, 20)
            page.text(x + 5, 801, text, size=9)
        page.lines(50, 770, [f"Akapit numer {number * 7} mówi o rozwoju.", *BODY[: number + 2]])
    found = document(tmp_path, pdf)
    assert "cell" not in {block.kind for block in found.blocks}
    assert texts(found, "header") == [
        text for number in range(1, 6) for text in ("Program regionalny", f"Strona {number}")
    ]


def test_bullets_that_are_drawn_begin_items(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    page.text(50, 780, "Beneficjentami są:")
    items = ("jednostki naukowe i konsorcja", "gminy, które mają wspólny z innymi", "szkoły wyższe")
    for number, item in enumerate(items):
        page.box(60, 762 - 12 * number, 3, 3, fill=True)
        page.text(72, 760 - 12 * number, item)
    found = document(tmp_path, pdf)
    assert [(b.marker, found.text_of(b)) for b in found.blocks if b.kind == "list_item"] == [
        ("•", item) for item in items
    ]


# Hyphens


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["Program wspiera przedsię-", "biorstwa w regionie."], "przedsiębiorstwa"),
        (["Program wspiera przedsię\u00ad", "biorstwa w regionie."], "przedsiębiorstwa"),
        (["Analiza społeczno-", "gospodarcza regionu."], "społeczno-gospodarcza"),
        (["Województwo kujawsko-", "pomorskie ma program."], "kujawsko-pomorskie"),
        (["The programme supports enter-", "prises of the region."], "enterprises"),
        (["The union funds cross-", "border projects."], "cross-border"),
    ],
)
@pytest.mark.parametrize("cell", [False, True])
def test_hyphens_at_line_ends_are_kept_as_printed_and_mended_in_the_view(
    tmp_path: Path, lines: list[str], whole: str, *, cell: bool
) -> None:
    pdf = PDF()
    page = pdf.page()
    page.lines(55, 780, lines)
    if cell:
        page.box(50, 700, 200, 95)
        page.box(250, 700, 200, 95)
        page.text(255, 780, "obok")
    found = document(tmp_path, pdf)
    assert f"{lines[0][:-1]}-\n{lines[1]}" in found.text
    assert whole in mended(found)


# Bookmarks


def test_bookmarks_say_which_lines_are_headings_and_of_what_level(tmp_path: Path) -> None:
    pdf = PDF(
        bookmarks=[("Diagnoza regionu", 0, 0), ("Przemysł, usługi i handel w regionie", 0, 1), ("Cele", 1, 0)]
    )
    page = pdf.page()
    page.lines(50, 780, ["Diagnoza regionu"], size=14)
    page.lines(50, 750, BODY[:5])
    page.lines(50, 670, ["Przemysł, usługi", "i handel w regionie"], size=12)
    page.lines(50, 630, BODY[5:10])
    page = pdf.page()
    page.lines(50, 780, ["3. Cele"], size=14)
    page.lines(50, 750, BODY[:5])
    found = document(tmp_path, pdf)
    headings = [(b.level, found.text_of(b)) for b in found.blocks if b.kind == "heading"]
    assert headings == [(1, "Diagnoza regionu"), (2, "Przemysł, usługi\ni handel w regionie"), (1, "3. Cele")]


def test_bookmarks_that_name_no_line_do_no_harm(tmp_path: Path) -> None:
    pdf = PDF(bookmarks=[("Okładka", 0, 0), ("", 0, 0)])
    pdf.page().lines(50, 780, BODY)
    assert {block.kind for block in document(tmp_path, pdf).blocks} == {"paragraph"}


# Turned pages


@pytest.mark.parametrize("turn", [0, 90])
def test_text_that_runs_upwards_is_read_with_its_table(tmp_path: Path, turn: int) -> None:
    pdf = PDF()
    page = pdf.page()
    page.turn = turn
    for number, line in enumerate(LEFT):
        page.sideways(60 + 12 * number, 50, line)
    for row, words in enumerate((("Oś", "Fundusz"), ("I", "EFRR"))):
        for column, word in enumerate(words):
            page.box(400 + 20 * row, 50 + 200 * column, 20, 200)
            page.sideways(414 + 20 * row, 55 + 200 * column, word)
    found = document(tmp_path, pdf)
    assert mended(found).startswith(" ".join(SENTENCES[:3] * 3))
    assert [(b.row, b.column, found.text_of(b)) for b in found.blocks if b.kind == "cell"] == [
        (0, 0, "Oś"), (0, 1, "Fundusz"), (1, 0, "I"), (1, 1, "EFRR"),
    ]  # fmt: skip


# Pages that cannot be read


def test_pages_without_a_text_layer_are_named_with_what_to_do(tmp_path: Path) -> None:
    pdf = PDF()
    for number in range(1, 8):
        page = pdf.page()
        if number in (2, 3, 4, 6):
            page.picture(50, 50, 495, 742)
        elif number != 7:
            page.lines(50, 780, BODY)
    (warning,) = document(tmp_path, pdf).warnings
    assert warning.startswith("No text layer on pages 2–4, 6:")
    assert "ocrmypdf" in warning


def test_pages_whose_letters_have_no_codes_are_named_with_what_to_do(tmp_path: Path) -> None:
    pdf = PDF()
    pdf.page().lines(50, 780, ["ąęłńóśźż ćąęłń óśźżćą"] * 5)
    pdf.page().lines(50, 780, ["Zwykły tekst"] * 5)
    path = tmp_path / "letters.pdf"
    # The glyphs keep their shapes and lose their names.
    nameless = re.sub(
        rb"/(?:[acelnosz](?:ogonek|acute|dotaccent|slash))\b",
        lambda name: b"/" + b"g" * (len(name.group()) - 1),
        pdf.bytes().replace(b"/ToUnicode", b"/NoUnicode"),
    )
    path.write_bytes(nameless)
    (warning,) = read(path).warnings
    assert warning.startswith("The fonts do not say which letters they print on page 1:")
    assert "--force-ocr" in warning


def test_lines_of_contents_are_no_headings(tmp_path: Path) -> None:
    pdf = PDF()
    page = pdf.page()
    page.text(50, 780, "Spis treści", size=14)
    entries = (
        "1. Wprowadzenie",
        "2. Diagnoza",
        "2.1 Gospodarka",
        "3. Cele rozwoju i ich wskaźniki",
        "4. Wdrażanie",
    )
    for number, entry in enumerate(entries):
        page.text(50, 740 - 16 * number, entry)
        page.text(520, 740 - 16 * number, str(3 + 4 * number))
    page = pdf.page()
    page.text(50, 780, "1. Wprowadzenie", size=14)
    page.lines(50, 750, BODY)
    found = document(tmp_path, pdf)
    assert texts(found, "heading") == ["Spis treści", "1. Wprowadzenie"]
    assert [block.name for block in found.blocks if "Diagnoza" in found.text_of(block)] == ["contents"]


def test_a_file_locked_by_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    from fpdf import FPDF

    made = FPDF()
    made.set_encryption(owner_password="owner", user_password="user")
    made.add_page()
    made.set_font("helvetica", size=12)
    made.cell(text="Text")
    path = tmp_path / "locked.pdf"
    made.output(str(path))
    with pytest.raises(ReadError, match="locked by a password") as caught:
        read(path)
    assert "without the password" in caught.value.hint


def test_a_file_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    from fpdf import FPDF

    made = FPDF()
    made.set_encryption(owner_password="owner", user_password="")
    made.add_page()
    made.set_font("helvetica", size=12)
    made.cell(text="The strategy names its aims.")
    path = tmp_path / "open.pdf"
    made.output(str(path))
    assert texts(read(path)) == ["The strategy names its aims."]
