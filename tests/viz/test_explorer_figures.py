"""What a reader takes away from the explorer: figures, prints, and what is said beside the money."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from nurt.graph.store import Graph

from .conftest import numbers, planned

pytestmark = pytest.mark.browser

Opens = Callable[..., AbstractContextManager[Any]]
SVG = "{http://www.w3.org/2000/svg}"
PHONE = {"viewport": {"width": 390, "height": 800}}
MARGIN = 30  # points, of the 12 mm that paper keeps free


def go(page: Page, address: str) -> None:
    page.evaluate("address => { location.hash = address }", address)
    page.wait_for_timeout(400)


def figure(page: Page) -> ElementTree.Element:
    """The SVG that the page gives."""
    with page.expect_download() as download:
        page.click("#svg")
    return ElementTree.parse(download.value.path()).getroot()


def lettered(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def printed(page: Page, path: Path) -> pypdfium2.PdfDocument:
    page.pdf(path=path, format="A4", print_background=True)
    return pypdfium2.PdfDocument(path)


def text_of(document: pypdfium2.PdfDocument) -> str:
    return " ".join("".join(sheet.get_textpage().get_text_range() for sheet in document).split())


def test_a_figure_says_what_it_shows_and_of_which_data(open_whole: Opens, whole_graph: Graph) -> None:
    with open_whole(color_scheme="dark") as reader:
        page = reader.page
        before = page.evaluate("document.documentElement.dataset.theme")
        root = figure(page)
        words = lettered(root)
        assert words[0] == "Od strategii Europa 2020 do programów i działań"
        for head in ("Strategia", "Priorytet", "Strategie niższego rzędu", "Cel tematyczny", "Program"):
            assert head in words
        assert {"Podstawa powiązań:", "podana wprost", "z kodu"} <= set(words)
        assert words[-1].startswith(f"nurt · wersja {whole_graph.snapshot} · sporządzono ")
        assert not [text for text in words if "…" in text], "names are whole"
        ground = next(root.iter(f"{SVG}rect"))
        assert ground.get("fill") == "#ffffff"
        with page.expect_download() as download:
            page.click("#png")
        picture = Image.open(download.value.path()).convert("RGB")
        assert picture.getpixel((3, 3)) == (255, 255, 255)
        assert before == page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_figure_marks_the_focus_and_names_the_filters(reader: Any) -> None:
    page = reader.page
    go(page, "focus=rpo-lodzkie/1.2&region=region/lodzkie&basis=stated,coded&lang=en")
    root = figure(page)
    words = lettered(root)
    assert words[0].startswith("Lineage: I.2 Inwestycje przedsiębiorstw")
    assert "RPO Łódzkie" in words[0]
    assert "Filters – Region: Łódzkie" in words
    assert "Basis of links: stated, coded" in words
    assert "made on" in words[-1]
    [marked] = [box for box in root.iter(f"{SVG}g") if box.get("data-focus")]
    assert "I.2 Inwestycje" in (marked.findtext(f"{SVG}title") or "")
    assert "3" in {rect.get("stroke-width") for rect in marked.iter(f"{SVG}rect")}


def test_one_lineage_as_a_figure_explains_its_signs_and_overlaps_nothing(reader: Any) -> None:
    page = reader.page
    go(page, "focus=rpo-lodzkie/1.2&only=1")
    root = figure(page)
    assert {"Oś priorytetowa", "Działanie", "Cel tematyczny"} <= set(lettered(root))
    boxes = [
        [float(rect.get(key) or 0) for key in ("x", "y", "width", "height")]
        for group in root.iter(f"{SVG}g")
        for rect in group.findall(f"{SVG}rect")[:1]
        if group.find(f"{SVG}title") is not None
    ]
    assert len(boxes) > 5
    for i, (x, y, wide, high) in enumerate(boxes):
        for other_x, other_y, other_wide, other_high in boxes[i + 1 :]:
            beside = x + wide <= other_x or other_x + other_wide <= x
            assert beside or y + high <= other_y or other_y + other_high <= y


def test_the_flow_as_a_figure(open_whole: Opens, whole_graph: Graph) -> None:
    with open_whole(color_scheme="dark") as reader:
        page = reader.page
        go(page, "view=flow&lang=en")
        root = figure(page)
        words = lettered(root)
        assert words[0] == "Flow of money"
        assert numbers(words[1].partition(" EUR")[0]) == planned(whole_graph)
        assert {"Europe 2020 priority", "Thematic objective", "Programme"} <= set(words)
        assert words[-1].startswith(f"nurt · snapshot {whole_graph.snapshot} · made on ")
        inks = {part.get("fill") for part in root.iter(f"{SVG}rect")}
        assert {"#ffffff", "#0b4a8f", "#00695c", "#9a4a00"} == inks


def test_a_print_of_the_table_holds_every_row_within_the_paper(reader: Any, tmp_path: Path) -> None:
    page = reader.page
    go(page, "view=table&fund=fund/erdf")
    rows = page.locator("table.lineage tbody tr")
    shown, all_rows = rows.count(), numbers(page.locator("table.lineage caption").inner_text())
    assert shown < all_rows
    page.locator("#view-table .scroll").evaluate("box => { box.scrollTop = 700 }")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() == all_rows
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    document = printed(page, tmp_path / "table.pdf")
    assert rows.count() == shown
    assert page.locator("#print-note").count() == 0
    assert page.locator("#view-table .scroll").evaluate("box => box.scrollTop") == 700
    text = text_of(document)
    assert "sporządzono" in text
    assert "Filtry – Fundusz: " in text
    width = document[0].get_width()
    for sheet in (document[0], document[len(document) - 1]):
        letters = sheet.get_textpage()
        boxes = [letters.get_charbox(at) for at in range(letters.count_chars())]
        assert max(right for _, _, right, _ in boxes) <= width - MARGIN
        assert "Najsłabsza" in letters.get_text_range(), "each page has the heads"


def test_a_print_of_the_overview_has_heads_and_says_when(open_whole: Opens, tmp_path: Path) -> None:
    with open_whole(color_scheme="dark") as reader:
        text = text_of(printed(reader.page, tmp_path / "overview.pdf"))
        assert "Strategie niższego rzędu" in text
        assert "nurt · wersja" in text
        assert reader.page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert reader.page.locator("#paper").count() == 0


@pytest.mark.parametrize(
    "narrowing",
    [
        "beneficiary=beneficiary-type/clusters",
        "focus=beneficiary-type/clusters",
        "focus=rpo-lodzkie/1.2",
        "level=sub_measure",
    ],
)
def test_the_money_of_whole_axes_is_said_to_be_that(reader: Any, narrowing: str) -> None:
    go(reader.page, f"view=flow&programme=rpo-lodzkie&{narrowing}")
    expect(reader.page.locator("#view-flow [role=note]")).to_contain_text(["Kwoty całych osi"])
    assert "Kwoty całych osi, do których należą wybrane działania" in " ".join(lettered(figure(reader.page)))


@pytest.mark.parametrize(
    "whole", ["programme=rpo-lodzkie", "focus=rpo-lodzkie/1", "objective=thematic-objective/3", ""]
)
def test_the_money_of_all_that_is_in_the_axes_needs_no_such_word(reader: Any, whole: str) -> None:
    go(reader.page, f"view=flow&lang=pl&{whole}")
    expect(reader.page.locator("#view-flow .lead strong").first).to_contain_text("EUR")
    assert reader.page.locator("#view-flow [role=note]").count() == 0


def test_a_region_counts_the_programmes_of_the_country_whole_and_says_so(reader: Any) -> None:
    go(reader.page, "view=flow&region=region/lodzkie")
    expect(reader.page.locator("#view-flow [role=note]")).to_contain_text(
        ["Programy, które obejmują też inne"]
    )


def test_the_money_of_an_objective_is_the_plan_s(reader: Any) -> None:
    page = reader.page
    go(page, "view=flow")
    total = numbers(page.locator("#view-flow .lead strong").first.inner_text())
    lead = page.locator("#view-flow .lead").first.inner_text()
    without = numbers(re.search(r"w tym ([\d\s]+) EUR bez celu tematycznego", lead)[1])  # type: ignore[index]
    found = 0
    for number in range(1, 12):
        sums = []
        for ask in ("objective", "focus"):
            go(page, f"view=flow&{ask}=thematic-objective/{number}")
            sums.append(numbers(page.locator("#view-flow .lead strong").first.inner_text()))
        assert sums[0] == sums[1], number
        found += sums[0]
    assert found + without == total


@pytest.mark.parametrize("address", ["view=flow", "view=flow&programme=rpo-lodzkie"])
def test_a_phone_shows_the_names_of_the_programmes(open_whole: Opens, address: str) -> None:
    with open_whole(**PHONE) as reader:
        go(reader.page, address)
        names = reader.page.locator(".sankey .bar-name", has_text=re.compile("RPO łódzkie"))
        names.first.scroll_into_view_if_needed()
        expect(names.first).to_contain_text("2,26 mld")
        assert reader.page.locator("#view-flow .scroll").evaluate("box => box.scrollLeft") == 0
        place = names.first.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 390


def test_the_page_about_the_graph_says_what_it_counts(reader: Any) -> None:
    page = reader.page
    page.click("#tab-about")
    about = page.locator("#view-about")
    expect(about.locator("#counted")).to_contain_text("planu finansowego (stan na 2019-04-11)")
    coverage = about.get_by_role("region", name="Pokrycie według programów")
    for programme in ("COSME", "H2020"):
        expect(coverage.locator("tr", has_text=programme)).to_contain_text("poza planem, zob. kartę")
    expect(about.locator("#percent")).to_contain_text("nie jest to zmierzony udział")
    page.click("#language")
    expect(about.locator("#percent")).to_contain_text("how sure a link is")
