"""CSV, XLSX and XLS: encodings, delimiters, titles above the headings, merged headings, several sheets."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nurt.errors import ReadError
from nurt.ingest.build import read_document
from nurt.ingest.catalogue import Entry
from nurt.ingest.document import Document
from nurt.ingest.readers import read
from tests.ingest.readers.specimens import workbook_97

Sheet = list[list[Any]]
Save = Callable[..., Path]


@pytest.fixture
def saved(tmp_path: Path) -> Save:
    """Save sheets as XLSX, with cells merged, and return the path."""

    def save(*sheets: Sheet, merge: tuple[str, ...] = (), **named: Sheet) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets, start=1):
            sheet = book.create_sheet(f"Arkusz{number}")
            for row in rows:
                sheet.append(row)
            for area in merge:
                sheet.merge_cells(area)
        for name, rows in named.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "lista.xlsx"
        book.save(path)
        return path

    return save


def cells(document: Document, table: int = 0) -> list[tuple[int | None, int | None, str]]:
    return [(b.row, b.column, document.text_of(b)) for b in document.blocks if b.table == table]


def test_every_sheet_is_a_table_below_its_name(saved: Save) -> None:
    found = read(saved([["Tytuł", "Kwota"], ["Hala", 12.5]], [], Druga=[["Oś", "Fundusz"], ["I", "EFRR"]]))
    assert [found.text_of(b) for b in found.blocks if b.kind == "heading"] == ["Arkusz1", "Druga"]
    assert cells(found, 1) == [(0, 0, "Oś"), (0, 1, "Fundusz"), (1, 0, "I"), (1, 1, "EFRR")]
    assert found.metadata["rows"] == "2"


def test_values_are_printed_as_people_read_them(saved: Save) -> None:
    day = datetime.datetime(2016, 5, 4)
    found = read(saved([["a", "b", "c", "d", "e"], [7.0, 1234567.89, True, day, day.replace(hour=12)]]))
    assert [text for row, _, text in cells(found) if row == 1] == [
        "7",
        "1234567.89",
        "TRUE",
        "2016-05-04",
        "2016-05-04T12:00:00",
    ]


def test_titles_above_the_headings_and_gaps_between_rows(saved: Save) -> None:
    found = read(
        saved(
            [
                ["Lista projektów"],
                [],
                ["Tytuł", "Beneficjent", "Tytuł"],
                ["a", "b", "c"],
                [],
                ["d", None, "f"],
            ]
        )
    )
    assert [found.text_of(b) for b in found.blocks if b.name == "title"] == ["Lista projektów"]
    assert {b.row for b in found.blocks if b.header} == {0}
    assert cells(found)[3:] == [(1, 0, "a"), (1, 1, "b"), (1, 2, "c"), (3, 0, "d"), (3, 1, ""), (3, 2, "f")]
    assert found.metadata["rows"] == "2"


GROUPED: Sheet = [
    ["Lista projektów", None, None, None, None, None],
    ["Lp.", "Projekt", None, "Beneficjent", "Finansowanie (PLN)", None],
    [None, "Numer umowy", "Tytuł", None, "Ogółem", "w tym UE"],
    [1, "RPLD.01.02.00-10-0001/16-00", "Hala", "Gmina", 100, 85],
]
MERGES = ("A1:F1", "A2:A3", "B2:C2", "D2:D3", "E2:F2")


def test_merged_headings_keep_their_spans(saved: Save) -> None:
    found = read(saved(GROUPED, merge=MERGES))
    heads = {found.text_of(b): (b.row, b.column, b.row_span, b.column_span) for b in found.blocks if b.header}
    assert heads == {
        "Lp.": (0, 0, 2, 1), "Projekt": (0, 1, 1, 2), "Beneficjent": (0, 3, 2, 1),
        "Finansowanie (PLN)": (0, 4, 1, 2), "Numer umowy": (1, 1, 1, 1), "Tytuł": (1, 2, 1, 1),
        "Ogółem": (1, 4, 1, 1), "w tym UE": (1, 5, 1, 1),
    }  # fmt: skip
    assert found.metadata["rows"] == "1"


@pytest.mark.parametrize("merged", [True, False])
def test_columns_with_groups_above_them_are_understood(saved: Save, merged: bool) -> None:
    path = saved(GROUPED, merge=MERGES if merged else ())
    outcome = read_document((Entry(id="x", path=path), {}))
    assert isinstance(outcome, dict)
    extraction = outcome["extraction"]
    assert extraction["family"] == "project_list"
    assert extraction["rows"]["taken"] == 1
    amounts = [
        {p: v[0] for p, v in e["properties"]} for e in extraction["elements"] if "/allocation/" in e["iri"]
    ]
    assert [sorted(found.values()) for found in amounts] == [["100", "85", "PLN"]]
    assert [review["reason"] for review in extraction["reviews"]] == []


def test_a_workbook_of_excel_97(tmp_path: Path) -> None:
    path = tmp_path / "lista.xls"
    path.write_bytes(workbook_97([["Tytuł", "Kwota"], ["Źródła ciepła", 12.5], ["Łódź", 7.0]], "Zażółć"))
    found = read(path)
    assert [found.text_of(b) for b in found.blocks] == [
        "Zażółć", "Tytuł", "Kwota", "Źródła ciepła", "12.5", "Łódź", "7",
    ]  # fmt: skip


def test_cells_at_the_ends_of_the_earth_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "a", "b"
    book.save(tmp_path / "lista.xlsx")
    with pytest.raises(ReadError, match="places apart"):
        read(tmp_path / "lista.xlsx")


def test_line_ends_inside_cells_do_not_end_rows(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes('a;b\r\n"x\r\ny";1\r\nu\u2028v\x0bw;2\r\n'.encode())
    found = read(path)
    assert [(row, text) for row, column, text in cells(found) if column == 0] == [
        (0, "a"), (1, "x\ny"), (2, "u\u2028vw"),
    ]  # fmt: skip


def test_a_declared_delimiter_counts(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_text("sep=#\na,b#c\n1,5#2\n", encoding="utf-8")
    assert [text for _, _, text in cells(read(path))] == ["a,b", "c", "1,5", "2"]


def test_a_cell_that_names_an_impossible_row_is_refused(saved: Save, tmp_path: Path) -> None:
    path, broken = saved([["Tytuł", "Kwota"], ["Hala", 1]]), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="A2"', b'r="A8589934000"'))
    with pytest.raises(ReadError, match="places apart"):
        read(broken)
