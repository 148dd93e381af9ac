"""Colours and signs of the levels, for pictures the same as on the page: read from what it is made of."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

__all__ = ["colours", "signs", "template"]

_LIGHT: Final = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
_COLOUR: Final = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})")


def template(name: str) -> str:
    """The text of a file that the page is made of."""
    return files("nurt.viz").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def colours() -> Mapping[str, str]:
    """The light colours by name (``union``, ``programme``, ``text`` …) as ``#rrggbb``."""
    block = _LIGHT.search(template("page.css"))
    return dict(_COLOUR.findall(block[1])) if block else {}


@cache
def signs() -> Mapping[str, Any]:
    """``paths``: the sign of each level, drawn in a square of 24; ``tiers``: the colour of each level."""
    found: dict[str, Any] = json.loads(template("glyphs.json"))
    return found
