"""Rows in = rows accounted for, in the report and in what is printed; documents that disagree stay apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from nurt.cli.app import app
from nurt.graph.store import open_graph
from nurt.ingest.build import build
from nurt.ingest.claims import Tally

HEAD = "Numer umowy;Tytuł projektu;Nazwa beneficjenta;Dofinansowanie UE;Data podpisania umowy\n"
ROWS = "RPLD.01.02.00-10-0001/16-00;Hala;Gmina X;1 000,00;2016-05-04\n"


def test_a_tally_adds_up() -> None:
    total = Tally(taken=2, set_aside=(("a", 1),)) + Tally(merged=1, set_aside=(("b", 3), ("a", 1)))
    assert total == Tally(taken=2, merged=1, set_aside=(("b", 3), ("a", 2)))
    assert total.read == 8


def test_sums_of_other_rows_need_nobody_to_look_at_them() -> None:
    tally = Tally(
        set_aside=(("a sum of other rows", 2), ("no axis named: ''", 1), ("a sum of finer rows", 3))
    )
    assert tally.to_look_at == (("no axis named: ''", 1),)


def test_every_row_is_in_the_report_and_in_what_is_printed(tmp_path: Path) -> None:
    (tmp_path / "lista.csv").write_text(HEAD + ROWS + ROWS + ";;Gmina Y;;\n", encoding="utf-8")
    (tmp_path / "inne.csv").write_text("barwa;liczba\nczerwony;1\nzielony;2\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["build", str(tmp_path), "-o", str(tmp_path / "graph"), "-j", "1"])
    assert run.exit_code == 0, run.output
    assert (
        "rows: 5 read = 1 taken + 1 merged into one above + 3 set aside (documents with rows: 2" in run.output
    )
    assert "set aside: lista: 1: a row without a title or a contract" in run.output
    assert "set aside: inne: 2: " in run.output
    documents = open_graph(tmp_path / "graph").report["documents"]
    assert documents["lista"]["rows"] == {
        "read": 3,
        "taken": 1,
        "merged": 1,
        "set_aside": {"a row without a title or a contract": 1},
    }
    again = CliRunner().invoke(app, ["build", str(tmp_path), "-o", str(tmp_path / "graph"), "-j", "1"])
    assert "Nothing changed" in again.output
    assert "rows: 5 read" in again.output


def test_a_second_sheet_that_is_no_list_is_counted_too(tmp_path: Path) -> None:
    book = Workbook()
    for line in (HEAD + ROWS).splitlines():
        book.active.append(line.split(";"))
    notes = book.create_sheet("Uwagi")
    notes.append(["Uwaga", "Autor"])
    notes.append(["sprawdzić", "AB"])
    book.save(tmp_path / "lista.xlsx")
    result = build([tmp_path / "lista.xlsx"], tmp_path / "graph")
    assert result.rows["lista"].taken == 1
    assert result.rows["lista"].read == 2
    assert [count for _, count in result.rows["lista"].set_aside] == [1]


@pytest.mark.parametrize("day", ["2016-05-04", ""])
def test_two_lists_that_differ_on_an_amount_keep_both(tmp_path: Path, day: str) -> None:
    rows = ROWS.replace("2016-05-04", day)
    (tmp_path / "a.csv").write_text(HEAD + rows, encoding="utf-8")
    (tmp_path / "b.csv").write_text(HEAD + rows.replace("1 000", "2 000"), encoding="utf-8")
    (tmp_path / "c.csv").write_text(HEAD + rows, encoding="utf-8")
    assert build([tmp_path / f"{name}.csv" for name in "abc"], tmp_path / "graph").failures == ()
    found = open_graph(tmp_path / "graph").select(
        """SELECT ?amount WHERE { ?p a nurt:Project ; nurt:hasAllocation ?a . ?a nurt:amount ?amount }
           ORDER BY ?amount"""
    )
    assert [float(str(row[0])) for row in found.rows] == [1000.0, 2000.0]
