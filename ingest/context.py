"""What is known where a mention stands: whose document it is, what it has named, what was resolved before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from ..errors import UnknownNameError
from ..ontology.identifiers import normalise_code, short
from ..ontology.namespace import NURT
from .catalogue import Entry
from .gazetteer import INSTRUMENTS, Gazetteer, Name
from .languages import Knowledge

if TYPE_CHECKING:
    from .resolve import Resolved

__all__ = ["LAYOUT", "Context"]

LAYOUT: Final = frozenset(
    {NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure, NURT.SpecificObjective, NURT.Project}
)
"""Classes whose members a document sets out by its layout."""
_PLACES: Final = INSTRUMENTS | {NURT.Region}


@dataclass(slots=True, kw_only=True)
class Context:
    """What is known where a mention stands.

    Args:
        own: what the document sets out or describes itself, root instruments first.
        named: what the document names in full somewhere.
        recent: what was resolved before, in order; the latest last.
        listed: the latest list of three instruments or more.
        together: the latest instruments that one sentence named, two or more.
    """

    entry: Entry
    gazetteer: Gazetteer
    known: Knowledge
    own: frozenset[URIRef]
    roots: tuple[URIRef, ...] = ()
    named: set[URIRef] = field(default_factory=set)
    recent: list[Resolved] = field(default_factory=list)
    listed: tuple[URIRef, ...] = ()
    together: tuple[URIRef, ...] = ()
    _parts: dict[str, URIRef] | None = None
    _places: dict[int, tuple[tuple[Name, ...], tuple[URIRef, ...]]] = field(default_factory=dict)
    _possible: dict[int, tuple[tuple[Name, ...], tuple[Name, ...]]] = field(default_factory=dict)

    def places(self, names: tuple[Name, ...]) -> tuple[URIRef, ...]:
        """The instruments and regions among the things of these names."""
        known = self._places.get(id(names))
        if known is None:
            # The names are kept with the result, so that no other tuple can come to have their id.
            iris = tuple(name.iri for name in names if name.type in _PLACES)
            known = self._places[id(names)] = (names, iris)
        return known[1]

    def possible(self, names: tuple[Name, ...]) -> tuple[Name, ...]:
        """The names that may be meant here: in its own document a label is layout, which the family reads.

        A measure's title may be that of three hundred others: what never counts is left out once.
        """
        known = self._possible.get(id(names))
        if known is None:
            left = tuple(name for name in names if name.type not in LAYOUT or name.iri not in self.own)
            known = self._possible[id(names)] = (names, left)
        return known[1]

    def own_part(self, level: str, code: str) -> URIRef | None:
        """What the document itself sets out under a code: *Measure I.2*, *Kierunek działań 2.2*."""
        if self._parts is None:
            self._parts = {}
            for iri in self.own:
                _, _, path = short(iri).partition("/")
                self._parts.setdefault(path, iri)
        try:
            number = normalise_code(code)
        except UnknownNameError:
            number = code.lower()
        return self._parts.get(f"objective/{number}" if level == "objective" else number)

    def programmes(self, nearby: Sequence[URIRef]) -> list[str]:
        """Slugs of the instruments in force here, nearest first."""
        found = [*nearby, *self.roots]
        found += [target for resolved in reversed(self.recent[-6:]) for target in resolved.targets[:1]]
        return list(dict.fromkeys(short(iri).split("/")[0] for iri in found))
