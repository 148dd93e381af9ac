"""Is a text Polish or English? Told from its commonest words and its letters; neither is a fair answer."""

from __future__ import annotations

import re
from typing import Final

from ..document import Language

__all__ = ["detect"]

_POLISH_LETTERS: Final = re.compile("[ąćęłńśźżĄĆĘŁŃŚŹŻ]")
_WORDS: Final = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_POLISH: Final = _words(
    "i w z na do oraz się nie jest są dla przez od ze po lub że o jak za ich co być zostały został "
    "która który które których którym tego tym ten ta te przy jako także również ramach pod tych "
    "jego jej może u r dotyczy poprzez nr ust art pkt"
)
_ENGLISH: Final = _words(
    "the of and to in is are for with by on that as be this shall from which at or an have has not "
    "it their should will its these been more can other such under through between where also"
)
_FOREIGN: Final = _words(
    "der die das und den von zu ist mit für des auf dem nicht ein eine le la les des et du que est "
    "pour dans une par sur aux au el los las del y en por con para una il di che della dei per nel "
    "gli het een van voor met a v na se je pro že jsou podle sa ktoré"
)
_FEW: Final = 3


def detect(text: str) -> Language | None:
    """Return "pl", "en", or None where the text is too short, mixed or in another language.

    >>> detect("Celem działania jest wsparcie rozwoju klastrów w regionie oraz ich umiędzynarodowienie.")
    'pl'
    >>> detect("The measure supports the development of clusters and their internationalisation.")
    'en'
    >>> detect("Der Ausschuss der Regionen und die Kommission") is None
    True
    """
    words = _WORDS.findall(text.lower())
    if not words:
        return None
    polish = english = foreign = 0
    for word in words:
        if word in _POLISH:
            polish += 1
        elif word in _ENGLISH:
            english += 1
        if word in _FOREIGN:
            foreign += 1
    letters = len(_POLISH_LETTERS.findall(text))
    polish_score = 2 * polish + letters
    english_score = 2 * english
    if letters * 100 < len(text) and foreign > max(polish, english):
        return None
    if max(polish_score, english_score) < 2 * _FEW:
        return None
    if polish_score > 1.5 * english_score:
        return "pl"
    if english_score > 1.5 * polish_score:
        return "en"
    return None
