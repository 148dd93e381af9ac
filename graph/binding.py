"""Parameters of a query: each bound variable is replaced by its term, token by token, whatever the store.

Oxigraph's own substitution binds only variables that a query projects, and a SPARQL endpoint binds none. Here
a variable with a value becomes a constant everywhere in the query, which is what SEP-0007 of the SPARQL
community group asks for. Values enter as serialised RDF terms, never as text of the query, so that none can
change what the query asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise
from typing import Final

from rdflib import BNode

from ..errors import QueryError
from .terms import Term, to_ox

__all__ = ["bind", "builds_graph", "declared", "variables"]

# The terminals of SPARQL 1.1 that matter here; all other characters stand for themselves.
_TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><(?![?$])[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<name>[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_ENDS: Final = {
    "SELECT": frozenset({"{", "WHERE", "FROM"}),
    "BY": frozenset({"}", "HAVING", "LIMIT", "OFFSET", "VALUES"}),
}


def _tokens(query: str) -> list[tuple[str, str]]:
    return [(match.lastgroup or "other", match.group()) for match in _TOKEN.finditer(query)]


def variables(query: str) -> tuple[str, ...]:
    """Return the names of the variables of a query, in order of first appearance.

    >>> variables('SELECT ?x WHERE { ?x a ?class . FILTER(?x != "?y") } # ?z')
    ('x', 'class')
    """
    return tuple(dict.fromkeys(text[1:] for kind, text in _tokens(query) if kind == "variable"))


@dataclass(slots=True)
class _Binder:
    """Walks over the tokens and knows in which clause it stands.

    ``seen`` holds the place in ``out`` and the upper-case text of each token that is neither space nor
    comment; ``braces`` holds, for each open brace, how many parentheses were open around it.
    """

    terms: Mapping[str, str]
    out: list[str] = field(default_factory=list)
    seen: list[tuple[int, str]] = field(default_factory=list)
    clause: str = ""
    parentheses: int = 0
    braces: list[int] = field(default_factory=list)

    def word(self, text: str) -> None:
        """Take a keyword, a bracket or any other token that is not a variable."""
        upper = text.upper()
        if text in "()":
            self.parentheses += 1 if text == "(" else -1
        elif self.parentheses == 0:
            if upper == "SELECT":
                self.clause = "SELECT"
            elif upper == "BY":
                self.clause = "BY"
            elif upper in _ENDS.get(self.clause, ()):
                self.clause = ""
        if upper == "VALUES":
            self.clause = "VALUES"
        elif self.clause == "VALUES" and text == "{":
            self.clause = ""
        if text == "{":
            self.braces.append(self.parentheses)
            self.parentheses = 0
        elif text == "}" and self.braces:
            self.parentheses = self.braces.pop()
        self.put(text)

    def put(self, text: str) -> None:
        self.seen.append((len(self.out), text.upper()))
        self.out.append(text)

    def variable(self, text: str) -> None:
        """Take a variable: leave it, or put its term in the form that the grammar allows at this place."""
        name = text[1:]
        if name not in self.terms:
            self.put(text)
            return
        term = self.terms[name]
        before = [seen for _, seen in self.seen[-2:]]
        if self.clause == "VALUES" or before[-1:] == ["AS"]:
            raise QueryError(
                f"The query itself gives a value to ?{name}, which is one of its parameters.",
                hint="Rename one of the two.",
            )
        if before == ["BOUND", "("]:
            self.out[self.seen[-2][0]] = ""
            self.put("true")
        elif self.parentheses == 0 and self.clause == "SELECT":
            # Inside a sub-select the column must not meet the one of the whole query.
            self.put(f"({term} AS ?{name}{'_bound' if self.braces else ''})")
        elif self.parentheses == 0 and self.clause == "BY":
            self.put(f"({term})")
        else:
            self.put(term)


def bind(query: str, bindings: Mapping[str, Term]) -> str:
    """Return the query with the given variables replaced by their terms.

    Args:
        query: SPARQL 1.1.
        bindings: terms by the name of the variable, without question mark.

    Raises QueryError where the query has no such variable or gives it a value itself, and for a value
    that cannot stand in a query (a blank node, an IRI with a space in it).

    >>> from rdflib import Literal, URIRef
    >>> bind("SELECT ?s WHERE { ?s ?p ?label }", {"label": Literal('I.2" }')})
    'SELECT ?s WHERE { ?s ?p "I.2\\\\" }" }'
    """
    if not bindings:
        return query
    known = variables(query)
    terms: dict[str, str] = {}
    for name, term in bindings.items():
        if name not in known:
            near = get_close_matches(name, known, n=3)
            raise QueryError(
                f"The query has no variable ?{name}.",
                hint=f"It has {', '.join('?' + other for other in near or known)}.",
            )
        if isinstance(term, BNode):
            raise QueryError(f"?{name} cannot be bound to a blank node.", hint="Bind an IRI or a literal.")
        try:
            terms[name] = str(to_ox(term))
        except ValueError as error:
            raise QueryError(
                f"?{name} cannot be bound to {str(term)!r}: {error}.", hint="Give a whole IRI without spaces."
            ) from None
    binder = _Binder(terms)
    for kind, text in _tokens(query):
        if kind in ("space", "comment"):
            binder.out.append(text)
        elif kind == "variable":
            binder.variable(text)
        else:
            binder.word(text)
    return "".join(binder.out)


def builds_graph(query: str) -> bool:
    """Say whether a query answers with a graph: CONSTRUCT or DESCRIBE.

    >>> builds_graph("# SELECT\nCONSTRUCT {} WHERE {}"), builds_graph("ASK {}")
    (True, False)
    """
    words = (text.upper() for kind, text in _tokens(query) if kind == "word")
    return next((word for word in words if word in _FORMS), "SELECT") in ("CONSTRUCT", "DESCRIBE")


def declared(query: str, prefixes: Mapping[str, str]) -> str:
    """Return the query with those prefixes declared that it uses and does not declare itself.

    The declarations go before its first line, so that line numbers in a server's messages stay right.

    >>> declared("ASK { ?s a a:B }", {"a": "http://a.example/", "b": "http://b.example/"})
    'PREFIX a: <http://a.example/> ASK { ?s a a:B }'
    """
    said = [(kind, text) for kind, text in _tokens(query) if kind not in ("space", "comment")]
    used = {text.partition(":")[0] for kind, text in said if kind == "name"}
    own = {
        text.partition(":")[0]
        for (_, before), (kind, text) in pairwise(said)
        if kind == "name" and before.upper() == "PREFIX"
    }
    missing = sorted((used - own) & set(prefixes))
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in missing) + query
