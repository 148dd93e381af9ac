"""The library as a Python user meets it: open, ask, look, write."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import networkx as nx
import openpyxl
import pandas as pd
import pytest
import rdflib

import nurt
from nurt.errors import GraphError, UnknownNameError

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def graph(corpus_graph: Path) -> nurt.Graph:
    return nurt.open(corpus_graph)


def test_a_named_query_gives_plain_records(graph: nurt.Graph) -> None:
    found = graph.query("support-for-beneficiary", beneficiary="klastry", region="łódzkie", language="en")
    assert len(found) == len(list(found)) > 0
    assert set(found[0]) == {column.name for column in found.columns}
    assert found[0]["level"] in ("macro", "meso", "micro")
    assert [record["level"] for record in found[:2]] == found.column("level")[:2]
    money = graph.query("money-by-region")
    assert all(isinstance(amount, int | None) for amount in money.column("amount_eur"))


def test_sparql_takes_parameters_and_construct_gives_rdf(graph: nurt.Graph) -> None:
    found = graph.query("SELECT ?part { ?part nurt:partOf ?whole } ORDER BY ?part", whole="rpo-lodzkie/I.2")
    assert [record["part"] for record in found] == ["rpo-lodzkie/1.2.1", "rpo-lodzkie/1.2.2"]
    assert graph.query("ASK { id:europe-2020 a nurt:Strategy }")[0] == {"answer": True}
    made = graph.construct("DESCRIBE ?thing", thing="europe-2020")
    assert isinstance(made, rdflib.Graph)
    assert len(made) > 3


def test_a_wrong_name_gets_the_nearest_right_ones(graph: nurt.Graph) -> None:
    with pytest.raises(UnknownNameError, match="money-by-priority"):
        graph.query("money-by-prioritty")
    with pytest.raises(UnknownNameError):
        graph.trace("no such thing anywhere")


def test_a_trace_is_records_and_a_tree(graph: nurt.Graph) -> None:
    found = graph.trace("rpo-lodzkie/I.2", basis="stated,coded", language="en")
    assert {record["basis"] for record in found} <= {"stated", "coded"}
    assert ("rpo-lodzkie/1.2", "partOf", "rpo-lodzkie/1") in {
        (record["child"], record["link"], record["parent"]) for record in found
    }
    assert repr(found).splitlines()[0].endswith("[rpo-lodzkie/1.2]")
    assert "<pre>" in found._repr_html_()
    assert "europe-2020" in found.trace.to_mermaid() or "Europe 2020" in found.trace.to_mermaid()
    down = graph.trace("europe-2020/priority/smart-growth", down=True, depth=1)
    assert {record["parent"] for record in down} == {"europe-2020/priority/smart-growth"}


def test_the_lineage_is_a_table_with_notes(graph: nurt.Graph, tmp_path: Path) -> None:
    found = graph.lineage(programme="rpo-lodzkie", basis="stated,coded")
    assert {str(record["id"]).partition("/")[0] for record in found} == {"rpo-lodzkie"}
    book = openpyxl.load_workbook(found.to_xlsx(tmp_path / "lineage.xlsx"))
    assert book.sheetnames[-1] == "Noty"
    assert book.worksheets[0].max_row == len(found) + 1
    with found.to_csv(tmp_path / "lineage.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == found.column("id")
    assert (tmp_path / "lineage.csv-metadata.json").exists()


def test_pandas_gets_typed_columns(graph: nurt.Graph) -> None:
    frame = graph.query("allocations-of", owner="rpo-lodzkie/I").to_pandas()
    assert pd.api.types.is_numeric_dtype(frame["amount"])
    assert pd.api.types.is_datetime64_any_dtype(frame["as_of"])
    empty = graph.query("SELECT ?x { ?x nurt:code ?code }", code="no such code").to_pandas()
    assert list(empty.columns) == ["x"]
    assert len(empty) == 0


def test_without_pandas_the_error_says_what_to_install(
    graph: nurt.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(nurt.NurtError, match=r"pip install nurt\[pandas\]"):
        graph.query("money-by-fund").to_pandas()


def test_answers_show_themselves_in_a_notebook(graph: nurt.Graph) -> None:
    found = graph.query("documents", language="en")
    page = found._repr_html_()
    assert page.count("<tr>") == 21
    assert f"… {len(found) - 20} more rows" in page
    assert "<a href=" in page
    assert "<script" not in page
    text = repr(found)
    assert text.splitlines()[1].split()[0] == "document"
    assert max(map(len, text.splitlines())) <= 111
    assert "<pre>" in graph._repr_html_()


def test_what_is_shown_is_escaped(graph: nurt.Graph) -> None:
    found = graph.query('SELECT ("<script>alert(1)</script>" AS ?x) ("javascript:alert(1)" AS ?y) {}')
    assert "<script" not in found._repr_html_()
    assert "href" not in found._repr_html_()


def test_the_graph_is_an_rdflib_dataset_and_a_networkx_graph(graph: nurt.Graph) -> None:
    assert isinstance(graph.rdf, rdflib.Dataset)
    measure = graph.find("rpo-lodzkie/I.2")
    assert (measure, rdflib.RDF.type, None) in graph.rdf
    whole = graph.network()
    assert nx.is_directed(whole)
    part = graph.network(focus="rpo-lodzkie/I.2")
    assert set(part.nodes) < set(whole.nodes)
    assert nx.has_path(part, str(measure), "https://w3id.org/nurt/id/europe-2020")


def test_the_other_questions_of_the_command_line(graph: nurt.Graph, tmp_path: Path) -> None:
    assert len(graph.gaps(basis="stated,coded")) > 0
    assert len(graph.compare("śląskie", "mazowieckie", by="money").columns) >= 4
    assert graph.show("PO IR").sheet.rows
    assert "europe-2020" in graph.documents()
    assert graph.text("europe-2020")
    assert graph.export(tmp_path / "part.gexf", focus="rpo-lodzkie/I.2").stat().st_size > 1000


def test_a_graph_is_found_as_the_command_line_finds_it(
    corpus_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NURT_GRAPH", raising=False)
    with pytest.raises(GraphError, match="no graph to open"):
        nurt.open()
    (tmp_path / "nurt-graph").symlink_to(corpus_graph)
    with nurt.open() as found:
        assert found.documents()
    monkeypatch.setenv("NURT_GRAPH", str(corpus_graph))
    assert "documents" in repr(nurt.open())


def test_dates_are_dates(graph: nurt.Graph) -> None:
    dates = [day for day in graph.query("documents").column("date") if day is not None]
    assert dates
    assert all(isinstance(day, date) for day in dates)


def test_the_readme_example_runs(corpus_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "graph").symlink_to(corpus_graph)
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
