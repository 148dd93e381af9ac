"""How long a user waits at the command line, each command in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

__all__ = ["run"]

Figure = tuple[str, float, str]


def _seconds(*arguments: str | Path) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "nurt", *map(str, arguments)], check=True, capture_output=True, cwd=Path.home()
    )
    return time.perf_counter() - began


def run() -> list[Figure]:
    """Return (what, value, unit): the bounds are 0.5 s for help, 30 s cold, 3 s unchanged, 1 s a query."""
    _seconds("--help")  # the first start of all compiles the modules
    with tempfile.TemporaryDirectory() as name:
        graph = Path(name) / "graph"
        return [
            ("nurt --help", min(_seconds("--help") for _ in range(3)), "s"),
            ("nurt build, shipped corpus, cold", _seconds("build", "--output", graph), "s"),
            ("nurt build, nothing changed", _seconds("build", "--output", graph), "s"),
            (
                "nurt query documents",
                _seconds("query", "documents", "--graph", graph, "--format", "csv"),
                "s",
            ),
            ("nurt trace rpo-lodzkie/I.2", _seconds("trace", "rpo-lodzkie/I.2", "--graph", graph), "s"),
            (
                "nurt lineage, everything, CSV",
                _seconds("lineage", "--graph", graph, "-o", Path(name) / "l.csv"),
                "s",
            ),
        ]
