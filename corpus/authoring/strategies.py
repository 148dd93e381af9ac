"""National strategies: title page, objective tree, coherence with the documents above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from .catalogue import Digest
from .coherence import chapter
from .facts import Facts, sources_of
from .html import Cell, Sheet, row, table, tag
from .national import sections
from .notes import note
from .words import UNKNOWN, cite, notice, sources_page

__all__ = ["strategies"]

# What the title page says, key by key; a key that needs more than its value is in _front.
FRONT: Final = {
    "acronym": "Skrót",
    "title_en": "Tytuł w języku angielskim",
    "acronym_en": "Skrót w języku angielskim",
    "kind": "Rodzaj dokumentu",
    "adopting_body": "Organ przyjmujący",
    "resolution": "Uchwała",
    "date": "Data",
    "official_publication": "Ogłoszenie",
    "published": "Data ogłoszenia",
    "lead_ministry": "Ministerstwo wiodące",
    "prepared_by": "Opracowanie",
    "editor": "Redakcja",
    "publisher": "Wydawca",
    "place": "Miejsce wydania",
    "year": "Rok wydania",
    "edition": "Wydanie",
    "isbn": "ISBN",
    "isbn_en": "ISBN wydania angielskiego",
    "replaces": "Zastępuje",
    "based_on": "Podstawa",
    "consultations_until": "Konsultacje do",
    "number_of_key_decisions": "Liczba kluczowych decyzji",
    "number_of_objectives": "Liczba celów",
    "number_of_specific_objectives": "Liczba celów szczegółowych",
    "number_of_directions": "Liczba kierunków interwencji",
    "number_of_priority_areas": "Liczba obszarów priorytetowych",
}
ENGLISH: Final = {"title_en", "acronym_en"}
LEVELS: Final = {
    "filar": "Filar",
    "obszar strategiczny": "Obszar strategiczny",
    "cel": "Cel",
    "cel szczegółowy": "Cel szczegółowy",
    "cel rozwojowy": "Cel rozwojowy",
    "kierunek interwencji": "Kierunek interwencji",
    "priorytetowy kierunek": "Priorytetowy kierunek interwencji",
    "kierunek": "Kierunek",
}
WITHOUT_OBJECTIVES: Final = ("lista specjalizacji", "lista klastrów", "koncepcja przestrzenna")
ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _front(document: Mapping[str, Any]) -> Iterator[Markup]:
    for key, name in FRONT.items():
        if key in document:
            value = str(document[key])
            yield row(Cell(name, header=True), Cell(value, lang="en" if key in ENGLISH else ""))
        elif key == "date" and "year" not in document and "edition" not in document:
            shown = note(document["date_note"]) if "date_note" in document else UNKNOWN["pl"]
            yield row(Cell(name, header=True), shown)
    if others := document.get("acronym_alt"):
        yield row(Cell("Inne skróty", header=True), ", ".join(others))
    if document.get("cluster_document"):
        yield row(Cell("Dotyczy klastrów", header=True), "tak")
    if text := document.get("note"):
        yield row(Cell("Uwagi", header=True), note(text))
    yield row(Cell("Źródła", header=True), cite(document["src"]))


def _headings(objectives: Sequence[Mapping[str, Any]], *, draft: bool) -> Iterator[Markup]:
    for objective in objectives:
        kind = LEVELS[objective["level"]]
        depth = 3 + objective["code"].count(".") if not draft else 4
        words = f"{kind} {objective['code']}. {objective['title_pl']}"
        yield tag(f"h{min(depth, 5)}", words)
        text = ["Pozycja z projektu strategii."] if draft else []
        if level := objective.get("territorial_level"):
            text.append(f"Poziom terytorialny: {level}.")
        if remark := objective.get("note"):
            text.append(f"Uwaga: {note(remark)}.")
        yield tag("p", " ".join([*text, f"Źródła: {cite(objective['src'])}"]))


def _tree(objectives: Sequence[Mapping[str, Any]]) -> Markup:
    lines = [
        row(o["code"], LEVELS[o["level"]], o["title_pl"], o.get("parent", ""), cite(o["src"]))
        for o in objectives
    ]
    return table("objectives", lines, head=("Kod", "Rodzaj", "Nazwa", "Element nadrzędny", "Źródła"))


def _objectives(document: Mapping[str, Any]) -> Iterator[Markup]:
    main = document.get("main_objective_pl")
    objectives = document.get("objectives", ())
    if main:
        yield tag("h3", f"Cel główny: {main}")
        yield tag("p", f"Źródła: {cite(document.get('main_objective_src') or document['src'])}")
    if objectives:
        yield from _headings(objectives, draft=False)
        yield tag("h3", "Zestawienie celów")
        yield _tree(objectives)
    elif not document.get("areas"):
        yield tag("p", f"Nazwy celów: {UNKNOWN['pl']}.")
    if text := document.get("objectives_note"):
        yield tag("p", f"Uwaga: {note(text)}.")


def _draft(document: Mapping[str, Any]) -> Iterator[Markup]:
    draft = document["draft_objectives"]
    yield tag("h2", "Cele i kierunki z projektu strategii")
    yield tag(
        "p",
        f"Poniższe pozycje pochodzą z projektu strategii ({note(draft['note'])}). {cite(draft['src'])}",
        class_="draft",
    )
    yield from _headings(draft["items"], draft=True)


def _strategy(facts: Facts, document: Mapping[str, Any]) -> Digest:
    name = document["id"]
    sheet = Sheet(document["title_pl"], "pl")
    sheet.page(
        tag("h1", document["title_pl"]),
        notice("pl"),
        table("identity", _front(document)),
    )
    number = 1
    if body := [*_objectives(document)] if document["kind"] not in WITHOUT_OBJECTIVES else []:
        sheet.page(tag("h2", f"{number}. Cele"), *body)
        number += 1
    if "draft_objectives" in document:
        sheet.page(*_draft(document))
    if coherence := [*chapter(facts, document, number)]:
        sheet.page(*coherence)
        number += 1
    for section in sections(facts, document, number):
        sheet.page(*section)
    cited = sources_page(sheet, sources_of(facts.national))
    date = str(document.get("date", ""))
    return Digest(
        id=name,
        file=f"national/{name}.html",
        html=sheet.html(),
        family="strategy",
        language="pl",
        title_pl=document["title_pl"],
        title_en=document.get("title_en", ""),
        date=date if ISO_DATE.fullmatch(date) else "",
        publisher=document.get("adopting_body") or document.get("publisher", ""),
        instrument=name,
        sources=cited,
    )


def strategies(facts: Facts) -> Iterator[Digest]:
    """One digest a document of ``national-strategies.yaml``."""
    for document in facts.national["documents"]:
        yield _strategy(facts, document)
