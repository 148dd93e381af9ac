"""PDF as programs make it: Chromium, groff with Ghostscript, fpdf2; those not installed are skipped."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import which

import pytest
from fpdf import FPDF

from nurt import corpus
from nurt.ingest.catalogue import Entry
from nurt.ingest.document import Block, Document
from nurt.ingest.families import extract
from nurt.ingest.readers import read
from nurt.ingest.view import mend

POLISH = (
    "Strategia rozwoju województwa wyznacza kierunki interwencji publicznej w perspektywie wieloletniej "
    "oraz określa zasady współpracy samorządu z partnerami społeczno-gospodarczymi."
)
ENGLISH = (
    "The strategy sets out the direction of public intervention and the rules of cooperation with all "
    "social and economic partners."
)
ROWS = 60


def column(found: Document, number: int) -> list[str]:
    """The texts of one column of all tables, cut cells joined."""
    cells: dict[tuple[int | None, int | None], list[str]] = {}
    for block in found.blocks:
        if block.kind == "cell" and block.column == number:
            cells.setdefault((block.table, block.row), []).append(" ".join(found.text_of(block).split()))
    return [" ".join(cells[key]) for key in sorted(cells, key=lambda key: (key[0] or 0, key[1] or 0))]


def headings(found: Document) -> list[tuple[int | None, str]]:
    return [(block.level, found.text_of(block)) for block in found.blocks if block.kind == "heading"]


def flowing(found: Document, *, first: Block | None = None) -> str:
    return " ".join(mend(found, first.start if first else 0).text.split())


def font_folders() -> list[Path]:
    """Up to four of the folders that hold fonts with Polish letters, of a kind that Chromium prints."""
    if which("fc-list") is None:
        return []
    listed = subprocess.run(["fc-list", ":lang=pl", "file"], capture_output=True, text=True, check=False)
    files = [Path(line.rstrip(": ")) for line in listed.stdout.splitlines()]
    return sorted({file.parent for file in files if file.suffix in {".ttf", ".otf"}})[:4]


def printed(page: Path, folder: Path, *options: str, fonts: Path | None = None) -> Path:
    """The PDF that Chromium prints of a page, in the fonts of one folder; skips where it is not installed."""
    program = which("chromium") or which("chromium-browser") or which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed")
    target = folder / f"{page.stem}.pdf"
    environment = dict(os.environ)
    if fonts is not None:
        settings = folder / "fonts.conf"
        settings.write_text(
            f"<fontconfig><dir>{fonts}</dir><cachedir>{folder / 'fonts'}</cachedir>"
            '<include ignore_missing="yes">/etc/fonts/conf.d</include></fontconfig>',
            encoding="utf-8",
        )
        environment["FONTCONFIG_FILE"] = str(settings)
    subprocess.run(
        [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
         *options, f"--print-to-pdf={target}", page.as_uri()],
        check=True, capture_output=True, timeout=60, env=environment,
    )  # fmt: skip
    return target


@pytest.mark.parametrize("name", ["regional/rpo-lodzkie", "eu/europe-2020", "eu/intervention-fields"])
def test_a_page_printed_by_chromium_says_what_the_page_says(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = Path(corpus.__file__).parent / f"{name}.html"
    target = printed(page, tmp_path_factory.getbasetemp(), "--no-pdf-header-footer")
    said = []
    for path in (page, target):
        extraction = extract(read(path, document_id="page"), Entry(id="page", path=path))
        assert extraction.elements
        said.append(
            (
                extraction.family,
                {(e.iri, e.type, e.code, e.parent, frozenset(e.labels)) for e in extraction.elements},
                {(c.subject, c.predicate, c.object) for c in extraction.claims},
            )
        )
    assert said[0] == said[1]


@pytest.fixture(
    scope="module",
    params=[
        *(
            (None, style)
            for style in ("", "letter-spacing: 0.06em", "font-size: 14pt", "word-spacing: 0.3em")
        ),
        *((fonts, "") for fonts in font_folders()),
    ],
    ids=lambda param: f"{param[0].name if param[0] else 'all'} {param[1]}".strip(),
)
def chromium(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A page in the fonts of one folder, or set wider than its font is."""
    fonts, style = request.param
    folder = tmp_path_factory.mktemp("chromium")
    rows = "".join(
        f"<tr><td>{number}</td><td>Priorytet numer {number} wspiera przedsiębiorczość i innowacje w regionie"
        f"</td><td>{number} 000 000</td></tr>"
        for number in range(1, ROWS + 1)
    )
    (folder / "page.html").write_text(
        f"""<!doctype html><html lang="pl"><meta charset="utf-8"><title>Strategia</title><style>
        @page {{ size: A4; margin: 20mm }} body {{ font: 11pt serif; text-align: justify }}
        table {{ border-collapse: collapse }} td, th {{ border: 1px solid #000; padding: 3px }}
        .two {{ column-count: 2; column-gap: 10mm }} body {{ {style} }}</style>
        <h1>1. Diagnoza</h1><p>{POLISH}</p><p>Najpierw. {POLISH * 3}</p><h2>1.1 Gospodarka</h2>
        <div class="two"><p>Początek kolumn. {" ".join([POLISH] * 9)} Koniec kolumn.</p></div>
        <h2>Zestawienie</h2><table><thead><tr><th>Lp.</th><th>Nazwa</th><th>Kwota</th></tr></thead>
        {rows}</table></html>""",
        encoding="utf-8",
    )
    return read(printed(folder / "page.html", folder, "--generate-pdf-document-outline", fonts=fonts))


def test_chromium_headings_and_columns(chromium: Document) -> None:
    assert headings(chromium) == [(1, "1. Diagnoza"), (2, "1.1 Gospodarka"), (2, "Zestawienie")]
    assert "Początek kolumn. " + " ".join([POLISH] * 9) + " Koniec kolumn." in flowing(chromium)
    assert chromium.language == "pl"


def test_chromium_table_over_pages_without_its_repeated_head(chromium: Document) -> None:
    assert column(chromium, 0) == ["Lp.", *map(str, range(1, ROWS + 1))]
    assert column(chromium, 2) == ["Kwota", *(f"{number} 000 000" for number in range(1, ROWS + 1))]
    assert {block.table for block in chromium.blocks if block.kind == "cell"} == {0}


def test_chromium_date_title_and_page_numbers_are_set_aside(chromium: Document) -> None:
    pages = len(chromium.page_starts)
    footers = [chromium.text_of(block) for block in chromium.blocks if block.kind == "footer"]
    assert pages > 1
    assert [footer.rpartition(" ")[2] for footer in footers] == [
        f"{page}/{pages}" for page in range(1, pages + 1)
    ]
    assert "page.html" not in flowing(chromium)


@pytest.fixture(scope="module")
def groff(tmp_path_factory: pytest.TempPathFactory) -> Document:
    if which("groff") is None or which("ps2pdf") is None:
        pytest.skip("groff or Ghostscript is not installed")
    folder = tmp_path_factory.mktemp("groff")
    paragraphs = "\n".join(
        f".sp\n.ti +1c\nParagraph {number}. {' '.join([ENGLISH] * 9)}" for number in range(12)
    )
    source = (
        ".pl 29.7c\n.po 2.5c\n.ll 16c\n.ps 11\n.vs 13\n"
        ".de hd\n'sp 1c\n.tl 'Regional Strategy''%'\n'sp 0.7c\n..\n.de fo\n'bp\n..\n.wh 0 hd\n.wh -2c fo\n"
        ".ad b\n.hy\n"
        f"{paragraphs}\n"
    )
    made = subprocess.run(["groff", "-Tps"], input=source.encode(), check=True, capture_output=True).stdout
    path = folder / "page.pdf"
    subprocess.run(["ps2pdf", "-sPAPERSIZE=a4", "-", str(path)], input=made, check=True, capture_output=True)
    return read(path)


def test_groff_paragraphs_run_over_pages_and_their_hyphens_are_mended(groff: Document) -> None:
    whole = flowing(groff)
    for number in range(12):
        assert f"Paragraph {number}. " + " ".join([ENGLISH] * 9) in whole
    assert "-\n" in groff.text
    headers = [groff.text_of(block) for block in groff.blocks if block.kind == "header"]
    assert headers == [f"Regional Strategy {number}" for number in range(1, len(groff.page_starts) + 1)]


class Strategy(FPDF):
    """A strategy with running lines."""

    def header(self) -> None:
        """Set the title on every page."""
        self.set_font("times", size=9)
        self.cell(0, 8, "Regional Development Strategy", align="R")
        self.ln(12)

    def footer(self) -> None:
        """Set the number of the page."""
        self.set_y(-15)
        self.set_font("times", size=9)
        self.cell(0, 8, f"Page {self.page_no()} of {{nb}}", align="C")


@pytest.fixture(scope="module")
def fpdf(tmp_path_factory: pytest.TempPathFactory) -> Document:
    made = Strategy()
    made.add_page()

    def heading(text: str, level: int) -> None:
        made.start_section(text, level=level)
        made.set_font("times", "B", 12)
        made.ln(4)
        made.cell(0, 10, text, new_x="LMARGIN", new_y="NEXT")
        made.set_font("times", size=11)

    heading("Diagnosis", 0)
    made.multi_cell(0, 5, " ".join([ENGLISH] * 6), new_x="LMARGIN", new_y="NEXT")
    heading("Industry and services", 1)
    with made.text_columns(ncols=2, gutter=8, text_align="J", line_height=1.2) as columns:
        columns.write("First. " + " ".join([ENGLISH] * 14) + " Last.")
    heading("Allocation", 1)
    with made.table(col_widths=(10, 60, 30)) as table:
        table.row(("No", "Name of the measure", "Allocation"))
        for number in range(1, ROWS + 1):
            name = f"Measure {number} supports innovation in enterprises, research and the growth of clusters"
            table.row((str(number), name, f"{number} 000 000"))
    path = tmp_path_factory.mktemp("fpdf") / "page.pdf"
    made.output(str(path))
    return read(path)


def test_fpdf_bookmarks_columns_and_running_lines(fpdf: Document) -> None:
    assert headings(fpdf) == [(1, "Diagnosis"), (2, "Industry and services"), (2, "Allocation")]
    assert "First. " + " ".join([ENGLISH] * 14) + " Last." in flowing(fpdf)
    pages = len(fpdf.page_starts)
    footers = [fpdf.text_of(block) for block in fpdf.blocks if block.kind == "footer"]
    assert footers == [f"Page {number} of {pages}" for number in range(1, pages + 1)]


def test_fpdf_table_over_pages(fpdf: Document) -> None:
    assert column(fpdf, 0) == ["No", *map(str, range(1, ROWS + 1))]
    assert all("growth of clusters" in name for name in column(fpdf, 1)[1:])
    assert {block.table for block in fpdf.blocks if block.kind == "cell"} == {0}
