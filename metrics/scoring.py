"""Test sets in, scoreboards out: every figure of every system from one reading of the texts."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

from ..corpora.errors import ConfigError, InputError
from .buckets import TermsOf, bucket_segments
from .choosing import CONTENT, FEW, check_metrics, choose_metrics, is_chinese
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
from .testset import TestSet, check_whole

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
    note; one that has something in fewer than ten segments neither interval nor test. Raises ConfigError where the
    baseline is no system, a test has but one, or two metrics have one name.
    """
    check_whole(testset)
    check_metrics(metrics, testset.target)
    pairs = _pairs(testset, paired, baseline)
    counts = _counted(testset, metrics)
    filled = {metric.key: _filled(metric, testset, counts) for metric in metrics}
    shown = [metric for metric in metrics if filled[metric.key]]
    sampled = [metric for metric in shown if filled[metric.key] >= FEW]
    drawn = trials if trials and paired != "ar" else BOOTSTRAP_TRIALS
    swapped = trials or RANDOMISATION_TRIALS
    intervals, differences = _drawn(sampled, counts, pairs, confidence, paired, drawn, swapped, seed)
    resampled = f"bs:{drawn}|seed:{seed}"
    tested = resampled if paired == "bs" else f"ar:{swapped}|seed:{seed}"
    segments = {
        (metric.name, system): metric.segment_scores(counts[metric.key, system])
        for system in testset.systems
        for metric in shown
    }
    in_buckets = _in_buckets(testset, shown, counts, buckets, terms_of)
    return Scoreboard(
        testset=testset,
        metrics=tuple(metric.name for metric in shown),
        scores=tuple(
            _score(metric, system, testset, counts, intervals if confidence else {}, resampled, kind)
            for system in testset.systems
            for metric in shown
        ),
        comparisons=tuple(_compared(difference, shown, segments, testset, tested) for difference in differences),
        buckets=tuple(in_buckets),
        segments=segments,
        lower_is_better=frozenset(metric.name for metric in shown if not metric.higher_is_better),
        notes=(*testset.notes, *_notes(metrics, filled, testset, paired), *_small_buckets(in_buckets)),
    )


def consistency_scores(testset: TestSet, terms: "TermLookup") -> list[Score]:
    """How consistently each system renders terms, by occurrences and by terms; none where no term stands twice."""
    from .term_consistency import term_consistency  # not at the top: most scorings have no sources

    scores = []
    for system, hypotheses in testset.systems.items():
        found = term_consistency(testset.sources or (), hypotheses, terms, testset.records)
        found = found.in_records or found
        for average, value in (("micro", found.micro), ("macro", found.macro)) if found.terms else ():
            scores.append(
                Score(
                    metric="consistency" if average == "micro" else "consistency/term",
                    value=value,
                    signature=f"{found.settings}|average:{average}|duizhao:{version('duizhao')}",
                    interval=None,
                    n=len(testset),
                    kind="consistency",
                    hypothesis=system,
                    reference="itself",
                    note=f"occurrences: {found.occurrences:,}; terms in two segments or more: {found.terms:,}",
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


def _drawn(
    metrics: Sequence[Metric],
    counts: Counts,
    pairs: Sequence[tuple[str, str]],
    confidence: bool,
    paired: Paired | None,
    drawn: int,
    swapped: int,
    seed: int,
) -> tuple[Mapping[tuple[str, str], Interval], tuple[Difference, ...]]:
    """Intervals and tests of the metrics, by so many bootstraps or swaps; none of what nobody asked for."""
    keys = {metric.key for metric in metrics}
    here = {key: rows for key, rows in counts.items() if key[0] in keys}
    intervals: Mapping[tuple[str, str], Interval] = {}
    differences: tuple[Difference, ...] = ()
    if metrics and (confidence or paired == "bs"):
        intervals, differences = paired_bootstrap(metrics, here, pairs if paired == "bs" else (), drawn, seed)
    if metrics and paired == "ar":
        differences = paired_randomisation(metrics, here, pairs, swapped, seed)
    return intervals, differences


def _score(
    metric: Metric,
    system: str,
    testset: TestSet,
    counts: Counts,
    intervals: Mapping[tuple[str, str], Interval],
    resampled: str,
    kind: str,
) -> Score:
    rows = counts[metric.key, system]
    interval = intervals.get((metric.key, system))
    note = f"fewer than {FEW} segments: too few for a corpus score" if len(testset) < FEW else ""
    if not note and not metric.is_sacrebleu and rows.shape[1] == 2 and metric.key in CONTENT:
        note = f"{rows[:, 0].sum():,} of {rows[:, 1].sum():,}, in {int(metric.defined(rows).sum()):,} segments"
    bounds = interval and (interval.mean - interval.half_width, interval.mean + interval.half_width)
    if bounds and metric.key in CONTENT:  # a share has no more than all
        bounds = max(0.0, bounds[0]), min(100.0, bounds[1])
    return Score(
        metric=metric.name,
        value=_value(metric, rows),
        signature=signature(metric, _references(metric, testset), resampled if interval else ""),
        interval=bounds,
        n=len(testset),
        kind=kind,
        hypothesis=system,
        reference=", ".join(testset.reference_names) or "the sources",
        note=note,
    )


def _notes(metrics: Sequence[Metric], filled: Mapping[str, int], testset: TestSet, paired: Paired | None) -> list[str]:
    """What has no score, no interval or no test, and why."""
    few = len(testset) < FEW
    notes = [f"Fewer than {FEW} segments: too few to compare systems."] if paired and few else []
    for metric in metrics:
        if not filled[metric.key]:
            notes.append(f"{metric.name}: nothing to count in these segments.")
        elif filled[metric.key] < FEW and not few:
            where = f"{filled[metric.key]} of {len(testset):,} segments"
            notes.append(f"{metric.name}: something to count in {where} only: no interval, no test.")
    return notes


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
        signature=signature(metric, _references(metric, testset), tested),
    )


def _filled(metric: Metric, testset: TestSet, counts: Counts) -> int:
    """How many segments have something to count, in the system that has the fewest of them."""
    return min(int(metric.defined(counts[metric.key, system]).sum()) for system in testset.systems)


def _references(metric: Metric, testset: TestSet) -> int | None:
    return testset.reference_count if metric.uses_references else 0


def _in_buckets(
    testset: TestSet, metrics: Sequence[Metric], counts: Counts, names: Sequence[str], terms_of: TermsOf | None
) -> list[BucketScore]:
    made = []
    for by in names:
        for bucket, rows in bucket_segments(testset, by, terms_of).items():
            for metric in metrics:
                for system in testset.systems:
                    here = counts[metric.key, system][rows]
                    if metric.defined(here).any():
                        value = _value(metric, here)
                        signed = signature(metric, _references(metric, testset))
                        made.append(BucketScore(by, bucket, metric.name, system, value, len(rows), signed))
    return made


def _small_buckets(buckets: Sequence[BucketScore]) -> list[str]:
    small = {(each.by, each.bucket) for each in buckets if each.n < FEW}
    return [f"Buckets of fewer than {FEW} segments: {len(small):,}; their scores say little."] if small else []
