"""The maintainers' facts: YAML and CSV files outside the repository, each statement with its sources."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from ...ontology.identifiers import normalise_code

__all__ = ["FINANCE_DATE", "FINANCE_SOURCE", "Facts", "PlanLine", "Source", "sources_of"]

FINANCE_DATE: Final = "2019-04-11"
FINANCE_SOURCE: Final = "E1"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read.

    Args:
        key: as cards print it, "S12".
        title: of the page or file.
        shown: the address as noted, or "" where there is none.
        url: the address if it can be opened, else "" (shortened addresses and finds without an address).
        note: what else is known, in the language of the facts.
    """

    key: str
    title: str
    shown: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A line of the Commission's plan; amounts are whole EUR, everything else as the CSV prints it."""

    programme: str
    cci: str
    axis: str
    fund: str
    thematic_objective: str
    category_of_region: str
    eu_eur: int
    national_eur: int
    total_eur: int
    eu_cofinancing_pct: str

    @classmethod
    def of(cls, row: Mapping[str, str]) -> PlanLine:
        """The line that a row of the CSV file holds."""
        return cls(
            programme=row["programme"],
            cci=row["cci"],
            axis=row["axis"],
            fund=row["fund"],
            thematic_objective=row["thematic_objective"],
            category_of_region=row["category_of_region"],
            eu_eur=int(row["eu_eur"]),
            national_eur=int(row["national_eur"]),
            total_eur=int(row["total_eur"]),
            eu_cofinancing_pct=row["eu_cofinancing_pct"],
        )

    @property
    def order(self) -> tuple[tuple[int, ...], str, str, str]:
        """Axes in their numerical order, whatever their numerals."""
        code = tuple(int(part) for part in normalise_code(self.axis).split("."))
        return code, self.fund, self.thematic_objective, self.category_of_region


def _source(key: str, entry: Mapping[str, Any]) -> Source:
    shown = str(entry["url"])
    if not shown.startswith("http"):
        shown = ""
    cut = "…" in shown or entry.get("url_cut") or entry.get("url_note")
    url = "" if cut else shown.split(" ")[0]
    return Source(key, str(entry["title"]), shown, url, str(entry.get("note", "")))


def sources_of(document: Mapping[str, Any]) -> dict[str, Source]:
    """The sources that a file of facts lists, by key, in its order."""
    return {key: _source(key, entry) for key, entry in document.get("sources", {}).items()}


@dataclass(frozen=True, slots=True)
class Facts:
    """All the facts of a folder."""

    eu: dict[str, Any]
    national: dict[str, Any]
    programmes: dict[str, dict[str, Any]]
    plan: tuple[PlanLine, ...]

    @classmethod
    def load(cls, folder: Path) -> Facts:
        """Read the folder's YAML files and its ``finance-plan.csv``."""

        def read(name: str) -> dict[str, Any]:
            data = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
            if not isinstance(data, dict):
                raise ValueError(f"{folder / name} is not a mapping")
            return data

        with (folder / "finance-plan.csv").open(encoding="utf-8", newline="") as stream:
            lines = [PlanLine.of(line) for line in csv.DictReader(stream)]
        names = sorted(p.name for p in folder.glob("*po-*.yaml"))
        return cls(
            eu=read("eu.yaml"),
            national=read("national-strategies.yaml"),
            programmes={name.removesuffix(".yaml"): read(name) for name in names},
            plan=tuple(sorted(lines, key=lambda line: (line.programme, line.order))),
        )

    def plan_of(self, programme: str) -> list[PlanLine]:
        """The plan's lines of one programme, in the order of its axes."""
        return [line for line in self.plan if line.programme == programme]
