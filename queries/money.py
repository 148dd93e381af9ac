"""Allocations: what is planned for an axis or measure, for which objective, and as of when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from rdflib import URIRef

from ..graph.store import Graph
from .resources import values
from .sheet import value_of

__all__ = ["Allocation", "latest", "load_allocations"]

_QUERY: Final = """
SELECT DISTINCT ?owner ?allocation ?amount ?currency ?fund ?objective ?category ?asOf WHERE {
  %s
  ?owner nurt:hasAllocation ?allocation .
  ?allocation nurt:amount ?amount .
  OPTIONAL { ?allocation nurt:currency ?currency }
  OPTIONAL { ?allocation nurt:fund ?fund }
  OPTIONAL { ?allocation nurt:thematicObjective ?objective }
  OPTIONAL { ?allocation nurt:categoryOfRegion ?category }
  OPTIONAL { ?allocation nurt:asOf ?asOf }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """An amount of Union support, as planned on a date.

    Args:
        iri: its IRI.
        owner: the axis, measure, sub-measure or programme that it is planned for.
        amount: in ``currency``.
        objective: the thematic objective it is for, or None (technical assistance, or not said).
        as_of: the date of the plan, or None where the source gives none.
    """

    iri: URIRef
    owner: URIRef
    amount: Decimal
    currency: str
    fund: URIRef | None
    objective: URIRef | None
    category: URIRef | None
    as_of: date | None


def load_allocations(
    graph: Graph, owners: Iterable[URIRef] | None = None
) -> dict[URIRef, tuple[Allocation, ...]]:
    """All amounts by owner, in the order of their IRIs."""
    found: dict[URIRef, dict[URIRef, Allocation]] = {}
    for row in graph.select(_QUERY % values("owner", owners)).rows:
        owner, iri, amount, currency, fund, objective, category, as_of = map(value_of, row)
        if not isinstance(owner, URIRef) or not isinstance(iri, URIRef):
            continue
        found.setdefault(owner, {})[iri] = Allocation(
            iri=iri,
            owner=owner,
            amount=Decimal(str(amount)),
            currency=str(currency or "EUR"),
            fund=fund if isinstance(fund, URIRef) else None,
            objective=objective if isinstance(objective, URIRef) else None,
            category=category if isinstance(category, URIRef) else None,
            as_of=as_of if isinstance(as_of, date) else None,
        )
    return {owner: tuple(by_iri[iri] for iri in sorted(by_iri)) for owner, by_iri in found.items()}


def latest(allocations: Iterable[Allocation]) -> tuple[Allocation, ...]:
    """Those of the latest plan only: amounts of different dates tell of the same money and are never added.

    An amount without a date counts as older than any date.
    """
    every = tuple(allocations)
    newest = max((a.as_of for a in every if a.as_of is not None), default=None)
    return tuple(a for a in every if a.as_of == newest)
