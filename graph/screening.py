"""A quick look at SHACL: which nodes certainly conform to a shape, so that only the others need pySHACL.

SHACL 1.0 core is decided in three values: conforms (True), does not (False), not known here (None). Whatever
this module does not understand is None, and what is not True is left to pySHACL, which alone reports. So a
mistake of coverage costs time and never lets through what the shapes refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, SH, XSD, BNode, URIRef
from rdflib import Graph as RDFGraph
from rdflib import Literal as RDFLiteral
from rdflib.collection import Collection
from rdflib.exceptions import UniquenessError
from rdflib.term import Node

from .terms import OxTerm, to_ox
from .triples import Data, key_of

__all__ = ["Screen", "Verdict"]

Verdict = bool | None

_XSD: Final = str(XSD)
_LEXICAL: Final = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    _XSD + "boolean": re.compile(r"true|false"),
    _XSD + "date": re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"),
    _XSD + "string": re.compile(r".*", re.DOTALL),
    _XSD + "anyURI": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]*"),
    str(RDF.langString): re.compile(r".*", re.DOTALL),
}
_NUMERIC: Final = (_XSD + "integer", _XSD + "decimal")
# Not constraints: what these say is read elsewhere or needs no check.
_SILENT: Final = frozenset(
    str(SH[name])
    for name in (
        *("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "severity", "message", "name"),
        *("description", "order", "group", "path", "property", "deactivated", "flags"),
        *("qualifiedMinCount", "qualifiedMaxCount", "defaultValue"),
    )
)


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    """Conjunction in three values."""
    known: Verdict = True
    for verdict in verdicts:
        if verdict is False:
            return False
        if verdict is None:
            known = None
    return known


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    """Disjunction in three values."""
    known: Verdict = False
    for verdict in verdicts:
        if verdict is True:
            return True
        if verdict is None:
            known = None
    return known


def _not(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict


def _number(term: OxTerm) -> Decimal | str | None:
    """A literal's value where it can be compared here: exact numbers, and dates as text."""
    if not isinstance(term, ox.Literal):
        return None
    datatype = term.datatype.value
    if datatype in _NUMERIC and _LEXICAL[datatype].fullmatch(term.value):
        return Decimal(term.value)
    if datatype == _XSD + "date" and _LEXICAL[datatype].fullmatch(term.value):
        return term.value
    return None


def _compare(left: OxTerm, right: OxTerm, holds: Callable[[int], bool]) -> Verdict:
    one, other = _number(left), _number(right)
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return holds((one > other) - (one < other))
    if isinstance(one, str) and isinstance(other, str):
        return holds((one > other) - (one < other))
    return None


def _of_datatype(term: OxTerm, datatype: str) -> Verdict:
    if not isinstance(term, ox.Literal) or term.datatype.value != datatype:
        return False
    lexical = _LEXICAL.get(datatype)
    return None if lexical is None or not lexical.fullmatch(term.value) else True


def _of_kind(term: OxTerm, kind: str) -> bool:
    name = kind.removeprefix(str(SH))
    own = {ox.NamedNode: "IRI", ox.Literal: "Literal", ox.BlankNode: "BlankNode"}.get(type(term), "")
    return own in {
        "IRI": ("IRI",),
        "Literal": ("Literal",),
        "BlankNode": ("BlankNode",),
        "IRIOrLiteral": ("IRI", "Literal"),
        "BlankNodeOrIRI": ("BlankNode", "IRI"),
        "BlankNodeOrLiteral": ("BlankNode", "Literal"),
    }.get(name, ())


def _text(term: OxTerm) -> str | None:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else None


class Screen:
    """The shapes of a shapes graph, asked about nodes of some data.

    Args:
        shapes: the shapes graph.
        data: the graph to check.
    """

    def __init__(self, shapes: RDFGraph, data: Data) -> None:
        self._shapes = shapes
        self._data = data
        self._known: dict[Node, tuple[bool, Node | None, list[tuple[str, tuple[Node, ...]]]]] = {}
        self._lists: dict[Node, tuple[Node, ...]] = {}
        self._sets: dict[Node, frozenset[OxTerm]] = {}

    def conforms(self, shape: Node, focus: OxTerm) -> Verdict:
        """Whether a node conforms to a node or property shape; None where this cannot be decided here."""
        if shape not in self._known:
            path = self._shapes.value(shape, SH.path)
            self._known[shape] = (self._deactivated(shape), path, self._constraints(shape))
        deactivated, path, constraints = self._known[shape]
        if deactivated:
            return True
        values = [focus] if path is None else self._values(focus, path)
        if values is None:
            return None
        return _all(
            self._constraint(shape, name, argument, focus, values)
            for name, arguments in constraints
            for argument in arguments
        )

    def _deactivated(self, shape: Node) -> bool:
        return (shape, SH.deactivated, RDFLiteral(True)) in self._shapes

    def _constraints(self, shape: Node) -> list[tuple[str, tuple[Node, ...]]]:
        found: dict[str, list[Node]] = {}
        for predicate, value in self._shapes.predicate_objects(shape):
            name = str(predicate)
            if name.startswith(str(SH)) and (name not in _SILENT or predicate == SH.property):
                found.setdefault(name.removeprefix(str(SH)), []).append(value)
        return [(name, tuple(arguments)) for name, arguments in found.items()]

    def _values(self, focus: OxTerm, path: Node) -> list[OxTerm] | None:
        if isinstance(path, URIRef):
            key = key_of(focus)
            return self._data.values(key, str(path)) if key else []
        inverse = self._shapes.value(path, SH.inversePath)
        if isinstance(path, BNode) and isinstance(inverse, URIRef):
            return self._data.subjects(focus, str(inverse))
        return None

    def _list(self, head: Node) -> tuple[Node, ...]:
        if head not in self._lists:
            self._lists[head] = tuple(Collection(self._shapes, head))
        return self._lists[head]

    def _members(self, head: Node) -> frozenset[OxTerm]:
        if head not in self._sets:
            self._sets[head] = frozenset(_native(member) for member in self._list(head))
        return self._sets[head]

    def _constraint(
        self, shape: Node, name: str, argument: Node, focus: OxTerm, values: list[OxTerm]
    ) -> Verdict:
        """Decide one constraint component, see SHACL 4; a name that is not here is not known here."""
        match name:
            case "minCount":
                return len(values) >= int(str(argument))
            case "maxCount":
                return len(values) <= int(str(argument))
            case "class":
                return all(self._data.is_a(value, str(argument)) for value in values)
            case "datatype":
                return _all(_of_datatype(value, str(argument)) for value in values)
            case "nodeKind":
                return all(_of_kind(value, str(argument)) for value in values)
            case "in":
                return all(value in self._members(argument) for value in values)
            case "hasValue":
                return _native(argument) in values
            case "minLength":
                return _all(
                    None if (text := _text(value)) is None else len(text) >= int(str(argument))
                    for value in values
                )
            case "maxLength":
                return _all(
                    None if (text := _text(value)) is None else len(text) <= int(str(argument))
                    for value in values
                )
            case "pattern":
                return self._pattern(shape, str(argument), values)
            case "minInclusive":
                return _all(_compare(value, _native(argument), lambda sign: sign >= 0) for value in values)
            case "maxInclusive":
                return _all(_compare(value, _native(argument), lambda sign: sign <= 0) for value in values)
            case "minExclusive":
                return _all(_compare(value, _native(argument), lambda sign: sign > 0) for value in values)
            case "maxExclusive":
                return _all(_compare(value, _native(argument), lambda sign: sign < 0) for value in values)
            case "uniqueLang":
                tags = [
                    value.language.lower()
                    for value in values
                    if isinstance(value, ox.Literal) and value.language
                ]
                return len(tags) == len(set(tags)) or str(argument) not in ("true", "1")
            case "lessThan" | "lessThanOrEquals" | "equals" | "disjoint":
                return self._pair(name, argument, focus, values)
            case "property" | "node":
                return _all(self.conforms(argument, value) for value in values)
            case "not":
                return _all(_not(self.conforms(argument, value)) for value in values)
            case "and":
                return _all(self.conforms(each, value) for value in values for each in self._list(argument))
            case "or":
                return _all(
                    _any(self.conforms(each, value) for each in self._list(argument)) for value in values
                )
            case "qualifiedValueShape":
                return self._qualified(shape, argument, values)
            case _:
                return None

    def _pattern(self, shape: Node, pattern: str, values: list[OxTerm]) -> Verdict:
        if (shape, SH.flags, None) in self._shapes:
            return None
        try:
            expression = re.compile(pattern)
        except re.error:
            return None
        return _all(
            None if (text := _text(value)) is None else expression.search(text) is not None
            for value in values
        )

    def _pair(self, name: str, predicate: Node, focus: OxTerm, values: list[OxTerm]) -> Verdict:
        others = self._values(focus, predicate)
        if others is None or not isinstance(predicate, URIRef):
            return None
        if name == "equals":
            return set(values) == set(others)
        if name == "disjoint":
            return set(values).isdisjoint(others)
        strict = name == "lessThan"
        return _all(
            _compare(value, other, (lambda sign: sign < 0) if strict else (lambda sign: sign <= 0))
            for value in values
            for other in others
        )

    def _qualified(self, shape: Node, inner: Node, values: list[OxTerm]) -> Verdict:
        if (shape, SH.qualifiedValueShapesDisjoint, None) in self._shapes:
            return None
        try:
            least = self._shapes.value(shape, SH.qualifiedMinCount, any=False)
            most = self._shapes.value(shape, SH.qualifiedMaxCount, any=False)
        except UniquenessError:
            return None
        verdicts = [self.conforms(inner, value) for value in values]
        if None in verdicts:
            return None
        count = sum(verdict is True for verdict in verdicts)
        return (least is None or count >= int(str(least))) and (most is None or count <= int(str(most)))


def _native(term: Node) -> OxTerm:
    if not isinstance(term, URIRef | RDFLiteral | BNode):
        raise TypeError(f"not a term of a shapes graph: {term!r}")
    return to_ox(term)
