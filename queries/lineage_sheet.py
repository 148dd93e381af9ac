"""The lineage as a sheet: its columns, their meanings, and the notes that go with it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from ..ontology.identifiers import short
from ..ontology.levels import LEVELS
from ..ontology.terms import term_label
from .lineage import Lineage, Money, Row
from .resources import Resource
from .sheet import Column, Language, Note, Sheet, Value

__all__ = ["lineage_columns", "lineage_sheet"]

_LEVELS: Final = tuple(level for level in LEVELS if level.key not in ("project", "beneficiary_type"))
_SEPARATOR: Final = " > "


def lineage_columns() -> tuple[Column, ...]:
    """The columns, in order: the id, the levels top to bottom, money, the route and its evidence."""
    levels = tuple(
        Column(
            name=level.key,
            label_pl=level.label_pl,
            label_en=level.label_en,
            meaning_pl="Nazwa z kodem; kilka na jednym poziomie od góry, oddzielone znakiem >",
            meaning_en="Name with code; several on one level from the top, parted by >",
        )
        for level in _LEVELS
    )
    return (
        Column(
            name="id",
            label_pl="Identyfikator",
            label_en="Identifier",
            meaning_pl="Działanie albo poddziałanie, którego dotyczy wiersz",
            meaning_en="The measure or sub-measure that the row is about",
            kind="id",
        ),
        *levels,
        Column(
            name="beneficiary_type",
            label_pl="Typ beneficjenta",
            label_en="Beneficiary type",
            meaning_pl="Kto może się ubiegać, oddzielone średnikiem",
            meaning_en="Who may apply, parted by semicolons",
        ),
        Column(name="fund", label_pl="Fundusz", label_en="Fund"),
        Column(
            name="measure_allocation_eur",
            label_pl="Alokacja działania (EUR)",
            label_en="Allocation of the measure (EUR)",
            meaning_pl="Wsparcie UE przewidziane dla poddziałania, a jeśli go nie podano, dla działania",
            meaning_en="Union support planned for the sub-measure or, where that is not given, the measure",
            kind="money",
        ),
        Column(
            name="measure_allocation_of",
            label_pl="Czyja alokacja",
            label_en="Whose allocation",
            meaning_pl="Identyfikator działania lub poddziałania, do którego należy ta kwota",
            meaning_en="Identifier of the measure or sub-measure that the amount belongs to",
            kind="id",
        ),
        Column(
            name="measure_allocation_as_of",
            label_pl="Stan na dzień (działanie)",
            label_en="As of (measure)",
            kind="date",
        ),
        Column(
            name="axis_allocation_eur",
            label_pl="Alokacja osi (EUR)",
            label_en="Allocation of the axis (EUR)",
            meaning_pl="Wsparcie UE dla całej osi (na cel tematyczny tego wiersza), wspólne dla jej działań",
            meaning_en="Union support for the whole axis (for this row's objective), shared by its measures",
            kind="money",
        ),
        Column(
            name="axis_allocation_counted_eur",
            label_pl="Alokacja osi, liczona raz (EUR)",
            label_en="Allocation of the axis, counted once (EUR)",
            meaning_pl="Tylko w pierwszym wierszu, który tę kwotę podaje: tę kolumnę wolno sumować",
            meaning_en="Only in the first row that shows the amount: this column may be added up",
            kind="money",
        ),
        Column(
            name="axis_allocation_as_of", label_pl="Stan na dzień (oś)", label_en="As of (axis)", kind="date"
        ),
        Column(
            name="route",
            label_pl="Droga",
            label_en="Route",
            meaning_pl="Identyfikatory od działania w górę",
            meaning_en="Identifiers from the measure upwards",
        ),
        Column(
            name="no_route",
            label_pl="Brak drogi",
            label_en="No route",
            meaning_pl="Dlaczego działanie nie dochodzi do strategii Europa 2020",
            meaning_en="Why the measure does not reach Europe 2020",
        ),
        Column(
            name="weakest_basis",
            label_pl="Najsłabsza podstawa",
            label_en="Weakest basis",
            meaning_pl="Podana wprost: mówi to tekst; z kodu: wspólny kod urzędowy; ustalona przez osobę: "
            "decyzja człowieka; wywnioskowana: podobne brzmienie",
            meaning_en="Stated: the text says so; coded: a shared official code; curated: a person decided; "
            "inferred: similar wording",
            kind="term",
        ),
        Column(
            name="confidence",
            label_pl="Pewność",
            label_en="Confidence",
            meaning_pl="Najniższa na drodze, od 0 do 1",
            meaning_en="The lowest on the route, from 0 to 1",
            kind="number",
        ),
        Column(
            name="quotes",
            label_pl="Cytaty",
            label_en="Quotes",
            meaning_pl="Po jednym na każdy krok drogi, od dołu, oddzielone znakiem |",
            meaning_en="One for each step of the route, bottom first, parted by |",
        ),
        Column(
            name="documents",
            label_pl="Dokumenty i strony",
            label_en="Documents and pages",
            meaning_pl="Skąd są cytaty, w tej samej kolejności",
            meaning_en="Where the quotes stand, in the same order",
        ),
        Column(
            name="source",
            label_pl="Źródło karty działania",
            label_en="Source of the measure's card",
            kind="link",
        ),
    )


def lineage_sheet(found: Lineage, *, language: Language = "pl", notes: Iterable[Note] = ()) -> Sheet:
    """The lineage as a table with stable columns and rows.

    Args:
        found: from ``lineage()``.
        language: of names where the graph has both.
        notes: to put after the lineage's own (coverage, version).
    """
    pl = language == "pl"
    return Sheet(
        name="lineage",
        title="Od strategii Europa 2020 do działań" if pl else "From Europe 2020 to measures",
        columns=lineage_columns(),
        rows=tuple(_cells(row, language) for row in found.rows),
        notes=(*_notes(found, language), *notes),
        language=language,
    )


def _cells(row: Row, language: Language) -> tuple[Value, ...]:
    def names(resources: Iterable[Resource], separator: str) -> str | None:
        return separator.join(resource.title(language) for resource in resources) or None

    own, axis, route = row.own_money, row.axis_money, row.route
    quotes = row.quotes
    return (
        row.measure.iri,
        *(names(row.cells.get(level.key, ()), _SEPARATOR) for level in _LEVELS),
        names(row.beneficiaries, "; "),
        names(row.funds, "; "),
        _amount(own),
        own.owner if own is not None else None,
        own.as_of if own is not None else None,
        _amount(axis),
        axis.counted if axis is not None and axis.counted else None,
        axis.as_of if axis is not None else None,
        " → ".join(short(node) for node in route.nodes) if route is not None else None,
        row.reason[0 if language == "pl" else 1] or None,
        route.basis if route is not None else None,
        round(route.confidence, 4) if route is not None else None,
        " | ".join(f"“{' '.join(quote.text.split())}”" for quote in quotes) or None,
        " | ".join(quote.place(language) for quote in quotes) or None,
        row.sources[0] if row.sources else None,
    )


def _amount(money: Money | None) -> Decimal | None:
    return money.amount if money is not None else None


def _notes(found: Lineage, language: Language) -> tuple[Note, ...]:
    dates = sorted({row.axis_money.as_of for row in found.rows if row.axis_money and row.axis_money.as_of})
    total = sum((row.axis_money.counted for row in found.rows if row.axis_money), Decimal(0))
    when = ", ".join(day.isoformat() for day in dates) or "–"
    asked = ", ".join(f"{key} = {value}" for key, value in found.filters.items()) or "–"
    if language == "pl":
        return (
            Note(
                "Wiersze",
                f"{len(found.rows)}; działania i poddziałania: {found.measures}, z drogą: {found.routed}",
            ),
            Note("Zawężenie", asked),
            Note(
                "Liczba wierszy",
                "wiersz to jedna droga; gdy oś ma kilka celów, a brzmienie nazwy działania wskazuje jeden "
                "z nich (wywnioskowana), działanie ma jeden wiersz; bez tej podstawy wracają wszystkie cele "
                "osi, po jednym w wierszu, więc ostrzejszy wybór podstaw może dać więcej wierszy",
            ),
            Note("Podstawy", ", ".join(term_label(basis, language) for basis in found.bases)),
            Note(
                "Pewność",
                "najniższa na drodze; kroków układu programu (działanie jest częścią osi) nie liczy się",
            ),
            Note(
                "Kwoty",
                f"wsparcie UE; alokacja osi wg planu finansowego na dzień {when}, wspólna dla jej działań: "
                f"sumować wolno tylko kolumnę „liczona raz” (tu: {total:f} EUR)",
            ),
        )
    return (
        Note(
            "Rows",
            f"{len(found.rows)}; measures and sub-measures: {found.measures}, with a route: {found.routed}",
        ),
        Note("Filters", asked),
        Note(
            "Number of rows",
            "a row is one route; where an axis has several objectives and the wording of a measure's name "
            "points to one (inferred), the measure has one row; without that basis all objectives of the "
            "axis come back, one a row, so fewer bases may give more rows",
        ),
        Note("Bases", ", ".join(term_label(basis, language) for basis in found.bases)),
        Note(
            "Confidence",
            "the lowest on the route; steps of programme structure (measure is part of axis) do not count",
        ),
        Note(
            "Money",
            f"Union support; an axis's is the finance plan's as of {when}, shared by its measures: only "
            f"the column counted once may be added up (here: EUR {total:f})",
        ),
    )
