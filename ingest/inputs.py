"""From what the user names (files, folders) to the documents of a build, each with its catalogue entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ..errors import InputError, NurtError
from ..ontology.identifiers import slug
from .catalogue import CATALOGUE_NAME, Entry, entry_for, load

__all__ = ["READABLE", "Failure", "Inputs", "gather"]

READABLE: Final = frozenset(
    {
        ".csv",
        ".docx",
        ".fmx",
        ".htm",
        ".html",
        ".md",
        ".pdf",
        ".txt",
        ".xht",
        ".xhtml",
        ".xls",
        ".xlsx",
        ".xml",
    }
)
"""File name endings that are read from a folder; a file named on its own is read whatever its ending."""
_NO_DOCUMENTS: Final = frozenset({".css", ".js", ".json", ".lock", ".py", ".pyc", ".toml"})
"""Endings of settings and programs: nobody expects them to be read, so nobody is told that they are not."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be used: where, what is wrong, what to do next."""

    path: str
    message: str
    hint: str

    @classmethod
    def of(cls, path: Path, error: NurtError) -> Failure:
        """The failure that an error describes."""
        return cls(str(path), error.what, error.hint)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The documents of a build, in order, and what could not become one.

    Args:
        entries: one a document, ids unique.
        failures: inputs that are missing, empty folders, or broken catalogues.
        skipped: files in folders whose ending nurt does not read.
    """

    entries: tuple[Entry, ...]
    failures: tuple[Failure, ...]
    skipped: tuple[str, ...]


def _files(folder: Path) -> list[Path]:
    """Every file below a folder in a stable order, hidden ones left out."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _catalogued(path: Path) -> dict[Path, Entry]:
    """The entries of the nearest catalogue: in the folder itself, or in the two above a file."""
    for folder in (path, *path.parents[:2]) if path.is_dir() else path.parents[:3]:
        if (catalogue := folder / CATALOGUE_NAME).is_file():
            return {entry.path.resolve(): entry for entry in load(catalogue)}
    return {}


def _from_folder(folder: Path, skipped: list[str]) -> list[Entry]:
    catalogued = _catalogued(folder)
    order = {path: position for position, path in enumerate(catalogued)}
    readable: list[Path] = []
    for path in _files(folder):
        if path.resolve() in catalogued or path.suffix.lower() in READABLE:
            readable.append(path)
        elif path.suffix.lower() not in _NO_DOCUMENTS:
            skipped.append(str(path))
    for missing in (entry for path, entry in catalogued.items() if not path.is_file()):
        raise InputError(
            f"{folder / CATALOGUE_NAME}: [document.{missing.id}] names {missing.path}, which does not exist.",
            path=missing.path,
            hint="Correct the file name, or take the table out.",
        )
    if not readable:
        raise InputError(
            f"{folder} holds no document that nurt reads.",
            path=folder,
            hint=f"It reads files that end in {' '.join(sorted(READABLE))}.",
        )
    readable.sort(key=lambda path: (order.get(path.resolve(), len(order)), path))
    return [entry_for(path, catalogued) for path in readable]


def _unique(entries: Iterable[Entry]) -> list[Entry]:
    """Give two files of one name ids that tell them apart, by the folder they lie in."""
    taken: dict[str, Path] = {}
    result: list[Entry] = []
    for entry in entries:
        name = entry.id
        if name in taken and taken[name] == entry.path.resolve():
            continue  # the same file named twice
        if name in taken:
            name = f"{slug(entry.path.parent.name)}-{name}"
        number = 2
        while name in taken:
            name = f"{entry.id}-{number}"
            number += 1
        taken[name] = entry.path.resolve()
        result.append(replace(entry, id=name))
    return result


def gather(paths: Sequence[Path]) -> Inputs:
    """Find the documents below the given files and folders.

    A folder gives every file in it that nurt reads, in the order of its ``catalogue.toml`` where it has
    one. What cannot be used becomes a Failure; nothing is raised.
    """
    entries: list[Entry] = []
    failures: list[Failure] = []
    skipped: list[str] = []
    for path in paths:
        try:
            if path.is_dir():
                entries += _from_folder(path, skipped)
            elif path.exists():
                entries.append(entry_for(path, _catalogued(path)))
            else:
                raise InputError(f"{path} does not exist.", path=path, hint="Check the path.")
        except InputError as error:
            failures.append(Failure.of(path, error))
    return Inputs(tuple(_unique(entries)), tuple(failures), tuple(skipped))
