"""Communications of the European Commission: Europe 2020 with what it sets, and those below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from ...ontology.identifiers import instrument, slug
from ...ontology.namespace import NURT
from ..catalogue import Entry
from ..claims import Claim, Element, Review
from ..document import Block, Document, Evidence
from .bilingual import labels
from .correspondence import correspondences
from .europe2020 import STRATEGY, flagship, headline_target, priority, target_of_sentence
from .sources import citations, sources
from .words import fold

__all__ = ["extract", "score"]

Item = Element | Claim | Review
_COM: Final = re.compile(r"\b[CK]OM\s?\(\d{4}\)\s?\d{1,4}(?:\s?/\s?\d)?(?:\s+(?:final|wersja ostateczna))?")
_TITLE: Final = re.compile(
    r"^\W*(?:COMMUNICATION FROM THE COMMISSION|KOMUNIKAT KOMISJI)\b", re.IGNORECASE | re.MULTILINE
)
"""At the start of a line: prose speaks of communications of the Commission, too."""
_NUMBER: Final = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*\.?\s+")
_SENTENCE: Final = re.compile(r"[^.;]+(?:\.(?!\s+[A-Z„\[])[^.;]*)*[.;]?", re.DOTALL)
_CONTRIBUTES: Final = re.compile(r"\bcontributes?\s+to\b|\bprzyczynia\s+się\s+do\b", re.IGNORECASE)
_SETS_OUT: Final = re.compile(r"\bsets\s+out\b|\bis\s+set\s+out\s+in\s+the\s+communication\b", re.IGNORECASE)
_NEGATED: Final = re.compile(r"\b(?:not|nie)\b", re.IGNORECASE)
_POLISH_NAME: Final = re.compile(
    r"\bPolish\s+name(?:\s+of\s+the\s+flagship\s+initiative)?:\s*(?P<name>[^.;]+)\."
)
_POLISH_BESIDE: Final = re.compile(r"\((?P<name>[^()\d]*[ąćęłńóśźż][^()\d]*|Rozw[^()\d]*)\)")
_FLAGSHIP_TITLE: Final = re.compile(
    r"flagship|projekt\s+przewodni|inicjatyw\w+\s+przewodni\w+", re.IGNORECASE
)
_NAMED_FLAGSHIP: Final = re.compile(
    r"Flagship\s+Initiative:\s*[\"“”„«'‘]?(?P<name>[^\"“”»'’]{5,90})", re.IGNORECASE
)


def score(document: Document) -> float:
    """How much the document looks like a communication, from 0 to 1."""
    head = document.text[:4000]
    named = _TITLE.search(head) is not None
    return 0.6 * named + 0.3 * (_COM.search(head) is not None) + 0.1 * named


def extract(document: Document, entry: Entry) -> Iterator[Item]:
    """The communication; of Europe 2020 also priorities, targets, flagship initiatives, and who serves whom.

    A flagship initiative is set out by a communication of its own, which is an instrument beside it.
    """
    reading = _Reading(document, entry)
    yield from reading.instrument()
    if reading.iri == STRATEGY:
        for block, section in reading.sections():
            reading.block(block, section)
    elif reading.iri is not None:
        reading.below()
    yield from reading.result()
    yield from correspondences(document, "communication")


class _Reading:
    def __init__(self, document: Document, entry: Entry) -> None:
        self.document, self.entry = document, entry
        self.language = document.language or "en"
        self.known = sources(document)
        self.iri = self._identity()
        self.elements: dict[URIRef, Element] = {}
        self.claims: dict[tuple[URIRef, URIRef, URIRef], Claim] = {}
        self._owner: URIRef | None = None

    def _identity(self) -> URIRef | None:
        if self.entry.instrument:
            return instrument(self.entry.instrument)
        head = self.document.text[:4000]
        number = _COM.search(head)  # the first is its own: those it cites stand below its title
        if number and re.search(r"\(2010\)\s?2020", number.group()):
            return STRATEGY
        if found := flagship(self.document.metadata.get("title", "") or head[:1500]):
            return instrument(str(found).rsplit("/", 1)[-1])
        return instrument(slug(number.group())) if number else None

    def instrument(self) -> Iterator[Item]:
        """The communication itself."""
        title = self._title()
        if self.iri is None:
            yield Review(evidence=title, reason="a communication without a number")
            return
        text = " ".join(title.quote.split())
        given = [Literal(text, lang=self.language)]
        given += [
            Literal(t, lang=lang)
            for t, lang in ((self.entry.title_en, "en"), (self.entry.title_pl, "pl"))
            if t
        ]
        properties: list[tuple[URIRef, URIRef | Literal]] = []
        if number := _COM.search(self.document.text[:4000]):
            properties.append((DCTERMS.identifier, Literal(" ".join(number.group().split()))))
        if self.entry.celex:
            properties.append((NURT.celex, Literal(self.entry.celex)))
        yield Element(
            iri=self.iri,
            type=NURT.Strategy,
            evidence=title,
            labels=tuple(dict.fromkeys(given)),
            properties=tuple(properties),
        )

    def _title(self) -> Evidence:
        headings = [b for b in self.document.blocks[:40] if b.kind == "heading" and b.level == 1]
        if headings:
            return self.document.evidence(headings[0].start, headings[0].end)
        after = False
        for block in self.document.blocks[:40]:
            text = self.document.text_of(block).strip()
            if after and len(text) > 12 and not re.match(r"to the|do parlamentu|\{", text, re.IGNORECASE):
                return self.document.evidence(block.start, block.end)
            after = (
                after or re.search(r"COMMUNICATION FROM THE COMMISSION|KOMUNIKAT KOMISJI", text) is not None
            )
        first = next(b for b in self.document.blocks if self.document.text_of(b).strip())
        return self.document.evidence(first.start, first.end)

    def sections(self) -> Iterator[tuple[Block, str]]:
        """Blocks outside tables with the folded names of the headings above them."""
        trail: dict[int, str] = {}
        for block in self.document.blocks:
            if block.table is not None or block.kind in ("header", "footer", "note"):
                continue
            if block.kind == "heading" and block.level != 1:  # a title names the whole strategy
                level = block.level or 9
                trail = {depth: name for depth, name in trail.items() if depth < level}
                trail[level] = fold(_NUMBER.sub("", self.document.text_of(block)))
            yield block, " / ".join(trail.values())

    def block(self, block: Block, section: str) -> None:
        """What one heading, paragraph or list item of Europe 2020 sets or says."""
        text = self.document.text_of(block)
        if block.kind == "heading":
            self._heading(block, section, text)
            return
        for match in _SENTENCE.finditer(text):
            self._sentence(block.start + match.start(), match.group(), section)

    def _heading(self, block: Block, section: str, text: str) -> None:
        name = _NUMBER.sub("", text).strip()
        evidence = self.document.evidence(block.start, block.end)
        self._owner = None
        under = section.rpartition(" / ")[0]
        if "target" in under and (iri := headline_target(name)):
            self._set(iri, NURT.HeadlineTarget, evidence, name)
        elif "flagship" in under and (iri := flagship(name)):
            self._set(iri, NURT.FlagshipInitiative, evidence, name)
        elif re.search(r"priorit(?:y|ies)", under) and (iri := priority(name)):
            self._set(iri, NURT.Priority, evidence, name)
        elif named := _NAMED_FLAGSHIP.search(text):
            self._flagship_in(named, block.start, under)

    def _set(self, iri: URIRef, kind: URIRef, evidence: Evidence, name: str) -> None:
        self._owner = iri
        if iri not in self.elements:
            self.elements[iri] = Element(
                iri=iri,
                type=kind,
                evidence=evidence,
                parent=STRATEGY,
                labels=tuple(labels(name, self.language)),
            )

    def _more(
        self, iri: URIRef, added: tuple[Literal, ...], properties: tuple[tuple[URIRef, URIRef | Literal], ...]
    ) -> None:
        old = self.elements[iri]
        self.elements[iri] = replace(
            old,
            labels=tuple(dict.fromkeys((*old.labels, *added))),
            properties=tuple(dict.fromkeys((*old.properties, *properties))),
        )

    def _sentence(self, start: int, sentence: str, section: str) -> None:
        place = (start, start + len(sentence))
        if not sentence.strip():
            return
        self._printed_priority(start, sentence)
        if target := target_of_sentence(sentence):
            evidence = self.document.evidence(*place)
            if target not in self.elements:
                self._set(target, NURT.HeadlineTarget, evidence, evidence.quote.lstrip("–-— "))
        if named := _NAMED_FLAGSHIP.search(sentence):
            self._flagship_in(named, start, section)
        if self._owner is not None:
            polish = _POLISH_NAME.search(sentence) or _POLISH_BESIDE.search(sentence)
            names = (Literal(" ".join(polish["name"].split()), lang="pl"),) if polish else ()
            cited = tuple((DCTERMS.source, address) for address in citations(sentence, self.known))
            self._more(self._owner, names, cited)
        if _CONTRIBUTES.search(sentence) and not _NEGATED.search(sentence):
            self._contribution(place, sentence)
        if _SETS_OUT.search(sentence) and (
            found := flagship(re.split(r"\scommunication\s", sentence, maxsplit=1)[0])
            or self._owner_flagship()
        ):
            communication = instrument(str(found).rsplit("/", 1)[-1])
            self._claim(communication, NURT.setsOut, found, place, "communication-of-flagship")

    def _owner_flagship(self) -> URIRef | None:
        return self._owner if self._owner is not None and "/flagship/" in self._owner else None

    def _printed_priority(self, start: int, sentence: str) -> None:
        """*Smart growth: developing an economy …* sets a priority, with or without a heading of its own."""
        match = re.match(
            r"\W*(?P<name>(?:Smart|Sustainable|Inclusive) growth)\s*[:\u2013\u2014-]\s*(?P<rest>\w.*)",
            sentence,
            re.S,
        )
        iri = priority(match["name"]) if match else None
        if match and iri is not None and iri not in self.elements:
            evidence = self.document.evidence(start + match.start("name"), start + len(sentence))
            self._set(iri, NURT.Priority, evidence, match["name"])

    def _flagship_in(self, named: re.Match[str], offset: int, section: str) -> None:
        iri = flagship(named["name"])
        if iri is None:
            return
        closing = self.document.text[offset + named.end() : offset + named.end() + 1]
        place = (offset + named.start(), offset + named.end() + (closing != "" and closing in "\"”»'’"))
        evidence = self.document.evidence(*place)
        self._set(iri, NURT.FlagshipInitiative, evidence, " ".join(named["name"].split()))
        above = priority(section)
        if above is not None:
            self._claim(iri, NURT.contributesTo, above, place, "flagship-in-chapter", confidence=0.95)

    def _contribution(self, place: tuple[int, int], sentence: str) -> None:
        cue = _CONTRIBUTES.search(sentence)
        assert cue is not None
        before, after = sentence[: cue.start()], sentence[cue.end() :]
        quoted = re.search(r"['‘„“\"](?P<name>[^'’”“\"]+(?:'s[^'’”“\"]+)?)['’”“\"]", before)
        name = quoted["name"] if quoted else before
        child = flagship(name) or (headline_target(name) if "target" in before.lower() else None)
        parent = priority(after)
        if child is not None and parent is not None:
            self._claim(child, NURT.contributesTo, parent, place, "contributes-to-priority")

    def _claim(
        self,
        subject: URIRef,
        predicate: URIRef,
        target: URIRef,
        place: tuple[int, int],
        rule: str,
        *,
        confidence: float = 1.0,
    ) -> None:
        known = self.claims.get((subject, predicate, target))
        evidence = self.document.evidence(*place)
        if known is not None and evidence in known.evidence:
            return
        self.claims[subject, predicate, target] = Claim(
            subject=subject,
            predicate=predicate,
            object=target,
            basis="stated",
            confidence=max(confidence, known.confidence if known else 0.0),
            rule=known.rule if known else f"communication/{rule}",
            evidence=(*(known.evidence if known else ()), evidence),
        )

    def below(self) -> None:
        """What a communication of a flagship initiative says of its place in Europe 2020."""
        assert self.iri is not None
        title = self._title()
        found = flagship(title.quote)
        if found is not None and _FLAGSHIP_TITLE.search(title.quote):
            self._claim(self.iri, NURT.contributesTo, found, (title.start, title.end), "flagship-in-title")
        for block, _ in self.sections():
            if block.kind == "heading":
                continue
            text = self.document.text_of(block)
            for match in _SENTENCE.finditer(text):
                sentence, place = match.group(), (block.start + match.start(), block.start + match.end())
                if _NEGATED.search(sentence):
                    continue
                named = flagship(sentence)
                if named is not None and re.search(r"\b[Tt]his\s+communication\s+sets\s+out\b", sentence):
                    self._claim(self.iri, NURT.setsOut, named, place, "communication-of-flagship")
                    self._claim(self.iri, NURT.contributesTo, named, place, "communication-of-flagship")
                if _CONTRIBUTES.search(sentence):
                    self._contribution(place, sentence)

    def result(self) -> Iterator[Item]:
        """What was found, in reading order."""
        yield from sorted(self.elements.values(), key=lambda element: element.evidence.start)
        yield from self.claims.values()
