"""Headings and codes that must be understood, and prose that must not be taken for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nurt.ingest.families.cards_fields import field_of
from nurt.ingest.families.numbering import heading, provision_path

LISTS = Path(__file__).parent / "lists"


def lines(name: str) -> list[list[str]]:
    text = (LISTS / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("row", lines("headings_accept.txt"), ids=lambda row: row[0])
def test_heading_is_understood(row: list[str]) -> None:
    text, kind, printed, code, title = row
    found = heading(text)
    assert found is not None
    assert (found.kind, found.printed, found.code, found.title) == (kind, printed, code, title)
    assert " ".join(text[found.title_start :].split()) == title


@pytest.mark.parametrize("row", lines("headings_reject.txt"), ids=lambda row: row[0])
def test_prose_is_no_heading(row: list[str]) -> None:
    assert heading(row[0]) is None


@pytest.mark.parametrize("row", lines("provisions.txt"), ids=lambda row: row[0])
def test_provision(row: list[str]) -> None:
    assert provision_path(row[0]) == (row[1] if len(row) > 1 else "")


@pytest.mark.parametrize("row", lines("fields.txt"), ids=lambda row: row[0])
def test_field_name(row: list[str]) -> None:
    assert field_of(row[0]) == ((row[1] if len(row) > 1 else "") or None)
