"""The upward links of the graph with the claims behind them, read in bulk and filtered by basis."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, TypeAlias, cast

from rdflib import URIRef
from rdflib.term import Node

from ..errors import UnknownNameError
from ..graph.store import Graph
from ..ontology.identifiers import short
from ..ontology.namespace import NURT
from .resources import values

__all__ = [
    "BASES",
    "UPWARD",
    "Basis",
    "Claim",
    "Link",
    "Links",
    "Quote",
    "digest_mark",
    "digests",
    "load_links",
    "parse_bases",
]

Basis: TypeAlias = Literal["stated", "coded", "curated", "inferred"]
BASES: Final[tuple[Basis, ...]] = ("stated", "coded", "curated", "inferred")
"""Strongest first: the text says so, a shared official code does, a person decided, wording suggests it."""

UPWARD: Final = (NURT.partOf, NURT.contributesTo, NURT.implements, NURT.addresses)
"""The links that lead up; the last two are kinds of ``contributesTo``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Where a document says it: ``text[start:end] == text_of_the_document[start:end]``.

    Args:
        document: IRI of the document.
        titles: its titles with their languages.
        text: the exact quote.
        page: counted from 1, or None where the document has no pages.
        start, end: offsets into the kept text.
        digest: the document sets out facts in the layout of an official one; it is not the official text.
    """

    document: URIRef
    titles: tuple[tuple[str, str], ...]
    text: str
    page: int | None
    start: int
    end: int
    digest: bool = False

    def title(self, language: str = "pl") -> str:
        """The document's title in a language, else in the other, else its id."""
        titles = dict(self.titles)
        keys = (key for key in (language, "pl", "en", "") if key in titles)
        return next((titles[key] for key in keys), short(self.document))

    def place(self, language: str = "pl") -> str:
        """Document and page, as a reader would cite them; a digest is marked as one."""
        page = "s." if language == "pl" else "p."
        title = self.title(language) + (digest_mark(language) if self.digest else "")
        return title if self.page is None else f"{title}, {page} {self.page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Why we believe a link."""

    iri: URIRef
    basis: Basis
    confidence: float
    rule: str
    quotes: tuple[Quote, ...]

    @property
    def strength(self) -> tuple[int, float, str]:
        """Sorts claims strongest first: by basis, then by falling confidence, then by IRI."""
        return (BASES.index(self.basis), -self.confidence, str(self.iri))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link from child to parent with its claims, strongest first; there is at least one."""

    child: URIRef
    predicate: URIRef
    parent: URIRef
    claims: tuple[Claim, ...]

    @property
    def best(self) -> Claim:
        """The strongest claim."""
        return self.claims[0]

    @property
    def structural(self) -> bool:
        """Whether the link is layout: ``partOf`` that a text or a code gives."""
        return self.predicate == NURT.partOf and self.best.basis in ("stated", "coded")

    @property
    def verb(self) -> str:
        """The predicate's local name: ``partOf``, ``addresses`` …"""
        return str(self.predicate).rpartition("#")[2]


class Links:
    """Links by child and by parent, in a fixed order."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._all = tuple(sorted(links, key=lambda link: (link.child, link.predicate, link.parent)))
        self._up: dict[URIRef, list[Link]] = {}
        self._down: dict[URIRef, list[Link]] = {}
        for link in self._all:
            self._up.setdefault(link.child, []).append(link)
            self._down.setdefault(link.parent, []).append(link)

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Link]:
        return iter(self._all)

    def up(self, child: URIRef) -> tuple[Link, ...]:
        """The links of a child."""
        return tuple(self._up.get(child, ()))

    def down(self, parent: URIRef) -> tuple[Link, ...]:
        """The links to a parent."""
        return tuple(self._down.get(parent, ()))


def parse_bases(text: str | Collection[str] | None) -> tuple[Basis, ...]:
    """The bases of ``stated,coded``, strongest first; None or "" means all.

    Raises UnknownNameError for a word that is no basis.
    """
    words = text.split(",") if isinstance(text, str) else list(text or ())
    asked = {word.strip() for word in words if word.strip()}
    for word in sorted(asked - set(BASES)):
        raise UnknownNameError(f"{word!r} is no basis.", name=word, candidates=BASES)
    return tuple(basis for basis in BASES if basis in asked) if asked else BASES


_CLAIMS: Final = """
SELECT DISTINCT ?claim ?child ?predicate ?parent ?basis ?confidence ?rule WHERE {
  %s
  ?claim rdf:predicate ?predicate ; rdf:subject ?child ; rdf:object ?parent ;
         nurt:basis ?basis ; nurt:confidence ?confidence ; nurt:rule ?rule .
}"""
_EVIDENCE: Final = """
SELECT DISTINCT ?claim ?evidence ?document ?page ?quote ?start ?end WHERE {
  %s
  ?claim rdf:predicate ?predicate ; rdf:subject ?child ; rdf:object ?parent ; nurt:evidence ?evidence .
  ?evidence oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?evidence nurt:page ?page }
}"""
_ABOVE: Final = "SELECT DISTINCT ?thing WHERE { ?of nurt:flowsFrom ?thing }"
_BELOW: Final = "SELECT DISTINCT ?thing WHERE { ?thing nurt:flowsFrom ?of }"
_DIGESTS: Final = "SELECT DISTINCT ?document WHERE { ?document nurt:digest true }"
_TITLES: Final = "SELECT DISTINCT ?document ?title WHERE { ?document a nurt:Document ; dcterms:title ?title }"


def load_links(
    graph: Graph,
    *,
    predicates: Iterable[URIRef] = UPWARD,
    bases: Collection[Basis] = BASES,
    around: URIRef | None = None,
    direction: Literal["up", "down"] = "up",
    children: Iterable[URIRef] | None = None,
) -> Links:
    """Read links with their claims and quotes in three queries.

    Args:
        predicates: which links.
        bases: claims of other bases are left out, and links that have no other claim with them; layout
            (``partOf`` that a text or a code gives) always stays.
        around: only links on the way up from (or down to) this thing, by the closure ``flowsFrom``.
        direction: of ``around``.
        children: only links of these things.
    """
    clause = [values("predicate", predicates)]
    if around is not None:
        reach = graph.select(_ABOVE if direction == "up" else _BELOW, {"of": around})
        things = {row[0] for row in reach.rows if isinstance(row[0], URIRef)} | {around}
        clause.append(values("child", things))
    elif children is not None:
        clause.append(values("child", children))
    where = "\n  ".join(clause)
    quotes = _quotes(graph, where)
    found: dict[tuple[URIRef, URIRef, URIRef], list[Claim]] = {}
    for claim, child, predicate, parent, basis, confidence, rule in graph.select(_CLAIMS % where).rows:
        iri = cast("URIRef", claim)
        made = Claim(
            iri=iri,
            basis=cast("Basis", str(basis).rpartition("#")[2]),
            confidence=float(Decimal(str(confidence))),
            rule=str(rule),
            quotes=tuple(quotes.get(iri, ())),
        )
        key = (cast("URIRef", child), cast("URIRef", predicate), cast("URIRef", parent))
        found.setdefault(key, []).append(made)
    links: list[Link] = []
    for (child, predicate, parent), claims in found.items():
        layout = predicate == NURT.partOf
        kept = [c for c in claims if c.basis in bases or (layout and c.basis in ("stated", "coded"))]
        if kept:
            # What a thing is part of, its own document shows best; what others say of it comes after.
            ranked = tuple(
                sorted(kept, key=lambda c: (layout and not c.rule.endswith("/structure"), c.strength))
            )
            links.append(Link(child=child, predicate=predicate, parent=parent, claims=ranked))
    return Links(links)


def _titles(graph: Graph) -> dict[URIRef, tuple[tuple[str, str], ...]]:
    titles: dict[URIRef, set[tuple[str, str]]] = {}
    for document, title in graph.select(_TITLES).rows:
        if isinstance(document, URIRef) and title is not None:
            titles.setdefault(document, set()).add((getattr(title, "language", None) or "", str(title)))
    return {document: tuple(sorted(group)) for document, group in titles.items()}


def digests(graph: Graph) -> frozenset[URIRef]:
    """The documents that are digests, not official texts."""
    return frozenset(row[0] for row in graph.select(_DIGESTS).rows if isinstance(row[0], URIRef))


def digest_mark(language: str) -> str:
    """What stands after the title of a digest."""
    return " (streszczenie)" if language == "pl" else " (digest)"


def _quotes(graph: Graph, where: str) -> dict[URIRef, list[Quote]]:
    titles, marked = _titles(graph), digests(graph)
    quotes: dict[URIRef, set[Quote]] = {}
    for claim, _, document, page, quote, start, end in graph.select(_EVIDENCE % where).rows:
        source = cast("URIRef", document)
        made = Quote(
            document=source,
            titles=titles.get(source, ()),
            text=str(quote),
            page=_number(page),
            start=int(str(start)),
            end=int(str(end)),
            digest=source in marked,
        )
        quotes.setdefault(cast("URIRef", claim), set()).add(made)
    return {
        claim: sorted(group, key=lambda quote: (quote.document, quote.start, quote.end))
        for claim, group in quotes.items()
    }


def _number(node: Node | None) -> int | None:
    return None if node is None else int(str(node))
