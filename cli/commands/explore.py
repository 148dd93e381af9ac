"""``nurt explore``: the explorer as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build
from ..options import Language, LanguageOption
from ..output import emit

EXAMPLE = "nurt explore --focus rpo-lodzkie/I.2 -o explorer.html"


def command(
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file.")] = Path("explorer.html"),
    focus: Annotated[
        str | None, typer.Option("--focus", help="Open on this thing: id, code or name.")
    ] = None,
    language: LanguageOption = Language.pl,
    graph: GraphOption = None,
) -> None:
    """Write the explorer: one HTML file that opens from disk in a browser and needs no network.

    Example: nurt explore --focus rpo-lodzkie/I.2 -o explorer.html
    """
    from ...queries.names import one
    from ...viz.explorer import explorer

    opened = open_or_build(graph)
    target = one(opened, focus) if focus else None
    emit(explorer(opened, focus=target, language=language.value), output)
