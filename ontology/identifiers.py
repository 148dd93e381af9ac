"""Every IRI of nurt is minted here; identity is (instrument, code), never a label."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Final

from rdflib import URIRef

from ..errors import UnknownNameError
from .namespace import ID

__all__ = [
    "CCI_PROGRAMMES",
    "PROGRAMME_PREFIXES",
    "allocation",
    "body",
    "breakdown",
    "concept",
    "document",
    "document_version",
    "element",
    "expand",
    "hashed",
    "indicator",
    "instrument",
    "investment_priority",
    "is_code",
    "normalise_code",
    "objective",
    "official_journal",
    "provision",
    "region",
    "roman_to_int",
    "short",
    "slug",
    "split_programme_code",
    "survey",
    "thematic_objective",
]

# Prefixes of call and project codes, as the national SZOOP guidelines assign them.
PROGRAMME_PREFIXES: Final[dict[str, str]] = {
    "RPDS": "rpo-dolnoslaskie",
    "RPKP": "rpo-kujawsko-pomorskie",
    "RPLU": "rpo-lubelskie",
    "RPLB": "rpo-lubuskie",
    "RPLD": "rpo-lodzkie",
    "RPMP": "rpo-malopolskie",
    "RPMA": "rpo-mazowieckie",
    "RPOP": "rpo-opolskie",
    "RPPK": "rpo-podkarpackie",
    "RPPD": "rpo-podlaskie",
    "RPPM": "rpo-pomorskie",
    "RPSL": "rpo-slaskie",
    "RPSW": "rpo-swietokrzyskie",
    "RPWM": "rpo-warminsko-mazurskie",
    "RPWP": "rpo-wielkopolskie",
    "RPZP": "rpo-zachodniopomorskie",
    "POIR": "po-inteligentny-rozwoj",
    "POIS": "po-infrastruktura-i-srodowisko",
    "POPC": "po-polska-cyfrowa",
    "POPW": "po-polska-wschodnia",
    "POWR": "po-wiedza-edukacja-rozwoj",
    "POPT": "po-pomoc-techniczna",
}

# Common Codes for Identification, as the Commission's finance plan prints them.
CCI_PROGRAMMES: Final[dict[str, str]] = {
    "2014PL05M9OP001": "po-wiedza-edukacja-rozwoj",
    "2014PL16CFTA001": "po-pomoc-techniczna",
    "2014PL16M1OP001": "po-infrastruktura-i-srodowisko",
    "2014PL16M2OP001": "rpo-dolnoslaskie",
    "2014PL16M2OP002": "rpo-kujawsko-pomorskie",
    "2014PL16M2OP003": "rpo-lubelskie",
    "2014PL16M2OP004": "rpo-lubuskie",
    "2014PL16M2OP005": "rpo-lodzkie",
    "2014PL16M2OP006": "rpo-malopolskie",
    "2014PL16M2OP007": "rpo-mazowieckie",
    "2014PL16M2OP008": "rpo-opolskie",
    "2014PL16M2OP009": "rpo-podkarpackie",
    "2014PL16M2OP010": "rpo-podlaskie",
    "2014PL16M2OP011": "rpo-pomorskie",
    "2014PL16M2OP012": "rpo-slaskie",
    "2014PL16M2OP013": "rpo-swietokrzyskie",
    "2014PL16M2OP014": "rpo-warminsko-mazurskie",
    "2014PL16M2OP015": "rpo-wielkopolskie",
    "2014PL16M2OP016": "rpo-zachodniopomorskie",
    "2014PL16RFOP001": "po-inteligentny-rozwoj",
    "2014PL16RFOP002": "po-polska-cyfrowa",
    "2014PL16RFOP003": "po-polska-wschodnia",
}

_ROMAN: Final = re.compile(r"(?=[IVXLC])(X[LC]|L?X{0,3})(I[XV]|V?I{0,3})", re.IGNORECASE)
_CODE_PART: Final = re.compile(r"[0-9]{1,3}(?:[a-z]|[ivx]{1,5})?|[IVXLCivxlc]{1,8}|[a-z]{1,4}")
_PROGRAMME_CODE: Final = re.compile(
    r"(?P<prefix>[A-Z]{4})\.(?P<axis>\d{2})(?:\.(?P<measure>\d{2}))?(?:\.(?P<sub>\d{2}))?"
)


def roman_to_int(text: str) -> int | None:
    """Return the value of a Roman numeral from I to XCIX, or None if it is not one.

    >>> roman_to_int("XII"), roman_to_int("IIX")
    (12, None)
    """
    if not _ROMAN.fullmatch(text):
        return None
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    digits = [values[c] for c in text.lower()]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


@lru_cache(maxsize=1 << 14)
def normalise_code(printed: str) -> str:
    """Return the form of a code that identity rests on: Arabic, dotted, no leading zeros, no final dot.

    The first part may be Roman (``I.2``), parts may be padded (``01.02``), and a code of the form
    ``RPLD.01.02.00`` loses its prefix and its empty sub-measure. Raises UnknownNameError for
    text that is not a code.

    >>> [normalise_code(c) for c in ("I.2", "1.2.", "01.02", "RPLD.01.02.00", "II.1.1", "1b", "8iv")]
    ['1.2', '1.2', '1.2', '1.2', '2.1.1', '1b', '8iv']
    """
    text = printed.strip().replace(" ", "").strip(".")
    if match := _PROGRAMME_CODE.fullmatch(text):
        text = ".".join(part for part in match.groups()[1:] if part and part != "00")
    parts: list[str] = []
    for position, part in enumerate(text.split(".")):
        if not _CODE_PART.fullmatch(part):
            raise UnknownNameError(
                f"{printed!r} is not a code.",
                name=printed,
                hint="A code looks like I.2, 1.2.1 or RPLD.01.02.00.",
            )
        value = roman_to_int(part) if position == 0 and part.isupper() else None
        if value is not None:
            parts.append(str(value))
        else:
            parts.append(part.lstrip("0").lower() or "0")
    return ".".join(parts)


def is_code(text: str) -> bool:
    """Say whether ``normalise_code`` accepts the text."""
    try:
        normalise_code(text)
    except UnknownNameError:
        return False
    return True


def split_programme_code(text: str) -> tuple[str, str] | None:
    """Split ``RPLD.02.03.01-IP.02-10-080/22`` into programme slug and code, or None if it is no such code.

    >>> split_programme_code("RPLD.02.03.01-IP.02-10-080/22")
    ('rpo-lodzkie', '2.3.1')
    """
    match = _PROGRAMME_CODE.match(text.strip())
    if not match or match["prefix"] not in PROGRAMME_PREFIXES:
        return None
    return PROGRAMME_PREFIXES[match["prefix"]], normalise_code(match.group())


def slug(text: str) -> str:
    """Return a lower-case ASCII name for an IRI: ``Łódzkie – B+R`` becomes ``lodzkie-b-r``."""
    folded = text.replace("ł", "l").replace("Ł", "L")
    folded = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")


def instrument(name: str) -> URIRef:
    """IRI of a strategy, regulation or programme by its slug: ``europe-2020``, ``rpo-lodzkie``."""
    return ID[name]


def element(instrument_slug: str, code: str) -> URIRef:
    """IRI of an axis, measure, sub-measure of a programme, from its code in any printed form."""
    return ID[f"{instrument_slug}/{normalise_code(code)}"]


def objective(instrument_slug: str, code: str) -> URIRef:
    """IRI of an objective, area or direction of intervention of a strategy."""
    return ID[f"{instrument_slug}/objective/{normalise_code(code)}"]


def thematic_objective(number: int | str) -> URIRef:
    """IRI of thematic objective 1 to 11 of Article 9 of Regulation (EU) No 1303/2013."""
    return ID[f"thematic-objective/{int(number)}"]


def investment_priority(fund: str, code: str) -> URIRef:
    """IRI of an investment priority, e.g. ("ERDF", "1b"); codes repeat between funds."""
    return ID[f"investment-priority/{fund.lower()}-{normalise_code(code)}"]


def concept(scheme: str, name: str) -> URIRef:
    """IRI of a SKOS concept, e.g. ("beneficiary-type", "clusters")."""
    return ID[f"{scheme}/{slug(name)}"]


def region(name: str) -> URIRef:
    """IRI of a voivodeship by its Polish name."""
    return ID[f"region/{slug(name)}"]


def survey(document_name: str, *categories: URIRef) -> URIRef:
    """IRI of the survey that a document reports, or of one figure of it: by its question and answer."""
    return ID["/".join(("survey", document_name, *(short(each).rpartition("/")[2] for each in categories)))]


def body(name: str) -> URIRef:
    """IRI of an organisation by its official name."""
    return ID[f"body/{slug(name)}"]


def provision(celex: str, path: str) -> URIRef:
    """IRI of a part of a legal act: ("32013R1303", "article/9"), ("32013R1303", "article/9/1/a")."""
    return ID[f"act/{celex}/{path}"]


def official_journal(series: str, year: int, number: int, page: int) -> URIRef:
    """IRI of an act by its place in the Official Journal: OJ L 298, 26.10.2012, p. 1."""
    return ID[f"oj/{series.lower()}/{year}/{number}/{page}"]


def document(name: str) -> URIRef:
    """IRI of a document, whatever its version."""
    return ID[f"document/{name}"]


def document_version(name: str, sha256: str) -> URIRef:
    """IRI of one version of a document and of the named graph that holds what it says."""
    return ID[f"document/{name}/{sha256[:16]}"]


def allocation(owner: URIRef, *key: str) -> URIRef:
    """IRI of an amount planned for ``owner``; the key (fund, objective, category, date) tells them apart."""
    return URIRef(f"{owner}/allocation/" + "-".join(slug(part) for part in key if part))


def indicator(owner: URIRef, *key: str) -> URIRef:
    """IRI of an indicator of an axis or objective; the key (id, fund, category) tells them apart."""
    return URIRef(f"{owner}/indicator/" + "-".join(slug(part) for part in key if part))


def breakdown(owner: URIRef, *key: str) -> URIRef:
    """IRI of an amount of ``owner`` by year or category of intervention; the key tells them apart."""
    return URIRef(f"{owner}/breakdown/" + "-".join(slug(part) for part in key if part))


def hashed(kind: str, *parts: object) -> URIRef:
    """IRI of a record that has no name of its own (claim, evidence): the hash of what it says."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
    return ID[f"{kind}/{digest[:24]}"]


def short(iri: URIRef) -> str:
    """Return what users type and read: the IRI without the nurt prefix; an IRI not ours stays whole."""
    return str(iri).removeprefix(str(ID))


def expand(name: str) -> URIRef:
    """Return the IRI of a short name; a code in the last place may be in any printed form.

    >>> expand("rpo-lodzkie/I.2") == expand("rpo-lodzkie/1.2") == expand("RPLD.01.02.00")
    True
    """
    if name.startswith(("http://", "https://", "urn:")):
        return URIRef(name)
    if coded := split_programme_code(name):
        return element(*coded)
    head, _, tail = name.rpartition("/")
    if head and head.split("/")[0] in PROGRAMME_PREFIXES.values() and is_code(tail):
        return ID[f"{head}/{normalise_code(tail)}"]
    return ID[name]
