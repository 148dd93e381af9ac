"""The query library: SPARQL files whose ``#+`` YAML headers say what goes in and what comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, cast, get_args

import yaml
from rdflib import URIRef

from ..errors import InputError, QueryError, UnknownNameError
from ..ontology.namespace import NURT
from .sheet import Column, Kind, Language

__all__ = ["Parameter", "Query", "library", "named", "parse_query", "read_query"]

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
ParameterType = Literal["thing", "text", "integer", "number", "date", "basis", "language"]
_HEADER: Final = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)
_NOT_WORDS: Final = re.compile(r"<[^<>\s]*>|(?:^|(?<=\s))#.*$", re.MULTILINE)
_FORM: Final = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_KINDS: Final = get_args(Kind)
_TYPES: Final = get_args(ParameterType)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a query takes; it stands for the variable of the same name.

    Args:
        type: "thing" is anything that ``names.one`` resolves: an id, a code, a name.
        classes: what a thing may be an instance of; empty for anything.
        required: without it the query cannot run; otherwise the default stands in or the variable stays free.
        default: as typed, or "".
        example: as typed; every example runs on the shipped corpus.
        meaning_pl, meaning_en: one sentence.
    """

    name: str
    type: ParameterType
    classes: tuple[URIRef, ...] = ()
    required: bool = False
    default: str = ""
    example: str = ""
    meaning_pl: str = ""
    meaning_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query with its header.

    Args:
        name: of the file, without ending.
        text: the SPARQL, header included.
        summary_pl, summary_en: one line.
        description_pl, description_en: what one must know to read the answer.
        tags: what it is about.
        order: columns by which ``run`` sorts once more, numbers within codes by their value (SPARQL cannot).
        parameters, columns: in the header's order; a query without header has none.
    """

    name: str
    text: str
    summary_pl: str = ""
    summary_en: str = ""
    description_pl: str = ""
    description_en: str = ""
    tags: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()

    def summary(self, language: Language) -> str:
        """One line in the language, the name where there is none."""
        return (self.summary_pl if language == "pl" else self.summary_en) or self.name

    @property
    def form(self) -> Form:
        """What the query asks for; SELECT where none is found: the store's parser then says what is wrong."""
        bare = _NOT_WORDS.sub(" ", self.text)
        match = _FORM.search(bare)
        return cast("Form", match[1].upper()) if match else "SELECT"

    @property
    def example(self) -> str:
        """The command that runs it with its examples."""
        given = (f"{p.name}={_quoted(p.example)}" for p in self.parameters if p.example and p.required)
        return " ".join(("nurt query", self.name, *given))


def _quoted(text: str) -> str:
    return f"'{text}'" if re.search(r"[^\w./-]", text) else text


def parse_query(text: str, name: str = "query") -> Query:
    """Read a query and its ``#+`` header (the convention of grlc); the header may be missing.

    Raises QueryError where the header is not valid YAML or says something that headers do not say.
    """
    lines = _HEADER.findall(text)
    try:
        header = yaml.safe_load("\n".join(lines)) if lines else {}
    except yaml.YAMLError as error:
        raise QueryError(f"{name}: the #+ header is not valid YAML: {error}.", hint="Mend it.") from error
    if not isinstance(header, dict):
        raise QueryError(f"{name}: the #+ header is no mapping.", hint="Write `#+ summary: …`.")
    return Query(
        name=name,
        text=text,
        summary_pl=_text(header, "summary_pl"),
        summary_en=_text(header, "summary"),
        description_pl=_text(header, "description_pl"),
        description_en=_text(header, "description"),
        tags=tuple(str(tag) for tag in header.get("tags") or ()),
        order=tuple(str(column) for column in header.get("order") or ()),
        parameters=tuple(_parameter(name, *pair) for pair in _pairs(name, header, "parameters")),
        columns=tuple(_column(name, *pair) for pair in _pairs(name, header, "columns")),
    )


def _text(mapping: Mapping[str, Any], key: str) -> str:
    value = mapping.get(key)
    return "" if value is None else " ".join(str(value).split())


def _pairs(query: str, header: Mapping[str, Any], key: str) -> list[tuple[str, Mapping[str, Any]]]:
    part = header.get(key) or {}
    if not isinstance(part, dict) or not all(isinstance(value, dict) for value in part.values()):
        raise QueryError(f"{query}: {key} in the #+ header is no mapping of mappings.", hint="Mend it.")
    return [(str(name), value) for name, value in part.items()]


def _parameter(query: str, name: str, said: Mapping[str, Any]) -> Parameter:
    kind = _text(said, "type") or "text"
    if kind not in _TYPES:
        raise UnknownNameError(f"{query}: {kind!r} is no type of parameter.", name=kind, candidates=_TYPES)
    return Parameter(
        name=name,
        type=cast("ParameterType", kind),
        classes=tuple(NURT[str(cls)] for cls in said.get("classes") or ()),
        required=bool(said.get("required", False)),
        default=_text(said, "default"),
        example=_text(said, "example"),
        meaning_pl=_text(said, "pl"),
        meaning_en=_text(said, "en"),
    )


def _column(query: str, name: str, said: Mapping[str, Any]) -> Column:
    kind = _text(said, "kind") or "text"
    if kind not in _KINDS:
        raise UnknownNameError(f"{query}: {kind!r} is no kind of column.", name=kind, candidates=_KINDS)
    return Column(
        name=name,
        label_pl=_text(said, "pl"),
        label_en=_text(said, "en"),
        meaning_pl=_text(said, "meaning_pl"),
        meaning_en=_text(said, "meaning_en"),
        kind=cast("Kind", kind),
    )


@cache
def library() -> Mapping[str, Query]:
    """All named queries, in alphabetical order."""
    folder = files(__package__) / "library"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".rq")), key=lambda e: e.name)
    names = {entry.name.removesuffix(".rq"): entry for entry in found}
    return {name: parse_query(entry.read_text(encoding="utf-8"), name) for name, entry in names.items()}


def named(name: str) -> Query:
    """A query of the library. Raises UnknownNameError with the nearest names."""
    queries = library()
    if name in queries:
        return queries[name]
    from rapidfuzz import fuzz, process

    near = process.extract(name, list(queries), scorer=fuzz.WRatio, limit=3, score_cutoff=50)
    raise UnknownNameError(
        f"There is no query {name!r}.",
        name=name,
        candidates=tuple(found for found, _, _ in near),
        hint="" if near else "`nurt query --list` shows them all.",
    )


def read_query(path: Path) -> Query:
    """A query from a file. Raises InputError where the file is missing, empty or not UTF-8."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}.", path=path, hint="Check the path.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8 text: {error}.", path=path) from error
    if not text.strip():
        raise InputError(f"{path} is empty.", path=path, hint="Write a SPARQL query into it.")
    return parse_query(text, path.stem)
