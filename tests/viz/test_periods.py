"""The years that instruments are made for, as their names and codes give them."""

from __future__ import annotations

import pytest

from nurt.graph.store import Graph
from nurt.ontology.namespace import ID
from nurt.viz.network import network, things
from nurt.viz.periods import period


@pytest.mark.parametrize(
    ("names", "cci", "years"),
    [
        (["Program Operacyjny Polska Cyfrowa na lata 2014\u20132020"], [], "2014-2020"),
        (["Strategia zrównoważonego rozwoju wsi 2012-2020"], [], "2012-2020"),
        (["POIR"], ["2014PL16RFOP001"], "2014-2020"),
        (["Program z poprzedniej perspektywy"], ["2007PL161PO001"], "2007-2013"),
        (["Fundusze Europejskie"], ["2021PL16FFPR001"], "2021-2027"),
        (["Strategia Rozwoju Kraju 2020"], [], "-2020"),
        (["Polska 2030. Trzecia fala nowoczesności"], [], "-2030"),
        (["KPR 2011"], [], ""),
        (["Rozporządzenie (UE) nr 1303/2013"], [], ""),
        (["COM(2008) 652"], [], ""),
        (["Krajowe Inteligentne Specjalizacje"], ["XXXX"], ""),
    ],
)
def test_years_are_taken_from_names_and_codes(names: list[str], cci: list[str], years: str) -> None:
    assert period(names, cci) == years


def test_every_programme_of_the_corpus_has_its_years(whole_graph: Graph) -> None:
    found = things(network(whole_graph))
    programmes = {iri: thing.period for iri, thing in found.items() if thing.level == "programme"}
    assert len(programmes) >= 24
    assert set(programmes.values()) == {"2014-2020"}
    assert found[ID["europe-2020"]].period == "-2020"
