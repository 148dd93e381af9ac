"""Cards as values: what a field says, and of which axis, measure or sub-measure it says it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ...ontology.identifiers import is_code, normalise_code
from ..document import Block, Document
from .cards_fields import KEPT_AS_TEXT, Field, field_of
from .numbering import CODE, Heading, heading
from .reading import reading
from .tables import Cell, Row, Table, reading_order
from .words import fold

__all__ = ["Misread", "Value", "values"]


@dataclass(frozen=True, slots=True)
class Value:
    """What one field says of one owner.

    Args:
        owner: normalised code of the axis, measure or sub-measure, or "" for the programme.
        printed: the owner's code as printed where the value names it, or "".
        field: which field.
        name: the field's name as printed.
        start, end: where the value stands in the kept text.
        whole: where value and owner stand, as one stretch.
    """

    owner: str
    printed: str
    field: Field
    name: str
    start: int
    end: int
    whole: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Misread:
    """A row that no field accounts for."""

    start: int
    end: int
    reason: str


_SCOPE: Final = re.compile(
    rf"\s*(?:dla\s+)?(?:w\s+(?:ramach\s+)?)?(?P<kind>O[śs]\s+priorytetowa|(?:Pod)?dzia[łl]ani(?:e|a|u)"
    r"|Priority\s+axis|(?:Sub-?)?measures?)\s+"
    rf"(?P<codes>{CODE}\.?(?:\s*(?:,|;|i|oraz|and)\s*{CODE}\.?)*)(?P<colon>\s*[:\u2013\u2014-])?\s*",
    re.IGNORECASE,
)
_SCOPE_WORD: Final = re.compile(r"\s*(?:dla|w|O[śs]|Pod|Dzia|Priority|Sub|Measure)", re.IGNORECASE)
_LEADERS: Final = re.compile(r"(?:\.\s?){5,}\s*\d*\s*$|\u2026{2,}")
_HEADER_ROW: Final = re.compile(
    r"(?:opis|wyszczegolnienie|lp|nazwa pola|zakres|karta)(?: .*)?|(?:\d{1,2} ?)+"
)


@dataclass(slots=True)
class _State:
    """Where in the cards the reading stands."""

    axis: str = ""
    measure: str = ""
    owner: str = ""
    printed: str = ""
    field: Field | None = None
    name: str = ""
    columns: dict[int, tuple[str, str]] = dataclasses.field(default_factory=dict)
    within: str = ""
    """The sub-measure whose heading or row stands above."""
    in_field: bool = False
    """That row stands inside a field, and holds to the end of the field."""
    named: list[str] = dataclasses.field(default_factory=list)
    """What the card names in its first field."""

    @property
    def holder(self) -> str:
        """Whom a value without an owner beside it belongs to."""
        if len(self.named) == 1 and not self.in_field:
            return self.named[0]
        return self.within or self.measure or self.owner

    def begin(self, field: Field, name: str) -> None:
        """A field begins."""
        self.field, self.name = field, name
        if self.in_field:
            self.within, self.in_field = "", False
        if field in ("measure_name", "axis_number"):
            self.within = "" if self.named else self.within
            self.columns, self.named = {}, []

    def enter(self, found: Heading) -> None:
        """A heading of an axis or measure opens what follows."""
        self.field, self.columns, self.named, self.in_field = None, {}, [], False
        self.within = found.code if found.kind == "sub_measure" else ""
        if found.kind == "axis":
            self.axis, self.measure = found.code, ""
        elif found.kind == "measure":
            self.measure = found.code
        self.owner, self.printed = found.code, found.printed


def _split_scope(text: str) -> tuple[list[str], int, bool] | None:
    """Codes, where the rest begins, and whether a colon parts them, if a text begins with an owner."""
    match = _SCOPE.match(text)
    if not match:
        return None
    codes = [
        code for code in re.split(r"\s*(?:,|;|\bi\b|\boraz\b|\band\b)\s*", match["codes"]) if code.strip(". ")
    ]
    if not all(is_code(code) for code in codes):
        return None
    following = text[match.end("codes") : match.end("codes") + 1]
    if following.isalnum():
        return None
    return codes, match.end(), match["colon"] is not None


def _segments(text: str) -> Iterator[tuple[list[str], int, int, int]]:
    """Parts of one field that name their owner on a line of their own: codes, start, start of value, end."""
    starts = [0, *(m.end() for m in re.finditer(r"\n", text))]
    cuts: list[tuple[int, list[str], int]] = []
    for start in starts:
        found = _split_scope(text[start:])
        if found is not None:
            codes, rest, colon = found
            line_end = text.find("\n", start)
            line_end = len(text) if line_end < 0 else line_end
            title_only = not colon and start + rest < line_end < len(text)
            cuts.append((start, codes, line_end if title_only else start + rest))
    if not cuts:
        yield [], 0, 0, len(text)
        return
    if cuts[0][0] > 0:
        yield [], 0, 0, cuts[0][0]
    ends = [cut[0] for cut in cuts[1:]] + [len(text)]
    for (start, codes, value), end in zip(cuts, ends, strict=True):
        yield codes, start, min(value, end), end


def _scope_cell(cell: Cell) -> tuple[list[str], int] | None:
    """Owners and where their name ends, if a cell names owners and, at most, their title."""
    if not _SCOPE_WORD.match(cell.raw):
        return None
    found = _split_scope(cell.text)
    return (found[0], found[1]) if found else None


def _emit(state: _State, cell: Cell, owner: str, printed: str, start: int | None = None) -> Iterator[Value]:
    if state.field in (None, KEPT_AS_TEXT) or not cell.filled:
        return
    begin = cell.start if start is None else start
    if state.field == "measure_name":
        yield from _names(state, cell, owner, printed, begin)
        return
    for codes, _, value, end in _segments(cell.text):
        if not cell.text[value:end].strip():
            continue
        place = cell.place(value, end)
        for code in codes or [printed]:
            whole = (begin, place[1]) if not codes else place
            yield Value(
                normalise_code(code) if codes else owner, code, state.field, state.name, *place, whole
            )


def _names(state: _State, cell: Cell, owner: str, printed: str, begin: int) -> Iterator[Value]:
    """Names stand one a line, each with its code, or alone beside a cell with the code."""
    position, waiting = 0, ""
    named = False
    for line in cell.text.split("\n"):
        found = heading(line)
        stop = position + len(line)
        if found is not None and found.kind in ("measure", "sub_measure", "numbered") and found.code:
            if found.code.count(".") == 1:
                state.measure = found.code
            state.owner, state.printed = found.code, found.printed
            title, whole = cell.place(position + found.title_start, stop), cell.place(position, stop)
            named, waiting, begin = True, "" if found.title else found.code, whole[0]
            state.named.append(found.code)
            owner, printed = found.code, found.printed
            yield Value(found.code, found.printed, "measure_name", state.name, *title, whole)
        elif line.strip() and (waiting or (not named and "." in owner)):
            place = cell.place(position, stop)
            yield Value(owner, printed, "measure_name", state.name, *place, (begin, place[1]))
            named, waiting = True, ""
        position = stop + 1


def _owners_in_columns(cells: tuple[Cell, ...]) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for cell in cells:
        scope = _scope_cell(cell)
        if scope is None or len(scope[0]) != 1:
            return {}
        found[cell.column] = (normalise_code(scope[0][0]), scope[0][0])
    return found if len(found) > 1 else {}


def _row(state: _State, row: Row, left: int) -> Iterator[Value | Misread]:
    cells = tuple(cell for cell in row.cells if cell.filled)
    if not cells:
        return
    rest = cells
    if cells[0].column == left:
        first = cells[0]
        known = field_of(first.line) if first.short else None
        if known is not None and (len(cells) > 1 or first.column_span == 1):
            state.begin(known, first.line)
            rest = cells[1:]
        else:
            opened = heading(first.text)
            if opened is not None and len(cells) == 1 and opened.kind in ("axis", "measure", "sub_measure"):
                inside = state.field if opened.kind == "sub_measure" else None
                state.enter(opened)
                state.field, state.in_field = inside, inside is not None
                title = first.place(opened.title_start, len(first.text))
                named: Field = "axis_name" if opened.kind == "axis" else "measure_name"
                yield Value(opened.code, opened.printed, named, "", *title, (first.start, first.end))
                return
            header = fold(row.line)
            if columns := _owners_in_columns(cells[1:]):
                state.columns = columns
                return
            if _HEADER_ROW.fullmatch(header):
                return
            scope = _scope_cell(first) if len(cells) > 1 else None
            if scope is not None and state.field is None:
                deep = "." in normalise_code(scope[0][0])
                state.field, state.name = ("measure_name" if deep else "axis_name"), ""
            elif scope is None and (len(cells) > 1 or state.field is None):
                state.field = None
                yield Misread(cells[0].start, cells[-1].end, f"field not known: {first.line[:80]}")
                return
    if not rest:
        return
    if state.field == "axis_number":
        yield from _axis_number(state, rest)
        return
    if columns := _owners_in_columns(rest):
        state.columns = columns
    for position, cell in enumerate(rest):
        scope = _scope_cell(cell)
        last = position == len(rest) - 1
        if scope is not None and not last and not columns:
            for code in scope[0]:
                owner = normalise_code(code)
                if state.field == "measure_name":
                    state.named.append(owner)
                    state.measure = owner if owner.count(".") == 1 else state.measure
                yield from _emit(state, rest[position + 1], owner, code, cell.start)
            return
        if cell.column in state.columns:
            owner, printed = state.columns[cell.column]
            yield from _emit(state, cell, owner, printed)
        else:
            yield from _emit(state, cell, state.holder, "")


def _axis_number(state: _State, cells: tuple[Cell, ...]) -> Iterator[Value]:
    cell = cells[-1]
    found = heading(cell.text)
    printed = found.printed if found else cell.line.strip(" .")
    if not is_code(printed):
        return
    code = found.code if found else normalise_code(printed)
    state.axis, state.measure, state.owner, state.printed = code, "", code, printed
    title = cell.place(found.title_start if found and found.title else 0, len(cell.text))
    yield Value(code, printed, "axis_number", state.name, *title, (cells[0].start, cell.end))


def _block(document: Document, block: Block, state: _State) -> Iterator[Value]:
    if heading(document.text_of(block), bare=False) is None or _LEADERS.search(document.text_of(block)):
        return
    read = reading(document, block.start, block.end)
    text = read.text
    found = heading(text, bare=False)
    if found is None or found.kind not in ("axis", "measure", "sub_measure"):
        return
    if block.kind != "heading" and found.title and not text.isupper() and len(text) > 200:
        return
    state.enter(found)
    field_name: Field = "axis_name" if found.kind == "axis" else "measure_name"
    title = read.place(found.title_start, len(text))
    yield Value(found.code, found.printed, field_name, "", *title, (block.start, block.end))


def values(document: Document, skip: frozenset[int] = frozenset()) -> Iterator[Value | Misread]:
    """The values of all axis sheets and cards in reading order.

    Args:
        skip: numbers of tables that are no cards (sources, lists, plans).
    """
    state = _State()
    for item in reading_order(document):
        if isinstance(item, Block):
            yield from _block(document, item, state)
        elif item.number not in skip:
            yield from _table(state, item)


def _table(state: _State, table: Table) -> Iterator[Value | Misread]:
    left = min(cell.column for row in table.rows for cell in row.cells)
    for row in table.rows:
        yield from _row(state, row, left)
