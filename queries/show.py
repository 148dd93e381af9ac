"""All that the graph knows of one thing, each line with the documents that say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeGuard

from rdflib import URIRef

from ..errors import UnknownNameError
from ..graph.store import Graph
from ..graph.table import Row
from ..ontology.identifiers import short
from ..ontology.terms import term_label
from .links import Claim, digest_mark, digests, load_links
from .resources import Resources, load_resources
from .sheet import Column, Language, Sheet, Value, text_of, value_of

__all__ = ["show"]

_FACTS: Final = """
SELECT DISTINCT ?predicate ?value WHERE {
  ?thing ?predicate ?value .
  FILTER(?predicate NOT IN (nurt:flowsFrom, nurt:evidence, nurt:setsOut))
}"""
_CLAIMED: Final = """
SELECT DISTINCT ?predicate WHERE { ?claim rdf:predicate ?predicate ; rdf:subject ?thing }"""
_INVERSE: Final = """
SELECT DISTINCT ?predicate ?value WHERE {
  ?claim a nurt:Claim ; rdf:object ?thing ; rdf:predicate ?predicate ; rdf:subject ?value
}"""
_AMOUNT: Final = """
SELECT ?amount ?currency ?asOf WHERE {
  ?allocation nurt:amount ?amount .
  OPTIONAL { ?allocation nurt:currency ?currency }
  OPTIONAL { ?allocation nurt:asOf ?asOf }
}"""
_PLACES: Final = """
SELECT DISTINCT ?document ?page ?quote WHERE {
  ?thing nurt:evidence ?evidence .
  ?evidence oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote .
  OPTIONAL { ?evidence nurt:page ?page }
} ORDER BY ?document ?page ?quote"""


def show(graph: Graph, iri: URIRef, *, language: Language = "pl") -> Sheet:
    """Describe a thing: attributes, links with basis and quote, what links to it, where it is set out.

    Raises UnknownNameError where the graph says nothing about it.
    """
    facts = graph.select(_FACTS, {"thing": iri}).rows
    if not facts:
        raise UnknownNameError(
            f"The graph says nothing about {short(iri)!r}.", name=short(iri), hint="Check the id."
        )
    claimed = {row[0] for row in graph.select(_CLAIMED, {"thing": iri}).rows}
    predicates = [node for node in claimed if isinstance(node, URIRef)]
    links = tuple(load_links(graph, predicates=predicates, children=[iri])) if predicates else ()
    inverse = graph.select(_INVERSE, {"thing": iri}).rows
    places = graph.select(_PLACES, {"thing": iri}).rows
    # Only what is named here: in a large graph the names of everything take far longer than all the rest.
    near = {iri, *(link.parent for link in links)}
    near.update(node for _, node in (*facts, *inverse) if isinstance(node, URIRef))
    near.update(row[0] for row in places if isinstance(row[0], URIRef))
    resources = load_resources(graph, near)
    rows: list[tuple[Value, ...]] = []
    for predicate, node in facts:
        if predicate is None or node is None or predicate in claimed:
            continue
        tag = getattr(node, "language", None)
        name = _local(str(predicate)) + (f" ({tag})" if tag else "")
        rows.append(("=", name, _shown(value_of(node)), _label(resources, node, language), *_NOTHING))
    rows.sort(key=lambda row: [text_of(cell) for cell in row])
    for link in links:
        label = _label(resources, link.parent, language) or _amount(graph, link.parent)
        rows.append(("→", link.verb, link.parent, label, *_evidence(link.best, language)))
    rows.extend(_linking(inverse, resources, language))
    marked = digests(graph) if places else frozenset()
    for document, page, quote in places:
        title = _label(resources, document, language)
        place = f"{title}{digest_mark(language) if document in marked else ''}"
        if page is not None:
            place += f", {'s.' if language == 'pl' else 'p.'} {page}"
        rows.append(("@", "evidence", value_of(document), title, None, None, str(quote), place))
    return Sheet(
        name="show",
        title=f"{resources[iri].title(language)} [{short(iri)}]",
        columns=_COLUMNS,
        rows=tuple(rows),
        language=language,
    )


_NOTHING: Final[tuple[Value, ...]] = (None, None, None, None)
_COLUMNS: Final = (
    Column(
        name="direction",
        label_pl="Kierunek",
        label_en="Direction",
        meaning_pl="= cecha, → stąd, ← tutaj, @ gdzie dokument to ustanawia",
        meaning_en="= attribute, → from here, ← to here, @ where a document sets it out",
    ),
    Column(name="property", label_pl="Cecha lub powiązanie", label_en="Attribute or link", kind="term"),
    Column(name="value", label_pl="Wartość", label_en="Value", kind="id"),
    Column(name="name", label_pl="Nazwa", label_en="Name"),
    Column(name="basis", label_pl="Podstawa", label_en="Basis", kind="term"),
    Column(name="confidence", label_pl="Pewność", label_en="Confidence", kind="number"),
    Column(name="quote", label_pl="Cytat", label_en="Quote"),
    Column(name="document", label_pl="Dokument i strona", label_en="Document and page"),
)


def _linking(inverse: Iterable[Row], resources: Resources, language: Language) -> list[tuple[Value, ...]]:
    """What links to the thing, without quotes: ``show`` of the other thing has them."""
    rows: list[tuple[Value, ...]] = []
    for predicate, node in inverse:
        if isinstance(node, URIRef) and predicate is not None:
            rows.append(("←", _local(str(predicate)), node, _label(resources, node, language), *_NOTHING))
    return sorted(rows, key=lambda row: [text_of(cell) for cell in row])


def _local(iri: str) -> str:
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def _shown(value: Value) -> Value:
    """Classes and terms by their local name; things of the graph and addresses as they are."""
    return _local(value) if _is_term(value) else value


def _is_term(value: object) -> TypeGuard[URIRef]:
    return isinstance(value, URIRef) and "#" in value


def _label(resources: Resources, node: object, language: Language) -> str | None:
    if isinstance(node, URIRef) and node in resources:
        return resources[node].title(language)
    return term_label(_local(node), language) if _is_term(node) else None


def _amount(graph: Graph, allocation: URIRef) -> str | None:
    for amount, currency, as_of in graph.select(_AMOUNT, {"allocation": allocation}).rows:
        when = f" ({as_of})" if as_of is not None else ""
        return f"{amount} {currency or ''}{when}"
    return None


def _evidence(claim: Claim, language: Language) -> tuple[Value, ...]:
    quote = claim.quotes[0] if claim.quotes else None
    return (
        claim.basis,
        claim.confidence,
        " ".join(quote.text.split()) if quote is not None else None,
        quote.place(language) if quote is not None else None,
    )
