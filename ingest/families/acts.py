"""Legal acts as articles and points, from Formex, from EUR-Lex pages and from plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ..document import Block, Document
from .numbering import provision_path

__all__ = ["Article", "Point", "articles", "celex_of"]

_REGULATION: Final = re.compile(
    r"(?P<kind>Regulation|Rozporządzenie|Directive|Dyrektywa|Decision|Decyzja)\b[^\d()]{0,60}"
    r"(?:\((?:EU|EC|EEC|UE|WE|EWG)(?:,\s*Euratom)?\)\s*)?(?:No|nr)?\s*(?P<number>\d{1,4})/(?P<year>(?:19|20)\d{2})",
    re.IGNORECASE,
)
_LETTERS: Final = {"r": "R", "dir": "L", "dyr": "L", "dec": "D"}
_TITLE: Final = re.compile(
    r"\s*(?P<name>(?:Article|Artykuł)\s+\d{1,3}[a-z]?)\.?(?![\w(])\s*(?P<rest>.*)", re.I | re.S
)
_MARKER: Final = re.compile(
    r"\s*(?:\(?(?P<inner>\d{1,2}|[a-z]{1,2}|[ivx]{1,5})\)|(?P<paragraph>\d{1,2})\.)\s*"
)
_ENDS: Final = re.compile(r"(?:TITLE|CHAPTER|SECTION|PART|ANNEX|Done at|TYTUŁ|ROZDZIAŁ|CZĘŚĆ|ZAŁĄCZNIK)\b")


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered point or paragraph of an article.

    Args:
        path: from the article on, e.g. "article/9/1" or "article/5/1/a".
        start, end: of its text, the number left out where the format keeps it apart.
    """

    path: str
    start: int
    end: int


@dataclass(slots=True)
class Article:
    """An article: its number, heading and text.

    Args:
        act: CELEX number of the act named above it, or "" where the text names none.
        number: as printed, lower case ("9", "43a").
        title: its heading without the number, or "".
        start, end: of the heading, from the number to the end of the title.
        points: in reading order.
        opening: start and end of each paragraph that stands before the first point.
    """

    act: str
    number: str
    title: str
    start: int
    end: int
    points: list[Point] = field(default_factory=list)
    opening: list[tuple[int, int]] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it stands in the act: "article/9"."""
        return f"article/{self.number}"


def celex_of(text: str) -> str:
    """The CELEX number of the act that a text names by number, or "".

    >>> celex_of("Regulation (EU) No 1303/2013"), celex_of("Council Regulation (EC) No 1083/2006")
    ('32013R1303', '32006R1083')
    """
    match = _REGULATION.search(text)
    if not match:
        return ""
    kind = match["kind"].lower()
    letter = next((letter for start, letter in _LETTERS.items() if kind.startswith(start)), "R")
    return f"3{match['year']}{letter}{int(match['number']):04d}"


def articles(document: Document) -> Iterator[Article]:
    """The articles of a document's enacting terms, in reading order."""
    structured = any(block.name == "TI.ART" for block in document.blocks)
    return _by_path(document) if structured else _by_text(document)


def _by_path(document: Document) -> Iterator[Article]:
    current: Article | None = None
    for block in document.blocks:
        if block.name == "TI.ART":
            if current is not None:
                yield current
            number = block.path.rsplit("/", 1)[-1]
            current = Article("", number, "", block.start, block.end)
        elif current is None or not f"{block.path}/".startswith(f"{current.path}/"):
            continue
        elif block.name == "QUOT.S":
            continue  # the words of another act that this one amends
        elif block.name == "STI.ART":
            current.title = " ".join(document.text_of(block).split())
            current.end = block.end
        elif block.kind in ("paragraph", "list_item"):
            if block.path != current.path:
                current.points.append(Point(block.path, block.start, block.end))
            elif not current.points:
                current.opening.append((block.start, block.end))
    if current is not None:
        yield current


def _by_text(document: Document) -> Iterator[Article]:
    current: Article | None = None
    act, trail, waiting = "", _Trail(), ""
    for block in document.blocks:
        if block.kind in ("header", "footer", "note"):
            continue
        text = document.text_of(block)
        named = _TITLE.fullmatch(text)
        if named and _heads(block, text, named):
            if current is not None:
                yield current
            current, trail, waiting = _opened(block, named, act), _Trail(), ""
            continue
        if block.kind == "heading" or (_ENDS.match(text) and text.isupper()):
            if current is not None and not current.title and not current.points and not current.opening:
                current.title, current.end = " ".join(text.split()), block.end
                continue
            if current is not None:
                yield current
            current, act = None, celex_of(text) or act
        elif current is not None:
            waiting = _point(current, trail, block, text, waiting)
    if current is not None:
        yield current


def _heads(block: Block, text: str, named: re.Match[str]) -> bool:
    """Whether *Article 4 …* is a heading, not a sentence that begins with a citation."""
    if block.table is not None or block.marker:
        return False
    rest = named["rest"]
    return block.kind == "heading" or not rest or (rest[0].isupper() and len(text) < 120 and rest[-1] != ".")


def _opened(block: Block, named: re.Match[str], act: str) -> Article:
    number = provision_path(named["name"].replace("Artykuł", "Article")).rsplit("/", 1)[-1]
    title = " ".join(named["rest"].split()).lstrip(".:–- ")
    return Article(act, number, title, block.start, block.end)


def _point(article: Article, trail: _Trail, block: Block, text: str, waiting: str) -> str:
    """Take in one paragraph; returns a number that stands alone and waits for its text."""
    if (
        (
            not article.title
            and not article.points
            and not article.opening
            and len(text) < 150
            and text[:1].isupper()
        )
        and block.kind == "paragraph"
        and not text.rstrip().endswith((".", ":", ";"))
    ):
        article.title, article.end = " ".join(text.split()), block.end
        return ""
    marker = _MARKER.match(block.marker) if block.marker else _MARKER.match(waiting or text)
    if marker is None:
        if not article.points:
            article.opening.append((block.start, block.end))
        return ""
    inside = not block.marker and not waiting
    start = block.start + (marker.end() if inside else 0)
    if inside and marker.end() >= len(text):
        return text
    article.points.append(Point(f"{article.path}/{trail.step(marker)}", start, block.end))
    return ""


class _Trail:
    """The numbers that stand above a point: ``1.`` above ``(a)`` above ``(i)``."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, str]] = []

    def step(self, marker: re.Match[str]) -> str:
        """Go to the point with this number; returns the path from the article on."""
        text = marker["paragraph"] or marker["inner"]
        kind = "paragraph" if marker["paragraph"] else self._kind(text)
        kinds = [known for known, _ in self._steps]
        if kind in kinds:
            del self._steps[kinds.index(kind) :]
        self._steps.append((kind, text))
        return "/".join(step for _, step in self._steps)

    def _kind(self, text: str) -> str:
        if text.isdigit():
            return "number"
        letters = [step for kind, step in self._steps if kind == "letter"]
        follows = bool(letters) and len(text) == 1 and ord(text) == ord(letters[-1][-1]) + 1
        roman = re.fullmatch(r"[ivx]+", text) is not None and not follows
        return "roman" if roman else "letter"
