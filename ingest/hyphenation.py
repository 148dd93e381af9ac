"""Was a word broken at a line end only to fit, or does it carry a hyphen of its own?

The document itself is asked first: if it prints the compound unbroken elsewhere, that settles it. Then
the rules of Polish and English spelling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .document import Language

__all__ = ["Lexicon"]

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_HYPHEN: Final = re.compile("[-\u2010\u2011]")
_STEM: Final = 5

# Polish compound adjectives of equal parts keep the hyphen: "społeczno-gospodarczy", "łódzko-warszawski".
_POLISH_FIRST: Final = re.compile(r"\w*(?:sko|cko|dzko|czno|yjno|ijno|alno|ilno|[^\W\d_]{3}owo)")
_POLISH_FIRST_WORDS: Final = frozenset(
    {
        "prawno",
        "rolno",
        "wodno",
        "leśno",
        "górno",
        "dolno",
        "północno",
        "wschodnio",
        "biało",
        "czarno",
        "czeladno",
    }
)
_POLISH_ONE_WORD: Final = frozenset(
    {"nisko", "blisko", "wąsko", "płasko", "szybko", "wszystko", "ręczno", "roczno", "wieczno", "nowo"}
)
_ADJECTIVE: Final = re.compile(r"[^\W\d_]{3,}(?:y|i|a|e|ą|ego|ej|emu|ym|im|ych|ich|ymi|imi)")
# "środowisko-wych", "pracowniczno-ści": the rest of one word, not a second adjective.
_ENDING: Final = re.compile(r"w(?:y|a|e|ą|ego|ej|emu|ym|ych|ymi|i)|ś(?:ci|ć|cią|ciach|ciom|ciami)")

# English: first and second parts that are regularly hyphenated.
_ENGLISH_FIRST: Final = frozenset(
    {
        "cross",
        "long",
        "medium",
        "short",
        "high",
        "low",
        "small",
        "large",
        "well",
        "self",
        "non",
        "socio",
        "macro",
    }
    | {
        "decision",
        "policy",
        "knowledge",
        "evidence",
        "result",
        "resource",
        "energy",
        "follow",
        "mid",
        "ex",
        "agri",
    }
    | {
        "smart",
        "fund",
        "market",
        "climate",
        "labour",
        "job",
        "full",
        "part",
        "year",
        "state",
        "up",
        "end",
        "all",
    }
)
_ENGLISH_ONE_WORD: Final = frozenset(
    {"none", "nonetheless", "longer", "highly", "lower", "selfish", "wellness"}
)
_ENGLISH_SECOND: Final = (
    "based", "related", "oriented", "sized", "border", "making", "driven", "efficient", "carbon", "friendly",
    "financ", "specific", "term", "wide", "scale", "intensive", "growing", "level", "funded", "leav",
)  # fmt: skip
_CO: Final = ("financ", "fund", "benefic", "legisl", "invest", "exist", "decision", "creat", "author")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a document: those printed whole, and the compounds printed with their hyphen."""

    words: frozenset[str]
    compounds: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, text: str) -> Lexicon:
        """Collect the words of a text; a word broken at a line end counts as two."""
        words: set[str] = set()
        compounds: set[tuple[str, str]] = set()
        for word in set(_WORD.findall(text)):
            parts = _HYPHEN.split(word.lower())
            words.update(parts)
            if len(parts) > 1:
                compounds.update((left, right[:_STEM]) for left, right in pairwise(parts))
        return cls(frozenset(words), frozenset(compounds))

    def keeps_hyphen(self, left: str, right: str, language: Language | None) -> bool:
        """Whether ``left-`` at a line end and ``right`` on the next line are a hyphenated compound.

        Args:
            left, right: the letters before and after the break.
            language: of the text; None applies the rules of both.

        >>> lexicon = Lexicon.of("")
        >>> lexicon.keeps_hyphen("Ce", "lem", "pl"), lexicon.keeps_hyphen("społeczno", "gospodarczy", "pl")
        (False, True)
        """
        if len(left) == 1 and not left.isupper():
            return True  # "e-administracja": no typesetter leaves one letter behind
        if right[0].isupper() and not (left.isupper() and right.isupper()):
            return True  # "Kujawsko-Pomorskie"
        left, right = left.lower(), right.lower()
        compound = (left, right[:_STEM]) in self.compounds
        if compound != (left + right in self.words):
            return compound
        polish = language != "en" and _polish(left, right)
        english = language != "pl" and _english(left, right)
        return polish or english


def _polish(left: str, right: str) -> bool:
    if left in _POLISH_ONE_WORD or _ENDING.fullmatch(right) or not _ADJECTIVE.fullmatch(right):
        return False
    return left in _POLISH_FIRST_WORDS or (len(left) >= 5 and bool(_POLISH_FIRST.fullmatch(left)))


def _english(left: str, right: str) -> bool:
    if left + right in _ENGLISH_ONE_WORD or len(right) < 3:
        return False
    if left == "co":
        return right.startswith(_CO)
    if right.startswith(_ENGLISH_SECOND) and len(left) >= 3:
        return True
    return left in _ENGLISH_FIRST and len(right) >= 4
