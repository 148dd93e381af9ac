"""What the documentation says is what the program does: every command in it is run."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _commands() -> list[tuple[str, str]]:
    found = []
    for page in sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")]):
        for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                command = line.split("  #")[0].strip()
                if command.startswith("nurt "):
                    found.append((str(page.relative_to(REPOSITORY)), command))
    return sorted(set(found))


@pytest.fixture
def place(tmp_path: Path, corpus_graph: Path) -> Path:
    """A folder as the documentation supposes it: documents of the user's own, a graph called my-graph."""
    (tmp_path / "my-documents").mkdir()
    text = "# Notatka\n\nProgram wpisuje się w Strategię Europa 2020.\n"
    (tmp_path / "my-documents" / "note.md").write_text(text, encoding="utf-8")
    (tmp_path / "my-gold").mkdir()
    (tmp_path / "my-gold" / "note.md").write_text(text, encoding="utf-8")
    (tmp_path / "my-gold" / "note.gold.toml").write_text(
        'document = "note.md"\nfamily = ""\nlanguage = "pl"\n', encoding="utf-8"
    )
    (tmp_path / "decide.csv").write_text(
        "document,quote,reason,decision\nnote,Program wpisuje się,czyj?,reject\n", encoding="utf-8"
    )
    (tmp_path / "my-graph").symlink_to(corpus_graph)
    for name in ("nurt-graph", "old-graph", "new-graph"):
        (tmp_path / name).symlink_to(corpus_graph)
    return tmp_path


def test_the_documentation_shows_commands() -> None:
    assert len(_commands()) > 15


@pytest.mark.slow
@pytest.mark.parametrize(("page", "command"), _commands(), ids=lambda value: value)
def test_every_documented_command_runs(page: str, command: str, place: Path) -> None:
    if command.startswith(("nurt build", "nurt demo")):
        # These write; they get a place of their own, and the cached results of the corpus make them quick.
        (place / "my-graph").unlink()
        (place / "nurt-graph").unlink()
    words = [sys.executable, "-m", "nurt", *shlex.split(command)[1:]]
    if command.startswith("nurt serve"):
        _serves_until_told_to_end(words, place)
        return
    done = subprocess.run(
        words,
        cwd=place,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        input="",
    )
    assert done.returncode == 0, f"{page}: {command}\n{done.stdout}\n{done.stderr}"
    assert done.stdout or done.stderr


def _serves_until_told_to_end(words: list[str], place: Path) -> None:
    """Start the server as documented, but for the port, which may be taken here; Ctrl-C must end it well."""
    with subprocess.Popen(
        [*words, "--port", "0"], cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        server.send_signal(signal.SIGINT)
        _, trouble = server.communicate(timeout=30)
    assert "http://127.0.0.1:" in said, trouble
    assert server.returncode == 0, trouble


def test_every_command_is_documented_with_an_example() -> None:
    from nurt.cli.app import app

    reference = (REPOSITORY / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    for registered in app.registered_commands:
        assert f"## `nurt {registered.name}`" in reference
        help_text = registered.callback.__doc__ or ""
        assert f"Example: nurt {registered.name}" in help_text, (
            f"nurt {registered.name} --help shows no example"
        )


@pytest.mark.parametrize("name", ["cli.md", "queries.md"])
def test_the_reference_is_as_the_code_has_it(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"from docs.reference import pages; print(pages()[{name!r}], end='')"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    committed = (REPOSITORY / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert committed == done.stdout, "run `make reference` and commit what it writes"


def test_links_between_pages_lead_somewhere() -> None:
    for page in [REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page}: {target}"
