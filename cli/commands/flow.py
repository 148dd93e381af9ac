"""``nurt flow``: the flow of money as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from ...errors import UnknownNameError
from ..graphs import GraphOption, open_or_build
from ..options import Language, LanguageOption
from ..output import emit_file

EXAMPLE = "nurt flow --programme rpo-lodzkie -o flow.png"
_ENDINGS: Final = (".html", ".svg", ".png")


def command(
    output: Annotated[Path, typer.Option("--output", "-o", help="A .html, .svg or .png file.")] = Path(
        "flow.html"
    ),
    programme: Annotated[str | None, typer.Option("--programme", "-p", help="One programme only.")] = None,
    language: LanguageOption = Language.pl,
    graph: GraphOption = None,
) -> None:
    """Draw how planned money flows from Europe 2020 priorities through objectives to programmes and axes.

    Example: nurt flow --programme rpo-lodzkie -o flow.png
    """
    from ...queries.names import one
    from ...viz.flow import flow_html, flow_svg
    from ...viz.raster import png

    form = output.suffix.lower()
    if form not in _ENDINGS:
        raise UnknownNameError(
            f"{output.name}: nurt flow writes {', '.join(_ENDINGS)}.", name=form, candidates=_ENDINGS
        )
    opened = open_or_build(graph)
    chosen = None if programme is None else one(opened, programme)
    draw = flow_html if form == ".html" else flow_svg
    picture = draw(opened, programme=chosen, language=language.value)
    emit_file(png(picture) if form == ".png" else picture.encode("utf-8"), output)
