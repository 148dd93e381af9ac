"""Communications other than Europe 2020, and the regulations of the funds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from markupsafe import Markup

from .catalogue import Digest
from .europe2020 import PRIORITY_NAMES, document_named, long_date
from .facts import Facts, sources_of
from .html import Cell, Sheet, join, row, table, tag
from .notes import note_en
from .objectives import ACTS, article_9, priorities_article
from .words import FUNDS_EN, UNKNOWN, cite, notice, sources_page

__all__ = ["communication", "communications", "identity", "regulations"]

EUR_LEX: Final = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{}"
FIRST: Final = ("doc:innovation_union", "doc:industrial_policy")
LATER: Final = (
    "doc:youth_on_the_move",
    "doc:digital_agenda",
    "doc:resource_efficient_europe",
    "doc:new_skills_and_jobs",
    "doc:platform_against_poverty",
)
OTHER: Final = "doc:world_class_clusters"


def slug_of(document: Mapping[str, Any]) -> str:
    """``doc:innovation_union`` → ``innovation-union``."""
    return str(document["id"]).removeprefix("doc:").replace("_", "-")


def identity(document: Mapping[str, Any]) -> Markup:
    """A table of what identifies an act or communication."""
    codes = document["codes"]
    names = (
        ("number", "Number"),
        ("celex", "CELEX"),
        ("celex_consolidated", "CELEX of the consolidated version"),
        ("eli", "ELI"),
        ("oj", "Official Journal"),
        ("accompanying", "Accompanying document"),
    )
    lines = [(label, codes[key]) for key, label in names if key in codes]
    if "number" not in codes:
        lines.insert(0, ("Number", UNKNOWN["en"]))
    lines.append(("Date", document.get("date") or UNKNOWN["en"]))
    if "fund" in document:
        lines.append(("Fund", f"{FUNDS_EN[document['fund']]} ({document['fund']})"))
    if "repeals" in document:
        lines.append(("Repeals", document["repeals"]))
    if "amended_by" in document:
        lines.append(("Amended by", "; ".join(document["amended_by"])))
    if "note" in document:
        lines.append(("Note", note_en(document["note"])))
    lines.append(("Sources", cite(document["src"])))
    return table("identity", [row(Cell(name, header=True), value) for name, value in lines])


def _flagship(facts: Facts, document: Mapping[str, Any]) -> Iterator[Markup]:
    flagship = next(f for f in facts.eu["europe2020"]["flagships"] if f["id"] == document["flagship"])
    name, priority = flagship["label_en"], PRIORITY_NAMES[flagship["priority"]]
    yield tag("h2", "2. Place in Europe 2020")
    yield tag(
        "p",
        f"This communication sets out '{name}', one of the seven flagship initiatives of Europe 2020. "
        f"{cite(flagship['src'])}",
    )
    yield tag("p", f"The flagship initiative '{name}' contributes to {priority}. {cite(flagship['src'])}")
    if area := flagship.get("area"):
        yield tag("p", f"Its area is {area}. {cite(flagship['src'])}")
    if polish := flagship.get("label_pl"):
        yield tag(
            "p", join(("Polish name of the flagship initiative: ", tag("span", polish, lang="pl"), "."))
        )


def communication(facts: Facts, name: str) -> Digest:
    """One communication: what identifies it, and its place in Europe 2020 where it has one."""
    document = document_named(facts, name)
    codes = document["codes"]
    date, number = document.get("date"), codes.get("number")
    sheet = Sheet(document["label_en"], "en")
    sheet.page(
        tag("p", "EUROPEAN COMMISSION"),
        *([tag("p", long_date(date))] if date else []),
        *([tag("p", number)] if number else []),
        tag("p", "COMMUNICATION FROM THE COMMISSION"),
        tag("h1", document["label_en"]),
        *([tag("p", document["label_pl"], lang="pl")] if "label_pl" in document else []),
        notice("en"),
        tag("h2", "1. Identity"),
        identity(document),
        *(_flagship(facts, document) if "flagship" in document else ()),
    )
    cited = sources_page(sheet, sources_of(facts.eu))
    slug = slug_of(document)
    celex = codes.get("celex", "")
    return Digest(
        id=slug,
        file=f"eu/{slug}.html",
        html=sheet.html(),
        family="communication",
        language="en",
        title_pl=document.get("label_pl", ""),
        title_en=document["label_en"],
        date=date or "",
        publisher="European Commission",
        instrument=slug,
        celex=celex,
        original=(EUR_LEX.format(celex),) if celex else (),
        sources=cited,
    )


def communications(facts: Facts) -> Iterator[Digest]:
    """The seven flagship communications and that of 2008 on clusters."""
    for name in (*FIRST, *LATER, OTHER):
        yield communication(facts, name)


def _regulation(facts: Facts, name: str, articles: Iterator[Markup]) -> Digest:
    document = document_named(facts, name)
    codes = document["codes"]
    sheet = Sheet(document["label_en"], "en")
    sheet.page(
        tag("p", f"REGULATION (EU) No {codes['number']}"),
        tag("h1", document["label_en"]),
        *([tag("p", document["label_pl"], lang="pl")] if "label_pl" in document else []),
        notice("en"),
        tag("h2", "Identity"),
        identity(document),
    )
    sheet.page(*articles)
    cited = sources_page(sheet, sources_of(facts.eu))
    slug = f"regulation-{codes['celex']}".lower()
    return Digest(
        id=slug,
        file=f"eu/{slug}.html",
        html=sheet.html(),
        family="regulation",
        language="en",
        title_pl=document.get("label_pl", ""),
        title_en=document["label_en"],
        date=document["date"],
        publisher="European Parliament and Council of the European Union",
        instrument=f"regulation/{codes['celex']}",
        celex=codes["celex"],
        original=(EUR_LEX.format(codes["celex"]),),
        sources=cited,
    )


def regulations(facts: Facts) -> Iterator[Digest]:
    """Regulations (EU) No 1303, 1301, 1304 and 1300/2013, each with the article that the cascade rests on."""
    yield _regulation(facts, "doc:cpr_1303_2013", article_9(facts))
    for fund, (name, _, _) in ACTS.items():
        yield _regulation(facts, name, priorities_article(facts, fund))
