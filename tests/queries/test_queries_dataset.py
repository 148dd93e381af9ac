"""The graph as a file for other programs, whole and around one thing, read back with their code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from rdflib import Dataset, URIRef
from rdflib import Graph as RDFGraph
from rdflib.compare import isomorphic
from rocrate.rocrate import ROCrate

from nurt.errors import InputError, UnknownNameError
from nurt.graph.store import Graph
from nurt.queries.dataset import DATASET_FORMATS, ENDINGS, dataset_format, export, rdf_bytes
from nurt.queries.links import load_links
from nurt.queries.network import around, network

Iri = Callable[[str], URIRef]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_graph_gives_the_same_bytes_from_every_store(
    ending: str, small: Graph, on_disk: Graph, on_server: Graph, tmp_path: Path
) -> None:
    written = [
        export(graph, tmp_path / f"{number}{ending}").read_bytes()
        for number, graph in enumerate((small, on_disk, on_server))
    ]
    assert written[0] == written[1] == written[2]
    assert len(written[0]) > 5000


@pytest.mark.parametrize("form", ["trig", "nquads", "json-ld"])
def test_quads_are_read_back_by_rdflib(form: str, small: Graph) -> None:
    read = Dataset()
    read.parse(data=rdf_bytes(small, form), format=form)
    expected = Dataset()
    expected.parse(data=small.nquads(), format="nquads")
    names = {graph.identifier for graph in expected.graphs() if len(graph)}
    assert {graph.identifier for graph in read.graphs() if len(graph)} == names
    for name in names:
        assert isomorphic(read.graph(name), expected.graph(name)), name


def test_turtle_holds_the_merge(small: Graph) -> None:
    read = RDFGraph().parse(data=rdf_bytes(small, "turtle"), format="turtle")
    expected = Dataset(default_union=True)
    expected.parse(data=small.nquads(), format="nquads")
    assert set(read) == set(expected.triples((None, None, None)))


def test_json_ld_has_a_context_and_compact_names(small: Graph) -> None:
    content = json.loads(rdf_bytes(small, "json-ld"))
    assert content["@context"]["nurt"] == "https://w3id.org/nurt/ontology#"
    names = {node["@id"] for graph in content["@graph"] for node in graph["@graph"]}
    assert "id:rpo-lodzkie/1.2" in names
    assert not [name for name in names if name.startswith("https://w3id.org/nurt/")]


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_networks_are_read_back_with_the_types_of_their_attributes(
    ending: str, small: Graph, tmp_path: Path
) -> None:
    path = export(small, tmp_path / f"all{ending}", language="en")
    read = nx.read_graphml(path) if ending == ".graphml" else nx.read_gexf(path)
    made = network(small, language="en")
    assert set(read.nodes) == set(made.nodes)
    assert set(read.edges()) == set(made.edges())
    for *ends, attributes in read.edges(data=True):
        assert isinstance(attributes["confidence"], float)
        assert isinstance(attributes["page"], int)
        assert attributes["quote"] == made.edges[tuple(ends)]["quote"]
        assert attributes["basis"] in ("stated", "coded", "curated", "inferred")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_focus_keeps_the_lineage_of_one_thing(ending: str, small: Graph, iri: Iri, tmp_path: Path) -> None:
    path = export(small, tmp_path / f"part{ending}", focus=iri("rpo-lodzkie/1.2"))
    text = path.read_text(encoding="utf-8")
    assert "rpo-lodzkie/1.2.1" in text
    assert "priority/smart-growth" in text
    assert "rpo-lodzkie/4.2" not in text
    assert path.stat().st_size < export(small, tmp_path / f"all{ending}").stat().st_size


def test_the_network_around_a_thing_has_its_links_only(small: Graph, iri: Iri) -> None:
    only = around(small, iri("rpo-lodzkie/1.2"))
    found = network(small, only=only)
    links = [link for link in load_links(small) if link.child in only and link.parent in only]
    assert set(found.nodes) == {str(thing) for thing in only}
    assert found.number_of_edges() == len({(link.child, link.parent) for link in links})
    stated = around(small, iri("rpo-lodzkie/1.2"), bases=("stated",))
    assert stated < only


def test_a_crate_says_who_made_it_when_from_what_and_under_which_terms(
    on_disk: Graph, tmp_path: Path
) -> None:
    terms = "https://creativecommons.org/licenses/by/4.0/"
    folder = export(on_disk, tmp_path / "crate", "ro-crate", author="Urząd", licence=terms, language="en")
    crate = ROCrate(folder)
    assert crate.root_dataset["name"].startswith("Knowledge graph")
    assert crate.root_dataset["author"]["name"] == "Urząd"
    assert crate.root_dataset["license"].id == terms
    files = {entity.id: entity for entity in crate.data_entities}
    assert set(files) == {"graph.nq", "lineage.csv", "lineage.csv-metadata.json", "lineage.graphml"}
    assert (folder / "graph.nq").read_bytes() == on_disk.nquads()
    assert int(files["graph.nq"]["contentSize"]) == (folder / "graph.nq").stat().st_size
    build = crate.dereference("#build")
    assert build["instrument"]["name"] == "nurt"
    sources = {entity.id for entity in build["object"]}
    assert "https://w3id.org/nurt/id/document/cards" in sources
    # The same as RDF, its context replaced by the vocabulary that it names: nothing is fetched.
    content = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    content["@context"] = {"@vocab": "http://schema.org/"}
    rdf = RDFGraph().parse(data=json.dumps(content), format="json-ld", base="https://crate.example/")
    based = set(rdf.objects(URIRef("https://crate.example/"), URIRef("http://schema.org/isBasedOn")))
    assert {str(document) for document in based} == sources


def test_a_crate_replaces_a_crate_and_nothing_else(on_disk: Graph, tmp_path: Path) -> None:
    first = export(on_disk, tmp_path / "crate", "ro-crate")
    before = {path.name: path.read_bytes() for path in first.iterdir()}
    export(on_disk, tmp_path / "crate", "ro-crate")
    assert {path.name: path.read_bytes() for path in first.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["crate"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_bytes(b"x")
    with pytest.raises(InputError, match="not empty"):
        export(on_disk, tmp_path / "mine", "ro-crate")
    with pytest.raises(InputError, match="is no folder"):
        export(on_disk, tmp_path / "no" / "crate", "ro-crate")
    with pytest.raises(InputError, match="whole graph"):
        export(on_disk, tmp_path / "part", "ro-crate", focus=URIRef("https://w3id.org/nurt/id/ksrr"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["crate", "mine"]


def test_the_format_comes_from_the_option_or_the_ending() -> None:
    assert {dataset_format(Path(f"a{ending}")) for ending in ENDINGS} | {"ro-crate"} == set(DATASET_FORMATS)
    assert dataset_format(Path("a.txt"), "trig") == "trig"
    with pytest.raises(UnknownNameError, match=r"Endings: \.graphml"):
        dataset_format(Path("a.txt"))
    with pytest.raises(UnknownNameError, match="is no format"):
        dataset_format(Path("a.ttl"), "n3")
