"""The spaCy pipelines: blank Polish with all lemmas that Morfeusz 2 gives, blank English with its endings.

No model is downloaded. A document has the words of ``analysis.tokens``, so what was found by word number in
one is there in the other; ``token._.lemmas`` holds every lemma of a word, ``doc.sents`` the sentences. What
else an installed spaCy model knows (tags, dependencies) can be added behind with ``add_pipe``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from ..document import Language
from . import knowledge
from .analysis import sentence_starts, tokens, word_lemmas, word_offsets

__all__ = ["Pipeline", "pipeline"]


class _Tokenizer:
    """The words of ``analysis.tokens``; a single space after a word belongs to it, as spaCy has it."""

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = tokens(text)
        offsets = [*word_offsets(text, words), len(text)]
        spaces = [offsets[at + 1] > offsets[at] + len(word) for at, word in enumerate(words)]
        return Doc(
            self.vocab, words=words, spaces=spaces, user_data={"offsets": offsets[:-1], "words": words}
        )


def _lemmas(token: Token) -> frozenset[str]:
    return word_lemmas(token.text, token.doc.user_data["language"])


@Pipeline.factory("nurt_lemmas", default_config={"language": "pl"})
def _lemma_component(nlp: Pipeline, name: str, language: Language) -> Any:  # noqa: ARG001 - spaCy passes both
    def component(doc: Doc) -> Doc:
        # Looked up when asked for: most tokens never are, and each form is analysed once a process.
        doc.user_data["language"] = language
        return doc

    return component


@Pipeline.factory("nurt_sentences", default_config={"language": "pl"})
def _sentence_component(nlp: Pipeline, name: str, language: Language) -> Any:  # noqa: ARG001 - spaCy passes both
    abbreviations = knowledge(language).abbreviations

    def component(doc: Doc) -> Doc:
        starts = sentence_starts(doc.user_data["words"], doc.user_data["offsets"], abbreviations)
        for position, token in enumerate(doc):
            token.is_sent_start = position in starts
        return doc

    return component


@lru_cache(maxsize=2)
def pipeline(language: Language) -> Pipeline:
    """The pipeline of a language: words, all lemmas of each, sentence boundaries.

    >>> [sentence.text for sentence in pipeline("pl")("Zob. art. 9. Cele są trzy.").sents]
    ['Zob. art. 9.', 'Cele są trzy.']
    """
    if not Token.has_extension("lemmas"):
        Token.set_extension("lemmas", getter=_lemmas)
    nlp = spacy.blank(language)
    nlp.tokenizer = _Tokenizer(nlp.vocab)
    nlp.add_pipe("nurt_lemmas", config={"language": language})
    nlp.add_pipe("nurt_sentences", config={"language": language})
    return nlp
