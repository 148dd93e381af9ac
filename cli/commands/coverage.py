"""``nurt coverage``: how much of each programme is known, and what is known to be missing."""

from __future__ import annotations

from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build
from ..options import Language, LanguageOption, OutputOption
from ..output import FormatOption, emit_sheet

EXAMPLE = "nurt coverage --programme rpo-lodzkie"


def command(
    programme: Annotated[str | None, typer.Option("--programme", "-p", help="One programme only.")] = None,
    form: FormatOption = None,
    language: LanguageOption = Language.pl,
    output: OutputOption = None,
    graph: GraphOption = None,
) -> None:
    """Show what is known of each programme: axes, measures and sub-measures, with what, and what is missing.

    A gap in the numbering is a gap: the missing numbers are listed.

    Example: nurt coverage --programme rpo-lodzkie
    """
    from ...queries.coverage import coverage, coverage_sheet
    from ...queries.names import one

    opened = open_or_build(graph)
    chosen = None if programme is None else [one(opened, programme)]
    emit_sheet(coverage_sheet(coverage(opened, chosen), language=language.value), output, form)
