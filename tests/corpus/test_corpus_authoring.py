"""The authoring script: what it writes is what is committed, and no text breaks out of its cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from nurt.corpus.authoring.__main__ import main
from nurt.corpus.authoring.catalogue import Digest, toml
from nurt.corpus.authoring.facts import Source
from nurt.corpus.authoring.html import Cell, Sheet, items, money, row, table, tag
from nurt.corpus.authoring.notes import UntranslatedNoteError, note, note_en
from nurt.corpus.authoring.words import cite, fund_pl, sources_page
from nurt.ingest.catalogue import load

CORPUS = Path(__file__).parents[2] / "corpus"
FACTS = Path(__file__).parents[2].parent / "shared" / "facts"

HOSTILE = [
    "<script>alert(1)</script>",
    '" onload="alert(1)',
    "</td></tr></table><h1>",
    "&amp; & < >",
    "{0} {value} %s {{ jinja }}",
    "[[document.x]] ''' \"\"\" \\",
]


@pytest.mark.skipif(not FACTS.is_dir(), reason="the maintainers' facts are not beside the checkout")
def test_what_is_committed_is_what_the_facts_give(tmp_path: Path) -> None:
    assert main([str(FACTS), "--output", str(tmp_path)]) == 0
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    committed = {path.relative_to(CORPUS): path.read_bytes() for path in CORPUS.glob("*/*.html")}
    committed[Path("catalogue.toml")] = (CORPUS / "catalogue.toml").read_bytes()
    differing = sorted(str(p) for p in set(written) | set(committed) if written.get(p) != committed.get(p))
    assert not differing, f"run python -m nurt.corpus.authoring {FACTS} and commit: {differing}"


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    sheet = Sheet(text, "pl")
    sheet.page(
        tag("h1", text, class_=text),
        table(text, [row(text, Cell(text, header=True, kind=text), items([text]))], head=[text, text, text]),
    )
    sheet.page(tag("p", text, lang="en"))
    parsed = LexborHTMLParser(sheet.html())
    assert [node.text() for node in parsed.css("h1, td > ul > li, p")] == [text, text, text]
    assert [node.text() for node in parsed.css("tr th")] == [text] * 4
    assert parsed.css_first("h1").attributes == {"class": text}
    assert parsed.css_first("title").text() == text
    assert not parsed.css("script")
    assert [page.attributes["data-page"] for page in parsed.css("section")] == ["1", "2"]


def test_markup_is_kept_and_empty_attributes_are_left_out() -> None:
    assert tag("p", tag("span", "ą"), lang="", class_=None) == Markup("<p><span>ą</span></p>")
    assert Cell("x", rows=2, columns=1).html() == Markup('<td rowspan="2">x</td>')


@pytest.mark.parametrize(
    ("amount", "printed"),
    [(0, "0"), (999, "999"), (171619822, "171\u00a0619\u00a0822"), (17951400.42, "17\u00a0951\u00a0400,42")],
)
def test_amounts_are_printed_as_polish_documents_print_them(amount: float, printed: str) -> None:
    assert money(amount) == printed


def test_sources_are_those_cited_and_a_strange_one_is_refused() -> None:
    known = {
        "S1": Source("S1", "first", "https://a.example/x (page 2)", "https://a.example/x"),
        "S2": Source("S2", "second", "https://b.example/…", ""),
        "S3": Source("S3", "third", "", ""),
        "S4": Source("S4", "not cited", "https://c.example/", "https://c.example/"),
    }
    sheet = Sheet("t", "pl")
    sheet.page(tag("p", cite(["S3", "S1", "S3", "S2"])))
    assert [source.key for source in sources_page(sheet, known)] == ["S1", "S2", "S3"]
    shown = [cell.text() for cell in LexborHTMLParser(sheet.html()).css("td.address")]
    assert shown == ["https://a.example/x (page 2)", "https://b.example/… (adres skrócony)", "bez adresu"]
    links = [node.attributes["href"] for node in LexborHTMLParser(sheet.html()).css("a")]
    assert links == ["https://a.example/x"]
    sheet.page(tag("p", "[S9]"))
    with pytest.raises(KeyError, match="no such source: S9"):
        sources_page(sheet, known)


@pytest.mark.parametrize("text", HOSTILE)
def test_catalogue_keeps_any_text(tmp_path: Path, text: str) -> None:
    source = Source("S1", text, "https://a.example/", "https://a.example/")
    digest = Digest(
        id="x", file="eu/x.html", html="", family="strategy", language="pl", title_pl=text, sources=(source,)
    )
    (tmp_path / "catalogue.toml").write_text(toml([digest]), encoding="utf-8")
    (entry,) = load(tmp_path / "catalogue.toml")
    assert (entry.title_pl, entry.sources, entry.digest) == (text, ("https://a.example/",), True)


def test_notes_are_never_printed_in_the_wrong_language() -> None:
    assert note("") == ""
    assert note("rounded") == "zaokrąglone"
    assert note("kwota zaokrąglona do mln") == "kwota zaokrąglona do mln"
    with pytest.raises(UntranslatedNoteError, match=r"notes_pl\.toml has no line for"):
        note("the title was read from a page")
    assert note_en("wording at the drafting stage") == "wording at the drafting stage"
    with pytest.raises(UntranslatedNoteError, match=r"notes_en\.toml has no line for"):
        note_en("see unconfirmed")


def test_funds_have_their_polish_names() -> None:
    assert fund_pl("ERDF") == "Europejski Fundusz Rozwoju Regionalnego (EFRR)"
    assert fund_pl("ESF+YEI").count(" + ") == 1
    with pytest.raises(KeyError):
        fund_pl("EFRR")
