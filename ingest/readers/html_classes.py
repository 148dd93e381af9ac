"""What the class names of official HTML mean: EUR-Lex of four generations, and common usage elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

__all__ = ["Role", "heading_of_class", "role_of"]

Role = Literal["note", "header", "footer", "caption", "menu", "inline", "page", "grid", "amendment", ""]

# Official Journal since 2004 (with and without "oj-"), consolidated acts, and the styles of com-c.css.
_HEADINGS: Final = (
    (
        1,
        re.compile(
            r"(?:oj-)?doc-ti$|title-doc-(?:first|last|oj)|(?:oj-)?ti-annex|title-annex-\d|eli-main-title-text"
        ),
    ),
    (
        1,
        re.compile(
            r"(?:Titre(?:objet|principal)|Typedudocument|Rfrenceinstitutionnelle_ti|DocumentTitle)", re.I
        ),
    ),
    (2, re.compile(r"(?:oj-)?ti-section-1$|title-division-1$|(?:oj-)?ti-grseq-1$|title-gr-seq-level-1$")),
    (
        2,
        re.compile(
            r"(?:oj-)?ti-section-2$|title-division-2$|(?:Annexetitre|TitreAnnexe|ChapterTitle|PartTitle)"
        ),
    ),
    (
        3,
        re.compile(
            r"(?:oj-)?ti-art$|title-article-norm$|(?:oj-)?ti-grseq-2$|title-gr-seq-level-2$|SectionTitle"
        ),
    ),
    (3, re.compile(r"(?:oj-)?sti-art$|stitle-article-norm$|Titrearticle")),
    (4, re.compile(r"(?:oj-)?ti-grseq-[3-9]$|title-gr-seq-level-[3-9]$|(?:oj-)?ti-tbl$|title-table$")),
)
_NUMBERED_HEADING: Final = re.compile(
    r"(?:li)?(?:Manual)?(?:Heading|Titre|Nagwek|Nag_C5_82_C3_B3wek)_?-?(\d)", re.IGNORECASE
)
_NOTE: Final = re.compile(
    r"(?:oj-|clg-)?(?:foot-?note|end-?note|fn|note)(?:s|_?text|-text|_body)?|FootnoteText\w*|Przypis\w*",
    re.IGNORECASE,
)
_NOTE_REFERENCE: Final = re.compile(
    r"(?:foot|end)?-?note-?_?(?:tag|ref|reference|mark|link)|.*FootnoteReference.*|super", re.I
)
_PART: Final = r"[A-Za-z0-9]+"
_MENU: Final = re.compile(
    rf"(?:{_PART}[-_]+)*(?:menu|nav|navbar|navigation|breadcrumbs?|sidebar)"
    r"(?:[-_](?:container|wrapper|list|item|main))*"
    r"|(?:menu|nav|navbar|sidebar|share|social|newsletter|cookies?|gdpr|rodo|consent|subscribe|login)"
    rf"(?:[-_]+{_PART})*"
    r"|pagination|toolbar|skip[-_]?(?:links?|nav|to-content)|search[-_]?(?:box|form)"
    r"|language[-_]?(?:switch(?:er)?|selector)|site[-_]?(?:header|footer|nav)"
    r"|hidden-print|no-?print|visually-hidden|sr-only|related[-_]?links?",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(
    r"running-?head(?:er)?|page-?header|oj-hd-(?:date|lg|ti|oj|toc)|hd-(?:date|lg|ti|oj|toc)"
    r"|reference|disclaimer|toc(?:heading|titre)?\d?|spistre\w+\d?",
    re.IGNORECASE,
)
"""Running lines, what consolidated acts say of themselves, and tables of contents."""
_AMENDMENT: Final = re.compile(r"modref|arrow")
"""Arrows of consolidated acts: from here on the text is that of the basic act (B) or of an amendment (M1)."""
_FOOTER: Final = re.compile(r"running-?foot(?:er)?|page-?footer|page-?num(?:ber)?", re.IGNORECASE)
_CAPTION: Final = re.compile(r"caption|legend|figcaption|legenda|podpis", re.IGNORECASE)


@lru_cache(maxsize=4096)
def heading_of_class(classes: str) -> int | None:
    """The level of a heading that is told by its class attribute, or None."""
    for name in classes.split():
        for level, pattern in _HEADINGS:
            if pattern.match(name):
                return level
        if match := _NUMBERED_HEADING.match(name):
            return min(int(match.group(1)) + 1, 6)
    return None


@lru_cache(maxsize=4096)
def role_of(classes: str) -> Role:
    """What a class attribute says of an element that is not ordinary text, or ""."""
    names = classes.split()
    if any(_NOTE_REFERENCE.fullmatch(name.removeprefix("oj-")) for name in names):
        return ""
    for name in names:
        if name == "page":
            return "page"
        if "inline-element" in name:
            return "inline"
        if name == "grid-list":
            return "grid"
        for role, pattern in _ROLES:
            if pattern.fullmatch(name):
                return role
    return ""


_ROLES: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("note", _NOTE),
    ("header", _HEADER),
    ("footer", _FOOTER),
    ("amendment", _AMENDMENT),
    ("caption", _CAPTION),
    ("menu", _MENU),
)
