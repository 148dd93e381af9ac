"""Articles and reports about policy: they set out no element of it; linking finds what they say.

Figures of a survey and tables of support by level are read where an article prints them.

The parts that are no policy – who paid for the text, figures, survey answers, bibliography – are left out
by ``ingest.passages``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..catalogue import Entry
from ..claims import Claim, Element, Review
from ..document import Document
from .support_table import support_claims
from .survey import survey_figures

__all__ = ["extract", "score"]

_MARKS: Final[tuple[tuple[float, re.Pattern[str]], ...]] = (
    (
        0.35,
        re.compile(
            r"^\W*(?:streszczenie|abstrakt|abstract|summary)\b\s*[:.–-]?", re.IGNORECASE | re.MULTILINE
        ),
    ),
    (0.3, re.compile(r"^\W*(?:słowa[ -]kluczowe|key ?words)\s*:", re.IGNORECASE | re.MULTILINE)),
    (0.2, re.compile(r"\bDOI\b\s*:?\s*10\.\d{4,}|\bISSN\b|\bISBN\b", re.IGNORECASE)),
    (
        0.15,
        re.compile(r"^\W*(?:\d\.?\s*)?(?:wstęp|wprowadzenie|introduction)\s*$", re.IGNORECASE | re.MULTILINE),
    ),
    (
        0.1,
        re.compile(
            r"\[[A-ZŁŚŻ][^\[\]]{2,80}\b(?:19|20)\d\d[a-z]?(?:, s\. \d+)?\]"
            r"|\([A-ZŁŚŻ]\w+(?: i \w+| et al\.)?,? 20\d\d\)"
        ),
    ),
    (
        0.1,
        re.compile(
            r"^\W*(?:\d\.?\s*)?(?:literatura|bibliografia|references|zakończenie|conclusions?)\s*$",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
)
_HEAD: Final = 20_000
_TAIL: Final = 10_000


_PROSE: Final = 0.5
"""What is prose and no more is a report, unless it looks like something else."""
_PARAGRAPH: Final = 150
_LEAST_PARAGRAPHS: Final = 4
_SHARE: Final = 0.6


def score(document: Document) -> float:
    """How much the document looks like an article, from 0 to 1: abstract, keywords, DOI, sections.

    A report, an answer, a briefing has none of these: most of it is paragraphs, and that is enough for it.
    """
    text = document.text[:_HEAD] + "\n" + document.text[max(_HEAD, len(document.text) - _TAIL) :]
    marks = sum(weight for weight, mark in _MARKS if mark.search(text))
    return min(1.0, max(marks, _PROSE * _is_prose(document)))


def _is_prose(document: Document) -> bool:
    lengths = [b.end - b.start for b in document.blocks if b.kind == "paragraph"]
    long = [length for length in lengths if length >= _PARAGRAPH]
    return len(long) >= _LEAST_PARAGRAPHS and sum(long) >= _SHARE * len(document.text)


def extract(document: Document, entry: Entry) -> Iterator[Element | Claim | Review]:
    """Survey figures and tables of support; linking finds what the prose says of others' elements."""
    yield from survey_figures(document, entry)
    yield from support_claims(document)
