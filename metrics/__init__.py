"""Pairs in, findings and scores out."""

from .findings import SEVERITIES, Draft, Finding, Severity, fingerprint
from .rendering import Rendering, Status
from .rules import RULES, Rule
from .score import Score

__all__ = [
    "RULES",
    "SEVERITIES",
    "Draft",
    "Finding",
    "Rendering",
    "Rule",
    "Score",
    "Severity",
    "Status",
    "fingerprint",
]
