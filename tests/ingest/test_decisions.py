"""What a person decides: pure functions record it, TOML keeps it, every build applies it as curated."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from nurt.cli.app import app
from nurt.errors import InputError
from nurt.graph.store import open_graph
from nurt.ingest.build import build
from nurt.ingest.decisions import Decision, OpenItem, accept, dump, load, merged, reject
from nurt.ingest.open_items import open_items

TODAY = date(2026, 11, 24)
NAME = OpenItem(
    document="note",
    quote="RPO WM wspiera klastry.",
    reason="'RPO WM' is a name of several things.",
    candidates=("rpo-malopolskie", "rpo-mazowieckie"),
)
LINK = OpenItem(
    document="note",
    quote="Q",
    subject="a/1",
    predicate="addresses",
    object="thematic-objective/1",
    confidence=0.6,
)


def test_an_open_name_that_is_accepted_is_cited() -> None:
    decision = accept(NAME, by="A. Nowak", on=TODAY, resource="rpo-malopolskie", note="z kontekstu")
    assert (decision.subject, decision.predicate, decision.object) == (
        "document/note",
        "cites",
        "rpo-malopolskie",
    )
    assert (decision.verdict, decision.by, decision.on, decision.note) == (
        "accept",
        "A. Nowak",
        TODAY,
        "z kontekstu",
    )


def test_accepting_needs_one_meaning() -> None:
    with pytest.raises(ValueError, match="which resource"):
        accept(NAME, by="x", on=TODAY)
    with pytest.raises(ValueError, match="go together"):
        accept(NAME, by="x", on=TODAY, resource="rpo-malopolskie", subject="rpo-malopolskie/1")


def test_a_link_is_decided_as_it_stands() -> None:
    yes, no = accept(LINK, by="x", on=TODAY), reject(LINK, by="x", on=TODAY)
    assert yes.key == no.key == ("note", "a/1", "addresses", "thematic-objective/1")
    assert merged([yes], [no]) == (no,)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)


@given(
    st.builds(
        Decision,
        verdict=st.sampled_from(["accept", "reject"]),
        document=TEXTS,
        quote=TEXTS,
        by=TEXTS,
        on=st.dates(date(2000, 1, 1)),
        reason=TEXTS,
        subject=TEXTS,
        predicate=TEXTS,
        object=TEXTS,
        note=TEXTS,
    )
)
def test_decisions_survive_the_file(tmp_path_factory: pytest.TempPathFactory, decision: Decision) -> None:
    file = tmp_path_factory.mktemp("decided") / "decisions.toml"
    file.write_text(dump([decision]), encoding="utf-8", newline="")
    needed = (decision.document, decision.quote, decision.by)
    if all(needed):
        assert load(file) == (decision,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[decision]]\nverdict = "maybe"\n', "verdict 'maybe'"),
        ('[[decision]]\nverdict = "accept"\n', "lacks a key"),
        ('[[decision]]\nverdict = "accept"\nwho = "x"\n', "unknown keys who"),
        ('[[decision]]\nverdict = "accept"\non = "2026-11-24"\n', "on of another kind"),
        ("[decisions]\n", "only"),
        ("[[", "no valid TOML"),
    ],
)
def test_a_broken_file_says_where(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load(file)


# From the list of what is open, through a filled table, to curated claims


TEXT = (
    "# Notatka o klastrach\n\nRPO WM przewiduje nabory.\n\n"
    "Strategia Rozwoju Kraju 2020 przyczynia się do realizacji strategii Europa 2020.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    place.mkdir()
    (place / "note.md").write_text(TEXT, encoding="utf-8")
    return place


def claims(graph: Path) -> set[tuple[str, str, str]]:
    with open_graph(graph) as opened:
        rows = opened.select(
            "SELECT ?p ?o ?b WHERE { ?c a nurt:Claim ; rdf:predicate ?p ; rdf:object ?o ; nurt:basis ?b }"
        ).rows
    return {tuple(str(cell).rpartition("#")[2].rpartition("/id/")[2] for cell in row) for row in rows}


def decide(table: Path, decisions: dict[str, dict[str, str]]) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for words, filled in decisions.items():
            if words in row["quote"] and (row["reason"] or row["predicate"] == filled.get("predicate")):
                row.update(filled)
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def run(*words: str | Path) -> str:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def test_decisions_go_out_and_come_back_as_curated_claims(folder: Path, tmp_path: Path) -> None:
    graph, table = tmp_path / "graph", tmp_path / "decide.csv"
    build([folder], graph)
    with open_graph(graph) as opened:
        open_now = open_items(opened, below=0.99)
    assert any(item.candidates == ("rpo-malopolskie", "rpo-mazowieckie") for item in open_now)
    assert any(item.predicate == "contributesTo" and item.confidence for item in open_now)
    run("review", "--graph", graph, "--below", "0.99", "-o", table)
    decide(
        table,
        {
            "RPO WM": {"decision": "accept", "object": "rpo-malopolskie", "note": "z kontekstu"},
            "przyczynia się": {"predicate": "contributesTo", "decision": "reject"},
        },
    )
    run("review", "--take", table, "--into", folder, "--by", "A. Nowak")
    said = run("build", folder, "--output", graph)
    assert "2 decisions of people applied" in said
    found = claims(graph)
    assert ("cites", "rpo-malopolskie", "curated") in found
    assert "contributesTo" not in {predicate for predicate, _, _ in found}
    with open_graph(graph) as opened:
        assert not any(item.reason for item in open_items(opened, below=0))
        applied = opened.report["decisions"]["applied"]
    assert {(one["by"], one["verdict"]) for one in applied} == {
        ("A. Nowak", "accept"),
        ("A. Nowak", "reject"),
    }


def test_a_decision_survives_a_new_version_that_still_says_so(folder: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    decision = Decision(
        verdict="accept",
        document="note",
        quote="RPO WM przewiduje nabory.",
        by="x",
        on=TODAY,
        subject="document/note",
        predicate="cites",
        object="rpo-malopolskie",
    )
    (folder / "decisions.toml").write_text(dump([decision]), encoding="utf-8")
    (folder / "note.md").write_text(TEXT.replace("\n\nRPO", "\n\nNowy wstęp.\n\nRPO"), encoding="utf-8")
    assert build([folder], graph).decisions == 1
    assert ("cites", "rpo-malopolskie", "curated") in claims(graph)
    (folder / "note.md").write_text(TEXT.replace("RPO WM", "Program"), encoding="utf-8")
    result = build([folder], graph)
    assert result.decisions == 0
    assert "does not say this any more" in result.lapsed[0]
    assert build([folder], graph).lapsed == result.lapsed


def test_a_decision_for_what_nobody_sets_out_lapses(folder: Path, tmp_path: Path) -> None:
    wrong = accept(NAME, by="x", on=TODAY, resource="rpo-atlantyda")
    wrong = replace(wrong, quote="RPO WM")
    (folder / "decisions.toml").write_text(dump([wrong]), encoding="utf-8")
    result = build([folder], tmp_path / "graph")
    assert "sets out rpo-atlantyda" in result.lapsed[0]


def test_a_workbook_is_taken_as_well(folder: Path, tmp_path: Path) -> None:
    import openpyxl

    graph, table = tmp_path / "graph", tmp_path / "decide.xlsx"
    build([folder], graph)
    run("review", "--graph", graph, "--below", "0", "-o", table)
    book = openpyxl.load_workbook(table)
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[1]}
    page.cell(2, heads["Decyzja"], "tak")
    page.cell(2, heads["Z czym"], "rpo-mazowieckie")
    page.cell(2, heads["Kiedy"], date(2026, 11, 23))
    book.save(table)
    run("review", "--take", table, "--into", folder, "--by", "A. Nowak")
    (taken,) = load(folder / "decisions.toml")
    assert (taken.verdict, taken.object, taken.on) == ("accept", "rpo-mazowieckie", date(2026, 11, 23))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("note,q,r,perhaps,,", "row 2: 'perhaps' is no decision"),
        ("note,q,r,accept,x,", "row 2: accepted, but object is empty"),
        ("note,q,r,reject,,", "row 2: nobody is named"),
    ],
)
def test_a_wrong_row_says_where(line: str, said: str, tmp_path: Path) -> None:
    table = tmp_path / "decide.csv"
    table.write_text(f"document,quote,reason,decision,by,object\n{line}\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["review", "--take", str(table), "--into", str(tmp_path)])
    assert isinstance(done.exception, InputError)
    assert said in done.exception.what
    assert not (tmp_path / "decisions.toml").exists()
