"""Walks through an HTML tree once and appends its blocks to a builder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from selectolax.lexbor import LexborNode

from ..document import BlockKind
from .acts import ActPath
from .base import Builder
from .headings import LIST_MARKER
from .html_classes import heading_of_class, role_of
from .html_plain import text_of, without_markup
from .html_tables import DataTable, is_layout, list_rows, rows_of
from .lines import add_lines

__all__ = ["Walk"]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INLINE: Final = _names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q ruby s samp "
    "small span strike strong sub sup time tt u var wbr picture object map area o:p"
)
_SKIPPED: Final = _names(
    "script style noscript template head nav form button select input textarea iframe svg canvas audio video "
    "dialog link meta title -comment embed applet frameset"
)
_SPACES: Final = re.compile("[ \t\r\n\f]+")
_LINE_SPACES: Final = re.compile("[ \t]*\n[ \t]*")
_PARAGRAPHS: Final = re.compile(r"\n{2,}")
_NOTE_MARKER: Final = re.compile(
    r"[\[(](?:\d{1,3}|\*{1,3}|[a-z])[\])]\.?[ \u00a0\t]*|(?:\d{1,3}|\*{1,3}|[a-z])\.?(?:[ \u00a0\t]+|$)"
)
_ARROWS: Final = re.compile(r"[►▼]\s?[ABCM]\d{0,3}\s?|\s?◄")
"""Where an amendment of a consolidated act begins and ends within a paragraph."""
_PIPES: Final = re.compile(r"(?:\[pic\]\s*)?\|?(?:[^|\n]*\|){2,}[^|\n]*")
_DEEPEST: Final = 120
_BULLETS: Final = ("•", "–", "▪")


@dataclass(slots=True)
class _Context:
    """What the text that is being collected will become."""

    kind: BlockKind = "paragraph"
    level: int | None = None
    marker: str = ""
    name: str = ""
    depth: int = 0
    """How many lists we are in."""


class Walk:
    """One pass over one page.

    Args:
        ordinary: leave out menus, banners and the like.
        consolidated: leave out the arrows that show within a paragraph what an amendment changed.
    """

    def __init__(self, *, ordinary: bool, consolidated: bool = False) -> None:
        self.builder = Builder()
        self._ordinary = ordinary
        self._consolidated = consolidated
        self._length = 0
        self._parts: list[str] = []
        self._notes: list[tuple[LexborNode, _Context]] = []
        self._act = ActPath()
        self._pipes: list[list[str]] = []
        self._headings = 0

    def run(self, root: LexborNode) -> None:
        """Read everything below the root."""
        context = _Context()
        self._length = len(root.text(deep=True))
        self._flow(root, context, 0)
        self._flush(context)
        self._end_pipes()
        if not self._headings:
            without_markup(self.builder)
        # A line of underscores or stars is printed, but says nothing.
        self.builder.blocks[:] = [
            block
            for block in self.builder.blocks
            if block.kind != "paragraph" or any(map(str.isalnum, text_of(self.builder, block)))
        ]

    # Text that is being collected

    def _flow(self, node: LexborNode, context: _Context, deep: int) -> None:
        if deep > _DEEPEST:
            self._parts.append(node.text(deep=True, separator=" "))
            return
        for child in _children(node):
            tag = child.tag or ""
            if tag == "-text":
                text = _SPACES.sub(" ", child.text_content or "")
                self._parts.append(_ARROWS.sub("", text) if self._consolidated else text)
            elif tag == "br":
                self._parts.append("\n")
            elif tag in _SKIPPED or child.is_comment_node:
                continue
            else:
                attributes = child.attributes
                classes = attributes.get("class") or ""
                role = role_of(classes)
                if _is_hidden(attributes) or (self._ordinary and self._is_menu(child, tag, role, attributes)):
                    continue
                if role == "note" and tag in {"span", "small"}:
                    self._notes.append((child, _Context("note", name=classes, depth=context.depth)))
                elif (
                    tag in _INLINE
                    or role == "inline"
                    or "display:inline" in (attributes.get("style") or "").replace(" ", "")
                ):
                    self._flow(child, context, deep + 1)
                    if "num" in classes.split():  # the space behind a number is the style sheet's
                        self._parts.append(" ")
                else:
                    self._flush(context)
                    self._block(child, tag, classes, context, deep)

    def _flush(self, context: _Context) -> None:
        if not self._parts:
            return
        text = _LINE_SPACES.sub("\n", "".join(self._parts)).strip(" \n")
        self._parts.clear()
        text = re.sub(" {2,}", " ", text)
        if not text.strip():
            return
        if _PIPES.fullmatch(text.split("\n", 1)[0]):
            self._pipes += [_split_pipes(line) for line in text.split("\n") if line.strip(" |")]
            return
        self._end_pipes()
        for part in _PARAGRAPHS.split(text):
            self._add(part.strip(), context)
        notes, self._notes = self._notes, []
        for node, note in notes:
            self._flow(node, note, 0)
            self._flush(note)

    def _add(self, text: str, context: _Context) -> None:
        kind, marker = context.kind, context.marker
        if kind == "heading":
            self._headings += 1
            self._act.heading(text, context.level)
        elif kind == "note" and not marker:
            match = _NOTE_MARKER.match(text)
            if match and match.end() < len(text):
                marker, text = match.group().strip(), text[match.end() :]
        elif kind == "list_item":
            if not marker and (match := LIST_MARKER.match(text)):
                marker, text = match["marker"], text[match.end() :]
            self._act.item(marker, context.level or 1)
        elif kind == "paragraph" and not context.depth and (number := self._act.paragraph(text)):
            marker, text = number, text[len(number) :].lstrip()
        self.builder.add(
            kind, text, marker=marker, level=context.level, name=context.name, path=str(self._act)
        )
        context.marker = ""
        if kind == "list_item":
            context.kind = "paragraph"  # what follows in the item is no item of its own

    # Blocks

    def _block(self, node: LexborNode, tag: str, classes: str, outer: _Context, deep: int) -> None:
        role = role_of(classes)
        if outer.kind == "list_item" and (tag in _NO_LINE or (role == "grid" and _is_grid(node))):
            self._print_marker(outer)
        inner = replace(
            outer,
            kind="note" if outer.kind == "note" else "paragraph",
            marker=outer.marker if outer.kind == "note" else "",
            level=None,
            name=classes or tag,
        )
        if role == "page" or (tag == "section" and node.attributes.get("data-page")):
            self._end_pipes()
            self.builder.new_page()
        if role == "amendment":
            self.builder.add("note", " ".join((node.text(deep=True) or "").split()), name=classes)
            return
        if tag == "table":
            self._table(node, inner, deep)
            return
        if tag in {"ul", "ol", "menu", "dir"}:
            self._list(node, tag, inner, deep)
            return
        if tag in {"pre", "xmp", "listing", "plaintext"}:
            self._end_pipes()
            self._headings += add_lines(self.builder, (node.text(deep=True) or "").expandtabs(8))
            return
        if role == "grid" and _is_grid(node):
            self._grid(node, inner, deep)
            return
        level = (
            int(tag[1])
            if re.fullmatch("h[1-6]", tag)
            else heading_of_class(classes)
            if tag in _TITLED
            else None
        )
        if level is not None:
            inner.kind, inner.level, inner.name = "heading", level, classes or tag
        elif role in {"note", "header", "footer"} or _is_note(node, tag):
            inner.kind = "header" if role == "header" else "footer" if role == "footer" else "note"
        elif role == "caption" or tag in {"caption", "figcaption"}:
            inner.name = "caption"
        elif "li" in classes.split() and (number := node.css_first(".num")) is not None:
            # Commission documents set points as paragraphs whose number is a span of its own.
            inner.kind, inner.level = "list_item", 1
            inner.marker = " ".join((number.text(deep=True) or "").split())
            number.decompose()
        elif outer.kind == "list_item":
            inner.kind, inner.level, inner.marker = "list_item", outer.level, outer.marker
        if outer.kind == "list_item" and inner.kind != "list_item":
            self._print_marker(outer)
        self._flow(node, inner, deep + 1)
        self._flush(inner)
        if outer.kind == "list_item":  # what follows in the item is no item of its own
            if inner.marker:
                outer.marker = inner.marker  # nothing was printed that could take it
            else:
                outer.kind, outer.marker = "paragraph", ""

    def _print_marker(self, item: _Context) -> None:
        """Print the number of a point that begins with a heading or table, or that says nothing else."""
        if any(map(str.isalnum, item.marker)):
            self._end_pipes()
            self.builder.print(f"{item.marker}\n")
        item.kind, item.marker = "paragraph", ""

    def _list(self, node: LexborNode, tag: str, outer: _Context, deep: int) -> None:
        number = _start(node.attributes.get("start"))
        style = node.attributes.get("type") or "1"
        for child in _children(node):
            if child.tag != "li":
                if child.tag not in {"-text", "-comment"}:
                    self._block(child, child.tag or "", child.attributes.get("class") or "", outer, deep + 1)
                continue
            attributes = child.attributes
            if _is_hidden(attributes):
                continue
            classes = attributes.get("class") or ""
            if (value := _start(attributes.get("value"), 0)) > 0:
                number = value
            item = _Context("list_item", outer.depth + 1, "", classes or "li", outer.depth + 1)
            if outer.kind == "note" or role_of(classes) == "note" or _is_note(child, "li"):
                item.kind, item.level = "note", None
                item.marker = str(number) if tag == "ol" else ""
            elif level := heading_of_class(classes):
                item.kind, item.level = "heading", level
            elif tag == "ol":
                item.marker = _ordinal(number, style)
            elif not LIST_MARKER.match((child.text(deep=True) or "").lstrip()):
                item.marker = _BULLETS[min(outer.depth, 2)]
            number += 1
            self._item(child, item, deep)

    def _item(self, node: LexborNode, item: _Context, deep: int) -> None:
        self._flow(node, item, deep + 1)
        self._flush(item)
        if item.kind == "list_item":
            self._print_marker(item)

    def _grid(self, node: LexborNode, outer: _Context, deep: int) -> None:
        """A point of a consolidated act: a column with the number, a column with the text."""
        columns = [child for child in _children(node) if child.tag == "div"]
        marker = " ".join((columns[0].text(deep=True) or "").split()) if columns else ""
        item = _Context("list_item", outer.depth + 1, marker, "grid-list", outer.depth + 1)
        for column in columns[1:]:
            self._flow(column, item, deep + 1)
            self._flush(item)
        self._print_marker(item)

    def _table(self, node: LexborNode, outer: _Context, deep: int) -> None:
        self._end_pipes()
        rows = list(rows_of(node))
        if points := list_rows(node, rows):
            for marker, cell in points:
                item = _Context("list_item", outer.depth + 1, marker, "table", outer.depth + 1)
                if outer.kind == "note":
                    item.kind = "note"
                self._item(cell, item, deep)
            return
        if is_layout(node, rows) or node.css_first(_MASTHEAD) is not None:
            for row in rows:
                for cell in row.cells:
                    self._flow(cell, outer, deep + 1)
                    self._flush(outer)
            return
        for child in _children(node):
            if child.tag == "caption":
                self._block(child, "caption", child.attributes.get("class") or "", outer, deep)
        table = DataTable(self.builder, path=str(self._act), name=node.attributes.get("class") or "table")
        for note in table.add(rows):
            context = _Context("note", name="note")
            self._flow(note, context, deep + 1)
            self._flush(context)

    # Old EUR-Lex prints tables as lines of pipes

    def _end_pipes(self) -> None:
        rows, self._pipes = self._pipes, []
        if not rows:
            return
        if all(len(row) == 1 for row in rows):
            for row in rows:
                self._add(row[0], _Context())
            return
        table = self.builder.new_table()
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                self.builder.add("cell", text, table=table, row=number, column=column, name="[pic]")

    def _is_menu(self, node: LexborNode, tag: str, role: str, attributes: dict[str, str | None]) -> bool:
        if (attributes.get("role") or "") in _MENU_ROLES:
            return True
        if role == "menu" or role_of(attributes.get("id") or "") == "menu":
            # A frame around everything may be called "with-sidebar": what holds the text is no menu.
            holds = node.css_first("h1, main, article") is not None
            return not holds and 2 * len(node.text(deep=True) or "") < self._length
        if tag in {"header", "footer", "aside"}:
            return role != "note" and (node.css_first("nav, ul a") is not None or tag == "footer")
        if tag in {"ul", "ol"} and not self._headings:
            # Before the first heading a list that is nothing but links to elsewhere is a menu.
            text = "".join((node.text(deep=True) or "").split())
            links = "".join(
                "".join((link.text(deep=True) or "").split())
                for link in node.css("a[href]")
                if not (link.attributes.get("href") or "").startswith("#")
            )
            return len(text) > 0 and len(links) >= 0.9 * len(text)
        return False


_MASTHEAD: Final = ".hd-date, .hd-oj, .oj-hd-date, .oj-hd-oj"
"""What the Official Journal prints above an act: a table of date, language and page."""
_NO_LINE: Final = frozenset({"table", "ul", "ol", "menu", "dir", "pre", "xmp", "listing", "plaintext"})
"""Elements that print lines of their own, none of which takes the number of a point."""
_TITLED: Final = frozenset({"p", "div", "span", "td", "dt"})
_MENU_ROLES: Final = frozenset(
    {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog", "alert"}
)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _is_grid(node: LexborNode) -> bool:
    """Whether an element holds columns and nothing else."""
    inner = [child for child in _children(node) if (child.text_content or "").strip() or child.tag == "div"]
    return len(inner) > 1 and all(child.tag == "div" for child in inner)


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _is_note(node: LexborNode, tag: str) -> bool:
    """Footnotes told by their role, or by a link back to the place that they belong to."""
    attributes = node.attributes
    if (attributes.get("role") or "") in {"doc-footnote", "doc-endnote", "doc-endnotes"}:
        return True
    identity = attributes.get("id") or ""
    return tag in {"li", "p", "div", "aside", "dd"} and bool(
        re.fullmatch(r"(?:foot-?note|fn|ftn|note|przypis|E\d{4})[-_:]?\d*", identity, re.IGNORECASE)
    )


def _start(value: str | None, default: int = 1) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,6}", value.strip()) else default


def _ordinal(number: int, style: str) -> str:
    if style in {"a", "A"} and number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"({letter})" if style == "a" else f"{letter.upper()}."
    if style in {"i", "I"} and number < 40:
        roman = (
            "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        )
        return f"({roman})" if style == "i" else f"{roman.upper()}."
    return f"{number}."


def _split_pipes(line: str) -> list[str]:
    line = line.replace("[pic]", "").strip().strip("|")
    return [part.strip() for part in line.split("|")]
