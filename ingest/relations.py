"""Find what a sentence says between the things it names: who implements, supports, is part of what.

A link needs a cue phrase (``languages/*/cues.toml``) with one end on each side that it asks for, in one
clause, undenied. Lists distribute over a cue, list items take their lead-in's end, and a sentence that only
names where continues the one before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import URIRef

from .cues import Cues
from .gazetteer import Gazetteer
from .languages import Knowledge
from .parts import Parts
from .relating import Link
from .sentences import Sentence
from .support import Support
from .upward import Upward

__all__ = ["Link", "relate"]


class _Relater(Upward, Parts, Support):
    """Finds all links of a sentence; what one finder uses up the next leaves alone."""


def relate(
    sentence: Sentence, known: Knowledge, phrases: Cues, gazetteer: Gazetteer, roots: Sequence[URIRef]
) -> list[Link]:
    """The links that a sentence states.

    Args:
        roots: the instruments that the document sets out or describes; *this programme* means the first.
    """
    if sentence.wording.asks or sentence.wording.withdrawn:
        return []
    if not (sentence.resolved or sentence.wording.self_reference is not None):
        return []
    continued = sentence.before is not None and sentence.before.found.hit is not None
    if not sentence.wording.hits and sentence.lead is None and not continued:
        return []
    relater = _Relater(sentence, known, phrases, gazetteer, roots)
    links = [*relater.upward(), *relater.parts()]
    links += relater.supports()
    links += relater.continued()
    links += relater.repeated()
    links += relater.support_types()
    return links
