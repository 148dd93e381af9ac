"""The fields of axis sheets and measure cards, known by the meaning of their names, numbered or not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from .words import fold

__all__ = ["KEPT_AS_TEXT", "Field", "field_of"]

Field = Literal[
    "axis_number",
    "axis_name",
    "axis_name_en",
    "measure_name",
    "specific_objectives",
    "beneficiaries",
    "intermediate_body",
    "implementing_body",
    "managing_authority",
    "allocation",
    "fund",
    "thematic_objective",
    "investment_priority",
    "technical_assistance",
    "support_type",
    "specialisations",
    "clusters",
    "sources",
    "title",
    "title_en",
    "acronym",
    "cci",
    "region",
    "text",
]

# Tried from top to bottom on the folded name without its number; the first that matches counts.
_NAMES: Final[tuple[tuple[Field, str], ...]] = (
    ("axis_name_en", r"nazwa osi priorytetowej w jezyku angielskim"),
    (
        "axis_number",
        r"numer (?:i nazwa )?osi(?: priorytetowej)?|os priorytetowa"
        r"|number (?:and name )?of (?:the )?priority axis|priority axis",
    ),
    ("axis_name", r"nazwa osi(?: priorytetowej)?|name of (?:the )?priority axis"),
    (
        "measure_name",
        r"nazwa (?:poddzialania|dzialania)(?: poddzialania)?|numer i nazwa (?:pod)?dzialania.*"
        r"|dzialanie poddzialanie|(?:number and )?name of (?:the )?(?:sub ?)?measure(?: sub ?measure)?"
        r"|(?:sub ?)?measure name",
    ),
    ("text", r"cele? szczegolow\w* osi.*|opis (?:osi.*|(?:pod)?dzialania)"),
    (
        "specific_objectives",
        r"cel(?: e|e)? szczegolow\w+(?: e)?(?: dzialania)?(?: poddzialania)?"
        r"|specific objectives?(?: of (?:the )?(?:sub ?)?measure)?",
    ),
    ("text", r"lista wskaznikow (?:rezultatu|produktu).*|wskazniki (?:rezultatu|produktu).*"),
    ("text", r"typy? projektow.*|typ y projektow.*|rodzaj\w* przedsiewziec.*|types? of projects?.*"),
    (
        "beneficiaries",
        r"(?:typ(?: y|y)?|rodzaj\w*) beneficjent\w*.*|(?:potencjalni )?beneficjenci.*"
        r"|types? of beneficiar(?:y|ies)|(?:eligible )?beneficiaries",
    ),
    ("text", r"grupa docelowa.*|ostateczni odbiorcy.*|target groups?.*|final recipients.*"),
    ("intermediate_body", r"instytucj\w+ posrednicz\w+.*|intermediate bod(?:y|ies)"),
    ("implementing_body", r"instytucj\w+ wdrazaj\w+.*|implementing bod(?:y|ies)"),
    ("managing_authority", r"instytucj\w+ zarzadzaj\w+|managing authority"),
    ("text", r"kwota alokacji ue na instrumenty finansowe.*"),
    (
        "allocation",
        r"kategori\w+(?: e)? region\w+(?: ow)?.*|wsparcie ue eur.*|alokacja(?: ue)?.*|kwota alokacji.*"
        r"|fundusz nazwa i kwota.*|(?:union |eu )?allocation(?: eur)?",
    ),
    ("fund", r"fundusz(?:e|y)?|funds?"),
    ("thematic_objective", r"cele? tematyczn\w+.*|thematic objectives?"),
    ("investment_priority", r"priorytet\w* inwestycyjn\w+.*|investment priorit(?:y|ies)"),
    ("technical_assistance", r"pomoc techniczna"),
    ("support_type", r"rodzaj wsparcia|typ wsparcia|forma wsparcia"),
    ("specialisations", r"zwiazek z inteligentnymi specjalizacjami"),
    ("clusters", r"klastry"),
    ("sources", r"zrodla?"),
    ("title", r"program|tytul(?: programu)?(?: operacyjnego)?|tytul pelny|nazwa programu"),
    ("title_en", r"(?:inny )?tytul w jezyku angielskim"),
    ("acronym", r"skrot|inne skroty"),
    ("cci", r"(?:numer |nr )?cci"),
    ("region", r"region|wojewodztw[oa]|obszar"),
    (
        "text",
        r"mechanizmy powiazania.*|instrumenty terytorialne.*|tryb(?: y|y)? wyboru.*|limity i ograniczenia.*"
        r"|warunki i planowany zakres.*|dopuszczalna maksymalna wartosc.*|warunki uwzgledniania dochodu.*"
        r"|warunki stosowania uproszczonych.*|pomoc publiczna.*|maksymalny poziom.*|minimalny wklad wlasny.*"
        r"|minimalna i maksymalna.*|mechanizm wdrazania.*|rodzaj wsparcia instrumentow.*"
        r"|katalog ostatecznych odbiorcow.*|uwagi.*|nabory.*|nuts|data .*|stan na.*|waluta|udzial .*"
        r"|limits and restrictions.*|complementarity.*|selection of projects.*|maximum .*|minimum .*"
        r"|liczba celow tematycznych|ogolem .*|wczesniejsze kwoty.*|zwiazek z .*|wersja.*|kryteria.*",
    ),
)
_PATTERNS: Final = tuple((field, re.compile(pattern)) for field, pattern in _NAMES)
_NUMBER: Final = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2})?\s*[.)]?\s+(?=\D)|\d{1,2}(?:\.\d{1,2})?[.)]|[IVX]{1,6}[.)]\s*)"
)
_PROSE: Final = re.compile(
    r"\b(?:jest|sa|bedzie|beda|moze|moga|musi|musza|zostanie|zostana|oglasza\w*|is|are|may|must|shall|will)\b"
)
"""Verbs: what begins like the name of a field and has one is a sentence."""

KEPT_AS_TEXT: Final = "text"
"""Fields that are understood and say nothing that the graph holds; they stay in the kept text."""


@lru_cache(maxsize=4096)
def field_of(name: str) -> Field | None:
    """The field that a cell names, or None.

    >>> field_of("6. Typ beneficjenta"), field_of("Cel/e szczegółowy/e działania"), field_of("gminy")
    ('beneficiaries', 'specific_objectives', None)
    """
    folded = fold(_NUMBER.sub("", name))
    if _PROSE.search(folded):
        return None
    for field, pattern in _PATTERNS:
        if pattern.fullmatch(folded):
            return field
    return None
