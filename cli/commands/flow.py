"""``nurt flow``: the flow of money as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...errors import UnknownNameError
from ..graphs import GraphOption, open_or_build
from ..options import Language, LanguageOption
from ..output import emit

EXAMPLE = "nurt flow --programme rpo-lodzkie -o flow.svg"


def command(
    output: Annotated[Path, typer.Option("--output", "-o", help="A .html or .svg file.")] = Path("flow.html"),
    programme: Annotated[str | None, typer.Option("--programme", "-p", help="One programme only.")] = None,
    language: LanguageOption = Language.pl,
    graph: GraphOption = None,
) -> None:
    """Draw how planned money flows from Europe 2020 priorities through objectives to programmes and axes.

    Example: nurt flow --programme rpo-lodzkie -o flow.svg
    """
    from ...queries.names import one
    from ...viz.flow import flow_html, flow_svg

    draw = {".html": flow_html, ".svg": flow_svg}.get(output.suffix.lower())
    if draw is None:
        raise UnknownNameError(
            f"{output.name}: nurt flow writes .html and .svg.",
            name=output.suffix,
            candidates=(".html", ".svg"),
        )
    opened = open_or_build(graph)
    chosen = None if programme is None else one(opened, programme)
    emit(draw(opened, programme=chosen, language=language.value), output)
