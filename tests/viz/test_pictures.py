"""Pictures from the command line: one lineage and the flow of money, as SVG and PNG."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from typer.testing import CliRunner

from nurt.cli.app import app
from nurt.errors import NurtError, UnknownNameError
from nurt.graph.store import Graph
from nurt.ontology.namespace import ID
from nurt.viz import raster
from nurt.viz.flow import flow_svg
from nurt.viz.lettering import cut, width, wrap
from nurt.viz.lineage import lineage_svg
from nurt.viz.raster import png

SVG = "{http://www.w3.org/2000/svg}"


def titles(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}title")]


def test_a_lineage_shows_its_routes_wholes_parts_and_beneficiaries(small_graph: Graph) -> None:
    found = titles(lineage_svg(small_graph, ID["rpo-lodzkie/1.2"]))
    for name in ("Europa 2020", "Rozwój inteligentny", "CT 1 Badania", "I Oś pierwsza łódzkie", "Klastry"):
        assert name in found
    assert "CT 4 Niskoemisyjna" not in found
    assert not any("śląskie" in name for name in found)


def test_levels_run_from_top_to_bottom_and_no_boxes_overlap(whole_graph: Graph) -> None:
    root = ElementTree.fromstring(lineage_svg(whole_graph, ID["rpo-lodzkie/1.2"]))
    boxes = {}
    for group in root.iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect")
        assert rect is not None
        x, y, w, h = (float(rect.get(key, "0")) for key in ("x", "y", "width", "height"))
        boxes[group.findtext(f"{SVG}title") or ""] = (x, y, x + w, y + h)
    order = [
        next(box for name, box in boxes.items() if start in name)
        for start in ("Europa 2020", "Rozwój inteligentny", "CT 1", "I Badania", "I.2 ", "I.2.1")
    ]
    assert all(upper[3] <= lower[1] for upper, lower in pairwise(order))
    for name, a in boxes.items():
        for other, b in boxes.items():
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert name == other or apart, f"{name} lies on {other}"


def test_hostile_names_are_escaped(small_graph: Graph) -> None:
    svg = lineage_svg(small_graph, ID["rpo-lodzkie/1.3"])
    assert "<img" not in svg
    assert any("<img src=x" in title for title in titles(svg)), "it shows as text"


def test_what_stands_beside_has_no_picture(small_graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="stands in no lineage"):
        lineage_svg(small_graph, ID["region/lodzkie"])


@pytest.mark.parametrize("language", ["pl", "en"])
def test_png_has_the_size_of_the_picture_and_letters_in_it(small_graph: Graph, language: str) -> None:
    svg = lineage_svg(small_graph, ID["rpo-lodzkie/1.2"], language=language)  # type: ignore[arg-type]
    root = ElementTree.fromstring(svg)
    picture = Image.open(io.BytesIO(png(svg, zoom=2)))
    assert picture.format == "PNG"
    assert abs(picture.width - 2 * float(root.get("width", "0"))) <= 2
    bare = Image.open(io.BytesIO(png(svg.replace("<text", "<desc").replace("</text", "</desc"), zoom=2)))
    assert picture.tobytes() != bare.tobytes(), "the letters are drawn"


def test_polish_letters_are_drawn_and_differ_from_the_plain_ones() -> None:
    def drawn(text: str) -> bytes:
        svg = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="30" font-family="sans-serif">'
        return png(f'{svg}<text x="4" y="20">{text}</text></svg>')

    seen = {drawn(letter) for letter in "ąćęłńóśźżacelnosz"}
    assert len(seen) == 17


def test_without_any_font_it_says_so(monkeypatch: pytest.MonkeyPatch, small_graph: Graph) -> None:
    monkeypatch.setattr(raster, "_has_fonts", lambda: False)
    with pytest.raises(NurtError, match="no font"):
        png(flow_svg(small_graph))


def test_programmes_that_share_an_acronym_stay_apart(whole_graph: Graph) -> None:
    bars = [title.split(":")[0] for title in titles(flow_svg(whole_graph))]
    regional = {name for name in bars if name.startswith("RPO ") and "→" not in name}
    assert len(regional) == 16
    named = [name for name in bars if name.startswith("Rozwój") and "→" not in name]
    assert [name.split()[1] for name in named] == ["inteligentny", "zrównoważony", "sprzyjający"]


def test_text_is_broken_and_cut_to_its_room() -> None:
    lines = wrap("Inwestycje przedsiębiorstw w badania i innowacje na rzecz wzrostu", 150, 12.5, lines=3)
    assert len(lines) == 3
    assert all(width(line, 12.5) <= 150 for line in lines)
    assert lines[-1].endswith("…")
    assert cut("krótko", 150, 12.5) == "krótko"


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["explore", "--focus", "rpo-lodzkie/I.2", "-o", "x.png"], 0, "written"),
        (["explore", "--focus", "rpo-lodzkie/I.2", "-o", "x.svg"], 0, "written"),
        (["flow", "-o", "x.png"], 0, "written"),
        (["explore", "-o", "x.png"], 2, "--focus"),
        (["explore", "-o", "x.pdf"], 2, ".html, .svg, .png"),
        (["flow", "-o", "x.pdf"], 2, ".html, .svg, .png"),
    ],
)
def test_the_commands_write_pictures(
    arguments: list[str], status: int, says: str, corpus_graph: Path, tmp_path: Path
) -> None:
    arguments[-1] = str(tmp_path / arguments[-1])
    done = CliRunner().invoke(app, [*arguments, "--graph", str(corpus_graph)])
    failed = done.exception if isinstance(done.exception, NurtError) else None
    assert (done.exit_code if failed is None else 2) == status, done.output
    assert says in f"{done.output}{done.stderr}{failed or ''}{getattr(failed, 'hint', '')}"
    if status == 0:
        assert Path(arguments[-1]).stat().st_size > 2_000
