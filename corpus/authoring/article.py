"""The article on clusters as a digest: what it asked, found and recommends, and its survey as tables."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from .catalogue import Digest
from .facts import Source
from .html import Cell, Sheet, items, row, table, tag
from .words import cite, notice, sources_page

__all__ = ["DATA", "article"]

DATA: Final = Path(__file__).with_name("article.toml")


def article() -> Digest:
    """The digest, from ``article.toml``."""
    data: dict[str, Any] = tomllib.loads(DATA.read_text(encoding="utf-8"))
    address = f"https://doi.org/{data['doi']}"
    source = Source("S1", f"{data['title_pl']} ({data['year']})", address, address)
    src = cite([source.key])
    sheet = Sheet(data["title_pl"], "pl")
    sheet.page(
        tag("h1", data["title_pl"]),
        tag("p", data["title_en"], lang="en"),
        notice("pl"),
        tag("p", f"DOI: {data['doi']}. Rok: {data['year']}. {src}"),
        tag("h2", "1. Zakres"),
        *(tag("p", f"{text} {src}") for text in data["scope"]),
    )
    support = [row(s["level"], s["programme"], s["part"], s["kind"], s["text"], src) for s in data["support"]]
    sheet.page(
        tag("h2", "2. Klastry w strategiach"),
        *(tag("p", f"{entry['text']} {src}") for entry in data["policy"]),
        tag("h2", "3. Wsparcie klastrów na trzech poziomach"),
        tag("p", f"Poziom makro to Unia Europejska, mezo kraj, mikro region. {src}"),
        *(tag("p", f"{entry['text']} {src}") for entry in data["programmes"]),
        table("support", support, head=("Poziom", "Program", "Część", "Rodzaj wsparcia", "Zakres", "Źródła")),
    )
    body = [tag("h2", "4. Badanie przedsiębiorstw"), *(tag("p", f"{text} {src}") for text in data["survey"])]
    for position, survey in enumerate(data["table"], 1):
        lines = [
            row(survey["question"], answer, Cell(value, kind="amount"), Cell(survey["n"], kind="amount"), src)
            for answer, value in survey["rows"]
        ]
        body.append(tag("h3", f"4.{position}. {survey['question']} (n = {survey['n']})"))
        head = ("Pytanie", "Odpowiedź", f"Odsetek ({survey['unit']})", "Liczebność (n)", "Źródła")
        body.append(table("survey", lines, head=head))
        if remark := survey.get("remark"):
            body.append(tag("p", f"{remark} {src}"))
    sheet.page(*body)
    sheet.page(
        tag("h2", "5. Wnioski"),
        items(data["findings"]["conclusions"]),
        tag("h2", "6. Rekomendacje"),
        items(data["findings"]["recommendations"]),
        tag("p", src),
    )
    cited = sources_page(sheet, {source.key: source})
    return Digest(
        id="klastry-2014-2020",
        file="studies/klastry-2014-2020.html",
        html=sheet.html(),
        family="article",
        language="pl",
        title_pl=data["title_pl"],
        title_en=data["title_en"],
        original=(address,),
        format="pdf",
        sources=cited,
    )
