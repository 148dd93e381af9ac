"""``nurt evaluate``: how well documents are read, against what a careful reader annotated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..graphs import cached_graph, shipped_corpus
from ..options import Language, LanguageOption, OutputOption
from ..output import FormatOption, emit_sheet

if TYPE_CHECKING:
    from ...ingest.evaluation.figures import Shortfall

EXAMPLE = "nurt evaluate my-gold --errors"

REQUIRED = "required.toml"


def command(
    folder: Annotated[
        Path,
        typer.Argument(help="Documents with a NAME.gold.toml beside each; this folder if none is named."),
    ] = Path(),
    errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed and every false alarm, with its quote.")
    ] = False,
    require: Annotated[
        Path | None,
        typer.Option(
            "--require",
            show_default=False,
            help="A TOML file with the least precision, recall and f1 of each task, over all and in each "
            "language. Without it: required.toml in the folder, if there is one.",
        ),
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Read the documents without the corpus that ships with nurt.")
    ] = False,
    form: FormatOption = None,
    language: LanguageOption = Language.pl,
    output: OutputOption = None,
) -> None:
    """Measure precision, recall and F1 of elements, mentions and relations against gold.

    By language, family of document, basis and document. Documents are read as a build reads them; family and
    language are recognised unless the folder's catalogue.toml gives them. The exit status is 1 where a
    document cannot be read or less is reached than is required.

    Example: nurt evaluate my-gold --errors
    """
    from ...ingest.evaluation.evaluate import evaluate
    from ...ingest.evaluation.figures import requirements, shortfalls
    from ..quality import errors_sheet, figures_sheet

    default = folder / REQUIRED
    file = require or (default if default.is_file() else None)
    required = requirements(file) if file else ()
    found = evaluate(
        folder, context=[] if alone else [shipped_corpus()], cache=None if alone else cached_graph() / "cache"
    )
    sheets = [
        figures_sheet(found.figures, language=language.value),
        errors_sheet(found.outcomes, language=language.value),
    ]
    emit_sheet(sheets[errors], output, form, more=[sheets[not errors]])
    for failure in found.failures:
        typer.echo(f"not read: {failure.message} {failure.hint}".rstrip(), err=True)
    short = list(shortfalls(found.figures, required))
    for shortfall in short:
        typer.echo(_said(shortfall), err=True)
    if found.failures or short:
        raise typer.Exit(1)


def _said(shortfall: Shortfall) -> str:
    where = f" ({shortfall.slice} {shortfall.value})" if shortfall.value else ""
    reached = "nothing to measure" if shortfall.reached is None else f"{shortfall.reached:.3f}"
    wanted = shortfall.requirement
    return f"below what is required: {wanted.task} {wanted.measure}{where}: {reached} < {wanted.least:.3f}"
