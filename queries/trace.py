"""A trace: all ways up from a thing (to Europe 2020), or down from it (to measures), with the evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from rdflib import URIRef

from ..errors import UnknownNameError
from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.levels import LEVELS
from ..ontology.terms import term_label
from .links import BASES, Basis, Claim, Link, Links, load_links
from .resources import Resource, Resources, code_key, load_resources
from .sheet import Language

__all__ = ["EUROPE_2020", "Branch", "Trace", "trace"]

EUROPE_2020: Final = URIRef("https://w3id.org/nurt/id/europe-2020")
Direction = Literal["up", "down"]
_RANK: Final = {level.key: rank for rank, level in enumerate(LEVELS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A place in the trace seen as a tree.

    Args:
        resource: the thing that stands here.
        link: the link that leads here from the branch's trunk, or None at the root.
        branches: what comes next.
        repeated: the thing was unfolded before, further up in the tree; its branches are not shown again.
    """

    resource: Resource
    link: Link | None
    branches: tuple[Branch, ...]
    repeated: bool = False

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Branch]]:
        """This branch and all below it, each with its depth."""
        yield depth, self
        for branch in self.branches:
            yield from branch.walk(depth + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """All steps on all ways from ``root``.

    Args:
        root: where it starts.
        direction: up (towards Europe 2020) or down (towards measures).
        bases: the bases that links were allowed to rest on.
        steps: every link on the way once, in tree order.
        resources: names of everything on the way.
        tree: the same as a tree; a thing that several ways share is unfolded once.
        language: of names where there is a choice.
    """

    root: URIRef
    direction: Direction
    bases: tuple[Basis, ...]
    steps: tuple[Link, ...]
    resources: Resources
    tree: Branch
    language: Language = "pl"

    @property
    def reaches(self) -> frozenset[URIRef]:
        """Everything on the way, the root included."""
        return frozenset({self.root, *(s.child for s in self.steps), *(s.parent for s in self.steps)})

    def to_text(self, *, quotes: bool = True) -> str:
        """The tree as lines of plain text, each step followed by its basis and quote."""
        lines: list[str] = []
        _lines(self.tree, "", "", lines, self, quotes)
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The trace for JSON: root, things by short id, and steps with all their claims and quotes."""
        return {
            "root": short(self.root),
            "direction": self.direction,
            "bases": list(self.bases),
            "things": {short(iri): self._thing(iri) for iri in sorted(self.reaches)},
            "steps": [
                {
                    "child": short(step.child),
                    "predicate": step.verb,
                    "parent": short(step.parent),
                    "claims": [_claim(claim) for claim in step.claims],
                }
                for step in self.steps
            ],
        }

    def _thing(self, iri: URIRef) -> dict[str, Any]:
        resource = self.resources[iri]
        return {
            "iri": str(iri),
            "type": short(resource.type).rpartition("#")[2] if resource.type is not None else None,
            "code": resource.code or None,
            "labels": dict(resource.labels),
        }

    def to_mermaid(self) -> str:
        """The trace as a Mermaid flowchart; arrows point upwards and carry the link and its basis."""
        names = {iri: f"n{number}" for number, iri in enumerate(sorted(self.reaches, key=str))}
        lines = ["flowchart BT"]
        for iri, name in names.items():
            lines.append(f'  {name}["{_mermaid(self.resources[iri].title(self.language))}"]')
        for step in self.steps:
            arrow = "-.->" if step.best.basis == "inferred" else "-->"
            verb = term_label(step.verb, self.language)
            basis = term_label(step.best.basis, self.language)
            lines.append(f'  {names[step.child]} {arrow}|"{verb} ({basis})"| {names[step.parent]}')
        return "\n".join(lines) + "\n"


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "iri": str(claim.iri),
        "basis": claim.basis,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "evidence": [
            {
                "document": short(quote.document),
                "title": quote.title(),
                "page": quote.page,
                "start": quote.start,
                "end": quote.end,
                "quote": quote.text,
            }
            for quote in claim.quotes
        ],
    }


def _mermaid(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _lines(branch: Branch, first: str, rest: str, lines: list[str], trace: Trace, quotes: bool) -> None:
    link, language = branch.link, trace.language
    arrow = "→" if trace.direction == "up" else "←"
    verb = f"{term_label(link.verb, language)} {arrow} " if link is not None else ""
    again = " (…)" if branch.repeated else ""
    lines.append(f"{first}{verb}{branch.resource.title(language)} [{branch.resource.short}]{again}")
    bar = "│  " if branch.branches else "   "
    if link is not None:
        best = link.best
        lines.append(f"{rest}{bar}{term_label(best.basis, language)}, {best.confidence:.2f}, {best.rule}")
        if quotes:
            lines.extend(f"{rest}{bar}“{_one_line(q.text)}” – {q.place(language)}" for q in best.quotes[:1])
    for number, below in enumerate(branch.branches, start=1):
        last = number == len(branch.branches)
        corner, stem = ("└─ ", "   ") if last else ("├─ ", "│  ")
        _lines(below, rest + corner, rest + stem, lines, trace, quotes)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def trace(
    graph: Graph,
    iri: URIRef,
    *,
    direction: Direction = "up",
    bases: Collection[Basis] = BASES,
    depth: int | None = None,
    language: Language = "pl",
) -> Trace:
    """Follow every link up from a thing, or down to it.

    Args:
        iri: where to start.
        direction: "up" towards Europe 2020, "down" towards measures.
        bases: which bases links may rest on; layout (``partOf`` by text or code) is always followed.
        depth: how many steps at most, or None for all.

    Raises UnknownNameError where the graph says nothing about the thing.
    """
    links = load_links(graph, bases=bases, around=iri, direction=direction)
    things = {iri, *(link.child for link in links), *(link.parent for link in links)}
    resources = load_resources(graph, things)
    if iri not in resources:
        raise UnknownNameError(
            f"The graph says nothing about {short(iri)!r}.",
            name=short(iri),
            hint="Look for it by name: nurt show NAME.",
        )
    walk = _Walk(links, resources, direction)
    tree = walk.grow(iri, None, depth, frozenset())
    return Trace(
        root=iri,
        direction=direction,
        bases=tuple(basis for basis in BASES if basis in bases),
        steps=tuple(walk.steps),
        resources=resources,
        tree=tree,
        language=language,
    )


def _reaching(links: Links) -> frozenset[URIRef]:
    """Everything from which Europe 2020 can be reached: these branches come first."""
    found: set[URIRef] = {EUROPE_2020}
    queue = [EUROPE_2020]
    while queue:
        for link in links.down(queue.pop()):
            if link.child not in found:
                found.add(link.child)
                queue.append(link.child)
    return frozenset(found)


class _Walk:
    """Grows the tree depth first and keeps every link it passes, once."""

    def __init__(self, links: Links, resources: Resources, direction: Direction) -> None:
        self.steps: list[Link] = []
        self._links = links
        self._resources = resources
        self._up = direction == "up"
        self._tops = _reaching(links) if self._up else frozenset()
        self._seen: set[URIRef] = set()

    def grow(self, iri: URIRef, link: Link | None, depth: int | None, trunk: frozenset[URIRef]) -> Branch:
        resource = self._resources[iri]
        further = self._links.up(iri) if self._up else self._links.down(iri)
        if iri in self._seen or iri in trunk:
            return Branch(resource=resource, link=link, branches=(), repeated=bool(further))
        if depth == 0:
            return Branch(resource=resource, link=link, branches=())
        self._seen.add(iri)
        below = None if depth is None else depth - 1
        branches: list[Branch] = []
        for step in sorted(further, key=self._order):
            self.steps.append(step)
            branches.append(self.grow(self._end(step), step, below, trunk | {iri}))
        return Branch(resource=resource, link=link, branches=tuple(branches))

    def _end(self, step: Link) -> URIRef:
        return step.parent if self._up else step.child

    def _order(self, step: Link) -> tuple[bool, bool, int, tuple[tuple[int, int, str], ...]]:
        """Ways to Europe 2020 first, links before layout, then by level and code."""
        end = self._end(step)
        level = self._resources[end].level
        rank = _RANK[level.key] if level is not None else len(_RANK)
        return (end not in self._tops, step.structural and self._up, rank, code_key(short(end)))
