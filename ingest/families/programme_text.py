"""A programme told in chapters: headings name its axes and measures, short paragraphs say the rest.

*Oś priorytetowa 1. Warsztaty i rynki*, below it *Działanie 1.1. …*, *Typ beneficjenta: …*, codes in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rdflib import Literal, URIRef

from ...ontology.identifiers import element, instrument
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Basis, Claim, Element, Review
from ..document import Block, Document, Evidence
from .identity import identity
from .labels import vocabulary
from .numbering import Heading, heading
from .programmes import funds, investment_priorities, programme_class, programme_of
from .words import fold, parts

__all__ = ["extract", "score"]

Item = Element | Claim | Review
_CLASSES: Final = {"axis": NURT.PriorityAxis, "measure": NURT.Measure, "sub_measure": NURT.SubMeasure}
_DEPTHS: Final = {"axis": 0, "measure": 1, "sub_measure": 2}
_BENEFICIARIES: Final = re.compile(
    r"(?:typy?|rodzaje) beneficjent(?:a|ow)|(?:potencjalni )?beneficjenci|(?:eligible )?beneficiaries"
    r"|types? of beneficiar(?:y|ies)"
)
_PAID_BY: Final = re.compile(
    r"(?P<no>\bnie\s+(?:jest|są)\s+|\bnot\s+)?(?:(?:współ)?finansowan\w+\s+(?:jest\s+|są\s+)?(?:z|ze środków)"
    r"|(?:co-?)?financed\s+(?:by|from)|funded\s+(?:by|from))\s+(?P<fund>[^.;]+)",
    re.IGNORECASE,
)
_IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_LONGEST: Final = 160
"""A paragraph that is longer is no heading that a reader failed to see."""
_TITLE: Final = re.compile(r"operational programme|program operacyjny")
_HEAD: Final = 150
_ASSISTANCE: Final = re.compile(r"pomoc techniczna|technical assistance")


def _headings(document: Document) -> Iterator[tuple[Block, Heading]]:
    for block in document.blocks:
        text = document.text_of(block)
        sure = block.kind == "heading"
        if not sure and (block.kind != "paragraph" or len(text) > _LONGEST):
            continue
        found = heading(text, bare=False, sure=sure)
        # A measure of a strategy may have any depth; that of a programme stands below its axis.
        if found and found.kind in _CLASSES and found.code.count(".") == _DEPTHS[found.kind]:
            yield block, found


def score(document: Document) -> float:
    """0.7 where headings name two axes, and a measure of one of them or the title a programme; else 0."""
    found = [named for _, named in _headings(document)]
    axes = {named.code for named in found if named.kind == "axis"}
    below = any(named.kind == "measure" and named.code.split(".")[0] in axes for named in found)
    titled = _TITLE.search(fold(document.text[:_HEAD])) is not None
    return 0.7 if len(axes) >= 2 and (below or titled) else 0.0


def extract(document: Document, entry: Entry) -> Iterator[Item]:
    """The programme, its axes and measures by headings, beneficiaries, funds and codes below them."""
    name = programme_of(document, entry)
    if not name:
        evidence = document.evidence(0, min(len(document.text), 300))
        yield Review(evidence=evidence, reason="no programme named: neither CCI nor title are known")
        return
    yield identity(document, entry, instrument(name), programme_class(name))
    heads = {block.start: named for block, named in _headings(document)}
    owner: URIRef | None = None
    for block in document.blocks:
        named = heads.get(block.start)
        if named or block.kind == "heading":
            owner = element(name, named.code) if named else None
            if named and owner is not None:
                yield _part(document, name, owner, block, named)
        elif owner is not None and block.kind in ("paragraph", "list_item"):
            yield from _said(document, owner, block)


def _part(document: Document, name: str, iri: URIRef, block: Block, named: Heading) -> Element:
    above = named.code.rpartition(".")[0]
    assists = _ASSISTANCE.search(fold(named.title)) is not None
    return Element(
        iri=iri,
        type=_CLASSES[named.kind],
        evidence=document.evidence(block.start, block.end),
        parent=element(name, above) if above else instrument(name),
        code=named.printed,
        labels=(Literal(named.title.rstrip("."), lang=document.language or "pl"),) if named.title else (),
        properties=((NURT.technicalAssistance, Literal(True)),) if assists else (),
    )


def _said(document: Document, owner: URIRef, block: Block) -> Iterator[Item]:
    """Beneficiaries after a colon; the fund that pays; investment priorities by codes in brackets."""
    text = document.text_of(block)
    head, colon, _ = text.partition(":")
    if colon and _BENEFICIARIES.fullmatch(fold(head)):
        yield from _eligible(document, owner, block.start + len(head) + 1, block.end)
        return
    for paid in _PAID_BY.finditer(text):
        if not paid["no"]:
            evidence = document.evidence(block.start + paid.start(), block.start + paid.end())
            for fund in funds(paid["fund"]):
                yield _claim(owner, NURT.fundedBy, fund, evidence, "fund", "stated")
    for bracket in _IN_BRACKETS.finditer(text):
        for target, _, _ in investment_priorities(bracket.group(1)):
            evidence = document.evidence(block.start, block.end)
            yield _claim(owner, NURT.addresses, target, evidence, "priority-code", "coded")


def _eligible(document: Document, owner: URIRef, start: int, end: int) -> Iterator[Item]:
    known = vocabulary("beneficiary_types", "beneficiary-type")
    for first, last in parts(document.text[start:end].rstrip(" .\n")):
        evidence = document.evidence(start + first, start + last)
        match = known.match(evidence.quote)
        if match is None:
            reason = f"beneficiary type not in the vocabulary: {evidence.quote[:80]}"
            yield Review(evidence=evidence, reason=reason)
        else:
            yield _claim(
                owner,
                NURT.eligible,
                match.concept,
                evidence,
                "beneficiary-label",
                "stated",
                match.confidence,
            )


def _claim(
    subject: URIRef,
    predicate: URIRef,
    target: URIRef,
    evidence: Evidence,
    rule: str,
    basis: Basis,
    confidence: float = 1.0,
) -> Claim:
    return Claim(
        subject=subject,
        predicate=predicate,
        object=target,
        basis=basis,
        confidence=confidence,
        rule=f"programme/{rule}",
        evidence=(evidence,),
    )
