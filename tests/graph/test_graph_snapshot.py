"""Publishing is atomic: whatever happens to a build, the last good graph stays in force."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nurt.errors import GraphError
from nurt.graph.snapshot import FORMAT, current, publish
from nurt.graph.store import Graph, open_graph

PUBLISH = """
import sys
from pathlib import Path
from nurt.graph.snapshot import publish
folder, first = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
for number in range(first, first + 1000):
    quads = "".join(f'<urn:s{i}> <urn:number> "{number}" <urn:g> .\\n' for i in range(300)).encode()
    texts = {"doc": f"text {number}\\n" * 50}
    publish(folder, nquads=quads, texts=texts, manifest={"number": number}, report={})
    print(number, flush=True)
"""


def put(folder: Path, number: int) -> Path:
    quads = f'<urn:s0> <urn:number> "{number}" <urn:g> .\n'.encode()
    return publish(
        folder, nquads=quads, texts={"doc": f"text {number}\n"}, manifest={"number": number}, report={}
    )


def check(graph: Graph) -> int:
    """The number a graph was published with, the same in store, text and manifest."""
    numbers = set(graph.select("SELECT DISTINCT ?n { ?s <urn:number> ?n }").column("n"))
    number = graph.manifest["number"]
    assert {str(found) for found in numbers} == {str(number)}
    assert set(graph.text("doc").splitlines()) == {f"text {number}"}
    return int(number)


def test_a_build_killed_at_any_moment_leaves_the_last_good_graph(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    put(folder, 0)
    last = 0
    moments = random.Random(20)
    for round_ in range(1, 16):
        with subprocess.Popen(
            [sys.executable, "-c", PUBLISH, str(folder), str(round_ * 1000)],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0.0, 0.35))
            process.send_signal(signal.SIGKILL)
            said = process.stdout.read().split()
        with open_graph(folder) as graph:
            found = check(graph)
        # In force is what was last announced, or the next one, killed between the swap and the announcement.
        announced = int(said[-1]) if said else last
        assert found in (announced, announced + 1, round_ * 1000)
        last = found
    put(folder, 99)
    with open_graph(folder) as graph:
        assert check(graph) == 99
    left = [path.name for path in folder.rglob(".unfinished*")]
    assert left == []
    assert len(list((folder / "snapshots").iterdir())) == 2


def test_equal_content_has_equal_ids_and_a_fresh_manifest(tmp_path: Path) -> None:
    first = publish(tmp_path / "a", nquads=b"", texts={"d": "x"}, manifest={"key": "old"}, report={"n": 1})
    again = publish(tmp_path / "a", nquads=b"", texts={"d": "x"}, manifest={"key": "new"}, report={"n": 2})
    other = publish(tmp_path / "b", nquads=b"", texts={"d": "x"}, manifest={}, report={})
    assert first == again
    assert first.name == other.name
    graph = open_graph(tmp_path / "a")
    assert (graph.manifest["key"], graph.report) == ("new", {"n": 2})
    changed = publish(tmp_path / "a", nquads=b"", texts={"d": "y"}, manifest={}, report={})
    assert changed.name != first.name


def test_the_one_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    paths = [put(tmp_path, number) for number in range(4)]
    assert {path.name for path in (tmp_path / "snapshots").iterdir()} == {paths[2].name, paths[3].name}
    assert current(tmp_path) == paths[3]


@pytest.mark.skipif(sys.platform == "win32", reason="no locks on folders there")
def test_a_snapshot_that_is_open_is_not_pruned(tmp_path: Path) -> None:
    put(tmp_path, 0)
    graph = open_graph(tmp_path)
    for number in range(1, 4):
        put(tmp_path, number)
    assert check(graph) == 0
    assert graph.path is not None
    assert graph.path.is_dir()
    graph.close()
    put(tmp_path, 4)
    assert not graph.path.exists()


def test_many_processes_read_while_another_publishes(tmp_path: Path) -> None:
    put(tmp_path, 0)
    read = """
import sys, time
from pathlib import Path
from nurt.graph.store import open_graph
end = time.monotonic() + 2
while time.monotonic() < end:
    with open_graph(Path(sys.argv[1])) as graph:
        found = {str(n) for n in graph.select("SELECT DISTINCT ?n { ?s <urn:number> ?n }").column("n")}
        assert found == {str(graph.manifest["number"])}, found
"""
    readers = [subprocess.Popen([sys.executable, "-c", read, str(tmp_path)]) for _ in range(2)]
    number = 0
    while any(reader.poll() is None for reader in readers):
        number += 1
        put(tmp_path, number)
    assert [reader.returncode for reader in readers] == [0, 0]
    assert number > 1


def test_two_builds_at_once_are_refused_with_the_pid(tmp_path: Path) -> None:
    hold = """
import sys, time
from pathlib import Path
from nurt.graph.locking import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(GraphError, match=f"process {process.pid}"):
            put(tmp_path, 1)
        process.kill()
    put(tmp_path, 1)


def test_malformed_quads_leave_the_graph_in_force(tmp_path: Path) -> None:
    put(tmp_path, 7)
    with pytest.raises(GraphError, match="no N-Quads"):
        publish(tmp_path, nquads=b"<urn:a> oops\n", texts={}, manifest={}, report={})
    assert check(open_graph(tmp_path)) == 7
    assert list(tmp_path.rglob(".unfinished*")) == []


def test_what_is_no_graph_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"no such folder.*nurt build"):
        open_graph(tmp_path / "missing")
    (tmp_path / "file").touch()
    with pytest.raises(GraphError, match="is a file"):
        open_graph(tmp_path / "file")
    with pytest.raises(GraphError, match="not a graph folder"):
        open_graph(tmp_path)
    (tmp_path / "snapshots").mkdir()
    with pytest.raises(GraphError, match="No build has finished"):
        open_graph(tmp_path)


@pytest.mark.parametrize(
    "what", ["CURRENT", "snapshot", "store", "store files", "manifest.json", "report.json"]
)
def test_a_damaged_graph_is_said_to_be_damaged(tmp_path: Path, what: str) -> None:
    snapshot = put(tmp_path, 0)
    match what:
        case "CURRENT":
            (tmp_path / "CURRENT").write_bytes(b"\xff../../etc")
        case "snapshot":
            shutil.rmtree(snapshot)
        case "store":
            shutil.rmtree(snapshot / "store")
        case "store files":
            for path in (snapshot / "store").iterdir():
                path.write_bytes(b"")
        case _:
            (snapshot / what).write_text("{", encoding="utf-8")
    with pytest.raises(GraphError, match=r"damaged.*build it again"):
        open_graph(tmp_path)
    put(tmp_path, 0)  # a new build mends it
    assert check(open_graph(tmp_path)) == 0


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (FORMAT + 1, "by a newer nurt.*Install the newer"),
        (0, "by an older nurt.*Build it again"),
        (None, "older"),
    ],
)
def test_a_graph_of_another_format_is_refused_and_built_anew(
    number: int | None, says: str, tmp_path: Path
) -> None:
    snapshot = put(tmp_path / "graph", 1)
    manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    assert manifest.pop("format") == FORMAT
    if number is not None:
        manifest["format"] = number
    (snapshot / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(GraphError, match=says):
        open_graph(tmp_path / "graph")
    put(tmp_path / "graph", 1)
    with open_graph(tmp_path / "graph") as graph:
        assert check(graph) == 1
