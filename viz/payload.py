"""What the page knows: the network as columns of numbers, names and quotes once each."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from rdflib import URIRef

from ..graph.store import Graph
from ..ontology.identifiers import PROGRAMME_PREFIXES, short
from ..ontology.levels import LEVELS
from ..queries.coverage import coverage
from ..queries.links import BASES, Quote
from .beside import load_figures, load_passages
from .columns import COLUMNS, GAP, SPACE, STRATEGIES
from .ink import signs
from .network import Thing, things

if TYPE_CHECKING:
    from .network import Lineages

__all__ = ["payload"]

Item = TypeVar("Item", bound=Hashable)

_LEVEL: Final = {level.key: number for number, level in enumerate(LEVELS)}

_DOCUMENTS: Final = """
SELECT DISTINCT ?document ?predicate ?value WHERE {
  VALUES ?predicate { dcterms:title dcterms:date dcterms:language dcterms:source dcterms:publisher
                      nurt:digest nurt:family }
  ?document a nurt:Document ; ?predicate ?value .
}"""


class _Numbered(Generic[Item]):
    """Gives each distinct item a number, in the order of first use."""

    def __init__(self) -> None:
        self.items: dict[Item, int] = {}

    def __call__(self, item: Item) -> int:
        return self.items.setdefault(item, len(self.items))


def payload(
    graph: Graph, lineages: Lineages, homes: Mapping[URIRef, URIRef], columns: Mapping[URIRef, int]
) -> dict[str, Any]:
    """The data of the page, as lists that JSON holds; indices stand for things, quotes and documents."""
    known = things(lineages)
    number = {iri: position for position, iri in enumerate(known)}
    kinds, rules, predicates = _Numbered[str](), _Numbered[str](), _Numbered[str]()
    quotes, places, documents = _Numbered[str](), _Numbered[tuple[int, int, int, int]](), _Numbered[URIRef]()
    nodes: dict[str, Any] = {
        "id": [short(iri) for iri in known],
        "level": [_LEVEL.get(thing.level, -1) for thing in known.values()],
        "kind": [kinds(thing.kind) for thing in known.values()],
        "pl": [_label(thing, "pl") for thing in known.values()],
        "en": [_label(thing, "en") for thing in known.values()],
        "code": [thing.resource.code for thing in known.values()],
        "acronym": [thing.resource.acronym for thing in known.values()],
        "home": [number[homes[iri]] if iri in homes else -1 for iri in known],
        "column": [columns.get(iri, -1) for iri in known],
        "other": {number[iri]: list(t.resource.other) for iri, t in known.items() if t.resource.other},
        "details": {number[iri]: dict(t.details) for iri, t in known.items() if t.details},
        "broader": {
            number[iri]: [number[b] for b in t.broader if b in number]
            for iri, t in known.items()
            if t.broader
        },
        "period": {number[iri]: t.period for iri, t in known.items() if t.period},
    }

    def place(quote: Quote) -> int:
        return places((documents(quote.document), quote.page or 0, quotes(quote.text), quote.start))

    claims: list[list[Any]] = []
    for child, parent, data in lineages.edges(data=True):
        for link in data["links"]:
            for claim in link.claims:
                evidence = [place(quote) for quote in claim.quotes]
                claims.append(
                    [
                        number[child],
                        number[parent],
                        predicates(link.verb),
                        BASES.index(claim.basis),
                        round(claim.confidence * 100),
                        rules(claim.rule),
                        evidence,
                    ]
                )
    money = [
        [
            number[iri],
            float(a.amount) if a.amount % 1 else int(a.amount),
            a.currency,
            number.get(a.fund, -1) if a.fund else -1,
            number.get(a.objective, -1) if a.objective else -1,
            number.get(a.category, -1) if a.category else -1,
            a.as_of.isoformat() if a.as_of else "",
        ]
        for iri, thing in known.items()
        for a in thing.money
    ]
    nodes["passages"] = {
        number[iri]: [place(quote) for quote in passages]
        for iri, passages in sorted(load_passages(graph).items())
        if iri in number
    }
    figures = [
        [number[f.question], number[f.answer], float(f.share), f.unit, f.respondents, f.year, place(f.quote)]
        for f in load_figures(graph)
        if f.question in number and f.answer in number
    ]
    described = _documents(graph)
    for iri in sorted(described):
        documents(iri)
    return {
        "nodes": nodes,
        "claims": [list(column) for column in zip(*claims, strict=True)] or [[] for _ in range(7)],
        "evidence": [list(column) for column in zip(*places.items, strict=True)] or [[] for _ in range(4)],
        "quotes": list(quotes.items),
        "rules": list(rules.items),
        "predicates": list(predicates.items),
        "kinds": list(kinds.items),
        "bases": list(BASES),
        "documents": [{"id": short(iri), **described.get(iri, {})} for iri in documents.items],
        "money": money,
        "figures": figures,
        "coverage": _coverage(graph, number),
        "levels": [[level.key, level.label_pl, level.label_en] for level in LEVELS],
        "columns": [[c.label_pl, c.label_en, c.width, c.height, c.lines] for c in COLUMNS],
        "strategies": STRATEGIES,
        "gap": GAP,
        "space": SPACE,
        "prefixes": PROGRAMME_PREFIXES,
        "glyphs": signs(),
        "snapshot": graph.snapshot,
    }


def _label(thing: Thing, language: str) -> str:
    labels = thing.resource.labels
    return labels.get(language) or (labels.get("", "") if language == "pl" else "")


def _documents(graph: Graph) -> dict[URIRef, dict[str, str]]:
    found: dict[URIRef, dict[str, str]] = {}
    for document, predicate, value in sorted(graph.select(_DOCUMENTS).rows, key=str):
        if isinstance(document, URIRef) and value is not None:
            name = str(predicate).replace("#", "/").rpartition("/")[2]
            tag = getattr(value, "language", None)
            found.setdefault(document, {}).setdefault(f"{name}_{tag}" if tag else name, str(value))
    return found


def _coverage(graph: Graph, number: Mapping[URIRef, int]) -> list[list[Any]]:
    """Programme, level, how many are known, how many of them have each fact, codes that are missing."""
    return [
        [
            number[row.programme.iri],
            row.level,
            row.known,
            [
                row.having[key]
                for key in ("title", "investment_priority", "beneficiaries", "allocation", "source")
            ],
            list(row.missing),
        ]
        for row in coverage(graph)
        if row.programme.iri in number and row.known
    ]
