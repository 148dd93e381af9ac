"""The article and the Formex act that nurt started from, against what a person or the file itself says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Extraction
from nurt.ingest.document import Document
from nurt.ingest.families import extract, recognise
from nurt.ingest.gazetteer import Gazetteer
from nurt.ingest.linking import link
from nurt.ingest.readers import read
from nurt.ontology.identifiers import PROGRAMME_PREFIXES, official_journal, short

SHARED = Path(__file__).parents[3].parent / "shared"
ARTICLE = SHARED / "seeds" / "klastry-w-nowej-perspektywie-2014-2020.txt"
ACT = SHARED / "real" / "formex-32013R1303" / "DOC_2.xml"
HERE = Path(__file__).parent
REGIONAL = sorted(slug for slug in PROGRAMME_PREFIXES.values() if slug.startswith("rpo-"))

needs_article = pytest.mark.skipif(not ARTICLE.exists(), reason=f"{ARTICLE} is not here")
needs_act = pytest.mark.skipif(not ACT.exists(), reason=f"{ACT} is not here")


def expected(name: str) -> set[str]:
    found = set()
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            found |= {line.replace("rpo-*", slug) for slug in REGIONAL} if "rpo-*" in line else {line}
    return found


@cache
def article() -> tuple[Document, Extraction]:
    document = read(ARTICLE, document_id="article")
    return document, link(document, Entry(id="article", path=ARTICLE), (), Gazetteer.build())


def links(extraction: Extraction, *, cites: bool) -> set[str]:
    found = set()
    for claim in extraction.claims:
        predicate = str(claim.predicate).split("#")[1]
        if cites and predicate == "cites":
            found.add(short(claim.object))
        elif not cites and predicate != "cites":
            found.add(f"{short(claim.subject)} {predicate} {short(claim.object)}")
    return found


@needs_article
def test_article_is_recognised() -> None:
    assert recognise(article()[0]) == "article"


@needs_article
def test_article_names() -> None:
    assert links(article()[1], cites=True) == expected("article_names.txt")


@needs_article
def test_article_says() -> None:
    found, gold = links(article()[1], cites=False), expected("article_claims.txt")
    right = found & gold
    assert len(right) / len(found) >= 0.97, sorted(found - gold)
    assert len(right) / len(gold) >= 0.95, sorted(gold - found)


@needs_article
def test_article_quotes() -> None:
    document, extraction = article()
    for claim in extraction.claims:
        for evidence in claim.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.quote
            assert "Kapitał Ludzki" not in evidence.quote
            assert "ankietowanych" not in evidence.quote


@needs_article
def test_axis_that_only_the_article_names() -> None:
    (axis,) = (element for element in article()[1].elements if short(element.iri) == "rpo-lodzkie/1")
    assert axis.code == "I"
    assert [str(label) for label in axis.labels] == ["Badania, rozwój i komercjalizacja wiedzy"]


@needs_act
def test_every_official_journal_reference_of_the_act() -> None:
    marked = re.findall(r"<REF\.DOC\.OJ([^>]*)>", ACT.read_text(encoding="utf-8"))
    gold = set()
    for attributes in marked:
        values = dict(re.findall(r'([\w.]+)="([^"]*)"', attributes))
        year = int(values["DATE.PUB"][:4])
        gold.add(official_journal(values["COLL"], year, int(values["NO.OJ"]), int(values["PAGE.FIRST"])))
    document = read(ACT, document_id="act")
    entry = Entry(id="act", path=ACT)
    elements = extract(document, entry).elements
    found = link(document, entry, elements, Gazetteer.build(elements))
    cited = {claim.object for claim in found.claims if str(claim.predicate).endswith("#cites")}
    journals = {iri for iri in cited if short(iri).startswith("oj/")}
    assert len(marked) == 35
    assert journals == gold
    assert {"regulation/32006R1083", "regulation/32013R1301", "regulation/31999R0659"} <= {
        short(iri) for iri in cited
    }
    assert "regulation/32013R1303" not in {short(iri) for iri in cited}
