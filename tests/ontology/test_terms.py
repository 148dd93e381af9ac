"""Labels of terms: one source of words for tables, traces, the explorer and the pages of the server."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from nurt.graph.store import open_graph
from nurt.ontology.namespace import NURT
from nurt.ontology.terms import Language, term_label, term_labels
from nurt.queries.links import BASES, UPWARD


@pytest.mark.parametrize(("language", "position"), [("pl", 0), ("en", 1)])
def test_the_explorer_calls_bases_and_links_as_the_ontology_does(language: Language, position: int) -> None:
    words = json.loads(files("nurt.viz").joinpath("templates", "words.json").read_text(encoding="utf-8"))
    for basis in BASES:
        assert words[f"basis.{basis}"][position] == term_label(basis, language)
    for verb in (
        *(str(link).rpartition("#")[2] for link in UPWARD),
        "cites",
        "supports",
        "selects",
        "setsOut",
    ):
        assert words[f"verb.{verb}"][position] == term_label(verb, language)


def test_every_term_of_the_ontology_has_a_label_in_both_languages() -> None:
    for name in NURT.__annotations__:
        if not name.startswith("_"):
            assert name in term_labels("pl"), name
            assert name in term_labels("en"), name


def test_everything_that_a_thing_of_the_corpus_says_of_itself_has_a_label(corpus_graph: Path) -> None:
    with open_graph(corpus_graph) as graph:
        said = graph.select(
            "SELECT DISTINCT ?p WHERE { ?thing a/rdfs:subClassOf* nurt:Element ; ?p ?o }"
        ).rows
    names = {str(node).replace("#", "/").rpartition("/")[2] for (node,) in said}
    assert "prefLabel" in names
    assert names <= set(term_labels("pl"))


def test_a_tag_stays_and_an_unknown_term_keeps_its_name() -> None:
    assert term_label("altLabel (pl)", "pl") == "inna nazwa (pl)"
    assert term_label("somethingElse", "pl") == "somethingElse"
