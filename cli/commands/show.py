"""``nurt show``: all that is known of one thing."""

from __future__ import annotations

from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build
from ..options import Language, LanguageOption, OutputOption
from ..output import FormatOption, emit_sheet

EXAMPLE = "nurt show rpo-lodzkie/I.2"


def command(
    name: Annotated[str, typer.Argument(help="A short id, code, name or acronym, in Polish or English.")],
    form: FormatOption = None,
    language: LanguageOption = Language.pl,
    output: OutputOption = None,
    graph: GraphOption = None,
) -> None:
    """Show all that is known of one thing: names, attributes, links with basis and quote, and sources.

    Example: nurt show rpo-lodzkie/I.2
    """
    from ...queries.names import one
    from ...queries.show import show

    opened = open_or_build(graph)
    emit_sheet(show(opened, one(opened, name), language=language.value), output, form)
