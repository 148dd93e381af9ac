"""One lineage as a picture that stands alone: what the explorer shows of it, for a report or a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from rdflib import URIRef

from ..errors import UnknownNameError
from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.namespace import NURT
from ..queries.links import BASES, Link, load_links
from ..queries.resources import load_resources
from ..queries.routes import Router
from ..queries.sheet import Language
from .columns import COLUMNS, SPACE, STRATEGIES, column_of, strongest
from .drawing import DASHES
from .ink import colours, signs
from .lettering import FONTS, width, wrap
from .network import home, network, programme_name, things

if TYPE_CHECKING:
    from .network import Lineages, Thing

__all__ = ["lineage_svg"]

_SIZE: Final = 12.5
_LEADING: Final = 15.5
_BAND: Final = 20
_NARROWEST: Final = 160
_BETWEEN: Final = 14
_STEP: Final = 36
_EDGE: Final = 24
_ABREAST: Final = 4
_MOST: Final = 24
"""Parts, and things that name a beneficiary type, in one picture: more could not be read."""
_BENEATH: Final = (NURT.eligible, NURT.supports)
_PROGRAMME: Final = next(n for n, column in enumerate(COLUMNS) if "programme" in column.levels)
_MEASURE: Final = next(n for n, column in enumerate(COLUMNS) if "measure" in column.levels)
_LEFT_OUT: Final = {"pl": "nie narysowano dalszych: {}", "en": "not drawn: {} more"}
_LEGEND: Final = {
    "pl": ("podana wprost", "z kodu", "ustalona przez osobę", "wywnioskowana"),
    "en": ("stated", "coded", "curated", "inferred"),
}


def lineage_svg(graph: Graph, focus: URIRef, *, language: Language = "pl") -> str:
    """Draw the routes from a thing up to Europe 2020, what it is part of, its parts and who may apply.

    The routes are those of the lineage table (``queries.routes``). Levels run from top to bottom; lines are
    broken by their strongest basis, with a legend. Raises UnknownNameError for what stands in no lineage.
    """
    lineages = network(graph)
    known = things(lineages)
    columns = column_of(lineages)
    if focus not in columns:
        raise UnknownNameError(
            f"{short(focus)!r} stands in no lineage that could be drawn.",
            name=short(focus),
            hint="`nurt show` tells what is known of it.",
        )
    names = {iri: programme_name(lineages, iri, language) for iri, at in columns.items() if at == _PROGRAMME}
    every, left_out = _lines(graph, lineages, focus)
    lines = {ends: links for ends, links in every.items() if set(ends) <= set(columns)}
    drawn = sorted({focus, *(iri for ends in lines for iri in ends)}, key=list(known).index)
    # Lanes keep lines from running behind boxes; among several programmes there is no room for them.
    lanes = sum(columns[iri] == _PROGRAMME for iri in drawn) < 2 and columns[focus] > _PROGRAMME
    places = _places(drawn, columns, columns[focus] if lanes else _PROGRAMME)
    left = min(x - _width(columns[iri]) / 2 for iri, (x, _) in places.items()) - _EDGE
    right = max(x + _width(columns[iri]) / 2 for iri, (x, _) in places.items()) + _EDGE
    right = max(right, left + 560)
    bottom = max(y + COLUMNS[columns[iri]].height / 2 for iri, (_, y) in places.items()) + _EDGE
    title = known[focus].resource.title(language)
    body = [
        *(_line(places, lower, upper, links) for (lower, upper), links in lines.items()),
        *(
            _box(known[iri], columns[iri], *places[iri], names.get(iri, ""), language, iri == focus)
            for iri in drawn
        ),
        *_legend(left + _EDGE, bottom + 8, lines.values(), left_out, language),
    ]
    size = f'width="{right - left:.0f}" height="{bottom + _EDGE * 2:.0f}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {-_EDGE} {right - left:.0f} '
        f'{bottom + _EDGE * 2:.0f}" {size} role="img" font-family="{FONTS}" font-size="{_SIZE}" '
        f'fill="{colours()["text"]}"><title>{escape(title)}</title>'
        f'<rect x="{left:.0f}" y="{-_EDGE}" {size} fill="#ffffff"/>{"".join(body)}</svg>\n'
    )


def _lines(
    graph: Graph, lineages: Lineages, focus: URIRef
) -> tuple[dict[tuple[URIRef, URIRef], list[Link]], int]:
    """The links to draw between lower and upper end, and how many things are left out."""
    found: dict[tuple[URIRef, URIRef], list[Link]] = {}

    def add(lower: URIRef, upper: URIRef, links: Sequence[Link]) -> None:
        if not links:
            return
        known = found.setdefault((lower, upper), [])
        known.extend(link for link in links if link not in known)

    for route in Router(load_links(graph), load_resources(graph)).routes(focus):
        for link in route.links:
            add(link.child, link.parent, (link,))
    homes, at = home(lineages), focus
    while at in homes:
        add(at, homes[at], lineages.edges[at, homes[at]]["links"])
        at = homes[at]
    parts = [iri for iri, whole in homes.items() if whole == focus]
    for part in parts[:_MOST]:
        add(part, focus, lineages.edges[part, focus]["links"])
    owners = {
        owner: links
        for owner, _, data in lineages.in_edges(focus, data=True)
        if (links := [link for link in data["links"] if link.predicate in _BENEATH])
    }
    for owner in list(owners)[:_MOST]:
        add(focus, owner, owners[owner])
    for _, side, data in lineages.out_edges(focus, data=True):
        add(side, focus, [link for link in data["links"] if link.predicate in _BENEATH])
    return found, max(0, len(parts) - _MOST) + max(0, len(owners) - _MOST)


def _places(
    drawn: Iterable[URIRef], columns: dict[URIRef, int], foot: int
) -> dict[URIRef, tuple[float, float]]:
    """The centre of each box: a row for each level, objectives to the left of programmes and strategies."""
    rows: dict[int, list[URIRef]] = {}
    for iri in drawn:
        rows.setdefault(columns[iri], []).append(iri)
    places: dict[URIRef, tuple[float, float]] = {}
    top = 0.0
    for number in sorted(rows):
        height, pitch = COLUMNS[number].height, _width(number) + _BETWEEN
        abreast = 2 if foot > _PROGRAMME and number in STRATEGIES else _ABREAST
        for start in range(0, len(rows[number]), abreast):
            line = rows[number][start : start + abreast]
            first = _aside(number, foot) - (len(line) - 1) * pitch / 2
            for place, iri in enumerate(line):
                places[iri] = (first + place * pitch, top + height / 2)
            top += height + SPACE
        top += _STEP
    return places


def _aside(column: int, foot: int) -> float:
    """How far a level stands from the middle, so that lines pass beside boxes and not behind them."""
    if foot <= _PROGRAMME or column >= min(foot, _MEASURE):
        return 0
    if column in STRATEGIES:
        return 252
    if column == _PROGRAMME:
        return 210
    return -118 if column < _PROGRAMME else 24


def _width(column: int) -> float:
    return max(COLUMNS[column].width, _NARROWEST)


def _line(
    places: dict[URIRef, tuple[float, float]], lower: URIRef, upper: URIRef, links: Iterable[Link]
) -> str:
    (x0, y0), (x1, y1) = places[upper], places[lower]
    middle = (y0 + y1) / 2
    basis = strongest(links)
    path = f"M{x0:.0f} {y0:.0f} C{x0:.0f} {middle:.0f} {x1:.0f} {middle:.0f} {x1:.0f} {y1:.0f}"
    mark = _diamond((x0 + x1) / 2, middle) if basis == "curated" else ""
    return f'<path d="{path}" {_stroke(basis)}/>{mark}'


def _stroke(basis: str) -> str:
    dashes = DASHES[basis]
    broken = f' stroke-dasharray="{" ".join(map(str, dashes))}"' if isinstance(dashes, list) else ""
    return f'fill="none" stroke="{colours()["accent"]}" stroke-width="2"{broken}'


def _diamond(x: float, y: float) -> str:
    points = f"M{x:.0f} {y - 5:.0f} l5 5 l-5 5 l-5 -5 Z"
    return f'<path d="{points}" fill="{colours()["accent"]}"/>'


def _box(
    thing: Thing, column: int, x: float, y: float, known_as: str, language: Language, chosen: bool
) -> str:
    wide, high = _width(column), COLUMNS[column].height
    left, top = x - wide / 2, y - high / 2
    tier = signs()["tiers"][thing.level]
    if thing.level == "strategy" and column != 0:
        tier = "nation"
    ink = colours()[tier]
    edge = colours()["accent"] if chosen else ink
    title = thing.resource.title(language)
    return (
        f"<g><title>{escape(title)}</title>"
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{wide:.0f}" height="{high}" rx="5" fill="#ffffff" '
        f'stroke="{edge}" stroke-width="{2 if chosen else 1}"/>'
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{_BAND}" height="{high}" rx="5" fill="{ink}"/>'
        f'<path d="{signs()["paths"][thing.level]}" fill="#ffffff" fill-rule="evenodd" '
        f'transform="translate({left + 4:.0f} {y - 6:.0f}) scale(0.5)"/>'
        f"{''.join(_lettering(thing, column, left + _BAND + 7, y, known_as, language))}</g>"
    )


def _lettering(
    thing: Thing, column: int, x: float, y: float, known_as: str, language: Language
) -> Iterator[str]:
    resource = thing.resource
    title, name = resource.title(language), "" if known_as else resource.name(language)
    head = known_as or resource.acronym or (title.removesuffix(name).strip() if title != name else "")
    room = _width(column) - _BAND - 14
    taken = width(f"{head} ", _SIZE, bold=True) if head else 0
    lines = wrap(name, room, _SIZE, lines=COLUMNS[column].lines, first=taken)
    for number, line in enumerate(lines):
        row = y + (number - (len(lines) - 1) / 2) * _LEADING + 4
        bold = f'<tspan font-weight="600">{escape(head)} </tspan>' if head and number == 0 else ""
        yield f'<text x="{x:.0f}" y="{row:.1f}" xml:space="preserve">{bold}{escape(line)}</text>'


def _legend(
    x: float, y: float, drawn: Iterable[Iterable[Link]], left_out: int, language: Language
) -> Iterator[str]:
    used = {strongest(links) for links in drawn}
    for basis, name in zip(BASES, _LEGEND[language], strict=True):
        if basis in used:
            mark = _diamond(x + 17, y) if basis == "curated" else ""
            yield f'<path d="M{x:.0f} {y:.0f} h34" {_stroke(basis)}/>{mark}'
            yield f'<text x="{x + 42:.0f}" y="{y + 4:.0f}">{escape(name)}</text>'
            x += 42 + width(name, _SIZE) + 20
    if left_out:
        yield f'<text x="{x:.0f}" y="{y + 4:.0f}">{escape(_LEFT_OUT[language].format(left_out))}</text>'
