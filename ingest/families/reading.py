"""Text as it is meant to be read: line ends inside a printed cell mended, with the way back to the print."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Document, Evidence
from ..view import View, mend

__all__ = ["Reading", "reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of a document.

    Args:
        text: for reading; as printed where nothing had to be mended.
        start: offset of the stretch in the kept text.
        view: the map back to the print, or None where the text is as printed.
    """

    text: str
    start: int
    view: View | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the kept text."""
        if self.view is None:
            return self.start + start, self.start + end
        span = self.view.span(start, end)
        return span.start, span.end

    def evidence(self, document: Document, start: int, end: int) -> Evidence:
        """The evidence that ``text[start:end]`` stands for."""
        return document.evidence(*self.place(start, end))


_CLEAN = frozenset({"text/html", "text/csv", "application/xml"})
"""Formats in which a line end in a block is meant."""


def reading(document: Document, start: int, end: int) -> Reading:
    """How ``document.text[start:end]`` reads."""
    text = document.text[start:end]
    if document.media_type in _CLEAN or not ("\n" in text or "\u00ad" in text):
        return Reading(text, start)
    view = mend(document, start, end)
    return Reading(view.text, start, view)
