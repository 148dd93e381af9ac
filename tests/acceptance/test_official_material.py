"""Official files exactly as published build from the command line without a flag, and nothing is lost."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.testing import CliRunner

from nurt.cli.app import app
from nurt.graph.store import Graph, open_graph
from nurt.graph.validate import verify
from nurt.ontology import identifiers as ids

ACT = "regulation/32013R1303"
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]


class Built:
    """A graph built by the command line, and what the command printed."""

    def __init__(self, source: Path, output: Path) -> None:
        if not source.exists():
            pytest.skip(f"needs {source.name}, which is not beside this checkout")
        run = CliRunner().invoke(app, ["build", str(source), "--output", str(output)])
        assert run.exit_code == 0, run.output
        self.printed = run.output
        self.graph: Graph = open_graph(output)
        self.documents: dict[str, Any] = self.graph.report["documents"]
        assert self.graph.report["failures"] == []

    def ask(self, query: str) -> list[tuple[str, ...]]:
        return [tuple(str(value) for value in row) for row in self.graph.select(query).rows]

    def sound(self) -> None:
        """Every quote is where it says; that the shapes hold was checked when the graph was published."""
        checked = verify(self.graph)
        assert checked.conforms, checked.text("en")


@pytest.fixture(scope="module")
def act(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(shared / "real/formex-32013R1303", tmp_path_factory.mktemp("act") / "graph")


@pytest.fixture(scope="module")
def projects(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(shared / "real/project-lists-2007-2013", tmp_path_factory.mktemp("lists") / "graph")


@pytest.fixture(scope="module")
def finances(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    name = "real/esif-finance/ESIF_2014-2020_FINANCES_PLANNED_DETAILS_PL.csv"
    return Built(shared / name, tmp_path_factory.mktemp("plan") / "graph")


def printed_rows(built: Built) -> str:
    """The line that a build prints for the rows of all its lists together; each document's own add up."""
    every = [found["rows"] for found in built.documents.values() if found.get("rows")]
    for rows in every:
        assert rows["read"] == rows["taken"] + rows["merged"] + sum(rows["set_aside"].values())
    read, taken, merged = (sum(rows[key] for rows in every) for key in ("read", "taken", "merged"))
    aside = read - taken - merged
    return f"rows: {read} read = {taken} taken + {merged} merged into one above + {aside} set aside"


# The act and its annexes


def test_the_annexes_are_parts_of_the_act(act: Built) -> None:
    act.sound()
    parts = dict(
        act.ask(
            "SELECT ?part ?label WHERE { ?part a nurt:Provision ; nurt:partOf ?act ; skos:prefLabel ?label }"
        )
    )
    labels = {number: parts[str(ids.provision("32013R1303", f"annex/{number}"))] for number in ROMAN}
    assert all(labels[number].startswith(f"ANNEX {number}: ") for number in ROMAN)
    assert labels["I"] == "ANNEX I: COMMON STRATEGIC FRAMEWORK"
    above = dict(act.ask("SELECT ?part ?whole WHERE { ?part nurt:partOf ?whole }"))
    section = ids.provision("32013R1303", "annex/I/3.2")
    assert above[str(section)] == str(ids.provision("32013R1303", "annex/I/3"))
    assert above[str(ids.provision("32013R1303", "annex/I"))] == str(ids.instrument(ACT))
    assert sum(1 for part in parts if re.search(r"/article/\d+$", part)) == 154


def test_every_character_of_the_act_and_its_annexes_is_kept(act: Built, shared: Path) -> None:
    unprinted = ("BIB.INSTANCE", "BIB.DOC", "PUBLICATION.REF", "FMX")
    read = 0
    for number in range(2, 21):
        root = etree.parse(str(shared / f"real/formex-32013R1303/DOC_{number}.xml")).getroot()
        for element in list(root.iter(*unprinted)):
            element.getparent().remove(element)
        said = Counter(re.sub(r"\s", "", "".join(root.itertext())))
        assert said - Counter(re.sub(r"\s", "", act.graph.text(f"doc-{number}"))) == Counter()
        read += said.total()
    assert read > 400_000


def test_what_no_family_reads_is_counted_all_the_same(act: Built) -> None:
    assert printed_rows(act) in act.printed
    assert act.documents["theme"]["rows"]["read"] == 8
    assert {name for name, found in act.documents.items() if found["family"] == "regulation"} == {
        f"doc-{number}" for number in range(2, 17)
    }
    assert all(found["pages"] for name, found in act.documents.items() if name != "theme")


# The project lists


def test_every_row_of_the_project_lists_is_accounted_for(projects: Built, shared: Path) -> None:
    projects.sound()
    contracts: dict[str, tuple[Decimal, Decimal]] = {}
    places: set[tuple[str, str]] = set()
    for year in range(2007, 2012):
        path = shared / f"real/project-lists-2007-2013/EFRR_wojewodztwo_{year}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))[1:]
        name = f"efrr-wojewodztwo-{year}"
        counted = projects.documents[name]["rows"]
        assert (counted["read"], counted["set_aside"]) == (len(rows), {})
        assert counted["taken"] == len({row[0] for row in rows})
        for row in rows:
            contract = str(ids.concept("project", row[0].rpartition("-")[0]))
            contracts[contract] = tuple(Decimal(row[at].replace(",", "")) for at in (12, 9))  # type: ignore[assignment]
            places.add((contract, str(ids.region(row[6]))))
    found = projects.ask(
        """SELECT ?p ?eu ?total WHERE { ?p a nurt:Project ; nurt:hasAllocation ?a .
             ?a nurt:amount ?eu ; nurt:totalAmount ?total ; nurt:currency "PLN" ; nurt:asOf ?signed }"""
    )
    assert {p: (Decimal(eu), Decimal(total)) for p, eu, total in found} == contracts
    assert len(found) == len(contracts) == 523
    where = projects.ask("SELECT ?p ?place WHERE { ?p a nurt:Project ; nurt:coversRegion ?place }")
    assert set(where) == places
    assert printed_rows(projects) in projects.printed
    assert projects.graph.report["reviews"] == []


def test_every_project_hangs_below_the_deepest_code_of_its_row(projects: Built) -> None:
    kinds = Counter(
        kind.rpartition("#")[2]
        for _, kind in projects.ask("SELECT ?p ?t WHERE { ?p a nurt:Project ; nurt:partOf ?x . ?x a ?t }")
    )
    assert set(kinds) == {"Measure", "SubMeasure"}
    assert kinds.total() == 523
    programmes = projects.ask(
        "SELECT DISTINCT ?x WHERE { ?p a nurt:Project ; nurt:flowsFrom ?x . ?x a nurt:RegionalProgramme }"
    )
    assert all(name.endswith("-2007-2013") for (name,) in programmes)


# The Commission's finance plan


def test_every_row_of_the_finance_plan_is_an_allocation_or_set_aside(finances: Built, shared: Path) -> None:
    finances.sound()
    path = shared / "real/esif-finance/ESIF_2014-2020_FINANCES_PLANNED_DETAILS_PL.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    name = "esif-2014-2020-finances-planned-details-pl"
    outside = Counter(row["CCI"] for row in rows if row["CCI"] not in ids.CCI_PROGRAMMES)
    assert finances.documents[name]["rows"] == {
        "read": len(rows),
        "taken": len(rows) - outside.total(),
        "merged": 0,
        "set_aside": {f"programme {cci} is none of the known ones": n for cci, n in outside.items()},
    }
    assert printed_rows(finances) in finances.printed
    assert f"set aside: {name}: 26: programme {outside.most_common(1)[0][0]}" in finances.printed
    said = finances.ask(
        "SELECT ?a ?eu ?n ?t WHERE { ?a a nurt:Allocation ; nurt:amount ?eu ; nurt:nationalAmount ?n ; "
        "nurt:totalAmount ?t }"
    )
    columns = ("EU Amount", "National Amount", "Total Amount")
    published = Counter(
        tuple(Decimal(row[column]) for column in columns) for row in rows if row["CCI"] in ids.CCI_PROGRAMMES
    )
    assert Counter(tuple(map(Decimal, amounts)) for _, *amounts in said) == published
