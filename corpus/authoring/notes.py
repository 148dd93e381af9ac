"""Notes of the facts in the language of the digest that prints them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["UntranslatedNoteError", "note"]

TABLE: Final = Path(__file__).with_name("notes_pl.toml")

# A note counts as Polish when it has a letter or a word that English notes never have outside quotations.
_POLISH: Final = re.compile(r"[ąęłńśźż]|\b(?:kwota|cel|kod|typ|poddziałanie|beneficjent|drukuje|nabór)\b")
_ENGLISH: Final = re.compile(
    r"\b(?:the|of|from|read|title|not|as|printed|axis|only|for|with|rounded|code|allocation|and|project"
    r"|adopted|call|programme|to|in|inferred|prints|contest|list|listed|measure|April)\b"
)


class UntranslatedNoteError(Exception):
    """A note in English that ``notes_pl.toml`` does not know: add a line there."""


@cache
def _table() -> dict[str, str]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {english: str(polish) for english, polish in table.items()}


def note(text: str) -> str:
    """The note in Polish, "" where it is not for readers.

    Raises UntranslatedNoteError for English that the table does not have.
    """
    if not text:
        return ""
    if text in _table():
        return _table()[text]
    if _ENGLISH.search(text) or not _POLISH.search(text):
        raise UntranslatedNoteError(f"{TABLE.name} has no line for: {text}")
    return text
