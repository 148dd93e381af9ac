"""Several files under one address: the list that comes with ``300 Multiple Choices``, and the choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .formats import Format, UnfitError, ending_of

__all__ = ["Choice", "choose", "offered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One file that is offered.

    Args:
        address: where it is.
        name: of the file ("L_2013347EN.01032001.xml"), or "".
        order: its place among the parts of the document, from 1, or 0 where not said.
        manifestation: what it is a part of: one format of one language version, or "".
    """

    address: str
    name: str = ""
    order: int = 0
    manifestation: str = ""

    @property
    def ending(self) -> str:
        """Of the name, or of the address, or ""."""
        return PurePosixPath(self.name).suffix.lower() or ending_of(self.address)


def _field(item: LexborNode, title: str) -> str:
    node = item.css_first(f'li[title="{title}"]')
    return node.text(deep=True).strip() if node else ""


def offered(page: str, address: str) -> tuple[Choice, ...]:
    """The files that the body of the answer lists, in its order; any page of links is understood.

    Args:
        page: HTML; Cellar lists ``li[title=item]`` with stream name and order, below manifestations.
        address: of the page, against which links are resolved.
    """
    tree = LexborHTMLParser(page)
    found: dict[str, Choice] = {}
    for manifestation in tree.css('li[title="manifestation"]'):
        text = manifestation.text(deep=False).strip()
        for item in manifestation.css('li[title="item"]'):
            link = item.css_first("a[href]")
            if link is None:
                continue
            order = _field(item, "stream_order")
            where = _joined(address, link)
            found[where] = Choice(
                address=where,
                name=_field(item, "stream_name"),
                order=int(order) if re.fullmatch(r"[0-9]{1,6}", order) else 0,
                manifestation=text or where.rpartition("/")[0],
            )
    if not found:
        for link in tree.css("a[href]"):
            where = _joined(address, link)
            found.setdefault(where, Choice(address=where, name=link.text(deep=True).strip()))
    found.pop("", None)
    return tuple(found.values())


def _joined(address: str, link: LexborNode) -> str:
    """Where a link leads on the web, or ""."""
    try:
        where = urljoin(address, link.attributes["href"] or "")
        return where if urlsplit(where).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def choose(choices: Sequence[Choice], form: Format, address: str) -> tuple[Choice, ...]:
    """All parts, in their order, of the first manifestation that has the wanted format.

    "First" is by name, so that the same list in another order gives the same choice. Raises UnfitError
    that says what was offered where nothing fits.
    """
    by_manifestation: dict[str, list[Choice]] = {}
    for choice in choices:
        if not choice.ending or choice.ending in form.endings:
            by_manifestation.setdefault(choice.manifestation, []).append(choice)
    if not by_manifestation:
        names = (
            ", ".join(choice.name or choice.address for choice in choices) or "nothing that nurt understands"
        )
        raise UnfitError(
            f"{address} offers several files, none of them {form.name.upper()}: {names}.",
            hint="Ask for another --format, or give the address of one of them as `original`.",
        )
    parts = by_manifestation[min(by_manifestation)]
    return tuple(sorted(parts, key=lambda choice: (choice.order, choice.name, choice.address)))
