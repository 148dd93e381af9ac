"""Where an axis serves several thematic objectives and no code says which one: the wording of the measure."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from rdflib import URIRef

from ..ontology.identifiers import thematic_objective
from ..ontology.namespace import NURT
from .claims import Claim, Element, Extraction

__all__ = ["RULE", "infer", "score"]

RULE: Final = "wording/objective-of-measure"
_STRONG, _WEAK = 1.0, 0.4
_LEAD: Final = 1.5
"""How many times the score of the next one the best objective must have to be chosen."""
_MEASURES: Final = (NURT.Measure, NURT.SubMeasure)
_WORD: Final = re.compile(r"[\w+-]+")


@cache
def _beginnings() -> dict[URIRef, tuple[tuple[str, float], ...]]:
    text = (files(__package__) / "languages" / "pl" / "objectives.toml").read_text(encoding="utf-8")
    return {
        thematic_objective(number): (
            *((beginning, _STRONG) for beginning in table["strong"]),
            *((beginning, _WEAK) for beginning in table["weak"]),
        )
        for number, table in tomllib.loads(text)["objective"].items()
    }


def score(title: str, objective: URIRef) -> tuple[float, tuple[str, ...]]:
    """How much a Polish title speaks for a thematic objective, and the words that say so.

    >>> from nurt.ontology.identifiers import thematic_objective
    >>> score("Niskoemisyjny transport miejski", thematic_objective(4))
    (1.4, ('Niskoemisyjny', 'miejski'))
    """
    total, words = 0.0, []
    for word in _WORD.findall(title):
        weights = [
            w for beginning, w in _beginnings().get(objective, ()) if word.lower().startswith(beginning)
        ]
        if weights:
            total += max(weights)
            words.append(word)
    return round(total, 2), tuple(words)


def _choose(title: str, objectives: Sequence[URIRef]) -> tuple[URIRef, float, tuple[str, ...]] | None:
    """The one objective that the title speaks for, with confidence and words, or None if it is not clear."""
    scored = sorted(((*score(title, objective), objective) for objective in objectives), reverse=True)
    best, words, objective = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    if best < _STRONG or best < second * _LEAD:
        return None
    # Half of the confidence is the share of the evidence that speaks for the choice; never above 0.9.
    return objective, round(min(0.9, 0.4 + 0.5 * best / (best + second)), 2), words


def _axis_of(
    element: Element, parents: Mapping[URIRef, URIRef], axes: Mapping[URIRef, object]
) -> URIRef | None:
    above: URIRef | None = element.parent
    while above is not None and above not in axes:
        above = parents.get(above)
    return above


def infer(extractions: Sequence[Extraction]) -> Iterator[Extraction]:
    """Yield one Extraction a document with the ``addresses`` claims that wording supports.

    Reads the ``addresses`` claims of axes (any document) and the titles of measures; a measure that has an
    objective or investment priority of its own by code or statement is left alone, and so is one whose axis
    has a single objective: that one holds through the structure.
    """
    axes: dict[URIRef, set[URIRef]] = defaultdict(set)
    addressed: set[URIRef] = set()
    types: dict[URIRef, URIRef] = {}
    parents: dict[URIRef, URIRef] = {}
    for extraction in extractions:
        for element in extraction.elements:
            types[element.iri] = element.type
            if element.parent is not None:
                parents[element.iri] = element.parent
    for extraction in extractions:
        for claim in extraction.claims:
            if claim.predicate == NURT.addresses:
                addressed.add(claim.subject)
                if types.get(claim.subject) == NURT.PriorityAxis and claim.object in _beginnings():
                    axes[claim.subject].add(claim.object)
    for extraction in extractions:
        claims = []
        for element in extraction.elements:
            if element.type not in _MEASURES or element.iri in addressed or not element.labels:
                continue
            axis = _axis_of(element, parents, axes)
            objectives = sorted(axes[axis]) if axis is not None else []
            if len(objectives) < 2 or not (chosen := _choose(str(element.labels[0]), objectives)):
                continue
            objective, confidence, words = chosen
            claims.append(
                Claim(
                    subject=element.iri,
                    predicate=NURT.addresses,
                    object=objective,
                    basis="inferred",
                    confidence=confidence,
                    rule=RULE,
                    evidence=(element.evidence,),
                    words=words,
                )
            )
        if claims:
            yield Extraction(document=extraction.document, family=extraction.family, claims=tuple(claims))
