"""Reads plain text, also what was once extracted from a PDF, and Markdown (CommonMark and its tables)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ...errors import ReadError
from ..document import BlockKind, Document
from .base import Builder, Reader, Source, printable
from .encoding import decode
from .grid import Grid
from .headings import heading_level
from .lines import add_lines

__all__ = ["MarkdownReader", "TextReader"]

_BINARY: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_NOTE: Final = re.compile(r"\[\^([^\]\s]{1,20})\]:\s*")
_INDENT: Final = r"((?:[\s>]|[-*+]\s|\d{1,9}[.)]\s)*)"
_NOTE_LINE: Final = re.compile(rf"^{_INDENT}\[\^(?=[^\]\s]{{1,20}}\]:)")
_NO_LINE: Final = frozenset(
    {
        *("heading_open", "table_open", "fence", "code_block", "html_block", "list_item_close"),
        *("bullet_list_open", "ordered_list_open"),
    }
)
"""Tokens that print lines of their own, or end a point."""
_FENCE: Final = re.compile(rf"{_INDENT}(`{{3,}}|~{{3,}})")
_FRONT: Final = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FIELD: Final = re.compile(r"([A-Za-z][\w-]{0,40}):[ \t]*(\S.*)")


def _text_of(source: Source) -> tuple[str, list[str]]:
    text, warnings = decode(source.path.read_bytes(), path=source.path)
    junk = len(_BINARY.findall(text))
    if junk > max(20, len(text) // 100):
        raise ReadError(
            f"{source.path} holds binary data, not text.",
            path=source.path,
            hint="Give the original document.",
        )
    return text, warnings


def _empty(source: Source) -> ReadError:
    return ReadError(f"{source.path} holds only white space.", path=source.path, hint="Export it again.")


class TextReader(Reader):
    """Headings by their numbers, bullets, paragraphs, footnotes; form feeds are pages."""

    media_type: ClassVar[str] = "text/plain"

    def read(self, source: Source) -> Document:
        """Read the text; raises ReadError where it is binary or in an unknown encoding."""
        text, warnings = _text_of(source)
        builder = Builder()
        # Form feeds separate pages; printable() would drop them.
        add_lines(builder, "\f".join(printable(page) for page in text.split("\f")), pages="\f" in text)
        if not builder.blocks:
            raise _empty(source)
        title = next((builder.text[b.start : b.end] for b in builder.blocks if b.kind == "heading"), "")
        metadata = {"title": " ".join(title.split())} if title else {}
        return builder.document(source, media_type=self.media_type, metadata=metadata, warnings=warnings)


class MarkdownReader(Reader):
    """CommonMark as it is printed: the marks of the markup are not part of the kept text."""

    media_type: ClassVar[str] = "text/markdown"

    def read(self, source: Source) -> Document:
        """Read the document; raises ReadError where it is binary or in an unknown encoding."""
        text, warnings = _text_of(source)
        text = printable(text.replace("\r\n", "\n"))
        metadata = {}
        if front := _FRONT.match(text):
            for line in front.group(1).splitlines():
                if field := _FIELD.match(line):
                    metadata[field.group(1).lower()] = field.group(2).strip("\"' ")
            text = text[front.end() :]
        builder = Builder()
        parser = MarkdownIt("commonmark").enable("table")
        _Markdown(builder).run(parser.parse(_with_notes(text)))
        if not builder.blocks:
            raise _empty(source)
        for block in builder.blocks:
            if block.kind == "heading" and "title" not in metadata:
                metadata["title"] = " ".join(builder.text[block.start : block.end].split())
        return builder.document(source, media_type=self.media_type, metadata=metadata, warnings=warnings)


def _with_notes(text: str) -> str:
    """Footnotes of one word look like definitions of links, which print nothing: mark them as text."""
    lines = []
    fence = ""
    for line in text.split("\n"):
        opened = _FENCE.match(line)
        if opened and (not fence or opened.group(2).startswith(fence)):
            fence = "" if fence else opened.group(2)
        lines.append(line if fence else _NOTE_LINE.sub(r"\1\\[^", line))
    return "\n".join(lines)


class _Markdown:
    """Goes through the tokens of markdown-it-py."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._lists: list[tuple[str, int]] = []
        """Of each open list: its delimiter ("" for bullets) and the next number."""
        self._marker = ""
        self._grid: Grid | None = None
        self._header = False

    def run(self, tokens: Sequence[Token]) -> None:
        level: int | None = None
        for token in tokens:
            if token.type in _NO_LINE:
                self._print_marker()
            match token.type:
                case "heading_open":
                    level = int(token.tag[1])
                case "heading_close":
                    level = None
                case "bullet_list_open":
                    self._lists.append(("", 0))
                case "ordered_list_open":
                    self._lists.append((token.markup or ".", int(token.attrGet("start") or 1)))
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    delimiter, number = self._lists[-1]
                    self._marker = f"{number}{delimiter}" if delimiter else "•"
                    self._lists[-1] = (delimiter, number + 1)
                case "table_open":
                    self._grid = Grid(self._builder.new_table())
                case "table_close":
                    self._grid = None
                case "tr_open" if self._grid:
                    self._grid.next_row()
                case "th_open" | "td_open":
                    self._header = token.type == "th_open"
                case "inline":
                    self._inline(token, level)
                case "fence" | "code_block":
                    self._builder.add("paragraph", token.content, name="code")
                case "html_block":
                    self._builder.add("paragraph", re.sub(r"<[^>]*>", "", token.content), name="html")

    def _print_marker(self) -> None:
        """Print the number of a point that does not begin with a line of text."""
        if any(map(str.isalnum, self._marker)):
            self._builder.print(f"{self._marker}\n")
        self._marker = ""

    def _inline(self, token: Token, level: int | None) -> None:
        text = "".join(_printed(child) for child in token.children or ())
        kind: BlockKind = "paragraph"
        marker, name = "", ""
        if self._grid is not None:
            column = self._grid.place(None, 1, 1)
            self._builder.add(
                "cell", text, table=self._grid.table, row=self._grid.row, column=column, header=self._header
            )
            return
        if level is not None:
            kind = "heading"
        elif note := _NOTE.match(text):
            kind, marker, text = "note", note.group(1), text[note.end() :]
        elif self._marker:
            kind, marker, level = "list_item", self._marker, len(self._lists)
            self._marker = ""
        elif heading_level(text, capitals=False) is not None and token.children and _all_bold(token.children):
            kind, level, name = "heading", heading_level(text), "strong"
        self._builder.add(kind, text, marker=marker, level=level, name=name)


def _printed(token: Token) -> str:
    match token.type:
        case "text" | "code_inline" | "text_special":
            return token.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "image":
            return token.content
        case "html_inline":
            return "\n" if token.content.lower().startswith("<br") else ""
    return ""


def _all_bold(tokens: Sequence[Token]) -> bool:
    return tokens[0].type == "strong_open" and tokens[-1].type == "strong_close"
