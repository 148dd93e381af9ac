"""One small sound file of each format, made here, to be broken or read by tests."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

import docx
import openpyxl

from benchmarks.pdf_maker import cards

__all__ = ["SPECIMENS", "workbook_97"]

_TEXT = """Działanie I.2 Inwestycje przedsiębiorstw

Wspiera rozwój klastrów[1] w regionie.

• hale
• maszyny
"""
_ROWS = [
    ["Lista projektów", "", ""],
    ["Tytuł", "Beneficjent", "Kwota"],
    ["Źródła ciepła", "Gmina Łódź", "1 234,50"],
    ["Hala; część 2", 'Spółka "X"', "7"],
]
_HTML = """<!DOCTYPE html>
<html lang="pl"><head><meta charset="utf-8"><title>Karta</title></head><body>
<nav><ul><li><a href="/x">Menu</a></li></ul></nav>
<main><h1>Oś priorytetowa I</h1><p class="oj-normal">Treść osi <a href="#n1"><sup>1</sup></a>.</p>
<table border="1"><tr><th rowspan="2">Fundusz</th><td colspan="2">EFRR</td></tr>
<tr><td><ul><li>a</li><li>b<table><tr><td>c</td></tr></table></li></ul></td><td>d</td></tr></table>
<ol type="i" start="2"><li value="4">raz</li><li>dwa</li></ol><pre>1. Nagłówek\n\n  tekst\n</pre>
<p>[pic] | a | b |<br>| c | d |</p>
<div class="grid-container grid-list"><div>(a)</div><div>punkt</div></div>
<div class="footnote" id="n1">(1) Przypis.</div></main></body></html>"""
_FORMEX = """<?xml version="1.0" encoding="UTF-8"?>
<ACT><BIB.INSTANCE><DOCUMENT.REF FILE="x.doc.xml"><COLL>L</COLL><NO.OJ>1</NO.OJ></DOCUMENT.REF>
<DATE ISO="20131217">20131217</DATE><LG.DOC>EN</LG.DOC>
<NO.DOC><NO.CURRENT>1400</NO.CURRENT><YEAR>2013</YEAR></NO.DOC></BIB.INSTANCE>
<TITLE><TI><P>REGULATION (EU) No 1400/2013</P></TI></TITLE>
<PREAMBLE><GR.CONSID><CONSID><NP><NO.P>(1)</NO.P>
<TXT>Whereas<NOTE NOTE.ID="E1"><P>A note.</P></NOTE>.</TXT></NP></CONSID></GR.CONSID></PREAMBLE>
<ENACTING.TERMS><ARTICLE IDENTIFIER="001"><TI.ART>Article 1</TI.ART><STI.ART><P>Aim</P></STI.ART>
<PARAG IDENTIFIER="001.001"><NO.PARAG>1.</NO.PARAG><ALINEA><P>The fund supports:</P><LIST TYPE="ALPHA">
<ITEM><NP><NO.P>(a)</NO.P><TXT>research;</TXT></NP></ITEM></LIST></ALINEA></PARAG></ARTICLE></ENACTING.TERMS>
<CONTENTS><?PAGE NO="2"?><TBL COLS="2"><TITLE><TI><P>Rates</P></TI></TITLE>
<CORPUS><ROW TYPE="HEADER"><CELL COL="1" COLSPAN="2">Both</CELL></ROW>
<ROW><CELL COL="1" ROWSPAN="2">a</CELL><CELL COL="2">b</CELL></ROW></CORPUS></TBL></CONTENTS></ACT>"""


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("Oś priorytetowa I", level=1)
    document.add_paragraph("Treść osi, która wspiera rozwój klastrów.")
    document.add_paragraph("hale", style="List Number")
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Fundusz"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "EFRR"
    table.cell(1, 1).add_table(rows=1, cols=2).cell(0, 0).text = "w środku"
    return _saved(document)


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in _ROWS:
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    book.create_sheet("Druga").append(["Oś", 1, 2.5])
    return _saved(book)


def _saved(made: object) -> bytes:
    file = io.BytesIO()
    made.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def workbook_97(rows: Sequence[Sequence[str | float]], sheet: str = "Arkusz") -> bytes:
    """A workbook of Excel 97: BIFF8 records in the one stream of a compound file.

    Source: [MS-XLS] and [MS-CFB].
    """

    def record(number: int, data: bytes) -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    cells = b""
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                cells += record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
            else:
                cells += record(0x0203, place + struct.pack("<d", value))
    name = sheet.encode("utf-16-le")
    end = record(0x000A, b"")
    # BOUNDSHEET holds the offset of the sheet in the stream, hence its own length is needed first.
    bound_length = 4 + 8 + len(name)
    start = len(begin(5)) + bound_length + len(end)
    bound = record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(sheet), 1) + name)
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    stream = begin(5) + bound + end + begin(0x10) + record(0x0200, size) + cells + end
    return _compound("Workbook", stream)


def _compound(name: str, stream: bytes) -> bytes:
    sector, free, last = 512, 0xFFFFFFFF, 0xFFFFFFFE
    stream = stream.ljust(max(4096, -(-len(stream) // sector) * sector), b"\0")
    count = len(stream) // sector
    table = [0xFFFFFFFD, last, *range(3, count + 2), last]  # the table itself, the directory, the stream
    fat = struct.pack(f"<{len(table)}I", *table).ljust(sector, b"\xff")
    if len(table) > sector // 4:
        raise ValueError("too many cells for one allocation sector")

    def entry(title: str, kind: int, child: int, start: int, length: int) -> bytes:
        written = title.encode("utf-16-le")
        head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written) + 2, kind, 1)
        return head + struct.pack("<III", free, free, child) + bytes(36) + struct.pack("<IQ", start, length)

    directory = entry("Root Entry", 5, 1, last, 0) + entry(name, 2, free, 2, len(stream)) + bytes(256)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, last, 0, last, 0)
    header += struct.pack("<I", 0).ljust(109 * 4, b"\xff")
    return header + fat + directory + stream


_CSV = "\n".join(";".join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in _ROWS)

SPECIMENS: dict[str, bytes] = {
    "karta.html": _HTML.encode(),
    "opis.md": f"# Oś\n\n{_TEXT}\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: Przypis.\n".encode(),
    "opis.txt": _TEXT.encode("cp1250"),
    "lista.csv": _CSV.encode("iso-8859-2"),
    "akt.xml": _FORMEX.encode(),
    "opis.docx": _docx(),
    "lista.xlsx": _xlsx(),
    "lista.xls": workbook_97([["Tytuł", "Kwota"], ["Źródła", 12.5], ["Hala", 7.0]]),
    "szoop.pdf": cards(2).bytes(),
}
"""File name to content."""
