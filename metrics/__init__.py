"""Pairs in, findings and scores out."""

from typing import TYPE_CHECKING

from ..corpora.lazily import lazily

if TYPE_CHECKING:
    from .agreement import score_against, score_agreement
    from .auditing import Audit, audit
    from .bleu import Bleu
    from .choosing import choose_metrics
    from .chrf import Chrf
    from .findings import SEVERITIES, Draft, Finding, Severity, fingerprint
    from .glossary import build_glossary
    from .rendering import SECTIONS, Entry, Example, Rendering, Section, Status
    from .rules import RULES, Rule
    from .score import BucketScore, Comparison, Flag, Score
    from .scoreboard import Scoreboard
    from .scoring import score_testset, score_texts
    from .ter import Ter
    from .testset import TestSet

_HOMES = {
    "agreement": "score_against score_agreement",
    "auditing": "Audit audit",
    "bleu": "Bleu",
    "choosing": "choose_metrics",
    "chrf": "Chrf",
    "findings": "SEVERITIES Draft Finding Severity fingerprint",
    "glossary": "build_glossary",
    "rendering": "SECTIONS Entry Example Rendering Section Status",
    "rules": "RULES Rule",
    "score": "BucketScore Comparison Flag Score",
    "scoreboard": "Scoreboard",
    "scoring": "score_testset score_texts",
    "ter": "Ter",
    "testset": "TestSet",
}
if not TYPE_CHECKING:  # or a checker would take any name for one of ours
    __getattr__ = lazily(__name__, _HOMES)

__all__ = [
    "RULES",
    "SECTIONS",
    "SEVERITIES",
    "Audit",
    "Bleu",
    "BucketScore",
    "Chrf",
    "Comparison",
    "Draft",
    "Entry",
    "Example",
    "Finding",
    "Flag",
    "Rendering",
    "Rule",
    "Score",
    "Scoreboard",
    "Section",
    "Severity",
    "Status",
    "Ter",
    "TestSet",
    "audit",
    "build_glossary",
    "choose_metrics",
    "fingerprint",
    "score_against",
    "score_agreement",
    "score_testset",
    "score_texts",
]
