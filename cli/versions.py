"""What ``nurt diff`` compares: two graphs, or two versions of a document, each read by itself."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError, NurtError

if TYPE_CHECKING:
    from rdflib import URIRef

    from ..graph.store import Graph

__all__ = ["common_programme", "version_of"]


@contextmanager
def version_of(place: str) -> Iterator[Graph]:
    """A graph folder or server as it is, a document as the graph of it alone.

    Raises GraphError for a folder without graph, InputError or ReadError for a document that cannot be read.
    """
    from ..graph.store import open_graph

    path = Path(place)
    if not path.is_file():
        if not path.exists() and path.suffix:
            raise InputError(f"{place} does not exist.", path=path, hint="Check the path.")
        with open_graph(place) as graph:
            yield graph
        return
    from ..ingest.build import build

    with tempfile.TemporaryDirectory(prefix="nurt-diff-") as folder:
        build([path], Path(folder))
        with open_graph(folder) as graph:
            yield graph


def common_programme(old: tuple[str, Graph], new: tuple[str, Graph]) -> URIRef | None:
    """The programme to compare where one of the two is a document, which is about one; None for two graphs.

    Raises NurtError where a document sets out no axis or measure, or the two are about different programmes.
    """
    from ..ontology.identifiers import short
    from ..queries.diff import programmes

    within: URIRef | None = None
    known = [(place, Path(place).is_file(), programmes(graph)) for place, graph in (old, new)]
    for place, document, found in known:
        if document and not found:
            raise NurtError(
                f"{place} sets out no priority axis and no measure.",
                hint="Compare versions of a SZOOP or of a programme, or two graphs.",
            )
        if document and len(found) == 1:
            within = next(iter(found))
    for place, document, found in known:
        if within is not None and within not in found:
            about = ", ".join(sorted(short(programme) for programme in found)) or "no programme"
            what = "is about" if document else "knows"
            raise NurtError(
                f"{place} {what} {about}, the other one is about {short(within)}.",
                hint="Compare two versions of one document.",
            )
    return within
