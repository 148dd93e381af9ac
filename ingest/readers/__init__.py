"""Readers: one file per format; ``read`` tells the format by its content and returns the document."""

from __future__ import annotations

from pathlib import Path

from ..document import Document
from .sniff import examine, reader_for

__all__ = ["read"]


def read(path: Path, *, document_id: str | None = None) -> Document:
    """Read a document of any format that nurt knows.

    Args:
        path: PDF, HTML, Formex 4, Markdown, plain text, DOCX, XLSX, XLS or CSV; told by content, and by
            the name's ending only between Markdown, plain text and CSV.
        document_id: the document's name in the graph; the file's name without ending where not given.

    Raises:
        InputError: there is no such file, or it is a folder, or it may not be opened.
        ReadError: the file is broken, locked, empty, too large, or in no format that nurt reads.
    """
    source = examine(path, document_id)
    return reader_for(source).read(source)
