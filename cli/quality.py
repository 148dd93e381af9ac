"""The tables of ``nurt evaluate``: the figures, and what was missed or is a false alarm."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ..queries.sheet import Column, Language, Sheet

if TYPE_CHECKING:
    from ..ingest.evaluation.comparison import Outcome
    from ..ingest.evaluation.figures import Figure

__all__ = ["errors_sheet", "figures_sheet"]

_TASKS: Final = {
    "families": {"pl": "rodzaj dokumentu", "en": "family of document"},
    "elements": {"pl": "elementy", "en": "elements"},
    "mentions": {"pl": "wzmianki", "en": "mentions"},
    "resolutions": {"pl": "wzmianki z ich znaczeniem", "en": "mentions with their meaning"},
    "relations": {"pl": "powiązania", "en": "relations"},
    "inferred": {"pl": "powiązania wywnioskowane", "en": "inferred relations"},
}
_SLICES: Final = {
    "all": {"pl": "wszystko", "en": "all"},
    "language": {"pl": "język", "en": "language"},
    "family": {"pl": "rodzaj dokumentu", "en": "family"},
    "basis": {"pl": "podstawa", "en": "basis"},
    "document": {"pl": "dokument", "en": "document"},
}
_VERDICTS: Final = {
    "missed": {"pl": "pominięte", "en": "missed"},
    "false": {"pl": "fałszywe", "en": "false alarm"},
}
_DIGITS: Final = Decimal("0.001")


def _share(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(_DIGITS)


def figures_sheet(figures: Iterable[Figure], *, language: Language) -> Sheet:
    """Precision, recall and F1; empty where there was nothing to measure."""
    columns = (
        Column(name="task", label_pl="Co", label_en="What"),
        Column(name="slice", label_pl="Przekrój", label_en="Slice"),
        Column(name="value", label_pl="Wartość", label_en="Value"),
        Column(name="precision", label_pl="Precyzja", label_en="Precision", kind="number"),
        Column(name="recall", label_pl="Czułość", label_en="Recall", kind="number"),
        Column(name="f1", label_pl="F1", label_en="F1", kind="number"),
        Column(name="right", label_pl="Trafne", label_en="Right", kind="number"),
        Column(name="missed", label_pl="Pominięte", label_en="Missed", kind="number"),
        Column(name="false", label_pl="Fałszywe", label_en="False alarms", kind="number"),
    )
    rows = tuple(
        (
            _TASKS[figure.task][language],
            _SLICES[figure.slice][language],
            figure.value or None,
            _share(figure.score.precision),
            _share(figure.score.recall),
            _share(figure.score.f1),
            figure.score.right,
            figure.score.missed,
            figure.score.false,
        )
        for figure in figures
    )
    title = "Jakość odczytu wobec wzorca" if language == "pl" else "Quality of reading against the gold"
    return Sheet(name="figures", title=title, columns=columns, rows=rows, language=language)


def errors_sheet(outcomes: Iterable[Outcome], *, language: Language) -> Sheet:
    """Everything missed and every false alarm, with its quote; of mentions, those with their meaning."""
    columns = (
        Column(name="task", label_pl="Co", label_en="What"),
        Column(name="verdict", label_pl="Błąd", label_en="Error"),
        Column(name="document", label_pl="Dokument", label_en="Document"),
        Column(name="page", label_pl="Strona", label_en="Page", kind="number"),
        Column(name="item", label_pl="Treść", label_en="Item"),
        Column(name="quote", label_pl="Cytat", label_en="Quote"),
        Column(name="basis", label_pl="Podstawa", label_en="Basis"),
        Column(name="rule", label_pl="Reguła", label_en="Rule"),
    )
    rows = tuple(
        (
            _TASKS[outcome.task][language],
            _VERDICTS[outcome.verdict][language],
            outcome.document,
            outcome.page,
            outcome.what,
            " ".join(outcome.quote.split()) or None,
            outcome.basis or None,
            outcome.rule or None,
        )
        for outcome in outcomes
        if outcome.verdict != "right" and outcome.task != "mentions"
    )
    title = "Pominięte i fałszywe" if language == "pl" else "Missed and false alarms"
    return Sheet(name="errors", title=title, columns=columns, rows=rows, language=language)
