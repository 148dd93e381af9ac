"""The opening picture, built with pyvis: nodes with their places, edges by basis, options."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from pyvis.network import Network
from rdflib import URIRef

from .columns import drawn_links, opening, place, strongest
from .network import things

if TYPE_CHECKING:
    from .network import Lineages

__all__ = ["DASHES", "OPTIONS", "drawing", "library"]

DASHES: Final[Mapping[str, bool | list[int]]] = {
    "stated": False,
    "coded": [10, 6],
    "inferred": [2, 5],
    "curated": [14, 4, 3, 4],
}
"""How the line of a link is broken, by its strongest basis; a curated one is also marked in its middle."""

OPTIONS: Final[Mapping[str, Any]] = {
    "autoResize": True,
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "physics": {"enabled": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "keyboard": {"enabled": False},
        "selectConnectedEdges": False,
        "multiselect": False,
        "tooltipDelay": 250,
        "zoomSpeed": 0.6,
    },
    "nodes": {"shape": "custom", "chosen": False, "physics": False},
    "edges": {
        "chosen": False,
        "physics": False,
        "arrows": {"to": {"enabled": False}},
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.55},
    },
}

_FOLDER: Final = ("templates", "lib", "vis-9.1.2")


def library() -> tuple[str, str]:
    """The style sheet and the script of vis-network that the installed pyvis brings along."""
    folder = files("pyvis").joinpath(*_FOLDER)
    style = folder.joinpath("vis-network.css").read_text(encoding="utf-8")
    script = folder.joinpath("vis-network.min.js").read_text(encoding="utf-8")
    return style, script


def drawing(
    lineages: Lineages, homes: Mapping[URIRef, URIRef], columns: Mapping[URIRef, int]
) -> dict[str, Any]:
    """Nodes, edges and options for vis-network, as JSON holds them; ids are positions in the network.

    Only pyvis's lists and options are taken: its own page asks other servers for scripts and styles.
    """
    number = {iri: position for position, iri in enumerate(things(lineages))}
    drawn = opening(lineages, homes)
    places = place(drawn, columns)
    built = Network(directed=True)
    built.set_options(json.dumps(OPTIONS))
    for iri in drawn:
        x, y = places[iri]
        built.add_node(number[iri], label=" ", shape="custom", color=None, x=x, y=y)
    for (child, parent), links in drawn_links(lineages, drawn, homes).items():
        basis = strongest(links)
        built.add_edge(number[parent], number[child], basis=basis, dashes=DASHES[basis])
    nodes = [{"id": node["id"], "x": node["x"], "y": node["y"]} for node in built.nodes]
    edges = [{key: edge[key] for key in ("from", "to", "basis")} for edge in built.edges]
    return {"nodes": nodes, "edges": edges, "options": built.options, "dashes": dict(DASHES)}
