"""Reads Formex 4, the XML in which the Publications Office keeps the Official Journal.

Source: the Formex 4 manual and schema, https://op.europa.eu/en/web/eu-vocabularies/formex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from lxml import etree

from ...errors import ReadError
from ..document import BlockKind, Document, Language
from .base import Builder, Reader, Source, printable
from .formex_metadata import metadata_of
from .formex_text import BLOCKS, Note, Text, cell_text, gather, local, names, pieces, rows_of
from .grid import Grid
from .markup import parse

__all__ = ["FormexReader"]

_ROOTS: Final = names(
    "ACT ANNEX CONS.ACT CONS.ANNEX CONS.DOC CONS.OTH.DOC DOC GENERAL AGR LETTER OPINION PUBLICATION "
    "PROPOSAL CORRIGENDUM CJT CONTENTS REPORT ECR.DOC ADDITIONAL.DOCS"
)
_SKIPPED: Final = names(
    "BIB.INSTANCE BIB.DOC BIB.DATA BIB.APPEND PUBLICATION.REF FMX PDF PAPER INCL.ELEMENT GR.NOTES "
    "NOTE INFO.CONSLEG INFO.PROD TOC"
)
_HEADINGS: Final = names("TI STI TI.ART STI.ART TI.CJT TI.TBL TI.INFO TI.RULING TI.SIGNATORY HEADER.LG")
_LINES: Final = names(
    "P ALINEA TXT VISA PREAMBLE.INIT PREAMBLE.FINAL GR.CONSID.INIT PL.DATE DLIST.ITEM TERM "
    "DEFINITION LINE INTRO TXT.COL FORMULA CAPTION ANNOTATION"
)
_ANNEX: Final = re.compile(r"(?:ANNEX|ZAŁĄCZNIK)\s*([IVXLC]+|[0-9]+|[A-Z])?\b")
_RECOVERY: Final = "Download the document again from EUR-Lex or Cellar."


class FormexReader(Reader):
    """One Formex document: the act, an annex, or the list of the files that belong together."""

    media_type: ClassVar[str] = "application/xml"

    def read(self, source: Source) -> Document:
        """Read the document; raises ReadError for broken XML, entities and other vocabularies."""
        root = parse(source.path.read_bytes(), path=source.path, hint=_RECOVERY)
        if local(root) not in _ROOTS:
            raise ReadError(
                f"{source.path} is XML, but not Formex 4: its root element is <{root.tag}>.",
                path=source.path,
                hint="nurt reads Formex 4 and XHTML; give the document as HTML or PDF.",
            )
        walk = _Walk(root)
        try:
            walk.run()
        except RecursionError as error:
            raise ReadError(
                f"{source.path} nests its elements too deeply.", path=source.path, hint=_RECOVERY
            ) from error
        if not walk.builder.blocks:
            raise ReadError(f"{source.path} is a Formex file without text.", path=source.path, hint=_RECOVERY)
        metadata = metadata_of(root)
        if walk.title:
            metadata["title"] = " ".join(walk.title)
        if local(root) == "ANNEX":  # whose own title is a mere number; the contents have one too
            opening = walk.builder.blocks[:2]
            headed = [walk.builder.text[b.start : b.end] for b in opening if b.kind == "heading"]
            metadata["title"] = ": ".join(" ".join(text.split()) for text in headed)
        language: Language | None = None
        if metadata.get("language") in ("pl", "en"):
            language = "pl" if metadata["language"] == "pl" else "en"
        return walk.builder.document(source, media_type=self.media_type, metadata=metadata, language=language)


class _Walk:
    """Goes through the document once and appends its blocks to the builder."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.builder = Builder()
        self.title: list[str] = []
        self._path: list[str] = []
        self._divisions = 0
        self._notes: list[Note] = []
        self._note_number = 0
        self._quoted = 0
        """How many quotations of other acts we are in: their articles are none of this act."""
        self._pictures: list[str] = []

    def run(self) -> None:
        self.builder.new_page()
        kind = local(self.root)
        if kind in {"ANNEX", "CONS.ANNEX"}:
            title = self.root.find("TITLE/TI")
            match = _ANNEX.search(" ".join(title.itertext())) if title is not None else None
            self._path = ["annex", match.group(1)] if match and match.group(1) else ["annex"]
        if kind == "DOC" and self.root.find("FMX") is not None:
            self._publication()
        else:
            self._children(self.root)
        self._pictures += [node.get("FILEREF", "") for node in self.root.iter("INCL.ELEMENT")]
        if self._pictures:
            self.builder.warnings.append(f"Pictures are not read: {', '.join(filter(None, self._pictures))}.")

    def _publication(self) -> None:
        """The file that names the others of a publication: its title, and the names."""
        for title in self.root.iterfind("PAPER//TITLE"):
            self._title(title)
            self.title += [" ".join(gather(part).text.split()) for part in title.iter("TI")]
        for file in self.root.iterfind("FMX//REF.PHYS"):
            self.builder.add("list_item", file.get("FILE", ""), marker="—", level=1, name="REF.PHYS")

    def _children(self, element: etree._Element) -> None:
        self._loose(element.text)
        for child in element:
            self._node(child)
            self._loose(child.tail)

    def _loose(self, text: str | None) -> None:
        """Text where the manual foresees none is kept all the same."""
        if text and not text.isspace():
            self._add("paragraph", Text(" ".join(printable(text).split())), "")

    def _node(self, node: etree._Element) -> None:
        if node.tag is etree.ProcessingInstruction:
            if node.target == "PAGE":
                self.builder.new_page()
            return
        if not isinstance(node.tag, str):
            return
        name = local(node)
        if name in _SKIPPED:
            if name == "GR.NOTES":  # a table prints its own below it
                self._table_notes(node)
            return
        handler = _HANDLERS.get(name)
        if handler:
            handler(self, node)
        elif name in _HEADINGS:
            self._heading(node, name)
        elif name in _LINES or not _has_blocks(node):
            self._line(node, "paragraph")
        else:
            self._children(node)

    # Structure

    def _division(self, node: etree._Element) -> None:
        self._divisions += 1
        self._children(node)
        self._divisions -= 1

    def _article(self, node: etree._Element) -> None:
        number = (node.get("IDENTIFIER") or "").lstrip("0")
        if not number:
            match = re.search(r"(\d+[a-z]*)", " ".join((node.findtext("TI.ART") or "").split()))
            number = match.group(1) if match else ""
        outer = self._path
        if not self._quoted:
            self._path = ["article", *([number.lower()] if number else [])]
        self._children(node)
        self._path = outer

    def _numbered(self, node: etree._Element) -> None:
        """PARAG, NP, CONSID and the like: a number and what it counts."""
        name = local(node)
        if name == "CONSID":
            outer, self._path = self._path, ["recital"]
            self._children(node)
            self._path = outer
            return
        number = node.find("NO.PARAG")
        if number is None:
            number = node.find("NO.P")
        marker = gather(number).text.strip() if number is not None else ""
        outer = self._path
        if not self._quoted:
            self._path = [*outer, *_step(marker)]
        in_list = local(node.getparent()) == "ITEM" if node.getparent() is not None else False
        self._pieces(node, "list_item" if in_list else "paragraph", marker, skip=("NO.PARAG", "NO.P"))
        self._path = outer

    def _list(self, node: etree._Element) -> None:
        dash = node.get("TYPE", "").upper() in {"DASH", "BULLET"}
        for child in node:
            if isinstance(child.tag, str) and local(child) == "ITEM":
                first = next((part for part in child if isinstance(part.tag, str)), None)
                if first is not None and local(first) == "P":
                    self._line(first, "list_item", marker="—" if dash else "")
                    for other in child:
                        if other is not first:
                            self._node(other)
                else:
                    self._children(child)
            else:
                self._node(child)

    def _title(self, node: etree._Element) -> None:
        outer = local(node.getparent()) if node.getparent() is not None else ""
        for child in node:
            if isinstance(child.tag, str) and local(child) in _HEADINGS:
                self._heading(child, f"{outer}.{local(child)}" if outer else local(child), outer)
            else:
                self._node(child)

    def _heading(self, node: etree._Element, name: str, owner: str = "") -> None:
        level = self._level(node, owner or name)
        for part in _paragraphs(node):
            marker = ""
            if local(part) == "NP":
                marker = gather(part.find("NO.P")).text.strip() if part.find("NO.P") is not None else ""
            text = gather(part, skip=("NO.P",))
            if local(part) == "NP" and marker:
                text = Text(
                    f"{marker} {text.text}", text.notes, tuple(b + len(marker) + 1 for b in text.breaks)
                )
            if self._quoted:
                self._add("paragraph", text, name)
            else:
                self._add("heading", text, name, level=level)
            if owner and not self._quoted and node.getparent().getparent() is self.root:
                self.title.append(" ".join(text.text.split()))
        self._flush()

    def _level(self, node: etree._Element, owner: str) -> int:
        if owner.endswith("ART"):
            return self._divisions + 2
        if owner == "DIVISION":
            return self._divisions + 1
        depth = 0
        parent = node.getparent()
        while parent is not None:
            if local(parent) in {"GR.SEQ", "GR.TBL", "TBL", "DIVISION"}:
                depth += 1
            parent = parent.getparent()
        return depth + 1

    def _sequence(self, node: etree._Element) -> None:
        number = node.find("TITLE/TI//NO.P")
        outer = self._path
        if number is not None:
            step = [] if self._quoted else _step(gather(number).text)
            # "4.2" below "4" is one step further, not two.
            last = outer[-1] if len(outer) > 2 else ""
            nested = bool(step and last and step[0].startswith(last + "."))
            self._path = [*(outer[:-1] if nested else outer), *step]
        self._children(node)
        self._path = outer

    # Text

    def _line(self, node: etree._Element, kind: BlockKind, *, marker: str = "") -> None:
        """A paragraph, point or alinea, and the blocks in it (a list inside an ALINEA)."""
        self._pieces(node, kind, marker)

    def _pieces(
        self, node: etree._Element, kind: BlockKind, marker: str = "", *, skip: tuple[str, ...] = ()
    ) -> None:
        """The text of an element and the blocks between it; the first to print takes kind and marker."""
        for piece in pieces(node, stop=_BLOCKS, skip=skip):
            if not isinstance(piece, Text):
                if marker and local(piece) in _LINES:
                    self._line(piece, kind, marker=marker)
                    kind, marker = "paragraph", ""
                    continue
                if marker:
                    self.builder.print(f"{marker}\n")
                    marker = ""
                self._node(piece)
            elif piece.says:
                level = self._depth(node) if kind == "list_item" else None
                self._add(kind, piece, local(node), level=level, marker=marker)
                self._flush()
                kind, marker = "paragraph", ""
            else:
                self._aside(piece)
        if marker:
            self.builder.print(f"{marker}\n")

    def _aside(self, text: Text) -> None:
        """Quotation marks and stops between blocks belong to none of them; pages and notes are kept."""
        if text.text.strip():
            self.builder.print(f"{text.text.strip()}\n")
        for _ in text.breaks:
            self.builder.new_page()
        self._queue(text.notes)
        self._flush()

    def _quotation(self, node: etree._Element) -> None:
        """What an amending act puts into another one: its articles and numbers are not this act's."""
        self._quoted += 1
        self._pieces(node, "paragraph")
        self._quoted -= 1

    def _add(
        self, kind: BlockKind, text: Text, name: str, *, level: int | None = None, marker: str = ""
    ) -> None:
        self.builder.add(
            kind,
            text.text,
            marker=marker,
            level=level,
            name="QUOT.S" if self._quoted else name,
            path="/".join(self._path),
            breaks=text.breaks,
        )
        self._queue(text.notes)

    def _depth(self, node: etree._Element) -> int:
        depth = 0
        parent = node.getparent()
        while parent is not None:
            if local(parent) == "LIST":
                depth += 1
            parent = parent.getparent()
        return max(depth, 1)

    def _queue(self, notes: tuple[Note, ...]) -> None:
        self._notes += notes

    def _flush(self) -> None:
        """Print the waiting footnotes below the paragraph that refers to them."""
        while self._notes:  # a footnote may have footnotes
            note = self._notes.pop(0)
            self._note_number += 1
            marker = note.marker or str(self._note_number)
            for position, part in enumerate(_paragraphs(note.element)):
                text = gather(part)
                self.builder.add(
                    "note",
                    text.text,
                    marker=f"({marker})" if position == 0 else "",
                    name="NOTE",
                    path="/".join(self._path),
                    breaks=text.breaks,
                )
                self._queue(text.notes)

    # Tables

    def _table(self, node: etree._Element) -> None:
        if (title := node.find("TITLE")) is not None:
            self._title(title)
        grid = Grid(self.builder.new_table())
        for part in rows_of(node):
            if local(part) == "ROW":
                self._row(part, grid)
            else:
                self.builder.new_page()
        for notes in node.findall("GR.NOTES"):
            self._table_notes(notes)
        self._flush()

    def _row(self, node: etree._Element, grid: Grid) -> None:
        grid.next_row()
        for cell in node.findall("CELL"):
            text = cell_text(cell)
            wide, high = _count(cell.get("COLSPAN")), _count(cell.get("ROWSPAN"))
            given = cell.get("COL", "")
            self.builder.add(
                "cell",
                text.text,
                table=grid.table,
                row=grid.row,
                column=grid.place(
                    int(given) - 1 if given.isdigit() and 0 < int(given) < 1000 else None, wide, high
                ),
                row_span=high,
                column_span=wide,
                header="HEADER" in (cell.get("TYPE"), node.get("TYPE")),
                name="CELL",
                path="/".join(self._path),
                breaks=text.breaks,
            )
            self._queue(text.notes)

    def _table_notes(self, node: etree._Element) -> None:
        self._queue(tuple(Note(note, "") for note in node.iter("NOTE")))
        self._flush()


_HANDLERS: Final = {
    "DIVISION": _Walk._division,
    "ARTICLE": _Walk._article,
    "PARAG": _Walk._numbered,
    "NP": _Walk._numbered,
    "CONSID": _Walk._numbered,
    "LIST": _Walk._list,
    "TITLE": _Walk._title,
    "GR.SEQ": _Walk._sequence,
    "TBL": _Walk._table,
    "QUOT.S": _Walk._quotation,
}
_BLOCKS: Final = BLOCKS | _LINES | _HEADINGS | _SKIPPED - {"NOTE", "INCL.ELEMENT"} | _HANDLERS.keys()
"""Elements that are blocks of their own wherever they stand."""


def _count(value: str | None) -> int:
    return min(int(value), 200) if value and value.isdigit() and int(value) > 0 else 1


def _step(marker: str) -> list[str]:
    """What a number adds to the path: "(b)" adds "b", a dash adds nothing."""
    match = re.fullmatch(
        r"[(\[]?\s*(\d{1,4}(?:\.\d{1,3})*[a-z]{0,3}|[a-z]{1,5}|[IVXLC]{1,7})\s*[)\].]*", marker.strip()
    )
    return [match.group(1)] if match else []


def _has_blocks(node: etree._Element) -> bool:
    return any(
        isinstance(child.tag, str)
        and (local(child) in BLOCKS or local(child) in _LINES or _has_blocks(child))
        for child in node
    )


def _paragraphs(node: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a title or a footnote: its children where P or NP is among them, or itself."""
    parts = [child for child in node if isinstance(child.tag, str)]
    yield from parts if any(local(part) in {"P", "NP"} for part in parts) else [node]
