"""All the digests of the corpus, in the order of the catalogue."""

from __future__ import annotations

from .acts import communications, regulations
from .article import article
from .cards import measure_cards
from .catalogue import Digest
from .europe2020 import europe_2020
from .facts import Facts
from .fields import intervention_fields
from .finance import finance_plan
from .objectives import thematic_objectives
from .strategies import strategies
from .union import cosme, horizon_2020

__all__ = ["digests"]


def digests(facts: Facts) -> list[Digest]:
    """Every digest."""
    return [
        europe_2020(facts),
        *communications(facts),
        thematic_objectives(facts),
        *regulations(facts),
        horizon_2020(facts),
        cosme(facts),
        intervention_fields(facts),
        *strategies(facts),
        article(),
        *(measure_cards(name, facts) for name in facts.programmes),
        *(finance_plan(name, facts) for name in facts.programmes),
    ]
