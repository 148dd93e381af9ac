"""The explorer of the shipped corpus, used as a reader uses it: with mouse, keyboard and eyes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from nurt.graph.store import Graph
from nurt.ontology.identifiers import short
from nurt.ontology.namespace import ID, NURT
from nurt.queries.links import load_links
from nurt.queries.money import load_allocations

pytestmark = pytest.mark.browser

Opens = Callable[..., AbstractContextManager[Any]]
VIEWS = ("graph", "table", "flow", "matrix", "about")
REGIONAL = 16
LARGEST_MB = 3.0
USABLE_MS = 1500
# The same page takes twice as long where the two cores are busy with other tests.
MARGIN = 2.0


def numbers(text: str) -> int:
    """The whole number that a text shows, whatever groups its digits."""
    return int(re.sub(r"\D", "", text))


def planned(graph: Graph, of: str = "") -> Decimal:
    """What the newest plan gives to the axes of a programme, or to all: from the graph, not from the page."""
    entries = [
        (short(owner), entry)
        for owner, given in load_allocations(graph).items()
        for entry in given
        if entry.currency == "EUR" and entry.as_of
    ]
    newest = max(entry.as_of for _, entry in entries if entry.objective)
    return sum((e.amount for name, e in entries if e.as_of == newest and name.startswith(of)), Decimal(0))


def downloaded(page: Page) -> list[dict[str, str]]:
    """The rows of the CSV that the table gives."""
    with page.expect_download() as download:
        page.click("#csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


# Opening


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


# Search


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


# Focus


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
    sides = card.locator("#sides")
    expect(sides).to_contain_text("klastry")
    assert sides.locator("blockquote").count() >= 1
    expect(card.locator(".other-name.unknown")).to_have_text("nazwa angielska nieznana")


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


# Facets and legend


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


# The other views


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


# For everyone


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


# The three tasks, each in at most five interactions


def test_what_supports_clusters_in_lodzkie_and_whom(reader: Any, whole_graph: Graph) -> None:
    page = reader.page
    reader.click(reader.facet("region", "łódzkie"))
    reader.click(reader.facet("beneficiary", "klastry"))
    reader.click(page.locator("#tab-table"))
    rows = [row.locator("td").all_text_contents() for row in page.locator("table.lineage tbody tr").all()]
    assert rows
    programmes = {row[0] for row in rows}
    assert "RPO łódzkie" in programmes
    assert "POIR" in programmes, "the national level too"
    assert "COSME" in programmes, "and the Union's"
    assert not [name for name in programmes if name.startswith("RPO ") and name != "RPO łódzkie"]
    assert all("klast" in row[-2].lower() for row in rows), "each row says at whom it is aimed"
    reader.click(page.locator("table.lineage tbody tr", has_text="RPO łódzkie").first.locator("button").last)
    expect(page.locator("#sides")).to_contain_text("klast")
    assert reader.interactions <= 5
    named = {
        link.child
        for link in load_links(whole_graph, predicates=(NURT.eligible, NURT.supports))
        if link.parent == ID["beneficiary-type/clusters"] and short(link.child).startswith("rpo-lodzkie/")
    }
    shown = " ".join(cell for row in rows for cell in row[:4])
    for measure in named:
        code = whole_graph.select("SELECT ?c WHERE { ?x nurt:code ?c }", {"x": measure}).rows[0][0]
        assert str(code) in shown


def test_where_the_link_of_i_2_to_smart_growth_is_written(reader: Any) -> None:
    page = reader.page
    reader.look_for("I.2 łódzkie")
    way = page.locator("#way-up .link")
    to_objective = way.filter(has_text=re.compile(r"I .*CT 1", re.DOTALL)).first
    expect(to_objective.locator("blockquote").first).to_be_visible()
    to_priority = way.filter(has=page.locator(".link-line", has_text=re.compile("CT 1.*Rozwój inteligentny")))
    expect(to_priority.locator("blockquote").first).not_to_be_empty()
    expect(to_priority.locator("figcaption").first).to_contain_text(re.compile(r", s\. \d"))
    expect(to_priority.locator(".basis").first).to_be_visible()
    assert reader.interactions <= 5


def test_low_carbon_money_of_two_regions_is_compared(reader: Any, whole_graph: Graph) -> None:
    page = reader.page
    reader.click(page.locator("#tab-matrix"))
    heads = page.locator("table.matrix thead th").all_text_contents()
    column = next(i for i, head in enumerate(heads) if "niskoemisyjn" in head)
    for region, programme in (("śląskie", "rpo-slaskie/"), ("mazowieckie", "rpo-mazowieckie/")):
        row = page.locator("table.matrix tbody tr").filter(
            has=page.locator("th", has_text=re.compile(f"^{region}$"))
        )
        shown = numbers(row.locator("td").nth(column - 1).get_attribute("title") or "")
        entries = [
            entry
            for owner, given in load_allocations(whole_graph).items()
            for entry in given
            if short(owner).startswith(programme) and entry.objective == ID["thematic-objective/4"]
        ]
        newest = max(str(entry.as_of) for entry in entries)
        assert shown == sum(entry.amount for entry in entries if str(entry.as_of) == newest) > 0
    assert reader.interactions <= 5
