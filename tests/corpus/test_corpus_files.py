"""What holds for every file of the corpus, with or without the facts that it was written from."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from nurt.ingest.catalogue import Entry, load

CORPUS = Path(__file__).parents[2] / "corpus"
CATALOGUE = CORPUS / "catalogue.toml"
FILES = sorted(CORPUS.glob("*/*.html"))
ENTRIES = load(CATALOGUE)
AGAIN = "mend corpus/authoring and run python -m nurt.corpus.authoring FACTS_DIR"

NOTICE = {"pl": "To nie jest tekst urzędowy.", "en": "It is not the official text."}
VOID = {"meta"}
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "section", "h1", "h2", "h3", "h4", "h5", "p"),
    *("table", "tr", "th", "td", "ul", "li", "span", "a"),
}
ATTRIBUTES = {
    *("lang", "class", "data-page", "rowspan", "colspan", "href", "charset", "name", "content"),
}


def by_file(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def tree(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text(encoding="utf-8"))


def pages(path: Path) -> list[LexborNode]:
    return tree(path).css("section.page")


class Strict(HTMLParser):
    """Notes what a browser would forgive: wrong nesting, unknown elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.faults.append(f"line {self.getpos()[0]}: <{tag}> is not used in digests")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.faults.append(f"line {self.getpos()[0]}: attribute {name} is not used in digests")
            if name == "href" and not re.fullmatch(r"https?://\S+", value or ""):
                self.faults.append(f"line {self.getpos()[0]}: {value!r} is no address that can be opened")
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> closes what is not open")


def test_there_is_a_file_for_every_part() -> None:
    counts = {folder: len(list(CORPUS.glob(f"{folder}/*.html"))) for folder in ("eu", "national", "regional")}
    assert counts == {"eu": 17, "national": 23, "regional": 16}
    assert len(list(CORPUS.glob("finance/*.html"))) == 22
    assert len(list(CORPUS.glob("studies/*.html"))) == 1


def test_catalogue_and_files_are_the_same() -> None:
    catalogued = sorted(entry.path for entry in ENTRIES)
    assert catalogued == FILES, f"{CATALOGUE} and the files differ; {AGAIN}"
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_catalogue_says_what_a_digest_is(entry: Entry) -> None:
    assert entry.digest, f"{entry.id}: a digest that does not say so; {AGAIN}"
    assert entry.language in ("pl", "en")
    assert entry.title_pl or entry.title_en
    assert entry.license == "MIT"
    title = tree(entry.path).css_first("title").text()
    assert title == (entry.title_pl if entry.language == "pl" else entry.title_en)
    for address in (*entry.sources, *entry.original):
        assert re.fullmatch(r"https?://[^\s<>\"…]+", address), f"{entry.id}: {address!r} cannot be opened"
    if entry.id not in SOURCES_WITHOUT_ADDRESS:
        assert entry.sources, f"{entry.id}: no source has an address; {AGAIN}"


# Both are written from finds that have a title and no address.
SOURCES_WITHOUT_ADDRESS = {"intervention-fields"}


def test_catalogue_is_in_the_documented_form() -> None:
    data: dict[str, Any] = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    assert set(data) == {"document"}
    for name in data["document"]:
        assert re.fullmatch(r"[a-z0-9-]+", name), f"{name!r} is no document id"


@pytest.mark.parametrize("path", FILES, ids=by_file)
def test_structure_is_valid(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>\n<html lang=")
    parser = Strict()
    parser.feed(text)
    parser.close()
    assert not parser.faults, f"{path}: {parser.faults[:5]}; {AGAIN}"
    assert not parser.stack, f"{path}: never closed: {parser.stack}; {AGAIN}"


@pytest.mark.parametrize("path", FILES, ids=by_file)
def test_nothing_runs_and_nothing_is_fetched(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()
    for hostile in (
        "<script",
        "<iframe",
        "<object",
        "<img",
        "<link",
        "javascript:",
        "@import",
        "url(",
        "data:",
    ):
        assert hostile not in text, f"{path}: holds {hostile}; {AGAIN}"
    assert not re.search(r"\son\w+\s*=", text), f"{path}: holds an event handler; {AGAIN}"


@pytest.mark.parametrize("path", FILES, ids=by_file)
def test_pages_are_numbered_from_one(path: Path) -> None:
    numbers = [page.attributes["data-page"] for page in pages(path)]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)], f"{path}: pages {numbers}; {AGAIN}"
    assert numbers
    body = tree(path).body
    assert body is not None
    assert all(child.tag == "section" for child in body.iter()), f"{path}: text outside the pages; {AGAIN}"


@pytest.mark.parametrize("path", FILES, ids=by_file)
def test_title_page_says_that_it_is_a_digest(path: Path) -> None:
    language = tree(path).css_first("html").attributes["lang"]
    assert language in ("pl", "en")
    first = pages(path)[0]
    assert len(first.css("h1")) == 1
    assert len(tree(path).css("h1")) == 1
    notice = first.css_first("p.digest").text()
    assert "nurt" in notice
    assert NOTICE[language or ""] in notice, f"{path}: the title page hides that this is a digest; {AGAIN}"


@pytest.mark.parametrize("path", FILES, ids=by_file)
def test_languages_are_tags_that_the_reader_knows(path: Path) -> None:
    document = tree(path)
    main = document.css_first("html").attributes["lang"]
    for node in document.css("body [lang]"):
        assert node.attributes["lang"] in ("pl", "en")
        assert node.attributes["lang"] != main, (
            f"{path}: {node.text()!r} is marked as what it is anyway; {AGAIN}"
        )


@pytest.mark.parametrize("path", FILES, ids=by_file)
def test_every_source_that_is_cited_is_listed_and_none_else(path: Path) -> None:
    document = tree(path)
    listed = [r.css("td")[0].text() for r in document.css("table.sources tr") if r.css("td")]
    for table in document.css("table.sources"):
        table.decompose()
    body = document.body
    assert body is not None
    cited = set(re.findall(r"\[[A-Z]\d+[a-z]?\]", body.text()))
    assert len(listed) == len(set(listed))
    assert set(listed) == cited, f"{path}: cited and listed sources differ by {set(listed) ^ cited}; {AGAIN}"
    assert listed


@pytest.mark.parametrize("path", FILES, ids=by_file)
def test_every_table_is_a_full_grid(path: Path) -> None:
    for table in tree(path).css("table"):
        height = len(table.css("tr"))
        taken: dict[tuple[int, int], int] = {}
        for y, line in enumerate(table.css("tr")):
            x = 0
            for cell in line.css("td, th"):
                while (y, x) in taken:
                    x += 1
                rows = int(cell.attributes.get("rowspan") or 1)
                columns = int(cell.attributes.get("colspan") or 1)
                for dy in range(rows):
                    for dx in range(columns):
                        assert (y + dy, x + dx) not in taken, (
                            f"{path}: cells overlap in {table.text()[:80]!r}"
                        )
                        taken[y + dy, x + dx] = 1
        width = max(x for _, x in taken) + 1
        assert max(y for y, _ in taken) + 1 == height, f"{path}: a cell reaches below its table"
        assert len(taken) == width * height, (
            f"{path}: rows of {table.text()[:80]!r} differ in length; {AGAIN}"
        )


@pytest.mark.parametrize(
    "path", [p for p in FILES if by_file(p).split("/")[1].startswith(("rpo-", "po-"))], ids=by_file
)
def test_every_card_and_axis_names_a_source(path: Path) -> None:
    for table in tree(path).css("table.card, table.axis"):
        sources = [
            r for r in table.css("tr") if (h := r.css_first("th")) is not None and h.text() == "Źródła"
        ]
        assert len(sources) == 1, f"{path}: {table.text()[:60]!r} names no source; {AGAIN}"
        assert re.search(r"\[[A-Z]\d+[a-z]?\]", sources[0].text())


@pytest.mark.parametrize("path", FILES, ids=by_file)
def test_no_word_of_how_the_facts_were_collected(path: Path) -> None:
    body = tree(path).body
    assert body is not None
    found = re.findall(r"\b(?:unconfirmed|read_file|find_string|label_pl|the task|the notes)\b", body.text())
    assert not found, f"{path}: {found}; {AGAIN}"


def test_the_corpus_stays_small() -> None:
    size = sum(path.stat().st_size for path in [*FILES, CATALOGUE])
    assert size < 3_000_000, f"the corpus is {size} bytes; three million is the limit"
