"""What stands beside the lineage: where it is written, and the figures of surveys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from rdflib import URIRef
from rdflib.term import Node

from ..graph.store import Graph
from ..ontology.namespace import NURT
from ..queries.links import Quote

__all__ = ["BESIDE", "Figure", "load_figures", "load_passages"]

BESIDE: Final = (
    NURT.SmartSpecialisation,
    NURT.Region,
    NURT.CategoryOfRegion,
    NURT.Fund,
    NURT.SupportType,
    NURT.Body,
    NURT.InterventionField,
    NURT.SurveyQuestion,
    NURT.SurveyAnswer,
    NURT.Document,
)
"""Classes whose members are found and have cards, but stand in no column."""

_PLACE: Final = """?evidence oa:hasSource ?document ; oa:hasSelector ?words , ?position .
  ?words oa:exact ?quote .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?evidence nurt:page ?page }"""
_PASSAGES: Final = f"""
SELECT DISTINCT ?thing ?document ?quote ?start ?end ?page WHERE {{
  VALUES ?class {{ {" ".join(cls.n3() for cls in BESIDE)} }}
  ?thing a ?class ; nurt:evidence ?evidence .
  {_PLACE}
}}"""
_FIGURES: Final = f"""
SELECT DISTINCT ?question ?answer ?share ?unit ?n ?year ?document ?quote ?start ?end ?page WHERE {{
  ?observation a qb:Observation ; nurt:surveyQuestion ?question ; nurt:surveyAnswer ?answer ;
               nurt:respondentShare ?share ; nurt:evidence ?evidence .
  {_PLACE}
  OPTIONAL {{ ?observation nurt:unit ?unit }}
  OPTIONAL {{ ?observation nurt:respondents ?n }}
  OPTIONAL {{ ?observation nurt:surveyYear ?year }}
}}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a survey.

    Args:
        question, answer: what was asked and what these respondents answered.
        share: of the respondents, in ``unit``.
        respondents: how many were asked, or None where no document says so.
        year: of the survey, or "".
        quote: where it is written.
    """

    question: URIRef
    answer: URIRef
    share: Decimal
    unit: str
    respondents: int | None
    year: str
    quote: Quote


def load_passages(graph: Graph) -> dict[URIRef, tuple[Quote, ...]]:
    """Where documents set out what stands beside the lineage, by thing, in the order of the documents."""
    found: dict[URIRef, set[tuple[str, int, int, str, int | None]]] = {}
    for thing, document, quote, start, end, page in graph.select(_PASSAGES).rows:
        if isinstance(thing, URIRef):
            found.setdefault(thing, set()).add((str(document), *_span(start, end), str(quote), _number(page)))
    return {
        thing: tuple(_quote(place) for place in sorted(places, key=lambda place: place[:3]))
        for thing, places in found.items()
    }


def load_figures(graph: Graph) -> tuple[Figure, ...]:
    """All figures of surveys: question by question, the greatest share first."""
    figures = []
    for question, answer, share, unit, n, year, document, quote, start, end, page in _rows(graph):
        try:
            amount = Decimal(str(share))
        except InvalidOperation:
            continue  # the shapes refuse it; a graph that was never validated must still be shown
        figures.append(
            Figure(
                question=URIRef(str(question)),
                answer=URIRef(str(answer)),
                share=amount,
                unit=str(unit or ""),
                respondents=_number(n),
                year=str(year or ""),
                quote=_quote((str(document), *_span(start, end), str(quote), _number(page))),
            )
        )
    return tuple(sorted(figures, key=lambda f: (f.question, -f.share, f.answer, f.quote.start)))


def _rows(graph: Graph) -> Sequence[tuple[Node | None, ...]]:
    return graph.select(_FIGURES).rows


def _span(start: Node | None, end: Node | None) -> tuple[int, int]:
    return int(str(start)), int(str(end))


def _number(value: Node | None) -> int | None:
    return None if value is None else int(str(value))


def _quote(place: tuple[str, int, int, str, int | None]) -> Quote:
    document, start, end, text, page = place
    return Quote(document=URIRef(document), titles=(), text=text, page=page, start=start, end=end)
