"""The explorer of a graph of 20,000 nodes, projects included: only what is asked for is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from nurt.graph.store import Graph
from nurt.viz.explorer import explorer

from .conftest import Reader, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZE = 20_000
USABLE_MS = 3_000
SMOOTH_MS = 34
"""Half of the frames of a pan come at least this quickly: thirty a second."""
_COUNT = """() => {
  window.gaps = [];
  let last = performance.now();
  const frame = (now) => { window.gaps.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}"""


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from benchmarks.exploring import quads

    path = tmp_path_factory.mktemp("large") / "explorer.html"
    path.write_text(explorer(Graph.in_memory("".join(quads(SIZE)).encode("utf-8"))), encoding="utf-8")
    return path


def test_it_opens_soon_pans_smoothly_and_finds_a_project(browser: Browser, large_file: Path) -> None:
    with opened(browser, large_file) as page:
        reader: Any = Reader(page)
        # Twice the time that it may take alone: the cores are shared with other tests.
        assert int(page.get_attribute("html", "data-ready") or "0") <= 2 * USABLE_MS
        assert len(reader.drawn()) < 100, "of 20,000 only the lineage down to programmes"
        page.evaluate(_COUNT)
        page.mouse.move(700, 780)
        page.mouse.down()
        page.evaluate("window.gaps.length = 0")
        for step in range(60):
            page.mouse.move(700 - step * 4, 780 - step % 20)
        gaps = sorted(page.evaluate("window.gaps"))
        page.mouse.up()
        assert gaps[len(gaps) // 2] <= SMOOTH_MS, f"{gaps[len(gaps) // 2]:.0f} ms a frame"
        reader.look_for("Projekt 17000 gminy")
        expect(page.locator("#card h2")).to_contain_text("Projekt 17000")
        assert any("Europa 2020" in text for text in reader.drawn())
