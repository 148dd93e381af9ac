"""Whatever documents print as names, quotes and addresses shows as text, in every view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from rdflib import DCTERMS, SKOS, Literal

from nurt.ontology.namespace import NURT
from nurt.viz.explorer import explorer

from .conftest import Builder, opened

pytestmark = pytest.mark.browser

SCRIPT = "</script><img src=x onerror=alert({})>"
ADDRESS = "javascript:alert(1)"


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph in which every name, code, quote, title and address means harm."""
    make = Builder()

    def name(number: int) -> str:
        return SCRIPT.format(number)

    europe = make.element("europe-2020", NURT.Strategy, name(0), name(1))
    smart = make.element("europe-2020/priority/smart-growth", NURT.Priority, name(2), name(3))
    make.link(smart, NURT.partOf, europe, name(4), NURT.coded)
    objective = make.element("thematic-objective/1", NURT.ThematicObjective, name(5), name(6), name(7))
    make.link(objective, NURT.contributesTo, smart, name(8))
    region = make.element("region/lodzkie", NURT.Region, name(9))
    programme = make.element("rpo-lodzkie", NURT.RegionalProgramme, name(10), acronym=name(11))
    make.link(programme, NURT.coversRegion, region, name(12))
    axis = make.element("rpo-lodzkie/1", NURT.PriorityAxis, name(13), code=name(14))
    make.link(axis, NURT.partOf, programme, name(15), NURT.coded)
    make.link(axis, NURT.addresses, objective, name(16), NURT.coded)
    make.money(axis, 1_000, objective)
    measure = make.element("rpo-lodzkie/1.2", NURT.Measure, name(17), code=name(18))
    make.link(measure, NURT.partOf, axis, name(19))
    people = make.element("beneficiary-type/clusters", NURT.BeneficiaryType, name(20), name(21))
    make.link(measure, NURT.eligible, people, name(22))
    for thing in (europe, programme, measure):
        make.graph.add((thing, DCTERMS.source, Literal(ADDRESS)))
        make.graph.add((thing, SKOS.altLabel, Literal(name(23))))
    make.graph.set((make.document, DCTERMS.title, Literal(name(24), lang="pl")))
    make.graph.add((make.document, DCTERMS.source, Literal(ADDRESS)))
    path = tmp_path_factory.mktemp("hostile") / "explorer.html"
    path.write_text(explorer(make.built()), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, hostile_file: Path) -> Iterator[Page]:
    """The page; any dialog, request, refusal or message of the console fails the test."""
    with opened(browser, hostile_file) as made:
        yield made


def harmless(page: Page) -> None:
    """No element has come of a name, and no link runs anything."""
    assert page.locator("img, iframe, object, embed").count() == 0
    addresses = page.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert not [address for address in addresses if address.startswith("javascript")]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_view_shows_hostile_names_as_text(page: Page, language: str) -> None:
    if language == "en":
        page.click("#language")
    for view in ("graph", "table", "flow", "matrix", "about"):
        page.click(f"#tab-{view}")
        harmless(page)
        assert "onerror=alert" in (page.locator("body").text_content() or ""), view
    page.click("#tab-table")
    with page.expect_download() as download:
        page.click("#csv")
    assert "onerror" in Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_search_and_card_show_them_as_text(page: Page) -> None:
    page.fill("#search", "onerror")
    assert page.locator("#found [role=option]").count() >= 5
    harmless(page)
    page.fill("#search", "alert(17)")
    page.keyboard.press("Enter")
    card = page.locator("#card")
    expect(card.locator("h2")).to_contain_text(SCRIPT.format(17))
    for number in (8, 16, 19, 22):
        expect(card).to_contain_text(SCRIPT.format(number))
    expect(card.locator("span.source").first).to_have_text(ADDRESS)
    harmless(page)
    for export in ("#svg", "#png"):
        with page.expect_download():
            page.click(export)
    harmless(page)


def test_a_hostile_address_names_nothing_and_harms_nothing(page: Page, hostile_file: Path) -> None:
    page.goto("about:blank")
    page.goto(
        f"{hostile_file.as_uri()}#focus={SCRIPT.format(1)}&view=<b>&lang=xx&sort=__proto__:up&period=x&basis=constructor&level=constructor"
    )
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#card")).to_be_hidden()
    page.click("#tab-table")
    expect(page.locator("table.lineage tbody tr")).to_have_count(1)
    harmless(page)


def test_nothing_is_left_out_of_the_words(repository: Path) -> None:
    import json
    import re

    words: dict[str, Any] = json.loads((repository / "viz/templates/words.json").read_text(encoding="utf-8"))
    assert all(len(pair) == 2 and all(pair) for pair in words.values())
    used = set()
    for script in (repository / "viz" / "templates").glob("*.js"):
        used |= set(re.findall(r"""\b(?:t|plural)\("([\w.]+)\"""", script.read_text(encoding="utf-8")))
    template = (repository / "viz/templates/explorer.html.j2").read_text(encoding="utf-8")
    used |= set(re.findall(r'data-w(?:-\w+)?="([\w.]+)"', template))
    assert used - set(words) == set(), "words.json lacks these"
