"""The parts of a DOCX file that are read: document, styles, numbering, notes, properties.

Source: ISO/IEC 29500 (Office Open XML), also in its strict form: the same names in another namespace.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ...errors import ReadError
from .base import Source, printable
from .docx_numbering import Numbering
from .docx_xml import attribute, child, elements, whole
from .markup import parse

__all__ = ["RECOVERY", "Package", "Style", "opened"]

RECOVERY: Final = "Open it in an office program and save it again as DOCX or PDF."
_LARGEST_PART: Final = 100 * 1024 * 1024
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,  # a method of compression that zipfile does not know
    RuntimeError,  # encrypted, by the word of zipfile
    OSError,
    ValueError,
)
"""What zipfile raises for an archive whose parts cannot be unpacked."""
_NOTE_NUMBERS: Final = {"footnote": "decimal", "endnote": "lowerRoman"}
"""How notes are numbered where the document does not say."""
_STYLE_NAME: Final = re.compile(r"(?:heading|nagłówek)\s*(\d)", re.IGNORECASE)
_TITLE_NAME: Final = re.compile(r"(?:title|tytuł)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it takes over from the styles below it.

    Args:
        name: as the office program shows it.
        level: of a heading, from 1 down, or None.
        numbering: number of its list and depth in it from 0, or None.
    """

    name: str
    level: int | None
    numbering: tuple[str, int] | None


@dataclass(slots=True)
class Package:
    """What was found in the file.

    Args:
        body: of the document.
        styles: by their id.
        notes: paragraphs of footnotes and endnotes by ("footnote" or "endnote", id).
        metadata: title, creator and date, in Dublin Core names.
        language: of the default style, e.g. "pl-PL", or "".
        note_numbers: how notes are numbered, by "footnote" and "endnote", in the words of ``numeral``.
    """

    body: etree._Element
    styles: Mapping[str, Style]
    numbering: Numbering
    notes: Mapping[tuple[str, str], etree._Element]
    metadata: dict[str, str] = field(default_factory=dict)
    language: str = ""
    note_numbers: Mapping[str, str] = field(default_factory=lambda: dict(_NOTE_NUMBERS))


def opened(source: Source) -> Package:
    """Unpack and parse what is needed; raises ReadError where the archive or a part of it is broken."""
    try:
        archive = zipfile.ZipFile(source.path)
    except _BROKEN as error:
        raise _broken(source, f"cannot be unpacked: {error}") from error
    with archive:
        parts = _Parts(source, archive)
        root = parts.needed("word/document.xml")
        body = child(root, "body")
        if body is None:
            raise _broken(source, "holds no text")
        styles = parts.related("styles")
        numbering = Numbering(parts.related("numbering"))
        notes = {
            (kind, attribute(note, "id")): note
            for kind in ("footnote", "endnote")
            for note in elements(parts.related(f"{kind}s"), kind)
            if attribute(note, "type") in {"", "normal"}
        }
        settings = parts.related("settings")
        defaults = child(styles, "docDefaults/rPrDefault/rPr/lang")
        return Package(
            body,
            _styles(styles, numbering),
            numbering,
            notes,
            _metadata(parts.optional("docProps/core.xml")),
            attribute(defaults),
            {
                kind: attribute(child(settings, f"{kind}Pr/numFmt")) or usual
                for kind, usual in _NOTE_NUMBERS.items()
            },
        )


def _broken(source: Source, what: str) -> ReadError:
    return ReadError(f"{source.path} {what}.", path=source.path, hint=RECOVERY)


class _Parts:
    """Reads parts of the archive by name or by how the document is related to them."""

    def __init__(self, source: Source, archive: zipfile.ZipFile) -> None:
        self._source = source
        self._archive = archive
        self._names = set(archive.namelist())
        self._targets: dict[str, str] = {}
        for relation in elements(self.optional("word/_rels/document.xml.rels"), "Relationship"):
            target = attribute(relation, "Target")
            path = target.lstrip("/") if target.startswith("/") else f"word/{target}"
            self._targets[attribute(relation, "Type").rpartition("/")[2]] = path

    def needed(self, name: str) -> etree._Element:
        if name not in self._names:
            raise _broken(self._source, f"lacks its part {name}")
        try:
            if self._archive.getinfo(name).file_size > _LARGEST_PART:
                raise _broken(self._source, f"unpacks to too much: {name}")
            data = self._archive.read(name)
        except _BROKEN as error:
            raise _broken(self._source, f"is damaged in its part {name}: {error}") from error
        return parse(data, path=self._source.path, hint=RECOVERY, part=name)

    def optional(self, name: str) -> etree._Element | None:
        return self.needed(name) if name in self._names else None

    def related(self, kind: str) -> etree._Element | None:
        """The part that the document is related to, by the last step of the kind of relation."""
        return self.optional(self._targets.get(kind, f"word/{kind}.xml"))


def _metadata(core: etree._Element | None) -> dict[str, str]:
    found = {}
    for name, key in (("title", "title"), ("creator", "creator"), ("created", "created")):
        node = child(core, name)
        value = printable(node.text or "").strip() if node is not None else ""
        if value:
            found[key] = value
    return found


def _styles(root: etree._Element | None, numbering: Numbering) -> dict[str, Style]:
    nodes = {attribute(node, "styleId"): node for node in elements(root, "style")}
    return {name: _style(name, nodes, numbering) for name in nodes}


def _style(identity: str, nodes: Mapping[str, etree._Element], numbering: Numbering) -> Style:
    """A style with what its ancestors say; a circle of ancestors is followed once."""
    name = attribute(child(nodes[identity], "name")) or identity
    level: int | None = None
    listed: tuple[str, int] | None = None
    seen: set[str] = set()
    current = identity
    while current in nodes and current not in seen:
        seen.add(current)
        node = nodes[current]
        outline = whole(child(node, "pPr/outlineLvl"))
        if level is None and outline is not None:
            level = outline + 1
        properties = child(node, "pPr/numPr")
        if listed is None and properties is not None:
            number = attribute(child(properties, "numId"))
            depth = whole(child(properties, "ilvl"))
            if depth is None:
                depth = numbering.depth_of_style(number, current)
            listed = (number, depth)
        current = attribute(child(node, "basedOn"))
    if level is not None:
        return Style(name, level if level <= 9 else None, listed)
    if match := _STYLE_NAME.match(name):
        level = int(match.group(1)) or 1
    elif _TITLE_NAME.fullmatch(name):
        level = 1
    return Style(name, level, listed)
