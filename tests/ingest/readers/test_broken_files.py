"""Whatever a file holds: ``read`` returns a sound document or raises ReadError; the others still build."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nurt.errors import ReadError
from nurt.graph.store import open_graph
from nurt.ingest.build import build
from nurt.ingest.document import Document
from nurt.ingest.readers import read
from tests.ingest.readers.specimens import SPECIMENS

ENDINGS = sorted({Path(name).suffix for name in SPECIMENS})
ODD = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"<",
    b"]]>",
    b"&x;",
    b'"',
    b"\r",
    b"PK\x03\x04",
    b"%PDF-1.4\n",
    "ł".encode() * 9,
)
CHANGES = ("cut", "flip", "insert", "swap", "double", "drop", "number")

change = st.tuples(
    st.sampled_from(CHANGES), st.floats(0, 1), st.floats(0, 1), st.binary(max_size=12) | st.sampled_from(ODD)
)
changes = st.lists(change, min_size=1, max_size=3)


def changed(data: bytes, kind: str, at: float, upto: float, junk: bytes) -> bytes:
    low, high = sorted((int(at * len(data)), int(upto * len(data))))
    middle = data[low:high]
    match kind:
        case "cut":
            return data[:high]
        case "flip":
            return data[:low] + bytes(255 - byte for byte in middle[:8]) + data[low + 8 :]
        case "insert":
            return data[:low] + junk + data[low:]
        case "swap":
            half = len(middle) // 2
            return data[:low] + middle[half:] + middle[:half] + data[high:]
        case "double":
            return data[:high] + middle[:5000] + data[high:]
        case "number":
            return data[:low] + re.sub(rb"\d+", str(int(upto * 2**33)).encode(), data[low:], count=1)
    return data[:low] + data[high:]


def mutated(data: bytes, how: list[tuple[str, float, float, bytes]]) -> bytes:
    for one in how:
        data = changed(data, *one)
    return data


def with_member(data: bytes, which: int, change: Callable[[bytes], bytes]) -> bytes:
    """A ZIP archive in which one member holds something else; its checksum is right."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for number, name in enumerate(names):
            content = old.read(name)
            new.writestr(name, change(content) if number == which % len(names) else content)
    return made.getvalue()


def assert_sound_or_refused(path: Path) -> Document | None:
    try:
        document = read(path)
    except ReadError as error:
        refused = str(path) in error.what and error.hint
        document = None
    if document is None:
        assert refused, "an error names the file and says what to do next"
        return None
    assert document.blocks
    end = 0
    for block in document.blocks:
        assert end <= block.start <= block.end <= len(document.text)
        assert block.start == 0 or "\n" in document.text[end : block.start] or end == 0
        assert block.kind == "cell" or document.text_of(block).strip()
        assert (block.kind == "cell") == (block.table is not None)
        assert block.row_span >= 1
        assert block.column_span >= 1
        end = block.end
    assert all(before <= after for before, after in pairwise(document.page_starts))
    assert all(0 <= start <= len(document.text) for start in document.page_starts)
    document.text.encode()  # no lone surrogates: they cannot be kept
    assert "\x00" not in document.text
    return document


@pytest.mark.parametrize("name", SPECIMENS)
def test_the_specimens_are_sound(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(SPECIMENS[name])
    assert assert_sound_or_refused(tmp_path / name) is not None


@pytest.mark.parametrize("name", SPECIMENS)
def test_broken_bytes(name: str, tmp_path: Path) -> None:
    @settings(max_examples=80, derandomize=True, deadline=None, database=None)
    @given(changes, st.just(Path(name).suffix) | st.sampled_from(ENDINGS))
    def broken(how: list[tuple[str, float, float, bytes]], ending: str) -> None:
        path = tmp_path / f"broken{ending}"
        path.write_bytes(mutated(SPECIMENS[name], how))
        assert_sound_or_refused(path)

    broken()


@pytest.mark.parametrize("name", ["opis.docx", "lista.xlsx"])
def test_broken_members(name: str, tmp_path: Path) -> None:
    @settings(max_examples=60, derandomize=True, deadline=None, database=None)
    @given(st.integers(0, 99), changes)
    def broken(which: int, how: list[tuple[str, float, float, bytes]]) -> None:
        path = tmp_path / name
        path.write_bytes(with_member(SPECIMENS[name], which, lambda content: mutated(content, how)))
        assert_sound_or_refused(path)

    broken()


PIECES = st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td",
        "rowspan=9999999>",
        "<td",
        "colspan=-1>",
        "<ul>",
        "<ol",
        "start=x",
        "type=i>",
        "<li>",
        "</li>",
        "<p>",
        "</p>",
        "<pre>",
        "</pre>",
        "<h1>",
        "</h2>",
        "<div>",
        "</div>",
        "<section",
        "class=page",
        "data-page=1>",
        "<br>",
        "tekst",
        "|",
        "[pic]|",
        "&#0;",
        "&#xD800;",
        "<!--",
        "-->",
        "<![CDATA[",
        "<svg>",
        "<math>",
        "<template>",
        "<select>",
        "<caption>",
        "<div\tclass=grid-list>",
        "<p\tclass=oj-note>",
        "<frameset>",
        "<p\tclass=oj-ti-art>Article\t1</p>",
        "<li\tvalue=-5>",
        "<body>",
        "<head>",
        "<main>",
        "<nav>",
    ]
)


@settings(
    max_examples=150, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(pieces=st.lists(PIECES, max_size=25), ending=st.sampled_from([".html", ".md"]))
def test_soup(pieces: list[str], ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"soup{ending}"
    path.write_text("<html><body>słowo " + " ".join(pieces), encoding="utf-8")
    assert_sound_or_refused(path)


BOMB = '<?xml version="1.0"?><!DOCTYPE ACT [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise("abcdefghi")
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_with(body: str, declaration: str = "") -> bytes:
    names = zipfile.ZipFile(io.BytesIO(SPECIMENS["opis.docx"])).namelist()
    content = f"{declaration}<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    return with_member(SPECIMENS["opis.docx"], names.index("word/document.xml"), lambda _: content)


def zeros() -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(260):
            part.write(bytes(1 << 20))
    return made.getvalue()


DEEP = 15_000
NASTY: dict[str, Callable[[], bytes]] = {
    "empty.html": lambda: b"",
    "blank.md": lambda: b" \n\n",
    "deep.html": lambda: b"<div>" * DEEP + b"x",
    "deep-inline.html": lambda: b"<b>" * DEEP + b"x",
    "deep-tables.html": lambda: b"<table border=1><tr><td>x<td>" * 3000,
    "deep-lists.html": lambda: b"<ul><li>x" * 5000,
    "attribute.html": lambda: b'<p class="' + b"a" * 8_000_000 + b'">x</p>',
    "classes.html": lambda: b'<p class="' + b"a " * 200_000 + b'">x</p>',
    "names.html": lambda: b'<p class="' + b"a_" * 40_000 + b'! cookie-' + b"a_-" * 40_000 + b'!">x</p>',
    "cells.html": lambda: b"<table>" + b"<tr><td rowspan=1000 colspan=1000>x" * 200,
    "pipes.html": lambda: b"<p>" + b"|" * 100_000 + b"</p>",
    "deep.md": lambda: b"> " * DEEP + b"x",
    "deep-lists.md": lambda: b"".join(b"  " * depth + b"- x\n" for depth in range(700)),
    "brackets.md": lambda: b"[" * 60_000,
    "stars.md": lambda: b"*a **b " * 20_000,
    "line.txt": lambda: b"slowo " * 400_000,
    "dots.txt": lambda: b"1." * 200_000,
    "spaces.txt": lambda: b"x" + b" " * 500_000 + b"y\n",
    "deep.xml": lambda: b"<ACT>" + b"<P>" * DEEP + b"x" + b"</P>" * DEEP + b"</ACT>",
    "deep-200.xml": lambda: b"<ACT>" + b"<LIST><ITEM><P>x" * 80 + b"</P></ITEM></LIST>" * 80 + b"</ACT>",
    "attribute.xml": lambda: b'<ACT A="' + b"a" * 11_000_000 + b'"><P>x</P></ACT>',
    "bomb.xml": lambda: f"{BOMB}]><ACT><P>&i;</P></ACT>".encode(),
    "outside.xml": lambda: b'<!DOCTYPE ACT SYSTEM "http://127.0.0.1:9/x.dtd"><ACT><P>&x;</P></ACT>',
    "numbers.xml": lambda: (
        b'<ACT><TBL><ROW><CELL COL="999" COLSPAN="999999999" ROWSPAN="-1">x</CELL></ROW></TBL></ACT>'
    ),
    "wide.csv": lambda: b";" * 3_000_000,
    "quote.csv": lambda: b'a;b\n"' + b"x;y\n" * 200_000,
    "rows.csv": lambda: b"\n" * 500_000 + b"a;b\n",
    "separator.csv": lambda: b"sep=\xff\na;b\n",
    "separator-quote.csv": lambda: b'sep="\na;b\n',
    "deep.docx": lambda: docx_with("<w:tbl><w:tr><w:tc>" * 5000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 5000),
    "deep-100.docx": lambda: docx_with(
        "<w:tbl><w:tr><w:tc>" * 60 + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 60
    ),
    "bomb.docx": lambda: docx_with(
        "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", f"{BOMB}]>".replace("ACT", "w:document")
    ),
    "odd.docx": lambda: docx_with(
        '<w:p><w:pPr><w:pStyle/><w:numPr><w:ilvl w:val="x"/><w:numId w:val="77"/></w:numPr></w:pPr><w:r>'
        '<w:footnoteReference/><w:t>x</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="-3"/>'
        '<w:vMerge w:val="continue"/></w:tcPr></w:tc></w:tr></w:tbl>'
    ),
    "zeros.docx": zeros,
    "loop.pdf": lambda: (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ),
    "title.pdf": lambda: SPECIMENS["szoop.pdf"].replace(b"/Title <feff0053", b"/Title <feffd800"),
    "none.pdf": lambda: b"%PDF-1.4\n%%EOF",
}  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_nasty_files(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(NASTY[name]())
    assert_sound_or_refused(tmp_path / name)


def test_broken_documents_do_not_end_the_build_of_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in SPECIMENS.items():
        (folder / f"whole-{name}").write_bytes(content)
        (folder / f"cut-{name}").write_bytes(content[: len(content) // 3])
    for name in ("empty.html", "bomb.xml", "deep.docx", "none.pdf", "deep.html"):
        (folder / name).write_bytes(NASTY[name]())
    result = build([folder], tmp_path / "graph")
    documents = open_graph(tmp_path / "graph").manifest["documents"]
    assert len([name for name in documents if "whole" in name]) == len(SPECIMENS)
    failed = {Path(failure.path).name for failure in result.failures}
    assert {"empty.html", "bomb.xml", "deep.docx", "none.pdf", "cut-opis.docx", "cut-lista.xlsx"} <= failed
    assert not any(name.startswith("whole") for name in failed)
