"""A folder of documents with gold in, outcomes and figures out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError
from ..inputs import Failure
from .comparison import Outcome, compare
from .figures import Figure, figures
from .findings import find
from .gold import gold_files, load

__all__ = ["Evaluation", "evaluate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What an evaluation found.

    Args:
        documents: how many were compared with their gold.
        outcomes: of everything asked for and everything found beyond it, document by document.
        figures: precision, recall and F1 of them.
        failures: documents that could not be read; all that their gold asks for is missed.
    """

    documents: int
    outcomes: tuple[Outcome, ...]
    figures: tuple[Figure, ...]
    failures: tuple[Failure, ...]


def evaluate(
    folder: Path, *, context: Sequence[Path] = (), cache: Path | None = None, processes: int = 1
) -> Evaluation:
    """Read the documents of a folder and compare what is found with their gold.

    Args:
        folder: documents, each with its ``NAME.gold.toml``, and a ``catalogue.toml``, which may leave out
            what is to be recognised; documents without gold are read, and not compared.
        context, cache, processes: as in ``findings.find``.

    Raises InputError where the folder holds no gold, or gold is not well-formed.
    """
    golds = [load(path) for path in gold_files(folder)]
    found = {
        findings.path.resolve(): findings
        for findings in find(folder, context, cache=cache, processes=processes)
    }
    outcomes: list[Outcome] = []
    failures: list[Failure] = []
    for gold in golds:
        findings = found.get((gold.path.parent / gold.document).resolve())
        if findings is None:
            raise InputError(
                f"{gold.document} is of no kind that nurt reads.",
                path=gold.path,
                hint="Its gold cannot be compared with anything; take it out of the folder.",
            )
        if findings.failure is not None:
            failures.append(findings.failure)
        outcomes += compare(gold, findings)
    return Evaluation(
        documents=len(golds), outcomes=tuple(outcomes), figures=figures(outcomes), failures=tuple(failures)
    )
