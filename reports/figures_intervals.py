"""The chart of scores: each with its 95 % interval on one axis from 0 to 100."""

import math
from collections.abc import Sequence

from markupsafe import Markup

from ..metrics import Score
from ..metrics.messages import Language
from .figures_drawing import WIDTH, boxes, breadth, figure, fitted, line, number, text, title_name
from .figures_words import numbered, words

MOST_SCORES = 15
_EDGE = 14.0  # left and right of the axis, for the words of its ends
_HEAD, _PITCH = 22.0, 36.0  # height of a metric's name, and of a score
_FOOT = 18.0
_LOWER = frozenset({"TER"})  # metrics of which less is better


def interval_figure(scores: Sequence[Score], lang: Language) -> Markup:
    """The first 15 scores by metric, in the order given, each a dot and the bar of its 95 % interval.

    >>> interval_figure([], "en")
    Markup('')
    """
    if not scores:
        return Markup("")
    groups: dict[str, list[Score]] = {}
    for score in scores:
        groups.setdefault(score.metric, []).append(score)
    drawn = [score for group in groups.values() for score in group][:MOST_SCORES]
    names: list[Markup] = []
    bars, dots, said = [], [], []
    references = {score.reference for score in drawn}
    common = references.pop() if len(references) == 1 else ""
    y, metric = 0.0, None
    for score in drawn:
        if score.metric != metric:
            metric = score.metric
            names.append(_heading(metric, y, lang))
            y += _HEAD
        value = _value(score, lang)
        names.append(text(_name(score, common, WIDTH - breadth(value) - 8, lang), 0, y + 13))
        names.append(text(value, WIDTH, y + 13, "end"))
        middle = y + 24
        names.append(line("axis", _at(0), middle, _at(100), middle))
        if score.interval and all(map(math.isfinite, score.interval)):
            low, high = map(_at, score.interval)
            bars.append((low, middle - 5, max(2.0, high - low), 10.0))
        if math.isfinite(score.value):
            kind = "dot" if score.interval else "hollow"
            dots.append(
                Markup('<circle class="%s" cx="%s" cy="%s" r="2.5"/>')
                % (kind, number(_at(score.value)), number(middle))
            )
        lower = ("，" if lang == "zh" else ", ") + words("scores.lower", lang) if score.metric in _LOWER else ""
        said.append(f"{title_name(score.metric)} {title_name(score.hypothesis)} / {title_name(score.reference)} "
                    f"{value}{lower}")  # fmt: skip
        y += _PITCH
    ticks = [text(f"{tick}", _at(tick), y + 13, "mid", "soft") for tick in (0, 50, 100)]
    notes = _notes(drawn, common, lang)
    if more := len(scores) - len(drawn):
        notes.append(numbered("scores.more", more, lang))
    title = words("scores", lang) + words("colon", lang) + words("and", lang).join(said)
    return figure("scores", lang, y + _FOOT, [*names, boxes("good", bars), *dots, *ticks], title, notes)


def _heading(metric: str, y: float, lang: Language) -> Markup:
    lower = words("scores.lower", lang) if metric in _LOWER else ""
    name = text(fitted(metric, WIDTH - breadth(lower) - 8), 0, y + 15, "strong")
    return name + text(lower, WIDTH, y + 15, "end", "soft") if lower else name


def _notes(drawn: Sequence[Score], common: str, lang: Language) -> list[str]:
    notes = [words("scores.what", lang)]
    if common:
        notes.append(words("scores.reference", lang, reference=title_name(common)))
    if any(score.interval is None for score in drawn):
        notes.append(words("scores.without", lang))
    if any(not 0 <= end <= 100 for score in drawn for end in (score.value, *(score.interval or ()))):
        notes.append(words("scores.beyond", lang))
    return notes


def _name(score: Score, common: str, room: float, lang: Language) -> str:
    """What is scored; against what only where that is not the same for all."""
    if common or not score.reference:
        return fitted(score.hypothesis, room)
    half = (room - breadth(words("scores.against", lang, hypothesis="", reference=""))) / 2
    hypothesis = fitted(score.hypothesis, half)
    reference = fitted(score.reference, 2 * half - breadth(hypothesis))
    return words("scores.against", lang, hypothesis=hypothesis, reference=reference)


def _value(score: Score, lang: Language) -> str:
    value = f"{score.value:,.1f}"
    if score.interval is None:
        return value
    return words(
        "scores.interval", lang, value=value, low=f"{score.interval[0]:,.1f}", high=f"{score.interval[1]:,.1f}"
    )


def _at(value: float) -> float:
    return _EDGE + (WIDTH - 2 * _EDGE) * min(100.0, max(0.0, value)) / 100
