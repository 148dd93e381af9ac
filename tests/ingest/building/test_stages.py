"""A document that exhausts memory, the stack or its process is a failure of its own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from nurt.ingest.catalogue import Entry
from nurt.ingest.inputs import Failure
from nurt.ingest.stages import Job, run

JOBS: list[Job] = [
    (Entry(id=name, path=Path(f"{name}.txt")), {}) for name in ("good", "deep", "large", "fine")
]


def work(job: Job) -> dict[str, Any]:
    match job[0].id:
        case "deep":
            raise RecursionError
        case "large":
            raise MemoryError
        case "crash":
            os._exit(11)
    return {"id": job[0].id}


@pytest.mark.parametrize("processes", [1, 2])
def test_the_others_go_on(processes: int) -> None:
    found = {entry.id: outcome for entry, outcome in run(work, JOBS, processes=processes)}
    assert [found[name] for name in ("good", "fine")] == [{"id": "good"}, {"id": "fine"}]
    messages = [outcome.message for outcome in found.values() if isinstance(outcome, Failure)]
    assert sorted(messages) == ["deep.txt nests too deeply.", "large.txt is too large for the memory."]


def test_a_process_that_dies_takes_one_document_with_it() -> None:
    jobs: list[Job] = [(Entry(id=name, path=Path(f"{name}.pdf")), {}) for name in ("good", "crash", "fine")]
    found = {entry.id: outcome for entry, outcome in run(work, jobs, processes=2)}
    crashed = found.pop("crash")
    assert isinstance(crashed, Failure)
    assert "crash" in crashed.message
    assert found == {"good": {"id": "good"}, "fine": {"id": "fine"}}
