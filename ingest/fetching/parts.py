"""The parts of an original: out of the archive in which Cellar packs Formex, in the order of its manifest."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lxml import etree

from .formats import UnfitError

__all__ = ["file_name", "in_order", "is_archive", "unpack"]

_MOST_MEMBERS: Final = 2000
_CHUNK: Final = 1 << 20


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP archive, by its first bytes."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def file_name(printed: str, taken: Sequence[str], fallback: str) -> str:
    """A name for a file on this machine from one that a server gave: no folders, nothing hidden, not taken.

    >>> file_name("../../etc/L 347.xml", ["l_347.xml"], "part-1")
    '2-L_347.xml'
    """
    last = re.split(r"[/\\]", printed.strip())[-1]
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", last).lstrip("._-")[-120:] or fallback
    lower, number, free = {other.lower() for other in taken}, 2, name
    while free.lower() in lower:
        free, number = f"{number}-{name}", number + 1
    return free


def unpack(archive: Path, folder: Path, *, limit: int, address: str) -> tuple[list[Path], tuple[str, ...]]:
    """Write the XML files of an archive to a folder, under names of their own; names of the others.

    Args:
        limit: in bytes, of all files together, counted as they are unpacked.
        address: for messages.

    Raises UnfitError for an archive that is broken, locked, or larger than the limit.
    """
    written: list[Path] = []
    others: list[str] = []
    left = limit
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
            if len(members) > _MOST_MEMBERS:
                raise UnfitError(
                    f"{address} holds {len(members)} files; no act has so many. Nothing was kept."
                )
            for member in members:
                if not member.filename.lower().endswith(".xml"):
                    others.append(member.filename)
                    continue
                path = folder / file_name(
                    member.filename, [p.name for p in written], f"part-{len(written) + 1}"
                )
                left -= _write(opened, member, path, left)
                if left < 0:
                    raise UnfitError(
                        f"{address} unpacks to more than {limit // 2**20} MB. Nothing was kept.",
                        hint="Download it yourself and look what it is.",
                    )
                written.append(path)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise UnfitError(
            f"{address} sends a broken archive: {error}. Nothing was kept.", hint="Try again later."
        ) from error
    if not written:
        raise UnfitError(f"{address} sends an archive without XML: {', '.join(others[:5]) or 'it is empty'}.")
    return written, tuple(others)


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, left: int) -> int:
    """Unpack one file, stopping one byte past what is left; how many bytes were written."""
    size = 0
    with opened.open(member) as source, path.open("wb") as target:
        while size <= left and (piece := source.read(min(_CHUNK, left - size + 1))):
            target.write(piece)
            size += len(piece)
    return size


def in_order(paths: Sequence[Path], address: str) -> list[Path]:
    """The documents among Formex files, the act before its annexes; manifest and contents page left out.

    The manifest (root element ``DOC``) names the files in the order of publication. Without one the order
    stays as it is. Raises UnfitError for a file that is not well-formed.

    Args:
        address: for messages.
    """
    roots = {path: _root(path, address) for path in paths}
    parts = [path for path, root in roots.items() if _tag(root) not in ("DOC", "PUBLICATION")]
    for root in roots.values():
        if _tag(root) == "DOC":
            named = [str(node.get("FILE", "")) for node in root.iter("REF.PHYS")]
            order = {file_name(name, (), name): place for place, name in reversed(list(enumerate(named)))}
            parts.sort(key=lambda part: order.get(part.name, len(order)))
    return parts or list(paths)


def _tag(root: etree._Element) -> str:
    return str(etree.QName(root).localname)


def _root(path: Path, address: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.parse(str(path), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise UnfitError(
            f"{address} sends {path.name}, which is not well-formed XML: {error.msg}. Nothing was kept.",
            hint="Try again later, or ask for another --format.",
        ) from error
