"""``nurt demo``: the main job on the shipped corpus, from documents to table and picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..graphs import build_with_progress, shipped_corpus

if TYPE_CHECKING:
    from ...graph.store import Graph
    from ...queries.lineage import Lineage

EXAMPLE = "nurt demo --output demo"


def command(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder for graph, table and page.")
    ] = Path("demo"),
) -> None:
    """Build the graph of the shipped corpus, and write the lineage table and the explorer.

    Example: nurt demo --output demo
    """
    from ...graph.store import open_graph
    from ...queries.export import write
    from ...queries.lineage import lineage
    from ...viz.explorer import write_explorer

    result = build_with_progress([shipped_corpus()], output / "graph")
    graph = open_graph(result.graph)
    rows = lineage(graph)
    tables = [output / "lineage.csv", output / "lineage.xlsx"]
    for table in tables:
        write(rows, table, graph=graph)
    page = output / "explorer.html"
    write_explorer(graph, page)
    typer.echo(_summary(graph, rows, result.seconds, changed=result.changed))
    typer.echo("\nWritten:")
    for path in (result.graph, *tables, page):
        typer.echo(f"  {path}")
    typer.echo(
        f"""
Try next:
  open {page} in a browser
  nurt trace rpo-lodzkie/I.2 --graph {result.graph}
  nurt lineage --programme rpo-lodzkie --basis stated,coded --graph {result.graph}
  nurt query --list --graph {result.graph}"""
    )
    if result.failures:
        raise typer.Exit(1)


def _summary(graph: Graph, rows: Lineage, seconds: float, *, changed: bool) -> str:
    from ...graph.stats import statistics

    counted = statistics(graph)
    measures = {row.measure_iri for row in rows}
    routed = {row.measure_iri for row in rows if row.has_route}
    how = f"built in {seconds:.1f} s" if changed else "as built before: nothing changed"
    return "\n".join(
        [
            f"The graph ({how}):",
            f"  documents  {counted.documents}",
            f"  elements   {counted.elements}",
            "  claims     " + ", ".join(f"{count} {basis}" for basis, count in counted.claims.items()),
            f"  measures   {len(routed)} with a route to Europe 2020, {len(measures) - len(routed)} without",
        ]
    )
