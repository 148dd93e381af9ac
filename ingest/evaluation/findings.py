"""What nurt finds in the documents of a folder, in the terms of the gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from rdflib import URIRef

from ...errors import InputError, UnknownNameError
from ...ontology.identifiers import normalise_code, short
from ...ontology.namespace import NURT
from ..cache import Cache, document_key
from ..catalogue import Entry
from ..claims import Claim, Element, Extraction
from ..codec import document_from_json, extraction_from_json
from ..disagreement import kept_apart
from ..document import Document, Evidence
from ..gazetteer import INSTRUMENTS, Gazetteer
from ..inputs import Failure, gather
from ..stages import Job, Json, read_document, run, sha256_of
from ..suggestions import suggest
from ..wording import infer

__all__ = [
    "Findings",
    "FoundAllocation",
    "FoundElement",
    "FoundMention",
    "FoundRelation",
    "find",
    "same_code",
]

_ELEMENTS: Final = frozenset(
    {
        NURT.Priority,
        NURT.HeadlineTarget,
        NURT.FlagshipInitiative,
        NURT.ThematicObjective,
        NURT.InvestmentPriority,
        NURT.Objective,
        NURT.ProgrammePart,
        NURT.PriorityAxis,
        NURT.SpecificObjective,
        NURT.Measure,
        NURT.SubMeasure,
        NURT.Project,
        NURT.Provision,
    }
)
_NAMED: Final = _ELEMENTS | INSTRUMENTS
RELATIONS: Final = frozenset(
    {
        NURT.implements,
        NURT.contributesTo,
        NURT.addresses,
        NURT.selects,
        NURT.eligible,
        NURT.supports,
        NURT.fundedBy,
        NURT.managedBy,
    }
)
"""What the gold annotates: ``partOf`` is in the elements, ``cites`` in the mentions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundElement:
    """A part that a document sets out, with every label and parent that was read."""

    iri: str
    kind: str
    code: str
    labels: frozenset[str]
    parents: frozenset[str]
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAllocation:
    """An amount planned for its owner."""

    owner: str
    amount: Decimal
    currency: str
    fund: str
    objective: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMention:
    """A resolved mention; ``method`` says how."""

    resources: tuple[str, ...]
    method: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRelation:
    """A link between two resources."""

    subject: str
    predicate: str
    object: str
    basis: str
    rule: str
    evidence: Evidence


@dataclass(slots=True, kw_only=True)
class Findings:
    """All that was found in one document; ``failure`` says why it could not be read."""

    path: Path
    document: Document | None = None
    family: str = ""
    own: frozenset[str] = frozenset()
    elements: list[FoundElement] = field(default_factory=list)
    allocations: list[FoundAllocation] = field(default_factory=list)
    mentions: list[FoundMention] = field(default_factory=list)
    relations: list[FoundRelation] = field(default_factory=list)
    failure: Failure | None = None


def same_code(code: str) -> str:
    """A code in the form in which gold and findings are compared."""
    try:
        return normalise_code(code)
    except UnknownNameError:
        return "".join(code.split()).casefold()


def find(
    folder: Path, context: Sequence[Path], *, cache: Path | None = None, processes: int = 1
) -> tuple[Findings, ...]:
    """Read, extract and link the documents of a folder as a build of it together with ``context`` does.

    Args:
        folder: documents, with their ``catalogue.toml`` if any.
        context: files and folders whose elements the documents may name, such as the shipped corpus.
        cache: where a build keeps what it read; what is there is not read again.
        processes: how many processes read at a time.

    Raises InputError where the folder or its catalogue cannot be used.
    """
    mine = gather([folder])
    if mine.failures:
        first = mine.failures[0]
        raise InputError(first.message, path=Path(first.path), hint=first.hint)
    around = gather(context).entries
    entries = [*around, *mine.entries]
    data, failures = _read(entries, Cache(cache) if cache else None, processes)
    known = [entry for entry in entries if entry.id in data]
    extracted = kept_apart([extraction_from_json(data[entry.id]["extraction"]) for entry in known])
    gazetteer = Gazetteer.build(element for extraction in extracted for element in extraction.elements)
    read = dict(zip((entry.id for entry in known), extracted, strict=True))
    found = []
    for entry in mine.entries:
        if entry.id in read:
            document = document_from_json(data[entry.id]["document"])
            found.append(_findings(document, entry, read[entry.id], gazetteer, extracted))
        else:
            found.append(Findings(path=entry.path, failure=failures[entry.id]))
    return tuple(found)


def _read(
    entries: Sequence[Entry], cache: Cache | None, processes: int
) -> tuple[dict[str, Json], dict[str, Failure]]:
    keys = {entry.id: document_key(entry, sha256_of(entry.path)) for entry in entries}
    data: dict[str, Json] = {}
    for entry in entries:
        kept = cache.load("read", keys[entry.id]) if cache else None
        if kept is not None:
            data[entry.id] = kept
    jobs: list[Job] = [(entry, {}) for entry in entries if entry.id not in data]
    failures: dict[str, Failure] = {}
    for entry, outcome in run(read_document, jobs, processes=processes):
        if isinstance(outcome, Failure):
            failures[entry.id] = outcome
            continue
        data[entry.id] = outcome
        if cache:
            cache.store("read", keys[entry.id], outcome)
    return data, failures


def _findings(
    document: Document,
    entry: Entry,
    extraction: Extraction,
    gazetteer: Gazetteer,
    extracted: Sequence[Extraction],
) -> Findings:
    from ..linking import link, linked

    links = link(document, entry, extraction.elements, gazetteer)
    together = [*(other for other in extracted if other.document != entry.id), extraction, links]
    wording = [found for found in (*infer(together), *suggest(together)) if found.document == entry.id]
    roots = [element for element in extraction.elements if element.type in INSTRUMENTS]
    own = {short(element.iri) for element in (*extraction.elements, *roots)}
    return Findings(
        path=entry.path,
        document=document,
        family=extraction.family,
        own=frozenset({*own, entry.instrument} - {""}),
        elements=list(_elements(extraction.elements)),
        allocations=list(_allocations(extraction)),
        mentions=[
            FoundMention(
                resources=tuple(short(target) for target in resolved.targets),
                method=resolved.method,
                evidence=evidence,
            )
            for evidence, resolved in linked(document, entry, gazetteer, extraction.elements)
            if resolved.type in _NAMED
        ],
        relations=list(_relations([extraction, links, *wording])),
    )


def _elements(elements: Iterable[Element]) -> Iterator[FoundElement]:
    grouped: dict[URIRef, list[Element]] = defaultdict(list)
    for element in elements:
        if element.type in _ELEMENTS:
            grouped[element.iri].append(element)
    for iri, same in grouped.items():
        if short(iri).startswith("act/") and len(short(iri).split("/")) > 4:
            continue  # below the article: not annotated
        yield FoundElement(
            iri=short(iri),
            kind=_local(same[0].type),
            code=same_code(next((element.code for element in same if element.code), "")),
            labels=frozenset(" ".join(str(label).split()) for element in same for label in element.labels),
            parents=frozenset(short(element.parent) for element in same if element.parent is not None),
            evidence=same[0].evidence,
        )


def _allocations(extraction: Extraction) -> Iterator[FoundAllocation]:
    owners = {
        claim.object: claim.subject for claim in extraction.claims if claim.predicate == NURT.hasAllocation
    }
    for element in extraction.elements:
        if element.type != NURT.Allocation or element.iri not in owners:
            continue
        said: dict[URIRef, Any] = dict(element.properties)
        linked = {
            claim.predicate: claim.object for claim in extraction.claims if claim.subject == element.iri
        }
        fund = said.get(NURT.fund, linked.get(NURT.fund))
        objective = said.get(NURT.thematicObjective, linked.get(NURT.thematicObjective))
        yield FoundAllocation(
            owner=short(owners[element.iri]),
            amount=Decimal(str(said.get(NURT.amount, "NaN"))),
            currency=str(said.get(NURT.currency, "")),
            fund=short(fund) if fund is not None else "",
            objective=short(objective) if objective is not None else "",
            evidence=element.evidence,
        )


def _relations(extractions: Iterable[Extraction]) -> Iterator[FoundRelation]:
    seen: set[tuple[URIRef, URIRef, URIRef, str]] = set()
    claims: list[Claim] = [claim for extraction in extractions for claim in extraction.claims]
    for claim in claims:
        key = (claim.subject, claim.predicate, claim.object, claim.basis)
        if claim.predicate not in RELATIONS or key in seen:
            continue
        seen.add(key)
        yield FoundRelation(
            subject=short(claim.subject),
            predicate=_local(claim.predicate),
            object=short(claim.object),
            basis=claim.basis,
            rule=claim.rule,
            evidence=claim.evidence[0],
        )


def _local(term: URIRef) -> str:
    return str(term).rpartition("#")[2]
