"""How many of the beneficiaries that the programmes print are types of the vocabulary."""

from pathlib import Path

import pytest
import yaml

from nurt.ingest.families.labels import vocabulary
from nurt.ontology.namespace import ID

FACTS = Path(__file__).parents[2].parent / "shared" / "facts"
needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts are not beside this checkout")


def labels(node: object) -> list[str]:
    """Every beneficiary label in a programme's facts, in order, repetitions included."""
    if isinstance(node, dict):
        own = [x for x in node.get("beneficiary_types") or () if isinstance(x, str)]
        return own + [x for key, value in node.items() if key != "beneficiary_types" for x in labels(value)]
    if isinstance(node, list):
        return [x for value in node for x in labels(value)]
    return []


def printed() -> dict[str, list[str]]:
    return {
        path.stem: labels(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(FACTS.glob("*po-*.yaml"))
    }


def unknown(found: list[str]) -> list[str]:
    known = vocabulary("beneficiary_types", "beneficiary-type")
    return sorted({label for label in found if known.exact(label) is None})


@needs_facts
def test_every_beneficiary_of_lodzkie_is_known() -> None:
    found = printed()["rpo-lodzkie"]
    assert len(found) > 50
    assert unknown(found) == [], "add these as labels in beneficiary_types.ttl"


@needs_facts
def test_beneficiaries_of_all_programmes_are_known() -> None:
    found = printed()
    assert len(found) == 22
    distinct = {label for some in found.values() for label in some}
    missing = unknown(sorted(distinct))
    assert len(distinct) > 300
    assert len(missing) <= 0.05 * len(distinct), f"add labels in beneficiary_types.ttl for {missing}"


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("MŚP", "smes"),
        ("mikro, małe i średnie przedsiębiorstwa", "smes"),
        ("mikroprzedsiębiorstwo", "micro-enterprises"),
        ("JST", "local-government"),
        ("JST, ich związki i stowarzyszenia", "local-government-and-associations"),
        (
            "jednostki organizacyjne JST posiadające osobowość prawną",
            "local-government-units-with-legal-personality",
        ),
        ("IOB", "business-environment-institutions"),
        ("instytucje otoczenia biznesu (w partnerstwie)", "business-environment-institutions"),
        ("NGO", "ngos"),
        ("organizacja pozarządowa", "ngos"),
        ("klastry", "clusters"),
        ("koordynatorzy Krajowych Klastrów Kluczowych", "key-cluster-coordinators"),
        (
            "mikro, małe i średnie przedsiębiorstwa wchodzące w skład ponadregionalnych powiązań "
            "kooperacyjnych (klastrów)",
            "smes-in-clusters",
        ),
        ("konsorcja naukowo-przemysłowe (lider: jednostka naukowa)", "research-industry-consortia"),
        ("szkoły wyższe", "universities"),
        ("duże przedsiębiorstwa (warunkowo)", "large-enterprises"),
    ],
)
def test_label_means_what_it_says(label: str, concept: str) -> None:
    known = vocabulary("beneficiary_types", "beneficiary-type")
    assert known.exact(label) == ID[f"beneficiary-type/{concept}"]


@pytest.mark.parametrize(
    "label", ["inne podmioty w partnerstwie z nimi", "klaster handlowy", "przedsiębiorczość"]
)
def test_label_that_says_nothing_certain_stays_open(label: str) -> None:
    assert vocabulary("beneficiary_types", "beneficiary-type").exact(label) is None
