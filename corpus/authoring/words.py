"""The fixed words of the digests: names of funds and categories, the notice on the title page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup

from .facts import Source
from .html import Cell, Sheet, join, row, table, tag

__all__ = [
    "CATEGORIES",
    "FUNDS_EN",
    "FUNDS_PL",
    "NOTICE_EN",
    "NOTICE_PL",
    "UNKNOWN",
    "cite",
    "fund_pl",
    "notice",
    "sources_page",
]

NOTICE_PL: Final = (
    "Skrót opracowany dla nurt na podstawie źródeł wymienionych na końcu. To nie jest tekst urzędowy. "
    "Nazwy, kody, daty, kwoty i typy beneficjentów podano za źródłami, resztę własnymi słowami. "
    "Czego w źródłach nie znaleziono, jest oznaczone jako nieznane albo pominięte."
)
NOTICE_EN: Final = (
    "This is a digest written for nurt from the sources listed at its end. It is not the official text. "
    "Names, codes, dates, amounts and labels are those of the sources, everything else is in our own words. "
    "What was not found in the sources is marked as unknown or left out."
)
_CITED: Final = re.compile(r"\[([ESFT]\d{1,3}[a-z]?)\]")
UNKNOWN: Final = {"pl": "nieznane", "en": "unknown"}

FUNDS_PL: Final = {
    "ERDF": ("EFRR", "Europejski Fundusz Rozwoju Regionalnego"),
    "ESF": ("EFS", "Europejski Fundusz Społeczny"),
    "CF": ("FS", "Fundusz Spójności"),
    "YEI": ("YEI", "Inicjatywa na rzecz zatrudnienia ludzi młodych"),
    "EAFRD": ("EFRROW", "Europejski Fundusz Rolny na rzecz Rozwoju Obszarów Wiejskich"),
    "EMFF": ("EFMR", "Europejski Fundusz Morski i Rybacki"),
}
FUNDS_EN: Final = {
    "ERDF": "European Regional Development Fund",
    "ESF": "European Social Fund",
    "CF": "Cohesion Fund",
    "YEI": "Youth Employment Initiative",
}
CATEGORIES: Final = {
    "Less developed": "Słabiej rozwinięte",
    "More developed": "Lepiej rozwinięte",
    "VOID": "Nie dotyczy",
    "less_developed": "Słabiej rozwinięte",
    "more_developed": "Lepiej rozwinięte",
    "not_categorised": "Bez kategorii",
}


def fund_pl(code: str) -> str:
    """``ERDF`` as Polish documents print it; ``ESF+YEI`` names both."""
    return " + ".join(f"{FUNDS_PL[part][1]} ({FUNDS_PL[part][0]})" for part in code.split("+"))


def cite(keys: Iterable[str]) -> str:
    """``[S2] [S14]``, each key once."""
    return " ".join(f"[{key}]" for key in dict.fromkeys(keys))


def notice(lang: str) -> Markup:
    """The paragraph of the title page that says what the document is not."""
    return tag("p", NOTICE_PL if lang == "pl" else NOTICE_EN, class_="digest")


def sources_page(sheet: Sheet, sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """The last page or pages: key, title and address of every source that the pages so far cite.

    Returns these sources. Raises KeyError where a page cites what is not among ``sources``.
    """
    polish = sheet.lang == "pl"
    cited = set(_CITED.findall(join(sheet.pages)))
    if strange := sorted(cited - set(sources)):
        raise KeyError(f"{sheet.title}: no such source: {', '.join(strange)}")
    known = [source for key, source in sources.items() if key in cited]
    for first in range(0, len(known), 25):
        lines = []
        for source in known[first : first + 25]:
            shown: object = source.shown
            if source.url:
                rest = source.shown.removeprefix(source.url)
                shown = join((tag("a", source.url, href=source.url), rest))
            elif source.shown:
                shown = f"{shown} ({'adres skrócony' if polish else 'address shortened'})"
            else:
                shown = "bez adresu" if polish else "no address"
            lines.append(row(f"[{source.key}]", source.title, Cell(shown, kind="address")))
        head = ("Źródło", "Tytuł", "Adres") if polish else ("Source", "Title", "Address")
        sheet.page(
            tag("h2", "Źródła" if polish else "Sources"),
            table("sources", lines, head=head),
        )
    return tuple(known)
