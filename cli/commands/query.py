"""``nurt query``: a named query, a SPARQL file, or SPARQL from standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import NurtError
from ..graphs import GraphOption, open_or_build
from ..options import Language, LanguageOption, OutputOption
from ..output import FormatOption, SheetFormat, emit, emit_sheet

if TYPE_CHECKING:
    from ...graph.store import Graph
    from ...queries.catalogue import Query

EXAMPLE = "nurt query measures-under-priority priority=europe-2020/priority/smart-growth"


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A query of the library, a file with SPARQL, - for standard input, or SPARQL in quotes."
        ),
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="NAME=VALUE…", help="Values for the query's parameters.")
    ] = None,
    list_all: Annotated[bool, typer.Option("--list", help="Show the query library.")] = False,
    form: FormatOption = None,
    language: LanguageOption = Language.pl,
    timeout: Annotated[
        float | None, typer.Option("--timeout", min=0.1, help="Give up after so many seconds.")
    ] = None,
    output: OutputOption = None,
    graph: GraphOption = None,
) -> None:
    """Ask the graph: a named query with its parameters, or SPARQL of your own.

    Parameters are bound, never pasted into the query. A value that names a thing may be an id, a code, a name
    or an acronym. CONSTRUCT queries give Turtle.

    Example: nurt query measures-under-priority priority=europe-2020/priority/smart-growth
    """
    if list_all or name is None:
        _list(language)
        return
    from ...queries.catalogue import named, parse_query, read_query
    from ...queries.run import run

    if name == "-":
        asked = parse_query(sys.stdin.read(), "standard input")
    elif Path(name).suffix in (".rq", ".sparql") or Path(name).is_file():
        asked = read_query(Path(name))
    elif "{" in name:  # no name of a query has a brace, and no SPARQL of use has none
        asked = parse_query(name)
    else:
        asked = named(name)
    given = dict(_pair(parameter) for parameter in parameters or ())
    opened = open_or_build(graph)
    if asked.form in ("CONSTRUCT", "DESCRIBE"):
        _construct(opened, asked, given, output)
        return
    sheet = run(opened, asked, given, language=language.value, timeout=timeout)
    emit_sheet(sheet, output, form)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise NurtError(f"{text!r} is no parameter.", hint="Write NAME=VALUE; values with spaces in quotes.")
    return name, value


def _construct(graph: Graph, query: Query, given: dict[str, str], output: Path | None) -> None:
    from ...queries.run import bindings

    emit(graph.construct(query.text, bindings(graph, query, given)).serialize(format="turtle"), output)


def _list(language: Language) -> None:
    from ...queries.catalogue import library

    for query in library().values():
        typer.echo(f"{query.name}\n    {query.summary(language.value)}")
        for parameter in query.parameters:
            meaning = parameter.meaning_pl if language is Language.pl else parameter.meaning_en
            typer.echo(f"      {parameter.name}={parameter.example or '…'}  {meaning}")
        typer.echo(f"    {query.example}")


__all__ = ["EXAMPLE", "SheetFormat", "command"]
