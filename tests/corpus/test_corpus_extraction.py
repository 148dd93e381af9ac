"""The digests read back through nurt's own readers and families, against the facts they were written from."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import URIRef

from nurt.ingest.catalogue import Entry, load
from nurt.ingest.claims import Element, Extraction
from nurt.ingest.document import Document
from nurt.ingest.families import FAMILIES, extract
from nurt.ingest.readers import read
from nurt.ontology import identifiers
from nurt.ontology.namespace import NURT

CORPUS = Path(__file__).parents[2] / "corpus"
FACTS = Path(__file__).parents[2].parent / "shared" / "facts"
ENTRIES = {entry.id: entry for entry in load(CORPUS / "catalogue.toml")}
FILES = sorted(FACTS.glob("*po-*.yaml")) if FACTS.is_dir() else []
LAID_OUT = sorted(entry.id for entry in ENTRIES.values() if entry.family in FAMILIES)
CHECK = "compare the digest with the facts, then the family's reading of it"

needs_facts = pytest.mark.skipif(not FILES, reason="the maintainers' facts are not beside the checkout")
each_programme = pytest.mark.parametrize("programme", [path.stem for path in FILES])


@cache
def taken(name: str) -> tuple[Document, Entry, Extraction]:
    entry = ENTRIES[name]
    document = read(entry.path, document_id=entry.id)
    return document, entry, extract(document, entry)


def facts_of(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FACTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def of_type(extraction: Extraction, kind: URIRef) -> dict[URIRef, Element]:
    return {element.iri: element for element in extraction.elements if element.type == kind}


def label(element: Element, language: str = "pl") -> str:
    return next((str(text) for text in element.labels if text.language == language), "")


def objects(element: Element, predicate: URIRef) -> list[str]:
    return [str(value) for key, value in element.properties if key == predicate]


@pytest.mark.parametrize("name", LAID_OUT)
def test_quotes_stand_at_their_offsets_on_their_pages(name: str) -> None:
    document, entry, extraction = taken(name)
    assert document.language == entry.language
    assert not document.warnings
    assert len(document.page_starts) == entry.path.read_text(encoding="utf-8").count('<section class="page"')
    places = [element.evidence for element in extraction.elements]
    places += [place for claim in extraction.claims for place in claim.evidence]
    for place in places:
        assert document.text[place.start : place.end] == place.quote
        assert place.page == document.page_at(place.start)
    assert extraction.elements or entry.family == "article", "an article sets nothing out, all others do"


@needs_facts
@each_programme
def test_tree_of_a_programme(programme: str) -> None:
    data = facts_of(programme)
    _, _, extraction = taken(programme)
    wanted: dict[URIRef, dict[URIRef, tuple[str, str]]] = {
        kind: {} for kind in (NURT.PriorityAxis, NURT.Measure, NURT.SubMeasure)
    }

    def want(kind: URIRef, code: str, title: str | None) -> None:
        wanted[kind][identifiers.element(programme, code)] = (code, title or "")

    for axis in data["axes"]:
        want(NURT.PriorityAxis, axis["number"], axis["title_pl"])
    for measure in data["measures"]:
        want(NURT.Measure, measure["code"], measure["title_pl"])
        for sub in measure.get("submeasures", ()):
            want(NURT.SubMeasure, sub["code"], sub["title_pl"])
    for kind, elements in wanted.items():
        found = of_type(extraction, kind)
        assert set(found) == set(elements), f"{programme}: {CHECK}"
        for iri, (code, title) in elements.items():
            assert found[iri].code == code, f"{iri}: {CHECK}"
            if title:
                assert label(found[iri]) == title, f"{iri}: {CHECK}"
            else:
                assert "nieznane" not in label(found[iri]), f"{iri}: what is unknown became a name"


@needs_facts
@each_programme
def test_beneficiaries_priorities_and_amounts_of_a_programme(programme: str) -> None:
    data = facts_of(programme)
    _, _, extraction = taken(programme)
    elements = {element.iri: element for element in extraction.elements}
    amounts = {
        element.iri: int(float(objects(element, NURT.amount)[0]))
        for element in of_type(extraction, NURT.Allocation).values()
    }
    owned: dict[URIRef, list[int]] = {}
    addressed: dict[URIRef, set[str]] = {}
    for claim in extraction.claims:
        if claim.predicate == NURT.hasAllocation:
            owned.setdefault(claim.subject, []).append(amounts[claim.object])
        elif claim.predicate == NURT.addresses and "/investment-priority/" in claim.object:
            addressed.setdefault(claim.subject, set()).add(claim.object.rsplit("-", 1)[-1])
    everything = [*data["measures"], *(s for m in data["measures"] for s in m.get("submeasures", ()))]
    for fact in everything:
        iri = identifiers.element(programme, fact["code"])
        labels = objects(elements[iri], NURT.beneficiaryLabel)
        assert sorted(labels) == sorted(set(fact.get("beneficiary_types", ()))), f"{iri}: {CHECK}"
        planned = [fact[key] for key in ("eu_eur", "eu_eur_approx") if key in fact]
        for amount in planned:
            assert amount in owned.get(iri, ()), f"{iri}: {amount} is not read; {CHECK}"
        if not planned and "pln_approx" not in fact:
            assert iri not in owned, f"{iri}: an amount out of nothing; {CHECK}"
        assert addressed.get(iri, set()) == set(fact.get("investment_priorities", ())), f"{iri}: {CHECK}"
    for axis in data["axes"]:
        if "eu_eur" in axis:
            iri = identifiers.element(programme, axis["number"])
            assert axis["eu_eur"] in owned[iri], f"{iri}: {CHECK}"


@needs_facts
def test_every_line_of_the_finance_plans() -> None:
    with (FACTS / "finance-plan.csv").open(encoding="utf-8", newline="") as stream:
        wanted = Counter(
            (
                identifiers.element(row["programme"], row["axis"]),
                row["fund"].lower(),
                row["thematic_objective"].lstrip("0"),
                int(row["eu_eur"]),
            )
            for row in csv.DictReader(stream)
        )
    found: Counter[tuple[URIRef, str, str, int]] = Counter()
    axes = set()
    for name in ENTRIES:
        if not name.endswith("-finance"):
            continue
        _, _, extraction = taken(name)
        allocations = of_type(extraction, NURT.Allocation)
        axes |= set(of_type(extraction, NURT.PriorityAxis))
        for claim in extraction.claims:
            if claim.predicate != NURT.hasAllocation:
                continue
            allocation = allocations[URIRef(claim.object)]
            objective = objects(allocation, NURT.thematicObjective)
            found[
                URIRef(claim.subject),
                objects(allocation, NURT.fund)[0].rsplit("/", 1)[-1],
                objective[0].rsplit("/", 1)[-1] if objective else "TA",
                int(float(objects(allocation, NURT.amount)[0])),
            ] += 1
    assert found == wanted, f"lines that differ: {(found - wanted) + (wanted - found)}; {CHECK}"
    assert sum(found.values()) == 319
    assert len(axes) == 215


@needs_facts
def test_thematic_objectives_and_investment_priorities() -> None:
    data = facts_of("eu")
    _, _, extraction = taken("thematic-objectives")
    objectives = of_type(extraction, NURT.ThematicObjective)
    assert len(objectives) == 11
    for fact in data["thematic_objectives"]:
        element = objectives[identifiers.thematic_objective(fact["id"].removeprefix("to:"))]
        assert label(element, "en") == fact["label_en"], CHECK
        assert label(element, "pl") == fact.get("label_pl", ""), CHECK
    priorities = of_type(extraction, NURT.InvestmentPriority)
    assert len(priorities) == len(data["investment_priorities"]) == 75
    for fact in data["investment_priorities"]:
        element = priorities[identifiers.investment_priority(fact["fund"], fact["codes"][0])]
        assert label(element, "en") == fact["label_en"], CHECK
        assert label(element, "pl") == fact.get("label_pl", ""), CHECK


@needs_facts
def test_europe_2020() -> None:
    data = facts_of("eu")["europe2020"]
    _, _, extraction = taken("europe-2020")
    for key, kind, count in (
        ("priorities", NURT.Priority, 3),
        ("headline_targets", NURT.HeadlineTarget, 5),
        ("flagships", NURT.FlagshipInitiative, 7),
    ):
        found = of_type(extraction, kind)
        assert len(found) == len(data[key]) == count
        names = {str(text).casefold() for element in found.values() for text in element.labels}
        for fact in data[key]:
            name = fact["label_en"].partition(": ")[0] if key == "priorities" else fact["label_en"]
            assert name.casefold() in names, f"{name}: {CHECK}"


@needs_facts
@each_programme
def test_regions_of_a_programme(programme: str) -> None:
    fact = facts_of(programme)["programme"]
    _, _, extraction = taken(programme)
    covered = {
        claim.object
        for claim in extraction.claims
        if claim.predicate == NURT.coversRegion and claim.subject == identifiers.instrument(programme)
    }
    if programme.startswith("rpo-"):
        wanted = {identifiers.region(fact["region"])}
    else:
        wanted = {identifiers.region(place["name"]) for place in fact.get("voivodeships", ())}
    assert covered == wanted, f"{programme}: {CHECK}"
