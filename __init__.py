"""nurt: how Europe 2020 flows down to each measure of the Polish operational programmes of 2014-2020.

>>> import nurt
>>> sorted(nurt.__all__)
['Graph', 'NurtError', 'build', 'open']

``nurt.build(paths, folder)`` builds a graph from documents and gives what ``nurt.ingest.build.BuildResult``
describes; ``nurt.open(folder)`` opens one, see ``nurt.api``. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import NurtError

if TYPE_CHECKING:
    from .api import Graph, open
    from .ingest.build import build

__all__ = ["Graph", "NurtError", "build", "open"]


def __getattr__(name: str) -> Any:
    """Import the public names on first use, so that ``import nurt`` and ``nurt --help`` are quick."""
    if name == "build":
        from .ingest.build import build

        return build
    if name in ("open", "Graph"):
        from . import api

        return api.open if name == "open" else api.Graph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
