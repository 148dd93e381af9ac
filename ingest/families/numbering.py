"""Headings and codes: one parser for the numbering of every family, Polish and English, Roman and Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from ...errors import UnknownNameError
from ...ontology.identifiers import normalise_code, split_programme_code

__all__ = ["CODE", "Heading", "Kind", "code_of", "heading", "headings_in", "provision_path"]

Kind = Literal[
    "axis",
    "measure",
    "sub_measure",
    "main_objective",
    "strategic_objective",
    "specific_objective",
    "operational_objective",
    "objective",
    "area",
    "priority",
    "direction",
    "intervention",
    "thematic_objective",
    "investment_priority",
    "article",
    "numbered",
]

CODE: Final = (
    r"(?:(?-i:[IVXLC]{1,6})|\d{1,2})(?:\.(?:(?-i:[IVXLC]{1,5})|\d{1,2})(?!\w))*"
    r"(?:\.?(?:[a-z]|[ivx]{1,5}))?(?!\w)"
)
"""A printed code: Roman or Arabic, parts parted by dots, perhaps a letter at the end.

Roman numerals are capitals, for *i* is Polish for *and*.
"""

_LETTERED: Final = r"(?-i:[A-H])(?:\.\d{1,2})*(?![\w])"
"""A code of an objective that begins with a letter: A, B.2."""
_DASH: Final = r"[-\u2010-\u2015\u2212]"
_KEYWORDS: Final[tuple[tuple[Kind, str], ...]] = (
    ("axis", r"O[śs](?:\s+Priorytetowa)?|Osi\s+priorytetowej|OP|Priority\s+Axis"),
    ("sub_measure", r"Podd?-?dzia[łl]ani[ea]|Sub-?measure"),
    ("measure", r"Dzia[łl]anie|Dzia[łl]ania|Measure|Action"),
    (
        "main_objective",
        r"Cel\s+g[łl][óo]wny|Cel\s+nadrz[ęe]dny|Main\s+objective|General\s+objective|Overall\s+objective",
    ),
    ("strategic_objective", r"Cel\s+strategiczny|Strategic\s+objective"),
    ("specific_objective", r"Cel\s+szczeg[óo][łl]owy|Specific\s+objective"),
    ("operational_objective", r"Cel\s+operacyjny|Operational\s+objective"),
    ("thematic_objective", r"Cel\s+tematyczny|CT|TO|Thematic\s+objective(?:\s+No\.?)?"),
    ("investment_priority", r"Priorytet\s+inwestycyjny|PI|IP|Investment\s+priority"),
    (
        "intervention",
        r"Priorytetowy\s+kierunek\s+interwencji|Kierunek\s+interwencji|Direction\s+of\s+intervention",
    ),
    ("direction", r"Kierunek\s+dzia[łl]a(?:[ńn]|nia)|Kierunek|Direction\s+of\s+action"),
    ("area", r"Obszar(?:\s+strategiczny|\s+tematyczny)?|Filar|Strategic\s+area|Area|Pillar"),
    ("priority", r"Priorytet|Priority"),
    ("objective", r"Cel(?:\s+(?:rozwojowy|kierunkowy|horyzontalny|po[śs]redni))?|Objective|Goal"),
    ("article", r"Article|Art\.?|Artyku[łl]"),
)
_KEYWORD: Final = re.compile(
    r"\s*(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _KEYWORDS)
    + rf")(?=[\s\d:]|$)\s*(?:nr\s+|No\.?\s+)?(?P<code>{CODE}|{_LETTERED})?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE: Final = re.compile(rf"\s*(?P<code>{CODE})(?P<point>\s*[.)])?\s+(?P<rest>\S.*)", re.DOTALL)
_PROGRAMME: Final = re.compile(r"\s*(?P<code>[A-Z]{4}(?:\.\d{2}){1,3})\.?(?P<rest>(?:[\s:].*)?)", re.DOTALL)
_SEPARATOR: Final = re.compile(rf"\s*[.:;)]?\s*(?:{_DASH}(?=\s))?\s*")
_QUOTES: Final = "„”“\"'«»‘’"
_LOWER_WORD: Final = re.compile(r"(?:e|i|m|B\+R)-?[A-ZŁŚŻŹĆĄĘÓŃ]|e-\w")
_UNIT: Final = re.compile(
    r"(?:mln|mld|tys\.?|proc\.?|zł|PLN|EUR|euro|km2?|m2|ha|osób|osoby|szt\.?|r\.|roku|lat|lata|ust\.|pkt"
    r"|million|billion|years?|persons|%|€|[kmgt]?b/s|[kmgt]b|[kmg]wh?"
    r"|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)(?!\w)"
    r"|\d{3}(?!\d)",
    re.IGNORECASE,
)
"""What follows a number that is a quantity, a day or the first part of an amount, and not a code."""
_NUMBERED: Final = re.compile(rf"\s*(?P<code>{CODE}|\d{{1,2}}(?:\.[A-Z0-9]{{1,2}})+)\s*[.)]?\s+(?=\w)")
_AXIS: Final = re.compile(r"(?:O[śs]\s+priorytetowa|Priority\s+axis)(?=\s*[:.–-]|\s+\S|\s*$)", re.IGNORECASE)
_CODED: Final[frozenset[str]] = frozenset({"axis", "measure", "sub_measure"})
_NO_CODE: Final[frozenset[str]] = frozenset({"main_objective"})
_LETTERED_KINDS: Final[frozenset[str]] = frozenset(
    {
        "strategic_objective",
        "specific_objective",
        "operational_objective",
        "objective",
        "area",
        "priority",
        "direction",
    }
)
_SECTION_KINDS: Final[frozenset[str]] = frozenset({"numbered"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that numbering or a keyword gives away.

    Args:
        kind: what the keyword says, or "numbered" where there is only a number.
        printed: the code as printed, without the point that ends it ("I.2"), or "".
        code: normalised ("1.2"), or "".
        title: what follows, or "".
        title_start: where the title starts in the text that was given.
        programme: slug of the programme that a code such as RPLD.01.02 names, or "".
    """

    kind: Kind
    printed: str
    code: str
    title: str
    title_start: int
    programme: str = ""


def code_of(printed: str) -> str:
    """The normalised code, or "" where the text is none.

    >>> code_of("I.2."), code_of("12 mln")
    ('1.2', '')
    """
    try:
        return normalise_code(printed)
    except UnknownNameError:
        return ""


def _title(text: str, start: int) -> tuple[str, int]:
    separator = _SEPARATOR.match(text, start)
    begin = separator.end() if separator else start
    return " ".join(text[begin:].split()), begin


def _opens_like_a_title(title: str) -> bool:
    head = title.lstrip(_QUOTES + " (")
    if not head:
        return title == ""
    return head[0].isupper() or head[0].isdigit() or bool(_LOWER_WORD.match(head))


def heading(text: str, *, bare: bool = True, sure: bool = False) -> Heading | None:
    """What a heading says of itself, or None for text that is no heading.

    Args:
        text: a heading, the first line of a cell or paragraph.
        bare: whether a number without a keyword counts ("1.2 Inwestycje …").
        sure: the format says that it is a heading, so its title may start in lower case.

    A title starts with a capital, a digit or a quotation mark: *Działania 1.1 przewidują …* is prose.

    >>> h = heading("Poddziałanie II.1.1: Tereny inwestycyjne")
    >>> h.kind, h.printed, h.code, h.title
    ('sub_measure', 'II.1.1', '2.1.1', 'Tereny inwestycyjne')
    """
    if match := _PROGRAMME.match(text):
        split = split_programme_code(match["code"])
        if split is not None:
            title, start = _title(text, match.end("code"))
            if re.match(_DASH + r"\w", text[match.end("code") :]):
                title, start = "", len(text)  # the number of a call or project, of which the code is a part
            depth = split[1].count(".")
            kind: Kind = ("axis", "measure", "sub_measure")[depth] if depth < 3 else "numbered"
            return Heading(kind, match["code"], split[1], title, start, split[0])
    if match := _KEYWORD.match(text):
        return _with_keyword(text, match, sure)
    if inner := _below_a_number(text, sure):
        return inner
    if bare and (match := _BARE.match(text)):
        return _without_keyword(text, match)
    return None


def _below_a_number(text: str, sure: bool) -> Heading | None:
    """A heading behind the number of its section: *2.1 Cel szczegółowy 3*, *I. Oś priorytetowa*."""
    match = _NUMBERED.match(text)
    if match is None:
        return None
    skipped = match.end()
    if found := heading(text[skipped:], bare=False, sure=sure):
        return replace(found, title_start=found.title_start + skipped) if found.code else None
    named = _AXIS.match(text, skipped)
    code = code_of(match["code"])
    if named is None or not code or "." in code:
        return None
    title, start = _title(text, named.end())
    return Heading("axis", match["code"], code, title, start) if _opens_like_a_title(title) else None


def headings_in(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the headings that a printed block holds: a line with keyword and code begins another one.

    Headings of one size that follow each other look like one heading of several lines.

    >>> text = "Cel główny: dobrobyt\\nObszar strategiczny I. Praca\\ni płaca"
    >>> [text[start:end] for start, end in headings_in(text)]
    ['Cel główny: dobrobyt', 'Obszar strategiczny I. Praca\\ni płaca']
    """
    begin = 0
    for line in re.finditer(r"\n", text):
        end = text.find("\n", line.end())
        following = heading(text[line.end() : end if end >= 0 else len(text)], bare=False)
        if following is not None and following.code:
            yield begin, line.start()
            begin = line.end()
    yield begin, len(text)


def _with_keyword(text: str, match: re.Match[str], sure: bool) -> Heading | None:
    kind = next(kind for kind, _ in _KEYWORDS if match[kind] is not None)
    printed = "".join((match["code"] or "").split())
    if not printed:
        if kind in _CODED and (found := heading(match["rest"], bare=False, sure=sure)) and found.programme:
            return replace(found, title_start=found.title_start + match.start("rest"))
        if kind not in _NO_CODE:
            return None
        title, start = _title(text, match.start("rest"))
        return Heading(kind, "", "", title, start)
    end = match.end("code")
    following = text[end : end + 1]
    if following and (following.isalnum() or following in "/%" or (kind == "article" and following == "(")):
        return None
    lettered = re.fullmatch(_LETTERED, printed) is not None and kind in _LETTERED_KINDS
    if not lettered and re.fullmatch(r"[ABD-H].*", printed):
        return None
    # Nobody has a hundred priorities: a C among them is a letter.
    code = printed.lower() if lettered else code_of(printed)
    title, start = _title(text, end)
    if not code or not (sure or _opens_like_a_title(title)):
        return None
    return Heading(kind, printed.rstrip("."), code, title, start)


def _without_keyword(text: str, match: re.Match[str]) -> Heading | None:
    printed = "".join(match["code"].split())
    code = code_of(printed)
    title, start = _title(text, match.start("rest"))
    if not code or not title or not _opens_like_a_title(title):
        return None
    if match["point"] is None and _UNIT.match(title):
        return None
    if (
        "." not in printed
        and match["point"] is None
        and printed.isalpha()
        and len(printed) == 1
        and printed not in "IVX"
    ):
        return None
    if not any(character.isalpha() for character in title):
        return None
    return Heading("numbered", printed.rstrip("."), code, title, start)


_PROVISION_EN: Final = re.compile(
    r"(?:Article\s+|Art\.\s*(?=\d{1,3}[a-z]?\s?\())(?P<article>\d{1,3}[a-z]?)"
    r"(?P<rest>(?:\s?\([0-9a-z]{1,5}\)|,?\s+(?:\w+\s+subparagraph,?\s+)?point\s+(?=\())*)",
    re.IGNORECASE,
)
_PROVISION_PL: Final = re.compile(
    r"(?:art\.|artyku[łl](?:u|em|owi)?|artykule)\s*(?P<article>\d{1,3}[a-z]?)"
    r"(?:\s*ust\.\s*(?P<paragraph>\d{1,3}[a-z]?))?"
    r"(?:\s*(?:akapit\s+\w+\s*)?(?:lit\.|litera)\s*(?P<letter>[a-z]{1,2})\)?)?"
    r"(?:\s*(?:pkt|ppkt)\s*\(?(?P<point>\d{1,3}|[ivx]{1,5})\)?)?",
    re.IGNORECASE,
)


def provision_path(text: str) -> str:
    """The path of a provision that a citation names, or "".

    >>> provision_path("Article 5(3)(b)"), provision_path("art. 5 ust. 3 lit. b)")
    ('article/5/3/b', 'article/5/3/b')
    """
    if match := _PROVISION_EN.match(text.strip()):
        points = re.findall(r"\(([0-9a-z]{1,5})\)", match["rest"], re.IGNORECASE)
        return "/".join(("article", match["article"], *points)).lower()
    if match := _PROVISION_PL.match(text.strip()):
        parts = (match["article"], match["paragraph"], match["letter"], match["point"])
        return "/".join(("article", *(part for part in parts if part))).lower()
    return ""
