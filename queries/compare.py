"""Comparison of regions: a matrix of their programmes by thematic objective, beneficiary type or money."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal, get_args

from rdflib import URIRef

from ..errors import UnknownNameError
from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.namespace import NURT
from .resources import Resources, code_key, load_resources
from .run import run
from .sheet import Column, Kind, Language, Note, Sheet, Value
from .wanted import one_of

__all__ = ["ASPECTS", "Aspect", "compare"]

Aspect = Literal["thematic-objective", "beneficiary", "money"]
ASPECTS: Final[tuple[Aspect, ...]] = get_args(Aspect)
_TITLES: Final[dict[Aspect, tuple[str, str]]] = {
    "thematic-objective": ("Liczba działań na cel tematyczny", "Number of measures by thematic objective"),
    "beneficiary": ("Liczba działań otwartych dla beneficjenta", "Number of measures open to a beneficiary"),
    "money": (
        "Planowane wsparcie UE (EUR) na cel tematyczny",
        "Planned Union support (EUR) by thematic objective",
    ),
}
_BENEFICIARIES: Final = """
SELECT DISTINCT ?type ?measure WHERE {
  ?programme a nurt:RegionalProgramme ; nurt:coversRegion ?region .
  ?measure nurt:partOf+ ?programme ; nurt:eligible ?type .
}"""
_PROGRAMMES: Final = """
SELECT DISTINCT ?programme WHERE { ?programme a nurt:RegionalProgramme ; nurt:coversRegion ?region }"""
_SERVING: Final = """
SELECT DISTINCT ?objective ?measure WHERE {
  ?measure nurt:partOf+ ?programme ; nurt:flowsFrom ?objective ; a ?type .
  FILTER(?type IN (nurt:Measure, nurt:SubMeasure))
  MINUS { ?part nurt:partOf ?measure ; a nurt:SubMeasure }
  ?objective a nurt:ThematicObjective .
}"""

Cells = dict[URIRef, dict[URIRef, Value]]


def compare(
    graph: Graph,
    regions: Sequence[str | URIRef],
    *,
    by: str = "thematic-objective",
    language: Language = "pl",
) -> Sheet:
    """Lay regions side by side: one row an objective or beneficiary type, one column a region.

    Args:
        regions: at least two, as anything that ``names.one`` resolves.
        by: "thematic-objective" counts the measures and sub-measures that serve it, by whatever basis;
            "beneficiary" those that are open to a type; "money" is the planned Union support of the axes.

    A cell is empty where the programme has nothing there, as far as the graph knows.
    Raises UnknownNameError for an unknown region or aspect, or fewer than two regions.
    """
    if by not in ASPECTS:
        raise UnknownNameError(f"Regions cannot be compared by {by!r}.", name=by, candidates=ASPECTS)
    chosen = [
        region if isinstance(region, URIRef) else one_of(graph, region, [NURT.Region]) for region in regions
    ]
    if len(set(chosen)) < 2:
        raise UnknownNameError(
            "A comparison needs two regions or more.",
            name=", ".join(short(region) for region in chosen),
            hint="For example: nurt compare łódzkie śląskie",
        )
    resources = load_resources(graph)
    cells: Cells = {}
    for region in chosen:
        for thing, value in _column(graph, region, by).items():
            cells.setdefault(thing, {})[region] = value
    return _sheet(cells, tuple(dict.fromkeys(chosen)), by, resources, language)


def _column(graph: Graph, region: URIRef, by: Aspect) -> dict[URIRef, Value]:
    if by == "money":
        sheet = run(graph, "money-by-thematic-objective", {"region": short(region)})
        pairs = zip(sheet.column("objective"), sheet.column("amount_eur"), strict=True)
        return {thing: value for thing, value in pairs if isinstance(thing, URIRef)}
    counts: dict[URIRef, int] = {}
    if by == "beneficiary":
        found = [row[0] for row in graph.select(_BENEFICIARIES, {"region": region}).rows]
    else:
        programmes = [row[0] for row in graph.select(_PROGRAMMES, {"region": region}).rows]
        found = [
            row[0]
            for programme in programmes
            if programme is not None
            for row in graph.select(_SERVING, {"programme": programme}).rows
        ]
    for thing in found:
        if isinstance(thing, URIRef):
            counts[thing] = counts.get(thing, 0) + 1
    return dict(counts)


def _sheet(
    cells: Cells, regions: Sequence[URIRef], by: Aspect, resources: Resources, language: Language
) -> Sheet:
    kind: Kind = "money" if by == "money" else "number"
    columns = (
        Column(name="id", label_pl="Identyfikator", label_en="Identifier", kind="id"),
        Column(name="name", label_pl="Nazwa", label_en="Name"),
        *(
            Column(
                name=short(region).rpartition("/")[2],
                label_pl=resources[region].name("pl"),
                label_en=resources[region].name("en"),
                kind=kind,
            )
            for region in regions
        ),
    )
    rows = tuple(
        (thing, resources[thing].title(language), *(cells[thing].get(region) for region in regions))
        for thing in sorted(cells, key=lambda iri: code_key(short(iri)))
    )
    pl = language == "pl"
    notes = [
        Note(
            "Puste" if pl else "Empty",
            "graf nic tam nie zna" if pl else "the graph knows of nothing there",
        )
    ]
    if by == "money":
        for position, region in enumerate(regions, start=2):
            total = sum(
                (Decimal(str(row[position])) for row in rows if row[position] is not None), Decimal(0)
            )
            notes.append(Note(resources[region].name(language), f"{total:f} EUR"))
    return Sheet(
        name=f"compare-{by}",
        title=_TITLES[by][0 if pl else 1],
        columns=columns,
        rows=rows,
        notes=tuple(notes),
        language=language,
    )
