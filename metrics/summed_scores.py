"""Scores of a corpus from the sums of its shards: nothing but a few integers a shard is kept."""

from collections.abc import Iterable, Mapping, Sequence
from math import lcm
from typing import NamedTuple

import numpy as np

from ..corpora.errors import InputError
from .choosing import CONTENT, FEW
from .metric import Metric, Stream, signature
from .score import Score
from .ter import Ter


class Sums(NamedTuple):
    """The statistics of one metric summed over segments, for one system.

    `metric` and `settings` say of which metric, `values` are the sums of its columns, multiplied by `scale` (TER of
    several references; else 1). `segments` counts all, `filled` those with something to count. `references` is how many
    references each segment has, None where that varies, 0 where there is no segment.
    """

    metric: str
    settings: str
    values: tuple[int, ...]
    segments: int
    filled: int
    references: int | None
    scale: int = 1


def statistics(
    hypotheses: Sequence[str],
    references: Sequence[Stream],
    metric: Metric,
    sources: Sequence[str] | None = None,
) -> Sums:
    """The sums of one shard.

    References are streams as long as the hypotheses, None where a segment lacks one; every segment has one at least,
    where the metric takes references at all. Raises InputError where lengths differ or a segment has no reference.

    >>> from .chrf import Chrf
    >>> statistics(["the otter"], [["the otters"]], Chrf(char_order=1)).values
    (8, 9, 8)
    """
    for stream in (*references, *(() if sources is None else (sources,))):
        if len(stream) != len(hypotheses):
            found, wanted = f"{len(stream):,} segments", f"{len(hypotheses):,}, as there are translations"
            raise InputError("references or sources", found, wanted, "Which of the two lacks some?")
    given = [sum(text is not None for text in texts) for texts in zip(*references, strict=True)]
    if metric.uses_references and (0 in given or (hypotheses and not given)):
        number = given.index(0) + 1 if given else 1
        raise InputError(f"segment {number:,}", "no reference", "one at least", "Leave it out, or give it one.")
    rows = metric.statistics(hypotheses, references, sources)
    counts = set(given) if metric.uses_references else {0}
    return Sums(
        metric.key,
        metric.settings,
        tuple(int(each) for each in rows.sum(axis=0, dtype=np.int64)),
        len(hypotheses),
        int(metric.defined(rows).sum()),
        counts.pop() if len(counts) == 1 else (None if counts else 0),
        lcm(*given) if isinstance(metric, Ter) else 1,
    )


def summed(shards: Iterable[Sums]) -> Sums:
    """The sums of all shards together, in any order; raises InputError for no shard, and for two metrics."""
    parts = list(shards)
    if not parts:
        raise InputError("scores", "no shard", "one or more")
    first = parts[0]
    for each in parts:
        if (each.metric, each.settings, len(each.values)) != (first.metric, first.settings, len(first.values)):
            found, wanted = f"{each.metric} ({each.settings})", f"{first.metric} ({first.settings}), as in other shards"
            raise InputError("scores", found, wanted, "Score all shards with the same options.")
    scale = lcm(*(each.scale for each in parts))
    columns = zip(*([value * (scale // each.scale) for value in each.values] for each in parts), strict=True)
    references = {each.references for each in parts if each.segments}
    return Sums(
        first.metric,
        first.settings,
        tuple(map(sum, columns)),
        sum(each.segments for each in parts),
        sum(each.filled for each in parts),
        references.pop() if len(references) == 1 else (None if references else 0),
        scale,
    )


def score(total: Sums, metric: Metric, *, hypothesis: str, reference: str, kind: str = "quality") -> Score:
    """The score of all segments: value and signature as of one scoring of all texts together, to the last digit.

    There is no interval: bootstraps draw single segments. Raises InputError where the sums are of another metric, or
    there is nothing to score.
    """
    if (total.metric, total.settings) != (metric.key, metric.settings):
        found = f"sums of {total.metric} ({total.settings})"
        raise InputError(hypothesis, found, f"of {metric.key} ({metric.settings})", "Score it with the same options.")
    if not total.filled:
        raise InputError(hypothesis, f"nothing to count for {metric.name}", "at least one segment")
    note = f"fewer than {FEW} segments: too few for a corpus score" if total.segments < FEW else ""
    if not note and metric.key in CONTENT and len(total.values) == 2:
        note = f"{total.values[0]:,} of {total.values[1]:,}, in {total.filled:,} segments"
    value = metric.scores(np.array([total.values], np.int64))[0]
    signed = signature(metric, total.references)
    return Score(metric.name, float(value), signed, None, total.segments, kind, hypothesis, reference, note)


def from_row(row: Mapping[str, object], where: str) -> Sums:
    """The sums that `_asdict` gave, after a file of JSON has held them; raises InputError where it is no such row.

    >>> from_row(Sums("ter", "case:lc", (1, 4), 1, 1, 1)._asdict(), "a.json").values
    (1, 4)
    """
    names = ("segments", "filled", "references", "scale")
    segments, filled, references, scale = (row.get(name) for name in names)
    metric, settings, values = (row.get(name) for name in ("metric", "settings", "values"))
    if (
        isinstance(metric, str)
        and isinstance(settings, str)
        and isinstance(values, list | tuple)
        and all(_is_count(each) for each in (*values, segments, filled, scale, references or 0))
        and isinstance(segments, int)
        and isinstance(filled, int)
        and isinstance(scale, int)
        and scale > 0
        and (references is None or isinstance(references, int))
    ):
        return Sums(metric, settings, tuple(map(int, values)), segments, filled, references, scale)
    raise InputError(where, "not the sums of a score", "what duizhao wrote", "Make it again.")


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
