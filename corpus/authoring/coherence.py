"""The chapter on coherence with other documents: what a document serves, in sentences and a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from .facts import Facts
from .html import items, row, table, tag
from .words import cite

__all__ = ["chapter", "named"]


@dataclass(frozen=True, slots=True)
class Forms:
    """The name of a document in the cases that the sentences need."""

    nominative: str
    accusative: str = ""
    genitive: str = ""
    instrumental: str = ""


NAMES: Final = {
    "dsrk-2030": Forms(
        "Długookresowa Strategia Rozwoju Kraju (DSRK)",
        "Długookresową Strategię Rozwoju Kraju (DSRK)",
        "Długookresowej Strategii Rozwoju Kraju (DSRK)",
        "Długookresową Strategią Rozwoju Kraju (DSRK)",
    ),
    "srk-2020": Forms(
        "Strategia Rozwoju Kraju 2020 (SRK 2020)",
        "Strategię Rozwoju Kraju 2020 (SRK 2020)",
        "Strategii Rozwoju Kraju 2020 (SRK 2020)",
        "Strategią Rozwoju Kraju 2020 (SRK 2020)",
    ),
    "doc:europe2020": Forms(
        "Strategia Europa 2020", "strategię Europa 2020", "strategii Europa 2020", "strategią Europa 2020"
    ),
    "kpr-2011": Forms(
        "Krajowy Program Reform (KPR)",
        "Krajowy Program Reform (KPR)",
        "Krajowego Programu Reform (KPR)",
        "Krajowym Programem Reform (KPR)",
    ),
    "kpzk-2030": Forms(
        "Koncepcja Przestrzennego Zagospodarowania Kraju 2030 (KPZK 2030)",
        "Koncepcję Przestrzennego Zagospodarowania Kraju 2030 (KPZK 2030)",
        "Koncepcji Przestrzennego Zagospodarowania Kraju 2030 (KPZK 2030)",
        "Koncepcją Przestrzennego Zagospodarowania Kraju 2030 (KPZK 2030)",
    ),
    "doc:innovation_union": Forms("Projekt przewodni strategii Europa 2020 „Unia innowacji”"),
    "e2020:target:rd": Forms("Cel główny strategii Europa 2020 „Nakłady na badania i rozwój (B+R)”"),
    "polityka-klastrowa-2020": Forms("Kierunki i założenia polityki klastrowej w Polsce do 2020 roku"),
}

# The facts' word for a relation: the phrase of the table, and the sentence. {0} is the document, the other
# fields are the cases of the document it serves.
RELATIONS: Final = {
    "realizuje": ("realizuje", "{0} realizuje {accusative}."),
    "one of the nine integrated strategies": (
        "jedna z dziewięciu strategii zintegrowanych",
        "{0} jest jedną z dziewięciu strategii zintegrowanych, które realizują {accusative}.",
    ),
    "refers to": ("odwołuje się do", "{0} odwołuje się do {genitive}."),
    "response to (heading 1.1.1 of the Partnership Agreement document)": (
        "jest odpowiedzią na (nagłówek 1.1.1 Umowy Partnerstwa)",
        "{0} jest odpowiedzią na {accusative}; tak mówi nagłówek 1.1.1 Umowy Partnerstwa.",
    ),
    "wpisuje się w priorytet strategii; przyczynia się do realizacji celów": (
        "wpisuje się w priorytet strategii; przyczynia się do realizacji celów",
        "{0} wpisuje się w priorytet {genitive} i przyczynia się do realizacji celów {genitive}.",
    ),
    "3 % PKB na B+R (dla Polski 1,7 %)": (
        "3 % PKB na B+R (dla Polski 1,7 %)",
        "{0} przyczynia się do osiągnięcia celu „Nakłady na badania i rozwój (B+R)”, jednego z celów "
        "głównych strategii Europa 2020: 3 % PKB na B+R (dla Polski 1,7 %).",
    ),
    "projekt przewodni najbliższy Strategii": (
        "projekt przewodni najbliższy Strategii",
        "Projektem przewodnim strategii Europa 2020 najbliższym dokumentowi {0} jest Unia innowacji.",
    ),
    "ściśle powiązana": ("ściśle powiązana", "{0} jest ściśle powiązana z {instrumental}."),
    "instrument recommended there": (
        "instrument tam rekomendowany",
        "{0} realizują rekomendację dokumentu {nominative}: są instrumentem tam rekomendowanym.",
    ),
    "": ("przyczynia się do realizacji", "{0} przyczynia się do realizacji {genitive}."),
}


def named(facts: Facts, strategy: str) -> str:
    """Title and acronym of a national document by its id."""
    document = next(d for d in facts.national["documents"] if d["id"] == strategy)
    acronym = document.get("acronym")
    return f"{document['title_pl']} ({acronym})" if acronym else str(document["title_pl"])


def _links(document: Mapping[str, Any]) -> Iterator[tuple[Forms, str, str, Sequence[str]]]:
    for link in document.get("implements", ()):
        phrase, sentence = RELATIONS[link.get("relation", "")]
        yield NAMES[link["target"]], phrase, sentence, link["src"]


def chapter(facts: Facts, document: Mapping[str, Any], number: int) -> Iterator[Markup]:
    """The chapter, or nothing where the facts name no document above or below this one."""
    links = [*_links(document)]
    below = document.get("implemented_by", ())
    if not links and not below:
        return
    subject = named(facts, document["id"])
    yield tag("h2", f"{number}. Spójność z dokumentami strategicznymi")
    for forms, _, sentence, src in links:
        text = sentence.format(
            subject,
            nominative=forms.nominative,
            accusative=forms.accusative,
            genitive=forms.genitive,
            instrumental=forms.instrumental,
        )
        yield tag("p", f"{text} {cite(src)}")
    if links:
        lines = [row(forms.nominative, phrase, cite(src)) for forms, phrase, _, src in links]
        yield table("coherence", lines, head=("Dokument", "Powiązanie", "Źródła"))
    if below:
        src = document["implemented_by_src"]
        accusative = NAMES[document["id"]].accusative
        yield tag("p", f"{accusative} realizuje {len(below)} strategii zintegrowanych. {cite(src)}")
        yield items(named(facts, name) for name in below)
