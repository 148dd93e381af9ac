"""A build killed at any moment leaves the last good graph usable, and the next build succeeds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nurt.graph.snapshot import current
from nurt.graph.store import open_graph
from nurt.graph.validate import verify
from nurt.ingest.build import build

ROUNDS = 12


def _write(folder: Path, version: int) -> None:
    for name in ("a", "b", "c"):
        text = f"# {name}\n\nWydanie {version}. Program {name} wpisuje się w Strategię Europa 2020.\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_a_killed_build_leaves_the_last_good_graph(tmp_path: Path) -> None:
    documents, graph = tmp_path / "documents", tmp_path / "graph"
    documents.mkdir()
    _write(documents, 0)
    began = time.monotonic()
    good = build([documents], graph).snapshot
    # The command takes longer than the call: it starts an interpreter first.
    longest = time.monotonic() - began + 3.0
    chance = random.Random(2020)
    killed = 0
    for version in range(1, ROUNDS + 1):
        _write(documents, version)
        command = [sys.executable, "-m", "nurt", "build", str(documents), "--output", str(graph), "-j", "2"]
        process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=chance.uniform(0.05, longest))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
        found = current(graph).name
        with open_graph(graph) as opened:
            assert verify(opened).conforms
            text = opened.text("a")
            assert f"Wydanie {version}." in text or found == good
        good = found
    assert killed >= ROUNDS // 3, "the kills came too late to test anything"
    last = build([documents], graph)
    assert last.failures == ()
    with open_graph(graph) as opened:
        assert f"Wydanie {ROUNDS}." in opened.text("a")
