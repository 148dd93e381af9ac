"""Elements and claims in, quads out: one named graph per document version, same bytes for same input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, SKOS, XSD

from ..errors import UnknownNameError
from ..graph.closure import closure
from ..ontology import identifiers
from ..ontology.namespace import ID, NURT, OA
from .catalogue import Entry
from .claims import Claim, Element, Extraction, Node
from .document import Evidence

__all__ = ["UPWARD", "Source", "assemble", "claim_iri", "evidence_iri"]

UPWARD: Final = (NURT.partOf, NURT.contributesTo, NURT.implements, NURT.addresses)
"""The links that ``flowsFrom`` closes over; the last two are kinds of ``contributesTo``."""

Row = tuple[URIRef, URIRef, Node]
_CLOSURE: Final = ID["graph/closure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document as the graph describes it.

    Args:
        entry: from the catalogue.
        sha256: of the file's bytes.
        family: as extracted, "" if the layout is unknown.
        language: of the document, "" if it could not be told.
        title: as the document prints it, "" if it prints none.
        media_type: of the file.
    """

    entry: Entry
    sha256: str
    family: str
    language: str
    title: str
    media_type: str

    @property
    def graph(self) -> URIRef:
        """The named graph of this version."""
        return identifiers.document_version(self.entry.id, self.sha256)


def evidence_iri(evidence: Evidence) -> URIRef:
    """IRI of a place in a document."""
    return identifiers.hashed("evidence", evidence.document, evidence.start, evidence.end, evidence.quote)


def claim_iri(claim: Claim) -> URIRef:
    """IRI of a claim: what is said, by which rule, from which places."""
    places = [str(evidence_iri(evidence)) for evidence in claim.evidence]
    return identifiers.hashed(
        "claim", claim.subject, claim.predicate, claim.object, claim.basis, claim.rule, *places
    )


def _evidence(evidence: Evidence) -> Iterator[Row]:
    iri = evidence_iri(evidence)
    quote, position = URIRef(f"{iri}/quote"), URIRef(f"{iri}/position")
    yield iri, RDF.type, NURT.Evidence
    yield iri, RDF.type, OA.SpecificResource
    yield iri, OA.hasSource, identifiers.document(evidence.document)
    yield iri, OA.hasSelector, quote
    yield iri, OA.hasSelector, position
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, Literal(evidence.quote)
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, Literal(evidence.start)
    yield position, OA.end, Literal(evidence.end)
    if evidence.page is not None:
        yield iri, NURT.page, Literal(evidence.page)


def _claim(claim: Claim, graph: URIRef) -> Iterator[Row]:
    iri = claim_iri(claim)
    confidence = Decimal(str(round(claim.confidence, 4)))
    yield claim.subject, claim.predicate, claim.object
    yield iri, RDF.type, NURT.Claim
    yield iri, RDF.type, RDF.Statement
    yield iri, RDF.subject, claim.subject
    yield iri, RDF.predicate, claim.predicate
    yield iri, RDF.object, claim.object
    yield iri, NURT.basis, NURT[claim.basis]
    yield iri, NURT.confidence, Literal(format(confidence, "f"), datatype=XSD.decimal)
    yield iri, NURT.rule, Literal(claim.rule)
    yield iri, PROV.wasDerivedFrom, graph
    for word in claim.words:
        yield iri, NURT.decidingWord, Literal(word)
    for evidence in claim.evidence:
        yield iri, NURT.evidence, evidence_iri(evidence)
        yield from _evidence(evidence)


def _notation(code: str) -> str:
    try:
        return identifiers.normalise_code(code)
    except UnknownNameError:
        return ""


def _element(
    element: Element, preferred: Mapping[tuple[URIRef, str | None], str], codes: Mapping[URIRef, str]
) -> Iterator[Row]:
    yield element.iri, RDF.type, element.type
    yield element.iri, NURT.evidence, evidence_iri(element.evidence)
    yield from _evidence(element.evidence)
    if element.code:
        first = codes[element.iri] == element.code
        yield element.iri, NURT.code if first else SKOS.hiddenLabel, Literal(element.code)
        if notation := _notation(element.code):
            yield element.iri, NURT.notation, Literal(notation)
    for label in element.labels:
        first = preferred.get((element.iri, label.language)) == str(label)
        yield element.iri, SKOS.prefLabel if first else SKOS.altLabel, label
    for predicate, value in element.properties:
        yield element.iri, predicate, value


def _structure(element: Element, family: str) -> Claim | None:
    """The ``partOf`` claim of an element: its place in the numbering says so, hence basis coded."""
    if element.parent is None:
        return None
    return Claim(
        subject=element.iri,
        predicate=NURT.partOf,
        object=element.parent,
        basis="coded",
        confidence=1.0,
        rule=f"{(family or 'layout').replace('_', '-')}/structure",
        evidence=(element.evidence,),
    )


def _document(source: Source, elements: Iterable[Element]) -> Iterator[Row]:
    entry, iri = source.entry, identifiers.document(source.entry.id)
    yield iri, RDF.type, NURT.Document
    yield iri, DCTERMS.identifier, Literal(entry.id)
    yield iri, DCTERMS.hasVersion, source.graph
    yield source.graph, DCTERMS.isVersionOf, iri
    yield source.graph, NURT.sha256, Literal(source.sha256)
    yield iri, NURT.digest, Literal(entry.digest)
    yield iri, DCTERMS["format"], Literal(source.media_type)
    titles = [(entry.title_pl, "pl"), (entry.title_en, "en")]
    if not any(title for title, _ in titles):
        titles = [(source.title or entry.id, source.language)]
    for title, language in titles:
        if title:
            yield iri, DCTERMS.title, Literal(title, lang=language or None)
    if source.language:
        yield iri, DCTERMS.language, Literal(source.language)
    if source.family:
        yield iri, NURT.family, Literal(source.family)
    if entry.date:
        yield iri, DCTERMS.date, Literal(entry.date)
    if entry.publisher:
        yield iri, DCTERMS.publisher, Literal(entry.publisher)
    if entry.celex:
        yield iri, NURT.celex, Literal(entry.celex)
    if entry.license:
        yield iri, DCTERMS.license, Literal(entry.license)
    for address in (*entry.original, *entry.sources):
        yield iri, DCTERMS.source, URIRef(address)
    for element in elements:
        yield iri, NURT.setsOut, element.iri


def _preferred(
    extractions: Sequence[Extraction], named: Iterable[tuple[URIRef, str | None]]
) -> dict[tuple[URIRef, str | None], str]:
    """Choose one preferred label per thing and language: the vocabularies' own, else the first document's."""
    chosen: dict[tuple[URIRef, str | None], str] = dict.fromkeys(named, "")
    for extraction in extractions:
        for element in extraction.elements:
            for label in element.labels:
                chosen.setdefault((element.iri, label.language), str(label))
    return chosen


def _codes(extractions: Sequence[Extraction], base: Iterable[ox.Quad]) -> dict[URIRef, str]:
    """Choose one printed code per thing, so that no answer repeats a row for each way to print it.

    The vocabularies' own, else that of the first document that also names the thing, else the first: a
    finance plan prints ``04`` for the axis that its programme calls ``IV``.
    """
    chosen = {
        URIRef(quad.subject.value): quad.object.value
        for quad in base
        if quad.predicate.value == str(NURT.code)
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    }
    every = [element for extraction in extractions for element in extraction.elements if element.code]
    for element in sorted(every, key=lambda element: not element.labels):
        chosen.setdefault(element.iri, element.code)
    return chosen


def _term(node: Node) -> ox.NamedNode | ox.Literal:
    if isinstance(node, URIRef):
        return ox.NamedNode(node)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(node.datatype) if node.datatype else None)


def assemble(
    sources: Sequence[Source], extractions: Sequence[Extraction], vocabularies: Iterable[ox.Quad]
) -> bytes:
    """Return the whole graph as sorted N-Quads, the closure ``flowsFrom`` included.

    Args:
        sources: every document of the build.
        extractions: what they yield, in the order in which their labels are preferred.
        vocabularies: the ontology and the vocabularies, each in its named graph.
    """
    base = list(vocabularies)
    named = {
        (URIRef(quad.subject.value), quad.object.language)
        for quad in base
        if quad.predicate.value == str(SKOS.prefLabel)
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    }
    preferred, codes = _preferred(extractions, named), _codes(extractions, base)
    graph_of = {source.entry.id: source.graph for source in sources}
    quads: set[tuple[Row, URIRef]] = set()
    links: set[tuple[URIRef, URIRef]] = set()

    def add(claim: Claim) -> None:
        graph = graph_of[claim.evidence[0].document]
        quads.update((row, graph) for row in _claim(claim, graph))
        if claim.predicate in UPWARD:
            links.add((claim.subject, claim.object))

    set_out: dict[str, list[Element]] = {}
    for extraction in extractions:
        for element in extraction.elements:
            graph = graph_of[element.evidence.document]
            quads.update((row, graph) for row in _element(element, preferred, codes))
            set_out.setdefault(element.evidence.document, []).append(element)
            if claim := _structure(element, extraction.family):
                add(claim)
        for claim in extraction.claims:
            add(claim)
    for source in sources:
        rows = _document(source, set_out.get(source.entry.id, ()))
        quads.update((row, source.graph) for row in rows)
    quads.update(((child, NURT.flowsFrom, parent), _CLOSURE) for child, parent in closure(sorted(links)))

    stream = (
        ox.Quad(ox.NamedNode(s), ox.NamedNode(p), _term(o), ox.NamedNode(graph)) for (s, p, o), graph in quads
    )
    lines = ox.serialize([*stream, *base], format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(set(lines.splitlines(keepends=True))))
