"""Where a command's result goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from ..queries.sheet import Sheet

__all__ = ["FormatOption", "SheetFormat", "emit", "emit_sheet"]


class SheetFormat(StrEnum):
    """How a table is written."""

    table = "table"
    csv = "csv"
    json = "json"
    md = "md"
    html = "html"
    xlsx = "xlsx"


FormatOption = Annotated[
    SheetFormat | None,
    typer.Option(
        "--format",
        "-f",
        show_default=False,
        help="How to write it. Without it: what the ending of --output says, else a table.",
    ),
]
_WIDEST: Final = 48


def emit(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file as UTF-8 and say so on standard error.

    Raises InputError where the file cannot be written.
    """
    if output is None:
        # A terminal that cannot show a letter shows a substitute rather than stopping in mid-table.
        encoding = sys.stdout.encoding or "utf-8"
        typer.echo(text.encode(encoding, "replace").decode(encoding), nl=False)
        return
    from ..queries.export import write_bytes

    write_bytes(output, text.encode("utf-8"))
    typer.echo(f"written: {output}", err=True)


def emit_sheet(
    sheet: Sheet, output: Path | None, form: SheetFormat | None, *, more: Sequence[Sheet] = ()
) -> None:
    """Print a table or write it to a file, in the format asked for or that the file's ending names.

    Raises UnknownNameError for an ending that is no format, InputError where the file cannot be written.
    """
    from ..queries.export import format_of, render, write

    if output is not None:
        asked = None if form in (None, SheetFormat.table) else form.value
        write(sheet, output, format_of(output, asked), more=more)
        typer.echo(f"written: {output} ({len(sheet.rows)} rows)", err=True)
    elif form in (None, SheetFormat.table):
        _print_table(sheet)
    elif form is SheetFormat.xlsx:
        sys.stdout.buffer.write(render(sheet, "xlsx", more=more))
    else:
        emit(render(sheet, format_of(Path(), form.value)).decode("utf-8"), None)


def _print_table(sheet: Sheet) -> None:
    """A table for people; columns without any value are left out and named below it."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ..queries.sheet import text_of

    console = Console()
    shown = [
        position
        for position in range(len(sheet.columns))
        if any(row[position] is not None for row in sheet.rows)
    ]
    table = Table(title=sheet.title, title_justify="left", show_lines=False)
    for position in shown:
        column = sheet.columns[position]
        right = column.kind in ("money", "number")
        table.add_column(
            column.label(sheet.language),
            justify="right" if right else "left",
            overflow="fold",
            max_width=_WIDEST,
        )
    for row in sheet.rows:
        cells = []
        for position in shown:
            text = text_of(row[position])
            if sheet.columns[position].kind == "money" and row[position] is not None:
                text = f"{row[position]:,.0f}".replace(",", " ")
            cells.append(Text(text))
        table.add_row(*cells)
    console.print(table)
    empty = [column.label(sheet.language) for n, column in enumerate(sheet.columns) if n not in shown]
    if empty and sheet.rows:
        typer.echo(f"Nothing is known in: {', '.join(empty)}.", err=True)
    if not sheet.rows:
        typer.echo("No rows.", err=True)
