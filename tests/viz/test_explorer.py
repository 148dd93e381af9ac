"""The explorer in a real browser: what opens, what search and click show, and no request."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nurt.errors import UnknownNameError
from nurt.graph.store import Graph
from nurt.ontology.namespace import ID
from nurt.viz.explorer import as_json, explorer

pytestmark = pytest.mark.browser


def find(page: Page, typed: str) -> None:
    page.fill("#search", typed)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()


def drawn(page: Page) -> list[str]:
    return page.locator("#drawn [role=option]").all_text_contents()


def test_opens_on_the_lineage_down_to_programmes(page: Page) -> None:
    shown = " | ".join(drawn(page))
    for name in ("Europa 2020", "Rozwój inteligentny", "CT 1 Badania", "Program łódzkie", "Program śląskie"):
        assert name in shown
    assert "Inwestycje" not in shown


@pytest.mark.parametrize(
    "typed", ["I.2 lodzkie", "RPLD.01.02", "RPLD.01.02.00", "inwestycje łódzkie", "1.2 łodz"]
)
def test_search_finds_a_measure_as_one_types(page: Page, typed: str) -> None:
    find(page, typed)
    expect(page.locator("#card h2")).to_have_text("I.2 Inwestycje łódzkie")


@pytest.mark.parametrize("typed", ["CT 4", "TO4", "low carbon", "NISKOEMISYJNA"])
def test_search_finds_an_objective_in_both_languages(page: Page, typed: str) -> None:
    find(page, typed)
    expect(page.locator("#card h2")).to_contain_text("Niskoemisyjna")


def test_the_card_shows_the_way_up_with_quotes(page: Page) -> None:
    find(page, "I.2 łódzkie")
    way = page.locator("#way-up")
    expect(way).to_contain_text("I.2 łódzkie wpisuje się w CT 1")
    expect(way).to_contain_text("objective 1 serves smart growth")
    expect(way).to_contain_text("Plan dla testu, s. 7")
    expect(way.locator(".basis.stated").first).to_be_visible()
    assert not any("Niskoemisyjna" in name for name in drawn(page))
    expect(page.locator(".facts")).to_contain_text("Klastry")


def test_a_click_on_a_box_opens_its_card(page: Page) -> None:
    page.locator("#drawn").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


def test_a_programme_opens_into_its_parts_and_closes_again(page: Page) -> None:
    before = drawn(page)
    find(page, "RPO WŁ")
    page.click("#only")
    page.click("#open-parts")
    assert any("Oś pierwsza łódzkie" in name for name in drawn(page))
    page.click("#open-parts")
    page.click("#close-card")
    assert drawn(page) == before


def test_the_legend_filters_links(page: Page) -> None:
    find(page, "CT 4")
    expect(page.locator("#way-up")).to_contain_text("objective 4 serves growth")
    page.click("[data-basis=inferred]")
    expect(page.locator("#way-up")).not_to_contain_text("objective 4 serves growth")


def test_the_language_switches_and_the_link_remembers(page: Page) -> None:
    find(page, "I.2 łódzkie")
    page.click("#language")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#way-up h3")).to_have_text("The way up, and where it is written")
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#card h2")).to_have_text("I.2 Inwestycje łódzkie")


def test_clusters_in_lodzkie_are_two_clicks(page: Page) -> None:
    page.get_by_label("łódzkie").first.check()
    page.get_by_label("Klastry").first.check()
    shown = " | ".join(drawn(page))
    assert "Inwestycje łódzkie" in shown
    assert "śląskie" not in shown
    expect(page.locator("#selected")).to_have_text("1 pozycja")


def test_the_table_sorts_and_gives_csv(page: Page) -> None:
    page.click("#tab-table")
    expect(page.locator("table.lineage tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Działanie", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Działanie")
    with page.expect_download() as download:
        page.click("#csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["id"] for row in rows} == {"rpo-lodzkie/1.2", "rpo-lodzkie/1.3", "rpo-slaskie/1.2"}


def test_money_flows_to_the_euro(page: Page) -> None:
    page.click("#tab-flow")
    expect(page.locator("#view-flow .lead strong")).to_have_text("2 469 334 EUR".replace(" ", "\u00a0", 2))
    values = page.locator(".sankey .bar-group").evaluate_all(
        "bars => bars.map(bar => Number(bar.dataset.value))"
    )
    assert sum(value for value in values) == 4 * 2_469_334


def test_the_matrix_compares_regions_in_one_click(page: Page) -> None:
    page.click("#tab-matrix")
    row = page.locator("table.matrix tbody tr", has_text="śląskie")
    expect(row.locator("td").first).to_have_attribute("title", "1\u00a0234\u00a0567 EUR")


def test_hostile_labels_show_as_text(page: Page) -> None:
    find(page, "hostile")
    expect(page.locator("#card h2")).to_contain_text("</script><img src=x onerror=alert(1)>")
    assert page.locator("img").count() == 0


def test_svg_stands_alone(page: Page) -> None:
    with page.expect_download() as download:
        page.click("#svg")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    assert "RPO łódzkie" in text
    assert "<script" not in text


def test_the_file_names_no_other_place_to_load_from(page_file: Path) -> None:
    text = page_file.read_text(encoding="utf-8")
    assert "default-src 'none'" in html.unescape(text)
    for load in ('src="http', "src='http", "<link ", "@import", "cdnjs", "jsdelivr"):
        assert load not in text


def test_json_cannot_end_its_script() -> None:
    assert "<" not in as_json({"label": "</script><!--"})


def test_a_focus_that_is_not_there_is_an_error(small_graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="rpo-nowhere"):
        explorer(small_graph, focus=ID["rpo-nowhere"])


def test_two_pages_of_one_graph_are_equal(small_graph: Graph) -> None:
    assert explorer(small_graph) == explorer(small_graph)
