"""Names that are misspelt or put a little differently: read without doubt, or left to a person."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Extraction
from nurt.ingest.document import Block, Document, Language
from nurt.ingest.gazetteer import Gazetteer, Name
from nurt.ingest.linking import link
from nurt.ingest.mentions import LIKELY
from nurt.ontology.identifiers import short

HERE = Path(__file__).parent
LETTERS = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.build()


def read(text: str, language: Language, when: date | None = None, instrument: str = "") -> Extraction:
    document = Document(
        id="text",
        text=text,
        blocks=(Block(kind="paragraph", start=0, end=len(text)),),
        media_type="text/plain",
        sha256="0" * 64,
        language=language,
    )
    entry = Entry(id="text", path=Path("text.txt"), language=language, date=when, instrument=instrument)
    return link(document, entry, (), gazetteer())


def guessed(extraction: Extraction) -> list[str]:
    """What was read by likeness, and what a person is asked."""
    found = [short(claim.object) for claim in extraction.claims if claim.rule == "mentions/fuzzy"]
    asked = [
        " ".join(["?", *map(short, review.candidates)])
        for review in extraction.reviews
        if "like" in review.reason or "differs" in review.reason
    ]
    return [*found, *asked]


def cases() -> list[tuple[str, str]]:
    lines = (HERE / "misspelt_names.txt").read_text(encoding="utf-8").splitlines()
    return [
        (left, right)
        for left, right in (line.split(" => ") for line in lines if line and not line.startswith("#"))
    ]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_misspelt(text: str, expected: str) -> None:
    language: Language = "pl" if text.startswith("pl") else "en"
    assert guessed(read(text[4:], language)) == ([] if expected == "-" else [expected])


def test_a_guess_says_so() -> None:
    found = read("COSME wpisuje się w Stategię Rozwoju Kraju 2020.", "pl")
    claims = {str(claim.predicate).split("#")[1]: claim for claim in found.claims if "srk" in claim.object}
    for claim in (claims["cites"], claims["contributesTo"]):
        assert claim.basis == "inferred"
        assert claim.confidence <= 0.7
        assert claim.rule.endswith("/fuzzy")
        assert claim.words == ("Stategię Rozwoju Kraju 2020",)


def test_what_a_document_spells_right_elsewhere_is_no_guess() -> None:
    found = read("Stategia Rozwoju Kraju 2020. Cele: Strategia Rozwoju Kraju 2020 wspiera klastry.", "pl")
    assert {claim.basis for claim in found.claims if claim.object.endswith("srk-2020")} == {"stated"}


def test_what_refers_back_to_a_guess_is_a_guess() -> None:
    found = read("Stategia Rozwoju Kraju 2020 jest nowa. Ww. strategia wspiera klastry.", "pl")
    (claim,) = (claim for claim in found.claims if str(claim.predicate).endswith("#supports"))
    assert (short(claim.subject), claim.basis) == ("srk-2020", "inferred")
    assert claim.confidence < 0.7


def test_nobody_mentions_himself_and_nobody_names_what_is_to_come() -> None:
    text = "Stategia Rozwoju Kraju 2020"
    assert guessed(read(text, "pl", instrument="srk-2020")) == []
    assert guessed(read(text, "pl", when=date(2010, 3, 3))) == []
    assert guessed(read(text, "pl", when=date(2014, 3, 3))) == ["srk-2020"]


def test_codes_and_numbers_are_never_alike() -> None:
    text = "Działanie 1.1 RPO WŁ, rozporządzenie (UE) nr 1302/2013, KOM(2010) 547, RPLD.01.02.01, Dz.U. L 346"
    assert guessed(read(text, "pl")) == []


def likely() -> list[Name]:
    return [name for name in gazetteer().names if name.type in LIKELY and name.language in {"pl", "en"}]


def of_language(name: Name) -> Language:
    return "pl" if name.language == "pl" else "en"


def test_no_known_name_is_read_as_another() -> None:
    for name in likely():
        assert guessed(read(name.text, of_language(name))) == [], name.text


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_slip_never_makes_one_thing_another(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(likely()))
    places = [at for at, character in enumerate(name.text) if character.isalpha()]
    assume(places)
    at = data.draw(st.sampled_from(places))
    slip = data.draw(st.sampled_from(["", *LETTERS]))
    text = name.text[:at] + slip + name.text[at + data.draw(st.integers(0, 1)) :]
    own = {short(other.iri) for other in gazetteer().names if other.text.lower() in name.text.lower()}
    found = read(text, of_language(name))
    read_as = {short(claim.object) for claim in found.claims if claim.rule == "mentions/fuzzy"}
    assert read_as <= own, (name.text, text)
