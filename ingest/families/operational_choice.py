"""What an operational programme chooses: thematic objectives and investment priorities.

Model: Table 1 of Annex I to Commission Implementing Regulation (EU) No 288/2014.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from rdflib import URIRef

from ...ontology.identifiers import instrument, thematic_objective
from ...ontology.namespace import NURT
from ..claims import Claim, Review, Tally
from ..document import Document
from .operational_tables import Listing, claim
from .programmes import investment_priorities
from .tables import Table

__all__ = ["COLUMNS", "Choices"]

COLUMNS: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "objective": r"(?:selected )?thematic objective|(?:wybrany )?cel tematyczny",
        "priority": r"(?:selected )?investment priority|(?:wybrany )?priorytet inwestycyjny",
        "why": r"justification.*|uzasadnienie.*",
    }.items()
}
_OBJECTIVE: Final = re.compile(r"(?:CT|TO)?\s*0?(?P<number>1[01]|[1-9])(?!\d)")


class Choices:
    """Collects Table 1, which may go on over pages."""

    def __init__(self, document: Document, slug: str) -> None:
        self.document, self.programme = document, instrument(slug)
        self.listing = Listing(COLUMNS, frozenset(COLUMNS))
        self.claims: dict[URIRef, Claim] = {}
        self.reviews: list[Review] = []
        self.taken = 0
        self.aside: Counter[str] = Counter()

    def take(self, table: Table) -> bool:
        """Read a table if it justifies a choice; whether it does."""
        sections = self.listing.sections(table)
        for columns, row in ((section.columns, row) for section in sections for row in section.rows):
            evidence = row.evidence(self.document)
            said = self.listing.text(table, columns, row, "priority")
            numbered = _OBJECTIVE.match(self.listing.text(table, columns, row, "objective"))
            chosen = [iri for iri, _, _ in investment_priorities(f"PI {said}")[:1]]
            chosen += [thematic_objective(numbered["number"])] if numbered else []
            for iri in chosen:
                found = claim(self.programme, NURT.selects, iri, "choice", evidence)
                self.claims.setdefault(iri, found)
            if chosen:
                self.taken += 1
                continue
            reason = "neither a thematic objective nor an investment priority by its number"
            self.aside[reason] += 1
            self.reviews.append(Review(evidence=evidence, reason=reason))
        return bool(sections)

    def result(self) -> Iterator[Claim | Review | Tally]:
        """Claims, reviews, what became of the rows."""
        yield from self.claims.values()
        yield from self.reviews
        if self.taken or self.aside:
            yield Tally(taken=self.taken, set_aside=tuple(sorted(self.aside.items())))
