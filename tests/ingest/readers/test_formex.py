"""Formex 4: acts, annexes, quotations, footnotes, tables; a made-up act and annex, and generated ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from nurt.ingest.catalogue import Entry
from nurt.ingest.document import Document
from nurt.ingest.families import extract
from nurt.ingest.readers import read
from nurt.ontology.identifiers import instrument, official_journal
from nurt.ontology.namespace import NURT

PAGES = Path(__file__).parent / "pages"
Told = tuple[str, str, str]


@pytest.fixture(scope="module")
def act() -> Document:
    return read(PAGES / "amending-act.xml")


@pytest.fixture(scope="module")
def annex() -> Document:
    return read(PAGES / "annex.xml")


def told(document: Document, *kinds: str, name: str = "") -> list[Told]:
    return [
        (b.marker, b.path, document.text_of(b))
        for b in document.blocks
        if b.kind in kinds and (not name or b.name == name)
    ]


def test_what_the_act_says_of_itself(act: Document) -> None:
    assert act.metadata == {
        "date": "2014-01-02",
        "language": "en",
        "journal": "L 999",
        "number": "77/2014",
        "celex": "32014R0077",
        "title": "COUNCIL REGULATION (EU) No 77/2014 of 2 January 2014",
    } | {key: value for key, value in act.metadata.items() if key == "first_page"}
    assert len(act.page_starts) == 2
    assert act.text[act.page_starts[1] :].startswith("Next page.")


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("COUNCIL DIRECTIVE 2014/77/EU", "L"), ("COMMISSION IMPLEMENTING DECISION", "D"), ("OPINION", ""),
        ("ROZPORZĄDZENIE RADY (UE) NR 77/2014", "R"), ("DYREKTYWA RADY", "L"), ("DECYZJA KOMISJI", "D"),
    ],
)  # fmt: skip
def test_the_celex_number_follows_the_kind_of_act(tmp_path: Path, title: str, letter: str) -> None:
    text = (PAGES / "amending-act.xml").read_text(encoding="utf-8")
    path = tmp_path / "act.xml"
    path.write_text(text.replace("COUNCIL REGULATION (EU) No 77/2014", title), encoding="utf-8")
    assert read(path).metadata.get("celex", "") == (f"32014{letter}0077" if letter else "")


def test_articles_paragraphs_points_and_dashes(act: Document) -> None:
    assert [(b.level, act.text_of(b), b.path) for b in act.blocks if b.kind == "heading"][2:] == [
        (2, "CHAPTER I", ""),
        (2, "Scope", ""),
        (3, "Article 1", "article/1"),
        (3, "Amendments", "article/1"),
        (3, "Article 2", "article/2"),
    ]
    assert ("(1)", "recital/1", "Clusters grow.") in told(act, "paragraph")
    assert told(act, "paragraph", "list_item", name="P")[1:] == [
        ("", "", "HAS ADOPTED:"),
        ("1.", "article/1/1", "Regulation (EU) No 1/2010 is amended as follows:"),
        ("—", "article/1/2", "one,"),
        ("—", "article/1/2", "two."),
        ("", "", "Done at Brussels."),
    ]
    assert told(act, "paragraph", name="ALINEA")[:2] == [
        ("2.", "article/1/2", "Dashes:"),
        ("", "article/1/2", "After the list."),
    ]


def test_quoted_articles_are_none_of_the_act(act: Document) -> None:
    assert told(act, "paragraph", "list_item", "heading", name="QUOT.S") == [
        ("", "article/1/1/1", "Article 5"),
        ("", "article/1/1/1", "Aim"),
        ("1.", "article/1/1/1", "The fund supports “clusters”:"),
        ("(a)", "article/1/1/1", "research."),
        ("‘3.", "article/1/1/2", "It ends.’"),
    ]
    found = extract(act, Entry(id="x", path=Path("x"), family="regulation"))
    assert [e.code for e in found.elements if e.type == NURT.Provision] == ["1", "2"]
    assert {e.parent for e in found.elements if e.type == NURT.Provision} == {
        instrument("regulation/32014R0077")
    }


def test_footnotes_stand_below_what_refers_to_them(act: Document, annex: Document) -> None:
    assert told(act, "note") == [("(1)", "", "OJ C 83, 30.3.2010, p. 1."), ("", "", "Second line.")]
    assert told(annex, "note") == [
        ("(1)", "annex/II", "First note."),
        ("(2)", "annex/II/1.1", "In a cell."),
        ("(3)", "annex/II/1.1", "Starred note."),
    ]
    kinds = [block.kind for block in act.blocks]
    assert kinds[kinds.index("note") - 1] == "paragraph"
    assert "Treaty," in act.text_of(act.blocks[kinds.index("note") - 1])


def test_references_to_the_official_journal_are_found(act: Document) -> None:
    from nurt.ingest.citations import citations

    assert official_journal("C", 2010, 83, 1) in {found.iri for found in citations(act.text)}


def test_annexes_their_titles_sections_and_tables(annex: Document) -> None:
    assert annex.metadata["title"] == "ANNEX II: Rates"
    assert [(b.level, annex.text_of(b), b.path) for b in annex.blocks if b.kind == "heading"] == [
        (1, "ANNEX II", "annex/II"),
        (1, "Rates", "annex/II"),
        (2, "1. General", "annex/II/1"),
        (3, "1.1. Table", "annex/II/1.1"),
        (4, "Rates by region", "annex/II/1.1"),
    ]
    cells = [b for b in annex.blocks if b.kind == "cell"]
    assert [(b.row, b.column, b.row_span, b.column_span, b.header, annex.text_of(b)) for b in cells] == [
        (0, 0, 2, 1, True, "Region"),
        (0, 1, 1, 2, True, "Rate"),
        (1, 1, 1, 1, True, "2014"),
        (1, 2, 1, 1, True, "2015"),
        (2, 0, 1, 1, False, "— Łódzkie\n— Śląskie"),
        (2, 1, 1, 1, False, "85 %"),
        (2, 2, 1, 1, False, ""),
        (3, 0, 1, 3, False, "All"),
    ]
    assert annex.warnings == ("Pictures are not read: x.tif.",)


# Whatever follows the grammar of the manual, no letter of it is lost.

WORD = st.sampled_from(["klaster", "Article 5", "3.", "—", "’", "(a)", "x < y", " ", "Łódź &", "§"]).map(
    escape
)
INLINE = st.recursive(
    WORD,
    lambda inner: st.one_of(
        inner.map(lambda text: f'<HT TYPE="SUP">{text}</HT>'),
        inner.map(lambda text: f"<DATE ISO='20140102'>{text}</DATE>"),
        inner.map(lambda text: f"<NOTE NOTE.ID='E1'><P>{text}</P></NOTE>"),
        inner.map(lambda text: f"<REF.DOC.OJ COLL='L'>{text}</REF.DOC.OJ>"),
        inner.map(lambda text: f"<QUOT.START CODE='2018'/>{text}<QUOT.END CODE='2019'/>"),
        st.just("<?PAGE NO='2'?>"),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=4,
)


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Blocks of mixed content; ``inner`` is text, or text and blocks."""
    item = st.tuples(WORD, inner, inner)
    return st.one_of(
        inner.map(lambda text: f"<P>{text}</P>"),
        inner.map(lambda text: f"<ALINEA>{text}</ALINEA>"),
        inner.map(lambda text: f"<QUOT.S LEVEL='1'>{text}</QUOT.S>"),
        item.map(
            lambda x: f"<LIST TYPE='DASH'><ITEM><P>{x[0]}{x[1]}</P></ITEM><ITEM><P>{x[2]}</P></ITEM></LIST>"
        ),
        item.map(
            lambda x: f"<LIST><ITEM><NP><NO.P>{x[0]}</NO.P><TXT>{x[1]}</TXT><P>{x[2]}</P></NP></ITEM></LIST>"
        ),
        item.map(
            lambda x: (
                f"<PARAG><NO.PARAG>{x[0]}</NO.PARAG><ALINEA>{x[1]}</ALINEA><ALINEA>{x[2]}</ALINEA></PARAG>"
            )
        ),
        item.map(
            lambda x: (
                f"<ARTICLE><TI.ART>Article 1</TI.ART><STI.ART><P>{x[0]}</P></STI.ART>"
                f"<ALINEA>{x[1]}</ALINEA></ARTICLE>"
            )
        ),
        item.map(
            lambda x: (
                f"<TBL><TITLE><TI><P>{x[0]}</P></TI></TITLE><CORPUS><ROW><CELL COL='1'>{x[1]}</CELL>"
                f"<CELL COL='2'>{x[2]}</CELL></ROW></CORPUS></TBL>"
            )
        ),
        item.map(
            lambda x: (
                f"<GR.SEQ><TITLE><TI><NP><NO.P>1.</NO.P><TXT>{x[0]}</TXT></NP></TI></TITLE>"
                f"<P>{x[1]}</P></GR.SEQ>"
            )
        ),
        item.map(
            lambda x: (
                f"<DLIST><DLIST.ITEM><TERM>{x[0]}</TERM><DEFINITION>{x[1]}</DEFINITION></DLIST.ITEM></DLIST>"
            )
        ),
    )


MIXED = st.recursive(
    INLINE, lambda inner: st.lists(INLINE | blocks(inner), max_size=3).map("".join), max_leaves=6
)
ROOTS: dict[str, Callable[[str], str]] = {
    "ACT": lambda body: (
        f"<ACT><TITLE><TI><P>Act</P></TI></TITLE><ENACTING.TERMS>{body}</ENACTING.TERMS></ACT>"
    ),
    "ANNEX": lambda body: f"<ANNEX><TITLE><TI><P>ANNEX I</P></TI></TITLE><CONTENTS>{body}</CONTENTS></ANNEX>",
}


@settings(
    max_examples=150, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(body=st.lists(blocks(MIXED), min_size=1, max_size=3).map("".join), root=st.sampled_from(sorted(ROOTS)))
def test_no_letter_is_lost(tmp_path: Path, body: str, root: str) -> None:
    path = tmp_path / "generated.xml"
    path.write_text(ROOTS[root](body), encoding="utf-8")
    document = read(path)
    said = Counter(re.sub(r"\s", "", "".join(etree.parse(str(path)).getroot().itertext())))
    assert said - Counter(re.sub(r"\s", "", document.text)) == Counter()
    starts = [block.start for block in document.blocks]
    assert starts == sorted(starts)
