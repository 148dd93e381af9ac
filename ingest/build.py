"""Documents in, a validated graph out: read what changed, link, assemble, validate, replace atomically."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import NamedNode
from rdflib import URIRef

from ..errors import GraphError, InputError
from .cache import Cache, code_fingerprint, document_key
from .catalogue import Entry
from .claims import Extraction, Tally
from .codec import document_from_json, extraction_from_json
from .curating import Curated, curate, decisions_beside
from .decisions import Decision, dump
from .disagreement import kept_apart
from .document import Document
from .inputs import Failure, gather, refuse_overlap
from .report import HashedInput, manifest_of, report_of, rows_of, warnings_of
from .stages import Job, Json, link_document, read_document, run, sha256_of

__all__ = ["BuildResult", "Progress", "build"]

Progress = Callable[[str, int, int], None]
"""Called with the step ("read", "link", "assemble", "validate", "publish"), how far, and of how many."""

CACHE_FOLDER: Final = "cache"
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build did.

    Args:
        graph: the graph folder.
        snapshot: the id of the snapshot now in force.
        changed: False where every input was as in the last build and the graph was left as it is.
        documents: how many documents the graph holds.
        read: how many were read now; the others were kept from an earlier build.
        failures: inputs that could not be used; the graph holds the others.
        skipped: files in the given folders that are of no kind nurt reads.
        warnings: what was read only in part, by document id.
        reviews: how many decisions are left to a person.
        rows: what became of the rows of each list, by document id.
        decisions: how many decisions of people hold.
        lapsed: decisions that could not be applied, each a sentence that says which and why.
        seconds: how long it took.
        stages: how long each step took, in seconds.
    """

    graph: Path
    snapshot: str
    changed: bool
    documents: int
    read: int
    failures: tuple[Failure, ...]
    skipped: tuple[str, ...]
    warnings: dict[str, tuple[str, ...]]
    reviews: int
    seconds: float
    rows: dict[str, Tally] = field(default_factory=dict)
    decisions: int = 0
    lapsed: tuple[str, ...] = ()
    stages: dict[str, float] = field(default_factory=dict)


def _silent(_step: str, _done: int, _total: int) -> None:
    """The progress of a build that nobody watches."""


def _hash_inputs(entries: Iterable[Entry]) -> tuple[list[HashedInput], list[Failure]]:
    inputs: list[HashedInput] = []
    failures: list[Failure] = []
    for entry in entries:
        try:
            sha256 = sha256_of(entry.path)
        except InputError as error:
            failures.append(Failure.of(entry.path, error))
        else:
            inputs.append(HashedInput(entry, sha256, document_key(entry, sha256)))
    return inputs, failures


def _build_key(
    inputs: Sequence[HashedInput], failures: Sequence[Failure], decided: Sequence[Decision]
) -> str:
    """What decides the outcome of a build; equal keys mean equal graphs."""
    parts = [code_fingerprint(), *(item.entry.id + item.key for item in inputs)]
    parts += [failure.path for failure in failures]
    parts.append(dump(decided))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _unchanged(output: Path, key: str) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
    """Snapshot id, manifest and report of the graph in force, if it was built from the same inputs."""
    from ..graph.store import open_graph

    try:
        with open_graph(output) as graph:
            same = graph.manifest.get("key") == key
            return (graph.snapshot, graph.manifest, graph.report) if same else None
    except GraphError:
        return None  # missing or damaged: built anew


def _staged(
    kind: str,
    inputs: Sequence[HashedInput],
    keys: Sequence[str],
    make: Callable[[list[int]], Iterable[tuple[Entry, Json | Failure]]],
    cache: Cache,
    progress: Progress,
) -> tuple[dict[str, Json], list[Failure], int]:
    """Take from the cache what is there, make the rest, keep it; results by document id."""
    found = {item.entry.id: cache.load(kind, key) for item, key in zip(inputs, keys, strict=True)}
    results = {name: data for name, data in found.items() if data is not None}
    todo = [position for position, item in enumerate(inputs) if item.entry.id not in results]
    key_of = {item.entry.id: key for item, key in zip(inputs, keys, strict=True)}
    failures: list[Failure] = []
    progress(kind, len(results), len(inputs))
    for done, (entry, outcome) in enumerate(make(todo), start=len(results) + 1):
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            results[entry.id] = outcome
            cache.store(kind, key_of[entry.id], outcome)
        progress(kind, done, len(inputs))
    cache.prune(kind, set(keys))
    return results, failures, len(todo)


def build(
    paths: Sequence[Path],
    output: Path,
    *,
    processes: int = 1,
    progress: Progress = _silent,
) -> BuildResult:
    """Build the graph of the given documents in a graph folder.

    Documents that have not changed since the last build in this folder are not read again. A document that
    cannot be read, or whose contents break the shapes, does not stop the others; it is in
    ``BuildResult.failures``. The graph in force is replaced only by one that conforms to the shapes.

    Args:
        paths: files, and folders of files; a folder's ``catalogue.toml`` says what its documents are.
        output: the graph folder; made if missing.
        processes: how many processes read at a time.
        progress: is told how far the build is.

    Raises InputError where no document at all could be read or ``output`` lies over the inputs,
    InvalidGraphError where the new graph breaks the shapes (the last good graph stays), GraphError where the
    folder is in use or not a graph folder.
    """
    from ..graph.snapshot import publish

    began = time.monotonic()
    stages: dict[str, float] = {}

    def timed(step: str, since: float) -> float:
        stages[step] = time.monotonic() - since
        return time.monotonic()

    refuse_overlap(paths, output)
    gathered = gather(paths)
    inputs, unreadable = _hash_inputs(gathered.entries)
    failures = [*gathered.failures, *unreadable]
    decided = decisions_beside([*paths, *(item.entry.path for item in inputs)])
    key = _build_key(inputs, failures, decided)
    if same := _unchanged(output, key):
        snapshot, manifest, report = same
        return BuildResult(
            graph=output,
            snapshot=snapshot,
            changed=False,
            documents=len(manifest["documents"]),
            read=0,
            failures=tuple(Failure(**failure) for failure in report["failures"]),
            skipped=gathered.skipped,
            warnings=warnings_of(report),
            reviews=len(report["reviews"]),
            seconds=time.monotonic() - began,
            rows=rows_of(report),
            decisions=len(report["decisions"]["applied"]),
            lapsed=tuple(report["decisions"]["lapsed"]),
        )
    mark = timed("hash", began)
    cache = Cache(output / CACHE_FOLDER)

    def reading(todo: list[int]) -> Iterable[tuple[Entry, Json | Failure]]:
        jobs: list[Job] = [(inputs[position].entry, {}) for position in todo]
        return run(read_document, jobs, processes=processes)

    read, broken, read_now = _staged("read", inputs, [item.key for item in inputs], reading, cache, progress)
    failures += broken
    inputs = [item for item in inputs if item.entry.id in read]
    if not inputs:
        raise _nothing(paths, failures)
    mark = timed("read", mark)

    extracted = kept_apart([extraction_from_json(read[item.entry.id]["extraction"]) for item in inputs])
    linked, unlinked = _link(inputs, read, extracted, cache, processes, progress)
    failures += unlinked
    mark = timed("link", mark)

    from .circles import without_circles
    from .suggestions import suggest
    from .wording import infer

    together = [*extracted, *linked]
    curated = _curated(decided, [*together, *infer(together), *suggest(together)], read)
    extractions = without_circles(curated.extractions)
    from .conforming import conforming, without

    def assembled(left_out: frozenset[str]) -> bytes:
        nonlocal mark
        nquads = _assemble(
            [item for item in inputs if item.entry.id not in left_out],
            read,
            without(extractions, left_out),
            progress,
        )
        mark = timed("assemble", mark)
        progress("validate", 0, 1)
        return nquads

    paths_of = {item.entry.id: item.entry.path for item in inputs}
    nquads, left_out = conforming(assembled, extractions, paths_of, output / "refused.txt")
    progress("validate", 1, 1)
    failures += left_out.values()
    inputs = [item for item in inputs if item.entry.id not in left_out]
    extractions = without(extractions, frozenset(left_out))
    report = report_of(inputs, read, extractions, failures, curated)
    mark = timed("validate", mark)

    progress("publish", 0, 1)
    snapshot_path = publish(
        output,
        nquads=nquads,
        texts={item.entry.id: read[item.entry.id]["document"]["text"] for item in inputs},
        manifest=manifest_of(inputs, read, key),
        report=report,
    )
    timed("publish", mark)
    progress("publish", 1, 1)
    return BuildResult(
        graph=output,
        snapshot=snapshot_path.name,
        changed=True,
        documents=len(inputs),
        read=read_now - len(broken),
        failures=tuple(failures),
        skipped=gathered.skipped,
        warnings=warnings_of(report),
        reviews=len(report["reviews"]),
        seconds=time.monotonic() - began,
        rows=rows_of(report),
        decisions=len(curated.applied),
        lapsed=tuple(report["decisions"]["lapsed"]),
        stages=stages,
    )


def _nothing(paths: Sequence[Path], failures: Sequence[Failure]) -> InputError:
    reasons = " ".join(f"{failure.message} {failure.hint}".strip() for failure in failures[:_SHOWN])
    if len(failures) > _SHOWN:
        reasons += f" (and {len(failures) - _SHOWN} more)"
    return InputError(
        f"None of the inputs could be read. {reasons}".strip(),
        path=paths[0] if paths else Path(),
        hint="The graph was left as it was.",
    )


def _link(
    inputs: Sequence[HashedInput],
    read: dict[str, Json],
    extracted: Sequence[Extraction],
    cache: Cache,
    processes: int,
    progress: Progress,
) -> tuple[list[Extraction], list[Failure]]:
    from .gazetteer import Gazetteer

    gazetteer = Gazetteer.build(element for extraction in extracted for element in extraction.elements)
    fingerprint = gazetteer.fingerprint()
    keys = [hashlib.sha256(f"{item.key}{fingerprint}".encode()).hexdigest() for item in inputs]

    def linking(todo: list[int]) -> Iterable[tuple[Entry, Json | Failure]]:
        jobs: list[Job] = [(inputs[position].entry, read[inputs[position].entry.id]) for position in todo]
        return run(link_document, jobs, gazetteer, processes=processes)

    linked, failures, _ = _staged("link", inputs, keys, linking, cache, progress)
    found = [extraction_from_json(linked[item.entry.id]) for item in inputs if item.entry.id in linked]
    return found, failures


def _curated(
    decided: Sequence[Decision], extractions: Sequence[Extraction], read: dict[str, Json]
) -> Curated:
    """Apply what people decided; a document is taken from the cache only where somebody decided on it."""
    from ..ontology.vocabularies import vocabulary_quads

    if not decided:
        return Curated(extractions=tuple(extractions), applied=(), lapsed=())

    @cache
    def document(name: str) -> Document | None:
        return document_from_json(read[name]["document"]) if name in read else None

    known = {element.iri for extraction in extractions for element in extraction.elements}
    known |= {
        URIRef(quad.subject.value) for quad in vocabulary_quads() if isinstance(quad.subject, NamedNode)
    }
    return curate(decided, extractions, document, frozenset(known))


def _assemble(
    inputs: Sequence[HashedInput],
    read: dict[str, Json],
    extractions: Sequence[Extraction],
    progress: Progress,
) -> bytes:
    from ..ontology.vocabularies import vocabulary_quads
    from .assemble import Source, assemble

    progress("assemble", 0, 1)
    sources = []
    for item in inputs:
        document = read[item.entry.id]["document"]
        sources.append(
            Source(
                entry=item.entry,
                sha256=item.sha256,
                family=read[item.entry.id]["extraction"]["family"],
                language=document["language"] or "",
                title=document["metadata"].get("title", ""),
                media_type=document["media_type"],
            )
        )
    nquads = assemble(sources, extractions, vocabulary_quads())
    progress("assemble", 1, 1)
    return nquads
