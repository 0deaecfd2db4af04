"""Pairs in, findings and scores out."""

from .agreement import score_against, score_agreement
from .audit import Audit, audit
from .findings import SEVERITIES, Draft, Finding, Severity, fingerprint
from .glossary import build_glossary
from .rendering import SECTIONS, Entry, Example, Rendering, Section, Status
from .rules import RULES, Rule
from .score import Score
from .scoring import score_texts

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
