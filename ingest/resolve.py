"""Decide which resource a mention means: by code, by acronym in context, by name, by what was named before.

What stays open goes to a review, never silently into the graph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from rdflib import URIRef

from ..ontology.identifiers import element, region, short
from ..ontology.namespace import ID, NURT
from .catalogue import Entry
from .gazetteer import INSTRUMENTS, Gazetteer, Name
from .languages import Knowledge
from .mentions import Mention

__all__ = ["ROLES_ONLY", "Context", "Method", "Open", "Resolved", "resolve"]

Method = Literal["code", "acronym", "name", "alias", "group", "reference"]

ROLES_ONLY: Final = frozenset({NURT.BeneficiaryType, NURT.SupportType, NURT.Region})
"""Classes whose members are ends of links, but not cited."""

_CONFIDENCE: Final[dict[Method, float]] = {
    "code": 0.98,
    "name": 0.95,
    "alias": 0.95,
    "acronym": 0.9,
    "group": 0.9,
    "reference": 0.8,
}
_CONTEXTUAL: Final = frozenset(
    {NURT.Objective, NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure, NURT.SpecificObjective, NURT.Project}
)
_OBJECTIVE: Final = NURT.Objective
_LAYOUT: Final = _CONTEXTUAL - {_OBJECTIVE}
_PLACES: Final = INSTRUMENTS | {NURT.Region}
_LEVEL_CLASSES: Final = {
    "axis": NURT.PriorityAxis,
    "measure": NURT.Measure,
    "sub_measure": NURT.SubMeasure,
    "thematic_objective": NURT.ThematicObjective,
    "investment_priority": NURT.InvestmentPriority,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A mention and what it means; several targets where it names a group.

    Args:
        type: the class of the targets.
        new: the resource is known from this text alone (an axis by its code, an act by its number).
    """

    mention: Mention
    targets: tuple[URIRef, ...]
    type: URIRef
    method: Method
    confidence: float
    new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A mention that a person has to decide on."""

    mention: Mention
    reason: str
    candidates: tuple[URIRef, ...] = ()


@dataclass(slots=True, kw_only=True)
class Context:
    """What is known where a mention stands.

    Args:
        own: what the document sets out or describes itself, root instruments first.
        named: what the document names in full somewhere.
        recent: what was resolved before, in order; the latest last.
        lists: the latest list of coordinated instruments.
    """

    entry: Entry
    gazetteer: Gazetteer
    known: Knowledge
    own: frozenset[URIRef]
    roots: tuple[URIRef, ...] = ()
    named: set[URIRef] = field(default_factory=set)
    recent: list[Resolved] = field(default_factory=list)
    listed: tuple[URIRef, ...] = ()
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
            left = tuple(name for name in names if name.type not in _LAYOUT or name.iri not in self.own)
            known = self._possible[id(names)] = (names, left)
        return known[1]

    def programmes(self, nearby: Sequence[URIRef]) -> list[str]:
        """Slugs of the instruments in force here, nearest first."""
        found = [*nearby, *self.roots]
        found += [target for resolved in reversed(self.recent[-6:]) for target in resolved.targets[:1]]
        return list(dict.fromkeys(short(iri).split("/")[0] for iri in found))


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


def _acceptable(name: Name, context: Context, nearby: Sequence[URIRef], words: frozenset[str]) -> bool:
    """Whether a name, found in running text, may count at all.

    Labels that are common words need what makes them names: their programme, their level, their full form.
    """
    if name.type in _CONTEXTUAL:
        near = name.programme in context.programmes(nearby)[:2]
        return near and _shape(name.text).length >= 3
    shape = _shape(name.text)
    if name.type == NURT.ProgrammePart:
        near = name.programme in context.programmes(nearby)[:3]
        coded = name.kind != "label" or shape.coded
        return near or (coded and len(shape.core) > 4)
    if name.type == NURT.HeadlineTarget:
        return shape.length >= 4
    if name.type in {NURT.ThematicObjective, NURT.InvestmentPriority}:
        level = "ThematicObjective" if name.type == NURT.ThematicObjective else "InvestmentPriority"
        return shape.length >= 4 and bool(words & set(context.known.contexts[level]))
    if name.type == NURT.Priority:
        return ID["europe-2020"] in context.named
    if name.type in INSTRUMENTS and name.kind == "acronym":
        if len(shape.core) <= 3 and not any(character.isdigit() for character in shape.core):
            return name.iri in context.named or name.iri in context.own
        return True
    if name.type in {NURT.NationalProgramme, NURT.RegionalProgramme} and not _is_programme_name(
        name, context
    ):
        return bool(words & set(context.known.contexts["Programme"]))
    return shape.length >= 2 or not name.derived


def _is_programme_name(name: Name, context: Context) -> bool:
    """Whether a label says by itself that it is one: *PO Polska Wschodnia*, not *Technical Assistance*."""
    written = set(re.findall(r"\w+", name.text.lower()))
    return bool(written & set(context.known.contexts["Programme"])) or any(part.isdigit() for part in written)


def _by_context(names: Sequence[Name], words: frozenset[str], known: Knowledge) -> list[Name]:
    """The names whose class the neighbouring words ask for; all of them where none does."""
    for cls, wanted in known.contexts.items():
        chosen = [name for name in names if str(name.type).endswith(f"#{cls}")]
        if chosen and words & set(wanted):
            return chosen
    flagships = [name for name in names if name.type == NURT.FlagshipInitiative]
    return flagships or list(names)


def _younger(name: Name, context: Context) -> bool:
    return bool(context.entry.date and name.since and name.since > context.entry.date)


def _method(mention: Mention, names: Sequence[Name]) -> Method:
    if mention.kind == "alias":
        return "alias"
    if mention.kind == "citation" or any(name.kind == "code" for name in names):
        return "code"
    return "acronym" if all(name.kind == "acronym" for name in names) else "name"


def _narrowed(
    names: list[Name], mention: Mention, context: Context, nearby: Sequence[URIRef], words: frozenset[str]
) -> list[Name]:
    """Of names of several things those that the text means, by one criterion after the other."""

    def unless_none(kept: list[Name]) -> list[Name]:
        return kept or names

    regions = {short(iri) for iri in nearby} | {short(region(context.entry.publisher))}
    recent = {target for resolved in context.recent[-12:] for target in resolved.targets}
    criteria: tuple[Callable[[Name], bool], ...] = (
        lambda name: not _younger(name, context),
        lambda name: name.text == mention.text,
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
    names = _by_context(names, words, context.known)
    names = unless_none([name for name in names if name.iri in recent])
    whole = [name for name in names if all(str(other.iri).startswith(str(name.iri)) for other in names)]
    return whole or names


def _named(
    mention: Mention, context: Context, nearby: Sequence[URIRef], words: frozenset[str]
) -> Resolved | Open | None:
    names = [name for name in context.possible(mention.names) if _acceptable(name, context, nearby, words)]
    if not names:
        return None
    if len({name.iri for name in names}) > 1:
        names = _narrowed(names, mention, context, nearby, words)
    candidates = {name.iri for name in names}
    if len(candidates) > 1:
        if candidates & context.own:
            return None
        return Open(
            mention=mention,
            reason=f"{mention.text!r} is a name of several things.",
            candidates=tuple(sorted(candidates)),
        )
    method = _method(mention, names)
    return Resolved(
        mention=mention,
        targets=(names[0].iri,),
        type=names[0].type,
        method=method,
        confidence=_CONFIDENCE[method],
    )


def _coded(mention: Mention, context: Context, nearby: Sequence[URIRef]) -> Resolved | Open | None:
    code = mention.code
    if code is None:
        return None
    if code.iri is not None:
        cls = context.gazetteer.type_of(code.iri)
        return Resolved(
            mention=mention,
            targets=(code.iri,),
            type=cls or _LEVEL_CLASSES.get(code.level, NURT.Programme),
            method="code",
            confidence=_CONFIDENCE["code"],
            new=cls is None,
        )
    programmes = [slug for slug in context.programmes(nearby) if slug.startswith(("rpo-", "po-"))]
    if not programmes:
        return None
    iri = element(programmes[0], code.code)
    cls = context.gazetteer.type_of(iri)
    if cls is None and context.gazetteer.has_parts(programmes[0]):
        if programmes[0] in {short(root) for root in context.roots}:
            return None
        return Open(
            mention=mention, reason=f"{programmes[0]} has no {code.level.replace('_', '-')} {code.code}."
        )
    named_here = {short(near).split("/")[0] for near in (*nearby, *context.roots)}
    if cls is None and programmes[0] not in named_here:
        # A programme that the text named some sentences ago is no ground to make a new measure of it.
        level = code.level.replace("_", "-")
        return Open(mention=mention, reason=f"of which programme is {level} {code.code}?")
    return Resolved(
        mention=mention,
        targets=(iri,),
        type=cls or _LEVEL_CLASSES[code.level],
        method="code",
        confidence=0.9,
        new=cls is None,
    )


def _cited(mention: Mention, context: Context) -> Resolved | Open | None:
    citation = mention.citation
    if citation is None:
        return None
    if mention.names:
        name = mention.names[0]
        return Resolved(
            mention=mention,
            targets=(name.iri,),
            type=name.type,
            method="code",
            confidence=_CONFIDENCE["code"],
        )
    if citation.iri is None:
        return None
    cls = NURT.Provision if citation.kind == "article" else NURT.Regulation
    return Resolved(
        mention=mention,
        targets=(citation.iri,),
        type=context.gazetteer.type_of(citation.iri) or cls,
        method="code",
        confidence=_CONFIDENCE["code"],
        new=context.gazetteer.type_of(citation.iri) is None,
    )


def _referred(mention: Mention, context: Context) -> Resolved | Open | None:
    """What *ww. strategia* or *dwa pierwsze dokumenty* refers back to: the latest of its class."""
    classes = {NURT[name] for name in mention.classes}
    if mention.count:
        targets = context.listed[: mention.count]
        if len(targets) < mention.count:
            return None
    else:
        last = next(
            (
                resolved
                for resolved in reversed(context.recent)
                if resolved.type in classes and len(resolved.targets) == 1 and resolved.method != "group"
            ),
            None,
        )
        if last is None:
            return None
        targets = last.targets
    cls = context.gazetteer.type_of(targets[0])
    return Resolved(
        mention=mention,
        targets=targets,
        type=cls or NURT.Strategy,
        method="reference",
        confidence=_CONFIDENCE["reference"],
    )


def resolve(
    mention: Mention, context: Context, *, nearby: Sequence[URIRef] = (), words: Iterable[frozenset[str]] = ()
) -> Resolved | Open | None:
    """What a mention means; an Open where a person has to decide; None where it names nothing that counts.

    Args:
        nearby: instruments and regions named in the same sentence, nearest first.
        words: the lemmas of each neighbouring word.
    """
    if mention.kind == "code":
        return _coded(mention, context, nearby)
    if mention.kind == "citation":
        return _cited(mention, context)
    if mention.kind == "reference":
        return _referred(mention, context)
    if mention.kind == "group":
        members = context.gazetteer.members(NURT[mention.classes[0]])
        if not members or context.own & set(members):
            return None
        return Resolved(
            mention=mention,
            targets=members,
            type=NURT[mention.classes[0]],
            method="group",
            confidence=_CONFIDENCE["group"],
        )
    return _named(mention, context, nearby, frozenset().union(*words))
