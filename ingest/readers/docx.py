"""Reads DOCX: headings by style or numbering, paragraphs, lists, tables and footnotes."""

from __future__ import annotations

import re
import zipfile
from typing import Any, ClassVar, Final

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from ...errors import ReadError
from ..document import Document
from .base import Builder, Reader, Source, printable
from .grid import Grid
from .headings import LIST_MARKER, heading_level

__all__ = ["DOCXReader"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE: Final = re.compile(r"(?:Heading|Nagłówek|Title|Tytuł)\s*(\d)?", re.IGNORECASE)
_RECOVERY: Final = "Open it in an office program and save it again as DOCX or PDF."
_LARGEST_PART: Final = 200 * 1024 * 1024


_BROKEN: Final = (
    OpcError,
    zipfile.BadZipFile,
    etree.LxmlError,
    LookupError,
    EOFError,
    AttributeError,
    TypeError,
    NotImplementedError,
    RecursionError,
)
"""What python-docx, zipfile and lxml raise on broken files."""


class DOCXReader(Reader):
    """The body of a Word document, with its footnotes below the paragraphs that refer to them."""

    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def read(self, source: Source) -> Document:
        """Read the document; raises ReadError where it is broken."""
        try:
            with zipfile.ZipFile(source.path) as archive:
                if any(part.file_size > _LARGEST_PART for part in archive.infolist()):
                    raise ReadError(f"{source.path} unpacks to too much.", path=source.path, hint=_RECOVERY)
            document = docx.Document(str(source.path))
            walk = _Walk(document)
            walk.run()
            metadata = {"title": printable(document.core_properties.title or "")}
        except (*_BROKEN, ValueError, OSError) as error:
            if isinstance(error, ReadError):
                raise
            raise ReadError(
                f"{source.path} is a broken DOCX document: {error}.", path=source.path, hint=_RECOVERY
            ) from error
        if not walk.builder.blocks:
            raise ReadError(
                f"{source.path} is a DOCX document without text.", path=source.path, hint=_RECOVERY
            )
        return walk.builder.document(
            source,
            media_type=self.media_type,
            metadata={name: value for name, value in metadata.items() if value},
        )


class _Walk:
    def __init__(self, document: Any) -> None:
        self.builder = Builder()
        self._body = document.element.body
        self._styles = {style.style_id: str(style.name) for style in document.styles}
        self._notes = _notes(document)

    def run(self) -> None:
        for child in self._body.iterchildren():
            self._node(child)

    def _node(self, node: Any) -> None:
        if node.tag == f"{_W}p":
            self._paragraph(node)
        elif node.tag == f"{_W}tbl":
            self._table(node)
        elif node.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}smartTag"}:
            for child in node.iterchildren():
                self._node(child)

    def _paragraph(self, node: Any) -> None:
        text, notes = _text(node)
        style = node.find(f"{_W}pPr/{_W}pStyle")
        name = self._styles.get(style.get(f"{_W}val"), "") if style is not None else ""
        numbered = node.find(f"{_W}pPr/{_W}numPr")
        match = _STYLE.match(name)
        level = int(match.group(1) or 1) if match else None
        bold = numbered is None and len(text) < 200 and heading_level(text)
        if level is None and bold:
            level = bold
        if level is not None:
            self.builder.add("heading", text, level=level, name=name)
        elif found := LIST_MARKER.match(text):
            self.builder.add("list_item", text[found.end() :], marker=found["marker"], level=1, name=name)
        elif numbered is not None or name.startswith(("List", "Lista")):
            depth = numbered.find(f"{_W}ilvl") if numbered is not None else None
            value = str(depth.get(f"{_W}val")) if depth is not None else "0"
            self.builder.add(
                "list_item", text, marker="•", level=1 + (int(value) if value.isdigit() else 0), name=name
            )
        else:
            self.builder.add("paragraph", text, name=name)
        self._print_notes(notes)

    def _print_notes(self, notes: list[str]) -> None:
        for note in notes:
            if note in self._notes:
                self.builder.add("note", self._notes[note], marker=note, name="footnote")

    def _table(self, node: Any) -> None:
        grid = Grid(self.builder.new_table())
        notes: list[str] = []
        for row in node.iterchildren(f"{_W}tr"):
            grid.next_row()
            header = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            for cell in row.iterchildren(f"{_W}tc"):
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                value = str(span.get(f"{_W}val")) if span is not None else "1"
                wide = min(int(value), 200) if value.isdigit() and int(value) else 1
                column = grid.place(None, wide, 1)
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                if merged is not None and merged.get(f"{_W}val") != "restart":
                    continue  # goes on the cell above
                lines = []
                for paragraph in cell.iter(f"{_W}p"):
                    text, found = _text(paragraph)
                    notes += found
                    if paragraph.find(f"{_W}pPr/{_W}numPr") is not None and text:
                        text = f"• {text}"
                    lines.append(text)
                self.builder.add(
                    "cell", "\n".join(line for line in lines if line.strip()), table=grid.table, row=grid.row,
                    column=column, column_span=wide, header=header,
                )  # fmt: skip
        self._print_notes(notes)


def _text(paragraph: Any) -> tuple[str, list[str]]:
    """The text of a paragraph without deleted passages, and the numbers of its footnotes."""
    parts: list[str] = []
    notes: list[str] = []
    for node in paragraph.iter():
        match node.tag:
            case tag if tag == f"{_W}t":
                parts.append(printable(node.text or ""))
            case tag if tag in {f"{_W}tab", f"{_W}ptab"} and node.getparent().tag == f"{_W}r":
                parts.append("\t")
            case tag if tag in {f"{_W}br", f"{_W}cr"}:
                parts.append("\n")
            case tag if tag == f"{_W}noBreakHyphen":
                parts.append("-")
            case tag if tag == f"{_W}softHyphen":
                parts.append("\u00ad")
            case tag if tag == f"{_W}footnoteReference":
                notes.append(str(node.get(f"{_W}id")))
                parts.append(notes[-1])
    return "".join(parts), notes


def _notes(document: Any) -> dict[str, str]:
    """The footnotes by their number."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes"):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.fromstring(relation.target_part.blob, parser)
            return {
                str(note.get(f"{_W}id")): "".join(
                    str(text.text or "") for text in note.iter(f"{_W}t")
                ).strip()
                for note in root.iter(f"{_W}footnote")
                if note.get(f"{_W}type") is None
            }
    return {}
