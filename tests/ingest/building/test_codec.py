"""What the cache keeps comes back equal."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from nurt.ingest.claims import Claim, Element, Extraction, Review, Tally
from nurt.ingest.codec import document_from_json, document_to_json, extraction_from_json, extraction_to_json
from nurt.ingest.document import Block, Document, Evidence

texts = st.text(min_size=1, max_size=20)
iris = st.from_regex(r"https://e\.pl/[a-z0-9/]{1,12}", fullmatch=True).map(URIRef)
evidences = st.builds(
    Evidence, texts, st.integers(0, 99), st.integers(100, 200), texts, st.none() | st.integers(1, 9)
)
literals = st.builds(lambda text, lang: Literal(text, lang=lang), texts, st.sampled_from(["pl", "en", None]))
numbers = st.integers(0, 10**12).map(lambda n: Literal(str(n), datatype=XSD.decimal))
nodes = iris | literals | numbers
elements = st.builds(
    Element,
    iri=iris,
    type=iris,
    evidence=evidences,
    parent=st.none() | iris,
    code=st.text(max_size=5),
    labels=st.tuples(literals),
    properties=st.lists(st.tuples(iris, nodes), max_size=3).map(tuple),
)
claims = st.builds(
    Claim,
    subject=iris,
    predicate=iris,
    object=iris,
    basis=st.sampled_from(["stated", "coded", "inferred", "curated"]),
    confidence=st.floats(0, 1),
    rule=texts,
    evidence=st.lists(evidences, min_size=1, max_size=2).map(tuple),
    words=st.lists(texts, max_size=2).map(tuple),
)
reviews = st.builds(
    Review, evidence=evidences, reason=texts, candidates=st.lists(iris, max_size=2).map(tuple)
)
blocks = st.builds(
    Block,
    kind=st.sampled_from(["heading", "cell", "note"]),
    start=st.integers(0, 9),
    end=st.integers(10, 20),
    page=st.none() | st.integers(1, 9),
    row=st.none() | st.integers(0, 9),
    header=st.booleans(),
    path=st.text(max_size=5),
)


@given(
    st.builds(
        Extraction,
        document=texts,
        family=st.text(max_size=5),
        elements=st.lists(elements, max_size=2).map(tuple),
        claims=st.lists(claims, max_size=2).map(tuple),
        reviews=st.lists(reviews, max_size=2).map(tuple),
        rows=st.none()
        | st.builds(
            Tally,
            taken=st.integers(0, 9),
            merged=st.integers(0, 9),
            set_aside=st.dictionaries(texts, st.integers(1, 9), max_size=2).map(lambda d: tuple(d.items())),
        ),
    )
)
def test_an_extraction_survives_json(extraction: Extraction) -> None:
    assert extraction_from_json(json.loads(json.dumps(extraction_to_json(extraction)))) == extraction


@given(
    st.builds(
        Document,
        id=texts,
        text=texts,
        blocks=st.lists(blocks, max_size=3).map(tuple),
        media_type=texts,
        sha256=texts,
        language=st.sampled_from(["pl", "en", None]),
        page_starts=st.lists(st.integers(0, 99), max_size=3).map(tuple),
        metadata=st.dictionaries(texts, texts, max_size=2),
        warnings=st.lists(texts, max_size=2).map(tuple),
    )
)
def test_a_document_survives_json(document: Document) -> None:
    assert document_from_json(json.loads(json.dumps(document_to_json(document)))) == document
