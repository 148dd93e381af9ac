"""Does a document break words at line ends? Where it does not, a hyphen at a line end is the word's own.

Word processors and browsers break no words unless they are told to. Who breaks them leaves no room at the
end of a line in which the beginning of a long word had fitted; who does not leaves it time and again. Then
the parts of a compound are kept on one line, so that nobody takes them for one broken word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .pdf_breaks import LINE, ends_early
from .pdf_text import Stretch

__all__ = ["Breaks", "keep_compounds", "with_compounds"]

_LONG: Final = re.compile(r"[^\W\d_A-Z]{8}")
"""What a typesetter who breaks words would break."""
_BEGINNING: Final = 6
"""The space before a word, so many letters of it less two, and the hyphen."""
_SPARE: Final = 1.15
_BEGUN: Final = re.compile(r"(?:^|[\s(„“\"])(?:[^\W\d_]+-)?[^\W\d_]{2,}-$")
_ENDED: Final = re.compile(r"[^\W\d_A-Z][^\W\d_]*[-.,;:!?)\]”\"]*(?:\s|$)")
"""The two parts of what may be a broken word; not those of an address, nor of "e-government"."""
_LEAST: Final = 8
"""So many words left whole tell that none are broken ..."""
_SHARE: Final = 4
"""... where they are so many times as many as the hyphens at line ends."""
_GOES_ON: Final = re.compile(r"(?!(?:i|oraz|lub|albo|czy|and|or|to)\b)[^\W_]\S*")
"""What may stand behind the hyphen of a compound; "micro- and small" is none."""
_COMPOUND: Final = re.compile(rf"(?<=[^\W_]-){LINE}(?P<rest>{_GOES_ON.pattern})(?: |(?={LINE})|$)")


@dataclass(slots=True)
class Breaks:
    """How the lines of a document end.

    Args:
        hyphens: so many with a hyphen in what may be a broken word.
        whole: so many that had room for the beginning of a long word, which stands whole on the next.
    """

    hyphens: int = 0
    whole: int = 0

    def count(self, lines: Sequence[Stretch], edge: float) -> None:
        """Add the lines of one column or cell.

        Args:
            edge: how far to the right lines may reach.
        """
        for line, following in pairwise(lines):
            if line.text.endswith("-"):
                self.hyphens += bool(_ENDED.match(following.text) and _BEGUN.search(line.text))
            elif _LONG.match(following.text):
                letter = (following.right - following.left) / len(following.text)
                room = line.right + _SPARE * _BEGINNING * letter < edge
                self.whole += room and not ends_early(line, following, edge)

    def add(self, others: Iterable[Breaks]) -> Breaks:
        """Add what was counted elsewhere."""
        for other in others:
            self.hyphens += other.hyphens
            self.whole += other.whole
        return self

    @property
    def words(self) -> bool:
        """Whether words may be broken."""
        return self.whole < max(_LEAST, _SHARE * self.hyphens)


def with_compounds(text: str) -> str:
    """The text of a cell in which no compound is parted by a line end.

    >>> with_compounds("of high-\\nefficiency plants")
    'of high-efficiency\\nplants'
    """
    return _COMPOUND.sub(lambda match: match["rest"] + (LINE if match[0].endswith(" ") else ""), text)


def keep_compounds(lines: list[Stretch]) -> None:
    """Put the rest of a compound on the line that it begins on."""
    number = 0
    while number + 1 < len(lines):
        line, following = lines[number], lines[number + 1]
        first, _, rest = following.text.partition(" ")
        if line.text[-2:-1].isalnum() and line.text.endswith("-") and _GOES_ON.fullmatch(first):
            line.text += first
            following.text = rest
            if not rest:
                del lines[number + 1]
                continue
        number += 1
