"""Search in the explorer finds everything that the graph names, by each of its names, acronyms and codes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from nurt.graph.store import Graph
from nurt.ontology.identifiers import short
from nurt.ontology.namespace import NURT
from nurt.queries.resources import Resource, load_resources

from .conftest import opened

pytestmark = pytest.mark.browser

KINDS = {
    "strategies, the article's among them": (NURT.Strategy,),
    "priorities, targets and flagships": (NURT.Priority, NURT.HeadlineTarget, NURT.FlagshipInitiative),
    "regulations and what they set out": (NURT.Regulation, NURT.Provision),
    "objectives": (NURT.Objective, NURT.ThematicObjective, NURT.SpecificObjective),
    "investment priorities": (NURT.InvestmentPriority,),
    "programmes": (NURT.UnionProgramme, NURT.NationalProgramme, NURT.RegionalProgramme),
    "parts of programmes": (NURT.ProgrammePart,),
    "axes": (NURT.PriorityAxis,),
    "measures": (NURT.Measure,),
    "sub-measures": (NURT.SubMeasure,),
    "beneficiary types": (NURT.BeneficiaryType,),
    "support types": (NURT.SupportType,),
    "smart specialisations": (NURT.SmartSpecialisation,),
    "fields of intervention": (NURT.InterventionField,),
    "regions, funds and bodies": (NURT.Region, NURT.Fund, NURT.Body),
    "the survey": (NURT.SurveyQuestion, NURT.SurveyAnswer),
    "documents": (NURT.Document,),
}
_FOUND = """(names) => {
  const field = document.getElementById("search"), list = document.getElementById("found");
  return names.map((name) => {
    field.value = name;
    field.dispatchEvent(new Event("input"));
    return [...list.querySelectorAll("[data-n]")].map((hit) => Number(hit.dataset.n));
  });
}"""


@pytest.fixture(scope="module")
def search(browser: Browser, whole_file: Path) -> Any:
    """Types names into the field of search and gives the ids of the hits of each."""
    with opened(browser, whole_file) as page:
        ids = page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes.id")
        yield lambda names: [[ids[n] for n in hits] for hits in page.evaluate(_FOUND, names)]


def names(thing: Resource) -> set[str]:
    """What people may call it: its names in both languages, acronyms, and its code where it has one."""
    found = {*thing.labels.values(), *thing.other, thing.acronym}
    if thing.code and thing.short.startswith("rpo-") and re.fullmatch(r"[IVXLC\d.]+", thing.code):
        region = thing.short.split("/")[0].removeprefix("rpo-")
        found.add(f"{thing.code} {region}")
    return {name.strip() for name in found if name.strip()}


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_found_by_each_of_its_names(kind: str, search: Any, whole_graph: Graph) -> None:
    things = [thing for thing in load_resources(whole_graph).values() if thing.type in KINDS[kind]]
    assert things, f"the corpus has no {kind}"
    asked = [(short(thing.iri), name) for thing in things for name in sorted(names(thing))]
    assert len({thing for thing, _ in asked}) >= 0.9 * len(things), "almost everything has a name"
    hits = search([name for _, name in asked])
    lost = [(thing, name) for (thing, name), found in zip(asked, hits, strict=True) if thing not in found]
    assert not lost, f"{len(lost)} of {len(asked)} names of {kind} lead elsewhere: {lost[:5]}"


def test_names_are_found_without_their_diacritics(search: Any, whole_graph: Graph) -> None:
    plain = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
    things = [t for t in load_resources(whole_graph).values() if t.level is not None and "pl" in t.labels]
    hits = search([thing.labels["pl"].translate(plain).upper() for thing in things])
    lost = [thing.short for thing, found in zip(things, hits, strict=True) if thing.short not in found]
    assert not lost, lost[:5]


def test_what_stands_beside_the_lineage_has_a_card(browser: Browser, whole_file: Path) -> None:
    with opened(browser, whole_file) as page:
        for typed, kind, shown in (
            ("intervention field 001", "Dziedzina interwencji", "#written blockquote"),
            ("inwestycje planowane", "Pytanie ankiety", "#figures strong"),
            ("województwo łódzkie", "Region", "#sides blockquote"),
            ("Europejski Fundusz Społeczny", "Fundusz", "#sides blockquote"),
        ):
            page.fill("#search", typed)
            page.keyboard.press("Enter")
            assert page.locator("#card .card-level").inner_text().startswith(kind), typed
            assert page.locator(shown).count() >= 1, typed
