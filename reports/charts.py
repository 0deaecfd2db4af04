"""The geometry of two small charts; the template draws them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..corpora import Pair
from ..metrics import Finding, Severity
from .summary import count_rules, counted, rule_name, worst


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle, in units of the drawing, with the words it stands for."""

    x: float
    y: float
    width: float
    height: float
    title: str
    label: str = ""
    count: int = 0
    severity: Severity = "note"


def score_bars(pairs: Iterable[Pair], width: int = 400, height: int = 120, bins: int = 20) -> list[Bar]:
    """One bar for each bin of pair scores from 0 to 1, highest bin to `height`; none where no pair has two sides."""
    counts = [0] * bins
    for pair in pairs:
        if pair.en and pair.zh:
            counts[min(bins - 1, max(0, int(round(pair.score * bins, 6))))] += 1
    highest = max(counts)
    if not highest:
        return []
    step = width / bins
    bars = []
    for number, count in enumerate(counts):
        # Two units at least, so that a single pair beside thousands still shows.
        tall = max(2.0, round(height * count / highest, 1)) if count else 0.0
        title = f"{number / bins:.2f} to {(number + 1) / bins:.2f}: {counted(count, 'pair')}"
        bars.append(
            Bar(round(number * step + 1, 1), round(height - tall, 1), round(step - 2, 1), tall, title, "", count)
        )
    return bars


def rule_bars(findings: Sequence[Finding], width: int = 150, pitch: int = 26) -> list[Bar]:
    """One horizontal bar for each rule that found something, the most frequent first, longest to `width`."""
    counts = count_rules(findings)
    by_rule = worst(findings)
    bars = []
    for number, (code, count) in enumerate(counts):
        long = max(2.0, round(width * count / counts[0][1], 1))
        label = rule_name(code)
        title = f"{label}: {counted(count, 'finding')}"
        bars.append(Bar(0, number * pitch, long, pitch - 10, title, label, count, by_rule[code]))
    return bars
