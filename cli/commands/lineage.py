"""``nurt lineage``: the lineage table, one row a (sub)measure and route."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ..graphs import GraphOption, open_or_build
from ..options import BasisOption, Language, LanguageOption, OutputOption
from ..output import FormatOption, SheetFormat, emit_sheet

if TYPE_CHECKING:
    from ...queries.sheet import Sheet

EXAMPLE = "nurt lineage --programme rpo-lodzkie --basis stated,coded -o lodzkie.xlsx"
_BRIEF = (
    "id", "priority", "thematic_objective", "axis", "measure", "sub_measure", "axis_allocation_eur",
    "weakest_basis", "confidence", "no_route",
)  # fmt: skip


def command(
    programme: Annotated[
        str | None, typer.Option("--programme", "-p", help="A programme, axis or measure.")
    ] = None,
    region: Annotated[str | None, typer.Option("--region", help="A voivodeship.")] = None,
    fund: Annotated[str | None, typer.Option("--fund", help="ERDF, ESF, CF …")] = None,
    beneficiary: Annotated[
        str | None, typer.Option("--beneficiary", help="A type of beneficiary; narrower types count.")
    ] = None,
    objective: Annotated[
        str | None,
        typer.Option("--objective", help="Only routes through this objective, priority or strategy."),
    ] = None,
    basis: BasisOption = "stated,coded,curated,inferred",
    form: FormatOption = None,
    language: LanguageOption = Language.pl,
    output: OutputOption = None,
    graph: GraphOption = None,
) -> None:
    """Write the lineage table: a row is a (sub)measure, its structure, money, beneficiaries and one route up.

    The last columns are the weakest basis and the confidence of the route, and its quotes with document and
    page. A terminal shows the main columns; files have all of them.

    Example: nurt lineage --programme rpo-lodzkie --basis stated,coded -o lodzkie.xlsx
    """
    from ...queries.lineage import lineage
    from ...queries.lineage_sheet import lineage_sheet
    from ...queries.notes import graph_notes

    opened = open_or_build(graph)
    found = lineage(
        opened,
        programme=programme,
        region=region,
        fund=fund,
        beneficiary=beneficiary,
        objective=objective,
        bases=basis,
    )
    notes = graph_notes(opened, language.value)
    sheet = lineage_sheet(found, language=language.value, notes=notes)
    if output is None and form in (None, SheetFormat.table):
        sheet = _brief(sheet)
    emit_sheet(sheet, output, form)
    typer.echo(
        f"{found.measures} measures and sub-measures, {found.routed} with a route to Europe 2020.", err=True
    )


def _brief(sheet: Sheet) -> Sheet:
    """The main columns, for the width of a terminal."""
    from dataclasses import replace

    kept = [n for n, column in enumerate(sheet.columns) if column.name in _BRIEF]
    return replace(
        sheet,
        columns=tuple(sheet.columns[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in sheet.rows),
    )
