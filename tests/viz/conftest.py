"""A small graph in the shape that a build gives, and a browser that reaches nobody."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Request
from rdflib import DCTERMS, RDF, SKOS, XSD, Dataset, Literal, URIRef

from nurt.graph.store import Graph, open_graph
from nurt.ontology import identifiers
from nurt.ontology.identifiers import short
from nurt.ontology.namespace import ID, NURT, OA
from nurt.queries.money import load_allocations
from nurt.viz.explorer import explorer

HOSTILE = "</script><img src=x onerror=alert(1)> hostile"


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


@contextmanager
def opened(browser: Browser, path: Path, **options: Any) -> Iterator[Page]:
    """A page, open; afterwards the test fails on any request, dialog, message on the console or refusal."""
    settings = {"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, "offline": True}
    context = browser.new_context(**{**settings, **options})
    context.add_init_script(
        "window.refused = []; addEventListener('securitypolicyviolation', (e) => "
        "window.refused.push(`${e.violatedDirective} ${e.blockedURI}`));"
    )
    made = context.new_page()
    trouble: list[str] = []

    def requested(request: Request) -> None:
        if not request.url.startswith((path.as_uri(), "data:", "blob:")):
            trouble.append(f"request: {request.url}")

    made.on("request", requested)
    made.on("console", lambda message: trouble.append(f"console: {message.text}"))
    made.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    made.on("dialog", lambda dialog: trouble.append(f"dialog: {dialog.message}"))
    made.goto(path.as_uri())
    made.wait_for_selector("html[data-ready]")
    try:
        yield made
        trouble += [f"refused: {what}" for what in made.evaluate("window.refused ?? []")]
    finally:
        context.close()
    assert trouble == []


class Reader:
    """Somebody in front of the page: does what a hand can do, and counts it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.interactions = 0

    def click(self, what: Locator) -> None:
        self.interactions += 1
        what.click()

    def look_for(self, typed: str) -> None:
        """Type something and take what is found first."""
        self.interactions += 2
        self.page.fill("#search", typed)
        self.page.keyboard.press("Enter")

    def drawn(self, *, lit: bool | None = None) -> list[str]:
        """The names of the boxes in the picture."""
        which = "" if lit is None else f"[data-lit={str(lit).lower()}]"
        return self.page.locator(f"#drawn [role=option]{which}").all_text_contents()

    def place(self, name: str) -> tuple[float, float]:
        """The middle of the box of that name, in pixels of the page, once the picture is still."""
        item = self.page.locator("#drawn [role=option]", has_text=name).first
        before = None
        while (now := item.bounding_box()) is None or now != before:
            before = now
            self.page.wait_for_timeout(300)
        return now["x"] + now["width"] / 2, now["y"] + now["height"] / 2

    def click_box(self, name: str) -> None:
        self.interactions += 1
        self.page.mouse.click(*self.place(name))

    def click_line(self, upper: str, lower: str) -> None:
        """Click the line between two boxes in its middle, which its bends leave where it is."""
        self.interactions += 1
        (x0, y0), (x1, y1) = self.place(upper), self.place(lower)
        self.page.mouse.click((x0 + x1) / 2, (y0 + y1) / 2)

    def facet(self, name: str, value: str) -> Locator:
        """The box to tick for a value of a facet, whose name is followed by how many rows it leaves."""
        item = re.compile(rf"^{re.escape(value)}\s?[\d\s]+$")
        return self.page.locator(f"#facet-{name} li", has_text=item).locator("input")


@pytest.fixture
def page(browser: Browser, page_file: Path) -> Iterator[Page]:
    """The explorer of the small graph, open."""
    with opened(browser, page_file) as made:
        yield made


@pytest.fixture(scope="session")
def whole_graph(corpus_graph: Path) -> Graph:
    """The graph of the shipped corpus."""
    return open_graph(corpus_graph)


@pytest.fixture(scope="session")
def whole_file(whole_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the shipped corpus."""
    path = tmp_path_factory.mktemp("whole") / "explorer.html"
    path.write_text(explorer(whole_graph), encoding="utf-8")
    return path


@pytest.fixture
def open_whole(browser: Browser, whole_file: Path) -> Callable[..., AbstractContextManager[Reader]]:
    """Opens the explorer of the shipped corpus with the browser settings given."""

    @contextmanager
    def opens(**options: Any) -> Iterator[Reader]:
        with opened(browser, whole_file, **options) as made:
            yield Reader(made)

    return opens


@pytest.fixture
def reader(browser: Browser, whole_file: Path) -> Iterator[Reader]:
    """Somebody who has just opened the explorer of the shipped corpus."""
    with opened(browser, whole_file) as made:
        yield Reader(made)


def numbers(text: str) -> int:
    """The whole number that a text shows, whatever groups its digits."""
    return int(re.sub(r"\D", "", text))


def planned(graph: Graph, of: str = "") -> Decimal:
    """What the newest plan gives to the axes of a programme, or to all: from the graph, not from the page."""
    entries = [
        (short(owner), entry)
        for owner, given in load_allocations(graph).items()
        for entry in given
        if entry.currency == "EUR" and entry.as_of
    ]
    newest = max(entry.as_of for _, entry in entries if entry.objective)
    return sum((e.amount for name, e in entries if e.as_of == newest and name.startswith(of)), Decimal(0))


def downloaded(page: Page) -> list[dict[str, str]]:
    """The rows of the CSV that the table gives."""
    with page.expect_download() as download:
        page.click("#csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))
