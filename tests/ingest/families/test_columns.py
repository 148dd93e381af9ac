"""Headings of columns, fields and articles as they are printed, and what each must be taken for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nurt.ingest.families.acts import articles
from nurt.ingest.families.columns import meaning
from nurt.ingest.families.finance_plan import COLUMNS as PLAN
from nurt.ingest.families.operational_indicators import COLUMNS as INDICATORS
from nurt.ingest.families.operational_money import COLUMNS as CATEGORIES
from nurt.ingest.families.operational_programme import field_of
from nurt.ingest.families.project_columns import COLUMNS as PROJECTS
from nurt.ingest.families.transposition import COLUMNS as TRANSPOSITIONS

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


@pytest.mark.parametrize(("heading", "name"), lines("indicator_columns.txt"))
def test_columns_of_indicators(heading: str, name: str) -> None:
    assert meaning(INDICATORS, heading) == name


@pytest.mark.parametrize(("heading", "name"), lines("category_columns.txt"))
def test_columns_of_categories_of_intervention(heading: str, name: str) -> None:
    assert meaning(CATEGORIES, heading) == name


@pytest.mark.parametrize(("heading", "name"), lines("transposition_columns.txt"))
def test_columns_of_transposition_tables(heading: str, name: str) -> None:
    assert meaning(TRANSPOSITIONS, heading) == name


@pytest.mark.parametrize(("label", "name"), lines("programme_fields.txt"))
def test_fields_of_operational_programmes(label: str, name: str) -> None:
    assert (field_of(label) or "") == name


@pytest.mark.parametrize(("text", "number"), lines("article_headings.txt"))
def test_headings_of_articles(builder: Callable[..., Any], text: str, number: str) -> None:
    made = builder(media_type="text/plain").heading(text).paragraph("1. The funds shall support growth.")
    assert [article.number for article in articles(made.document())] == ([number] if number else [])
