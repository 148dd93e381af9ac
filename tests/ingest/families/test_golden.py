"""Whole documents: what tree and which claims their layout yields, compared line by line with what is kept.

``NURT_REGENERATE_GOLDEN=1 pytest tests/ingest/families/test_golden.py`` writes the kept files anew.
"""

from __future__ import annotations

import os
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import URIRef

from nurt.ingest.catalogue import Entry
from nurt.ingest.claims import Extraction
from nurt.ingest.document import Evidence
from nurt.ingest.families import extract
from nurt.ingest.readers import read
from nurt.ontology.identifiers import short

GOLDEN = Path(__file__).parent / "golden"
FLAG = "NURT_REGENERATE_GOLDEN"
NAMES = sorted(folder.name for folder in GOLDEN.iterdir())


def taken(name: str) -> Extraction:
    path = GOLDEN / name / "document.html"
    settings = tomllib.loads((GOLDEN / name / "entry.toml").read_text(encoding="utf-8"))
    document = read(path, document_id=name)
    return extract(document, Entry(id=name, path=path, **settings))


def place(evidence: Evidence) -> str:
    quote = " ⏎ ".join(evidence.quote.split("\n"))
    return f"«{quote}»" + (f" p. {evidence.page}" if evidence.page else "")


def tree(extraction: Extraction) -> str:
    children: dict[URIRef | None, list[str]] = defaultdict(list)
    known = {element.iri for element in extraction.elements}
    lines: list[str] = []
    for element in extraction.elements:
        kind = element.type.rsplit("#", 1)[-1]
        names = "; ".join(f"{label}@{label.language}" for label in element.labels)
        further = "; ".join(f"{p.rsplit('/', 1)[-1].rsplit('#', 1)[-1]}={v}" for p, v in element.properties)
        line = (
            f"{short(element.iri)} [{kind}] {element.code} | {names} | {further} | {place(element.evidence)}"
        )
        children[element.parent if element.parent in known else None].append(f"{element.iri}\t{line}")

    def print_below(parent: URIRef | None, depth: int) -> None:
        for item in children.pop(parent, []):
            iri, _, line = item.partition("\t")
            lines.append("  " * depth + " ".join(line.split()))
            print_below(URIRef(iri), depth + 1)

    print_below(None, 0)
    assert not children, "every element hangs in the tree"
    return "\n".join(lines) + "\n"


def claims(extraction: Extraction) -> str:
    lines = [
        f"{short(c.subject)} {c.predicate.rsplit('#', 1)[-1]} {short(c.object)}"
        f" | {c.basis} {c.confidence} {c.rule} | {' + '.join(place(evidence) for evidence in c.evidence)}"
        for c in extraction.claims
    ]
    lines += [f"REVIEW {review.reason} | {place(review.evidence)}" for review in extraction.reviews]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("what", ["tree", "claims"])
def test_golden(name: str, what: str) -> None:
    made = {"tree": tree, "claims": claims}[what](taken(name))
    kept = GOLDEN / name / f"{what}.txt"
    if os.environ.get(FLAG):
        kept.write_text(made, encoding="utf-8", newline="\n")
    assert made == kept.read_text(encoding="utf-8")


def test_the_flag_is_off() -> None:
    assert not os.environ.get(FLAG), f"{FLAG} is set: the golden files were written anew, not compared"
