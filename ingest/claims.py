"""What a family or a relation finder yields: elements that a document sets out, and claims that link them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from rdflib import Literal as RDFLiteral
from rdflib import URIRef

from .document import Evidence

__all__ = ["BASES", "Basis", "Claim", "Element", "Extraction", "Review", "Tally"]

Basis = Literal["stated", "coded", "inferred", "curated"]
BASES: tuple[Basis, ...] = ("stated", "coded", "curated", "inferred")
"""Strongest first: the text says so, an official code says so, a person decided, the wording suggests it."""

Node = URIRef | RDFLiteral


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A thing that a document sets out: a programme, an axis, a measure, an objective, an allocation.

    Args:
        iri: from ``ontology.identifiers``.
        type: a class of ``ontology.namespace.NURT``.
        evidence: where the document sets it out (its heading, its title row).
        parent: what it is part of (becomes a ``partOf`` claim, basis coded, with the element's evidence).
        code: as printed (``I.2``), or "".
        labels: language-tagged literals; the first of a language is preferred, the others alternative.
        properties: further predicate-object pairs that hold on the same evidence
            (``DCTERMS.source`` IRIs, ``NURT.amount`` …).
    """

    iri: URIRef
    type: URIRef
    evidence: Evidence
    parent: URIRef | None = None
    code: str = ""
    labels: tuple[RDFLiteral, ...] = ()
    properties: tuple[tuple[URIRef, Node], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A link and why we believe it.

    Args:
        subject, predicate, object: the link, child -> parent where it goes upwards.
        basis: stated, coded, inferred or curated.
        confidence: from 0 to 1.
        rule: the name of the rule that made it, e.g. "measure-cards/axis-of-code".
        evidence: at least one place; the first is the one shown.
        words: the words that decided, where wording did.
    """

    subject: URIRef
    predicate: URIRef
    object: URIRef
    basis: Basis
    confidence: float
    rule: str
    evidence: tuple[Evidence, ...]
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a claim without evidence: {self.subject} {self.predicate} {self.object}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not between 0 and 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Something a person has to decide: a mention that stays open, a field that was not understood."""

    evidence: Evidence
    reason: str
    candidates: tuple[URIRef, ...] = ()


_SUMS: Final = frozenset({"a sum of other rows", "a sum of finer rows"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of the rows of a document's lists.

    Args:
        taken: rows that set out something: a project, an allocation.
        merged: rows that say more of what a row above set out (another place of the same contract).
        set_aside: why the others could not be used, with how many rows each reason holds for.
    """

    taken: int = 0
    merged: int = 0
    set_aside: tuple[tuple[str, int], ...] = ()

    @property
    def read(self) -> int:
        """How many rows were read: each is taken, merged or set aside."""
        return self.taken + self.merged + sum(count for _, count in self.set_aside)

    @property
    def to_look_at(self) -> tuple[tuple[str, int], ...]:
        """What was set aside for a reason that a person must look at; sums of other rows need nobody."""
        return tuple((reason, count) for reason, count in self.set_aside if reason not in _SUMS)

    def __add__(self, other: Tally) -> Tally:
        reasons = Counter(dict(self.set_aside)) + Counter(dict(other.set_aside))
        return Tally(
            taken=self.taken + other.taken,
            merged=self.merged + other.merged,
            set_aside=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one document yields.

    Args:
        rows: what became of the rows of its lists, or None where it holds none.
    """

    document: str
    family: str = ""
    elements: tuple[Element, ...] = ()
    claims: tuple[Claim, ...] = ()
    reviews: tuple[Review, ...] = field(default=())
    rows: Tally | None = None

    @classmethod
    def collect(
        cls, document: str, family: str, items: Iterable[Element | Claim | Review | Tally]
    ) -> Extraction:
        """Sort a family's mixed stream into an Extraction."""
        found = tuple(items)
        tallies = [item for item in found if isinstance(item, Tally)]
        return cls(
            document=document,
            family=family,
            elements=tuple(item for item in found if isinstance(item, Element)),
            claims=tuple(item for item in found if isinstance(item, Claim)),
            reviews=tuple(item for item in found if isinstance(item, Review)),
            rows=sum(tallies, Tally()) if tallies else None,
        )
