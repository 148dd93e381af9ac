"""Does a line end because it is full, or because somebody ended it?"""

from __future__ import annotations

from typing import Final

from .pdf_text import Stretch

__all__ = ["LINE", "PARAGRAPH", "ends_early"]

LINE: Final = "\n"
PARAGRAPH: Final = "\n\n"
"""Between the paragraphs of a cell."""
_SPARE: Final = 1.15
"""A word is taken to need so many times the room that its letters take on the average."""
_ALIGNED: Final = 3.0
"""Lines of one column start at most so many points apart."""


def ends_early(line: Stretch, following: Stretch, edge: float) -> bool:
    """Whether the first word of the following line had room on this one.

    Args:
        edge: how far to the right lines may reach.

    Lines that start elsewhere are centred, or indented, and say nothing; a hyphen at the end says no.
    """
    if line.text.endswith("-") or abs(line.left - following.left) > _ALIGNED:
        return False
    words = following.text.split(" ", 2)
    # Polish typesetters keep a word of one letter on the line of the next.
    length = len(words[0]) + (1 + len(words[1]) if len(words[0]) == 1 and len(words) > 1 else 0)
    letter = (following.right - following.left) / max(1, len(following.text))
    return line.right + _SPARE * letter * (length + 1) < edge
