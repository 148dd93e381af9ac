"""Prose without a layout of its own: reports, answers, briefings; and what is told from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nurt.ingest.families import recognise
from nurt.ingest.readers import read

SENTENCES = (
    "The region had hoped for more. Its two programmes were written in haste, as several of those asked have "
    "said, and what they pay for was settled before anybody had counted who could use it. "
)
TEXTS = {
    "article": f"# Answer to a question\n\n{SENTENCES}\n\n{SENTENCES}\n\n{SENTENCES}\n\n{SENTENCES}\n",
    "communication": "# Communication from the Commission to the Council\n\nBrussels, 1.2.2012\n\n"
    f"{SENTENCES}\n\n{SENTENCES}\n\n{SENTENCES}\n\n{SENTENCES}\n",
    "": f"# Notes\n\n- first\n- second\n\n{SENTENCES}\n",
}


@pytest.mark.parametrize("family", TEXTS)
def test_prose_is_a_report_unless_it_looks_like_something_else(family: str, tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text(TEXTS[family], encoding="utf-8")
    assert recognise(read(path)) == family


def test_prose_that_speaks_of_a_communication_is_none(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    told = SENTENCES.replace("The region", "The Communication from the Commission said so. The region")
    path.write_text(
        f"# Note\n\n{told}\n\n{told}\n\n{told}\n\n{told}\n".replace("\n\nThe C", "\n\nIn it, the C"),
        encoding="utf-8",
    )
    assert recognise(read(path)) == "article"
