"""Regulations: articles, thematic objectives, investment priorities, what contributes to what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Extraction
from nurt.ingest.document import Document
from nurt.ingest.families import extract, recognise
from nurt.ingest.readers import read as read_file
from nurt.ontology.namespace import ID, NURT

SHARED = Path(__file__).parents[3].parent / "shared"


def read(document: Document, **entry: Any) -> Extraction:
    return extract(document, Entry(id=document.id, path=Path("x"), family="regulation", **entry))


def test_the_act_as_published() -> None:
    path = SHARED / "real/formex-32013R1303/DOC_2.xml"
    if not path.exists():
        pytest.skip("needs ../shared/real, which is not in this checkout")
    document = read_file(path)
    assert recognise(document) == "regulation"
    found = read(document)
    articles = [e for e in found.elements if e.type == NURT.Provision]
    assert len(articles) == 154
    assert len({e.iri for e in articles}) == 154
    assert all(e.parent == ID["regulation/32013R1303"] for e in articles)
    ninth = next(e for e in articles if e.iri == ID["act/32013R1303/article/9"])
    assert str(ninth.labels[0]) == "Article 9: Thematic objectives"
    objectives = [e for e in found.elements if e.type == NURT.ThematicObjective]
    assert [e.code for e in objectives] == [str(number) for number in range(1, 12)]
    assert objectives[0].evidence.quote == "strengthening research, technological development and innovation;"
    assert objectives[10].evidence.quote.startswith("enhancing institutional capacity")
    for item in (*(e.evidence for e in found.elements), *(p for c in found.claims for p in c.evidence)):
        assert document.text[item.start : item.end] == item.quote
    served = {c.subject for c in found.claims if c.object == ID["europe-2020"]}
    assert served == {ID[f"thematic-objective/{number}"] for number in range(1, 12)}
    reason = next(c for c in found.claims if c.object == ID["europe-2020"]).evidence[0].quote
    assert reason.startswith("In order to contribute to the Union strategy for smart, sustainable")


def lines(builder: Callable[..., Any], *texts: str) -> Document:
    made = builder()
    for text in texts:
        made.heading(text) if text.startswith(("Article", "Regulation", "#")) else made.paragraph(text)
    document: Document = made.document("en")
    return document


def test_investment_priorities_as_published(builder: Callable[..., Any]) -> None:
    document = lines(
        builder,
        "Regulation (EU) No 1304/2013 of the European Parliament and of the Council",
        "Article 3 Scope of support",
        "1. Under the thematic objectives listed below, the ESF shall support the following priorities:",
        "(a) Promoting sustainable and quality employment by:",
        "(i) Access to employment for job-seekers;",
        "(ii) Sustainable integration into the labour market of young people;",
        "(d) Enhancing institutional capacity by:",
        "(i) Investment in institutional capacity;",
    )
    found = read(document)
    links = {(c.subject, c.object) for c in found.claims if c.predicate == NURT.addresses}
    assert links == {
        (ID["investment-priority/esf-8i"], ID["thematic-objective/8"]),
        (ID["investment-priority/esf-8ii"], ID["thematic-objective/8"]),
        (ID["investment-priority/esf-11i"], ID["thematic-objective/11"]),
    }
    assert {c.basis for c in found.claims if c.predicate == NURT.addresses} == {"coded"}
    priority = next(e for e in found.elements if e.iri == ID["investment-priority/esf-8ii"])
    assert priority.evidence.quote == "Sustainable integration into the labour market of young people;"


def test_letters_after_h_are_letters(builder: Callable[..., Any]) -> None:
    points = [f"({letter}) point {letter};" for letter in "abcdefghij"]
    document = lines(builder, "Regulation (EU) No 1300/2013", "Article 7 Points", *points)
    from nurt.ingest.families.acts import articles

    paths = [point.path for article in articles(document) for point in article.points]
    assert paths == [f"article/7/{letter}" for letter in "abcdefghij"]


def test_digest_of_several_acts(builder: Callable[..., Any]) -> None:
    made = builder().heading("Thematic objectives", 1).heading("Regulation (EU) No 1303/2013")
    made.heading("Article 9 Thematic objectives", 3).paragraph("Each ESI Fund shall support:")
    made.paragraph("(1) Strengthening research / Wzmacnianie badań naukowych; [S1]")
    made.heading("Notes on Article 9", 3).paragraph("(2) No objective at all;")
    made.heading("Regulation (EU) No 1301/2013").heading("Article 5 Investment priorities", 3)
    made.table(
        [
            ["Code", "Fund", "Thematic objective", "Investment priority", "Notes", "Sources"],
            ["1b", "ERDF", "1", "Promoting business investment / Promowanie inwestycji", "", "[S1]"],
            ["9z", "ERDF", "1", "Nonsense", "", ""],
        ]
    )
    made.heading("Correspondence").table(
        [["Thematic objective", "Name", "Europe 2020 priority"], ["1", "Research", "Smart growth"]]
    )
    found = read(made.document("en"), celex="32013R1303", digest=True)
    provisions = [e.iri for e in found.elements if e.type == NURT.Provision]
    assert provisions == [ID["act/32013R1303/article/9"], ID["act/32013R1301/article/5"]]
    objectives = [e for e in found.elements if e.type == NURT.ThematicObjective]
    assert [(str(label), label.language) for label in objectives[0].labels] == [
        ("Strengthening research", "en"),
        ("Wzmacnianie badań naukowych", "pl"),
    ]
    assert len(objectives) == 1
    pairs = {(c.subject, c.predicate, c.object, c.basis) for c in found.claims}
    priority = ID["investment-priority/erdf-1b"]
    assert (priority, NURT.addresses, ID["thematic-objective/1"], "coded") in pairs
    assert (ID["act/32013R1301/article/5"], NURT.setsOut, priority, "stated") in pairs
    smart = ID["europe-2020/priority/smart-growth"]
    assert (ID["thematic-objective/1"], NURT.contributesTo, smart, "stated") in pairs
    assert [review.evidence.quote[:2] for review in found.reviews] == ["9z"]


def test_an_act_without_a_number_is_reviewed(builder: Callable[..., Any]) -> None:
    found = read(builder().heading("Article 1 Scope").paragraph("This act applies.").document("en"))
    assert found.elements == ()
    assert len(found.reviews) == 1


def test_an_annex_is_part_of_its_act(builder: Callable[..., Any]) -> None:
    made = builder(media_type="application/xml")
    made.heading("ANNEX II", 1, path="annex/II").heading("METHOD", 2, path="annex/II")
    made.paragraph("Introduction.").heading("1. Scope", 2, path="annex/II/1").paragraph("All funds.")
    made.heading("1.2 Limits", 3, path="annex/II/1.2").heading("1. Scope again", 2, path="annex/II/1")
    document = made.document("en")
    assert recognise(document) == "regulation"
    found = read(document, celex="32013R1400")
    assert [(e.iri, e.parent, str(e.labels[0]), e.code) for e in found.elements] == [
        (ID["act/32013R1400/annex/II"], ID["regulation/32013R1400"], "ANNEX II: METHOD", "II"),
        (ID["act/32013R1400/annex/II/1"], ID["act/32013R1400/annex/II"], "1. Scope", "1"),
        (ID["act/32013R1400/annex/II/1.2"], ID["act/32013R1400/annex/II/1"], "1.2 Limits", "1.2"),
    ]
    assert read(document).elements == ()
    assert len(read(document).reviews) == 1
