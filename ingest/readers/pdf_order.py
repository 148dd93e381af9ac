"""The reading order of a page: stretches joined into lines, columns one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Final

from .pdf_text import Stretch

__all__ = ["column", "gutter", "joined", "lines_of", "regions", "rows_of"]

_SAME_EDGE: Final = 3.0
"""Lines of one column start at most so many points apart."""
_NEAR: Final = 8
"""So many lines before and behind one tell how wide its column is."""
_LEAST_LINES: Final = 3
"""A column has at least so many lines."""
_LEAST_SHARE: Final = 0.2
"""A column takes at least this share of the width of the text."""
_FILLED: Final = 0.55
"""The middle line of a column of running text fills this share of it; cells of a table do not."""
_LEAST_LETTERS: Final = 14
"""And it has so many letters."""
_HEADING_GAP: Final = 1.7
"""A heading between columns has so many heights from its base line to the one above or below."""
_GLUED: Final = 0.12
"""A gap smaller than this share of the height of the letters is no space between words."""


def lines_of(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The lines that stretches of one column or cell make, from top to bottom."""
    if _descending(stretches):
        return list(stretches)
    return [joined(row) for row in rows_of(stretches)]


def _descending(stretches: Sequence[Stretch]) -> bool:
    """Whether each stretch stands below the one before it, as in most files."""
    bottom = float("inf")
    for stretch in stretches:
        if stretch.top + stretch.bottom >= 2 * bottom:
            return False
        bottom = stretch.bottom
    return True


def rows_of(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """The stretches that stand beside each other on one line, line by line from top to bottom."""
    rows: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda item: -(item.top + item.bottom)):
        if rows and _level(rows[-1], stretch):
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return rows


def _level(row: list[Stretch], stretch: Stretch) -> bool:
    """Whether a stretch stands on the line of those before it, beside them."""
    middle = (stretch.top + stretch.bottom) / 2
    main = max(row, key=lambda item: item.right - item.left)
    beside = all(
        stretch.left >= other.right - _SAME_EDGE or stretch.right <= other.left + _SAME_EDGE for other in row
    )
    return beside and (
        main.bottom <= middle <= main.top or stretch.bottom <= (main.bottom + main.top) / 2 <= stretch.top
    )


def joined(row: list[Stretch]) -> Stretch:
    """One line of stretches that stand beside each other."""
    if len(row) == 1:
        return row[0]
    row.sort(key=lambda item: item.left)
    main = max(row, key=lambda item: len(item.text))
    text = row[0].text
    for before, after in pairwise(row):
        glued = after.left - before.right < _GLUED * (main.top - main.bottom)
        text += after.text if glued else f" {after.text}"
    return replace(
        main,
        text=text,
        left=row[0].left,
        right=max(item.right for item in row),
        bottom=min(item.bottom for item in row),
        top=max(item.top for item in row),
        numbered=row[-1].text.isdigit(),
    )


def regions(stretches: Sequence[Stretch], middle: float | None) -> list[list[Stretch]]:
    """The text outside tables as columns in reading order, each as lines from top to bottom.

    What reaches over the columns parts those above it from those below it.

    Args:
        middle: where the right one of two columns starts, or None where there is one column.
    """
    if middle is None:
        return [lines_of(_justified(stretches))] if stretches else []
    stretches = _justified(stretches)
    found: list[list[Stretch]] = []
    across: list[Stretch] = []
    left: list[Stretch] = []
    right: list[Stretch] = []
    apart = _alone(stretches, middle)
    for stretch in sorted(stretches, key=lambda item: -(item.top + item.bottom)):
        if id(stretch) in apart or (stretch.left < middle - _SAME_EDGE and stretch.right > middle):
            found += [*_half(left), *_half(right)]
            left, right = [], []
            across.append(stretch)
            continue
        if across:
            found.append(lines_of(across))
            across = []
        (left if stretch.left < middle - _SAME_EDGE else right).append(stretch)
    found += [*_half(left), *_half(right)]
    if across:
        found.append(lines_of(across))
    return found


def _half(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    return regions(stretches, column(stretches))


def _justified(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches, those joined that are the words of one justified line.

    Two words far apart may as well be the cells of a table; they are joined where a line of more words near
    them starts and ends where they do.
    """
    if not any(stretch.spread for stretch in stretches):
        return list(stretches)
    lines: list[list[Stretch]] = []
    for stretch in stretches:
        if stretch.spread and lines and lines[-1][-1].spread == stretch.spread:
            lines[-1].append(stretch)
        else:
            lines.append([stretch])
    found: list[Stretch] = []
    for number, line in enumerate(lines):
        near = lines[max(0, number - _NEAR) : number + _NEAR]
        if _is_pair(line) and not any(not _is_pair(other) and _same_edges(line, other) for other in near):
            found += line
        else:
            found.append(joined(line))
    return found


def _is_pair(line: list[Stretch]) -> bool:
    return len(line) == 2 and not any(" " in word.text for word in line)


def _same_edges(line: list[Stretch], other: list[Stretch]) -> bool:
    """Whether both lines start at one place and end at one."""
    left, right = line[0].left - other[0].left, line[-1].right - other[-1].right
    return abs(left) <= _SAME_EDGE and abs(right) <= _SAME_EDGE


def _alone(stretches: Sequence[Stretch], middle: float) -> frozenset[int]:
    """The ``id`` of short lines that part columns as those do which reach over them: headings.

    Nothing stands beside such a line, and more space above or below it than inside a paragraph. The other
    column goes on below it, or ends where its own column does above it.
    """
    found: set[int] = set()
    sides: tuple[list[Stretch], list[Stretch]] = ([], [])
    for stretch in stretches:
        sides[stretch.left >= middle - _SAME_EDGE].append(stretch)
    for own, other in (sides, sides[::-1]):
        rows = sorted(own, key=lambda item: -item.bottom)
        last = min(item.base for item in other)
        for number, line in enumerate(rows):
            high = line.top - line.bottom
            above = rows[number - 1].base - line.base if number else 0.0
            below = line.base - rows[number + 1].base if number + 1 < len(rows) else 0.0
            if max(above, below) < _HEADING_GAP * high:
                continue
            clear_low, clear_high = line.bottom - high / 2, line.top + high / 2
            if any(item.bottom < clear_high and item.top > clear_low for item in other):
                continue
            if not any(item.bottom >= line.top for item in other):
                continue
            if line.base > last or (
                above >= _HEADING_GAP * high and abs(rows[number - 1].base - last) <= _HEADING_GAP * high
            ):
                found.add(id(line))
    return frozenset(found)


def column(stretches: Sequence[Stretch], before: float | None = None) -> float | None:
    """Where the right one of two columns starts, or None where there is one column.

    Args:
        before: the same of the page before, whose columns may go on with a few lines.
    """
    if _descending(stretches):
        return None
    middle = gutter(stretches)
    return before if middle is None and before is not None and _go_on(stretches, before) else middle


def gutter(stretches: Sequence[Stretch]) -> float | None:
    """Where the right one of two columns of running text starts, or None where there is one column."""
    stretches = _justified(stretches)
    if not stretches:
        return None
    left_edge = min(item.left for item in stretches)
    right_edge = max(item.right for item in stretches)
    least = _LEAST_SHARE * (right_edge - left_edge)
    best: tuple[int, float] | None = None
    for edge in sorted({round(item.left) for item in stretches}):
        if not left_edge + least <= edge <= right_edge - least:
            continue
        if sum(abs(item.left - edge) <= _SAME_EDGE for item in stretches) < _LEAST_LINES:
            continue
        left = [item for item in stretches if item.right <= edge]
        right = [item for item in stretches if item.left >= edge - _SAME_EDGE]
        crossing = len(stretches) - len(left) - len(right)
        columns = _is_column(left, left_edge, edge), _is_column(right, edge, right_edge)
        # What stands beside one column may be two.
        if not any(columns) or (not all(columns) and gutter(right if columns[0] else left) is None):
            continue
        if not _side_by_side(left, right):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, float(edge))
    return best[1] if best else None


def _go_on(stretches: Sequence[Stretch], edge: float) -> bool:
    """Whether the last lines of two columns stand at the top, too few to tell columns by themselves."""
    left = [item for item in stretches if item.right <= edge - _SAME_EDGE]
    right = [item for item in stretches if item.left >= edge - _SAME_EDGE]
    if not left or not right or min(item.left for item in right) > edge + _SAME_EDGE:
        return False
    first, other = max(left, key=lambda item: item.top), max(right, key=lambda item: item.top)
    return abs(first.base - other.base) <= first.size / 2 and all(
        item.top <= first.bottom
        for item in stretches
        if item.left < edge - _SAME_EDGE < item.right - _SAME_EDGE
    )


def _is_column(stretches: Sequence[Stretch], left: float, right: float) -> bool:
    rows = rows_of(stretches)
    # Words spread over a justified line are parted by wide gaps; in a table, most lines are.
    if len(rows) < _LEAST_LINES or sum(len(row) == 1 for row in rows) < len(rows) / 2:
        return False
    wide = [max(item.right for item in row) - min(item.left for item in row) for row in rows]
    room = max(item.right for item in stretches) - min(item.left for item in stretches)
    return (
        room >= _LEAST_SHARE * (right - left)
        and median(wide) >= _FILLED * room
        and median(sum(len(item.text) for item in row) for row in rows) >= _LEAST_LETTERS
    )


def _side_by_side(left: Sequence[Stretch], right: Sequence[Stretch]) -> bool:
    """Whether at least three lines of each stand at the height of the other."""
    low = max(min(item.bottom for item in left), min(item.bottom for item in right))
    high = min(max(item.top for item in left), max(item.top for item in right))
    return all(
        sum(low <= (item.bottom + item.top) / 2 <= high for item in side) >= _LEAST_LINES
        for side in (left, right)
    )
