"""``nurt diff``: what changed between two versions of a document, or between two graphs."""

from __future__ import annotations

from typing import Annotated

import typer

from ..options import Language, LanguageOption, OutputOption
from ..output import FormatOption, emit_sheet

EXAMPLE = "nurt diff old-graph new-graph"


def command(
    old: Annotated[
        str, typer.Argument(help="The earlier one: a document, a graph folder or the address of a server.")
    ],
    new: Annotated[str, typer.Argument(help="The later one.")],
    programme: Annotated[str | None, typer.Option("--programme", "-p", help="One programme only.")] = None,
    form: FormatOption = None,
    language: LanguageOption = Language.pl,
    output: OutputOption = None,
) -> None:
    """Show what changed: measures added, renamed or re-coded, money moved, beneficiaries gained or lost.

    Between two versions of a document (szoop-2018.pdf, szoop-2019.pdf), or two graphs. A document is read on
    the spot; of a graph beside it only the document's programme counts.

    Example: nurt diff old-graph new-graph
    """
    from ...queries.diff import diff, diff_sheet
    from ...queries.names import one
    from ..versions import common_programme, version_of

    with version_of(old) as before, version_of(new) as after:
        common = common_programme((old, before), (new, after))
        within = common if programme is None else one(after, programme)
        sheet = diff_sheet(diff(before, after, within=within), language=language.value)
    emit_sheet(sheet, output, form)
