"""Filters, search and focus together: what was asked for stays, and every number leads to what it is of."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import downloaded, numbers

pytestmark = pytest.mark.browser

REGIONAL = 16


def data(page: Any) -> dict[str, Any]:
    """What the page carries."""
    found: dict[str, Any] = json.loads(page.locator("#data").text_content())
    return found


def test_every_kind_of_thing_has_a_card(reader: Any) -> None:
    """One thing of each kind and level that has links; the page fails the test on any error."""
    page = reader.page
    nodes = data(page)["nodes"]
    linked = {end for ends in data(page)["claims"][:2] for end in ends}
    kinds = {
        (nodes["kind"][at], nodes["level"][at]): nodes["id"][at]
        for at in range(len(nodes["id"]))
        if at in linked
    }
    assert len(kinds) > REGIONAL
    for name in kinds.values():
        page.evaluate("address => { location.hash = address; }", f"view=table&wide=1&focus={name}")
        expect(page.locator("#card-title")).not_to_be_empty()


def test_specialisations_have_a_card_with_their_parts(reader: Any) -> None:
    reader.look_for("inteligentne specjalizacje")
    expect(reader.page.locator("#card-title")).to_contain_text("Krajowe Inteligentne Specjalizacje")


def test_a_thing_and_a_region_typed_together_become_filters(reader: Any) -> None:
    page = reader.page
    reader.look_for("klastry łódzkie")
    chips = page.locator("#chips button")
    assert {text.split(":")[0] for text in chips.all_text_contents()} == {"Region", "Typ beneficjenta"}
    programmes = {row["programme"] for row in downloaded(page)}
    assert "RPO łódzkie" in programmes
    assert not [name for name in programmes if name.startswith("RPO ") and name != "RPO łódzkie"]
    assert reader.interactions <= 5
    chips.filter(has_text="Region").click()
    expect(chips).to_have_count(1)
    assert len({row["programme"] for row in downloaded(page)}) > len(programmes)


def test_search_says_how_many_more_there_are(reader: Any) -> None:
    page = reader.page
    page.fill("#search", "wsparcie")
    expect(page.locator("#found .nothing")).to_have_text(re.compile(r"^Jeszcze \d+"))
    page.fill("#search", "lodzkie")
    assert not [text for text in page.locator("#found li").all_text_contents() if "Mobilna" in text]


def test_a_filter_holds_for_what_is_looked_for_afterwards(reader: Any) -> None:
    reader.facet("region", "łódzkie").check()
    reader.look_for("klastry")
    shown = [text for text in reader.drawn() if "Regionalny Program" in text]
    assert shown
    assert all("Łódzkiego" in text for text in shown)
    ways = reader.page.locator("#way-up .link-line").all_text_contents()
    assert not [text for text in ways if "Województ" in text and "Łódzkiego" not in text]


def test_a_focus_becomes_a_filter_when_another_is_added(reader: Any) -> None:
    reader.look_for("klastry")
    reader.facet("region", "łódzkie").check()
    assert reader.facet("beneficiary", "klastry").is_checked()


def test_a_closed_card_leaves_the_selection_of_the_table(reader: Any) -> None:
    page = reader.page
    reader.look_for("klastry")
    page.click("#tab-table")
    before = len(downloaded(page))
    page.click("#close-card")
    expect(page.locator("#card")).to_be_hidden()
    assert len(downloaded(page)) == before
    page.click("#scope-chip")
    assert len(downloaded(page)) > before


def test_on_a_phone_a_tab_shows_its_view_and_not_the_filters(open_whole: Any) -> None:
    with open_whole(viewport={"width": 390, "height": 844}) as reader:
        reader.page.click("#filters")
        reader.facet("region", "łódzkie").check()
        reader.page.click("#filters")
        reader.page.click("#filters")
        reader.page.evaluate("document.getElementById('tab-table').click()")
        expect(reader.page.locator("#side")).to_be_hidden()
        expect(reader.page.locator("table.lineage")).to_be_visible()


def cell(page: Any, region: str, objective: str) -> Any:
    heads = page.locator("table.matrix thead th").all_text_contents()
    column = next(at for at, head in enumerate(heads) if head.startswith(objective))
    row = page.locator("table.matrix tbody tr").filter(
        has=page.locator("th", has_text=re.compile(f"^{region}$"))
    )
    return row.locator("td").nth(column - 1)


@pytest.mark.parametrize(("region", "objective"), [("śląskie", "CT 4"), ("mazowieckie", "CT 3")])
def test_an_amount_of_the_matrix_leads_to_its_axes_to_the_euro(
    reader: Any, region: str, objective: str
) -> None:
    page = reader.page
    page.click("#tab-matrix")
    amount = cell(page, region, objective)
    shown = numbers(amount.get_attribute("title"))
    amount.locator("button").click()
    expect(page.locator("#tab-flow")).to_have_attribute("aria-selected", "true")
    assert numbers(page.locator("#view-flow .lead strong").first.inner_text()) == shown > 0
    assert "ink-measure" in page.locator(".sankey").inner_html(), "the axes that bear it are drawn"


def test_a_number_of_measures_leads_to_these_measures(reader: Any) -> None:
    page = reader.page
    page.click("#tab-matrix")
    page.get_by_role("button", name="Liczba działań").click()
    shown = numbers(cell(page, "śląskie", "CT 4").inner_text())
    cell(page, "śląskie", "CT 4").locator("button").click()
    rows = downloaded(page)
    assert {row["programme"] for row in rows} == {"RPO śląskie"}
    lowest = [row for row in rows if row["sub_measure"] or row["measure"]]
    wholes = {row["id"] for row in lowest}
    parts = {row["id"].rsplit(".", 1)[0] for row in lowest if row["sub_measure"]}
    assert len(wholes - parts) == shown > 0


def test_the_matrix_follows_the_focus(reader: Any) -> None:
    page = reader.page
    reader.look_for("CT 4")
    page.click("#tab-matrix")
    filled = [
        at
        for at, text in enumerate(
            page.locator("table.matrix tbody tr").first.locator("td").all_text_contents()
        )
        if text != "—"
    ]
    assert len(filled) == 2, "the objective and the sum"
    page.click("#scope-chip")
    more = page.locator("table.matrix tbody tr").first.locator("td").all_text_contents()
    assert len([text for text in more if text != "—"]) > len(filled)


def test_the_flow_follows_the_focus(reader: Any) -> None:
    page = reader.page
    page.click("#tab-flow")
    everything = numbers(page.locator("#view-flow .lead strong").first.inner_text())
    page.click("#tab-graph")
    reader.look_for("RPO WŁ")
    page.click("#tab-flow")
    own = numbers(page.locator("#view-flow .lead strong").first.inner_text())
    assert 0 < own < everything
    page.click("#scope-chip")
    assert numbers(page.locator("#view-flow .lead strong").first.inner_text()) == everything


def test_a_row_is_as_sure_as_the_way_to_its_objective(reader: Any) -> None:
    """The link of the measure to CT 4 is inferred; what its programme is linked with adds nothing to that."""
    page = reader.page
    reader.look_for("4.2 śląskie")
    guessed = page.locator("#way-up .link", has_text=re.compile("^4.2 .*CT 4", re.DOTALL)).first
    expect(guessed.locator(".basis.inferred").first).to_be_visible()
    page.click("#tab-table")
    (row,) = [row for row in downloaded(page) if row["id"] == "rpo-slaskie/4.2"]
    assert row["basis"] == "wywnioskowana"


def test_what_has_no_name_shows_its_kind_and_code_never_an_id(reader: Any) -> None:
    page = reader.page
    nodes = data(page)["nodes"]
    nameless = [
        nodes["id"][at]
        for at in range(len(nodes["id"]))
        if not nodes["pl"][at] and not nodes["en"][at] and nodes["code"][at]
    ]
    assert nameless, "some axes have no name in the corpus"
    page.click("#tab-table")
    cells = {text for row in downloaded(page) for column, text in row.items() if column != "id"}
    assert not cells & set(nameless)
    assert not [text for text in cells if re.search(r"\b(?:rpo|po)-[a-z-]+/", text)]


def test_an_objective_shows_the_programmes_that_serve_it(reader: Any) -> None:
    reader.look_for("CT 3")
    assert sum("Regionalny Program Operacyjny" in text for text in reader.drawn()) == REGIONAL
    below = reader.page.locator("#way-down li")
    named = [text for text in below.all_text_contents() if text.startswith("1.5 ")]
    assert named
    assert all("·" in text for text in named), "each with its programme"


def test_on_a_phone_the_card_gives_the_evidence_too(open_whole: Any) -> None:
    with open_whole(viewport={"width": 390, "height": 844}) as reader:
        reader.look_for("I.2 łódzkie")
        quote = reader.page.locator("#way-up .link blockquote").first
        quote.scroll_into_view_if_needed()
        expect(quote).to_be_visible()
        expect(reader.page.locator("#way-up figcaption").first).to_contain_text(re.compile(r", s\. \d"))


def test_the_region_that_was_typed_comes_before_one_that_holds_its_name(reader: Any) -> None:
    reader.look_for("gospodarka niskoemisyjna śląskie")
    expect(reader.page.locator("#card .card-level")).to_contain_text("RPO śląskie")


def test_words_of_the_table_stay_in_their_columns(reader: Any) -> None:
    page = reader.page
    page.click("#tab-table")
    wide = page.locator("table.lineage td").evaluate_all(
        "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    )
    assert wide == []
