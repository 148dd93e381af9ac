"""The years that an instrument is made for, as its own names and codes give them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["period"]

_RANGE: Final = re.compile(r"\b((?:19|20)\d\d)\s*[-\u2013\u2014]\s*((?:19|20)\d\d)\b")
_HORIZON: Final = re.compile(r"\b(20[2-9]\d)\b")
_FRAMEWORKS: Final = {"2000": "2006", "2007": "2013", "2014": "2020", "2021": "2027"}
"""First and last years of the Union's multiannual financial frameworks, whose first year opens every CCI."""


def period(names: Iterable[str], cci: Iterable[str] = ()) -> str:
    """Years as ``first-last``, ``-last`` where only the horizon is given, or "" where nothing says.

    Years from one to another in a name come before the code of the programme (CCI), and that before a single
    year in a name, from 2020 on (an earlier one dates the document rather than what it plans).

    >>> period(["Program Operacyjny Polska Cyfrowa na lata 2014\u20132020"])
    '2014-2020'
    >>> period(["POIR"], ["2014PL16RFOP001"])
    '2014-2020'
    >>> period(["Strategia Rozwoju Kraju 2020"])
    '-2020'
    >>> period(["Krajowy Program Reform"])
    ''
    """
    known = tuple(names)
    for name in known:
        if match := _RANGE.search(name):
            return f"{match[1]}-{match[2]}"
    for code in cci:
        if last := _FRAMEWORKS.get(code[:4]):
            return f"{code[:4]}-{last}"
    for name in known:
        if match := _HORIZON.search(name):
            return f"-{match[1]}"
    return ""
