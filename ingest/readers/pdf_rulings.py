"""The rulings of a page: thin path objects, the edges of rectangles, the straight parts of longer paths."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pypdfium2.raw as raw

__all__ = ["Box", "Ruling", "Rulings", "rulings", "turned"]

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""
Matrix = tuple[float, float, float, float, float, float]

_THIN: Final = 2.5
"""A path object at most so many points thick is a ruling."""
_SHORT: Final = 8.0
"""Rulings shorter than this underline words or are dashes."""
_BULLET: Final = 6.0
"""A bullet is so many points high and wide at most."""
_DEPTH: Final = 3
"""Forms within forms are followed so far."""
_MOST_SEGMENTS: Final = 4000
"""Of longer paths on one page, so many segments are looked at: a map has a hundred thousand."""
_PAGE: Final = 0.95
"""A rectangle that covers this share of the page in both directions is its background."""
_WHITE: Final = 250


class Ruling(NamedTuple):
    """A horizontal (at ``at`` = y) or vertical (at ``at`` = x) line from ``low`` to ``high``."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class Rulings:
    """What is drawn on a page.

    Args:
        across, down: horizontal and vertical rulings, as the text runs.
        bullets: marks as small as a bullet, which some producers draw rather than print.
        image: whether the page holds a picture.
    """

    across: list[Ruling] = field(default_factory=list)
    down: list[Ruling] = field(default_factory=list)
    bullets: list[Box] = field(default_factory=list)
    image: bool = False


def turned(box: Box, turn: int) -> Box:
    """A box after ``turn`` quarter turns, so that text which ran upwards (1), upside down (2) or downwards
    (3) runs to the right; the origin stays."""
    left, bottom, right, top = box
    match turn:
        case 1:
            return bottom, -right, top, -left
        case 2:
            return -right, -top, -left, -bottom
        case 3:
            return -top, left, -bottom, right
        case _:
            return box


def rulings(page: Any, turn: int) -> Rulings:
    """The rulings of a raw PDFium page, turned as its text is read."""
    found = Rulings()
    wide, high = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    if turn % 2 != raw.FPDFPage_GetRotation(page) % 2:
        wide, high = high, wide
    collector = _Collector(found, turn, wide * _PAGE, high * _PAGE)
    collector.collect(page, raw.FPDFPage_CountObjects(page), raw.FPDFPage_GetObject, None, _DEPTH)
    return found


class _Collector:
    """Goes through page objects once; the buffers that PDFium writes to are kept between calls."""

    def __init__(self, found: Rulings, turn: int, wide: float, high: float) -> None:
        self._found = found
        self._turn = turn
        self._wide, self._high = wide, high
        self._left, self._bottom, self._right, self._top = (ctypes.c_float() for _ in range(4))
        self._segments = _MOST_SEGMENTS

    def collect(self, parent: Any, count: int, child: Any, matrix: Matrix | None, depth: int) -> None:
        """Look at the objects of a page or of a form."""
        kind, path = raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_PATH
        bounds = raw.FPDFPageObj_GetBounds
        left, bottom, right, top = self._left, self._bottom, self._right, self._top
        for number in range(count):
            item = child(parent, number)
            what = kind(item)
            if what == path:
                if not bounds(item, left, bottom, right, top):
                    continue
                box: Box = (left.value, bottom.value, right.value, top.value)
                if matrix is not None:
                    box = _moved(box, matrix)
                self._path(item, turned(box, self._turn) if self._turn else box, matrix)
            elif what == raw.FPDF_PAGEOBJ_IMAGE:
                self._found.image = True
            elif what == raw.FPDF_PAGEOBJ_FORM and depth > 0:
                inner = _times(_matrix(item), matrix)
                self.collect(item, raw.FPDFFormObj_CountObjects(item), _form_child, inner, depth - 1)

    def _path(self, item: Any, box: Box, matrix: Matrix | None) -> None:
        left, bottom, right, top = box
        wide, high = right - left, top - bottom
        if wide <= _BULLET and high <= _BULLET:
            if min(wide, high) >= _BULLET / 4 and abs(wide - high) <= 1:
                self._found.bullets.append(box)
        elif high <= _THIN:
            if wide >= _SHORT:
                self._found.across.append(Ruling((top + bottom) / 2, left, right))
        elif wide <= _THIN:
            if high >= _SHORT:
                self._found.down.append(Ruling((left + right) / 2, bottom, top))
        elif wide >= _SHORT and high >= _SHORT and not (wide >= self._wide and high >= self._high):
            segments = raw.FPDFPath_CountSegments(item)
            if segments > 6:
                self._long(item, segments, matrix)
            elif segments >= 4 and not _unseen(item):
                # A stroked rectangle is four rulings; a filled one (shading) marks the same edges.
                self._rectangle(box)

    def _rectangle(self, box: Box) -> None:
        left, bottom, right, top = box
        self._found.across += [Ruling(bottom, left, right), Ruling(top, left, right)]
        self._found.down += [Ruling(left, bottom, top), Ruling(right, bottom, top)]

    def _long(self, item: Any, segments: int, matrix: Matrix | None) -> None:
        """A path of many segments: some producers draw the rulings of a whole table as one."""
        if segments > self._segments:
            return
        self._segments -= segments
        matrix = _times(_matrix(item), matrix)
        for x0, y0, x1, y1 in _straight(item, segments):
            box = _moved((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), matrix)
            left, bottom, right, top = turned(box, self._turn)
            if top - bottom <= _THIN / 5 and right - left >= _SHORT:
                self._found.across.append(Ruling((top + bottom) / 2, left, right))
            elif right - left <= _THIN / 5 and top - bottom >= _SHORT:
                self._found.down.append(Ruling((left + right) / 2, bottom, top))


def _form_child(form: Any, number: int) -> Any:
    return raw.FPDFFormObj_GetObject(form, number)


def _straight(item: Any, segments: int) -> Iterator[Box]:
    """The straight segments of a path as (x0, y0, x1, y1) in its own coordinates."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for number in range(segments):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = (x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield *last, *here
        last = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield *last, *start


def _unseen(item: Any) -> bool:
    """Whether a rectangle is filled with white and has no outline: a background, not a ruling."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, mode, stroke) or stroke.value:
        return False
    if mode.value == raw.FPDF_FILLMODE_NONE:
        return True
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return 1, 0, 0, 1, 0, 0
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix | None) -> Matrix:
    """First the inner, then the outer transformation."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _moved(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)
