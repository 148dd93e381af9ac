"""Bytes to text: the declared encoding where it holds, else the one whose Polish makes sense."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from ...errors import ReadError

__all__ = ["declared_in_markup", "decode"]

_DECLARED: Final = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""",
    re.IGNORECASE,
)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Where the two Central European code pages differ in letters of Polish.
_CP1250_LETTERS: Final = frozenset(b"\xa5\xb9\x8c\x9c\x8f\x9f")
_ISO_LETTERS: Final = frozenset(b"\xa1\xb1\xa6\xb6\xac\xbc")
_POLISH_COMMON: Final = frozenset(b"\xe6\xea\xf1\xf3\xb3\xbf\xc6\xca\xd1\xd3\xa3\xaf")  # ćęńółż in both
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_LETTERS_EN: Final = re.compile(rb"[A-Za-z]")
# What UTF-8 turns into when somebody read it as cp1250, cp1252 or iso-8859-1 and saved it again.
_MOJIBAKE: Final = re.compile("[ĂÃÄÅĹ][\x80-\xbf\u2020-\u203a\u0161\u017e\u015b\u015f\u013e\u0142\u02c7]|â€")
_POLISH_TEXT: Final = re.compile("[ąęłńśźżćĄĘŁŃŚŹŻĆ]")
_SAVE_AS: Final = "Save the file as UTF-8 and try again."


def declared_in_markup(head: bytes) -> str:
    """The encoding that an XML declaration or a ``<meta>`` names, or ""."""
    match = _DECLARED.search(head[:4096])
    return (match.group(1) or match.group(2)).decode("ascii") if match else ""


def decode(data: bytes, *, path: Path, declared: str = "") -> tuple[str, list[str]]:
    """Return the text and warnings.

    Order: byte-order mark, UTF-8, the declared encoding, cp1250 or iso-8859-2 by which gives Polish
    letters, cp1252. Raises ReadError for what is no text in any of them, and for text that was already
    decoded wrongly and saved ("Å‚" for "ł").
    """
    text, warnings = _decode(data, path, declared)
    if "\x00" in text or len(_CONTROLS.findall(data[:65536])) > max(8, len(data[:65536]) // 200):
        raise ReadError(f"{path} holds binary data, not text.", path=path, hint="Give the original document.")
    sample = text[:400_000]
    garbled = _MOJIBAKE.findall(sample)
    if len(garbled) >= 5 and len(garbled) > len(_POLISH_TEXT.findall(sample)) // 4:
        raise ReadError(
            f"{path} was saved in a wrong encoding: {len(garbled)} letters are garbled "
            f"({garbled[0]!r} and the like).",
            path=path,
            hint="Take the original file, or save it again as UTF-8 from the program that made it.",
        )
    return text, warnings


def _decode(data: bytes, path: Path, declared: str) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, path), []
    if b"\x00" in data[:65536]:
        if data[:2000].count(b"\x00") * 3 > len(data[:2000]):
            hint = "It looks like UTF-16 without a byte-order mark. " + _SAVE_AS
        else:
            hint = "Give the original document."
        raise ReadError(f"{path} holds binary data, not text.", path=path, hint=hint)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    name = _known(declared)
    if name and name != "utf-8":
        try:
            return data.decode(name), []
        except (UnicodeDecodeError, UnicodeError):
            pass
    encoding = _central_european(data, path)
    warnings = []
    if declared:
        warnings.append(f"The file says it is {declared}, but it is not; it was read as {encoding}.")
    return _strict(data, encoding, path), warnings


def _known(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name if declared else ""
    except LookupError:
        return ""
    # Only text encodings: codecs.lookup also knows "rot13" and "zlib".
    return name if name.startswith(("utf", "cp", "iso", "latin", "ascii", "koi", "mac")) else ""


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise ReadError(f"{path} is not {encoding} text: {error}.", path=path, hint=_SAVE_AS) from error


def _central_european(data: bytes, path: Path) -> str:
    """Choose between cp1250, iso-8859-2 and cp1252; raises ReadError where none is likely."""
    sample = data[:1_000_000]
    high = [byte for byte in sample if byte >= 0x80]
    letters = len(_LETTERS_EN.findall(sample))
    # Text of a European language has far more ASCII letters than others; junk has about one in five.
    if len(high) > letters // 2 + 3:
        raise ReadError(
            f"{path} is not UTF-8, and not a Polish or Western code page either.", path=path, hint=_SAVE_AS
        )
    cp1250 = sum(byte in _CP1250_LETTERS for byte in high)
    iso = sum(byte in _ISO_LETTERS for byte in high)
    common = sum(byte in _POLISH_COMMON for byte in high)
    if cp1250 + iso + common == 0:
        return "cp1252" if not any(byte in b"\x81\x8d\x8f\x90\x9d" for byte in high) else "iso-8859-1"
    undefined = any(byte in b"\x81\x83\x88\x90\x98" for byte in high)
    if iso > cp1250 or undefined:
        return "iso-8859-2"
    return "cp1250"
