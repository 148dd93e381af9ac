"""Headings of columns, as programmes and institutions print them, and what each must be taken for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from nurt.ingest.families.finance_plan import COLUMNS as PLAN
from nurt.ingest.families.project_list import COLUMNS as PROJECTS
from nurt.ingest.families.words import fold

LISTS = Path(__file__).parent / "lists"


def lines(name: str) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in (LISTS / name).read_text(encoding="utf-8").splitlines()]
    return [(row[0], row[1] if len(row) > 1 else "") for row in rows]


def column(patterns: Mapping[str, re.Pattern[str]], heading: str) -> str:
    return next((name for name, pattern in patterns.items() if pattern.fullmatch(fold(heading))), "")


@pytest.mark.parametrize(("heading", "name"), lines("project_columns.txt"))
def test_columns_of_project_lists(heading: str, name: str) -> None:
    assert column(PROJECTS, heading) == name


@pytest.mark.parametrize(("heading", "name"), lines("plan_columns.txt"))
def test_columns_of_finance_plans(heading: str, name: str) -> None:
    assert column(PLAN, heading) == name
