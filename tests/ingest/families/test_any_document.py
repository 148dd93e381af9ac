"""No document, however odd, makes a family fail, and every quote stands where it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nurt.errors import UnknownNameError
from nurt.ingest.catalogue import Entry
from nurt.ingest.families import FAMILIES, extract, recognise

if TYPE_CHECKING:
    from collections.abc import Callable

    from nurt.ingest.document import Document

LISTED = (Path(__file__).parent / "lists" / "pieces.txt").read_text(encoding="utf-8").splitlines()
PIECES = ["", " ", *(line.replace("\\n", "\n") for line in LISTED)]
TEXT = st.one_of(
    st.sampled_from(PIECES),
    st.lists(st.sampled_from(PIECES), max_size=3).map("\n".join),
    st.lists(st.sampled_from(PIECES), max_size=3).map(" ".join),
    st.text(max_size=20),
)
ITEM = st.one_of(
    st.tuples(st.just("heading"), TEXT),
    st.tuples(st.just("paragraph"), TEXT),
    st.tuples(st.just("table"), st.lists(st.lists(st.none() | TEXT, max_size=6), max_size=5)),
)


def made(
    builder: Callable[..., Any], items: list[tuple[str, Any]], media_type: str, language: str
) -> Document:
    made = builder(media_type=media_type).page()
    for kind, content in items:
        {"heading": made.heading, "paragraph": made.paragraph, "table": made.table}[kind](content)
    document: Document = made.document(language)
    return document


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    items=st.lists(ITEM, min_size=1, max_size=12),
    media_type=st.sampled_from(["text/html", "application/pdf"]),
    language=st.sampled_from(["pl", "en"]),
    instrument=st.sampled_from(["", "rpo-lodzkie", "europe-2020", "x"]),
)
def test_no_document_makes_a_family_fail(
    builder: Callable[..., Any],
    items: list[tuple[str, Any]],
    media_type: str,
    language: str,
    instrument: str,
) -> None:
    document = made(builder, items, media_type, language)
    recognise(document)
    for family in FAMILIES:
        entry = Entry(id="test", path=Path("x"), family=family, instrument=instrument)
        found = extract(document, entry)
        assert found == extract(document, entry), "the same document yields the same"
        for evidence in [
            *(element.evidence for element in found.elements),
            *(place for claim in found.claims for place in claim.evidence),
            *(review.evidence for review in found.reviews),
        ]:
            assert document.text[evidence.start : evidence.end] == evidence.quote != ""


def test_an_unknown_family_is_named_with_the_known_ones(builder: Callable[..., Any]) -> None:
    document = builder().paragraph("x").document()
    with pytest.raises(UnknownNameError, match="measure_cards"):
        extract(document, Entry(id="x", path=Path("x"), family="measure_card"))


def test_a_document_of_no_family_yields_nothing(builder: Callable[..., Any]) -> None:
    document = builder().paragraph("Dear Sir, it rains.").document()
    assert recognise(document) == ""
    assert extract(document, Entry(id="x", path=Path("x"))).elements == ()
