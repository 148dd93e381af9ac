"""The levels of a lineage, top to bottom: one column each in every lineage table and in the explorer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from .namespace import NURT

__all__ = ["LEVELS", "Level", "level_of"]


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the way from the Union's strategy to the beneficiary.

    Args:
        key: the column's name in tables, in code and in URLs.
        label_pl, label_en: what users read.
        classes: the classes of ``nurt.ttl`` whose members stand on this level.
    """

    key: str
    label_pl: str
    label_en: str
    classes: tuple[URIRef, ...]


LEVELS: Final[tuple[Level, ...]] = (
    Level("strategy", "Strategia", "Strategy", (NURT.Strategy,)),
    Level("priority", "Priorytet strategii Europa 2020", "Europe 2020 priority", (NURT.Priority,)),
    Level("headline_target", "Cel główny strategii Europa 2020", "Headline target", (NURT.HeadlineTarget,)),
    Level("flagship", "Inicjatywa przewodnia", "Flagship initiative", (NURT.FlagshipInitiative,)),
    Level("regulation", "Akt prawny", "Legal act", (NURT.Regulation, NURT.Provision)),
    Level("national_objective", "Cel strategii krajowej", "National objective", (NURT.Objective,)),
    Level("thematic_objective", "Cel tematyczny", "Thematic objective", (NURT.ThematicObjective,)),
    Level("investment_priority", "Priorytet inwestycyjny", "Investment priority", (NURT.InvestmentPriority,)),
    Level(
        "programme",
        "Program",
        "Programme",
        (NURT.UnionProgramme, NURT.NationalProgramme, NURT.RegionalProgramme, NURT.Programme),
    ),
    Level("programme_part", "Część programu", "Programme part", (NURT.ProgrammePart,)),
    Level("axis", "Oś priorytetowa", "Priority axis", (NURT.PriorityAxis,)),
    Level("specific_objective", "Cel szczegółowy", "Specific objective", (NURT.SpecificObjective,)),
    Level("measure", "Działanie", "Measure", (NURT.Measure,)),
    Level("sub_measure", "Poddziałanie", "Sub-measure", (NURT.SubMeasure,)),
    Level("project", "Projekt", "Project", (NURT.Project,)),
    Level("beneficiary_type", "Typ beneficjenta", "Beneficiary type", (NURT.BeneficiaryType,)),
)

_BY_CLASS: Final = {cls: level for level in LEVELS for cls in level.classes}


def level_of(cls: URIRef) -> Level | None:
    """The level on which members of a class stand, or None for what stands beside the lineage."""
    return _BY_CLASS.get(cls)
