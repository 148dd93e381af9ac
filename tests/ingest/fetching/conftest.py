"""A server on this machine that answers as Cellar and the web sites of authorities do, faults included."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from nurt.ingest.fetching.client import Client

PDF = b"%PDF-1.7\n" + bytes(range(32, 127)) * 400


def page(text: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>t</title></head><body><p>{text}</p></body></html>".encode()


def formex(root: str, text: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><{root}><P>{text}</P></{root}>'.encode()


def manifest(*names: str) -> bytes:
    files = "".join(f'<REF.PHYS FILE="{name}" TYPE="DOC.XML"/>' for name in names)
    return f"<DOC><FMX>{files}</FMX></DOC>".encode()


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def act(text: str = "First") -> dict[str, bytes]:
    """An act as Cellar packs it: not in the order of publication, with what is no document."""
    return {
        "L_9.annex.xml": formex("ANNEX", "Second"),
        "picture.tif": b"II*\x00",
        "L_9.doc.xml": manifest("L_9.act.xml", "L_9.annex.xml"),
        "L_9.act.xml": formex("ACT", text),
    }


@dataclass
class File:
    """A file that a server offers: its bytes, type and version."""

    body: bytes
    type: str
    etag: str = '"1"'


@dataclass
class Asked:
    """A request as it came in."""

    path: str
    headers: dict[str, str]


Route = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What the server has: files by path, redirects by path, works of Cellar, and routes of a test's own."""

    address: str = ""
    files: dict[str, File] = field(default_factory=dict)
    redirects: dict[str, tuple[int, str]] = field(default_factory=dict)
    works: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """(CELEX, ISO 639-3, media type asked for) to the path that Cellar answers 303 with."""
    routes: dict[str, Route] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)

    @property
    def cellar(self) -> str:
        return f"{self.address}/resource/celex/"

    pdf = PDF
    page = staticmethod(page)
    formex = staticmethod(formex)
    manifest = staticmethod(manifest)
    act = staticmethod(act)
    packed = staticmethod(packed)
    File = File

    @staticmethod
    def send(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.log]


send = Site.send


def _file(handler: BaseHTTPRequestHandler, file: File) -> None:
    asked = handler.headers
    known = {"Content_Type": file.type, "ETag": file.etag}
    if file.etag and asked.get("If-None-Match") == file.etag:
        send(handler, 304, ETag=file.etag)
    elif (range_ := asked.get("Range")) and asked.get("If-Range") == file.etag:
        start = int(range_.removeprefix("bytes=").rstrip("-"))
        whole = len(file.body)
        send(handler, 206, file.body[start:], Content_Range=f"bytes {start}-{whole - 1}/{whole}", **known)
    else:
        send(handler, 200, file.body, **known)


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site = self.site
        site.log.append(Asked(self.path, dict(self.headers)))
        if route := site.routes.get(self.path):
            route(self)
        elif file := site.files.get(self.path):
            _file(self, file)
        elif redirect := site.redirects.get(self.path):
            send(self, redirect[0], Location=redirect[1])
        elif self.path.startswith("/resource/celex/"):
            celex = self.path.rpartition("/")[2]
            for accepted in self.headers.get("Accept", "").split(", "):
                if where := site.works.get((celex, self.headers.get("Accept-Language", ""), accepted)):
                    send(self, 303, Location=site.address + where)
                    return
            send(self, 404, b"<html><body>no manifestation</body></html>", Content_Type="text/html")
        else:
            send(self, 404)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without anything; the test fills it."""
    site = Site()
    handler = type("SiteHandler", (Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Waits:
    """Stands in for the clock: sleeping takes no time, and is noted."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def client(waits: Waits) -> Iterator[Client]:
    """A client that may connect to this machine and does not really wait."""
    with Client(allow_private_network=True, sleep=waits.sleep, clock=waits.clock) as opened:
        yield opened
