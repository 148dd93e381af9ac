"""A document that breaks the shapes, or makes no identifiers, does not end the build of the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from nurt.errors import InvalidGraphError
from nurt.graph.store import open_graph
from nurt.ingest import build as building
from nurt.ingest.build import build
from nurt.ingest.claims import Claim, Element, Extraction
from nurt.ingest.document import Evidence
from nurt.ingest.fitness import fit
from nurt.ontology.namespace import ID, NURT

PLACE = Evidence("x", 0, 1, "a", None)


def spoilt(job: object, *names: str) -> object:
    """What ``read_document`` returns, with an element that has no name in the documents named."""
    from nurt.ingest.stages import read_document

    outcome = read_document(job)  # type: ignore[arg-type]
    assert isinstance(outcome, dict)
    if outcome["document"]["id"] in names:
        text = outcome["document"]["text"]
        outcome["extraction"]["elements"].append(
            {
                "iri": str(ID["x/1"]),
                "type": str(NURT.PriorityAxis),
                "evidence": [outcome["document"]["id"], 0, len(text.split()[0]), text.split()[0], None],
                "parent": None,
                "code": "",
                "labels": [],
                "properties": [],
            }
        )
    return outcome


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("good", "odd", "worse"):
        (tmp_path / f"{name}.md").write_text(f"# Oś\n\nTekst {name}.\n", encoding="utf-8")
    return tmp_path


def test_what_breaks_the_shapes_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "read_document", lambda job: spoilt(job, "odd", "worse"))
    result = build([folder], folder / "graph")
    assert sorted(Path(failure.path).name for failure in result.failures) == ["odd.md", "worse.md"]
    assert all("label or a code" in failure.message for failure in result.failures)
    graph = open_graph(folder / "graph")
    assert list(graph.manifest["documents"]) == ["good"]
    assert len(graph.report["failures"]) == 2
    assert not (folder / "graph" / "refused.txt").exists()


def test_nothing_is_published_where_every_document_breaks_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "read_document", lambda job: spoilt(job, "good", "odd", "worse"))
    with pytest.raises(InvalidGraphError, match="last good graph stays"):
        build([folder], folder / "graph")
    assert "label or a code" in (folder / "graph" / "refused.txt").read_text(encoding="utf-8")


def test_names_of_which_no_identifier_can_be_made_are_reviewed() -> None:
    bad = URIRef("https://w3id.org/nurt/id/fund/[s1] x")
    good = Element(iri=ID["x"], type=NURT.Programme, evidence=PLACE, labels=(Literal("X"),))
    odd = Element(iri=ID["y"], type=NURT.Programme, evidence=PLACE, properties=((NURT.fund, bad),))
    link = Claim(
        subject=ID["x"], predicate=NURT.fundedBy, object=bad, basis="stated", confidence=1.0, rule="r",
        evidence=(PLACE,),
    )  # fmt: skip
    found = fit(Extraction(document="x", elements=(good, odd), claims=(link,)))
    assert (found.elements, found.claims) == ((good,), ())
    assert ["[s1]" in review.reason for review in found.reviews] == [True, True]
    assert fit(Extraction(document="x", elements=(good,))).elements == (good,)
