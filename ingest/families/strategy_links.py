"""Tables of a strategy: what its objectives and targets serve, and which programmes and measures serve it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from ...ontology.identifiers import CCI_PROGRAMMES, concept, element, instrument, short, thematic_objective
from ...ontology.namespace import NURT
from ..claims import Claim, Element, Review
from ..document import Document
from .columns import listed_rows
from .europe2020 import flagship, headline_target, priority
from .labels import vocabulary
from .numbering import code_of
from .sources import citations
from .tables import tables
from .words import fold

__all__ = ["linked_measures", "programmes", "targets_and_priorities"]

Item = Element | Claim | Review


def _patterns(**columns: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in columns.items()}


_AREAS: Final = _patterns(
    code=r"kod|nr|code|no",
    name=r"obszar(?: priorytetowy)?|cel|kierunek|priorytet|area|objective",
    priority=r"priorytet strategii europa 2020|europe 2020 priority",
)
_TARGETS: Final = _patterns(
    name=r"cel krajowy|national target",
    value=r"wartosc|value",
    target=r"cel glowny strategii europa 2020|(?:europe 2020 )?headline target",
    note=r"uwagi|notes",
)
_PROGRAMMES: Final = _patterns(cci=r"cci|numer cci", objectives=r"cele? tematyczn\w+|thematic objectives?")
_MEASURES: Final = _patterns(programme=r"program|programme", measure=r"(?:pod)?dzialanie|(?:sub)?measure")
_CARRIED_OUT: Final = re.compile(
    r"\bprogram\w* .*\b(?:realizowan|realizuj|wdrazan|wdrazaj|implement|carr(?:y|ied))"
)
_UNKNOWN: Final = frozenset({"", "nieznane", "unknown"})


def targets_and_priorities(
    document: Document, name: str, codes: Mapping[str, URIRef], known: Mapping[str, URIRef]
) -> Iterator[Item]:
    """Areas that serve a priority of Europe 2020; national targets that serve a headline target.

    Args:
        name: slug of the strategy.
        codes: its objectives by normalised code.
    """
    for table, columns, row in listed_rows(tables(document), _AREAS, needed=frozenset(_AREAS)):
        said = columns.line(table, row, "priority")
        child = codes.get(code_of(columns.line(table, row, "code")))
        parent = priority(said) or flagship(said)
        if fold(said) in _UNKNOWN:
            continue
        if child is None or parent is None:
            yield Review(
                evidence=row.evidence(document), reason="objective or Europe 2020 priority not recognised"
            )
            continue
        yield Claim(
            subject=child,
            predicate=NURT.contributesTo,
            object=parent,
            basis="stated",
            confidence=1.0,
            rule="strategy/priority-of-objective",
            evidence=(row.evidence(document),),
        )
    needed = frozenset({"name", "value", "target"})
    for table, columns, row in listed_rows(tables(document), _TARGETS, needed=needed):
        label, said = columns.line(table, row, "name"), columns.line(table, row, "target")
        evidence = row.evidence(document)
        target = headline_target(said)
        iri = concept(f"{name}/target", label)
        note = columns.line(table, row, "note")
        yield Element(
            iri=iri,
            type=NURT.Objective,
            evidence=evidence,
            parent=instrument(name),
            labels=(Literal(label, lang=document.language or "pl"),),
            properties=(
                (
                    DCTERMS.description,
                    Literal(columns.line(table, row, "value"), lang=document.language or "pl"),
                ),
                *(((DCTERMS.description, Literal(note, lang=document.language or "pl")),) if note else ()),
                *((DCTERMS.source, address) for address in citations(row.line, known)),
            ),
        )
        if target is None:
            if fold(said) not in _UNKNOWN:
                yield Review(evidence=evidence, reason="headline target not recognised")
            continue
        yield Claim(
            subject=iri,
            predicate=NURT.contributesTo,
            object=target,
            basis="stated",
            confidence=1.0,
            rule="strategy/headline-target-of-national-target",
            evidence=(evidence,),
        )


def _heading_above(document: Document, offset: int) -> str:
    """The folded text of the last heading before an offset, or ""."""
    above = [b for b in document.blocks if b.kind == "heading" and b.start < offset]
    return fold(document.text_of(above[-1])) if above else ""


def programmes(document: Document, name: str) -> Iterator[Item]:
    """Programmes by CCI: the thematic objectives they select and, where the heading says that the strategy
    is carried out through them, that they implement it.

    Args:
        name: slug of the strategy.
    """
    for table, columns, row in listed_rows(tables(document), _PROGRAMMES, needed=frozenset(_PROGRAMMES)):
        programme = CCI_PROGRAMMES.get(columns.line(table, row, "cci"))
        numbers = re.findall(r"\d{1,2}", columns.line(table, row, "objectives"))
        evidence = row.evidence(document)
        if programme is None:
            yield Review(evidence=evidence, reason="programme not known by its CCI")
            continue
        if _CARRIED_OUT.search(_heading_above(document, table.start)):
            yield Claim(
                subject=instrument(programme),
                predicate=NURT.implements,
                object=instrument(name),
                basis="coded",
                confidence=1.0,
                rule="strategy/programme-by-cci",
                evidence=(evidence,),
            )
        for number in dict.fromkeys(numbers):
            if 1 <= int(number) <= 11:
                yield Claim(
                    subject=instrument(programme),
                    predicate=NURT.selects,
                    object=thematic_objective(number),
                    basis="coded",
                    confidence=1.0,
                    rule="strategy/objectives-of-programme",
                    evidence=(evidence,),
                )


def linked_measures(document: Document, name: str) -> Iterator[Item]:
    """Measures of programmes that a strategy lists as its own instruments, by programme and code."""
    for table, columns, row in listed_rows(tables(document), _MEASURES, needed=frozenset(_MEASURES)):
        evidence = row.evidence(document)
        programme = vocabulary("instruments", "").match(columns.line(table, row, "programme"))
        code = code_of(columns.line(table, row, "measure"))
        if programme is None or not code:
            yield Review(evidence=evidence, reason="programme or code of the measure not recognised")
            continue
        yield Claim(
            subject=element(short(programme.concept), code),
            predicate=NURT.contributesTo,
            object=instrument(name),
            basis="stated",
            confidence=1.0,
            rule="strategy/linked-measure",
            evidence=(evidence,),
        )
