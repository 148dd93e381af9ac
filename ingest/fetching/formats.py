"""The formats that originals come in: what to ask for, what a server calls them, who must understand them.

Media types and languages as Cellar, the repository of the Publications Office, documents them:
https://op.europa.eu/en/web/cellar/cellar-data/publications.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from ...errors import FetchError, InputError, UnknownNameError
from ..document import Language
from ..readers.sniff import examine, reader_for

__all__ = [
    "ANY",
    "CELLAR_LANGUAGES",
    "CELLAR_ORDER",
    "FORMATS",
    "Format",
    "UnfitError",
    "check_content",
    "ending_of",
    "format_named",
]


class UnfitError(FetchError):
    """What was sent is not in the format that was asked for; another format may do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that an original may be wanted in.

    Args:
        name: as in ``--format`` and in the catalogue.
        ending: of the file that is kept, or "" where the answer decides.
        accept: the ``Accept`` header.
        types: media types, without parameters, under which servers send it; empty for any.
        endings: of the names under which Cellar lists such a file.
        content: media type of the reader that must understand the file, or "" for any.
    """

    name: str
    ending: str
    accept: str
    types: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    content: str = ""


_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PDF_KINDS: Final = ("pdfa1a", "pdfa1b", "pdfa2a", "pdfa2b", "pdfx", "pdf1x")
_HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
UNTOLD: Final = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/force-download"}
)
"""What servers say that do not know the type of a file; its content decides."""

_ALL: Final = (
    Format(
        name="formex",
        ending=".xml",
        accept="application/zip;mtype=fmx4, application/xml;mtype=fmx4",
        types=frozenset({"application/zip", "application/x-zip-compressed", "application/xml", "text/xml"}),
        endings=frozenset({".xml", ".zip"}),
        content="application/xml",
    ),
    Format(
        name="xhtml",
        ending=".xhtml",
        accept="application/xhtml+xml",
        types=_HTML_TYPES,
        endings=frozenset({".xhtml", ".xht", ".html", ".htm", ".xml"}),
        content="text/html",
    ),
    Format(
        name="html",
        ending=".html",
        accept="text/html",
        types=_HTML_TYPES,
        endings=frozenset({".html", ".htm", ".xhtml"}),
        content="text/html",
    ),
    Format(
        name="pdf",
        ending=".pdf",
        accept=", ".join([*(f"application/pdf;type={kind}" for kind in _PDF_KINDS), "application/pdf"]),
        types=frozenset({"application/pdf", "application/x-pdf"}),
        endings=frozenset({".pdf"}),
        content="application/pdf",
    ),
    Format(name="docx", ending=".docx", accept=_DOCX, types=frozenset({_DOCX}), content=_DOCX),
    Format(name="xlsx", ending=".xlsx", accept=_XLSX, types=frozenset({_XLSX}), content=_XLSX),
    Format(
        name="xls",
        ending=".xls",
        accept="application/vnd.ms-excel",
        types=frozenset({"application/vnd.ms-excel", "application/msexcel"}),
        content=_XLSX,
    ),
    Format(
        name="csv",
        ending=".csv",
        accept="text/csv",
        types=frozenset({"text/csv", "text/plain", "application/csv", "application/vnd.ms-excel"}),
        content="text/csv",
    ),
)
FORMATS: Final = {form.name: form for form in _ALL}
"""Formats by name."""
ANY: Final = Format(name="any", ending="", accept="*/*")
"""Whatever the address gives, where neither catalogue nor address say what that is."""
CELLAR_ORDER: Final = tuple(FORMATS[name] for name in ("formex", "xhtml", "html", "pdf"))
"""What Cellar is asked for, best first, where no format is named: the more structure the better."""
CELLAR_LANGUAGES: Final[dict[Language, str]] = {"pl": "pol", "en": "eng"}
"""Languages as Cellar wants them in ``Accept-Language``: ISO 639-3."""
_BY_TYPE: Final = {media_type: form for form in reversed(_ALL) for media_type in form.types} | {
    "application/xml": FORMATS["formex"],
    "text/plain": Format(name="text", ending=".txt", accept="text/plain"),
    "application/vnd.ms-excel": FORMATS["xls"],
    "text/html": FORMATS["html"],
}


def format_named(name: str) -> Format:
    """The format of a name; raises UnknownNameError naming those there are."""
    if name not in FORMATS:
        raise UnknownNameError(
            f"{name!r} is no format that originals are fetched in.", name=name, candidates=tuple(FORMATS)
        )
    return FORMATS[name]


def ending_of(address: str) -> str:
    """The ending of the file that an address names (".pdf"), or ""."""
    return PurePosixPath(unquote(urlsplit(address).path)).suffix.lower()


def media_type_of(header: str) -> str:
    """A ``Content-Type`` without its parameters, in lower case."""
    return header.partition(";")[0].strip().lower()


def check_type(form: Format, header: str, address: str) -> None:
    """Refuse, before it is downloaded, what the server itself calls something else than was wanted."""
    found = media_type_of(header)
    if not form.types or found in form.types or found in UNTOLD:
        return
    shown = "an HTML page" if found in _HTML_TYPES else found
    raise UnfitError(
        f"{address} gives {shown} where {form.name.upper()} was promised.",
        hint="It is an error page or a page about the document: open it in a browser, and give the address "
        "of the file itself, or another --format.",
    )


def ending_for(form: Format, header: str, address: str) -> str:
    """The ending under which an answer is kept: of the format, the address, or the type that was sent."""
    if form.ending:
        return form.ending
    by_type = _BY_TYPE.get(media_type_of(header))
    return by_type.ending if by_type else ending_of(address) or ".bin"


def check_content(form: Format, path: Path, address: str) -> None:
    """Refuse a file that holds something else than was wanted, or that no reader knows; raises UnfitError."""
    try:
        found = reader_for(examine(path)).media_type
    except InputError as error:
        what = error.what.replace(str(path), address)
        raise UnfitError(f"{what} Nothing was kept.", hint=error.hint) from error
    if form.content and found != form.content:
        raise UnfitError(
            f"{address} gives {found} where {form.name.upper()} was promised. Nothing was kept.",
            hint="Open it in a browser, and give the address of the file itself, or another --format.",
        )
