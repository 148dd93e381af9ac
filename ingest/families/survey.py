"""Figures of a survey in tables: question, answer, share of respondents; to an RDF Data Cube.

A table is one of figures where its headings name question, answer and share. Every figure becomes a
``qb:Observation`` of one ``qb:DataSet`` a document; ``ontology/vocabularies/survey.ttl`` gives its structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import QB, XSD

from ...ontology.identifiers import concept, slug, survey
from ...ontology.namespace import ID, NURT
from ..catalogue import Entry
from ..claims import Element, Review
from ..document import Document
from .amounts import number
from .columns import Columns, find_columns
from .labels import authority, preferred, vocabulary
from .tables import Row, Table, tables

__all__ = ["STRUCTURE", "survey_figures"]

STRUCTURE: Final = ID["survey/structure"]
_COLUMNS: Final[Mapping[str, re.Pattern[str]]] = {
    "question": re.compile(r"pytanie|question"),
    "answer": re.compile(r"odpowiedz|answer"),
    "share": re.compile(r"(?:odsetek|udzial|share|percentage)(?: (?:odpowiedzi|badanych|of respondents))?"),
    "respondents": re.compile(r"liczebnosc(?: n)?|n|respondents(?: n)?"),
}
_NEEDED: Final = frozenset({"question", "answer", "share"})
_YEAR: Final = re.compile(r"\b(?:dane|badanie|data|survey)\b[^.\n]{0,60}?\b((?:19|20)\d\d)\b", re.IGNORECASE)
_TITLES: Final = (
    ("Wyniki ankiety", "pl"),
    ("Survey figures", "en"),
)
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Category:
    """A question or an answer: its concept, and its labels by language."""

    iri: URIRef
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        """Its name in the language, else the one it has."""
        return self.labels.get(language) or next(iter(self.labels.values()))


def survey_figures(document: Document, entry: Entry) -> Iterator[Element | Review]:
    """The data set of a document's survey tables, its observations, and answers no vocabulary knows.

    Yields nothing where no table holds figures of a survey, and a Review for each row whose share is no
    number from 0 to 100 or whose question or answer is empty.
    """
    found = [
        (table, columns)
        for table in tables(document)
        if (columns := find_columns(table, _COLUMNS, needed=_NEEDED)) is not None
    ]
    rows = [
        (table, columns, row)
        for table, columns in found
        for row in table.rows
        if row.index > columns.header_row and row.line
    ]
    if not rows:
        return
    data_set = survey(document.id)
    titles = {"pl": entry.title_pl, "en": entry.title_en}
    table, columns = found[0]
    heading = next(row for row in table.rows if row.index == columns.header_row)
    yield Element(
        iri=data_set,
        type=QB.DataSet,
        evidence=heading.evidence(document),
        labels=tuple(
            Literal(f"{name}: {titles[language]}" if titles[language] else name, lang=language)
            for name, language in _TITLES
        ),
        properties=((QB.structure, STRUCTURE),),
    )
    year = _year(document)
    seen: set[URIRef] = set()
    for table, columns, row in rows:
        for item in _observation(document, data_set, year, table, columns, row):
            if isinstance(item, Review) or item.iri not in seen:
                yield item
            if isinstance(item, Element):
                seen.add(item.iri)


def _observation(
    document: Document, data_set: URIRef, year: str, table: Table, columns: Columns, row: Row
) -> Iterator[Element | Review]:
    evidence = row.evidence(document)
    question, answer = columns.line(table, row, "question"), columns.line(table, row, "answer")
    share = number(columns.line(table, row, "share"))
    if not slug(question) or not slug(answer) or share is None or not 0 <= share <= _HUNDRED:
        yield Review(
            evidence=evidence, reason="a survey figure without question, answer or share in per cent"
        )
        return
    language = document.language or "pl"
    asked = _category(question, "survey-question", language)
    given = _category(answer, "survey-answer", language)
    for category, kind in ((asked, NURT.SurveyQuestion), (given, NURT.SurveyAnswer)):
        if category.iri not in authority("survey"):
            labels = tuple(Literal(text, lang=tag) for tag, text in category.labels.items())
            yield Element(iri=category.iri, type=kind, evidence=evidence, labels=labels)
    properties: list[tuple[URIRef, URIRef | Literal]] = [
        (QB.dataSet, data_set),
        (NURT.surveyQuestion, asked.iri),
        (NURT.surveyAnswer, given.iri),
        (NURT.respondentShare, Literal(format(share, "f"), datatype=XSD.decimal)),
        (NURT.unit, Literal("%")),
    ]
    base = number(columns.line(table, row, "respondents"))
    if base is not None and base == base.to_integral_value():
        properties.append((NURT.respondents, Literal(int(base))))
    if year:
        properties.append((NURT.surveyYear, Literal(year, datatype=XSD.gYear)))
    yield Element(
        iri=survey(document.id, asked.iri, given.iri),
        type=QB.Observation,
        evidence=evidence,
        labels=tuple(
            Literal(f"{asked.label(tag)}: {given.label(tag)}, {_printed(share, tag)}%", lang=tag)
            for tag in ("pl", "en")
        ),
        properties=tuple(properties),
    )


def _category(printed: str, scheme: str, language: str) -> _Category:
    known = vocabulary("survey", scheme).exact(printed)
    if known is None:
        return _Category(concept(scheme, printed), {language: printed})
    return _Category(known, preferred("survey", known))


def _printed(share: Decimal, language: str) -> str:
    text = format(share, "f")
    return text.replace(".", ",") if language == "pl" else text


def _year(document: Document) -> str:
    """The year of the data where one sentence gives it, or ""."""
    found = {match[1] for match in _YEAR.finditer(document.text)}
    return found.pop() if len(found) == 1 else ""
