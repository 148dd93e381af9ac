"""Families of documents: what the layout of each kind means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final, cast

from ...errors import UnknownNameError
from ..catalogue import Entry
from ..claims import Claim, Element, Extraction, Review, Tally
from ..document import Document

__all__ = ["FAMILIES", "extract", "recognise"]

FAMILIES: Final = (
    "measure_cards",
    "programme",
    "finance_plan",
    "project_list",
    "regulation",
    "communication",
    "strategy",
    "transposition",
    "code_list",
    "article",
)
"""The families that nurt knows; of two that fit a document equally well, the first counts."""

_THRESHOLD: Final = 0.5
_CERTAIN: Final = 0.95
"""A layout that shows so clearly needs no look at the others."""

Score = Callable[[Document], float]
Extract = Callable[[Document, Entry], Iterator[Element | Claim | Review | Tally]]


@cache
def _family(name: str) -> tuple[Score, Extract]:
    module = import_module(f".{name}", __package__)
    return cast(Score, module.score), cast(Extract, module.extract)


def _present() -> tuple[str, ...]:
    return tuple(name for name in FAMILIES if find_spec(f".{name}", __package__) is not None)


def recognise(document: Document) -> str:
    """The family whose layout the document shows, or "" where none shows clearly."""
    best, highest = "", 0.0
    for name in _present():
        score = _family(name)[0](document)
        if score > highest:
            best, highest = name, score
        if highest >= _CERTAIN:
            break
    return best if highest >= _THRESHOLD else ""


def extract(document: Document, entry: Entry) -> Extraction:
    """What the document sets out and says by its layout.

    The catalogue's family counts; without one the family is recognised. A document of no known family yields
    nothing here: its mentions and relations are found all the same.

    Raises UnknownNameError where the catalogue names a family that there is none of.
    """
    name = entry.family or recognise(document)
    if not name:
        return Extraction(document=document.id)
    if name not in FAMILIES:
        raise UnknownNameError(
            f"{name!r} is no family of documents.", name=name, hint=f"Known are {', '.join(FAMILIES)}."
        )
    if not document.text.strip():
        return Extraction(document=document.id, family=name)
    return Extraction.collect(document.id, name, _family(name)[1](_printed(document), entry))


def _printed(document: Document) -> Document:
    """The document without blocks that print nothing; empty cells stay, they hold the others in place."""
    blocks = tuple(b for b in document.blocks if b.kind == "cell" or document.text_of(b).strip())
    return document if len(blocks) == len(document.blocks) else replace(document, blocks=blocks)
