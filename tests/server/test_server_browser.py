"""The query page, the pages of things and the explorer in a real browser, which asks this server alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, server) -> Iterator[Page]:
    """A page of the server; the test fails on a request to others, a dialog or an error on the console."""
    context = browser.new_context(base_url=server.url, accept_downloads=True, locale="en-GB")
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("request", lambda sent: trouble.append(sent.url) if not _own(sent.url, server.url) else None)
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("dialog", lambda dialog: trouble.append(dialog.message))
    yield opened
    context.close()
    assert trouble == []


def _own(address: str, url: str) -> bool:
    return address.startswith((url, "data:", "blob:"))


def test_an_example_is_chosen_run_and_saved(page: Page, tmp_path: Path) -> None:
    page.goto("/query")
    page.wait_for_selector("html[data-ready]")
    page.select_option("#examples", "lineage-of-measure")
    assert "rpo-lodzkie/1.2" in page.input_value("#text")
    page.click("#run")
    expect(page.locator("#status")).to_contain_text("rows")
    rows = page.locator("#answer tbody tr")
    assert rows.count() >= 5
    expect(page.locator("#answer thead th").first).to_have_text("child")
    with page.expect_download() as saving:
        page.click("#downloads button:has-text('CSV')")
    path = tmp_path / "answer.csv"
    saving.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == rows.count() + 1
    page.locator("#answer").get_by_role("link", name="europe-2020", exact=True).first.click()
    page.wait_for_url("**/page/europe-2020*")
    expect(page.locator("h1")).to_have_text("Europe 2020")


def test_a_query_is_typed_and_errors_and_markup_stay_text(page: Page) -> None:
    page.goto("/query#query=" + "SELECT%20%3Fx%20WHERE%20%7B%20%3Fx%20a")
    page.wait_for_selector("html[data-ready]")
    page.locator("#text").press("Control+Enter")
    expect(page.locator("#error")).to_contain_text("line 1, column")
    page.fill("#text", 'SELECT ("<img src=x onerror=alert(1)>" AS ?x) (<javascript:alert(1)> AS ?y) WHERE {}')
    page.click("#run")
    expect(page.locator("#answer td").first).to_have_text("<img src=x onerror=alert(1)>")
    assert page.locator("#answer a, #answer img").count() == 0
    expect(page.locator("#error")).to_be_hidden()
    page.fill("#text", "ASK { ?x a nurt:Fund }")
    page.click("#run")
    expect(page.locator("#answer")).to_have_text("Yes")
    page.fill("#text", "CONSTRUCT { ?x a nurt:Fund } WHERE { ?x a nurt:Fund }")
    page.click("#run")
    expect(page.locator("#answer pre")).to_contain_text("https://w3id.org/nurt/id/fund/erdf")
    expect(page.locator("#downloads")).to_contain_text("Turtle")


def test_a_query_that_takes_long_is_stopped_by_hand(page: Page) -> None:
    page.goto("/query")
    page.wait_for_selector("html[data-ready]")
    page.fill("#text", "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }")
    page.click("#run")
    page.click("#stop")
    expect(page.locator("#status")).to_have_text("Stopped.")
    expect(page.locator("#run")).to_be_enabled()


def test_a_page_leads_into_the_explorer_at_its_thing(page: Page) -> None:
    page.goto("/id/rpo-lodzkie/I.2")
    expect(page.locator("h1")).to_contain_text("I.2 Inwestycje przedsiębiorstw")
    page.click("text=Show in the explorer")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#card h2")).to_contain_text("I.2 Inwestycje przedsiębiorstw")


def test_a_page_of_another_origin_may_ask(browser: Browser, server, hasty) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{hasty.url}/health")
    rows = page.evaluate(
        """async (address) => {
          const headers = {
            "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" };
          const body = "SELECT ?f WHERE { ?f a nurt:Fund }";
          const response = await fetch(address, { method: "POST", body, headers });
          return (await response.json()).results.bindings.length;
        }""",
        f"{server.url}/sparql",
    )
    context.close()
    assert rows > 2
