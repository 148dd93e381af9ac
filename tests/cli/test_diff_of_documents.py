"""Two versions of one document: what a reader of successive SZOOP versions looks for, found and named."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nurt.cli.app import app
from nurt.errors import NurtError

HEAD = """<!DOCTYPE html><html lang="pl"><head><title>Szczegółowy Opis Osi Priorytetowych</title></head><body>
<h1>Szczegółowy Opis Osi Priorytetowych Regionalnego Programu Operacyjnego Województwa Łódzkiego</h1>
<table><tr><th>CCI</th><td>2014PL16M2OP005</td></tr></table>
<h2>Oś priorytetowa I Próbna</h2>
<table><tr><th>Numer osi priorytetowej</th><td>I</td></tr>
<tr><th>Nazwa osi priorytetowej</th><td>Próbna</td></tr>
<tr><th>Fundusz</th><td>Europejski Fundusz Rozwoju Regionalnego (EFRR)</td></tr></table>
"""


def card(code: str, name: str, beneficiaries: Iterable[str], amount: str = "") -> str:
    """One measure card as SZOOP digests lay it out."""
    items = "".join(f"<li>{label}</li>" for label in beneficiaries)
    of = f'<td class="of">Działanie {code}</td>'
    money = f"<tr><th>Alokacja UE (EUR)</th>{of}<td>EFRR {amount}</td></tr>" if amount else ""
    return (
        f"<h3>Działanie {code} {name}</h3><table>"
        f"<tr><th>1. Nazwa działania / poddziałania</th>{of}<td>{name}</td></tr>"
        f"<tr><th>6. Typ beneficjenta</th>{of}<td><ul>{items}</ul></td></tr>{money}</table>"
    )


def run(*arguments: str | Path) -> list[tuple[str, ...]]:
    """The rows of ``nurt diff`` as (id, change, before, after)."""
    done = CliRunner().invoke(app, ["diff", *map(str, arguments), "--format", "json", "--language", "en"])
    if done.exception is not None:
        raise done.exception
    rows = json.loads(done.stdout)["rows"]
    return [(row["id"], row["change"], row["before"] or "", row["after"] or "") for row in rows]


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    old = [
        card("I.1", "Laboratoria", ["szkoły wyższe"], "12 000 000"),
        card("I.2", "Doradztwo dla firm", ["MŚP", "klastry"]),
        card("I.3", "Targi i misje", ["MŚP"]),
        card("I.4", "Inkubatory", ["instytucje otoczenia biznesu"]),
    ]
    new = [
        card("I.1", "Laboratoria uczelni", ["szkoły wyższe"], "9 500 000"),
        card("I.2", "Doradztwo dla firm", ["MŚP", "jednostki naukowe"]),
        card("I.3", "Inkubatory", ["instytucje otoczenia biznesu"]),
        card("I.4", "Bony na innowacje", ["MŚP"]),
    ]
    paths = tmp_path / "szoop-v1.html", tmp_path / "szoop-v2.html"
    for path, cards in zip(paths, (old, new), strict=True):
        path.write_text(HEAD + "".join(cards) + "</body></html>", encoding="utf-8")
    return paths


def test_what_changed_between_two_versions_is_named(versions: tuple[Path, Path]) -> None:
    assert run(*versions) == [
        ("rpo-lodzkie/1.1", "renamed", "Laboratoria", "Laboratoria uczelni"),
        ("rpo-lodzkie/1.1", "money changed (EUR)", "12000000", "9500000"),
        ("rpo-lodzkie/1.2", "beneficiary gained", "", "jednostki naukowe"),
        ("rpo-lodzkie/1.2", "beneficiary lost", "klastry", ""),
        ("rpo-lodzkie/1.3", "removed", "I.3 Targi i misje", ""),
        ("rpo-lodzkie/1.3", "re-coded", "I.4", "I.3"),
        ("rpo-lodzkie/1.4", "added", "", "I.4 Bony na innowacje"),
    ]


def test_a_version_does_not_differ_from_itself(versions: tuple[Path, Path]) -> None:
    assert run(versions[0], versions[0]) == []


def test_a_document_is_compared_with_its_programme_in_a_graph(
    versions: tuple[Path, Path], corpus_graph: Path
) -> None:
    found = run(versions[0], corpus_graph)
    assert {row[0].partition("/")[0] for row in found} == {"rpo-lodzkie"}
    assert ("rpo-lodzkie/1.1", "renamed", "Laboratoria", "Rozwój infrastruktury badań i innowacji") in found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# Notatka\n\nNic o programach.\n", "sets out no priority axis"),
        (None, "does not exist"),
        ("", "could be read"),
    ],
)
def test_what_cannot_be_compared_is_said(
    text: str | None, says: str, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    other = tmp_path / "note.md"
    if text is not None:
        other.write_text(text, encoding="utf-8")
    with pytest.raises(NurtError, match=says):
        run(versions[0], other)


def test_two_programmes_are_no_two_versions(versions: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.html"
    text = versions[0].read_text(encoding="utf-8")
    other.write_text(
        text.replace("2014PL16M2OP005", "2014PL16M2OP012").replace("Łódzkiego", "Śląskiego"), "utf-8"
    )
    with pytest.raises(NurtError, match="is about rpo-lodzkie, the other one is about rpo-slaskie"):
        run(versions[0], other)
