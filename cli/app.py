"""The command line: names the commands, one a module in ``commands``, and turns errors into exit statuses."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from ..errors import NurtError
from .commands import (
    build,
    compare,
    coverage,
    demo,
    diff,
    evaluate,
    explore,
    export,
    fetch,
    flow,
    gaps,
    info,
    lineage,
    query,
    review,
    serve,
    show,
    trace,
    validate,
    verify,
)

__all__ = ["app", "main"]

EPILOG = (
    "Exit status: 0 = fine; 1 = ran and found something wrong (an invalid graph, a document that could not "
    "be read); 2 = bad input or usage. Results go to standard output, everything else to standard error."
)

app = typer.Typer(
    name="nurt",
    help="Trace how Europe 2020 flows down to each measure of the Polish operational programmes of "
    "2014-2020, with the quote, page and basis of every link.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"nurt {version('nurt')}")
        raise typer.Exit


@app.callback()
def _root(
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options that stand before the command."""


_COMMANDS = (
    build,
    trace,
    show,
    lineage,
    query,
    gaps,
    coverage,
    compare,
    diff,
    explore,
    export,
    flow,
    serve,
    validate,
    verify,
    evaluate,
    review,
    info,
    fetch,
    demo,
)

for _module in _COMMANDS:
    app.command(_module.__name__.rpartition(".")[2])(_module.command)


def main() -> None:
    """Run the command line and exit with its status."""
    try:
        app()
    except NurtError as error:
        typer.echo(f"nurt: {error.what}", err=True)
        if error.hint:
            typer.echo(f"      {error.hint}", err=True)
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        typer.echo("nurt: stopped; the last good graph is as it was.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output (head, less) has closed it: nothing more to say, nothing wrong.
        sys.stderr.close()
        sys.exit(0)
