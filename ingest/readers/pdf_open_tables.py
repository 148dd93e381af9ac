"""Tables that have horizontal rulings only: their columns are told by the white space between the texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from .pdf_order import gutter, rows_of
from .pdf_rulings import Ruling
from .pdf_tables import Grid, squares
from .pdf_text import Stretch

__all__ = ["open_tables"]

_SAME: Final = 4.0
"""The rulings of one table start and end at most so many points apart."""
_LEAST_RULES: Final = 3
"""Above the heading row, below it, and below the table."""
_LEAST_WIDE: Final = 120.0
_FARTHEST: Final = 400.0
"""The next ruling of a table stands at most so many points lower."""
_WHITE: Final = 4.0
"""Columns are so many points apart."""
_SPANS: Final = 0.6
"""A line of one text this share of the width wide says nothing of the columns."""
_FEW: Final = 4
"""With so few rulings, rows are not ruled: a row starts where the first column has a text."""


def open_tables(
    rules: Sequence[Ruling], stretches: list[Stretch], first: int
) -> tuple[list[Grid], list[Stretch]]:
    """The tables among horizontal rulings that no vertical one crosses.

    Args:
        rules: of the page, those of other tables left out.
        stretches: the text outside other tables.
        first: the number of the first grid found.

    Returns the grids, and the stretches, those in a table told their cell.
    """
    found: list[Grid] = []
    for group in _groups(rules):
        top, bottom = group[0].at, group[-1].at
        low, high = group[0].low - _SAME, group[0].high + _SAME
        inside = [
            item
            for item in stretches
            if item.cell is None
            and bottom < (item.bottom + item.top) / 2 < top
            and low <= item.left
            and item.right <= high
        ]
        grid = _grid(group, inside)
        if grid is None:
            continue
        number = first + len(found)
        found.append(grid)
        chosen = {id(item) for item in inside}
        stretches = [
            replace(item, cell=(number, cell))
            if id(item) in chosen
            and (cell := grid.find((item.left + item.right) / 2, (item.bottom + item.top) / 2)) is not None
            else item
            for item in stretches
        ]
    return found, stretches


def _groups(rules: Sequence[Ruling]) -> list[list[Ruling]]:
    """Rulings of the same width below each other."""
    groups: list[list[Ruling]] = []
    for rule in sorted(rules, key=lambda rule: -rule.at):
        if rule.high - rule.low < _LEAST_WIDE:
            continue
        for group in groups:
            last = group[-1]
            same = abs(last.low - rule.low) <= _SAME and abs(last.high - rule.high) <= _SAME
            if same and last.at - rule.at <= _FARTHEST:
                if last.at - rule.at > _SAME:
                    group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= _LEAST_RULES]


def _grid(rules: list[Ruling], inside: list[Stretch]) -> Grid | None:
    """The cells between the rulings, or None where the text between them is no table."""
    rows = rows_of(inside)
    if sum(len(row) > 1 for row in rows) < 2 or gutter(inside) is not None:
        return None
    wide = rules[0].high - rules[0].low
    columns: list[tuple[float, float]] = []
    for item in sorted(
        (item for row in rows for item in row if len(row) > 1 or item.right - item.left < _SPANS * wide),
        key=lambda item: item.left,
    ):
        if columns and item.left <= columns[-1][1] + _WHITE:
            columns[-1] = (columns[-1][0], max(columns[-1][1], item.right))
        else:
            columns.append((item.left, item.right))
    if len(columns) < 2:
        return None
    xs = [rules[0].low, *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), rules[0].high]
    ys = [rule.at for rule in rules]
    if len(rules) <= _FEW:
        # A line with a text in the first column alone goes on with it; so does one in small letters.
        begun = [item for row in rows if len(row) > 1 for item in (min(row, key=lambda item: item.left),)]
        for above, below in pairwise([rule.at for rule in rules[1:]]):
            firsts = [
                item
                for item in begun
                if below < item.bottom
                and item.top < above
                and item.left < xs[1]
                and not item.text[0].islower()
            ]
            ys += [item.top + 1 for item in firsts[1:]]
    return squares(xs, sorted(ys, reverse=True))
