"""``nurt build``: documents in, a graph out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..graphs import DEFAULT_FOLDER, build_with_progress, shipped_corpus, upload_with_progress

if TYPE_CHECKING:
    from ...ingest.build import BuildResult

EXAMPLE = "nurt build my-documents/ --with-corpus --output my-graph"


def command(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(help="Files, and folders of files. Without any: the corpus that ships with nurt."),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The graph folder; made if missing.")
    ] = DEFAULT_FOLDER,
    with_corpus: Annotated[
        bool, typer.Option("--with-corpus", help="Add the corpus that ships with nurt to the inputs.")
    ] = False,
    processes: Annotated[
        int | None, typer.Option("--processes", "-j", min=1, help="Read so many documents at a time.")
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="ADDRESS",
            help="Write the graph to this SPARQL 1.1 server too, in place of the one of nurt that is there.",
        ),
    ] = None,
) -> None:
    """Build a graph from documents: PDF, HTML, Formex XML, Word, Excel, CSV, Markdown or text.

    What became of the rows of lists is printed: how many were read, taken, merged or set aside, and of each
    list those set aside for a reason to look at; report.json of the snapshot holds every list.
    Documents that have not changed are not read again. One that cannot be read does not stop the others: the
    graph holds the others, what is wrong is printed, and the exit status is 1; it is 2 where nothing could be
    read. A new graph replaces the one in force only when it is whole and conforms to the shapes. With --store
    it is then written to a server as well; other graphs there are left alone.

    Example: nurt build my-documents/ --with-corpus --output my-graph
    """
    paths = list(inputs or [])
    if with_corpus or not paths:
        paths.insert(0, shipped_corpus())
    result = build_with_progress(paths, output, processes=processes)
    describe(result)
    if store is not None:
        _upload(result.graph, store)
    if result.failures:
        raise typer.Exit(1)


def _upload(folder: Path, address: str) -> None:
    from ...graph.store import open_graph

    with open_graph(folder) as graph:
        done = upload_with_progress(graph, address)
    typer.echo(
        f"{done.address} holds the graph: {done.graphs} named graphs, {done.sent} sent now, "
        f"{done.removed} removed.",
        err=True,
    )


def describe(result: BuildResult) -> None:
    """Tell on standard error what a build did, and print the graph folder on standard output."""
    for failure in result.failures:
        typer.echo(f"not read: {failure.message} {failure.hint}".rstrip(), err=True)
    for name, warnings in result.warnings.items():
        for warning in warnings:
            typer.echo(f"read in part: {name}: {warning}", err=True)
    _describe_rows(result)
    for path in result.skipped:
        typer.echo(f"left out: {path} (not a kind of file that nurt reads)", err=True)
    if not result.changed:
        typer.echo(f"Nothing changed: the graph of {result.documents} documents stays in force.", err=True)
    else:
        typer.echo(
            f"Built the graph of {result.documents} documents ({result.read} read now) "
            f"in {result.seconds:.1f} s.",
            err=True,
        )
    if result.decisions:
        typer.echo(f"{result.decisions} decisions of people applied.", err=True)
    for lapsed in result.lapsed:
        typer.echo(f"decision not applied: {lapsed}", err=True)
    if result.reviews:
        typer.echo(
            f"{result.reviews} decisions are left to a person: nurt review --graph {result.graph}", err=True
        )
    typer.echo(result.graph)


def _describe_rows(result: BuildResult) -> None:
    """The rows of all lists in one line, and of each list what a person must look at."""
    if not result.rows:
        return
    tallies = result.rows.values()
    aside = sum(count for rows in tallies for _, count in rows.set_aside)
    typer.echo(
        f"rows: {sum(rows.read for rows in tallies)} read "
        f"= {sum(rows.taken for rows in tallies)} taken "
        f"+ {sum(rows.merged for rows in tallies)} merged into one above + {aside} set aside "
        f"(documents with rows: {len(tallies)}; each in report.json)",
        err=True,
    )
    for name, rows in result.rows.items():
        for reason, count in rows.to_look_at:
            typer.echo(f"set aside: {name}: {count}: {reason}", err=True)
