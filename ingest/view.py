"""A text mended for reading by programs, with a map back to the text as printed.

Words broken at line ends are joined, line breaks inside a paragraph become spaces, ligatures letters,
every kind of space a space; footnotes and running heads that stand in the middle of a sentence are
stepped over. Evidence is never taken from the mended text: ``View.span`` says where it is printed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from .document import Block, Document, Language, Span
from .hyphenation import Lexicon

__all__ = ["View", "mend"]

_CONTINUED: Final = "continued"
"""Readers give this name to a block that goes on where an interruption broke the one before it off."""
_SET_ASIDE: Final = frozenset({"note", "header", "footer"})
_SOFT_LINES: Final = frozenset({"application/pdf", "text/plain"})
"""Formats in which a line break inside a table cell is only the end of the printed line."""
_MOST_VIEWS: Final = 1 << 15
_BLOCK_END, _HARD_BREAK = "\x1e", "\x1d"

_SPACE: Final = "[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_LOWER: Final = "a-ząćęłńóśźż"
_SPACES: Final = _SPACE[1:-1]
# What comes first says where dirt can begin at all: nine of ten letters are passed over at once.
_DIRT: Final = re.compile(
    rf"(?=[-{_SPACES}\n\x1d-\x1f/\u2010\u2013\u00ad\u200b-\u200d\u2060\ufeff\ufb00-\ufb06\d])(?:"
    rf"(?P<hyphen>(?<=[^\W_])[-\u00ad\u2010]{_SPACE}*[\n\x1f][\n\x1f \t\u00a0]*(?=[^\W_]))"
    rf"|(?P<dash>(?<=[^\W_])[/\u2013]{_SPACE}*[\n\x1f][\n\x1f \t\u00a0]*(?=[^\W_]))"
    rf"|(?P<line>{_SPACE}*[\n\x1f](?:[\n\x1f]|{_SPACE})*)"
    rf"|(?P<nothing>[\u00ad\u200b-\u200d\u2060\ufeff]+)"
    rf"|(?P<space>{_SPACE}{{2,}}|(?! ){_SPACE})"
    rf"|(?P<ligature>[\ufb00-\ufb06])"
    rf"|(?P<reference>(?:(?<=[{_LOWER}]{{3}})|(?<=[”\"»])|(?<=[{_LOWER}]{{4}}[.,]))\d{{1,3}}(?![\w/%]|[.,]\d))"
    rf"|(?P<end>{_BLOCK_END})|(?P<hard>{_HARD_BREAK}))"
)
_QUICK: Final = re.compile(
    "[\n\t\u00ad\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff\ufb00-\ufb06\x1d-\x1f]|  "
)
_BULLET: Final = re.compile(r"[•●▪■◦○‣∙\uf0b7\uf0a7\uf0d8✓➢➤►]")
_NUMBER: Final = re.compile(r"[–—-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s|\d{1,2}\.\s")
_LETTERS_BEFORE: Final = re.compile(r"[^\W\d_]+$")
_LETTERS_AFTER: Final = re.compile(r"[^\W\d_]+")


class _Piece(NamedTuple):
    """A stretch of the view: ``length`` characters at ``start`` that stand for ``text[kept:kept_end]``.

    Copied stretches are as long in both; replaced ones map as a whole.
    """

    start: int
    length: int
    kept: int
    kept_end: int

    @property
    def copied(self) -> bool:
        return self.length == self.kept_end - self.kept


@dataclass(frozen=True, slots=True)
class View:
    """A mended text and where each of its characters is printed."""

    text: str
    _starts: tuple[int, ...]
    _pieces: tuple[_Piece, ...]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the kept text that ``self.text[start:end]`` stands for.

        Raises IndexError for offsets outside the view.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"offsets {start} to {end} are outside a view of {len(self.text)} characters")
        if not self._pieces:
            return Span(0, 0)
        first = self._piece(start)
        kept = first.kept + (start - first.start) if first.copied else first.kept
        if start == end:
            return Span(kept, kept)
        last = self._piece(end - 1)
        kept_end = last.kept + (end - last.start) if last.copied else last.kept_end
        return Span(kept, max(kept, kept_end))

    def _piece(self, offset: int) -> _Piece:
        return self._pieces[max(0, bisect_right(self._starts, offset) - 1)]


def mend(document: Document, start: int = 0, end: int | None = None) -> View:
    """Return the mended view of ``document.text[start:end]``.

    Blocks are separated by a newline, and so are the paragraphs and list items inside a table cell.
    Footnotes and running headers and footers are left out, unless the stretch holds nothing else.
    """
    return _mender(document).view(start, len(document.text) if end is None else end)


_latest: _Mender | None = None


def _mender(document: Document) -> _Mender:
    """The mender of a document; the last one is kept, as a document is mended block by block."""
    global _latest
    if _latest is None or _latest.document is not document:
        _latest = _Mender(document)
    return _latest


@lru_cache(maxsize=2)
def _lexicon(text: str) -> Lexicon:
    return Lexicon.of(text)


class _Mender:
    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [block.start for block in document.blocks]
        self._ends = [block.end for block in document.blocks]
        self._soft = document.media_type in _SOFT_LINES
        self._views: dict[tuple[int, int], View] = {}
        self._notes: dict[int | None, set[str]] = {}
        for block in document.blocks:
            if block.kind == "note" and (marker := block.marker.strip("()[]. ")):
                self._notes.setdefault(block.page, set()).add(marker)

    def view(self, start: int, end: int) -> View:
        """The view of a stretch; families and the search for names ask for the same ones."""
        known = self._views.get((start, end))
        if known is None:
            if len(self._views) >= _MOST_VIEWS:
                self._views.clear()
            known = self._views[start, end] = self._view(start, end)
        return known

    def _view(self, start: int, end: int) -> View:
        start, end = max(start, 0), min(end, len(self.document.text))
        blocks = self._blocks(start, end)
        raw = _Raw(self.document.text)
        if not self.document.blocks:
            raw.copy(start, end, hard=False)
        before: Block | None = None
        for block in blocks:
            low, high = max(block.start, start), min(block.end, end)
            if before is not None:
                goes_on = block.name == _CONTINUED and block.kind == before.kind
                raw.separate("\x1f" if goes_on else _BLOCK_END, min(before.end, end), low)
            raw.copy(low, high, hard=block.kind == "cell" and not self._soft)
            before = block
        language = blocks[0].language if len(blocks) == 1 else None
        return self._mend(raw, language or self.document.language)

    def _blocks(self, start: int, end: int) -> Sequence[Block]:
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        blocks = self.document.blocks[first:last]
        wanted = [block for block in blocks if block.kind not in _SET_ASIDE]
        return wanted or blocks

    def _mend(self, raw: _Raw, language: Language | None) -> View:
        text = raw.text
        if not self._notes and not _QUICK.search(text):
            return _finish(text, raw.pieces)
        view = _Edited(raw) if len(raw.pieces) == 1 else _Writer(raw)
        position = 0
        for match in _DIRT.finditer(text):
            replacement = self._replacement(match, text, raw, language)
            if replacement is None:
                continue
            view.copy(position, match.start())
            view.replace(match.start(), match.end(), replacement)
            position = match.end()
        view.copy(position, len(text))
        return view.finished()

    def _replacement(
        self, match: re.Match[str], text: str, raw: _Raw, language: Language | None
    ) -> str | None:
        """What a match becomes, or None to leave it."""
        match match.lastgroup:
            case "line":
                return "\n" if _is_item(text, match.start(), match.end()) else " "
            case "hyphen":
                return self._hyphen(match, text, language)
            case "dash":
                return text[match.start()]
            case "nothing":
                return ""
            case "space":
                return " "
            case "ligature":
                return unicodedata.normalize("NFKC", match.group())
            case "end" | "hard":
                return "\n"
            case _:
                page = self.document.page_at(raw.kept(match.start()))
                return "" if match.group() in self._notes.get(page, ()) else None

    def _hyphen(self, match: re.Match[str], text: str, language: Language | None) -> str:
        before = _LETTERS_BEFORE.search(text, max(0, match.start() - 40), match.start())
        after = _LETTERS_AFTER.match(text, match.end())
        if before is None or after is None:
            return "-"
        if text[match.start()] == "\u00ad":
            return ""
        lexicon = _lexicon(self.document.text)
        return "-" if lexicon.keeps_hyphen(before.group(), after.group(), language) else ""


def _is_item(text: str, before: int, after: int) -> bool:
    """Whether a line break stands before a list item: a bullet, or a dash or number after a clause."""
    if _BULLET.match(text, after):
        return True
    return text[before - 1 : before] in {":", ";", ".", ","} and bool(_NUMBER.match(text, after))


class _Raw:
    """The stretches of the kept text that a view is made from, one behind the other."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self.pieces: list[_Piece] = []
        self._starts: list[int] = []
        self._length = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def _append(self, part: str, kept: int, kept_end: int) -> None:
        if part:
            self.pieces.append(_Piece(self._length, len(part), kept, kept_end))
            self._starts.append(self._length)
            self._parts.append(part)
            self._length += len(part)

    def copy(self, start: int, end: int, *, hard: bool) -> None:
        part = self._source[start:end]
        self._append(part.replace("\n", _HARD_BREAK) if hard else part, start, end)

    def separate(self, mark: str, kept: int, following: int) -> None:
        self._append(mark, kept, min(kept + 1, max(kept, following)))

    def kept(self, offset: int) -> int:
        """Where a character of the raw text is printed."""
        piece = self.pieces[max(0, bisect_right(self._starts, offset) - 1)]
        return piece.kept + (offset - piece.start if piece.copied else 0)

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """The parts of pieces between two offsets: (offset, length, kept, kept end)."""
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self.pieces) and self.pieces[index].start < end:
            piece = self.pieces[index]
            low, high = max(start, piece.start), min(end, piece.start + piece.length)
            if low < high:
                if piece.copied:
                    yield low, high - low, piece.kept + low - piece.start, piece.kept + high - piece.start
                else:
                    yield low, high - low, piece.kept, piece.kept_end
            index += 1


class _Writer:
    """Writes the view: copies of the raw text, and replacements."""

    def __init__(self, raw: _Raw) -> None:
        self._raw = raw
        self._source = raw.text
        self.parts: list[str] = []
        self.pieces: list[_Piece] = []
        self._length = 0

    def _append(self, part: str, kept: int, kept_end: int) -> None:
        if part:
            self.pieces.append(_Piece(self._length, len(part), kept, kept_end))
            self.parts.append(part)
            self._length += len(part)

    def copy(self, start: int, end: int) -> None:
        if start < end:
            for offset, length, kept, kept_end in self._raw.between(start, end):
                self._append(self._source[offset : offset + length], kept, kept_end)

    def replace(self, start: int, end: int, replacement: str) -> None:
        covered = list(self._raw.between(start, end))
        self._append(replacement, covered[0][2], covered[-1][3])

    def finished(self) -> View:
        return _finish("".join(self.parts), self.pieces)


class _Edited:
    """Writes the view of a stretch that is one block, copied whole: what stands where is a matter of adding.

    A replacement as long as what it replaces (a space for a line break) does not even break a piece.
    """

    def __init__(self, raw: _Raw) -> None:
        self._source = raw.text
        self._base = raw.pieces[0].kept
        self._parts: list[str] = []
        self._pieces: list[_Piece] = []
        self._length = 0
        self._open = 0

    def copy(self, start: int, end: int) -> None:
        self._parts.append(self._source[start:end])

    def replace(self, start: int, end: int, replacement: str) -> None:
        self._parts.append(replacement)
        if len(replacement) != end - start:
            self._close(start)
            if replacement:
                self._piece(len(replacement), start, end)
            self._open = end

    def _close(self, end: int) -> None:
        if self._open < end:
            self._piece(end - self._open, self._open, end)

    def _piece(self, length: int, start: int, end: int) -> None:
        self._pieces.append(_Piece(self._length, length, self._base + start, self._base + end))
        self._length += length

    def finished(self) -> View:
        self._close(len(self._source))
        return _finish("".join(self._parts), self._pieces)


def _finish(text: str, pieces: Sequence[_Piece]) -> View:
    return View(text, tuple(piece.start for piece in pieces), tuple(pieces))
