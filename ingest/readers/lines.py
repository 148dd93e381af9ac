"""Paragraphs out of printed lines: plain text, and the preformatted parts of HTML.

The lines are those of a page: words broken at line ends, blank lines where the typesetter left space,
footnotes and figures in the middle of a sentence. A block keeps its lines as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ..document import BlockKind
from .acts import ActPath
from .base import Builder
from .headings import CAPTION, LIST_MARKER, heading_level, is_capitals

__all__ = ["CONTINUED", "Line", "Paragraphs", "add_lines"]

CONTINUED: Final = "continued"
"""The name of a block that goes on where an interruption (a footnote, a page) broke the one before it off."""

_FINISHED: Final = re.compile(r"[.!?:;][\"”’»)\]]*$")
_DASHES: Final = frozenset("–—-―")
_NOTE: Final = re.compile(
    r"(?P<marker>\d{1,3}|\*{1,3})\)?[ \t\u00a0]+(?=[„\"“(]?[A-ZĄĆĘŁŃÓŚŹŻ]|http|[a-z]{2,4}\.)"
)
_NOTE_BY_PLACE: Final = re.compile(r"(?P<marker>\d{1,3}|\*{1,3})\)?[ \t\u00a0]*(?=\S)")
"""A footnote that the layout told: no more is asked of its wording."""
_CONTENTS: Final = re.compile(r".*(?:\.{4,}|…{2,}|(?: \.){4,})\s*\d{1,4}\s*$")
_PIPES: Final = re.compile(r"(?:\[pic\]\s*)?\|?(?:[^|\n]*\|){2,}[^|\n]*|\[pic\].*\|.*")
_RULE: Final = re.compile(r"[-–—_=*|+: ]{4,}")
_NUMBERED: Final = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s")
_WHOLE: Final = frozenset({"caption", "contents"})
"""Names of paragraphs that end with their line, whatever it ends with."""
_NEAR: Final = 120
"""A footnote stands at most so many lines below its reference."""


@dataclass(slots=True)
class Line:
    """A printed line and what is known of its place on the page.

    Args:
        text: without white space at its ends, not empty.
        blank_before: more space above it than between the lines of a paragraph.
        indented: it starts further right than the lines around it.
        page: it is the first line of a new page.
        short: it ends well before the right margin, or None to tell from the number of letters.
        fresh: its first word had room on the line above, which somebody ended on purpose.
        heading: the level where fonts or bookmarks make it a heading.
        role: "note" for a line of a footnote, "note_start" for its first line, "contents" for a line of a
            table of contents, where the layout tells.
    """

    text: str
    blank_before: bool = False
    indented: bool = False
    page: bool = False
    short: bool | None = None
    fresh: bool = False
    heading: int | None = None
    role: Literal["", "note", "note_start", "contents"] = ""


@dataclass(slots=True)
class _Open:
    """The block that is being collected."""

    kind: BlockKind
    lines: list[str] = field(default_factory=list)
    marker: str = ""
    level: int | None = None
    name: str = ""
    breaks: list[int] = field(default_factory=list)
    short: bool | None = None
    font_heading: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def finished(self) -> bool:
        return bool(_FINISHED.search(self.lines[-1]))


def add_lines(builder: Builder, text: str, *, pages: bool = False) -> int:
    """Append the blocks of a text to the builder and return the number of headings.

    Args:
        pages: form feeds start new pages; the first page starts here.
    """
    paragraphs = Paragraphs(builder)
    if pages:
        builder.new_page()
    paragraphs.run(_lines(text))
    return paragraphs.headings


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    blank = page = True
    for raw in re.split(r"\r\n|[\n\r\v\u2028\u2029\x85]", text):
        parts = raw.split("\f")
        for index, part in enumerate(parts):
            page = page or index > 0
            stripped = part.strip()
            if not stripped:
                blank = True
                continue
            lines.append(Line(stripped, blank, part[:1] in " \t\u00a0", page))
            blank = page = False
    if lines:
        lines[0].page = False
    return lines


def _numbered(text: str) -> bool:
    """Whether a line starts with a number of its own, so that it cannot go on a heading above it."""
    return bool(re.match(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)]?\s", text))


class Paragraphs:
    """Collects lines into blocks and appends these to a builder.

    Args:
        roles: the lines say themselves which belong to footnotes.
        capitals: a line in capitals may be a heading.
        shift: how many levels deeper a heading stands than its wording says.
    """

    def __init__(
        self, builder: Builder, *, roles: bool = False, capitals: bool = True, shift: int = 0
    ) -> None:
        self._roles = roles
        self._capitals = capitals
        self._shift = shift
        self.builder = builder
        self.headings = 0
        self._open: _Open | None = None
        self._act = ActPath()
        self._width = 0
        self._recent: list[str] = []
        self._interrupted = False
        """A footnote stands where the paragraph before it was not finished."""
        self._note_open = False
        """The last footnote was not finished: it goes on at the foot of the next page."""
        self._rows: list[list[str]] = []
        self._last_line = ""

    def run(self, lines: Sequence[Line]) -> None:
        """Read lines that follow each other, up to where something else stands."""
        lengths = sorted(len(line.text) for line in lines if len(line.text) > 20)
        self._width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
        for index, line in enumerate(lines):
            following = lines[index + 1] if index + 1 < len(lines) else None
            self._line(line, following)
        self._close()
        self._end_rows()

    def interrupt(self) -> None:
        """A table, a running head or a new page comes: an unfinished sentence may go on behind it."""
        last = self.builder.blocks[-1] if self.builder.blocks else None
        if last is not None and last.kind in {"paragraph", "list_item"} and last.name not in _WHOLE:
            self._interrupted = not _FINISHED.search(self._last_line)

    def _line(self, line: Line, following: Line | None) -> None:
        text = line.text
        if _PIPES.fullmatch(text):
            self._close()
            self._row(text)
        elif self._rows and _RULE.fullmatch(text):
            pass
        else:
            self._end_rows()
            if self._open is not None and self._goes_on(line, self._open):
                self._append(line)
            else:
                self._start(line, following)
        self._recent.append(text)
        del self._recent[:-_NEAR]

    # Does a line go on with the block above it?

    def _goes_on(self, line: Line, block: _Open) -> bool:
        text, last = line.text, block.lines[-1]
        if self._roles and (line.role or block.kind == "note"):
            return line.role == "note" and block.kind == "note"
        if line.heading is not None or block.font_heading:
            return line.heading == block.level and block.font_heading and not _numbered(text)
        if line.fresh and block.kind != "note":
            return False
        if block.name == "contents" or line.role == "contents" or _CONTENTS.match(text):
            return False
        lower = text[0].islower()
        if block.kind == "heading":
            joined = f"{block.text} {text}"
            if line.blank_before or line.page:
                return False
            if block.short is False and lower and heading_level(joined) is not None:
                return True
            if is_capitals(last) and is_capitals(text) and heading_level(text, capitals=False) is None:
                return True
            return lower and heading_level(joined) is not None and len(text) < 0.9 * self._width
        if block.kind == "note":
            if line.indented or line.page or self._is_note(line):
                return False
            return not line.blank_before or (not block.finished and lower)
        if block.name == "caption":
            return not line.blank_before and lower
        if self._is_note(line) or CAPTION.fullmatch(text):
            return False
        hyphenated = last.endswith(("-", "\u00ad", "\u2010")) and last[-2:-1].isalpha()
        if hyphenated and lower:
            return True
        if line.blank_before:
            return lower and not block.finished and not self._is_item(text, block)
        if self._is_item(text, block):
            return False
        if not block.finished:
            return not self._is_heading(line, None)
        if lower:
            return True
        short = block.short if block.short is not None else len(last) < 0.75 * self._width
        return not (
            short or line.indented or (heading_level(text, capitals=True) and len(text) < 0.7 * self._width)
        )

    def _is_item(self, text: str, block: _Open | None) -> bool:
        match = LIST_MARKER.match(text)
        if match is None:
            return False
        marker = match["marker"]
        if block is None or (
            marker not in _DASHES and not marker.startswith("(") and not marker.endswith(")")
        ):
            return True
        # A dash or "(ii)" at the start of a line may belong to the sentence above.
        return block.finished or (
            block.kind == "list_item" and block.lines[-1].endswith(",") and bool(block.marker)
        )

    def _is_note(self, line: Line) -> bool:
        if self._roles:
            return line.role == "note_start"
        match = _NOTE.match(line.text)
        if match is None or not (line.blank_before or line.indented or line.page or self._in_notes()):
            return False
        marker = re.escape(match["marker"])
        reference = re.compile(rf"(?:[^\W\d_]|[”\"»).,\]]){marker}\)?(?![\w.,]?\d|\w)")
        return any(reference.search(text) for text in reversed(self._recent))

    def _in_notes(self) -> bool:
        return self._open is not None and self._open.kind == "note"

    def _is_heading(self, line: Line, following: Line | None) -> int | None:
        if line.heading is not None:
            return line.heading
        level = heading_level(line.text, capitals=self._capitals)
        if level is None or not (line.blank_before or line.page or self._after_heading()):
            return None
        if following is None or following.blank_before or following.page:
            return level
        together = f"{line.text} {following.text}"
        if is_capitals(line.text) and is_capitals(following.text):
            return level
        if heading_level(following.text) is not None:
            return level
        if following.text[0].islower():
            return heading_level(together)
        return level if len(line.text) < 0.7 * self._width else None

    def _after_heading(self) -> bool:
        return self._open is None or self._open.kind == "heading"

    # Blocks

    def _start(self, line: Line, following: Line | None) -> None:
        before = self._open
        after_heading = self._after_heading()
        text, block = line.text, _Open("paragraph")
        finished = before is None or before.finished or before.kind == "heading" or bool(before.name)
        if before is not None and line.blank_before:
            # Where the layout tells, a line that ends short above a space ends its paragraph.
            finished = finished or before.short is True
        if line.role == "contents" or _CONTENTS.match(text):
            block.name = "contents"
        elif self._is_note(line) and (match := (_NOTE_BY_PLACE if self._roles else _NOTE).match(text)):
            block.kind, block.marker = "note", match["marker"]
            text = text[match.end() :]
            self._interrupted = self._interrupted or (
                before is not None and before.kind in {"paragraph", "list_item"} and not finished
            )
        elif line.role:
            block.kind, block.name = "note", CONTINUED
        elif CAPTION.fullmatch(text):
            block.name = "caption"
        elif (level := self._is_heading(line, following)) is not None and (
            after_heading or finished or line.heading is not None
        ):
            block.kind, block.font_heading = "heading", line.heading is not None
            block.level = level if block.font_heading else level + self._shift
        elif self._note_open and line.blank_before and finished and self._is_rest_of_note(text):
            block.kind, block.name = "note", CONTINUED
        elif self._is_item(text, None if line.blank_before else before) and (
            match := LIST_MARKER.match(text)
        ):
            block.kind, block.marker, block.level = "list_item", match["marker"], 1
            text = text[match.end() :]
        elif self._interrupted:
            block.name = CONTINUED
        self._close()
        if line.page:
            self.builder.new_page()
        if block.kind != "note" and block.name != "caption":
            self._interrupted = False
        block.lines.append(text)
        block.short = line.short
        self._open = block

    @staticmethod
    def _is_rest_of_note(text: str) -> bool:
        return text[0].islower() or bool(_NUMBERED.match(text))

    def _append(self, line: Line) -> None:
        assert self._open is not None
        if line.page:
            self._open.breaks.append(len(self._open.text) + 1)
        self._open.lines.append(line.text)
        self._open.short = line.short

    def _close(self) -> None:
        block, self._open = self._open, None
        if block is None:
            return
        self._last_line = block.lines[-1]
        if block.kind == "heading":
            self.headings += 1
            self._act.heading(block.text, block.level)
        elif block.kind == "list_item":
            self._act.item(block.marker, block.level or 1)
        elif block.kind == "paragraph":
            self._act.paragraph(block.text)
        elif block.kind == "note":
            self._note_open = not block.finished
        self.builder.add(
            block.kind,
            block.text,
            marker=block.marker,
            level=block.level,
            name=block.name,
            path=str(self._act) if self._act.in_act else "",
            breaks=block.breaks,
        )

    def _row(self, text: str) -> None:
        text = text.replace("[pic]", "").strip()
        text = text.removeprefix("|").removesuffix("|")
        self._rows.append([cell.strip() for cell in text.split("|")])

    def _end_rows(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        if all(len(row) == 1 for row in rows):
            for row in rows:
                self.builder.add("paragraph", row[0])
            return
        table = self.builder.new_table()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                self.builder.add("cell", cell, table=table, row=number, column=column, name="[pic]")
