"""The front pages of a programme's digest: what it is, its money, and what holds for the whole programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from ...ontology.identifiers import normalise_code
from .facts import FINANCE_SOURCE, PlanLine
from .html import Cell, Sheet, items, money, row, table, tag
from .notes import note
from .words import UNKNOWN, cite, fund_pl

__all__ = ["front_page"]

Line = tuple[str, object]

SHARES: Final = {
    "ESF_share_of_EU_support_pct": "Udział EFS w wsparciu UE (%)",
    "ESF_share_pct": "Udział EFS (%)",
    "ERDF_TO1_TO3_pct_approx": "Udział CT 1 i CT 3 w środkach EFRR (%), w przybliżeniu",
    "ERDF_TO4_pct_approx": "Udział CT 4 w środkach EFRR (%), w przybliżeniu",
    "ERDF_TO7_pct": "Udział CT 7 w środkach EFRR (%)",
    "ESF_TO8_pct": "Udział CT 8 w środkach EFS (%)",
    "ESF_TO9_pct": "Udział CT 9 w środkach EFS (%)",
}
DATES: Final = {
    "adopted": "Data przyjęcia",
    "adopted_by_commission": "Data przyjęcia przez Komisję Europejską",
    "ec_decision_date": "Data decyzji Komisji Europejskiej",
}
TEXTS: Final = {
    "title_pl_formal": "Tytuł pełny",
    "title_en": "Tytuł w języku angielskim",
    "title_en_alt": "Inny tytuł w języku angielskim",
    "acronym": "Skrót",
}
TOTALS: Final = {
    "total_budget_eur": "Ogółem, ze środkami krajowymi (EUR)",
    "total_budget_eur_approx": "Ogółem, ze środkami krajowymi (EUR), w przybliżeniu",
    "total_op_budget_eur": "Ogółem, ze środkami krajowymi (EUR)",
}


def _decimal(value: float) -> str:
    return f"{value}".replace(".", ",")


def _what(programme: Mapping[str, Any], plan: Sequence[PlanLine]) -> Iterator[Line]:
    for key, name in TEXTS.items():
        if value := programme.get(key):
            yield (
                name,
                tag("span", note(value) if key == "title_en_alt" else value, lang="en")
                if key.startswith("title_en")
                else value,
            )
    if others := programme.get("acronym_alt"):
        yield "Inne skróty", ", ".join(others)
    if cci := programme.get("cci"):
        yield "CCI", cci
    else:
        yield "CCI", f"{plan[0].cci} [{FINANCE_SOURCE}]"
    yield "Region", programme["region"]
    if nuts := programme.get("nuts"):
        yield "NUTS", nuts
    if places := programme.get("voivodeships"):
        yield "Województwa", items(f"{p['name']} ({p['nuts']}) {cite(p['src'])}" for p in places)
    for key, name in DATES.items():
        if value := programme.get(key):
            yield name, str(value)


def _who(programme: Mapping[str, Any]) -> Iterator[Line]:
    yield "Instytucja zarządzająca", programme.get("managing_authority") or UNKNOWN["pl"]
    if text := programme.get("managing_authority_note"):
        yield "Uwagi o instytucji zarządzającej", note(text)
    if bodies := programme.get("intermediate_bodies"):
        yield "Instytucje pośredniczące", items(bodies)
    if types := programme.get("beneficiary_types"):
        yield "Typ beneficjenta (cały program)", items(types)
    if mode := programme.get("selection_mode"):
        yield "Tryb wyboru projektów", mode


def _money(programme: Mapping[str, Any]) -> Iterator[Line]:
    budget = programme.get("eu_budget_eur")
    if not budget:
        yield "Wsparcie UE (EUR)", UNKNOWN["pl"]
        return
    yield "Wsparcie UE (EUR)", money(budget["total"])
    for fund, amount in budget.items():
        if fund != "total":
            yield f"Wsparcie UE (EUR): {fund_pl(fund)}", money(amount)
    for key, name in TOTALS.items():
        if key in programme:
            yield name, money(programme[key])
    if earlier := programme.get("earlier_figures_eur"):
        amounts = f"ogółem {money(earlier['total'])}, EFS {money(earlier['ESF'])}"
        yield "Wcześniejsze kwoty (EUR)", f"{amounts} ({note(earlier['note'])})"
    for key, value in programme.get("budget_shares", {}).items():
        yield SHARES[key], _decimal(value)


def _aims(programme: Mapping[str, Any]) -> Iterator[Line]:
    if objectives := programme.get("thematic_objectives"):
        yield "Cele tematyczne", ", ".join(f"CT {n}" for n in objectives)
    if count := programme.get("thematic_objectives_count"):
        yield "Liczba celów tematycznych", str(count)
    if priorities := programme.get("energy_investment_priorities"):
        listed = [f"PI {p['pi']} ({fund_pl(p['fund'])}) {cite(p['src'])}" for p in priorities]
        yield "Priorytety inwestycyjne dotyczące energii", items(listed)
    if text := programme.get("smart_specialisation_link"):
        yield "Związek z inteligentnymi specjalizacjami", note(text)
    if text := note(programme.get("note", "")):
        yield "Uwagi", text
    yield "Źródła", cite(programme["src"])


def _objectives(programme: Mapping[str, Any]) -> Markup | str:
    found = programme.get("specific_objectives")
    if not found:
        return ""
    lines = []
    for objective in found:
        priority = objective.get("investment_priority")
        where = objective.get("measure") or objective.get("axis", "")
        kind = "Działanie" if "measure" in objective else "Oś priorytetowa"
        title = objective["title_pl"]
        if text := note(objective.get("note", "")):
            title = f"{title} ({text})"
        lines.append(
            row(
                f"Cel szczegółowy {objective['code']}",
                title,
                f"{kind} {where}" if where else "",
                f"PI {priority}" if priority else "",
                cite(objective["src"]),
            )
        )
    head = ("Cel szczegółowy", "Nazwa", "Oś lub działanie", "Priorytet inwestycyjny", "Źródła")
    return Markup("").join((tag("h2", "Cele szczegółowe programu"), table("objectives", lines, head=head)))


def _specialisations(found: Sequence[Mapping[str, Any]]) -> Markup | str:
    if not found:
        return ""
    lines = [row(s.get("code", ""), s["label_pl"], note(s.get("note", "")), cite(s["src"])) for s in found]
    head = ("Kod", "Inteligentna specjalizacja", "Uwagi", "Źródła")
    return Markup("").join(
        (tag("h2", "Inteligentne specjalizacje regionu"), table("specialisations", lines, head=head))
    )


def _others(data: Mapping[str, Any], plan: Sequence[PlanLine]) -> Iterator[Markup]:
    if found := data.get("cluster_facts"):
        yield tag("h2", "Klastry w programie")
        yield table(
            "clusters", [row(note(f["text"]), cite(f["src"])) for f in found], head=("Ustalenie", "Źródła")
        )
    if found := data.get("zit"):
        lines = []
        for zit in found:
            amounts = [
                f"{'ogółem' if fund == 'total' else fund_pl(fund)}: {money(amount)} EUR"
                for fund, amount in zit["eu_eur"].items()
            ]
            text = note(zit.get("note", ""))
            lines.append(row(zit["area"], zit["intermediate_body"], items(amounts), text, cite(zit["src"])))
        yield tag("h2", "Zintegrowane Inwestycje Terytorialne")
        head = ("Obszar", "Instytucja pośrednicząca", "Wsparcie UE", "Uwagi", "Źródła")
        yield table("zit", lines, head=head)
    known = {normalise_code(axis["number"]) for axis in data["axes"]}
    planned = dict.fromkeys(line.axis for line in plan)
    if missing := [code for code in planned if normalise_code(code) not in known]:
        yield tag("h2", "Osie znane tylko z planu finansowego")
        yield tag("p", f"Kody: {', '.join(missing)}. Nazwy nieznane. [{FINANCE_SOURCE}]")


def front_page(sheet: Sheet, data: Mapping[str, Any], plan: Sequence[PlanLine], warning: Markup) -> None:
    """The title page, and a second one where the facts say more of the whole programme."""
    programme = data["programme"]
    lines = [*_what(programme, plan), *_who(programme), *_money(programme), *_aims(programme)]
    sheet.page(
        tag("h1", programme["title_pl"]),
        tag("p", "Osie priorytetowe, działania i poddziałania – skrót w układzie szczegółowego opisu osi"),
        warning,
        table("programme", [row(Cell(name, header=True), value) for name, value in lines]),
    )
    parts = [
        _objectives(programme),
        _specialisations(data.get("smart_specialisations", ())),
        *_others(data, plan),
    ]
    if any(parts):
        sheet.page(*filter(None, parts))
