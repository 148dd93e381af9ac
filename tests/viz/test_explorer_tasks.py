"""Three tasks of somebody who has never seen the page, each done in at most five interactions."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from nurt.graph.store import Graph
from nurt.ontology.identifiers import short
from nurt.ontology.namespace import ID, NURT
from nurt.queries.links import load_links
from nurt.queries.money import load_allocations

from .conftest import numbers

pytestmark = pytest.mark.browser


def test_what_supports_clusters_in_lodzkie_and_whom(reader: Any, whole_graph: Graph) -> None:
    page = reader.page
    reader.click(reader.facet("region", "łódzkie"))
    reader.click(reader.facet("beneficiary", "klastry"))
    reader.click(page.locator("#tab-table"))
    rows = [row.locator("td").all_text_contents() for row in page.locator("table.lineage tbody tr").all()]
    assert rows
    programmes = {row[0] for row in rows}
    assert "RPO łódzkie" in programmes
    assert "POIR" in programmes, "the national level too"
    assert "COSME" in programmes, "and the Union's"
    assert not [name for name in programmes if name.startswith("RPO ") and name != "RPO łódzkie"]
    assert all("klast" in row[-2].lower() for row in rows), "each row says at whom it is aimed"
    reader.click(page.locator("table.lineage tbody tr", has_text="RPO łódzkie").first.locator("button").last)
    expect(page.locator("#sides")).to_contain_text("klast")
    assert reader.interactions <= 5
    named = {
        link.child
        for link in load_links(whole_graph, predicates=(NURT.eligible, NURT.supports))
        if link.parent == ID["beneficiary-type/clusters"] and short(link.child).startswith("rpo-lodzkie/")
    }
    shown = " ".join(cell for row in rows for cell in row[:4])
    for measure in named:
        code = whole_graph.select("SELECT ?c WHERE { ?x nurt:code ?c }", {"x": measure}).rows[0][0]
        assert str(code) in shown


def test_where_the_link_of_i_2_to_smart_growth_is_written(reader: Any) -> None:
    page = reader.page
    reader.look_for("I.2 łódzkie")
    way = page.locator("#way-up .link")
    to_objective = way.filter(has_text=re.compile(r"I .*CT 1", re.DOTALL)).first
    expect(to_objective.locator("blockquote").first).to_be_visible()
    to_priority = way.filter(has=page.locator(".link-line", has_text=re.compile("CT 1.*Rozwój inteligentny")))
    expect(to_priority.locator("blockquote").first).not_to_be_empty()
    expect(to_priority.locator("figcaption").first).to_contain_text(re.compile(r", s\. \d"))
    expect(to_priority.locator(".basis").first).to_be_visible()
    assert reader.interactions <= 5


def test_low_carbon_money_of_two_regions_is_compared(reader: Any, whole_graph: Graph) -> None:
    page = reader.page
    reader.click(page.locator("#tab-matrix"))
    heads = page.locator("table.matrix thead th").all_text_contents()
    column = next(i for i, head in enumerate(heads) if "niskoemisyjn" in head)
    for region, programme in (("śląskie", "rpo-slaskie/"), ("mazowieckie", "rpo-mazowieckie/")):
        row = page.locator("table.matrix tbody tr").filter(
            has=page.locator("th", has_text=re.compile(f"^{region}$"))
        )
        shown = numbers(row.locator("td").nth(column - 1).get_attribute("title") or "")
        entries = [
            entry
            for owner, given in load_allocations(whole_graph).items()
            for entry in given
            if short(owner).startswith(programme) and entry.objective == ID["thematic-objective/4"]
        ]
        newest = max(str(entry.as_of) for entry in entries)
        assert shown == sum(entry.amount for entry in entries if str(entry.as_of) == newest) > 0
    assert reader.interactions <= 5
