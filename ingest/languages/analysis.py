"""The spaCy pipelines: blank Polish with Morfeusz 2 lemmas, blank English with a light lemma rule.

No model is downloaded: tokens come from one regular expression, lemmas from a dictionary analyser, sentence
boundaries from a list of abbreviations. A word form keeps *all* its lemmas (``token._.lemmas``), because
Morfeusz does not choose between readings, and nurt matches names where the sets meet.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from ..document import Language
from . import knowledge

if TYPE_CHECKING:
    from spacy.vocab import Vocab

__all__ = ["Pipeline", "lemmas", "pipeline", "word_lemmas"]

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{1,2}\b)?|\d+[^\W\d_]{0,4}(?!\w)|\d+|_+|[^\w\s]|\s+")
_CLOSING: Final = frozenset("”\"'’»)]")
_OPENING: Final = frozenset("„“\"'‘«([•–—-")
_BULLETS: Final = frozenset("•▪‣◦·●■")
_ENDS: Final = frozenset(".!?…")


class _Tokenizer:
    """Words, numbers and single signs; runs of white space other than one space are tokens of their own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            piece = match.group()
            if piece == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def _polish(form: str) -> frozenset[str]:
    analyses = _morfeusz().analyse(form)
    found = {analysis[2][1].split(":")[0].lower() for analysis in analyses}
    # Morfeusz splits a few forms (byłby = był + by); such pieces are not lemmas of the word.
    if len({analysis[:2] for analysis in analyses}) > 1:
        found = set()
    word = form.lower()
    if all(analysis[2][2] == "ign" for analysis in analyses) and len(word) >= 7 and not form.isupper():
        # Unknown to the dictionary, as new adjectives are (*klastrowy*): forms meet in their stem.
        stem = _POLISH_ENDING.sub("", word)
        found.add(f"{stem}~")
    return frozenset(found | {word})


_POLISH_ENDING: Final = re.compile(
    r"(?<=\w{5})(?:ego|emu|ych|ymi|ami|ach|iej|ym|om|ów|ej|ie|em|[aąeęioóuy])$"
)


@lru_cache(maxsize=1)
def _morfeusz() -> Any:
    import morfeusz2

    return morfeusz2.Morfeusz(generate=False)


def _english(form: str) -> frozenset[str]:
    word = form.lower().replace("’", "'").removesuffix("'s")
    found = {word}
    found.update(knowledge("en").irregular.get(word, ()))
    if len(word) > 3:
        for ending, replacements in _ENGLISH_ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                found.update(word.removesuffix(ending) + new for new in replacements)
                break
        if len(word) > 5 and word[-3:] in {"ing"} and word[-4] == word[-5]:
            found.add(word[:-4])
    return frozenset(found)


_ENGLISH_ENDINGS: Final = (
    ("sses", ("ss",)),
    ("ies", ("y", "ie")),
    ("ses", ("s", "se")),
    ("xes", ("x", "xe")),
    ("ches", ("ch", "che")),
    ("shes", ("sh",)),
    ("ss", ("ss",)),
    ("us", ("us",)),
    ("s", ("",)),
    ("ied", ("y", "ie")),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
)


@lru_cache(maxsize=1 << 18)
def word_lemmas(form: str, language: Language) -> frozenset[str]:
    """All lemmas of a word form, lower case, with the form itself; each form is analysed once.

    >>> "strategia" in word_lemmas("Strategii", "pl"), "policy" in word_lemmas("policies", "en")
    (True, True)
    """
    if not form[0].isalpha():
        return frozenset((form.lower(),))
    return _polish(form) if language == "pl" else _english(form)


def lemmas(doc: Doc) -> list[frozenset[str]]:
    """The lemma sets of a document that went through ``pipeline``, one a token."""
    found: list[frozenset[str]] = doc.user_data["lemmas"]
    return found


def _token_lemmas(token: Token) -> frozenset[str]:
    return lemmas(token.doc)[token.i]


@Pipeline.factory("nurt_lemmas", default_config={"language": "pl"})
def _lemma_component(nlp: Pipeline, name: str, language: Language) -> Any:  # noqa: ARG001 - spaCy passes both
    def component(doc: Doc) -> Doc:
        doc.user_data["lemmas"] = [word_lemmas(token.text, language) for token in doc]
        return doc

    return component


@Pipeline.factory("nurt_sentences", default_config={"language": "pl"})
def _sentence_component(nlp: Pipeline, name: str, language: Language) -> Any:  # noqa: ARG001 - spaCy passes both
    known = knowledge(language)

    def component(doc: Doc) -> Doc:
        words = [token.text for token in doc]
        starts = _sentence_starts(words, [token.idx for token in doc], known.abbreviations)
        for position, token in enumerate(doc):
            token.is_sent_start = position in starts
        return doc

    return component


def _sentence_starts(words: list[str], offsets: list[int], abbreviations: frozenset[str]) -> set[int]:
    starts = {0}
    depth = 0
    for position, word in enumerate(words):
        if word == "[":
            depth += 1
        elif word == "]":
            depth = max(0, depth - 1)
        elif word.isspace():
            following = words[position + 1 : position + 2]
            if word.count("\n") > 1 or ("\n" in word and following and following[0] in _BULLETS):
                starts.add(position + 1)
                depth = 0
        elif word in _ENDS and not depth:
            end = position + 1
            while (
                end < len(words) and words[end] in _CLOSING | _ENDS and offsets[end] == offsets[end - 1] + 1
            ):
                end += 1
            if end >= len(words) or offsets[end] == offsets[end - 1] + len(words[end - 1]):
                if end >= len(words) or not words[end].isspace():
                    continue
                end += 1
            lower_initial = word == "." and len(words[position - 1]) == 1 and words[position - 1].islower()
            if lower_initial and end < len(words) and words[end] == "(":
                continue
            if _begins(words, end) and not (
                word == "." and _abbreviated(words, offsets, position, abbreviations)
            ):
                starts.add(end)
    return starts


def _begins(words: list[str], position: int) -> bool:
    """Whether the word at the position may begin a sentence."""
    while position < len(words) and (words[position] in _OPENING or words[position].isspace()):
        position += 1
    return position < len(words) and (words[position][0].isupper() or words[position][0].isdigit())


def _abbreviated(words: list[str], offsets: list[int], dot: int, abbreviations: frozenset[str]) -> bool:
    """Whether the full stop ends an abbreviation, an initial or an ordinal rather than a sentence."""
    if dot == 0 or offsets[dot] != offsets[dot - 1] + len(words[dot - 1]):
        return False
    before = words[dot - 1]
    if len(before) == 1 and before.isalpha() and before.isupper():
        return True
    pieces = [before]
    back = dot - 1
    while back >= 2 and words[back - 1] == "." and offsets[back - 1] == offsets[back] - 1:
        pieces.insert(0, words[back - 2])
        back -= 2
    joined = ".".join(pieces).lower()
    if joined in abbreviations:
        return True
    # "1. Wstęp", "art. 9. Cele": a number alone at the start of its line is a marker, not a sentence.
    return before.isdigit() and (dot == 1 or words[dot - 2].isspace())


@lru_cache(maxsize=4)
def pipeline(language: Language) -> Pipeline:
    """The pipeline of a language: tokens, all lemmas of each, sentence boundaries."""
    if not Token.has_extension("lemmas"):
        Token.set_extension("lemmas", getter=_token_lemmas)
    nlp = spacy.blank(language)
    nlp.tokenizer = _Tokenizer(nlp.vocab)
    nlp.add_pipe("nurt_lemmas", config={"language": language})
    nlp.add_pipe("nurt_sentences", config={"language": language})
    return nlp
