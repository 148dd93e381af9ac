"""``nurt serve``: the explorer, a page for every thing and a SPARQL endpoint."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build

EXAMPLE = "nurt serve --graph my-graph"


def command(
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; the default is for this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", help="0 takes any that is free.")] = 7878,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds that a SPARQL query may take.")] = 30.0,
    graph: GraphOption = None,
) -> None:
    """Serve the explorer, a page and data for everything in the graph, and SPARQL, until Ctrl-C.

    Read-only. What is served is the graph as it was at the start, also while another is built.

    Example: nurt serve --graph my-graph
    """
    from ...server.serving import serve

    def ready(address: str) -> None:
        typer.echo(f"explorer   {address}\nquery page {address}query\nSPARQL     {address}sparql")
        typer.echo("nurt: serving; Ctrl-C ends it.", err=True)
        if not _loopback(host):
            typer.echo(f"nurt: everyone who can reach {host} can read this graph.", err=True)

    with open_or_build(graph) as opened:
        serve(opened, host=host, port=port, limit=timeout, ready=ready)


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
