"""The spaCy documents have the words, lemmas and sentences that the plain lists have."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nurt.ingest.languages.analysis import Analysis, word_lemmas
from nurt.ingest.languages.pipeline import pipeline

TEXTS = st.text(alphabet="Aa.b łŁ1 \n„”,()-–:;!?", max_size=60)


def test_a_document_has_all_lemmas_of_its_words_and_its_sentences() -> None:
    doc = pipeline("pl")("Zob. art. 9 Strategii. Cele są trzy.")
    assert [sentence.text for sentence in doc.sents] == ["Zob. art. 9 Strategii.", "Cele są trzy."]
    assert "strategia" in doc[5]._.lemmas
    assert all(token._.lemmas == word_lemmas(token.text, "pl") for token in doc)


def test_english_documents_have_english_lemmas() -> None:
    doc = pipeline("en")("The policies e.g. support it.")
    assert "policy" in doc[1]._.lemmas
    assert len(list(doc.sents)) == 1


@given(TEXTS)
def test_document_and_lists_agree_on_any_text(text: str) -> None:
    analysis = Analysis(text, "pl")
    assert analysis.doc.text == text
    assert [token.text for token in analysis.doc] == analysis.words
    assert [token.idx for token in analysis.doc] == analysis.offsets
    covered = [at for start, end in analysis.sentences for at in range(start, end)]
    assert covered == list(range(len(analysis.words)))
