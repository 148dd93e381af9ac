"""What codes and titles suggest beside objectives: smart specialisations served, kinds of support given."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from rdflib import URIRef

from ..ontology.identifiers import concept, investment_priority
from ..ontology.namespace import NURT
from .claims import Claim, Element, Extraction

__all__ = ["suggest"]

_MEASURES: Final = (NURT.Measure, NURT.SubMeasure)
_SMART: Final = investment_priority("ERDF", "1b")
"""Regulation (EU) No 1301/2013, Article 5(1)(b): business investment in research and innovation, smart
specialisation among its means."""
_SPECIALISATIONS: Final = re.compile(r"(?:inteligentn|regionaln)\w+\s+specjalizacj\w+", re.IGNORECASE)
_SUPPORT: Final[Mapping[URIRef, re.Pattern[str]]] = {
    concept("support-type", "internationalisation"): re.compile(
        r"(?:internacjonaliz|umiędzynarod)\w+", re.IGNORECASE
    )
}
_BY_TITLE, _BY_CODE = 0.7, 0.6
"""A title says that it is about specialisations, a code that they are among the means; neither says which."""


def suggest(extractions: Sequence[Extraction]) -> Iterator[Extraction]:
    """Yield one Extraction a document with ``addresses`` and ``supportType`` claims, all of them inferred.

    A measure whose title names smart specialisations, and an axis or measure coded with investment priority
    1b, addresses each specialisation that is listed for its region. A measure whose title names a kind of
    support gives it. What a measure has through its axis is not said again.
    """
    lists = _Lists(extractions)
    for extraction in extractions:
        claims = [
            *chain.from_iterable(_of_title(element, lists) for element in extraction.elements),
            *chain.from_iterable(_of_code(claim, lists) for claim in extraction.claims),
        ]
        if claims:
            yield Extraction(document=extraction.document, family=extraction.family, claims=tuple(claims))


class _Lists:
    """The smart specialisations of each region, and the region of each programme."""

    def __init__(self, extractions: Sequence[Extraction]) -> None:
        every = [element for extraction in extractions for element in extraction.elements]
        own = {element.iri for element in every if element.type == NURT.SmartSpecialisation}
        self._above = {element.iri: element.parent for element in every if element.parent is not None}
        self._regions: dict[URIRef, set[URIRef]] = defaultdict(set)
        self._listed: dict[URIRef, set[URIRef]] = defaultdict(set)
        for claim in (claim for extraction in extractions for claim in extraction.claims):
            if claim.predicate == NURT.coversRegion and claim.subject in own:
                self._listed[claim.object].add(claim.subject)
            elif claim.predicate == NURT.coversRegion:
                self._regions[claim.subject].add(claim.object)

    def of(self, iri: URIRef) -> list[URIRef]:
        """The specialisations of the region of an axis or measure; none where it covers several regions."""
        while iri in self._above:
            iri = self._above[iri]
        regions = self._regions[iri]
        return sorted(self._listed[next(iter(regions))]) if len(regions) == 1 else []


def _of_title(element: Element, lists: _Lists) -> Iterator[Claim]:
    if element.type not in _MEASURES or not element.labels:
        return
    title = str(element.labels[0])
    found: list[tuple[URIRef, URIRef, str, str]] = []
    if named := _SPECIALISATIONS.search(title):
        targets = lists.of(element.iri)
        found += [
            (NURT.addresses, iri, named.group(), "wording/specialisations-of-region") for iri in targets
        ]
    for kind, words in _SUPPORT.items():
        if named := words.search(title):
            found.append((NURT.supportType, kind, named.group(), "wording/kind-of-support"))
    for predicate, target, words_found, rule in found:
        yield Claim(
            subject=element.iri,
            predicate=predicate,
            object=target,
            basis="inferred",
            confidence=_BY_TITLE,
            rule=rule,
            evidence=(element.evidence,),
            words=(words_found,),
        )


def _of_code(claim: Claim, lists: _Lists) -> Iterator[Claim]:
    if claim.predicate != NURT.addresses or claim.object != _SMART:
        return
    for target in lists.of(claim.subject):
        yield Claim(
            subject=claim.subject,
            predicate=NURT.addresses,
            object=target,
            basis="inferred",
            confidence=_BY_CODE,
            rule="codes/specialisations-of-region",
            evidence=claim.evidence,
            words=("1b",),
        )
