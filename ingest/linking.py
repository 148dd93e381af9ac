"""From a document's text to claims: mentions, what they mean, and what is said between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rdflib import Literal as RDFLiteral
from rdflib import URIRef
from rdflib.namespace import RDFS

from ..ontology.identifiers import document as document_iri
from ..ontology.identifiers import element, instrument, short
from ..ontology.namespace import NURT
from .aliases import introduced
from .catalogue import Entry
from .claims import Claim, Element, Extraction, Review
from .context import Context
from .cues import cues
from .document import Document, Evidence, Language
from .finder import finder
from .gazetteer import INSTRUMENTS, Gazetteer
from .languages import knowledge
from .languages.analysis import Analysis
from .mentions import Mention
from .passages import Passage, passages
from .relations import Link, relate
from .resolve import ROLES_ONLY, Open, Resolved, resolve
from .sentences import Sentence, wording

__all__ = ["link", "linked"]

_MOST_EVIDENCE: Final = 8
_NEIGHBOURS: Final = 8
_MOST_ITEMS: Final = 50


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage that holds mentions, analysed."""

    passage: Passage
    analysis: Analysis
    mentions: tuple[Mention, ...]


@dataclass(slots=True)
class _Claims:
    """Claims by what they say, with all their evidence."""

    by_link: dict[tuple[URIRef, URIRef, URIRef], Claim] = field(default_factory=dict)

    def add(self, claim: Claim) -> None:
        key = (claim.subject, claim.predicate, claim.object)
        known = self.by_link.get(key)
        if known is None:
            self.by_link[key] = claim
            return
        first, second = (claim, known) if claim.confidence > known.confidence else (known, claim)
        evidence = tuple(dict.fromkeys((*first.evidence, *second.evidence)))[:_MOST_EVIDENCE]
        self.by_link[key] = Claim(
            subject=first.subject,
            predicate=first.predicate,
            object=first.object,
            basis=first.basis,
            confidence=first.confidence,
            rule=first.rule,
            evidence=evidence,
            words=first.words,
        )


def _language(document: Document, entry: Entry) -> Language:
    return entry.language or document.language or "pl"


def _analysed(document: Document, language: Language, gazetteer: Gazetteer) -> list[_Read]:
    """The passages that hold a mention; abbreviations hold from where they are introduced."""
    aliases: dict[str, Mention] = {}
    found: list[_Read] = []
    for passage in passages(document, language):
        search = finder(gazetteer, passage.language)
        text = passage.view.text
        searched = search.find(text, aliases)
        if searched.mentions:
            new = dict(introduced(text, searched.mentions, passage.language))
            if new.keys() - aliases.keys():
                aliases.update(new)
                searched = search.find(text, aliases)
            lead = passage.lead
            if lead is not None and not any(read.passage is lead for read in found[-_MOST_ITEMS:]):
                # "The strategy is consistent with:" names nothing; the items below it need its cue.
                found.append(_Read(lead, search.find(lead.view.text, {}).analysis, ()))
            found.append(_Read(passage, searched.analysis, searched.mentions))
    return found


def _own(entry: Entry, elements: Sequence[Element]) -> tuple[tuple[URIRef, ...], frozenset[URIRef]]:
    """The instruments that the document is or describes, and everything that it sets out itself."""
    roots = [instrument(entry.instrument)] if entry.instrument else []
    if entry.celex:
        roots.append(instrument(f"regulation/{entry.celex}"))
    roots += [element.iri for element in elements if element.type in INSTRUMENTS]
    return tuple(dict.fromkeys(roots)), frozenset({*roots, *(element.iri for element in elements)})


def _belongs(target: URIRef, own: frozenset[URIRef], roots: Sequence[URIRef]) -> bool:
    """Whether a target is the document itself or part of it: nobody mentions himself."""
    return target in own or any(str(target).startswith(f"{root}/") for root in roots)


class _Linker:
    """Links one document."""

    def __init__(
        self, document: Document, entry: Entry, elements: Sequence[Element], gazetteer: Gazetteer
    ) -> None:
        self.document = document
        self.entry = entry
        self.gazetteer = gazetteer
        self.roots, self.own = _own(entry, elements)
        # What an act says of others is citation; "support" and "implement" there speak of duties, not policy.
        self.legal = any(short(root).startswith("regulation/") for root in self.roots)
        self.subject = document_iri(entry.id)
        self.claims = _Claims()
        self.elements: dict[URIRef, Element] = {}
        self.reviews: dict[str, Review] = {}
        self.language = _language(document, entry)
        self.context = Context(
            entry=entry, gazetteer=gazetteer, known=knowledge(self.language), own=self.own, roots=self.roots
        )
        self.last: dict[int, Sentence] = {}
        self.previous: Sentence | None = None
        self.open: list[Open] = []
        self.found: list[tuple[_Read, Resolved]] = []

    def run(self) -> Extraction:
        reads = _analysed(self.document, self.language, self.gazetteer)
        for read in reads:
            for mention in read.mentions:
                if mention.kind not in {"fuzzy", "alike"}:
                    labels = {name.iri for name in mention.names if name.kind == "label"}
                    self.context.named |= labels
        for read in reads:
            self.passage(read)
        return Extraction(
            document=self.entry.id,
            elements=tuple(self.elements[iri] for iri in sorted(self.elements)),
            claims=tuple(self.claims.by_link[key] for key in sorted(self.claims.by_link)),
            reviews=tuple(self.reviews[key] for key in sorted(self.reviews)),
        )

    def passage(self, read: _Read) -> None:
        self.context.known = knowledge(read.passage.language)
        words, readings = read.analysis.words, read.analysis.readings
        lead = self.last.get(id(read.passage.lead)) if read.passage.lead else None
        if read.passage.before is None:
            self.previous = None
        sentence: Sentence | None = None
        for first, stop in _sentences(read):
            said = wording(read.analysis, first, stop)
            if said.acknowledges:
                continue
            mine = [mention for mention in read.mentions if first <= mention.first < stop]
            resolved = self.resolved(mine, readings)
            self.found += [(read, one) for one in resolved]
            sentence = Sentence(
                wording=said,
                words=words,
                readings=readings,
                first=first,
                stop=stop,
                resolved=tuple(resolved),
                lead=lead,
                before=self.previous,
                read=read,
            )
            self.cite(sentence, resolved)
            for found in self.open:
                self.review(found, self.evidence(sentence))
            self.open.clear()
            if not self.legal:
                phrases = cues(read.passage.language)
                for stated in relate(sentence, self.context.known, phrases, self.gazetteer, self.roots):
                    self.relation(stated)
            self.previous = sentence
        if sentence is not None:
            self.last[id(read.passage)] = sentence

    def resolved(self, mentions: Sequence[Mention], readings: Sequence[frozenset[str]]) -> list[Resolved]:
        places = [(mention, self.context.places(mention.names)) for mention in mentions]
        nearby = [iri for _, iris in places for iri in iris]
        found: list[Resolved] = []
        for mention in mentions:
            around = range(max(0, mention.first - _NEIGHBOURS), min(len(readings), mention.stop + 3))
            outside = [readings[at] for at in around if not mention.first <= at < mention.stop]
            near = nearby
            if len(nearby) > 1:
                near = sorted(nearby, key=lambda iri: _distance(iri, mention, places))
            outcome = resolve(mention, self.context, nearby=near, words=outside)
            if isinstance(outcome, Open):
                self.open.append(outcome)
            elif outcome is not None:
                found.append(outcome)
                if outcome.type not in ROLES_ONLY:
                    self.context.recent.append(outcome)
        instruments = [
            resolved for resolved in found if resolved.type in INSTRUMENTS and len(resolved.targets) == 1
        ]
        named = dict.fromkeys(t for r in instruments for t in r.targets if r.method != "reference")
        if len({target for resolved in instruments for target in resolved.targets}) >= 3:
            self.context.listed = tuple(named)
        if len(named) >= 2:
            self.context.together = tuple(named)
        return found

    def review(self, found: Open, evidence: Evidence) -> None:
        """What a person has to decide; each wording once."""
        self.reviews.setdefault(
            f"{found.reason} {found.mention.text}",
            Review(evidence=evidence, reason=found.reason, candidates=found.candidates),
        )

    def evidence(self, sentence: Sentence) -> Evidence:
        read: _Read = sentence.read
        span = read.passage.view.span(*sentence.wording.extent)
        return self.document.evidence(span.start, span.end)

    def cite(self, sentence: Sentence, resolved: Iterable[Resolved]) -> None:
        """The plain mention: the document cites what it names."""
        evidence = self.evidence(sentence)
        for found in resolved:
            if found.new:
                self.element(found, evidence)
            if found.type in ROLES_ONLY or found.method == "reference":
                continue
            for target in found.targets:
                if not _belongs(target, self.own, self.roots):
                    self.claims.add(
                        Claim(
                            subject=self.subject,
                            predicate=NURT.cites,
                            object=target,
                            basis="inferred" if found.method == "fuzzy" else "stated",
                            confidence=found.confidence,
                            rule=f"mentions/{found.method}",
                            evidence=(evidence,),
                            words=(found.mention.text,) if found.method == "fuzzy" else (),
                        )
                    )

    def element(self, found: Resolved, evidence: Evidence) -> None:
        """A resource that no vocabulary has: the document names it by a code or number that identifies it."""
        iri = found.targets[0]
        mention = found.mention
        if iri in self.elements:
            return
        if mention.code is None:
            name = " ".join(mention.text.split())
            eli = mention.citation.eli if mention.citation else ""
            self.elements[iri] = Element(
                iri=iri,
                type=found.type,
                evidence=evidence,
                labels=(RDFLiteral(name, lang=self.language),),
                properties=((RDFS.seeAlso, URIRef(eli)),) if eli else (),
            )
            return
        label = mention.code.title
        parent = self.above(iri, evidence)
        self.elements[iri] = Element(
            iri=iri,
            type=found.type,
            evidence=evidence,
            parent=parent,
            code=mention.code.code,
            labels=(RDFLiteral(label, lang=self.language),) if label else (),
        )

    def above(self, iri: URIRef, evidence: Evidence) -> URIRef:
        """What an axis, measure or sub-measure is part of, by its code; levels nobody set out are made."""
        slug, _, code = short(iri).partition("/")
        higher = code.rpartition(".")[0]
        if not higher:
            return instrument(slug)
        parent = element(slug, higher)
        if self.gazetteer.type_of(parent) is None and parent not in self.elements:
            self.elements[parent] = Element(
                iri=parent,
                type=NURT.PriorityAxis if "." not in higher else NURT.Measure,
                evidence=evidence,
                parent=self.above(parent, evidence),
                code=higher,
            )
        return parent

    def relation(self, found: Link) -> None:
        if not self.allowed(found):
            return
        evidence = tuple(dict.fromkeys(self.evidence(sentence) for sentence in found.sentences))
        guessed = _guessed(found)
        self.claims.add(
            Claim(
                subject=found.subject,
                predicate=found.predicate,
                object=found.object,
                basis="inferred" if guessed else "stated",
                confidence=min([found.confidence, *(one.confidence for one in guessed)]),
                rule=f"{found.rule}/fuzzy" if guessed else found.rule,
                evidence=evidence,
                words=tuple(one.mention.text for one in guessed),
            )
        )

    def allowed(self, found: Link) -> bool:
        """A thing cannot implement or contribute to what is younger than itself.

        What the document sets out itself has its parent from the layout; prose adds nothing to that.
        """
        if found.predicate == NURT.partOf:
            return not _belongs(found.subject, self.own, self.roots)
        if found.predicate not in {NURT.implements, NURT.contributesTo}:
            return True
        subject = self.gazetteer.entities.get(found.subject)
        target = self.gazetteer.entities.get(found.object)
        older = subject.since if subject else None
        if found.subject in self.roots and self.entry.date:
            older = self.entry.date
        return not (older and target and target.since and target.since > older)


def _guessed(link: Link) -> list[Resolved]:
    """The misspelt names that an end of the link is known from, where no other name tells the same."""
    resolved = [one for sentence in link.sentences for one in sentence.resolved]
    sure = {target for one in resolved if one.method != "fuzzy" for target in one.targets}
    ends = {link.subject, link.object} - sure
    return [one for one in resolved if one.method == "fuzzy" and not ends.isdisjoint(one.targets)]


def _distance(
    iri: URIRef, mention: Mention, places: Sequence[tuple[Mention, Sequence[URIRef]]]
) -> tuple[int, int]:
    """How far the nearest mention of a resource is; what stands before counts as nearer."""
    best = (1 << 30, 1)
    for other, iris in places:
        if iri in iris:
            before = other.first <= mention.first
            gap = mention.first - other.stop if before else other.first - mention.stop
            best = min(best, (abs(gap) + (0 if before else 20), 0 if before else 1))
    return best


def _sentences(read: _Read) -> Iterator[tuple[int, int]]:
    """The sentences with mentions, by their words; a name that holds a full stop does not end one."""
    pieces: list[tuple[int, int]] = []
    for first, stop in read.analysis.sentences:
        inside = any(mention.first < first < mention.stop for mention in read.mentions)
        if pieces and (inside or _one_name(read.mentions, first)):
            pieces[-1] = (pieces[-1][0], stop)
        else:
            pieces.append((first, stop))
    return iter(pieces)


def _one_name(mentions: Sequence[Mention], at: int) -> bool:
    """Whether the mentions that end and begin at a sentence boundary name the same thing: title. Subtitle."""
    before = {name.iri for mention in mentions if mention.stop == at - 1 for name in mention.names}
    after = {name.iri for mention in mentions if mention.first == at for name in mention.names}
    return bool(before & after)


def linked(
    document: Document, entry: Entry, gazetteer: Gazetteer, elements: Sequence[Element] = ()
) -> list[tuple[Evidence, Resolved]]:
    """Every mention that was resolved, and where it stands, in reading order: what evaluation scores."""
    linker = _Linker(document, entry, elements, gazetteer)
    linker.run()
    places = (read.passage.view.span(one.mention.start, one.mention.end) for read, one in linker.found)
    return [
        (document.evidence(place.start, place.end), one)
        for place, (_, one) in zip(places, linker.found, strict=True)
    ]


def link(document: Document, entry: Entry, elements: Sequence[Element], gazetteer: Gazetteer) -> Extraction:
    """Find the names in a document, decide what they mean, and find what is said between them.

    Args:
        elements: what the document sets out itself; it does not cite them.
        gazetteer: the names that the build knows.

    Returns claims (``cites`` from the document, the others between the things named), elements for
    resources that the text alone identifies, and reviews for what stays open. The same input gives the
    same result, in the same order.
    """
    return _Linker(document, entry, elements, gazetteer).run()
