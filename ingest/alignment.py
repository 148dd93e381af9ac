"""Where a quote of the gold stands in the kept text: spaces, line-break hyphens and notes do not count."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document, Span
from .view import View, mend

__all__ = ["Aligned"]


class Aligned:
    """The text of a document, searched for quotes as a person copies them."""

    def __init__(self, document: Document) -> None:
        """Mend the text once; footnotes, which the mended text steps over, are searched after it."""
        views = [mend(document)] if document.text.strip() else []
        kinds = {"note"} if any(block.kind != "note" for block in document.blocks) else set()
        views += [mend(document, block.start, block.end) for block in document.blocks if block.kind in kinds]
        self._texts = [(view, *_squeezed(view.text)) for view in views]

    def place(self, quote: str, occurrence: int) -> Span | None:
        """Where the quote stands for the given time, counted from 1, or None where it does not so often."""
        wanted = " ".join(quote.split())
        for number, span in enumerate(self._places(wanted), start=1):
            if number == occurrence:
                return span
        return None

    def _places(self, wanted: str) -> Iterator[Span]:
        view: View
        for view, text, offsets in self._texts:
            at = text.find(wanted)
            while at >= 0:
                yield view.span(offsets[at], offsets[at + len(wanted) - 1] + 1)
                at = text.find(wanted, at + len(wanted))


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text with runs of white space as one space, and the offset of each character."""
    letters: list[str] = []
    offsets: list[int] = []
    for at, letter in enumerate(text):
        if letter.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                offsets.append(at)
        else:
            letters.append(letter)
            offsets.append(at)
    return "".join(letters), offsets
