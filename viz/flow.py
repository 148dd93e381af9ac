"""The flow of money as a picture: priorities, thematic objectives, programmes and axes, to the euro."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

import networkx as nx
from rdflib import URIRef

from ..errors import UnknownNameError
from ..graph.store import Graph
from ..ontology.identifiers import short
from ..queries.links import UPWARD, digests
from ..queries.money import Allocation
from ..queries.network import digests_note
from ..queries.sheet import Language
from .explorer import policy
from .lettering import FONTS
from .network import Thing, home, network, programme_name, things

if TYPE_CHECKING:
    from .network import Lineages

__all__ = ["Ribbon", "flow_html", "flow_svg", "ribbons"]

_WORDS: Final = {
    "pl": ("Przepływ środków UE", "bez priorytetu", "bez celu tematycznego", "stan na"),
    "en": ("Flow of Union support", "no priority", "no thematic objective", "as of"),
}
_PLANS: Final = """
SELECT DISTINCT ?owner ?asOf ?document WHERE {
  ?owner nurt:hasAllocation ?allocation . ?allocation nurt:asOf ?asOf ; nurt:thematicObjective ?objective .
  ?claim rdf:object ?allocation ; nurt:evidence/oa:hasSource ?document
}"""
_INKS: Final = ("#0b4a8f", "#00695c", "#9a4a00", "#7a3358")
_WIDTH: Final = 1240
_BAR: Final = 14
_STYLE: Final = "body{margin:24px;font-family:sans-serif;background:#f6f7f9}svg{max-width:100%;height:auto}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """An amount of one plan on its way.

    Args:
        steps: names of priority, objective, programme and maybe axis.
        ranks: where each of them stands among its like; what is unknown stands last.
        amount: in euro.
    """

    steps: tuple[str, ...]
    ranks: tuple[int, ...]
    amount: Decimal


@dataclass(slots=True, kw_only=True)
class _Bar:
    column: int
    name: str
    rank: int
    amount: Decimal = Decimal(0)
    top: float = 0.0
    fed: float = 0.0
    spent: float = 0.0


def ribbons(
    graph: Graph, *, programme: URIRef | None = None, language: Language = "pl"
) -> tuple[tuple[Ribbon, ...], str]:
    """The amounts of the newest plan that says for which objective they are, and the date of that plan.

    Amounts of other dates tell of the same money and are left out, so that each euro counts once. With a
    programme, only its money, down to its axes. Raises UnknownNameError where nothing is planned for it.
    """
    lineages = network(graph)
    known, homes = things(lineages), home(lineages)
    number = {iri: position for position, iri in enumerate(known)}
    plan = max((str(a.as_of) for t in known.values() for a in t.money if a.objective and a.as_of), default="")
    upward = _upward(lineages)
    found: list[Ribbon] = []
    for iri, thing in known.items():
        owner = _programme(lineages, homes, iri)
        if owner is None or (programme is not None and owner != programme):
            continue
        for amount in thing.money:
            if str(amount.as_of) == plan and amount.currency == "EUR":
                priorities, objective = _above(lineages, upward, amount)
                steps = [
                    _named(known, priorities, language) or _WORDS[language][1],
                    _titled(known[objective], language) if objective else _WORDS[language][2],
                    programme_name(lineages, owner, language),
                ]
                ends = (*(priorities[:1] or (None,)), objective, owner)
                ranks = [len(number) if end is None else number[end] for end in ends]
                if programme is not None and iri != owner:
                    steps.append(thing.resource.title(language))
                    ranks.append(number[iri])
                found.append(Ribbon(steps=tuple(steps), ranks=tuple(ranks), amount=amount.amount))
    if not found:
        name = short(programme) if programme is not None else "the graph"
        raise UnknownNameError(f"No money is planned by objective for {name}.", name=name)
    return tuple(found), plan


def flow_svg(graph: Graph, *, programme: URIRef | None = None, language: Language = "pl") -> str:
    """The flow as one SVG picture that stands alone; see ``ribbons``."""
    found, plan = ribbons(graph, programme=programme, language=language)
    title, _, _, as_of = _WORDS[language]
    total = sum((ribbon.amount for ribbon in found), Decimal(0))
    return _picture(
        found, f"{title}: {_euro(total)}, {as_of} {plan}", _note(graph, plan, programme, language)
    )


def flow_html(graph: Graph, *, programme: URIRef | None = None, language: Language = "pl") -> str:
    """The flow as one HTML page around the picture of ``flow_svg``; it loads nothing and runs nothing."""
    svg = flow_svg(graph, programme=programme, language=language)
    rules = quoteattr(policy([], [_STYLE]).replace("script-src ;", "script-src 'none';"))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content={rules}>\n'
        f"<title>{escape(_WORDS[language][0])}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{svg}\n</main>\n</body>\n</html>\n"
    )


def _note(graph: Graph, plan: str, programme: URIRef | None, language: Language) -> str:
    """That amounts come from digests, where they do; else ""."""
    marked = digests(graph)
    documents = {
        document
        for owner, as_of, document in graph.select(_PLANS).rows
        if str(as_of) == plan and (programme is None or f"{owner}/".startswith(f"{programme}/"))
    }
    here = len(documents & marked)
    return digests_note(here, len(documents), language) if here else ""


def _programme(lineages: Lineages, homes: dict[URIRef, URIRef], iri: URIRef) -> URIRef | None:
    known, at = things(lineages), iri
    while known[at].level != "programme" and at in homes:
        at = homes[at]
    return at if known[at].level == "programme" else None


def _upward(lineages: Lineages) -> Lineages:
    """Only the links that lead up."""
    made: Lineages = nx.DiGraph()
    made.add_nodes_from(lineages)
    made.add_edges_from(
        (child, parent)
        for child, parent, data in lineages.edges(data=True)
        if any(link.predicate in UPWARD for link in data["links"])
    )
    return made


def _above(
    lineages: Lineages, upward: Lineages, amount: Allocation
) -> tuple[tuple[URIRef, ...], URIRef | None]:
    """The priorities, in their order, and the thematic objective that an amount serves."""
    known = things(lineages)
    if amount.objective is None or amount.objective not in known:
        return (), None
    above = nx.descendants(upward, amount.objective)
    return tuple(iri for iri in known if iri in above and known[iri].level == "priority"), amount.objective


def _named(known: dict[URIRef, Thing], priorities: Iterable[URIRef], language: Language) -> str:
    return " + ".join(known[iri].resource.name(language) for iri in priorities)


def _titled(objective: Thing, language: Language) -> str:
    number = objective.resource.short.rpartition("/")[2]
    return f"{'CT' if language == 'pl' else 'TO'} {number} {objective.resource.name(language)}"


def _picture(found: Sequence[Ribbon], title: str, note: str) -> str:
    bars, links = _bars(found)
    columns = max(len(ribbon.steps) for ribbon in found)
    most = max(sum(bar.column == number for bar in bars.values()) for number in range(columns))
    height = max(560.0, most * 30.0)
    total = float(sum(ribbon.amount for ribbon in found))
    unit = (height - (most - 1) * 12) / total
    step = (_WIDTH - 300) / max(columns - 1, 1)
    for number in range(columns):
        group = [bar for bar in bars.values() if bar.column == number]
        group.sort(key=lambda bar: bar.rank)
        pause = min(40.0, (height - sum(float(b.amount) for b in group) * unit) / max(len(group) - 1, 1))
        top = (height - sum(float(b.amount) for b in group) * unit - pause * (len(group) - 1)) / 2
        for bar in group:
            bar.top = bar.fed = bar.spent = top
            top += float(bar.amount) * unit + pause
    parts = [
        *_curves(bars, links, unit, step),
        *_names(sorted(bars.values(), key=lambda bar: (bar.column, bar.top)), unit, step),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -44 {_WIDTH + 32} {height + 84:.0f}" '
        f'width="{_WIDTH + 32}" height="{height + 84:.0f}" role="img" '
        f'font-family="{FONTS}" font-size="12" fill="#17202b">'
        f"<title>{escape(title)}</title>"
        f'<rect x="-16" y="-44" width="100%" height="100%" fill="#ffffff"/>'
        f'<text x="0" y="-18" font-size="16" font-weight="600">{escape(title)}</text>{"".join(parts)}'
        f'<text x="0" y="{height + 28:.0f}" fill="#52606f">{escape(note)}</text></svg>'
    )


def _bars(
    found: Iterable[Ribbon],
) -> tuple[dict[tuple[int, str], _Bar], dict[tuple[tuple[int, str], tuple[int, str]], Decimal]]:
    bars: dict[tuple[int, str], _Bar] = {}
    links: dict[tuple[tuple[int, str], tuple[int, str]], Decimal] = {}
    for ribbon in found:
        keys = list(enumerate(ribbon.steps))
        for key, rank in zip(keys, ribbon.ranks, strict=True):
            bars.setdefault(key, _Bar(column=key[0], name=key[1], rank=rank)).amount += ribbon.amount
        for pair in pairwise(keys):
            links[pair] = links.get(pair, Decimal(0)) + ribbon.amount
    return bars, links


def _curves(
    bars: dict[tuple[int, str], _Bar],
    links: dict[tuple[tuple[int, str], tuple[int, str]], Decimal],
    unit: float,
    step: float,
) -> Iterable[str]:
    for (left, right), amount in sorted(
        links.items(), key=lambda link: (bars[link[0][0]].top, bars[link[0][1]].top)
    ):
        start, end, thick = bars[left], bars[right], float(amount) * unit
        y0, y1 = start.spent + thick / 2, end.fed + thick / 2
        start.spent += thick
        end.fed += thick
        x0, x1 = start.column * step + _BAR, end.column * step
        middle = (x0 + x1) / 2
        yield (
            f'<path d="M{x0:.1f} {y0:.1f} C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}" '
            f'fill="none" stroke="{_INKS[start.column]}" stroke-opacity="0.24" '
            f'stroke-width="{max(0.6, thick):.2f}">'
            f"<title>{escape(f'{start.name} → {end.name}: {_euro(amount)}')}</title></path>"
        )


def _names(bars: Iterable[_Bar], unit: float, step: float) -> Iterable[str]:
    for bar in bars:
        x, thick = bar.column * step, max(1.0, float(bar.amount) * unit)
        name = bar.name if len(bar.name) <= 29 else f"{bar.name[:28].rstrip()}…"
        yield (
            f'<rect x="{x:.1f}" y="{bar.top:.1f}" width="{_BAR}" height="{thick:.1f}" '
            f'fill="{_INKS[bar.column]}">'
            f"<title>{escape(f'{bar.name}: {_euro(bar.amount)}')}</title></rect>"
            f'<text x="{x + _BAR + 6:.1f}" y="{bar.top + thick / 2 + 4:.1f}">{escape(name)} '
            f'<tspan fill="#52606f">{_euro(bar.amount)}</tspan></text>'
        )


def _euro(amount: Decimal) -> str:
    return f"{amount:,.0f} EUR".replace(",", "\u00a0")
