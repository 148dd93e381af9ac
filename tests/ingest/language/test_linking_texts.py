"""What texts name and say: lists of wordings, Polish and English, that must and must not be understood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef
from rdflib.namespace import RDFS

from nurt.ingest.catalogue import Entry
from nurt.ingest.citations import citations
from nurt.ingest.claims import Element, Extraction
from nurt.ingest.codes import codes
from nurt.ingest.document import Block, Document, Evidence, Language
from nurt.ingest.gazetteer import Gazetteer
from nurt.ingest.linking import link, linked
from nurt.ontology.identifiers import instrument, objective, short
from nurt.ontology.namespace import NURT

HERE = Path(__file__).parent
PLAIN = {"cites"}


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pairs(name: str) -> list[tuple[str, str]]:
    return [(left, right) for left, right in (line.split(" => ") for line in lines(name))]


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.build()


def document(text: str, language: Language) -> Document:
    block = Block(kind="paragraph", start=0, end=len(text))
    return Document(
        id="text",
        text=text,
        blocks=(block,) if text.strip() else (),
        media_type="text/plain",
        sha256="0" * 64,
        language=language,
    )


def read(text: str, language: Language, when: date | None = None) -> Extraction:
    entry = Entry(id="text", path=Path("text.txt"), language=language, date=when)
    return link(document(text, language), entry, (), gazetteer())


def said(extraction: Extraction) -> set[str]:
    return {
        f"{short(claim.subject)} {str(claim.predicate).split('#')[1]} {short(claim.object)}"
        for claim in extraction.claims
        if str(claim.predicate).split("#")[1] not in PLAIN
    }


@pytest.mark.parametrize(("text", "expected"), pairs("citations_accept.txt"))
def test_citation_is_read(text: str, expected: str) -> None:
    assert [citation.code for citation in citations(text)] == expected.split(" | ")


@pytest.mark.parametrize("text", lines("citations_reject.txt"))
def test_no_citation(text: str) -> None:
    assert citations(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Regulation (EU) No 1316/2013", ["reg/2013/1316/oj"]),
        ("Commission Implementing Regulation (EU) No 288/2014", ["reg_impl/2014/288/oj"]),
        ("rozporządzenia delegowanego Komisji (UE) nr 480/2014", ["reg_del/2014/480/oj"]),
        ("dyrektywy 2001/42/WE", ["dir/2001/42/oj"]),
        (
            "art. 4 ust. 1 lit. a) rozporządzenia (UE) nr 1316/2013",
            ["reg/2013/1316/art_4/oj", "reg/2013/1316/oj"],
        ),
        ("Annex I to Regulation (EU) No 1316/2013", ["reg/2013/1316/anx_I/oj", "reg/2013/1316/oj"]),
        ("CELEX 32013R1316", ["reg/2013/1316/oj"]),
    ],
)
def test_an_act_is_known_by_its_legislation_identifier(text: str, expected: list[str]) -> None:
    found = citations(text)
    assert [citation.eli.removeprefix("http://data.europa.eu/eli/") for citation in found] == expected


def test_an_act_that_no_vocabulary_has_points_to_its_legislation_identifier() -> None:
    found = read("na podstawie rozporządzenia (UE) nr 1316/2013", "pl")
    (act,) = found.elements
    assert act.properties == ((RDFS.seeAlso, URIRef("http://data.europa.eu/eli/reg/2013/1316/oj")),)


@pytest.mark.parametrize(("text", "expected"), pairs("codes_accept.txt"))
def test_code_is_read(text: str, expected: str) -> None:
    language: Language = "pl" if text.startswith("pl") else "en"
    found = [f"{code.level} {code.code}" for code in codes(text[4:], language)]
    assert found == expected.split("; ")


@pytest.mark.parametrize("text", lines("codes_reject.txt"))
def test_no_code(text: str) -> None:
    assert list(codes(text[4:], "pl" if text.startswith("pl") else "en")) == []


@pytest.mark.parametrize(("text", "expected"), pairs("mentions.txt"))
def test_mentions(text: str, expected: str) -> None:
    language: Language = "pl" if text.startswith("pl") else "en"
    entry = Entry(id="text", path=Path("text.txt"), language=language)
    found = [
        short(resolved.targets[0]) for _, resolved in linked(document(text[4:], language), entry, gazetteer())
    ]
    assert found == ([] if expected == "-" else expected.split("; "))


@pytest.mark.parametrize(("text", "expected"), pairs("cue_phrases.txt"))
def test_relations(text: str, expected: str) -> None:
    found = said(read(text[4:], "pl" if text.startswith("pl") else "en"))
    assert found == (set() if expected == "-" else set(expected.split("; ")))


def test_a_list_takes_the_end_of_its_lead_in() -> None:
    text = "W programie COSME realizowane są dwa działania na rzecz klastrów:\n"
    items = ["w zakresie internacjonalizacji (COS-CLUSTER);", "w zakresie zarządzania (COS-WP)."]
    blocks = [Block(kind="paragraph", start=0, end=len(text) - 1)]
    for item in items:
        blocks.append(Block(kind="list_item", start=len(text), end=len(text) + len(item), marker="•"))
        text += item + "\n"
    listed = Document(
        id="text", text=text, blocks=tuple(blocks), media_type="text/plain", sha256="0" * 64, language="pl"
    )
    found = link(listed, Entry(id="text", path=Path("text.txt")), (), gazetteer())
    assert {
        "cosme/action/cluster-go-international-2014 partOf cosme",
        "cosme/action/cluster-excellence-2014 partOf cosme",
        "cosme/action/cluster-go-international-2014 supports beneficiary-type/clusters",
        "cosme/action/cluster-excellence-2014 supports beneficiary-type/clusters",
    } <= said(found)
    part = next(
        claim
        for claim in found.claims
        if short(claim.subject).endswith("excellence-2014") and str(claim.predicate).endswith("partOf")
    )
    assert [evidence.quote[:20] for evidence in part.evidence] == [
        "w zakresie zarządzan",
        "W programie COSME re",
    ]


def test_a_name_that_lines_split_is_one_name() -> None:
    first = "Program wpisuje się w Krajową Stra-\ntegię Rozwoju Re\u00ad\ngionalnego"
    text = f"{first} oraz w Strategię\nRozwoju Kraju\u00a02020."
    found = read(text, "pl")
    assert {short(claim.object) for claim in found.claims} == {"ksrr", "srk-2020"}
    for claim in found.claims:
        (evidence,) = claim.evidence
        assert evidence.quote == text


def test_each_block_is_read_in_its_language() -> None:
    pieces: list[tuple[str, Language | None]] = [
        ("PO IR wspiera klastry.", None),
        ("Summary. Horizon 2020 does not support cluster coordinators. COSME supports clusters.", "en"),
        ("PO PW nie wspiera klastrów.", None),
    ]
    text, blocks = "", []
    for piece, language in pieces:
        blocks.append(Block(kind="paragraph", start=len(text), end=len(text) + len(piece), language=language))
        text += piece + "\n"
    mixed = Document(
        id="text", text=text, blocks=tuple(blocks), media_type="text/plain", sha256="0" * 64, language="pl"
    )
    found = link(mixed, Entry(id="text", path=Path("text.txt")), (), gazetteer())
    assert said(found) == {
        "po-inteligentny-rozwoj supports beneficiary-type/clusters",
        "cosme supports beneficiary-type/clusters",
    }
    rules = {claim.rule for claim in found.claims if short(claim.subject) == "cosme"}
    assert rules == {"relations/en/supports"}


def test_a_condition_weakens_what_a_sentence_says() -> None:
    plain = read("PO IR wspiera klastry.", "pl")
    weak = read("PO IR wspiera klastry, o ile są środki.", "pl")
    supports = [
        next(claim for claim in found.claims if str(claim.predicate).endswith("#supports"))
        for found in (plain, weak)
    ]
    assert supports[1].confidence < supports[0].confidence


def test_who_is_excepted_is_no_member_of_the_group() -> None:
    found = said(read("Wszystkie RPO, z wyjątkiem RPO WŁ, wspierają klastry.", "pl"))
    assert len(found) == 15
    assert not any(claim.startswith("rpo-lodzkie ") for claim in found)


def test_one_programme_of_an_unknown_region_is_not_all_of_them() -> None:
    assert read("Regionalny Program Operacyjny wspiera klastry.", "pl").claims == ()
    assert len(said(read("Regionalne Programy Operacyjne wspierają klastry.", "pl"))) == 16


def own_strategy(text: str, language: Language) -> Extraction:
    """What a strategy says that sets out an objective 2.2 itself."""
    root = instrument("strategia-doliny")
    evidence = Evidence("text", 0, 1, text[0], None)
    elements = (
        Element(iri=root, type=NURT.Strategy, evidence=evidence),
        Element(
            iri=objective("strategia-doliny", "2.2"), type=NURT.Objective, evidence=evidence, parent=root
        ),
    )
    entry = Entry(id="text", path=Path("text.txt"), language=language)
    return link(document(text, language), entry, elements, Gazetteer.build(elements))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pl: Strategia wpisuje się w SRK 2020.", "strategia-doliny contributesTo srk-2020"),
        ("pl: Niniejsza strategia jest spójna z KSRR.", "strategia-doliny contributesTo ksrr"),
        (
            "pl: Kierunek działań 2.2 realizuje CT 3.",
            "strategia-doliny/objective/2.2 addresses thematic-objective/3",
        ),
        ("pl: Kierunek działań 2.3 realizuje CT 3.", ""),
        ("pl: Strategię realizują mieszkańcy.", ""),
        (
            "en: The strategy fits into the framework of Europe 2020.",
            "strategia-doliny contributesTo europe-2020",
        ),
        (
            "en: Objective 2.2 responds to TO 3.",
            "strategia-doliny/objective/2.2 addresses thematic-objective/3",
        ),
        (
            "en: Measure 2.2 of OP Smart Growth addresses TO 3.",
            "po-inteligentny-rozwoj/2.2 addresses thematic-objective/3",
        ),
    ],
)
def test_a_document_speaks_of_itself_and_its_parts(text: str, expected: str) -> None:
    found = said(own_strategy(text[4:], "pl" if text.startswith("pl") else "en"))
    assert {claim for claim in found if " partOf " not in claim} == ({expected} if expected else set())


def test_items_take_cue_and_subject_of_their_lead_in() -> None:
    text = "PO IR jest spójny z:\n"
    blocks = [Block(kind="paragraph", start=0, end=len(text) - 1)]
    for item in ("Strategią Rozwoju Kraju 2020,", "Krajową Strategią Rozwoju Regionalnego."):
        blocks.append(Block(kind="list_item", start=len(text), end=len(text) + len(item), marker="–"))
        text += item + "\n"
    listed = Document(
        id="text", text=text, blocks=tuple(blocks), media_type="text/plain", sha256="0" * 64, language="pl"
    )
    found = link(listed, Entry(id="text", path=Path("text.txt")), (), gazetteer())
    assert said(found) == {
        "po-inteligentny-rozwoj contributesTo srk-2020",
        "po-inteligentny-rozwoj contributesTo ksrr",
    }


def test_nobody_implements_what_is_younger() -> None:
    assert said(read("KSRR realizuje SIEG.", "pl")) == set()
    assert said(read("SIEG realizuje KSRR.", "pl")) == {"sieg implements ksrr"}


def test_bibliography_and_captions_are_left_out() -> None:
    pieces = [
        ("heading", "Literatura"),
        ("paragraph", "Strategia Rozwoju Kraju 2020, Warszawa 2012."),
        ("paragraph", "Rys. 1. Cele Strategii Rozwoju Kraju 2020"),
    ]
    text, blocks = "", []
    for kind, piece in pieces:
        blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(piece), level=1))  # type: ignore[arg-type]
        text += piece + "\n"
    listed = Document(
        id="text", text=text, blocks=tuple(blocks), media_type="text/plain", sha256="0" * 64, language="pl"
    )
    assert link(listed, Entry(id="text", path=Path("text.txt")), (), gazetteer()).claims == ()


def fragments() -> Iterator[str]:
    yield from (
        "PO IR",
        "wspiera",
        "klastry",
        "Strategii Rozwoju Kraju 2020",
        "realizuje",
        "(dalej: SRK)",
        "nie",
    )
    yield from (
        ", ",
        ". ",
        "\n",
        "OJ L 298, 26.10.2012, p. 1",
        "CT 1",
        "Oś priorytetowa I",
        "„",
        "”",
        "COM(2010) 546",
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(list(fragments())), st.text(max_size=12)), max_size=14))
def test_quotes_are_what_stands_at_their_offsets(pieces: list[str]) -> None:
    text = " ".join(pieces)
    once, again = read(text, "pl"), read(text, "pl")
    assert once == again
    for claim in once.claims:
        for evidence in claim.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote
