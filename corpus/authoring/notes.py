"""Notes of the facts in the language of the digest that prints them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["UntranslatedNoteError", "note", "note_en", "table"]

HERE: Final = Path(__file__).parent

# A note counts as Polish when it has a letter or a word that English notes never have outside quotations.
_POLISH: Final = re.compile(r"[ąęłńśźż]|\b(?:kwota|cel|kod|typ|poddziałanie|beneficjent|drukuje|nabór)\b")
_ENGLISH: Final = re.compile(
    r"\b(?:the|of|from|read|title|not|as|printed|axis|only|for|with|rounded|code|allocation|and|project"
    r"|adopted|call|programme|to|in|inferred|prints|contest|list|listed|measure|April)\b"
)
# Words of those who collected the facts, which mean nothing to a reader of the digest.
_INSIDE: Final = re.compile(r"\b(?:unconfirmed|stored|stores|task|notes|label_pl|label_en|unknown[23])\b")


class UntranslatedNoteError(Exception):
    """A note that the digest cannot print as it stands: add a line to the table the message names."""


@cache
def table(language: str) -> dict[str, str]:
    """The table of one language: the facts' wording to the digest's."""
    path = HERE / f"notes_{language}.toml"
    return {old: str(new) for old, new in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def note(text: str) -> str:
    """The note in Polish, "" where it is not for readers.

    Raises UntranslatedNoteError for a note that is not Polish and not in ``notes_pl.toml``.
    """
    known = table("pl").get(text)
    if known is None and text and (_ENGLISH.search(text) or not _POLISH.search(text)):
        raise UntranslatedNoteError(f"notes_pl.toml has no line for: {text}")
    return text if known is None else known


def note_en(text: str) -> str:
    """The note in English.

    Raises UntranslatedNoteError for a note that speaks of how the facts were collected and is not in
    ``notes_en.toml``.
    """
    known = table("en").get(text)
    if known is None and _INSIDE.search(text):
        raise UntranslatedNoteError(f"notes_en.toml has no line for: {text}")
    return text if known is None else known
