"""Which of the names that fit a mention may count at all, and which of several things is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from rdflib import URIRef

from ..ontology.identifiers import region, short
from ..ontology.namespace import ID, NURT
from .context import LAYOUT, Context
from .gazetteer import INSTRUMENTS, Name

__all__ = ["Here", "acceptable", "narrowed", "younger"]

_EUROPE_2020: Final = ID["europe-2020"]


class Here:
    """Where one mention stands.

    Args:
        nearby: instruments and regions named in the same sentence, nearest first.
        lemmas: of each neighbouring word.
    """

    def __init__(
        self, context: Context, nearby: Sequence[URIRef], lemmas: Iterable[frozenset[str]] = ()
    ) -> None:
        self.context = context
        self.nearby = nearby
        self._lemmas = lemmas

    @cached_property
    def words(self) -> frozenset[str]:
        """The lemmas of the neighbouring words."""
        return frozenset().union(*self._lemmas)

    @cached_property
    def programmes(self) -> list[str]:
        """Slugs of the instruments in force here, nearest first."""
        return self.context.programmes(self.nearby)

    def beside(self, cls: str) -> bool:
        """Whether a neighbouring word asks for a class, given by its local name."""
        return not self.words.isdisjoint(self.context.known.contexts[cls])


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a wording looks like: how many words it has, its letters and digits, whether it holds a code."""

    length: int
    core: str
    coded: bool


@lru_cache(maxsize=1 << 14)
def _shape(text: str) -> _Shape:
    return _Shape(
        length=len(re.findall(r"\w{2,}", text)),
        core=re.sub(r"\W+", "", text),
        coded=re.search(r"[A-Z]{3}-|\d{4}", text) is not None,
    )


def _in_its_programme(name: Name, here: Here) -> bool:
    return name.programme in here.programmes[:2] and _shape(name.text).length >= 3


def _part(name: Name, here: Here) -> bool:
    shape = _shape(name.text)
    coded = name.kind != "label" or shape.coded
    return (coded and len(shape.core) > 4) or name.programme in here.programmes[:3]


def _target(name: Name, here: Here) -> bool:  # noqa: ARG001 - one signature for all classes
    return _shape(name.text).length >= 4


def _thematic(name: Name, here: Here) -> bool:
    return _shape(name.text).length >= 4 and here.beside("ThematicObjective")


def _investment(name: Name, here: Here) -> bool:
    return _shape(name.text).length >= 4 and here.beside("InvestmentPriority")


def _priority(name: Name, here: Here) -> bool:  # noqa: ARG001 - one signature for all classes
    return _EUROPE_2020 in here.context.named


def _instrument(name: Name, here: Here) -> bool:
    if name.kind != "acronym":
        return _plain(name, here)
    core = _shape(name.text).core
    if len(core) <= 3 and not any(character.isdigit() for character in core):
        return name.iri in here.context.named or name.iri in here.context.own
    return True


def _programme(name: Name, here: Here) -> bool:
    if name.kind == "acronym" or _is_programme_name(name, here.context):
        return _instrument(name, here)
    return here.beside("Programme")


def _plain(name: Name, here: Here) -> bool:  # noqa: ARG001 - one signature for all classes
    return _shape(name.text).length >= 2 or not name.derived


_ACCEPTED: Final[dict[URIRef, Callable[[Name, Here], bool]]] = {
    **dict.fromkeys((*LAYOUT, NURT.Objective), _in_its_programme),
    **dict.fromkeys(INSTRUMENTS, _instrument),
    NURT.NationalProgramme: _programme,
    NURT.RegionalProgramme: _programme,
    NURT.ProgrammePart: _part,
    NURT.HeadlineTarget: _target,
    NURT.ThematicObjective: _thematic,
    NURT.InvestmentPriority: _investment,
    NURT.Priority: _priority,
}


def acceptable(name: Name, here: Here) -> bool:
    """Whether a name, found in running text, may count at all.

    Labels that are common words need what makes them names: their programme, their level, their full form.
    """
    return _ACCEPTED.get(name.type, _plain)(name, here)


def _is_programme_name(name: Name, context: Context) -> bool:
    """Whether a label says by itself that it is one: *PO Polska Wschodnia*, not *Technical Assistance*."""
    written = _written(name.text)
    return not written.isdisjoint(context.known.contexts["Programme"]) or any(
        part.isdigit() for part in written
    )


@lru_cache(maxsize=1 << 12)
def _written(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _by_context(names: Sequence[Name], here: Here) -> list[Name]:
    """The names whose class the neighbouring words ask for; all of them where none does."""
    for cls in here.context.known.contexts:
        chosen = [name for name in names if str(name.type).endswith(f"#{cls}")]
        if chosen and here.beside(cls):
            return chosen
    flagships = [name for name in names if name.type == NURT.FlagshipInitiative]
    return flagships or list(names)


def younger(name: Name, context: Context) -> bool:
    """Whether the thing named came into being after the document."""
    return bool(context.entry.date and name.since and name.since > context.entry.date)


def narrowed(names: list[Name], text: str, here: Here) -> list[Name]:
    """Of names of several things those that the text means, by one criterion after the other.

    Args:
        text: the mention as written.
    """

    def unless_none(kept: list[Name]) -> list[Name]:
        return kept or names

    context = here.context
    regions = {short(iri) for iri in here.nearby} | {short(region(context.entry.publisher))}
    recent = {target for resolved in context.recent[-12:] for target in resolved.targets}
    criteria: tuple[Callable[[Name], bool], ...] = (
        lambda name: not younger(name, context),
        lambda name: name.text == text,
        # In its own document an instrument's name means the instrument, elsewhere those that it is for.
        lambda name: name.iri in context.roots,
        lambda name: name.type == NURT.BeneficiaryType and name.iri not in context.own,
        lambda name: name.type == NURT.Region,
        lambda name: bool(name.region) and name.region in regions,
        lambda name: name.iri in context.own,
    )
    for criterion in criteria:
        names = unless_none([name for name in names if criterion(name)])
        if len({name.iri for name in names}) == 1:
            return names
    names = _by_context(names, here)
    names = unless_none([name for name in names if name.iri in recent])
    whole = [name for name in names if all(str(other.iri).startswith(str(name.iri)) for other in names)]
    return whole or names
