"""Names as people type them: ids, codes, Polish and English names and acronyms, inflected or mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from rdflib import URIRef

from ..errors import UnknownNameError
from ..graph.store import Graph
from ..ontology import identifiers
from ..ontology.identifiers import PROGRAMME_PREFIXES, expand, slug
from ..ontology.namespace import NURT
from .resources import Resource, Resources, code_key, load_resources

__all__ = ["Match", "find", "fold", "one"]

How = Literal["id", "code", "acronym", "name", "inflected", "similar"]
_SCORES: Final[dict[How, float]] = {"id": 1.0, "code": 1.0, "acronym": 0.99, "name": 0.98, "inflected": 0.95}
_SIMILAR: Final = 78.0
_SHOWN: Final = 12

_THEMATIC: Final = re.compile(
    r"(?:ct|to|cel(?:u|em)?\s+tematyczn\w+|thematic\s+objective)\s*(?:nr\s*)?0?(1[01]|[1-9])", re.IGNORECASE
)
_THEMATIC_LIKE: Final = re.compile(r"(?:ct|to)\s*\d+", re.IGNORECASE)
_INVESTMENT: Final = re.compile(
    r"(?:(?:pi|ip|priorytet\w*\s+inwestycyjn\w+|investment\s+priority)\s*(?:nr\s*)?)?((?:1[01]|[1-9]|(?-i:[IVX]+))\.?\s?[a-z]{1,4})"
    r"(?:\s*[,(]?\s*(efrr|erdf|efs|esf|fs|cf)\)?)?",
    re.IGNORECASE,
)
_FUNDS: Final = {"efrr": "erdf", "efs": "esf", "fs": "cf", "erdf": "erdf", "esf": "esf", "cf": "cf"}
_KIND: Final = (
    r"(?:o[sś](?:\s+priorytetow[aą]|i\s+priorytetow\w+)?|op|dzia[lł]ani\w+|poddzia[lł]ani\w+"
    r"|priority\s+axis|axis|measure|sub-?measure)\s+"
)
_CODE: Final = r"(?P<code>(?:[IVXLC]{1,6}|\d{1,2})(?:\.\d{1,2}){0,2}\.?)"
_ELEMENT: Final = (
    re.compile(rf"(?:(?P<whose>.+?)[\s/,]+)??(?:{_KIND})?{_CODE}", re.IGNORECASE),
    re.compile(rf"{_KIND}{_CODE}[\s/,]+(?:w\s+|in\s+|of\s+)?(?P<whose>.+)", re.IGNORECASE),
)
"""*RPO WŁ I.2*, *RPO WŁ, działanie I.2*, *działanie I.2 RPO WŁ*."""
_STRUCTURE: Final = (NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure)
_PROGRAMMES: Final = (NURT.RegionalProgramme, NURT.NationalProgramme, NURT.UnionProgramme, NURT.Programme)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A thing that a name may mean.

    Args:
        resource: the thing.
        score: 1 for an id or code, falling to 0 for names that are merely alike.
        how: what matched.
        matched: the name of the thing that matched.
    """

    resource: Resource
    score: float
    how: How
    matched: str

    @property
    def iri(self) -> URIRef:
        """Its IRI."""
        return self.resource.iri


def fold(text: str) -> str:
    """Lower case without diacritics and punctuation.

    >>> fold("RPO WŁ")
    'rpo wl'
    """
    return slug(text).replace("-", " ")


_ENDINGS: Final = re.compile(
    r"(?<=\w{3})(?:iego|iemu|ego|emu|ymi|imi|ych|ich|ami|ach|iem|iom|owi|owie|om|ow|em|ie|ej|ii|ia|ya|iu|ym|im|y|i|a|e|o|u)$"
)


def _stems(folded: str) -> tuple[str, ...]:
    """Words without the endings that Polish inflects: *Strategii* and *Strategia* leave the same."""
    return tuple(_ENDINGS.sub("", word) for word in folded.split())


def find(graph: Graph, text: str) -> tuple[Match, ...]:
    """Everything that a text may mean, best first; nothing similar gives an empty tuple.

    Tried in this order, the first that finds anything wins: an id or IRI; a code (``CT 3``, ``PI 3c``,
    ``RPLD.01.02.00``, ``rpo-lodzkie/I.2``, ``RPO WŁ I.2``, ``I.2``); an acronym or name, case and diacritics
    aside; the same inflected; names that are alike.
    """
    asked = text.strip()
    if not asked:
        return ()
    resources = load_resources(graph)
    # A code or path that is not there means nothing, least of all the programme whose name it begins with.
    tries = (
        (_by_id, _by_code, _by_name)
        if _is_exact(resources, asked)
        else (_by_id, _by_code, _by_name, _by_similarity)
    )
    for found in tries:
        matches = found(resources, asked)
        if matches:
            return tuple(sorted(matches, key=lambda match: (-match.score, *_order(match.resource))))
    return ()


def _is_exact(resources: Resources, text: str) -> bool:
    """Whether a text names one thing by id or by code: *rpo-lodzkie/99.9*, *RPO WŁ XIV*, *CT 12*."""
    if "/" in text and " " not in text:
        return True
    if _THEMATIC_LIKE.fullmatch(text):
        return True
    return any(
        bool(_programmes_named(resources, match["whose"]))
        for pattern in _ELEMENT
        if (match := pattern.fullmatch(text)) and match["whose"] and identifiers.is_code(match["code"])
    )


def one(graph: Graph, text: str, *, classes: Iterable[URIRef] = ()) -> URIRef:
    """The one thing that a text means.

    Args:
        classes: what it may be an instance of; empty for anything.

    Raises UnknownNameError, with the candidates, where it means nothing or several things.
    """
    allowed = frozenset(classes)
    every = find(graph, text)
    matches = [match for match in every if not allowed or match.resource.type in allowed]
    if not matches:
        near = [_shown(match) for match in every[:_SHOWN]] or _nearest_codes(load_resources(graph), text)
        wanted = (
            f" as {' or '.join(sorted(str(cls).rpartition('#')[2] for cls in allowed))}" if allowed else ""
        )
        raise UnknownNameError(
            f"{text!r} means nothing in this graph{wanted}.",
            name=text,
            candidates=tuple(near),
            hint="" if near else "Give an id (rpo-lodzkie/I.2), a code (CT 3, PI 3c) or a name.",
        )
    best = [m for m in matches if m.score >= matches[0].score - (0.03 if m.how == "similar" else 0.0)]
    if len(best) > 1 or (best[0].how == "similar" and best[0].score < 0.85):
        raise UnknownNameError(
            f"{text!r} is ambiguous: {len(best)} things are called so."
            if len(best) > 1
            else f"{text!r} is not known.",
            name=text,
            candidates=tuple(_shown(match) for match in best[:_SHOWN]),
        )
    return best[0].iri


def _nearest_codes(resources: Resources, text: str) -> list[str]:
    """The parts of the programme that an unknown id or code begins with, those most like it first."""
    from rapidfuzz import fuzz

    whole = text.strip()
    root = whole.split("/")[0] if "/" in whole else ""
    programmes = [resources[iri] for iri in (expand(root),) if iri in resources] if root else []
    for pattern in _ELEMENT if not programmes else ():
        if (match := pattern.fullmatch(whole)) and match["whose"]:
            programmes = _programmes_named(resources, match["whose"])
            break
    code = re.split(r"[\s/]", whole)[-1]
    roots = tuple(f"{programme.short}/" for programme in programmes)
    inside = [r for r in resources.values() if roots and r.short.startswith(roots) and r.type in _STRUCTURE]
    if inside:
        close = {r.iri: fuzz.ratio(code.casefold(), r.code.casefold()) for r in inside}
    else:
        close = {r.iri: fuzz.ratio(whole.casefold(), r.short) for r in resources.values() if "/" in whole}
        close = {iri: score for iri, score in close.items() if score >= _SIMILAR}
    ranked = sorted(close, key=lambda iri: (-close[iri], code_key(resources[iri].short)))
    return [f"{resources[iri].short} ({resources[iri].title('pl')})" for iri in ranked[:5]]


def _shown(match: Match) -> str:
    return f"{match.resource.short} ({match.resource.title('pl')})"


def _order(resource: Resource) -> tuple[bool, tuple[tuple[int, int, str], ...]]:
    return (resource.level is None, code_key(resource.short))


def _matches(found: Iterable[Resource], how: How, matched: str) -> list[Match]:
    return [Match(resource=r, score=_SCORES[how], how=how, matched=matched) for r in found]


def _by_id(resources: Resources, text: str) -> list[Match]:
    for candidate in (text, text.lower(), text.rstrip("/")):
        iri = expand(candidate) if " " not in candidate else None
        if iri is not None and iri in resources:
            return _matches([resources[iri]], "id", text)
    return []


def _by_code(resources: Resources, text: str) -> list[Match]:
    if match := _THEMATIC.fullmatch(text):
        iri = identifiers.thematic_objective(match[1])
        return _matches([resources[iri]], "code", text) if iri in resources else []
    if (match := _INVESTMENT.fullmatch(text)) and (
        found := _investment_priorities(resources, match[1], match[2])
    ):
        return _matches(found, "code", text)
    coded = [
        r
        for r in resources.values()
        if text.casefold() in (r.code.casefold(), *(o.casefold() for o in r.other))
    ]
    if coded and not identifiers.is_code(text):
        return _matches(coded, "code", text)
    for pattern in _ELEMENT:
        if (match := pattern.fullmatch(text)) and (
            elements := _elements(resources, match["whose"], match["code"])
        ):
            return _matches(elements, "code", text)
    return []


def _investment_priorities(resources: Resources, code: str, fund: str | None) -> list[Resource]:
    notation = re.sub(r"[\s.]", "", _arabic(code)).lower()
    wanted = _FUNDS.get((fund or "").lower())
    found: list[Resource] = []
    for resource in resources.values():
        if resource.type != NURT.InvestmentPriority:
            continue
        whose, _, own = resource.short.rpartition("/")[2].partition("-")
        if own == notation and (wanted is None or whose == wanted):
            found.append(resource)
    return found


def _arabic(code: str) -> str:
    head = re.match(r"[IVX]+", code)
    value = identifiers.roman_to_int(head[0]) if head else None
    return f"{value}{code[head.end() :]}" if head and value is not None else code


def _elements(resources: Resources, whose: str | None, code: str) -> list[Resource]:
    notation = identifiers.normalise_code(code.upper())
    if not whose:
        every = (r for r in resources.values() if r.type in _STRUCTURE)
        return [r for r in every if r.short.rpartition("/")[2] == notation]
    iris = [identifiers.element(programme.short, code) for programme in _programmes_named(resources, whose)]
    return [resources[iri] for iri in dict.fromkeys(iris) if iri in resources]


def _programmes_named(resources: Resources, whose: str) -> list[Resource]:
    """The programmes that the words before or after a code mean: a prefix, id, name, region or nearly one."""
    prefixes = {prefix.casefold(): name for prefix, name in PROGRAMME_PREFIXES.items()}
    if (slug_of := prefixes.get(whose.casefold())) and (iri := identifiers.instrument(slug_of)) in resources:
        return [resources[iri]]
    named = _by_id(resources, whose) or _by_name(resources, whose) or _by_similarity(resources, whose)
    ranked = sorted(named, key=lambda match: -match.score)
    top = ranked[0].score if ranked else 0.0
    return [
        programme
        for match in ranked
        if match.score >= top - 0.02
        for programme in _programmes_of(match.resource, resources)
    ]


def _programmes_of(resource: Resource, resources: Resources) -> list[Resource]:
    """The programme itself, or a voivodeship's regional programme."""
    if resource.type in _PROGRAMMES:
        return [resource]
    if resource.type == NURT.Region:
        iri = identifiers.instrument(f"rpo-{resource.short.rpartition('/')[2]}")
        return [resources[iri]] if iri in resources else []
    return []


def _names(resource: Resource) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*resource.labels.values(), *resource.other)))


def _by_name(resources: Resources, text: str) -> list[Match]:
    folded = fold(text)
    if not folded:
        return []
    stems = _stems(folded)
    exact: list[Match] = []
    inflected: list[Match] = []
    for resource in resources.values():
        for name in _names(resource):
            other = fold(name)
            if other == folded:
                exact.append(_match(resource, "acronym" if name in resource.other else "name", name))
                break
            if len(stems) == len(other.split()) and _stems(other) == stems:
                inflected.append(_match(resource, "inflected", name))
                break
    # RPO WŁ and RPO WL are two programmes: who types the diacritics means them.
    spelt = [m for m in exact if m.matched.casefold() == text.casefold()]
    found = spelt or exact or inflected
    in_the_cascade = [m for m in found if m.resource.level is not None]
    return in_the_cascade or found


def _match(resource: Resource, how: How, name: str) -> Match:
    return Match(resource=resource, score=_SCORES[how], how=how, matched=name)


def _by_similarity(resources: Resources, text: str) -> list[Match]:
    from rapidfuzz import process  # loaded only when nothing else has matched

    folded = " ".join(_stems(fold(text)))
    if len(folded) < 3:
        return []
    names: list[tuple[str, Resource, str]] = []
    for resource in resources.values():
        for name in _names(resource):
            names.append((" ".join(_stems(fold(name))), resource, name))
    ranked = process.extract(
        folded, [entry[0] for entry in names], scorer=_alike, limit=40, score_cutoff=_SIMILAR
    )
    best: dict[URIRef, Match] = {}
    for _, score, position in ranked:
        _, resource, name = names[position]
        found = Match(resource=resource, score=round(score / 100 * 0.94, 4), how="similar", matched=name)
        known = best.get(resource.iri)
        if known is None or found.score > known.score:
            best[resource.iri] = found
    return list(best.values())


def _alike(one: str, other: str, /, *, score_cutoff: float | None = None) -> float:
    """How alike two names are, from 0 to 100: whole, word by word, and as a part of a longer name."""
    from rapidfuzz import fuzz

    whole = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    part = fuzz.token_set_ratio(one, other) * 0.93 if min(len(one), len(other)) >= 6 else 0.0
    score = max(whole, part)
    return score if score >= (score_cutoff or 0.0) else 0.0
