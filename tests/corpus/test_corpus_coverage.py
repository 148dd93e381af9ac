"""Every fact is printed somewhere in the digests it belongs to, or is named here with the reason why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from nurt.corpus.authoring.coherence import NAMES, RELATIONS
from nurt.corpus.authoring.notes import table
from nurt.corpus.authoring.words import CATEGORIES, FUNDS_EN, FUNDS_PL

CORPUS = Path(__file__).parents[2] / "corpus"
FACTS = Path(__file__).parents[2].parent / "shared" / "facts"

pytestmark = pytest.mark.skipif(
    not FACTS.is_dir(), reason="the maintainers' facts are not beside the checkout"
)

# Keys whose values the digests do not print, and why. A pattern matches the path from its end.
NOT_PRINTED = {
    r"unconfirmed(\..*)?": "not facts",
    r"sources\.\w+\.corpus": "how the source was found, not what it says",
    r"sources\.\w+\.url_cut": "shown as a shortened address",
    r"sources\.\w+\.url_note": "shown as a shortened address",
    r"sources\.\w+\.note": "about the search for the source; what matters stands in notes beside the facts",
    r"meta\..*": "about the file of facts",
    r"programme\.id": "the name of the file and of the catalogue's entry",
    r"documents\.id": "the name of the file and of the catalogue's entry",
    r"documents\.type": "the kind of document is its layout",
    r"(headline_targets|flagships|integrated_guidelines|priorities)\.id": "internal; the name identifies",
    r"(eu|poland)\.id": "internal; the indicator's name identifies",
    r"(parts|euratom|cluster_calls|cluster_actions|later_calls|objectives)\.id": "internal; names identify",
    r"(horizon2020|cosme)\.programme\.(id|document)": "internal; the regulation's title is printed",
    r"(thematic_objectives|investment_priorities)\.id": "internal; fund and code identify",
    r"(flagships|integrated_guidelines)\.document": "internal; the document's number is printed",
    r"documents\.flagship": "internal; the flagship initiative's name is printed",
    r"(headline_targets|flagships)\.priority": "internal; the priority's name is printed",
    r"thematic_objectives\.e2020_priority": "internal; the priority's name is printed",
    r"thematic_objectives\.headline_targets": "internal; the target's name is printed",
    r"(targets\.europe_2020_target|areas\.europe_2020_priority)": "internal; the name is printed",
    r"(thematic_objectives|investment_priorities)\.legal_basis": "internal; printed as a heading",
    r"investment_priorities\.thematic_objective": "internal; the number is printed",
    r"(same_wording_as|intervention_field)": "internal; printed as fund and code, tested with the tables",
    r"intervention_fields\.id|forms_of_finance\.id": "internal; the code is printed",
    r"(parts|cluster_calls)\.part_of": "internal; the name of the part above is printed",
    r"documents\.implemented_by": "internal; titles are printed",
    r"(direct_support_programmes|linked_measures)\.target": "internal; the programme's title is printed",
    r"documents\.programmes\.id": "internal; the CCI identifies",
    r"integrated_guidelines\.codes|strands\.strand": "single digits, tested with the tables",
}
TRUE = {
    "technical_assistance": "Pomoc techniczna",
    "cluster_measure": "Instrument przeznaczony dla klastrów",
    "code_inferred": "Kod wywnioskowany",
    "cluster_document": "Dotyczy klastrów",
    "rdi_sme_block": "research, development, innovation and SMEs",
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, value


def printed_forms(path: str, value: Any) -> Iterator[str]:
    """The ways in which a digest may print a value."""
    key = path.rsplit(".", 1)[-1]
    if isinstance(value, bool):
        yield TRUE[key]
    elif isinstance(value, int | float):
        yield f"{value:,}"
        yield f"{value:,.2f}"
        yield f"{value:,}".replace(",", "\u00a0").replace(".", ",")
        yield f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
        yield f"{value}".replace(".", ",")
        yield str(value).removeprefix("-")
        yield f"{value:,}".removeprefix("-")
    else:
        text = str(value)
        yield text
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            day = date.fromisoformat(text)
            yield f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        for known in (table("pl"), table("en")):
            if text in known:
                yield known[text]
        if text in FUNDS_PL:
            yield from FUNDS_PL[text]
            yield FUNDS_EN.get(text, text)
        if "+" in text and all(part in FUNDS_PL for part in text.split("+")):
            yield " + ".join(f"{FUNDS_PL[part][1]} ({FUNDS_PL[part][0]})" for part in text.split("+"))
        if text in CATEGORIES:
            yield CATEGORIES[text]
        if text in RELATIONS:
            yield RELATIONS[text][0]
        if text in NAMES:
            yield NAMES[text].nominative
        yield {"national": "krajowy", "regional": "regionalny", "other": "inny"}.get(text, text)
        yield text.capitalize()
        yield "Priorytetowy kierunek interwencji" if text == "priorytetowy kierunek" else text
        head, colon, rest = text.partition(": ")
        if colon:
            yield f"{head.upper()}: {rest}"


def excused(path: str) -> bool:
    return any(re.search(rf"(^|\.)(?:{pattern})$", path) for pattern in NOT_PRINTED)


def text_of(paths: Iterator[Path]) -> str:
    texts = []
    for path in sorted(paths):
        body = LexborHTMLParser(path.read_text(encoding="utf-8")).body
        assert body is not None, f"{path} has no body"
        texts.append(re.sub(r"\n+", "\n", body.text(separator="")))
    return "\n".join(texts)


def fact_files() -> list[Path]:
    return sorted(FACTS.glob("*.yaml")) if FACTS.is_dir() else []


def digests_of(facts: Path) -> Iterator[Path]:
    if facts.stem == "eu":
        return CORPUS.glob("eu/*.html")
    if facts.stem == "national-strategies":
        return (p for p in CORPUS.glob("national/*.html") if not p.stem.startswith("po-"))
    return CORPUS.glob(f"*al/{facts.stem}.html")


@pytest.mark.parametrize("facts", fact_files(), ids=lambda path: path.stem)
def test_every_fact_is_printed(facts: Path) -> None:
    data = yaml.safe_load(facts.read_text(encoding="utf-8"))
    printed = text_of(digests_of(facts))
    cited = set(re.findall(r"\[([ESFT]\d{1,3}[a-z]?)\]", printed))
    missing = []
    for path, value in leaves(data):
        if value is None or excused(path):
            continue
        source = re.fullmatch(r"sources\.(\w+)\.(?:title|url)", path)
        if source and source[1] not in cited:
            continue  # nothing but what is unconfirmed rests on it
        if path.endswith(".url") and not str(value).startswith("http"):
            continue  # a find without an address is named by its title
        if re.search(r"(^|[._])src$", path):
            if value not in cited:
                missing.append(f"{path}: {value}")
        elif not any(form in printed for form in printed_forms(path, value)):
            missing.append(f"{path}: {value}")
    assert not missing, (
        f"{facts.name}: not in the digests; print them in corpus/authoring and run "
        "python -m nurt.corpus.authoring, or say in NOT_PRINTED why not:\n" + "\n".join(missing)
    )


def test_every_file_of_facts_is_known() -> None:
    assert len(fact_files()) == 24, "a file of facts was added: give it a digest and change this number"


def test_each_excuse_excuses_something() -> None:
    paths = {
        path
        for facts in fact_files()
        for path, _ in leaves(yaml.safe_load(facts.read_text(encoding="utf-8")))
    }
    idle = [p for p in NOT_PRINTED if not any(re.search(rf"(^|\.)(?:{p})$", path) for path in paths)]
    assert not idle, f"NOT_PRINTED names keys that no file of facts has: {idle}"
