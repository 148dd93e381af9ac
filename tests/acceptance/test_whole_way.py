"""The whole way, on the shipped corpus and on real documents: from a file to a lineage with quotes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from rdflib import URIRef

from nurt.graph.snapshot import current
from nurt.graph.store import Graph, open_graph
from nurt.graph.validate import validate, verify
from nurt.ingest.build import BuildResult, build
from nurt.ontology import identifiers as ids
from nurt.queries.lineage import lineage
from nurt.queries.trace import trace

SMART_GROWTH = ids.instrument("europe-2020/priority/smart-growth")


@pytest.fixture(scope="module")
def graph(corpus_graph: Path) -> Graph:
    return open_graph(corpus_graph)


@pytest.fixture(scope="module")
def act(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("act")
    result = build([shared / "real" / "formex-32013R1303" / "DOC_2.xml"], folder)
    assert result.failures == ()
    return open_graph(folder)


def test_trace_of_measure_i_2_reaches_smart_growth_with_evidence_on_each_step(graph: Graph) -> None:
    found = trace(graph, ids.expand("rpo-lodzkie/I.2"))
    assert {SMART_GROWTH, ids.instrument("europe-2020"), ids.thematic_objective(1)} <= found.reaches
    for step in found.steps:
        assert step.claims, step
        for claim in step.claims:
            assert claim.basis in ("stated", "coded", "curated", "inferred")
            assert 0 <= claim.confidence <= 1
            for quote in claim.quotes:
                text = graph.text(str(ids.short(quote.document)).removeprefix("document/"))
                assert text[quote.start : quote.end] == quote.text
                assert quote.title("en")
    up = {(step.child, step.parent) for step in found.steps}
    assert (ids.element("rpo-lodzkie", "I"), ids.thematic_objective(1)) in up


def test_lineage_has_every_measure_of_the_digest(graph: Graph, shared: Path) -> None:
    facts = yaml.safe_load((shared / "facts" / "rpo-lodzkie.yaml").read_text(encoding="utf-8"))
    bottom: set[URIRef] = set()
    for measure in facts["measures"]:
        below = measure.get("submeasures") or [measure]
        bottom |= {ids.element("rpo-lodzkie", item["code"]) for item in below}
    rows = lineage(graph, programme="rpo-lodzkie").rows
    assert {row.measure.iri for row in rows} == bottom
    assert len(bottom) == 52
    without = {row.measure.iri for row in rows if row.route is None}
    assert without == {ids.element("rpo-lodzkie", "XII.1")}
    (assistance,) = [row for row in rows if row.route is None]
    assert assistance.reason == ("brak drogi: pomoc techniczna", "no route: technical assistance")


def test_basis_filters(graph: Graph) -> None:
    every = lineage(graph, programme="rpo-lodzkie")
    strict = lineage(graph, programme="rpo-lodzkie", bases="stated,coded")
    assert {row.measure.iri for row in strict.rows} == {row.measure.iri for row in every.rows}

    def weakest(rows: object) -> set[str]:
        return {row.route.basis for row in rows if row.route is not None}  # type: ignore[attr-defined]

    assert "inferred" in weakest(every.rows)
    assert weakest(strict.rows) <= {"stated", "coded"}


def test_the_corpus_conforms_and_every_quote_is_where_it_is_said_to_be(graph: Graph) -> None:
    shapes = validate(graph)
    assert shapes.conforms, shapes.text("en")
    quotes = verify(graph)
    assert quotes.conforms, quotes.text("en")


def test_two_builds_give_identical_quads(corpus_graph: Path, tmp_path: Path, repository: Path) -> None:
    again = build([repository / "corpus"], tmp_path / "again", processes=1)
    assert again.changed
    first, second = current(corpus_graph), current(tmp_path / "again")
    assert first.name == second.name
    quads = [open_graph(folder).nquads() for folder in (corpus_graph, tmp_path / "again")]
    assert quads[0] == quads[1]
    assert len(quads[0].splitlines()) > 10_000


def test_an_unchanged_corpus_is_not_read_again(corpus_graph: Path, repository: Path) -> None:
    again = build([repository / "corpus"], corpus_graph)
    assert (again.changed, again.read) == (False, 0)


def test_only_the_changed_document_is_read_again(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nTekst o programie.\n", encoding="utf-8")

    def run() -> BuildResult:
        return build([tmp_path / "a.md", tmp_path / "b.md"], tmp_path / "graph")

    assert run().read == 2
    (tmp_path / "a.md").write_text("# a\n\nInny tekst.\n", encoding="utf-8")
    changed = run()
    assert (changed.changed, changed.read) == (True, 1)


def test_the_real_act_gives_its_articles_and_thematic_objectives(act: Graph) -> None:
    articles = act.select(
        'SELECT ?a WHERE { ?a a nurt:Provision FILTER(REGEX(STR(?a), "/act/32013R1303/article/[0-9]+$")) }'
    )
    assert len(articles.rows) == 154
    found = act.select(
        """SELECT ?objective ?quote WHERE {
             ?document nurt:setsOut ?objective . ?objective a nurt:ThematicObjective ; nurt:evidence ?place .
             ?place oa:hasSelector/oa:exact ?quote }"""
    )
    texts = {str(objective): str(quote) for objective, quote in found.rows}
    assert set(texts) == {str(ids.thematic_objective(number)) for number in range(1, 12)}
    assert "low-carbon economy in all sectors" in texts[str(ids.thematic_objective(4))]
    assert "efficient public administration" in texts[str(ids.thematic_objective(11))]


def test_the_real_act_cites_every_act_that_its_markup_marks(act: Graph, shared: Path) -> None:
    markup = (shared / "real" / "formex-32013R1303" / "DOC_2.xml").read_text(encoding="utf-8")
    gold = set()
    for element in re.findall(r"<REF\.DOC\.OJ ([^>]*)>", markup):
        attributes = dict(re.findall(r'([A-Z.]+)="([^"]*)"', element))
        gold.add(
            ids.official_journal(
                attributes["COLL"],
                int(attributes["DATE.PUB"][:4]),
                int(re.sub(r"\D", "", attributes["NO.OJ"])),
                int(attributes["PAGE.FIRST"]),
            )
        )
    assert len(gold) > 30
    cited = {row[0] for row in act.select("SELECT DISTINCT ?act WHERE { ?x nurt:cites ?act }").rows}
    assert gold <= cited, sorted(gold - cited)
