"""The digests of national strategies read back against the facts, element by element."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

CORPUS = Path(__file__).parents[2] / "corpus"
FACTS = Path(__file__).parents[2].parent / "shared" / "facts" / "national-strategies.yaml"
SEED = FACTS.parents[1] / "seeds" / "klastry-w-nowej-perspektywie-2014-2020.txt"
AGAIN = "mend corpus/authoring and run python -m nurt.corpus.authoring FACTS_DIR"

DOCUMENTS: list[dict[str, Any]] = (
    yaml.safe_load(FACTS.read_text(encoding="utf-8"))["documents"] if FACTS.is_file() else []
)
pytestmark = pytest.mark.skipif(not DOCUMENTS, reason="the maintainers' facts are not beside the checkout")
each_document = pytest.mark.parametrize("fact", DOCUMENTS, ids=lambda fact: fact["id"])

PRIORITIES = {
    "e2020:prio:smart": "Rozwój inteligentny",
    "e2020:prio:sustainable": "Rozwój zrównoważony",
    "e2020:prio:inclusive": "Rozwój sprzyjający włączeniu społecznemu",
}


def digest(name: str, folder: str = "national") -> LexborHTMLParser:
    return LexborHTMLParser((CORPUS / folder / f"{name}.html").read_text(encoding="utf-8"))


def rows(document: LexborHTMLParser | LexborNode, kind: str) -> list[list[str]]:
    found = [[cell.text() for cell in row.css("td")] for row in document.css(f"table.{kind} tr")]
    return [cells for cells in found if cells]


def cite(keys: list[str]) -> str:
    return " ".join(f"[{key}]" for key in dict.fromkeys(keys))


def fact_of(name: str) -> dict[str, Any]:
    return next(fact for fact in DOCUMENTS if fact["id"] == name)


def test_there_are_seventeen() -> None:
    assert len(DOCUMENTS) == 17


@each_document
def test_title_page(fact: dict[str, Any]) -> None:
    document = digest(fact["id"])
    identity = {
        row.css_first("th").text(): row.css_first("td").text() for row in document.css("table.identity tr")
    }
    assert document.css_first("h1").text() == fact["title_pl"], AGAIN
    assert identity.get("Skrót") == fact.get("acronym")
    assert identity.get("Tytuł w języku angielskim") == fact.get("title_en")
    assert identity.get("Ogłoszenie") == fact.get("official_publication")
    assert identity["Źródła"] == cite(fact["src"])
    if "date" in fact:
        assert identity["Data"] == fact["date"], AGAIN


@each_document
def test_objectives_in_headings_and_in_the_table(fact: dict[str, Any]) -> None:
    document = digest(fact["id"])
    objectives = fact.get("objectives", [])
    table = rows(document, "objectives")
    assert [(cells[0], cells[2], cells[3], cells[4]) for cells in table] == [
        (o["code"], o["title_pl"], o.get("parent", ""), cite(o["src"])) for o in objectives
    ], f"{fact['id']}: {AGAIN}"
    headings = [node.text() for node in document.css("h3, h4, h5")]
    for objective in objectives:
        ending = f" {objective['code']}. {objective['title_pl']}"
        assert sum(heading.endswith(ending) for heading in headings) == 1, f"{fact['id']}: {ending}; {AGAIN}"
    if main := fact.get("main_objective_pl"):
        assert f"Cel główny: {main}" in headings
    elif "Cel główny" in " ".join(headings):
        pytest.fail(f"{fact['id']}: a main objective out of nothing")


def test_counts_of_objectives() -> None:
    counts = {fact["id"]: len(fact.get("objectives", ())) for fact in DOCUMENTS if fact.get("objectives")}
    assert sum(counts.values()) == 46
    for name, count in counts.items():
        assert len(rows(digest(name), "objectives")) == count


def test_draft_objectives_are_marked_as_from_a_draft() -> None:
    items = fact_of("srk-2020")["draft_objectives"]["items"]
    document = digest("srk-2020")
    assert len(items) == 8
    section = next(page for page in document.css("section.page") if page.css_first("p.draft") is not None)
    assert section.css_first("h2").text() == "Cele i kierunki z projektu strategii"
    for item in items:
        heading = next(node for node in section.css("h4") if node.text().endswith(item["title_pl"]))
        assert f" {item['code']}. " in heading.text()
    marks = [
        node.text() for node in section.css("p") if node.text().startswith("Pozycja z projektu strategii.")
    ]
    assert len(marks) == 8, AGAIN
    others = [page for page in document.css("section.page") if page.attributes != section.attributes]
    assert not any(item["title_pl"] in page.text() for page in others for item in items)


@each_document
def test_every_link_is_said_with_its_source(fact: dict[str, Any]) -> None:
    document = digest(fact["id"])
    table = rows(document, "coherence")
    links = fact.get("implements", [])
    assert [cells[2] for cells in table] == [cite(link["src"]) for link in links], f"{fact['id']}: {AGAIN}"
    headings = [node.text() for node in document.css("h2")]
    has_chapter = any("Spójność z dokumentami strategicznymi" in text for text in headings)
    assert has_chapter == bool(links or fact.get("implemented_by"))
    sentences = [node.text() for node in document.css("p") if fact["title_pl"] in node.text()]
    assert len(sentences) >= len(links)
    for name in fact.get("implemented_by", ()):
        assert any(fact_of(name)["title_pl"] in node.text() for node in document.css("li"))


def test_national_reform_programme() -> None:
    fact, document = fact_of("kpr-2011"), digest("kpr-2011")
    assert rows(document, "areas") == [
        [a["code"], a["title_pl"], PRIORITIES[a["europe_2020_priority"]], cite(a["src"])]
        for a in fact["areas"]
    ]
    found = [(cells[0], cells[1], cells[4]) for cells in rows(document, "targets")]
    assert found == [(t["label_pl"], t["value"], cite(t["src"])) for t in fact["targets"]]
    assert len(found) == 8


def test_partnership_agreement() -> None:
    fact, document = fact_of("umowa-partnerstwa"), digest("umowa-partnerstwa")
    found = rows(document, "programmes")
    assert [(cells[0], cells[5]) for cells in found] == [
        (p["cci"], f"{p['eu_eur']:,}".replace(",", "\u00a0")) for p in fact["programmes"]
    ]
    assert len(found) == 24
    objectives = [", ".join(str(n) for n in p["thematic_objectives"]) or "–" for p in fact["programmes"]]
    assert [cells[4] for cells in found] == objectives
    assert len(rows(document, "thematic")) == 11


def test_specialisations_and_key_clusters() -> None:
    kis, kkk = fact_of("kis"), fact_of("kkk")
    found = [(cells[0], cells[1]) for cells in rows(digest("kis"), "specialisations")]
    assert found == [(s["code"], s["title_pl"]) for s in kis["specialisations_current_numbering"]]
    earlier = [(cells[0], cells[1]) for cells in rows(digest("kis"), "earlier")]
    assert earlier == [(area["area"], item) for area in kis["earlier_list_19"] for item in area["items"]]
    clusters = [(cells[0], cells[1]) for cells in rows(digest("kkk"), "clusters")]
    assert clusters == [
        (c["name"], c.get("coordinator", "nieznane")) for entry in kkk["rounds"] for c in entry["clusters"]
    ]


@pytest.mark.skipif(not SEED.is_file(), reason="the article is not beside the checkout")
def test_survey_figures_are_those_of_the_article() -> None:
    article = SEED.read_text(encoding="utf-8")
    found = rows(digest("klastry-2014-2020", "studies"), "survey")
    assert len(found) == 18
    for question, answer, share, number, _ in found:
        assert f"{share}%" in article, f"{question}, {answer}: {AGAIN}"
        assert number == "150"
        assert "n = 150" in article
    assert len({(cells[0], cells[1]) for cells in found}) == 18
    digest_text = digest("klastry-2014-2020", "studies").body
    assert digest_text is not None
    for long in sentences_of(article):
        assert long not in digest_text.text(), "the digest says it in its own words"


def sentences_of(text: str) -> list[str]:
    """The article's longer sentences, line breaks mended."""
    mended = " ".join(text.replace("-\n", "").split())
    return [part.strip() for part in mended.split(".") if len(part.split()) >= 8]
