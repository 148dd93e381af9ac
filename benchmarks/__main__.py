"""Run all benchmarks, print them, and keep them in ``benchmarks/results.md``."""

from __future__ import annotations

import os
import platform
import re
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks import commands, exploring, querying, reading, serving

RESULTS = Path(__file__).with_name("results.md")


def main() -> None:
    """Run each part, or those named on the command line; the results of the others are kept."""
    parts = {
        "commands": commands.run,
        "reading": reading.run,
        "exploring": exploring.run,
        "querying": querying.run,
        "serving": serving.run,
    }
    known = _sections(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for part in sys.argv[1:] or list(parts):
        lines = [f"nurt {version('nurt')}, Python {platform.python_version()}, {os.cpu_count()} cores, "
                 f"{date.today()}.", "", "| what | value | unit |", "|---|---:|---|"]  # fmt: skip
        for what, value, unit in parts[part]():
            # Infinite is what did not come to an end within the time that the benchmark gave it.
            shown = "not in time" if value == float("inf") else f"{value:,.3g}"
            lines.append(f"| {what} | {shown} | {unit} |")
            print(f"{what:<60} {shown:>12} {unit}", flush=True)
        known[part] = "\n".join(lines)
    text = ["# Benchmarks: the last results", "", "Timings are noisy: compare within one run."]
    for part in parts:
        if part in known:
            text += ["", f"## {part}", "", known[part]]
    RESULTS.write_text("\n".join(text) + "\n", encoding="utf-8")
    print(f"kept in {RESULTS}")


def _sections(text: str) -> dict[str, str]:
    """The parts of an earlier page of results by their headings."""
    _, *found = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {name: body.strip() for name, body in zip(found[::2], found[1::2], strict=True)}


if __name__ == "__main__":
    main()
