"""``nurt fetch`` on the command line: what it prints, and how it exits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nurt.cli.app import main
from nurt.ingest.fetching.client import Client


@pytest.fixture
def catalogue(site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of one document that is there and one that is not; the current folder is empty."""
    path = tmp_path / "catalogue.toml"
    site.files["/good.pdf"] = site.File(site.pdf, "application/pdf")
    tables = (
        f'[document.{name}]\nfile = "{name}.md"\noriginal = ["{site.address}/{name}.pdf"]\n'
        for name in ("good", "lost")
    )
    path.write_text("\n".join([*tables, '[document.bare]\nfile = "bare.md"\n']), encoding="utf-8")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(Client, "_wait_for_turn", lambda *_: None)
    return path


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr("sys.argv", ["nurt", "fetch", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_good_bad_and_unknown_have_their_exit_status(
    catalogue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = ("--catalogue", catalogue, "--allow-private-network")
    assert call(monkeypatch, "good", *there) == 0
    assert capsys.readouterr().out.startswith("fetched: good: ")
    assert call(monkeypatch, *there) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("unchanged: good: ")
    assert "failed: lost: The server has no " in printed.err
    assert "left out, for they have no original of their own: bare" in printed.err
    assert call(monkeypatch, "goood", *there) == 2
    assert "Did you mean: good?" in capsys.readouterr().err
    assert call(monkeypatch, "bare", *there) == 2
    assert call(monkeypatch, "--format", "djvu", *there) == 2
    assert call(monkeypatch, "--catalogue", "nowhere.toml") == 2


def test_this_machine_is_out_of_reach_unless_allowed(
    catalogue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], site: Any
) -> None:
    assert call(monkeypatch, "good", "--catalogue", catalogue.parent) == 1
    assert "not on the public Internet" in capsys.readouterr().err
    assert site.log == []


def test_a_dry_run_asks_nobody_and_writes_nothing(
    catalogue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], site: Any
) -> None:
    assert call(monkeypatch, "--dry-run", "--catalogue", catalogue) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["good", "lost"]
    assert list(Path().iterdir()) == []
    assert site.log == []


def test_nobody_needs_the_network_to_see_what_the_corpus_would_ask_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "europe-2020", "--dry-run", "--language", "pl", "--format", "pdf") == 0
    assert capsys.readouterr().out == "europe-2020: CELEX 52010DC2020 in pl as pdf\n"
