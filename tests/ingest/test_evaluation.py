"""Comparing findings with gold: what counts as right, missed, a false alarm; figures and requirements."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from nurt.cli.app import app
from nurt.errors import InputError
from nurt.ingest.evaluation.comparison import Outcome
from nurt.ingest.evaluation.evaluate import Evaluation, evaluate
from nurt.ingest.evaluation.figures import Score, figures, requirements, shortfalls
from nurt.ingest.evaluation.gold import load

TEXT = """# Strategia Testowa

Strategia wpisuje się w Strategię Rozwoju Kraju 2020 (SRK 2020). O SRK 2020 mówiono też w Radzie.

Strategia nie realizuje Krajowej Strategii Rozwoju Regionalnego.

## Cel główny: dobrobyt

## Cel strategiczny 1. Praca
"""
GOLD = """
document = "note.md"
family = "strategy"
language = "pl"
instrument = "proba"
elements = [
  {kind = "Objective", code = "", label = "dobrobyt", parent = "proba"},
  {kind = "Objective", code = "1", label = "PRACA", parent = "proba"},
]
mentions = [
  {quote = "Strategię Rozwoju Kraju 2020", occurrence = 1, resource = "srk-2020"},
  {quote = "SRK 2020", occurrence = 2, resource = "srk-2020"},
  {quote = "Krajowej Strategii Rozwoju Regionalnego", occurrence = 1, resource = "kpzk-2030"},
]
relations = [
  {subject = "proba", predicate = "contributesTo", object = "srk-2020", basis = "stated", quote = "wpisuje"},
  {subject = "proba", predicate = "implements", object = "dsrk-2030", basis = "stated", quote = "-"},
]
"""


def folder(place: Path, gold: str = GOLD) -> Path:
    (place / "note.md").write_text(TEXT, encoding="utf-8")
    (place / "note.gold.toml").write_text(gold, encoding="utf-8")
    (place / "catalogue.toml").write_text(
        '[document.note]\nfile = "note.md"\ninstrument = "proba"\ndate = 2014-01-01\n',
        encoding="utf-8",
    )
    return place


@pytest.fixture
def found(tmp_path: Path) -> Evaluation:
    return evaluate(folder(tmp_path))


def verdicts(found: Evaluation, task: str) -> list[tuple[str, str]]:
    return sorted((o.verdict, o.what) for o in found.outcomes if o.task == task)


def test_elements_need_kind_code_parent_and_label(found: Evaluation) -> None:
    assert verdicts(found, "elements") == [
        ("false", "Objective 1 Praca < proba"),
        ("missed", "Objective 1 PRACA < proba"),
        ("right", "Objective  dobrobyt < proba"),
    ]


def test_mentions_need_place_and_meaning(found: Evaluation) -> None:
    said = verdicts(found, "resolutions")
    # The acronym in brackets is found beyond the gold; the last name means something else than the gold says.
    assert ("right", "Strategię Rozwoju Kraju 2020 (1) = srk-2020") in said
    assert ("right", "SRK 2020 (2) = srk-2020") in said
    assert ("missed", "Krajowej Strategii Rozwoju Regionalnego (1) = kpzk-2030") in said
    assert ("false", "Krajowej Strategii Rozwoju Regionalnego = ksrr") in said


def test_a_mention_counts_whatever_it_is_taken_for(found: Evaluation) -> None:
    said = verdicts(found, "mentions")
    assert ("right", "Krajowej Strategii Rozwoju Regionalnego (1) = kpzk-2030") in said
    assert [what for verdict, what in said if verdict == "false"] == ["SRK 2020 = srk-2020"]


def test_relations_need_both_ends_and_the_predicate(found: Evaluation) -> None:
    assert verdicts(found, "relations") == [
        ("missed", "proba implements dsrk-2030"),
        ("right", "proba contributesTo srk-2020"),
    ]


def test_optional_and_accepted_readings_are_no_errors(tmp_path: Path) -> None:
    gold = GOLD.replace('resource = "kpzk-2030"', 'resource = "kpzk-2030", accept = ["ksrr"]')
    gold = gold.replace('quote = "-"', 'quote = "-", optional = true')
    gold = gold.replace('predicate = "contributesTo"', 'predicate = "implements"').replace(
        'quote = "wpisuje"', 'quote = "wpisuje", accept_predicates = ["contributesTo"]'
    )
    found = evaluate(folder(tmp_path, gold))
    assert [verdict for verdict, _ in verdicts(found, "relations")] == ["right"]
    assert ("missed", "Krajowej Strategii Rozwoju Regionalnego (1) = kpzk-2030") not in verdicts(
        found, "resolutions"
    )


def test_a_score_counts_as_everybody_counts() -> None:
    score = Score(right=6, missed=2, false=4)
    assert (score.precision, score.recall) == (0.6, 0.75)
    assert score.f1 == pytest.approx(2 / 3)
    assert (Score(0, 3, 0).precision, Score(0, 0, 2).recall, Score(0, 0, 0).f1) == (None, None, None)


def _outcome(verdict: str, language: str) -> Outcome:
    return Outcome(task="elements", verdict=verdict, document="d", family="f", language=language, what="x")


def test_a_requirement_holds_in_every_language(tmp_path: Path) -> None:
    required = tmp_path / "required.toml"
    required.write_text("[elements]\nrecall = 0.5\n[mentions]\nf1 = 0.1\n", encoding="utf-8")
    rows = figures([*[_outcome("right", "pl")] * 3, _outcome("missed", "en")])
    short = list(shortfalls(rows, requirements(required)))
    assert [(s.requirement.task, s.slice, s.value, s.reached) for s in short] == [
        ("elements", "language", "en", 0.0),
        ("mentions", "all", "", None),
    ]


@pytest.mark.parametrize(
    "text", ["[elements]\nf2 = 0.5", "[words]\nf1 = 0.5", "[elements]\nf1 = 2", "f1 = ["]
)
def test_requirements_that_mean_nothing_are_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "required.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"required\.toml"):
        requirements(file)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('quote = "SRK 2020", ', ""), r"mentions\[2\] lacks a key"),
        (('resource = "kpzk-2030"', 'resorce = "kpzk-2030"'), r"mentions\[3\] has unknown keys resorce"),
        (('document = "note.md"', 'document = "other.md"'), "no document 'other.md'"),
        (('language = "pl"', "language = pl"), "no valid TOML"),
    ],
)
def test_broken_gold_says_where(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    place = folder(tmp_path, GOLD.replace(*change))
    with pytest.raises(InputError, match=said):
        load(place / "note.gold.toml")


def test_the_command_says_what_falls_short(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "required.toml").write_text("[relations]\nrecall = 0.9\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["evaluate", str(place), "--alone", "--errors", "--format", "csv"])
    assert run.exit_code == 1
    assert "proba implements dsrk-2030" in run.stdout
    assert "relations recall: 0.500 < 0.900" in run.stderr
    assert "relations recall (language pl): 0.500 < 0.900" in run.stderr
    loose = tmp_path / "loose.toml"
    loose.write_text("[relations]\nrecall = 0.5\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["evaluate", str(place), "--alone", "--require", str(loose), "-f", "json"])
    assert run.exit_code == 0
    assert '"f1"' in run.stdout


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["evaluate", str(tmp_path)])
    assert isinstance(run.exception, InputError)
    assert "holds no gold" in run.exception.what
