"""HTML of each generation of EUR-Lex, of the Commission and of ordinary sites: pages made up for tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nurt.ingest.catalogue import Entry
from nurt.ingest.document import Block, Document
from nurt.ingest.families import extract
from nurt.ingest.readers import read
from nurt.ingest.readers.html_classes import role_of
from nurt.ontology.namespace import ID

Page = Callable[[str], Document]
PAGES = Path(__file__).parent / "pages"


@pytest.fixture
def page(tmp_path: Path) -> Page:
    def made(html: str) -> Document:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        return read(path)

    return made


def written(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


def told(document: Document, *kinds: str) -> list[tuple[str, str, str]]:
    """Marker, path and text of the blocks of some kinds."""
    return [(b.marker, b.path, document.text_of(b)) for b in document.blocks if b.kind in kinds]


def texts(document: Document, *kinds: str) -> list[str]:
    return [text for _, _, text in told(document, *kinds)]


def headings(document: Document) -> list[tuple[int | None, str]]:
    return [(b.level, document.text_of(b)) for b in document.blocks if b.kind == "heading"]


def cells(document: Document) -> list[tuple[int | None, int | None, str]]:
    return [(b.row, b.column, document.text_of(b)) for b in document.blocks if b.kind == "cell"]


def named(document: Document, name: str) -> list[Block]:
    return [b for b in document.blocks if b.name == name]


def test_text_only_pages(page: Page) -> None:
    found = page(written("text-only"))
    assert headings(found) == [
        (1, "COMMISSION OF THE EUROPEAN COMMUNITIES"),
        (1, "COMMUNICATION FROM THE COMMISSION"),
        (1, "1. INTRODUCTION"),
        (2, "1.1. Aims of the policy"),
        (1, "ANNEX"),
    ]
    assert told(found, "list_item") == [
        ("-", "", "Excellence and growth;"),
        ("-", "", "Cooperation between regions."),
    ]
    assert cells(found) == [
        (0, 0, "Region"), (0, 1, "Amount"), (1, 0, "Łódzkie"), (1, 1, "12"), (1, 2, "note"),
        (2, 0, "Śląskie"), (2, 1, "7"),
    ]  # fmt: skip
    assert told(found, "note") == [("[1]", "", "COM(2005) 488."), ("[2]", "", "OJ L 412, 30.12.2006, p. 1.")]
    assert "[9] is no note." in texts(found, "paragraph")
    assert not any("__" in text for text in texts(found, "paragraph"))
    assert "52008DC0999" not in found.text  # the site's own heading stands outside the document


def test_preformatted_acts(page: Page) -> None:
    found = page(
        "<html><body><pre>\nREGULATION (EEC) No 9999/88 made up for a test\n\nArticle 1\n\n"
        "Objectives of the\nCommunity action:\n\n1. promoting development;\n\n2. converting regions.\n"
        "  _______\n</pre></body></html>"
    )
    assert headings(found) == [(3, "Article 1")]
    paths = {text.split("\n")[0]: path for _, path, text in told(found, "paragraph", "list_item")}
    assert paths["1. promoting development;"] == "article/1/1"
    assert paths["2. converting regions."] == "article/1/2"


@pytest.mark.parametrize("prefix", ["", "oj-"])
def test_the_official_journal(page: Page, prefix: str) -> None:
    found = page(written("journal").replace("@", prefix))
    assert texts(found, "header") == ["1.2.2010", "EN", "Official Journal", "L 999/1"]
    assert headings(found) == [
        (1, "REGULATION (EU) No 9999/2010"),
        (2, "CHAPTER I"),
        (2, "Scope"),
        (3, "Article 1"),
        (3, "Subject"),
        (1, "ANNEX I"),
        (2, "1. Rates"),
    ]
    assert told(found, "list_item") == [
        ("(1)", "recital/1", "Clusters matter (1)."),
        ("(a)", "article/1/1/a", "research;"),
        ("(i)", "article/1/1/a/i", "basic;"),
        ("(b)", "article/1/1/b", "innovation."),
    ]
    assert ("2.", "article/1/2", "It ends.") in told(found, "paragraph")
    assert cells(found) == [(0, 0, "Region"), (0, 1, "Rate"), (1, 1, "85 %")]
    assert {b.path for b in found.blocks if b.kind == "cell"} == {"annex/I/1"}
    assert told(found, "note") == [("(1)", "annex/I/1", "OJ C 1, 1.1.2009, p. 1.")]


def test_consolidated_acts_without_their_arrows(page: Page) -> None:
    found = page(written("consolidated"))
    assert texts(found, "header") == ["02010R9999 — EN — 01.01.2015 — 002.001", "A documentation tool."]
    assert [found.text_of(b) for b in found.blocks if b.name in ("modref", "arrow")] == ["►B", "▼B", "▼M1"]
    assert {b.kind for b in found.blocks if b.name in ("modref", "arrow")} == {"note"}
    assert ("1.", "article/1/1", "The fund shall support these:") in told(found, "paragraph")
    assert told(found, "list_item") == [
        ("(a)", "article/1/1/a", "research;"),
        ("(b)", "article/1/1/b", "innovation. (1)"),
    ]
    assert ("(1)", "article/1/1/b", "OJ L 1, 1.1.2014, p. 1.") in told(found, "note")
    assert [text for _, text in headings(found)][-2:] == ["Article 1", "Subject"]


def test_arrows_elsewhere_are_text(page: Page) -> None:
    assert texts(page("<p>Mniej ► M1 i ◄ więcej słów o klastrach.</p>"), "paragraph") == [
        "Mniej ► M1 i ◄ więcej słów o klastrach."
    ]


def test_commission_documents(page: Page) -> None:
    found = page(written("commission"))
    assert headings(found) == [
        (1, "COMMUNICATION FROM THE COMMISSION"),
        (1, "Clusters made up"),
        (2, "1. Introduction"),
        (3, "1.1 Aims"),
    ]
    assert texts(found, "header") == ["Table of Contents", "1.Introduction 2"]
    assert told(found, "list_item") == [("·", "", "first")]
    assert told(found, "note") == [("[1]", "", "COM(2010) 2020.")]
    assert cells(found) == [(0, 0, "A"), (0, 1, "B"), (1, 0, "C")]
    assert "Clusters grow[1]." in texts(found, "paragraph")


def test_ordinary_pages_without_what_stands_around_the_text(page: Page) -> None:
    found = page(written("ordinary"))
    assert [found.text_of(b) for b in found.blocks] == [
        "Klastry w regionie",
        "Region wspiera klastry i ich koordynatorów.",
        "Uchwała w sprawie klastrów",
        "Klaster",
        "Rok",
        "ABC",
        "2012",
    ]
    assert found.metadata["title"] == "Klastry – Urząd"


def test_a_page_about_cookies_is_read(page: Page) -> None:
    found = page('<div class="cookie-policy"><h1>Pliki cookie</h1><p>Oto co robimy z plikami.</p></div>')
    assert [found.text_of(b) for b in found.blocks] == ["Pliki cookie", "Oto co robimy z plikami."]


@pytest.mark.parametrize(
    ("classes", "role"),
    [
        ("menu", "menu"), ("nav-primary", "menu"), ("main_menu", "menu"), ("cookie_notice_bar", "menu"),
        ("wp-block-navigation-item", "menu"), ("left sidebar", "menu"), ("skip-link", "menu"), ("navy", ""),
        ("sharepoint", ""), ("menuet", ""), ("consented-text", ""), ("socialism", ""), ("oj-note", "note"),
        ("FootnoteText", "note"), ("oj-super oj-note-tag", ""), ("page-number", "footer"),
        ("modref", "amendment"), ("page", "page"), ("grid-container grid-list", "grid"),
        ("TOC2", "header"), ("tocopherol", ""),
    ],
)  # fmt: skip
def test_what_class_names_mean(classes: str, role: str) -> None:
    assert role_of(classes) == role


def test_a_communication_is_not_the_one_that_it_cites(page: Page) -> None:
    found = extract(page(written("commission")), Entry(id="x", path=Path("x"), family="communication"))
    assert [element.iri for element in found.elements] == [ID["com-2015-999-final"]]
