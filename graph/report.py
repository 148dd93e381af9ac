"""What validation and verification found: records for programs, and a text that a person can act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

__all__ = ["Finding", "Report", "Severity"]

Severity = Literal["violation", "warning", "info"]
_ORDER: Final[dict[str, int]] = {"violation": 0, "warning": 1, "info": 2}
_SHOWN: Final = 10
_WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "violation": "violations",
        "warning": "warnings",
        "info": "notes",
        "conforms": "nothing wrong found",
        "fails": "does not conform",
        "checked": "checked",
        "more": "… and {} more",
        "document": "document",
        "next": "What next",
        "advice": (
            "look up each thing with `nurt show`, correct the document or the catalogue it comes from, and "
            "build again; where a reader or a rule misread the document, report it with the quote."
        ),
    },
    "pl": {
        "violation": "naruszenia",
        "warning": "ostrzeżenia",
        "info": "uwagi",
        "conforms": "nie znaleziono błędów",
        "fails": "niezgodny",
        "checked": "sprawdzono",
        "more": "… i {} dalszych",
        "document": "dokument",
        "next": "Co dalej",
        "advice": (
            "obejrzyj każdy element poleceniem `nurt show`, popraw dokument lub katalog, z którego pochodzi, "
            "i zbuduj graf ponownie; jeśli dokument został źle odczytany, zgłoś to, podając cytat."
        ),
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong.

    Args:
        severity: violation, warning or info.
        rule: the shape or check that found it.
        focus: short id of the thing that is wrong.
        message_en, message_pl: what is wrong with it.
        path: the property concerned, as a prefixed name, or "".
        value: the offending value, or "".
        document: the document that says it, or "" where it is not of one document.
    """

    severity: Severity
    rule: str
    focus: str
    message_en: str
    message_pl: str
    path: str = ""
    value: str = ""
    document: str = ""

    def sort_key(self) -> tuple[int, str, str, str, str, str]:
        """Severest first, then by rule and place."""
        return (_ORDER[self.severity], self.rule, self.focus, self.path, self.value, self.message_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of checking a graph.

    Args:
        title_en, title_pl: what was checked.
        findings: sorted, severest first.
        checked: how many of what were checked, in English words ("claims": 1200).
    """

    title_en: str
    title_pl: str
    findings: tuple[Finding, ...]
    checked: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, title_en: str, title_pl: str, findings: Iterable[Finding], checked: dict[str, int]) -> Report:
        """Sort findings, each once, into a report."""
        unique = sorted(set(findings), key=Finding.sort_key)
        return cls(title_en=title_en, title_pl=title_pl, findings=tuple(unique), checked=checked)

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and notes do not count."""
        return not any(finding.severity == "violation" for finding in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data for JSON."""
        return {
            "title": {"en": self.title_en, "pl": self.title_pl},
            "conforms": self.conforms,
            "checked": dict(self.checked),
            "findings": [asdict(finding) for finding in self.findings],
        }

    def __str__(self) -> str:
        return self.text()

    def text(self, language: str = "en", *, limit: int = _SHOWN) -> str:
        """The report as a person reads it: verdict, counts, findings grouped by what is wrong, what next.

        Args:
            language: "en" or "pl".
            limit: how many places of each kind to name.
        """
        words = _WORDS["pl" if language == "pl" else "en"]
        polish = language == "pl"
        title = self.title_pl if polish else self.title_en
        lines = [f"{title}: {words['conforms'] if self.conforms else words['fails']}."]
        if self.checked:
            counted = ", ".join(f"{count} {what}" for what, count in self.checked.items())
            lines.append(f"  {words['checked']}: {counted}")
        counts = Counter[str](finding.severity for finding in self.findings)
        lines += [f"  {counts[severity]} {words[severity]}" for severity in _ORDER if counts[severity]]
        groups: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.findings:
            groups.setdefault((finding.severity, finding.rule), []).append(finding)
        for (severity, rule), group in groups.items():
            messages = {finding.message_pl if polish else finding.message_en for finding in group}
            shared = next(iter(messages)) if len(messages) == 1 else ""
            lines += ["", f"{words[severity]} ({len(group)}) [{rule}]{': ' if shared else ''}{shared}"]
            for finding in group[:limit]:
                own = "" if shared else (finding.message_pl if polish else finding.message_en)
                place = "  ".join(part for part in (finding.focus, finding.path, finding.value[:100]) if part)
                source = f"  ({words['document']} {finding.document})" if finding.document else ""
                lines.append(f"  - {place}{source}{': ' if own else ''}{own}")
            if len(group) > limit:
                lines.append("  " + words["more"].format(len(group) - limit))
        if self.findings:
            lines += ["", f"{words['next']}: {words['advice']}"]
        return "\n".join(lines)
