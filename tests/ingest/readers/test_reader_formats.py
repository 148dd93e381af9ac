"""Readers on real files where they are at hand, and on small files written here."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from nurt.errors import InputError, ReadError
from nurt.ingest.document import Document
from nurt.ingest.readers import read
from nurt.ingest.view import mend

SHARED = Path(__file__).parents[3].parent / "shared"
ACT = SHARED / "real" / "formex-32013R1303" / "DOC_2.xml"
needs_shared = pytest.mark.skipif(not ACT.exists(), reason="the real documents are not beside this checkout")


def sound(document: Document) -> None:
    last = 0
    for block in document.blocks:
        assert last <= block.start <= block.end <= len(document.text)
        assert "\n" in document.text[last : block.start] or last == 0
        last = block.end


@needs_shared
def test_the_act_has_its_articles_objectives_and_references() -> None:
    document = read(ACT)
    sound(document)
    articles = {b.path for b in document.blocks if b.kind == "heading" and b.name == "TI.ART"}
    assert len(articles) == 154
    points = [b for b in document.blocks if re.fullmatch(r"article/9/\d+", b.path)]
    assert [b.path for b in points] == [f"article/9/{number}" for number in range(1, 12)]
    assert document.text_of(points[0]) == "strengthening research, technological development and innovation;"
    references = [" ".join("".join(r.itertext()).split()) for r in etree.parse(str(ACT)).iter("REF.DOC.OJ")]
    assert len(references) == 35
    assert [r for r in references if r not in document.text.replace("\xa0", " ")] == []
    assert document.metadata["celex"] == "32013R1303"
    assert len(document.page_starts) == 92


@needs_shared
def test_the_annexes_lose_no_letter() -> None:
    for number in range(3, 21):
        path = ACT.with_name(f"DOC_{number}.xml")
        root = etree.parse(str(path)).getroot()
        for instance in list(root.iter("BIB.INSTANCE")):
            root.remove(instance)
        kept = re.sub(r"\s", "", read(path).text)
        for element in root.iter("TXT", "CELL", "TI"):
            if len(element) == 0 and element.text:
                assert re.sub(r"\s", "", element.text) in kept


@needs_shared
def test_project_lists_keep_every_row() -> None:
    for path in sorted((SHARED / "real").glob("*/*.csv")):
        if path.name == "theme.csv":
            continue
        document = read(path)
        sound(document)
        rows = {b.row for b in document.blocks if b.kind == "cell"}
        assert len(rows) == int(document.metadata["rows"]) + 1


@needs_shared
def test_the_article_is_mended() -> None:
    document = read(next((SHARED / "seeds").glob("*.txt")))
    text = mend(document).text
    assert "Celem artykułu jest" in text
    assert "społeczno-gospodarczego" in text
    assert "przeprowadzone zostało metodą CATI na próbie" in text
    assert "Projekt współfinansowany" not in text
    assert [b.language for b in document.blocks if b.language] == ["en"]


@given(st.text(alphabet="abó -\n\u00ad\u00a0ﬁ.,1•", max_size=80))
@settings(max_examples=200, deadline=None)
def test_a_view_maps_back_to_what_is_printed(text: str) -> None:
    document = Document(id="x", text=text, blocks=(), media_type="text/plain", sha256="")
    view = mend(document)
    last = 0
    for offset in range(len(view.text)):
        span = view.span(offset, offset + 1)
        assert 0 <= span.start < span.end <= len(text)
        assert span.start >= last or view.text[offset - 1 : offset + 1] == "fi"
        last = span.start
        if view.text[offset].isalnum():
            assert view.text[offset] in text[span.start : span.end].replace("ﬁ", "fi")


def test_html_pages_cells_and_lists(tmp_path: Path) -> None:
    path = tmp_path / "card.html"
    path.write_text(
        '<section class="page" data-page="1"><h1>Karta</h1><nav>Menu</nav></section>'
        '<section class="page" data-page="2"><table><tr><td rowspan="2">A<td>B</tr>'
        "<tr><td><ul><li>x<li>y</ul>"
        "</table></section>",
        encoding="utf-8",
    )
    document = read(path)
    sound(document)
    assert [(document.text_of(b), b.page, b.row, b.column) for b in document.blocks] == [
        ("Karta", 1, None, None),
        ("A", 2, 0, 0),
        ("B", 2, 0, 1),
        ("• x\n• y", 2, 1, 1),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "iso-8859-2"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_lists_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "lista.csv"
    rows = [["Lista projektów"], ["Tytuł", "Beneficjent", "Beneficjent"], ["Źródła ciepła", "Łódź", "Śląsk"]]
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding=encoding)
    document = read(path)
    assert [document.text_of(b) for b in document.blocks] == [cell for row in rows for cell in row]
    assert [b.header for b in document.blocks] == [False, True, True, True, False, False, False]


def test_word(tmp_path: Path) -> None:
    path = tmp_path / "opis.docx"
    document = docx.Document()
    document.add_heading("Oś priorytetowa I", level=2)
    document.add_paragraph("Treść osi.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Fundusz", "EFRR"
    document.save(str(path))
    found = read(path)
    assert [(b.kind, found.text_of(b)) for b in found.blocks] == [
        ("heading", "Oś priorytetowa I"), ("paragraph", "Treść osi."), ("cell", "Fundusz"), ("cell", "EFRR"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj\n<<", "PDF|page|cut"),
        ("a.pdf", b"<html><body>404</body></html>", "HTML page"),
        ("a.xml", b'<!DOCTYPE A [<!ENTITY x SYSTEM "file:///etc/passwd">]><ACT><P>&x;</P></ACT>', "entit"),
        ("a.xml", b"<ACT><P>", "not well-formed"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.txt", "Łódź i Śląsk".encode("utf-16-le") * 20, "binary"),
        (
            "a.txt",
            ("Łódzkie, żółć, gęślą jaźń. " * 9).encode().decode("cp1252", "replace").encode(),
            "garbled|binary",
        ),
        ("a.docx", b"PK\x03\x04 broken", "archive"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError, match=says) as error:
        read(path)
    assert str(path) in error.value.what
    assert error.value.hint


def test_no_file_no_zeros(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "none.pdf")
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)
    zeros = tmp_path / "zeros.pdf"
    with zeros.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(ReadError, match="zero"):
        read(zeros)
