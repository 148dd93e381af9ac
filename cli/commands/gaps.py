"""``nurt gaps``: measures without a way up, objectives that nobody serves."""

from __future__ import annotations

from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build
from ..options import BasisOption, Language, LanguageOption, OutputOption
from ..output import FormatOption, emit_sheet

EXAMPLE = "nurt gaps --basis stated,coded"


def command(
    programme: Annotated[str | None, typer.Option("--programme", "-p", help="One programme only.")] = None,
    basis: BasisOption = "stated,coded,curated,inferred",
    form: FormatOption = None,
    language: LanguageOption = Language.pl,
    output: OutputOption = None,
    graph: GraphOption = None,
) -> None:
    """List what has no way up to Europe 2020 and which objectives no measure serves, each with the reason.

    Example: nurt gaps --basis stated,coded
    """
    from ...queries.gaps import gaps, gaps_sheet
    from ...queries.links import parse_bases
    from ...queries.names import one

    opened = open_or_build(graph)
    bases = parse_bases(basis)
    chosen = None if programme is None else one(opened, programme)
    found = gaps(opened, bases=bases, programme=chosen)
    emit_sheet(gaps_sheet(found, bases=bases, language=language.value), output, form)
