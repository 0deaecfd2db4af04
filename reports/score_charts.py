"""The geometry of the charts of scores: intervals, and how the scores of segments lie. The template draws them."""

import math
from dataclasses import dataclass

import numpy as np

from ..metrics.scoreboard import Scoreboard
from .score_columns import cut
from .score_summary import best_systems, figure, ranked, score_table, system_names
from .summary import counted

WIDTH = 420  # units of a drawing
_LEFT, _RIGHT = 130, 330  # where the scale begins and ends; names stand left of it, values right
_PITCH = 26
_LABEL = 17  # columns of a name beside a drawing
BINS = 20


@dataclass(frozen=True, slots=True)
class Dot:
    """One system: its score at `x`, its interval from `start` to `end`, both `x` where there is none."""

    label: str
    value: str
    y: int
    x: float
    start: float
    end: float
    best: bool


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """The scores of one metric on one scale; `ticks` are places on it with their words."""

    metric: str
    lower_is_better: bool
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle, in units of the drawing, with the words it stands for."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """How the segment scores of one system lie in 0..100; what is above 100 is in the last bar."""

    system: str
    bars: tuple[Bar, ...]
    title: str


def interval_charts(board: Scoreboard) -> list[IntervalChart]:
    """One drawing for each metric that two systems or more have, in the order of metrics."""
    return [_chart(board, metric) for metric in board.metrics if len(ranked(board, metric)) > 1]


def _chart(board: Scoreboard, metric: str) -> IntervalChart:
    table, best = score_table(board), best_systems(board, metric)
    scores = [table[metric, name] for name in system_names(board) if (metric, name) in table]
    spans = [score.interval or (score.value, score.value) for score in scores]
    low = min(min(span[0], score.value) for span, score in zip(spans, scores, strict=True))
    high = max(max(span[1], score.value) for span, score in zip(spans, scores, strict=True))
    margin = max(0.05 * (high - low), 0.1)
    low, high = low - margin, high + margin

    def at(value: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (value - low) / (high - low), 1)

    dots, words = [], []
    for number, (score, span) in enumerate(zip(scores, spans, strict=True)):
        text = figure(score.value) + (f" ({figure(span[0])} to {figure(span[1])})" if score.interval else "")
        words.append(f"{score.hypothesis} {text}")
        dots.append(
            Dot(
                cut(score.hypothesis, _LABEL),
                figure(score.value),
                number * _PITCH,
                at(score.value),
                at(span[0]),
                at(span[1]),
                score.hypothesis in best,
            )
        )
    ticks = tuple((at(value), f"{value:g}") for value in _ticks(low, high))
    title = f"{metric}: {', '.join(words)}"
    return IntervalChart(metric, metric in board.lower_is_better, tuple(dots), ticks, len(dots) * _PITCH + 22, title)


def _ticks(low: float, high: float) -> list[float]:
    """Round values within the scale, two to five of them."""
    rough = (high - low) / 4
    base = 10.0 ** math.floor(math.log10(rough))
    step = next(base * factor for factor in (1, 2, 5, 10) if base * factor >= rough)
    first = math.ceil(low / step)
    return [round(number * step, 6) + 0.0 for number in range(first, math.floor(high / step) + 1)]


def histograms(board: Scoreboard, metric: str, width: int = 240, height: int = 70) -> list[Histogram]:
    """One drawing for each system with segment scores of the metric, all on one scale."""
    counts = {}
    for name in system_names(board):
        values = board.segments.get((metric, name))
        if values is not None:
            values = values[np.isfinite(values)]
            places = np.clip((values * BINS / 100).astype(np.int64), 0, BINS - 1)
            counts[name] = np.bincount(places, minlength=BINS).tolist()
    highest = max((max(bins) for bins in counts.values()), default=0)
    step = width / BINS
    drawn = []
    for name, bins in counts.items():
        bars = []
        for number, count in enumerate(bins):
            # Two units at least, so that a single segment beside thousands still shows.
            tall = max(2.0, round(height * count / highest, 1)) if count else 0.0
            upper = f"{5 * number + 5}" if number < BINS - 1 else "100 or more"
            title = f"{5 * number} to {upper}: {counted(count, 'segment')}"
            if count:
                bars.append(
                    Bar(round(number * step + 0.5, 1), round(height - tall, 1), round(step - 1, 1), tall, title)
                )
        words = f"{metric} of the segments of {name}: {'; '.join(bar.title for bar in bars)}"
        drawn.append(Histogram(name, tuple(bars), words))
    return drawn
