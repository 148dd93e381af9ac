"""All the digests of the corpus, in the order of the catalogue."""

from __future__ import annotations

from .cards import measure_cards
from .catalogue import Digest
from .europe2020 import europe_2020
from .facts import Facts
from .finance import finance_plan
from .objectives import thematic_objectives

__all__ = ["digests"]


def digests(facts: Facts) -> list[Digest]:
    """Every digest."""
    return [
        europe_2020(facts),
        thematic_objectives(facts),
        *(measure_cards(name, facts) for name in facts.programmes),
        *(finance_plan(name, facts) for name in facts.programmes),
    ]
