"""``nurt export``: the graph as a file for other programs, or as a folder with its description."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build
from ..options import BasisOption, Language, LanguageOption

EXAMPLE = "nurt export -o lodzkie.graphml --focus rpo-lodzkie"


class Format(StrEnum):
    """How the graph is written."""

    graphml = "graphml"
    gexf = "gexf"
    turtle = "turtle"
    trig = "trig"
    nquads = "nquads"
    json_ld = "json-ld"
    ro_crate = "ro-crate"


def command(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="The file; its ending gives the format: .graphml, .gexf, .ttl, .trig, .nq, .jsonld. "
            "With --format ro-crate a folder.",
        ),
    ],
    form: Annotated[
        Format | None, typer.Option("--format", "-f", show_default=False, help="How to write it.")
    ] = None,
    focus: Annotated[
        str | None,
        typer.Option("--focus", help="Only the lineage of this thing, up and down: an id, code or name."),
    ] = None,
    basis: BasisOption = "stated,coded,curated,inferred",
    author: Annotated[str, typer.Option("--author", help="Who publishes it, for an RO-Crate.")] = "",
    licence: Annotated[
        str, typer.Option("--licence", help="The address of the terms of use, for an RO-Crate.")
    ] = "",
    language: LanguageOption = Language.pl,
    graph: GraphOption = None,
) -> None:
    """Write the graph for Gephi, Cytoscape, networkx (GraphML, GEXF) or in RDF, whole or around one thing.

    Turtle holds the merge of all documents; TriG, N-Quads and JSON-LD keep what each document says apart. An
    RO-Crate is a folder with the quads, the lineage table, the network, and a description: made by whom,
    when, from which documents, under which terms. The same graph gives the same bytes.

    Example: nurt export -o lodzkie.graphml --focus rpo-lodzkie
    """
    from ...queries.dataset import dataset_format, export
    from ...queries.links import parse_bases
    from ...queries.names import one

    chosen = dataset_format(output, form.value if form is not None else None)
    opened = open_or_build(graph)
    export(
        opened,
        output,
        chosen,
        focus=None if focus is None else one(opened, focus),
        bases=parse_bases(basis),
        language=language.value,
        author=author,
        licence=licence,
    )
    typer.echo(f"written: {output}", err=True)
