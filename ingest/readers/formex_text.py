"""The running text of a Formex element: references kept, footnotes and page breaks set apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from .base import printable

__all__ = ["BLOCKS", "Note", "Text", "cell_text", "gather", "local", "names", "pieces", "rows_of"]


def names(text: str) -> frozenset[str]:
    """A set of element names, written as in the manual."""
    return frozenset(text.split())


BLOCKS: Final = names(
    "LIST DLIST TBL GR.SEQ GR.TBL DIVISION ARTICLE PARAG SUBDIV NP ITEM P ALINEA TXT TITLE CONSID QUOT.S"
)
"""Elements that are blocks of their own where they stand inside a paragraph."""
_SPACES: Final = re.compile("[ \t\r\n]+")
_NO_TEXT: Final = frozenset({"BIB.INSTANCE", "INCL.ELEMENT", "GR.NOTES", "FMT.VALUE"})


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote that waits to be printed below its paragraph."""

    element: etree._Element
    marker: str


@dataclass(frozen=True, slots=True)
class Text:
    """What an element says.

    Args:
        text: with white space as a printer sets it, line breaks of the file taken out.
        notes: the footnotes it refers to, in order.
        breaks: offsets into the text where a new page starts.
        blocks: child elements that are blocks of their own and come after the text.
    """

    @property
    def says(self) -> bool:
        """Whether it holds a letter or figure, and not only quotation marks and stops."""
        return any(map(str.isalnum, self.text))

    text: str
    notes: tuple[Note, ...] = ()
    breaks: tuple[int, ...] = ()
    blocks: tuple[etree._Element, ...] = ()


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Gatherer:
    def __init__(self, stop: Collection[str], skip: Collection[str]) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.notes: list[Note] = []
        self.breaks: list[int] = []
        self.blocks: list[etree._Element] = []
        self.stop, self.skip = stop, skip
        self.at_space = True

    def text(self) -> Text:
        """What was said so far, without the blocks."""
        return Text("".join(self.parts), tuple(self.notes), tuple(self.breaks))

    def say(self, text: str | None) -> None:
        if not text:
            return
        text = _SPACES.sub(" ", printable(text))
        if self.at_space:
            text = text.removeprefix(" ")
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.at_space = text.endswith(" ")

    def visit(self, node: etree._Element) -> None:
        self.say(node.text)
        for child in node:
            self.child(child)
            self.say(child.tail)

    def child(self, child: etree._Element) -> None:
        if child.tag is etree.ProcessingInstruction:
            if child.target == "PAGE":
                self.breaks.append(self.length)
            return
        name = local(child)
        if not name or name in _NO_TEXT or name in self.skip:
            return
        if name in self.stop:
            self.blocks.append(child)
        elif name == "NOTE":
            # A reference to a note that was printed before (NOTE.REF) has no text of its own.
            if len(child) or (child.text and child.text.strip()):
                self.notes.append(Note(child, ""))
        elif name in {"QUOT.START", "QUOT.END"}:
            code = child.get("CODE", "")
            self.say(_character(code))
        elif name in {"BR", "KEYWORD.SEP"}:
            self.say(" ")
        elif name == "IE":
            self.say("")
        else:
            if name == "P" and self.length and not self.at_space:
                self.say(" ")
            self.visit(child)


def _character(code: str) -> str:
    try:
        value = int(code, 16)
    except ValueError:
        return '"'
    return chr(value) if 0x20 <= value < 0x3000 else '"'


def gather(element: etree._Element, *, stop: Collection[str] = (), skip: Collection[str] = ()) -> Text:
    """Collect the text of an element.

    Args:
        stop: names of elements that are blocks of their own; they are returned, not read.
        skip: names of elements to leave out.
    """
    gatherer = _Gatherer(stop, skip)
    gatherer.visit(element)
    return replace(gatherer.text(), blocks=tuple(gatherer.blocks))


def pieces(
    element: etree._Element, *, stop: Collection[str], skip: Collection[str] = ()
) -> Iterator[Text | etree._Element]:
    """The stretches of text of an element and the blocks between them, as they follow each other.

    Args:
        stop: names of elements that are blocks of their own.
        skip: names of elements to leave out.
    """
    gatherer = _Gatherer(stop, skip)
    gatherer.say(element.text)
    for child in element:
        gatherer.child(child)
        if gatherer.blocks:
            yield gatherer.text()
            yield from gatherer.blocks
            gatherer = _Gatherer(stop, skip)
        gatherer.say(child.tail)
    yield gatherer.text()


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table and the page breaks between them, in order; not those of tables inside cells."""
    for child in table:
        if local(child) == "ROW" or (child.tag is etree.ProcessingInstruction and child.target == "PAGE"):
            yield child
        elif local(child) in {"CORPUS", "BLK"}:
            yield from rows_of(child)


def cell_text(cell: etree._Element) -> Text:
    """A cell as lines: one a paragraph, list item or number, with the marker as printed."""
    lines: list[str] = []
    notes: list[Note] = []
    breaks: list[int] = []

    def add(element: etree._Element, marker: str) -> None:
        for piece in pieces(element, stop=BLOCKS):
            if not isinstance(piece, Text):
                visit(piece, marker)
                marker = ""
                continue
            stripped = piece.text.strip()
            if stripped:
                offset = sum(len(line) + 1 for line in lines) + (len(marker) + 1 if marker else 0)
                breaks.extend(offset + place for place in piece.breaks)
                lines.append(f"{marker} {stripped}" if marker else stripped)
                marker = ""
            notes.extend(piece.notes)
        if marker:
            lines.append(marker)

    def visit(element: etree._Element, marker: str) -> None:
        name = local(element)
        if marker and name in {"LIST", "TBL", "NP"}:
            lines.append(marker)
            marker = ""
        if name == "NP":
            number = element.find("NO.P")
            marker = gather(number).text.strip() if number is not None else marker
            for child in element:
                if isinstance(child.tag, str) and child is not number:
                    visit(child, marker)
                    marker = ""
        elif name == "LIST":
            bullet = "—" if element.get("TYPE", "").upper() in {"DASH", "BULLET"} else ""
            for item in element:
                if isinstance(item.tag, str):
                    first = bullet
                    for child in item:
                        if isinstance(child.tag, str):
                            visit(child, first)
                            first = ""
        elif name == "TBL":
            for part in element:
                if isinstance(part.tag, str) and local(part) not in {"CORPUS", "BLK", "ROW"}:
                    visit(part, "")
            for row in rows_of(element):
                inner = [cell_text(one) for one in row.iterchildren("CELL")]
                lines.append("\t".join(" ".join(one.text.split()) for one in inner))
                notes.extend(note for one in inner for note in one.notes)
        else:
            add(element, marker)

    add(cell, "")
    return Text("\n".join(lines), tuple(notes), tuple(breaks))
