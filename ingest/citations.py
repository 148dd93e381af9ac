"""References to legal acts in Polish and English: the Official Journal, numbered acts, articles, CELEX.

Forms as the Interinstitutional Style Guide of the Publications Office has them (4.2 and 2.3 to 2.4), and as
authors write them: with and without *No*, the institution, the year in two digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rdflib import URIRef

from ..ontology.identifiers import instrument, official_journal, provision

__all__ = ["ActKind", "Citation", "act_iri", "celex_number", "citations", "eli"]

ActKind = Literal["regulation", "directive", "decision", "recommendation"]

_LETTERS: Final[dict[str, str]] = {
    "regulation": "R",
    "directive": "L",
    "decision": "D",
    "recommendation": "H",
}

_DAY: Final = r"(?P<day>\d{1,2})[./ ](?P<month>\d{1,2})[./ ](?P<year>\d{4})"
_OJ: Final = re.compile(
    r"\b(?:OJ|O\.J\.|Dz\.\s?U(?:rz)?\.(?:\s?(?:UE|WE|U\.E\.|Unii Europejskiej))?)[ ,]*"
    r"(?:seria\s+)?(?P<series>[LC])\s*(?:nr\s*|No\.?\s*)?(?P<number>\d{1,3})\s*[A-Z]?\s*,?\s*"
    r"(?:(?:z dnia|z|of)\s+)?" + _DAY + r"(?:\s?r\.)?\s*,?\s*(?:p{1,2}\.|str\.|s\.)\s*(?P<page>\d{1,4})"
)
_OJ_MORE: Final = re.compile(
    r"(?:\s*(?:,|;|and|oraz|i|and in)\s*)+(?P<series>[LC])\s*(?:nr\s*|No\.?\s*)?(?P<number>\d{1,3})\s*,?\s*"
    r"(?:(?:z dnia|z|of)\s+)?" + _DAY + r"(?:\s?r\.)?\s*,?\s*(?:p{1,2}\.|str\.|s\.)\s*(?P<page>\d{1,4})"
)
_KIND: Final = (
    r"(?P<kind>(?:(?:Framework|Implementing|Delegated|Council|Commission)\s+)*"
    r"(?:Regulations?|Directives?|Decisions?|Recommendations?)|"
    r"[Rr]ozporządzeni(?:e|a|u|em|ach|ami|om)|[Rr]ozporządzeń|[Dd]yrektyw(?:a|y|ie|ę|ą|ach|ami|om)?|"
    r"[Dd]ecyzj(?:a|i|ę|ą|e|ach|ami|om)|[Zz]aleceni(?:e|a|u|em|ach))"
)
_AUTHOR: Final = (
    r"(?:\s+(?:delegowan|wykonawcz)\w+)?"
    r"(?:\s+(?:Parlamentu Europejskiego i Rady|Rady|Komisji|of the European Parliament and of the Council|"
    r"of the Council|of the Commission))?"
)
_COMMUNITY: Final = r"(?:EU|EC|EEC|Euratom|EU, Euratom|EC, Euratom|UE|WE|EWG|UE, Euratom|WE, Euratom)"
_ACT: Final = re.compile(
    r"\b" + _KIND + _AUTHOR + r"\s*"
    r"(?:\((?P<community>" + _COMMUNITY + r")\)\s*)?(?:(?P<no>No\.?|nr|Nr)\s*)?"
    r"(?P<first>\d{1,4})/(?P<second>\d{2,4})(?:/(?P<tail>EU|EC|EEC|UE|WE|EWG|Euratom))?(?![\d/])"
)
_ACT_MORE: Final = re.compile(
    r"(?:\s*(?:,|and|or|oraz|i|lub)\s*)+(?:\((?P<community>"
    + _COMMUNITY
    + r")\)\s*)?(?:(?P<no>No\.?|nr|Nr)\s*)?"
    r"(?P<first>\d{1,4})/(?P<second>\d{2,4})(?:/(?P<tail>EU|EC|EEC|UE|WE|EWG|Euratom))?(?![\d/])"
)
_PLAIN: Final = re.compile(r"\w+ \d{2,4}/(?:19[5-9]\d|200\d|201[0-4])")
_DIGIT: Final = re.compile(r"\d")
_JOIN: Final = r"\s*(?:,|and|or|oraz|i|lub)\s*"
_ACT_NEXT: Final = r"(?=(?:the |ww\. )?" + _KIND + ")"


def _listed(item: str) -> str:
    return f"{item}(?:{_JOIN}{item})*"


# "points (a) and (b) of Article 5(3) of", "Articles 9 and 10 of"
_ENGLISH_ARTICLE: Final = (
    r"(?:\b[Pp]oints?\s+(?P<points>" + _listed(r"\([a-z0-9]{1,3}\)") + r")\s+of\s+)?"
    r"\b(?:Articles?|Art\.)\s*(?P<articles>"
    + _listed(r"\d{1,3}[a-z]?(?:\s?\(\d{1,2}\))?(?:\s?\([a-z]{1,3}\))?")
    + r")\s+"
)
# "art. 5 ust. 3 pkt 2 lit. b)", "art. 9 i 10", "art. 37 ust. 1 i 2"
_POLISH_ARTICLE: Final = (
    r"\b[Aa]rt(?:\.|yku(?:ł|łu|łem|le|łów|łach|łami|ły))\s*(?P<articles>"
    + _listed(r"\d{1,3}[a-z]?")
    + r")(?:\s+ust\.\s*(?P<ust>"
    + _listed(r"\d{1,2}")
    + r"))?(?:\s+pkt\s*(?P<pkt>"
    + _listed(r"\d{1,2}")
    + r"))?(?:\s+lit\.\s*(?P<lit>"
    + _listed(r"[a-z]\b\)?")
    + r"))?\s+"
)
_ARTICLE: Final = re.compile(_ENGLISH_ARTICLE + r"(?:(?:of|to|in)\s+)?" + _ACT_NEXT)
_ARTYKUL: Final = re.compile(_POLISH_ARTICLE + _ACT_NEXT)
# "Article 18 thereof", "art. 18 tego rozporządzenia": of the act named last.
_ARTICLE_BACK: Final = re.compile(
    _ENGLISH_ARTICLE + r"(?:thereof|of that (?:Regulation|Directive|Decision))\b"
)
_ARTYKUL_BACK: Final = re.compile(
    _POLISH_ARTICLE + r"(?:tego|tej|ww\.|wspomnian\w+) (?:rozporządzenia|dyrektywy|decyzji)\b"
)
_ANNEX: Final = re.compile(
    r"\b(?:Annex|ANNEX|[Zz]ałącznik(?:a|u|iem|owi)?)\s+(?:nr\s+)?(?P<annex>[IVXL]{1,6}|\d{1,2})\s+(?:to|of|do)\s+"
    + _ACT_NEXT
)
_PART: Final = re.compile(r"[a-z0-9]+")
_CELEX: Final = re.compile(r"\b(?P<celex>[3-5](?:19|20)\d{2}[A-Z]{1,2}\d{4})\b")
_COM: Final = re.compile(
    r"\b(?P<series>COM|KOM|SEC|SWD|JOIN)\s?\(\s?(?P<year>(?:19|20)?\d{2})\s?\)\s?(?P<number>\d{1,4})"
    r"(?:\s?/\s?\d)?(?:,?\s+(?:final|wersja ostateczna|końcow[ya]))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A reference at ``text[start:end]``.

    Args:
        kind: official_journal, act, article, celex or communication.
        iri: the resource, or None for a communication (whose number the gazetteer may know).
        code: what was read in its standard form ("OJ L 298, 26.10.2012, p. 1", a CELEX number,
            "COM(2010) 546", "32013R1303/article/9").
        act: the kind of act, or "".
        celex: of the act, or "".
        eli: the act, its article or annex by the European Legislation Identifier, or "".
    """

    start: int
    end: int
    kind: Literal["official_journal", "act", "article", "celex", "communication"]
    code: str
    iri: URIRef | None = None
    act: ActKind | Literal[""] = ""
    celex: str = ""
    eli: str = ""


def celex_number(kind: ActKind, first: int, second: int, *, numbered: bool) -> str | None:
    """The CELEX number (sector 3) of an act from the two numbers of its citation, or None if it cannot be.

    Regulations up to 2014 and decisions and directives with *No* are number/year; others year/number.

    >>> celex_number("regulation", 1303, 2013, numbered=True)
    '32013R1303'
    >>> celex_number("directive", 2001, 42, numbered=False)
    '32001L0042'
    """
    number_first = kind == "regulation" or numbered
    if kind == "regulation" and 2015 <= first <= 2099 and not (numbered and 1950 <= second <= 2014):
        number_first = False
    number, year = (first, second) if number_first else (second, first)
    if year < 100:
        year += 1900
    if not 1951 <= year <= 2099 or not 1 <= number <= 9999:
        return None
    return f"3{year}{_LETTERS[kind]}{number:04d}"


_ELI_TYPES: Final = {"R": "reg", "L": "dir", "D": "dec", "H": "reco"}


def eli(celex: str, written: str = "") -> str:
    """The European Legislation Identifier of an act of sector 3, or "" for a kind of act that has none here.

    Args:
        written: the kind of act as cited; implementing and delegated acts have types of their own.

    >>> eli("32013R1303"), eli("32014R0288", "Implementing Regulation")
    ('http://data.europa.eu/eli/reg/2013/1303/oj', 'http://data.europa.eu/eli/reg_impl/2014/288/oj')
    """
    form = _ELI_TYPES.get(celex[5:6], "")
    if not form or celex[0] != "3":
        return ""
    lower = written.lower()
    if "implementing" in lower or "wykonawcz" in lower:
        form += "_impl"
    elif "delegated" in lower or "delegowan" in lower:
        form += "_del"
    elif "framework" in lower or "ramow" in lower:
        form += "_framw"
    return f"http://data.europa.eu/eli/{form}/{celex[1:5]}/{int(celex[6:])}/oj"


def _eli_of_part(act: str, path: str) -> str:
    """The ELI of an article or annex; what is deeper may be a paragraph or a point, which ELI tells apart."""
    kind, number, *_ = path.split("/")
    return f"{act.removesuffix('/oj')}/{'art' if kind == 'article' else 'anx'}_{number}/oj" if act else ""


def act_iri(celex: str) -> URIRef:
    """The resource of a legal act."""
    return instrument(f"regulation/{celex}")


def _kind_of(word: str) -> ActKind:
    lower = word.lower()
    if "regul" in lower or "rozporz" in lower:
        return "regulation"
    if "directive" in lower or "dyrektyw" in lower:
        return "directive"
    return "decision" if "deci" in lower or "decyz" in lower else "recommendation"


def _journal(match: re.Match[str]) -> Citation | None:
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    if not (1 <= day <= 31 and 1 <= month <= 12 and 1952 <= year <= 2099):
        return None
    series, number, page = match["series"], int(match["number"]), int(match["page"])
    start = match.start("series") if match.re is _OJ_MORE else match.start()
    return Citation(
        start=start,
        end=match.end(),
        kind="official_journal",
        code=f"OJ {series} {number}, {day}.{month}.{year}, p. {page}",
        iri=official_journal(series, year, number, page),
    )


def _journals(text: str) -> Iterator[Citation]:
    for match in _OJ.finditer(text):
        found = _journal(match)
        while found:
            yield found
            following = _OJ_MORE.match(text, found.end)
            found = _journal(following) if following else None


def _act(match: re.Match[str], kind: ActKind, written: str = "") -> Citation | None:
    plain = not (match["community"] or match["no"])
    # "rozporządzenie 1303/2013"; a number with a short year, or another order, may count anything.
    if kind == "regulation" and plain and (match.re is _ACT_MORE or not _PLAIN.fullmatch(match.group())):
        return None
    numbered = bool(match["no"])
    celex = celex_number(kind, int(match["first"]), int(match["second"]), numbered=numbered)
    if celex is None:
        return None
    start = match.start("kind") if match.re is _ACT else match.start("first")
    if match.re is _ACT_MORE:
        start = min(match.start(name) for name in ("community", "no", "first") if match.start(name) >= 0)
    return Citation(
        start=start,
        end=match.end(),
        kind="act",
        code=celex,
        iri=act_iri(celex),
        act=kind,
        celex=celex,
        eli=eli(celex, match.group() if match.re is _ACT else written),
    )


def _acts(text: str) -> Iterator[Citation]:
    for match in _ACT.finditer(text):
        kind = _kind_of(match["kind"])
        found = _act(match, kind)
        while found:
            yield found
            following = _ACT_MORE.match(text, found.end)
            found = _act(following, kind, match["kind"]) if following else None


def _provisions(text: str, acts: Mapping[int, Citation]) -> Iterator[Citation]:
    """Articles, paragraphs, points and annexes, each of the act named right behind it."""
    if not acts:
        return
    for pattern, parts in (
        (_ARTICLE, _article_parts),
        (_ARTYKUL, _artykul_parts),
        (_ANNEX, _annex_parts),
        (_ARTICLE_BACK, _article_parts),
        (_ARTYKUL_BACK, _artykul_parts),
    ):
        back = pattern in {_ARTICLE_BACK, _ARTYKUL_BACK}
        for match in pattern.finditer(text):
            if back:
                act = max(
                    (act for act in acts.values() if act.end <= match.start()),
                    key=lambda act: act.end,
                    default=None,
                )
            else:
                act = acts.get(match.end()) or acts.get(match.end() + 4)
            if act is not None:
                yield from _parts_of(act, match, list(parts(match)), end=match.end() - (0 if back else 1))


def _parts_of(
    act: Citation, match: re.Match[str], listed: Sequence[_Part], *, end: int
) -> Iterator[Citation]:
    for position, (path, start, stop) in enumerate(listed):
        yield Citation(
            start=match.start() if position == 0 else start,
            end=end if len(listed) == 1 else stop,
            kind="article",
            code=f"{act.celex}/{path}",
            iri=provision(act.celex, path),
            act=act.act,
            celex=act.celex,
            eli=_eli_of_part(act.eli, path),
        )


_Part = tuple[str, int, int]
"""A path in an act, and where the last of its numbers stands."""


def _pieces(match: re.Match[str], group: str) -> list[_Part]:
    """The members of a list, without their brackets."""
    if match[group] is None:
        return []
    start = match.start(group)
    items = re.split(_JOIN, match[group])
    found = []
    at = 0
    for item in items:
        at = match[group].index(item, at)
        found.append(("/".join(_PART.findall(item)), start + at, start + at + len(item)))
        at += len(item)
    return found


def _article_parts(match: re.Match[str]) -> Iterator[_Part]:
    articles = _pieces(match, "articles")
    if len(articles) == 1 and (points := _pieces(match, "points")):
        for point, start, end in points:
            yield f"article/{articles[0][0]}/{point}", start, end
        return
    for article, start, end in articles:
        yield f"article/{article}", start, end


def _artykul_parts(match: re.Match[str]) -> Iterator[_Part]:
    path = "article"
    levels = [pieces for group in ("articles", "ust", "pkt", "lit") if (pieces := _pieces(match, group))]
    for level in levels[:-1]:
        path = f"{path}/{level[0][0]}"
    for number, start, end in levels[-1]:
        yield f"{path}/{number}", start, end


def _annex_parts(match: re.Match[str]) -> Iterator[_Part]:
    yield f"annex/{match['annex']}", match.start(), match.end("annex")


def citations(text: str) -> list[Citation]:
    """Every reference to a legal act or a Commission document in a text, in order; none overlaps another.

    >>> text = "see OJ C 191, 29.6.2012, p. 30, and Article 9 of Regulation (EU) No 1303/2013"
    >>> [citation.code for citation in citations(text)]
    ['OJ C 191, 29.6.2012, p. 30', '32013R1303/article/9', '32013R1303']
    """
    if not _DIGIT.search(text):
        return []
    found = [*_journals(text), *_acts(text)]
    found += _provisions(text, {citation.start: citation for citation in found if citation.kind == "act"})
    for match in _CELEX.finditer(text):
        celex = match["celex"]
        iri = act_iri(celex) if celex[0] == "3" else None
        found.append(
            Citation(
                start=match.start(),
                end=match.end(),
                kind="celex",
                code=celex,
                iri=iri,
                celex=celex,
                eli=eli(celex),
            )
        )
    for match in _COM.finditer(text):
        year = match["year"] if len(match["year"]) == 4 else f"19{match['year']}"
        series = "COM" if match["series"] == "KOM" else match["series"]
        found.append(
            Citation(
                start=match.start(),
                end=match.end(),
                kind="communication",
                code=f"{series}({year}) {int(match['number'])}",
            )
        )
    return sorted(found, key=lambda citation: (citation.start, -citation.end))
