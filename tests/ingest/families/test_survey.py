"""Survey figures become a data cube, tables of support claims; what is not understood goes to review."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, URIRef
from rdflib.namespace import QB, XSD

from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Element, Extraction
from nurt.ingest.document import Document
from nurt.ingest.families import extract
from nurt.ingest.readers import read
from nurt.ontology.identifiers import short
from nurt.ontology.namespace import ID, NURT
from nurt.ontology.vocabularies import ontology_graph, vocabulary_graphs

DIGEST = Path(__file__).parents[3] / "corpus" / "studies" / "klastry-2014-2020.html"
NAME = "klastry-2014-2020"
FIGURES = {
    "partner/distributors-and-customers": "24.91",
    "partner/suppliers": "23.78",
    "partner/firms-of-the-sector": "18.91",
    "subject/joint-sales-and-new-markets": "17.36",
    "subject/knowledge-exchange": "15.80",
    "subject/new-technologies": "5.70",
    "subject/joint-purchase-of-inputs": "4.40",
    "subject/shared-machinery": "3.89",
    "motive/market-pressure": "44.30",
    "motive/market-opportunities": "34.23",
    "motive/innovative-project": "10.07",
    "investment-made/transport-fleet": "11.24",
    "investment-made/product-quality": "10.46",
    "investment-made/facilities-and-infrastructure": "10.22",
    "investment-made/computerisation": "10.18",
    "investment-planned/new-markets": "12.38",
    "investment-planned/sales-network": "11.11",
    "investment-planned/promotion-and-marketing": "9.42",
}
HEAD = ["Pytanie", "Odpowiedź", "Odsetek (%)", "Liczebność (n)"]
SUPPORT = ["Poziom", "Program", "Część", "Rodzaj wsparcia", "Zakres"]


def taken(document: Document) -> Extraction:
    return extract(document, Entry(id=document.id, path=Path("x"), family="article", title_pl="Badanie"))


@pytest.fixture(scope="module")
def digest() -> Extraction:
    return taken(read(DIGEST, document_id=NAME))


def observations(extraction: Extraction) -> list[Element]:
    return [element for element in extraction.elements if element.type == QB.Observation]


def values(element: Element, predicate: URIRef) -> list[str]:
    return [str(value) for name, value in element.properties if name == predicate]


def test_every_figure_of_the_digest_is_an_observation(digest: Extraction) -> None:
    found = {
        short(o.iri).removeprefix(f"survey/{NAME}/"): values(o, NURT.respondentShare)[0]
        for o in observations(digest)
    }
    assert len(FIGURES) == 18
    assert found == FIGURES
    assert digest.reviews == ()


def test_an_observation_has_its_dimensions_unit_base_year_labels_and_row(digest: Extraction) -> None:
    sets = [element for element in digest.elements if element.type == QB.DataSet]
    assert [values(s, QB.structure) for s in sets] == [[str(ID["survey/structure"])]]
    for observation in observations(digest):
        _, _, question, answer = short(observation.iri).split("/")
        assert values(observation, QB.dataSet) == [str(sets[0].iri)]
        assert values(observation, NURT.surveyQuestion) == [str(ID[f"survey-question/{question}"])]
        assert values(observation, NURT.surveyAnswer) == [str(ID[f"survey-answer/{answer}"])]
        assert values(observation, NURT.unit) == ["%"]
        assert values(observation, NURT.respondents) == ["150"]
        assert values(observation, NURT.surveyYear) == ["2014"]
        assert {label.language for label in observation.labels} == {"pl", "en"}
        share = values(observation, NURT.respondentShare)[0].replace(".", ",")
        assert share in observation.evidence.quote
        assert observation.evidence.page == 3
    types = {
        value.datatype
        for observation in observations(digest)
        for name, value in observation.properties
        if name == NURT.respondentShare and not isinstance(value, URIRef)
    }
    assert types == {XSD.decimal}


def test_the_article_prints_the_same_figures(shared: Path) -> None:
    seeds = sorted((shared / "seeds").glob("*.txt"))
    if not seeds:
        pytest.skip("needs the article, which is not in ../shared/seeds")
    text = seeds[0].read_text(encoding="utf-8")
    printed = re.findall(r"odpowiedziało\s+tak\s+(\d+,\d+)%", text)
    assert sorted(Decimal(p.replace(",", ".")) for p in printed) == sorted(map(Decimal, FIGURES.values()))


def test_the_structure_names_every_property_an_observation_has(digest: Extraction) -> None:
    survey, terms = vocabulary_graphs()["survey"], ontology_graph()
    components = set(survey.objects(ID["survey/structure"], QB.component))
    named = {
        (kind, term)
        for part in components
        for kind in (QB.dimension, QB.measure, QB.attribute)
        for term in survey.objects(part, kind)
    }
    classes = {
        QB.dimension: QB.DimensionProperty,
        QB.measure: QB.MeasureProperty,
        QB.attribute: QB.AttributeProperty,
    }
    assert len(named) == len(components) == 6
    for kind, term in named:
        assert (term, RDF.type, classes[kind]) in terms
    used = {name for o in observations(digest) for name, _ in o.properties} - {QB.dataSet}
    assert used == {term for _, term in named}
    dimensions = [term for kind, term in named if kind == QB.dimension]
    keys = [tuple(values(o, d)[0] for d in dimensions) for o in observations(digest)]
    assert len(set(keys)) == len(keys), "no two observations may share all dimensions"


def test_the_digest_says_who_supports_clusters_with_what(digest: Extraction) -> None:
    said = {(short(c.subject), short(c.object)) for c in digest.claims if c.predicate == NURT.supportType}
    regional = {pair for pair in said if pair[0].startswith("rpo-")}
    assert len(regional) == 16
    assert {kind for _, kind in regional} == {"support-type/elementary-activities"}
    assert said - regional == {
        ("cosme/action/cluster-go-international-2014", "support-type/internationalisation"),
        ("cosme/action/cluster-excellence-2014", "support-type/management-excellence"),
        ("po-inteligentny-rozwoj", "support-type/internationalisation"),
        ("po-polska-wschodnia", "support-type/interdisciplinary-projects"),
    }
    supporting = {short(c.subject) for c in digest.claims if c.predicate == NURT.supports}
    assert {"h2020/infra", "h2020/il", "rpo-lodzkie/1", "rpo-slaskie"} <= supporting
    assert {c.basis for c in digest.claims} == {"stated"}


def test_an_answer_no_vocabulary_knows_is_set_out_with_its_name(builder: Callable[..., Any]) -> None:
    made = builder().table([HEAD, ["Motywy współpracy", "zwykła ciekawość", "12,5", "40"]])
    extraction = taken(made.document())
    answers = [e for e in extraction.elements if e.type == NURT.SurveyAnswer]
    assert [(short(e.iri), [str(label) for label in e.labels]) for e in answers] == [
        ("survey-answer/zwykla-ciekawosc", ["zwykła ciekawość"])
    ]
    (figure,) = observations(extraction)
    assert values(figure, NURT.respondents) == ["40"]
    assert values(figure, NURT.surveyYear) == [], "a year that no sentence gives is unknown"


@pytest.mark.parametrize("share", ["", "wiele", "101", "-3", "10 lub 20"])
def test_a_share_that_is_none_goes_to_review(builder: Callable[..., Any], share: str) -> None:
    extraction = taken(
        builder().table([HEAD, ["Motywy współpracy", "presja rynku", share, "150"]]).document()
    )
    assert observations(extraction) == []
    assert len(extraction.reviews) == 1


def test_two_years_make_the_year_unknown(builder: Callable[..., Any]) -> None:
    made = builder().paragraph("Dane pochodzą z 2014 r. Badanie powtórzono w 2016 r.")
    made.table([HEAD, ["Motywy współpracy", "presja rynku", "44,30", "150"]])
    (figure,) = observations(taken(made.document()))
    assert values(figure, NURT.surveyYear) == []


def test_tables_of_something_else_yield_nothing(builder: Callable[..., Any]) -> None:
    made = (
        builder()
        .table([["Program", "Kwota"], ["COSME", "100"]])
        .table([["Pytanie", "Odpowiedź"], ["a", "b"]])
    )
    extraction = taken(made.document())
    assert (extraction.elements, extraction.claims, extraction.reviews) == ((), (), ())


def test_an_unknown_programme_or_type_of_support_goes_to_review(builder: Callable[..., Any]) -> None:
    made = (
        builder()
        .heading("Wsparcie klastrów")
        .table(
            [
                SUPPORT,
                ["mezo", "Program Latających Dywanów", "", "internacjonalizacja", ""],
                ["makro", "COSME", "", "magia", ""],
                ["makro", "COSME", "", "", ""],
            ]
        )
    )
    extraction = taken(made.document())
    assert [review.reason for review in extraction.reviews] == [
        "programme of a support table not known: Program Latających Dywanów",
        "support type not in the vocabulary: magia",
    ]
    assert {(short(c.subject), c.predicate) for c in extraction.claims} == {("cosme", NURT.supports)}


def test_a_table_that_is_not_about_clusters_says_nothing_of_them(builder: Callable[..., Any]) -> None:
    made = (
        builder()
        .heading("Wsparcie uczelni")
        .table([SUPPORT, ["makro", "COSME", "", "internacjonalizacja", "x"]])
    )
    claims = taken(made.document()).claims
    assert [(short(c.subject), short(c.object)) for c in claims] == [
        ("cosme", "support-type/internationalisation")
    ]
