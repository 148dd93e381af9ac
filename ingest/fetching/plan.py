"""What to ask of whom: from the entries of a catalogue to the originals that are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from ...errors import InputError, NurtError, UnknownNameError
from ...ontology.identifiers import slug
from ..catalogue import Entry
from ..document import Language
from .formats import ANY, CELLAR_LANGUAGES, CELLAR_ORDER, FORMATS, Format, ending_of, format_named

__all__ = ["CELLAR", "LeftOut", "Wanted", "plan"]

CELLAR: Final = "https://publications.europa.eu/resource/celex/"
"""Where Cellar answers for a work by its CELEX number."""
_CELEX: Final = re.compile(r"[0-9][0-9]{4}[A-Z]{1,2}[0-9]{4}(?:\(\d+\))?(?:R\(\d+\))?(?:-\d{8})?")
_ACT: Final = re.compile(r"3\d{4}[RLDH]")
"""CELEX numbers of regulations, directives, decisions and recommendations."""
_EUR_LEX: Final = re.compile(
    r"https?://eur-lex\.europa\.eu/legal-content/\S*uri=CELEX(?::|%3A)(?P<celex>[^&#]+)", re.IGNORECASE
)
_GITHUB: Final = re.compile(r"(https://github\.com/[^/]+/[^/]+)/blob/(.+)")
_BY_ENDING: Final = {form.ending: form for form in FORMATS.values() if form.name != "formex"} | {
    ".htm": FORMATS["html"]
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One original.

    Args:
        id: the document that it becomes in the graph.
        entries: what the catalogue says of it; several where digests share an original.
        replaces: ids of the digests whose place it takes; none where it is of another kind than they.
        address: where to ask.
        celex: its CELEX number where Cellar is asked, or "".
        formats: tried in turn until the server has one.
        language: asked of Cellar, or None where the address decides.
    """

    id: str
    entries: tuple[Entry, ...]
    replaces: tuple[str, ...]
    address: str
    celex: str
    formats: tuple[Format, ...]
    language: Language | None

    @property
    def file(self) -> str:
        """What its files are called, without ending; a document's id may hold what no file name may."""
        return slug(self.id) or "document"

    @property
    def accept_language(self) -> str:
        """The ``Accept-Language`` header, or ""."""
        return CELLAR_LANGUAGES[self.language] if self.language else ""

    @property
    def shown(self) -> str:
        """What is asked for, in words: "CELEX 52010DC2020 in en as formex, xhtml, html or pdf"."""
        if not self.celex:
            return self.address
        names = " or ".join(form.name for form in self.formats)
        return f"CELEX {self.celex} in {self.language} as {names}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that has no original of its own, and why."""

    id: str
    reason: str


def celex_of(entry: Entry) -> str:
    """The CELEX number of the entry's one original, or ""."""
    if entry.celex:
        return entry.celex
    match = _EUR_LEX.match(entry.original[0]) if entry.original else None
    return unquote(match["celex"]) if match else ""


def _address(entry: Entry) -> str:
    """The address of the file; a GitHub page about a file gives way to the file itself."""
    return _GITHUB.sub(r"\1/raw/\2", entry.original[0])


def _without_original(entry: Entry) -> str:
    """Why an entry has nothing to fetch, or ""."""
    if len(entry.original) > 1:
        return "is compiled from several originals and stays beside them"
    if not (entry.celex or entry.original):
        return "has neither `celex` nor `original` in the catalogue"
    celex = celex_of(entry)
    if celex and not _CELEX.fullmatch(celex):
        raise NurtError(f"[document.{entry.id}] has {celex!r}, which is no CELEX number.", hint="Correct it.")
    if not celex and urlsplit(entry.original[0]).scheme not in ("http", "https"):
        raise NurtError(
            f"[document.{entry.id}] has the original {entry.original[0]!r}, which is no address on the web.",
            hint="Give one that starts with https://.",
        )
    return ""


def plan(
    entries: Sequence[Entry],
    ids: Iterable[str] = (),
    *,
    language: Language | None = None,
    form: str = "",
    cellar: str = CELLAR,
) -> tuple[tuple[Wanted, ...], tuple[LeftOut, ...]]:
    """The originals of the named entries, or of all, and the entries that have none.

    Entries that share an original get it once, as one document in place of them all, whichever is named.

    Args:
        language: asked of Cellar; without it the language of the entry.
        form: the one format that is acceptable, a name in ``FORMATS``; without it what the entry says, what
            the ending of the address says, or, from Cellar, the most structured that it has.
        cellar: where Cellar answers, with the slash that CELEX numbers follow.

    Raises UnknownNameError for an id or format that is none, InputError for a named entry without original.
    """
    asked = list(dict.fromkeys(ids))
    known = {entry.id: entry for entry in entries}
    for name in asked:
        if name not in known:
            near = tuple(get_close_matches(name, known, n=5, cutoff=0.4))
            raise UnknownNameError(f"No document {name!r} in the catalogue.", name=name, candidates=near)
    wanted_format = format_named(form) if form else None
    groups: dict[str, list[Entry]] = {}
    left_out = []
    for entry in entries:
        if reason := _without_original(entry):
            if entry.id in asked:
                raise InputError(f"{entry.id} {reason}.", path=entry.path, hint="Name another document.")
            left_out.append(LeftOut(entry.id, reason))
        else:
            groups.setdefault(celex_of(entry) or _address(entry), []).append(entry)
    chosen = [group for group in groups.values() if not asked or any(entry.id in asked for entry in group)]
    wanted = [_wanted(group, language, wanted_format, cellar) for group in chosen]
    for one in wanted:
        if one.id in known and one.id not in one.replaces:
            raise NurtError(
                f"The original {one.address} would be called {one.id!r}, as another document is.",
                hint="Give that document another id.",
            )
    return tuple(wanted), tuple(left_out)


def _wanted(group: list[Entry], language: Language | None, form: Format | None, cellar: str) -> Wanted:
    first = group[0]
    celex = celex_of(first)
    address = f"{cellar}{quote(celex, safe='()')}" if celex else _address(first)
    if form is None and first.format:
        form = format_named(first.format)
    if form is None and not celex:
        form = _BY_ENDING.get(ending_of(address), ANY)
    name = first.id
    if len(group) > 1:
        name = slug(celex or PurePosixPath(unquote(urlsplit(address).path)).stem) or first.id
    replaces = tuple(entry.id for entry in group)
    if _ACT.match(celex) and first.family not in ("", "regulation"):
        # The digest describes what the act sets up, in another layout: the act is read beside it.
        name, replaces = f"act-{celex.lower()}", ()
        group = [replace(first, family="regulation", instrument="", title_pl="", title_en="")]
    return Wanted(
        id=name,
        entries=tuple(group),
        replaces=replaces,
        address=address,
        celex=celex,
        formats=CELLAR_ORDER if form is None else (form,),
        language=(language or first.language or "en") if celex else None,
    )
