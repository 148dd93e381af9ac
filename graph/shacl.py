"""SHACL on a graph of any size: a quick screen of every node, and pySHACL on each that it does not clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, Literal, URIRef
from rdflib import Graph as RDFGraph
from rdflib.term import Node

from ..errors import GraphError, QueryError
from .binding import bind
from .engine import EmbeddedEngine
from .screening import Screen
from .table import Table
from .terms import Term, from_ox, readable
from .triples import Data, Focus

__all__ = ["Result", "check"]

_BATCH: Final = 100
_ENOUGH: Final = 500
"""Results of one shape after which its other doubtful nodes are only counted."""

_OWN_SCOPE: Final = re.compile(
    r"\b(EXISTS|GROUP|HAVING|LIMIT|OFFSET|MINUS|COUNT|SUM|MIN|MAX|AVG|SAMPLE)\b", re.IGNORECASE
)
_PLACEHOLDER: Final = re.compile(r"\{[?$](\w+)\}")
_NESTED: Final = re.compile(r"(OPTIONAL)?\s*\{", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One ``sh:ValidationResult``; ``focus`` is None where it counts the nodes that were not examined."""

    shape: URIRef
    severity: URIRef
    focus: Node | None
    path: Node | None
    value: Node | None
    messages: tuple[Literal, ...]


class _Checker:
    def __init__(self, engine: EmbeddedEngine, shapes: RDFGraph, ontology: Iterable[ox.Quad]) -> None:
        self.engine = engine
        self.shapes = shapes
        self.ontology = tuple(ontology)
        quads = engine.store.quads_for_pattern(None, None, None, None)
        self.data = Data(quad for source in (quads, self.ontology) for quad in source)
        self._rdf: RDFGraph | None = None
        self.examined = 0
        # Features beyond SHACL core and SPARQL constraints: with them, pySHACL sees every node.
        beyond = (SH.target, SH.rule, SH.js)
        self.special = any((None, predicate, None) in shapes for predicate in beyond) or (
            (None, RDF.type, SH.ConstraintComponent) in shapes
        )

    @property
    def rdf(self) -> RDFGraph:
        """The union as an rdflib memory graph, which pySHACL is quickest on; made only where needed."""
        if self._rdf is None:
            self._rdf = RDFGraph()
            known: dict[object, Node] = {}
            for source in (self.engine.store.quads_for_pattern(None, None, None, None), self.ontology):
                for quad in source:
                    triple = []
                    for term in (quad.subject, quad.predicate, quad.object):
                        if term not in known:
                            known[term] = from_ox(term)
                        triple.append(known[term])
                    self._rdf.add((triple[0], triple[1], triple[2]))
        return self._rdf

    def top_shapes(self) -> list[URIRef]:
        """The shapes that name targets; each must have an IRI."""
        targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
        found = {shape for target in targets for shape in self.shapes.subjects(target)}
        for shape in self.shapes.subjects(RDF.type, SH.NodeShape):
            if (shape, RDF.type, RDFS.Class) in self.shapes:
                found.add(shape)
        for shape in found:
            if not isinstance(shape, URIRef):
                raise GraphError("A shape that names targets has no IRI.", hint="Give it one in shapes.ttl.")
        return sorted((shape for shape in found if isinstance(shape, URIRef)), key=str)

    def focus_nodes(self, shape: URIRef) -> list[Focus]:
        """The nodes that a shape targets (SHACL 2.1.3), each once."""
        found: dict[Focus, None] = {}
        classes = [*self.shapes.objects(shape, SH.targetClass)]
        if (shape, RDF.type, RDFS.Class) in self.shapes:
            classes.append(shape)
        for cls in classes:
            found.update(dict.fromkeys(self.data.instances(str(cls))))
        for node in self.shapes.objects(shape, SH.targetNode):
            found[str(node)] = None
        for predicate in self.shapes.objects(shape, SH.targetSubjectsOf):
            found.update(dict.fromkeys(self.data.forward.get(str(predicate), {})))
        for predicate in self.shapes.objects(shape, SH.targetObjectsOf):
            for values in self.data.forward.get(str(predicate), {}).values():
                found.update({value.value: None for value in values if isinstance(value, ox.NamedNode)})
        return list(found)

    def queried(self, shape: URIRef, nodes: list[Focus]) -> list[Result] | None:
        """What the SPARQL constraints of a node shape find; None where they cannot be run here."""
        if (shape, SH.path, None) in self.shapes or any(node.startswith("_:") for node in nodes):
            return None
        found: list[Result] = []
        for constraint in sorted(self.shapes.objects(shape, SH.sparql), key=str):
            select = self.shapes.value(constraint, SH.select)
            if select is None:
                return None
            if (constraint, SH.deactivated, Literal(True)) in self.shapes:
                continue
            try:
                for table in self._tables("".join(self._prologue()) + str(select), nodes):
                    found += (self._row(shape, constraint, record) for record in table.records())
            except (QueryError, ValueError):
                return None
        return found

    def _tables(self, select: str, nodes: list[Focus]) -> Iterator[Table]:
        """Answer a constraint's query for all nodes at once where that is the same, else node by node."""
        if _flat(select) and len(nodes) > 1:
            head, brace, tail = _split(select)
            values = " ".join(str(ox.NamedNode(node)) for node in nodes)
            queries = iter([f"{head}{brace} VALUES ?this {{ {values} }} {tail}"])
        else:
            queries = (bind(select, {"this": URIRef(node)}) for node in nodes)
        for query in queries:
            answer = self.engine.query(query)
            if not isinstance(answer, Table) or "this" not in answer.columns:
                raise QueryError("A SHACL constraint must be a SELECT query with $this among its columns.")
            yield answer

    def _row(self, shape: URIRef, constraint: Node, row: dict[str, Term | None]) -> Result:
        def filled(match: re.Match[str]) -> str:
            term = row.get(match[1])
            return match[0] if term is None else readable(term)

        messages = [*self.shapes.objects(constraint, SH.message)] or [*self.shapes.objects(shape, SH.message)]
        severity = self.shapes.value(constraint, SH.severity) or self.shapes.value(shape, SH.severity)
        return Result(
            shape=shape,
            severity=URIRef(str(severity or SH.Violation)),
            focus=row["this"],
            path=row.get("path"),
            value=row.get("value"),
            messages=tuple(
                Literal(_PLACEHOLDER.sub(filled, str(message)), lang=message.language)
                for message in messages
                if isinstance(message, Literal)
            ),
        )

    def _prologue(self) -> Iterator[str]:
        for declaration in sorted(self.shapes.objects(None, SH.declare), key=str):
            prefix = self.shapes.value(declaration, SH.prefix)
            namespace = self.shapes.value(declaration, SH.namespace)
            yield f"PREFIX {prefix}: {ox.NamedNode(str(namespace))}\n"

    def results(self, shape: URIRef, nodes: list[Focus]) -> Iterator[Result]:
        """All results of a shape on the nodes that it targets."""
        shapes, doubtful = self.shapes, nodes
        if not self.special:
            rows = self.queried(shape, nodes)
            if rows is not None:
                yield from rows
                shapes = RDFGraph()
                shapes += self.shapes
                shapes.remove((shape, SH.sparql, None))
            screen = Screen(shapes, self.data)
            doubtful = [node for node in nodes if screen.conforms(shape, self.data.term(node)) is not True]
        yield from self.examine(shape, shapes, doubtful)

    def examine(self, shape: URIRef, shapes: RDFGraph, nodes: list[Focus]) -> Iterator[Result]:
        """Let pySHACL judge the doubtful nodes of a shape."""
        found = 0
        for start in range(0, len(nodes), _BATCH):
            if found >= _ENOUGH:
                yield Result(
                    shape=shape,
                    severity=SH.Violation,
                    focus=None,
                    path=None,
                    value=None,
                    messages=(
                        Literal(f"{len(nodes) - start} more were not examined", lang="en"),
                        Literal(f"nie zbadano dalszych: {len(nodes) - start}", lang="pl"),
                    ),
                )
                return
            for result in self._pyshacl(shape, shapes, nodes[start : start + _BATCH]):
                found += 1
                yield result

    def _pyshacl(self, shape: URIRef, shapes: RDFGraph, nodes: list[Focus]) -> list[Result]:
        from pyshacl import validate

        self.examined += len(nodes)
        try:
            _, report, text = validate(
                self.rdf,
                shacl_graph=shapes,
                use_shapes=[shape],
                focus_nodes=[URIRef(node) for node in nodes],
                inplace=True,
                advanced=True,
            )
        except Exception as error:  # pySHACL raises whatever its parts raise; nothing is swallowed
            raise GraphError(
                f"The shape {shape} cannot be applied: {error}.", hint="Correct shapes.ttl."
            ) from error
        if not isinstance(report, RDFGraph):
            raise GraphError(f"The shape {shape} cannot be applied: {text}.", hint="Correct shapes.ttl.")
        return [
            Result(
                shape=shape,
                severity=URIRef(str(report.value(result, SH.resultSeverity) or SH.Violation)),
                focus=report.value(result, SH.focusNode),
                path=report.value(result, SH.resultPath),
                value=report.value(result, SH.value),
                messages=tuple(
                    message
                    for message in report.objects(result, SH.resultMessage)
                    if isinstance(message, Literal)
                ),
            )
            for result in report.objects(None, SH.result)
        ]


def _flat(select: str) -> bool:
    """Whether binding ``$this`` first gives the same as binding it throughout, and as quickly.

    Nothing inside may have a scope of its own; and Oxigraph tests EXISTS for many nodes at once in quadratic
    time, but node by node in no time.
    """
    body = _split(select)[2]
    return not _OWN_SCOPE.search(select) and all(match[1] for match in _NESTED.finditer(body))


def _split(select: str) -> tuple[str, str, str]:
    """Cut a SELECT query at the brace that opens its pattern."""
    place = re.search(r"\bSELECT\b[^{]*\{", select, re.IGNORECASE)
    if not place:
        return select, "", ""
    return select[: place.end() - 1], "{", select[place.end() :]


def check(
    engine: EmbeddedEngine, shapes: RDFGraph, ontology: Iterable[ox.Quad] = ()
) -> tuple[list[Result], dict[str, int]]:
    """Validate the union of a store's graphs against shapes.

    Args:
        engine: where the data lie.
        shapes: a shapes graph.
        ontology: its classes' hierarchy counts as data; what the data hold already is not doubled.

    Returns the results that pySHACL gives, and how many shapes and nodes were checked.
    """
    checker = _Checker(engine, shapes, ontology)
    results: list[Result] = []
    nodes: set[Focus] = set()
    tops = checker.top_shapes()
    for shape in tops:
        if (shape, SH.deactivated, Literal(True)) in shapes:
            continue
        targets = checker.focus_nodes(shape)
        nodes.update(targets)
        results += checker.results(shape, targets)
    return results, {"shapes": len(tops), "nodes": len(nodes), "examined": checker.examined}
