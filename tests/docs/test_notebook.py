"""The notebook runs from its first cell to its last, and is kept without outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "notebook.ipynb"


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    assert len(cells) > 10
    for cell in cells:
        if cell.cell_type == "code":
            assert cell.outputs == [], "clear the outputs before committing the notebook"
            assert cell.execution_count is None


def test_the_notebook_runs(corpus_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NURT_GRAPH", str(corpus_graph))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    nbformat.validate(notebook)
    shown = [output.data for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    tables = [data["text/html"] for data in shown if "<table>" in data.get("text/html", "")]
    assert len(tables) >= 5
    assert all("<tbody><tr>" in table for table in tables), "an answer has no rows"
    assert (tmp_path / "lodzkie.xlsx").exists()
    assert (tmp_path / "lodzkie.graphml").exists()
