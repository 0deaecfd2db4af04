"""Pairs in, findings and scores out."""

from typing import TYPE_CHECKING

from ..corpora.lazily import lazily

if TYPE_CHECKING:
    from .agreement import score_against, score_agreement
    from .auditing import Audit, audit
    from .findings import SEVERITIES, Draft, Finding, Severity, fingerprint
    from .glossary import build_glossary
    from .rendering import SECTIONS, Entry, Example, Rendering, Section, Status
    from .rules import RULES, Rule
    from .score import Score
    from .scoring import score_texts

_HOMES = {
    "agreement": "score_against score_agreement",
    "auditing": "Audit audit",
    "findings": "SEVERITIES Draft Finding Severity fingerprint",
    "glossary": "build_glossary",
    "rendering": "SECTIONS Entry Example Rendering Section Status",
    "rules": "RULES Rule",
    "score": "Score",
    "scoring": "score_texts",
}
if not TYPE_CHECKING:  # or a checker would take any name for one of ours
    __getattr__ = lazily(__name__, _HOMES)

__all__ = [
    "RULES",
    "SECTIONS",
    "SEVERITIES",
    "Audit",
    "Draft",
    "Entry",
    "Example",
    "Finding",
    "Rendering",
    "Rule",
    "Score",
    "Section",
    "Severity",
    "Status",
    "audit",
    "build_glossary",
    "fingerprint",
    "score_against",
    "score_agreement",
    "score_texts",
]
