"""Horizon 2020 and COSME: parts, objectives, budgets, and the actions that clusters may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from .acts import EUR_LEX, identity
from .catalogue import Digest
from .europe2020 import document_named
from .facts import Facts, sources_of
from .html import Cell, Sheet, items, money, row, table, tag
from .notes import note_en
from .words import UNKNOWN, cite, notice, sources_page

__all__ = ["cosme", "horizon_2020"]

# Keys of an action, in the order of its card; what they hold is printed as the facts have it.
NAMES: Final = {
    "programme": "Programme",
    "managed_by": "Managed by",
    "type_of_action": "Type of action",
    "published": "Published",
    "opened": "Opened",
    "deadline": "Deadline",
    "deadlines": "Deadlines",
    "aim": "Aim",
    "aims": "Aims",
    "service_themes": "Themes of services",
    "coordinators": "Coordinators",
    "beneficiaries": "Beneficiaries",
    "eu_contribution_meur": "EU contribution (EUR million)",
    "max_cofinancing_pct": "Highest co-financing (%)",
    "rule": "Rule",
    "strands": "Strands",
    "budget_eur": "Budget (EUR)",
    "max_grant_eur": "Highest grant (EUR)",
    "results": "Results",
    "example_project": "Example of a project",
    "note": "Note",
}


KEYS: Final = {"smes": "SMEs", "cost_eur": "cost (EUR)", "eu_contribution_eur": "EU contribution (EUR)"}


def number(value: float) -> str:
    """An amount as English documents print it: ``4,952,732.50``."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def _phrase(key: str, value: object) -> str:
    name = KEYS.get(key, key.replace("_", " "))
    amount = isinstance(value, int | float) and key not in ("months", "countries", "cofunded_projects")
    return f"{name}: {number(value) if amount and isinstance(value, int | float) else value}"


def _value(key: str, value: Any) -> object:
    if key == "strands":
        return items(
            f"strand {s['strand']}: {s['label_en']}; highest grant EUR {number(s['max_grant_eur'])}"
            for s in value
        )
    if isinstance(value, Mapping):
        return items(_phrase(str(k), v) for k, v in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return items(value)
    if key in ("budget_eur", "max_grant_eur"):
        return number(value)
    return note_en(value) if key == "note" else str(value)


def _action(action: Mapping[str, Any], parents: Mapping[str, str]) -> Markup:
    lines: list[tuple[str, object]] = [("Name", action["label_en"])]
    lines.append(("Codes", "; ".join(action["codes"]) if "codes" in action else UNKNOWN["en"]))
    if parent := action.get("part_of"):
        lines.append(("Part of", parents[parent]))
    lines += [(name, _value(key, action[key])) for key, name in NAMES.items() if key in action]
    lines.append(("Sources", cite(action["src"])))
    return table("action", [row(Cell(name, header=True), value) for name, value in lines])


def _actions(actions: Sequence[Mapping[str, Any]], parents: Mapping[str, str]) -> Iterator[Markup]:
    for action in actions:
        code = action.get("codes", [""])[0]
        yield tag("h3", f"{code} {action['label_en']}".strip())
        yield _action(action, parents)


def _part(part: Mapping[str, Any], parents: Mapping[str, str]) -> Markup:
    return row(
        "; ".join(part.get("codes", ())),
        part["label_en"],
        parents[part["part_of"]] if "part_of" in part else "",
        Cell(money(part["budget_meur"]), kind="amount"),
        Cell(f"{part['share_pct']:.2f}", kind="amount"),
        cite(part["src"]),
    )


def _front(document: Mapping[str, Any], programme: Mapping[str, Any], name: str) -> Iterator[Markup]:
    yield tag("p", "UNION PROGRAMME")
    yield tag("h1", programme["label_en"])
    if polish := programme.get("label_pl"):
        yield tag("p", polish, lang="pl")
    yield notice("en")
    yield tag("h2", "Legal basis")
    yield tag("p", document["label_en"])
    yield identity(document)
    yield tag("h2", "Budget")
    budget = programme.get("budget", {})
    amount = budget.get("headline_current_prices_bn_eur") or programme.get("budget_bn_eur")
    prices = " in current prices" if budget else ""
    yield tag("p", f"The budget of {name} is EUR {amount} billion{prices}. {cite(programme['src'])}")
    for text in (budget.get("remark"), programme.get("note")):
        if text:
            yield tag("p", note_en(text))


def horizon_2020(facts: Facts) -> Digest:
    """The framework programme: pillars, their parts, Euratom beside it, and the cluster calls."""
    data = facts.eu["horizon2020"]
    programme = data["programme"]
    document = document_named(facts, programme["document"])
    parents = {part["id"]: part["label_en"] for part in data["parts"]} | {"h2020": "Horizon 2020"}
    sheet = Sheet(programme["label_en"], "en")
    sheet.page(*_front(document, programme, "Horizon 2020"))
    head = ("Code", "Part", "Part of", "Budget (EUR million)", "Share (%)", "Sources")
    sheet.page(
        tag("h2", "Parts of Horizon 2020"),
        table("parts", [_part(part, parents) for part in data["parts"]], head=head),
        tag("p", note_en(data["parts_note"])),
        tag("h2", "Euratom"),
        tag("p", "Beside Horizon 2020 stands the Euratom programme with these parts."),
        table("euratom", [_part(part, parents) for part in data["euratom"]], head=head),
    )
    sheet.page(tag("h2", "Calls for clusters"), *_actions(data["cluster_calls"], parents))
    cited = sources_page(sheet, sources_of(facts.eu))
    return Digest(
        id="h2020",
        file="eu/h2020.html",
        html=sheet.html(),
        family="programme",
        language="en",
        title_pl=programme["label_pl"],
        title_en=programme["label_en"],
        date=document["date"],
        publisher="European Parliament and Council of the European Union",
        instrument="h2020",
        celex=document["codes"]["celex"],
        original=(EUR_LEX.format(document["codes"]["celex"]),),
        sources=cited,
    )


def cosme(facts: Facts) -> Digest:
    """The programme for the competitiveness of enterprises: objectives and cluster actions."""
    data = facts.eu["cosme"]
    programme = data["programme"]
    document = document_named(facts, programme["document"])
    sheet = Sheet(programme["label_en"], "en")
    sheet.page(*_front(document, programme, "COSME"))
    lines = []
    for position, objective in enumerate(data["objectives"], 1):
        scope = "; ".join(objective.get("instruments", ())) or objective.get("scope_includes", "")
        lines.append(row(str(position), objective["label_en"], scope, cite(objective["src"])))
    sheet.page(
        tag("h2", "Objectives of COSME"),
        tag("p", "The numbers follow the order in which the sources list the objectives."),
        table("parts", lines, head=("No", "Objective", "Instruments and scope", "Sources")),
    )
    sheet.page(tag("h2", "Actions for clusters"), *_actions(data["cluster_actions"], {}))
    sheet.page(tag("h2", "Later calls for clusters"), *_actions(data["later_calls"], {}))
    cited = sources_page(sheet, sources_of(facts.eu))
    return Digest(
        id="cosme",
        file="eu/cosme.html",
        html=sheet.html(),
        family="programme",
        language="en",
        title_en=programme["label_en"],
        date=document["date"],
        publisher="European Parliament and Council of the European Union",
        instrument="cosme",
        celex=document["codes"]["celex"],
        original=(EUR_LEX.format(document["codes"]["celex"]),),
        sources=cited,
    )
