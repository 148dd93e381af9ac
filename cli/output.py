"""Where a command's result goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from ..errors import InputError

__all__ = ["emit"]


def emit(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file as UTF-8 and say so on standard error.

    Raises InputError where the file cannot be written.
    """
    if output is None:
        # A terminal that cannot show a letter shows a substitute rather than stopping in mid-table.
        if sys.stdout.encoding.lower() not in ("utf-8", "utf8"):
            text = text.encode(sys.stdout.encoding, "replace").decode(sys.stdout.encoding)
        typer.echo(text, nl=False)
        return
    from ..queries.export import write_text

    try:
        write_text(text, output)
    except OSError as error:
        raise InputError(
            f"{output} cannot be written: {error.strerror or error}.",
            path=output,
            hint="Check folder and permissions.",
        ) from error
    typer.echo(f"written: {output}", err=True)
