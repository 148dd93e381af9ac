"""How wide text is, for pictures that are drawn before anyone knows the font."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = ["FONTS", "cut", "width", "wrap"]

FONTS: Final = "Noto Sans, DejaVu Sans, Liberation Sans, Arial, Helvetica, sans-serif"
"""Families to look for, in this order; all of them have the Polish letters."""

# In tenths of the size of the type, as DejaVu Sans has them: it is the widest of the usual fonts, so what
# fits in it fits in any.
_TENTHS: Final = {
    letter: tenths
    for tenths, letters in (
        (3, "ijlIJ .,;:/'ł|!"),
        (4, "frt-()[]"),
        (5, 'cszćśźż„”“"\N{EN DASH}'),
        (7, "ABCKNRUVXZĄĆŃŹŻ"),
        (8, "wDGHOQÓ&+"),
        (9, "M"),
        (10, "mW%…\N{EM DASH}"),
    )
    for letter in letters
}
_OTHER: Final = 6.2
_BOLD: Final = 1.12


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in the unit of ``size``, never less than a usual font takes for it."""
    tenths = sum(_TENTHS.get(letter, _OTHER) for letter in text)
    return tenths / 10 * size * (_BOLD if bold else 1)


def cut(text: str, room: float, size: float) -> str:
    """The text, or its beginning with an ellipsis where it is wider than the room."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size) > room:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def wrap(text: str, room: float, size: float, *, lines: int, first: float = 0) -> Sequence[str]:
    """Break a text into at most so many lines; what is left over ends in an ellipsis.

    Args:
        room: of a line.
        size: of the type.
        lines: at most.
        first: what the first line has already given to something else.
    """
    made: list[str] = [""]
    for word in text.split():
        longer = f"{made[-1]} {word}".strip()
        free = room - (first if len(made) == 1 else 0)
        if width(longer, size) <= free or not (made[-1] or (first and len(made) == 1)):
            made[-1] = longer
        elif len(made) < lines:
            made.append(word)
        else:
            made[-1] = cut(f"{longer} …", free, size)
            break
    return [cut(line, room - (first if number == 0 else 0), size) for number, line in enumerate(made)]
