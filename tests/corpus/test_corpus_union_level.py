"""The digests of the Union level read back against the facts, element by element."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

CORPUS = Path(__file__).parents[2] / "corpus"
FACTS = Path(__file__).parents[2].parent / "shared" / "facts" / "eu.yaml"
AGAIN = "mend corpus/authoring and run python -m nurt.corpus.authoring FACTS_DIR"

pytestmark = pytest.mark.skipif(
    not FACTS.is_file(), reason="the maintainers' facts are not beside the checkout"
)

PRIORITIES = {
    "e2020:prio:smart": "smart growth",
    "e2020:prio:sustainable": "sustainable growth",
    "e2020:prio:inclusive": "inclusive growth",
}


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return data


def digest(name: str) -> LexborHTMLParser:
    return LexborHTMLParser((CORPUS / "eu" / f"{name}.html").read_text(encoding="utf-8"))


def rows(document: LexborHTMLParser | LexborNode, kind: str) -> list[list[str]]:
    found = [[cell.text() for cell in row.css("td")] for row in document.css(f"table.{kind} tr")]
    return [cells for cells in found if cells]


def cite(keys: list[str]) -> str:
    return " ".join(f"[{key}]" for key in dict.fromkeys(keys))


def paragraphs(document: LexborHTMLParser) -> list[str]:
    return [node.text() for node in document.css("p")]


def test_europe_2020_states_priorities_targets_and_flagships(facts: dict[str, Any]) -> None:
    document, europe = digest("europe-2020"), facts["europe2020"]
    said = paragraphs(document)
    assert rows(document, "europe-priorities") == [
        [p["codes"][0], p["label_en"], p["label_pl"], cite(p["src"])] for p in europe["priorities"]
    ]
    targets = {row[0]: row for row in rows(document, "targets")}
    assert list(targets) == [t["label_en"] for t in europe["headline_targets"]]
    for target in europe["headline_targets"]:
        name = target["label_en"]
        if "priority" in target:
            sentence = f"The headline target '{name}' contributes to {PRIORITIES[target['priority']]}."
            assert any(sentence in text for text in said), f"{name}: {AGAIN}"
        assert targets[name][3].lower() == PRIORITIES.get(target.get("priority", ""), "unknown")
        for column, entries in ((1, target["eu"]), (2, target["poland"])):
            for entry in entries:
                value = f"{abs(entry['value']):,}"
                assert re.search(rf"(?<![\d,.]){re.escape(value)} ", targets[name][column]), (
                    f"{name}: {AGAIN}"
                )
                assert entry["value"] > 0 or f"minus {value} " in targets[name][column]
    flagships = rows(document, "flagships")
    assert len(flagships) == len(europe["flagships"]) == 7
    documents = {d["id"]: d for d in facts["documents"]}
    for flagship, cells in zip(europe["flagships"], flagships, strict=True):
        name, priority = flagship["label_en"], PRIORITIES[flagship["priority"]]
        assert any(f"The flagship initiative '{name}' contributes to {priority}." in text for text in said)
        assert cells[0].startswith(name)
        assert cells[1].lower() == priority
        assert cells[2] == documents[flagship["document"]]["codes"]["number"]


def test_guidelines(facts: dict[str, Any]) -> None:
    found = rows(digest("europe-2020"), "guidelines")
    wanted = facts["europe2020"]["integrated_guidelines"]
    assert [cells[:2] for cells in found] == [[g["codes"][0], g["label_en"]] for g in wanted]
    assert [cells[-1] for cells in found] == [cite(g["src"]) for g in wanted]


@pytest.mark.parametrize(
    "name",
    [
        *("innovation-union", "youth-on-the-move", "digital-agenda", "resource-efficient-europe"),
        *("industrial-policy", "new-skills-and-jobs", "platform-against-poverty", "world-class-clusters"),
    ],
)
def test_communications(facts: dict[str, Any], name: str) -> None:
    document = digest(name)
    fact = next(d for d in facts["documents"] if d["id"] == f"doc:{name.replace('-', '_')}")
    identity = {
        row.css_first("th").text(): row.css_first("td").text() for row in document.css("table.identity tr")
    }
    assert document.css_first("h1").text() == fact["label_en"]
    assert identity["Number"] == fact["codes"].get("number", "unknown")
    assert identity["Date"] == fact.get("date", "unknown")
    assert identity.get("CELEX") == fact["codes"].get("celex")
    assert identity["Sources"] == cite(fact["src"])
    if "flagship" in fact:
        flagship = next(f for f in facts["europe2020"]["flagships"] if f["id"] == fact["flagship"])
        sentence = f"This communication sets out '{flagship['label_en']}'"
        assert any(text.startswith(sentence) for text in paragraphs(document)), AGAIN


def priority_rows(name: str) -> list[list[str]]:
    return rows(digest(name), "priorities")


def wanted_priority(fact: dict[str, Any]) -> list[str]:
    label = fact["label_en"] + (f" / {fact['label_pl']}" if "label_pl" in fact else "")
    objective = fact["thematic_objective"].removeprefix("to:")
    return [fact["codes"][0], fact["fund"], objective, label, cite(fact["src"])]


def test_investment_priorities(facts: dict[str, Any]) -> None:
    wanted = [wanted_priority(fact) for fact in facts["investment_priorities"]]
    found = [[*cells[:4], cells[5]] for cells in priority_rows("thematic-objectives")]
    assert sorted(found) == sorted(wanted), AGAIN
    assert len(found) == 75
    notes = {(cells[1], cells[0]): cells[4] for cells in priority_rows("thematic-objectives")}
    for fact in facts["investment_priorities"]:
        said = notes[fact["fund"], fact["codes"][0]]
        for code in fact["codes"][1:]:
            assert f"Polish numbering {code}" in said
        if same := fact.get("same_wording_as"):
            _, fund, code = same.split(":")
            assert f"same wording as {fund.upper()} {code}" in said
        if field := fact.get("intervention_field"):
            assert f"intervention field {field.removeprefix('ic:')}" in said


@pytest.mark.parametrize(
    ("name", "fund", "count"),
    [
        ("regulation-32013r1301", "ERDF", 40),
        ("regulation-32013r1304", "ESF", 19),
        ("regulation-32013r1300", "CF", 16),
    ],
)
def test_regulations_of_the_funds(facts: dict[str, Any], name: str, fund: str, count: int) -> None:
    found = [[*cells[:4], cells[5]] for cells in priority_rows(name)]
    wanted = [wanted_priority(fact) for fact in facts["investment_priorities"] if fact["fund"] == fund]
    assert sorted(found) == sorted(wanted), AGAIN
    assert len(found) == count


def test_thematic_objectives_and_what_they_serve(facts: dict[str, Any]) -> None:
    for name in ("thematic-objectives", "regulation-32013r1303"):
        points = [text for text in paragraphs(digest(name)) if re.match(r"\(\d+\) ", text)]
        wanted = []
        for fact in facts["thematic_objectives"]:
            label = fact["label_en"] + (f" / {fact['label_pl']}" if "label_pl" in fact else "")
            wanted.append(f"({fact['id'].removeprefix('to:')}) {label}; {cite(fact['src'])}")
        assert points == wanted, f"{name}: {AGAIN}"
        assert len(points) == 11
    found = rows(digest("thematic-objectives"), "correspondence")
    wanted_rows = [
        [
            fact["id"].removeprefix("to:"),
            fact["label_en"],
            PRIORITIES[fact["e2020_priority"]].capitalize(),
            cite(fact["e2020_priority_src"]),
        ]
        for fact in facts["thematic_objectives"]
    ]
    eight = next(fact for fact in facts["thematic_objectives"] if fact["id"] == "to:8")
    wanted_rows.append(["8", eight["label_en"], "Employment", cite(eight["headline_targets_src"])])
    assert found == wanted_rows, AGAIN


def test_intervention_fields_and_forms_of_finance(facts: dict[str, Any]) -> None:
    document, data = digest("intervention-fields"), facts["categories_of_intervention"]
    found = rows(document, "fields")
    wanted = [
        [fact["id"].removeprefix("ic:"), fact["label_en"], str(fact["group"]), cite(fact["src"])]
        for fact in data["intervention_fields"]
    ]
    assert [[*cells[:3], cells[4]] for cells in found] == wanted, AGAIN
    assert len(found) == 115
    for fact, cells in zip(data["intervention_fields"], found, strict=True):
        if same := fact.get("same_wording_as"):
            _, fund, code = same.split(":")
            assert f"same wording as {fund.upper()} {code}" in cells[3]
    forms = [
        [fact["id"].removeprefix("ff:"), fact["label_en"], cite(fact["src"])]
        for fact in data["forms_of_finance"]
    ]
    assert rows(document, "forms") == forms


def test_horizon_2020(facts: dict[str, Any]) -> None:
    document, data = digest("h2020"), facts["horizon2020"]
    names = {part["id"]: part["label_en"] for part in data["parts"]} | {"h2020": "Horizon 2020"}
    for kind, parts in (("parts", data["parts"]), ("euratom", data["euratom"])):
        wanted = [
            [
                "; ".join(part.get("codes", ())),
                part["label_en"],
                names[part["part_of"]] if "part_of" in part else "",
                f"{part['budget_meur']:,}".replace(",", "\u00a0"),
                f"{part['share_pct']:.2f}",
                cite(part["src"]),
            ]
            for part in parts
        ]
        assert rows(document, kind) == wanted, AGAIN
    assert len(rows(document, "parts")) == 21
    assert sum(part["budget_meur"] for part in data["parts"] if part["part_of"] == "h2020") == 77_028
    check_actions(document, data["cluster_calls"])


def test_cosme(facts: dict[str, Any]) -> None:
    document, data = digest("cosme"), facts["cosme"]
    assert [cells[1] for cells in rows(document, "parts")] == [o["label_en"] for o in data["objectives"]]
    check_actions(document, [*data["cluster_actions"], *data["later_calls"]])


def check_actions(document: LexborHTMLParser, wanted: list[dict[str, Any]]) -> None:
    found = [
        {row.css_first("th").text(): row.css_first("td") for row in table.css("tr")}
        for table in document.css("table.action")
    ]
    assert len(found) == len(wanted)
    for action, card in zip(wanted, found, strict=True):
        assert card["Name"].text() == action["label_en"], AGAIN
        assert card["Codes"].text() == ("; ".join(action["codes"]) if "codes" in action else "unknown"), AGAIN
        assert card["Sources"].text() == cite(action["src"])
        for key, name in (
            ("deadline", "Deadline"),
            ("managed_by", "Managed by"),
            ("beneficiaries", "Beneficiaries"),
        ):
            assert (card[name].text() if name in card else None) == action.get(key), AGAIN
        if isinstance(grant := action.get("max_grant_eur"), int):
            assert card["Highest grant (EUR)"].text() == f"{grant:,}"
        for strand, item in zip(
            action.get("strands", ()), card["Strands"].css("li") if "Strands" in card else (), strict=True
        ):
            assert item.text().endswith(f"highest grant EUR {strand['max_grant_eur']:,}")
