"""The finance plans read back against the Commission's export: to the line and to the euro."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from nurt.ontology.identifiers import CCI_PROGRAMMES, normalise_code

CORPUS = Path(__file__).parents[2] / "corpus"
PLAN = Path(__file__).parents[2].parent / "shared" / "facts" / "finance-plan.csv"
FILES = sorted(CORPUS.glob("finance/*.html"))
AGAIN = "mend corpus/authoring/finance.py and run python -m nurt.corpus.authoring FACTS_DIR"

FUNDS = {"EFRR": "ERDF", "EFS": "ESF", "FS": "CF", "YEI": "YEI"}
CATEGORIES = {
    "Słabiej rozwinięte": "Less developed",
    "Lepiej rozwinięte": "More developed",
    "Nie dotyczy": "VOID",
}
Line = tuple[str, str, str, str, str, int, int, int, str]


def number(text: str) -> int:
    return int(text.replace("\u00a0", ""))


def tables(path: Path) -> tuple[list[Line], dict[str, tuple[int, int, int]]]:
    """The lines of a plan, and the sums it prints by their label."""
    lines: list[Line] = []
    sums: dict[str, tuple[int, int, int]] = {}
    document = LexborHTMLParser(path.read_text(encoding="utf-8"))
    for row in document.css("table.finance tr"):
        cells = [cell.text() for cell in row.css("td")]
        if not cells:
            continue
        header = row.css_first("th")
        if header is not None:
            assert header.text().startswith("Razem")
            sums[header.text()] = (number(cells[0]), number(cells[1]), number(cells[2]))
            continue
        axis, fund, category, objective, eu, national, total, rate = cells
        objective = "TA" if objective == "Pomoc techniczna" else objective
        amounts = (number(eu), number(national), number(total))
        lines.append(
            (path.stem, axis, FUNDS[fund], objective, CATEGORIES[category], *amounts, rate.replace(",", "."))
        )
    return lines, sums


def test_319_lines_215_axes_and_every_euro() -> None:
    lines = [line for path in FILES for line in tables(path)[0]]
    assert len(lines) == 319
    assert len({(line[0], normalise_code(line[1])) for line in lines}) == 215
    assert sum(line[5] for line in lines) == 76_882_841_198
    assert len(FILES) == 22


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sums_are_those_of_the_lines(path: Path) -> None:
    lines, sums = tables(path)
    assert lines
    for label, amounts in sums.items():
        fund = FUNDS.get(label.removeprefix("Razem").strip())
        part = [line for line in lines if fund in (None, line[2])]
        assert amounts == tuple(sum(line[n] for line in part) for n in (5, 6, 7)), f"{path}: {label}; {AGAIN}"
    funds = {line[2] for line in lines}
    assert len(sums) == 1 + (len(funds) if len(funds) > 1 else 0)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_title_page_names_programme_date_and_currency(path: Path) -> None:
    document = LexborHTMLParser(path.read_text(encoding="utf-8"))
    first = document.css_first("table.programme")
    facts = {row.css_first("th").text(): row.css_first("td").text() for row in first.css("tr")}
    assert CCI_PROGRAMMES[facts["CCI"]] == path.stem
    assert facts["Stan na dzień"] == "2019-04-11"
    assert facts["Waluta"] == "EUR"


@pytest.mark.skipif(not PLAN.is_file(), reason="the maintainers' facts are not beside the checkout")
def test_lines_are_those_of_the_export() -> None:
    with PLAN.open(encoding="utf-8", newline="") as stream:
        wanted = sorted(
            (
                row["programme"],
                row["axis"],
                row["fund"],
                row["thematic_objective"],
                row["category_of_region"],
                int(row["eu_eur"]),
                int(row["national_eur"]),
                int(row["total_eur"]),
                row["eu_cofinancing_pct"],
            )
            for row in csv.DictReader(stream)
        )
    found = sorted(line for path in FILES for line in tables(path)[0])
    assert found == wanted, AGAIN


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_comparison_hides_no_difference(path: Path) -> None:
    lines, _ = tables(path)
    document = LexborHTMLParser(path.read_text(encoding="utf-8"))
    for row in document.css("table.comparison tr"):
        cells = [cell.text() for cell in row.css("td")]
        if not cells:
            continue
        name, planned, stated, difference = cells[:4]
        sign = -1 if difference.startswith("−") else 1
        assert number(planned) - number(stated) == sign * number(difference.lstrip("+−"))
        if name.startswith("Oś priorytetowa "):
            code = normalise_code(name.removeprefix("Oś priorytetowa "))
            assert number(planned) == sum(line[5] for line in lines if normalise_code(line[1]) == code)
        else:
            fund = FUNDS.get(name)
            assert number(planned) == sum(line[5] for line in lines if fund in (None, line[2]))
