"""The whole graph, or the lineage of one thing, as a file for other programs; same graph, same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import URIRef

from ..errors import InputError, UnknownNameError
from ..graph.store import Graph
from ..graph.terms import to_ox
from ..ontology.namespace import PREFIXES
from .export import write_bytes
from .jsonld import jsonld
from .links import BASES, Basis
from .network import around, gexf, graphml, network, subgraph
from .sheet import Language

if TYPE_CHECKING:
    import networkx

__all__ = ["DATASET_FORMATS", "ENDINGS", "dataset_format", "export", "rdf_bytes"]

ENDINGS: Final = {
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".jsonld": "json-ld",
}
DATASET_FORMATS: Final = (*ENDINGS.values(), "ro-crate")
_NETWORKS: Final[dict[str, Callable[[networkx.DiGraph[str]], bytes]]] = {"graphml": graphml, "gexf": gexf}


def dataset_format(path: Path, asked: str | None = None) -> str:
    """The format asked for, else the one that the file's ending names.

    Raises UnknownNameError for a format or ending that is none of ours.
    """
    if asked in DATASET_FORMATS:
        return str(asked)
    if asked:
        raise UnknownNameError(f"{asked!r} is no format.", name=asked, candidates=DATASET_FORMATS)
    if path.suffix.lower() in ENDINGS:
        return ENDINGS[path.suffix.lower()]
    raise UnknownNameError(
        f"{path.name}: the ending names no format.",
        name=path.suffix,
        hint=f"Endings: {', '.join(ENDINGS)}; a folder is written with --format ro-crate.",
    )


def export(
    graph: Graph,
    path: Path,
    form: str | None = None,
    *,
    focus: URIRef | None = None,
    bases: Iterable[Basis] = BASES,
    language: Language = "pl",
    author: str = "",
    licence: str = "",
) -> Path:
    """Write the graph, or the lineage of one thing, to a file; as "ro-crate" to a folder with a description.

    Networks (GraphML, GEXF) hold the upward links with their strongest evidence; RDF holds everything, with
    ``focus`` what is said of the things on the way up and down, and the claims about them.

    Args:
        path: the file, for "ro-crate" the folder.
        form: of ``DATASET_FORMATS``; without it the file's ending says it.
        focus: only the lineage of this thing, up and down.
        bases: links of other bases are left out, of networks and of the lineage of ``focus``.
        language: of names in networks and of the description.
        author, licence: who publishes the folder and under which terms (an address); "" says neither.

    Raises UnknownNameError for an unknown format, InputError where the file cannot be written.
    """
    chosen = dataset_format(path, form)
    kept = tuple(bases)
    if chosen == "ro-crate":
        from .crate import write_crate

        if focus is not None:
            raise InputError(
                "A crate holds the whole graph.",
                path=path,
                hint="Leave --focus out, or choose another format.",
            )
        return write_crate(graph, path, language=language, author=author, licence=licence)
    only = None if focus is None else around(graph, focus, bases=kept)
    if chosen in _NETWORKS:
        content = _NETWORKS[chosen](network(graph, bases=kept, language=language, only=only))
    else:
        content = rdf_bytes(graph, chosen, only=only)
    write_bytes(path, content)
    return path


def rdf_bytes(graph: Graph, form: str, *, only: Iterable[URIRef] | None = None) -> bytes:
    """The quads of the graph, or what it says of some things, in an RDF format, in a fixed order.

    Turtle holds the merge of the named graphs; TriG, N-Quads and JSON-LD keep each document's own.

    Args:
        form: "turtle", "trig", "nquads" or "json-ld".
        only: things; without it everything.
    """
    nquads = graph.nquads()
    if form == "nquads" and only is None:
        return nquads
    quads = list(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    if only is not None:
        wanted = {
            ox.Triple(to_ox(s), to_ox(p), to_ox(o))  # type: ignore[arg-type]
            for s, p, o in subgraph(graph, only)
        }
        quads = [quad for quad in quads if quad.triple in wanted]
    if form == "nquads":
        return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    if form == "turtle":
        triples = dict.fromkeys(quad.triple for quad in quads)
        return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    quads.sort(key=lambda quad: str(quad.graph_name))  # stable: within a graph the order stays
    if form == "json-ld":
        return jsonld(quads)
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""
