"""The eleven thematic objectives and their investment priorities, laid out as articles and points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from markupsafe import Markup

from .catalogue import Digest
from .europe2020 import PRIORITY_NAMES, long_date
from .facts import Facts, sources_of
from .html import Sheet, join, row, table, tag
from .notes import note_en
from .words import FUNDS_EN, cite, notice, sources_page

__all__ = ["ACTS", "article_9", "priorities_article", "thematic_objectives"]

ACTS: Final = {
    "ERDF": ("doc:erdf_1301_2013", "Regulation (EU) No 1301/2013", 5),
    "ESF": ("doc:esf_1304_2013", "Regulation (EU) No 1304/2013", 3),
    "CF": ("doc:cf_1300_2013", "Regulation (EU) No 1300/2013", 4),
}


def number_of(objective: str) -> str:
    """``to:8`` → ``8``."""
    return objective.removeprefix("to:")


def _polish(element: Mapping[str, Any]) -> Iterator[object]:
    if polish := element.get("label_pl"):
        yield " / "
        yield tag("span", polish, lang="pl")


def article_9(facts: Facts) -> Iterator[Markup]:
    """Article 9 of Regulation (EU) No 1303/2013 as a list of points."""
    yield tag("h2", "Regulation (EU) No 1303/2013")
    yield tag("h3", "Article 9 Thematic objectives")
    yield tag("p", "The ESI Funds support these thematic objectives:")
    for objective in facts.eu["thematic_objectives"]:
        point = f"({number_of(objective['id'])}) "
        yield tag(
            "p", join((point, objective["label_en"], *_polish(objective), f"; {cite(objective['src'])}"))
        )
    notes = []
    for objective in facts.eu["thematic_objectives"]:
        codes = " and ".join(objective["codes"])
        text: list[object] = [f"Thematic objective {number_of(objective['id'])} is also printed as {codes}"]
        if fund := objective.get("key_theme_of"):
            text.append(f"; it is a key theme of the {FUNDS_EN[fund]} ({fund})")
        text.append(".")
        for variant in objective.get("variant_pl", ()):
            text.append(" Another Polish wording: ")
            text.append(tag("span", variant["label"], lang="pl"))
            remark = f" ({variant['remark']})" if "remark" in variant else ""
            text.append(f"{remark} {cite(variant['src'])}.")
        if "note" in objective:
            text.append(f" {note_en(objective['note'])}")
        if "label_pl" not in objective:
            text.append(" Polish wording: unknown.")
        notes.append(tag("li", join(text)))
    yield tag("h3", "Notes on Article 9")
    yield tag("ul", *notes)


def _notes(priority: Mapping[str, Any]) -> str:
    parts = []
    if others := priority["codes"][1:]:
        parts.append(f"Polish numbering {', '.join(others)}")
    if same := priority.get("same_wording_as"):
        fund, code = same.split(":")[1:]
        parts.append(f"same wording as {fund.upper()} {code}")
    if field := priority.get("intervention_field"):
        parts.append(f"intervention field {field.removeprefix('ic:')}")
    if text := priority.get("note"):
        parts.append(note_en(text))
    if source := priority.get("label_pl_src"):
        parts.append(f"Polish wording from {cite(source)}")
    return "; ".join(parts)


def priorities_article(facts: Facts, fund: str) -> Iterator[Markup]:
    """The article of a fund's regulation with its investment priorities, one table a thematic objective."""
    _, act, article = ACTS[fund]
    yield tag("h2", act)
    yield tag("h3", f"Article {article} Investment priorities")
    yield tag(
        "p",
        "Within the thematic objectives of Article 9 of Regulation (EU) No 1303/2013 the "
        f"{FUNDS_EN[fund]} ({fund}) has these investment priorities:",
    )
    found = [p for p in facts.eu["investment_priorities"] if p["fund"] == fund]
    for objective in facts.eu["thematic_objectives"]:
        inside = [p for p in found if p["thematic_objective"] == objective["id"]]
        if not inside:
            continue
        number = number_of(objective["id"])
        yield tag("h4", f"Thematic objective {number}: {objective['label_en']}")
        lines = [
            row(
                priority["codes"][0],
                fund,
                number,
                join((priority["label_en"], *_polish(priority))),
                _notes(priority),
                cite(priority["src"]),
            )
            for priority in inside
        ]
        head = ("Code", "Fund", "Thematic objective", "Investment priority", "Notes", "Sources")
        yield table("priorities", lines, head=head)


def _correspondence(facts: Facts) -> Iterator[Markup]:
    yield tag("h2", "Correspondence with Europe 2020")
    yield tag("p", "The table says to which priority of Europe 2020 each thematic objective contributes.")
    lines = []
    targets = {t["id"]: t["label_en"] for t in facts.eu["europe2020"]["headline_targets"]}
    aimed = []
    for objective in facts.eu["thematic_objectives"]:
        number = number_of(objective["id"])
        name = PRIORITY_NAMES[objective["e2020_priority"]].capitalize()
        lines.append(row(number, objective["label_en"], name, cite(objective["e2020_priority_src"])))
        for target in objective.get("headline_targets", ()):
            sources = cite(objective["headline_targets_src"])
            aimed.append(row(number, objective["label_en"], targets[target], sources))
    head = ("Thematic objective", "Name", "Europe 2020 priority", "Sources")
    yield table("correspondence", lines, head=head)
    yield tag(
        "p", "The sources name a headline target for these thematic objectives only; others are unknown."
    )
    head = ("Thematic objective", "Name", "Headline target", "Sources")
    yield table("correspondence", aimed, head=head)


def thematic_objectives(facts: Facts) -> Digest:
    """Article 9, the investment priorities of three funds, and what they serve in Europe 2020."""
    documents = {d["id"]: d for d in facts.eu["documents"]}
    common = documents["doc:cpr_1303_2013"]
    title = "Thematic objectives and investment priorities of the ESI Funds 2014-2020"
    polish = "Cele tematyczne i priorytety inwestycyjne funduszy EFSI na lata 2014–2020"
    acts = [common, *(documents[name] for name, _, _ in ACTS.values())]
    sheet = Sheet(title, "en")
    lines = [
        row(act["codes"]["number"], act["label_en"], act["codes"]["celex"], act["date"], cite(act["src"]))
        for act in acts
    ]
    sheet.page(
        tag("h1", title),
        tag("p", polish, lang="pl"),
        notice("en"),
        tag("p", f"From four regulations of {long_date(common['date'])}:"),
        table("acts", lines, head=("Number", "Title", "CELEX", "Date", "Sources")),
    )
    sheet.page(*article_9(facts))
    for fund in ACTS:
        sheet.page(*priorities_article(facts, fund))
    sheet.page(*_correspondence(facts))
    cited = sources_page(sheet, sources_of(facts.eu))
    return Digest(
        id="thematic-objectives",
        file="eu/thematic-objectives.html",
        html=sheet.html(),
        family="regulation",
        language="en",
        title_pl=polish,
        title_en=title,
        date=common["date"],
        publisher="European Parliament and Council of the European Union",
        celex=common["codes"]["celex"],
        instrument="regulation/32013R1303",
        original=tuple(
            f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{act['codes']['celex']}"
            for act in acts
        ),
        sources=cited,
    )
