"""The numbers that an office program prints before paragraphs and does not keep in their text.

Source: ISO/IEC 29500-1, 17.9 (numbering): abstract definitions with levels, instances that may override them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from .docx_xml import attribute, elements, flag, local, whole

__all__ = ["Numbering", "numeral"]

_PLACE: Final = re.compile(r"%([1-9])")
_DEEPEST: Final = 9
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_BULLETS: Final = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf02d": "–",
    "\uf0fc": "✓",
    "o": "◦",
    "": "•",
}
"""Bullets of symbol fonts, and what they look like."""


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its numbers are written and where they start."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    """After which level (from 1) it starts again; 0 for never; None for after any above it."""
    legal: bool = False
    style: str = ""


class Numbering:
    """Counts the paragraphs of every list in reading order; one object a document."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._overrides: dict[str, dict[int, tuple[_Level | None, int | None]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        linked: dict[str, str] = {}
        styled: dict[str, str] = {}
        for node in root if root is not None else ():
            name = attribute(node, "abstractNumId")
            if local(node) == "abstractNum":
                self._levels[name] = dict(_levels(node))
                for one in node:
                    if local(one) == "styleLink":
                        styled[attribute(one, "val")] = name
                    elif local(one) == "numStyleLink":
                        linked[name] = attribute(one, "val")
            elif local(node) == "num":
                self._number(node)
        for name, style in linked.items():  # a definition that only points to another
            self._levels[name] = self._levels.get(styled.get(style, ""), {})

    def _number(self, node: etree._Element) -> None:
        identity = attribute(node, "numId")
        for one in node:
            if local(one) == "abstractNumId":
                self._abstract[identity] = attribute(one, "val")
            elif local(one) == "lvlOverride":
                depth = whole(one, "ilvl") or 0
                level = next((level for _, level in _levels(one)), None)
                start = next((whole(x) for x in elements(one, "startOverride")), None)
                self._overrides.setdefault(identity, {})[depth] = (level, start)

    def depth_of_style(self, number: str, style: str) -> int:
        """The level, from 0, that a list gives to paragraphs of a style."""
        levels = self._levels.get(self._abstract.get(number, ""), {})
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def next(self, number: str, depth: int) -> str | None:
        """Count one paragraph and return what is printed before it.

        Args:
            number: of the list ("0" takes a paragraph out of every list).
            depth: from 0.

        Returns the number ("2.1.", "(a)", "IV", "•"), "" for a level that prints nothing, or None where there
        is no such list.
        """
        abstract = self._abstract.get(number)
        depth = min(depth, _DEEPEST - 1)
        if abstract is None or number == "0":
            return None
        level = self._level(number, abstract, depth)
        counts = self._counts.setdefault(abstract, {})
        override = self._overrides.get(number, {}).get(depth, (None, None))[1]
        if override is not None and (number, depth) not in self._begun:
            counts[depth] = override
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = level.start
        self._begun.add((number, depth))
        for deeper in [other for other in counts if other > depth]:
            after = self._level(number, abstract, deeper).restart
            if after is None or depth < after:
                del counts[deeper]
        return self._printed(number, abstract, level, counts)

    def _level(self, number: str, abstract: str, depth: int) -> _Level:
        own = self._overrides.get(number, {}).get(depth, (None, None))[0]
        return own or self._levels.get(abstract, {}).get(depth) or _Level(text=f"%{depth + 1}.")

    def _printed(self, number: str, abstract: str, level: _Level, counts: dict[int, int]) -> str:
        if level.format == "none":
            return ""
        if level.format == "bullet":
            return _BULLETS.get(level.text.strip(), level.text.strip())

        def figure(match: re.Match[str]) -> str:
            depth = int(match.group(1)) - 1
            other = self._level(number, abstract, depth)
            written = "decimal" if level.legal and other.format != "decimalZero" else other.format
            return numeral(counts.get(depth, other.start), written)

        return _PLACE.sub(figure, level.text).strip()


def _levels(node: etree._Element) -> Iterator[tuple[int, _Level]]:
    for one in elements(node, "lvl"):
        said = {local(part): part for part in one}
        start = whole(said.get("start"))
        yield (
            whole(one, "ilvl") or 0,
            _Level(
                format=attribute(said.get("numFmt")) or "decimal",
                text=attribute(said.get("lvlText")),
                start=1 if start is None else start,
                restart=whole(said.get("lvlRestart")),
                legal=flag(said.get("isLgl")),
                style=attribute(said.get("pStyle")),
            ),
        )


def numeral(value: int, how: str) -> str:
    """A number as a list prints it.

    >>> [numeral(4, how) for how in ("decimal", "decimalZero", "upperRoman", "lowerLetter")]
    ['4', '04', 'IV', 'd']
    """
    match how:
        case "upperRoman" | "lowerRoman":
            printed = "".join(_roman(value))
            return printed if how == "upperRoman" else printed.lower()
        case "upperLetter" | "lowerLetter":
            letter = (
                chr(ord("A") + (value - 1) % 26) * (1 + (value - 1) // 26) if 0 < value < 1000 else str(value)
            )
            return letter if how == "upperLetter" else letter.lower()
        case "decimalZero":
            return f"{value:02d}"
        case "ordinal":
            return f"{value}."
        case "none":
            return ""
    return str(value)


def _roman(value: int) -> list[str]:
    if not 0 < value < 4000:
        return [str(value)]
    signs = []
    for worth, sign in _ROMAN:
        signs.append(sign * (value // worth))
        value %= worth
    return signs
