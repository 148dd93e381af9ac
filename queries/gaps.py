"""Gaps: measures and axes without a way to a priority of Europe 2020, what nobody serves, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from rdflib import URIRef

from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.namespace import NURT
from ..ontology.terms import term_label
from .links import BASES, Basis, Links, load_links
from .resources import Resource, Resources, code_key, load_resources
from .sheet import Column, Language, Note, Sheet
from .trace import EUROPE_2020

__all__ = ["Gap", "gaps", "gaps_sheet"]

Kind = Literal["orphan", "unserved"]
_LOWER: Final = (NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure)
_SERVED: Final = (
    NURT.Priority,
    NURT.HeadlineTarget,
    NURT.FlagshipInitiative,
    NURT.ThematicObjective,
    NURT.InvestmentPriority,
    NURT.Objective,
)
_ASSISTANCE: Final = "SELECT DISTINCT ?thing WHERE { ?thing nurt:technicalAssistance true }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that hangs in the air.

    Args:
        kind: "orphan" has no way up to a priority of Europe 2020 (through the national strategies alone a
            measure reaches Europe 2020 as a whole, which says nothing of what it is for); "unserved" has no
            measure or axis below.
        resource: the axis, measure, priority, target, objective.
        programme: of an orphan.
        reason_pl, reason_en: why, as far as the graph can tell.
        expected: it is right so (technical assistance).
    """

    kind: Kind
    resource: Resource
    programme: Resource | None
    reason_pl: str
    reason_en: str
    expected: bool = False

    def reason(self, language: Language) -> str:
        """Why, in a language."""
        return self.reason_pl if language == "pl" else self.reason_en


def gaps(
    graph: Graph, *, bases: Collection[Basis] = BASES, programme: URIRef | None = None
) -> tuple[Gap, ...]:
    """Find orphans (of all programmes, or one) and what nobody serves, under the given bases.

    Where the graph holds no priority of Europe 2020, the way to Europe 2020 itself counts.
    """
    links = load_links(graph, bases=bases)
    resources = load_resources(graph)
    assistance = {row[0] for row in graph.select(_ASSISTANCE).rows}
    priorities = {iri for iri in resources if resources[iri].type == NURT.Priority}
    reaching = _closure(links, priorities or {EUROPE_2020}, "down")
    lower = [iri for iri in resources if resources[iri].type in _LOWER]
    orphans = [
        _orphan(iri, links, resources, any(part in assistance for part in _structure(links, iri)))
        for iri in sorted(lower, key=lambda iri: code_key(short(iri)))
        if iri not in reaching and (programme is None or programme in _structure(links, iri))
    ]
    served = _closure(links, set(lower), "up")
    upper = (iri for iri in resources if resources[iri].type in _SERVED and iri not in served)
    unserved = [
        _unserved(iri, links, resources) for iri in sorted(upper, key=lambda iri: code_key(short(iri)))
    ]
    return (*orphans, *(unserved if programme is None else ()))


def _closure(links: Links, start: set[URIRef], direction: Literal["up", "down"]) -> set[URIRef]:
    found = set(start)
    queue = list(start)
    while queue:
        iri = queue.pop()
        ends = (
            (link.parent for link in links.up(iri))
            if direction == "up"
            else (x.child for x in links.down(iri))
        )
        for end in ends:
            if end not in found:
                found.add(end)
                queue.append(end)
    return found


def _structure(links: Links, iri: URIRef) -> list[URIRef]:
    """The thing and what it is part of, bottom first."""
    found = [iri]
    for thing in found:
        found.extend(
            link.parent
            for link in links.up(thing)
            if link.predicate == NURT.partOf and link.parent not in found
        )
    return found


def _orphan(iri: URIRef, links: Links, resources: Resources, assistance: bool) -> Gap:
    structure = _structure(links, iri)
    programme = next((resources[part] for part in reversed(structure) if part != iri), None)
    targets = [link.parent for part in structure for link in links.up(part) if link.predicate != NURT.partOf]
    if assistance:
        pl, en = (
            "pomoc techniczna: nie służy celowi tematycznemu",
            "technical assistance: serves no thematic objective",
        )
    elif targets:
        names = [(resources[t].title("pl"), resources[t].title("en")) for t in dict.fromkeys(targets)]
        pl = "nie prowadzi do priorytetu strategii Europa 2020: " + ", ".join(name for name, _ in names)
        en = "does not lead to a priority of Europe 2020: " + ", ".join(name for _, name in names)
    else:
        pl, en = (
            "brak przypisanego celu w dokumentach grafu",
            "no objective assigned in the graph's documents",
        )
    return Gap(
        kind="orphan",
        resource=resources[iri],
        programme=programme,
        reason_pl=pl,
        reason_en=en,
        expected=assistance,
    )


def _unserved(iri: URIRef, links: Links, resources: Resources) -> Gap:
    below = [resources[link.child] for link in links.down(iri)]
    if below:
        names = ", ".join(resource.title("pl") for resource in below)
        pl = f"poniżej tylko: {names}; stamtąd nic nie prowadzi do osi ani działania"
        en = f"below it only: {', '.join(r.title('en') for r in below)}; no axis or measure under these"
    else:
        pl, en = (
            "żaden dokument grafu nie wiąże z nim niczego",
            "no document of the graph links anything to it",
        )
    return Gap(kind="unserved", resource=resources[iri], programme=None, reason_pl=pl, reason_en=en)


_KINDS: Final = {
    "orphan": ("bez drogi w górę", "no way up"),
    "unserved": ("bez działań poniżej", "no measures below"),
}


def gaps_sheet(
    found: Collection[Gap], *, bases: Collection[Basis] = BASES, language: Language = "pl"
) -> Sheet:
    """Gaps as a table."""
    pl = language == "pl"
    return Sheet(
        name="gaps",
        title="Luki" if pl else "Gaps",
        columns=(
            Column(name="kind", label_pl="Rodzaj luki", label_en="Kind of gap"),
            Column(name="id", label_pl="Identyfikator", label_en="Identifier", kind="id"),
            Column(name="name", label_pl="Nazwa", label_en="Name"),
            Column(name="programme", label_pl="Program", label_en="Programme"),
            Column(name="reason", label_pl="Powód", label_en="Reason"),
            Column(
                name="expected",
                label_pl="Tak ma być",
                label_en="As it should be",
                meaning_pl="Pomoc techniczna nie ma drogi z natury rzeczy",
                meaning_en="Technical assistance has no route by its nature",
                kind="boolean",
            ),
        ),
        rows=tuple(
            (
                _KINDS[gap.kind][0 if pl else 1],
                gap.resource.iri,
                gap.resource.title(language),
                gap.programme.name(language) if gap.programme is not None else None,
                gap.reason(language),
                gap.expected,
            )
            for gap in found
        ),
        notes=(
            Note(
                "Podstawy" if pl else "Bases",
                ", ".join(term_label(basis, language) for basis in BASES if basis in bases),
            ),
        ),
        language=language,
    )
