"""Columns of project lists by the meaning of their headings.

Regulation (EU) No 1303/2013, Annex XII, point 1, says what such a list must hold; how the columns are called
differs by programme and year: the meaning decides, and a heading that means nothing here is reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["COLUMNS", "MONEY", "NEEDED"]

_UNION: Final = r"(?:ue|unii(?: europejskiej)?|unijn\w+|srodk\w+ ue|efrr|efs|fs|ewt|europejsk\w+)"
_PROJECT: Final = r"(?:projektu|operacji|zadania|przedsiewziecia)"
_AMOUNT: Final = r"(?:(?:wartosc|kwota|wysokosc) )?(?:przyznanego |przyznane )?"
_WORDED: Final[Mapping[str, tuple[str, ...]]] = {
    # What is kept as text and only looks like one of the columns below stands first.
    "kept": (
        r"(?:(?:krotki|skrocony|zwiezly) )?(?:opis|streszczenie)\b.*",
        r"(?:short )?(?:description|summary)\b.*",
        r"(?:operation|project) (?:summary|description|goal|type).*",
        r"(?:krs|siedziba|e ?mail|telefon|strona www)\b.*|.*\b(?:nip|regon|adres)\b.*",
        r"(?:poziom|stopa|procent|udzial)\b.*|.*\brate\b.*",
        r"(?:typ|rodzaj|forma|charakter|status|tryb)\b.*|(?:type|form|status)\b.*",
        r"wklad (?:wlasny|krajow\w+).*|srodki wlasne.*|own contribution.*|national .*",
        r"krajow\w+ .*|budzet panstwa.*|dofinansowanie (?:krajowe|z bp).*",
        r"(?:wydatki|koszty) niekwalifik\w+.*",
        r"(?:liczba|ilosc)\b.*|number of .*|wskaznik\w*\b.*|indicator.*",
        r"(?:uwagi|komentarz)\b.*|comments?|punkty\b.*",
        r"(?:data|termin|okres) (?:rozpoczecia|zakonczenia|realizacji|od|do|utworzenia|zlozenia|wplywu)\b.*",
        r"(?:project |operation )?(?:start|end)(?:ing)? date.*|date of (?:start|end|completion).*",
        r"rok .*|year\b.*|fundusz\w* .+|lp|l p|nr|no|poz|id",
        r"(?:zakres|dziedzina|obszar wsparcia|cel|temat|sektor|branza|kategoria|kod)\b.*",
        r"(?:area of|intervention|category|union|code|sector|form|territory|location type)\b.*",
        r"projekt (?:konkursowy|realizowany|zakonczony|partnerski|kluczowy)\b.*|esf secondary theme",
        r"ostatni wniosek.*|partner\w*\b.*|instytucja\b.*|institution.*",
        r"kod pocztowy.*|post ?(?:al )?code.*|miejscowosc.*|ulica.*|powiat.*|gmina.*|kraj|country",
        r"typ obszaru.*|terytorialn\w+ .*",
    ),
    "title": (
        rf"tytul(?: .*)?|nazwa(?: (?:realizowanego )?{_PROJECT}(?: .*)?)?|projekt",
        r"(?:project|operation)(?: (?:title|name)(?: .*)?)?",
        r"(?:title|name) of (?:the )?(?:project|operation).*|title",
    ),
    "number": (
        rf"(?:numer|nr|sygnatura|znak) (?:ewidencyjny )?(?:umow\w+|{_PROJECT}|wniosku|decyzji).*",
        r"umowa(?: nr)?|(?:contract|agreement|decision|project) (?:number|no).*",
    ),
    "beneficiary": (
        r"(?:pelna )?(?:nazwa |nazwisko )?(?:beneficjent\w*|wnioskodawc\w+|projektodawc\w+)(?: .*)?",
        r"podmiot realizujacy.*|beneficiary(?: .*)?|name of (?:the )?beneficiary.*|applicant.*",
    ),
    "programme": (
        r"(?:nazwa |skrot )?program\w*(?: .*)?",
        r"operational programme.*",
    ),
    "fund": (r"fundusz\w*|fund(?: name)?",),
    "sub_measure": (r"(?:numer |nr |nazwa |kod )?poddzialani\w+.*|sub ?measure.*",),
    "measure": (r"(?:numer |nr |nazwa |kod )?dzialani\w+.*|measure.*",),
    "axis": (
        r"(?:numer |nr |nazwa |kod )?os\w?(?: (?:priorytet\w*|kod|nazwa))*(?: priority(?: axis)?.*)?",
        r"priority(?: axis.*)?|(?:numer |nr |nazwa |kod )?priorytet\w*(?: (?:kod|priority|nazwa))?",
    ),
    "eu": (
        rf"{_AMOUNT}dofinansowani\w+ (?:ze? (?:srodkow )?)?{_UNION}.*",
        rf"(?:wartosc|kwota) {_UNION} dofinansowania.*",
        rf"(?:wklad|wsparcie|srodki|kwota) (?:z )?{_UNION}.*",
        r"wspolfinansowanie (?:ue|unii|unijne|z ue|ze srodkow ue|wspolnotowe)\b.*",
        r"(?:.* )?w tym (?:wklad )?(?:ue|z ue|unii|efrr|efs)\b.*",
        r"(?:amount of )?(?:eu|union|erdf|esf|community) "
        r"(?:co ?financing|contribution|support|grant|funding|amount).*",
    ),
    "grant": (
        rf"{_AMOUNT}(?:dofinansowani\w+|dotacj\w+)"
        r"(?: (?:ogolem|projektu|razem|przyznane|pln|zl|w pln|w zl|eur|grant).*)?",
        r"(?:public )?(?:grant|support)(?: amount)?(?: .*)?",
    ),
    "eligible": (
        r"(?:calkowite )?(?:wydatki|koszty|koszt) kwalifik\w+.*",
        r"wartosc (?:wydatkow|kosztow) kwalifik\w+.*|(?:total )?eligible.*",
    ),
    "total": (
        r"(?:calkowit\w+ |laczn\w+ )?(?:wartosc|koszt|budzet|naklady)"
        rf"(?: (?:ogolem|{_PROJECT}|calkowit\w+|laczn\w+|brutto|umowy|inwestycji))*"
        r"(?: (?:w )?(?:zl|pln|eur|euro))?(?: total .*)?",
        r"total (?:project |operation )?(?:value|cost|budget|expenditure).*|project value.*",
        r"(?:finansowanie|wartosc|koszty|naklady)?(?: .*)? ?(?:ogolem|razem)",
    ),
    "place": (
        rf"wojewodztw\w*.*|region|(?:miejsce|obszar|lokalizacja)(?: realizacji)?(?: {_PROJECT})?(?: .*)?",
        r"(?:project |operation )?location.*|voivodeship.*|place of .*",
    ),
    "signed": (
        r"data (?:podpisania|zawarcia|umowy|wydania decyzji).*",
        r"date of (?:the )?(?:contract|signature|agreement).*|(?:contract|signature) date.*",
    ),
    "other": (r"data .*|.* date",),
}
COLUMNS: Final = {name: re.compile("|".join(parts)) for name, parts in _WORDED.items()}
"""Names of columns and what their folded headings match; "kept" and "other" stay in the text only."""
NEEDED: Final = frozenset({"title", "beneficiary"})
"""What a table must have to be a list of projects."""
MONEY: Final = ("eu", "grant")
"""Columns whose amount counts, the first that is filled."""
