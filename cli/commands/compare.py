"""``nurt compare``: regions side by side."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ..graphs import GraphOption, open_or_build
from ..options import Language, LanguageOption, OutputOption
from ..output import FormatOption, emit_sheet

EXAMPLE = "nurt compare śląskie mazowieckie --by money"


class By(StrEnum):
    """What a row of the comparison is about."""

    thematic_objective = "thematic-objective"
    beneficiary = "beneficiary"
    money = "money"


def command(
    regions: Annotated[list[str], typer.Argument(help="Two voivodeships or more.")],
    by: Annotated[By, typer.Option("--by", help="Count measures, or add up money.")] = By.thematic_objective,
    form: FormatOption = None,
    language: LanguageOption = Language.pl,
    output: OutputOption = None,
    graph: GraphOption = None,
) -> None:
    """Lay regions side by side: a row is an objective or type of beneficiary, a column a region.

    Example: nurt compare śląskie mazowieckie --by money
    """
    from ...queries.compare import compare

    opened = open_or_build(graph)
    emit_sheet(compare(opened, regions, by=by.value, language=language.value), output, form)
