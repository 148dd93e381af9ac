"""The graph as a networkx DiGraph: things with names and levels, links with their claims, child to parent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

import networkx as nx
from rdflib import URIRef

from ..graph.store import Graph
from ..ontology.levels import LEVELS
from ..ontology.namespace import NURT
from ..queries.links import UPWARD, Link, load_links
from ..queries.money import Allocation, load_allocations
from ..queries.resources import Resource, code_key, load_resources
from ..queries.sheet import Language
from .beside import BESIDE
from .periods import period

if TYPE_CHECKING:
    Lineages: TypeAlias = nx.DiGraph[URIRef]

__all__ = ["SIDEWAYS", "Thing", "home", "network", "programme_name", "things"]

SIDEWAYS: Final = (
    NURT.eligible,
    NURT.supports,
    NURT.supportType,
    NURT.fundedBy,
    NURT.coversRegion,
    NURT.managedBy,
    NURT.selects,
    NURT.setsOut,
    NURT.cites,
)
"""Links to what stands beside the lineage (beneficiaries, support, funds, regions, bodies, documents), and
links that say nothing of what flows from where."""

_REGION: Final = re.compile(r"^województwo\s+|\s+Voivodeship$", re.IGNORECASE)
_DATED: Final = ("strategy", "programme")
_AS_WRITTEN: Final = (NURT.Priority, NURT.HeadlineTarget, NURT.FlagshipInitiative)
"""What has no numbers of its own stands in the order in which its strategy names it."""
_BESIDE_RANK: Final[dict[URIRef | None, int]] = {cls: rank for rank, cls in enumerate(BESIDE)}
_RANK: Final = {level.key: rank for rank, level in enumerate(LEVELS)}

_DETAILS: Final = """
SELECT DISTINCT ?thing ?predicate ?value WHERE {
  VALUES ?predicate { dcterms:source nurt:cci nurt:celex nurt:euValue nurt:polandValue
                      nurt:technicalAssistance skos:definition dcterms:date }
  ?thing ?predicate ?value .
  FILTER NOT EXISTS { ?thing a nurt:Document }
}"""
_TITLES: Final = """
SELECT DISTINCT ?thing ?title WHERE {
  ?document a nurt:Document ; nurt:setsOut ?thing ; dcterms:title ?title .
  { ?thing a nurt:Strategy } UNION { ?thing a/rdfs:subClassOf* nurt:Programme }
}"""
_BROADER: Final = (
    "SELECT DISTINCT ?narrow ?broad WHERE { ?narrow skos:broader ?broad ; a nurt:BeneficiaryType }"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a node of the network is.

    Args:
        resource: its names and codes.
        level: the key of its level, or "" for what stands beside the lineage.
        kind: the local name of its class.
        details: further values by the local name of their predicate, sorted.
        money: what is planned for it.
        broader: the wider beneficiary types, of a beneficiary type.
        period: the years that a strategy or programme is made for, see ``periods.period``; "" for others.
    """

    resource: Resource
    level: str
    kind: str
    details: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    money: tuple[Allocation, ...] = ()
    broader: tuple[URIRef, ...] = ()
    period: str = ""


def network(graph: Graph) -> Lineages:
    """Read the whole graph into networkx.

    Nodes are IRIs with a ``thing`` (``Thing``); edges run as the links do, from child to parent and from an
    element to what stands beside it, with ``links``: ``queries.links.Link`` with claims and quotes each.
    The network is the same for the same graph: nodes and edges come in a fixed order.
    """
    resources = load_resources(graph)
    links = load_links(graph, predicates=(*UPWARD, *SIDEWAYS))
    money = load_allocations(graph)
    details = _details(graph)
    places = _places(links)
    titles = _titles(graph)
    broader: dict[URIRef, set[URIRef]] = {}
    for narrow, broad in graph.select(_BROADER).rows:
        if isinstance(narrow, URIRef) and isinstance(broad, URIRef):
            broader.setdefault(narrow, set()).add(broad)
    made: Lineages = nx.DiGraph()
    for iri in sorted(
        resources, key=lambda iri: (_rank(resources[iri]), _order(resources[iri], places), iri)
    ):
        resource = resources[iri]
        level = resource.level
        if level is None and resource.type not in BESIDE:
            continue
        made.add_node(
            iri,
            thing=Thing(
                resource=resource,
                level=level.key if level else "",
                kind=str(resource.type).rpartition("#")[2],
                details=details.get(iri, {}),
                money=money.get(iri, ()),
                broader=tuple(sorted(broader.get(iri, ()))),
                period=period(
                    (*resource.labels.values(), *resource.other, *titles.get(iri, ())),
                    details.get(iri, {}).get("cci", ()),
                )
                if level is not None and level.key in _DATED
                else "",
            ),
        )
    for link in links:
        if link.child in made and link.parent in made and link.child != link.parent:
            known: tuple[Link, ...] = made.get_edge_data(link.child, link.parent, {}).get("links", ())
            made.add_edge(link.child, link.parent, links=(*known, link))
    return made


def things(lineages: Lineages) -> dict[URIRef, Thing]:
    """The things of a network by IRI, in its order."""
    return {iri: data["thing"] for iri, data in lineages.nodes(data=True)}


def programme_name(lineages: Lineages, programme: URIRef, language: Language) -> str:
    """A programme in a word or two: two regional ones may share an acronym, none shares its region."""
    known = things(lineages)
    regions = [
        known[region].resource.name(language)
        for _, region, data in lineages.out_edges(programme, data=True)
        if any(link.predicate == NURT.coversRegion for link in data["links"])
    ]
    if known[programme].kind == "RegionalProgramme" and len(regions) == 1:
        return f"RPO {_REGION.sub('', regions[0])}"
    return known[programme].resource.acronym or known[programme].resource.name(language)


def home(lineages: Lineages) -> dict[URIRef, URIRef]:
    """What each thing is drawn inside of while that is closed: the whole it is part of.

    An investment priority has its thematic objective for a home. Things without a whole have none; rings of
    parts (which a graph should not have) are cut where they close.
    """
    known = things(lineages)
    homes: dict[URIRef, URIRef] = {}
    for iri, thing in known.items():
        for _, parent, data in sorted(lineages.out_edges(iri, data=True), key=lambda edge: edge[1]):
            if known[parent].level == "" or thing.level in ("", "beneficiary_type"):
                continue
            parts = any(link.predicate == NURT.partOf for link in data["links"])
            of_objective = (
                thing.level == "investment_priority" and known[parent].level == "thematic_objective"
            )
            if (parts or of_objective) and not _leads_to(homes, parent, iri):
                homes.setdefault(iri, parent)
    return homes


def _leads_to(homes: Mapping[URIRef, URIRef], start: URIRef, goal: URIRef) -> bool:
    at: URIRef | None = start
    while at is not None:
        if at == goal:
            return True
        at = homes.get(at)
    return False


def _places(links: Iterable[Link]) -> dict[URIRef, int]:
    """Where a document first says what each thing is part of."""
    places: dict[URIRef, int] = {}
    for link in links:
        if link.predicate == NURT.partOf:
            for quote in (quote for claim in link.claims for quote in claim.quotes):
                places[link.child] = min(quote.start, places.get(link.child, quote.start))
    return places


def _order(resource: Resource, places: Mapping[URIRef, int]) -> tuple[tuple[int, int, str], ...]:
    if resource.type in _AS_WRITTEN and resource.iri in places:
        return ((0, places[resource.iri], ""),)
    return code_key(resource.short)


def _rank(resource: Resource) -> int:
    return _RANK[resource.level.key] if resource.level else len(_RANK) + _BESIDE_RANK[resource.type]


def _titles(graph: Graph) -> dict[URIRef, list[str]]:
    """The titles of the documents that set an instrument out."""
    found: dict[URIRef, list[str]] = {}
    for thing, title in sorted(graph.select(_TITLES).rows, key=str):
        if isinstance(thing, URIRef):
            found.setdefault(thing, []).append(str(title))
    return found


def _details(graph: Graph) -> dict[URIRef, dict[str, tuple[str, ...]]]:
    found: dict[URIRef, dict[str, set[str]]] = {}
    for thing, predicate, value in graph.select(_DETAILS).rows:
        if isinstance(thing, URIRef) and value is not None:
            name = str(predicate).replace("#", "/").rpartition("/")[2]
            found.setdefault(thing, {}).setdefault(name, set()).add(str(value))
    return {
        thing: {name: tuple(sorted(group)) for name, group in sorted(by_name.items())}
        for thing, by_name in found.items()
    }
