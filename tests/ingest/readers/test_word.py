"""Word documents: headings, printed numbers of lists, merged and nested tables, notes, tracked changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nurt.ingest.document import Document
from nurt.ingest.readers import read
from nurt.ingest.readers.docx_numbering import Numbering

W = nsdecls("w")
Read = Callable[..., Document]


@pytest.fixture
def read_back(tmp_path: Path) -> Read:
    """Save a document of python-docx, put in parts that it cannot make, and read it."""

    def saved(document: docx.document.Document, **parts: str) -> Document:
        made, path = io.BytesIO(), tmp_path / "document.docx"
        document.save(made)
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                kind = name.removeprefix("word/").removesuffix(".xml")
                if kind not in parts:
                    new.writestr(name, old.read(name))
            for kind, content in parts.items():
                new.writestr(f"word/{kind}.xml", content)
        return read(path)

    return saved


def add(document: docx.document.Document, body: str) -> None:
    """Put paragraphs and tables, written in WordprocessingML, at the end of a document."""
    for node in parse_xml(f"<w:body {W}>{body}</w:body>"):
        document.element.body.insert(-1, node)


def paragraph(text: str, number: int = 0, depth: int = 0, extra: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{listed}{extra}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(depth: int, how: str, text: str, extra: str = "") -> str:
    written = f'<w:numFmt w:val="{how}"/>{extra}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/>{written}</w:lvl>'


LISTS = (
    f"<w:numbering {W}>"
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "decimal", "%1.")
    + level(1, "decimal", "%1.%2")
    + level(2, "lowerLetter", "%3)")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    + level(0, "upperRoman", "Cel %1:")
    + level(1, "decimal", "%1.%2.", "<w:isLgl/>")
    + level(2, "bullet", "\uf0b7")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
    "</w:lvlOverride></w:num></w:numbering>"
)


def blocks(document: Document, *kinds: str) -> list[tuple[str, str]]:
    return [(b.marker, document.text_of(b)) for b in document.blocks if b.kind in kinds]


def cells(document: Document) -> list[tuple[int | None, int | None, int, int, str]]:
    return [
        (b.row, b.column, b.row_span, b.column_span, document.text_of(b))
        for b in document.blocks
        if b.kind == "cell"
    ]


def test_headings_by_style_by_outline_and_by_number(read_back: Read) -> None:
    made = docx.Document()
    made.add_heading("Program", level=0)
    made.add_heading("Osie", level=1)
    made.add_heading("Działania", level=3)
    made.styles.add_style("Tytul osi", 1).base_style = made.styles["Heading 2"]
    made.add_paragraph("Z własnego stylu", style="Tytul osi")
    add(made, paragraph("Z konspektu", extra='<w:outlineLvl w:val="3"/>'))
    made.add_paragraph("2.1 Cele programu")
    made.add_paragraph("Zwykły akapit, który kończy się kropką.")
    found = read_back(made)
    assert [(b.level, found.text_of(b)) for b in found.blocks if b.kind == "heading"] == [
        (1, "Program"),
        (1, "Osie"),
        (3, "Działania"),
        (2, "Z własnego stylu"),
        (4, "Z konspektu"),
        (2, "2.1 Cele programu"),
    ]
    assert blocks(found, "paragraph") == [("", "Zwykły akapit, który kończy się kropką.")]


def test_the_numbers_of_lists_are_restored(read_back: Read) -> None:
    made = docx.Document()
    items = [
        (1, 0),
        (1, 1),
        (1, 1),
        (1, 2),
        (1, 2),
        (1, 0),
        (1, 1),
        (2, 0),
        (2, 1),
        (2, 2),
        (2, 0),
        (2, 1),
        (3, 0),
    ]
    add(made, "".join(paragraph(f"x{at}", *item) for at, item in enumerate(items)))
    found = read_back(made, numbering=LISTS)
    assert [marker for marker, _ in blocks(found, "list_item")] == [
        "1.", "1.1", "1.2", "a)", "b)", "2.", "2.1", "Cel I:", "1.1.", "•", "Cel II:", "2.1.", "7.",
    ]  # fmt: skip
    assert [b.level for b in found.blocks][:4] == [1, 2, 2, 3]
    assert found.text.startswith("1. x0\n1.1 x1\n")


def test_numbers_of_headings_stand_in_their_text(read_back: Read) -> None:
    made = docx.Document()
    heading = made.styles["Heading 1"].element.get_or_add_pPr()
    heading.append(parse_xml(f'<w:numPr {W}><w:numId w:val="1"/></w:numPr>'))
    made.add_heading("Osie priorytetowe", level=1)
    made.add_heading("Plan finansowy", level=1)
    listed = "<w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr>"
    add(
        made,
        f"<w:p><w:pPr>{listed}</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Inwestycje</w:t></w:r></w:p>",
    )
    add(
        made,
        paragraph("bez numeru", 0, 0, '<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
    )
    found = read_back(made, numbering=LISTS)
    assert [(b.level, found.text_of(b)) for b in found.blocks] == [
        (1, "1. Osie priorytetowe"),
        (1, "2. Plan finansowy"),
        (2, "2.1 Inwestycje"),
        (1, "bez numeru"),
    ]


@pytest.mark.parametrize(
    ("how", "printed"),
    [
        ("decimal", ["1", "2", "28", "4001"]),
        ("decimalZero", ["01", "02", "28", "4001"]),
        ("upperRoman", ["I", "II", "XXVIII", "4001"]),
        ("lowerRoman", ["i", "ii", "xxviii", "4001"]),
        ("upperLetter", ["A", "B", "BB", "4001"]),
        ("lowerLetter", ["a", "b", "bb", "4001"]),
        ("ordinal", ["1.", "2.", "28.", "4001."]),
        ("none", ["", "", "", ""]),
    ],
)
def test_ways_to_write_a_number(how: str, printed: list[str]) -> None:
    for value, expected in zip((1, 2, 28, 4001), printed, strict=True):
        start = f'<w:start w:val="{value}"/>'
        one = f'<w:lvl w:ilvl="0">{start}<w:numFmt w:val="{how}"/><w:lvlText w:val="%1"/></w:lvl>'
        text = f'<w:numbering {W}><w:abstractNum w:abstractNumId="5">{one}</w:abstractNum>'
        text += '<w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num></w:numbering>'
        assert Numbering(parse_xml(text)).next("9", 0) == expected


def test_merged_cells_and_a_table_in_a_cell(read_back: Read) -> None:
    made = docx.Document()
    table = made.add_table(rows=4, cols=4)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "Nazwa"
    table.cell(0, 1).merge(table.cell(1, 2)).text = "blok"
    for at, name in enumerate(("dół", "prawo"), start=1):
        table.cell(2, at).text = name
    inner = table.cell(3, 1).add_table(rows=2, cols=2)
    for at, text in enumerate(("EFRR", "1 000", "EFS", "200")):
        inner.cell(at // 2, at % 2).text = text
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(parse_xml(f"<w:tblHeader {W}/>"))
    found = read_back(made)
    assert [cell for cell in cells(found) if cell[4]] == [
        (0, 0, 3, 1, "Nazwa"),
        (0, 1, 2, 2, "blok"),
        (2, 1, 1, 1, "dół"),
        (2, 2, 1, 1, "prawo"),
        (3, 1, 1, 1, "EFRR\t1 000\nEFS\t200"),
    ]
    assert {b.row for b in found.blocks if b.header} == {0}
    assert {b.table for b in found.blocks} == {0}


def test_a_table_of_one_cell_only_places_text(read_back: Read) -> None:
    made = docx.Document()
    cell = made.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "Ramka"
    cell.add_table(rows=1, cols=2).cell(0, 1).text = "w środku"
    found = read_back(made)
    assert [(b.kind, found.text_of(b)) for b in found.blocks] == [
        ("paragraph", "Ramka"), ("cell", ""), ("cell", "w środku"),
    ]  # fmt: skip


def test_cells_keep_the_numbers_and_bullets_of_their_paragraphs(read_back: Read) -> None:
    made = docx.Document()
    numbered = "".join(
        f"<w:tr><w:tc>{paragraph('', 1)}</w:tc><w:tc>{paragraph(name)}{paragraph('a', 2, 2)}</w:tc></w:tr>"
        for name in ("Nazwa", "Cel")
    )
    add(made, f"<w:tbl>{numbered}</w:tbl>")
    assert [cell[4] for cell in cells(read_back(made, numbering=LISTS))] == [
        "1.",
        "Nazwa\n• a",
        "2.",
        "Cel\n• a",
    ]


NOTES = (
    f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    "<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t> Pierwszy.</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>Dalej.</w:t></w:r></w:p></w:footnote>"
    "<w:footnote w:id='3'><w:p><w:r><w:t>W tabeli.</w:t></w:r></w:p></w:footnote>"
    "<w:footnote w:id='4'><w:p><w:r><w:t>Z gwiazdką.</w:t></w:r></w:p></w:footnote></w:footnotes>"
)
ENDNOTES = (
    f"<w:endnotes {W}><w:endnote w:id='5'><w:p><w:r><w:t>Na końcu.</w:t></w:r></w:p></w:endnote></w:endnotes>"
)


def test_footnotes_and_endnotes(read_back: Read) -> None:
    made = docx.Document()
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    add(
        made,
        f"<w:p><w:r><w:t>Klastry</w:t></w:r>{reference.format(2)}<w:r><w:t> rosną</w:t></w:r>"
        '<w:r><w:endnoteReference w:id="5"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
        f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r>{reference.format(3)}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
        '</w:tbl><w:p><w:r><w:t>x</w:t></w:r><w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/>'
        "<w:t>*</w:t></w:r></w:p>",
    )
    found = read_back(made, footnotes=NOTES, endnotes=ENDNOTES)
    assert [(b.kind, b.marker, found.text_of(b)) for b in found.blocks] == [
        ("paragraph", "", "Klastry1 rosnąi."),
        ("note", "1", "Pierwszy."),
        ("note", "", "Dalej."),
        ("cell", "", "a2"),
        ("cell", "", ""),
        ("note", "2", "W tabeli."),
        ("paragraph", "", "x*"),
        ("note", "*", "Z gwiazdką."),
        ("note", "i", "Na końcu."),
    ]


def test_tracked_changes_are_read_as_accepted(read_back: Read) -> None:
    made = docx.Document()
    add(
        made,
        "<w:p><w:r><w:t>Wspiera </w:t></w:r><w:del><w:r><w:delText>stare </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>nowe </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>stąd </w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ukryte </w:t></w:r><w:r><w:t>firmy.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Połączony </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>akapit.</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('usunięty wiersz')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>",
    )
    found = read_back(made)
    assert [found.text_of(b) for b in found.blocks] == ["Wspiera nowe firmy.", "Połączony akapit.", "a", "b"]
    assert [b.row for b in found.blocks if b.kind == "cell"] == [0, 0]


def test_text_boxes_are_read_once_and_fields_by_their_result(read_back: Read) -> None:
    made = docx.Document()
    box = f"<w:txbxContent>{paragraph('W ramce.')}</w:txbxContent>"
    add(
        made,
        '<w:p><w:r><w:t>Przed</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t> i po</w:t></w:r></w:p>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>17</w:t></w:r>'
        '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:noBreakHyphen/></w:r></w:p>',
    )
    found = read_back(made)
    assert [found.text_of(b) for b in found.blocks] == ["Przed i po", "W ramce.", "17•\t-"]


def test_content_controls_title_and_language(read_back: Read) -> None:
    made = docx.Document()
    made.core_properties.title = "Opis osi"
    add(
        made,
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('W polu.')}</w:sdtContent></w:sdt>"
        f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>{paragraph('a')}</w:tc></w:sdtContent></w:sdt>"
        f"<w:tc>{paragraph('b')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
    )
    found = read_back(made)
    assert [found.text_of(b) for b in found.blocks] == ["W polu.", "a", "b"]
    assert found.metadata["title"] == "Opis osi"
    assert found.language == "en"  # the template's own: the text is too short to tell
