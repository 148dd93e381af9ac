"""The other views of the shipped corpus: table, flow of money, matrix, about; exports and paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import expect

from nurt.graph.store import Graph

from .conftest import downloaded, numbers, planned

pytestmark = pytest.mark.browser

REGIONAL = 16


def test_the_table_sorts_and_its_csv_is_what_it_shows(reader: Any) -> None:
    page = reader.page
    reader.facet("region", "łódzkie").check()
    page.click("#tab-table")
    page.click(".column-measure button")
    page.click(".column-measure button")
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Działanie")
    rows = downloaded(page)
    assert numbers(page.locator("table.lineage caption").inner_text()) == len(rows)
    shown = [row.locator("td").all_text_contents() for row in page.locator("table.lineage tbody tr").all()]
    assert shown == [[cell or "—" for cell in list(row.values())[1:]] for row in rows[: len(shown)]]
    falling = [row["measure"] for row in rows]
    page.click(".column-measure button")
    assert [row["measure"] for row in downloaded(page)] == falling[::-1]
    assert len(set(falling)) > 20


def test_what_is_no_measure_stands_in_no_column_of_measures(reader: Any) -> None:
    reader.page.click("#tab-table")
    rows = downloaded(reader.page)
    parts = [row for row in rows if row["id"].startswith(("europe-2020/", "h2020/", "cosme/"))]
    assert parts
    assert not [row["id"] for row in parts if row["measure"] or row["sub_measure"]]
    assert all(row["programme"] for row in rows)


def test_money_flows_to_the_euro(reader: Any, whole_graph: Graph) -> None:
    page = reader.page
    page.click("#tab-flow")
    assert numbers(page.locator("#view-flow .lead strong").inner_text()) == planned(whole_graph)
    page.click("#facet-programme summary")
    reader.facet("programme", "RPO łódzkie").check()
    assert numbers(page.locator("#view-flow .lead strong").inner_text()) == planned(
        whole_graph, "rpo-lodzkie/"
    )
    assert "ink-measure" in page.locator(".sankey").inner_html(), "axes are drawn for one programme"


def test_the_matrix_has_sixteen_regions_beside_one_another(reader: Any) -> None:
    page = reader.page
    page.click("#tab-matrix")
    expect(page.locator("table.matrix tbody tr")).to_have_count(REGIONAL)
    fits = page.locator("#view-matrix .scroll").evaluate("box => box.scrollWidth <= box.clientWidth + 1")
    assert fits, "twelve columns fit at 1280 pixels"
    money = page.locator("table.matrix tbody tr", has_text="śląskie").first.locator("td").first
    expect(money).to_have_attribute("title", re.compile("EUR$"))
    page.get_by_role("button", name="Liczba działań").click()
    expect(page.locator("table.matrix caption")).to_contain_text("Liczba")
    page.locator("table.matrix tbody tr").first.locator("td button").first.click()
    expect(page.locator("#tab-table")).to_have_attribute("aria-selected", "true")


def test_the_page_about_the_graph_tells_what_is_in_it(reader: Any, whole_graph: Graph) -> None:
    page = reader.page
    page.click("#tab-about")
    about = page.locator("#view-about")
    documents = whole_graph.select("SELECT DISTINCT ?d WHERE { ?d a nurt:Document }").rows
    expect(about.get_by_role("region", name="Dokumenty").locator("tbody tr")).to_have_count(len(documents))
    expect(about.locator(".cite")).to_contain_text(whole_graph.snapshot or "")
    levels = about.get_by_role("region", name="Co wiadomo o osiach")
    expect(levels.locator("tr", has_text="RPO łódzkie").first).to_contain_text("Oś priorytetowa")
    expect(about).to_contain_text("streszczenie")


def test_exports_hold_what_is_drawn(reader: Any) -> None:
    page = reader.page
    reader.look_for("I.2 łódzkie")
    with page.expect_download() as download:
        page.click("#svg")
    root = ElementTree.parse(download.value.path()).getroot()
    titles = [node.text for node in root.iter("{http://www.w3.org/2000/svg}title")]
    assert any("I.2 Inwestycje" in (title or "") for title in titles)
    assert any("Europa 2020" in (title or "") for title in titles)
    lettered = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "z kodu" in lettered, "the legend of the lines"
    with page.expect_download() as download:
        page.click("#png")
    picture = Image.open(download.value.path())
    assert picture.width >= 600
    assert len(set(picture.convert("RGB").resize((200, 200)).get_flattened_data())) > 20, (
        "not an empty picture"
    )


def test_print_leaves_out_the_controls(reader: Any, tmp_path: Path) -> None:
    page = reader.page
    reader.look_for("I.2 łódzkie")
    page.pdf(path=tmp_path / "page.pdf", format="A4", print_background=True)
    document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    assert "Inwestycje przedsiębiorstw w badania" in text
    assert "Droga w górę" in text
    assert "RPO łódzkie" in document[0].get_textpage().get_text_range(), "the picture is lines and letters"
    assert "Kopiuj" not in text
    assert "Wyczyść" not in text
