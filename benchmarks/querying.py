"""How fast questions are answered from the store on disk, beside raw Oxigraph and rdflib in memory."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox

from benchmarks.project_maker import project_list

__all__ = ["run"]

Figure = tuple[str, float, str]
_CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_PROJECTS = 24_600
"""Contracts that, with the corpus, come to two million triples."""
_PATIENCE = 120.0
_QUESTION = "money-by-priority"
_PLAIN = """
SELECT ?priority (SUM(?amount) AS ?eur) WHERE {
  {
    SELECT DISTINCT ?priority ?allocation ?amount WHERE {
      ?owner a nurt:PriorityAxis ; nurt:hasAllocation ?allocation .
      ?allocation nurt:amount ?amount ; nurt:thematicObjective ?objective .
      ?objective nurt:flowsFrom ?priority .
      ?priority a nurt:Priority .
    }
  }
} GROUP BY ?priority ORDER BY ?priority"""
"""Money by priority without names and dates: rdflib gives no rows for the query of the library."""


def _seconds(work: Callable[[], object], times: int = 3) -> float:
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def _build(folder: Path, *paths: Path) -> float:
    from nurt.ingest.build import build

    began = time.perf_counter()
    result = build(list(paths), folder, processes=2)
    if result.failures:
        raise RuntimeError(f"the graph of the benchmark is not whole: {result.failures}")
    return time.perf_counter() - began


def _raw(folder: Path) -> float:
    """Oxigraph alone, to the last solution."""
    from nurt.graph.snapshot import current
    from nurt.ontology.namespace import PREFIXES

    store = ox.Store.read_only(str(current(folder) / "store"))
    return _seconds(lambda: list(store.query(_PLAIN, prefixes=PREFIXES)))


def _rdflib(folder: Path, answer: multiprocessing.Queue[float]) -> None:
    """rdflib with the merge in memory, loading not counted; sends back the seconds of the query."""
    import rdflib

    from nurt.graph.store import open_graph
    from nurt.ontology.namespace import PREFIXES

    with open_graph(folder) as graph:
        turtle = ox.serialize(
            {quad.triple for quad in ox.parse(graph.nquads(), format=ox.RdfFormat.N_QUADS)},
            format=ox.RdfFormat.N_TRIPLES,
        )
    memory = rdflib.Graph().parse(data=turtle, format="ntriples")
    answer.put(0.0)  # loaded: the clock starts
    began = time.perf_counter()
    rows = len(list(memory.query(_PLAIN, initNs=PREFIXES)))
    answer.put(time.perf_counter() - began if rows == 3 else float("inf"))


def _within(folder: Path) -> float:
    """The seconds that rdflib takes, infinite where it is not done after ``_PATIENCE``."""
    answer: multiprocessing.Queue[float] = multiprocessing.Queue()
    process = multiprocessing.Process(target=_rdflib, args=(folder, answer))
    process.start()
    answer.get()
    process.join(_PATIENCE)
    if process.is_alive():
        process.terminate()
        process.join()
        return float("inf")
    return answer.get()


def _corpus(folder: Path) -> list[Figure]:
    from nurt.graph.store import open_graph
    from nurt.queries.catalogue import library
    from nurt.queries.lineage import lineage
    from nurt.queries.run import run as ask

    def examples(name: str) -> Mapping[str, str]:
        return {p.name: p.example for p in library()[name].parameters if p.required}

    with open_graph(folder) as graph:
        ask(graph, "documents", {})
        times = {name: _seconds(lambda name=name: ask(graph, name, examples(name))) for name in library()}
        slowest = max(times, key=lambda name: times[name])
        ordered = sorted(times.values())
        whole = _seconds(lambda: lineage(graph))
        own = _seconds(lambda: graph.select(_PLAIN))
    raw, rdflib = _raw(folder), _within(folder)
    return [
        (f"corpus: slowest of {len(times)} named queries ({slowest})", times[slowest], "s"),
        ("corpus: named query in the middle", ordered[len(ordered) // 2], "s"),
        ("corpus: lineage over everything", whole, "s"),
        (f"corpus: {_QUESTION}", times[_QUESTION], "s"),
        ("corpus: money by priority, plain, times raw Oxigraph", own / raw, "×"),
        ("corpus: money by priority, plain, rdflib in memory, times nurt", rdflib / own, "×"),
    ]


def _large(folder: Path, built: float) -> list[Figure]:
    from nurt.graph.stats import statistics
    from nurt.graph.store import open_graph
    from nurt.queries.run import run as ask

    with open_graph(folder) as graph:
        triples = statistics(graph).triples
        own = _seconds(lambda: ask(graph, _QUESTION, {}))
        region = _seconds(lambda: ask(graph, _QUESTION, {"region": "łódzkie"}))
        plain = _seconds(lambda: graph.select(_PLAIN))
        flagship = _seconds(lambda: ask(graph, "money-by-flagship", {}))
    size = sum(path.stat().st_size for path in (folder / "snapshots").rglob("*") if path.is_file())
    return [
        (f"{triples:,} triples: build, {_PROJECTS:,} contracts and the corpus", built, "s"),
        (f"{triples:,} triples: graph on disk", size / 2**20, "MB"),
        (f"{triples:,} triples: {_QUESTION}", own, "s"),
        (f"{triples:,} triples: {_QUESTION} of a region", region, "s"),
        (f"{triples:,} triples: money-by-flagship", flagship, "s"),
        (f"{triples:,} triples: money by priority, plain, times raw Oxigraph", plain / _raw(folder), "×"),
    ]


def run() -> list[Figure]:
    """Return (what, value, unit); rdflib needs minutes to load the large graph and is asked on the corpus.

    The bounds: any named query on the corpus 0.3 s, lineage over everything 3 s, and on two million triples
    money by priority 1 s.
    """
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        _build(place / "corpus", _CORPUS)
        figures = _corpus(place / "corpus")
        (place / "lists").mkdir()
        parts = 3
        for number in range(parts):
            project_list(place / "lists" / f"list-{number}.csv", _PROJECTS // parts, seed=number)
        built = _build(place / "large", _CORPUS, place / "lists")
        return [*figures, *_large(place / "large", built)]
