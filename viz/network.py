"""The graph as a networkx DiGraph: things with names and levels, links with their claims, child to parent."""

from __future__ import annotations

from collections.abc import Mapping
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

if TYPE_CHECKING:
    Lineages: TypeAlias = nx.DiGraph[URIRef]

__all__ = ["SIDEWAYS", "Thing", "home", "network", "things"]

SIDEWAYS: Final = (
    NURT.eligible,
    NURT.supports,
    NURT.supportType,
    NURT.fundedBy,
    NURT.coversRegion,
    NURT.managedBy,
)
"""Links to what stands beside the lineage: beneficiaries, support, funds, regions, bodies."""

_BESIDE: Final = (
    NURT.SupportType,
    NURT.Fund,
    NURT.Region,
    NURT.Body,
    NURT.CategoryOfRegion,
    NURT.SmartSpecialisation,
)
_RANK: Final = {level.key: rank for rank, level in enumerate(LEVELS)}

_DETAILS: Final = """
SELECT DISTINCT ?thing ?predicate ?value WHERE {
  VALUES ?predicate { dcterms:source nurt:cci nurt:celex nurt:euValue nurt:polandValue
                      nurt:technicalAssistance skos:definition dcterms:date }
  ?thing ?predicate ?value .
  FILTER NOT EXISTS { ?thing a nurt:Document }
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
    """

    resource: Resource
    level: str
    kind: str
    details: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    money: tuple[Allocation, ...] = ()
    broader: tuple[URIRef, ...] = ()


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
    broader: dict[URIRef, set[URIRef]] = {}
    for narrow, broad in graph.select(_BROADER).rows:
        if isinstance(narrow, URIRef) and isinstance(broad, URIRef):
            broader.setdefault(narrow, set()).add(broad)
    made: Lineages = nx.DiGraph()
    for iri in sorted(resources, key=lambda iri: (_rank(resources[iri]), _order(resources[iri]), iri)):
        resource = resources[iri]
        level = resource.level
        if level is None and resource.type not in _BESIDE:
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


def _order(resource: Resource) -> tuple[tuple[int, int, str], ...]:
    return code_key(resource.code if resource.type == NURT.Priority and resource.code else resource.short)


def _rank(resource: Resource) -> int:
    return _RANK[resource.level.key] if resource.level else len(_RANK)


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
