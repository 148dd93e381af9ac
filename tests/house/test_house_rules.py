"""The rules of the house that no other tool checks."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST = 500
NAMES_THAT_SAY_NOTHING = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py", "common.py"}


def tracked(*suffixes: str) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    )
    paths = [REPOSITORY / name for name in listing.stdout.decode().split("\0") if name]
    return [path for path in paths if path.suffix in suffixes and path.is_file()]


def project() -> dict[str, object]:
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", autouse=True)
def _checkout() -> None:
    if not (REPOSITORY / ".git").exists():
        pytest.skip("not a git checkout")


def test_no_module_is_longer_than_the_house_allows() -> None:
    sources = tracked(".py", ".js", ".css", ".j2")
    assert len(sources) > 40, "the listing of files found too few to be right"
    long = {
        str(path.relative_to(REPOSITORY)): lines
        for path in sources
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long, f"split these modules, the house allows {LONGEST} lines: {long}"


def test_every_module_has_a_name_that_says_what_it_holds() -> None:
    assert not [path for path in tracked(".py") if path.name in NAMES_THAT_SAY_NOTHING]


def test_every_package_is_in_the_wheel() -> None:
    listed = set(project()["tool"]["setuptools"]["packages"])  # type: ignore[index]
    outside = {"tests", "benchmarks", "docs"}
    found = {
        ".".join(["nurt", *path.relative_to(REPOSITORY).parts[:-1]])
        for path in tracked(".py")
        if path.relative_to(REPOSITORY).parts[0] not in outside
    }
    assert found == listed, "bring [tool.setuptools] packages in pyproject.toml and the folders together"


def test_every_dependency_gives_its_reason() -> None:
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    lines = re.findall(r'^  "[A-Za-z0-9_-]+[^"]*",.*$', text, flags=re.MULTILINE)
    dependencies = [line for line in lines if ">=" in line or "types-" in line]
    assert len(dependencies) > 15
    assert not [line for line in dependencies if "#" not in line]


def test_the_lock_pins_every_package_by_hash_and_names_no_index() -> None:
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index-url" not in lock
    pins = re.findall(
        r"^([A-Za-z0-9_.-]+)==[^\n]*\\\n(?:    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", lock, re.MULTILINE
    )
    assert len(pins) == len(re.findall(r"^[A-Za-z0-9_.-]+==", lock, re.MULTILINE))
    locked = {name.lower().replace("_", "-") for name, _ in pins}
    metadata = project()["project"]
    wanted = list(metadata["dependencies"])  # type: ignore[index]
    for extra in metadata["optional-dependencies"].values():  # type: ignore[index]
        wanted += extra
    names = {re.split(r"[^A-Za-z0-9_-]", line)[0].lower().replace("_", "-") for line in wanted}
    assert names <= locked, f"run `make lock`: {sorted(names - locked)} are not in requirements.lock"


def test_the_floors_of_the_house_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", REPOSITORY / "pyproject.toml"],
        cwd=REPOSITORY / ".venv" / "checkout" if (REPOSITORY / ".venv" / "checkout").exists() else REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_domain_code_neither_prints_nor_knows_the_command_line() -> None:
    offenders = []
    for path in tracked(".py"):
        top = path.relative_to(REPOSITORY).parts[0]
        if top in {"ontology", "graph", "ingest", "queries", "server", "viz"}:
            text = path.read_text(encoding="utf-8")
            if re.search(r"^\s*print\(|^\s*(import|from) (typer|click)\b", text, re.MULTILINE):
                offenders.append(str(path))
    assert not offenders
