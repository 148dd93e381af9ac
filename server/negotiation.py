"""Which form of an answer a client wants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, cast

from starlette.requests import Request
from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.http import parse_accept_header

from ..queries.sheet import Language

__all__ = ["form", "language"]

_T = TypeVar("_T")


def form(request: Request, forms: Mapping[str, _T]) -> _T | None:
    """What a client likes best of some forms by media type, or None where it accepts none of them.

    Without an Accept header, and where it likes several the same, the first.
    """
    accepted = parse_accept_header(request.headers.get("accept", "*/*"), MIMEAccept)
    best = accepted.best_match(list(forms))
    return None if best is None else forms[best]


def language(request: Request) -> Language:
    """The language asked for by ``?lang=``, else the one that the browser prefers, else Polish."""
    asked = request.query_params.get("lang")
    if asked in ("pl", "en"):
        return cast("Language", asked)
    accepted = parse_accept_header(request.headers.get("accept-language", ""), LanguageAccept)
    return cast("Language", accepted.best_match(["pl", "en"], "pl"))
