"""The closed vocabulary: a misspelt term fails at import, not in a result that is silently empty."""

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

__all__ = ["ELI", "ID", "NURT", "OA", "PREFIXES"]

ID = Namespace("https://w3id.org/nurt/id/")


class NURT(DefinedNamespace):
    """The terms of ``nurt.ttl``; a test keeps the two equal, term by term."""

    _fail = True
    _NS = Namespace("https://w3id.org/nurt/ontology#")

    # Instruments
    Instrument: URIRef
    Strategy: URIRef
    Regulation: URIRef
    Programme: URIRef
    UnionProgramme: URIRef
    NationalProgramme: URIRef
    RegionalProgramme: URIRef

    # Elements that an instrument sets
    Element: URIRef
    Priority: URIRef
    HeadlineTarget: URIRef
    FlagshipInitiative: URIRef
    ThematicObjective: URIRef
    InvestmentPriority: URIRef
    Objective: URIRef
    ProgrammePart: URIRef
    PriorityAxis: URIRef
    SpecificObjective: URIRef
    Measure: URIRef
    SubMeasure: URIRef
    Project: URIRef
    Provision: URIRef  # an article, paragraph or annex of a legal act

    # Beside them
    BeneficiaryType: URIRef
    SupportType: URIRef
    Fund: URIRef
    Region: URIRef
    CategoryOfRegion: URIRef
    Body: URIRef
    SmartSpecialisation: URIRef
    InterventionField: URIRef
    Allocation: URIRef
    Indicator: URIRef  # what a headline target is measured by
    ProgrammeIndicator: URIRef  # what an axis or objective of a programme is measured by
    ResultIndicator: URIRef
    OutputIndicator: URIRef
    FrameworkIndicator: URIRef  # of the performance framework, a key implementation step included
    Breakdown: URIRef  # money that allocations hold already, by year or category of intervention
    SurveyQuestion: URIRef
    SurveyAnswer: URIRef
    Document: URIRef
    Claim: URIRef
    Evidence: URIRef
    Basis: URIRef

    # Links, child -> parent
    partOf: URIRef
    contributesTo: URIRef
    implements: URIRef
    addresses: URIRef
    flowsFrom: URIRef
    hasPart: URIRef  # inverse of partOf

    # Links, sideways
    eligible: URIRef
    selects: URIRef  # a programme chooses a thematic objective; says nothing of its single axes and measures
    supports: URIRef  # a text says that an instrument or element supports a beneficiary type
    supportType: URIRef
    fundedBy: URIRef
    coversRegion: URIRef
    managedBy: URIRef
    hasAllocation: URIRef
    indicator: URIRef  # headline target -> its indicators
    measuredBy: URIRef  # axis or objective -> the programme's indicators
    interventionField: URIRef
    hasBreakdown: URIRef
    cites: URIRef
    setsOut: URIRef

    # Attributes
    code: URIRef  # as printed
    notation: URIRef  # normalised, what identity rests on
    acronym: URIRef
    cci: URIRef
    celex: URIRef
    nuts: URIRef
    amount: URIRef
    currency: URIRef
    fund: URIRef
    thematicObjective: URIRef
    categoryOfRegion: URIRef
    asOf: URIRef
    nationalAmount: URIRef  # national counterpart of an allocation
    totalAmount: URIRef  # Union support and national counterpart
    cofinancingRate: URIRef  # Union share of the total, in per cent
    beneficiaryLabel: URIRef  # a beneficiary as printed, conditions included
    euValue: URIRef  # target figure for the Union
    polandValue: URIRef  # target figure for Poland
    baselineValue: URIRef  # where the Union stood when the target was set
    unit: URIRef  # of the figures of an indicator or observation
    baseline: URIRef  # figure of a programme indicator before the programme
    baselineYear: URIRef
    milestone: URIRef  # for 2018
    target: URIRef  # for 2023
    year: URIRef  # that a breakdown is of
    performanceReserve: URIRef
    dimension: URIRef  # of the categories of intervention
    surveyQuestion: URIRef
    surveyAnswer: URIRef
    surveyYear: URIRef
    respondentShare: URIRef
    respondents: URIRef  # the number that a share refers to
    technicalAssistance: URIRef
    digest: URIRef  # true where the document is a digest, not the official text
    sha256: URIRef
    family: URIRef

    # Claims and their evidence
    basis: URIRef
    confidence: URIRef
    rule: URIRef
    decidingWord: URIRef  # the word that an inferred claim rests on
    evidence: URIRef
    page: URIRef

    # The four bases
    stated: URIRef
    coded: URIRef
    inferred: URIRef
    curated: URIRef


class OA(DefinedNamespace):
    """The terms of the W3C Web Annotation vocabulary that evidence uses."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    SpecificResource: URIRef
    TextQuoteSelector: URIRef
    TextPositionSelector: URIRef
    hasSource: URIRef
    hasSelector: URIRef
    exact: URIRef
    start: URIRef
    end: URIRef


class ELI(DefinedNamespace):
    """The terms of the European Legislation Identifier ontology that legal acts use."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/eli/ontology#")

    LegalResource: URIRef
    LegalResourceSubdivision: URIRef
    cites: URIRef
    id_local: URIRef


PREFIXES: dict[str, str] = {
    "nurt": str(NURT._NS),
    "id": str(ID),
    "oa": str(OA._NS),
    "eli": str(ELI._NS),
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
