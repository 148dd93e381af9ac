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
    from ...queries.export import write, write_bytes
    from ...queries.lineage import lineage
    from ...queries.lineage_sheet import lineage_sheet
    from ...queries.notes import graph_notes
    from ...viz.explorer import explorer

    result = build_with_progress([shipped_corpus()], output / "graph")
    graph = open_graph(result.graph)
    found = lineage(graph)
    sheet = lineage_sheet(found, notes=graph_notes(graph))
    tables = [write(sheet, output / name) for name in ("lineage.csv", "lineage.xlsx")]
    page = output / "explorer.html"
    write_bytes(page, explorer(graph).encode("utf-8"))
    typer.echo(_summary(graph, found, result.seconds, changed=result.changed))
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


def _summary(graph: Graph, found: Lineage, seconds: float, *, changed: bool) -> str:
    from ...graph.stats import statistics

    counted = statistics(graph)
    how = f"built in {seconds:.1f} s" if changed else "as built before: nothing changed"
    return "\n".join(
        [
            f"The graph ({how}):",
            f"  documents  {counted.documents}",
            f"  elements   {counted.elements}",
            "  claims     " + ", ".join(f"{count} {basis}" for basis, count in counted.claims.items()),
            f"  measures   {found.routed} with a route to Europe 2020, "
            f"{found.measures - found.routed} without",
        ]
    )
