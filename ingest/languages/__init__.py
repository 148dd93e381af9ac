"""What nurt knows of a language, as plain tables: cue phrases, abbreviations, headings, names as attested.

The tables are ``pl/*.toml`` and ``en/*.toml``; nothing about a language stands in code paths.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal, cast

from ..document import Language

__all__ = ["LANGUAGES", "CuePhrase", "Knowledge", "Relation", "knowledge"]

LANGUAGES: Final[tuple[Language, ...]] = ("pl", "en")

Relation = Literal["implements", "contributes", "supports", "support_type", "part", "covers", "repeats"]
Side = Literal["before", "after", "either", "inside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CuePhrase:
    """A wording that states a link.

    Args:
        name: the last part of the rule's name, e.g. "wpisuje-sie-w".
        relation: what it states; the classes of its two ends decide the predicate.
        phrase: its words in any inflected form; "…" stands for up to four words in between.
        subject, object: on which side of the phrase the two ends stand; an object may stand inside it.
        reach: how many words away the object may begin.
        confidence: of a claim that it makes.
        attributive: it ties the one name before it to the one after it; lists do not distribute.
        needs_support: it counts only in a sentence that also says who supports whom.
    """

    name: str
    relation: Relation
    phrase: tuple[str, ...]
    subject: Side = "before"
    object: Side = "after"
    reach: int = 12
    confidence: float = 0.9
    needs_support: bool = False
    attributive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The tables of one language, as ``pl/*.toml`` and ``en/*.toml`` document them."""

    language: Language
    cues: tuple[CuePhrase, ...]
    negations: tuple[tuple[str, ...], ...]
    withdrawals: tuple[tuple[str, ...], ...]
    adverbs: frozenset[str]
    adverb_endings: tuple[str, ...]
    exceptions: tuple[tuple[str, ...], ...]
    according: tuple[tuple[str, ...], ...]
    conditions: tuple[tuple[str, ...], ...]
    within: frozenset[str]
    clause_breaks: frozenset[str]
    sharp_breaks: frozenset[str]
    none: frozenset[str]
    determiners: frozenset[str]
    relatives: frozenset[str]
    anaphora: Mapping[str, int]
    places: Mapping[str, int]
    openers: frozenset[str]
    participles: tuple[str, ...]
    object_forms: tuple[str, ...]
    coordinators: frozenset[str]
    continuations: tuple[str, ...]
    pronouns: frozenset[str]
    completes: frozenset[str]
    abbreviations: frozenset[str]
    irregular: Mapping[str, tuple[str, ...]]
    introducers: tuple[str, ...]
    heads: Mapping[str, tuple[str, ...]]
    demonstratives: tuple[str, ...]
    plurals: tuple[str, ...]
    self_references: tuple[str, ...]
    ordinals: Mapping[str, int]
    orders: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    contexts: Mapping[str, tuple[str, ...]]
    sections_left_out: tuple[str, ...]
    captions: tuple[str, ...]
    acknowledgements: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    group_marks: tuple[str, ...]
    region_templates: tuple[str, ...]
    shortened: Mapping[str, str]
    stop_names: tuple[str, ...]


def _read(language: Language, table: str) -> dict[str, Any]:
    text = files(__package__).joinpath(language, f"{table}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _tuples(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in table.items()}


def _phrases(items: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(item.split()) for item in items)


@lru_cache(maxsize=4)
def knowledge(language: Language) -> Knowledge:
    """The tables of a language; they are read once."""
    cues = _read(language, "cues")
    names = _read(language, "names")
    layout = _read(language, "layout")
    found = []
    for table in cues["cue"]:
        rest = {key: value for key, value in table.items() if key not in {"name", "phrases"}}
        for phrase in table["phrases"]:
            found.append(CuePhrase(name=table["name"], phrase=tuple(phrase.split()), **cast("Any", rest)))
    return Knowledge(
        language=language,
        cues=tuple(found),
        negations=_phrases(cues["negations"]),
        withdrawals=_phrases(cues["withdrawals"]),
        adverbs=frozenset(cues["adverbs"]),
        adverb_endings=tuple(cues["adverb_endings"]),
        exceptions=_phrases(cues["exceptions"]),
        according=_phrases(cues["according"]),
        conditions=_phrases(cues["conditions"]),
        within=frozenset(cues["within"]),
        clause_breaks=frozenset(cues["clause_breaks"]),
        sharp_breaks=frozenset(cues["sharp_breaks"]),
        none=frozenset(cues["none"]),
        determiners=frozenset(cues["determiners"]),
        relatives=frozenset(cues["relatives"]),
        anaphora=cues["anaphora"],
        places=cues["places"],
        openers=frozenset(cues["openers"]),
        participles=tuple(cues["participles"]),
        object_forms=tuple(cues["object_forms"]),
        coordinators=frozenset(cues["coordinators"]),
        continuations=tuple(cues["continuations"]),
        pronouns=frozenset(cues["pronouns"]),
        completes=frozenset(cues["completes"]),
        abbreviations=frozenset(layout["abbreviations"]),
        irregular=_tuples(layout.get("irregular", {})),
        introducers=tuple(names["introducers"]),
        heads=_tuples(names["heads"]),
        demonstratives=tuple(names["demonstratives"]),
        plurals=tuple(names["plurals"]),
        self_references=tuple(names["self_references"]),
        ordinals=names["ordinals"],
        orders=tuple(names["orders"]),
        levels=_tuples(names["levels"]),
        contexts=_tuples(names["contexts"]),
        sections_left_out=tuple(layout["sections_left_out"]),
        captions=tuple(layout["captions"]),
        acknowledgements=tuple(layout["acknowledgements"]),
        names=_tuples(names["names"]),
        groups=_tuples(names["groups"]),
        group_marks=tuple(names["group_marks"]),
        shortened=names["shortened"],
        region_templates=tuple(names["region_templates"]),
        stop_names=tuple(names["stop_names"]),
    )
