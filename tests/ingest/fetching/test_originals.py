"""From Cellar into a folder that builds in place of the digests; and again, when things have changed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from nurt.errors import InputError
from nurt.ingest.build import build
from nurt.ingest.catalogue import Entry, load
from nurt.ingest.fetching import Outcome, fetch, plan
from nurt.ingest.fetching.client import Client
from nurt.ingest.inputs import gather

ZIP = "application/zip;mtype=fmx4"
XHTML = "application/xhtml+xml"
ACT = Entry(
    id="act",
    path=Path("digest.html"),
    family="regulation",
    language="en",
    title_en='Regulation, "the" act',
    celex="32013R1303",
    original=("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32013R1303",),
    digest=True,
)


def get(site: Any, client: Client, folder: Path, **settings: Any) -> Outcome:
    asked = {key: settings.pop(key) for key in ("language", "form") if key in settings}
    wanted, _ = plan([ACT], cellar=site.cellar, **asked)
    (outcome,) = fetch(wanted, folder, client=client, **settings)
    return outcome


def names(folder: Path) -> list[str]:
    return sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name[0] != "."
    )


@pytest.fixture
def formex(site: Any) -> Any:
    """A site that has the act as packed Formex in English."""
    site.works["32013R1303", "eng", ZIP] = "/resource/cellar/1.0006.01"
    site.files["/resource/cellar/1.0006.01"] = site.File(
        site.packed(site.act()), "application/zip;mtype=fmx4"
    )
    return site


def test_formex_is_unpacked_in_the_order_of_its_manifest(formex: Any, client: Client, tmp_path: Path) -> None:
    outcome = get(formex, client, tmp_path)
    assert outcome.status == "fetched"
    assert [path.name for path in outcome.files] == ["L_9.act.xml", "L_9.annex.xml"]
    assert names(tmp_path) == ["act/L_9.act.xml", "act/L_9.annex.xml", "catalogue.toml", "fetch.lock.json"]
    asked = formex.log[0].headers
    assert asked["Accept-Language"] == "eng"
    assert asked["Accept"].split(", ")[0] == ZIP
    lock = json.loads((tmp_path / "fetch.lock.json").read_text(encoding="utf-8"))["documents"]["act"]
    assert lock["left_out"] == ["picture.tif"]
    assert (lock["format"], len(lock["files"][0]["sha256"])) == ("formex", 64)


def test_the_catalogue_written_beside_names_what_is_replaced(
    formex: Any, client: Client, tmp_path: Path
) -> None:
    get(formex, client, tmp_path)
    main, annex = load(tmp_path / "catalogue.toml")
    assert (main.id, main.family, main.language, main.title_en) == ("act", "regulation", "en", ACT.title_en)
    assert (main.replaces, main.digest, main.celex) == (("act",), False, "32013R1303")
    assert (annex.id, annex.replaces, annex.path.name) == ("act-part-2", (), "L_9.annex.xml")


def test_a_missing_format_gives_way_to_the_next_and_a_missing_language_is_said(
    site: Any, client: Client, tmp_path: Path
) -> None:
    site.works["32013R1303", "eng", XHTML] = "/resource/cellar/1.0006.03/DOC_1"
    site.files["/resource/cellar/1.0006.03/DOC_1"] = site.File(site.page("The act"), XHTML)
    outcome = get(site, client, tmp_path)
    assert [path.name for path in outcome.files] == ["act.xhtml"]
    polish = get(site, client, tmp_path / "pl", language="pl")
    assert polish.status == "failed"
    assert "CELEX 32013R1303 in pl as formex or xhtml or html or pdf" in polish.message
    assert "--language" in polish.hint
    assert names(tmp_path / "pl") == []


def listed(site: Any, *items: tuple[str, str, int], manifestation: str = "cellar:1.0006.02") -> bytes:
    rows = "".join(
        f'<li title="item"><a href="{site.address}{path}">item</a><ul><li title="stream_name">{name}</li>'
        f'<li title="stream_order">{order}</li></ul></li>'
        for path, name, order in items
    )
    return f'<ul><li title="manifestation">{manifestation}<ul>{rows}</ul></li></ul>'.encode()


def several(site: Any, page: bytes) -> None:
    site.works["32013R1303", "eng", ZIP] = "/choices"
    site.routes["/choices"] = lambda handler: site.send(handler, 300, page, Content_Type="text/html")


def test_of_several_files_all_parts_are_taken_in_their_order(
    site: Any, client: Client, tmp_path: Path
) -> None:
    page = listed(site, ("/3", "L_9.annex.xml", 3), ("/1", "L_9.doc.xml", 1), ("/2", "L_9.act.xml", 2))
    several(site, page + listed(site, ("/9", "other.xml", 1), manifestation="cellar:1.0006.99"))
    parts = {f"/{n}": name for n, name in ((1, "L_9.doc.xml"), (2, "L_9.act.xml"), (3, "L_9.annex.xml"))}
    for path, name in parts.items():
        site.files[path] = site.File(site.act()[name], "application/xml")
    outcome = get(site, client, tmp_path)
    assert [path.name for path in outcome.files] == ["L_9.act.xml", "L_9.annex.xml"]
    assert "/9" not in site.paths()
    assert get(site, client, tmp_path).status == "unchanged"
    assert "If-None-Match" in site.log[-1].headers
    site.files["/3"] = site.File(site.formex("ANNEX", "Third"), "application/xml", '"2"')
    assert get(site, client, tmp_path).status == "changed"


def test_what_was_offered_is_said_where_nothing_fits(site: Any, client: Client, tmp_path: Path) -> None:
    several(site, listed(site, ("/1", "scan.tif", 1), ("/2", "act.doc", 2)))
    outcome = get(site, client, tmp_path, form="formex")
    assert outcome.status == "failed"
    assert "none of them FORMEX: scan.tif, act.doc" in outcome.message


def test_what_has_not_changed_is_not_sent_again(formex: Any, client: Client, tmp_path: Path) -> None:
    get(formex, client, tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    formex.log.clear()
    assert get(formex, client, tmp_path).status == "unchanged"
    assert formex.log[-1].headers["If-None-Match"] == '"1"'
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def test_an_archive_packed_anew_with_the_same_files_is_unchanged(
    formex: Any, client: Client, tmp_path: Path
) -> None:
    get(formex, client, tmp_path)
    again = formex.packed(dict(reversed(formex.act().items())))
    formex.files["/resource/cellar/1.0006.01"] = formex.File(again, "application/zip", '"2"')
    assert get(formex, client, tmp_path).status == "unchanged"


def test_a_new_version_is_said_and_taken_only_when_accepted(
    formex: Any, client: Client, tmp_path: Path
) -> None:
    get(formex, client, tmp_path)
    new = formex.packed(formex.act("Amended"))
    formex.files["/resource/cellar/1.0006.01"] = formex.File(new, "application/zip", '"2"')
    changed = get(formex, client, tmp_path)
    assert changed.status == "changed"
    assert "--accept-changes" in changed.hint
    assert b"First" in changed.files[0].read_bytes()
    assert get(formex, client, tmp_path, accept_changes=True).status == "fetched"
    assert b"Amended" in changed.files[0].read_bytes()
    assert get(formex, client, tmp_path).status == "unchanged"


def test_a_file_that_was_deleted_comes_back(formex: Any, client: Client, tmp_path: Path) -> None:
    first = get(formex, client, tmp_path)
    first.files[1].unlink()
    again = get(formex, client, tmp_path)
    assert again.status == "fetched"
    assert first.files[1].is_file()


def test_a_file_that_somebody_edited_is_never_overwritten(
    formex: Any, client: Client, tmp_path: Path
) -> None:
    first = get(formex, client, tmp_path)
    first.files[0].write_bytes(b"mine")
    outcome = get(formex, client, tmp_path, accept_changes=True)
    assert outcome.status == "failed"
    assert "somebody has changed it" in outcome.message
    assert first.files[0].read_bytes() == b"mine"


def test_a_file_that_nurt_did_not_fetch_is_never_overwritten(
    site: Any, client: Client, tmp_path: Path
) -> None:
    site.works["32013R1303", "eng", XHTML] = "/doc"
    site.files["/doc"] = site.File(site.page("The act"), XHTML)
    (tmp_path / "act.xhtml").write_text("mine", encoding="utf-8")
    outcome = get(site, client, tmp_path)
    assert "in the way" in outcome.message
    assert (tmp_path / "act.xhtml").read_text(encoding="utf-8") == "mine"


def test_another_language_is_another_request_and_replaces_the_first(
    formex: Any, client: Client, tmp_path: Path
) -> None:
    get(formex, client, tmp_path)
    formex.works["32013R1303", "pol", XHTML] = "/pl"
    formex.files["/pl"] = formex.File(formex.page("Akt"), XHTML)
    assert get(formex, client, tmp_path, language="pl").status == "fetched"
    assert names(tmp_path) == ["act.xhtml", "catalogue.toml", "fetch.lock.json"]
    (entry,) = load(tmp_path / "catalogue.toml")
    assert (entry.id, entry.language) == ("act", "pl")


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({}, "it is empty"),
        ({"a.tif": b"x"}, "without XML: a.tif"),
        ({"a.xml": b"<ACT><P>not closed"}, "not well-formed"),
        ({"a.xml": b"\0" * 3_000_000}, "unpacks to more than"),
    ],
)
def test_archives_that_hold_no_act_are_not_kept(
    site: Any, client: Client, tmp_path: Path, files: dict[str, bytes], complaint: str
) -> None:
    site.works["32013R1303", "eng", ZIP] = "/zip"
    site.files["/zip"] = site.File(site.packed(files), "application/zip")
    outcome = get(site, client, tmp_path, form="formex", limit=2_000_000)
    assert outcome.status == "failed"
    assert complaint in outcome.message
    assert names(tmp_path) == []


def test_members_of_an_archive_stay_in_their_folder(site: Any, client: Client, tmp_path: Path) -> None:
    inside = {"../../evil.xml": site.formex("ACT", "x"), "a/../../b.xml": site.formex("ANNEX", "y")}
    site.works["32013R1303", "eng", ZIP] = "/zip"
    site.files["/zip"] = site.File(site.packed(inside), "application/zip")
    outcome = get(site, client, tmp_path / "in" / "side")
    assert {path.parent.relative_to(tmp_path) for path in outcome.files} == {Path("in/side/act")}
    assert not list(tmp_path.glob("*.xml"))


def test_a_damaged_lock_file_is_said(site: Any, client: Client, tmp_path: Path) -> None:
    (tmp_path / "fetch.lock.json").write_text('{"version": 99}', encoding="utf-8")
    with pytest.raises(InputError, match=r"fetch\.lock\.json cannot be understood"):
        get(site, client, tmp_path)


def test_one_that_fails_does_not_stop_the_others(formex: Any, client: Client, tmp_path: Path) -> None:
    paper = Entry(id="paper", path=Path("x"), original=(f"{formex.address}/nothing.pdf",))
    wanted, _ = plan([paper, ACT], cellar=formex.cellar)
    first, second = fetch(wanted, tmp_path, client=client)
    assert (first.status, second.status) == ("failed", "fetched")
    assert "Correct the address" in first.hint


def test_a_build_reads_originals_in_place_of_their_digests(
    formex: Any, client: Client, tmp_path: Path
) -> None:
    originals, corpus = tmp_path / "originals", tmp_path / "corpus"
    get(formex, client, originals)
    corpus.mkdir()
    for name, text in (("act", "Digest of the act."), ("note", "A note.")):
        (corpus / f"{name}.html").write_bytes(formex.page(text))
    tables = "".join(f'[document.{name}]\nfile = "{name}.html"\ndigest = true\n' for name in ("act", "note"))
    (corpus / "catalogue.toml").write_text(tables, encoding="utf-8")
    for inputs in ([corpus, originals], [originals, corpus]):
        found = gather(inputs)
        assert found.failures == ()
        assert found.skipped == ()
        assert sorted(entry.id for entry in found.entries) == ["act", "act-part-2", "note"]
        (act,) = (entry for entry in found.entries if entry.id == "act")
        assert act.path.name == "L_9.act.xml"
    assert [entry.id for entry in gather([corpus]).entries] == ["act", "note"]
    result = build([corpus, originals], tmp_path / "graph")
    assert (result.documents, result.failures) == (3, ())


def test_the_act_as_published_is_fetched_with_all_its_annexes(
    site: Any, client: Client, tmp_path: Path, shared: Path
) -> None:
    files = {
        path.name: path.read_bytes() for path in (shared / "real" / "formex-32013R1303").glob("DOC_*.xml")
    }
    named = re.findall(rb'<REF\.PHYS FILE="([^"]+)"', files["DOC_1.xml"])
    published = {name.decode(): files[f"DOC_{number}.xml"] for number, name in enumerate(named, start=2)}
    archive = site.packed({**dict(reversed(published.items())), "L_2013347EN.doc.xml": files["DOC_1.xml"]})
    site.works["32013R1303", "eng", ZIP] = "/zip"
    site.files["/zip"] = site.File(archive, "application/zip")
    outcome = get(site, client, tmp_path)
    assert [path.name for path in outcome.files] == list(published)
    assert len(published) == len(files) - 1 == 19
    entries = gather([tmp_path]).entries
    assert {entry.celex for entry in entries} == {"32013R1303"}
    assert len({entry.id for entry in entries}) == 19


@pytest.mark.parametrize("type_", ["text/html", "application/zip"])
def test_a_page_in_place_of_a_format_gives_way_to_the_next_format(
    site: Any, client: Client, tmp_path: Path, type_: str
) -> None:
    site.works["32013R1303", "eng", ZIP] = "/sorry"
    site.files["/sorry"] = site.File(site.page("Not available in this format"), type_)
    site.works["32013R1303", "eng", XHTML] = "/doc"
    site.files["/doc"] = site.File(site.page("The act"), XHTML)
    outcome = get(site, client, tmp_path)
    assert [path.name for path in outcome.files] == ["act.xhtml"]
    assert b"The act" in outcome.files[0].read_bytes()
    del site.works["32013R1303", "eng", XHTML]
    refused = get(site, client, tmp_path / "other")
    assert refused.status == "failed"
    assert "FORMEX was promised" in refused.message


def test_a_refusal_does_not_go_on_to_the_next_format(site: Any, client: Client, tmp_path: Path) -> None:
    site.routes["/resource/celex/32013R1303"] = lambda handler: site.send(handler, 403)
    assert "answers 403" in get(site, client, tmp_path).message
    assert len(site.log) == 1
