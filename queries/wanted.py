"""A thing of a wanted class by its name; where it means none, the error says what is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rdflib import URIRef

from ..errors import UnknownNameError
from ..graph.store import Graph
from ..ontology.terms import term_label
from .names import Match, find, fold, one
from .resources import Resource, code_key, load_resources

__all__ = ["one_of"]

_ALIKE: Final = 60.0
_SHOWN: Final = 5
_FEW: Final = 12
"""So many things of a class are all named where none is like what was asked for."""


def one_of(graph: Graph, text: str, classes: Iterable[URIRef]) -> URIRef:
    """The one thing of these classes that a text means; no classes: of any.

    Raises UnknownNameError, with the nearest things of the classes, where it means nothing or several things.
    """
    allowed = frozenset(classes)
    try:
        return one(graph, text, classes=allowed)
    except UnknownNameError as error:
        found = find(graph, text)
        if not allowed or any(match.resource.type in allowed for match in found):
            raise
        wanted = " or ".join(sorted(_called(cls) for cls in allowed))
        near = _nearest(graph, text, allowed)
        raise UnknownNameError(
            _what(text, wanted, found),
            name=text,
            candidates=tuple(f"{resource.short} ({resource.title('pl')})" for resource in near),
            hint="" if near else f"Give the id or name of a {wanted}.",
        ) from error


def _called(cls: URIRef) -> str:
    return term_label(cls.rpartition("#")[2], "en")


def _what(text: str, wanted: str, found: tuple[Match, ...]) -> str:
    other = next((match.resource.type for match in found if match.how != "similar"), None)
    if other is None:
        return f"{text!r} is not known; wanted here: {wanted}."
    return f"{text!r} is no {wanted}: it means something of the class {_called(other)}."


def _nearest(graph: Graph, text: str, classes: frozenset[URIRef]) -> list[Resource]:
    from rapidfuzz import fuzz

    folded = fold(text)
    members = [resource for resource in load_resources(graph).values() if resource.type in classes]
    alike = {
        resource.iri: max(
            fuzz.ratio(folded, fold(name))
            for name in (resource.short.rpartition("/")[2], *resource.labels.values(), *resource.other)
        )
        for resource in members
    }
    order = sorted(members, key=lambda resource: (-alike[resource.iri], code_key(resource.short)))
    near = [resource for resource in order if alike[resource.iri] >= _ALIKE][:_SHOWN]
    return near or (order if len(order) <= _FEW else [])
