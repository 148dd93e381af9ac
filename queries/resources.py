"""The things of the graph as people know them: type, names in Polish and English, code, acronym."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from rdflib import URIRef
from rdflib.namespace import SKOS
from rdflib.term import Literal, Node

from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.levels import LEVELS, Level, level_of
from ..ontology.namespace import NURT
from .sheet import Language

__all__ = ["Resource", "Resources", "code_key", "load_resources", "values"]

_SIDE_CLASSES: Final = (
    NURT.Document,
    NURT.SupportType,
    NURT.Fund,
    NURT.Region,
    NURT.CategoryOfRegion,
    NURT.Body,
    NURT.SmartSpecialisation,
    NURT.SurveyQuestion,
    NURT.SurveyAnswer,
    NURT.InterventionField,
)
_CLASSES: Final = (*(cls for level in LEVELS for cls in level.classes), *_SIDE_CLASSES)
_RANK: Final = {cls: rank for rank, cls in enumerate(_CLASSES)}

_KEPT: Final[WeakKeyDictionary[Graph, Resources]] = WeakKeyDictionary()
_FACTS: Final = """
SELECT DISTINCT ?thing ?predicate ?value WHERE {
  VALUES ?predicate { skos:prefLabel skos:altLabel skos:hiddenLabel nurt:code nurt:notation nurt:acronym }
  %s
  ?thing ?predicate ?value .
}"""
_TYPES: Final = """
SELECT DISTINCT ?thing ?type WHERE {
  VALUES ?type { %s }
  %s
  ?thing a ?type .
}"""
_TITLES: Final = """
SELECT DISTINCT ?thing ?value WHERE { %s ?thing a nurt:Document ; dcterms:title ?value }"""


_PREFIXES: Final[dict[URIRef, dict[Language, str]]] = {
    NURT.ThematicObjective: {"pl": "CT", "en": "TO"},
    NURT.InvestmentPriority: {"pl": "PI", "en": "IP"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A thing with its names.

    Args:
        iri: its IRI.
        type: the class that says most about it, or None where the graph gives none.
        labels: preferred name by language ("pl", "en", "" for none).
        other: alternative names and acronyms, sorted.
        code: as printed, or "".
        notation: the normalised code, or "".
        acronym: the Polish one where there is one, else the first in alphabetical order, or "".
    """

    iri: URIRef
    type: URIRef | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    other: tuple[str, ...] = ()
    code: str = ""
    notation: str = ""
    acronym: str = ""

    @property
    def short(self) -> str:
        """The short id that users type."""
        return short(self.iri)

    @property
    def level(self) -> Level | None:
        """Its level in a lineage, or None for what stands beside."""
        return level_of(self.type) if self.type is not None else None

    def name(self, language: Language) -> str:
        """The name in the language, else in the other one; an element known by its code alone says so."""
        for key in (language, "pl", "en", ""):
            if key in self.labels:
                return self.labels[key]
        if self.code and self.level is not None:
            return "(nazwa nieznana)" if language == "pl" else "(name unknown)"
        return self.short

    def title(self, language: Language) -> str:
        """Code and name, as a line of a table or tree shows them."""
        name, code = self.name(language), self.code
        prefixes = _PREFIXES.get(self.type) if self.type is not None else None
        if prefixes is not None and code[:1].isdigit():
            code = f"{prefixes[language]} {code}"
        return f"{code} {name}" if code and not name.startswith(code) else name


class Resources(Mapping[URIRef, Resource]):
    """Resources by IRI; an IRI that the graph says nothing about still gets a bare Resource."""

    def __init__(self, known: Mapping[URIRef, Resource]) -> None:
        self._known = dict(known)

    def __getitem__(self, iri: URIRef) -> Resource:
        return self._known.get(iri) or Resource(iri=iri)

    def __iter__(self) -> Iterator[URIRef]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, iri: object) -> bool:
        return iri in self._known


def values(variable: str, iris: Iterable[URIRef] | None) -> str:
    """A ``VALUES`` clause over IRIs, or "" for None (no restriction)."""
    return "" if iris is None else f"VALUES ?{variable} {{ {' '.join(sorted(iri.n3() for iri in iris))} }}"


def load_resources(graph: Graph, iris: Iterable[URIRef] | None = None) -> Resources:
    """Read types, names and codes of the given things, or of everything that has a type of nurt, in bulk.

    Everything is read once for a graph and kept as long as the graph is: graphs are for reading only.
    """
    if iris is not None:
        return _load(graph, iris)
    if graph not in _KEPT:
        _KEPT[graph] = _load(graph, None)
    return _KEPT[graph]


def _load(graph: Graph, iris: Iterable[URIRef] | None) -> Resources:
    wanted = None if iris is None else frozenset(iris)
    clause = values("thing", wanted)
    types: dict[URIRef, URIRef] = {}
    classes = " ".join(cls.n3() for cls in _CLASSES)
    for thing, cls in graph.select(_TYPES % (classes, clause)).rows:
        if isinstance(thing, URIRef) and isinstance(cls, URIRef):
            known = types.get(thing)
            if known is None or _RANK[cls] < _RANK[known]:
                types[thing] = cls
    facts: dict[URIRef, dict[Node, list[Node]]] = {}
    for thing, predicate, value in graph.select(_FACTS % clause).rows:
        if isinstance(thing, URIRef) and predicate is not None and value is not None:
            facts.setdefault(thing, {}).setdefault(predicate, []).append(value)
    for thing, value in graph.select(_TITLES % clause).rows:
        if isinstance(thing, URIRef) and value is not None:
            facts.setdefault(thing, {}).setdefault(SKOS.prefLabel, []).append(value)
    every = set(types) | (set(facts) if wanted is not None else set())
    return Resources({iri: _resource(iri, types.get(iri), facts.get(iri, {})) for iri in sorted(every)})


def _resource(iri: URIRef, cls: URIRef | None, facts: Mapping[Node, list[Node]]) -> Resource:
    labels: dict[str, str] = {}
    for label in sorted(facts.get(SKOS.prefLabel, ()), key=str):
        labels.setdefault((label.language or "") if isinstance(label, Literal) else "", str(label))
    # The Polish acronym is the one in use, also in English texts on these programmes and strategies.
    acronyms = [
        str(value)
        for value in sorted(
            facts.get(NURT.acronym, ()),
            key=lambda value: (getattr(value, "language", "") != "pl", str(value)),
        )
    ]
    other = {*acronyms}
    for predicate in (SKOS.altLabel, SKOS.hiddenLabel):
        other.update(str(value) for value in facts.get(predicate, ()))
    codes = sorted((str(value) for value in facts.get(NURT.code, ())), key=lambda code: (len(code), code))
    notations = sorted(str(value) for value in facts.get(NURT.notation, ()))
    return Resource(
        iri=iri,
        type=cls,
        labels=labels,
        other=tuple(sorted(other)),
        code=codes[0] if codes else "",
        notation=notations[0] if notations else "",
        acronym=acronyms[0] if acronyms else "",
    )


_PART: Final = re.compile(r"(\d+)|([^\d./-]+)")


def code_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """The order of codes and short ids: numbers by value, letters after them.

    >>> sorted(["rpo-lodzkie/10.1", "rpo-lodzkie/2", "rpo-lodzkie/1.2"], key=code_key)
    ['rpo-lodzkie/1.2', 'rpo-lodzkie/2', 'rpo-lodzkie/10.1']
    """
    return tuple(
        (0, int(match[1]), "") if match[1] else (1, 0, match[2].lower()) for match in _PART.finditer(text)
    )
