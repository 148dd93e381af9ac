"""What changed between two graphs or two versions of a programme: how successive SZOOP versions are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from rdflib import URIRef

from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.namespace import ID, NURT
from .money import latest, load_allocations
from .names import fold
from .resources import Resource, code_key, load_resources
from .sheet import Column, Language, Sheet

__all__ = ["Change", "diff", "diff_sheet", "programmes"]

Kind = Literal[
    "added",
    "removed",
    "renamed",
    "recoded",
    "money",
    "beneficiary_gained",
    "beneficiary_lost",
    "beneficiary_wording",
]
_CLASSES: Final = (NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure)
_ELIGIBLE: Final = "SELECT DISTINCT ?thing ?type WHERE { ?thing nurt:eligible ?type }"
_PRINTED: Final = "SELECT DISTINCT ?thing ?label WHERE { ?thing nurt:beneficiaryLabel ?label }"
_NAMES: Final[dict[Kind, tuple[str, str]]] = {
    "added": ("dodano", "added"),
    "removed": ("usunięto", "removed"),
    "renamed": ("zmieniono nazwę", "renamed"),
    "recoded": ("zmieniono kod", "re-coded"),
    "money": ("zmieniono kwotę (EUR)", "money changed (EUR)"),
    "beneficiary_gained": ("nowy beneficjent", "beneficiary gained"),
    "beneficiary_lost": ("usunięty beneficjent", "beneficiary lost"),
    "beneficiary_wording": ("inny zapis beneficjentów", "beneficiaries worded differently"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one axis, measure or sub-measure; ``before`` and ``after`` are texts, "" for nothing."""

    kind: Kind
    resource: Resource
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _State:
    things: dict[URIRef, Resource]
    eligible: dict[URIRef, frozenset[URIRef]]
    printed: dict[URIRef, frozenset[str]]
    money: dict[URIRef, Decimal]
    names: dict[URIRef, str]


def _state(graph: Graph, within: URIRef | None) -> _State:
    resources = load_resources(graph)
    prefix = f"{within}/" if within is not None else ""
    things = {
        iri: resources[iri]
        for iri in resources
        if resources[iri].type in _CLASSES and (iri.startswith(prefix) or iri == within)
    }
    eligible: dict[URIRef, set[URIRef]] = {}
    for thing, concept in graph.select(_ELIGIBLE).rows:
        if isinstance(thing, URIRef) and isinstance(concept, URIRef):
            eligible.setdefault(thing, set()).add(concept)
    money = {
        owner: sum((a.amount for a in latest(a for a in amounts if a.currency == "EUR")), Decimal(0))
        for owner, amounts in load_allocations(graph).items()
    }
    printed: dict[URIRef, set[str]] = {}
    for thing, label in graph.select(_PRINTED).rows:
        if isinstance(thing, URIRef) and label is not None:
            printed.setdefault(thing, set()).add(" ".join(str(label).split()))
    return _State(
        things=things,
        eligible={thing: frozenset(types) for thing, types in eligible.items()},
        printed={thing: frozenset(labels) for thing, labels in printed.items()},
        money=money,
        names={iri: resources[iri].name("pl") for iri in resources},
    )


def programmes(graph: Graph) -> frozenset[URIRef]:
    """The programmes whose axes, measures or sub-measures a graph knows: what a document is about."""
    resources = load_resources(graph)
    owners = {short(iri).partition("/")[0] for iri in resources if resources[iri].type in _CLASSES}
    return frozenset(ID[owner] for owner in owners)


def diff(old: Graph, new: Graph, *, within: URIRef | None = None) -> tuple[Change, ...]:
    """Compare the axes, measures and sub-measures of two graphs.

    What has the same name (case and punctuation aside) in the same programme, alone on both sides, is the
    same thing; where its code is another one, it was re-coded. What is left is paired by code: there the name
    has changed.

    Args:
        within: only of this programme.
    """
    before, after = _state(old, within), _state(new, within)
    moved = _moved(before.things.values(), after.things.values())
    taken = frozenset(moved.values())
    stayed = {iri: iri for iri in before.things if iri in after.things and iri not in taken}
    pairs = {**{old: new for old, new in stayed.items() if old not in moved}, **moved}
    gone = [iri for iri in before.things if iri not in pairs]
    fresh = [iri for iri in after.things if iri not in frozenset(pairs.values())]
    changes = [
        Change(kind="removed", resource=before.things[iri], before=before.things[iri].title("pl"), after="")
        for iri in gone
    ]
    changes += [
        Change(kind="added", resource=after.things[iri], before="", after=after.things[iri].title("pl"))
        for iri in fresh
    ]
    for first, second in pairs.items():
        changes += _changes(first, second, before, after)
    order = tuple(_NAMES)
    return tuple(
        sorted(changes, key=lambda c: (code_key(c.resource.short), order.index(c.kind), c.before, c.after))
    )


def _moved(before: Iterable[Resource], after: Iterable[Resource]) -> dict[URIRef, URIRef]:
    """What has another code under the same name, old to new."""

    def by_name(resources: Iterable[Resource]) -> dict[tuple[str, URIRef | None, str], list[URIRef]]:
        found: dict[tuple[str, URIRef | None, str], list[URIRef]] = {}
        for resource in resources:
            if resource.labels:  # what has no name is known by its code only
                key = (resource.short.partition("/")[0], resource.type, fold(resource.name("pl")))
                found.setdefault(key, []).append(resource.iri)
        return found

    left, right = by_name(before), by_name(after)
    return {
        iris[0]: right[key][0]
        for key, iris in left.items()
        if len(iris) == 1 and len(right.get(key, ())) == 1 and iris != right[key]
    }


def _changes(first: URIRef, second: URIRef, before: _State, after: _State) -> list[Change]:
    old, new = before.things[first], after.things[second]
    found: list[Change] = []
    if first != second:
        found.append(
            Change(kind="recoded", resource=new, before=old.code or old.short, after=new.code or new.short)
        )
    if old.name("pl") != new.name("pl"):
        found.append(Change(kind="renamed", resource=new, before=old.name("pl"), after=new.name("pl")))
    amounts = before.money.get(first), after.money.get(second)
    if amounts[0] != amounts[1]:
        texts = [f"{amount:f}" if amount is not None else "" for amount in amounts]
        found.append(Change(kind="money", resource=new, before=texts[0], after=texts[1]))
    had, has = before.eligible.get(first, frozenset()), after.eligible.get(second, frozenset())
    for iri in sorted(has - had):
        name = after.names.get(iri, short(iri))
        found.append(Change(kind="beneficiary_gained", resource=new, before="", after=name))
    for iri in sorted(had - has):
        name = before.names.get(iri, short(iri))
        found.append(Change(kind="beneficiary_lost", resource=new, before=name, after=""))
    printed, prints = before.printed.get(first, frozenset()), after.printed.get(second, frozenset())
    if has == had and prints != printed:
        words = ["; ".join(sorted(labels)) for labels in (printed - prints, prints - printed)]
        found.append(Change(kind="beneficiary_wording", resource=new, before=words[0], after=words[1]))
    return found


def diff_sheet(changes: Iterable[Change], *, language: Language = "pl") -> Sheet:
    """Changes as a table."""
    pl = language == "pl"
    return Sheet(
        name="diff",
        title="Zmiany" if pl else "Changes",
        columns=(
            Column(name="id", label_pl="Identyfikator", label_en="Identifier", kind="id"),
            Column(name="name", label_pl="Nazwa", label_en="Name"),
            Column(name="change", label_pl="Zmiana", label_en="Change"),
            Column(name="before", label_pl="Przed", label_en="Before"),
            Column(name="after", label_pl="Po", label_en="After"),
        ),
        rows=tuple(
            (
                change.resource.iri,
                change.resource.title(language),
                _NAMES[change.kind][0 if pl else 1],
                change.before or None,
                change.after or None,
            )
            for change in changes
        ),
        language=language,
    )
