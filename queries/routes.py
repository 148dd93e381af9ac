"""Routes: the ways from a (sub)measure up to Europe 2020, its own before those of its axis and programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rdflib import URIRef

from ..ontology.namespace import NURT
from .links import BASES, Basis, Link, Links
from .resources import Resources
from .trace import EUROPE_2020

__all__ = ["Route", "Router"]

RouteKind = Literal["thematic", "strategic"]
_INSTRUMENTS: Final = frozenset(
    {NURT.Programme, NURT.UnionProgramme, NURT.NationalProgramme, NURT.RegionalProgramme}
)
_THEMATIC: Final = frozenset({NURT.ThematicObjective, NURT.InvestmentPriority})


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way up, link after link; the parent of each link is the child of the next.

    Args:
        kind: thematic (through an investment priority or thematic objective) or strategic (strategies only).
        links: from the (sub)measure upwards, at least one.
        complete: whether it ends at Europe 2020.
    """

    kind: RouteKind
    links: tuple[Link, ...]
    complete: bool

    @property
    def nodes(self) -> tuple[URIRef, ...]:
        """Everything on the way, bottom first."""
        return (self.links[0].child, *(link.parent for link in self.links))

    @property
    def deciding(self) -> tuple[Link, ...]:
        """The links that the route is judged by: all but layout, or all where there is nothing else."""
        return tuple(link for link in self.links if not link.structural) or self.links

    @property
    def basis(self) -> Basis:
        """The weakest basis on the way."""
        return BASES[max(BASES.index(link.best.basis) for link in self.deciding)]

    @property
    def confidence(self) -> float:
        """The lowest confidence on the way: a chain is as strong as its weakest link.

        The minimum, not the product: a product would punish a route for being documented in more steps.
        """
        return min(link.best.confidence for link in self.deciding)


class Router:
    """Finds routes over one set of links; what it finds above a thing is kept for the next measure."""

    def __init__(self, links: Links, resources: Resources) -> None:
        self._links = links
        self._resources = resources
        self._ways: dict[URIRef, tuple[tuple[Link, ...], ...]] = {}
        self._own: dict[URIRef, tuple[Route, ...]] = {}

    def routes(self, measure: URIRef) -> tuple[Route, ...]:
        """All routes of a (sub)measure.

        For each kind the nearest level with links of its own counts: sub-measure, measure, axis, programme.
        Routes to Europe 2020 are taken where there are any; else those that get furthest, incomplete.
        A route whose every thing another one passes too, on links at least as strong, is left out.
        """
        found: list[Route] = []
        for kind in ("thematic", "strategic"):
            chosen: tuple[Route, ...] = ()
            for stem in self._stems(measure):
                foot = stem[-1].parent if stem else measure
                own = tuple(
                    Route(kind=route.kind, links=(*stem, *route.links), complete=route.complete)
                    for route in self.own(foot)
                    if route.kind == kind
                )
                if any(route.complete for route in own):
                    chosen = own
                    break
                chosen = chosen or own
            found.extend(chosen)
        if any(route.complete for route in found):
            found = [route for route in found if route.complete]
        return _without_shortcuts(found)

    def structure(self, measure: URIRef) -> tuple[URIRef, ...]:
        """The (sub)measure and what it is part of within its programme, bottom first."""
        return tuple(stem[-1].parent if stem else measure for stem in self._stems(measure))

    def axis(self, measure: URIRef) -> URIRef | None:
        """The priority axis that a (sub)measure is part of."""
        return self._ancestor(measure, frozenset({NURT.PriorityAxis}))

    def programme(self, measure: URIRef) -> URIRef | None:
        """The programme that a (sub)measure is part of."""
        return self._ancestor(measure, _INSTRUMENTS)

    def _ancestor(self, measure: URIRef, classes: frozenset[URIRef]) -> URIRef | None:
        for stem in self._stems(measure):
            if stem and self._resources[stem[-1].parent].type in classes:
                return stem[-1].parent
        return None

    def _stems(self, measure: URIRef) -> list[tuple[Link, ...]]:
        """The ways through the programme's own structure, shortest first, the empty way included."""
        stems: list[tuple[Link, ...]] = [()]
        queue: list[tuple[Link, ...]] = [()]
        seen = {measure}
        while queue:
            stem = queue.pop(0)
            foot = stem[-1].parent if stem else measure
            if self._resources[foot].type in _INSTRUMENTS:
                continue
            for link in self._links.up(foot):
                if link.predicate == NURT.partOf and link.parent not in seen:
                    seen.add(link.parent)
                    stems.append((*stem, link))
                    queue.append((*stem, link))
        return stems

    def own(self, foot: URIRef) -> tuple[Route, ...]:
        """The routes that start with a link of the thing itself, not of what it is part of."""
        if foot not in self._own:
            made: list[Route] = []
            for link in self._links.up(foot):
                if link.predicate == NURT.partOf:
                    continue
                ways = self._above(link.parent, frozenset({foot}))
                for way in ways or ((),):
                    links = (link, *way)
                    made.append(
                        Route(kind=self._kind(links), links=links, complete=links[-1].parent == EUROPE_2020)
                    )
            self._own[foot] = _without_shortcuts(made)
        return self._own[foot]

    def _kind(self, links: Sequence[Link]) -> RouteKind:
        thematic = any(self._resources[link.parent].type in _THEMATIC for link in links)
        return "thematic" if thematic else "strategic"

    def _above(self, iri: URIRef, trunk: frozenset[URIRef]) -> tuple[tuple[Link, ...], ...]:
        """The ways from a thing to the top; those to Europe 2020 only, where there are any."""
        if iri == EUROPE_2020 or iri in trunk:
            return ()
        if iri in self._ways:
            return self._ways[iri]
        ways: list[tuple[Link, ...]] = []
        for link in self._links.up(iri):
            if link.parent in trunk:
                continue
            further = self._above(link.parent, trunk | {iri})
            ways.extend((link, *way) for way in further or ((),))
        complete = [way for way in ways if way[-1].parent == EUROPE_2020]
        self._ways[iri] = tuple(complete or ways)
        return self._ways[iri]


def _without_shortcuts(routes: Iterable[Route]) -> tuple[Route, ...]:
    """Leave out routes that another one contains at no weaker basis and confidence; keep the order."""
    every = list(routes)
    sets = [frozenset(route.nodes) for route in every]

    def covered(number: int) -> bool:
        route = every[number]
        for other, rival in enumerate(every):
            if other == number or not sets[number] <= sets[other]:
                continue
            if BASES.index(rival.basis) > BASES.index(route.basis) or rival.confidence < route.confidence:
                continue
            if sets[number] < sets[other] or other < number:
                return True
        return False

    return tuple(route for number, route in enumerate(every) if not covered(number))
