"""Categories of intervention: intervention fields and forms of finance by code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from .catalogue import Digest
from .facts import Facts, sources_of
from .html import Sheet, row, table, tag
from .notes import note_en
from .words import cite, notice, sources_page

__all__ = ["intervention_fields"]

ROWS_A_PAGE = 40


def _notes(field: Mapping[str, Any]) -> str:
    parts = []
    if same := field.get("same_wording_as"):
        fund, code = same.split(":")[1:]
        parts.append(f"same wording as {fund.upper()} {code}")
    if field.get("rdi_sme_block"):
        parts.append("research, development, innovation and SMEs")
    if text := field.get("note"):
        parts.append(note_en(text))
    return "; ".join(parts)


def _field(field: Mapping[str, Any]) -> Markup:
    # YAML reads 008 as a text and 010 as one too, but not every reader does: the id is certain.
    code = str(field["id"]).split(":")[1]
    return row(code, field["label_en"], str(field.get("group", "")), _notes(field), cite(field["src"]))


def intervention_fields(facts: Facts) -> Digest:
    """The tables of codes."""
    data = facts.eu["categories_of_intervention"]
    title = "Categories of intervention 2014-2020: intervention fields and forms of finance"
    sheet = Sheet(title, "en")
    sheet.page(tag("h1", title), notice("en"), tag("p", note_en(data["note"])))
    fields = data["intervention_fields"]
    head = ("Code", "Intervention field", "Group", "Notes", "Sources")
    for first in range(0, len(fields), ROWS_A_PAGE):
        more = " (continued)" if first else ""
        lines = [_field(field) for field in fields[first : first + ROWS_A_PAGE]]
        sheet.page(tag("h2", f"Intervention fields{more}"), table("fields", lines, head=head))
    forms = [row(str(f["id"]).split(":")[1], f["label_en"], cite(f["src"])) for f in data["forms_of_finance"]]
    sheet.page(
        tag("p", "Codes 116 to 123 are unknown here."),
        tag("h2", "Forms of finance"),
        table("forms", forms, head=("Code", "Form of finance", "Sources")),
    )
    cited = sources_page(sheet, sources_of(facts.eu))
    return Digest(
        id="intervention-fields",
        file="eu/intervention-fields.html",
        html=sheet.html(),
        family="code_list",
        language="en",
        title_en=title,
        publisher="European Commission",
        sources=cited,
    )
