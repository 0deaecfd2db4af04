"""Pairs in, findings and scores out."""

from typing import TYPE_CHECKING

from ..corpora.lazily import lazily

if TYPE_CHECKING:
    from .adequacy import Triage
    from .agreement import score_against, score_agreement
    from .auditing import Audit, audit
    from .bleu import Bleu
    from .choosing import Terms, choose_metrics
    from .chrf import Chrf
    from .comet import load_comet
    from .findings import SEVERITIES, Draft, Finding, Severity, fingerprint
    from .glossary import build_glossary
    from .literal_accuracy import NameAccuracy, NumberAccuracy
    from .metric import Metric, signature
    from .rendering import SECTIONS, Entry, Example, Rendering, Section, Status
    from .rules import RULES, Rule
    from .score import BucketScore, Comparison, Flag, Score
    from .scoreboard import Scoreboard
    from .scoring import score_testset, score_texts
    from .significance import paired_bootstrap, paired_randomisation
    from .ter import Ter
    from .term_lookup import TermLookup
    from .term_success import TermSuccess, TermWindow
    from .testset import TestSet
    from .testset_checks import check_testset

_HOMES = {
    "adequacy": "Triage",
    "agreement": "score_against score_agreement",
    "auditing": "Audit audit",
    "bleu": "Bleu",
    "choosing": "Terms choose_metrics",
    "chrf": "Chrf",
    "comet": "load_comet",
    "findings": "SEVERITIES Draft Finding Severity fingerprint",
    "glossary": "build_glossary",
    "literal_accuracy": "NameAccuracy NumberAccuracy",
    "metric": "Metric signature",
    "rendering": "SECTIONS Entry Example Rendering Section Status",
    "rules": "RULES Rule",
    "score": "BucketScore Comparison Flag Score",
    "scoreboard": "Scoreboard",
    "scoring": "score_testset score_texts",
    "significance": "paired_bootstrap paired_randomisation",
    "ter": "Ter",
    "term_lookup": "TermLookup",
    "term_success": "TermSuccess TermWindow",
    "testset": "TestSet",
    "testset_checks": "check_testset",
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
    "Metric",
    "NameAccuracy",
    "NumberAccuracy",
    "Rendering",
    "Rule",
    "Score",
    "Scoreboard",
    "Section",
    "Severity",
    "Status",
    "Ter",
    "TermLookup",
    "TermSuccess",
    "TermWindow",
    "Terms",
    "TestSet",
    "Triage",
    "audit",
    "build_glossary",
    "check_testset",
    "choose_metrics",
    "fingerprint",
    "load_comet",
    "paired_bootstrap",
    "paired_randomisation",
    "score_against",
    "score_agreement",
    "score_testset",
    "score_texts",
    "signature",
]
