"""Measure cards: a programme's axes, measures and sub-measures in the order of the SZOOP."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ...ontology.identifiers import normalise_code
from .catalogue import Digest
from .facts import FINANCE_SOURCE, Facts, sources_of
from .html import Cell, Sheet, items, join, money, row, table, tag
from .notes import note
from .programme import front_page
from .words import CATEGORIES, UNKNOWN, cite, fund_pl, notice, sources_page

__all__ = ["measure_cards"]

Owner = tuple[str, Mapping[str, Any]]
Values = Callable[[Mapping[str, Any]], Sequence[object]]
NONE = UNKNOWN["pl"]


def _title(element: Mapping[str, Any]) -> object:
    return element.get("title_pl") or NONE


def _amounts(element: Mapping[str, Any]) -> Iterator[str]:
    if "eu_eur" in element:
        yield f"{money(element['eu_eur'])} EUR"
    if "eu_eur_approx" in element:
        yield f"ok. {money(element['eu_eur_approx'])} EUR"
    if "pln_approx" in element:
        yield f"ok. {money(element['pln_approx'])} PLN"


def _calls(element: Mapping[str, Any]) -> Iterator[str]:
    names = {
        "budget_pln": "budżet {} PLN",
        "max_grant_pln": "maksymalne dofinansowanie {} PLN",
        "applications": "liczba wniosków {}",
        "requested_pln": "kwota wnioskowana {} PLN",
    }
    for call in element.get("calls_pln", ()):
        parts = [text.format(money(call[key])) for key, text in names.items() if key in call]
        yield f"nabór {call['year']}: {', '.join(parts)} {cite(call['src'])}"


def _objective(element: Mapping[str, Any]) -> Iterator[str]:
    if code := element.get("specific_objective"):
        title = element.get("specific_objective_title_pl", "")
        yield f"Cel szczegółowy {code} {title}".strip()


def _clusters(element: Mapping[str, Any]) -> Iterator[str]:
    if element.get("cluster_measure"):
        yield "Instrument przeznaczony dla klastrów"
    for key in ("cluster_link", "cluster_condition", "smart_specialisation_condition"):
        if key in element:
            yield note(element[key])


def _notes(element: Mapping[str, Any]) -> Iterator[str]:
    if element.get("code_inferred"):
        yield "Kod wywnioskowany, nieczytany wprost w źródle"
    if "note" in element:
        yield from filter(None, [note(element["note"])])


def _names(element: Mapping[str, Any]) -> Iterator[object]:
    yield _title(element)
    if title := element.get("title_en"):
        yield tag("span", title, lang="en")


# Names with a number are those of the national SZOOP guidelines; the others are the digest's own.
FIELDS: tuple[tuple[str, Values], ...] = (
    ("1. Nazwa działania / poddziałania", lambda e: [join(_names(e), " / ")]),
    ("2. Cel/e szczegółowy/e działania", lambda e: [*_objective(e)]),
    ("6. Typ beneficjenta", lambda e: e.get("beneficiary_types", ())),
    ("7. Grupa docelowa / ostateczni odbiorcy wsparcia", lambda e: e.get("final_recipients", ())),
    ("8. Instytucja pośrednicząca", lambda e: [e["intermediate_body"]] if "intermediate_body" in e else ()),
    (
        "10. Kategoria(e) regionu(ów) wraz z przypisaniem kwot UE (EUR)",
        lambda e: [*_amounts(e)],
    ),
    ("Fundusz", lambda e: [fund_pl(e["fund"])] if "fund" in e else ()),
    ("Priorytet inwestycyjny", lambda e: [f"PI {code}" for code in e.get("investment_priorities", ())]),
    ("Nabory", lambda e: [*_calls(e)]),
    ("Klastry", lambda e: [*_clusters(e)]),
    ("Uwagi", lambda e: [*_notes(e)]),
    ("Źródła", lambda e: [cite(e["src"])]),
)
LISTS = {"6. Typ beneficjenta", "7. Grupa docelowa / ostateczni odbiorcy wsparcia"}
ALWAYS = {"6. Typ beneficjenta"}


def _field(name: str, values: Values, owners: Sequence[Owner]) -> Iterator[Markup]:
    rows: list[tuple[str, object]] = []
    alone = len(owners) == 1
    for position, (label, element) in enumerate(owners):
        found = list(values(element))
        if found:
            rows.append((label, items(found) if name in LISTS or len(found) > 1 else found[0]))
        elif name in ALWAYS and (alone or position):
            rows.append((label, NONE))
    for position, (label, content) in enumerate(rows):
        cells: list[object] = [Cell(name, header=True, rows=len(rows))] if not position else []
        yield row(*cells, Cell(label, kind="of"), content)


def _card(measure: Mapping[str, Any]) -> Markup:
    owners: list[Owner] = [(f"Działanie {measure['code']}", measure)]
    owners += [(f"Poddziałanie {sub['code']}", sub) for sub in measure.get("submeasures", ())]
    heading = f"Działanie {measure['code']} {measure.get('title_pl') or ''}".strip()
    rows = [line for name, values in FIELDS for line in _field(name, values, owners)]
    return join((tag("h3", heading), table("card", rows)))


def _codes(kind: str, codes: Sequence[object]) -> str | None:
    return ", ".join(f"{kind} {code}" for code in codes) or None


def _axis_sheet(axis: Mapping[str, Any], extra: Sequence[Mapping[str, Any]]) -> Markup:
    lines = [
        ("Numer osi priorytetowej", axis["number"]),
        ("Nazwa osi priorytetowej", _title(axis)),
        ("Nazwa osi priorytetowej w języku angielskim", tag("span", axis.get("title_en"), lang="en")
         if "title_en" in axis else None),
        ("Fundusz", fund_pl(axis["fund"]) if "fund" in axis else None),
        ("Cel tematyczny", _codes("CT", axis.get("thematic_objectives", ()))),
        ("Pomoc techniczna", "tak" if axis.get("technical_assistance") else None),
        ("Priorytet inwestycyjny", _codes("PI", axis.get("investment_priorities", ()))),
        ("Wsparcie UE (EUR)", money(axis["eu_eur"]) if "eu_eur" in axis else None),
    ]  # fmt: skip
    for fund, amount in axis.get("eu_eur_by_fund", {}).items():
        lines.append((f"Wsparcie UE (EUR): {fund_pl(fund)}", money(amount)))
    for category, amount in axis.get("eu_eur_by_region_category", {}).items():
        lines.append((f"Wsparcie UE (EUR): {CATEGORIES[category].lower()}", money(amount)))
    for objective, amount in axis.get("eu_eur_by_thematic_objective", {}).items():
        lines.append((f"Wsparcie UE (EUR): CT {objective}", money(amount)))
    for more in extra:
        codes = _codes("PI", more["investment_priorities"])
        lines.append(("Priorytet inwestycyjny", f"{codes} ({note(more['note'])}) {cite(more['src'])}"))
    notes = [note(axis[key]) for key in ("title_note", "investment_priorities_note", "note") if key in axis]
    lines += [("Uwagi", text) for text in notes if text]
    lines.append(("Źródła", cite(axis["src"])))
    heading = f"Oś priorytetowa {axis['number']} {axis.get('title_pl') or ''}".strip()
    rows = [row(Cell(name, header=True), value) for name, value in lines if value is not None]
    return join((tag("h2", heading), table("axis", rows)))


def measure_cards(programme_id: str, facts: Facts) -> Digest:
    """The cards of one programme, one page each, after a title page and its axis sheets."""
    data = facts.programmes[programme_id]
    programme = data["programme"]
    plan = facts.plan_of(programme_id)
    sheet = Sheet(programme["title_pl"], "pl")
    front_page(sheet, data, plan, notice("pl"))
    for axis in data["axes"]:
        extra = [e for e in data.get("axis_investment_priorities", ()) if e["axis"] == axis["number"]]
        sheet.page(_axis_sheet(axis, extra))
        for measure in data["measures"]:
            if normalise_code(measure["axis"]) == normalise_code(axis["number"]):
                sheet.page(_card(measure))
    known = sources_of(data)
    known.setdefault(FINANCE_SOURCE, sources_of(facts.national)[FINANCE_SOURCE])
    cited = sources_page(sheet, known)
    regional = programme_id.startswith("rpo-")
    return Digest(
        id=programme_id,
        file=f"{'regional' if regional else 'national'}/{programme_id}.html",
        html=sheet.html(),
        family="measure_cards",
        language="pl",
        title_pl=programme["title_pl"],
        title_en=programme.get("title_en", ""),
        date=str(
            programme.get("adopted")
            or programme.get("adopted_by_commission")
            or programme.get("ec_decision_date")
            or ""
        ),
        publisher=programme.get("managing_authority", ""),
        instrument=programme_id,
        sources=cited,
    )
