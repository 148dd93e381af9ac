"""What a graph holds, in numbers: for ``nurt info`` and for the first lines of a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from ..ontology.levels import LEVELS
from ..ontology.namespace import ID
from .store import Graph

__all__ = ["Statistics", "statistics"]

_DOCUMENTS: Final = """
SELECT ?family (COUNT(DISTINCT ?document) AS ?n) WHERE {
  ?document a nurt:Document OPTIONAL { ?document nurt:family ?family }
} GROUP BY ?family ORDER BY ?family"""
_CLASSES: Final = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE {
  ?document nurt:setsOut ?thing . ?thing a ?class
} GROUP BY ?class ORDER BY ?class"""
_ELEMENTS: Final = "SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?document nurt:setsOut ?thing }"
_CLAIMS: Final = """
SELECT ?basis (COUNT(?claim) AS ?n) WHERE { ?claim a nurt:Claim ; nurt:basis ?basis }
GROUP BY ?basis ORDER BY ?basis"""
_TRIPLES: Final = "SELECT ?graph (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
_ORDER: Final = ("stated", "coded", "curated", "inferred")
_WORDS: Final = {
    "en": (
        "documents",
        "of these",
        "elements",
        "claims",
        "triples",
        "snapshot",
        "built",
        "with nurt",
        "reviews",
    ),
    "pl": (
        "dokumenty",
        "w tym",
        "elementy",
        "twierdzenia",
        "trójki",
        "migawka",
        "zbudowano",
        "programem nurt",
        "do rozstrzygnięcia",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Counts.

    Args:
        documents: how many documents the graph was built from.
        families: how many of each kind, "" where the layout is unknown.
        elements: how many things documents set out, of any class.
        levels: how many stand on each level of the lineage, by level key, levels without any left out.
        claims: how many claims rest on each basis, strongest basis first.
        triples: statements in all named graphs, the vocabularies included.
        snapshot: id of the snapshot; equal ids mean equal graphs; "" in memory.
        built: when, in ISO 8601, or "".
        version: of the nurt that built it, or "".
        reviews: how many decisions the build left to a person.
    """

    documents: int
    families: dict[str, int]
    elements: int
    levels: dict[str, int]
    claims: dict[str, int]
    triples: int
    snapshot: str
    built: str
    version: str
    reviews: int

    def text(self, language: str = "en") -> str:
        """The counts for people, in Polish or English, one a line."""
        documents, of_these, elements, claims, triples, snapshot, built, by, reviews = _WORDS[language]
        lines = [f"{documents}: {self.documents}"]
        lines += [f"  {family or '?'}: {count}" for family, count in self.families.items()]
        lines.append(f"{elements}: {self.elements}, {of_these}:")
        for level in LEVELS:
            if level.key in self.levels:
                name = level.label_pl if language == "pl" else level.label_en
                lines.append(f"  {name}: {self.levels[level.key]}")
        lines.append(f"{claims}: {sum(self.claims.values())}")
        lines += [f"  {basis}: {count}" for basis, count in self.claims.items()]
        lines.append(f"{triples}: {self.triples}")
        lines.append(f"{reviews}: {self.reviews}")
        if self.snapshot:
            lines.append(f"{snapshot}: {self.snapshot}")
        if self.built:
            lines.append(f"{built}: {self.built}, {by} {self.version}")
        return "\n".join(lines) + "\n"


def _counts(graph: Graph, query: str) -> dict[str, int]:
    return {str(key) if key is not None else "": int(str(count)) for key, count in graph.select(query).rows}


def statistics(graph: Graph) -> Statistics:
    """Count what a graph holds."""
    classes = _counts(graph, _CLASSES)
    levels = {
        level.key: count
        for level in LEVELS
        if (count := sum(classes.get(str(URIRef(cls)), 0) for cls in level.classes))
    }
    claims = {key.rpartition("#")[2]: count for key, count in _counts(graph, _CLAIMS).items()}
    families = _counts(graph, _DOCUMENTS)
    return Statistics(
        documents=sum(families.values()),
        families=families,
        elements=int(str(graph.select(_ELEMENTS).rows[0][0])),
        levels=levels,
        claims={basis: claims[basis] for basis in _ORDER if basis in claims},
        # A server may hold other people's graphs beside ours, and what ``graph.remote`` keeps there.
        triples=sum(
            count
            for name, count in _counts(graph, _TRIPLES).items()
            if name.startswith(str(ID)) and not name.startswith(f"{ID}store/")
        ),
        snapshot=graph.snapshot,
        built=str(graph.manifest.get("built", "")),
        version=str(graph.manifest.get("nurt", "")),
        reviews=len(graph.report.get("reviews", ())),
    )
