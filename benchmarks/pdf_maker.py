"""Makes PDF documents without any library: text in two fonts, rulings, bookmarks, pages that are only pictures.

Polish letters are set in Helvetica through an encoding of our own and a ToUnicode map, as many producers do.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

__all__ = ["PDF", "Page", "cards", "printable", "width", "wrap"]

_ASCII_WIDTHS: Final = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
    556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
    556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
    500, 500, 500, 334, 260, 334, 584,
]  # fmt: skip
_EXTRA: Final = {
    "ą": ("aogonek", "a"), "ć": ("cacute", "c"), "ę": ("eogonek", "e"), "ł": ("lslash", "l"), "ń": ("nacute", "n"),
    "ó": ("oacute", "o"), "ś": ("sacute", "s"), "ź": ("zacute", "z"), "ż": ("zdotaccent", "z"),
    "Ą": ("Aogonek", "A"), "Ć": ("Cacute", "C"), "Ę": ("Eogonek", "E"), "Ł": ("Lslash", "L"), "Ń": ("Nacute", "N"),
    "Ó": ("Oacute", "O"), "Ś": ("Sacute", "S"), "Ź": ("Zacute", "Z"), "Ż": ("Zdotaccent", "Z"),
    "–": ("endash", "0"), "—": ("emdash", "M"), "„": ("quotedblbase", '"'), "”": ("quotedblright", '"'),
    "•": ("bullet", "-"), "§": ("section", "0"), "\u00a0": ("space", " "), "ﬁ": ("fi", "m"), "ﬂ": ("fl", "m"),
    "\u00ad": ("softhyphen", "-"),
}  # fmt: skip
_CODES: Final = {chr(code): code for code in range(32, 127)} | {
    letter: 161 + index for index, letter in enumerate(_EXTRA)
}
_WIDTHS: Final = {code: _ASCII_WIDTHS[code - 32] for code in range(32, 127)} | {
    _CODES[letter]: _ASCII_WIDTHS[ord(like) - 32] for letter, (_, like) in _EXTRA.items()
}


def width(text: str, size: float) -> float:
    """The width of a text in points."""
    return sum(_WIDTHS[_CODES[letter]] for letter in text) * size / 1000


def wrap(text: str, room: float, size: float, *, hyphenate: bool = False) -> list[str]:
    """Break a text into lines that fit; words are broken with a hyphen where asked for."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size) <= room:
            line = longer
            continue
        cut = 0
        if hyphenate and len(word) > 7:
            for place in range(3, len(word) - 3):
                if word[place - 1].isalpha() and word[place].isalpha():
                    head = f"{line} {word[:place]}-" if line else f"{word[:place]}-"
                    cut = place if width(head, size) <= room else cut
        if cut:
            lines.append(f"{line} {word[:cut]}-" if line else f"{word[:cut]}-")
            line = word[cut:]
        else:
            if line:
                lines.append(line)
            line = word
    return [*lines, line] if line else lines


@dataclass(slots=True)
class Page:
    """The operators of one page; y runs upwards from 0 to 842 (A4)."""

    operators: list[str] = field(default_factory=list)
    height: float = 842
    width: float = 595
    turn: int = 0
    """How many degrees a viewer turns the page clockwise."""

    def text(self, x: float, y: float, text: str, *, size: float = 10, bold: bool = False) -> None:
        """Set a text with its base line at (x, y)."""
        codes = "".join(f"{_CODES[letter]:02x}" for letter in text)
        self.operators.append(f"BT /F{2 if bold else 1} {size:g} Tf {x:.2f} {y:.2f} Td <{codes}> Tj ET")

    def lines(self, x: float, y: float, lines: list[str], *, size: float = 10, bold: bool = False) -> float:
        """Set lines below each other; return the y of the next."""
        for line in lines:
            self.text(x, y, line, size=size, bold=bold)
            y -= size * 1.2
        return y

    def sideways(self, x: float, y: float, text: str, *, size: float = 10) -> None:
        """Set a text that runs upwards from (x, y)."""
        codes = "".join(f"{_CODES[letter]:02x}" for letter in text)
        self.operators.append(f"BT /F1 {size:g} Tf 0 1 -1 0 {x:.2f} {y:.2f} Tm <{codes}> Tj ET")

    def picture(self, x: float, y: float, wide: float, high: float) -> None:
        """Draw a picture of one grey point, as large as asked for."""
        self.operators.append(
            f"q {wide:.2f} 0 0 {high:.2f} {x:.2f} {y:.2f} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q"
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a hairline."""
        self.operators.append(f"0.5 w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")

    def box(self, x: float, y: float, wide: float, high: float, *, fill: bool = False) -> None:
        """Draw a rectangle: its outline, or filled (as office programs draw rulings)."""
        self.operators.append(f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re {'f' if fill else 'S'}")


@dataclass(slots=True)
class PDF:
    """A document of pages, and bookmarks as (title, page from 0, level from 0)."""

    pages: list[Page] = field(default_factory=list)
    bookmarks: list[tuple[str, int, int]] = field(default_factory=list)
    title: str = ""

    def page(self) -> Page:
        """Add a page."""
        self.pages.append(Page())
        return self.pages[-1]

    def bytes(self) -> bytes:
        """The file."""
        objects: list[bytes] = [b"", b""]

        def add(body: bytes) -> int:
            objects.append(body)
            return len(objects)

        names = " ".join("/" + glyph for glyph, _ in _EXTRA.values())
        cmap = _stream(_to_unicode())
        unicode = add(cmap)
        widths = " ".join(str(_WIDTHS.get(code, 0)) for code in range(32, 256))
        fonts = []
        for number, name in enumerate(("Helvetica", "Helvetica-Bold"), start=1):
            font = add(
                f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /FirstChar 32 /LastChar 255 /Widths [{widths}] "
                f"/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [161 {names}] >> "
                f"/ToUnicode {unicode} 0 R >>".encode()
            )
            fonts.append(f"/F{number} {font} 0 R")
        kids = []
        for page in self.pages:
            content = add(_stream("\n".join(page.operators).encode()))
            kids.append(
                add(
                    f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width:g} {page.height:g}] /Rotate {page.turn} "
                    f"/Resources << /Font << {' '.join(fonts)} >> >> /Contents {content} 0 R >>".encode()
                )
            )
        outlines = self._outlines(add, kids, len(objects) + 1)
        objects[0] = f"<< /Type /Catalog /Pages 2 0 R{outlines} >>".encode()
        objects[1] = (
            f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode()
        )
        information = add(
            b"<< /Title <" + ("\ufeff" + self.title).encode("utf-16-be").hex().encode() + b"> >>"
        )
        return _assemble(objects, information)

    def _outlines(self, add: object, kids: list[int], root: int) -> str:
        if not self.bookmarks or not callable(add):
            return ""
        count = len(self.bookmarks)
        parents = []
        open_at: dict[int, int] = {-1: root}
        for index, (_, _, level) in enumerate(self.bookmarks):
            parents.append(open_at[level - 1])
            open_at[level] = root + 1 + index
        children = {
            parent: [root + 1 + index for index in range(count) if parents[index] == parent]
            for parent in {root, *parents}
        }

        def ends(parent: int) -> str:
            own = children.get(parent, [])
            return f"/First {own[0]} 0 R /Last {own[-1]} 0 R /Count {len(own)}" if own else ""

        add(f"<< /Type /Outlines {ends(root)} >>".encode())
        for index, (title, page, _) in enumerate(self.bookmarks):
            number = root + 1 + index
            own = children[parents[index]]
            place = own.index(number)
            around = f"/Prev {own[place - 1]} 0 R " if place else ""
            around += f"/Next {own[place + 1]} 0 R " if place + 1 < len(own) else ""
            text = ("\ufeff" + title).encode("utf-16-be").hex()
            add(
                f"<< /Title <{text}> /Parent {parents[index]} 0 R {around}{ends(number)} "
                f"/Dest [{kids[page]} 0 R /Fit] >>".encode()
            )
        return f" /Outlines {root} 0 R"


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"


def _to_unicode() -> bytes:
    pairs = "".join(f"<{_CODES[letter]:02x}> <{ord(letter):04x}>\n" for letter in _CODES)
    chunks = pairs.splitlines(keepends=True)
    body = "".join(
        f"{len(part)} beginbfchar\n{''.join(part)}endbfchar\n"
        for part in (chunks[at : at + 100] for at in range(0, len(chunks), 100))
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /P def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{body}"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def _assemble(objects: list[bytes], information: int) -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {information} 0 R >>\n"
        f"startxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(out)


_FIELDS: Final = (
    ("1. Nazwa działania / poddziałania", "{code} Innowacje w przedsiębiorstwach i rozwój ich powiązań kooperacyjnych"),
    ("2. Cel szczegółowy działania", "Zwiększona aktywność badawczo-rozwojowa przedsiębiorstw w regionie oraz większa "
     "liczba projektów realizowanych wspólnie z jednostkami naukowymi."),
    ("3. Lista wskaźników rezultatu", "• Nakłady inwestycyjne w przedsiębiorstwach • Odsetek przedsiębiorstw "
     "współpracujących w ramach inicjatyw klastrowych"),
    ("5. Typy projektów", "Wsparcie infrastruktury badawczo-rozwojowej przedsiębiorstw; przygotowanie strategii "
     "umiędzynarodowienia klastrów; wdrożenie wyników prac badawczych w działalności gospodarczej."),
    ("6. Typ beneficjenta", "• przedsiębiorcy • instytucje otoczenia biznesu • jednostki naukowe • klastry i ich "
     "koordynatorzy • jednostki samorządu terytorialnego"),
    ("7. Grupa docelowa / ostateczni odbiorcy wsparcia", "Przedsiębiorstwa i ich pracownicy, odbiorcy usług."),
    ("10. Kategoria regionu wraz z przypisaniem kwot UE (EUR)", "Region słabiej rozwinięty: 45 000 000"),
    ("11. Mechanizmy powiązania interwencji z innymi działaniami", "Działanie wpisuje się w Strategię Europa 2020 i "
     "Strategię Rozwoju Kraju 2020 oraz uzupełnia Program Operacyjny Inteligentny Rozwój."),
    ("13. Tryb wyboru projektów", "Konkursowy. Instytucja Zarządzająca ogłasza nabór i ocenia wnioski."),
    ("19. Pomoc publiczna i pomoc de minimis", "Rozporządzenie Komisji (UE) nr 651/2014 z dnia 17 czerwca 2014 r."),
    ("20. Maksymalny % poziom dofinansowania UE", "85%"),
    ("23. Minimalna i maksymalna wartość projektu (PLN)", "Minimalna: 100 000 PLN. Maksymalna: nie dotyczy."),
)  # fmt: skip


_SAID_ANEW: Final = frozenset({"2", "3", "5", "7", "11"})
"""The fields that say something else in every card; the others are the same phrases in all, as in life."""


def printable(text: str) -> bool:
    """Whether the fonts have all letters of a text."""
    return all(letter in _CODES for letter in text)


def cards(pages: int, *, size: float = 9, texts: Iterator[str] | None = None) -> PDF:
    """A detailed description of a programme's axes: one ruled card a measure, running over pages.

    Every page has a running header, a page number, and as much of the cards as fits.

    Args:
        texts: what the fields say that differ from card to card; where not given, all cards say the same.
    """
    document = PDF(title="Szczegółowy opis osi priorytetowych (wzór)")
    left, middle, right, top, bottom = 50.0, 210.0, 545.0, 770.0, 60.0
    page, y, measure = _new_page(document, size), top, 0
    while True:
        measure += 1
        axis, number = 1 + measure // 9, 1 + measure % 9
        code = f"Działanie {axis}.{number}"
        if y < 200:
            if len(document.pages) >= pages:
                return document
            page, y = _new_page(document, size), top
        page.text(left, y, f"{code} Innowacje w przedsiębiorstwach", size=size + 2, bold=True)
        y -= 14
        page.rule(left, y, right, y)
        for name, value in _FIELDS:
            label = wrap(name, middle - left - 8, size)
            said = value.format(code=code)
            if texts is not None and name.split(".")[0] in _SAID_ANEW:
                said = next(texts)
            text = wrap(said, right - middle - 8, size, hyphenate=True)
            high = max(len(label), len(text)) * size * 1.2 + 6
            if y - high < bottom:
                if len(document.pages) >= pages:
                    return document
                page, y = _new_page(document, size), top
                page.rule(left, y, right, y)
            page.lines(left + 4, y - size - 1, label, size=size, bold=True)
            page.lines(middle + 4, y - size - 1, text, size=size)
            for x in (left, middle, right):
                page.rule(x, y, x, y - high)
            y -= high
            page.rule(left, y, right, y)
        y -= 24


def _new_page(document: PDF, size: float) -> Page:
    page = document.page()
    page.text(50, 805, "Szczegółowy Opis Osi Priorytetowych RPO na lata 2014–2020", size=size - 1)
    page.text(290, 30, str(len(document.pages)), size=size)
    return page
