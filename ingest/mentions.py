"""What a text may name and where: mentions, and which of those that overlap are kept.

What a mention means is decided in ``resolve``; here it keeps every name that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ..ontology.namespace import NURT
from .citations import Citation
from .codes import Code
from .gazetteer import INSTRUMENTS, Name

__all__ = ["ALL", "LIKELY", "WITHOUT_PERIOD", "Mention", "MentionKind", "settled"]

MentionKind = Literal["name", "citation", "code", "alias", "group", "reference", "stop", "fuzzy", "alike"]

WITHOUT_PERIOD: Final = frozenset({NURT.BeneficiaryType, NURT.SupportType, NURT.Region})
"""Classes whose members have no years."""
ALL: Final = -1
LIKELY: Final = INSTRUMENTS | {NURT.FlagshipInitiative}
"""Classes whose names are long enough to be recognised where they are misspelt."""
_BRACKET: Final = re.compile(r"\[[^\[\]]*\b(?:1[89]|20)\d\d[a-z]?[^\[\]]*\]|\[https?:[^\]]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of a text that may name something.

    Args:
        start, end: offsets into the text that was searched.
        first, stop: its words: the first, and the one after the last.
        kind: how it was found.
        text: as written.
        names: the names of the gazetteer that fit, of a name or code.
        citation, code: what was read, of a citation or code.
        count: how many things a back reference stands for: 0 for the latest, ``ALL`` for all of a list.
        classes: local names of classes, of a group or back reference.
    """

    start: int
    end: int
    first: int
    stop: int
    kind: MentionKind
    text: str
    names: tuple[Name, ...] = ()
    citation: Citation | None = None
    code: Code | None = None
    count: int = 0
    classes: tuple[str, ...] = ()


def _bracketed(text: str) -> list[tuple[int, int]]:
    """Where citation brackets stand: *[European Commission 2010a]*; what they hold is bibliography."""
    return [match.span() for match in _BRACKET.finditer(text)]


_RANK: Final[dict[MentionKind, int]] = {
    "citation": 0,
    "code": 1,
    "name": 2,
    "group": 2,
    "alias": 3,
    "reference": 4,
    "stop": 2,
    "fuzzy": 5,
    "alike": 5,
}


def _without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """The longest of those that overlap; of two as long, the surer kind."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, _RANK[m.kind], m.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def settled(text: str, found: Sequence[Mention], guesses: Sequence[Mention]) -> tuple[Mention, ...]:
    """Of what was found, what is meant: no overlaps, no namesakes, no bibliography in brackets."""
    kept = _without_overlaps(found) if len(found) > 1 else found
    if guesses:
        kept = _with_guesses(kept, guesses)
    brackets = _bracketed(text) if kept and "[" in text else []
    return tuple(
        mention
        for mention in kept
        if mention.kind != "stop"
        and not any(start <= mention.start and mention.end <= end for start, end in brackets)
    )


def _with_guesses(kept: Sequence[Mention], guesses: Sequence[Mention]) -> list[Mention]:
    """Guesses where nothing is known for certain; the name of a region within one gives way to it."""
    left = list(kept)
    for guess in sorted(guesses, key=lambda mention: (mention.kind == "alike", mention.start - mention.end)):
        over = [mention for mention in left if mention.start < guess.end and guess.start < mention.end]
        if all(
            mention.kind == "name"
            and guess.start <= mention.start
            and mention.end <= guess.end
            and not any(name.type in LIKELY and not name.derived for name in mention.names)
            for mention in over
        ):
            left = [mention for mention in left if mention not in over] + [guess]
    return sorted(left, key=lambda mention: mention.start)
