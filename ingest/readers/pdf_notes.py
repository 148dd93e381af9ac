"""Footnotes, told by their place: in smaller type or below a short rule, at the foot of a page or column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from .pdf_page import PageContent, Region
from .pdf_text import Stretch

__all__ = ["Footnotes", "NoteLine"]

NoteLine = tuple[Stretch, Literal["note", "note_start"]]

_SMALLER: Final = 0.93
"""The type of footnotes is at most this share of the size of running text."""
_MARKER: Final = re.compile(r"(?P<marker>\d{1,3}|\*{1,3})\)?[ \t\u00a0]*(?=[^\W\d]|[\"„“(§<\[])")
_FINISHED: Final = re.compile(r"[.!?;][\"”’»)\]]*$")
_NEAR_RULE: Final = 25.0
"""The rule above footnotes stands at most so many points above the first of them."""


class Footnotes:
    """Takes the footnotes off one page after the other; notes are numbered through a document or a page.

    Args:
        size: of the font of running text.
    """

    def __init__(self, size: float) -> None:
        self._size = size
        self._last = 0
        self._open = False

    def take(self, page: PageContent) -> list[NoteLine]:
        """The lines of footnotes at the foot of a page; the page loses them."""
        found: list[NoteLine] = []
        for part in page.parts:
            if isinstance(part, Region) and part.lines:
                start = self._foot(part.lines, page)
                if start is not None:
                    found += self._roles(part, start)
        page.parts = [part for part in page.parts if not isinstance(part, Region) or part.lines]
        self._open = bool(found) and not _FINISHED.search(found[-1][0].text)
        return found

    def _foot(self, lines: Sequence[Stretch], page: PageContent) -> int | None:
        """The index of the first line that may be a footnote, or None."""
        start = len(lines)
        while start > 0 and lines[start - 1].size <= _SMALLER * self._size:
            start -= 1
        ruled = self._below_rule(lines, page)
        if ruled is not None:
            return min(start, ruled) if start < len(lines) and start > ruled else ruled
        if start == len(lines):
            return None
        above = lines[start - 1] if start else None
        for index in range(start, len(lines)):
            if self._starts(lines[index].text, lines[:start], page):
                # Small lines above the first note go on a note of the page before, or are a table's source.
                goes_on = self._open and index > start and (above is None or _FINISHED.search(above.text))
                return start if goes_on else index
        return start if self._open and above is not None else None

    def _below_rule(self, lines: Sequence[Stretch], page: PageContent) -> int | None:
        left = min(line.left for line in lines)
        wide = max(line.right for line in lines) - left
        for rule in page.rules:
            short = 30 <= rule.high - rule.low <= 0.6 * wide and abs(rule.low - left) <= 10
            below = [index for index, line in enumerate(lines) if line.top <= rule.at + 1]
            if (
                not short
                or not below
                or below[-1] != len(lines) - 1
                or below != list(range(below[0], len(lines)))
            ):
                continue
            first = lines[below[0]]
            if rule.at - first.top <= _NEAR_RULE and (self._open or _MARKER.match(first.text)):
                return below[0]
        return None

    def _starts(self, text: str, above: Sequence[Stretch], page: PageContent) -> bool:
        """Whether a line of small type begins a note: the next by number, or one referred to on the page."""
        match = _MARKER.match(text)
        if match is None:
            return False
        marker = match["marker"]
        if marker.isdigit() and int(marker) == self._last + 1:
            return True
        reference = re.compile(rf"(?<=[^\W\d_]|[”\"»).,\]]){re.escape(marker)}\)?(?!\w|[.,*]?\d)")
        regions = [part.lines for part in page.parts if isinstance(part, Region)]
        return any(
            reference.search(line.text) for lines in (*regions, above) for line in lines if line.text != text
        )

    def _roles(self, region: Region, start: int) -> list[NoteLine]:
        lines = region.lines[start:]
        del region.lines[start:]
        found: list[NoteLine] = []
        expected: str | None = None
        for line in lines:
            match = _MARKER.match(line.text)
            marker = match["marker"] if match else ""
            fresh = bool(marker) and (expected is None or marker == expected)
            if fresh:
                if marker.isdigit():
                    self._last = int(marker)
                    expected = str(self._last + 1)
                else:
                    expected = marker + "*"
            found.append((line, "note_start" if fresh else "note"))
        return found
