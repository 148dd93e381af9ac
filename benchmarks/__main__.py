"""Run all benchmarks, print them, and keep them in ``benchmarks/results.md``."""

from __future__ import annotations

import os
import platform
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks import commands, exploring, reading

RESULTS = Path(__file__).with_name("results.md")


def main() -> None:
    """Run each part, or those named on the command line."""
    parts = {"commands": commands.run, "reading": reading.run, "exploring": exploring.run}
    wanted = sys.argv[1:] or list(parts)
    lines = [
        "# Benchmarks: the last results",
        "",
        f"nurt {version('nurt')}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {date.today()}. "
        "Timings are noisy: compare within one run.",
    ]
    for part in wanted:
        lines += ["", f"## {part}", "", "| what | value | unit |", "|---|---:|---|"]
        for what, value, unit in parts[part]():
            # Infinite is what did not come to an end within the time that the benchmark gave it.
            shown = "not in time" if value == float("inf") else f"{value:,.3g}"
            lines.append(f"| {what} | {shown} | {unit} |")
            print(f"{what:<60} {shown:>12} {unit}", flush=True)
    if wanted == list(parts):
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"kept in {RESULTS}")


if __name__ == "__main__":
    main()
