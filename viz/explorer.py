"""The explorer: the whole graph as one HTML page that opens from disk and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from rdflib import URIRef

from ..errors import UnknownNameError
from ..graph.store import Graph
from ..ontology.identifiers import short
from ..queries.sheet import Language
from .columns import column_of
from .drawing import drawing, library
from .ink import template
from .network import home, network, things
from .payload import payload

__all__ = ["as_json", "explorer", "policy"]

STYLES: Final = ("page.css", "panels.css", "views.css", "print.css")
SCRIPTS: Final = (
    "data.js",
    "words.js",
    "state.js",
    "paths.js",
    "rows.js",
    "layout.js",
    "glyphs.js",
    "boxes.js",
    "graph.js",
    "reach.js",
    "search.js",
    "evidence.js",
    "card.js",
    "facets.js",
    "table.js",
    "flow.js",
    "matrix.js",
    "about.js",
    "export.js",
    "figure.js",
    "main.js",
)
"""Ours, in the order in which they run; each is a part of one function, so nothing leaks into the page."""


def explorer(graph: Graph, *, focus: URIRef | None = None, language: Language = "pl") -> str:
    """Return the explorer as the text of one HTML file, to be written as UTF-8.

    Args:
        graph: what to show; all of it is in the page, but only what is asked for is drawn.
        focus: open on the lineage of this thing alone, instead of the overview.
        language: of the interface when the page opens; the reader may switch.

    Raises UnknownNameError where the graph has no such thing to focus on.
    """
    lineages = network(graph)
    if focus is not None and focus not in lineages:
        raise UnknownNameError(
            f"The graph shows nothing called {short(focus)!r}.",
            name=short(focus),
            hint="`nurt trace` finds things by code or name.",
        )
    homes = home(lineages)
    columns = column_of(lineages)
    number = {iri: position for position, iri in enumerate(things(lineages))}
    data = payload(graph, lineages, homes, columns)
    data["drawing"] = drawing(lineages, homes, columns)
    data["start"] = {"focus": number[focus] if focus is not None else -1, "language": language}
    return _render(data, language)


def _render(data: dict[str, Any], language: Language) -> str:
    style_of_library, library_script = library()
    styles = [_needed(style_of_library), "\n".join(template(name) for name in STYLES)]
    own = "\n".join(template(name) for name in SCRIPTS)
    scripts = [library_script, f'(() => {{\n"use strict";\n{own}\n}})();']
    words = json.loads(template("words.json"))
    environment = Environment(
        loader=PackageLoader("nurt.viz"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("explorer.html.j2").render(
        language=language,
        words={key: pair[0 if language == "pl" else 1] for key, pair in words.items()},
        policy=policy(scripts, styles),
        styles=styles,
        scripts=scripts,
        data=as_json(data),
        vocabulary=as_json(words),
    )


def as_json(value: object) -> str:
    """JSON that may stand inside a script element: no ``<``, so nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def policy(scripts: list[str], styles: list[str]) -> str:
    """The Content-Security-Policy: our scripts and styles by their hashes, and pictures made here."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)),
            "style-src " + " ".join(map(_hash, styles)),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _needed(style: str) -> str:
    """The library's rules for the network itself, not those of editors and buttons."""
    rules = re.findall(r"[^{}]+\{[^{}]*\}", style)
    return "".join(rule for rule in rules if "vis-network" in rule.partition("{")[0] and "url(" not in rule)
