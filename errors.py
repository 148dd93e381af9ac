"""Every error that nurt raises on purpose: what went wrong, where, and what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

__all__ = [
    "FetchError",
    "GraphError",
    "InputError",
    "InvalidGraphError",
    "NurtError",
    "QueryError",
    "ReadError",
    "ServerError",
    "UnknownNameError",
]


class NurtError(Exception):
    """The base of all nurt errors; the command line prints it and exits with ``exit_status``.

    Args:
        what: one sentence that says what went wrong and where.
        hint: one sentence that says what to do next, or an empty string.

    Exit statuses, as everywhere in nurt: 1 = ran and found something wrong, 2 = bad input or usage.
    """

    exit_status: ClassVar[int] = 2

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what} {self.hint}".strip()


class InputError(NurtError):
    """An input path that cannot be used at all: missing, empty, a folder without documents."""

    def __init__(self, what: str, *, path: Path, hint: str = "") -> None:
        super().__init__(what, hint=hint)
        self.path = path


class ReadError(InputError):
    """A document that cannot be read; the other documents of the build are not affected.

    Args:
        page: the page, counted from 1, where reading failed, or None if it failed before any page.
    """

    exit_status = 1

    def __init__(self, what: str, *, path: Path, page: int | None = None, hint: str = "") -> None:
        super().__init__(what, path=path, hint=hint)
        self.page = page


class FetchError(NurtError):
    """An original that could not be fetched; the others are not affected."""

    exit_status = 1


class UnknownNameError(NurtError):
    """A name, code or identifier that means nothing here, with the nearest ones that do."""

    def __init__(self, what: str, *, name: str, candidates: tuple[str, ...] = (), hint: str = "") -> None:
        if candidates and not hint:
            hint = "Did you mean: " + ", ".join(candidates) + "?"
        super().__init__(what, hint=hint)
        self.name = name
        self.candidates = candidates


class GraphError(NurtError):
    """A graph folder that is missing, unfinished or not a graph folder."""


class InvalidGraphError(NurtError):
    """A graph that breaks the shapes, or a quote that is not in its document."""

    exit_status = 1


class QueryError(NurtError):
    """A SPARQL query that does not parse, or that was stopped at its time limit."""


class ServerError(NurtError):
    """A server that cannot be started: the address is taken, the SPARQL server program is missing."""
