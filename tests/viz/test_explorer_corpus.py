"""The explorer of the shipped corpus, used as a reader uses it: opening, search, focus, facets, keyboard."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from nurt.graph.store import Graph
from nurt.queries.links import load_links

from .conftest import downloaded, numbers, planned

pytestmark = pytest.mark.browser

Opens = Callable[..., AbstractContextManager[Any]]
VIEWS = ("graph", "table", "flow", "matrix", "about")
REGIONAL = 16
LARGEST_MB = 3.0
USABLE_MS = 1500
# The same page takes twice as long where the two cores are busy with other tests.
MARGIN = 2.0


def test_the_file_is_small_and_soon_usable(whole_file: Path, open_whole: Opens) -> None:
    assert whole_file.stat().st_size <= LARGEST_MB * 1e6
    times = []
    for _ in range(3):
        with open_whole() as reader:
            times.append(int(reader.page.get_attribute("html", "data-ready") or "0"))
    assert min(times) <= USABLE_MS * MARGIN, f"usable after {times} ms"


def test_opens_on_a_lineage_that_stands_still(reader: Any) -> None:
    shown = reader.drawn()
    for name in (
        "Europa 2020",
        "Rozwój inteligentny",
        "CT 3",
        "Województwa Łódzkiego",
        "Inteligentny Rozwój",
    ):
        assert any(name in text for text in shown), name
    assert sum("Regionalny Program Operacyjny" in text for text in shown) == REGIONAL
    assert not [text for text in shown if text.startswith(("Działanie", "Poddziałanie", "Oś"))]
    assert not [text for text in shown if re.match(r"Priorytet.*: \d", text)], "priorities bear no number"
    levels = ["Strategia: Europa 2020", "Rozwój inteligentny", "CT 3", "Regionalny Program Operacyjny"]
    across = [reader.place(name)[0] for name in levels]
    assert across == sorted(across), "columns run from Europe 2020 to the programmes"
    assert reader.place("CT 3") == reader.place("CT 3")


FOUND = {
    "I.2 łódzkie": "rpo-lodzkie/1.2",
    "i.2 lodzkie": "rpo-lodzkie/1.2",
    "RPLD.01.02": "rpo-lodzkie/1.2",
    "RPLD.01.02.00": "rpo-lodzkie/1.2",
    "CT 3": "thematic-objective/3",
    "TO 3": "thematic-objective/3",
    "ct3": "thematic-objective/3",
    "PI 3c": "investment-priority/erdf-3c",
    "IP 3c": "investment-priority/erdf-3c",
    "klastry": "beneficiary-type/clusters",
    "clusters": "beneficiary-type/clusters",
    "rozwoj inteligentny": "europe-2020/priority/smart-growth",
    "smart growth": "europe-2020/priority/smart-growth",
    "RPO WŁ": "rpo-lodzkie",
    "POIR": "po-inteligentny-rozwoj",
    "PO IR": "po-inteligentny-rozwoj",
    "województwo śląskie": "region/slaskie",
}


def test_search_takes_names_acronyms_and_codes(reader: Any) -> None:
    wrong = {}
    for typed, meant in FOUND.items():
        reader.look_for(typed)
        if f"focus={meant}&" not in f"{reader.page.url}&":
            wrong[typed] = reader.page.url.partition("#")[2]
    assert not wrong


def test_search_shows_hits_as_one_types(reader: Any) -> None:
    reader.page.locator("#search").press_sequentially("klast")
    reader.click(reader.page.locator("#found [role=option]").filter(has_text=re.compile("^klastry")).first)
    expect(reader.page.locator("#card h2")).to_contain_text("klastry")


def test_a_click_on_a_box_lights_its_way_and_fades_the_rest(reader: Any) -> None:
    x, y = reader.place("CT 10")
    before = reader.page.screenshot(clip={"x": x - 30, "y": y - 8, "width": 60, "height": 16})
    reader.click_box("CT 1 ")
    expect(reader.page.locator("#card h2")).to_contain_text("CT 1")
    lit, faded = reader.drawn(lit=True), reader.drawn(lit=False)
    assert any("Europa 2020" in text for text in lit)
    assert any("Rozwój inteligentny" in text for text in lit)
    assert any("CT 10" in text for text in faded)
    assert any("sprzyjający włączeniu" in text for text in faded)
    x, y = reader.place("CT 10")
    after = reader.page.screenshot(clip={"x": x - 30, "y": y - 8, "width": 60, "height": 16})
    darkest = [
        min(Image.open(io.BytesIO(shot)).convert("L").get_flattened_data()) for shot in (before, after)
    ]
    assert darkest[1] > darkest[0] + 60, "the text of a box off the way is faded"
    reader.page.keyboard.press("Escape")
    expect(reader.page.locator("#card")).to_be_hidden()
    assert not reader.drawn(lit=False)


def test_a_click_on_a_line_shows_where_that_link_is_written(reader: Any) -> None:
    reader.look_for("I.2 łódzkie")
    reader.click_line("Oś priorytetowa: I ", "Działanie: I.2")
    card = reader.page.locator("#card")
    expect(card.locator(".card-level")).to_have_text("Powiązanie")
    expect(card.locator("h2")).to_have_text(re.compile(r"^I\.2 .* → I "))
    assert card.locator("#way-up blockquote").count() >= 1
    assert card.locator("#way-up .basis").count() >= 1
    lit = reader.drawn(lit=True)
    assert any("Europa 2020" in text for text in lit), "what lies above the link"
    address = reader.page.url
    reader.page.goto("about:blank")
    reader.page.goto(address)
    expect(reader.page.locator("#card .card-level")).to_have_text("Powiązanie")


def test_every_link_of_a_card_tells_quote_document_page_and_basis(reader: Any, whole_graph: Graph) -> None:
    reader.look_for("I.2 łódzkie")
    links = reader.page.locator("#way-up .link")
    expect(links.first).to_be_visible()
    for link in links.all():
        assert link.locator(".basis").count() >= 1
        for place in link.locator("figure").all():
            assert place.locator("blockquote").inner_text().strip()
            assert re.search(r", s\. \d+", place.locator("figcaption").inner_text())
        assert link.locator("figure").count() >= 1
    quotes = {q.text for link in load_links(whole_graph) for claim in link.claims for q in claim.quotes}
    for shown in reader.page.locator("#way-up blockquote").all():
        assert (shown.text_content() or "") in quotes
    for address in reader.page.locator("#card a.source").all():
        assert (address.get_attribute("href") or "").startswith("http")
        assert address.get_attribute("rel") == "noopener noreferrer"
    assert reader.page.locator("#way-up a.source").count() >= 1, "a link to the original"


def test_a_card_says_what_is_known_and_what_is_not(reader: Any, whole_graph: Graph) -> None:
    reader.look_for("RPO WŁ")
    card = reader.page.locator("#card")
    expect(card.locator("h2")).to_contain_text("Regionalny Program Operacyjny Województwa Łódzkiego")
    expect(card.locator(".other-name")).to_contain_text("Łódzkie Voivodeship")
    expect(card.locator(".card-level")).to_have_text("Program")
    facts = card.locator(".facts")
    expect(facts).to_contain_text("województwo łódzkie")
    expect(facts).to_contain_text("2014–2020")
    shown = facts.locator("dt", has_text="Środki UE").locator("+ dd strong").inner_text()
    assert numbers(shown) == planned(whole_graph, "rpo-lodzkie/"), "each axis once"
    reader.look_for("RPLD.01.02")
    expect(card.locator("h2")).to_contain_text("I.2")
    for term in ("Program", "Region", "Fundusz", "Środki UE", "Dla kogo", "Rodzaj wsparcia", "Źródła"):
        assert facts.locator("dt", has_text=term).count() >= 1, term
    for_whom = facts.locator("dt", has_text="Dla kogo").locator("+ dd")
    # Its axis supports clusters, which says nothing of the measure itself.
    expect(for_whom.locator(".unknown")).to_have_text("nieznane")
    expect(for_whom.locator(".around").first).to_have_text("I: klastry")
    expect(card.locator(".other-name.unknown")).to_have_text("nazwa angielska nieznana")
    reader.look_for("RPLD.01.02.01")
    expect(for_whom).to_contain_text("konsorcja przedsiębiorstw")
    sides = card.locator("#sides")
    expect(sides).to_contain_text("konsorcja przedsiębiorstw")
    assert sides.locator("blockquote").count() >= 1


def test_table_follows_the_focus_and_can_be_widened(reader: Any) -> None:
    page = reader.page
    reader.look_for("I.2 łódzkie")
    page.click("#tab-table")
    rows = page.locator("table.lineage tbody tr")
    expect(rows).not_to_have_count(0)
    assert all("RPO łódzkie" in row.inner_text() for row in rows.all())
    narrow = rows.count()
    page.click("#scope-chip")
    expect(page.locator("#scope-chip")).to_have_attribute("aria-pressed", "false")
    assert "wide=1" in page.url
    assert rows.count() > narrow


def test_an_address_that_names_nothing_says_so(reader: Any) -> None:
    reader.page.evaluate("location.hash = '#focus=rpo-lodzkie/99.9'")
    lost = reader.page.locator("#lost")
    expect(lost).to_be_visible()
    expect(lost).to_contain_text("rpo-lodzkie/99.9")


def test_a_programme_opens_into_axes_measures_and_who_may_apply(reader: Any) -> None:
    page = reader.page
    reader.click_box("Województwa Łódzkiego")
    page.click("#open-parts")
    assert any("Oś priorytetowa: I " in text for text in reader.drawn())
    page.click("#way-down .to-node >> text=/^I /")
    page.click("#open-parts")
    assert any("Działanie: I.2 " in text for text in reader.drawn())


def test_citation_and_permalink_are_copied(reader: Any) -> None:
    page = reader.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.look_for("I.2 łódzkie")
    page.click("#copy-citation")
    expect(page.locator("#said")).to_have_text("Skopiowano")
    cited = page.evaluate("navigator.clipboard.readText()")
    assert "I.2 Inwestycje przedsiębiorstw w badania i innowacje" in cited
    assert "https://w3id.org/nurt/id/rpo-lodzkie/1.2" in cited
    page.click("#copy-link")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_permalink_brings_back_focus_filters_language_and_view(reader: Any, open_whole: Opens) -> None:
    page = reader.page
    reader.facet("region", "łódzkie").check()
    reader.facet("beneficiary", "klastry").check()
    page.click("[data-basis=inferred]")
    page.click("#tab-table")
    page.click("#language")
    rows = page.locator("table.lineage caption").inner_text()
    with open_whole() as reader:
        other = reader.page
        other.goto(page.url)
        other.reload()
        other.wait_for_selector("html[data-ready]")
        expect(other.locator("html")).to_have_attribute("lang", "en")
        expect(other.locator("#tab-table")).to_have_attribute("aria-selected", "true")
        expect(other.locator("table.lineage caption")).to_have_text(rows)
        expect(other.locator("[data-basis=inferred]")).to_have_attribute("aria-pressed", "false")
        expect(reader.facet("beneficiary", "clusters")).to_be_checked()
    page.go_back()
    expect(page.locator("#tab-graph")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        ("region", "łódzkie"),
        ("programme", "POIR"),
        ("fund", "Europejski Fundusz Społeczny"),
        ("objective", "CT 3"),
        ("level", "Działanie"),
        ("beneficiary", "klastry"),
        ("support", None),
        ("period", "2014–2020"),
    ],
)
def test_each_facet_leaves_as_many_rows_as_it_says(facet: str, value: str | None, reader: Any) -> None:
    page = reader.page
    items = page.locator(f"#facet-{facet} li")
    if not page.locator(f"#facet-{facet}[open]").count():
        page.click(f"#facet-{facet} summary")
    found = items.filter(has_text=re.compile(f"^{re.escape(value)}") if value else re.compile(".")).first
    count = numbers(found.locator(".count").inner_text())
    assert count > 0
    found.locator("input").check()
    assert numbers(page.locator("#selected").inner_text()) == count
    assert not [n for n in items.locator(".count").all_text_contents() if not n.strip()]


def test_beneficiary_types_are_a_hierarchy(reader: Any) -> None:
    tree = reader.page.locator("#facet-beneficiary")
    expect(tree.locator("li.depth-1").first).to_be_visible()
    wide = tree.locator("li", has_text=re.compile(r"^administracja publiczna")).first
    narrow = tree.locator("li", has_text=re.compile(r"^jednostki samorządu")).first
    assert numbers(wide.locator(".count").inner_text()) >= numbers(narrow.locator(".count").inner_text())


def test_the_legend_counts_links_and_filters_them(reader: Any) -> None:
    page = reader.page
    for basis in ("stated", "coded", "inferred", "curated"):
        expect(page.locator(f"[data-basis={basis}] .count")).to_have_text(re.compile(r"\d"))
    page.click("#tab-table")
    assert "z kodu" in {row["basis"] for row in downloaded(page)}
    page.click("[data-basis=coded]")
    without = downloaded(page)
    assert "z kodu" not in {row["basis"] for row in without}
    assert "brak drogi w górę" in {row["basis"] for row in without}
    expect(page.locator("[data-basis=coded]")).to_have_attribute("aria-pressed", "false")


def test_the_keyboard_alone_is_enough(reader: Any) -> None:
    page = reader.page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#drawn")).to_be_focused()
    for key in ("Home", "ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    active = page.locator("#drawn").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()
    name = (page.locator(f"#{active}").text_content() or "").split(": ", 1)[1]
    assert name in (page.locator("#card h2").text_content() or "").strip()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("klastry")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_contain_text("klast")
    page.locator("#tab-graph").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-table")).to_be_focused()
    expect(page.locator("table.lineage")).to_be_visible()


def test_everything_changes_its_language(reader: Any) -> None:
    page = reader.page
    page.click("#language")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for view in VIEWS:
        page.click(f"#tab-{view}")
        shown = page.locator("body").inner_text()
        for polish in ("Szukaj", "Filtry", "Działanie", "Środki", "Dla kogo", "pozycji", "nieznan"):
            assert polish not in shown, f"{view}: {polish}"


def test_dark_and_light_follow_the_system_and_the_switch(open_whole: Opens) -> None:
    with open_whole(color_scheme="dark") as reader:
        page = reader.page
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page.emulate_media(color_scheme="light")
        expect(page.locator("html")).to_have_attribute("data-theme", "light")
        page.click("#theme")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_on_a_phone_nothing_scrolls_sideways(open_whole: Opens) -> None:
    with open_whole(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as reader:
        page = reader.page
        for view in VIEWS:
            page.locator(f"#tab-{view}").tap()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
        page.locator("#tab-graph").tap()
        page.locator("#filters").tap()
        expect(page.locator("#side")).to_be_visible()
        reader.facet("region", "łódzkie").check()
        page.locator("#filters").tap()
        expect(page.locator("#side")).to_be_hidden()
        page.fill("#search", "I.2 łódzkie")
        page.locator("#found [role=option]").first.tap()
        expect(page.locator("#card h2")).to_contain_text("I.2")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
