"""``nurt trace``: the way up from a thing, or down from it, link by link with the evidence."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build
from ..options import BasisOption, Language, LanguageOption, OutputOption
from ..output import emit

EXAMPLE = "nurt trace rpo-lodzkie/I.2"


class Format(StrEnum):
    """How a trace is written."""

    tree = "tree"
    json = "json"
    mermaid = "mermaid"


_BY_ENDING = {".json": Format.json, ".mmd": Format.mermaid}


def command(
    name: Annotated[str, typer.Argument(help="A short id, code, name or acronym, in Polish or English.")],
    down: Annotated[
        bool, typer.Option("--down/--up", help="Towards measures, or towards Europe 2020.")
    ] = False,
    basis: BasisOption = "stated,coded,curated,inferred",
    depth: Annotated[int | None, typer.Option("--depth", min=1, help="How many steps at most.")] = None,
    form: Annotated[Format | None, typer.Option("--format", "-f", help="How to write it.")] = None,
    quotes: Annotated[bool, typer.Option("--quotes/--no-quotes", help="Show the quotes in the tree.")] = True,
    language: LanguageOption = Language.pl,
    output: OutputOption = None,
    graph: GraphOption = None,
) -> None:
    """Show every way up from a thing to Europe 2020, or down from it, each step with its basis and quote.

    Example: nurt trace rpo-lodzkie/I.2
    """
    from ...queries.links import parse_bases
    from ...queries.names import one
    from ...queries.trace import trace

    opened = open_or_build(graph)
    found = trace(
        opened,
        one(opened, name),
        direction="down" if down else "up",
        bases=parse_bases(basis),
        depth=depth,
        language=language.value,
    )
    chosen = form or _BY_ENDING.get(Path(output or "").suffix, Format.tree)
    if chosen is Format.json:
        text = json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"
    elif chosen is Format.mermaid:
        text = found.to_mermaid()
    else:
        text = found.to_text(quotes=quotes) + "\n"
    emit(text, output)
