"""What a person decided on open names and doubtful links, kept in ``decisions.toml`` beside the catalogue.

A decision is known by document and quote, not by offsets: it survives a new version of the document that
still says the same.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from ..errors import InputError

__all__ = ["DECISIONS_NAME", "Decision", "OpenItem", "Verdict", "accept", "dump", "load", "merged", "reject"]

DECISIONS_NAME: Final = "decisions.toml"
Verdict = Literal["accept", "reject"]
_HEAD: Final = (
    "# What people decided: applied at every build as curated claims. Written by nurt review --take.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """Something to decide: a name or field that stayed open, or a link that rests on little.

    Args:
        document: id of the document.
        page: where it stands, counted from 1, or None.
        quote: what it says there.
        reason: why a name or field stayed open; "" for a link.
        subject, predicate, object: the link, as short ids and the predicate's local name, else "".
        basis, confidence: of the link.
        candidates: short ids of what an open name may mean.
    """

    document: str
    quote: str
    page: int | None = None
    reason: str = ""
    subject: str = ""
    predicate: str = ""
    object: str = ""
    basis: str = ""
    confidence: float | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided.

    Args:
        verdict: accept: the link holds, as curated; reject: it does not, or there is none to make.
        document, quote, reason: of the item.
        subject, predicate, object: the link; all empty where an open name or field was rejected.
        by: who decided.
        on: when.
        note: why, or "".
    """

    verdict: Verdict
    document: str
    quote: str
    by: str
    on: date
    reason: str = ""
    subject: str = ""
    predicate: str = ""
    object: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What it decides: the open name or field, else the link."""
        if self.reason:
            return self.document, self.reason, " ".join(self.quote.split())
        return self.document, self.subject, self.predicate, self.object


def accept(
    item: OpenItem,
    *,
    by: str,
    on: date,
    subject: str = "",
    predicate: str = "",
    resource: str = "",
    note: str = "",
) -> Decision:
    """Decide that the link holds.

    Args:
        subject, predicate, resource: the link, where the item does not give it; an open name that is accepted
            without subject and predicate means that the document cites the resource. An only candidate need
            not be named.

    Raises ValueError where it stays unclear which link is meant.
    """
    only = item.candidates[0] if len(item.candidates) == 1 else ""
    target = resource or item.object or only
    if not target:
        raise ValueError("accepted, but object is empty: which resource is meant?")
    if bool(subject or item.subject) != bool(predicate or item.predicate):
        raise ValueError("subject and predicate go together: one of them is empty")
    return Decision(
        verdict="accept",
        document=item.document,
        quote=item.quote,
        reason=item.reason,
        subject=subject or item.subject or f"document/{item.document}",
        predicate=predicate or item.predicate or "cites",
        object=target,
        by=by,
        on=on,
        note=note,
    )


def reject(item: OpenItem, *, by: str, on: date, note: str = "") -> Decision:
    """Decide that the link does not hold, or that an open name or field needs none."""
    link = ("", "", "") if item.reason else (item.subject, item.predicate, item.object)
    return Decision(
        verdict="reject",
        document=item.document,
        quote=item.quote,
        reason=item.reason,
        subject=link[0],
        predicate=link[1],
        object=link[2],
        by=by,
        on=on,
        note=note,
    )


def merged(known: Iterable[Decision], new: Iterable[Decision]) -> tuple[Decision, ...]:
    """Both, in a fixed order; of two decisions on the same thing the new one counts."""
    by_key = {decision.key: decision for decision in (*known, *new)}
    return tuple(sorted(by_key.values(), key=lambda decision: (decision.document, decision.key)))


def dump(decisions: Iterable[Decision]) -> str:
    """The decisions as TOML, empty values left out: the same decisions give the same text."""
    tables = []
    for decision in decisions:
        rows = [f"{name} = {_toml(value)}" for name, value in asdict(decision).items() if value]
        tables.append("\n[[decision]]\n" + "\n".join(rows) + "\n")
    return _HEAD + "".join(tables)


def _toml(value: str | date) -> str:
    """A JSON string is a basic string of TOML, but for one sign; dates stand without quotes."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def load(path: Path) -> tuple[Decision, ...]:
    """Read a file of decisions, in its order.

    Raises InputError, naming the file and the decision, where one is not as ``Decision`` describes.
    """

    def fail(what: str) -> InputError:
        return InputError(f"{path}: {what}.", path=path, hint="Mend that decision.")

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise fail(f"cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise fail(f"no valid TOML: {error}") from error
    found = data.get("decision", [])
    if set(data) - {"decision"} or not isinstance(found, list):
        raise fail("only [[decision]] tables are known")
    return tuple(_decision(table, number, fail) for number, table in enumerate(found, start=1))


def _decision(table: Mapping[str, Any], number: int, fail: Any) -> Decision:
    known = {field.name for field in fields(Decision)}
    if unknown := sorted(set(table) - known):
        raise fail(f"decision {number} has unknown keys {', '.join(unknown)}")
    if table.get("verdict") not in ("accept", "reject"):
        raise fail(f"decision {number} has verdict {table.get('verdict')!r}; known are accept and reject")
    for name, value in table.items():
        if not isinstance(value, date if name == "on" else str):
            raise fail(f"decision {number} has {name} of another kind than it must be")
    try:
        return Decision(**table)
    except TypeError as error:
        raise fail(f"decision {number} lacks a key ({error})") from error
