"""Graph folders: every build writes a whole new snapshot, and one atomic step puts it in force.

A graph folder holds ``CURRENT`` (the id of the snapshot in force) and ``snapshots/<id>/`` with ``store/``
(Oxigraph), ``texts/`` (one file per document, UTF-8), ``manifest.json`` and ``report.json``. A snapshot's
folder gets its name only when everything in it is on disk, and ``CURRENT`` is replaced after that: a build
killed at any moment leaves the last good graph in force. The id is the hash of quads and texts, so equal
content has equal ids.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox

from ..errors import GraphError
from .engine import merge_into_default
from .locking import Hold, exclusive, in_use

__all__ = [
    "FORMAT",
    "Hold",
    "Texts",
    "check_format",
    "current",
    "damaged",
    "hold",
    "publish",
    "read_json",
    "read_manifest",
]

FORMAT: Final = 1
"""The format of graph folders and of the graph itself; one of another format is not read but built anew."""

CURRENT: Final = "CURRENT"
SNAPSHOTS: Final = "snapshots"
_UNFINISHED: Final = ".unfinished-"
_ID: Final = re.compile(r"[0-9a-f]{20}")
_LONGEST_NAME: Final = 150


class Texts(Mapping[str, str]):
    """The kept texts of a snapshot by document id, each read when asked for."""

    def __init__(self, snapshot: Path, manifest: Mapping[str, Any]) -> None:
        self._snapshot = snapshot
        self._kept: Mapping[str, Mapping[str, str]] = manifest.get("texts", {})

    def __getitem__(self, document: str) -> str:
        path = self._snapshot / "texts" / self._kept[document]["file"]
        try:
            return path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise damaged(self._snapshot, str(error)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def damaged(snapshot: Path, why: str) -> GraphError:
    """The error for a snapshot that lacks something or cannot be read."""
    return GraphError(
        f"The graph in {snapshot} is damaged: {why}.",
        hint="Delete the graph folder and build it again: nurt build DOCUMENTS --output FOLDER.",
    )


def current(folder: Path) -> Path:
    """The folder of the snapshot in force.

    Raises GraphError where there is none, saying whether a build was never made, never finished or was lost.
    """
    build = f"Build a graph first: nurt build DOCUMENTS --output {folder}."
    if not folder.exists():
        raise GraphError(f"There is no graph in {folder}: no such folder.", hint=build)
    if not folder.is_dir():
        raise GraphError(f"{folder} is a file, not a graph folder.", hint=build)
    if (folder / "store").is_dir() and (folder / "manifest.json").is_file():
        return folder
    try:
        name = (folder / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        if (folder / SNAPSHOTS).is_dir():
            raise GraphError(f"No build has finished in {folder} yet.", hint=build) from None
        raise GraphError(f"{folder} is not a graph folder.", hint=build) from None
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(folder, f"{CURRENT} cannot be read ({error})") from None
    if not _ID.fullmatch(name):
        raise damaged(folder, f"{CURRENT} does not name a snapshot")
    snapshot = folder / SNAPSHOTS / name
    if not (snapshot / "store").is_dir():
        raise damaged(folder, f"snapshot {name}, which is in force, is missing or incomplete")
    return snapshot


def hold(folder: Path) -> tuple[Path, Hold]:
    """The snapshot in force, held so that no build prunes it while it is read; raises as ``current`` does."""
    while True:
        snapshot = current(folder)
        try:
            held = Hold(snapshot)
        except FileNotFoundError:
            continue  # pruned between the two steps: a newer one is in force
        if (snapshot / "store").is_dir():
            return snapshot, held
        held.release()


def read_json(snapshot: Path, name: str) -> dict[str, Any]:
    """Read ``manifest.json`` or ``report.json`` of a snapshot; raises GraphError where it is damaged."""
    try:
        found = json.loads((snapshot / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise damaged(snapshot, f"{name}: {error}") from None
    if not isinstance(found, dict):
        raise damaged(snapshot, f"{name} is not an object")
    return found


def check_format(manifest: Mapping[str, Any], place: Path | str) -> None:
    """Raise GraphError where a graph has another format than this nurt reads."""
    found = manifest.get("format")
    if found == FORMAT:
        return
    newer = isinstance(found, int) and found > FORMAT
    by = f" (nurt {manifest['nurt']})" if manifest.get("nurt") else ""
    raise GraphError(
        f"The graph in {place} was made by {'a newer' if newer else 'an older'} nurt{by}: its format is "
        f"{found if found is not None else 'not numbered'}, this nurt reads format {FORMAT}.",
        hint="Install the newer nurt." if newer else "Build it again: nurt build DOCUMENTS --output FOLDER.",
    )


def read_manifest(snapshot: Path) -> dict[str, Any]:
    """Read ``manifest.json`` of a snapshot; raises GraphError where it is damaged or of another format."""
    manifest = read_json(snapshot, "manifest.json")
    check_format(manifest, snapshot)
    return manifest


def _sync(path: Path) -> None:
    """Bring a file or folder to disk; folders only where the system can."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:
        return  # folders on Windows
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(path: Path, content: bytes) -> None:
    """Write a file beside its place, bring it to disk, and put it in place in one step."""
    beside = path.with_name(f"{_UNFINISHED}{path.name}")
    beside.write_bytes(content)
    _sync(beside)
    beside.replace(path)
    _sync(path.parent)


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _file_name(document: str) -> str:
    name = quote(document, safe="-_.").lstrip(".")
    if len(name) > _LONGEST_NAME or not name:
        name = hashlib.sha256(document.encode()).hexdigest()
    return f"{name}.txt"


def _identify(nquads: bytes, texts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for part in (nquads, *(part for name in sorted(texts) for part in (name.encode(), texts[name]))):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()[:20]


def _write(building: Path, nquads: bytes, texts: Mapping[str, bytes], about: Mapping[str, bytes]) -> None:
    """Write a whole snapshot into ``building`` and bring it to disk."""
    store = ox.Store(building / "store")
    try:
        store.bulk_load(nquads, ox.RdfFormat.N_QUADS)
        merge_into_default(store)
    except (SyntaxError, ValueError) as error:
        raise GraphError(f"What is to be published are no N-Quads: {error}.") from None
    store.flush()
    del store  # closes it
    (building / "texts").mkdir()
    for document, text in texts.items():
        (building / "texts" / _file_name(document)).write_bytes(text)
    for name, content in about.items():
        (building / name).write_bytes(content)
    for path in sorted(building.rglob("*")):
        _sync(path)
    _sync(building)


def _opens(snapshot: Path) -> bool:
    try:
        ox.Store.read_only(str(snapshot / "store"))
        read_manifest(snapshot)
    except (OSError, ValueError, RuntimeError, GraphError):
        return False
    return True


def _clean(snapshots: Path) -> None:
    """Remove what killed builds left behind; called with the lock held, so nobody is at it any more."""
    for left in (*snapshots.glob(f"{_UNFINISHED}*"), *snapshots.parent.glob(f"{_UNFINISHED}*")):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def _prune(snapshots: Path, keep: frozenset[str]) -> None:
    """Remove old snapshots that nobody reads."""
    for old in sorted(snapshots.iterdir()):
        if _ID.fullmatch(old.name) and old.name not in keep and not in_use(old):
            # Out of sight first: a removal that is killed half-way must not leave half a snapshot behind.
            gone = old.with_name(f"{_UNFINISHED}{old.name}")
            old.replace(gone)
            shutil.rmtree(gone, ignore_errors=True)


def publish(
    folder: Path,
    *,
    nquads: bytes,
    texts: Mapping[str, str],
    manifest: Mapping[str, Any],
    report: Mapping[str, Any],
) -> Path:
    """Put a new graph in force and return the folder of its snapshot; the one before it is kept.

    Where quads and texts are those of a snapshot that is there, only its manifest and report are replaced.

    Args:
        folder: the graph folder; made if missing.
        nquads: the whole graph.
        texts: the kept text of each document by its id.
        manifest: what was built from what; ``format`` and ``texts`` (file and SHA-256 of each) are added.
        report: what the build understood and what it did not.

    Raises GraphError where another build is writing there, the place cannot be written or ``nquads`` is
    malformed; the graph in force then stays as it is.
    """
    snapshots = folder / SNAPSHOTS
    try:
        snapshots.mkdir(parents=True, exist_ok=True)
        with exclusive(folder):
            return _publish(folder, nquads, texts, manifest, report)
    except OSError as error:
        raise GraphError(
            f"The graph cannot be written to {folder}: {error}.",
            hint="Check the place, its permissions and the free space; the graph in force stays.",
        ) from error


def _publish(
    folder: Path,
    nquads: bytes,
    texts: Mapping[str, str],
    manifest: Mapping[str, Any],
    report: Mapping[str, Any],
) -> Path:
    snapshots = folder / SNAPSHOTS
    _clean(snapshots)
    encoded = {name: text.encode("utf-8") for name, text in texts.items()}
    kept = {
        name: {"file": _file_name(name), "sha256": hashlib.sha256(text).hexdigest()}
        for name, text in sorted(encoded.items())
    }
    about = {
        "report.json": _json(report),
        "manifest.json": _json({**manifest, "format": FORMAT, "texts": kept}),
    }
    name = _identify(nquads, encoded)
    snapshot = snapshots / name
    if snapshot.is_dir() and _opens(snapshot):
        for file, content in about.items():
            _replace(snapshot / file, content)
    else:
        building = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=snapshots))
        try:
            building.chmod(0o755)
            _write(building, nquads, encoded, about)
            if snapshot.exists():  # damaged
                snapshot.replace(snapshot.with_name(f"{_UNFINISHED}{name}-damaged"))
            building.replace(snapshot)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        _sync(snapshots)
    try:
        before = current(folder).name
    except GraphError:
        before = ""
    if before != name:
        _replace(folder / CURRENT, f"{name}\n".encode("ascii"))
    previous = {before} if before != name else _previous(snapshots, name)
    _prune(snapshots, frozenset({name} | previous))
    return snapshot


def _previous(snapshots: Path, name: str) -> set[str]:
    """The newest snapshot that is not in force, where a build came out as the one before."""
    others = [path for path in snapshots.iterdir() if _ID.fullmatch(path.name) and path.name != name]
    return {max(others, key=lambda path: path.stat().st_mtime).name} if others else set()
