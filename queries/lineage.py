"""Lineage: one row is one (sub)measure with its structure, its money, and one route up to Europe 2020."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from rdflib import URIRef

from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.levels import LEVELS
from ..ontology.namespace import NURT
from ..ontology.terms import term_label
from .links import BASES, Basis, Quote, load_links, parse_bases
from .money import Allocation, latest, load_allocations
from .names import one
from .resources import Resource, Resources, code_key, load_resources
from .routes import Route, Router
from .sheet import Language

__all__ = ["Lineage", "Money", "Row", "lineage"]

_PAIRS: Final = "SELECT DISTINCT ?thing ?value WHERE { ?thing %s ?value }"
_NARROWER: Final = "SELECT DISTINCT ?narrower WHERE { ?narrower skos:broader* ?concept }"
_LANGUAGES: Final[tuple[Language, ...]] = ("pl", "en")
_MEASURES: Final = (NURT.Measure, NURT.SubMeasure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount and whose it is.

    Args:
        amount: Union support in euro for this owner and objective, all funds and categories together.
        owner: the (sub)measure or axis that it is planned for; all measures of an axis share its amount.
        objective: the thematic objective that the amount is for, or None where it is not for one.
        as_of: the date of the plan.
        counted: the part of the amount that no earlier row has shown: adding these up counts no euro twice.
        allocations: what the amount adds up.
    """

    amount: Decimal
    owner: URIRef
    objective: URIRef | None
    as_of: date | None
    counted: Decimal
    allocations: tuple[Allocation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One (sub)measure and one route.

    Args:
        measure: the measure, or the sub-measure where it has any.
        cells: all that the row passes by level key ("strategy" … "sub_measure"), top first on a level.
        beneficiaries: who may apply.
        funds: that pay for it.
        own_money: what is planned for the sub-measure or, where only that is known, the measure; or None.
        axis_money: what is planned for its axis, for the route's thematic objective where the plan is
            split by objective; or None.
        route: the way up, or None.
        reason: why there is no complete route, or none through a thematic objective, in Polish and English,
            or ("", "").
        sources: addresses that the (sub)measure's card was written from.
    """

    measure: Resource
    programme: Resource | None
    axis: Resource | None
    cells: dict[str, tuple[Resource, ...]]
    beneficiaries: tuple[Resource, ...]
    funds: tuple[Resource, ...]
    own_money: Money | None
    axis_money: Money | None
    route: Route | None
    reason: tuple[str, str]
    sources: tuple[URIRef, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The first quote of each deciding link, bottom first."""
        links = self.route.deciding if self.route is not None else ()
        return tuple(dict.fromkeys(quote for link in links for quote in link.best.quotes[:1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """All rows in the order of programme and code, and what they were made with."""

    rows: tuple[Row, ...]
    bases: tuple[Basis, ...]
    filters: dict[str, str]

    @property
    def measures(self) -> int:
        """How many (sub)measures there are."""
        return len({row.measure.iri for row in self.rows})

    @property
    def routed(self) -> int:
        """How many of them have a route to Europe 2020."""
        return len({r.measure.iri for r in self.rows if r.route is not None and r.route.complete})


def lineage(
    graph: Graph,
    *,
    programme: str | URIRef | None = None,
    region: str | URIRef | None = None,
    fund: str | URIRef | None = None,
    beneficiary: str | URIRef | None = None,
    objective: str | URIRef | None = None,
    bases: Collection[Basis] | str = BASES,
) -> Lineage:
    """Make the lineage table.

    A filter is an IRI or anything ``names.one`` resolves (id, code, name). ``programme`` may also name an
    axis or a measure: its part of the programme is taken. ``beneficiary`` includes narrower types.
    ``objective`` is anything above a measure: a thematic objective, an investment priority, a priority, a
    strategy; then only routes through it are listed. Every (sub)measure that passes the other filters has
    at least one row; one without a route says why.

    Raises UnknownNameError for a filter that names nothing or several things.
    """
    allowed = parse_bases(bases if isinstance(bases, str) else tuple(bases))
    asked = {
        key: one(graph, value) if isinstance(value, str) and not isinstance(value, URIRef) else value
        for key, value in (
            ("programme", programme),
            ("region", region),
            ("fund", fund),
            ("beneficiary", beneficiary),
            ("objective", objective),
        )
        if value is not None
    }
    table = _Table(graph, allowed)
    rows: list[Row] = []
    beneficiaries = _narrower(graph, asked["beneficiary"]) if "beneficiary" in asked else None
    for measure in table.measures():
        above = table.above(measure)
        if "programme" in asked and asked["programme"] not in above:
            continue
        if "region" in asked and asked["region"] not in table.regions(measure):
            continue
        if "fund" in asked and asked["fund"] not in table.funds(measure):
            continue
        if beneficiaries is not None and not beneficiaries & set(table.beneficiaries(measure)):
            continue
        for row in table.rows(measure):
            passed = row.route.nodes if row.route is not None else ()
            if "objective" in asked and asked["objective"] not in passed:
                continue
            rows.append(row)
    filters = {key: short(value) for key, value in asked.items()}
    return Lineage(rows=tuple(_counted_once(rows)), bases=allowed, filters=filters)


def _narrower(graph: Graph, concept: URIRef) -> frozenset[URIRef]:
    found = (row[0] for row in graph.select(_NARROWER, {"concept": concept}).rows)
    return frozenset({concept, *(node for node in found if isinstance(node, URIRef))})


class _Table:
    """Everything the rows need, read once in bulk."""

    def __init__(self, graph: Graph, bases: tuple[Basis, ...]) -> None:
        self._bases = bases
        links = load_links(graph, bases=bases)
        self._resources: Resources = load_resources(graph)
        self._router = Router(links, self._resources)
        self._allocations = load_allocations(graph)
        self._eligible = _pairs(graph, "nurt:eligible")
        self._funded = _pairs(graph, "nurt:fundedBy")
        self._covers = _pairs(graph, "nurt:coversRegion")
        self._sources = _pairs(graph, "dcterms:source")
        self._assistance = frozenset(_pairs(graph, "nurt:technicalAssistance"))
        self._parts = {link.parent for link in links if link.predicate == NURT.partOf}
        self._sub = {
            link.parent
            for link in links
            if link.predicate == NURT.partOf and self._resources[link.child].type == NURT.SubMeasure
        }

    def measures(self) -> list[URIRef]:
        """Sub-measures, and measures without any, in the order of programme and code."""
        every = (iri for iri in self._resources if self._resources[iri].type in _MEASURES)
        return sorted((iri for iri in every if iri not in self._sub), key=lambda iri: code_key(short(iri)))

    def above(self, measure: URIRef) -> tuple[URIRef, ...]:
        """The (sub)measure and what it is part of, bottom first."""
        return self._router.structure(measure)

    def regions(self, measure: URIRef) -> frozenset[URIRef]:
        return frozenset(region for part in self.above(measure) for region in self._covers.get(part, ()))

    def beneficiaries(self, measure: URIRef) -> tuple[URIRef, ...]:
        """Those of the sub-measure, else of the measure."""
        return self._nearest(measure, self._eligible, (NURT.SubMeasure, NURT.Measure))

    def funds(self, measure: URIRef) -> tuple[URIRef, ...]:
        """The funds that the (sub)measure names, else that its axis names or is allocated."""
        named = self._nearest(measure, self._funded, (NURT.SubMeasure, NURT.Measure, NURT.PriorityAxis))
        if named:
            return named
        for part in self.above(measure):
            found = {a.fund for a in self._allocations.get(part, ()) if a.fund is not None}
            if found:
                return tuple(sorted(found))
        return ()

    def _nearest(
        self, measure: URIRef, pairs: dict[URIRef, tuple[URIRef, ...]], classes: Collection[URIRef]
    ) -> tuple[URIRef, ...]:
        for part in self.above(measure):
            if self._resources[part].type in classes and pairs.get(part):
                return pairs[part]
        return ()

    def rows(self, measure: URIRef) -> list[Row]:
        """One row a route, or one row that says why there is none."""
        routes = self._router.routes(measure)
        reason = self._reason(measure, routes)
        if reason == _ASSISTANCE:
            routes = ()
        ordered = sorted(
            routes, key=lambda route: (route.kind != "thematic", [code_key(short(n)) for n in route.nodes])
        )
        return [self._row(measure, route, reason) for route in ordered or (None,)]

    def _reason(self, measure: URIRef, routes: tuple[Route, ...]) -> tuple[str, str]:
        if any(part in self._assistance for part in self.above(measure)):
            return _ASSISTANCE
        complete = {route.kind for route in routes if route.complete}
        if "thematic" in complete:
            return ("", "")
        if complete:
            return _STRATEGIC_ONLY
        bases, based = (
            ", ".join(term_label(basis, language) for basis in self._bases) for language in _LANGUAGES
        )
        if routes:
            end = self._resources[routes[0].nodes[-1]]
            return (
                f"droga kończy się na: {end.title('pl')} (podstawy: {bases})",
                f"the way ends at: {end.title('en')} (bases: {based})",
            )
        return (
            f"ani działanie, ani jego oś nie mają przypisanego celu (podstawy: {bases})",
            f"neither the measure nor its axis has an objective assigned (bases: {based})",
        )

    def _row(self, measure: URIRef, route: Route | None, reason: tuple[str, str]) -> Row:
        resources = self._resources
        structure = self.above(measure)
        on_the_way = route.nodes if route is not None else ()
        nodes = tuple(dict.fromkeys((*structure, *on_the_way)))
        cells: dict[str, tuple[Resource, ...]] = {}
        for level in LEVELS:
            at = [resources[iri] for iri in reversed(nodes) if resources[iri].level == level]
            if at:
                cells[level.key] = tuple(at)
        beneficiaries = tuple(resources[iri] for iri in self.beneficiaries(measure))
        axis, programme = self._router.axis(measure), self._router.programme(measure)
        return Row(
            measure=resources[measure],
            programme=resources[programme] if programme is not None else None,
            axis=resources[axis] if axis is not None else None,
            cells=cells,
            beneficiaries=beneficiaries,
            funds=tuple(resources[iri] for iri in self.funds(measure)),
            own_money=self._money(structure, _MEASURES, on_the_way),
            axis_money=self._money(structure, (NURT.PriorityAxis,), on_the_way),
            route=route,
            reason=reason,
            sources=self._sources.get(measure, ()),
        )

    def _money(
        self, structure: Iterable[URIRef], classes: Collection[URIRef], on_the_way: Iterable[URIRef]
    ) -> Money | None:
        """The nearest owner's amount in its latest plan; of one split by objective, the route's alone."""
        objectives = {iri for iri in on_the_way if self._resources[iri].type == NURT.ThematicObjective}
        for owner in structure:
            if self._resources[owner].type not in classes:
                continue
            amounts = latest(a for a in self._allocations.get(owner, ()) if a.currency == "EUR")
            mine = [a for a in amounts if a.objective in objectives] or [
                a for a in amounts if a.objective is None or not objectives
            ]
            if mine:
                return _sum(mine, owner)
        return None


_ASSISTANCE: Final = (
    "brak drogi: pomoc techniczna",
    "no route: technical assistance",
)
_STRATEGIC_ONLY: Final = (
    "tylko przez dokumenty krajowe: cel tematyczny nieznany",
    "through national documents only: thematic objective unknown",
)


def _sum(amounts: list[Allocation], owner: URIRef) -> Money:
    objectives = {a.objective for a in amounts}
    return Money(
        amount=sum((a.amount for a in amounts), Decimal(0)),
        owner=owner,
        objective=objectives.pop() if len(objectives) == 1 else None,
        as_of=amounts[0].as_of,
        counted=Decimal(0),
        allocations=tuple(amounts),
    )


def _counted_once(rows: Iterable[Row]) -> list[Row]:
    """Count each amount in the first row that shows it; rows with a thematic route come before the others."""
    counted = list(rows)
    seen: set[URIRef] = set()
    thematic = [n for n, row in enumerate(counted) if row.route is not None and row.route.kind == "thematic"]
    for number in dict.fromkeys((*thematic, *range(len(counted)))):
        money = counted[number].axis_money
        if money is not None:
            new = sum((a.amount for a in money.allocations if a.iri not in seen), Decimal(0))
            seen.update(a.iri for a in money.allocations)
            counted[number] = replace(counted[number], axis_money=replace(money, counted=new))
    return counted


def _pairs(graph: Graph, predicate: str) -> dict[URIRef, tuple[URIRef, ...]]:
    found: dict[URIRef, set[URIRef]] = {}
    for thing, value in graph.select(_PAIRS % predicate).rows:
        if isinstance(thing, URIRef) and value is not None and str(value) != "false":
            found.setdefault(thing, set()).add(URIRef(str(value)))
    return {thing: tuple(sorted(group)) for thing, group in found.items()}
