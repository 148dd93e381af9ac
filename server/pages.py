"""The pages for people: a thing, the ontology, the query page, and what stands there in vain."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from rdflib import OWL, RDF, RDFS, SKOS, Literal, URIRef

from ..errors import NurtError
from ..graph.binding import bind
from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.namespace import ID, NURT, PREFIXES
from ..ontology.terms import term_labels
from ..ontology.vocabularies import ontology_graph
from ..queries.catalogue import Query, library
from ..queries.resources import Resource
from ..queries.run import bindings
from ..queries.sheet import Language, Value, text_of
from ..viz.explorer import as_json, policy
from .things import Thing, named_things, nearest

__all__ = ["Page", "Pages"]

_SHOWN: Final = 200
"""Things that link to a thing by one property and are listed; the query page lists the others."""
_ALL: Final = (
    "SELECT ?thing WHERE {{ ?claim rdf:object <{iri}> ; rdf:predicate nurt:{name} ; rdf:subject ?thing }}"
)
_CLASSES: Final = (OWL.Class,)
_PROPERTIES: Final = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_INDIVIDUALS: Final = (NURT.Basis,)

Page = tuple[str, str]
"""The HTML and the Content-Security-Policy that it is sent with."""


class Pages:
    """Renders the pages of one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        environment = Environment(
            loader=PackageLoader("nurt.server"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {"local": _local, "outside": _outside, "cell": text_of}
        environment.tests["iri"] = lambda value: isinstance(value, URIRef)
        self._environment = environment
        self._ids: tuple[str, ...] = ()
        self._examples: dict[Language, list[dict[str, str]]] = {}

    def thing(self, thing: Thing, language: Language) -> Page:
        """The page of a thing."""
        iri = thing.resource.iri
        hidden = {
            name: (len(group), _ALL.format(iri=iri, name=name))
            for name, group in thing.linked.items()
            if len(group) > _SHOWN
        }
        said = {line.property: line.name or text_of(line.value) for line in thing.attributes}
        triple = [said[part] for part in ("subject", "predicate", "object") if part in said]
        return self._render(
            "thing.html.j2",
            language,
            thing=thing,
            triple=triple if len(triple) == 3 else None,
            hidden=hidden,
            shown=_SHOWN,
        )

    def near(self, name: str) -> tuple[Resource, ...]:
        """The things whose ids are most like a name."""
        self._ids = self._ids or named_things(self._graph)
        return nearest(self._graph, self._ids, name)

    def missing(self, name: str, language: Language) -> Page:
        """The page for an address that means nothing, with the nearest that do."""
        return self._render("missing.html.j2", language, name=name, near=self.near(name))

    def ontology(self, language: Language) -> Page:
        """The classes and properties with their labels and definitions; each stands at its ``#name``."""
        rdf = ontology_graph()

        def terms(kinds: tuple[URIRef, ...]) -> list[dict[str, Any]]:
            every = {str(term) for kind in kinds for term in rdf.subjects(RDF.type, kind)}
            found = sorted(URIRef(term) for term in every if term.startswith(str(NURT._NS)))
            above = {_CLASSES: RDFS.subClassOf, _PROPERTIES: RDFS.subPropertyOf}.get(kinds, RDF.type)
            return [
                {
                    "iri": term,
                    "name": str(term).rpartition("#")[2],
                    "label": _in(rdf.objects(term, RDFS.label), language),
                    "definition": _in(rdf.objects(term, SKOS.definition), language),
                    "above": sorted(str(o) for o in rdf.objects(term, above) if isinstance(o, URIRef)),
                }
                for term in found
            ]

        return self._render(
            "ontology.html.j2",
            language,
            classes=terms(_CLASSES),
            properties=terms(_PROPERTIES),
            bases=terms(_INDIVIDUALS),
        )

    def query(self, language: Language, limit: float) -> Page:
        """The query page with the queries of the library as examples."""
        if language not in self._examples:
            self._examples[language] = [
                {
                    "name": query.name,
                    "summary": query.summary(language),
                    "text": self._example(query, language),
                }
                for query in library().values()
            ]
        script = _file("query.js")
        words = _words()
        data = {
            "examples": self._examples[language],
            "words": {key: pair[0 if language == "pl" else 1] for key, pair in words.items()},
            "home": str(ID),
        }
        return self._render(
            "query.html.j2",
            language,
            scripts=[script],
            prefixes=PREFIXES,
            examples=self._examples[language],
            data=as_json(data),
            limit=f"{limit:g}",
        )

    def _example(self, query: Query, language: Language) -> str:
        """A query as one would type it here: without its header, the examples in place of the parameters."""
        given = {p.name: p.example for p in query.parameters if p.required and p.example}
        try:
            text = bind(query.text, bindings(self._graph, query, given, language))
        except NurtError:  # the example is of the shipped corpus, and this graph has no such thing
            text = query.text
        lines = [line for line in text.splitlines() if not line.startswith("#+")]
        return "\n".join([f"# {query.summary(language)}", *lines]).replace("\n\n", "\n", 1) + "\n"

    def _render(
        self, template: str, language: Language, *, scripts: list[str] | None = None, **content: Any
    ) -> Page:
        words = _words()
        style = _file("server.css")
        text = self._environment.get_template(template).render(
            language=language,
            words={key: pair[0 if language == "pl" else 1] for key, pair in words.items()},
            labels=term_labels(language),
            defined=NURT.__annotations__,
            style=style,
            scripts=scripts or [],
            home=str(ID),
            **content,
        )
        connect = "; connect-src 'self'" if scripts else ""
        return text, policy(scripts or [], [style]) + connect


@cache
def _file(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _words() -> dict[str, tuple[str, str]]:
    return {key: (pair[0], pair[1]) for key, pair in json.loads(_file("words.json")).items()}


def _in(labels: Any, language: Language) -> str:
    """The label in a language, or ""."""
    return next((str(o) for o in labels if isinstance(o, Literal) and o.language == language), "")


def _local(value: Value) -> str:
    """Where this server has a thing of the graph or a term of the ontology; "" for anything else."""
    text = str(value)
    if not isinstance(value, URIRef):
        return ""
    if text.startswith(str(ID)):
        return f"/id/{short(value)}"
    if text.startswith(str(NURT._NS)):
        return f"/ontology#{text.rpartition('#')[2]}"
    return ""


def _outside(value: Value) -> bool:
    """Whether a value is an address on the web."""
    return isinstance(value, URIRef) and str(value).startswith(("https://", "http://"))
