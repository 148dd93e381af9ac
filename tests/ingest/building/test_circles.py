"""Links that run in a circle: the weaker ones go to a person, the graph stays a hierarchy."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from nurt.graph.closure import cycles
from nurt.graph.store import open_graph
from nurt.ingest.build import build
from nurt.ingest.circles import without_circles
from nurt.ingest.claims import BASES, Claim, Element, Extraction
from nurt.ingest.document import Evidence
from nurt.ontology.identifiers import instrument
from nurt.ontology.namespace import NURT

NODES = [instrument(f"strategy-{letter}") for letter in "abcd"]
A, B, C, D = NODES
PLACE = Evidence("note", 0, 4, "said", None)


def claim(child: URIRef, parent: URIRef, basis: str = "stated", confidence: float = 0.9) -> Claim:
    return Claim(
        subject=child,
        predicate=NURT.contributesTo,
        object=parent,
        basis=basis,  # type: ignore[arg-type]
        confidence=confidence,
        rule="test",
        evidence=(PLACE,),
    )


def extraction(*claims: Claim, elements: tuple[Element, ...] = ()) -> Extraction:
    return Extraction(document="note", claims=claims, elements=elements)


def test_the_weaker_of_two_opposite_statements_goes_to_a_person() -> None:
    strong, weak = claim(A, B), claim(B, A, confidence=0.8)
    (found,) = without_circles([extraction(weak, strong)])
    assert found.claims == (strong,)
    assert [review.evidence for review in found.reviews] == [PLACE]
    assert "strategy-a" in found.reviews[0].reason
    assert "strategy-b" in found.reviews[0].reason


def test_structure_outweighs_every_statement() -> None:
    part = Element(iri=A, type=NURT.Objective, evidence=PLACE, parent=B)
    (found,) = without_circles([extraction(claim(B, A), elements=(part,))])
    assert found.claims == ()
    assert len(found.reviews) == 1


def test_a_sound_hierarchy_and_sideways_links_are_left_alone() -> None:
    sideways = Claim(
        subject=B, predicate=NURT.cites, object=A, basis="stated", confidence=1.0, rule="t", evidence=(PLACE,)
    )
    every = extraction(claim(A, B), claim(B, C), claim(A, C), sideways)
    assert without_circles([every]) == (every,)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NODES),
            st.sampled_from(NODES),
            st.sampled_from(BASES),
            st.sampled_from((0.5, 0.9)),
        ),
        max_size=12,
    )
)
def test_what_is_kept_never_runs_in_a_circle_and_nothing_is_lost(
    links: list[tuple[URIRef, URIRef, str, float]],
) -> None:
    claims = [claim(*link) for link in links]
    (found,) = without_circles([extraction(*claims)])
    kept = [(c.subject, c.object) for c in found.claims]
    assert cycles(kept) == ()
    assert len(found.claims) + len(found.reviews) == len(claims)
    for left in set(claims) - set(found.claims):
        assert cycles([*kept, (left.subject, left.object)]), "left out without need"


def test_a_document_that_contradicts_itself_builds(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text(
        "# Notatka\n\n"
        "Krajowa Strategia Rozwoju Regionalnego przyczynia się do realizacji "
        "Długookresowej Strategii Rozwoju Kraju. Długookresowa Strategia Rozwoju Kraju przyczynia się do "
        "realizacji Krajowej Strategii Rozwoju Regionalnego.\n",
        encoding="utf-8",
    )
    result = build([note], output=tmp_path / "graph")
    graph = open_graph(tmp_path / "graph")
    links = graph.select("SELECT ?s ?o WHERE { ?s nurt:contributesTo ?o FILTER(?o != ?s) }").rows
    both = {(instrument("ksrr"), instrument("dsrk-2030")), (instrument("dsrk-2030"), instrument("ksrr"))}
    assert len(both & set(links)) == 1
    assert result.reviews >= 1
    assert any("left out" in review["reason"] for review in graph.report["reviews"])
