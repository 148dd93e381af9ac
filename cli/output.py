"""Where a command's result goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from ..queries.sheet import Sheet, Value

__all__ = ["FormatOption", "SheetFormat", "emit", "emit_file", "emit_sheet"]


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
_NARROWEST: Final = 18
"""A column of long texts is readable from this width on."""
_PIPED: Final = 200
"""The width of a table that is not printed on a terminal."""


def emit(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file as UTF-8 and say so on standard error.

    Raises InputError where the file cannot be written.
    """
    if output is None:
        # A terminal that cannot show a letter shows a substitute rather than stopping in mid-table.
        encoding = sys.stdout.encoding or "utf-8"
        typer.echo(text.encode(encoding, "replace").decode(encoding), nl=False)
        return
    emit_file(text.encode("utf-8"), output)


def emit_file(content: bytes, output: Path) -> None:
    """Write a file and say so on standard error.

    Raises InputError where it cannot be written.
    """
    from ..queries.export import write_bytes

    write_bytes(output, content)
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
    """A table for people; where it does not fit the terminal, one block a row instead.

    Columns without any value are left out and named below.
    """
    from rich.console import Console

    from ..queries.sheet import shown as text_for

    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPED)
    shown = [n for n in range(len(sheet.columns)) if any(row[n] is not None for row in sheet.rows)]
    # What stands before a colon is the name of the column, what follows explains it.
    headings = [sheet.columns[n].label(sheet.language).split(":")[0] for n in shown]
    right = [sheet.columns[n].kind in ("money", "number") for n in shown]
    cells = [
        [
            _money(row[n])
            if sheet.columns[n].kind == "money"
            else text_for(row[n], sheet.columns[n], sheet.language)
            for n in shown
        ]
        for row in sheet.rows
    ]
    needed = sum(
        3 + min(_NARROWEST, max(len(heading), *(len(row[n]) for row in cells)))
        for n, heading in enumerate(headings)
        if cells
    )
    console.print(sheet.title, style="bold", highlight=False)
    if not cells:
        typer.echo("No rows.", err=True)
    elif needed > console.width:
        _print_blocks(console, headings, cells)
    else:
        _print_rows(console, headings, right, cells)
    empty = [column.label(sheet.language) for n, column in enumerate(sheet.columns) if n not in shown]
    if empty and cells:
        typer.echo(f"Nothing is known in: {', '.join(empty)}.", err=True)


def _money(value: Value) -> str:
    return "" if value is None else f"{value:,.0f}".replace(",", "\N{NO-BREAK SPACE}")


def _print_rows(console: Console, headings: list[str], right: list[bool], cells: list[list[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for heading, to_the_right in zip(headings, right, strict=True):
        table.add_column(
            heading, justify="right" if to_the_right else "left", overflow="fold", max_width=_WIDEST
        )
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _print_blocks(console: Console, headings: list[str], cells: list[list[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(cells, start=1):
        block = Table(show_header=False, box=None, padding=(0, 1))
        block.add_column(style="dim", no_wrap=True)
        block.add_column(overflow="fold")
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                block.add_row(heading, Text(" ".join(cell.split())))
        console.rule(str(number), align="left", style="dim")
        console.print(block)
