"""Verification: a quote that is not where it should be, a text that was changed, a link without a claim."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from nurt.graph.snapshot import publish
from nurt.graph.store import Graph, open_graph
from nurt.graph.validate import verify
from nurt.ontology.namespace import PREFIXES

TEXT = "Oś priorytetowa I\nDziałanie I.2 😀 «Inwestycje»\n"
QUOTE = "Działanie I.2 😀 «Inwestycje»"
SHA = hashlib.sha256(b"file").hexdigest()
G = f"id:document/szoop/{SHA[:16]}"
MANIFEST = {"documents": {"szoop": {"sha256": SHA}}}


def triples(start: int = 18, quote: str = QUOTE, sha256: str = SHA, claim: str = "nurt:partOf") -> list[str]:
    return [
        "id:document/szoop rdf:type nurt:Document",
        f"id:document/szoop dcterms:hasVersion {G}",
        f'{G} nurt:sha256 "{sha256}"',
        "id:rpo/1.2 nurt:partOf id:rpo/1",
        "id:claim/1 rdf:type nurt:Claim",
        "id:claim/1 rdf:subject id:rpo/1.2",
        f"id:claim/1 rdf:predicate {claim}",
        "id:claim/1 rdf:object id:rpo/1",
        "id:evidence/1 rdf:type nurt:Evidence",
        "id:evidence/1 oa:hasSource id:document/szoop",
        "id:evidence/1 oa:hasSelector id:evidence/1/quote",
        "id:evidence/1 oa:hasSelector id:evidence/1/position",
        f'id:evidence/1/quote oa:exact "{quote}"',
        f'id:evidence/1/position oa:start "{start}"^^xsd:integer',
        f'id:evidence/1/position oa:end "{start + len(quote)}"^^xsd:integer',
    ]


def nquads(lines: list[str]) -> bytes:
    def term(text: str) -> str:
        if text.startswith('"'):
            literal, _, datatype = text.partition("^^")
            return literal + (f"^^{term(datatype)}" if datatype else "")
        prefix, _, name = text.partition(":")
        return f"<{PREFIXES[prefix]}{name}>"

    return "".join(" ".join(map(term, [*line.split(" ", 2), G])) + " .\n" for line in lines).encode()


def graph(lines: list[str], text: str = TEXT, name: str = "szoop") -> Graph:
    return Graph.in_memory(nquads(lines), texts={name: text}, manifest=MANIFEST)


def test_a_sound_graph_verifies() -> None:
    report = verify(graph(triples()))
    assert report.conforms
    assert report.findings == ()
    assert report.checked == {"quotes": 1, "documents": 1, "links": 1}


@pytest.mark.parametrize(
    ("lines", "text", "name", "rule"),
    [
        (triples(start=17), TEXT, "szoop", "quote-equals-text"),
        (triples(quote=QUOTE.lower()), TEXT, "szoop", "quote-equals-text"),
        (triples(start=-1), TEXT, "szoop", "quote-equals-text"),
        (triples(quote=""), TEXT, "szoop", "quote-equals-text"),
        (triples(), TEXT.replace("\n", "\r\n"), "szoop", "quote-equals-text"),
        (triples()[:-1], TEXT, "szoop", "evidence-complete"),
        (triples()[:9] + triples()[10:], TEXT, "szoop", "evidence-complete"),
        (triples(), TEXT, "other", "text-kept"),
        (triples(), TEXT, "other", "text-known"),
        (triples(sha256="0" * 64), TEXT, "szoop", "version-of-manifest"),
        (triples(claim="nurt:addresses"), TEXT, "szoop", "link-claimed"),
        ([line for line in triples() if "nurt:Claim" not in line], TEXT, "szoop", "link-claimed"),
    ],
)
def test_what_is_wrong_is_found(lines: list[str], text: str, name: str, rule: str) -> None:
    report = verify(graph(lines, text, name))
    assert not report.conforms
    assert rule in {finding.rule for finding in report.findings}
    for language in ("pl", "en"):
        assert f"[{rule}]" in report.text(language)


def test_a_kept_text_that_was_changed_on_disk_is_found(tmp_path: Path) -> None:
    snapshot = publish(
        tmp_path, nquads=nquads(triples()), texts={"szoop": TEXT}, manifest=MANIFEST, report={}
    )
    assert verify(open_graph(tmp_path)).conforms
    (snapshot / "texts" / "szoop.txt").write_text(TEXT + "More.", encoding="utf-8")
    assert [finding.rule for finding in verify(open_graph(tmp_path)).findings] == ["text-unchanged"]
