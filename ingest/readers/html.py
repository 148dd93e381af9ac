"""Reads HTML: EUR-Lex of all its generations, Commission documents, our own digests, ordinary pages."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...errors import ReadError
from ..document import Document, Language
from .base import Reader, Source, printable
from .encoding import declared_in_markup, decode
from .html_walk import Walk

__all__ = ["HTMLReader"]

_CELEX: Final = re.compile(r"\b([1-9]\d{4}[A-Z]{1,2}\d{4})\b")
_COMMENT_JUNK: Final = re.compile(r"<!\[CDATA\[|\]\]>")
_TRUNCATED: Final = re.compile(r"<[a-z!/][^<>]{0,2000}$", re.IGNORECASE)


class HTMLReader(Reader):
    """Headings, paragraphs, lists, tables and footnotes of a page, without its menus and scripts."""

    media_type: ClassVar[str] = "text/html"

    def read(self, source: Source) -> Document:
        """Read the page; raises ReadError where it holds no text."""
        text, warnings = decode(
            source.path.read_bytes(), path=source.path, declared=declared_in_markup(source.head)
        )
        parser = LexborHTMLParser(printable(text))
        body = parser.body
        if body is None:
            raise ReadError(f"{source.path} holds no HTML page.", path=source.path, hint="Download it again.")
        consolidated = parser.css_first(".modref, .title-article-norm, .hd-modifiers") is not None
        walk = Walk(ordinary=_is_ordinary(parser, text), consolidated=consolidated)
        walk.run(_main(parser, body))
        if not walk.builder.blocks:
            raise ReadError(
                f"{source.path} is an HTML page without text.",
                path=source.path,
                hint="Pages that a script fills in cannot be read: save the page from the browser.",
            )
        if _TRUNCATED.search(text.rstrip()):
            warnings.append("The page ends in the middle of a tag: it may be cut off.")
        metadata = _metadata(parser)
        return walk.builder.document(
            source,
            media_type=self.media_type,
            metadata=metadata,
            language=_language(parser, metadata),
            warnings=warnings,
        )


def _is_ordinary(parser: LexborHTMLParser, text: str) -> bool:
    """Whether it is a page of some site, with menus to leave out, and not a published document."""
    if parser.css_first("section.page, .oj-doc-ti, .doc-ti, .eli-main-title, #TexteOnly") is not None:
        return False
    return "com-c.css" not in text[:20_000]


def _main(parser: LexborHTMLParser, body: LexborNode) -> LexborNode:
    """The element that holds the document itself: the only <main> or <article>, else the body."""
    for selector in ("main", "[role=main]", "#TexteOnly", "#document1", "article"):
        found = parser.css(selector)
        if len(found) == 1 and len(found[0].text(deep=True)) * 3 > len(body.text(deep=True)):
            return found[0]
        if found and selector == "main":
            return found[0] if len(found) == 1 and len(found[0].text(deep=True).strip()) > 200 else body
    return body


def _metadata(parser: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    title = parser.css_first("title")
    if title is not None and (text := " ".join(title.text(deep=True).split())):
        found["title"] = text
    for meta in parser.css("meta"):
        attributes = meta.attributes
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        content = " ".join((attributes.get("content") or "").split())
        if not name or not content or name in {"viewport", "robots", "generator"}:
            continue
        name = _NAMES.get(name, re.sub(r"^(?:dc|dcterms|dct|eli)[.:]", "", name))
        if name in {"title"} or name not in found:
            found[name] = content
    if "celex" not in found:
        for name in ("identifier", "wt.z_docid", "source"):
            if match := _CELEX.search(found.get(name, "")):
                found["celex"] = match.group(1)
                break
    return found


_NAMES: Final = {"author": "creator", "dc.creator": "creator", "dcterms.issued": "date", "dc.date": "date"}


def _language(parser: LexborHTMLParser, metadata: dict[str, str]) -> Language | None:
    root = parser.css_first("html")
    attributes = root.attributes if root is not None else {}
    declared = attributes.get("lang") or attributes.get("xml:lang") or metadata.get("language") or ""
    match declared[:2].lower():
        case "pl":
            return "pl"
        case "en":
            return "en"
    return None
