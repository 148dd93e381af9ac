"""Coverage: how much of each programme is known, and what is known to be missing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef
from rdflib.namespace import DCTERMS, SKOS

from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.namespace import NURT
from .resources import Resource, Resources, code_key, load_resources
from .sheet import Column, Kind, Language, Note, Sheet

__all__ = ["Coverage", "coverage", "coverage_sheet", "missing_numbers"]

_PROGRAMMES: Final = (NURT.RegionalProgramme, NURT.NationalProgramme, NURT.UnionProgramme)
_LEVELS: Final = (NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure)
_PARTS: Final = "SELECT DISTINCT ?part ?whole WHERE { ?part nurt:partOf ?whole }"
_HAVING: Final = "SELECT DISTINCT ?thing WHERE { ?thing %s ?value }"
_PRIORITIES: Final = """
SELECT DISTINCT ?thing WHERE { ?thing nurt:addresses ?priority . ?priority a nurt:InvestmentPriority }"""
_FACTS: Final[dict[str, str]] = {
    "title": SKOS.prefLabel.n3(),
    "beneficiaries": f"{NURT.eligible.n3()}|{NURT.beneficiaryLabel.n3()}",
    "allocation": NURT.hasAllocation.n3(),
    "source": DCTERMS.source.n3(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is known of one level of one programme.

    Args:
        programme: the programme.
        level: "axis", "measure" or "sub_measure".
        known: how many there are in the graph.
        having: how many of them have a title, investment_priority, beneficiaries, allocation or source.
        missing: codes that the numbering skips: something stands there that the graph does not know.
    """

    programme: Resource
    level: str
    known: int
    having: dict[str, int]
    missing: tuple[str, ...]


def coverage(graph: Graph, programmes: Iterable[URIRef] | None = None) -> tuple[Coverage, ...]:
    """Count, per programme and level, what is known; in the order of programme ids."""
    resources = load_resources(graph)
    parts: dict[URIRef, list[URIRef]] = {}
    for part, whole in graph.select(_PARTS).rows:
        if isinstance(part, URIRef) and isinstance(whole, URIRef):
            parts.setdefault(whole, []).append(part)
    facts = {name: _things(graph, _HAVING % path) for name, path in _FACTS.items()}
    facts["investment_priority"] = _things(graph, _PRIORITIES)
    wanted = set(programmes) if programmes is not None else None
    chosen = [
        resources[iri]
        for iri in sorted(resources, key=short)
        if resources[iri].type in _PROGRAMMES and (wanted is None or iri in wanted)
    ]
    return tuple(row for programme in chosen for row in _of(programme, resources, parts, facts))


def _things(graph: Graph, query: str) -> frozenset[URIRef]:
    return frozenset(row[0] for row in graph.select(query).rows if isinstance(row[0], URIRef))


def _of(
    programme: Resource,
    resources: Resources,
    parts: dict[URIRef, list[URIRef]],
    facts: dict[str, frozenset[URIRef]],
) -> list[Coverage]:
    members: dict[URIRef, list[Resource]] = {level: [] for level in _LEVELS}
    gaps: dict[URIRef, list[str]] = {level: [] for level in _LEVELS}
    queue = [programme.iri]
    seen = set(queue)
    while queue:
        whole = queue.pop(0)
        below = sorted(
            (p for p in parts.get(whole, ()) if p not in seen), key=lambda iri: code_key(short(iri))
        )
        seen.update(below)
        queue.extend(below)
        for level in _LEVELS:
            here = [resources[iri] for iri in below if resources[iri].type == level]
            members[level].extend(here)
            gaps[level].extend(missing_numbers(r.short.rpartition("/")[2] for r in here))
    return [
        Coverage(
            programme=programme,
            level=level_name,
            known=len(members[level]),
            having={name: sum(r.iri in things for r in members[level]) for name, things in facts.items()},
            missing=tuple(gaps[level]),
        )
        for level, level_name in zip(_LEVELS, ("axis", "measure", "sub_measure"), strict=True)
    ]


def missing_numbers(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that siblings' numbering skips up to the highest; codes that end in letters do not count.

    >>> missing_numbers(["1.1", "1.2", "1.5"])
    ('1.3', '1.4')
    """
    numbers: dict[str, set[int]] = {}
    for code in codes:
        if match := re.fullmatch(r"(.*?)(\d+)", code):
            numbers.setdefault(match[1], set()).add(int(match[2]))
    return tuple(
        f"{stem}{number}"
        for stem, present in numbers.items()
        for number in range(1, max(present))
        if number not in present
    )


_SHOWN: Final = ("title", "investment_priority", "beneficiaries", "allocation", "source")
_LEVEL_NAMES: Final = {
    "axis": ("osie priorytetowe", "priority axes"),
    "measure": ("działania", "measures"),
    "sub_measure": ("poddziałania", "sub-measures"),
}


def coverage_sheet(found: Iterable[Coverage], *, language: Language = "pl") -> Sheet:
    """Coverage as a table; numbers missing from the numbering are listed, never filled in."""
    pl = language == "pl"

    def column(name: str, label_pl: str, label_en: str, kind: Kind = "number") -> Column:
        return Column(name=name, label_pl=label_pl, label_en=label_en, kind=kind)

    rows = tuple(
        (
            row.programme.iri,
            row.programme.name(language),
            _LEVEL_NAMES[row.level][0 if pl else 1],
            row.known,
            *(
                row.having[key]
                for key in ("title", "investment_priority", "beneficiaries", "allocation", "source")
            ),
            ", ".join(row.missing) or None,
        )
        for row in found
    )
    return Sheet(
        name="coverage",
        title="Co jest znane" if pl else "What is known",
        columns=(
            column("programme", "Identyfikator programu", "Identifier of the programme", "id"),
            column("programme_label", "Program", "Programme", "text"),
            column("level", "Poziom", "Level", "text"),
            column("known", "Ile znanych", "How many are known"),
            column("with_title", "z nazwą", "with title"),
            column("with_investment_priority", "z priorytetem inwestycyjnym", "with investment priority"),
            column("with_beneficiaries", "z beneficjentami", "with beneficiaries"),
            column("with_allocation", "z alokacją", "with allocation"),
            column("with_source", "ze źródłem", "with source"),
            column("missing", "Luki w numeracji", "Gaps in the numbering", "text"),
        ),
        rows=rows,
        notes=(
            Note(
                "Luki" if pl else "Gaps",
                "numery, które numeracja pomija: coś tam jest, czego graf nie zna; "
                "czego brakuje za najwyższym numerem, nie da się tak poznać"
                if pl
                else "numbers that the numbering skips: something is there that the graph does not know; "
                "what follows the highest number cannot be told this way",
            ),
        ),
        language=language,
    )
