"""Gold: what a careful reader finds in a document, one ``NAME.gold.toml`` beside the document."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, TypeVar

from ...errors import InputError

__all__ = ["Gold", "GoldAllocation", "GoldElement", "GoldMention", "GoldRelation", "gold_files", "load"]

ENDING: Final = ".gold.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldElement:
    """A part that the document itself sets out.

    Args:
        kind: a class of the ontology by its local name ("Measure").
        code: normalised, "" where it has none.
        parent: short id of what it is part of.
        label: as printed, "" where it is not to be compared.
    """

    kind: str
    code: str
    parent: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAllocation:
    """An amount planned for its owner: short ids of owner, fund and thematic objective, if any."""

    owner: str
    amount: Decimal
    currency: str
    fund: str
    objective: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """A name, acronym or code in the text.

    Args:
        quote: the exact words, white space collapsed.
        occurrence: which of the places with these words, counted from 1 through the document.
        resource: short id of what is meant.
        accept: other resources that are as right.
        optional: neither asked for nor wrong.
    """

    quote: str
    occurrence: int
    resource: str
    accept: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """Something said between two resources: short ids, the predicate's local name, words to find it by."""

    subject: str
    predicate: str
    object: str
    basis: str
    quote: str
    accept_predicates: tuple[str, ...] = ()
    accept_objects: tuple[str, ...] = ()
    optional: bool = False

    def holds(self, subject: str, predicate: str, target: str) -> bool:
        """Whether a link says this, in one of the accepted readings."""
        return (
            subject == self.subject
            and predicate in (self.predicate, *self.accept_predicates)
            and target in (self.object, *self.accept_objects)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """All that is annotated in one document.

    Args:
        document: the file's name; it lies beside the gold.
        instrument: short id of what the document is or describes, or "".
        hard_negatives: names that look like another one: quote and occurrence.
    """

    path: Path
    document: str
    family: str
    language: str
    instrument: str = ""
    elements: tuple[GoldElement, ...] = ()
    allocations: tuple[GoldAllocation, ...] = ()
    mentions: tuple[GoldMention, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    hard_negatives: tuple[tuple[str, int], ...] = ()


_T = TypeVar("_T")
_LISTS: Final = ("elements", "allocations", "mentions", "relations", "hard_negatives")
_TEXTS: Final = ("document", "family", "language", "instrument")


def gold_files(folder: Path) -> tuple[Path, ...]:
    """The gold files below a folder, in order.

    Raises InputError where there are none.
    """
    found = tuple(sorted(folder.rglob(f"*{ENDING}"))) if folder.is_dir() else ()
    if not found:
        raise InputError(
            f"{folder} holds no gold.",
            path=folder,
            hint=f"Name a folder with documents and a NAME{ENDING} beside each.",
        )
    return found


def load(path: Path) -> Gold:
    """Read a gold file.

    Raises InputError, naming the file, the list and the row, where it is not as the classes here describe.
    """

    def fail(what: str) -> InputError:
        return InputError(f"{path}: {what}.", path=path, hint="Mend that line of the gold.")

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise fail(f"no valid TOML: {error}") from error
    if unknown := sorted(set(data) - {*_LISTS, *_TEXTS}):
        raise fail(f"unknown keys {', '.join(unknown)}")
    for name in _TEXTS[:3]:
        if not isinstance(data.get(name), str):
            raise fail(f"{name} is missing")
    if not (path.parent / data["document"]).is_file():
        raise fail(f"there is no document {data['document']!r} beside it")

    def rows(name: str, cls: type[_T]) -> tuple[_T, ...]:
        return tuple(
            _row(cls, row, lambda what, at=at: fail(f"{name}[{at}] {what}"))
            for at, row in enumerate(data.get(name, ()), start=1)
        )

    return Gold(
        path=path,
        document=data["document"],
        family=data["family"],
        language=data["language"],
        instrument=data.get("instrument", ""),
        elements=rows("elements", GoldElement),
        allocations=rows("allocations", GoldAllocation),
        mentions=rows("mentions", GoldMention),
        relations=rows("relations", GoldRelation),
        hard_negatives=tuple((row["quote"], row["occurrence"]) for row in data.get("hard_negatives", ())),
    )


def _row(cls: type[_T], row: Mapping[str, Any], fail: Any) -> _T:
    known = {field.name for field in fields(cls)}  # type: ignore[arg-type]  # every caller gives a dataclass
    if unknown := sorted(set(row) - known):
        raise fail(f"has unknown keys {', '.join(unknown)}")
    values = {name: _value(name, value, fail) for name, value in row.items()}
    try:
        return cls(**values)
    except TypeError as error:
        raise fail(f"lacks a key ({error})") from error


def _value(name: str, value: Any, fail: Any) -> Any:
    if name == "amount":
        try:
            return Decimal(value)
        except InvalidOperation as error:
            raise fail(f"has amount {value!r}, which is no number") from error
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
