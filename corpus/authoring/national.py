"""What single national documents have beside objectives: targets, programmes, specialisations, clusters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from markupsafe import Markup

from ...errors import UnknownNameError
from .facts import Facts
from .html import Cell, join, money, row, table, tag
from .notes import note
from .words import FUNDS_PL, UNKNOWN, cite

__all__ = ["sections"]

Section = list[Markup]

PRIORITIES: Final = {
    "e2020:prio:smart": "Rozwój inteligentny",
    "e2020:prio:sustainable": "Rozwój zrównoważony",
    "e2020:prio:inclusive": "Rozwój sprzyjający włączeniu społecznemu",
}
GENITIVE: Final = {
    "e2020:prio:smart": "rozwoju inteligentnego",
    "e2020:prio:sustainable": "rozwoju zrównoważonego",
    "e2020:prio:inclusive": "rozwoju sprzyjającego włączeniu społecznemu",
}
PROGRAMME_LEVELS: Final = {"national": "krajowy", "regional": "regionalny", "other": "inny"}


def _target_name(facts: Facts, name: str) -> str:
    """English name of a headline target, or of the target that an indicator belongs to."""
    for target in facts.eu["europe2020"]["headline_targets"]:
        if target["id"] == name or any(entry.get("id") == name for entry in target["eu"]):
            return str(target["label_en"])
    raise UnknownNameError(f"{name} is no headline target of eu.yaml.", name=name)


def _areas(facts: Facts, document: Mapping[str, Any], number: int) -> Section:
    del facts
    body = [tag("h2", f"{number}. Obszary priorytetowe")]
    lines = []
    for area in document["areas"]:
        priority = area["europe_2020_priority"]
        body.append(tag("h3", f"Obszar {area['code']}. {area['title_pl']}"))
        body.append(
            tag(
                "p",
                f"Obszar „{area['title_pl']}” przyczynia się do {GENITIVE[priority]}, "
                f"priorytetu strategii Europa 2020. {cite(area['src'])}",
            )
        )
        lines.append(row(area["code"], area["title_pl"], PRIORITIES[priority], cite(area["src"])))
    body.append(table("areas", lines, head=("Kod", "Obszar", "Priorytet strategii Europa 2020", "Źródła")))
    return body


def _targets(facts: Facts, document: Mapping[str, Any], number: int) -> Section:
    lines = []
    for target in document["targets"]:
        lines.append(
            row(
                target["label_pl"],
                target["value"],
                Cell(_target_name(facts, target["europe_2020_target"]), lang="en"),
                note(target.get("note", "")),
                cite(target["src"]),
            )
        )
    head = ("Cel krajowy", "Wartość", "Cel główny strategii Europa 2020", "Uwagi", "Źródła")
    return [tag("h2", f"{number}. Cele krajowe"), table("targets", lines, head=head)]


def _concepts(facts: Facts, document: Mapping[str, Any], number: int) -> Section:
    lines = [
        row(c["acronym"], c.get("label_pl") or UNKNOWN["pl"], cite(c["src"]))
        for c in document["cluster_concepts"]
    ]
    support = []
    for entry in document["direct_support_programmes"]:
        known = facts.programmes.get(entry["target"])
        if known:
            programme = known["programme"]
            shown = f"{programme['title_pl']} ({programme['acronym']})"
        else:
            shown = note(entry["target"])
        support.append(row(shown, cite(entry["src"])))
    return [
        tag("h2", f"{number}. Klastry"),
        table("concepts", lines, head=("Skrót", "Nazwa", "Źródła")),
        tag("h3", "Programy bezpośredniego wsparcia klastrów"),
        table("support", support, head=("Program", "Źródła")),
    ]


def _headings(facts: Facts, document: Mapping[str, Any], number: int) -> Section:
    del facts
    lines = [row(h["code"], h["title_pl"], cite(h["src"])) for h in document["headings"]]
    return [
        tag("h2", f"{number}. Rozdziały o spójności"),
        table("headings", lines, head=("Numer", "Nagłówek", "Źródła")),
    ]


def _thematic(facts: Facts, document: Mapping[str, Any], number: int) -> Section:
    del facts
    lines = [
        row(f"CT {t['code']}", Cell(t["title_en"], lang="en"), cite(t["src"]))
        for t in document["thematic_objectives"]
    ]
    head = ("Kod", "Cel tematyczny", "Źródła")
    return [tag("h2", f"{number}. Cele tematyczne"), table("thematic", lines, head=head)]


def _programmes(facts: Facts, document: Mapping[str, Any], number: int) -> Section:
    del facts
    lines = []
    for programme in document["programmes"]:
        name: object = Cell(programme["title_en"], lang="en")
        if printed := programme.get("title_as_printed"):
            name = Cell(join((programme["title_en"], f" (w źródle: {printed})")), lang="en")
        lines.append(
            row(
                programme["cci"],
                name,
                PROGRAMME_LEVELS[programme["level"]],
                ", ".join(FUNDS_PL[fund][0] for fund in programme["funds"]),
                ", ".join(str(n) for n in programme["thematic_objectives"]) or "–",
                Cell(money(programme["eu_eur"]), kind="amount"),
                cite(programme["src"]),
            )
        )
    head = ("CCI", "Program", "Poziom", "Fundusze", "Cele tematyczne", "Wsparcie UE (EUR)", "Źródła")
    # Which programmes there are is in the plan of the Commission; that they carry the agreement out is law.
    law = tag(
        "p",
        "Fundusze wdraża się przez programy, zgodnie z umową partnerstwa: tak stanowi art. 26 ust. 1 "
        "rozporządzenia (UE) nr 1303/2013.",
    )
    remark = tag("p", f"Uwaga: {note(document['programmes_note'])}.")
    heading = tag("h2", f"{number}. Programy, przez które umowa jest realizowana")
    return [heading, law, table("programmes", lines, head=head), remark]


def _specialisations(facts: Facts, document: Mapping[str, Any], number: int) -> Section:
    del facts
    first = document["first_list_year"]
    body = [
        tag("h2", f"{number}. Krajowe inteligentne specjalizacje"),
        tag("p", f"Pierwsza lista pochodzi z {first} r. {cite(document['first_list_src'])}"),
    ]
    lines = []
    for version in document["versions"]:
        parts = [f"okres {version['period']}"] if "period" in version else []
        if "valid_from" in version:
            parts.append(f"obowiązuje od {version['valid_from']}")
            parts.append(f"decyzja: {version['decided_by']}")
            parts.append(f"pogrupowane w {version['grouped_in']} działów")
        lines.append(row(str(version["count"]), "; ".join(parts), cite(version["src"])))
    body.append(table("versions", lines, head=("Liczba specjalizacji", "Wersja listy", "Źródła")))
    lines = [
        row(s["code"], s["title_pl"], cite(s["src"])) for s in document["specialisations_current_numbering"]
    ]
    body.append(table("specialisations", lines, head=("Kod", "Inteligentna specjalizacja", "Źródła")))
    body.append(tag("p", f"Uwaga: {note(document['specialisations_current_note'])}."))
    body.append(tag("h3", "Wcześniejsza lista"))
    lines = [
        row(area["area"], item, cite(area["src"]))
        for area in document["earlier_list_19"]
        for item in area["items"]
    ]
    body.append(table("earlier", lines, head=("Dział", "Inteligentna specjalizacja", "Źródła")))
    body.append(tag("p", f"Uwaga: {note(document['earlier_list_note'])}."))
    return body


def _rounds(facts: Facts, document: Mapping[str, Any], number: int) -> Section:
    years = document["status_years"]
    body = [
        tag("h2", f"{number}. Krajowe Klastry Kluczowe"),
        tag("p", f"Status nadaje się na {years} lata. {cite(document['status_years_src'])}"),
    ]
    names = {
        "date": "data {}",
        "ceremony": "wręczenie {}",
        "valid_until": "status ważny do {}",
        "awarded_by": "status nadało {}",
        "count": "liczba klastrów {}",
        "total_after": "razem po rundzie {}",
    }
    for entry in document["rounds"]:
        parts = [text.format(entry[key]) for key, text in names.items() if key in entry]
        parts += [note(entry[key]) for key in ("date_note", "note") if key in entry]
        body.append(tag("h3", f"Runda {entry['round']}"))
        body.append(tag("p", f"Runda {entry['round']}: {'; '.join(parts)}. {cite(entry['src'])}"))
        lines = [
            row(c["name"], c.get("coordinator") or UNKNOWN["pl"], cite(c["src"])) for c in entry["clusters"]
        ]
        body.append(table("clusters", lines, head=("Klaster", "Koordynator", "Źródła")))
    lines = []
    for link in document["linked_measures"]:
        programme = facts.programmes[link["target"]]["programme"]
        lines.append(
            row(f"{programme['title_pl']} ({programme['acronym']})", link["measure"], cite(link["src"]))
        )
    body.append(tag("h3", "Powiązane działania"))
    body.append(table("links", lines, head=("Program", "Poddziałanie", "Źródła")))
    return body


# By the key that a document has; each section is a chapter of its own.
SECTIONS: Final[dict[str, Callable[[Facts, Mapping[str, Any], int], Section]]] = {
    "areas": _areas,
    "targets": _targets,
    "cluster_concepts": _concepts,
    "headings": _headings,
    "thematic_objectives": _thematic,
    "programmes": _programmes,
    "versions": _specialisations,
    "rounds": _rounds,
}


def sections(facts: Facts, document: Mapping[str, Any], number: int) -> Iterator[Section]:
    """The further chapters of a document, numbered on from ``number``."""
    for key, section in SECTIONS.items():
        if key in document:
            yield section(facts, document, number)
            number += 1
