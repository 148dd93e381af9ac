"""Only a graph that conforms to the shapes is published; a document that breaks them is left out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ..errors import InvalidGraphError
from ..graph.report import Report
from ..graph.store import Graph
from ..graph.validate import validate
from ..ontology.identifiers import short
from .claims import Extraction
from .inputs import Failure

__all__ = ["conforming", "without"]

_ROUNDS: Final = 3
"""How often documents are left out; what one sets out may be missing to others."""


def conforming(
    assembled: Callable[[frozenset[str]], bytes],
    extractions: Sequence[Extraction],
    paths: Mapping[str, Path],
    refused: Path,
) -> tuple[bytes, dict[str, Failure]]:
    """Return the graph that conforms to the shapes, and the documents that had to be left out of it.

    Args:
        assembled: makes the graph without the documents named.
        extractions: what the documents yield, in the order of the build: of two documents that contradict
            each other, the later one is left out.
        paths: of all documents of the build, by id.
        refused: where to write what is wrong with a graph that cannot be published.

    Raises InvalidGraphError where what is wrong is of no document, or no document would be left.
    """
    left_out: dict[str, Failure] = {}
    for _ in range(_ROUNDS):
        nquads = assembled(frozenset(left_out))
        found = validate(Graph.in_memory(nquads))
        if found.conforms:
            refused.unlink(missing_ok=True)
            return nquads, left_out
        blamed = _blamed(found, extractions, paths, left_out)
        if not blamed or len(left_out) + len(blamed) == len(paths):
            break
        left_out |= blamed
    refused.parent.mkdir(parents=True, exist_ok=True)
    refused.write_text(str(found), encoding="utf-8")
    raise InvalidGraphError(
        f"The new graph breaks the shapes in {len(found.findings)} places; the last good graph stays.",
        hint=f"What is wrong stands in {refused}.",
    )


def without(extractions: Sequence[Extraction], left_out: frozenset[str]) -> tuple[Extraction, ...]:
    """The extractions of the other documents, without what only a document left out gives evidence for."""
    if not left_out:
        return tuple(extractions)
    return tuple(
        replace(
            extraction,
            elements=tuple(e for e in extraction.elements if e.evidence.document not in left_out),
            claims=tuple(c for c in extraction.claims if c.evidence[0].document not in left_out),
            reviews=tuple(r for r in extraction.reviews if r.evidence.document not in left_out),
        )
        for extraction in extractions
        if extraction.document not in left_out
    )


def _blamed(
    found: Report,
    extractions: Sequence[Extraction],
    paths: Mapping[str, Path],
    left_out: Mapping[str, Failure],
) -> dict[str, Failure]:
    """The last document that sets out each thing that is wrong, and what is wrong with it."""
    last = {
        short(element.iri): extraction.document
        for extraction in extractions
        if extraction.document not in left_out
        for element in extraction.elements
    }
    blamed: dict[str, Failure] = {}
    for finding in found.findings:
        name = last.get(finding.focus, finding.document)
        if finding.severity == "violation" and name in paths and name not in left_out:
            blamed.setdefault(
                name,
                Failure(
                    str(paths[name]),
                    f"{paths[name]} is left out: what is read in it breaks the shapes, "
                    f"{finding.focus}: {finding.message_en}",
                    "Correct the document or its catalogue entry; if it was misread, report it.",
                ),
            )
    return blamed
