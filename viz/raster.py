"""SVG pictures as PNG, with the fonts of the machine."""

from __future__ import annotations

from functools import cache
from typing import Final

from ..errors import NurtError

__all__ = ["png"]

# Each has all Polish letters; where none is there, any other font of the machine may stand in.
_FAMILY: Final = "DejaVu Sans"
_PROBE: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><text y="20" '
    'font-family="sans-serif" font-size="20">{}</text></svg>'
)


def png(svg: str, *, zoom: float = 2) -> bytes:
    """A picture as the bytes of a PNG file.

    Args:
        svg: the picture; text in it takes the first font of its font-family that the machine has.
        zoom: pixels for each unit of the picture; 2 gives sharp print up to about 17 cm of width.

    Raises NurtError where the machine has no font: without one, the picture would lack every word.
    """
    from resvg_py import svg_to_bytes

    if not _has_fonts():
        raise NurtError(
            "This machine has no font to draw letters with.",
            hint="Install one, such as DejaVu (fonts-dejavu-core), or write .svg instead.",
        )
    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom, sans_serif_family=_FAMILY, background="#ffffff"))


@cache
def _has_fonts() -> bool:
    from resvg_py import svg_to_bytes

    with_letter, without = (
        svg_to_bytes(svg_string=_PROBE.format(text), sans_serif_family=_FAMILY) for text in ("Ł", "")
    )
    return bytes(with_letter) != bytes(without)
