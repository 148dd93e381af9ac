"""Write the reference pages: ``make reference``."""

from __future__ import annotations

from docs.reference import FOLDER, pages

for name, text in pages().items():
    (FOLDER / name).write_text(text, encoding="utf-8")
