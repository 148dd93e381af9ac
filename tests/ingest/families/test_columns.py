"""Headings of columns, as programmes and institutions print them, and what each must be taken for."""

from __future__ import annotations

from pathlib import Path

import pytest

from nurt.ingest.families.columns import meaning
from nurt.ingest.families.finance_plan import COLUMNS as PLAN
from nurt.ingest.families.project_columns import COLUMNS as PROJECTS

LISTS = Path(__file__).parent / "lists"


def lines(name: str) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in (LISTS / name).read_text(encoding="utf-8").splitlines()]
    return [(row[0], row[1] if len(row) > 1 else "") for row in rows]


@pytest.mark.parametrize(("heading", "name"), lines("project_columns.txt"))
def test_columns_of_project_lists(heading: str, name: str) -> None:
    assert meaning(PROJECTS, heading) == name


@pytest.mark.parametrize(("heading", "name"), lines("plan_columns.txt"))
def test_columns_of_finance_plans(heading: str, name: str) -> None:
    assert meaning(PLAN, heading) == name
