"""Whatever a well-formed document holds, no letter of it is lost: HTML, Markdown and Word, generated here.

The same for Formex stands in ``test_formex.py``.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nurt.ingest.readers import read
from tests.ingest.readers.specimens import SPECIMENS

WORDS = [
    "klaster",
    "Artykuł 5",
    "Article 1",
    "1.",
    "(a)",
    "— x",
    "ANNEX I",
    "Łódź",
    "a | b | c",
    "[1] x",
    "2.1 Cel",
]
WORD = st.sampled_from(WORDS)
FEW = settings(
    max_examples=100, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\W_]", "", text))


def lost(path: Path, said: str) -> Counter[str]:
    document = read(path)
    in_blocks = " ".join(f"{block.marker} {document.text_of(block)}" for block in document.blocks)
    assert letters(in_blocks) - letters(document.text) == Counter()
    return letters(said) - letters(document.text)


def tagged(inner: st.SearchStrategy[str], *names: str) -> st.SearchStrategy[str]:
    """The content in one of some elements; each name may carry attributes."""
    return st.tuples(st.sampled_from(names), inner).map(lambda x: f"<{x[0]}>{x[1]}</{x[0].split()[0]}>")


INLINE = st.recursive(
    WORD.map(html.escape),
    lambda inner: st.one_of(
        tagged(
            inner, "b", "span", 'span class="num"', 'a href="#x"', "sup", 'span class="oj-super oj-note-tag"'
        ),
        st.lists(inner, min_size=1, max_size=2).map(" ".join),
        inner.map(lambda text: f"{text}<br>{text}"),
    ),
    max_leaves=3,
)
LINES = (
    "p", "h2", 'p class="oj-normal"', 'p class="oj-ti-art"', 'p class="oj-note"', 'p class="li Heading1"',
    'p class="li ListBullet"', 'p class="modref"', "pre", "div", "blockquote", 'p class="TOC1"', "address",
)  # fmt: skip
FRAMES = (
    "div", "section", 'div class="oj-x"', "li", "ul", "dd", "dl", "details", "fieldset", "figure", "center",
    'div class="grid-list"', 'div class="footnote"', "form-like",
)  # fmt: skip
TABLES = (
    "<ol><li>{1}</li><li>{2}</li></ol>",
    "<table><tr><td>{1}</td><td>{2}</td></tr></table>",
    '<table border="1"><caption>{0}</caption><tr><th>{0}</th></tr><tr><td>{1}</td></tr></table>',
    '<div class="grid-container grid-list"><div>{0}</div><div>{1}</div></div>',
    "{0}{1}{0}",
    "<span>{0}{1}</span>",
)
BLOCK = st.recursive(
    tagged(INLINE, *LINES),
    lambda inner: st.one_of(
        tagged(inner, *FRAMES),
        st.tuples(st.sampled_from(TABLES), INLINE, inner, inner).map(lambda x: x[0].format(*x[1:])),
    ),
    max_leaves=5,
)


@FEW
@given(st.lists(BLOCK, min_size=1, max_size=3).map("".join))
def test_html(tmp_path: Path, body: str) -> None:
    from selectolax.lexbor import LexborHTMLParser

    path = tmp_path / "page.html"
    page = f'<html><body><p class="oj-doc-ti">ACT</p>{body}</body></html>'
    path.write_text(page, encoding="utf-8")
    parsed = LexborHTMLParser(page).body
    assert parsed is not None
    assert lost(path, parsed.text(deep=True)) == Counter()


MARKDOWN = st.recursive(
    st.one_of(
        WORD.map(lambda text: f"{text}\n"),
        WORD.map(lambda text: f"## {text}\n"),
        WORD.map(lambda text: f"**{text}** *{text}* `{text}` <u>{text}</u> [{text}](http://x)\n"),
        WORD.map(lambda text: f"```\n{text}\n```\n"),
        WORD.map(
            lambda text: f"| {text.replace('|', '')} | x |\n|---|---|\n| {text.replace('|', '')} | y |\n"
        ),
        WORD.map(lambda text: f"<div>{text}</div>\n"),
        WORD.map(lambda text: f"[^1]: {text}\n"),
    ),
    lambda inner: st.one_of(
        inner.map(lambda text: "".join(f"> {line}\n" for line in text.splitlines())),
        inner.map(lambda text: "- " + "".join(f"  {line}\n" for line in text.splitlines())[2:]),
        inner.map(lambda text: "3) " + "".join(f"   {line}\n" for line in text.splitlines())[3:]),
        st.lists(inner, min_size=1, max_size=3).map("\n".join),
    ),
    max_leaves=5,
)


@FEW
@given(MARKDOWN)
def test_markdown(tmp_path: Path, text: str) -> None:
    path = tmp_path / "text.md"
    path.write_text(f"Wstęp.\n\n{text}", encoding="utf-8")
    said = re.sub(r"</?(?:u|div)>|\(http://x\)", "", text)
    assert lost(path, re.sub(r"^(?:\W*\d\)\s+)+", "", said, flags=re.MULTILINE)) == Counter()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RUN = WORD.map(lambda text: f"<w:r><w:t>{html.escape(text)}</w:t></w:r>")
RUNS = st.lists(
    st.one_of(
        RUN,
        RUN.map(lambda run: f"<w:ins>{run}</w:ins>"),
        RUN.map(lambda run: f"<w:hyperlink>{run}</w:hyperlink>"),
        RUN.map(lambda run: f"<w:smartTag><w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt></w:smartTag>"),
        RUN.map(lambda run: run.replace("<w:t>", "<w:rPr><w:b/></w:rPr><w:tab/><w:t>")),
    ),
    max_size=3,
).map("".join)
STYLES = (
    "",
    '<w:pStyle w:val="Heading1"/>',
    '<w:pStyle w:val="ListNumber"/>',
    "<w:rPr><w:del/></w:rPr>",
    "<w:jc/>",
)
PARAGRAPH = st.tuples(st.sampled_from(STYLES), RUNS).map(lambda x: f"<w:p><w:pPr>{x[0]}</w:pPr>{x[1]}</w:p>")
MERGE = st.sampled_from(["", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'])


def in_word(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cell = st.tuples(MERGE, inner).map(lambda x: f"<w:tc><w:tcPr>{x[0]}</w:tcPr>{x[1]}<w:p/></w:tc>")
    row = st.lists(cell, min_size=1, max_size=3).map(lambda cells: f"<w:tr>{''.join(cells)}</w:tr>")
    return st.one_of(
        st.lists(row, min_size=1, max_size=3).map(lambda rows: f"<w:tbl>{''.join(rows)}</w:tbl>"),
        inner.map(lambda body: f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>"),
        inner.map(
            lambda body: f"<w:p><w:r><w:pict><w:txbxContent>{body}</w:txbxContent></w:pict></w:r></w:p>"
        ),
        st.lists(inner, max_size=2).map("".join),
    )


@FEW
@given(st.recursive(PARAGRAPH, in_word, max_leaves=5))
def test_word(tmp_path: Path, body: str) -> None:
    path = tmp_path / "text.docx"
    text = f"<w:document {W}><w:body>{body}<w:p><w:r><w:t>koniec</w:t></w:r></w:p></w:body></w:document>"
    with zipfile.ZipFile(io.BytesIO(SPECIMENS["opis.docx"])) as old, zipfile.ZipFile(path, "w") as new:
        new.writestr("word/document.xml", text)
        for name in ("word/styles.xml", "word/numbering.xml"):
            new.writestr(name, old.read(name))
    assert lost(path, html.unescape(re.sub(r"<[^>]*>", " ", body))) == Counter()
