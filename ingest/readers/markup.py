"""Parses XML that nobody vouches for: no entities, no network, no depth or length without bounds."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from ...errors import ReadError

__all__ = ["parse"]


def parse(data: bytes, *, path: Path, hint: str, part: str = "") -> etree._Element:
    """Parse XML and return its root, comments left out.

    Args:
        data: the whole of it, in the encoding that it declares.
        path, part: the file, and which part of an archive it is, for the message.
        hint: what to do where it is broken.

    Raises ReadError where it is not well-formed, nests or runs on beyond libxml2's limits, or has entities.
    """
    named = f"{path}, {part}," if part else str(path)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{named} is not well-formed XML: {error.msg}", path=path, hint=hint) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        raise ReadError(
            f"{named} declares XML entities, which nurt never opens.",
            path=path,
            hint="Documents as published have none: get it again, or expand the entities yourself.",
        )
    if next(root.iter(etree.Entity), None) is not None:
        raise ReadError(f"{named} uses an undefined XML entity.", path=path, hint=hint)
    return root
