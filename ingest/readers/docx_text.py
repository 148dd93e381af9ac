"""What a paragraph of a Word document prints: no deleted and hidden text, notes and text boxes set apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from .base import printable
from .docx_xml import attribute, child, flag, local

__all__ = ["NoteReference", "Said", "alternative", "gather"]

_UNPRINTED: Final = frozenset(
    {
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr"),
        *("del", "moveFrom", "delText", "delInstrText", "instrText", "fldData"),
        *("commentReference", "annotationRef", "object"),
    }
)
"""Properties, what was deleted, the commands behind fields, marks of comments, embedded objects."""
_CHARACTERS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
}
_SYMBOLS: Final = {0xF0B7: "•", 0xF0A7: "▪", 0xF0B0: "°", 0xF0B3: "≥", 0xF0A3: "≤", 0xF0AE: "→", 0xF0E0: "→"}


@dataclass(frozen=True, slots=True)
class NoteReference:
    """Where a paragraph refers to a note.

    Args:
        kind: "footnote" or "endnote".
        id: of the note in its part.
        own_mark: the sign is part of the text and not a number that the program counts.
        at: offset into the text.
    """

    kind: str
    id: str
    own_mark: bool
    at: int


@dataclass(slots=True)
class Said:
    """The text of a paragraph and what hangs on it.

    Args:
        text: without the numbers of notes.
        notes: in order.
        boxes: the contents of text boxes anchored in it.
        bold: everything printed is bold.
    """

    text: str = ""
    notes: list[NoteReference] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    bold: bool = False


def alternative(node: etree._Element) -> etree._Element | None:
    """Of the ways to draw one thing (``AlternateContent``) the one to read: the first choice."""
    choice = child(node, "Choice")
    return choice if choice is not None else child(node, "Fallback")


def gather(paragraph: etree._Element) -> Said:
    """Collect what a paragraph prints; tracked changes are read as accepted."""
    gatherer = _Gatherer()
    gatherer.visit(paragraph, False)
    said = gatherer.said
    said.text = "".join(gatherer.parts)
    said.bold = bool(gatherer.bold) and not gatherer.plain
    return said


class _Gatherer:
    def __init__(self) -> None:
        self.said = Said()
        self.parts: list[str] = []
        self.length = 0
        self.bold = self.plain = 0

    def visit(self, node: etree._Element, bold: bool) -> None:
        for one in node:
            name = local(one)
            if name == "r":
                if not flag(child(one, "rPr/vanish")):
                    self.visit(one, flag(child(one, "rPr/b")))
            elif name == "t":
                self._say(printable(one.text or ""), bold)
            elif name in _CHARACTERS:
                self._say(_CHARACTERS[name], bold)
            elif name == "sym":
                self._say(_symbol(attribute(one, "char")), bold)
            elif name in {"footnoteReference", "endnoteReference"}:
                own = attribute(one, "customMarkFollows") in {"1", "true", "on"}
                kind = name.removesuffix("Reference")
                self.said.notes.append(NoteReference(kind, attribute(one, "id"), own, self.length))
            elif name == "txbxContent":
                self.said.boxes.append(one)
            elif name == "AlternateContent":
                chosen = alternative(one)
                if chosen is not None:
                    self.visit(chosen, bold)
            elif name and name not in _UNPRINTED:
                self.visit(one, bold)

    def _say(self, text: str, bold: bool) -> None:
        self.parts.append(text)
        self.length += len(text)
        letters = sum(not character.isspace() for character in text)
        if bold:
            self.bold += letters
        else:
            self.plain += letters


def _symbol(code: str) -> str:
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return printable(_SYMBOLS.get(value, chr(value))) if 0x20 <= value < 0x110000 else ""
