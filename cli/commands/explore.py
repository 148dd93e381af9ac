"""``nurt explore``: the explorer as one HTML file, or one lineage as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from ...errors import NurtError, UnknownNameError
from ..graphs import GraphOption, open_or_build
from ..options import Language, LanguageOption
from ..output import emit, emit_file

EXAMPLE = "nurt explore --focus rpo-lodzkie/I.2 -o lineage.png"
_ENDINGS: Final = (".html", ".svg", ".png")


def command(
    output: Annotated[Path, typer.Option("--output", "-o", help="A .html, .svg or .png file.")] = Path(
        "explorer.html"
    ),
    focus: Annotated[
        str | None, typer.Option("--focus", help="The lineage of this thing alone: id, code or name.")
    ] = None,
    language: LanguageOption = Language.pl,
    graph: GraphOption = None,
) -> None:
    """Write the explorer: one HTML file that opens from disk in a browser and needs no network.

    With --focus it opens on one lineage; as .svg or .png that lineage is a picture for a report or a paper.

    Example: nurt explore --focus rpo-lodzkie/I.2 -o lineage.png
    """
    from ...queries.names import one
    from ...viz.explorer import explorer
    from ...viz.lineage import lineage_svg
    from ...viz.raster import png

    form = output.suffix.lower()
    if form not in _ENDINGS:
        raise UnknownNameError(
            f"{output.name}: nurt explore writes {', '.join(_ENDINGS)}.", name=form, candidates=_ENDINGS
        )
    if form != ".html" and focus is None:
        raise NurtError(
            f"{output.name}: a picture is of one lineage.", hint="Say which: --focus rpo-lodzkie/I.2"
        )
    opened = open_or_build(graph)
    target = one(opened, focus) if focus else None
    if target is None or form == ".html":
        emit(explorer(opened, focus=target, language=language.value), output)
        return
    picture = lineage_svg(opened, target, language=language.value)
    emit_file(png(picture) if form == ".png" else picture.encode("utf-8"), output)
