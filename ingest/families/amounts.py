"""Amounts as documents print them: ``171 619 822 EUR``, ``1,234,567.89``, ``1 234 567,89 zł``, ``85 %``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

__all__ = ["Amount", "amounts", "number"]

_SPACE: Final = "\u00a0\u202f\u2009 "
_DIGITS: Final = (
    rf"\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)?"
)
_SCALES: Final = {
    "mln": 10**6,
    "million": 10**6,
    "mld": 10**9,
    "billion": 10**9,
    "tys": 10**3,
    "tys.": 10**3,
}
_CURRENCIES: Final = {"eur": "EUR", "euro": "EUR", "€": "EUR", "pln": "PLN", "zł": "PLN", "zl": "PLN"}
_AMOUNT: Final = re.compile(
    rf"(?P<about>(?:ok\.|około|prawie|blisko|ca\.|about|around|approx\.)\s*)?"
    rf"(?:(?P<before>EUR|PLN|€)\s?)?(?P<number>{_DIGITS})"
    rf"(?:[{_SPACE}]?(?P<scale>mln|mld|tys\.?|million|billion)\b)?"
    rf"(?:[{_SPACE}]?(?P<after>EUR|euro|€|PLN|zł|zl)(?!\w))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money and where it stands in the text that was given.

    Args:
        value: in units of the currency.
        currency: ISO 4217 code, or "" where the text names none beside the amount.
        about: the text says that it is rounded.
        start, end: offsets.
    """

    value: Decimal
    currency: str
    about: bool
    start: int
    end: int


def number(text: str) -> Decimal | None:
    """The number that a cell holds, units and currency left aside, or None if it holds none or several.

    >>> [str(number(t)) for t in ("171 619 822", "930,000.00", "1234567,89 zł", "1.234.567", "85 %", "brak")]
    ['171619822', '930000.00', '1234567.89', '1234567', '85', 'None']
    """
    found = re.findall(rf"-?(?:{_DIGITS})", text)
    if len(found) != 1 or re.search(r"\d", text.replace(found[0], "", 1)):
        return None
    return _decimal(found[0])


def _decimal(printed: str) -> Decimal:
    text = re.sub(rf"[{_SPACE}]", "", printed)
    points, commas = text.count("."), text.count(",")
    if points and commas:
        thousands = "," if text.rfind(".") > text.rfind(",") else "."
        text = text.replace(thousands, "").replace(",", ".")
    elif commas > 1 or (commas == 1 and re.search(r",\d{3}$", text) and not text.startswith("0")):
        text = text.replace(",", "")
    elif commas:
        text = text.replace(",", ".")
    elif points > 1:
        text = text.replace(".", "")
    return Decimal(text)


def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of money in a text: numbers with a currency, or alone if they have four digits or more.

    Years (1900 to 2099) without a currency are not amounts.

    >>> [(str(a.value), a.currency, a.about) for a in amounts("ok. 430 mln euro (2015)")]
    [('430000000', 'EUR', True)]
    """
    found = []
    for match in _AMOUNT.finditer(text):
        symbol = (match["before"] or match["after"] or "").lower()
        value = _decimal(match["number"])
        if match["scale"]:
            value *= _SCALES[match["scale"].lower()]
        elif not symbol and (value < 10_000 or value != value.to_integral_value()):
            continue
        if text[match.end() : match.end() + 1] == "%":
            continue
        currency = _CURRENCIES.get(symbol, "")
        found.append(Amount(value, currency, bool(match["about"]), match.start(), match.end()))
    return tuple(found)
