"""Regulations: articles as provisions, the thematic objectives and investment priorities they set out.

Sources of the numbering: Article 9 of Regulation (EU) No 1303/2013; Article 5 of No 1301/2013 (points (1) to
(11) are the thematic objectives), Article 3(1) of No 1304/2013 (points (a) to (d) are objectives 8 to 11) and
Article 4 of No 1300/2013 (points (a) to (e) are objectives 4, 5, 6, 7 and 11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from ...ontology.identifiers import concept, instrument, investment_priority, provision, thematic_objective
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Claim, Element, Review
from ..document import Document, Evidence
from .acts import Article, articles, celex_of
from .annexes import annexes, is_annex
from .bilingual import labels
from .columns import listed_rows
from .correspondence import correspondences
from .programmes import funds
from .sources import citations, sources
from .tables import tables

__all__ = ["extract", "score"]

Item = Element | Claim | Review
_COMMON: Final = "32013R1303"
_PRIORITIES: Final[dict[tuple[str, str], tuple[str, dict[str, int]]]] = {
    ("32013R1301", "article/5"): ("ERDF", {str(number): number for number in range(1, 12)}),
    ("32013R1304", "article/3/1"): ("ESF", {"a": 8, "b": 9, "c": 10, "d": 11}),
    ("32013R1300", "article/4"): ("CF", {"a": 4, "b": 5, "c": 6, "d": 7, "e": 11}),
}
_STRATEGY: Final = re.compile(
    r"Union strategy for smart, sustainable and inclusive growth"
    r"|unijn\w+ strategi\w+ na rzecz inteligentnego(?:,| i) zrównoważonego (?:i|rozwoju|wzrostu)",
    re.IGNORECASE,
)
_LISTED: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "code": r"code|kod",
        "fund": r"fund|fundusz",
        "objective": r"thematic objective|cel tematyczny",
        "name": r"investment priority|priorytet inwestycyjny",
        "sources": r"sources|zrodla",
    }.items()
}
_ACTS: Final = {
    name: re.compile(pattern)
    for name, pattern in {"number": r"number|numer", "title": r"title|tytul", "celex": r"celex"}.items()
}


def score(document: Document) -> float:
    """How much the document looks like a legal act, from 0 to 1."""
    found = sum(1 for _ in articles(document))
    if not found:
        return 0.9 if document.media_type == "application/xml" and is_annex(document) else 0.0
    titled = "celex" in document.metadata or bool(celex_of(document.text[:400]))
    named = titled or bool(celex_of(document.text[:3000]))
    return min(1.0, (0.55 if titled else 0.4 if named else 0.0) + min(1.0, found / 10) * 0.45)


def extract(document: Document, entry: Entry) -> Iterator[Item]:
    """The act, its articles and annexes, and the objectives and priorities that they set out.

    An annex that was published in a file of its own is part of the act that the catalogue, or the file beside
    it, names.
    """
    celex = entry.celex or document.metadata.get("celex", "") or celex_of(document.text[:3000])
    if not celex:
        yield Review(
            evidence=document.evidence(0, min(len(document.text), 300)),
            reason="an act without a number: neither the catalogue nor the text gives one",
        )
        return
    acts = [*_listed_acts(document)]
    if is_annex(document):
        yield from _annexes(document, celex)
        return
    if _regulation(celex) not in {act.iri for act in acts}:
        yield from _act(document, entry, celex)
    yield from acts
    known = sources(document)
    for article in articles(document):
        act = article.act or celex
        yield from _article(document, act, article)
        if (act, article.path) == (_COMMON, "article/9"):
            yield from _objectives(document, act, article, known)
        yield from _priorities(document, act, article)
    yield from _listed_priorities(
        document, known, {provision(a.act or celex, a.path) for a in articles(document)}
    )
    if not entry.digest:
        yield from _annexes(document, celex)
    yield from correspondences(document, "regulation")


def _annexes(document: Document, act: str) -> Iterator[Element]:
    for annex in annexes(document):
        yield Element(
            iri=provision(act, annex.path),
            type=NURT.Provision,
            evidence=document.evidence(annex.start, annex.end),
            parent=provision(act, annex.parent) if annex.parent else _regulation(act),
            code=annex.code,
            labels=(Literal(annex.title, lang=document.language or "en"),),
        )


def _regulation(celex: str) -> URIRef:
    return instrument(f"regulation/{celex}")


def _act(document: Document, entry: Entry, celex: str) -> Iterator[Item]:
    headed = [b for b in document.blocks[:30] if b.kind == "heading" and document.text_of(b).strip()]
    first = headed or [b for b in document.blocks if document.text_of(b).strip()]
    last = first[0]
    for block in headed[1:]:
        if (
            block.name
            and block.name == headed[0].name
            and block.path == headed[0].path
            and block.start - last.end < 3
        ):
            last = block
        else:
            break
    evidence = document.evidence(first[0].start, last.end)
    printed = " ".join(evidence.quote.split())
    title = entry.title_en or (printed if celex_of(printed) else document.metadata.get("title", printed))
    found = [Literal(title, lang=entry.language or document.language or "en")]
    if entry.title_pl:
        found.append(Literal(entry.title_pl, lang="pl"))
    yield Element(
        iri=instrument(entry.instrument) if entry.instrument else _regulation(celex),
        type=NURT.Regulation,
        evidence=evidence,
        labels=tuple(found) if not entry.digest else (),
        properties=((NURT.celex, Literal(celex)),),
    )


def _listed_acts(document: Document) -> Iterator[Element]:
    """The acts that a digest of several acts lists on its title page."""
    known = sources(document)
    for table, columns, row in listed_rows(tables(document), _ACTS, needed=frozenset(_ACTS)):
        number = columns.line(table, row, "celex")
        title = columns.line(table, row, "title")
        if not re.fullmatch(r"3\d{4}[A-Z]\d{4}", number) or not title:
            continue
        yield Element(
            iri=_regulation(number),
            type=NURT.Regulation,
            evidence=row.evidence(document),
            labels=(Literal(title, lang="en"),),
            properties=(
                (NURT.celex, Literal(number)),
                *((DCTERMS.source, address) for address in citations(row.line, known)),
            ),
        )


def _article(document: Document, act: str, article: Article) -> Iterator[Item]:
    word = "Artykuł" if document.language == "pl" else "Article"
    name = f"{word} {article.number}" + (f": {article.title}" if article.title else "")
    yield Element(
        iri=provision(act, article.path),
        type=NURT.Provision,
        evidence=document.evidence(article.start, article.end),
        parent=_regulation(act),
        code=article.number,
        labels=(Literal(name, lang="en" if document.language != "pl" else "pl"),),
    )


def _claim(
    subject: URIRef, predicate: URIRef, target: URIRef, evidence: Evidence, rule: str, stated: bool
) -> Claim:
    return Claim(
        subject=subject,
        predicate=predicate,
        object=target,
        basis="stated" if stated else "coded",
        confidence=1.0,
        rule=f"regulation/{rule}",
        evidence=(evidence,),
    )


def _objectives(document: Document, act: str, article: Article, known: dict[str, URIRef]) -> Iterator[Item]:
    """The thematic objectives, and the sentence that says what they contribute to."""
    reason = next(
        (
            document.evidence(*place)
            for place in article.opening
            if _STRATEGY.search(document.text[slice(*place)])
        ),
        None,
    )
    for point in article.points:
        number = point.path.rsplit("/", 1)[-1]
        if not number.isdigit() or not 1 <= int(number) <= 11:
            continue
        iri = thematic_objective(number)
        evidence = document.evidence(point.start, point.end)
        yield Element(
            iri=iri,
            type=NURT.ThematicObjective,
            evidence=evidence,
            code=number,
            labels=tuple(labels(evidence.quote, document.language or "en")),
            properties=tuple((DCTERMS.source, address) for address in citations(evidence.quote, known)),
        )
        yield _claim(provision(act, article.path), NURT.setsOut, iri, evidence, "objective", True)
        if reason is not None:
            # The act calls Europe 2020 "the Union strategy for smart, sustainable and inclusive growth".
            link = _claim(iri, NURT.contributesTo, instrument("europe-2020"), reason, "union-strategy", True)
            yield replace(link, confidence=0.95)


def _priorities(document: Document, act: str, article: Article) -> Iterator[Item]:
    """The investment priorities of a fund-specific regulation as published."""
    for (celex, base), (fund, numbers) in _PRIORITIES.items():
        if celex != act or not f"{base}/".startswith(f"{article.path}/"):
            continue
        for point in article.points:
            steps = point.path.removeprefix(f"{base}/").split("/")
            if not point.path.startswith(f"{base}/") or steps[0] not in numbers or len(steps) > 2:
                continue
            number = numbers[steps[0]]
            alone = len(steps) == 1 and not any(p.path.startswith(f"{point.path}/") for p in article.points)
            if len(steps) == 2 or alone:
                letter = steps[1] if len(steps) == 2 else "a" if fund == "ERDF" else ""
                code = f"{number}{letter}"
                yield from _priority(document, act, article, fund, code, number, (point.start, point.end))


def _priority(
    document: Document, act: str, article: Article, fund: str, code: str, number: int, place: tuple[int, int]
) -> Iterator[Item]:
    iri = investment_priority(fund, code)
    evidence = document.evidence(*place)
    yield Element(
        iri=iri,
        type=NURT.InvestmentPriority,
        evidence=evidence,
        code=code,
        labels=tuple(labels(evidence.quote, document.language or "en")),
        properties=((NURT.fund, _fund(fund)),),
    )
    yield _claim(provision(act, article.path), NURT.setsOut, iri, evidence, "priority", True)
    yield _claim(iri, NURT.addresses, thematic_objective(number), evidence, "objective-of-priority", False)


def _listed_priorities(document: Document, known: dict[str, URIRef], set_out: set[URIRef]) -> Iterator[Item]:
    """Investment priorities in tables: code, fund, thematic objective, wording."""
    needed = frozenset({"code", "fund", "objective", "name"})
    for table, columns, row in listed_rows(tables(document), _LISTED, needed=needed):
        code, found = columns.line(table, row, "code"), funds(columns.line(table, row, "fund"))
        number = columns.line(table, row, "objective")
        name = columns.cell(table, row, "name")
        evidence = row.evidence(document)
        coded = re.fullmatch(r"0?(1[01]|[1-9])(?:[a-g]|[ivx]{1,5})?", code)
        if not coded or coded.group(1) != number.lstrip("0") or len(found) != 1 or name is None:
            yield Review(
                evidence=evidence, reason="an investment priority without a code, a fund or an objective"
            )
            continue
        fund = str(found[0]).rpartition("/")[2].upper()
        iri = investment_priority(fund, code)
        yield Element(
            iri=iri,
            type=NURT.InvestmentPriority,
            evidence=document.evidence(name.start, name.end),
            code=code,
            labels=tuple(labels(name.text, document.language or "en")),
            properties=(
                (NURT.fund, found[0]),
                *((DCTERMS.source, a) for a in citations(columns.line(table, row, "sources"), known)),
            ),
        )
        yield _claim(
            iri, NURT.addresses, thematic_objective(number), evidence, "objective-of-priority", False
        )
        yield _claim(iri, NURT.fundedBy, _fund(fund), evidence, "fund-of-priority", True)
        for act, path in (place for place, (owner, _) in _PRIORITIES.items() if owner == fund):
            article = provision(act, "/".join(path.split("/")[:2]))
            if article in set_out:
                yield _claim(article, NURT.setsOut, iri, evidence, "priority", True)


def _fund(name: str) -> URIRef:
    return concept("fund", name)
