"""Elements and attributes of Office Open XML by their local names: its two namespaces have the same ones."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

__all__ = ["attribute", "child", "elements", "flag", "local", "whole"]


def local(node: etree._Element) -> str:
    """The name of an element without its namespace; "" of a processing instruction."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def elements(node: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of a name; none where there is no node."""
    return (one for one in (node if node is not None else ()) if local(one) == name)


def child(node: etree._Element | None, path: str) -> etree._Element | None:
    """The first descendant at a path of local names ("pPr/numPr/ilvl"), or None."""
    for step in path.split("/"):
        node = next(elements(node, step), None)
    return node


def attribute(node: etree._Element | None, name: str = "val") -> str:
    """An attribute by its local name, or ""."""
    if node is None:
        return ""
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), "")


def whole(node: etree._Element | None, name: str = "val") -> int | None:
    """An attribute that is a whole number of 0 or more, or None."""
    value = attribute(node, name)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else None


def flag(node: etree._Element | None) -> bool:
    """Whether a property is on: there, and not set to "0", "false" or "off"."""
    return node is not None and attribute(node).lower() not in {"0", "false", "off"}
