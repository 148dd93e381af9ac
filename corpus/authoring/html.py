"""HTML that nobody can break out of: every text is escaped, every page numbered, every table plain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

__all__ = ["Cell", "Sheet", "items", "join", "money", "row", "table", "tag"]

STYLE: Final = (
    "body{background:#e8e8e8;color:#111;font:15px/1.45 Georgia,serif;margin:0}"
    ".page{background:#fff;box-shadow:0 0 4px #999;box-sizing:border-box;margin:1rem auto;max-width:210mm;"
    "min-height:120mm;padding:16mm 18mm}"
    "h1{font-size:1.7rem}h2{font-size:1.3rem}h3{font-size:1.1rem}"
    "table{border-collapse:collapse;margin:.8rem 0;width:100%}"
    "th,td{border:1px solid #888;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#f2f2f2}td.amount{text-align:right;white-space:nowrap}ul{margin:0;padding-left:1.1rem}"
    ".digest{border:2px solid #a33;padding:.6rem}.address{overflow-wrap:anywhere}"
    ".of{white-space:nowrap}.finance,.programmes,.comparison,.support,.parts,.euratom{font-size:.8rem}"
    "@media print{.page{box-shadow:none;margin:0;page-break-after:always}}"
)

_VOID_ATTRIBUTES: Final = re.compile(r"_$")


def tag(name: str, *content: object, **attributes: object) -> Markup:
    """An element; text is escaped, Markup is kept; ``class_`` becomes class, ``data_page`` data-page."""
    text = Markup().join(
        Markup(' {}="{}"').format(_VOID_ATTRIBUTES.sub("", key).replace("_", "-"), value)
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), text, join(content))


def join(parts: Iterable[object], by: str = "") -> Markup:
    """The parts, escaped where they are text, one after the other."""
    return Markup(by).join(Markup("{}").format(part) for part in parts)


def items(values: Iterable[object]) -> Markup:
    """A bullet list."""
    return tag("ul", *(tag("li", value) for value in values))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that needs more than its text."""

    content: object
    header: bool = False
    rows: int = 1
    columns: int = 1
    lang: str = ""
    kind: str = ""

    def html(self) -> Markup:
        """The cell as ``th`` or ``td``."""
        return tag(
            "th" if self.header else "td",
            self.content,
            rowspan=self.rows if self.rows > 1 else None,
            colspan=self.columns if self.columns > 1 else None,
            lang=self.lang,
            class_=self.kind,
        )


def row(*cells: object) -> Markup:
    """A table row; what is no Cell becomes one."""
    return tag("tr", *(c.html() if isinstance(c, Cell) else Cell(c).html() for c in cells))


def table(kind: str, rows: Iterable[Markup], *, head: Sequence[object] = ()) -> Markup:
    """A table; the head, if any, is a row of header cells."""
    heading = [row(*(Cell(h, header=True) for h in head))] if head else []
    return Markup('<table class="{}">\n{}\n</table>\n').format(kind, join([*heading, *rows], "\n"))


def money(amount: int | float) -> str:
    """An amount as Polish documents print it: ``171 619 822``, with no-break spaces."""
    whole = f"{int(amount):,}".replace(",", "\u00a0")
    rest = round(amount % 1, 2)
    return whole + (f"{rest:.2f}"[1:].replace(".", ",") if rest else "")


@dataclass(slots=True)
class Sheet:
    """A document in the making.

    Args:
        title: for the browser's title bar.
        lang: "pl" or "en", the main language.
    """

    title: str
    lang: str
    pages: list[Markup] = field(default_factory=list)

    def page(self, *content: object) -> None:
        """Add a page."""
        self.pages.append(join(content, "\n"))

    def html(self) -> str:
        """The whole file, pages numbered from 1."""
        body = join(
            (
                Markup('<section class="page" data-page="{}">\n{}\n</section>').format(number, content)
                for number, content in enumerate(self.pages, 1)
            ),
            "\n",
        )
        head = join(
            (
                Markup('<meta charset="utf-8">'),
                Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
                tag("title", self.title),
                tag("style", Markup(STYLE)),
            ),
            "\n",
        )
        return Markup(
            '<!DOCTYPE html>\n<html lang="{}">\n<head>\n{}\n</head>\n<body>\n{}\n</body>\n</html>\n'
        ).format(self.lang, head, body)
