"""Every IRI of the graph leads to a page and to data, in the form and language that the client likes best."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote

import pytest
from rdflib import RDF, SKOS, BNode, Dataset, Literal, URIRef
from rdflib import Graph as RDFGraph
from selectolax.lexbor import LexborHTMLParser

from nurt.graph.store import Graph
from nurt.ontology.identifiers import short
from nurt.ontology.namespace import ID, NURT
from nurt.ontology.vocabularies import ontology_graph
from nurt.server.pages import Pages
from nurt.server.things import describe

MEASURE = "/page/rpo-lodzkie/1.2"
HOSTILE = '</title></style><script>alert(1)</script><img src=x onerror="alert(1)">'


def read(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "/page/rpo-lodzkie/1.2"),
        ("*/*", "/page/rpo-lodzkie/1.2"),
        ("text/turtle", "/data/rpo-lodzkie/1.2.ttl"),
        ("text/turtle;q=0.5, application/ld+json", "/data/rpo-lodzkie/1.2.jsonld"),
        ("application/rdf+xml, text/turtle;q=0.9, text/html;q=0.1", "/data/rpo-lodzkie/1.2.ttl"),
        ("text/*", "/page/rpo-lodzkie/1.2"),
        ("text/html;q=0, */*", "/data/rpo-lodzkie/1.2.ttl"),
    ],
)
def test_an_identifier_leads_to_what_the_client_likes_best(server, accept: str, location: str) -> None:
    for name in ("rpo-lodzkie/1.2", "rpo-lodzkie/I.2"):
        answer = server.client.get(f"/id/{name}", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["location"]) == (303, location)
        assert "Accept" in answer.headers["vary"]
        assert server.client.get(location).status_code == 200


def test_a_form_that_there_is_not_is_refused_with_those_that_there_are(server) -> None:
    answer = server.client.get("/id/rpo-lodzkie/1.2", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


def test_a_page_shows_the_way_to_europe_2020_with_basis_quote_and_document(server) -> None:
    page = read(server.client.get(MEASURE).text)
    assert texts(page, "h1") == ["I.2 Inwestycje przedsiębiorstw w badania i innowacje"]
    way = " ".join(texts(page, "#way"))
    for step in ("I Badania, rozwój i komercjalizacja wiedzy", "CT 1", "Rozwój inteligentny", "Europa 2020"):
        assert step in way
    plan = "Plan finansowy: Regionalny Program Operacyjny Województwa Łódzkiego na lata 2014-2020"
    assert f"{plan} (streszczenie), s. " in way
    bases = page.css("#way .basis")
    assert {node.text() for node in bases} >= {"z kodu", "podana wprost"}
    claim = server.client.get(bases[0].attributes["href"], follow_redirects=True)
    assert claim.status_code == 200
    shown = read(claim.text)
    assert texts(shown, "h1") == [
        "I.2 Inwestycje przedsiębiorstw w badania i innowacje jest częścią → "
        "I Badania, rozwój i komercjalizacja wiedzy"
    ]
    assert "Działanie I.2" in texts(shown, ".context mark")[0]
    assert page.css_first("#linked a").attributes["href"].startswith("/id/rpo-lodzkie/1.2.1")


def test_a_page_gives_names_in_both_languages_and_speaks_the_one_that_is_asked_for(server) -> None:
    name = "/page/thematic-objective/1"
    polish = server.client.get(name, headers={"Accept-Language": "pl-PL,pl;q=0.9,en;q=0.8"})
    english = server.client.get(name, headers={"Accept-Language": "en-GB,en;q=0.9"})
    asked = server.client.get(f"{name}?lang=en", headers={"Accept-Language": "pl"})
    for answer in (polish, english, asked):
        assert "Strengthening research, technological development and innovation" in answer.text
        assert "Accept-Language" in answer.headers["vary"]
    assert texts(read(polish.text), "h2")[0] == "Droga w górę"
    assert texts(read(english.text), "h2") == texts(read(asked.text), "h2")
    assert texts(read(english.text), "h2")[0] == "The way up"
    assert texts(read(english.text), "h1")[0].startswith("TO 1 Strengthening")
    assert read(polish.text).css_first("html").attributes["lang"] == "pl"


def test_an_evidence_shows_its_quote_where_it_stands(server, graph: Graph) -> None:
    query = """SELECT ?evidence ?quote ?document ?start WHERE {
      ?evidence a nurt:Evidence ; oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote ;
                oa:hasSelector/oa:start ?start . FILTER(?start > 400) } ORDER BY ?evidence LIMIT 3"""
    for evidence, quote_, document, start in graph.select(query).rows:
        page = read(server.client.get(f"/page/{short(evidence)}").text)
        assert page.css_first("mark").text() == str(quote_)
        text = graph.text(short(document).removeprefix("document/"))
        place = page.css_first(".context").text()
        assert place in text
        assert text.index(place) == int(start) - 300


def test_data_is_the_same_in_both_formats_and_holds_claims_and_evidence(server, graph: Graph) -> None:
    turtle = RDFGraph().parse(data=server.client.get("/data/rpo-lodzkie/1.2.ttl").text, format="turtle")
    linked = RDFGraph().parse(data=server.client.get("/data/rpo-lodzkie/1.2.jsonld").text, format="json-ld")
    assert _values(turtle) == _values(linked)
    measure = ID["rpo-lodzkie/1.2"]
    assert (measure, NURT.partOf, ID["rpo-lodzkie/1"]) in turtle
    claims = set(turtle.subjects(RDF.subject, measure))
    assert claims == {row[0] for row in graph.select("SELECT ?c { ?c rdf:subject ?m }", {"m": measure}).rows}
    assert all(turtle.value(claim, NURT.evidence) for claim in claims)


def _values(rdf: RDFGraph) -> set[tuple[object, ...]]:
    """The triples with numbers by their value: 1 and 1.0 are the same decimal."""
    return {tuple(t.toPython() if isinstance(t, Literal) else t for t in triple) for triple in rdf}


def test_everything_in_the_graph_has_a_page_and_data(server, graph: Graph) -> None:
    """One thing of each class, all named graphs' names but the documents', and what claims speak of."""
    query = (
        "SELECT (SAMPLE(?thing) AS ?one) WHERE { ?thing a ?class . FILTER(ISIRI(?thing)) } GROUP BY ?class"
    )
    things = {str(row[0]) for row in graph.select(query).rows}
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(!CONTAINS(STR(?g), 'document/')) }"
    things |= {str(row[0]) for row in graph.select(query).rows}
    mine = sorted(thing.removeprefix(str(ID)) for thing in things if thing.startswith(str(ID)))
    assert len(mine) > 40
    for name in mine:
        answer = server.client.get(
            f"/id/{quote(name)}", headers={"Accept": "text/html"}, follow_redirects=True
        )
        assert (answer.status_code, name) == (200, name)
        assert read(answer.text).css_first("link[rel=canonical]").attributes["href"] == f"{ID}{name}"
        data = server.client.get(f"/data/{quote(name)}.ttl")
        assert len(RDFGraph().parse(data=data.text, format="turtle")) > 0, name
    outside = {thing for thing in things if not thing.startswith(str(ID))}
    ours = {thing for thing in outside if thing.startswith("https://w3id.org/nurt/")}
    assert all("/ontology" in thing for thing in ours)


def test_links_on_pages_lead_somewhere(server) -> None:
    seen: set[str] = set()
    for start in (MEASURE, "/page/europe-2020", "/page/document/europe-2020", "/ontology", "/query"):
        for link in read(server.client.get(start).text).css("a[href^='/']")[:40]:
            seen.add(unquote(link.attributes["href"].partition("#")[0]).partition("?")[0])
    assert len(seen) > 60
    for address in sorted(seen - {"/"}):
        answer = server.client.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
        assert answer.status_code == 200, address


def test_what_is_not_there_is_answered_with_the_nearest_names(server) -> None:
    for address in ("/id/rpo-lodzkie/1.22", "/page/rpo-lodzkie/1.22"):
        answer = server.client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 404
        assert "rpo-lodzkie/1.2" in {text.split()[0] for text in texts(read(answer.text), "main li")}
    for address in ("/id/rpo-lodzki", "/data/rpo-lodzki.ttl"):
        answer = server.client.get(address, headers={"Accept": "text/turtle"})
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/plain")
        assert "rpo-lodzkie\n" in answer.text
    assert server.client.get("/nothing").status_code == 404
    assert server.client.get("/data/rpo-lodzkie/1.2").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/id/",
        "/id/http://example.org/",
        "/id//example.org/x",
        "/id/https://w3id.org/nurt/ontology%23Measure",
        "/page/..%2f..%2fetc%2fpasswd",
        "/id/a%0d%0aSet-Cookie:%20x=y",
        "/id/%00",
        "/page/%3Cscript%3Ealert(1)%3C/script%3E",
        "/page/%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "/id/%3E%20%7D%20DROP%20ALL",
        "/id/%ff%fe",
        "/id/" + "x" * 20_000,
        "/page/x?lang=%3Cscript%3E",
        "/data/.ttl",
    ],
)
def test_a_hostile_address_is_just_not_there(server, address: str) -> None:
    answer = server.client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert "set-cookie" not in answer.headers


def test_names_with_markup_stay_text() -> None:
    data = Dataset()
    inside = data.graph(ID["g"])
    for node, value in (
        (SKOS.prefLabel, Literal(HOSTILE, lang="pl")),
        (NURT.code, Literal(HOSTILE)),
        (RDF.type, NURT.Measure),
        (SKOS.related, URIRef("javascript:alert(1)")),
    ):
        inside.add((ID["rpo-x/1"], node, value))
    inside.add((BNode(), SKOS.prefLabel, Literal("beside")))
    graph = Graph.in_memory(data.serialize(format="nquads", encoding="utf-8"))
    pages = Pages(graph)
    html, policy = pages.thing(describe(graph, ID["rpo-x/1"], "pl"), "pl")
    page = read(html)
    assert not page.css("script, img, a[href^='javascript']")
    assert texts(page, "h1") == [HOSTILE]
    assert "default-src 'none'" in policy
    query, _ = pages.query("pl", 30)
    assert len(read(query).css("script")) == 2
    missing, _ = pages.missing(HOSTILE, "en")
    assert not read(missing).css("script, img")


def test_a_client_that_has_a_page_is_told_so(server) -> None:
    for address in (MEASURE, "/data/rpo-lodzkie/1.2.ttl", "/ontology", "/query", "/"):
        first = server.client.get(address)
        assert first.status_code == 200, address
        tag = first.headers["etag"]
        again = server.client.get(address, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert server.client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_pages_may_load_nothing_and_run_nothing_that_is_not_in_them(server) -> None:
    for address in (MEASURE, "/ontology", "/query", "/page/nothing"):
        answer = server.client.get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not read(answer.text).css("[src], link[rel=stylesheet], [style], [onclick]")


def _blank(triple: tuple[object, ...]) -> bool:
    return any(isinstance(node, BNode) for node in triple)


def test_the_ontology_is_served_in_all_forms(server) -> None:
    for headers, address, form in (
        ({"Accept": "text/turtle"}, "/ontology", "turtle"),
        ({}, "/ontology.ttl", "turtle"),
        ({"Accept": "application/ld+json"}, "/ontology", "json-ld"),
        ({}, "/ontology.jsonld", "json-ld"),
    ):
        answer = server.client.get(address, headers=headers)
        served = RDFGraph().parse(data=answer.text, format=form)
        # Without its blank nodes (unions of classes), whose comparison takes seconds.
        assert {t for t in served if not _blank(t)} == {t for t in ontology_graph() if not _blank(t)}
        assert len(served) == len(ontology_graph())
    page = read(server.client.get("/ontology", headers={"Accept": "text/html", "Accept-Language": "pl"}).text)
    named = {node.attributes["id"] for node in page.css("dt[id]")}
    terms = {str(s).rpartition("#")[2] for s in ontology_graph().subjects(RDF.type) if s in NURT._NS}
    assert len(terms) > 80
    assert terms <= named
    assert "działanie" in " ".join(texts(page, "dt#Measure"))


def test_the_query_page_offers_every_named_query_ready_to_run(server) -> None:
    from nurt.queries.catalogue import library

    page = read(server.client.get("/query?lang=en").text)
    data = json.loads(page.css_first("script#data").text())
    assert [example["name"] for example in data["examples"]] == list(library())
    for example in data["examples"]:
        assert "#+" not in example["text"]
        answer = server.ask(example["text"])
        assert answer.status_code == 200, (example["name"], answer.text)
