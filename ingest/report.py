"""What a build says of itself: the report (what was understood and what not) and the manifest (from what)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from ..ontology.identifiers import short
from .catalogue import Entry
from .claims import Extraction, Tally
from .codec import rows_from_json
from .curating import Curated, shown
from .decisions import Decision
from .inputs import Failure
from .stages import Json

__all__ = ["HashedInput", "manifest_of", "report_of", "rows_of", "warnings_of"]


@dataclass(frozen=True, slots=True)
class HashedInput:
    """A document of a build: its entry, the hash of its bytes, and the key of what is kept of it."""

    entry: Entry
    sha256: str
    key: str


def report_of(
    inputs: Sequence[HashedInput],
    read: dict[str, Json],
    extractions: Sequence[Extraction],
    failures: list[Failure],
    curated: Curated,
) -> dict[str, Any]:
    """What was understood and what was not, for people and for ``nurt info``; the same for the same input."""
    reviews = [
        {
            "document": review.evidence.document,
            "page": review.evidence.page,
            "start": review.evidence.start,
            "quote": shown(review.evidence.quote),
            "reason": review.reason,
            "candidates": [short(candidate) for candidate in review.candidates],
        }
        for extraction in extractions
        for review in extraction.reviews
    ]
    documents = {}
    for item in inputs:
        name = item.entry.id
        if name in read:
            kept = read[name]
            mine = [extraction for extraction in extractions if extraction.document == name]
            documents[name] = {
                "family": kept["extraction"]["family"],
                "language": kept["document"]["language"],
                "pages": len(kept["document"]["page_starts"]) or None,
                "blocks": len(kept["document"]["blocks"]),
                "elements": sum(len(extraction.elements) for extraction in mine),
                "claims": Counter(claim.basis for extraction in mine for claim in extraction.claims),
                "reviews": sum(len(extraction.reviews) for extraction in mine),
                "rows": kept["extraction"]["rows"],
                "warnings": kept["document"]["warnings"],
            }
    return {
        "documents": documents,
        "failures": [asdict(failure) for failure in failures],
        "reviews": sorted(reviews, key=lambda review: (review["document"], review["start"])),
        "decisions": {
            "applied": [_decided(decision) for decision in curated.applied],
            "lapsed": [f"{_said(one.decision)}: {one.why}" for one in curated.lapsed],
        },
    }


def _decided(decision: Decision) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(decision).items() if value}


def _said(decision: Decision) -> str:
    link = " ".join(filter(None, (decision.subject, decision.predicate, decision.object)))
    return f"{decision.verdict} {link or decision.reason} ({decision.document}, {decision.by}, {decision.on})"


def warnings_of(report: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """What was read only in part, by document id."""
    return {
        name: tuple(found["warnings"]) for name, found in report["documents"].items() if found["warnings"]
    }


def rows_of(report: dict[str, Any]) -> dict[str, Tally]:
    """What became of the rows of each list, by document id."""
    counted = {name: rows_from_json(found.get("rows")) for name, found in report["documents"].items()}
    return {name: rows for name, rows in counted.items() if rows is not None}


def manifest_of(inputs: Sequence[HashedInput], read: dict[str, Json], key: str) -> dict[str, Any]:
    """What the graph was built from, by whom and when."""
    return {
        "key": key,
        "nurt": version("nurt"),
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "documents": {
            item.entry.id: {
                "path": str(item.entry.path),
                "sha256": item.sha256,
                "media_type": read[item.entry.id]["document"]["media_type"],
                "page_starts": read[item.entry.id]["document"]["page_starts"],
            }
            for item in inputs
        },
    }
