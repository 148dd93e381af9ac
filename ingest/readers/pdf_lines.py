"""What the place of a line on the page says: space above it, an indent, a short end, a bookmark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from .base import printable
from .headings import LIST_MARKER
from .lines import Line
from .pdf_breaks import ends_early
from .pdf_notes import NoteLine
from .pdf_page import PageContent, Region
from .pdf_text import Stretch

__all__ = ["Typography", "lines_of_notes", "lines_of_region"]

_APART: Final = 1.3
"""Lines this many times further apart than most are parted by space."""
_INDENT: Final = 6.0
_DEEPEST: Final = 60.0
"""An indent is so many points deep."""
_ROOM: Final = 0.04
"""A line is short where at least this share of the width is left, and the next word had room in it."""
_LAST_ROOM: Final = 0.2
"""The same for the last line of a column, behind which no word is known."""
_SAMPLED: Final = 150
"""A stretch in a table whose size is known stands for so many letters."""
_SENTENCE: Final = re.compile(r"[^\W\d_A-Z]{2}[\])”\"]*[.!?;](?:\s|$)")
_BETWEEN_SENTENCES: Final = 300
"""Running text, unlike headings, ends a sentence at least once in so many letters."""
_LEAST_RUNNING: Final = 200
"""So many letters tell that a size is that of running text."""
_LEAST_FULL: Final = 3
"""So many lines near each other that end at one place show the margin there."""
_LEAST_CONTENTS: Final = 3


@dataclass(frozen=True, slots=True)
class Typography:
    """How the running text of a document is set.

    Args:
        size: of its font, in points; 0 where there is no text.
        pitch: the distance of lines, as a multiple of their size.
    """

    size: float
    pitch: float

    @classmethod
    def of(cls, pages: Sequence[PageContent]) -> Typography:
        """Measure the text outside tables, and some of the text inside.

        Where most text stands in tables, the sentences outside may be set in larger type than these.
        """
        outside: Counter[float] = Counter()
        inside: Counter[float] = Counter()
        sentences: Counter[float] = Counter()
        pitches: list[float] = []
        for page in pages:
            for size in page.sizes:
                inside[round(size, 1)] += _SAMPLED
            for part in page.parts:
                if not isinstance(part, Region):
                    continue
                above: Stretch | None = None
                for line in part.lines:
                    size = round(line.size, 1)
                    outside[size] += len(line.text)
                    if _SENTENCE.search(line.text):
                        sentences[size] += 1
                    if above is not None and line.size > 0:
                        pitch = (above.base - line.base) / line.size
                        if 0.6 < pitch < 2.5:
                            pitches.append(pitch)
                    above = line
        usual = (outside + inside).most_common(1)
        running = usual[0][0] if usual else 0.0
        for size, letters in outside.most_common(1):
            if size > running and sentences[size] * _BETWEEN_SENTENCES >= letters >= _LEAST_RUNNING:
                running = size
        return cls(running, median(pitches) if pitches else 1.2)


def lines_of_region(
    region: Region,
    typography: Typography,
    *,
    above: Stretch | None,
    headings: dict[int, int],
) -> Iterator[Line]:
    """The lines of a column for ``Paragraphs``.

    Args:
        above: the line printed before this column on the same page, or None at the top.
        headings: the level of lines that a bookmark names, by ``id``.
    """
    lines = region.lines
    contents = _contents(lines)
    left = Counter(round(line.left / 2) * 2 for line in lines).most_common(1)[0][0]
    right = max(line.right for line in lines)
    for number, line in enumerate(lines):
        text = printable(line.text).strip()
        if not text:
            continue
        before = lines[number - 1] if number else above
        indent = line.left - left
        yield Line(
            text,
            blank_before=before is not None and _space(before, line, typography),
            indented=_INDENT <= indent <= _DEEPEST
            and before is not None
            and before.left <= left + _INDENT / 2
            and LIST_MARKER.match(before.text) is None,
            short=_short(line, lines[number + 1] if number + 1 < len(lines) else None, left, right)
            if len(lines) > 2
            else None,
            fresh=number > 0
            and len(lines) > 2
            and ends_early(lines[number - 1], line, _edge(lines, number, right)),
            heading=headings.get(id(line)),
            role="contents" if number in contents else "",
        )


def _contents(lines: Sequence[Stretch]) -> range:
    """The lines of a table of contents: most end, behind a gap, with a page number, and these ascend."""
    numbered = [number for number, line in enumerate(lines) if line.numbered]
    if len(numbered) < _LEAST_CONTENTS:
        return range(0)
    pages = [int(lines[number].text.split()[-1]) for number in numbered]
    found = range(numbered[0], numbered[-1] + 1)
    return found if pages == sorted(pages) and 2 * len(numbered) >= len(found) else range(0)


def lines_of_notes(notes: Sequence[NoteLine]) -> Iterator[Line]:
    """The lines of footnotes."""
    for stretch, role in notes:
        text = printable(stretch.text).strip()
        if text:
            yield Line(text, role=role)


def _edge(lines: Sequence[Stretch], number: int, right: float) -> float:
    """How far lines reach here: less far than elsewhere in the column where they stand beside a picture."""
    near = [line.right for line in lines[max(0, number - 3) : number + 3]]
    furthest = max(near)
    return furthest if sum(furthest - reach <= _INDENT for reach in near) >= _LEAST_FULL else right


def _space(before: Stretch, line: Stretch, typography: Typography) -> bool:
    """Whether more space stands between two lines than inside a paragraph; a new column has none above."""
    apart = before.base - line.base
    return apart > _APART * typography.pitch * max(before.size, line.size)


def _short(line: Stretch, following: Stretch | None, left: float, right: float) -> bool:
    room, wide = right - line.right, right - left
    if following is None:
        return room > _LAST_ROOM * wide
    word = following.text.split(maxsplit=1)[0]
    letter = (following.right - following.left) / max(1, len(following.text))
    return room > _ROOM * wide and room > 1.1 * letter * (len(word) + 1)
