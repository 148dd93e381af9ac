"""What would be asked for: addresses, formats and languages, from the catalogue alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from nurt.errors import InputError, NurtError, UnknownNameError
from nurt.ingest.catalogue import Entry, load
from nurt.ingest.fetching import plan

FILE = Path("digest.html")
ACT = Entry(id="act", path=FILE, family="regulation", language="en", celex="32013R1303", digest=True)
PAPER = Entry(id="paper", path=FILE, language="pl", original=("https://e.pl/a/Paper%20v2.pdf",), digest=True)


def test_a_celex_number_is_asked_of_cellar_in_the_language_of_the_entry_best_format_first() -> None:
    (wanted,), _ = plan([ACT])
    assert wanted.address == "https://publications.europa.eu/resource/celex/32013R1303"
    assert [form.name for form in wanted.formats] == ["formex", "xhtml", "html", "pdf"]
    assert (wanted.accept_language, wanted.replaces) == ("eng", ("act",))


def test_language_and_format_of_the_user_come_first() -> None:
    (wanted,), _ = plan([ACT], language="pl", form="pdf")
    assert (wanted.accept_language, [form.name for form in wanted.formats]) == ("pol", ["pdf"])


@pytest.mark.parametrize(
    ("original", "address", "celex"),
    [
        ("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:52010DC2020", None, "52010DC2020"),
        (
            "http://eur-lex.europa.eu/legal-content/PL/TXT/PDF/?uri=celex%3A32013R1301&from=EN",
            None,
            "32013R1301",
        ),
        ("https://github.com/a/b/blob/0f/x/y.csv", "https://github.com/a/b/raw/0f/x/y.csv", ""),
        ("https://e.pl/a.pdf", "https://e.pl/a.pdf", ""),
    ],
)
def test_pages_about_a_file_give_way_to_the_file(original: str, address: str | None, celex: str) -> None:
    (wanted,), _ = plan([Entry(id="x", path=FILE, original=(original,))])
    assert wanted.celex == celex
    assert wanted.address == (address or f"https://publications.europa.eu/resource/celex/{celex}")


@pytest.mark.parametrize(
    ("original", "told", "expected"),
    [
        ("https://e.pl/a.pdf", "", "pdf"),
        ("https://e.pl/a.HTM?x=1", "", "html"),
        ("https://e.pl/a.xlsx", "", "xlsx"),
        ("https://doi.org/10.1/x", "", "any"),
        ("https://doi.org/10.1/x", "pdf", "pdf"),
    ],
)
def test_the_format_is_what_catalogue_or_ending_promise(original: str, told: str, expected: str) -> None:
    (wanted,), _ = plan([Entry(id="x", path=FILE, original=(original,), format=told)])
    assert [form.name for form in wanted.formats] == [expected]
    assert wanted.language is None


def test_entries_that_share_an_original_get_it_once_whichever_is_named() -> None:
    shared = ("https://e.pl/data/Finances%202019.csv",)
    entries = [Entry(id=name, path=FILE, original=shared) for name in ("a", "b", "c")]
    for asked in ([], ["b"], ["c", "a"]):
        (wanted,), _ = plan(entries, asked)
        assert (wanted.id, wanted.replaces) == ("finances-2019", ("a", "b", "c"))


def test_an_act_that_sets_up_a_programme_is_read_beside_its_digest() -> None:
    digest = Entry(id="h2020", path=FILE, family="programme", instrument="h2020", celex="32013R1291")
    (wanted,), _ = plan([digest], ["h2020"])
    assert (wanted.id, wanted.replaces) == ("act-32013r1291", ())
    assert [(entry.family, entry.instrument) for entry in wanted.entries] == [("regulation", "")]


def test_what_has_no_original_of_its_own_is_said_and_refused_where_it_is_named() -> None:
    compiled = Entry(id="both", path=FILE, original=("https://e.pl/a.pdf", "https://e.pl/b.pdf"))
    bare = Entry(id="bare", path=FILE)
    wanted, left_out = plan([compiled, bare, PAPER])
    assert [one.id for one in wanted] == ["paper"]
    assert [one.id for one in left_out] == ["both", "bare"]
    for name, reason in (("both", "several originals"), ("bare", "neither `celex` nor `original`")):
        with pytest.raises(InputError, match=reason):
            plan([compiled, bare, PAPER], [name])


def test_bad_names_are_refused_with_the_good_ones() -> None:
    with pytest.raises(UnknownNameError) as unknown:
        plan([ACT, PAPER], ["papr"])
    assert unknown.value.candidates == ("paper",)
    with pytest.raises(UnknownNameError) as no_format:
        plan([ACT], form="djvu")
    assert "formex" in no_format.value.candidates
    for bad in (
        Entry(id="x", path=FILE, celex="not-a-number"),
        Entry(id="x", path=FILE, original=("file:///etc/passwd",)),
        Entry(id="x", path=FILE, original=("https://e.pl/x",), format="djvu"),
    ):
        with pytest.raises(NurtError):
            plan([bad])


def test_every_original_of_the_shipped_corpus_can_be_planned(repository: Path) -> None:
    entries = load(repository / "corpus" / "catalogue.toml")
    wanted, left_out = plan(entries)
    assert len(wanted) >= 10
    assert len({one.id for one in wanted}) == len(wanted)
    replaced = [name for one in wanted for name in one.replaces]
    assert len(replaced) == len(set(replaced)) >= 28
    assert not set(replaced) & {one.id for one in left_out}
    assert all(one.address.startswith("https://") for one in wanted)
