"""Tables of support by level: programme, part, type of support; to who supports whom with what.

A table is one of these where its headings name programme and type of support. What a row leaves open stays
open: a row without a type of support yields no type, one whose part is not known speaks of the programme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from rdflib import URIRef

from ...ontology.identifiers import PROGRAMME_PREFIXES, concept, element, instrument, is_code, short
from ...ontology.namespace import NURT
from ..claims import Claim, Review
from ..document import Document, Evidence
from .columns import Columns, find_columns
from .labels import authority, vocabulary
from .tables import Row, Table, reading_order
from .words import fold

__all__ = ["support_claims"]

_COLUMNS: Final[Mapping[str, re.Pattern[str]]] = {
    "level": re.compile(r"poziom|level"),
    "programme": re.compile(r"program|programme"),
    "part": re.compile(r"czesc|part"),
    "type": re.compile(r"(?:rodzaj|typ) wsparcia|type of support"),
    "scope": re.compile(r"zakres|scope"),
}
_NEEDED: Final = frozenset({"programme", "type"})
_AXIS: Final = re.compile(r"(?:oś priorytetowa|priority axis)\s+(?P<code>[IVX]+|\d+)\b", re.IGNORECASE)
_ALL_REGIONAL: Final = re.compile(
    r"(?:szesnascie|16|sixteen) (?:regionaln\w+ program\w+ operacyjn\w+|regional operational programmes)"
)
_REGIONAL: Final = tuple(sorted(slug for slug in PROGRAMME_PREFIXES.values() if slug.startswith("rpo-")))
_CLUSTERS: Final = re.compile(r"\b(?:klast(?:er|r)\w*|clusters?)\b", re.IGNORECASE)
_STATED: Final = 0.95
_OF_ALL: Final = 0.9
"""What is said of all sixteen at once may hold less exactly for each."""


def support_claims(document: Document) -> Iterator[Claim | Review]:
    """Who supports clusters, and by which type of support, from each row of a document's support tables.

    Yields a Review for a programme or a type of support that is not known.
    """
    heading = ""
    for item in reading_order(document):
        if not isinstance(item, Table):
            if item.kind == "heading":
                heading = document.text_of(item)
            continue
        columns = find_columns(item, _COLUMNS, needed=_NEEDED)
        if columns is None:
            continue
        about = bool(_CLUSTERS.search(heading))
        for row in item.rows:
            if row.index > columns.header_row and columns.line(item, row, "programme"):
                yield from _row(document, item, columns, row, about=about)


def _row(
    document: Document, table: Table, columns: Columns, row: Row, *, about: bool
) -> Iterator[Claim | Review]:
    evidence = row.evidence(document)
    programme = columns.line(table, row, "programme")
    who = _who(programme, columns.line(table, row, "part"))
    if not who:
        yield Review(evidence=evidence, reason=f"programme of a support table not known: {programme}")
        return
    confidence = _OF_ALL if len(who) > 1 else _STATED
    if about or _CLUSTERS.search(row.line):
        clusters = concept("beneficiary-type", "clusters")
        for subject in who:
            yield _claim(subject, NURT.supports, clusters, "beneficiary", confidence, evidence)
    printed = columns.line(table, row, "type")
    if not printed:
        return
    kind = vocabulary("support_types", "support-type").exact(printed)
    if kind is None:
        yield Review(evidence=evidence, reason=f"support type not in the vocabulary: {printed}")
        return
    for subject in who:
        yield _claim(subject, NURT.supportType, kind, "type", confidence, evidence)


def _claim(
    subject: URIRef, predicate: URIRef, target: URIRef, rule: str, confidence: float, evidence: Evidence
) -> Claim:
    return Claim(
        subject=subject,
        predicate=predicate,
        object=target,
        basis="stated",
        confidence=confidence,
        rule=f"support-table/{rule}",
        evidence=(evidence,),
    )


def _who(programme: str, part: str) -> tuple[URIRef, ...]:
    """What a row speaks of: the part if it is known, else the programme, or all programmes of a kind."""
    if _ALL_REGIONAL.search(fold(programme)):
        return tuple(instrument(slug) for slug in _REGIONAL)
    known = _known(programme, within="")
    if known is None:
        return ()
    axis = _AXIS.search(part)
    if axis and is_code(axis["code"].upper()):
        return (element(short(known), axis["code"].upper()),)
    return (_known(part, within=short(known)) or known,)


def _known(text: str, *, within: str) -> URIRef | None:
    """The programme, or the part of one, whose name the text gives; of several the one named last."""
    folded = f" {fold(text)} "
    classes = authority("instruments")
    found: list[tuple[int, int, URIRef]] = []
    for label, thing in vocabulary("instruments", "").concepts.items():
        is_part = classes.get(thing) not in (
            NURT.UnionProgramme,
            NURT.NationalProgramme,
            NURT.RegionalProgramme,
        )
        wanted = is_part and short(thing).startswith(f"{within}/") if within else not is_part
        place = folded.rfind(f" {label} ") if wanted else -1
        if place >= 0:
            found.append((place, len(label), thing))
    return max(found)[2] if found else None
