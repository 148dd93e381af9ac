"""The explorer for everyone: axe-core finds nothing serious, and it opens in Firefox too."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from PIL import Image

pytestmark = pytest.mark.browser

VIEWS = ("graph", "table", "flow", "matrix", "about")
AXE = "axe-core@4.14.1"
_RUN = """async (source) => {
  if (!window.axe) (0, eval)(source);
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join("; ")}`);
}"""


def missing(reason: str) -> None:
    """Skip and say why; where browsers are required, fail."""
    if os.environ.get("NURT_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> str:
    """The script of axe-core, from its npm package, kept in the environment's own folder."""
    kept = repository / ".venv" / "npm"
    folder = kept if kept.parent.is_dir() else tmp_path_factory.mktemp("npm")
    packed = folder / f"{AXE.replace('@', '-')}.tgz"
    if not packed.exists():
        npm = which("npm")
        if npm is None:
            missing("no npm, which brings axe-core: install Node.js")
        folder.mkdir(exist_ok=True)
        done = subprocess.run(
            [str(npm), "pack", AXE, "--silent"], cwd=folder, capture_output=True, text=True, timeout=120
        )
        if done.returncode:
            missing(f"npm could not bring axe-core: {done.stderr.strip()[-200:]}")
    with tarfile.open(packed) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode("utf-8")


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    theme: str, language: str, axe: str, open_whole: Callable[..., AbstractContextManager[Any]]
) -> None:
    # The page's own policy forbids eval, rightly; what comes through the debugger may pass it.
    with open_whole(color_scheme=theme, bypass_csp=True) as reader:
        page = reader.page
        if language == "en":
            page.click("#language")
        found = {}
        for view in VIEWS:
            page.click(f"#tab-{view}")
            found[view] = page.evaluate(_RUN, axe)
        reader.look_for("I.2 łódzkie")
        found["card"] = page.evaluate(_RUN, axe)
    assert not {view: serious for view, serious in found.items() if serious}


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Firefox, driven by Mozilla's own client over its Marionette port."""
    program = which("firefox-esr") or which("firefox")
    if program is None:
        missing("no Firefox: install firefox-esr")
    from marionette_driver.marionette import Marionette

    profile = tmp_path_factory.mktemp("firefox")
    (profile / "user.js").write_text('user_pref("marionette.port", 0);\n', encoding="utf-8")
    with subprocess.Popen(
        [str(program), "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        env={**os.environ, "MOZ_HEADLESS_WIDTH": "1280", "MOZ_HEADLESS_HEIGHT": "900"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        try:
            yield Marionette(host="127.0.0.1", port=_port(profile, running))
        finally:
            running.terminate()


def _port(profile: Path, running: subprocess.Popen[bytes]) -> int:
    import time

    told = profile / "MarionetteActivePort"
    for _ in range(300):
        if told.exists() and told.read_text(encoding="ascii").strip():
            return int(told.read_text(encoding="ascii"))
        if running.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError("Firefox did not open its Marionette port within 30 seconds")


def test_firefox_opens_it_and_draws_the_same_lineage(firefox: Any, whole_file: Path) -> None:
    firefox.start_session()
    try:
        firefox.timeout.implicit = 20
        firefox.navigate(whole_file.as_uri())
        assert firefox.find_element("css selector", "html[data-ready]")
        shown = firefox.execute_script("return document.getElementById('drawn').textContent")
        assert "Europa 2020" in shown
        assert "Województwa Łódzkiego" in shown
        shot = Image.open(io.BytesIO(base64.b64decode(firefox.screenshot(full=False))))
        canvas = shot.convert("RGB").crop((260, 110, shot.width, shot.height - 60))
        colours = {colour for _, colour in canvas.getcolors(1 << 20) or ()}
        assert (0x0B, 0x4A, 0x8F) in colours, "the colour of the Union's level is on the canvas"
        assert (0x9A, 0x4A, 0x00) in colours, "and that of the programmes"
        firefox.navigate(f"{whole_file.as_uri()}#focus=rpo-lodzkie/1.2&view=table&wide=1&lang=en")
        firefox.refresh()
        card = firefox.find_element("css selector", "#card h2").text
        assert re.match(r"I\.2 Inwestycje", card)
        assert (
            firefox.execute_script("return document.querySelectorAll('table.lineage tbody tr').length") > 100
        )
    finally:
        firefox.delete_session()
