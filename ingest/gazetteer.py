"""The names by which texts call the resources: from the vocabularies and from the build's elements."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Final, Literal

from rdflib import URIRef

from .. import ontology
from ..ontology.identifiers import short
from ..ontology.namespace import ID, NURT
from .claims import Element
from .languages import LANGUAGES, knowledge
from .vocabulary import Entity, vocabulary_entities

__all__ = ["INSTRUMENTS", "Gazetteer", "Name", "NameKind"]

NameKind = Literal["label", "acronym", "code"]

INSTRUMENTS: Final = frozenset(
    {
        NURT.Strategy,
        NURT.Regulation,
        NURT.Programme,
        NURT.UnionProgramme,
        NURT.NationalProgramme,
        NURT.RegionalProgramme,
    }
)
_TYPES: Final = INSTRUMENTS | {
    NURT.Priority,
    NURT.HeadlineTarget,
    NURT.FlagshipInitiative,
    NURT.ThematicObjective,
    NURT.InvestmentPriority,
    NURT.Objective,
    NURT.ProgrammePart,
    NURT.PriorityAxis,
    NURT.SpecificObjective,
    NURT.Measure,
    NURT.SubMeasure,
    NURT.BeneficiaryType,
    NURT.SupportType,
    NURT.Region,
}
_YEARS: Final = re.compile(
    r"\s*\(?(?:na lata |w latach |for |for the period )?(?:19|20)\d\d\s*[-–]\s*(?:20)?\d\d\)?"
)
# "Strategia Rozwoju Transportu do 2020 roku", "Human Capital Development Strategy 2020"
_UNTIL: Final = re.compile(r"(?<=\w{4})(?: (?:do|until|to|by))?(?: roku)? 20\d\d(?: r(?:\.|oku))?$")
_SUBTITLE: Final = re.compile(r"\s+[–—-]\s+|:\s+|\.\s+(?=[A-ZŁŚŻ])|\s+[„“\"]")
# "PO IR", "SRK 2020", "COSME"; two words with a capital each, as "Innovation Union", are a title.
_ACRONYM: Final = re.compile(
    r"(?=(?:.*[A-ZŁŚŻĆŃÓ]){2})(?!(?:[A-ZŁŚŻ][a-ząćęłńóśźż]{3,}(?: |$)){2})[\w]+(?:[ -][\w]+)?"
)
_COMMON: Final = 3
"""Of so many things the names begin alike: what they share (*Regionalny Program Operacyjny*) is no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One wording that stands for a resource.

    Args:
        iri: the resource.
        type: its class, of ``ontology.namespace.NURT``.
        text: the wording.
        language: of the wording, "" where it has none (acronyms, codes).
        kind: label, acronym or code.
        since: when the resource came into being, or None where unknown.
        region: slug of the region that a programme covers alone, or "".
        programme: slug of the instrument that sets the resource, "" for an instrument itself.
        derived: True for a wording cut from a longer one (without its subtitle or years).
    """

    iri: URIRef
    type: URIRef
    text: str
    language: str = ""
    kind: NameKind = "label"
    since: date | None = None
    region: str = ""
    programme: str = ""
    derived: bool = False


def _variants(text: str) -> Iterable[str]:
    """The label, then what texts leave of it: without its years, without its subtitle.

    >>> list(_variants("Strategia Rozwoju Kraju 2020 – Aktywne społeczeństwo, sprawne państwo"))[1:]
    ['Strategia Rozwoju Kraju 2020']
    """
    seen = {text}
    yield text
    cut = _SUBTITLE.split(text)[0]
    for variant in (_YEARS.sub("", text), cut, _YEARS.sub("", cut), _UNTIL.sub("", cut)):
        variant = variant.strip(" ,.–-")
        if variant not in seen and len(variant.split()) >= 2 and not _generic(variant):
            seen.add(variant)
            yield variant


@lru_cache(maxsize=1)
def _flagship_words() -> frozenset[str]:
    return frozenset(
        word for language in LANGUAGES for word in knowledge(language).contexts["FlagshipInitiative"]
    )


@lru_cache(maxsize=1)
def _shortened() -> tuple[tuple[str, str], ...]:
    return tuple(pair for language in LANGUAGES for pair in knowledge(language).shortened.items())


def _generic(variant: str) -> bool:
    """Whether what is left of a name only says of what kind it is: *Projekt przewodni*."""
    return bool(_flagship_words() & set(variant.lower().split()))


def _programme_of(iri: URIRef) -> str:
    name = short(iri)
    head, _, rest = name.partition("/")
    return head if rest and head not in {"regulation", "act", "region", "fund"} else ""


def _names_of(entity: Entity) -> Iterable[Name]:
    def name(text: str, language: str, kind: NameKind, *, derived: bool = False) -> Name:
        return Name(
            iri=entity.iri,
            type=entity.type,
            text=text,
            language=language,
            kind=kind,
            since=entity.since,
            region=entity.region,
            programme=_programme_of(entity.iri),
            derived=derived,
        )

    own = entity.type in INSTRUMENTS or entity.type == NURT.FlagshipInitiative
    for text, language in entity.labels:
        if _ACRONYM.fullmatch(text) and own:
            yield name(text, "", "acronym")
            continue
        for position, variant in enumerate(_variants(text) if own else [text]):
            yield name(variant, language, "label", derived=position > 0)
            for full, short_form in _shortened():
                if own and variant.startswith(f"{full} "):
                    yield name(short_form + variant.removeprefix(full), language, "label", derived=True)
    for text in entity.acronyms:
        yield name(text, "", "acronym")
    for text in entity.codes:
        yield name(text, "", "code")


def _beginnings(entities: Iterable[Entity]) -> Counter[str]:
    """How many instruments have names that begin with the same words, by these words in lower case."""
    found: Counter[str] = Counter()
    for entity in entities:
        if entity.type in INSTRUMENTS:
            mine: set[str] = set()
            for text, _ in entity.labels:
                words = text.lower().split()
                mine.update(" ".join(words[:size]) for size in range(2, len(words) + 1))
            found.update(mine)
    return found


def _attested(entities: Mapping[URIRef, Entity]) -> Iterable[Name]:
    """The names in ``languages/*/names.toml``, and the regional programmes under their regions' names."""
    regions = {short(entity.iri): entity for entity in entities.values() if entity.type == NURT.Region}
    for language in LANGUAGES:
        known = knowledge(language)
        for slug, texts in known.names.items():
            if entity := entities.get(ID[slug]):
                for text in texts:
                    kind: NameKind = "acronym" if _ACRONYM.fullmatch(text) else "label"
                    yield Name(
                        iri=entity.iri,
                        type=entity.type,
                        text=text,
                        language=language if kind == "label" else "",
                        kind=kind,
                        since=entity.since,
                        programme=_programme_of(entity.iri),
                    )
        for entity in entities.values():
            region = regions.get(entity.region)
            if entity.type != NURT.RegionalProgramme or region is None:
                continue
            for template in known.region_templates:
                for text, its_language in region.labels:
                    if its_language in {"pl", ""}:
                        yield Name(
                            iri=entity.iri,
                            type=entity.type,
                            text=template.format(region=text.removeprefix("województwo ").strip()),
                            language=language,
                            since=entity.since,
                            region=entity.region,
                        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Gazetteer:
    """All names that a build knows, and what they are names of.

    Args:
        names: in a fixed order, each once.
        entities: by IRI; also those without a name of their own.
    """

    names: tuple[Name, ...]
    entities: Mapping[URIRef, Entity] = field(default_factory=dict)

    @classmethod
    def build(cls, elements: Iterable[Element] = ()) -> Gazetteer:
        """The names of the vocabularies that ship, and of the elements that the build's documents set out."""
        entities = dict(_shipped())
        for element in elements:
            if element.type in _TYPES:
                found = Entity.of_element(element)
                known = entities.get(element.iri)
                entities[element.iri] = known.joined(found) if known else found
        common = _beginnings(entities.values())
        names = {
            name: None
            for entity in sorted(entities.values(), key=lambda entity: entity.iri)
            for name in _names_of(entity)
            if not (name.derived and common[name.text.lower()] >= _COMMON)
        }
        names.update(dict.fromkeys(_attested(entities)))
        ordered = sorted(
            names, key=lambda name: (name.iri, name.kind, name.language, name.text, name.derived)
        )
        return cls(names=tuple(ordered), entities=entities)

    def fingerprint(self) -> str:
        """A hash of all names: equal fingerprints mean that linking finds the same."""
        return self._fingerprint

    @cached_property
    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for name in self.names:
            digest.update(repr(name).encode())
        for iri in sorted(self.entities):
            entity = self.entities[iri]
            digest.update(f"{iri}\x1f{entity.type}\x1f{sorted(entity.parents)}\x1f{entity.same}".encode())
        return digest.hexdigest()

    def type_of(self, iri: URIRef) -> URIRef | None:
        """The class of a resource, or None for one that nobody named."""
        entity = self.entities.get(iri)
        return entity.type if entity else None

    def has_parts(self, instrument: str) -> bool:
        """Whether axes, measures or parts of an instrument, given by its slug, are known."""
        return instrument in self._instruments_with_parts

    @cached_property
    def _instruments_with_parts(self) -> frozenset[str]:
        return frozenset(_programme_of(iri) for iri in self.entities) - {""}

    def members(self, cls: URIRef) -> tuple[URIRef, ...]:
        """The resources of a class, in the order of their IRIs."""
        return tuple(sorted(entity.iri for entity in self.entities.values() if entity.type == cls))


@lru_cache(maxsize=1)
def _shipped() -> Mapping[URIRef, Entity]:
    texts = [
        item.read_text(encoding="utf-8")
        for item in sorted(files(ontology).joinpath("vocabularies").iterdir(), key=lambda item: item.name)
        if item.name.endswith(".ttl")
    ]
    return {entity.iri: entity for entity in vocabulary_entities(texts) if entity.type in _TYPES}
