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
    """The words of ``analysis.tokens`` and the sentences that they make.

    A single space after a word belongs to it, as spaCy has it. Sentences are set here and not by a component,
    because setting them token by token takes longer than all the rest.
    """

    def __init__(self, vocab: Any, language: Language) -> None:
        self.vocab = vocab
        self.language = language
        self.abbreviations = knowledge(language).abbreviations

    def __call__(self, text: str) -> Doc:
        words = tokens(text)
        offsets = word_offsets(text, words)
        starts = sentence_starts(words, offsets, self.abbreviations)
        ends = [*offsets[1:], len(text)]
        return Doc(
            self.vocab,
            words=words,
            spaces=[end > at + len(word) for word, at, end in zip(words, offsets, ends, strict=False)],
            sent_starts=[position in starts for position in range(len(words))],
            user_data={"language": self.language},
        )


def _lemmas(token: Token) -> frozenset[str]:
    return word_lemmas(token.text, token.doc.user_data["language"])


@lru_cache(maxsize=2)
def pipeline(language: Language) -> Pipeline:
    """The pipeline of a language: words, all lemmas of each, sentence boundaries.

    >>> [sentence.text for sentence in pipeline("pl")("Zob. art. 9. Cele są trzy.").sents]
    ['Zob. art. 9.', 'Cele są trzy.']
    """
    if not Token.has_extension("lemmas"):
        Token.set_extension("lemmas", getter=_lemmas)
    nlp = spacy.blank(language)
    nlp.tokenizer = _Tokenizer(nlp.vocab, language)
    return nlp
