"""A small graph in the shape that a build gives, and a browser that reaches nobody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright
from rdflib import DCTERMS, RDF, SKOS, XSD, Dataset, Literal, URIRef

from nurt.graph.store import Graph
from nurt.ontology import identifiers
from nurt.ontology.namespace import ID, NURT, OA
from nurt.viz.explorer import explorer

HOSTILE = "</script><img src=x onerror=alert(1)> hostile"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Builder:
    """Writes elements and claims as a build does."""

    def __init__(self) -> None:
        self.data = Dataset()
        self.document = identifiers.document("plan")
        self.graph = self.data.graph(identifiers.document_version("plan", "0" * 64))
        self.graph.add((self.document, RDF.type, NURT.Document))
        self.graph.add((self.document, DCTERMS.title, Literal("Plan dla testu", lang="pl")))

    def element(
        self, name: str, cls: URIRef, polish: str, english: str = "", code: str = "", acronym: str = ""
    ) -> URIRef:
        iri = ID[name]
        self.graph.add((iri, RDF.type, cls))
        self.graph.add((iri, SKOS.prefLabel, Literal(polish, lang="pl")))
        if english:
            self.graph.add((iri, SKOS.prefLabel, Literal(english, lang="en")))
        if code:
            self.graph.add((iri, NURT.code, Literal(code)))
        if acronym:
            self.graph.add((iri, NURT.acronym, Literal(acronym)))
        return iri

    def link(
        self, child: URIRef, predicate: URIRef, parent: URIRef, quote: str, basis: URIRef = NURT.stated
    ) -> None:
        claim = identifiers.hashed("claim", child, predicate, parent)
        evidence = identifiers.hashed("evidence", quote)
        for triple in (
            (child, predicate, parent),
            (claim, RDF.type, NURT.Claim),
            (claim, RDF.subject, child),
            (claim, RDF.predicate, predicate),
            (claim, RDF.object, parent),
            (claim, NURT.basis, basis),
            (claim, NURT.confidence, Literal("0.9", datatype=XSD.decimal)),
            (claim, NURT.rule, Literal("test")),
            (claim, NURT.evidence, evidence),
            (evidence, OA.hasSource, self.document),
            (evidence, NURT.page, Literal(7)),
            (evidence, OA.hasSelector, URIRef(f"{evidence}/quote")),
            (URIRef(f"{evidence}/quote"), OA.exact, Literal(quote)),
            (evidence, OA.hasSelector, URIRef(f"{evidence}/position")),
            (URIRef(f"{evidence}/position"), OA.start, Literal(0)),
            (URIRef(f"{evidence}/position"), OA.end, Literal(len(quote))),
        ):
            self.graph.add(triple)

    def money(self, owner: URIRef, amount: int, objective: URIRef) -> None:
        allocation = identifiers.allocation(owner, objective)
        self.graph.add((owner, NURT.hasAllocation, allocation))
        self.graph.add((allocation, NURT.amount, Literal(amount)))
        self.graph.add((allocation, NURT.currency, Literal("EUR")))
        self.graph.add((allocation, NURT.thematicObjective, objective))
        self.graph.add((allocation, NURT.asOf, Literal("2019-04-11", datatype=XSD.date)))

    def built(self) -> Graph:
        return Graph.in_memory(self.data.serialize(format="nquads", encoding="utf-8"))


@pytest.fixture(scope="session")
def small_graph() -> Graph:
    make = Builder()
    europe = make.element("europe-2020", NURT.Strategy, "Europa 2020", "Europe 2020")
    smart = make.element(
        "europe-2020/priority/smart-growth", NURT.Priority, "Rozwój inteligentny", "Smart growth"
    )
    make.link(smart, NURT.partOf, europe, "Three priorities: smart growth", NURT.coded)
    research = make.element("thematic-objective/1", NURT.ThematicObjective, "Badania", "Research", "1")
    carbon = make.element("thematic-objective/4", NURT.ThematicObjective, "Niskoemisyjna", "Low carbon", "4")
    make.link(research, NURT.contributesTo, smart, "objective 1 serves smart growth", NURT.curated)
    make.link(carbon, NURT.contributesTo, smart, "objective 4 serves growth", NURT.inferred)
    clusters = make.element("beneficiary-type/clusters", NURT.BeneficiaryType, "Klastry", "Clusters")
    for slug, name, acronym in (("lodzkie", "łódzkie", "RPO WŁ"), ("slaskie", "śląskie", "RPO WSL")):
        region = make.element(f"region/{slug}", NURT.Region, name)
        programme = make.element(f"rpo-{slug}", NURT.RegionalProgramme, f"Program {name}", acronym=acronym)
        make.link(programme, NURT.coversRegion, region, f"Województwo {name}")
        axis = make.element(f"rpo-{slug}/1", NURT.PriorityAxis, f"Oś pierwsza {name}", code="I")
        make.link(axis, NURT.partOf, programme, f"Oś I {name}", NURT.coded)
        make.link(axis, NURT.addresses, research, f"I {name} | CT 1", NURT.coded)
        make.money(axis, 1_234_567, research)
        make.money(axis, 100, carbon)
        measure = make.element(f"rpo-{slug}/1.2", NURT.Measure, f"Inwestycje {name}", code="I.2")
        make.link(measure, NURT.partOf, axis, f"Działanie I.2 {name}", NURT.coded)
        make.link(measure, NURT.addresses, research, f"I.2 {name} wpisuje się w CT 1")
        make.link(measure, NURT.eligible, clusters, f"klastry z województwa {name}")
    hostile = make.element("rpo-lodzkie/1.3", NURT.Measure, HOSTILE, code="I.3")
    make.link(hostile, NURT.partOf, identifiers.element("rpo-lodzkie", "I"), HOSTILE, NURT.coded)
    return make.built()


@pytest.fixture(scope="session")
def page_file(small_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_text(explorer(small_graph), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = which("chromium") or which("chromium-browser") or which("google-chrome")
    with sync_playwright() as playwright:
        if not found and not Path(playwright.chromium.executable_path).exists():
            reason = "no Chromium: install one, or `playwright install chromium`"
            if os.environ.get("NURT_REQUIRE_BROWSER") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        started = playwright.chromium.launch(executable_path=found, headless=True, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, page_file: Path) -> Iterator[Page]:
    """The explorer, open; the test fails on any request, dialog or message on the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    opened = context.new_page()
    trouble: list[str] = []

    def requested(request: Request) -> None:
        if not request.url.startswith((page_file.as_uri(), "data:", "blob:")):
            trouble.append(f"request: {request.url}")

    opened.on("request", requested)
    opened.on("console", lambda message: trouble.append(f"console: {message.text}"))
    opened.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    opened.on("dialog", lambda dialog: trouble.append(f"dialog: {dialog.message}"))
    opened.goto(page_file.as_uri())
    opened.wait_for_selector("html[data-ready]")
    yield opened
    context.close()
    assert trouble == []
