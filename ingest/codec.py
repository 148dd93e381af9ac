"""Documents and extractions to JSON and back: so that unchanged documents are not read again."""

from __future__ import annotations

from typing import Any

from rdflib import Literal, URIRef

from .claims import Claim, Element, Extraction, Node, Review, Tally
from .document import Block, Document, Evidence

__all__ = [
    "document_from_json",
    "document_to_json",
    "extraction_from_json",
    "extraction_to_json",
    "rows_from_json",
    "rows_to_json",
]

Json = dict[str, Any]

_BLOCK_DEFAULTS: Json = {
    name: Block.__dataclass_fields__[name].default
    for name in Block.__dataclass_fields__
    if name not in ("kind", "start", "end")
}


def document_to_json(document: Document) -> Json:
    """The document as plain lists and texts; block fields that have their default are left out."""
    return {
        "id": document.id,
        "text": document.text,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "language": document.language,
        "page_starts": list(document.page_starts),
        "metadata": document.metadata,
        "warnings": list(document.warnings),
        "blocks": [
            [
                block.kind,
                block.start,
                block.end,
                {
                    name: value
                    for name, default in _BLOCK_DEFAULTS.items()
                    if (value := getattr(block, name)) != default
                },
            ]
            for block in document.blocks
        ],
    }


def document_from_json(data: Json) -> Document:
    """The inverse of ``document_to_json``."""
    return Document(
        id=data["id"],
        text=data["text"],
        media_type=data["media_type"],
        sha256=data["sha256"],
        language=data["language"],
        page_starts=tuple(data["page_starts"]),
        metadata=data["metadata"],
        warnings=tuple(data["warnings"]),
        blocks=tuple(
            Block(kind=kind, start=start, end=end, **rest) for kind, start, end, rest in data["blocks"]
        ),
    )


def _node(node: Node) -> list[str | None]:
    if isinstance(node, URIRef):
        return [str(node)]
    return [str(node), node.language, str(node.datatype) if node.datatype else None]


def _to_node(data: list[str | None]) -> Node:
    if len(data) == 1:
        return URIRef(str(data[0]))
    return Literal(data[0], lang=data[1], datatype=URIRef(data[2]) if data[2] else None)


def _to_literal(data: list[str | None]) -> Literal:
    node = _to_node(data)
    if not isinstance(node, Literal):
        raise ValueError(f"not a literal: {data}")
    return node


def _evidence(evidence: Evidence) -> list[str | int | None]:
    return [evidence.document, evidence.start, evidence.end, evidence.quote, evidence.page]


def extraction_to_json(extraction: Extraction) -> Json:
    """The extraction as plain lists and texts."""
    return {
        "document": extraction.document,
        "family": extraction.family,
        "elements": [
            {
                "iri": element.iri,
                "type": element.type,
                "evidence": _evidence(element.evidence),
                "parent": element.parent,
                "code": element.code,
                "labels": [_node(label) for label in element.labels],
                "properties": [[predicate, _node(value)] for predicate, value in element.properties],
            }
            for element in extraction.elements
        ],
        "claims": [
            {
                "link": [claim.subject, claim.predicate, claim.object],
                "basis": claim.basis,
                "confidence": claim.confidence,
                "rule": claim.rule,
                "evidence": [_evidence(evidence) for evidence in claim.evidence],
                "words": list(claim.words),
            }
            for claim in extraction.claims
        ],
        "reviews": [
            {
                "evidence": _evidence(review.evidence),
                "reason": review.reason,
                "candidates": list(review.candidates),
            }
            for review in extraction.reviews
        ],
        "rows": rows_to_json(extraction.rows),
    }


def rows_to_json(rows: Tally | None) -> Json | None:
    """The account of a list's rows, as ``report.json`` has it: ``read`` is the sum of the others."""
    if rows is None:
        return None
    return {
        "read": rows.read,
        "taken": rows.taken,
        "merged": rows.merged,
        "set_aside": dict(rows.set_aside),
    }


def rows_from_json(data: Json | None) -> Tally | None:
    """The inverse of ``rows_to_json``."""
    if data is None:
        return None
    return Tally(taken=data["taken"], merged=data["merged"], set_aside=tuple(data["set_aside"].items()))


def extraction_from_json(data: Json) -> Extraction:
    """The inverse of ``extraction_to_json``."""
    return Extraction(
        document=data["document"],
        family=data["family"],
        elements=tuple(
            Element(
                iri=URIRef(item["iri"]),
                type=URIRef(item["type"]),
                evidence=Evidence(*item["evidence"]),
                parent=URIRef(item["parent"]) if item["parent"] else None,
                code=item["code"],
                labels=tuple(_to_literal(label) for label in item["labels"]),
                properties=tuple((URIRef(p), _to_node(value)) for p, value in item["properties"]),
            )
            for item in data["elements"]
        ),
        claims=tuple(
            Claim(
                subject=URIRef(item["link"][0]),
                predicate=URIRef(item["link"][1]),
                object=URIRef(item["link"][2]),
                basis=item["basis"],
                confidence=item["confidence"],
                rule=item["rule"],
                evidence=tuple(Evidence(*place) for place in item["evidence"]),
                words=tuple(item["words"]),
            )
            for item in data["claims"]
        ),
        reviews=tuple(
            Review(
                evidence=Evidence(*item["evidence"]),
                reason=item["reason"],
                candidates=tuple(URIRef(candidate) for candidate in item["candidates"]),
            )
            for item in data["reviews"]
        ),
        rows=rows_from_json(data["rows"]),
    )
