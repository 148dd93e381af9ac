"""The reference pages that are made from the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

__all__ = ["FOLDER", "pages"]

FOLDER = Path(__file__).parent
_TERMS = (
    "Columns of the kind *term* hold stable names (`partOf`, `coded`). CSV, its description and JSON keep "
    "them, as does the table from Python; tables in a terminal, HTML, Markdown and XLSX show their labels in "
    "the language asked for. So it is in every table of nurt: `link`, `property`, `basis`, `weakest_basis`, "
    "`type`, `level`, `through` and `reason` are terms; ids stay ids everywhere. A query of your own shows "
    "terms as the graph has them."
)
_EXAMPLE = re.compile(r"^Example: (nurt .*)$", re.MULTILINE)


def _commands() -> str:
    done = subprocess.run(
        [Path(sys.executable).with_name("typer"), "nurt.cli.app", "utils", "docs", "--name", "nurt"],
        capture_output=True,
        text=True,
        check=True,
        cwd=FOLDER,
    )
    return _EXAMPLE.sub(r"Example:\n\n```sh\n\1\n```", done.stdout)


def _queries() -> str:
    from nurt.queries.catalogue import library

    lines = ["# The query library", "", "Ask one with `nurt query NAME [PARAMETER=VALUE…]`.", "", _TERMS, ""]
    for query in library().values():
        lines += [f"## `{query.name}`", "", f"{query.summary_en} / {query.summary_pl}", ""]
        lines += [text for text in (query.description_en, query.description_pl) if text]
        lines += ["", "```sh", query.example, "```", ""]
        if query.parameters:
            lines += ["| parameter | type | meaning | znaczenie |", "|---|---|---|---|"]
            lines += [
                f"| `{parameter.name}`{' (required)' if parameter.required else ''} | {parameter.type} "
                f"| {parameter.meaning_en} | {parameter.meaning_pl} |"
                for parameter in query.parameters
            ]
            lines.append("")
        lines += ["| column | kind | heading | nagłówek |", "|---|---|---|---|"]
        lines += [f"| `{c.name}` | {c.kind} | {c.label('en')} | {c.label('pl')} |" for c in query.columns]
        lines.append("")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """The pages by file name, as the code has them now."""
    return {"cli.md": _commands(), "queries.md": _queries()}
