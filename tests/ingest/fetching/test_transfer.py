"""What may go wrong between asking and having: redirects, breaks, busy servers, lies about the type."""

from __future__ import annotations

import json
import socket
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from nurt.errors import FetchError
from nurt.ingest.catalogue import Entry
from nurt.ingest.fetching import Outcome, fetch, plan
from nurt.ingest.fetching.client import Client
from nurt.ingest.fetching.download import Got, download
from nurt.ingest.fetching.formats import FORMATS

PDF = FORMATS["pdf"]


def get(site: Any, client: Client, folder: Path, path: str, **settings: Any) -> Outcome:
    wanted, _ = plan([Entry(id="x", path=Path("x"), original=(site.address + path,))])
    (outcome,) = fetch(wanted, folder, client=client, **settings)
    return outcome


def kept(folder: Path) -> list[str]:
    """Files that a build would see, the two that fetch writes itself aside."""
    names = (str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    return sorted(
        n for n in names if not n.startswith(".") and n not in ("fetch.lock.json", "catalogue.toml")
    )


def test_redirects_are_followed_to_the_file_and_its_last_address_is_kept(
    site: Any, client: Client, tmp_path: Path
) -> None:
    for number, status in enumerate((301, 302, 303, 307, 308)):
        site.redirects[f"/{number}.pdf"] = (status, f"{number + 1}.pdf")
    site.files["/5.pdf"] = site.File(site.pdf, "application/pdf")
    assert get(site, client, tmp_path, "/0.pdf").status == "fetched"
    assert (tmp_path / "x.pdf").read_bytes() == site.pdf
    lock = json.loads((tmp_path / "fetch.lock.json").read_text(encoding="utf-8"))
    (answer,) = lock["documents"]["x"]["downloads"]
    assert (answer["asked"], answer["address"]) == (f"{site.address}/0.pdf", f"{site.address}/5.pdf")
    assert answer["etag"] == '"1"'


@pytest.mark.parametrize(
    ("redirects", "complaint"),
    [
        ({"/a.pdf": "/b.pdf", "/b.pdf": "/a.pdf"}, "in a circle"),
        ({"/a.pdf": "/a.pdf"}, "in a circle"),
        ({"/a.pdf": "ftp://e.pl/a.pdf"}, "no address on the web"),
        ({"/a.pdf": ""}, "no address"),
        ({"/a.pdf": "http://[::bad/"}, "Invalid URL"),
        ({"/a.pdf": "/1.pdf", **{f"/{n}.pdf": f"/{n + 1}.pdf" for n in range(1, 20)}}, "in a circle"),
    ],
)
def test_redirects_that_lead_nowhere_are_an_error(
    site: Any, client: Client, tmp_path: Path, redirects: dict[str, str], complaint: str
) -> None:
    site.redirects = {path: (302, where) for path, where in redirects.items()}
    outcome = get(site, client, tmp_path, "/a.pdf")
    assert outcome.status == "failed"
    assert complaint in outcome.message
    assert kept(tmp_path) == []


def broken_off(site: Any, body: bytes, after: int, etag: str = '"1"') -> Any:
    """A route that announces a whole file, sends a part and resets the connection, the first time."""
    broken: list[bool] = []

    def route(handler: BaseHTTPRequestHandler) -> None:
        if broken:
            if handler.headers.get("If-Range") == etag and (range_ := handler.headers.get("Range")):
                start = int(range_.removeprefix("bytes=").rstrip("-"))
                whole = f"bytes {start}-{len(body) - 1}/{len(body)}"
                site.send(
                    handler, 206, body[start:], Content_Range=whole, Content_Type="application/pdf", ETag=etag
                )
            else:
                site.send(handler, 200, body, Content_Type="application/pdf", ETag=etag)
            return
        broken.append(True)
        handler.send_response(200)
        for name, value in (
            ("Content-Type", "application/pdf"),
            ("Content-Length", str(len(body))),
            ("ETag", etag),
        ):
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body[:after])
        handler.wfile.flush()
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    return route


def test_a_transfer_that_broke_off_goes_on_where_it_was(site: Any, client: Client, tmp_path: Path) -> None:
    site.routes["/a.pdf"] = broken_off(site, site.pdf, 9000)
    assert get(site, client, tmp_path, "/a.pdf").status == "fetched"
    assert (tmp_path / "x.pdf").read_bytes() == site.pdf
    first, second = site.log
    assert "Range" not in first.headers
    assert 0 < int(second.headers["Range"].removeprefix("bytes=").rstrip("-")) <= 9000
    assert second.headers["If-Range"] == '"1"'


def test_without_a_strong_validator_it_starts_anew(site: Any, client: Client, tmp_path: Path) -> None:
    site.routes["/a.pdf"] = broken_off(site, site.pdf, 9000, etag='W/"1"')
    assert get(site, client, tmp_path, "/a.pdf").status == "fetched"
    assert (tmp_path / "x.pdf").read_bytes() == site.pdf
    assert "Range" not in site.log[1].headers


def test_what_one_run_received_the_next_one_keeps(site: Any, waits: Any, tmp_path: Path) -> None:
    site.routes["/a.pdf"] = broken_off(site, site.pdf, 9000)
    with Client(allow_private_network=True, attempts=1, sleep=waits.sleep) as impatient:
        failed = get(site, impatient, tmp_path, "/a.pdf")
        assert failed.status == "failed"
        assert "kept, and the rest is asked for" in failed.hint
        assert kept(tmp_path) == []
        assert get(site, impatient, tmp_path, "/a.pdf").status == "fetched"
    assert (tmp_path / "x.pdf").read_bytes() == site.pdf
    assert "Range" in site.log[1].headers


def test_a_file_that_changed_in_between_is_sent_whole(site: Any, waits: Any, tmp_path: Path) -> None:
    site.routes["/a.pdf"] = broken_off(site, site.pdf, 9000)
    with Client(allow_private_network=True, attempts=1, sleep=waits.sleep) as impatient:
        get(site, impatient, tmp_path, "/a.pdf")
        del site.routes["/a.pdf"]
        site.files["/a.pdf"] = site.File(
            site.pdf[::-1].replace(site.pdf[::-1][:9], b"%PDF-1.7\n"), "application/pdf", '"2"'
        )
        assert get(site, impatient, tmp_path, "/a.pdf").status == "fetched"
    assert (tmp_path / "x.pdf").read_bytes() == site.files["/a.pdf"].body


@pytest.mark.parametrize("answer", [416, "other range", "no range", 500])
def test_a_server_that_cannot_go_on_is_asked_for_the_whole(
    site: Any, client: Client, tmp_path: Path, answer: int | str
) -> None:
    partial = tmp_path / "x.part"
    partial.write_bytes(site.pdf[:100])
    asked = [f"{site.address}/a.pdf", {"Accept": PDF.accept}]
    partial.with_name("x.part.json").write_text(
        json.dumps({"asked": asked, "validator": '"1"'}), encoding="utf-8"
    )

    def route(handler: BaseHTTPRequestHandler) -> None:
        if "Range" not in handler.headers:
            site.send(handler, 200, site.pdf, Content_Type="application/pdf")
        elif isinstance(answer, int):
            site.send(handler, answer)
            if answer == 500:
                site.routes["/a.pdf"] = lambda h: site.send(
                    h, 206, site.pdf[100:], Content_Range=f"bytes 100-{len(site.pdf) - 1}/*"
                )
        else:
            extra = {"Content_Range": "bytes 7-9/10"} if answer == "other range" else {}
            site.send(handler, 206, b"abc", **extra)

    site.routes["/a.pdf"] = route
    got = download(client, f"{site.address}/a.pdf", PDF, accept_language="", partial=partial, limit=10**6)
    assert isinstance(got, Got)
    assert partial.read_bytes() == site.pdf


@pytest.mark.parametrize(("status", "after", "wait"), [(429, "7", 7.0), (503, "", 1.0), (500, "soon", 1.0)])
def test_a_busy_server_is_given_time(
    site: Any, client: Client, waits: Any, tmp_path: Path, status: int, after: str, wait: float
) -> None:
    def busy(handler: BaseHTTPRequestHandler) -> None:
        site.send(handler, status, **({"Retry_After": after} if after else {}))
        del site.routes["/a.pdf"]

    site.routes["/a.pdf"] = busy
    site.files["/a.pdf"] = site.File(site.pdf, "application/pdf")
    assert get(site, client, tmp_path, "/a.pdf").status == "fetched"
    assert waits.slept[0] == wait


def test_a_date_says_when_to_try_again(site: Any, client: Client, waits: Any, tmp_path: Path) -> None:
    def busy(handler: BaseHTTPRequestHandler) -> None:
        from email.utils import formatdate
        from time import time

        site.send(handler, 503, Retry_After=formatdate(time() + 60, usegmt=True))
        del site.routes["/a.pdf"]

    site.routes["/a.pdf"] = busy
    site.files["/a.pdf"] = site.File(site.pdf, "application/pdf")
    assert get(site, client, tmp_path, "/a.pdf").status == "fetched"
    assert 55 < waits.slept[0] <= 60


def test_waits_grow_and_end(site: Any, client: Client, waits: Any, tmp_path: Path) -> None:
    site.routes["/a.pdf"] = lambda handler: site.send(handler, 503)
    outcome = get(site, client, tmp_path, "/a.pdf")
    assert outcome.status == "failed"
    assert "503" in outcome.message
    assert "tried 5 times" in outcome.message
    assert waits.slept == [1.0, 2.0, 4.0, 8.0]
    assert len(site.log) == 5


def test_a_server_that_asks_for_an_hour_is_left_alone(
    site: Any, client: Client, waits: Any, tmp_path: Path
) -> None:
    site.routes["/a.pdf"] = lambda handler: site.send(handler, 429, Retry_After="3600")
    outcome = get(site, client, tmp_path, "/a.pdf")
    assert "asks to wait 3600 s" in outcome.message
    assert (waits.slept, len(site.log)) == ([], 1)


def test_one_host_is_asked_once_a_second(site: Any, client: Client, waits: Any, tmp_path: Path) -> None:
    names = [f"/{number}.pdf" for number in range(4)]
    for name in names:
        site.files[name] = site.File(site.pdf, "application/pdf")
    wanted, _ = plan([Entry(id=f"../x{n}", path=Path("x"), original=(site.address + n,)) for n in names])
    assert [one.status for one in fetch(wanted, tmp_path, client=client)] == ["fetched"] * 4
    assert waits.slept == pytest.approx([1.0] * 3)


@pytest.mark.parametrize(
    ("type_", "body", "complaint"),
    [
        (
            "text/html; charset=utf-8",
            b"<html><body>Sign in</body></html>",
            "an HTML page where PDF was promised",
        ),
        ("application/pdf", b"<!DOCTYPE html><html><body>Sign in</body></html>", "holds an HTML page"),
        ("application/octet-stream", b"<html><body>Sign in</body></html>", "holds an HTML page"),
        ("application/json", b"{}", "application/json where PDF was promised"),
        ("application/pdf", b"\x00" * 500, "nothing but zero bytes"),
    ],
)
def test_what_is_no_pdf_is_not_kept_as_one(
    site: Any, client: Client, tmp_path: Path, type_: str, body: bytes, complaint: str
) -> None:
    site.files["/a.pdf"] = site.File(body, type_)
    outcome = get(site, client, tmp_path, "/a.pdf")
    assert outcome.status == "failed"
    assert complaint in outcome.message
    assert f"{site.address}/a.pdf" in outcome.message
    assert outcome.hint
    assert kept(tmp_path) == []
    assert not (tmp_path / "fetch.lock.json").exists()


def test_a_file_that_is_announced_too_large_is_not_begun(site: Any, client: Client, tmp_path: Path) -> None:
    site.files["/a.pdf"] = site.File(site.pdf, "application/pdf")
    outcome = get(site, client, tmp_path, "/a.pdf", limit=1000)
    assert "more than nurt reads" in outcome.message
    assert [path for path in (tmp_path / ".partial").rglob("*") if path.is_file()] == []


def test_a_body_without_end_is_cut_at_the_limit(site: Any, client: Client, tmp_path: Path) -> None:
    sent = []

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/pdf")
        handler.end_headers()
        handler.wfile.write(b"%PDF-1.7\n")
        try:
            while sum(sent) < 10**9:
                sent.append(handler.wfile.write(b"x" * 65536))
        except OSError:
            pass

    site.routes["/a.pdf"] = endless
    outcome = get(site, client, tmp_path, "/a.pdf", limit=10**6)
    assert "more than nurt reads" in outcome.message
    assert sum(sent) < 10**8
    assert [path for path in (tmp_path / ".partial").rglob("*") if path.is_file()] == []


def test_a_packed_body_counts_unpacked(site: Any, client: Client, tmp_path: Path) -> None:
    import gzip

    def packed(handler: BaseHTTPRequestHandler) -> None:
        body = gzip.compress(b"%PDF-1.7\n" + b"\0" * 5_000_000)
        site.send(handler, 200, body, Content_Type="application/pdf", Content_Encoding="gzip")

    site.routes["/a.pdf"] = packed
    assert "more than nurt reads" in get(site, client, tmp_path, "/a.pdf", limit=10**6).message
    assert site.log[0].headers["Accept-Encoding"] == "identity"
    assert get(site, client, tmp_path, "/a.pdf", limit=10**7).status == "fetched"
    assert (tmp_path / "x.pdf").stat().st_size == 5_000_009


def test_a_body_shorter_than_announced_is_no_file(site: Any, client: Client, tmp_path: Path) -> None:
    site.routes["/a.pdf"] = lambda handler: site.send(
        handler, 200, site.pdf, Content_Length=str(len(site.pdf) + 5), Content_Type="application/pdf"
    )
    outcome = get(site, client, tmp_path, "/a.pdf")
    assert outcome.status == "failed"
    assert kept(tmp_path) == []


def test_an_empty_body_is_no_file(site: Any, client: Client, tmp_path: Path) -> None:
    site.files["/a.pdf"] = site.File(b"", "application/pdf")
    assert "sent 0 bytes" in get(site, client, tmp_path, "/a.pdf").message


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_refusal_is_said_at_once(site: Any, client: Client, tmp_path: Path, status: int) -> None:
    site.routes["/a.pdf"] = lambda handler: site.send(handler, status)
    outcome = get(site, client, tmp_path, "/a.pdf")
    assert f"answers {status}" in outcome.message
    assert len(site.log) == 1


def test_a_server_that_is_not_there_is_said(client: Client, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/a.pdf"
        wanted, _ = plan([Entry(id="x", path=Path("x"), original=(address,))])
        (outcome,) = fetch(wanted, tmp_path, client=client)
    assert outcome.status == "failed"
    assert "tried 5 times" in outcome.message


def test_another_fetch_into_the_folder_is_refused(site: Any, client: Client, tmp_path: Path) -> None:
    from nurt.errors import GraphError
    from nurt.graph.locking import exclusive

    with exclusive(tmp_path), pytest.raises(GraphError):
        get(site, client, tmp_path, "/a.pdf")


def test_a_redirect_is_an_error_of_its_own_kind(site: Any, client: Client) -> None:
    site.redirects["/a"] = (302, "/a")
    with pytest.raises(FetchError) as caught, client.get(f"{site.address}/a", {}):
        pass
    assert caught.value.exit_status == 1


@pytest.mark.parametrize(
    "address", ["http://exa mple.pl/a.pdf", "http://[::bad/a.pdf", "http://:99999/a.pdf"]
)
def test_what_is_no_address_is_said(client: Client, tmp_path: Path, address: str) -> None:
    wanted, _ = plan([Entry(id="x", path=Path("x"), celex="32013R1303")], cellar=address)
    (outcome,) = fetch(wanted, tmp_path, client=client)
    assert outcome.status == "failed"


def test_a_body_that_does_not_unpack_is_an_error(site: Any, client: Client, tmp_path: Path) -> None:
    site.routes["/a.pdf"] = lambda handler: site.send(
        handler, 200, b"not gzip", Content_Type="application/pdf", Content_Encoding="gzip"
    )
    outcome = get(site, client, tmp_path, "/a.pdf")
    assert outcome.status == "failed"
    assert kept(tmp_path) == []
