"""``nurt info``: what the graph holds."""

from __future__ import annotations

from ..graphs import GraphOption, open_or_build
from ..options import Language, LanguageOption
from ..output import emit

EXAMPLE = "nurt info --graph my-graph"


def command(graph: GraphOption = None, language: LanguageOption = Language.en) -> None:
    """Show what the graph holds: documents, elements, claims by basis, and what it was built from.

    Example: nurt info --graph my-graph
    """
    from ...graph.stats import statistics

    emit(statistics(open_or_build(graph)).text(language.value), None)
