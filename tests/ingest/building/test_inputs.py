"""Files and folders become documents with ids that tell them apart; what cannot is said, not raised."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nurt.errors import InputError
from nurt.ingest.catalogue import load
from nurt.ingest.inputs import gather

CATALOGUE = """
[document.strategia]
file = "b/strategia.md"
family = "strategy"
language = "pl"
title_pl = "Strategia"
digest = true
date = 2012-09-25
sources = ["https://example.org/a"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("a.txt", "b/strategia.md", "b/a.txt", "photo.jpg", ".hidden/x.txt"):
        (tmp_path / name).write_text("text", encoding="utf-8")
    (tmp_path / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    return tmp_path


def test_a_folder_gives_its_catalogued_documents_first(folder: Path) -> None:
    found = gather([folder])
    assert [entry.id for entry in found.entries] == ["strategia", "a", "b-a"]
    assert found.entries[0].date == date(2012, 9, 25)
    assert found.entries[0].digest
    assert [Path(path).name for path in found.skipped] == ["photo.jpg"]
    assert found.failures == ()


def test_a_file_on_its_own_keeps_its_catalogue_entry(folder: Path) -> None:
    (entry,) = gather([folder / "b" / "strategia.md"]).entries
    assert (entry.id, entry.family) == ("strategia", "strategy")


def test_the_same_file_named_twice_is_one_document(folder: Path) -> None:
    assert len(gather([folder, folder / "a.txt"]).entries) == 3


def test_what_is_missing_or_empty_is_said_and_the_rest_is_kept(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    found = gather([folder / "a.txt", tmp_path / "no-such-file.pdf", empty])
    assert [entry.id for entry in found.entries] == ["a"]
    assert [
        "no-such-file.pdf does not exist" in f.message or "holds no document" in f.message
        for f in found.failures
    ] == [
        True,
        True,
    ]
    assert all(failure.hint for failure in found.failures)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ('language = "de"', "language 'de'"),
        ('date = "2012-09-25"', "date"),
        ("sources = 1", "sources"),
        ('colour = "red"', "unknown keys colour"),
        ("title_pl = 3", "title_pl"),
    ],
)
def test_a_broken_catalogue_names_table_and_key(tmp_path: Path, change: str, complaint: str) -> None:
    catalogue = tmp_path / "catalogue.toml"
    catalogue.write_text(f'[document.x]\nfile = "x.txt"\n{change}\n', encoding="utf-8")
    with pytest.raises(InputError, match=complaint) as caught:
        load(catalogue)
    assert "document.x" in caught.value.what


def test_a_catalogue_that_names_a_missing_file_is_said(folder: Path) -> None:
    (folder / "b" / "strategia.md").unlink()
    (failure,) = gather([folder]).failures
    assert "strategia.md, which does not exist" in failure.message


def test_an_annex_in_a_file_of_its_own_belongs_to_the_act_beside_it(tmp_path: Path) -> None:
    reference = '<BIB.INSTANCE><DOCUMENT.REF FILE="{}"/>{}</BIB.INSTANCE>'
    number = "<NO.DOC><NO.CURRENT>1400</NO.CURRENT><YEAR>2013</YEAR></NO.DOC>"
    files = {
        "a.xml": f"<ACT>{reference.format('x.doc.xml', number)}<TITLE><TI><P>Regulation</P></TI></TITLE>"
        "</ACT>",
        "b.xml": f"<ANNEX>{reference.format('x.doc.xml', '')}<TITLE><TI><P>ANNEX I</P></TI></TITLE></ANNEX>",
        "c.xml": f"<ANNEX>{reference.format('y.doc.xml', '')}<TITLE><TI><P>ANNEX</P></TI></TITLE></ANNEX>",
        "d.xml": f"<GENERAL>{reference.format('x.doc.xml', '')}<TITLE><TI><P>T</P></TI></TITLE></GENERAL>",
        "e.xml": "<ANNEX><TITLE>",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    whole = {entry.id: entry.celex for entry in gather([tmp_path]).entries}
    assert whole == {"a": "32013R1400", "b": "32013R1400", "c": "", "d": "", "e": ""}
    (alone,) = gather([tmp_path / "b.xml"]).entries
    assert alone.celex == "32013R1400"
