"""Decide which resource a mention means: by code, by acronym in context, by name, by what was named before.

What stays open goes to a review, never silently into the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from rdflib import URIRef

from ..ontology.identifiers import element, short
from ..ontology.namespace import NURT
from .choice import Here, acceptable, narrowed, younger
from .context import Context
from .gazetteer import Name
from .mentions import ALL, Mention
from .spelling import folded

__all__ = ["ROLES_ONLY", "Method", "Open", "Resolved", "resolve"]

Method = Literal["code", "acronym", "name", "alias", "group", "reference", "fuzzy"]

ROLES_ONLY: Final = frozenset({NURT.BeneficiaryType, NURT.SupportType, NURT.Region})
"""Classes whose members are ends of links, but not cited."""

_CONFIDENCE: Final[dict[Method, float]] = {
    "code": 0.98,
    "name": 0.95,
    "alias": 0.95,
    "acronym": 0.9,
    "group": 0.9,
    "reference": 0.8,
    "fuzzy": 0.7,
}
_LEVEL_CLASSES: Final = {
    "axis": NURT.PriorityAxis,
    "measure": NURT.Measure,
    "sub_measure": NURT.SubMeasure,
    "objective": NURT.Objective,
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


def _method(mention: Mention, names: Sequence[Name]) -> Method:
    if mention.kind == "alias":
        return "alias"
    if mention.kind == "citation" or any(name.kind == "code" for name in names):
        return "code"
    return "acronym" if all(name.kind == "acronym" for name in names) else "name"


def _named(mention: Mention, context: Context, here: Here) -> Resolved | Open | None:
    names = [name for name in context.possible(mention.names) if acceptable(name, here)]
    if not names:
        return None
    if len({name.iri for name in names}) > 1:
        names = narrowed(names, mention.text, here)
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
    own = context.own_part(code.level, code.code) if not nearby or code.level == "objective" else None
    if own is not None:
        return Resolved(
            mention=mention,
            targets=(own,),
            type=context.gazetteer.type_of(own) or _LEVEL_CLASSES[code.level],
            method="code",
            confidence=0.9,
        )
    programmes = [slug for slug in context.programmes(nearby) if slug.startswith(("rpo-", "po-"))]
    if not programmes or code.level == "objective" or (context.roots and not nearby):
        # In a programme of its own that has no such part, the code is nobody else's either.
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
    if mention.count == ALL:
        targets = tuple(iri for iri in context.together if context.gazetteer.type_of(iri) in classes)
        if len(targets) < 2:
            return None
    elif mention.count:
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
        if last.method == "fuzzy":
            # What refers back to a guess is a guess.
            return replace(last, mention=mention, confidence=_CONFIDENCE["fuzzy"] * _CONFIDENCE["reference"])
    cls = context.gazetteer.type_of(targets[0])
    return Resolved(
        mention=mention,
        targets=targets,
        type=cls or NURT.Strategy,
        method="reference",
        confidence=_CONFIDENCE["reference"],
    )


def _likened(mention: Mention, context: Context, here: Here) -> Resolved | Open | None:
    """What a misspelt or altered name means, if that is one thing that could have been named by then.

    Neither the neighbourhood nor the document's own region chooses among several: a person does.
    """
    names = [name for name in context.possible(mention.names) if acceptable(name, here)]
    if any(name.iri in context.own for name in names):
        return None
    names = [name for name in names if not younger(name, context)]
    candidates = tuple(sorted({name.iri for name in names}))
    if not candidates:
        return None
    if mention.kind == "fuzzy" and len(candidates) > 1 and len({folded(name.text) for name in names}) == 1:
        # One name of several things (a communication and the initiative it announces): no doubt of letters.
        names = narrowed(names, names[0].text, here)
        candidates = tuple(sorted({name.iri for name in names}))
    if mention.kind == "alike" or len(candidates) > 1:
        like = (
            "differs in one word from a name"
            if mention.kind == "alike"
            else "is like names of several things"
        )
        return Open(mention=mention, reason=f"{mention.text!r} {like}.", candidates=candidates)
    return Resolved(
        mention=mention,
        targets=candidates,
        type=names[0].type,
        method="fuzzy",
        confidence=_CONFIDENCE["fuzzy"],
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
    here = Here(context, nearby, words)
    if mention.kind in {"fuzzy", "alike"}:
        return _likened(mention, context, here)
    return _named(mention, context, here)
