"""The lineage of everything as XLSX, opened by LibreOffice: the same cells, sheet by sheet."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from nurt.graph.store import open_graph
from nurt.queries.export import write
from nurt.queries.lineage import lineage
from nurt.queries.lineage_sheet import lineage_sheet

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
EVERY_SHEET_AS_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed")


def test_libreoffice_opens_the_lineage_of_everything(corpus_graph: Path, tmp_path: Path) -> None:
    graph = open_graph(corpus_graph)
    workbook = tmp_path / "lineage.xlsx"
    sheet = lineage_sheet(lineage(graph))
    write(sheet, workbook)
    assert OFFICE is not None
    done = subprocess.run(
        [
            OFFICE,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            EVERY_SHEET_AS_UTF8,
            "--outdir",
            str(tmp_path),
            str(workbook),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said = [line for line in done.stderr.splitlines() if "javaldx" not in line]
    assert not said, "LibreOffice complains"
    names = load_workbook(workbook, read_only=True).sheetnames
    assert len(names) == 2
    opened = {}
    for name in names:
        with (tmp_path / f"lineage-{name}.csv").open(encoding="utf-8", newline="") as file:
            opened[name] = list(csv.reader(file))
    table = opened[names[0]]
    assert [column.label("pl") for column in sheet.columns] == table[0]
    assert len(table) == len(sheet.rows) + 1
    identifiers = [row[0] for row in table[1:]]
    assert identifiers == [str(row[0]).removeprefix("https://w3id.org/nurt/id/") for row in sheet.rows]
    notes = {row[0] for row in opened[names[1]] if row}
    assert {note.subject for note in sheet.notes} <= notes
