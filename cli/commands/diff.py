"""``nurt diff``: what changed between two graphs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..options import Language, LanguageOption, OutputOption
from ..output import FormatOption, emit_sheet

EXAMPLE = "nurt diff old-graph new-graph"


def command(
    old: Annotated[Path, typer.Argument(help="The earlier graph folder.")],
    new: Annotated[Path, typer.Argument(help="The later graph folder.")],
    programme: Annotated[str | None, typer.Option("--programme", "-p", help="One programme only.")] = None,
    form: FormatOption = None,
    language: LanguageOption = Language.pl,
    output: OutputOption = None,
) -> None:
    """Show what changed: measures added, renamed or re-coded, money moved, beneficiaries gained or lost.

    Example: nurt diff old-graph new-graph
    """
    from ...graph.store import open_graph
    from ...queries.diff import diff, diff_sheet
    from ...queries.names import one

    before, after = open_graph(old), open_graph(new)
    within = None if programme is None else one(after, programme)
    emit_sheet(diff_sheet(diff(before, after, within=within), language=language.value), output, form)
