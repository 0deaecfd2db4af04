"""Test sets in, scoreboards out: every figure of every system from one reading of the texts."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

from ..corpora.errors import ConfigError, InputError
from .buckets import TermsOf, bucket_segments
from .choosing import FEW, choose_metrics, is_chinese
from .chrf import Chrf, statistics_together
from .metric import Metric, Scores, Statistics, signature
from .score import BucketScore, Comparison, Score
from .scoreboard import Scoreboard
from .significance import (
    BOOTSTRAP_TRIALS,
    RANDOMISATION_TRIALS,
    SEED,
    Difference,
    Interval,
    against,
    all_pairs,
    compare_segments,
    paired_bootstrap,
    paired_randomisation,
)
from .testset import TestSet

if TYPE_CHECKING:
    from .term_lookup import TermLookup

Paired = Literal["bs", "ar"]
Counts = dict[tuple[str, str], Statistics]  # by metric's key and system


def score_testset(
    testset: TestSet,
    metrics: Sequence[Metric],
    *,
    confidence: bool = True,
    paired: Paired | None = None,
    baseline: str | None = None,
    trials: int | None = None,
    seed: int = SEED,
    buckets: Sequence[str] = (),
    terms_of: TermsOf | None = None,
    kind: str = "quality",
) -> Scoreboard:
    """The scores of each system under each metric, and what belongs to them.

    `confidence` gives intervals where there are ten segments or more; `paired` tests each system against the
    `baseline` (every pair where that is None), by `trials` bootstraps ("bs", 1,000 unless told) or swaps ("ar",
    10,000); `buckets` are names of duizhao.metrics.buckets. A metric that has nothing to count gives no score, and a
    note. Raises ConfigError where the baseline is no system or a test has but one.
    """
    pairs = _pairs(testset, paired, baseline)
    counts = _counted(testset, metrics)
    shown = [metric for metric in metrics if _is_defined(metric, testset, counts)]
    notes = [f"{metric.name}: nothing to count in these segments." for metric in metrics if metric not in shown]
    counts = {key: found for key, found in counts.items() if any(metric.key == key[0] for metric in shown)}
    few = len(testset) < FEW
    if paired and few:
        notes.append(f"Fewer than {FEW} segments: too few to compare systems.")
    intervals: Mapping[tuple[str, str], Interval] = {}
    differences: tuple[Difference, ...] = ()
    drawn = (trials or BOOTSTRAP_TRIALS) if paired != "ar" else BOOTSTRAP_TRIALS
    swapped = trials or RANDOMISATION_TRIALS
    if shown and not few and (confidence or paired == "bs"):
        intervals, differences = paired_bootstrap(shown, counts, pairs if paired == "bs" else (), drawn, seed)
    if shown and not few and paired == "ar":
        differences = paired_randomisation(shown, counts, pairs, swapped, seed)
    resampled = f"bs:{drawn}|seed:{seed}"
    tested = resampled if paired == "bs" else f"ar:{swapped}|seed:{seed}"
    segments = {
        (metric.name, system): metric.segment_scores(counts[metric.key, system])
        for system in testset.systems
        for metric in shown
    }
    scores = []
    for system in testset.systems:
        for metric in shown:
            interval = intervals.get((metric.key, system)) if confidence else None
            scores.append(
                Score(
                    metric=metric.name,
                    value=_value(metric, counts[metric.key, system]),
                    signature=signature(metric, testset.reference_count, resampled if interval else ""),
                    interval=interval and (interval.mean - interval.half_width, interval.mean + interval.half_width),
                    n=len(testset),
                    kind=kind,
                    hypothesis=system,
                    reference=", ".join(testset.reference_names),
                    note=f"fewer than {FEW} segments: too few for a corpus score" if few else "",
                )
            )
    return Scoreboard(
        testset=testset,
        metrics=tuple(metric.name for metric in shown),
        scores=tuple(scores),
        comparisons=tuple(_compared(difference, shown, segments, testset, tested) for difference in differences),
        buckets=tuple(_in_buckets(testset, shown, counts, buckets, terms_of)),
        segments=segments,
        lower_is_better=frozenset(metric.name for metric in shown if not metric.higher_is_better),
        notes=(*testset.notes, *notes),
    )


def consistency_scores(testset: TestSet, terms: "TermLookup") -> list[Score]:
    """How consistently each system renders terms, by occurrences and by terms; none where no term stands twice."""
    from .term_consistency import term_consistency  # not at the top: most scorings have no sources

    scores = []
    for system, hypotheses in testset.systems.items():
        found = term_consistency(testset.sources or (), hypotheses, terms, testset.records)
        for average, value in (("micro", found.micro), ("macro", found.macro)) if found.terms else ():
            scores.append(
                Score(
                    metric=f"consistency ({average})",
                    value=value,
                    signature=f"{found.settings}|average:{average}|duizhao:{version('duizhao')}",
                    interval=None,
                    n=len(testset),
                    kind="consistency",
                    hypothesis=system,
                    reference="itself",
                    note=f"{found.occurrences:,} occurrences of {found.terms:,} terms",
                )
            )
    return scores


def score_texts(
    hypotheses: Sequence[str],
    references: Sequence[str],
    *,
    hypothesis: str,
    reference: str,
    kind: str = "quality",
) -> list[Score]:
    """BLEU and chrF of aligned segments, with 95 % bootstrap intervals from ten segments up.

    The target language decides the tokeniser: `zh` where the references are mostly Chinese, `13a` otherwise.
    Raises InputError where the counts differ or there is nothing to score.

    >>> [s.metric for s in score_texts(["一个短句。"], ["一个短句。"], hypothesis="a", reference="b")]
    ['BLEU', 'chrF']
    """
    if len(hypotheses) != len(references):
        found = f"{len(hypotheses)} segments against {len(references)} in {reference}"
        raise InputError(hypothesis, found, "as many of one as of the other", "Align them first: duizhao align.")
    if not hypotheses:
        raise InputError(hypothesis, "no segments", "at least one")
    target: Literal["zh", "en"] = "zh" if is_chinese(references) else "en"
    testset = TestSet({hypothesis: tuple(hypotheses)}, (tuple(references),), (reference,), target)
    return list(score_testset(testset, choose_metrics(("bleu", "chrf"), testset), kind=kind).scores)


def _pairs(testset: TestSet, paired: Paired | None, baseline: str | None) -> list[tuple[str, str]]:
    """Each system to test, and against which."""
    if paired is None:
        return []
    systems = list(testset.systems)
    if len(systems) < 2:
        raise ConfigError("--paired", "one system", "two or more to compare", "Name them all with --hyp.")
    if baseline is not None and baseline not in testset.systems:
        raise ConfigError("--baseline", baseline, f"one of {', '.join(systems)}")
    return all_pairs(systems) if baseline is None else against(baseline, systems)


def _counted(testset: TestSet, metrics: Sequence[Metric]) -> Counts:
    """The statistics of every metric and system; chrF and chrF++ count their characters once."""
    counts: Counts = {}
    together = [metric for metric in metrics if isinstance(metric, Chrf)]
    for system, hypotheses in testset.systems.items():
        found = statistics_together(together, hypotheses, testset.references) if together else []
        counts |= {(metric.key, system): rows for metric, rows in zip(together, found, strict=True)}
        for metric in metrics:
            if not isinstance(metric, Chrf):
                counts[metric.key, system] = metric.statistics(hypotheses, testset.references, testset.sources)
    return counts


def _value(metric: Metric, rows: Statistics) -> float:
    return float(metric.scores(rows.sum(axis=0, keepdims=True))[0])


def _compared(
    difference: Difference,
    metrics: Sequence[Metric],
    segments: Mapping[tuple[str, str], Scores],
    testset: TestSet,
    tested: str,
) -> Comparison:
    """The outcome of a paired test with the segments that are better and worse."""
    metric = next(metric for metric in metrics if metric.key == difference.metric)
    ours, theirs = segments[metric.name, difference.system], segments[metric.name, difference.baseline]
    return Comparison(
        metric=metric.name,
        system=difference.system,
        baseline=difference.baseline,
        difference=difference.difference,
        p=difference.p,
        p_holm=difference.p_holm,
        **compare_segments(ours, theirs, metric.higher_is_better)._asdict(),
        signature=signature(metric, testset.reference_count, tested),
    )


def _is_defined(metric: Metric, testset: TestSet, counts: Counts) -> bool:
    return all(_has_something(metric, counts[metric.key, system]) for system in testset.systems)


def _has_something(metric: Metric, rows: Statistics) -> bool:
    """Whether there is anything to count: for all but shares of what the sources have, there always is."""
    defined = getattr(metric, "defined", None)
    return defined is None or bool(defined(rows.sum(axis=0)))


def _in_buckets(
    testset: TestSet, metrics: Sequence[Metric], counts: Counts, names: Sequence[str], terms_of: TermsOf | None
) -> list[BucketScore]:
    made = []
    for by in names:
        for bucket, rows in bucket_segments(testset, by, terms_of).items():
            for metric in metrics:
                for system in testset.systems:
                    here = counts[metric.key, system][rows]
                    if _has_something(metric, here):
                        value = _value(metric, here)
                        signed = signature(metric, testset.reference_count)
                        made.append(BucketScore(by, bucket, metric.name, system, value, len(rows), signed))
    return made
