"""The table beside the cards that lists a programme's specific objectives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from ...ontology.identifiers import objective
from ...ontology.namespace import NURT
from ..claims import Claim, Element, Review
from .cards_tree import Tree
from .numbering import code_of, heading
from .programmes import investment_priorities
from .sources import citations
from .tables import Table, tables
from .words import fold

__all__ = ["specific_objectives"]

Item = Element | Claim | Review
_CODE: Final = re.compile(r"(?:Cel\s+szczeg[óo][łl]owy\s+)?(?P<code>[\w.]+)\s*")


def _headed(tree: Tree, beginning: str) -> Iterator[Table]:
    for table in tables(tree.document):
        if fold(table.rows[0].line).startswith(beginning):
            yield table


def specific_objectives(tree: Tree, known: Mapping[str, URIRef]) -> Iterator[Item]:
    """Objectives with their axis or measure and investment priority, from a table that lists them."""
    for table in _headed(tree, "cel szczegolowy nazwa"):
        for row in table.rows[1:]:
            cells = {cell.column: cell for cell in row.cells}
            evidence = row.evidence(tree.document)
            match = _CODE.fullmatch(cells[0].line) if 0 in cells else None
            if match is None or not code_of(match["code"]) or 1 not in cells:
                yield Review(evidence=evidence, reason="a specific objective without a code or a name")
                continue
            iri = objective(tree.slug, match["code"])
            owner = heading(cells[2].line) if 2 in cells else None
            parent = tree.drafts.get(owner.code) if owner else None
            yield Element(
                iri=iri,
                type=NURT.SpecificObjective,
                evidence=evidence,
                parent=tree.programme.iri
                if parent is None or owner is None or owner.kind != "axis"
                else parent.iri,
                code=match["code"],
                labels=(Literal(cells[1].line, lang="pl"),),
                properties=tuple((DCTERMS.source, address) for address in citations(row.line, known)),
            )
            if owner is not None and parent is not None and owner.kind != "axis":
                yield Claim(
                    subject=parent.iri,
                    predicate=NURT.contributesTo,
                    object=iri,
                    basis="stated",
                    confidence=1.0,
                    rule="measure-cards/specific-objective",
                    evidence=(evidence,),
                )
            for target, _, _ in investment_priorities(cells[3].line) if 3 in cells else ():
                yield Claim(
                    subject=iri,
                    predicate=NURT.addresses,
                    object=target,
                    basis="coded",
                    confidence=1.0,
                    rule="measure-cards/priority-code",
                    evidence=(evidence,),
                )
