"""``nurt verify``: is every quote where its claim says it is?"""

from __future__ import annotations

from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build

EXAMPLE = "nurt verify --graph my-graph"


def command(
    graph: GraphOption = None,
    language: Annotated[str, typer.Option("--language", help="Of the messages: en or pl.")] = "en",
) -> None:
    """Check that every quote equals the kept text at its offsets, and that every link has a claim.

    Exit status 1 where one does not.

    Example: nurt verify --graph my-graph
    """
    from ...graph.validate import verify

    report = verify(open_or_build(graph))
    typer.echo(report.text(language))
    raise typer.Exit(0 if report.conforms else 1)
