"""A trace as a sheet: one row a step, with its strongest claim and the place where that is written."""

from __future__ import annotations

from decimal import Decimal

from .sheet import Column, Sheet
from .trace import Trace

__all__ = ["trace_sheet"]

_COLUMNS = (
    Column(name="child", label_pl="Od", label_en="From", kind="id"),
    Column(name="child_label", label_pl="Od: nazwa", label_en="From: name"),
    Column(name="link", label_pl="Związek", label_en="Link", kind="term"),
    Column(name="parent", label_pl="Do", label_en="To", kind="id"),
    Column(name="parent_label", label_pl="Do: nazwa", label_en="To: name"),
    Column(
        name="basis",
        label_pl="Podstawa",
        label_en="Basis",
        meaning_pl="Najmocniejsza podstawa związku",
        meaning_en="The strongest basis of the link",
        kind="term",
    ),
    Column(name="confidence", label_pl="Pewność", label_en="Confidence", kind="number"),
    Column(name="rule", label_pl="Reguła", label_en="Rule"),
    Column(name="quote", label_pl="Cytat", label_en="Quote"),
    Column(name="document", label_pl="Dokument", label_en="Document", kind="id"),
    Column(name="page", label_pl="Strona", label_en="Page", kind="number"),
    Column(
        name="claims",
        label_pl="Twierdzenia",
        label_en="Claims",
        meaning_pl="Ile twierdzeń stoi za związkiem",
        meaning_en="How many claims stand behind the link",
        kind="number",
    ),
)


def trace_sheet(trace: Trace) -> Sheet:
    """The steps of a trace, in the order in which its tree shows them first."""
    rows = []
    for step in trace.steps:
        best = step.best
        quote = best.quotes[0] if best.quotes else None
        rows.append(
            (
                step.child,
                trace.resources[step.child].title(trace.language),
                step.verb,
                step.parent,
                trace.resources[step.parent].title(trace.language),
                best.basis,
                Decimal(str(best.confidence)),
                best.rule,
                quote.text if quote is not None else None,
                quote.document if quote is not None else None,
                quote.page if quote is not None else None,
                len(step.claims),
            )
        )
    up = trace.direction == "up"
    title = {
        "pl": "Droga w górę od: " if up else "Droga w dół od: ",
        "en": "The way up from: " if up else "The way down from: ",
    }[trace.language]
    return Sheet(
        name="trace",
        title=title + trace.tree.resource.title(trace.language),
        columns=_COLUMNS,
        rows=tuple(rows),
        language=trace.language,
    )
