"""National strategies, Union programmes and code lists read back through families and linking."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import URIRef

from nurt.ingest.catalogue import Entry, load
from nurt.ingest.claims import Element, Extraction
from nurt.ingest.document import Document
from nurt.ingest.families import extract
from nurt.ingest.gazetteer import Gazetteer
from nurt.ingest.linking import link
from nurt.ingest.readers import read
from nurt.ontology import identifiers
from nurt.ontology.namespace import NURT

CORPUS = Path(__file__).parents[2] / "corpus"
FACTS = Path(__file__).parents[2].parent / "shared" / "facts"
ENTRIES = {entry.id: entry for entry in load(CORPUS / "catalogue.toml")}
CHECK = "compare the digest with the facts, then the family's reading of it"

pytestmark = pytest.mark.skipif(
    not FACTS.is_dir(), reason="the maintainers' facts are not beside the checkout"
)

# Links that the facts state and the graph refuses: nothing is implemented by what is older than itself.
OLDER = {("ksrr", "srk-2020"), ("szrwrir", "srk-2020")}
# What a relation is in the graph: a document serves another, or only mentions it.
SERVES = {
    "realizuje",
    "one of the nine integrated strategies",
    "response to (heading 1.1.1 of the Partnership Agreement document)",
    "wpisuje się w priorytet strategii; przyczynia się do realizacji celów",
    "3 % PKB na B+R (dla Polski 1,7 %)",
    "instrument recommended there",
    "",
}
TARGETS = {"doc:europe2020": "europe-2020", "e2020:target:rd": "europe-2020/target/research-and-development"}


def facts_of(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FACTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def national() -> list[dict[str, Any]]:
    if not FACTS.is_dir():
        return []
    documents: list[dict[str, Any]] = facts_of("national-strategies")["documents"]
    return documents


@cache
def taken(name: str) -> tuple[Document, Entry, Extraction]:
    entry = ENTRIES[name]
    document = read(entry.path, document_id=entry.id)
    return document, entry, extract(document, entry)


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.build(element for name in ENTRIES for element in taken(name)[2].elements)


def of_type(extraction: Extraction, kind: URIRef) -> dict[URIRef, Element]:
    return {element.iri: element for element in extraction.elements if element.type == kind}


def label(element: Element, language: str) -> str:
    return next((str(text) for text in element.labels if text.language == language), "")


@pytest.mark.parametrize("fact", national(), ids=lambda fact: fact["id"])
def test_objective_trees(fact: dict[str, Any]) -> None:
    found = of_type(taken(fact["id"])[2], NURT.Objective)
    drafts = fact.get("draft_objectives", {}).get("items", [])
    for objective in [*fact.get("objectives", ()), *drafts]:
        element = found[identifiers.objective(fact["id"], objective["code"])]
        assert label(element, "pl") == objective["title_pl"], f"{fact['id']}: {CHECK}"
        if "parent" in objective:
            assert element.parent == identifiers.objective(fact["id"], objective["parent"]), CHECK
    for draft in drafts:
        element = found[identifiers.objective(fact["id"], draft["code"])]
        said = [str(value) for _, value in element.properties]
        assert any("projektu" in text for text in said), f"{element.iri}: not marked as from a draft; {CHECK}"


def test_every_stated_link_between_documents() -> None:
    missing = []
    for fact in national():
        document, entry, extraction = taken(fact["id"])
        linked = link(document, entry, extraction.elements, gazetteer())
        links = {
            (identifiers.short(claim.subject), identifiers.short(claim.object))
            for claim in (*extraction.claims, *linked.claims)
            if claim.predicate in (NURT.implements, NURT.contributesTo)
        }
        for stated in fact.get("implements", ()):
            if stated.get("relation", "") not in SERVES:
                continue
            pair = (fact["id"], TARGETS.get(stated["target"], stated["target"]))
            if pair in OLDER:
                assert pair not in links, f"{pair} is linked now: take it off OLDER"
            elif pair not in links:
                missing.append(pair)
    assert not missing, f"stated in the digests and not found: {missing}; mend the sentence or the cue"


def test_intervention_fields() -> None:
    fields = facts_of("eu")["categories_of_intervention"]["intervention_fields"]
    found = of_type(taken("intervention-fields")[2], NURT.InterventionField)
    assert len(found) == len(fields) == 115
    labels = {element.code: label(element, "en") for element in found.values()}
    assert labels == {fact["id"].removeprefix("ic:"): fact["label_en"] for fact in fields}, CHECK


def test_parts_of_horizon_2020() -> None:
    data = facts_of("eu")["horizon2020"]
    found = of_type(taken("h2020")[2], NURT.ProgrammePart)
    by_label = {label(element, "en"): element for element in found.values()}
    names = {part["id"]: part["label_en"] for part in data["parts"]}
    for part in data["parts"]:
        element = by_label[part["label_en"]]
        above = element.parent
        assert above is not None, f"{part['label_en']}: {CHECK}"
        if part["part_of"] == "h2020":
            assert above == identifiers.instrument("h2020")
        else:
            assert above == by_label[names[part["part_of"]]].iri, CHECK


def budgets(name: str) -> dict[str, set[Decimal]]:
    """The amounts of a Union programme and its parts, by the label of what they belong to."""
    extraction = taken(name)[2]
    amounts = {
        iri: dict(element.properties)[NURT.amount].toPython()
        for iri, element in of_type(extraction, NURT.Allocation).items()
    }
    labels = {element.iri: str(element.labels[0]) for element in extraction.elements if element.labels}
    found: dict[str, set[Decimal]] = {}
    for claim in extraction.claims:
        if claim.predicate == NURT.hasAllocation:
            found.setdefault(labels[claim.subject], set()).add(amounts[claim.object])
    return found


def test_budgets_of_the_union_programmes() -> None:
    data = facts_of("eu")
    h2020, cosme = data["horizon2020"], data["cosme"]
    found = budgets("h2020")
    for part in h2020["parts"]:
        assert found.pop(part["label_en"]) == {Decimal(part["budget_meur"]) * 10**6}, CHECK
    total = Decimal(str(h2020["programme"]["budget"]["headline_current_prices_bn_eur"])) * 10**9
    assert list(found.values()) == [{total}], CHECK
    wanted: dict[str, set[Decimal]] = {}
    for call in (c for c in [*cosme["cluster_actions"], *cosme["later_calls"]] if "budget_eur" in c):
        amount = call["budget_eur"]
        amounts = amount.values() if isinstance(amount, dict) else [amount]
        wanted.setdefault(call["label_en"], set()).update(map(Decimal, amounts))
    found = budgets("cosme")
    for label_en, expected in wanted.items():
        assert found.pop(label_en) == expected, CHECK
    assert list(found.values()) == [{Decimal(str(cosme["programme"]["budget_bn_eur"])) * 10**9}], CHECK


def test_actions_of_cosme() -> None:
    data = facts_of("eu")["cosme"]
    found = of_type(taken("cosme")[2], NURT.ProgrammePart)
    labels = sorted(label(element, "en") for element in found.values())
    assert labels == sorted(a["label_en"] for a in [*data["cluster_actions"], *data["later_calls"]]), CHECK


def test_article_says_what_supports_clusters() -> None:
    document, entry, extraction = taken("klastry-2014-2020")
    linked = link(document, entry, extraction.elements, gazetteer())
    supported = {
        identifiers.short(claim.subject) for claim in linked.claims if claim.predicate == NURT.supports
    }
    wanted = {
        *("europe-2020/flagship/innovation-union", "europe-2020/flagship/industrial-policy"),
        *("cosme", "h2020/es", "h2020/il", "po-polska-wschodnia", "rpo-lodzkie/1", "polityka-klastrowa-2020"),
    }
    assert wanted <= supported, f"not found: {wanted - supported}; mend the sentence or the cue"
