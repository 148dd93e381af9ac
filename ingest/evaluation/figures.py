"""Precision, recall and F1: of everything, by language, family, basis, document; and what is required."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ...errors import InputError
from .comparison import TASKS, Outcome, Task

__all__ = ["Figure", "Requirement", "Score", "Shortfall", "figures", "requirements", "shortfalls"]

Measure = Literal["precision", "recall", "f1"]
_MEASURES: Final[tuple[Measure, ...]] = ("precision", "recall", "f1")
_SLICES: Final = ("all", "language", "family", "basis", "document")
_REQUIRED_OF: Final = ("all", "language")


@dataclass(frozen=True, slots=True)
class Score:
    """True positives, misses and false alarms, as counted by spaCy's PRFScore and everybody else."""

    right: int
    missed: int
    false: int

    @property
    def precision(self) -> float | None:
        """Right among found; None where nothing was found."""
        found = self.right + self.false
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Right among asked for; None where nothing was asked for."""
        asked = self.right + self.missed
        return self.right / asked if asked else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there was nothing to find and nothing was found."""
        every = 2 * self.right + self.missed + self.false
        return 2 * self.right / every if every else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The score of a task over a part of the outcomes: all, one language, family, basis or document."""

    task: Task
    slice: str
    value: str
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """The least that a measure of a task must reach, over all and in each language."""

    task: Task
    measure: Measure
    least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A requirement that is not met, and where; ``value`` is None where there was nothing to measure."""

    requirement: Requirement
    slice: str
    value: str
    reached: float | None


def _value(outcome: Outcome, part: str) -> str:
    return "" if part == "all" else str(getattr(outcome, part))


def figures(outcomes: Iterable[Outcome]) -> tuple[Figure, ...]:
    """The scores of each task, over all and by language, family, basis (of relations) and document."""
    counted: dict[tuple[Task, str, str], list[int]] = {}
    for outcome in outcomes:
        for part in _SLICES:
            if part == "basis" and not outcome.basis:
                continue
            cell = counted.setdefault((outcome.task, part, _value(outcome, part)), [0, 0, 0])
            cell[("right", "missed", "false").index(outcome.verdict)] += 1
    keys = sorted(counted, key=lambda key: (TASKS.index(key[0]), _SLICES.index(key[1]), key[2]))
    return tuple(
        Figure(task=task, slice=part, value=value, score=Score(*counted[task, part, value]))
        for task, part, value in keys
    )


def requirements(path: Path) -> tuple[Requirement, ...]:
    """Read what is required: TOML with a table a task, keys ``precision``, ``recall`` and ``f1``.

    Raises InputError, naming the file and the key, where it is anything else.
    """

    def fail(what: str) -> InputError:
        return InputError(
            f"{path}: {what}.",
            path=path,
            hint=f"Write tables {', '.join(TASKS)} with {', '.join(_MEASURES)} from 0 to 1.",
        )

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise fail(f"cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise fail(f"no valid TOML: {error}") from error
    found = []
    for task, table in data.items():
        if task not in TASKS or not isinstance(table, dict):
            raise fail(f"{task!r} is no task")
        for measure, least in table.items():
            if measure not in _MEASURES or not isinstance(least, int | float) or not 0 <= least <= 1:
                raise fail(f"{task}.{measure} = {least!r}")
            found.append(Requirement(task=task, measure=measure, least=float(least)))
    return tuple(found)


def shortfalls(found: Sequence[Figure], required: Sequence[Requirement]) -> Iterator[Shortfall]:
    """Yield what is not met; a task that was not measured at all does not meet its requirement."""
    for requirement in required:
        rows = [row for row in found if row.task == requirement.task and row.slice in _REQUIRED_OF]
        if not rows:
            yield Shortfall(requirement=requirement, slice="all", value="", reached=None)
        for row in rows:
            reached = getattr(row.score, requirement.measure)
            if reached is None or reached < requirement.least:
                yield Shortfall(requirement=requirement, slice=row.slice, value=row.value, reached=reached)
