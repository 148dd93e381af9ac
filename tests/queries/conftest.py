"""A small hand-made graph in the shape that builds have: in memory, on disk and on a SPARQL server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, SKOS, XSD
from rdflib.term import Node

from nurt.graph.snapshot import publish
from nurt.graph.store import Graph, open_graph
from nurt.graph.upload import upload
from nurt.ontology.namespace import ID, NURT, OA


class Thing(NamedTuple):
    """A thing of the fixture: short id, class, Polish and English name, printed code, acronym."""

    id: str
    type: URIRef
    pl: str = ""
    en: str = ""
    code: str = ""
    acronym: str = ""


THINGS = (
    Thing("europe-2020", NURT.Strategy, "Europa 2020", "Europe 2020"),
    Thing("europe-2020/priority/smart-growth", NURT.Priority, "Rozwój inteligentny", "Smart growth"),
    Thing(
        "europe-2020/priority/sustainable-growth", NURT.Priority, "Rozwój zrównoważony", "Sustainable growth"
    ),
    Thing(
        "europe-2020/priority/inclusive-growth",
        NURT.Priority,
        "Rozwój sprzyjający włączeniu",
        "Inclusive growth",
    ),
    Thing("europe-2020/target/employment", NURT.HeadlineTarget, "Zatrudnienie", "Employment"),
    Thing(
        "europe-2020/flagship/innovation-union", NURT.FlagshipInitiative, "Unia innowacji", "Innovation Union"
    ),
    Thing(
        "thematic-objective/1",
        NURT.ThematicObjective,
        "Wzmacnianie badań naukowych",
        "Strengthening research",
        "CT 1",
    ),
    Thing(
        "thematic-objective/3",
        NURT.ThematicObjective,
        "Konkurencyjność MŚP",
        "Competitiveness of SMEs",
        "CT 3",
    ),
    Thing(
        "thematic-objective/4",
        NURT.ThematicObjective,
        "Gospodarka niskoemisyjna",
        "Low-carbon economy",
        "CT 4",
    ),
    Thing(
        "thematic-objective/8",
        NURT.ThematicObjective,
        "Zatrudnienie i mobilność",
        "Employment and mobility",
        "CT 8",
    ),
    Thing(
        "thematic-objective/11",
        NURT.ThematicObjective,
        "Sprawna administracja",
        "Efficient administration",
        "CT 11",
    ),
    Thing(
        "investment-priority/erdf-1b",
        NURT.InvestmentPriority,
        "Promowanie inwestycji przedsiębiorstw",
        "Business investment in R&I",
        "1b",
    ),
    Thing(
        "investment-priority/erdf-3c",
        NURT.InvestmentPriority,
        "Zaawansowane zdolności",
        "Advanced capacities",
        "3c",
    ),
    Thing(
        "srk-2020",
        NURT.Strategy,
        "Strategia Rozwoju Kraju 2020",
        "National Development Strategy 2020",
        "",
        "SRK 2020",
    ),
    Thing("srk-2020/objective/2", NURT.Objective, "Konkurencyjna gospodarka", "Competitive economy", "II"),
    Thing(
        "ksrr",
        NURT.Strategy,
        "Krajowa Strategia Rozwoju Regionalnego",
        "National Strategy of Regional Development",
        "",
        "KSRR",
    ),
    Thing(
        "rpo-lodzkie",
        NURT.RegionalProgramme,
        "Regionalny Program Operacyjny Województwa Łódzkiego na lata 2014-2020",
        "",
        "",
        "RPO WŁ",
    ),
    Thing("rpo-lodzkie/1", NURT.PriorityAxis, "Badania, rozwój i komercjalizacja wiedzy", "", "I"),
    Thing("rpo-lodzkie/1.1", NURT.Measure, "Rozwój infrastruktury badań i innowacji", "", "I.1"),
    Thing("rpo-lodzkie/1.2", NURT.Measure, "Inwestycje przedsiębiorstw w badania i innowacje", "", "I.2"),
    Thing("rpo-lodzkie/1.2.1", NURT.SubMeasure, "Infrastruktura B+R przedsiębiorstw", "", "I.2.1"),
    Thing("rpo-lodzkie/1.2.2", NURT.SubMeasure, "Projekty B+R przedsiębiorstw", "", "I.2.2"),
    Thing("rpo-lodzkie/4", NURT.PriorityAxis, "Gospodarka i energia", "", "IV"),
    Thing("rpo-lodzkie/4.1", NURT.Measure, "Odnawialne źródła energii", "", "IV.1"),
    Thing("rpo-lodzkie/4.2", NURT.Measure, "Rozwój MŚP", "", "IV.2"),
    Thing("rpo-lodzkie/4.10", NURT.Measure, "Działanie mieszane", "", "IV.10"),
    Thing("rpo-lodzkie/5", NURT.PriorityAxis, "Oś bez celu", "", "V"),
    Thing("rpo-lodzkie/5.1", NURT.Measure, "Działanie bez celu", "", "V.1"),
    Thing("rpo-lodzkie/12", NURT.PriorityAxis, "Pomoc techniczna", "", "XII"),
    Thing("rpo-lodzkie/12.1", NURT.Measure, "Pomoc techniczna", "", "XII.1"),
    Thing(
        "rpo-slaskie",
        NURT.RegionalProgramme,
        "Regionalny Program Operacyjny Województwa Śląskiego na lata 2014-2020",
        "",
        "",
        "RPO WSL",
    ),
    Thing("rpo-slaskie/1", NURT.PriorityAxis, "Nowoczesna gospodarka", "", "I"),
    Thing("rpo-slaskie/1.2", NURT.Measure, "Badania, rozwój i innowacje w przedsiębiorstwach", "", "1.2."),
    Thing(
        "po-inteligentny-rozwoj",
        NURT.NationalProgramme,
        "Program Operacyjny Inteligentny Rozwój",
        "Smart Growth Operational Programme",
        "",
        "PO IR",
    ),
    Thing("beneficiary-type/enterprises", NURT.BeneficiaryType, "Przedsiębiorstwa", "Enterprises"),
    Thing(
        "beneficiary-type/smes",
        NURT.BeneficiaryType,
        "Mikro, małe i średnie przedsiębiorstwa",
        "SMEs",
        "",
        "MŚP",
    ),
    Thing("beneficiary-type/research-units", NURT.BeneficiaryType, "Jednostki naukowe", "Research units"),
    Thing("beneficiary-type/clusters", NURT.BeneficiaryType, "Klastry", "Clusters"),
    Thing(
        "beneficiary-type/cluster-coordinators",
        NURT.BeneficiaryType,
        "Koordynatorzy klastrów",
        "Cluster coordinators",
    ),
    Thing(
        "support-type/internationalisation", NURT.SupportType, "Internacjonalizacja", "Internationalisation"
    ),
    Thing("smart-specialisation/lodzkie-medycyna", NURT.SmartSpecialisation, "Medycyna", "Medicine"),
    Thing(
        "fund/erdf",
        NURT.Fund,
        "Europejski Fundusz Rozwoju Regionalnego",
        "European Regional Development Fund",
        "",
        "EFRR",
    ),
    Thing("fund/esf", NURT.Fund, "Europejski Fundusz Społeczny", "European Social Fund", "", "EFS"),
    Thing("region/lodzkie", NURT.Region, "łódzkie", "Łódzkie"),
    Thing("region/slaskie", NURT.Region, "śląskie", "Śląskie"),
    Thing("category-of-region/less-developed", NURT.CategoryOfRegion, "słabiej rozwinięty", "less developed"),
)

# child, predicate, parent, basis, confidence, document
LINKS: tuple[tuple[str, URIRef, str, str, float, str], ...] = (
    ("europe-2020/priority/smart-growth", NURT.partOf, "europe-2020", "stated", 1.0, "europe-2020"),
    ("europe-2020/priority/sustainable-growth", NURT.partOf, "europe-2020", "stated", 1.0, "europe-2020"),
    ("europe-2020/priority/inclusive-growth", NURT.partOf, "europe-2020", "stated", 1.0, "europe-2020"),
    ("europe-2020/target/employment", NURT.partOf, "europe-2020", "stated", 1.0, "europe-2020"),
    (
        "europe-2020/target/employment",
        NURT.contributesTo,
        "europe-2020/priority/inclusive-growth",
        "stated",
        1.0,
        "europe-2020",
    ),
    (
        "europe-2020/flagship/innovation-union",
        NURT.contributesTo,
        "europe-2020/priority/smart-growth",
        "stated",
        1.0,
        "europe-2020",
    ),
    (
        "thematic-objective/1",
        NURT.contributesTo,
        "europe-2020/priority/smart-growth",
        "stated",
        0.95,
        "thematic-objectives",
    ),
    (
        "thematic-objective/3",
        NURT.contributesTo,
        "europe-2020/priority/smart-growth",
        "stated",
        0.95,
        "thematic-objectives",
    ),
    (
        "thematic-objective/4",
        NURT.contributesTo,
        "europe-2020/priority/sustainable-growth",
        "stated",
        0.95,
        "thematic-objectives",
    ),
    (
        "thematic-objective/8",
        NURT.contributesTo,
        "europe-2020/priority/inclusive-growth",
        "stated",
        0.95,
        "thematic-objectives",
    ),
    (
        "thematic-objective/8",
        NURT.contributesTo,
        "europe-2020/target/employment",
        "stated",
        0.95,
        "thematic-objectives",
    ),
    ("investment-priority/erdf-1b", NURT.partOf, "thematic-objective/1", "coded", 1.0, "thematic-objectives"),
    ("investment-priority/erdf-3c", NURT.partOf, "thematic-objective/3", "coded", 1.0, "thematic-objectives"),
    ("srk-2020", NURT.implements, "europe-2020", "stated", 0.9, "article"),
    ("srk-2020/objective/2", NURT.partOf, "srk-2020", "coded", 1.0, "article"),
    ("ksrr", NURT.implements, "srk-2020", "stated", 0.9, "article"),
    ("rpo-slaskie", NURT.implements, "ksrr", "stated", 0.8, "article"),
    ("rpo-lodzkie/1", NURT.partOf, "rpo-lodzkie", "coded", 1.0, "cards"),
    ("rpo-lodzkie/1.1", NURT.partOf, "rpo-lodzkie/1", "coded", 1.0, "cards"),
    ("rpo-lodzkie/1.2", NURT.partOf, "rpo-lodzkie/1", "coded", 1.0, "cards"),
    ("rpo-lodzkie/1.2.1", NURT.partOf, "rpo-lodzkie/1.2", "coded", 1.0, "cards"),
    ("rpo-lodzkie/1.2.2", NURT.partOf, "rpo-lodzkie/1.2", "coded", 1.0, "cards"),
    ("rpo-lodzkie/4", NURT.partOf, "rpo-lodzkie", "coded", 1.0, "cards"),
    ("rpo-lodzkie/4.1", NURT.partOf, "rpo-lodzkie/4", "coded", 1.0, "cards"),
    ("rpo-lodzkie/4.2", NURT.partOf, "rpo-lodzkie/4", "coded", 1.0, "cards"),
    ("rpo-lodzkie/4.10", NURT.partOf, "rpo-lodzkie/4", "coded", 1.0, "cards"),
    ("rpo-lodzkie/5", NURT.partOf, "rpo-lodzkie", "coded", 1.0, "cards"),
    ("rpo-lodzkie/5.1", NURT.partOf, "rpo-lodzkie/5", "coded", 1.0, "cards"),
    ("rpo-lodzkie/12", NURT.partOf, "rpo-lodzkie", "coded", 1.0, "cards"),
    ("rpo-lodzkie/12.1", NURT.partOf, "rpo-lodzkie/12", "coded", 1.0, "cards"),
    ("rpo-slaskie/1", NURT.partOf, "rpo-slaskie", "coded", 1.0, "cards"),
    ("rpo-slaskie/1.2", NURT.partOf, "rpo-slaskie/1", "coded", 1.0, "cards"),
    ("rpo-lodzkie/1", NURT.addresses, "thematic-objective/1", "coded", 1.0, "finance"),
    ("rpo-lodzkie/4", NURT.addresses, "thematic-objective/4", "coded", 1.0, "finance"),
    ("rpo-lodzkie/4", NURT.addresses, "thematic-objective/3", "coded", 1.0, "finance"),
    ("rpo-slaskie/1", NURT.addresses, "thematic-objective/1", "coded", 1.0, "finance"),
    ("rpo-lodzkie/1.2.1", NURT.addresses, "investment-priority/erdf-1b", "coded", 1.0, "cards"),
    ("rpo-lodzkie/4.1", NURT.addresses, "thematic-objective/4", "inferred", 0.7, "cards"),
    ("rpo-lodzkie/4.2", NURT.addresses, "thematic-objective/3", "inferred", 0.6, "cards"),
    ("rpo-lodzkie/4.2", NURT.addresses, "smart-specialisation/lodzkie-medycyna", "stated", 0.9, "cards"),
)

# subject, predicate, object: links beside the cascade, each with a claim of basis stated
SIDEWAYS: tuple[tuple[str, URIRef, str, str], ...] = (
    ("rpo-lodzkie/1.1", NURT.eligible, "beneficiary-type/research-units", "cards"),
    ("rpo-lodzkie/1.2.1", NURT.eligible, "beneficiary-type/smes", "cards"),
    ("rpo-lodzkie/1.2.2", NURT.eligible, "beneficiary-type/enterprises", "cards"),
    ("rpo-lodzkie/4.2", NURT.eligible, "beneficiary-type/smes", "cards"),
    ("rpo-slaskie/1.2", NURT.eligible, "beneficiary-type/smes", "cards"),
    ("rpo-lodzkie", NURT.coversRegion, "region/lodzkie", "cards"),
    ("rpo-slaskie", NURT.coversRegion, "region/slaskie", "cards"),
    ("po-inteligentny-rozwoj", NURT.supports, "beneficiary-type/cluster-coordinators", "article"),
    ("po-inteligentny-rozwoj", NURT.supportType, "support-type/internationalisation", "article"),
)

# owner, fund, objective, amount, date, document
ALLOCATIONS: tuple[tuple[str, str, str, int, str, str], ...] = (
    ("rpo-lodzkie/1", "fund/erdf", "thematic-objective/1", 171619822, "2019-04-11", "finance"),
    ("rpo-lodzkie/4", "fund/erdf", "thematic-objective/4", 228344770, "2019-04-11", "finance"),
    ("rpo-lodzkie/4", "fund/erdf", "thematic-objective/3", 4500000, "2019-04-11", "finance"),
    ("rpo-lodzkie/5", "fund/erdf", "thematic-objective/11", 1000000, "2019-04-11", "finance"),
    ("rpo-lodzkie/12", "fund/esf", "", 67616476, "2019-04-11", "finance"),
    ("rpo-slaskie/1", "fund/erdf", "thematic-objective/1", 300000000, "2019-04-11", "finance"),
    ("rpo-slaskie/1", "fund/erdf", "thematic-objective/1", 299000000, "2015-01-01", "cards"),
    ("rpo-lodzkie/1.1", "fund/erdf", "", 60000000, "2018-01-01", "cards"),
)

# id, Polish title, English title, date, family, source
DOCUMENTS: tuple[tuple[str, str, str, str, str], ...] = (
    ("europe-2020", "Europa 2020", "Europe 2020: a strategy", "2010-03-03", "communication"),
    ("thematic-objectives", "Cele tematyczne", "Thematic objectives", "2013-12-17", "regulation"),
    ("finance", "Plan finansowy", "Finance plan", "2019-04-11", "finance_plan"),
    ("cards", "SZOOP RPO WŁ", "", "2018-01-01", "measure_cards"),
    ("article", "Klastry w nowej perspektywie", "", "2015-01-01", "article"),
)


class _Writer:
    """Collects quads and the kept texts that their quotes stand in."""

    def __init__(self) -> None:
        self.quads: list[tuple[Node, URIRef, Node, URIRef]] = []
        self.texts: dict[str, str] = {name: "" for name, *_ in DOCUMENTS}

    def add(self, graph: URIRef, *rows: tuple[URIRef, URIRef, Node]) -> None:
        self.quads.extend((s, p, o, graph) for s, p, o in rows)

    def graph(self, document: str) -> URIRef:
        return ID[f"document/{document}/0123456789abcdef"]

    def evidence(self, document: str, quote: str, page: int | None = 1) -> URIRef:
        start = len(self.texts[document])
        self.texts[document] += quote + "\n"
        iri = ID["evidence/" + hashlib.sha256(f"{document}{start}".encode()).hexdigest()[:24]]
        graph = self.graph(document)
        exact, position = URIRef(f"{iri}/quote"), URIRef(f"{iri}/position")
        self.add(
            graph,
            (iri, RDF.type, NURT.Evidence),
            (iri, OA.hasSource, ID[f"document/{document}"]),
            (iri, OA.hasSelector, exact),
            (iri, OA.hasSelector, position),
            (exact, RDF.type, OA.TextQuoteSelector),
            (exact, OA.exact, Literal(quote)),
            (position, RDF.type, OA.TextPositionSelector),
            (position, OA.start, Literal(start)),
            (position, OA.end, Literal(start + len(quote))),
        )
        if page is not None:
            self.add(graph, (iri, NURT.page, Literal(page)))
        return iri

    def claim(
        self, child: URIRef, predicate: URIRef, parent: URIRef, basis: str, confidence: float, document: str
    ) -> None:
        quote = f"{child.rpartition('/id/')[2]} {predicate.rpartition('#')[2]} {parent.rpartition('/id/')[2]}"
        evidence = self.evidence(document, quote)
        iri = ID["claim/" + hashlib.sha256(f"{quote}{basis}".encode()).hexdigest()[:24]]
        self.add(
            self.graph(document),
            (child, predicate, parent),
            (iri, RDF.type, NURT.Claim),
            (iri, RDF.type, RDF.Statement),
            (iri, RDF.subject, child),
            (iri, RDF.predicate, predicate),
            (iri, RDF.object, parent),
            (iri, NURT.basis, NURT[basis]),
            (iri, NURT.confidence, Literal(Decimal(str(confidence)))),
            (iri, NURT.rule, Literal(f"{document}/fixture")),
            (iri, PROV.wasDerivedFrom, self.graph(document)),
            (iri, NURT.evidence, evidence),
        )


def _written() -> _Writer:
    writer = _Writer()
    vocabulary = ID["vocabulary/fixture"]
    for thing in THINGS:
        iri = ID[thing.id]
        writer.add(vocabulary, (iri, RDF.type, thing.type))
        for label, language in ((thing.pl, "pl"), (thing.en, "en")):
            if label:
                writer.add(vocabulary, (iri, SKOS.prefLabel, Literal(label, lang=language)))
        if thing.code:
            writer.add(vocabulary, (iri, NURT.code, Literal(thing.code)))
        if thing.acronym:
            writer.add(vocabulary, (iri, NURT.acronym, Literal(thing.acronym)))
    card = ID["rpo-lodzkie/1.2.2"]
    writer.add(
        vocabulary,
        (ID["beneficiary-type/smes"], SKOS.broader, ID["beneficiary-type/enterprises"]),
        (ID["beneficiary-type/cluster-coordinators"], SKOS.broader, ID["beneficiary-type/clusters"]),
        (ID["rpo-lodzkie/12"], NURT.technicalAssistance, Literal(True)),
        (card, NURT.beneficiaryLabel, Literal("przedsiębiorcy; także konsorcja", lang="pl")),
        (card, DCTERMS.source, URIRef("https://rpo.lodzkie.pl/karta")),
    )
    for name, pl, en, day, family in DOCUMENTS:
        iri, graph = ID[f"document/{name}"], writer.graph(name)
        writer.add(
            graph,
            (iri, RDF.type, NURT.Document),
            (iri, DCTERMS.title, Literal(pl, lang="pl")),
            (iri, DCTERMS.date, Literal(day, datatype=XSD.date)),
            (iri, DCTERMS.language, Literal("pl")),
            (iri, DCTERMS.source, URIRef(f"https://example.org/{name}")),
            (iri, NURT.family, Literal(family)),
            (iri, NURT.digest, Literal(name != "article")),
            (iri, DCTERMS.hasVersion, graph),
            (graph, DCTERMS.isVersionOf, iri),
            (graph, NURT.sha256, Literal("0123456789abcdef" * 4)),
        )
        if en:
            writer.add(graph, (iri, DCTERMS.title, Literal(en, lang="en")))
    for child, predicate, parent, basis, confidence, document in LINKS:
        writer.claim(ID[child], predicate, ID[parent], basis, confidence, document)
    for subject, predicate, thing, document in SIDEWAYS:
        writer.claim(ID[subject], predicate, ID[thing], "stated", 0.9, document)
    writer.claim(ID["document/article"], NURT.cites, ID["europe-2020"], "stated", 0.9, "article")
    for number, (owner, fund, objective, amount, day, document) in enumerate(ALLOCATIONS):
        iri, graph = ID[f"{owner}/allocation/{number}"], writer.graph(document)
        writer.claim(ID[owner], NURT.hasAllocation, iri, "stated", 1.0, document)
        writer.add(
            graph,
            (iri, RDF.type, NURT.Allocation),
            (iri, NURT.evidence, writer.evidence(document, str(amount))),
            (iri, NURT.amount, Literal(Decimal(amount))),
            (iri, NURT.currency, Literal("EUR")),
            (iri, NURT.fund, ID[fund]),
            (iri, NURT.categoryOfRegion, ID["category-of-region/less-developed"]),
            (iri, NURT.asOf, Literal(day, datatype=XSD.date)),
        )
        if objective:
            writer.add(graph, (iri, NURT.thematicObjective, ID[objective]))
    for document in ("cards", "article"):
        for thing in THINGS:
            if thing.id.startswith("rpo-lodzkie/" if document == "cards" else "srk"):
                writer.add(
                    writer.graph(document),
                    (ID[f"document/{document}"], NURT.setsOut, ID[thing.id]),
                    (ID[thing.id], NURT.evidence, writer.evidence(document, f"{thing.code} {thing.pl}")),
                )
    upward = {(ID[child], ID[parent]) for child, _, parent, *_ in LINKS}
    for child, parent in sorted(nx.transitive_closure(nx.DiGraph(list(upward))).edges):
        writer.add(ID["graph/closure"], (child, NURT.flowsFrom, parent))
    return writer


def _quad(row: tuple[Node, URIRef, Node, URIRef]) -> ox.Quad:
    subject, predicate, value, graph = row
    term: ox.NamedNode | ox.Literal
    if isinstance(value, Literal):
        if value.language:
            term = ox.Literal(str(value), language=value.language)
        else:
            term = ox.Literal(str(value), datatype=ox.NamedNode(str(value.datatype or XSD.string)))
    else:
        term = ox.NamedNode(str(value))
    return ox.Quad(ox.NamedNode(str(subject)), ox.NamedNode(predicate), term, ox.NamedNode(graph))


@pytest.fixture(scope="session")
def quads() -> tuple[ox.Quad, ...]:
    """The fixture's quads."""
    return tuple(_quad(row) for row in _written().quads)


@pytest.fixture(scope="session")
def on_disk(quads: tuple[ox.Quad, ...], tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The fixture as a graph folder."""
    folder: Path = tmp_path_factory.mktemp("small-graph")
    nquads = ox.serialize(iter(quads), format=ox.RdfFormat.N_QUADS)
    publish(folder, nquads=nquads, texts=_written().texts, manifest={}, report={})
    return open_graph(folder)


@pytest.fixture(scope="session")
def small(quads: tuple[ox.Quad, ...]) -> Graph:
    return Graph.in_memory(quads)


@pytest.fixture(scope="session")
def on_server(on_disk: Graph, new_sparql_server: Callable[[], str]) -> Graph:
    """The fixture on a SPARQL server."""
    address = new_sparql_server()
    upload(on_disk, address)
    return open_graph(address)


@pytest.fixture(scope="session", params=["small", "on_disk", "on_server"])
def either(request: pytest.FixtureRequest) -> Graph:
    """The fixture on each store in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def iri() -> Callable[[str], URIRef]:
    return lambda name: ID[name]
