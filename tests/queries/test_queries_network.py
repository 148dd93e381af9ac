"""The cascade in the files of other programs, read back with somebody else's code."""

from __future__ import annotations

import io
from collections.abc import Callable

import networkx as nx
import pytest
from rdflib import Graph as RDFGraph
from rdflib import URIRef
from rdflib.namespace import RDF

from nurt.graph.store import Graph
from nurt.ontology.namespace import NURT, OA
from nurt.queries.links import load_links
from nurt.queries.network import gexf, graphml, network, rdf_text, subgraph
from nurt.queries.sheet import Language

Iri = Callable[[str], URIRef]


def test_every_link_is_an_edge_with_its_evidence(either: Graph, iri: Iri) -> None:
    found = network(either)
    assert found.number_of_edges() == len(load_links(either))
    edge = found.edges[str(iri("rpo-lodzkie/1")), str(iri("thematic-objective/1"))]
    assert (edge["predicate"], edge["basis"], edge["page"]) == ("addresses", "coded", 1)
    assert edge["quote"] == "rpo-lodzkie/1 addresses thematic-objective/1"
    assert nx.has_path(found, str(iri("rpo-lodzkie/1.2.2")), str(iri("europe-2020")))


def test_graphml_and_gexf_are_read_back_the_same(small: Graph, iri: Iri) -> None:
    found = network(small, language="en")
    for text, read in ((graphml(found), nx.read_graphml), (gexf(found), nx.read_gexf)):
        back = read(io.BytesIO(text))
        assert set(back.nodes) == set(found.nodes)
        assert set(back.edges()) == set(found.edges())
        assert back.nodes[str(iri("europe-2020"))]["label"] == "Europe 2020"
    assert gexf(found) == gexf(network(small, language="en"))


def test_turtle_and_json_ld_hold_the_thing_its_claims_and_their_quotes(small: Graph, iri: Iri) -> None:
    made = subgraph(small, [iri("rpo-lodzkie/1.2.1")])
    assert len(set(made.subjects(RDF.type, NURT.Claim))) == 3
    assert "rpo-lodzkie/1.2.1 addresses investment-priority/erdf-1b" in rdf_text(made)
    for to in ("turtle", "json-ld"):
        back = RDFGraph().parse(data=rdf_text(made, to), format=to)  # type: ignore[arg-type]
        assert {(s, p) for s, p, _ in back} == {(s, p) for s, p, _ in made}
        assert {str(o) for o in back.objects(None, OA.exact)} == {
            str(o) for o in made.objects(None, OA.exact)
        }
    assert len(subgraph(small, [])) == 0


@pytest.mark.parametrize(
    ("language", "said"), [("pl", "Streszczenia, nie teksty urzędowe"), ("en", "Digests, not official texts")]
)
def test_networks_say_which_quotes_come_from_digests(small: Graph, language: Language, said: str) -> None:
    found = network(small, language=language)
    edges = {data["document"]: data["digest"] for _, _, data in found.edges(data=True)}
    assert sorted(edges.values()) == [False, *[True] * (len(edges) - 1)]
    for content in (graphml(found).decode(), gexf(found).decode()):
        assert f"{said}: {len(edges) - 1} " in content
