"""Apply what people decided: accepted links become curated claims, rejected ones are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rdflib import URIRef

from ..errors import UnknownNameError
from ..ontology.identifiers import expand, short
from ..ontology.namespace import NURT
from .alignment import Aligned
from .claims import Claim, Extraction, Review
from .decisions import DECISIONS_NAME, Decision, load, merged
from .document import Document

__all__ = ["Curated", "Lapsed", "curate", "decisions_beside", "files_beside"]

RULE: Final = "review/accepted"
_QUOTED: Final = 300
"""The report shows so many characters of a quote; decisions are made on what it shows."""
_LINKS: Final = frozenset(
    {
        *("implements", "contributesTo", "addresses", "selects", "eligible", "supports", "supportType"),
        *("fundedBy", "managedBy", "coversRegion", "cites"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed:
    """A decision that could not be applied, and why."""

    decision: Decision
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curated:
    """What a build has after the decisions.

    Args:
        extractions: the same ones, without what was rejected and what is decided, with what was accepted.
        applied: the decisions that hold.
        lapsed: those that do not.
    """

    extractions: tuple[Extraction, ...]
    applied: tuple[Decision, ...]
    lapsed: tuple[Lapsed, ...]


def files_beside(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files of decisions in the given folders and beside the given files, each once, in a fixed order."""
    folders = {path if path.is_dir() else path.parent for path in paths}
    found = {(folder / DECISIONS_NAME).resolve() for folder in folders}
    return tuple(sorted(file for file in found if file.is_file()))


def decisions_beside(paths: Iterable[Path]) -> tuple[Decision, ...]:
    """What those files decide; raises InputError where one is broken."""
    decided: tuple[Decision, ...] = ()
    for file in files_beside(paths):
        decided = merged(decided, load(file))
    return decided


def shown(quote: str) -> str:
    """A quote as the report shows it."""
    return quote[:_QUOTED]


def review_key(review: Review) -> tuple[str, ...]:
    """By what a decision on a review knows it."""
    return review.evidence.document, review.reason, " ".join(shown(review.evidence.quote).split())


def curate(
    decisions: Sequence[Decision],
    extractions: Sequence[Extraction],
    documents: Callable[[str], Document | None],
    known: Mapping[URIRef, object] | frozenset[URIRef],
) -> Curated:
    """Apply decisions to what was extracted.

    A decision lapses where its document is not among those of the build, its quote stands in the document no
    more, or it names a resource that neither a vocabulary nor a document sets out.

    Args:
        documents: gives a document by its id, or None.
        known: every resource that the graph will describe.
    """
    applied: list[Decision] = []
    lapsed: list[Lapsed] = []
    dropped: set[tuple[str, ...]] = set()
    done: set[tuple[str, ...]] = set()
    made: dict[str, list[Claim]] = {}
    aligned: dict[str, Aligned | None] = {}
    for decision in decisions:
        if decision.document not in aligned:
            document = documents(decision.document)
            aligned[decision.document] = Aligned(document) if document else None
        why = _wrong(decision, aligned[decision.document], known)
        if why:
            lapsed.append(Lapsed(decision=decision, why=why))
            continue
        applied.append(decision)
        if decision.reason:
            done.add(decision.key)
        if decision.object:
            dropped.add((decision.document, decision.subject, decision.predicate, decision.object))
        if decision.verdict == "accept":
            made.setdefault(decision.document, []).append(_claim(decision, documents, aligned))
    left = [
        replace(
            extraction,
            claims=tuple(
                claim for claim in extraction.claims if _link(extraction.document, claim) not in dropped
            ),
            reviews=tuple(review for review in extraction.reviews if review_key(review) not in done),
        )
        for extraction in extractions
    ]
    left += [Extraction(document=name, claims=tuple(claims)) for name, claims in sorted(made.items())]
    return Curated(extractions=tuple(left), applied=tuple(applied), lapsed=tuple(lapsed))


def _link(document: str, claim: Claim) -> tuple[str, ...]:
    return document, short(claim.subject), str(claim.predicate).rpartition("#")[2], short(claim.object)


def _wrong(
    decision: Decision, aligned: Aligned | None, known: Mapping[URIRef, object] | frozenset[URIRef]
) -> str:
    if aligned is None:
        return f"{decision.document} is not among the documents of this build"
    if aligned.place(decision.quote, 1) is None:
        return f"{decision.document} does not say this any more"
    if decision.verdict == "reject":
        return ""
    if decision.predicate not in _LINKS:
        return f"{decision.predicate!r} is no link; known are {', '.join(sorted(_LINKS))}"
    for name in (decision.subject, decision.object):
        try:
            iri = expand(name)
        except UnknownNameError:
            return f"{name!r} is no identifier"
        if iri not in known and not name.startswith("document/"):
            return f"neither a vocabulary nor a document of this build sets out {name}"
    return ""


def _claim(
    decision: Decision,
    documents: Callable[[str], Document | None],
    aligned: Mapping[str, Aligned | None],
) -> Claim:
    document, text = documents(decision.document), aligned[decision.document]
    assert document is not None
    assert text is not None
    place = text.place(decision.quote, 1)
    assert place is not None
    return Claim(
        subject=expand(decision.subject),
        predicate=URIRef(NURT[decision.predicate]),
        object=expand(decision.object),
        basis="curated",
        confidence=1.0,
        rule=RULE,
        evidence=(document.evidence(place.start, place.end),),
    )
