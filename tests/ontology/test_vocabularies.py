"""Every entry of every vocabulary is looked at one by one; a failure names the entry and the fix."""

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, RDF, SKOS, Literal, URIRef

from nurt.ontology.namespace import ID, NURT
from nurt.ontology.vocabularies import (
    label_index,
    vocabulary_graphs,
    vocabulary_iri,
    vocabulary_names,
    vocabulary_quads,
)

GRAPHS = vocabulary_graphs()
FOLDER = Path(__file__).parents[2] / "ontology" / "vocabularies"
ENTRIES = [
    pytest.param(stem, entry, id=f"{stem}:{str(entry).removeprefix(str(ID))}")
    for stem, graph in GRAPHS.items()
    for entry in sorted(graph.subjects(SKOS.inScheme))
]
# Official Polish names that were not read stay unknown.
MAY_LACK_POLISH = {"investment_priorities", "intervention_fields"}
MAY_LACK_ENGLISH = {"smart_specialisations"}
ALLOWED = {
    RDF.type,
    SKOS.prefLabel,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    SKOS.notation,
    SKOS.definition,
    SKOS.note,
    SKOS.scopeNote,
    SKOS.editorialNote,
    SKOS.broader,
    SKOS.related,
    SKOS.member,
    SKOS.inScheme,
    DCTERMS.source,
    DCTERMS.date,
    NURT.acronym,
    NURT.code,
    NURT.notation,
    NURT.cci,
    NURT.celex,
    NURT.nuts,
    NURT.fund,
    NURT.indicator,
    NURT.euValue,
    NURT.baselineValue,
    NURT.polandValue,
    NURT.unit,
    URIRef("http://www.w3.org/2000/01/rdf-schema#seeAlso"),
}
COUNTS = {
    ("europe2020", NURT.Strategy): 1,
    ("europe2020", NURT.Priority): 3,
    ("europe2020", NURT.HeadlineTarget): 5,
    ("europe2020", NURT.FlagshipInitiative): 7,
    ("europe2020", NURT.Indicator): 9,
    ("thematic_objectives", NURT.ThematicObjective): 11,
    ("investment_priorities", NURT.InvestmentPriority): 75,
    ("funds", NURT.Fund): 6,
    ("regions", NURT.Region): 18,
    ("support_types", NURT.SupportType): 5,
    ("instruments", NURT.RegionalProgramme): 16,
    ("instruments", NURT.NationalProgramme): 6,
    ("instruments", NURT.UnionProgramme): 2,
}


def short(entry: URIRef) -> str:
    return entry.removeprefix(str(ID))


@pytest.mark.parametrize(("stem", "entry"), ENTRIES)
def test_entry(stem: str, entry: URIRef) -> None:
    graph = GRAPHS[stem]
    where = f"{stem}.ttl, {short(entry)}"
    assert entry.startswith(str(ID)), f"{where}: give it an IRI under {ID}"
    assert re.fullmatch(r"[A-Za-z0-9./_-]+", short(entry)), f"{where}: an IRI is plain ASCII"
    assert graph.value(entry, SKOS.inScheme) == vocabulary_iri(stem), f"{where}: name its own scheme"
    types = {t for t in graph.objects(entry, RDF.type) if str(t).startswith(str(NURT._NS))}
    assert len(types) == 1, f"{where}: give it one class of nurt, not {len(types)}"
    extra = set(graph.predicates(entry)) - ALLOWED
    assert not extra, f"{where}: {extra} is a link; links come from documents, with evidence"
    labels = [o for o in graph.objects(entry, SKOS.prefLabel) if isinstance(o, Literal)]
    languages = sorted(str(label.language) for label in labels)
    assert len(languages) == len(set(languages)), f"{where}: keep one preferred label in a language"
    wanted = {"pl", "en"}
    if stem in MAY_LACK_POLISH:
        wanted -= {"pl"}
    if stem in MAY_LACK_ENGLISH:
        wanted -= {"en"}
    assert wanted <= set(languages), f"{where}: add a preferred label in {sorted(wanted - set(languages))}"
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.editorialNote):
        for label in graph.objects(entry, predicate):
            assert label.language in ("pl", "en"), f"{where}: give {label!r} the language pl or en"
            assert str(label) == " ".join(str(label).split()), f"{where}: white space in {label!r}"
    for source in graph.objects(entry, DCTERMS.source):
        assert isinstance(source, URIRef), f"{where}: a source is an address, not {source!r}"
        assert str(source).startswith(("http://", "https://")), (
            f"{where}: a source is an address, not {source!r}"
        )
    for code in graph.objects(entry, NURT.notation):
        assert re.fullmatch(r"[0-9a-z]+([.-][0-9a-z]+)*", str(code)), f"{where}: normalise {code!r}"


@pytest.mark.parametrize("stem", sorted(GRAPHS))
def test_scheme_is_described_and_no_label_or_notation_means_two_things(stem: str) -> None:
    graph, scheme = GRAPHS[stem], vocabulary_iri(stem)
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert sorted(str(o.language) for o in graph.objects(scheme, predicate)) == ["en", "pl"]
    preferred: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    notations: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in graph.subjects(SKOS.inScheme):
        # an investment priority of the Cohesion Fund may be worded like one of the ERDF
        fund = str(graph.value(entry, NURT.fund) or "")
        cls = min(str(t) for t in graph.objects(entry, RDF.type) if str(t).startswith(str(NURT._NS)))
        group = short(entry).rpartition("/")[0] if stem == "smart_specialisations" else cls
        for label in graph.objects(entry, SKOS.prefLabel):
            preferred[str(label).lower(), str(label.language), fund + group].add(short(entry))
        for code in graph.objects(entry, NURT.notation):
            notations[str(code), fund + group].add(short(entry))
    for key, bearers in preferred.items():
        assert len(bearers) == 1, f"{stem}.ttl: {key[0]!r} is the preferred label of {sorted(bearers)}"
    for (code, _), bearers in notations.items():
        assert len(bearers) == 1, f"{stem}.ttl: {code!r} is the notation of {sorted(bearers)}"


@pytest.mark.parametrize(
    "stem", ["beneficiary_types", "support_types", "thematic_objectives", "funds", "regions"]
)
def test_a_label_of_a_closed_list_means_one_thing(stem: str) -> None:
    ambiguous = {label: found for label, found in label_index(stem).items() if len(found) > 1}
    assert ambiguous == {}, f"{stem}.ttl: keep each of these labels with one entry"


@pytest.mark.parametrize("stem", sorted(GRAPHS))
def test_broader_terms_are_there_and_run_in_no_circle(stem: str) -> None:
    graph = GRAPHS[stem]
    for narrow, broad in graph.subject_objects(SKOS.broader):
        assert (broad, SKOS.inScheme, vocabulary_iri(stem)) in graph, f"{stem}.ttl: {broad} is not there"
        assert narrow not in set(graph.transitive_objects(broad, SKOS.broader)), (
            f"{stem}.ttl: {narrow} circles"
        )


@pytest.mark.parametrize(("key", "count"), COUNTS.items(), ids=lambda value: str(value)[-60:])
def test_as_many_as_there_are(key: tuple[str, URIRef], count: int) -> None:
    stem, cls = key
    assert len(set(GRAPHS[stem].subjects(RDF.type, cls))) == count


def test_an_entry_stands_in_one_vocabulary() -> None:
    seen: dict[URIRef, str] = {}
    for stem, graph in GRAPHS.items():
        for entry in graph.subjects(SKOS.inScheme):
            assert seen.setdefault(entry, stem) == stem, f"{short(entry)} is in {seen[entry]} and in {stem}"


def test_targets_hold_the_figures() -> None:
    graph = GRAPHS["europe2020"]

    def figures(path: str) -> tuple[str, str]:
        target = ID[f"europe-2020/target/{path}"]
        assert (None, NURT.indicator, target) in graph
        return str(graph.value(target, NURT.euValue)), str(graph.value(target, NURT.polandValue))

    assert figures("employment/employment-rate") == ("75", "71")
    assert figures("research-and-development/research-and-development-expenditure") == ("3", "1.7")
    assert figures("education/early-school-leavers") == ("10", "4.5")
    assert figures("education/tertiary-attainment") == ("40", "45")
    assert figures("climate-and-energy/primary-energy-consumption") == ("1483", "96")
    assert figures("poverty/people-at-risk-of-poverty") == ("-20000000", "-1500000")
    # what was not read is unknown
    assert figures("climate-and-energy/renewable-energy") == ("20", "None")


def test_only_the_nuts_codes_that_were_read() -> None:
    graph = GRAPHS["regions"]
    assert {short(region): str(code) for region, code in graph.subject_objects(NURT.nuts)} == {
        "region/lubelskie": "PL31",
        "region/podkarpackie": "PL32",
        "region/swietokrzyskie": "PL33",
        "region/podlaskie": "PL34",
        "region/warminsko-mazurskie": "PL62",
    }
    members = set(graph.objects(ID["region/polska-wschodnia"], SKOS.member))
    assert members == set(graph.subjects(NURT.nuts)), "Eastern Poland is these five voivodeships"


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("SRK 2020", "srk-2020"),
        ("KSRR", "ksrr"),
        ("SIEG", "sieg"),
        ("DSRK", "dsrk-2030"),
        ("KPR", "kpr-2011"),
        ("POIR", "po-inteligentny-rozwoj"),
        ("PO IR", "po-inteligentny-rozwoj"),
        ("PO PW", "po-polska-wschodnia"),
        ("RPO WŁ", "rpo-lodzkie"),
        ("COSME", "cosme"),
        ("Horyzont 2020", "h2020"),
        ("H2020", "h2020"),
        ("COS-CLUSTER", "cosme/action/cluster-go-international-2014"),
        ("COS-WP", "cosme/action/cluster-excellence-2014"),
        ("Industrial Leadership", "h2020/il"),
        ("Doskonała baza naukowa", "h2020/es"),
        ("Strategia innowacyjności i efektywności gospodarki", "sieg"),
        ("Długoterminowa Strategia Rozwoju Kraju", "dsrk-2030"),
        ("Kierunki i założenia polityki klastrowej w Polsce do 2020 roku", "polityka-klastrowa-2020"),
    ],
)
def test_instruments_are_found_by_the_names_that_texts_use(name: str, entry: str) -> None:
    assert label_index("instruments")[name.lower()] == (ID[entry],)


def test_files_are_read_alike_each_time_and_fast() -> None:
    first = vocabulary_quads()
    vocabulary_quads.cache_clear()
    assert vocabulary_quads() == first
    assert {quad.graph_name.value for quad in first} == {
        str(vocabulary_iri(name)) for name in ("nurt", *vocabulary_names())
    }


@pytest.mark.parametrize("stem", sorted(GRAPHS))
def test_file_is_sorted(stem: str) -> None:
    text = (FOLDER / f"{stem}.ttl").read_text(encoding="utf-8")
    subjects = re.findall(r"^<([^>]+)>$", text, re.MULTILINE)
    natural = sorted(
        subjects[1:],
        key=lambda s: [(p.isdigit(), int(p) if p.isdigit() else p) for p in re.split(r"(\d+)", s)],
    )
    assert subjects[0] == f"vocabulary/{stem}"
    assert subjects[1:] == natural, f"{stem}.ttl: keep the entries sorted"
    assert not any(
        isinstance(quad.object, ox.BlankNode) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)
    )
