"""Everything in the cascade is found by its Polish or English name, its acronym or its code."""

from __future__ import annotations

from pathlib import Path

import pytest

from nurt.errors import UnknownNameError
from nurt.graph.store import Graph, open_graph
from nurt.ontology.identifiers import short
from nurt.queries.names import one


@pytest.fixture(scope="module")
def graph(corpus_graph: Path) -> Graph:
    return open_graph(corpus_graph)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Europa 2020", "europe-2020"),
        ("Europe 2020", "europe-2020"),
        ("Unia innowacji", "europe-2020/flagship/innovation-union"),
        ("Innovation Union", "europe-2020/flagship/innovation-union"),
        ("Towards world-class clusters", "world-class-clusters"),
        ("Horyzont 2020", "h2020"),
        ("Horizon 2020", "h2020"),
        ("COSME", "cosme"),
        ("COS-CLUSTER", "cosme/action/cluster-go-international-2014"),
        ("COS-WP", "cosme/action/cluster-excellence-2014"),
        ("DSRK", "dsrk-2030"),
        ("SRK 2020", "srk-2020"),
        ("SIEG", "sieg"),
        ("KSRR", "ksrr"),
        ("KPR", "kpr-2011"),
        ("SRKL", "srkl"),
        ("SRT", "srt"),
        ("BEiŚ", "beis"),
        ("SRKS", "srks"),
        ("SRSBN", "srsbn"),
        ("SZRWRiR", "szrwrir"),
        ("Sprawne Państwo", "sprawne-panstwo"),
        ("Umowa Partnerstwa", "umowa-partnerstwa"),
        ("Partnership Agreement", "umowa-partnerstwa"),
        ("KIS", "kis"),
        ("Krajowe Inteligentne Specjalizacje", "kis"),
        ("POIR", "po-inteligentny-rozwoj"),
        ("PO IR", "po-inteligentny-rozwoj"),
        ("POPW", "po-polska-wschodnia"),
        ("POIŚ", "po-infrastruktura-i-srodowisko"),
        ("POPC", "po-polska-cyfrowa"),
        ("POWER", "po-wiedza-edukacja-rozwoj"),
        ("PO WER", "po-wiedza-edukacja-rozwoj"),
        ("POPT", "po-pomoc-techniczna"),
        ("RPO WŁ", "rpo-lodzkie"),
        ("RPO WD", "rpo-dolnoslaskie"),
        ("RPO WSL", "rpo-slaskie"),
        ("CT 3", "thematic-objective/3"),
        ("PI 1b", "investment-priority/erdf-1b"),
        ("PI 3c", "investment-priority/erdf-3c"),
        ("TO4", "thematic-objective/4"),
        ("RPLD.01.02", "rpo-lodzkie/1.2"),
        ("rpo-lodzkie/I.2", "rpo-lodzkie/1.2"),
        ("klastry", "beneficiary-type/clusters"),
        ("clusters", "beneficiary-type/clusters"),
        ("MŚP", "beneficiary-type/smes"),
        ("SMEs", "beneficiary-type/smes"),
        ("Excellent Science", "h2020/es"),
        ("Liderstwo przemysłowe", "h2020/il"),
        ("Industrial Leadership", "h2020/il"),
        ("Kierunki i założenia polityki klastrowej", "polityka-klastrowa-2020"),
        ("EFRR", "fund/erdf"),
        ("ERDF", "fund/erdf"),
        ("łódzkie", "region/lodzkie"),
        ("Kluczowe Klastry Krajowe", "beneficiary-type/key-national-clusters"),
    ],
)
def test_a_name_leads_to_its_thing(typed: str, meant: str, graph: Graph) -> None:
    assert short(one(graph, typed)) == meant


@pytest.mark.parametrize("typed", ["Działanie 1.2", "Strategii Rozwoju Kraju", "Polityka przemysłowa"])
def test_an_ambiguous_name_lists_what_it_may_mean(typed: str, graph: Graph) -> None:
    with pytest.raises(UnknownNameError) as caught:
        one(graph, typed)
    assert len(caught.value.candidates) >= 2
