"""Abbreviations that a document introduces itself: *(dalej: SRK)*, *Innovation Union ('IU')*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .document import Language
from .languages import knowledge
from .mentions import Mention

__all__ = ["introduced"]

_ALIAS = r"(?P<alias>[^\W\d_a-z][\w.+&/ \u00a0-]{1,28}?)"


@lru_cache(maxsize=4)
def _patterns(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(knowledge(language).introducers)
    quoted = r"[„“\"'‘«]?(?:the\s+)?" + _ALIAS + r"[”“\"'’»]?"
    gap = r"\s*(?:\[[^\[\]]{1,120}\]\s*)?"
    bracket = re.compile(gap + rf"\(\s*(?:(?P<said>(?i:{words}))\b\s*[:,–-]?\s*)?{quoted}\s*\)")
    bare = re.compile(
        gap + rf",?\s*\(?(?P<said>(?i:{words}))\b\s*[:,–-]?\s*[„“\"'‘«](?:the\s+)?{_ALIAS}[”“\"'’»]"
    )
    return bracket, bare


def _initials(alias: str, name: str) -> bool:
    """Whether the capitals of the abbreviation are initials of the name's words, in their order."""
    capitals = [character for character in alias if character.isalnum()]
    initials = iter("".join(word[0] for word in re.findall(r"\w+", name)).upper())
    return len(capitals) >= 2 and all(capital.upper() in initials for capital in capitals)


def introduced(text: str, mentions: Iterable[Mention], language: Language) -> Iterator[tuple[str, Mention]]:
    """Abbreviations that a text introduces right after a mention, with that mention."""
    bracket, bare = _patterns(language)
    for mention in mentions:
        if mention.kind not in {"name", "group", "citation"}:
            continue
        match = bracket.match(text, mention.end) or bare.match(text, mention.end)
        if not match:
            continue
        alias = match["alias"].strip()
        if not alias[0].isupper() or alias == mention.text:
            continue
        if match["said"] or (alias.upper() == alias and _initials(alias, mention.text)):
            yield alias, mention
