"""Rulings of a page sorted into those of one table: they touch or cross each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .pdf_rulings import Box, Ruling

__all__ = ["NEAR", "Group", "bands", "touching", "unframed"]

NEAR: Final = 3.0
"""Rulings at most so many points apart are one line of the grid."""
_GAP: Final = 1.0
"""The edges of cells beside each other end and start at most so many points apart."""
_MOST_EDGES: Final = 6
"""A frame has so many horizontal edges at most: two, drawn up to three times."""
_WHOLE: Final = 0.95
_OPEN: Final = 10.0
"""Rulings that end so many points outside the outermost line across them show a side that is not drawn."""


@dataclass(slots=True)
class Group:
    """Rulings that touch each other."""

    across: list[Ruling]
    down: list[Ruling]

    @property
    def box(self) -> Box:
        """What it covers."""
        ats, levels = [ruling.at for ruling in self.down], [ruling.at for ruling in self.across]
        return min(ats), min(levels), max(ats), max(levels)

    def surrounds(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether a box lies inside this one, or is it."""
        own = self.box
        return own[0] <= left and own[1] <= bottom and right <= own[2] and top <= own[3]

    def closed(self) -> tuple[list[Ruling], list[Ruling]]:
        """Its rulings and, where a table has no outer lines, the edges at which its inner ones end."""
        across, down = self.across, self.down
        if len(across) < 2 or len(across) + len(down) < 4:
            return across, down
        lefts, rights = _ends([ruling.low for ruling in across]), _ends([-ruling.high for ruling in across])
        feet, heads = _ends([ruling.low for ruling in down]), _ends([-ruling.high for ruling in down])
        xs, ys = [ruling.at for ruling in down], [ruling.at for ruling in across]
        low, high = min(ruling.low for ruling in down), max(ruling.high for ruling in down)
        sides = [lefts] if lefts is not None and lefts < min(xs) - _OPEN else []
        sides += [-rights] if rights is not None and -rights > max(xs) + _OPEN else []
        left, right = min((*xs, *sides)), max((*xs, *sides))
        caps = [feet] if feet is not None and feet < min(ys) - _OPEN else []
        caps += [-heads] if heads is not None and -heads > max(ys) + _OPEN else []
        return (
            across + [Ruling(at, left, right) for at in caps],
            down + [Ruling(at, low, high) for at in sides],
        )


def touching(across: Sequence[Ruling], down: Sequence[Ruling]) -> list[Group]:
    """Sort rulings into groups of which each touches, or crosses, another of its group."""
    groups, alone = _touching(across, down)
    heights = [(group.across[0].at, group.across[-1].at) for group in groups]
    heights += [(ruling.at, ruling.at) for ruling in alone]
    if not any(low <= last + NEAR for (_, last), (low, _) in pairwise(sorted(heights))):
        return groups
    # Beside each other stand parts of one table where a cell between them has no sides.
    edges = _end_to_end(across)
    groups, _ = _touching(sorted(edges), down)
    for group in groups:
        group.across = [part for ruling in group.across for part in edges[ruling]]
    return groups


def _touching(across: Sequence[Ruling], down: Sequence[Ruling]) -> tuple[list[Group], list[Ruling]]:
    """The groups, and the horizontal rulings that touch no vertical one."""
    levels = [ruling.at for ruling in across]
    group_of: list[Group | None] = [None] * len(across)
    groups: dict[int, Group] = {}
    for ruling in down:
        touched: Group | None = None
        low, high = ruling.at - NEAR, ruling.at + NEAR
        number = bisect_left(levels, ruling.low - NEAR)
        last = bisect_right(levels, ruling.high + NEAR)
        while number < last:
            if across[number].low <= high and across[number].high >= low:
                other = group_of[number]
                if touched is None:
                    touched = other if other is not None else Group([], [])
                    groups[id(touched)] = touched
                if other is None:
                    touched.across.append(across[number])
                    group_of[number] = touched
                elif other is not touched:
                    touched.across += other.across
                    touched.down += other.down
                    group_of = [touched if group is other else group for group in group_of]
                    del groups[id(other)]
            number += 1
        if touched is not None:
            touched.down.append(ruling)
    alone = [ruling for ruling, group in zip(across, group_of, strict=True) if group is None]
    for group in groups.values():
        group.across.sort()
    return list(groups.values()), alone


def _end_to_end(rulings: Sequence[Ruling]) -> dict[Ruling, list[Ruling]]:
    """Rulings by the one that they make together, where each goes on where another one ends: cells' edges."""
    levels: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        if not levels or ruling.at > levels[-1][0].at + _GAP:
            levels.append([])
        levels[-1].append(ruling)
    found: dict[Ruling, list[Ruling]] = {}
    for level in levels:
        line: list[Ruling] = []
        reach = float("-inf")
        for ruling in sorted(level, key=lambda ruling: ruling.low):
            if line and ruling.low > reach + _GAP:
                found[Ruling(line[0].at, line[0].low, reach)] = line
                line, reach = [], float("-inf")
            line.append(ruling)
            reach = max(reach, ruling.high)
        found[Ruling(line[0].at, line[0].low, reach)] = line
    return found


def unframed(across: list[Ruling], down: list[Ruling]) -> tuple[list[Ruling], list[Ruling]]:
    """The rulings without a frame around the page, which would join all tables that touch it.

    No line of a table reaches the sides of a frame, and none runs from its top to its foot.
    """
    while len(down) > 2:
        left, right = down[0].at, down[-1].at
        sides = [ruling for ruling in down if not left + NEAR < ruling.at < right - NEAR]
        inner = [ruling for ruling in down if left + NEAR < ruling.at < right - NEAR]
        low, high = min(ruling.low for ruling in sides), max(ruling.high for ruling in sides)
        rows = [ruling for ruling in across if ruling.low > left + NEAR and ruling.high < right - NEAR]
        edges = [ruling for ruling in across if ruling.low <= left + NEAR and ruling.high >= right - NEAR]
        if len(edges) + len(rows) < len(across) or not rows or len(edges) > _MOST_EDGES:
            return across, down
        if not all(low - NEAR <= ruling.at <= high + NEAR for ruling in rows):
            return across, down
        lines: dict[int, list[tuple[float, float]]] = {}
        for ruling in inner:
            lines.setdefault(round(ruling.at), []).append((ruling.low, ruling.high))
        if not lines or max(map(_length, lines.values())) > _WHOLE * (high - low):
            return across, down
        across, down = rows, inner
    return across, down


def _length(stretches: list[tuple[float, float]]) -> float:
    """How long a line is drawn in all, where its stretches may cover each other."""
    length, reached = 0.0, float("-inf")
    for low, high in sorted(stretches):
        length += max(0.0, high - max(low, reached))
        reached = max(reached, high)
    return length


def bands(boxes: Sequence[Group]) -> Iterator[Group]:
    """Boxes sorted by whether their vertical extents touch."""
    band: list[Group] = []
    bottom = float("inf")
    for group in sorted(boxes, key=lambda group: -group.box[3]):
        if band and group.box[3] < bottom - NEAR:
            yield Group([r for box in band for r in box.across], [r for box in band for r in box.down])
            band, bottom = [], float("inf")
        band.append(group)
        bottom = min(bottom, group.box[1])
    yield Group([r for box in band for r in box.across], [r for box in band for r in box.down])


def _ends(places: list[float]) -> float | None:
    """The outermost place at which at least two rulings end."""
    least = min(places)
    return least if sum(place - least <= NEAR for place in places) >= 2 else None
