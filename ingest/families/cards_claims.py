"""What the fields of a card say, as elements, claims and reviews."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import SKOS, XSD

from ...ontology.identifiers import allocation, body, concept, instrument, objective
from ...ontology.namespace import NURT
from ..claims import Basis, Claim, Element, Review
from ..document import Evidence
from .amounts import Amount, amounts
from .cards_fields import Field
from .cards_rows import Value
from .cards_tree import Draft, Tree
from .labels import vocabulary
from .numbering import code_of
from .programmes import (
    CCI,
    categories_of_region,
    funds,
    investment_priorities,
    regions,
    thematic_objectives,
)
from .reading import reading
from .words import fold, outside_brackets, parts

__all__ = ["claims_of"]

Item = Element | Claim | Review
Handler = Callable[[Tree, Value], Iterable[Item]]
_CITED: Final = re.compile(r"\s*\[[A-Z]\d{1,3}\]")
_UNKNOWN: Final = frozenset({"nieznane", "nie dotyczy", "n d", "brak", "unknown", "not applicable", "nd"})


def _claim(
    draft: Draft,
    predicate: URIRef,
    target: URIRef,
    evidence: Evidence,
    rule: str,
    basis: Basis,
    confidence: float = 1.0,
) -> Claim:
    return Claim(
        subject=draft.iri,
        predicate=predicate,
        object=target,
        basis=basis,
        confidence=confidence,
        rule=f"measure-cards/{rule}",
        evidence=(evidence,),
    )


def _label(text: str) -> str:
    return " ".join(_CITED.sub("", text).split())


def _pieces(tree: Tree, value: Value) -> Iterator[tuple[str, Evidence]]:
    read = reading(tree.document, value.start, value.end)
    for start, end in parts(read.text):
        label = _label(read.text[start:end])
        if label and fold(label) not in _UNKNOWN:
            yield label, read.evidence(tree.document, start, end)


def _beneficiaries(tree: Tree, value: Value) -> Iterator[Item]:
    draft, known = tree.of(value), vocabulary("beneficiary_types", "beneficiary-type")
    for label, evidence in _pieces(tree, value):
        draft.add(NURT.beneficiaryLabel, Literal(label, lang=tree.language))
        matches = [known.match(label)]
        if matches == [None]:
            inner = outside_brackets(label)
            matches = [known.match(inner[start:end]) for start, end in parts(inner, by=",")]
        found = [match for match in matches if match is not None]
        for match in found:
            yield _claim(
                draft, NURT.eligible, match.concept, evidence, "beneficiary-label", "stated", match.confidence
            )
        if len(found) < len(matches):
            yield Review(evidence=evidence, reason=f"beneficiary type not in the vocabulary: {label}")


def _codes(find: Callable[[str], list[tuple[URIRef, int, int]]], rule: str, kind: str) -> Handler:
    def claims(tree: Tree, value: Value) -> Iterator[Item]:
        read = reading(tree.document, value.start, value.end)
        found = find(read.text)
        for target, start, end in found:
            evidence = read.evidence(tree.document, start, end)
            draft = tree.of(value)
            # What a programme chooses as a whole says nothing of a single axis, so it is no way up for one.
            link = NURT.addresses if draft.parent is not None else NURT.selects
            yield _claim(draft, link, target, evidence, rule, "coded")
        if not found and fold(read.text) not in _UNKNOWN:
            evidence = tree.document.evidence(value.start, value.end)
            yield Review(evidence=evidence, reason=f"no {kind} recognised")

    return claims


def _funds(tree: Tree, value: Value) -> Iterator[Item]:
    evidence = tree.document.evidence(value.start, value.end)
    found = funds(reading(tree.document, value.start, value.end).text)
    for fund in found:
        yield _claim(tree.of(value), NURT.fundedBy, fund, evidence, "fund", "stated")
    if not found and fold(evidence.quote) not in _UNKNOWN:
        yield Review(evidence=evidence, reason="no fund recognised")


def _bodies(rule: str) -> Handler:
    def claims(tree: Tree, value: Value) -> Iterator[Item]:
        for label, evidence in _pieces(tree, value):
            iri = body(outside_brackets(label) or label)
            yield Element(
                iri=iri,
                type=NURT.Body,
                evidence=evidence,
                labels=(Literal(outside_brackets(label) or label, lang=tree.language),),
            )
            yield _claim(tree.of(value), NURT.managedBy, iri, evidence, rule, "stated")

    return claims


def _allocations(tree: Tree, value: Value) -> Iterator[Item]:
    """Each amount, for the fund, objective and category that its line, else the line above, names.

    The objective stays in the name of the amount: what the Union plans by thematic objective is for the
    finance plan to say, and counting both would count twice.
    """
    if re.match(r"(?:\d+ )?fundusz\b", fold(value.name)):
        yield from _funds(tree, value)
    read = reading(tree.document, value.start, value.end)
    begin, above = 0, value.name.split(":", 1)[-1]
    for line in read.text.split("\n"):
        found = amounts(line)
        for amount in found:
            currency = amount.currency or ("EUR" if "eur" in fold(f"{value.name} {line}").split() else "")
            if currency:
                place = read.evidence(tree.document, begin + amount.start, begin + amount.end)
                yield from _allocation(tree, value, f"{above} {line}", place, amount, currency)
        if not found:
            above = line
        begin += len(line) + 1


def _allocation(
    tree: Tree, value: Value, said: str, evidence: Evidence, amount: Amount, currency: str
) -> Iterator[Item]:
    draft = tree.of(value)
    kinds = {NURT.fund: funds(said), NURT.categoryOfRegion: categories_of_region(said)}
    key = [str(found[0]).rsplit("/", 1)[-1] for found in kinds.values() if len(found) == 1]
    key += [f"ct{str(iri).rsplit('/', 1)[-1]}" for iri, _, _ in thematic_objectives(said)]
    marks = ("about" if amount.about else "", currency if currency != "EUR" else "", str(tree.dated or ""))
    iri = allocation(draft.iri, "cards", *key, *marks)
    properties: list[tuple[URIRef, URIRef | Literal]] = [
        (NURT.amount, Literal(str(amount.value), datatype=XSD.decimal)),
        (NURT.currency, Literal(currency)),
    ]
    if ":" in value.name:
        properties.append((SKOS.note, Literal(" ".join(value.name.split()), lang="pl")))
    properties += [(predicate, found[0]) for predicate, found in kinds.items() if len(found) == 1]
    if tree.dated:
        properties.append((NURT.asOf, Literal(tree.dated)))
    yield Element(iri=iri, type=NURT.Allocation, evidence=evidence, properties=tuple(properties))
    yield _claim(draft, NURT.hasAllocation, iri, evidence, "allocation", "stated")


_OBJECTIVE: Final = re.compile(
    r"Cel\s+szczeg[óo][łl]owy\s+(?P<code>[\w.]+?)\.?(?:\s*[:\u2013-]\s*|\s+|$)(?P<title>.*)"
)


_IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)")


def _objectives(tree: Tree, value: Value) -> Iterator[Item]:
    for label, evidence in _pieces(tree, value):
        for bracket in _IN_BRACKETS.finditer(label):
            for target, _, _ in investment_priorities(bracket.group(1)):
                yield _claim(tree.of(value), NURT.addresses, target, evidence, "priority-code", "coded")
        match = _OBJECTIVE.fullmatch(label)
        if not match or not code_of(match["code"]):
            yield Review(evidence=evidence, reason="a specific objective without a code")
            continue
        iri = objective(tree.slug, match["code"])
        title = match["title"]
        yield Element(
            iri=iri,
            type=NURT.SpecificObjective,
            evidence=evidence,
            parent=tree.programme.iri,
            code=match["code"],
            labels=(Literal(title, lang=tree.language),) if title else (),
        )
        yield _claim(tree.of(value), NURT.contributesTo, iri, evidence, "specific-objective", "stated")


def _assistance(tree: Tree, value: Value) -> Iterable[Item]:
    if fold(tree.document.text[value.start : value.end]) in ("tak", "yes"):
        tree.of(value).add(NURT.technicalAssistance, Literal(True))
    return ()


def _support_types(tree: Tree, value: Value) -> Iterator[Item]:
    known = vocabulary("support_types", "support-type")
    for label, evidence in _pieces(tree, value):
        match = known.match(label)
        if match is None:
            yield Review(evidence=evidence, reason=f"support type not in the vocabulary: {label}")
        else:
            yield _claim(
                tree.of(value),
                NURT.supportType,
                match.concept,
                evidence,
                "support-type",
                "stated",
                match.confidence,
            )


_AXES: Final = re.compile(r"\bo(?:ś|si|sie|sią|siach)\s+(?P<codes>[IVX\d]+(?:\s*(?:,|i|oraz)\s*[IVX\d]+)*)\b")
_NATIONAL_LIST: Final = re.compile(r"krajow\w+ inteligentn\w+ specjalizacj\w+|\bKIS\b", re.IGNORECASE)


def _specialisations(tree: Tree, value: Value) -> Iterator[Item]:
    """Axes that are tied to the list of national smart specialisations, clause by clause.

    A clause that does not name the list again (*oś III daje pierwszeństwo*) refers to that of the one before.
    """
    read = reading(tree.document, value.start, value.end)
    named = False
    for clause in re.finditer(r"[^;.]+", read.text):
        own = _NATIONAL_LIST.search(clause.group()) is not None
        named = named or own
        axes = _AXES.search(clause.group())
        if not axes or not named:
            continue
        evidence = read.evidence(tree.document, clause.start(), clause.end())
        for printed in re.findall(r"[IVX\d]+", axes["codes"]):
            draft = tree.draft(code_of(printed), evidence)
            confidence = 1.0 if own else 0.8
            yield _claim(
                draft,
                NURT.contributesTo,
                instrument("kis"),
                evidence,
                "specialisations",
                "stated",
                confidence,
            )


def _clusters(tree: Tree, value: Value) -> Iterator[Item]:
    """The digest's own words for a measure made for clusters; notes on clusters are prose."""
    for label, evidence in _pieces(tree, value):
        if fold(label) == "instrument przeznaczony dla klastrow":
            clusters = concept("beneficiary-type", "clusters")
            yield _claim(tree.of(value), NURT.supports, clusters, evidence, "made-for-clusters", "stated")


def _regions(tree: Tree, value: Value) -> Iterator[Item]:
    text = tree.document.text[value.start : value.end]
    # A national programme covers the country; a region named beside that is a part of it, not all of it.
    found = [] if "program krajowy" in text.lower() else regions(text)
    for iri, start, end in found:
        evidence = tree.document.evidence(value.start + start, value.start + end)
        yield _claim(tree.of(value), NURT.coversRegion, iri, evidence, "region", "stated")


def _acronyms(tree: Tree, value: Value) -> Iterable[Item]:
    for acronym in _label(reading(tree.document, value.start, value.end).text).split(", "):
        tree.of(value).add(NURT.acronym, Literal(acronym))
    return ()


def _cci(tree: Tree, value: Value) -> Iterable[Item]:
    if found := CCI.search(tree.document.text, value.start, value.end):
        tree.of(value).add(NURT.cci, Literal(found.group()))
    return ()


def _title(language: str) -> Handler:
    def keep(tree: Tree, value: Value) -> Iterable[Item]:
        tree.of(value).label(
            Literal(_label(reading(tree.document, value.start, value.end).text), lang=language)
        )
        return ()

    return keep


_HANDLERS: Final[dict[Field, Handler]] = {
    "beneficiaries": _beneficiaries,
    "thematic_objective": _codes(thematic_objectives, "objective-code", "thematic objective"),
    "investment_priority": _codes(investment_priorities, "priority-code", "investment priority"),
    "fund": _funds,
    "intermediate_body": _bodies("intermediate-body"),
    "implementing_body": _bodies("implementing-body"),
    "managing_authority": _bodies("managing-authority"),
    "allocation": _allocations,
    "specific_objectives": _objectives,
    "technical_assistance": _assistance,
    "support_type": _support_types,
    "specialisations": _specialisations,
    "clusters": _clusters,
    "region": _regions,
    "acronym": _acronyms,
    "cci": _cci,
    "title": _title("pl"),
    "title_en": _title("en"),
}


def claims_of(tree: Tree, value: Value) -> Iterable[Item]:
    """What one value says; the tree takes properties, the rest is returned."""
    handler = _HANDLERS.get(value.field)
    return handler(tree, value) if handler else ()
