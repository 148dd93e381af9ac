"""The explorer beside pyvis's own page: size of the file, time until usable, a click, frames of a pan."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as Late
from pyvis.network import Network

from nurt.graph.store import Graph, open_graph
from nurt.ingest.build import build
from nurt.ontology.namespace import ID, NURT, OA
from nurt.viz.explorer import explorer
from nurt.viz.network import network

SIZES = (500, 5_000, 20_000)
PATIENCE = 30_000
"""Milliseconds."""
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def run() -> list[tuple[str, float, str]]:
    """Measure each size once in a fresh page; pyvis is given up after ``PATIENCE`` (``inf``).

    As it comes, pyvis lets physics place the nodes; without, they lie at random, which is drawn soonest.
    """
    found: list[tuple[str, float, str]] = []
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=_ARGUMENTS)
        build([Path(__file__).resolve().parents[1] / "corpus"], Path(folder, "corpus"), processes=2)
        for size in (0, *SIZES):
            name = f"{size:,} nodes" if size else "the shipped corpus"
            graph = (
                Graph.in_memory("".join(quads(size)).encode("utf-8"))
                if size
                else open_graph(Path(folder, "corpus"))
            )
            ours, theirs, still = (Path(folder, f"{name}.html") for name in ("ours", "theirs", "still"))
            started = time.perf_counter()
            ours.write_text(explorer(graph), encoding="utf-8")
            found.append((f"{name}: make the page", time.perf_counter() - started, "s"))
            theirs.write_text(_pyvis(graph), encoding="utf-8")
            still.write_text(_pyvis(graph, physics=False), encoding="utf-8")
            found.append((f"{name}: file", ours.stat().st_size / 1e6, "MB"))
            found.append((f"{name}: file, pyvis", theirs.stat().st_size / 1e6, "MB"))
            usable, click, frame = _ours(browser, ours)
            usable_theirs, click_theirs = _theirs(browser, theirs)
            usable_still, click_still = _theirs(browser, still)
            found.append((f"{name}: until usable", usable, "s"))
            found.append((f"{name}: until usable, pyvis", usable_theirs, "s"))
            found.append((f"{name}: until usable, pyvis without physics", usable_still, "s"))
            found.append((f"{name}: focus click until drawn", click, "ms"))
            found.append((f"{name}: focus click until drawn, pyvis", click_theirs, "ms"))
            found.append((f"{name}: focus click until drawn, pyvis without physics", click_still, "ms"))
            found.append((f"{name}: 95th percentile of frames while panning", frame, "ms"))
        browser.close()
    return found


_COUNT_FRAMES = """() => {
  window.gaps = [];
  let last = performance.now();
  const frame = (now) => { window.gaps.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}"""


def _ours(browser: Browser, path: Path) -> tuple[float, float, float]:
    """Seconds until usable, then milliseconds of a click on a box and of the slower frames of a pan."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    started = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=PATIENCE)
    usable = time.perf_counter() - started
    page.wait_for_selector("#drawn[data-placed]")
    frame = _pan(page)
    page.wait_for_timeout(300)
    box = page.locator("#drawn [role=option]").last.bounding_box()
    assert box is not None
    page.evaluate(_TIME_CLICK)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#card:not([hidden])")
    click = page.wait_for_function("() => window.clicked").json_value()
    page.close()
    return usable, float(click), frame


_TIME_CLICK = """() => addEventListener("pointerup", () => {
  const start = performance.now();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.clicked = performance.now() - start; }));
}, { once: true, capture: true })"""


def _pan(page: Page) -> float:
    """Drag the picture about for a second."""
    page.evaluate(_COUNT_FRAMES)
    page.mouse.move(700, 780)
    page.mouse.down()
    page.evaluate("window.gaps.length = 0")
    for step in range(60):
        page.mouse.move(700 - step % 30, 780 - step % 20)
    gaps = sorted(page.evaluate("window.gaps"))
    page.mouse.move(700, 780)
    page.mouse.up()
    return float(gaps[int(len(gaps) * 0.95)])


def _theirs(browser: Browser, path: Path) -> tuple[float, float]:
    """The same of pyvis's page once it lies still; requests to other servers are refused at once."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.route("http*://**", lambda route: route.abort())
    started = time.perf_counter()
    try:
        page.goto(path.as_uri(), timeout=PATIENCE)
        # Its own bar of loading says so; the event may have come before anybody could listen.
        page.wait_for_function(
            "() => { const bar = document.getElementById('text'); return !bar || bar.innerHTML === '100%'; }",
            timeout=PATIENCE,
        )
        page.evaluate(
            "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
        )
        usable = time.perf_counter() - started
        place = page.evaluate(
            """() => {
              const at = network.canvasToDOM(network.getPosition(nodes.getIds()[0]));
              const frame = document.getElementById("mynetwork").getBoundingClientRect();
              return [frame.x + at.x, frame.y + at.y];
            }"""
        )
        page.evaluate(_TIME_CLICK)
        page.mouse.click(*place)
        return usable, float(page.wait_for_function("() => window.clicked").json_value())
    except Late:
        return float("inf"), float("inf")
    finally:
        page.close()


def _pyvis(graph: Graph, *, physics: bool = True) -> str:
    lineages = network(graph)
    drawn = Network(directed=True, cdn_resources="in_line")
    for iri, data in lineages.nodes(data=True):
        drawn.add_node(str(iri), label=data["thing"].resource.name("pl"))
    drawn.toggle_physics(physics)
    # Its own add_edge looks through all nodes for each edge; the lists are the same without that.
    drawn.edges = [{"from": str(child), "to": str(parent)} for child, parent in lineages.edges]
    return str(drawn.generate_html())


def quads(size: int) -> Iterator[str]:
    """A graph of that many elements, from one strategy down to projects."""
    made = 0

    def element(name: str, cls: str, label: str) -> Iterator[str]:
        yield f"<{ID[name]}> {_TYPE} <{cls}> .\n"
        yield f'<{ID[name]}> <{_SKOS}prefLabel> "{label}"@pl .\n'

    def link(child: str, predicate: str, parent: str) -> Iterator[str]:
        claim, evidence = ID[f"claim/{child}-{parent}"], ID[f"evidence/{child}-{parent}"]
        yield f"<{claim}> <{_RDF}subject> <{ID[child]}> .\n<{claim}> <{_RDF}object> <{ID[parent]}> .\n"
        yield f"<{claim}> <{_RDF}predicate> <{predicate}> .\n<{claim}> <{NURT.basis}> <{NURT.coded}> .\n"
        yield f'<{claim}> <{NURT.confidence}> "1" .\n<{claim}> <{NURT.rule}> "benchmark" .\n'
        yield f"<{claim}> <{NURT.evidence}> <{evidence}> .\n"
        yield f"<{evidence}> <{OA.hasSource}> <{ID['document/d']}> .\n"
        yield f"<{evidence}> <{OA.hasSelector}> <{evidence}/quote> .\n"
        yield f"<{evidence}> <{OA.hasSelector}> <{evidence}/position> .\n"
        yield f'<{evidence}/quote> <{OA.exact}> "{child} is part of {parent}" .\n'
        yield f'<{evidence}/position> <{OA.start}> "0" .\n<{evidence}/position> <{OA.end}> "9" .\n'

    yield from element("europe-2020", str(NURT.Strategy), "Europa 2020")
    for number in range(3):
        yield from element(f"europe-2020/priority/{number}", str(NURT.Priority), f"Priorytet {number}")
        yield from link(f"europe-2020/priority/{number}", str(NURT.partOf), "europe-2020")
    for number in range(1, 12):
        yield from element(f"thematic-objective/{number}", str(NURT.ThematicObjective), f"Cel {number}")
        yield from link(
            f"thematic-objective/{number}", str(NURT.contributesTo), f"europe-2020/priority/{number % 3}"
        )
    programmes = 22
    for number in range(programmes):
        yield from element(f"programme-{number}", str(NURT.RegionalProgramme), f"Program {number}")
    made = 15 + programmes
    axes = min(220, (size - made) // 4)
    for number in range(axes):
        name = f"programme-{number % programmes}/{number // programmes + 1}"
        yield from element(name, str(NURT.PriorityAxis), f"Oś {number}")
        yield from link(name, str(NURT.partOf), f"programme-{number % programmes}")
        yield from link(name, str(NURT.addresses), f"thematic-objective/{number % 11 + 1}")
    made += axes
    measures = min(1_500, (size - made) // 2)
    for number in range(measures):
        at = number % axes
        axis = f"programme-{at % programmes}/{at // programmes + 1}"
        yield from element(f"{axis}.{number // axes + 1}", str(NURT.Measure), f"Działanie {number}")
        yield from link(f"{axis}.{number // axes + 1}", str(NURT.partOf), axis)
    made += measures
    for number in range(size - made):
        at = number % measures
        axis = f"programme-{at % axes % programmes}/{at % axes // programmes + 1}"
        yield from element(f"project/{number}", str(NURT.Project), f"Projekt {number} gminy o długiej nazwie")
        yield from link(f"project/{number}", str(NURT.partOf), f"{axis}.{at // axes + 1}")
