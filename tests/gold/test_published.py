"""Gold that lies in published files themselves, beside the checkout: the act, the article's names, the lists.

The article that nurt started from has its gold in ``tests/ingest/language/article_names.txt`` and
``article_claims.txt``; the published project lists and the Commission's finance plan are their own gold, row
by row, in ``tests/acceptance/test_official_material.py``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nurt.ingest.evaluation.findings import Findings, find
from nurt.ontology.identifiers import official_journal

ACT = "real/formex-32013R1303/DOC_2.xml"
NUMBERS = [str(number) for number in range(1, 155)]


@pytest.fixture(scope="module")
def act(shared: Path) -> Findings:
    file = shared / ACT
    if not file.is_file():
        pytest.skip(f"needs {ACT}, which is not beside this checkout")
    (found,) = find(file, ())
    return found


def test_the_act_has_its_154_articles(act: Findings) -> None:
    articles = {e.iri: e for e in act.elements if re.fullmatch(r"act/32013R1303/article/\d+", e.iri)}
    assert sorted(articles, key=lambda iri: int(iri.rpartition("/")[2])) == [
        f"act/32013R1303/article/{number}" for number in NUMBERS
    ]
    assert {e.code for e in articles.values()} == set(NUMBERS)
    assert all(e.kind == "Provision" and e.parents == {"regulation/32013R1303"} for e in articles.values())
    # The file prints a heading below each of them: what stands there is the label.
    printed = re.findall(r"<STI\.ART>(.*?)</STI\.ART>", act.path.read_text(encoding="utf-8"), re.DOTALL)
    titles = {" ".join(re.sub(r"<[^>]+>", "", title).split()) for title in printed}
    labelled = {label.partition(": ")[2] for e in articles.values() for label in e.labels}
    assert len(titles) > 130
    assert titles - labelled == set()


def test_the_act_sets_out_the_eleven_thematic_objectives(act: Findings) -> None:
    found = {e.iri: e for e in act.elements if e.kind == "ThematicObjective"}
    assert sorted(found) == sorted(f"thematic-objective/{number}" for number in range(1, 12))


def test_every_reference_that_the_act_marks_is_found(act: Findings) -> None:
    marked = re.findall(r"<REF\.DOC\.OJ([^>]*)>", act.path.read_text(encoding="utf-8"))
    assert len(marked) == 35
    named = {resource for mention in act.mentions for resource in mention.resources}
    for attributes in marked:
        values = dict(re.findall(r'([\w.]+)="([^"]*)"', attributes))
        year, number, page = int(values["DATE.PUB"][:4]), int(values["NO.OJ"]), int(values["PAGE.FIRST"])
        journal = str(official_journal(values["COLL"], year, number, page)).rpartition("/id/")[2]
        assert journal in named
