"""Finance plans in the layout of Table 18c: axis, fund, category of region and thematic objective."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ...ontology.identifiers import normalise_code
from .catalogue import Digest
from .facts import FINANCE_DATE, FINANCE_SOURCE, Facts, PlanLine, sources_of
from .html import Cell, Sheet, money, row, table, tag
from .words import CATEGORIES, FUNDS_PL, cite, notice, sources_page

__all__ = ["finance_plan"]

HEAD = (
    "Oś priorytetowa",
    "Fundusz",
    "Kategoria regionu",
    "Cel tematyczny",
    "Wsparcie UE (EUR)",
    "Wkład krajowy (EUR)",
    "Ogółem (EUR)",
    "Poziom dofinansowania (%)",
)
ROWS_A_PAGE = 28


def _amount(value: int) -> Cell:
    return Cell(money(value), kind="amount")


def _line(line: PlanLine) -> Markup:
    objective = line.thematic_objective
    return row(
        line.axis,
        FUNDS_PL[line.fund][0],
        CATEGORIES[line.category_of_region],
        "Pomoc techniczna" if objective == "TA" else objective,
        _amount(line.eu_eur),
        _amount(line.national_eur),
        _amount(line.total_eur),
        Cell(line.eu_cofinancing_pct.replace(".", ","), kind="amount"),
    )


def _sum(label: str, lines: Sequence[PlanLine]) -> Markup:
    return row(
        Cell(label, header=True, columns=4),
        _amount(sum(line.eu_eur for line in lines)),
        _amount(sum(line.national_eur for line in lines)),
        _amount(sum(line.total_eur for line in lines)),
        "",
    )


def _compared(name: str, planned: int, stated: int, src: Sequence[str]) -> Markup:
    difference = planned - stated
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    amounts = (_amount(planned), _amount(stated), Cell(f"{sign}{money(abs(difference))}", kind="amount"))
    return row(name, *amounts, cite(src))


def _check(data: Mapping[str, Any], lines: Sequence[PlanLine]) -> Iterator[Markup]:
    """Other figures for the same programme, and by how much they differ; nothing is adjusted."""
    programme = data["programme"]
    for fund, stated in programme.get("eu_budget_eur", {}).items():
        planned = sum(line.eu_eur for line in lines if fund in ("total", line.fund))
        yield _compared("Ogółem" if fund == "total" else FUNDS_PL[fund][0], planned, stated, programme["src"])
    for axis in data["axes"]:
        code = normalise_code(axis["number"])
        planned = sum(line.eu_eur for line in lines if normalise_code(line.axis) == code)
        if "eu_eur" in axis and planned:
            yield _compared(f"Oś priorytetowa {axis['number']}", planned, axis["eu_eur"], axis["src"])


def finance_plan(programme_id: str, facts: Facts) -> Digest:
    """The plan of one programme, sums marked "Razem", with a page that compares it with other figures."""
    data = facts.programmes[programme_id]
    programme = data["programme"]
    lines = facts.plan_of(programme_id)
    title = f"Plan finansowy: {programme['title_pl']}"
    source = sources_of(facts.national)[FINANCE_SOURCE]
    heading = "Plan finansowy według osi priorytetowej, funduszu, kategorii regionu i celu tematycznego"
    sheet = Sheet(title, "pl")
    facts_table = [
        row(Cell("Program", header=True), programme["title_pl"]),
        row(Cell("Skrót", header=True), programme["acronym"]),
        row(Cell("CCI", header=True), lines[0].cci),
        row(Cell("Stan na dzień", header=True), FINANCE_DATE),
        row(Cell("Waluta", header=True), "EUR"),
        row(Cell("Źródła", header=True), cite([FINANCE_SOURCE])),
    ]
    sheet.page(tag("h1", title), notice("pl"), table("programme", facts_table))
    body = [_line(line) for line in lines]
    funds = list(dict.fromkeys(line.fund for line in lines))
    if len(funds) > 1:
        for fund in funds:
            body.append(_sum(f"Razem {FUNDS_PL[fund][0]}", [line for line in lines if line.fund == fund]))
    body.append(_sum("Razem", lines))
    for first in range(0, len(body), ROWS_A_PAGE):
        more = " (ciąg dalszy)" if first else ""
        sheet.page(
            tag(
                "h2",
                heading + more,
            ),
            table("finance", body[first : first + ROWS_A_PAGE], head=HEAD),
        )
    if check := [*_check(data, lines)]:
        head = ("Zakres", "W planie (EUR)", "W innym źródle (EUR)", "Różnica (EUR)", "Inne źródła")
        sheet.page(
            tag("h2", "Porównanie z innymi źródłami"),
            tag("p", "Kwoty innych źródeł mogą być z innej daty lub zaokrąglone; niczego nie wyrównano."),
            table("comparison", check, head=head),
        )
    cited = sources_page(sheet, {source.key: source, **sources_of(data)})
    return Digest(
        id=f"{programme_id}-finance",
        file=f"finance/{programme_id}.html",
        html=sheet.html(),
        family="finance_plan",
        language="pl",
        title_pl=title,
        date=FINANCE_DATE,
        publisher="Komisja Europejska",
        instrument=programme_id,
        original=(source.url,),
        sources=cited,
    )
