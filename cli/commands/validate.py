"""``nurt validate``: does the graph conform to the shapes?"""

from __future__ import annotations

from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build

EXAMPLE = "nurt validate --graph my-graph"


def command(
    graph: GraphOption = None,
    language: Annotated[str, typer.Option("--language", help="Of the messages: en or pl.")] = "en",
) -> None:
    """Check the graph against the SHACL shapes: no source, no edge. Exit status 1 where it breaks them.

    Example: nurt validate --graph my-graph
    """
    from ...graph.validate import validate

    report = validate(open_or_build(graph))
    typer.echo(report.text(language))
    raise typer.Exit(0 if report.conforms else 1)
