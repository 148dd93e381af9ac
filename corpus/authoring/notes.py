"""Notes of the facts as the digests print them: in the digest's language."""

from __future__ import annotations

__all__ = ["note"]


def note(text: str) -> str:
    """The note in Polish."""
    return text
