"""From what the user names (files, folders) to the documents of a build, each with its catalogue entry."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import InputError, NurtError
from ..ontology.identifiers import slug
from .catalogue import CATALOGUE_NAME, Entry, entry_for, load

if TYPE_CHECKING:
    from .readers.formex_metadata import Part

__all__ = ["READABLE", "Failure", "Inputs", "gather", "refuse_overlap"]

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


_FORMEX: Final = frozenset({".fmx", ".xml"})
_HEAD: Final = 65536
"""Enough of a Formex file to hold what it says of itself."""


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
    """Every file below a folder in a stable order; hidden ones and graphs built there are left out."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [n for n in folders if not n.startswith(".") and not _is_graph(Path(place, n))]
        found += [Path(place, name) for name in names if not name.startswith(".")]
    return sorted(path for path in found if path.is_file())


def _is_graph(folder: Path) -> bool:
    """Whether a build put its graph there: its texts are no documents."""
    return (folder / "CURRENT").is_file() or (folder / "cache" / "read").is_dir()


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


def _with_their_act(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give Formex annexes the CELEX number of their act, which only the act's own file names.

    Cellar delivers an act as one file for the enacting terms and one for each annex; the name of the
    publication, in each of them, tells which lie together.
    """
    seen: dict[Path, dict[str, str]] = {}
    for entry in entries:
        if entry.celex or entry.path.suffix.lower() not in _FORMEX:
            yield entry
            continue
        part = _part(entry.path)
        if part is None or part.kind not in {"ACT", "ANNEX"}:
            yield entry
            continue
        folder = entry.path.parent
        if folder not in seen:
            siblings = (_part(path) for path in sorted(folder.iterdir()) if path.suffix.lower() in _FORMEX)
            seen[folder] = {one.publication: one.celex for one in siblings if one is not None and one.celex}
        yield replace(entry, celex=part.celex or seen[folder].get(part.publication, ""))


def _part(path: Path) -> Part | None:
    from .readers.formex_metadata import part_of

    try:
        with path.open("rb") as file:
            return part_of(file.read(_HEAD))
    except OSError:
        return None  # which reading the document tells, with the reason


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


def _in_force(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without the digests in whose place an original is read."""
    replaced = {name for entry in entries for name in entry.replaces}
    return [entry for entry in entries if not (entry.digest and entry.id in replaced)]


def refuse_overlap(paths: Sequence[Path], output: Path) -> None:
    """Refuse a graph folder that would lie over the documents: the folder of an input, or one above it.

    Raises InputError before anything is written.
    """
    graph = output.resolve()
    for path in paths:
        if path.resolve() == graph or graph in path.resolve().parents:
            raise InputError(
                f"{output} cannot hold the graph: the documents of {path} lie there.",
                path=output,
                hint="Give a folder of its own: --output my-graph.",
            )


def gather(paths: Sequence[Path]) -> Inputs:
    """Find the documents below the given files and folders.

    A folder gives every file in it that nurt reads, in the order of its ``catalogue.toml`` where it has
    one. A digest is left out where another document ``replaces`` it. What cannot be used becomes a Failure;
    nothing is raised.
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
    return Inputs(tuple(_unique(_with_their_act(_in_force(entries)))), tuple(failures), tuple(skipped))
