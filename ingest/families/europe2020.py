"""The names that Europe 2020 gives its priorities, headline targets and flagship initiatives."""

from __future__ import annotations

import re
from typing import Final

from rdflib import URIRef

from ...ontology.identifiers import concept, instrument
from .words import fold

__all__ = ["FLAGSHIPS", "STRATEGY", "flagship", "headline_target", "priority", "target_of_sentence"]

STRATEGY: Final = instrument("europe-2020")
_ADJECTIVES: Final = {
    "smart-growth": r"smart|inteligentn\w+",
    "sustainable-growth": r"sustainable|zrownowazon\w+",
    "inclusive-growth": r"inclusive|sprzyjajac\w+ wlaczeniu spolecznemu",
}
_ANY: Final = "|".join(_ADJECTIVES.values())
_GROWTH: Final = re.compile(
    rf"\b(?:(?:{_ANY})(?: and| i| oraz)? )+(?:growth|rozwoj\w*|wzrost\w*)"
    rf"|\b(?:rozwoj\w*|wzrost\w*)(?:(?: i| oraz)? (?:{_ANY}))+"
)
"""One priority, or several in a row: *smart, sustainable and inclusive growth*."""
_TARGETS: Final = (
    ("employment", r"employment|zatrudnienie(?: osob.*)?"),
    (
        "research-and-development",
        r"(?:research and development|r d|(?:naklady na )?badania i rozwoj)(?: b\+?r)?",
    ),
    ("climate-and-energy", r"climate(?: change)?(?: and)?(?: energy)?.*|zmiany klimatu.*|20 20 20"),
    ("education", r"education|edukacja"),
    (
        "poverty",
        r"(?:fighting |combating |reducing )?poverty(?: (?:and|or) social exclusion)?|.*ubostw\w+.*",
    ),
)
_SENTENCES: Final = (
    ("employment", r"\b75 ?% of the population aged 20 ?- ?64 should be employed"),
    ("research-and-development", r"\b3 ?% of the EU['’]?s? GDP should be invested in R ?& ?D"),
    ("climate-and-energy", r"\b20/20/20\b.{0,20}\btargets should be met"),
    ("education", r"\bshare of early school leavers should be under 10 ?%"),
    ("poverty", r"\b20 million (?:less|fewer) people should be at risk of poverty"),
)
FLAGSHIPS: Final = (
    ("innovation-union", r"innovation union|unia innowacji"),
    ("youth-on-the-move", r"youth on the move|mlodziez w drodze|mobilna mlodziez"),
    ("digital-agenda", r"(?:a )?digital agenda for europe|europejska agenda cyfrowa"),
    (
        "resource-efficient-europe",
        r"(?:a )?resource efficient europe|europa efektywnie korzystajaca z zasobow",
    ),
    (
        "industrial-policy",
        r"an (?:integrated )?industrial policy for the globali[sz]ation era"
        r"|polityka przemyslowa w erze globalizacji",
    ),
    (
        "new-skills-and-jobs",
        r"(?:an )?agenda for new skills and jobs|program na rzecz nowych umiejetnosci i zatrudnienia",
    ),
    (
        "platform-against-poverty",
        r"(?:the )?european platform against poverty|europejski program walki z ubostwem",
    ),
)


def _found(names: tuple[tuple[str, str], ...], text: str) -> list[str]:
    folded = fold(text)
    return [name for name, words in names if re.search(rf"(?<!\w)(?:{words})(?!\w)", folded)]


def priority(text: str) -> URIRef | None:
    """The Europe 2020 priority that a text names, or None where it names none or several.

    >>> str(priority("rozwoju inteligentnego")).rsplit("/", 1)[-1], priority("Smart and inclusive growth")
    ('smart-growth', None)
    """
    runs = " / ".join(match.group() for match in _GROWTH.finditer(fold(text)))
    found = [name for name, words in _ADJECTIVES.items() if re.search(rf"\b(?:{words})", runs)]
    return concept("europe-2020/priority", found[0]) if len(found) == 1 else None


def headline_target(text: str) -> URIRef | None:
    """The headline target whose name a cell or heading is, or None."""
    folded = fold(text)
    found = [name for name, words in _TARGETS if re.fullmatch(words, folded)]
    return concept("europe-2020/target", found[0]) if found else None


def target_of_sentence(text: str) -> URIRef | None:
    """The headline target that a sentence of the communication itself sets, or None."""
    found = [name for name, words in _SENTENCES if re.search(words, text, re.IGNORECASE)]
    return concept("europe-2020/target", found[0]) if len(found) == 1 else None


def flagship(text: str) -> URIRef | None:
    """The flagship initiative that a text names, or None where it names none or several."""
    found = _found(FLAGSHIPS, text)
    return concept("europe-2020/flagship", found[0]) if len(found) == 1 else None
