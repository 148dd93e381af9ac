"""Which programme a document is about, what kind it is, and the names of funds, regions and categories."""

from __future__ import annotations

import re
from typing import Final

from rdflib import URIRef

from ...ontology.identifiers import (
    CCI_PROGRAMMES,
    PROGRAMME_PREFIXES,
    concept,
    investment_priority,
    region,
    split_programme_code,
    thematic_objective,
)
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..document import Document
from .labels import vocabulary
from .words import fold

__all__ = [
    "CCI",
    "VOIVODESHIPS",
    "categories_of_region",
    "funds",
    "investment_priorities",
    "programme_class",
    "programme_of",
    "regions",
    "thematic_objectives",
]

VOIVODESHIPS: Final = (
    "dolnośląskie",
    "kujawsko-pomorskie",
    "lubelskie",
    "lubuskie",
    "łódzkie",
    "małopolskie",
    "mazowieckie",
    "opolskie",
    "podkarpackie",
    "podlaskie",
    "pomorskie",
    "śląskie",
    "świętokrzyskie",
    "warmińsko-mazurskie",
    "wielkopolskie",
    "zachodniopomorskie",
)
CCI: Final = re.compile(r"\b20\d{2}[A-Z]{2}\d{2}[A-Z0-9]{4}\d{3}\b")
_PREFIXED: Final = re.compile(r"\b[A-Z]{4}\.\d{2}(?:\.\d{2}){1,2}\b")
_REGION: Final = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(VOIVODESHIPS, key=len, reverse=True)) + r")(?:go|mu|m)?(?![\w-])",
    re.IGNORECASE,
)
_FUNDS: Final[tuple[tuple[str, str], ...]] = (
    ("yei", r"inicjatyw\w+ na rzecz zatrudnienia ludzi mlodych|youth employment initiative|yei|iziz"),
    ("eafrd", r"europejski\w* fundusz\w* roln\w+|european agricultural fund|efrrow|eafrd"),
    ("emff", r"europejski\w* fundusz\w* morski\w*|european maritime|efmr|emff"),
    (
        "erdf",
        r"europejski\w* fundusz\w* rozwoju regionalnego|european regional development fund|efrr|erdf|ferr",
    ),
    ("esf", r"europejski\w* fundusz\w* spoleczn\w+|european social fund|efs|esf"),
    ("cf", r"fundusz\w* spojnosci|cohesion fund|fs|cf"),
)
_CATEGORIES: Final[tuple[tuple[str, str], ...]] = (
    ("less-developed", r"slabiej rozwiniet\w+|less developed|ldr"),
    ("more-developed", r"lepiej rozwiniet\w+|more developed|mdr"),
    ("transition", r"(?:w okresie przejsciowym|region\w* przejsciow\w+|transition)"),
    ("outermost", r"najbardziej oddalon\w+|outermost"),
    ("void", r"nie dotyczy|bez kategorii|void|not categori[sz]ed|not applicable"),
)
_OBJECTIVE: Final = re.compile(
    r"(?<!\w)(?:CT|TO|C\.?T\.?|Cel(?:e|u|ów)?\s+tematyczn\w+|Thematic\s+objectives?)\s*(?:nr\s*|No\.?\s*)?"
    r"(?P<numbers>0?\d{1,2}(?!\d)(?:\s*(?:,|i|oraz|and|/)\s*(?:(?:CT|TO)\s*)?0?\d{1,2}(?![\d.]\d))*)",
    re.IGNORECASE,
)
_PRIORITY: Final = re.compile(
    r"(?<!\w)(?:PI|IP|Priorytet\w*\s+inwestycyjn\w+|Investment\s+priorit\w+)\s*(?:nr\s*|No\.?\s*)?"
    r"(?P<codes>\d{1,2}\.?\s?(?:[a-g](?!\w)|[ivx]{1,4}(?!\w)|(?<=\.)\d{1,2})"
    r"(?:\s*(?:,|i|oraz|and)\s*(?:PI\s*)?\d{1,2}\.?(?:[a-g](?!\w)|[ivx]{1,4}(?!\w)|(?<=\.)\d{1,2}))*)",
    re.IGNORECASE,
)
_PRIORITY_CODE: Final = re.compile(
    r"(?P<objective>\d{1,2})(?P<point>\.?)\s?(?P<point_code>[a-g]|[ivx]{1,4}|\d{1,2})", re.I
)


def programme_of(document: Document, entry: Entry) -> str:
    """The slug of the programme: the catalogue's, else by CCI, by title, by the prefix of its codes, else "".

    A title names the voivodeship: *Regionalny Program Operacyjny Województwa Łódzkiego*.
    """
    if entry.instrument:
        return entry.instrument
    head = document.text[:20_000]
    counted: dict[str, int] = {}
    for found in CCI.findall(head):
        if found in CCI_PROGRAMMES:
            return CCI_PROGRAMMES[found]
    match = re.search(
        r"Regionaln\w+\s+Program\w*\s+Operacyjn\w+\s+(?:dla\s+)?Wojew[óo]dztwa\s+([\w-]+)", head, re.I
    )
    named = regions(match.group(1)) if match else regions(_adjective_before(head))
    if named:
        return "rpo-" + str(named[0][0]).rsplit("/", 1)[-1]
    for code in _PREFIXED.findall(document.text):
        split = split_programme_code(code)
        if split is not None:
            counted[split[0]] = counted.get(split[0], 0) + 1
    return max(sorted(counted), key=lambda slug: counted[slug]) if counted else ""


def _adjective_before(text: str) -> str:
    match = re.search(r"([\w-]+sk)i\s+Regionalny\s+Program\s+Operacyjny", text)
    return f"{match.group(1)}ie" if match else ""


def programme_class(slug: str) -> URIRef:
    """The class of a programme by its slug."""
    if slug in PROGRAMME_PREFIXES.values():
        return NURT.RegionalProgramme if slug.startswith("rpo-") else NURT.NationalProgramme
    return NURT.Programme


def regions(text: str) -> list[tuple[URIRef, int, int]]:
    """The voivodeships that a text names, with offsets, in any case of the singular."""
    found = []
    for match in _REGION.finditer(text):
        found.append((region(match.group(1).lower()), match.start(), match.end()))
    return found


def funds(text: str) -> list[URIRef]:
    """The funds that a text names, in the order of the list of funds, each once.

    >>> [str(fund).rsplit("/", 1)[-1] for fund in funds("Europejski Fundusz Społeczny (EFS) + YEI")]
    ['yei', 'esf']
    """
    folded = fold(text)
    return [concept("fund", key) for key, words in _FUNDS if re.search(rf"(?<!\w)(?:{words})(?!\w)", folded)]


def categories_of_region(text: str) -> list[URIRef]:
    """The categories of region that a text names."""
    folded = fold(text)
    return [
        concept("category-of-region", key)
        for key, words in _CATEGORIES
        if re.search(rf"(?<!\w)(?:{words})(?!\w)", folded)
    ]


def thematic_objectives(text: str) -> list[tuple[URIRef, int, int]]:
    """The thematic objectives that a text names by number (CT 3, TO 3), with offsets.

    >>> [(str(iri)[-3:], text) for text in ["CT 3, CT 4"] for iri, _, _ in thematic_objectives(text)]
    [('e/3', 'CT 3, CT 4'), ('e/4', 'CT 3, CT 4')]
    """
    found = []
    for match in _OBJECTIVE.finditer(text):
        for figure in re.finditer(r"\d{1,2}", match["numbers"]):
            if 1 <= int(figure.group()) <= 11:
                found.append((thematic_objective(figure.group()), match.start(), match.end()))
    return found


def investment_priorities(text: str) -> list[tuple[URIRef, int, int]]:
    """The investment priorities that a text names by code (PI 3c, PI 8i, PI 9.4), with offsets.

    Letters are the ERDF's, Roman numerals the ESF's from objective 8 on and the Cohesion Fund's below; Arabic
    numbers (PI 9.4) are known from the vocabulary of investment priorities.

    >>> [str(iri).rsplit("/", 1)[-1] for iri, _, _ in investment_priorities("PI 3c, 8vii i 4iv; PI 9.4")]
    ['erdf-3c', 'esf-8vii', 'cf-4iv', 'esf-9i']
    """
    found = []
    for match in _PRIORITY.finditer(text):
        for code in _PRIORITY_CODE.finditer(match["codes"]):
            objective, point = int(code["objective"]), code["point_code"].lower()
            if not 1 <= objective <= 11:
                continue
            if point.isdigit():
                known = vocabulary("investment_priorities", "investment-priority")
                if numbered := known.exact(f"{objective}.{point}"):
                    found.append((numbered, match.start(), match.end()))
                continue
            fund = "erdf" if re.fullmatch("[a-g]", point) else "esf" if objective >= 8 else "cf"
            found.append((investment_priority(fund, f"{objective}{point}"), match.start(), match.end()))
    return found
