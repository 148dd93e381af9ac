"""A graph that ``nurt serve`` serves is a graph that the other commands can open."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from nurt.cli.app import app
from nurt.errors import GraphError
from nurt.graph.store import Graph, open_graph
from nurt.graph.upload import upload
from nurt.queries.run import run

from .conftest import Server


def test_the_other_commands_ask_a_served_graph(server: Server, graph: Graph) -> None:
    with open_graph(server.url) as served:
        for name in ("money-by-priority", "documents"):
            assert run(served, name).rows == run(graph, name).rows
    done = CliRunner().invoke(app, ["trace", "rpo-lodzkie/I.2", "--store", server.url])
    assert done.exit_code == 0, done.output
    assert "[europe-2020]" in done.stdout


def test_a_served_graph_takes_no_updates(server: Server, graph: Graph) -> None:
    with pytest.raises(GraphError, match="takes no updates"):
        upload(graph, server.url)
