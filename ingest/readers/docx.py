"""Reads DOCX: headings by style or numbering, lists with their printed numbers, tables, notes, text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from lxml import etree

from ...errors import ReadError
from ..document import Document, Language
from .base import Builder, Reader, Source
from .docx_numbering import numeral
from .docx_package import RECOVERY, Package, Style, opened
from .docx_text import NoteReference, Said, alternative, gather
from .docx_xml import attribute, child, elements, flag, local, whole
from .headings import LIST_MARKER, heading_level

__all__ = ["DOCXReader"]

_TRANSPARENT: Final = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
"""Elements around paragraphs, rows and cells that print nothing themselves."""
_NUMBERED: Final = re.compile(r"(?:\d{1,2}|[IVX]{1,5})(?:\.\d{1,2}){1,4}\.?")
_LONGEST_HEADING: Final = 200
_MOST_COLUMNS: Final = 100
_NONE: Final = Style("", None, None)


class DOCXReader(Reader):
    """The body of a Word document, with its footnotes below the paragraphs that refer to them."""

    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def read(self, source: Source) -> Document:
        """Read the document; raises ReadError where it is broken or holds no text."""
        package = opened(source)
        walk = _Walk(package)
        walk.run()
        if not walk.builder.blocks:
            raise ReadError(
                f"{source.path} is a DOCX document without text.", path=source.path, hint=RECOVERY
            )
        languages: dict[str, Language] = {"pl": "pl", "en": "en"}
        return walk.builder.document(
            source,
            media_type=self.media_type,
            metadata=package.metadata,
            language=languages.get(package.language[:2].lower()),
        )


@dataclass(slots=True)
class _Cell:
    """A cell and the places that it covers, counted from 0."""

    node: etree._Element
    row: int
    column: int
    wide: int
    high: int = 1


class _Walk:
    def __init__(self, package: Package) -> None:
        self.builder = Builder()
        self._package = package
        self._carried = ""
        """Text of a paragraph whose end was deleted: it opens the next one."""
        self._counted = {"footnote": 0, "endnote": 0}
        self._endnotes: list[tuple[str, str]] = []

    def run(self) -> None:
        self._blocks(self._package.body)
        for identity, marker in self._endnotes:
            self._note("endnote", identity, marker)

    def _blocks(self, node: etree._Element) -> None:
        for one in _inside(node, {"p", "tbl"}):
            if local(one) == "p":
                self._paragraph(one)
            else:
                self._table(one)

    # Paragraphs

    def _paragraph(self, node: etree._Element) -> None:
        said = gather(node)
        if child(node, "pPr/rPr/del") is not None:
            self._carried += said.text
            return
        text, notes = self._with_note_numbers(said)
        text, self._carried = self._carried + text, ""
        style = self._style(node)
        number = self._number(node, style)
        level = _level(node, style)
        if level is None and len(text) < _LONGEST_HEADING:
            if number is None:
                level = heading_level(text)
            elif said.bold and _NUMBERED.fullmatch(number):
                level = heading_level(f"{number} {text}")
        if level is not None:
            self.builder.add("heading", _with_number(number, text), level=level, name=style.name)
        elif number:
            depth = self._listed(node, style)
            self.builder.add(
                "list_item", text, marker=number, level=1 + (depth[1] if depth else 0), name=style.name
            )
        elif found := LIST_MARKER.match(text):
            self.builder.add(
                "list_item", text[found.end() :], marker=found["marker"], level=1, name=style.name
            )
        else:
            self.builder.add("paragraph", text, name=style.name)
        for kind, identity, marker in notes:
            if kind == "endnote":
                self._endnotes.append((identity, marker))
            else:
                self._note(kind, identity, marker)
        for box in said.boxes:
            self._blocks(box)

    def _style(self, node: etree._Element) -> Style:
        return self._package.styles.get(attribute(child(node, "pPr/pStyle")), _NONE)

    def _listed(self, node: etree._Element, style: Style) -> tuple[str, int] | None:
        """The list that a paragraph belongs to and its depth there, its own properties before its style's."""
        number = attribute(child(node, "pPr/numPr/numId"))
        depth = whole(child(node, "pPr/numPr/ilvl"))
        if not number and style.numbering is None:
            return None
        styled, usual = style.numbering or ("", 0)
        return number or styled, (0 if number else usual) if depth is None else depth

    def _number(self, node: etree._Element, style: Style) -> str | None:
        """What is printed before a paragraph, or None for one that is in no list."""
        listed = self._listed(node, style)
        if listed is not None and listed[0] != "0":
            printed = self._package.numbering.next(*listed)
            return "•" if printed is None else printed
        return "•" if style.name.lower().startswith(("list bullet", "lista punktowana")) else None

    # Notes

    def _with_note_numbers(self, said: Said) -> tuple[str, list[tuple[str, str, str]]]:
        """The text with the numbers of its notes as printed, and (kind, id, number) of each note."""
        parts: list[str] = []
        notes: list[tuple[str, str, str]] = []
        last = 0
        for reference in said.notes:
            marker = self._marker(reference, said.text)
            parts.append(said.text[last : reference.at])
            if not reference.own_mark:
                parts.append(marker)
            last = reference.at
            notes.append((reference.kind, reference.id, marker))
        parts.append(said.text[last:])
        return "".join(parts), notes

    def _marker(self, reference: NoteReference, text: str) -> str:
        if reference.own_mark:
            return (
                text[reference.at : reference.at + 3].split(maxsplit=1)[0]
                if text[reference.at :].strip()
                else "*"
            )
        self._counted[reference.kind] += 1
        return numeral(self._counted[reference.kind], self._package.note_numbers[reference.kind])

    def _note(self, kind: str, identity: str, marker: str) -> None:
        note = self._package.notes.get((kind, identity))
        for paragraph in _inside(note, {"p"}) if note is not None else ():
            text = gather(paragraph).text
            if text.strip():
                self.builder.add("note", text, marker=marker, name=kind)
                marker = ""

    # Tables

    def _table(self, node: etree._Element) -> None:
        rows = [row for row in _inside(node, {"tr"}) if child(row, "trPr/del") is None]
        cells = _cells(rows)
        nested = sum(any(True for _ in _inside(cell.node, {"tbl"})) for cell in cells)
        if len(cells) == 1 or (nested and nested * 3 >= len(cells)):
            for cell in cells:  # the table only places things on the page
                self._blocks(cell.node)
            return
        table = self.builder.new_table()
        notes: list[tuple[str, str, str]] = []
        for cell in cells:
            self.builder.add(
                "cell",
                "\n".join(self._lines(cell.node, notes)),
                table=table,
                row=cell.row,
                column=cell.column,
                row_span=cell.high,
                column_span=cell.wide,
                header=flag(child(rows[cell.row], "trPr/tblHeader")),
            )
        for kind, identity, marker in notes:
            if kind == "endnote":
                self._endnotes.append((identity, marker))
            else:
                self._note(kind, identity, marker)

    def _lines(self, node: etree._Element, notes: list[tuple[str, str, str]]) -> Iterator[str]:
        """The paragraphs of a cell, one a line or more; the rows of a table inside it, one a line."""
        for one in _inside(node, {"p", "tbl"}):
            if local(one) == "tbl":
                for row in _inside(one, {"tr"}):
                    yield "\t".join(" ".join(self._lines(cell, notes)) for cell in _inside(row, {"tc"}))
                continue
            said = gather(one)
            text, found = self._with_note_numbers(said)
            notes += found
            line = _with_number(self._number(one, self._style(one)), text)
            if line.strip():
                yield line
            for box in said.boxes:
                yield from self._lines(box, notes)


def _level(node: etree._Element, style: Style) -> int | None:
    """The level that the paragraph itself or its style gives to a heading; from 10 on it is body text."""
    own = whole(child(node, "pPr/outlineLvl"))
    level = style.level if own is None else own + 1
    return level if level is not None and level <= 9 else None


def _with_number(number: str | None, text: str) -> str:
    return f"{number} {text}".strip() if number else text


def _inside(node: etree._Element, names: set[str]) -> Iterator[etree._Element]:
    """The paragraphs, tables, rows or cells of an element, those in content controls included."""
    for one in node:
        name = local(one)
        if name in names:
            yield one
        elif name in _TRANSPARENT:
            yield from _inside(one, names)
        elif name == "AlternateContent":
            chosen = alternative(one)
            if chosen is not None:
                yield from _inside(chosen, names)


def _cells(rows: list[etree._Element]) -> list[_Cell]:
    """The cells of a table with the rows and columns they cover, those merged into others left out."""
    found: list[_Cell] = []
    above: dict[int, _Cell] = {}
    for number, row in enumerate(rows):
        column = min(whole(child(row, "trPr/gridBefore")) or 0, _MOST_COLUMNS)
        current: dict[int, _Cell] = {}
        left: _Cell | None = None
        for node in _inside(row, {"tc"}):
            properties = child(node, "tcPr")
            wide = min(max(whole(child(properties, "gridSpan")) or 1, 1), _MOST_COLUMNS)
            merge = next(elements(properties, "vMerge"), None)
            goes_on = merge is not None and attribute(merge) in {"", "continue"}
            if attribute(child(properties, "hMerge")) == "continue" and left is not None:
                left.wide = min(left.wide + wide, _MOST_COLUMNS)
            elif goes_on and column in above:
                left = current[column] = above[column]
                left.high = number - left.row + 1
            elif child(properties, "cellDel") is None:
                left = _Cell(node, number, column, wide)
                found.append(left)
                if merge is not None:
                    current[column] = left
            column += wide
        above = current
    return found
