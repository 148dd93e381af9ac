"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["BasisOption", "Language", "LanguageOption", "OutputOption"]


class Language(StrEnum):
    """The language of names and headings."""

    pl = "pl"
    en = "en"


BasisOption = Annotated[
    str,
    typer.Option(
        "--basis",
        help="Only links that rest on these, with commas: stated, coded, curated, inferred.",
    ),
]
LanguageOption = Annotated[Language, typer.Option("--language", "-l", help="Of names and headings.")]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Write to this file instead of standard output; its ending gives the format."
    ),
]
