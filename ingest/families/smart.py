"""Lists of smart specialisations, national and regional."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from ...ontology.identifiers import PROGRAMME_PREFIXES, concept, instrument, region
from ...ontology.namespace import NURT
from ..claims import Claim, Element, Review
from ..document import Document
from .sources import citations
from .tables import tables
from .words import fold

__all__ = ["specialisations"]

_HEAD: Final = re.compile(r"(?:kod|code) (?:inteligentna specjalizacja|smart specialisation)\b.*")
_CUT: Final = re.compile(r"\s*(?:\u2026|\.\.\.)\s*$")


def specialisations(
    document: Document, owner: str, known: Mapping[str, URIRef]
) -> Iterator[Element | Claim | Review]:
    """The specialisations that a table lists, with the region they are for.

    Args:
        owner: slug of the regional programme or of the national list that the document is.
    """
    regional = owner.startswith("rpo-") and owner in PROGRAMME_PREFIXES.values()
    name = owner.removeprefix("rpo-")
    for table in tables(document):
        if not _HEAD.fullmatch(fold(table.rows[0].line)):
            continue
        for row in table.rows[1:]:
            cells = {cell.column: cell for cell in row.cells if cell.line}
            if 1 not in cells:
                yield Review(evidence=row.evidence(document), reason="a smart specialisation without a name")
                continue
            code = cells[0].line if 0 in cells else ""
            evidence = document.evidence(cells[1].start, cells[1].end)
            key = f"{name}-{code.removeprefix(name.upper())}" if code else f"{name}-{cells[1].line}"
            iri = concept("smart-specialisation", key)
            yield Element(
                iri=iri,
                type=NURT.SmartSpecialisation,
                evidence=evidence,
                parent=None if regional else instrument(owner),
                code=code,
                labels=(Literal(_CUT.sub("", cells[1].line), lang="pl"),),
                properties=tuple((DCTERMS.source, address) for address in citations(row.line, known)),
            )
            if regional:
                yield Claim(
                    subject=iri,
                    predicate=NURT.coversRegion,
                    object=region(name),
                    basis="stated",
                    confidence=1.0,
                    rule="smart-specialisations/region-of-list",
                    evidence=(evidence,),
                )
