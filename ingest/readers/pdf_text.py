"""The letters of a page as stretches with their place, at few calls to PDFium per line, none per letter."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .pdf_rulings import Box, turned
from .pdf_tables import Grid

__all__ = ["PageText", "Stretch"]

_BROKEN: Final = "\ufffe"
"""What PDFium gives for a hyphen that breaks a word at the end of a line, the line end included."""
_PRINTED_LINE: Final = re.compile(f"[^\r\n{_BROKEN}]*[^\\s{_BROKEN}][^\r\n{_BROKEN}]*{_BROKEN}?|{_BROKEN}")
_WORD: Final = re.compile(r"\S+")
_LETTER: Final = re.compile(f"[^\\s{_BROKEN}]")
_SPACE: Final = 0.12
"""Between the boxes of letters with the room that they take, a wider gap is a space."""
_FEW: Final = 6
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_WIDE: Final = 1.1
"""A gap wider than so many times the height of the letters parts columns, or words set with a tabulator."""
_EVEN: Final = 0.3
"""Gaps between the words of a justified line differ by at most so many times the height of its letters."""
_NARROW: Final = 0.3
"""A gap narrower than this stands between letters or words; no ruling stands in it."""
_EDGE: Final = 1.5
"""Letters may reach so many points over the ruling of their cell."""
_PROBES: Final = 20
"""So many letters tell whether a page can be decoded."""
_EVERY: Final = 8
"""One in so many stretches in tables tells the size of its font; outside tables, all do."""
_SAMPLE: Final = 3
"""So many of the longest lines tell how the text of a page is turned."""

CellKey = tuple[int, int]
"""The number of the grid and the index of the cell in it."""


@dataclass(slots=True)
class Stretch:
    """Letters that stand on one line without a wide gap.

    Args:
        text: as printed.
        left, bottom, right, top: of the printed letters, in points; turned so that text runs to the right.
        base: the line that its letters stand on.
        size: of the font, in points; fonts of one size have letters and boxes of different heights.
        cell: in which it stands, or None outside tables.
        numbered: of a joined line: behind a wide gap it ends with a number, as a line of contents does.
        spread: the number of a line of the file whose words are set one by one, all equally far apart, as in
            a justified line; 0 otherwise.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    base: float
    size: float
    cell: CellKey | None = None
    numbered: bool = False
    spread: int = 0


class PageText:
    """The text of one page.

    Args:
        page: PDFium's text page, open as long as this is used.
    """

    def __init__(self, page: pdfium.PdfTextPage) -> None:
        self._page: Any = page.raw
        self.text = page.get_text_range(errors="surrogatepass")
        # PDFium's lists of letters and of text differ where a letter has no code, or becomes several.
        self._same = raw.FPDFText_CountChars(self._page) == len(self.text)
        self._numbers = tuple(ctypes.c_double() for _ in range(4))
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._made = 0
        self.sizes: list[float] = []
        """Of some of the stretches in tables."""
        self._lines = [match.span() for match in _PRINTED_LINE.finditer(self.text)]
        # Where little text stands far apart, PDFium takes it for vertical and ends a line at each letter.
        single = sum(end - start == 1 for start, end in self._lines)
        self._scattered = single > _FEW and 2 * single > len(self._lines)
        self.turn = self._find_turn()

    def stretches(self, grids: Sequence[Grid]) -> list[Stretch]:
        """All stretches in the order of the file, each told its cell; none reaches over two cells."""
        if self._scattered:
            return self._by_letter(grids)
        found: list[Stretch] = []
        for start, end in self._lines:
            boxes = self._boxes(start, end)
            if not boxes:
                continue
            if len(boxes) == 1:
                left, bottom, right, top = boxes[0]
                gap = False
            else:
                left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
                right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
                wide = _WIDE * (top - bottom)
                gap = any(after[0] - before[2] > wide for before, after in pairwise(boxes))
            middle = (bottom + top) / 2
            cell: CellKey | None = None
            whole = True
            for number, grid in enumerate(grids):
                if grid.table.bottom <= middle <= grid.table.top:
                    index, whole = grid.holds(left + _EDGE, right - _EDGE, middle)
                    if index is not None or not whole:
                        cell = None if index is None else (number, index)
                        break
            if whole and (cell is not None or not gap):
                found.append(self._stretch(start, end, (left, bottom, right, top), cell))
                continue
            parts = list(self._split(start, end, boxes, grids))
            if whole and self._is_spread(start, end, boxes):
                for part in parts:
                    part.spread = start + 1
            found += parts
        return found

    @property
    def undecodable(self) -> bool:
        """Whether the letters are drawn, but most fonts do not say which letters they are."""
        step = max(1, len(self._lines) // _PROBES)
        probes = [self._index(start) for start, _ in self._lines[::step]]
        wrong = sum(raw.FPDFText_HasUnicodeMapError(self._page, index) == 1 for index in probes)
        return 2 * int(wrong) > len(probes)

    def _index(self, offset: int) -> int:
        """PDFium's number of the letter at an offset into the text."""
        return offset if self._same else int(raw.FPDFText_GetCharIndexFromTextIndex(self._page, offset))

    def _boxes(self, start: int, end: int) -> list[Box]:
        """The boxes of the runs of letters (of one text object each) from start to end."""
        page, (left, top, right, bottom) = self._page, self._numbers
        first = self._index(start)
        count = end - start if self._same else self._index(end - 1) - first + 1
        rect, turn = raw.FPDFText_GetRect, self.turn
        boxes: list[Box] = []
        for number in range(raw.FPDFText_CountRects(page, first, count)):
            rect(page, number, left, top, right, bottom)
            box = (left.value, bottom.value, right.value, top.value)
            if turn:
                box = turned(box, turn)
            if boxes:
                # Some producers make every letter a text object of its own.
                before = boxes[-1]
                if -_EDGE <= box[0] - before[2] <= _NARROW * (before[3] - before[1]):
                    boxes[-1] = _union(before, box)
                    continue
            boxes.append(box)
        if not boxes:
            offset = next(place for place in range(start, end) if not self.text[place].isspace())
            boxes.append(self._letter(offset))
        return boxes

    def _letter(self, offset: int) -> Box:
        page, (left, right, bottom, top) = self._page, self._numbers
        raw.FPDFText_GetCharBox(page, self._index(offset), left, right, bottom, top)
        return turned((left.value, bottom.value, right.value, top.value), self.turn)

    def _stretch(self, start: int, end: int, box: Box, cell: CellKey | None) -> Stretch:
        text = self.text[start:end]
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        if text.endswith(_BROKEN):
            text = text[:-1] + "-"
        if _SURROGATE.search(text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
        left, bottom, right, top = box
        base, size = bottom, top - bottom
        self._made += 1
        if cell is None or self._made % _EVERY == 0:
            base, size = self._font(self._index(start + lead)) or (base, size)
            if cell is not None:
                self.sizes.append(size)
        return Stretch(text, left, bottom, right, top, base, size, cell)

    def _font(self, index: int) -> tuple[float, float] | None:
        """The base line and the size of the font of a letter, or None where its font has no size."""
        page, matrix = self._page, self._matrix
        size = raw.FPDFText_GetFontSize(page, index)
        if not raw.FPDFText_GetMatrix(page, index, matrix):
            return None
        size *= hypot(matrix.c, matrix.d)
        x, y = self._numbers[:2]
        if size <= 0 or not raw.FPDFText_GetCharOrigin(page, index, x, y):
            return None
        return turned((x.value, y.value, x.value, y.value), self.turn)[1], size

    def _is_spread(self, start: int, end: int, boxes: list[Box]) -> bool:
        """Whether each word is a run of its own, and all stand equally far apart."""
        high = max(box[3] - box[1] for box in boxes)
        gaps = [gap for before, after in pairwise(boxes) if (gap := after[0] - before[2]) > _NARROW * high]
        return (
            bool(gaps)
            and len(gaps) + 1 == len(self.text[start:end].split())
            and max(gaps) - min(gaps) <= _EVEN * high
        )

    def _split(self, start: int, end: int, boxes: list[Box], grids: Sequence[Grid]) -> Iterator[Stretch]:
        """A line that reaches over cells or wide gaps, as several stretches."""
        cells: list[CellKey | None] = []
        for left, bottom, right, top in boxes:
            middle = (bottom + top) / 2
            first = _cell(grids, left + _EDGE, middle)
            if first != _cell(grids, right - _EDGE, middle):
                yield from self._by_word(start, end, grids)
                return
            cells.append(first)
        if any(after[0] < before[2] - _EDGE for before, after in pairwise(boxes)):
            yield from self._by_word(start, end, grids)
            return
        begin, box = start, boxes[0]
        for number in range(1, len(boxes)):
            following = boxes[number]
            if _together(box, following, cells[number - 1], cells[number]):
                box = _union(box, following)
                continue
            cut = self._cut(begin, end, (box[2] + following[0]) / 2)
            yield self._stretch(begin, cut, box, cells[number - 1])
            begin, box = cut, following
        yield self._stretch(begin, end, box, cells[-1])

    def _cut(self, low: int, high: int, x: float) -> int:
        """The offset of the first letter right of x; the letters between run from left to right."""
        text, end = self.text, high
        while low < high:
            middle = probe = (low + high) // 2
            while probe < end and text[probe].isspace():
                probe += 1
            if probe < high and self._letter(probe)[0] < x:
                low = probe + 1
            else:
                high = middle
        return low

    def _by_word(self, start: int, end: int, grids: Sequence[Grid]) -> Iterator[Stretch]:
        """A line whose letters jump, or whose text objects reach over rulings: word by word."""
        held: tuple[int, int, Box, CellKey | None] | None = None
        for first, last, box, cell in self._words(start, end, grids):
            if held is None:
                held = (first, last, box, cell)
            elif box[0] >= held[2][0] and _together(held[2], box, held[3], cell):
                held = (held[0], last, _union(held[2], box), cell)
            else:
                yield self._stretch(*held)
                held = (first, last, box, cell)
        if held is not None:
            yield self._stretch(*held)

    def _words(
        self, start: int, end: int, grids: Sequence[Grid]
    ) -> Iterator[tuple[int, int, Box, CellKey | None]]:
        for match in _WORD.finditer(self.text, start, end):
            first, last = self._letter(match.start()), self._letter(match.end() - 1)
            cell = _cell_of(grids, first)
            if cell == _cell_of(grids, last):
                yield match.start(), match.end(), _union(first, last), cell
                continue
            for offset in range(match.start(), match.end()):
                letter = self._letter(offset)
                yield offset, offset + 1, letter, _cell_of(grids, letter)

    def _by_letter(self, grids: Sequence[Grid]) -> list[Stretch]:
        """A page on which every letter is a line of its own: joined by the room that each takes."""
        letters: list[Stretch] = []
        font = self._box
        for match in _LETTER.finditer(self.text):
            raw.FPDFText_GetLooseCharBox(self._page, self._index(match.start()), font)
            box = turned((font.left, font.bottom, font.right, font.top), self.turn)
            left, bottom, right, top = box
            base, size = self._font(self._index(match.start())) or (bottom, top - bottom)
            cell = _cell_of(grids, box)
            letters.append(Stretch(match.group(), left, bottom, right, top, base, size, cell))
        found: list[Stretch] = []
        for letter in sorted(letters, key=lambda item: (item.cell or (-1, -1), -round(item.base), item.left)):
            last = found[-1] if found else None
            gap = letter.left - last.right if last is not None else 0.0
            # The letters of a ligature have one box.
            back = letter.right - letter.left + _EDGE
            level = last is not None and abs(last.base - letter.base) <= _NARROW * last.size
            if last is None or not level or last.cell != letter.cell or not -back <= gap <= _WIDE * last.size:
                found.append(letter)
                continue
            last.text += letter.text if gap < _SPACE * last.size else f" {letter.text}"
            last.right, last.top = max(last.right, letter.right), max(last.top, letter.top)
        return found

    def _find_turn(self) -> int:
        """How many quarter turns make most of the text run to the right."""
        votes = [0, 0, 0, 0]
        self.turn = 0
        for start, end in sorted(self._lines, key=lambda line: line[0] - line[1])[:_SAMPLE]:
            # One word: where letters stand far apart, PDFium may take several printed lines for one.
            word = max(self.text[start:end].replace(_BROKEN, " ").split(), key=len, default="")
            if len(word) < 3:
                continue
            first = self.text.index(word, start)
            left, bottom, right, top = self._letter(first)
            x, y = (left + right) / 2, (bottom + top) / 2
            left, bottom, right, top = self._letter(first + len(word) - 1)
            across, up = (left + right) / 2 - x, (bottom + top) / 2 - y
            if abs(across) >= abs(up):
                votes[0 if across >= 0 else 2] += len(word)
            else:
                votes[1 if up > 0 else 3] += len(word)
        return votes.index(max(votes))


def _cell(grids: Sequence[Grid], x: float, y: float) -> CellKey | None:
    for number, grid in enumerate(grids):
        if grid.table.bottom <= y <= grid.table.top:
            cell = grid.find(x, y)
            if cell is not None:
                return number, cell
    return None


def _cell_of(grids: Sequence[Grid], box: Box) -> CellKey | None:
    return _cell(grids, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def _together(box: Box, following: Box, cell: CellKey | None, other: CellKey | None) -> bool:
    """Whether two runs of letters belong to one stretch."""
    if cell != other:
        return False
    return cell is not None or following[0] - box[2] <= _WIDE * max(
        box[3] - box[1], following[3] - following[1]
    )


def _union(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
