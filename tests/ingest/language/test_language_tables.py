"""The tables of each language, entry by entry: what they name exists, and what they say can be used."""

from __future__ import annotations

import re
from functools import cache

import pytest

from nurt.ingest.document import Language
from nurt.ingest.gazetteer import Gazetteer
from nurt.ingest.languages import LANGUAGES, knowledge
from nurt.ingest.languages.analysis import tokens
from nurt.ontology.namespace import ID, NURT

NAMES = [(language, slug) for language in LANGUAGES for slug in knowledge(language).names]
TEXTS = [(language, slug, text) for language, slug in NAMES for text in knowledge(language).names[slug]]


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.build()


def file(language: Language, table: str) -> str:
    return f"ingest/languages/{language}/{table}.toml"


@pytest.mark.parametrize(("language", "slug"), NAMES)
def test_a_name_names_a_resource(language: Language, slug: str) -> None:
    known = sorted(str(iri).removeprefix(str(ID)) for iri in gazetteer().entities)
    assert slug in known, (
        f"{file(language, 'names')}, [names]: no vocabulary in ontology/vocabularies has {slug!r}; "
        f"correct the key, or add the resource there."
    )


@pytest.mark.parametrize(("language", "slug", "text"), TEXTS)
def test_a_name_is_no_stop_name(language: Language, slug: str, text: str) -> None:
    assert text not in knowledge(language).stop_names, (
        f"{file(language, 'names')}: {text!r} is a name of {slug} and a stop name; take one out."
    )
    assert text == " ".join(text.split()), f"{file(language, 'names')}: {text!r} has spaces too many."


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_given_twice_to_a_resource(language: Language) -> None:
    for slug, texts in knowledge(language).names.items():
        assert len(set(texts)) == len(texts), f"{file(language, 'names')}: {slug} has a name twice."


@pytest.mark.parametrize("language", LANGUAGES)
def test_classes_are_of_the_ontology(language: Language) -> None:
    known = knowledge(language)
    used = {*known.groups, *known.contexts, *(cls for classes in known.heads.values() for cls in classes)}
    for cls in sorted(used):
        assert NURT[cls] in dir(NURT), (
            f"{file(language, 'names')}: nurt:{cls} is no class of ontology/nurt.ttl."
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_expressions_compile_and_cues_have_names_of_their_own(language: Language) -> None:
    known = knowledge(language)
    for expression in (*known.group_marks, *known.plurals, *known.introducers, *known.acknowledgements):
        re.compile(expression)
    for level, templates in known.levels.items():
        for template in templates:
            assert "{code}" in template, (
                f"{file(language, 'names')}, [levels] {level}: {template!r} has no code."
            )
    for text in (*known.stop_names, *(text for texts in known.groups.values() for text in texts)):
        assert tokens(text), f"{file(language, 'names')}: {text!r} has no word."
    assert known.sharp_breaks <= known.clause_breaks, (
        f"{file(language, 'cues')}: sharp_breaks are clause_breaks."
    )
    phrases = [(cue.relation, cue.subject, cue.object, cue.phrase) for cue in known.cues]
    twice = {phrase for phrase in phrases if phrases.count(phrase) > 1}
    assert not twice, (
        f"{file(language, 'cues')}: phrases of two cues, or twice in one: {sorted(map(str, twice))}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_name_says_that_it_is_a_group(language: Language) -> None:
    known = knowledge(language)
    for texts in known.groups.values():
        for text in texts:
            assert any(re.search(mark, text, re.IGNORECASE) for mark in known.group_marks), (
                f"{file(language, 'names')}: no group_marks fit {text!r}; it would never be found."
            )
