"""``nurt review``: what is left to a person goes out as a table; filled in, it comes back as decisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build
from ..options import Language, LanguageOption, OutputOption
from ..output import FormatOption, emit_sheet

EXAMPLE = "nurt review -o decide.csv"


def command(
    below: Annotated[
        float, typer.Option("--below", min=0.0, max=1.0, help="Links whose confidence is less; 0 for none.")
    ] = 0.75,
    take: Annotated[
        Path | None,
        typer.Option("--take", show_default=False, help="The table with decisions filled in, CSV or XLSX."),
    ] = None,
    into: Annotated[
        Path,
        typer.Option("--into", help="The folder of documents whose decisions.toml takes the decisions."),
    ] = Path(),
    by: Annotated[str, typer.Option("--by", help="Who decided, where the table does not say.")] = "",
    form: FormatOption = None,
    language: LanguageOption = Language.pl,
    output: OutputOption = None,
    graph: GraphOption = None,
) -> None:
    """List what stayed open and which links rest on little; take the decisions of a person back.

    Write the table to a file, fill in decision (accept or reject), by and note, for an open name also object
    (what it means), and give it back with --take. The decisions are kept in decisions.toml beside the
    documents' catalogue, and every build applies them: accepted links as curated, rejected ones left out. A
    decision holds as long as the document says what it quotes.

    Example: nurt review -o decide.csv
    """
    if take is not None:
        _take(take, into, by)
        return
    from ...ingest.open_items import open_items
    from ..reviewing import open_sheet

    found = open_items(open_or_build(graph), below=below)
    emit_sheet(open_sheet(found, language=language.value), output, form)


def _take(table: Path, folder: Path, by: str) -> None:
    from ...ingest.decisions import DECISIONS_NAME, dump, load, merged
    from ..output import emit
    from ..reviewing import decided

    file = folder / DECISIONS_NAME
    new = decided(table, by=by, on=date.today())
    known = load(file) if file.is_file() else ()
    emit(dump(merged(known, new)), file)
    typer.echo(f"{len(new)} decisions taken; the next build of {folder} applies them.", err=True)
