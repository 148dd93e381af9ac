"""What people call the terms that data names: the labels of the ontology, and of the standards beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import pyoxigraph as ox

from .levels import LEVELS
from .namespace import NURT

__all__ = ["term_label", "term_labels"]

_LABEL: Final = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_STANDARD: Final[Mapping[str, tuple[str, str]]] = {
    # SKOS, Dublin Core, RDF, PROV and Web Annotation ship no Polish labels.
    "prefLabel": ("nazwa", "name"),
    "altLabel": ("inna nazwa", "other name"),
    "hiddenLabel": ("rozpoznawane też jako", "also recognised as"),
    "title": ("tytuł", "title"),
    "definition": ("definicja", "definition"),
    "description": ("opis", "description"),
    "type": ("klasa", "class"),
    "note": ("uwaga", "note"),
    "editorialNote": ("uwaga redakcyjna", "editorial note"),
    "format": ("postać", "format"),
    "license": ("warunki użycia", "terms of use"),
    "source": ("źródło", "source"),
    "date": ("data", "date"),
    "created": ("data", "date"),
    "language": ("język", "language"),
    "publisher": ("wydawca", "publisher"),
    "identifier": ("identyfikator", "identifier"),
    "inScheme": ("słownik", "vocabulary"),
    "topConceptOf": ("najwyższe pojęcie słownika", "top concept of"),
    "hasTopConcept": ("najwyższe pojęcia", "top concepts"),
    "broader": ("pojęcie szersze", "broader concept"),
    "narrower": ("pojęcie węższe", "narrower concept"),
    "related": ("pojęcie pokrewne", "related concept"),
    "notation": ("kod", "notation"),
    "subject": ("o czym", "of what"),
    "predicate": ("powiązanie", "link"),
    "object": ("z czym", "to what"),
    "wasDerivedFrom": ("z dokumentu", "from the document"),
    "hasVersion": ("wersja", "has version"),
    "isVersionOf": ("wersja czego", "is version of"),
    "hasSource": ("dokument", "document"),
    "hasSelector": ("miejsce", "place"),
    "exact": ("cytat", "quote"),
    "start": ("od znaku", "from character"),
    "end": ("do znaku", "to character"),
    "label": ("nazwa", "name"),
    "seeAlso": ("zob. też", "see also"),
    "triples": ("trójki", "triples"),
    "Concept": ("pojęcie", "concept"),
    "ConceptScheme": ("słownik", "vocabulary"),
    "Collection": ("zbiór", "collection"),
    "Statement": ("zdanie RDF", "RDF statement"),
    "LegalResource": ("akt prawny (ELI)", "legal resource (ELI)"),
    "Observation": ("obserwacja", "observation"),
    "SpecificResource": ("fragment", "fragment"),
    "TextQuoteSelector": ("cytat", "quote"),
    "TextPositionSelector": ("położenie w tekście", "position in the text"),
}
_ANSWERS: Final[Mapping[str, tuple[str, str]]] = {
    # Words that queries of the library answer with, beside the names of levels.
    "macro": ("makro (UE)", "macro (Union)"),
    "meso": ("mezo (kraj)", "meso (nation)"),
    "micro": ("mikro (region)", "micro (region)"),
    "union": ("unijny", "Union"),
    "national": ("krajowy", "national"),
    "regional": ("regionalny", "regional"),
    "sub-measure": ("poddziałanie", "sub-measure"),
    "no-objective": ("brak przypisanego celu", "no objective assigned"),
    "objective-without-priority": (
        "cel nie prowadzi do priorytetu Europa 2020",
        "the objective leads to no priority of Europe 2020",
    ),
    "technical-assistance": ("pomoc techniczna", "technical assistance"),
}
Language = Literal["pl", "en"]


@cache
def term_labels(language: Language) -> Mapping[str, str]:
    """Labels by local name (``partOf``, ``coded``, ``altLabel``) or key of a level, in a language.

    Those of ``nurt.ttl`` come first; for what it does not define the lists above stand.
    """
    position = 0 if language == "pl" else 1
    found = {name: pair[position] for name, pair in (*_ANSWERS.items(), *_STANDARD.items())}
    for level in LEVELS:
        found[level.key] = level.label_pl if language == "pl" else level.label_en
    turtle = files(__package__).joinpath("nurt.ttl").read_bytes()
    home = str(NURT._NS)
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=home):
        term, label = quad.subject, quad.object
        if quad.predicate != _LABEL or not isinstance(label, ox.Literal) or label.language != language:
            continue
        if isinstance(term, ox.NamedNode) and term.value.startswith(home):
            found[term.value.removeprefix(home)] = label.value
    return found


def term_label(name: str, language: Language) -> str:
    """What a term is called; a tag after a space stays, a term without label keeps its name.

    >>> term_label("partOf", "pl"), term_label("coded", "en"), term_label("altLabel (pl)", "pl")
    ('jest częścią', 'coded', 'inna nazwa (pl)')
    """
    term, space, tag = name.partition(" ")
    labels = term_labels(language)
    return f"{labels[term]}{space}{tag}" if term in labels else name
