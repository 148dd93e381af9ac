"""Which graph a command works on, and the progress of building one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ..errors import GraphError

if TYPE_CHECKING:
    from ..graph.store import Graph
    from ..graph.upload import Upload
    from ..ingest.build import BuildResult, Progress

__all__ = [
    "DEFAULT_FOLDER",
    "GraphOption",
    "build_with_progress",
    "cached_graph",
    "open_or_build",
    "shipped_corpus",
    "upload_with_progress",
]

DEFAULT_FOLDER: Final = Path("nurt-graph")
_STEPS: Final = {
    "read": "Reading documents",
    "link": "Finding names and relations",
    "assemble": "Assembling the graph",
    "validate": "Validating",
    "publish": "Putting the graph in force",
    "upload": "Sending named graphs",
}

GraphOption = Annotated[
    str | None,
    typer.Option(
        "--graph",
        "-g",
        "--store",
        envvar="NURT_GRAPH",
        show_envvar=True,
        show_default=False,
        help="The graph folder, or the address of a SPARQL 1.1 server that holds a graph. Without it: "
        "nurt-graph/ in this folder if there is one, else the graph of the corpus that ships with nurt, "
        "built on first use in your cache folder.",
    ),
]


def shipped_corpus() -> Path:
    """The folder of documents that ship with nurt."""
    return Path(__file__).resolve().parents[1] / "corpus"


def cached_graph() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "nurt" / "graph"


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show on standard error, where it is a terminal, how far a build is."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(_STEPS.get(step, step), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield show


def build_with_progress(inputs: list[Path], output: Path, *, processes: int | None = None) -> BuildResult:
    """Build a graph as ``ingest.build.build`` does, with progress on standard error."""
    from ..ingest.build import build

    with _progress() as progress:
        return build(inputs, output, processes=processes or os.cpu_count() or 1, progress=progress)


def upload_with_progress(graph: Graph, address: str) -> Upload:
    """Write a graph to a server as ``graph.upload.upload`` does, with progress on standard error."""
    from ..graph.upload import upload

    with _progress() as progress:
        return upload(graph, address, progress=progress)


def open_or_build(graph: str | None) -> Graph:
    """Open the graph that a command works on, see ``GraphOption``.

    Raises GraphError where the named folder or server holds no graph.
    """
    from ..graph.store import open_graph

    if graph is not None:
        return open_graph(graph)
    if DEFAULT_FOLDER.is_dir():
        return open_graph(DEFAULT_FOLDER)
    cached = cached_graph()
    if not (cached / "CURRENT").exists():
        typer.echo(f"nurt: building the graph of the shipped corpus in {cached} (once).", err=True)
    # Building again costs next to nothing where nothing changed, and brings a new version's corpus in.
    build_with_progress([shipped_corpus()], cached)
    try:
        return open_graph(cached)
    except GraphError as error:
        raise GraphError(error.what, hint=f"Delete {cached} and try again.") from error
