"""Where things stand: a column for each level, an order within it, and which things the page opens on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from ..ontology.identifiers import instrument
from ..ontology.levels import LEVELS
from ..queries.links import BASES, UPWARD, Link
from .network import Thing, things

if TYPE_CHECKING:
    from .network import Lineages

__all__ = [
    "COLUMNS",
    "GAP",
    "SPACE",
    "STRATEGIES",
    "Column",
    "column_of",
    "drawn_links",
    "opening",
    "place",
    "representative",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the picture.

    Args:
        levels: keys of the levels that share it.
        label_pl, label_en: what stands above it.
        width, height: of the boxes in it, in pixels at zoom 1.
        lines: of text in a box.
    """

    levels: tuple[str, ...]
    label_pl: str
    label_en: str
    width: int
    height: int
    lines: int


GAP: Final = 54
"""Between columns, in pixels at zoom 1."""
SPACE: Final = 9
"""Between boxes of a column."""

_WORDS: Final = {level.key: (level.label_pl, level.label_en) for level in LEVELS}
_SIZES: Final = {
    "regulation": (150, 46, 2),
    "thematic_objective": (196, 58, 3),
    "investment_priority": (196, 58, 3),
    "programme": (238, 27, 1),
    "beneficiary_type": (168, 46, 2),
    "project": (196, 46, 2),
}


def _column(key: str) -> Column:
    polish, english = _WORDS[key]
    width, height, lines = _SIZES.get(key, (184, 58, 3))
    return Column(levels=(key,), label_pl=polish, label_en=english, width=width, height=height, lines=lines)


COLUMNS: Final[tuple[Column, ...]] = (
    Column(levels=("strategy",), label_pl="Strategia", label_en="Strategy", width=128, height=58, lines=3),
    Column(levels=("priority",), label_pl="Priorytet", label_en="Priority", width=140, height=58, lines=3),
    Column(
        levels=("headline_target", "flagship"),
        label_pl="Cele i inicjatywy przewodnie",
        label_en="Targets and flagships",
        width=160,
        height=44,
        lines=2,
    ),
    Column(levels=(), label_pl="Strategie", label_en="Strategies", width=146, height=44, lines=2),
    Column(
        levels=(),
        label_pl="Strategie niższego rzędu",
        label_en="Strategies below",
        width=146,
        height=44,
        lines=2,
    ),
    *(
        _column(level.key)
        for level in LEVELS
        if level.key not in ("strategy", "priority", "headline_target", "flagship")
    ),
)
"""Left to right; strategies below the first stand in the fourth and fifth, by how many are above them."""

_BY_LEVEL: Final = {key: number for number, column in enumerate(COLUMNS) for key in column.levels}
STRATEGIES: Final = (3, 4)
"""The columns of strategies below the first."""
_OPEN: Final = {"strategy", "priority", "headline_target", "flagship", "thematic_objective", "programme"}
_ROOT: Final = instrument("europe-2020")


def column_of(lineages: Lineages) -> dict[URIRef, int]:
    """The column of each thing of a level; things beside the lineage have none."""
    known = things(lineages)

    @cache
    def above(iri: URIRef) -> frozenset[URIRef]:
        return frozenset(
            parent
            for _, parent, data in lineages.out_edges(iri, data=True)
            if known[parent].level and any(link.predicate in UPWARD for link in data["links"])
        )

    columns: dict[URIRef, int] = {}
    for iri, thing in known.items():
        if thing.level == "strategy" and iri != _ROOT and above(iri):
            upper = [p for p in above(iri) if known[p].level == "strategy" and p != _ROOT and above(p)]
            columns[iri] = STRATEGIES[bool(upper)]
        elif thing.level:
            columns[iri] = _BY_LEVEL[thing.level]
    return columns


def representative(iri: URIRef, drawn: Collection[URIRef], homes: Mapping[URIRef, URIRef]) -> URIRef | None:
    """What stands in the picture for a thing: itself if drawn, else the nearest whole that is."""
    at: URIRef | None = iri
    while at is not None and at not in drawn:
        at = homes.get(at)
    return at


def drawn_links(
    lineages: Lineages, drawn: Collection[URIRef], homes: Mapping[URIRef, URIRef]
) -> dict[tuple[URIRef, URIRef], tuple[Link, ...]]:
    """The upward links of all things, drawn between what stands for their ends; child first."""
    known = things(lineages)
    kept = set(drawn)
    found: dict[tuple[URIRef, URIRef], list[Link]] = {}
    for child, parent, data in lineages.edges(data=True):
        if not known[parent].level or known[parent].level == "beneficiary_type":
            continue
        ends = representative(child, kept, homes), representative(parent, kept, homes)
        upward = [link for link in data["links"] if link.predicate in UPWARD]
        if upward and ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            found.setdefault((ends[0], ends[1]), []).extend(upward)
    return {ends: tuple(links) for ends, links in found.items()}


def strongest(links: Iterable[Link]) -> str:
    """The strongest basis of any claim behind links."""
    return min((link.best.basis for link in links), key=BASES.index)


def opening(lineages: Lineages, homes: Mapping[URIRef, URIRef]) -> tuple[URIRef, ...]:
    """What the page opens on: from Europe 2020 down to the programmes, whatever hangs together with it."""
    known = things(lineages)
    wide = {
        iri
        for iri, thing in known.items()
        if (thing.level in _OPEN and iri not in homes) or _is_root_part(thing)
    }
    links = drawn_links(lineages, wide, homes)
    joined: dict[URIRef, set[URIRef]] = {}
    for child, parent in links:
        joined.setdefault(child, set()).add(parent)
        joined.setdefault(parent, set()).add(child)
    reached = {_ROOT} & wide
    edge = list(reached)
    while edge:
        for other in joined.get(edge.pop(), ()):
            if other not in reached:
                reached.add(other)
                edge.append(other)
    shown = reached or wide
    return tuple(iri for iri in known if iri in shown)


def _is_root_part(thing: Thing) -> bool:
    return thing.level in ("priority", "headline_target", "flagship", "thematic_objective")


def place(drawn: Iterable[URIRef], columns: Mapping[URIRef, int]) -> dict[URIRef, tuple[float, float]]:
    """The centre of each box: columns side by side, each centred on y = 0, in the order given."""
    by_column: dict[int, list[URIRef]] = {}
    for iri in drawn:
        by_column.setdefault(columns[iri], []).append(iri)
    places: dict[URIRef, tuple[float, float]] = {}
    left = 0.0
    for number in sorted(by_column):
        column = COLUMNS[number]
        pitch = column.height + SPACE
        top = -(len(by_column[number]) - 1) * pitch / 2
        for row, iri in enumerate(by_column[number]):
            places[iri] = (left + column.width / 2, top + row * pitch)
        left += column.width + GAP
    return places
