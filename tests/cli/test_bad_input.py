"""Bad input: a clear error each, the other documents still build, the exit status is the documented one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = """# Notatka

Program wpisuje się w Strategię Europa 2020.
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "nurt", *map(str, arguments)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


def _pdf(text: str = "nurt") -> bytes:
    """A small PDF of one page with a text layer."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(body)
    body += b"xref\n0 6\n0000000000 65535 f \n" + table
    return body + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def _encrypted() -> bytes:
    """The same with an encryption dictionary whose password is not the empty one."""
    key = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"41" * 32, b"42" * 32)
    plain = _pdf()
    head, _, tail = plain.partition(b"trailer<<")
    identifier = b"/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    return head + b"trailer<</Encrypt " + key + identifier + tail


ENTITY = b"""<?xml version="1.0"?>
<!DOCTYPE ACT [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<ACT><TITLE><TI><P>&secret;</P></TI></TITLE></ACT>
"""

BAD: dict[str, bytes] = {
    "empty.html": b"",
    "truncated.pdf": _pdf()[:120],
    "encrypted.pdf": _encrypted(),
    "entity.xml": ENTITY,
    "undeclared.txt": bytes(range(128, 256)) * 40,
}


@pytest.mark.parametrize("name", BAD)
def test_a_broken_document_is_named_and_the_others_build(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / name).write_bytes(BAD[name])
    done = run("build", "good.md", name)
    assert done.returncode == 1, done.stderr
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert "root:" not in done.stderr
    assert (tmp_path / "nurt-graph" / "CURRENT").exists()
    assert run("verify").returncode == 0


def test_a_huge_file_of_zeros_is_refused_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    with (tmp_path / "zeros.pdf").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    done = run("build", "good.md", "zeros.pdf")
    assert done.returncode == 1
    assert "zeros.pdf" in done.stderr


def test_a_missing_path_and_an_empty_folder_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    done = run("build", "good.md", "no-such.pdf", "folder")
    assert done.returncode == 1
    assert "no-such.pdf does not exist" in done.stderr
    assert "folder holds no document" in done.stderr


def test_where_nothing_can_be_read_the_status_is_2_and_the_last_graph_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    assert run("build", "good.md").returncode == 0
    before = (tmp_path / "nurt-graph" / "CURRENT").read_text(encoding="utf-8")
    done = run("build", "no-such.pdf")
    assert done.returncode == 2
    assert (tmp_path / "nurt-graph" / "CURRENT").read_text(encoding="utf-8") == before
    assert run("verify").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("info", "--graph", "nowhere"), "nowhere"),
        (("trace", "rpo-lodzkie/I.2", "--graph", "nowhere"), "nowhere"),
        (("build", "--no-such-option"), "no-such-option"),
        (("no-such-command",), "no-such-command"),
    ],
)
def test_bad_usage_has_status_2(arguments: tuple[str, ...], complaint: str, run: Run) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_sparql_in_quotes_is_asked_and_a_broken_one_says_where(run: Run, corpus_graph: Path) -> None:
    counted = run(
        "query", "SELECT (COUNT(?m) AS ?n) { ?m a nurt:Measure }", "--graph", corpus_graph, "--format", "csv"
    )
    assert counted.returncode == 0, counted.stderr
    assert counted.stdout.splitlines() == ["n", "461"]
    broken = run("query", "SELECT ?s WHERE { ?s ?p ", "--graph", corpus_graph)
    assert broken.returncode == 2
    assert "line 1" in broken.stderr


def test_a_graph_never_lies_over_the_documents(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.md").write_text(GOOD, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for inputs, output in (("mine", "mine"), ("mine", "."), ("mine/note.md", "mine"), ("mine/", "./mine/")):
        done = run("build", inputs, "--output", output)
        assert done.returncode == 2
        assert "cannot hold the graph" in done.stderr
        assert "--output my-graph" in done.stderr
        assert sorted(tmp_path.rglob("*")) == before
    assert run("build", "mine", "--output", "mine/graph").returncode == 0
