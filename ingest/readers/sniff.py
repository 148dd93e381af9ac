"""Tells the format of a file by what is in it, and refuses early what no reader can read."""

from __future__ import annotations

import hashlib
import re
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Final

from ...errors import InputError, ReadError
from ...ontology.identifiers import slug
from .base import Reader, Source

__all__ = ["LARGEST", "examine", "reader_for"]

LARGEST: Final = 150 * 1024 * 1024
"""The largest file that is read, in bytes."""
_HEAD: Final = 65536
_MARKUP: Final = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:p|div|table|h[1-6]|section|article|ul|main)[\s>]",
    re.IGNORECASE,
)
_ROOT_NAME: Final = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_PROLOGUE: Final = re.compile(
    rb"\s*(?:<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|\s)*", re.DOTALL | re.IGNORECASE
)
_FORMEX_ROOTS: Final = frozenset(
    b"ACT ANNEX CONS.ACT CONS.ANNEX CONS.DOC CONS.OTH.DOC DOC GENERAL AGR LETTER OPINION PUBLICATION "
    b"PROPOSAL CORRIGENDUM CJT CONTENTS ADDITIONAL.DOCS REPORT ECR.DOC".split()
)


def examine(path: Path, document_id: str | None = None) -> Source:
    """Look at a file before it is read.

    Raises InputError for a path that is no file, ReadError for a file that is empty, all zeros or too large.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder.", path=path, hint="Give a file, or build the folder.")
    if not path.exists():
        raise InputError(f"{path} does not exist.", path=path, hint="Check the path.")
    if not path.is_file():
        raise InputError(f"{path} is not a regular file.", path=path, hint="Give a file.")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if not head:
                raise ReadError(f"{path} is empty.", path=path, hint="Download or export it again.")
            if not head.strip(b"\x00"):
                raise ReadError(
                    f"{path} holds nothing but zero bytes ({size} bytes).",
                    path=path,
                    hint="The download or copy failed: fetch it again.",
                )
            if size > LARGEST:
                raise ReadError(
                    f"{path} has {size // 2**20} MB, more than the {LARGEST // 2**20} MB that nurt reads.",
                    path=path,
                    hint="Split it, or give the original document without its scans.",
                )
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"{path} cannot be opened: {error.strerror or error}.", path=path, hint="Check its permissions."
        ) from error
    return Source(path, document_id or slug(path.stem) or "document", sha256, head)


def reader_for(source: Source) -> Reader:
    """The reader of the format that the content shows; raises ReadError where there is none."""
    module, name = _format(source)
    reader = getattr(import_module(f".{module}", __package__), name)()
    assert isinstance(reader, Reader)
    return reader


def _refuse(source: Source, what: str, hint: str) -> ReadError:
    return ReadError(f"{source.path} {what}", path=source.path, hint=hint)


def _format(source: Source) -> tuple[str, str]:
    head, ending = source.head, source.path.suffix.lower()
    if b"%PDF-" in head[:1024]:
        return "pdf", "PDFReader"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(source)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(source)
    for magic, what in _OTHERS:
        if head.startswith(magic):
            raise _refuse(source, f"is {what}, which nurt does not read.", "Convert it to PDF, DOCX or HTML.")
    kind = _markup(source)
    if ending == ".pdf":
        found = "an HTML page" if kind == ("html", "HTMLReader") else "no PDF"
        raise _refuse(
            source,
            f"is named .pdf but holds {found}.",
            "The server probably sent an error page: download it again, or give the file its right ending.",
        )
    if kind:
        return kind
    if ending in {".docx", ".xlsx", ".xls", ".doc"}:
        raise _refuse(source, f"is named {ending} but is not such a file.", "Download or export it again.")
    if ending in {".csv", ".tsv"}:
        return "spreadsheet", "CSVReader"
    if ending in {".md", ".markdown"}:
        return "text", "MarkdownReader"
    return "text", "TextReader"


_OTHERS: Final = (
    (b"{\\rtf", "a Rich Text document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"%!PS", "PostScript"),
)


def _markup(source: Source) -> tuple[str, str] | None:
    """The reader of a text that is marked up, or None for text that is not."""
    head, ending = source.head.removeprefix(b"\xef\xbb\xbf"), source.path.suffix.lower()
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[: len(head) & ~1].decode("utf-16", "replace").encode()
    start = _PROLOGUE.match(head)
    rest = head[start.end() if start else 0 :]
    root = _ROOT_NAME.match(rest)
    if root:
        name = root.group(1).rpartition(b":")[2]
        if name.lower() == b"html":
            return "html", "HTMLReader"
        if name in _FORMEX_ROOTS:
            return "formex", "FormexReader"
    if head.lstrip().startswith(b"<?xml") or (ending in {".xml", ".fmx"} and head.lstrip().startswith(b"<")):
        if _MARKUP.search(head) and b"http://www.w3.org/1999/xhtml" in head:
            return "html", "HTMLReader"
        return "formex", "FormexReader"  # which says what is wrong with the XML, or that it is not Formex
    if ending in {".html", ".htm", ".xhtml", ".xht"}:
        return "html", "HTMLReader"
    if (root and _MARKUP.search(head[:4096])) or re.match(
        rb"\s*<(?:!doctype\s+html|html)", head, re.IGNORECASE
    ):
        return ("html", "HTMLReader") if ending not in {".md", ".markdown", ".csv"} else None
    if ending in {".xml", ".fmx"}:
        return "formex", "FormexReader"
    return None


def _zipped(source: Source) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(source.path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise _refuse(source, f"is a broken or truncated archive: {error}.", "Download it again.") from error
    if "word/document.xml" in names:
        return "docx", "DOCXReader"
    if any(name.startswith("xl/workbook") for name in names):
        return "workbook", "WorkbookReader"
    if "content.xml" in names:
        raise _refuse(source, "is an OpenDocument file.", "Save it as DOCX, XLSX or PDF.")
    raise _refuse(source, "is an archive that holds no DOCX or XLSX document.", "Unpack it first.")


def _compound(source: Source) -> tuple[str, str]:
    """OLE compound files: old Excel, old Word, or a modern document behind a password."""
    data = source.path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _refuse(source, "is protected with a password.", "Save it without the password.")
    if "WordDocument".encode("utf-16-le") in data:
        raise _refuse(source, "is a Word 97–2003 document.", "Save it as DOCX or PDF.")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "workbook", "WorkbookReader"
    raise _refuse(source, "is a compound file of an unknown kind.", "Save it as DOCX, XLSX or PDF.")
