"""Europe 2020 as a communication: priorities, headline targets, flagship initiatives, guidelines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from markupsafe import Markup

from .catalogue import Digest
from .facts import Facts, sources_of
from .html import Cell, Sheet, join, row, table, tag
from .notes import note_en
from .words import UNKNOWN, cite, notice, sources_page

__all__ = ["PRIORITY_NAMES", "document_named", "europe_2020", "figure", "long_date"]

PRIORITY_NAMES: Final = {
    "e2020:prio:smart": "smart growth",
    "e2020:prio:sustainable": "sustainable growth",
    "e2020:prio:inclusive": "inclusive growth",
}
ORDINALS: Final = ("first", "second", "third")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(iso: str) -> str:
    """``2010-03-03`` as ``3 March 2010``."""
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def document_named(facts: Facts, name: str) -> Mapping[str, Any]:
    """The entry of ``documents`` with that id."""
    found: Mapping[str, Any] = next(d for d in facts.eu["documents"] if d["id"] == name)
    return found


def _number(value: float, unit: str) -> str:
    shown = f"{value:,}" if unit == "persons" else f"{value}"
    sign = "" if value >= 0 else "minus "
    return f"{sign}{shown.lstrip('-')}" + (f" {unit}" if unit else "")


def figure(entry: Mapping[str, Any]) -> str:
    """A target as a phrase: indicator, qualifier, value, unit."""
    name = entry.get("indicator") or ""
    value = _number(entry["value"], entry["unit"])
    qualifier = f"{entry['qualifier']} " if "qualifier" in entry else ""
    extra = []
    if "baseline" in entry:
        extra.append(f"from {entry['baseline']} {entry['unit']}")
    if "conditional" in entry:
        extra.append(f"{_number(entry['conditional'], entry['unit'])} under conditions")
    if "primary_energy_mtoe" in entry:
        extra.append(f"primary energy consumption of {entry['primary_energy_mtoe']} Mtoe")
    if "relative" in entry:
        extra.append(entry["relative"])
    return f"{name}: {qualifier}{value}" + (f" ({'; '.join(extra)})" if extra else "")


def _both(element: Mapping[str, Any]) -> object:
    if polish := element.get("label_pl"):
        return join((element["label_en"], " (", tag("span", polish, lang="pl"), ")"))
    return element["label_en"]


def _priorities(europe: Mapping[str, Any]) -> Iterator[Markup]:
    yield tag("h2", "2. Three priorities")
    yield tag("p", "Europe 2020 sets three priorities.")
    for position, priority in enumerate(europe["priorities"]):
        name, _, meaning = priority["label_en"].partition(": ")
        yield tag("h3", f"2.{position + 1}. {name}")
        yield tag(
            "p",
            join(
                (
                    f"The {ORDINALS[position]} priority of Europe 2020 is {name.lower()}",
                    " (",
                    tag("span", priority["label_pl"], lang="pl"),
                    f"): {meaning}. {cite(priority['src'])}",
                )
            ),
        )
    lines = [
        row(p["codes"][0], p["label_en"], Cell(p["label_pl"], lang="pl"), cite(p["src"]))
        for p in europe["priorities"]
    ]
    yield table("europe-priorities", lines, head=("No", "Priority", "Polish name", "Sources"))


def _poland(target: Mapping[str, Any]) -> Iterator[str]:
    names = {entry.get("id"): entry.get("indicator", "") for entry in target["eu"]}
    for entry in target.get("poland", ()):
        named = {**entry, "indicator": entry.get("indicator") or names.get(entry.get("id"), "")}
        yield figure(named)


def _targets(europe: Mapping[str, Any]) -> Iterator[Markup]:
    yield tag("h2", "3. Five headline targets")
    yield tag(
        "p", "Europe 2020 sets five headline targets for the Union; Poland set national targets of its own."
    )
    lines = []
    for position, target in enumerate(europe["headline_targets"]):
        yield tag("h3", f"3.{position + 1}. {target['label_en']}")
        text: list[object] = []
        if polish := target.get("label_pl"):
            text.append(join(("Polish name: ", tag("span", polish, lang="pl"), ". ")))
        if priority := target.get("priority"):
            text.append(
                f"The headline target '{target['label_en']}' contributes to {PRIORITY_NAMES[priority]}. "
            )
        union = "; ".join(figure(entry) for entry in target["eu"])
        poland = "; ".join(_poland(target)) or UNKNOWN["en"]
        text.append(f"Target for the Union: {union}. Target for Poland: {poland}. {cite(target['src'])}")
        yield tag("p", join(text))
        for entry in target.get("poland", ()):
            if polish := entry.get("label_pl"):
                yield tag("p", join(("Polish name of the indicator: ", tag("span", polish, lang="pl"), ".")))
        if remark := target.get("priority_remark"):
            yield tag("p", note_en(remark))
        if remark := target.get("note"):
            yield tag("p", note_en(remark))
        name = PRIORITY_NAMES.get(target.get("priority", ""), UNKNOWN["en"])
        lines.append(row(target["label_en"], union, poland, name.capitalize(), cite(target["src"])))
    head = ("Headline target", "European Union", "Poland", "Priority", "Sources")
    yield table("targets", lines, head=head)


def _flagships(europe: Mapping[str, Any], documents: Mapping[str, Mapping[str, Any]]) -> Iterator[Markup]:
    yield tag("h2", "4. Seven flagship initiatives")
    yield tag("p", "Seven flagship initiatives carry the priorities of Europe 2020.")
    lines = []
    for position, flagship in enumerate(europe["flagships"]):
        name, priority = flagship["label_en"], PRIORITY_NAMES[flagship["priority"]]
        document = documents[flagship["document"]]
        yield tag("h3", f"4.{position + 1}. {name}")
        text: list[object] = []
        if polish := flagship.get("label_pl"):
            text.append(join(("Polish name: ", tag("span", polish, lang="pl"), ". ")))
        text.append(f"The flagship initiative '{name}' contributes to {priority}. ")
        if area := flagship.get("area"):
            text.append(f"Its area is {area}. ")
        text.append(
            f"It is set out in the communication {document['codes']['number']}, "
            f"'{document['label_en']}'. {cite(flagship['src'])}"
        )
        yield tag("p", join(text))
        lines.append(
            row(_both(flagship), priority.capitalize(), document["codes"]["number"], cite(flagship["src"]))
        )
    yield table("flagships", lines, head=("Flagship initiative", "Priority", "Communication", "Sources"))


def _guidelines(europe: Mapping[str, Any], documents: Mapping[str, Mapping[str, Any]]) -> Iterator[Markup]:
    yield tag("h2", "5. Integrated guidelines")
    yield tag("p", "Ten integrated guidelines serve to carry out Europe 2020 in the Member States.")
    lines = []
    for guideline in europe["integrated_guidelines"]:
        document = documents[guideline["document"]]
        lines.append(
            row(
                guideline["codes"][0],
                guideline["label_en"],
                document["codes"]["number"],
                note_en(guideline.get("note", "")),
                cite(guideline["src"]),
            )
        )
    yield table("guidelines", lines, head=("Guideline", "Name", "Act", "Notes", "Sources"))
    missing = " and ".join(europe["integrated_guidelines_missing"])
    yield tag("p", f"The names of guidelines {missing} are unknown here.")
    yield tag("p", "The guidelines stand in two acts:")
    for name in dict.fromkeys(g["document"] for g in europe["integrated_guidelines"]):
        act = documents[name]
        codes = act["codes"]
        extra = "".join(f", {label} {codes[key]}" for key, label in EXTRA_CODES.items() if key in codes)
        yield tag("p", f"{act['label_en']}, No {codes['number']}{extra}. {cite(act['src'])}")


EXTRA_CODES: Final = {"celex": "CELEX", "oj": "published in", "proposal": "proposed in"}


def europe_2020(facts: Facts) -> Digest:
    """The strategy, one page a chapter."""
    europe = facts.eu["europe2020"]
    document = document_named(facts, "doc:europe2020")
    documents = {d["id"]: d for d in facts.eu["documents"]}
    codes = document["codes"]
    title, _, subtitle = document["label_en"].partition(": ")
    sheet = Sheet(document["label_en"], "en")
    sheet.page(
        tag("p", "EUROPEAN COMMISSION"),
        tag("p", long_date(document["date"])),
        tag("p", codes["number"]),
        tag("p", "COMMUNICATION FROM THE COMMISSION"),
        tag("h1", f"{title.upper()}: {subtitle}"),
        tag("p", document["label_pl"], lang="pl"),
        notice("en"),
        tag("p", f"CELEX {codes['celex']}. Polish number: {codes['number_pl']}. {cite(document['src'])}"),
    )
    sheet.page(
        tag("h2", "1. How the strategy came about"),
        *(
            tag("p", f"On {long_date(step['date'])}: {step['event']}.")
            for step in document["dates"]
        ),
        *_priorities(europe),
    )  # fmt: skip
    sheet.page(*_targets(europe))
    sheet.page(*_flagships(europe, documents))
    sheet.page(*_guidelines(europe, documents))
    cited = sources_page(sheet, sources_of(facts.eu))
    return Digest(
        id="europe-2020",
        file="eu/europe-2020.html",
        html=sheet.html(),
        family="communication",
        language="en",
        title_pl=document["label_pl"],
        title_en=document["label_en"],
        date=document["date"],
        publisher="European Commission",
        instrument="europe-2020",
        celex=codes["celex"],
        original=("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:52010DC2020",),
        sources=cited,
    )
