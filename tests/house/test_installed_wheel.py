"""The wheel, installed where nothing of the checkout can be seen, does the main job."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    listing = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=REPOSITORY).stdout
    for name in listing.splitlines():
        if (REPOSITORY / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((REPOSITORY / name).read_bytes())
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, source, cwd=folder)
    return next(folder.glob("nurt-*.whl"))


def test_the_wheel_holds_the_package_and_its_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name for name in names if not name.split("/")[0].endswith(".dist-info")}
    assert {name.split("/")[0] for name in inside} == {"nurt"}
    for needed in (
        "nurt/py.typed",
        "nurt/corpus/catalogue.toml",
        "nurt/ontology/nurt.ttl",
        "nurt/ontology/shapes.ttl",
        "nurt/ontology/vocabularies/funds.ttl",
        "nurt/ingest/languages/pl/objectives.toml",
    ):
        assert needed in inside
    assert any(name.startswith("nurt/queries/library/") for name in inside)
    assert any(name.startswith("nurt/viz/templates/") for name in inside)
    assert any(name.startswith("nurt/server/templates/") for name in inside)
    assert not [name for name in inside if name.startswith(("nurt/tests", "nurt/benchmarks", "nurt/docs"))]


@pytest.mark.slow
def test_the_wheel_runs_in_an_empty_environment_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(uv, "venv", "--python", sys.executable, tmp_path / "empty", cwd=tmp_path)
    python = tmp_path / "empty" / "bin" / "python"
    # Constraints take no hashes; the lock itself is what `make` installs.
    pins = [
        line.rstrip(" \\")
        for line in (REPOSITORY / "requirements.lock").read_text().splitlines()
        if "==" in line
    ]
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("\n".join(pins), encoding="utf-8")
    run(uv, "pip", "install", "--python", python, "--constraint", constraints, wheel, cwd=tmp_path)
    nurt = python.with_name("nurt")
    run(nurt, "demo", "--output", "out", cwd=elsewhere)
    for name in ("graph/CURRENT", "lineage.csv", "lineage.xlsx", "explorer.html"):
        assert (elsewhere / "out" / name).stat().st_size > 0
    located = run(python, "-c", "import nurt; print(nurt.__file__)", cwd=elsewhere).stdout
    assert str(tmp_path / "empty") in located
    assert sorted(path.name for path in elsewhere.iterdir()) == ["out"]
