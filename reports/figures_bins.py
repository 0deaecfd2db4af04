"""Charts of how values lie: histograms of pairs by length, likeness, confidence and completeness."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup

from ..corpora import Pair
from ..metrics.messages import Language
from .figures_drawing import WIDTH, boxes, breadth, figure, line, text
from .figures_words import numbered, words
from .summary import counted
from .tally_alignment import BINS, Aligned, aligned_in

_HIGH = 100.0  # units of the highest bar
_ABOVE, _BELOW = 22.0, 20.0  # for words
_LEAST = 2.0  # units of a bar of one pair beside thousands
# Characters a word: from a quarter to eight, five bins from one mark to the next. What lies outside is in the end bins.
_LOWEST, _DOUBLINGS, _STEPS = 0.25, 5, 5


@dataclass(frozen=True, slots=True)
class _Bins:
    """Counts of pairs by bin, with the words of each; ticks and marks are places in bins with their words."""

    counts: Sequence[int]
    names: Sequence[str]
    ticks: Sequence[tuple[float, str]]
    logarithmic: bool = False
    shaded: tuple[float, float] | None = None
    marks: Sequence[tuple[float, str]] = field(default=())


def ratio_figure(pairs: Sequence[Pair] | Aligned, lang: Language) -> Markup:
    """How many Chinese characters stand for an English word, of pairs of two sides; the axis is logarithmic.

    Latin words and numbers in the Chinese count as a character each.

    >>> ratio_figure([], "en")
    Markup('')
    """
    ratios = _aligned(pairs).ratios
    if not ratios:
        return Markup("")
    edges = [_LOWEST * 2 ** (k / _STEPS) for k in range(1, _DOUBLINGS * _STEPS)]
    counts = [0] * (len(edges) + 1)
    for ratio, count in ratios:
        counts[bisect_right(edges, round(ratio, 9))] += count
    said = [f"{edge:.2f}" for edge in edges]
    names = [
        words("least", lang, x=said[0]),
        *(words("range", lang, a=a, b=b) for a, b in pairwise(said)),
        words("most", lang, x=said[-1]),
    ]
    middle, low, high = (_quantile(ratios, share) for share in (0.5, 0.025, 0.975))
    below = sum(count for ratio, count in ratios if ratio < middle / 2)
    above = sum(count for ratio, count in ratios if ratio > middle * 2)
    caption = [
        words("ratio.what", lang, pairs=counted(sum(counts), "pair", lang), middle=f"{middle:.2f}", low=f"{low:.2f}",
              high=f"{high:.2f}"),
        words("ratio.far", lang, below=numbered("count", below, lang), above=numbered("count", above, lang)),
    ]  # fmt: skip
    bins = _Bins(
        counts,
        names,
        [(k * _STEPS, f"{_LOWEST * 2**k:g}") for k in range(_DOUBLINGS + 1)],
        shaded=(_place(low), _place(high)),
        marks=[(_place(middle), words("ratio.middle", lang, x=f"{middle:.2f}"))],
    )
    return _histogram("ratio", bins, lang, caption)


def likeness_figure(pairs: Sequence[Pair] | Aligned, lang: Language) -> Markup:
    """How alike the two sides of the pairs of two sides are, 0..1, as the aligner saw them.

    >>> likeness_figure([], "en")
    Markup('')
    """
    counts = _aligned(pairs).likeness
    caption = [words("likeness.what", lang, pairs=counted(sum(counts), "pair", lang))]
    return _histogram("likeness", _shares(counts, lang), lang, caption)


def probability_figure(pairs: Sequence[Pair] | Aligned, lang: Language) -> Markup:
    """How sure the alignment of each pair is, 0..1, with counts on a logarithmic axis; 1 is left out and counted.

    >>> probability_figure([], "en")
    Markup('')
    """
    aligned = _aligned(pairs)
    some, low = counted(sum(aligned.probabilities), "pair", lang), numbered("count", aligned.improbable, lang)
    caption = [words("probability.what", lang, pairs=some, low=low)]
    if aligned.given:
        caption.append(words("probability.given", lang, pairs=counted(aligned.given, "pair", lang)))
    return _histogram("probability", _shares(aligned.probabilities, lang, logarithmic=True), lang, caption)


def adequacy_figure(values: Sequence[float | None] | Aligned, lang: Language) -> Markup:
    """How complete the pairs look, 0..1, from `metrics.pair_adequacy`; None is counted, not drawn.

    >>> adequacy_figure([None], "en")
    Markup('')
    """
    aligned = values if isinstance(values, Aligned) else aligned_in(adequacy=values)
    some, low = counted(sum(aligned.adequacy), "pair", lang), numbered("count", aligned.inadequate, lang)
    caption = [words("adequacy.what", lang, pairs=some, low=low), words("adequacy.blind", lang)]
    if aligned.unknown:
        caption.append(words("adequacy.without", lang, pairs=counted(aligned.unknown, "pair", lang)))
    marks = [(BINS / 2, words("adequacy.limit", lang))]
    return _histogram("adequacy", _shares(aligned.adequacy, lang, logarithmic=True, marks=marks), lang, caption)


def _aligned(pairs: Sequence[Pair] | Aligned) -> Aligned:
    return pairs if isinstance(pairs, Aligned) else aligned_in(pairs)


def _shares(
    counts: Sequence[int], lang: Language, *, logarithmic: bool = False, marks: Sequence[tuple[float, str]] = ()
) -> _Bins:
    """Bins of a twentieth from 0 to 1."""
    names = [words("range", lang, a=f"{k / BINS:.2f}", b=f"{(k + 1) / BINS:.2f}") for k in range(BINS)]
    ticks = [(0.0, "0"), (BINS / 4, "0.25"), (BINS / 2, "0.5"), (BINS * 3 / 4, "0.75"), (float(BINS), "1")]
    return _Bins(counts, names, ticks, logarithmic, marks=marks)


def _histogram(key: str, bins: _Bins, lang: Language, caption: Sequence[str]) -> Markup:
    most = max(bins.counts)
    if not most:
        return Markup("")
    levels = _levels(most, logarithmic=bins.logarithmic)
    left = max(breadth(f"{level:,}") for level in levels) + 6
    right = WIDTH - 12.0  # half of the last tick's words stands beyond
    step = (right - left) / len(bins.counts)
    ground = _ABOVE + _HIGH
    top = max(most, levels[-1])

    def tall(count: int) -> float:
        share = math.log10(1 + count) / math.log10(1 + top) if bins.logarithmic else count / top
        return _HIGH * share

    drawing: list[Markup] = []
    if bins.shaded:
        low, high = (left + place * step for place in bins.shaded)
        drawing.append(boxes("band", [(low, _ABOVE, max(1.0, high - low), _HIGH)]))
    for level in levels:
        y = ground - tall(level)
        drawing.append(line("grid" if level else "axis", left, y, right, y))
        if level or not bins.logarithmic:  # 1 stands close above 0 there
            drawing.append(text(f"{level:,}", left - 5, y + 4.5, "end", "soft"))
    bars = []
    for k, count in enumerate(bins.counts):
        if count:
            high = max(_LEAST, tall(count))
            bars.append((left + k * step + 0.5, ground - high, step - 1, high))
    drawing.append(boxes("plain", bars))
    for place, said in bins.marks:
        x = left + place * step
        half = breadth(said) / 2
        drawing.append(line("mark", x, _ABOVE - 5, x, ground))
        drawing.append(text(said, min(max(x, half), WIDTH - half), _ABOVE - 9, "mid"))
    drawing += [text(said, left + place * step, ground + 16, "mid", "soft") for place, said in bins.ticks]
    rows = [(name, f"{count:,}") for name, count in zip(bins.names, bins.counts, strict=True) if count]
    said = words("and", lang).join(name + words("colon", lang) + count for name, count in rows)
    title = words(key, lang) + words("colon", lang) + said
    notes = [words("logarithmic", lang)] if bins.logarithmic else []
    return figure(key, lang, ground + _BELOW, drawing, title, [*caption, *notes], rows)


def _levels(most: int, *, logarithmic: bool) -> list[int]:
    """Counts to draw a line for: 0 and powers of ten, or 0 and two to four round steps."""
    if logarithmic:
        return [0, *(10**k for k in range(len(f"{most}")))]
    base = 10 ** (len(f"{most}") - 1)
    step = next(s for s in (base // 5, base // 2, base, base * 2, base * 5) if s and most / s < 5)
    return [*range(0, most + 1, step)]


def _quantile(ordered: Sequence[tuple[float, int]], share: float) -> float:
    """The value below which a share of them lies, by nearest rank; between two in the middle their mean."""
    total = sum(count for _, count in ordered)
    if share == 0.5 and total % 2 == 0:
        return (_nth(ordered, total // 2 - 1) + _nth(ordered, total // 2)) / 2
    return _nth(ordered, min(total - 1, max(0, math.ceil(share * total) - 1)))


def _nth(ordered: Sequence[tuple[float, int]], place: int) -> float:
    """The value at this place, from 0, each counted as often as it is there."""
    for value, count in ordered:
        place -= count
        if place < 0:
            return value
    return ordered[-1][0]


def _place(ratio: float) -> float:
    """Where a ratio stands, in bins."""
    place = math.log2(ratio / _LOWEST) * _STEPS
    return min(float(_DOUBLINGS * _STEPS), max(0.0, place))
