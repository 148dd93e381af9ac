"""Running a query: values are resolved, checked and bound; the answer comes as a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from ..errors import NurtError, QueryError, UnknownNameError
from ..graph.binding import variables
from ..graph.store import Graph, Table
from ..ontology.identifiers import expand
from ..ontology.namespace import ID, NURT
from .catalogue import Parameter, Query, named
from .links import BASES
from .resources import code_key
from .sheet import Column, Kind, Language, Note, Sheet, rows_from, text_of, value_of
from .wanted import one_of

__all__ = ["bindings", "run"]

_EXISTS: Final = "SELECT ?predicate WHERE { ?thing ?predicate ?value } LIMIT 1"
_LONGEST: Final = 1_000_000


def run(
    graph: Graph,
    query: Query | str,
    parameters: Mapping[str, str] | None = None,
    *,
    language: Language = "pl",
    timeout: float | None = None,
) -> Sheet:
    """Ask a query.

    Args:
        query: from the catalogue, or the name of a query of the library.
        parameters: values as typed, by parameter name; for a query without header, by variable name.
        language: of headings, and the default of a parameter called ``language``.
        timeout: seconds.

    Raises UnknownNameError for a query, parameter or value that means nothing, with the nearest that do;
    QueryError where the SPARQL does not parse, builds a graph (CONSTRUCT), or takes too long.
    """
    asked = named(query) if isinstance(query, str) else query
    if len(asked.text) > _LONGEST:
        raise QueryError(
            f"The query has {len(asked.text):,} characters; {_LONGEST:,} is the limit.", hint="Shorten it."
        )
    bound = bindings(graph, asked, parameters or {}, language)
    if asked.form == "ASK":
        answer = graph.ask(asked.text, bound, timeout=timeout)
        table = Table(("answer",), ((Literal(answer),),))
    else:
        table = graph.select(asked.text, bound, timeout=timeout)
    return _sheet(asked, table, bound, language)


def bindings(
    graph: Graph, query: Query, given: Mapping[str, str], language: Language = "pl"
) -> dict[str, URIRef | Literal]:
    """The terms that the parameters stand for: those given, else the defaults."""
    if not query.parameters:
        known = variables(query.text)
        _check_names(query, given, known)
        return {name: _guess(graph, value) for name, value in given.items()}
    _check_names(query, given, tuple(p.name for p in query.parameters))
    bound: dict[str, URIRef | Literal] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, "")
        if not value:
            value = language if parameter.type == "language" else parameter.default
        if value:
            bound[parameter.name] = _term(graph, query, parameter, value)
        elif parameter.required:
            raise UnknownNameError(
                f"{query.name} needs a value for {parameter.name}.",
                name=parameter.name,
                hint=f"For example: {query.example}",
            )
    return bound


def _check_names(query: Query, given: Mapping[str, str], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise UnknownNameError(
                f"{query.name} has no parameter {name!r}.",
                name=name,
                candidates=known,
                hint="" if known else "It takes none.",
            )


def _term(graph: Graph, query: Query, parameter: Parameter, text: str) -> URIRef | Literal:
    try:
        if parameter.type == "thing":
            return one_of(graph, text, parameter.classes)
        if parameter.type == "integer":
            return Literal(int(text))
        if parameter.type == "number":
            return Literal(Decimal(text.replace(",", ".")))
        if parameter.type == "date":
            return Literal(date.fromisoformat(text))
    except UnknownNameError as error:
        raise UnknownNameError(
            f"{parameter.name}: {error.what}", name=text, candidates=error.candidates, hint=error.hint
        ) from error
    except (ValueError, InvalidOperation) as error:
        wanted = {"integer": "a whole number", "number": "a number", "date": "a date such as 2019-04-11"}
        raise UnknownNameError(
            f"{parameter.name}: {text!r} is not {wanted[parameter.type]}.",
            name=text,
            hint=f"For example: {query.example}",
        ) from error
    if parameter.type == "basis":
        if text not in BASES:
            raise UnknownNameError(f"{text!r} is no basis.", name=text, candidates=BASES)
        return URIRef(NURT[text])
    if parameter.type == "language" and text not in ("pl", "en"):
        raise UnknownNameError(f"{text!r} is no language of nurt.", name=text, candidates=("pl", "en"))
    return Literal(text)


def _guess(graph: Graph, text: str) -> URIRef | Literal:
    """A value for a query without header: ``<IRI>``, ``"text"@pl``, a number, a thing's id, else text."""
    if match := re.fullmatch(r"<([^<>\s]+)>", text):
        return URIRef(match[1])
    if match := re.fullmatch(r'"(.*)"(?:@([A-Za-z-]+))?', text, re.DOTALL):
        return Literal(match[1], lang=match[2])
    if re.fullmatch(r"[+-]?\d+", text):
        return Literal(int(text))
    if re.fullmatch(r"[+-]?\d*\.\d+", text):
        return Literal(text, datatype=XSD.decimal)
    if re.search(r'[\s<>"{}|^`\\]', text):  # what no IRI may hold
        return Literal(text)
    try:
        iri = expand(text)
        known = bool(graph.select(_EXISTS, {"thing": iri}).rows)
    except NurtError:
        return Literal(text)
    return iri if known else Literal(text)


def _sheet(query: Query, table: Table, bound: Mapping[str, Node], language: Language) -> Sheet:
    described = {column.name: column for column in query.columns}
    rows = rows_from(table.rows)
    if places := [table.columns.index(name) for name in query.order]:
        rows = tuple(sorted(rows, key=lambda row: [code_key(text_of(row[place])) for place in places]))
    columns: list[Column] = []
    for position, name in enumerate(table.columns):
        guessed = _kind(table.rows, position)
        columns.append(described.get(name) or Column(name=name, kind=guessed))
    notes = [Note(name, str(value_of(node)).removeprefix(str(ID))) for name, node in bound.items()]
    return Sheet(
        name=query.name,
        title=query.summary(language),
        columns=tuple(columns),
        rows=rows,
        notes=tuple(notes),
        language=language,
    )


def _kind(rows: tuple[tuple[Node | None, ...], ...], position: int) -> Kind:
    """What kind of cells a column without description holds."""
    for row in rows:
        node = row[position]
        if node is None:
            continue
        value = value_of(node)
        if isinstance(value, URIRef):
            return "id" if value.startswith(str(ID)) else "link"
        if isinstance(value, bool):
            return "boolean"
        if isinstance(value, int | float | Decimal):
            return "number"
        return "date" if isinstance(value, date) else "text"
    return "text"
