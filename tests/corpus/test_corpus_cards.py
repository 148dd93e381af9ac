"""The cards of each programme read back against the facts, element by element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from nurt.corpus.authoring.notes import note
from nurt.ontology.identifiers import normalise_code

CORPUS = Path(__file__).parents[2] / "corpus"
FACTS = Path(__file__).parents[2].parent / "shared" / "facts"
FILES = sorted(FACTS.glob("*po-*.yaml")) if FACTS.is_dir() else []
AGAIN = "mend corpus/authoring/cards.py and run python -m nurt.corpus.authoring FACTS_DIR"

pytestmark = pytest.mark.skipif(not FILES, reason="the maintainers' facts are not beside the checkout")
each_programme = pytest.mark.parametrize("facts", FILES, ids=lambda path: path.stem)

FUNDS = {"ERDF": "EFRR", "ESF": "EFS", "CF": "FS", "YEI": "YEI"}
UNKNOWN = "nieznane"
Rows = dict[str, dict[str, LexborNode]]


def data_of(facts: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(facts.read_text(encoding="utf-8"))
    return data


def digest(facts: Path) -> LexborHTMLParser:
    folder = "regional" if facts.stem.startswith("rpo-") else "national"
    return LexborHTMLParser((CORPUS / folder / f"{facts.stem}.html").read_text(encoding="utf-8"))


def rows_of(table: LexborNode) -> Rows:
    """Field name → whose value it is → the cell."""
    found: Rows = {}
    field = ""
    for line in table.css("tr"):
        header = line.css_first("th")
        if header is not None:
            field = header.text()
        cells = line.css("td")
        owner = cells[0].text() if len(cells) == 2 else ""
        assert owner not in found.get(field, {}) or field in ("Uwagi", "Priorytet inwestycyjny")
        found.setdefault(field, {})[owner] = cells[-1]
    return found


def values(cell: LexborNode) -> list[str]:
    bullets = cell.css("li")
    return [b.text() for b in bullets] if bullets else [cell.text()]


def spaced(amount: float) -> str:
    return f"{amount:,}".replace(",", "\u00a0")


def elements(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each measure and sub-measure: as cards call it, itself, and the measure whose card it stands in."""
    for measure in data["measures"]:
        yield f"Działanie {measure['code']}", measure, measure
        for sub in measure.get("submeasures", ()):
            yield f"Poddziałanie {sub['code']}", sub, measure


def cards(facts: Path) -> dict[str, Rows]:
    found = {}
    for card in digest(facts).css("table.card"):
        rows = rows_of(card)
        found[next(iter(rows["1. Nazwa działania / poddziałania"]))] = rows
    return found


def test_counts_of_all_programmes() -> None:
    axes = measures = subs = 0
    for facts in FILES:
        document = digest(facts)
        axes += len(document.css("table.axis"))
        for rows in cards(facts).values():
            names = list(rows["1. Nazwa działania / poddziałania"])
            measures += 1
            subs += len(names) - 1
    assert (axes, measures, subs) == (212, 461, 222)


def test_counts_of_lodzkie() -> None:
    facts = FACTS / "rpo-lodzkie.yaml"
    found = cards(facts)
    assert len(digest(facts).css("table.axis")) == 12
    assert len(found) == 33
    assert sum(len(rows["1. Nazwa działania / poddziałania"]) - 1 for rows in found.values()) == 43


@each_programme
def test_each_measure_has_its_card_with_its_names(facts: Path) -> None:
    data, found = data_of(facts), cards(facts)
    assert set(found) == {f"Działanie {m['code']}" for m in data["measures"]}, f"{facts.stem}: {AGAIN}"
    for label, element, measure in elements(data):
        names = found[f"Działanie {measure['code']}"]["1. Nazwa działania / poddziałania"]
        title = element["title_pl"] or UNKNOWN
        if "title_en" in element:
            title = f"{title} / {element['title_en']}"
        assert names[label].text() == title, f"{facts.stem} {label}: {AGAIN}"
    for measure in data["measures"]:
        names = found[f"Działanie {measure['code']}"]["1. Nazwa działania / poddziałania"]
        assert len(names) == 1 + len(measure.get("submeasures", ()))


@each_programme
def test_beneficiaries_are_the_printed_labels(facts: Path) -> None:
    data, found = data_of(facts), cards(facts)
    for label, element, measure in elements(data):
        cells = found[f"Działanie {measure['code']}"]["6. Typ beneficjenta"]
        wanted = element.get("beneficiary_types")
        if wanted:
            assert values(cells[label]) == wanted, f"{facts.stem} {label}: {AGAIN}"
        elif label in cells:
            assert values(cells[label]) == [UNKNOWN]
        else:
            assert element.get("submeasures"), f"{facts.stem} {label}: unknown beneficiaries are not said"


@each_programme
def test_amounts_priorities_and_bodies(facts: Path) -> None:
    data, found = data_of(facts), cards(facts)
    for label, element, measure in elements(data):
        card = found[f"Działanie {measure['code']}"]

        def cell(field: str, card: Rows = card, label: str = label) -> list[str]:
            return values(card[field][label]) if label in card.get(field, {}) else []

        amounts = []
        if "eu_eur" in element:
            amounts.append(f"{spaced(element['eu_eur'])} EUR")
        if "eu_eur_approx" in element:
            amounts.append(f"ok. {spaced(element['eu_eur_approx'])} EUR")
        if "pln_approx" in element:
            amounts.append(f"ok. {spaced(element['pln_approx'])} PLN")
        field = "10. Kategoria(e) regionu(ów) wraz z przypisaniem kwot UE (EUR)"
        assert cell(field) == amounts, f"{facts.stem} {label}: {AGAIN}"
        assert cell("Priorytet inwestycyjny") == [f"PI {c}" for c in element.get("investment_priorities", ())]
        body = element.get("intermediate_body")
        assert cell("8. Instytucja pośrednicząca") == ([body] if body else [])
        assert cell("7. Grupa docelowa / ostateczni odbiorcy wsparcia") == element.get("final_recipients", [])
        fund = element.get("fund")
        assert [f"({FUNDS[fund]})" in text for text in cell("Fundusz")] == ([True] if fund else [])
        objective = element.get("specific_objective")
        shown = cell("2. Cel/e szczegółowy/e działania")
        assert [t.startswith(f"Cel szczegółowy {objective}") for t in shown] == ([True] if objective else [])
        assert len(cell("Nabory")) == len(element.get("calls_pln", ()))


@each_programme
def test_notes_and_sources_stand_with_their_element(facts: Path) -> None:
    data, found = data_of(facts), cards(facts)
    for label, element, measure in elements(data):
        card = found[f"Działanie {measure['code']}"]
        sources = re.findall(r"\[(\w+)\]", card["Źródła"][label].text())
        assert sources == list(dict.fromkeys(element["src"])), f"{facts.stem} {label}: {AGAIN}"
        shown = values(card["Uwagi"][label]) if label in card.get("Uwagi", {}) else []
        wanted = ["Kod wywnioskowany, nieczytany wprost w źródle"] if element.get("code_inferred") else []
        wanted += [note(element["note"])] if "note" in element else []
        assert shown == wanted, f"{facts.stem} {label}: {AGAIN}"


@each_programme
def test_axis_sheets(facts: Path) -> None:
    data, document = data_of(facts), digest(facts)
    sheets = {}
    for table in document.css("table.axis"):
        lines = [(line.css_first("th").text(), line.css_first("td").text()) for line in table.css("tr")]
        sheets[dict(lines)["Numer osi priorytetowej"]] = lines
    assert set(sheets) == {axis["number"] for axis in data["axes"]}
    for axis in data["axes"]:
        lines = sheets[axis["number"]]
        first = dict(reversed(lines))
        where = f"{facts.stem} axis {axis['number']}: {AGAIN}"
        assert first["Nazwa osi priorytetowej"] == (axis["title_pl"] or UNKNOWN), where
        assert first.get("Nazwa osi priorytetowej w języku angielskim") == axis.get("title_en"), where
        objectives = ", ".join(f"CT {n}" for n in axis.get("thematic_objectives", ()))
        assert first.get("Cel tematyczny", "") == objectives, where
        codes = ", ".join(f"PI {code}" for code in axis.get("investment_priorities", ()))
        if codes:
            assert first["Priorytet inwestycyjny"] == codes, where
        amount = spaced(axis["eu_eur"]) if "eu_eur" in axis else None
        assert first.get("Wsparcie UE (EUR)") == amount, where
        for fund in axis.get("fund", "").split("+"):
            assert not fund or f"({FUNDS[fund]})" in first["Fundusz"], where
        assert first.get("Pomoc techniczna") == ("tak" if axis.get("technical_assistance") else None), where
        split = [
            *axis.get("eu_eur_by_fund", {}).values(),
            *axis.get("eu_eur_by_region_category", {}).values(),
            *axis.get("eu_eur_by_thematic_objective", {}).values(),
        ]
        shown = [value for name, value in lines if name.startswith("Wsparcie UE (EUR):")]
        assert shown == [spaced(value) for value in split], where
        assert re.findall(r"\[(\w+)\]", first["Źródła"]) == list(dict.fromkeys(axis["src"])), where
        notes = [axis[key] for key in ("title_note", "investment_priorities_note", "note") if key in axis]
        assert [value for name, value in lines if name == "Uwagi"] == [note(text) for text in notes], where


@each_programme
def test_cards_stand_after_the_sheet_of_their_axis(facts: Path) -> None:
    axis = ""
    seen = []
    for table in digest(facts).css("table.axis, table.card"):
        rows = rows_of(table)
        if table.attributes["class"] == "axis":
            axis = rows["Numer osi priorytetowej"][""].text()
        else:
            seen.append((next(iter(rows["1. Nazwa działania / poddziałania"])), normalise_code(axis)))
    wanted = {(f"Działanie {m['code']}", normalise_code(m["axis"])) for m in data_of(facts)["measures"]}
    assert set(seen) == wanted
    assert len(seen) == len(wanted)


@each_programme
def test_smart_specialisations(facts: Path) -> None:
    data, document = data_of(facts), digest(facts)
    found = [
        [cell.text() for cell in line.css("td")] for line in document.css("table.specialisations tr")[1:]
    ]
    wanted = [
        [s.get("code", ""), s["label_pl"], note(s.get("note", "")), " ".join(f"[{k}]" for k in s["src"])]
        for s in data.get("smart_specialisations", ())
    ]
    assert found == wanted, f"{facts.stem}: {AGAIN}"


@each_programme
def test_title_page(facts: Path) -> None:
    data, document = data_of(facts), digest(facts)
    programme = data["programme"]
    first = document.css_first("table.programme")
    lines = {line.css_first("th").text(): line.css_first("td") for line in first.css("tr")}
    assert document.css_first("h1").text() == programme["title_pl"]
    assert lines["Skrót"].text() == programme["acronym"]
    assert lines["Region"].text() == programme["region"]
    assert lines["Instytucja zarządzająca"].text() == programme.get("managing_authority", UNKNOWN)
    assert re.fullmatch(r"2014PL\w{9}(?: \[E1\])?", lines["CCI"].text())
    if "cci" in programme:
        assert lines["CCI"].text() == programme["cci"]
    budget = programme.get("eu_budget_eur", {})
    assert lines["Wsparcie UE (EUR)"].text() == (spaced(budget["total"]) if budget else UNKNOWN)
    if types := programme.get("beneficiary_types"):
        assert values(lines["Typ beneficjenta (cały program)"]) == types
    if bodies := programme.get("intermediate_bodies"):
        assert values(lines["Instytucje pośredniczące"]) == bodies
