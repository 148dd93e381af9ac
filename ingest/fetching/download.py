"""One file from one address: resumed where it broke off, within a limit, of the type that was promised."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import httpx

from ...errors import FetchError
from .client import Client, TryAgain
from .formats import Format, check_type

__all__ = ["Answer", "Got", "Several", "Validators", "download"]

_MISSING: Final = frozenset({404, 406, 410})
_LONGEST_PAGE: Final = 2 * 1024 * 1024
"""The longest list of choices that is read, in bytes."""
_RANGE: Final = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server said by which it knows a version of a file again (RFC 9110, 8.8); "" where it did not."""

    etag: str = ""
    modified: str = ""

    @classmethod
    def of(cls, response: httpx.Response) -> Validators:
        """Those of an answer."""
        headers = response.headers
        return cls(etag=headers.get("ETag", ""), modified=headers.get("Last-Modified", ""))

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for the file only where it has changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": "" if self.etag else self.modified}
        return {name: value for name, value in headers.items() if value}

    @property
    def strong(self) -> str:
        """What proves that a further part is of the same bytes, or ""."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """A file that was received whole.

    Args:
        path: where it lies now.
        address: that answered in the end, after redirects.
        type: its ``Content-Type``, as sent.
    """

    path: Path
    address: str
    type: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class Several:
    """The server has several files under the address; ``page`` lists them."""

    page: str
    address: str


Answer = Got | Several | Literal["unchanged", "missing"]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A part received earlier: how many bytes, and by what the server knows the version that it is of."""

    size: int = 0
    validator: str = ""


def download(
    client: Client,
    address: str,
    form: Format,
    *,
    accept_language: str,
    partial: Path,
    limit: int,
    known: Validators | None = None,
) -> Answer:
    """Get a file into ``partial``; go on where an earlier attempt broke off if the server has the same still.

    Args:
        accept_language: the header, or "".
        partial: the file is written here; what was asked for is noted beside it.
        limit: in bytes.
        known: of the version at hand; where the server's is the same, the answer is "unchanged".

    Raises FetchError for a file that is too large, of another type, or that the server will not give.
    """
    transfer = _Transfer(client, address, form, accept_language, partial, limit)
    return client.retrying(lambda: transfer.attempt(known))


class _Transfer:
    def __init__(
        self, client: Client, address: str, form: Format, language: str, partial: Path, limit: int
    ) -> None:
        self.client, self.address, self.form, self.limit = client, address, form, limit
        self.partial, self.note = partial, partial.with_name(f"{partial.name}.json")
        self.headers = {"Accept": form.accept} | ({"Accept-Language": language} if language else {})

    def attempt(self, known: Validators | None) -> Answer:
        """One exchange with the server."""
        begun = self._begun()
        headers = dict(self.headers)
        if begun.size:
            headers |= {"Range": f"bytes={begun.size}-", "If-Range": begun.validator}
        elif known:
            headers |= known.conditions
        with self.client.get(self.address, headers) as response:
            if response.status_code in _MISSING:
                return "missing"
            if response.status_code == 304 and not begun.size:
                return "unchanged"
            if response.status_code == 300:
                return Several(_page(response), str(response.request.url))
            return self._receive(response, begun)

    def _begun(self) -> _Begun:
        """What an earlier attempt left, if it asked for the same and the server can tell versions apart."""
        try:
            note = json.loads(self.note.read_text(encoding="utf-8"))
            size = self.partial.stat().st_size
        except (OSError, ValueError):
            return _Begun()
        same = isinstance(note, dict) and note.get("asked") == [self.address, self.headers]
        return _Begun(size, note["validator"]) if same and size and note.get("validator") else _Begun()

    def _forget(self) -> None:
        self.partial.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)

    def _receive(self, response: httpx.Response, begun: _Begun) -> Got:
        url = str(response.request.url)
        if response.status_code not in (200, 206) and not begun.size:
            raise FetchError(
                f"{url} answers {response.status_code} {response.reason_phrase}.".replace(" .", "."),
                hint="Open it in a browser to see why.",
            )
        whole = _whole_length(response, begun)
        if whole is None or response.status_code not in (200, 206):
            self._forget()
            raise TryAgain(f"{url} could not go on where the transfer broke off", 0)
        resumed = response.status_code == 206
        check_type(self.form, response.headers.get("Content-Type", ""), url)
        if whole > self.limit:
            self._forget()
            raise self._too_large(url)
        validators = Validators.of(response)
        if not resumed:
            self._start(response, validators)
        size = begun.size if resumed else 0
        with self.partial.open("ab") as file:
            for piece in response.iter_bytes():
                size += len(piece)
                if size > self.limit:
                    break
                file.write(piece)
        if size > self.limit:
            self._forget()
            raise self._too_large(url)
        if size < whole or not size:
            raise TryAgain(f"{url} sent {size} bytes of {whole or 'a file that is not empty'}")
        self.note.unlink(missing_ok=True)
        return Got(
            path=self.partial,
            address=url,
            type=response.headers.get("Content-Type", ""),
            validators=validators,
        )

    def _start(self, response: httpx.Response, validators: Validators) -> None:
        """Begin the file anew; a body that is sent packed cannot be resumed, for its offsets are others."""
        self.partial.parent.mkdir(parents=True, exist_ok=True)
        packed = response.headers.get("Content-Encoding", "identity") != "identity"
        validator = "" if packed else validators.strong
        note = {"asked": [self.address, self.headers], "validator": validator}
        self.note.write_text(json.dumps(note), encoding="utf-8")
        self.partial.write_bytes(b"")

    def _too_large(self, url: str) -> FetchError:
        return FetchError(
            f"{url} sends more than {self.limit // 2**20} MB, more than nurt reads. Nothing was kept.",
            hint="Download it yourself and split it.",
        )


def _whole_length(response: httpx.Response, begun: _Begun) -> int | None:
    """How long the whole file is said to be, 0 where that is not said, None where the range is not ours."""
    if response.status_code == 206:
        match = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if match is None or int(match[1]) != begun.size:
            return None
        return int(match[3]) if match[3] != "*" else int(match[2]) + 1
    length = response.headers.get("Content-Length", "")
    packed = response.headers.get("Content-Encoding", "identity") != "identity"
    return int(length) if length.isdigit() and not packed else 0


def _page(response: httpx.Response) -> str:
    body = b""
    for piece in response.iter_bytes():
        body += piece
        if len(body) > _LONGEST_PAGE:
            raise FetchError(f"{response.request.url} offers a list of files that does not end.")
    return body.decode(response.encoding or "utf-8", "replace")
