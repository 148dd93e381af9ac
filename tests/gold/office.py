"""Gold documents as an office prints them: PDF by fpdf2 and DOCX by python-docx, with the dirt of print.

Small pages with a running header and page numbers, words broken at line ends, footnotes that interrupt
sentences, ruled tables that run over pages. The gold stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import docx
from docx.shared import Cm
from fpdf import FPDF
from markdown_it import MarkdownIt

__all__ = ["to_docx", "to_pdf"]

FONTS = Path("/usr/share/fonts/truetype/dejavu")
_NOTE = {"pl": "Zapis powtórzono za rękopisem.", "en": "Kept as in the manuscript."}


@dataclass(slots=True)
class Piece:
    """A heading, paragraph or list item, or a table."""

    kind: Literal["heading", "paragraph", "item", "table"]
    text: str = ""
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)


def pieces(markdown: str) -> Iterator[Piece]:
    """The blocks of a Markdown text, in order."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    table: list[list[str]] | None = None
    depth, ordered = 0, [0]
    for at, token in enumerate(tokens):
        following = tokens[at + 1].content.replace("*", "") if at + 1 < len(tokens) else ""
        match token.type:
            case "heading_open":
                yield Piece("heading", following, int(token.tag[1:]))
            case "paragraph_open":
                if depth and ordered[-1]:
                    yield Piece("item", f"{ordered[-1]}. {following}")
                    ordered[-1] += 1
                else:
                    yield Piece("item" if depth else "paragraph", f"- {following}" if depth else following)
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
                ordered.append(int(token.type.startswith("ordered")))
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
                ordered.pop()
            case "table_open":
                table = []
            case "tr_open" if table is not None:
                table.append([])
            case "th_open" | "td_open" if table is not None:
                table[-1].append(following)
            case "table_close" if table is not None:
                yield Piece("table", rows=table)
                table = None


def breakable(text: str) -> str:
    """The text with places where long words may break."""
    return re.sub(r"\b([^\W\d]{4,7})([^\W\d]{4,})\b", "\\1\u00ad\\2", text)


class _Pages(FPDF):
    def __init__(self, title: str) -> None:
        super().__init__(format=(130, 180))
        self.running, self.notes = title, dict[int, list[str]]()
        self.add_font("serif", "", FONTS / "DejaVuSerif.ttf")
        self.add_font("serif", "B", FONTS / "DejaVuSerif-Bold.ttf")
        self.set_auto_page_break(True, margin=24)
        self.set_margins(15, 12)

    def header(self) -> None:
        self.set_font("serif", "", 7)
        self.cell(0, 5, self.running, align="R", new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def footer(self) -> None:
        self.set_font("serif", "", 7)
        notes = self.notes.get(self.page, [])
        self.set_y(-10 - 4 * len(notes))
        if notes:
            self.line(15, self.get_y() - 1, 50, self.get_y() - 1)
        for note in notes:
            self.cell(0, 4, note, new_x="LMARGIN", new_y="NEXT")
        self.set_y(-8)
        self.cell(0, 4, str(self.page), align="C")


def to_pdf(markdown: str, language: str, path: Path) -> int:
    """Print a Markdown text; returns the number of pages."""
    found = list(pieces(markdown))
    pages = _Pages(found[0].text)
    pages.add_page()
    noted = 0
    for piece in found:
        if piece.kind == "heading":
            pages.set_font("serif", "B", {1: 14, 2: 12, 3: 11}.get(piece.level, 10))
            pages.ln(2)
            pages.multi_cell(0, 6, piece.text, align="L", new_x="LMARGIN", new_y="NEXT")
            pages.ln(1.5)
        elif piece.kind == "table":
            pages.set_font("serif", "", 8)
            with pages.table(first_row_as_headings=True) as table:
                for row in piece.rows:
                    table.row(row)
            pages.ln(2)
        else:
            text = breakable(piece.text)
            gap = re.search(r"(?<=[^\W\d_A-Z]{5}) (?=[a-ząćęłńóśźż]{3})", text[len(text) // 3 :])
            if len(text) > 260 and gap:
                noted += 1
                at = len(text) // 3 + gap.start()
                text = f"{text[:at]}{noted}{text[at:]}"
                pages.notes.setdefault(pages.page, []).append(f"{noted} {_NOTE[language]}")
            pages.set_font("serif", "", 9)
            pages.multi_cell(0, 5, text, align="J", new_x="LMARGIN", new_y="NEXT")
            pages.ln(1)
    pages.output(str(path))
    return pages.page


def to_docx(markdown: str, path: Path) -> None:
    """Write a Markdown text as a Word document with headings by style, a running header and real tables."""
    found = list(pieces(markdown))
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(13), Cm(18)
    section.header.paragraphs[0].text = found[0].text
    section.footer.paragraphs[0].text = "1"
    for piece in found:
        if piece.kind == "heading":
            document.add_heading(piece.text, level=min(piece.level, 9))
        elif piece.kind == "table":
            table = document.add_table(rows=0, cols=len(piece.rows[0]))
            table.style = "Table Grid"
            for row in piece.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif piece.kind == "item":
            document.add_paragraph(breakable(piece.text.removeprefix("- ")), style="List Bullet")
        else:
            document.add_paragraph(breakable(piece.text))
    document.save(str(path))
