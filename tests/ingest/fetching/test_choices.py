"""Lists of choices: Cellar's own, any other page of links, and pages that nobody should trust."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurt.errors import FetchError
from nurt.ingest.fetching.choices import Choice, choose, offered
from nurt.ingest.fetching.formats import FORMATS
from nurt.ingest.fetching.parts import file_name

HERE = "http://cellar.example/resource/celex/1"


def item(where: str, name: str, order: str) -> str:
    return (
        f'<li title="item"><a href="{where}">x</a><ul><li title="stream_name">{name}</li>'
        f'<li title="stream_label">act</li><li title="stream_order" id="streamOrder">{order}</li></ul></li>'
    )


def test_the_list_of_cellar_is_understood() -> None:
    items = item("/DOC_2", "b.xml", "2") + item("/DOC_1", "a.xml", "1")
    page = f'<ul><li title="manifestation">cellar:1.02<ul>{items}</ul></li></ul>'
    found = offered(page, HERE)
    assert found[0] == Choice(
        address="http://cellar.example/DOC_2", name="b.xml", order=2, manifestation="cellar:1.02"
    )
    assert [choice.name for choice in choose(found, FORMATS["formex"], HERE)] == ["a.xml", "b.xml"]


def test_any_page_of_links_is_understood() -> None:
    page = '<a href="act.pdf">The act</a> <a href="act.docx">Word</a> <a href="mailto:x@example.org">mail</a>'
    found = offered(page, HERE)
    assert [choice.address for choice in found] == [
        "http://cellar.example/resource/celex/act.pdf",
        "http://cellar.example/resource/celex/act.docx",
    ]
    assert [choice.ending for choice in choose(found, FORMATS["pdf"], HERE)] == [".pdf"]


def test_the_choice_does_not_depend_on_the_order_of_the_page() -> None:
    choices = [
        Choice(address=f"http://e/{m}/{n}", name=f"{n}.xml", order=n, manifestation=m)
        for m in ("m2", "m1")
        for n in (2, 1)
    ]
    expected = ["http://e/m1/1", "http://e/m1/2"]
    for order in (choices, choices[::-1]):
        assert [choice.address for choice in choose(order, FORMATS["formex"], HERE)] == expected


@pytest.mark.parametrize(
    "href",
    ["http://[bad/", "javascript:alert(1)", "file:///etc/passwd", "ftp://e.pl/a.xml", "", "data:text/xml,x"],
)
def test_links_that_lead_nowhere_are_not_offered(href: str) -> None:
    found = offered(f'<ul><li title="manifestation">m<ul>{item(href, "a.xml", "1")}</ul></li></ul>', HERE)
    assert [choice for choice in found if not choice.address.startswith("http://cellar.example/")] == []


def test_an_empty_list_says_so() -> None:
    with pytest.raises(FetchError, match="nothing that nurt understands"):
        choose(offered("<p>Sorry</p>", HERE), FORMATS["pdf"], HERE)


@given(st.text(alphabet=st.sampled_from(list('<>/="lia item manifestation href:#[]%0"x\n')), max_size=300))
def test_no_page_ends_in_a_crash(page: str) -> None:
    for choice in offered(page, HERE):
        assert choice.address.startswith(("http://", "https://"))


@given(st.lists(st.text(max_size=40), max_size=6))
def test_names_of_files_stay_in_their_folder_and_differ(printed: list[str]) -> None:
    taken: list[str] = []
    for name in printed:
        taken.append(file_name(name, taken, "part"))
    assert len({name.lower() for name in taken}) == len(taken)
    assert not any(set(name) & set("/\\\0:") or name.startswith(".") for name in taken)
