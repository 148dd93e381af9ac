"""Sheets to files and back: nothing shifts, nothing is taken for a formula, nothing is left half written."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from nurt.errors import InputError, UnknownNameError
from nurt.graph.store import Graph
from nurt.ontology.namespace import ID
from nurt.queries.csvfile import csv_text, csvw, neutral, original
from nurt.queries.export import format_of, render, write, write_bytes
from nurt.queries.sheet import Column, Language, Note, Sheet, Value
from nurt.queries.show import show
from nurt.queries.xlsx import xlsx_bytes

COLUMNS = (
    Column(name="id", label_pl="Identyfikator", label_en="Identifier", kind="id"),
    Column(
        name="name",
        label_pl="Nazwa",
        label_en="Name",
        meaning_pl="Jak się nazywa",
        meaning_en="What it is called",
    ),
    Column(name="amount", label_pl="Kwota", label_en="Amount", kind="money"),
    Column(name="day", label_pl="Dzień", label_en="Day", kind="date"),
    Column(name="address", label_pl="Adres", label_en="Address", kind="link"),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    (
        URIRef("https://w3id.org/nurt/id/rpo-lodzkie/1.2"),
        "=HYPERLINK(1)",
        Decimal("171619822"),
        date(2019, 4, 11),
        URIRef("https://rpo.lodzkie.pl/"),
    ),
    (
        URIRef("https://w3id.org/nurt/id/rpo-lodzkie/1.3"),
        'Zażółć "gęślą"; jaźń,\nnowy wiersz',
        None,
        None,
        None,
    ),
    (None, "-5 | <b>", Decimal("-12.50"), None, URIRef("https://example.org/a?b=1&c=2")),
)
SHEET = Sheet(
    name="example", title="Przykład", columns=COLUMNS, rows=ROWS, notes=(Note("Stan", "2019-04-11"),)
)


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="row 1 has 1 cells for 5 columns"):
        Sheet(name="x", title="x", columns=COLUMNS, rows=(("one",),))


def test_csv_keeps_unknown_cells_in_their_column() -> None:
    lines = list(csv.reader(io.StringIO(csv_text(SHEET), newline="")))
    assert lines[0] == ["id", "name", "amount", "day", "address"]
    assert lines[1] == [
        "rpo-lodzkie/1.2",
        "'=HYPERLINK(1)",
        "171619822",
        "2019-04-11",
        "https://rpo.lodzkie.pl/",
    ]
    assert lines[2] == ["rpo-lodzkie/1.3", 'Zażółć "gęślą"; jaźń,\nnowy wiersz', "", "", ""]
    assert lines[3] == ["", "'-5 | <b>", "-12.50", "", "https://example.org/a?b=1&c=2"]
    assert csv_text(SHEET).endswith("\r\n")


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(
                st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
                min_size=width,
                max_size=width,
            )
        )
    )
)
def test_csv_round_trip(rows: list[list[str]]) -> None:
    width = len(rows[0]) if rows else 1
    sheet = Sheet(
        name="x",
        title="x",
        columns=tuple(Column(name=f"c{n}") for n in range(width)),
        rows=tuple(tuple(row) for row in rows),
    )
    back = list(csv.reader(io.StringIO(csv_text(sheet), newline="")))
    assert back[0] == [f"c{n}" for n in range(width)]
    assert [[original(cell) for cell in row] for row in back[1:]] == rows
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in back[1:] for cell in row)


@given(st.text())
def test_neutral_can_be_undone(text: str) -> None:
    assert original(neutral(text)) == text


def test_csvw_describes_every_column() -> None:
    content = json.loads(csvw(SHEET, "example.csv"))
    assert content["@context"][0] == "http://www.w3.org/ns/csvw"
    described = content["tableSchema"]["columns"]
    assert [column["name"] for column in described] == [column.name for column in COLUMNS]
    assert [column["datatype"] for column in described] == ["string", "string", "decimal", "date", "anyURI"]
    assert described[0]["valueUrl"] == "https://w3id.org/nurt/id/{+id}"


def test_xlsx_has_typed_cells_a_frozen_header_filters_links_and_notes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(SHEET, "xlsx")))
    assert book.sheetnames == ["example", "Noty"]
    page = book["example"]
    assert [cell.value for cell in page[1]] == ["Identyfikator", "Nazwa", "Kwota", "Dzień", "Adres"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:E4"
    assert page["B2"].value == "=HYPERLINK(1)"
    assert page["B2"].data_type == "s"
    assert (page["C2"].value, page["C2"].number_format) == (171619822, "#,##0")
    assert page["D2"].value == datetime(2019, 4, 11)
    assert page["E2"].hyperlink.target == "https://rpo.lodzkie.pl/"
    assert page["A2"].hyperlink is None
    assert page["C3"].value is None
    assert page["C4"].value == -12.5
    notes = [row[1].value for row in book["Noty"].iter_rows()]
    assert "2019-04-11" in notes
    assert "Jak się nazywa (name)" in notes


def test_xlsx_is_the_same_bytes_each_time() -> None:
    assert xlsx_bytes([SHEET]) == xlsx_bytes([SHEET])


def test_xlsx_of_two_sheets_of_one_name_keeps_both() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([SHEET, SHEET])))
    assert book.sheetnames == ["example", "example-2", "Noty"]


def test_json_has_every_key_in_every_row() -> None:
    content = json.loads(render(SHEET, "json"))
    assert [list(row) for row in content["rows"]] == [[column.name for column in COLUMNS]] * 3
    assert content["rows"][0]["amount"] == 171619822
    assert content["rows"][1]["amount"] is None


def test_markdown_escapes_bars_and_breaks() -> None:
    lines = render(SHEET, "md").decode("utf-8").splitlines()
    assert lines[2].startswith("| Identyfikator | Nazwa |")
    assert lines[6] == "|  | -5 \\| &lt;b> | -12.50 |  | https://example.org/a?b=1&c=2 |"


def test_html_is_escaped_and_loads_nothing() -> None:
    page = render(SHEET, "html").decode("utf-8")
    assert "<b>" not in page
    assert "<script" not in page
    assert '<a href="https://example.org/a?b=1&amp;c=2">' in page


def test_a_file_is_written_whole_and_a_csv_with_its_description(tmp_path: Path) -> None:
    write(SHEET, tmp_path / "out.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "out.csv-metadata.json"]
    assert json.loads((tmp_path / "out.csv-metadata.json").read_text(encoding="utf-8"))["url"] == "out.csv"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    target.mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_bytes(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["out.md"]
    with pytest.raises(InputError, match="is no folder"):
        write_bytes(tmp_path / "missing" / "out.csv", b"x")


@pytest.mark.parametrize(
    ("name", "asked", "expected"),
    [("a.csv", None, "csv"), ("a.XLSX", None, "xlsx"), ("a.markdown", None, "md"), ("a.txt", "json", "json")],
)
def test_format_comes_from_the_option_or_the_ending(name: str, asked: str | None, expected: str) -> None:
    assert format_of(Path(name), asked) == expected


def test_an_ending_that_is_no_format_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="names no format"):
        format_of(Path("a.doc"))


def test_people_read_labels_of_terms_and_data_keeps_their_names(small: Graph) -> None:
    words: tuple[tuple[Language, str, str], ...] = (
        ("pl", "jest częścią", "z kodu"),
        ("en", "is part of", "coded"),
    )
    for language, link, basis in words:
        sheet = show(small, ID["rpo-lodzkie/1.2"], language=language)
        for form, content in (("md", render(sheet, "md")), ("html", render(sheet, "html"))):
            text = content.decode()
            assert link in text, form
            assert basis in text, form
            assert not re.search(r"(<td>|\| )partOf( \||</td>)", text), form
        book = openpyxl.load_workbook(io.BytesIO(render(sheet, "xlsx")))
        cells = {cell.value for row in book["show"].iter_rows() for cell in row}
        assert {link, basis} <= cells
        for form, content in (("csv", render(sheet, "csv")), ("json", render(sheet, "json"))):
            text = content.decode()
            assert "partOf" in text, form
            assert "coded" in text, form
            assert "jest częścią" not in text, form
