"""What a Formex file says of itself, and which files were published together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from .formex_text import local

__all__ = ["Part", "metadata_of", "part_of"]


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a publication.

    Args:
        publication: the name of the file that lists the parts; the same in all of them.
        kind: the root element: "ACT", "ANNEX", "GENERAL" …
        celex: of the act where the file gives it, else "": annexes do not.
    """

    publication: str
    kind: str
    celex: str


def part_of(head: bytes) -> Part | None:
    """Tell from the first bytes of a file to which publication it belongs; None where it does not say."""
    parser = etree.XMLPullParser(events=("end",), resolve_entities=False, no_network=True, load_dtd=False)
    root = None
    try:
        parser.feed(head)
        for _, element in parser.read_events():
            if local(element) in {"BIB.INSTANCE", "TITLE"}:
                root = element.getroottree().getroot()
                if local(element) == "TITLE":
                    break
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    reference = root.find("BIB.INSTANCE/DOCUMENT.REF")
    name = reference.get("FILE", "") if reference is not None else ""
    return Part(name, local(root), metadata_of(root).get("celex", "")) if name else None


def metadata_of(root: etree._Element) -> dict[str, str]:
    """CELEX, number, date, language and page in the Official Journal, as far as the file gives them."""
    found: dict[str, str] = {}
    instance = root.find("BIB.INSTANCE")
    if instance is None:
        instance = root.find("BIB.DOC")
    if instance is None:
        return found
    publication = root.find("PUBLICATION.REF")

    def text(path: str) -> str:
        for holder in (instance, publication, root.find("FMX/DOC.MAIN.PUB")):
            if holder is not None and (value := holder.findtext(path)):
                return str(value).strip()
        return ""

    if (day := text("DATE")) and re.fullmatch(r"\d{8}", day):
        found["date"] = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    if language := text("LG.DOC"):
        found["language"] = language.lower()
    journal = [text("DOCUMENT.REF/COLL") or text("COLL"), text("DOCUMENT.REF/NO.OJ") or text("NO.OJ")]
    if all(journal):
        found["journal"] = " ".join(journal)
    if page := text("PAGE.FIRST"):
        found["first_page"] = page
    if page := text("PAGE.LAST"):
        found["last_page"] = page
    number, year = text("NO.DOC/NO.CURRENT"), text("NO.DOC/YEAR")
    if number and year:
        found["number"] = f"{number}/{year}"
        if letter := _sector_letter(root):
            found["celex"] = f"3{year}{letter}{int(number):04d}" if number.isdigit() else ""
    return {name: value for name, value in found.items() if value}


def _sector_letter(root: etree._Element) -> str:
    """The letter of the kind of act in a CELEX number: R, L, D or "" where the title does not tell."""
    value = root.findtext("FMX/DOC.MAIN.PUB/LEGAL.VALUE") or ""
    title = root.find("TITLE")
    words = " ".join(title.itertext()).upper() if title is not None else ""
    for letter, spellings in (
        ("R", ("REGULATION", "ROZPORZĄDZENIE", "REG")),
        ("L", ("DIRECTIVE", "DYREKTYWA", "DIR")),
        ("D", ("DECISION", "DECYZJA", "DEC")),
    ):
        if value == spellings[2] or re.match(
            rf"\s*(?:[A-Z]+\s+){{0,3}}?(?:{spellings[0]}|{spellings[1]})", words
        ):
            return letter
    return ""
