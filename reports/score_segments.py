"""The segments worth reading: where one system beats another, the worst, the flagged; each shown once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from markupsafe import Markup

from ..metrics.metric import Scores
from ..metrics.scoreboard import Scoreboard
from .marks import LIMIT, shown
from .score_diff import marked_against, nearest
from .score_groups import flag_kinds, place_of
from .score_summary import baseline_of, figure, signed, system_names
from .score_words import say
from .visible import shortened

MOST = 50  # segments of each list where two systems are compared, and of the worst of one
_TOP, _HARD, _FLAGGED = 20, 20, 20  # segments of the other lists
_ALL = 4  # systems up to which a segment shows every hypothesis
BUDGET = 2_000_000  # bytes of shown segments; with the rest the page stays under 3 MB
_SNIPPET = 44  # characters of a segment in a list


class Listed(NamedTuple):
    """One row of a list: a shown segment, what it is there for, and how it begins."""

    segment: int
    value: str
    snippet: str


@dataclass(frozen=True, slots=True)
class SegmentList:
    """A list of segments, those that matter most first; `wanted` is how long it would be with room enough."""

    title: str
    rows: tuple[Listed, ...]
    wanted: int


@dataclass(frozen=True, slots=True)
class Side:
    """One hypothesis of a segment: the words marked that the reference has not, its scores, and its flags."""

    system: str
    text: Markup
    scores: tuple[tuple[str, str], ...]
    flags: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One segment, ready to show. `values` are the main scores of all systems in order, "-" where there is none."""

    segment: int
    place: str
    record: str
    tag: str
    source: Markup | None
    references: tuple[tuple[str, Markup], ...]
    sides: tuple[Side, ...]
    hidden: int  # hypotheses not shown
    values: str


@dataclass(slots=True)
class _Plan:
    title: str
    systems: tuple[str, ...]
    segments: list[tuple[int, str]]
    taken: int = 0


@dataclass(slots=True)
class _Shown:
    """The segments chosen so far, as rendered, and what they cost in bytes."""

    texts: dict[int, tuple[Markup | None, tuple[tuple[str, Markup], ...]]] = field(default_factory=dict)
    sides: dict[tuple[int, str], Side] = field(default_factory=dict)
    cost: int = 0


def explorer_metric(board: Scoreboard) -> str:
    """The first metric with scores of segments, "" where there is none: what the lists go by."""
    return next((metric for metric in board.metrics if any(key[0] == metric for key in board.segments)), "")


def chosen_segments(board: Scoreboard, budget: int = BUDGET) -> tuple[list[SegmentList], list[Card]]:
    """The lists, and the segments in them in the order of the test set, each once.

    Lists share the room: the first of each, then the second of each, until `budget` bytes are used.
    """
    plans, made = _plans(board), _Shown()
    flags: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for flag in board.flags:
        flags.setdefault((flag.segment, flag.system), []).append((flag.kind, flag.reason))
    names = system_names(board)
    for rank in range(max((len(plan.segments) for plan in plans), default=0)):
        for plan in plans:
            if rank < len(plan.segments) and made.cost < budget:
                segment = plan.segments[rank][0]
                _add(board, made, segment, names if len(names) <= _ALL else plan.systems, flags)
                plan.taken = rank + 1
    lists = [
        SegmentList(
            plan.title,
            tuple(Listed(segment, value, _snippet(board, segment)) for segment, value in plan.segments[: plan.taken]),
            len(plan.segments),
        )
        for plan in plans
        if plan.taken
    ]
    return lists, [_card(board, made, segment) for segment in sorted(made.texts)]


def _plans(board: Scoreboard) -> list[_Plan]:
    metric, names = explorer_metric(board), system_names(board)
    way = -1.0 if metric in board.lower_is_better else 1.0
    scores = {name: board.segments[metric, name] for name in names if (metric, name) in board.segments}
    plans: list[_Plan] = []
    base = baseline_of(board)
    if base not in scores:
        base = next(iter(scores), "")
    for name, values in scores.items():
        if name != base:
            gain = way * (values - scores[base])
            for one, other, sign in ((name, base, 1.0), (base, name, -1.0)):
                found = [(at, signed(way * sign * float(gain[at]))) for at in _highest(sign * gain, MOST, above=0.0)]
                plans.append(_Plan(say("beats", one=_name(one), other=_name(other)), (base, name), found))
    if len(scores) > 1:
        mean = np.mean(list(scores.values()), axis=0)
        hard = [(at, figure(float(mean[at]))) for at in _highest(-way * mean, _HARD)]
        plans.append(_Plan(say("hard"), tuple(scores)[:_ALL], hard))
    elif scores:
        values = scores[base]
        for key, sign, most in (("worst", -1.0, MOST), ("top", 1.0, _TOP)):
            found = [(at, figure(float(values[at]))) for at in _highest(sign * way * values, most)]
            plans.append(_Plan(say(key, system=_name(base)), (base,), found))
    for kind, flags in flag_kinds(board.flags).items():
        flagged = [flag for flag in flags if 0 <= flag.segment < len(board.testset)]
        named = list({flag.segment: _name(flag.system) for flag in flagged}.items())[:_FLAGGED]
        plans.append(
            _Plan(say("flagged", kind=_name(kind)), tuple(dict.fromkeys(f.system for f in flagged))[:_ALL], named)
        )
    return plans


def _highest(values: Scores, most: int, above: float = -np.inf) -> list[int]:
    """Where the highest values stand, equals in order; what is no number is left out."""
    kept = np.flatnonzero(np.isfinite(values) & (values > above))
    if len(kept) > 4 * most:  # a full sort of 100,000 for each list would take the time of the page
        least = np.partition(values[kept], len(kept) - most)[len(kept) - most]
        kept = kept[values[kept] >= least]
    return [int(at) for at in kept[np.argsort(-values[kept], kind="stable")][:most]]


def _add(
    board: Scoreboard,
    made: _Shown,
    segment: int,
    systems: Sequence[str],
    flags: dict[tuple[int, str], list[tuple[str, str]]],
) -> None:
    testset = board.testset
    if segment not in made.texts:
        source = _shown(testset.sources[segment]) if testset.sources is not None else None
        named = zip(testset.reference_names, testset.references, strict=True)
        references = tuple((name, _shown(text)) for name, texts in named if (text := texts[segment]) is not None)
        made.texts[segment] = source, references
        made.cost += 400 + _size(source or "") + sum(_size(text) + 60 for _, text in references)
    for name in systems:
        if (segment, name) in made.sides or name not in testset.systems:
            continue
        hypothesis = testset.systems[name][segment]
        given = [texts[segment] or "" for texts in testset.references if texts[segment] is not None]
        if not hypothesis.strip():
            text = Markup("")
        elif given:
            text = marked_against(hypothesis, nearest(hypothesis, given, testset.target), testset.target)
        else:
            text = _shown(hypothesis)
        side = Side(
            name,
            text,
            tuple(
                (metric, figure(float(board.segments[metric, name][segment])))
                for metric in board.metrics
                if (metric, name) in board.segments
            ),
            tuple(flags.get((segment, name), ())),
        )
        made.sides[segment, name] = side
        made.cost += 250 + _size(side.text) + 30 * len(side.scores) + sum(80 + 3 * len(why) for _, why in side.flags)


def _card(board: Scoreboard, made: _Shown, segment: int) -> Card:
    testset, metric = board.testset, explorer_metric(board)
    names = system_names(board)
    source, references = made.texts[segment]
    sides = tuple(made.sides[segment, name] for name in names if (segment, name) in made.sides)
    values = [board.segments[metric, n][segment] if (metric, n) in board.segments else np.nan for n in names]
    return Card(
        segment,
        place_of(board, segment),
        testset.records[segment] if testset.records is not None else "",
        testset.tags[segment] if testset.tags is not None else "",
        source,
        references,
        sides,
        len(testset.systems) - len(sides),
        " ".join(f"{value:.4f}" if np.isfinite(value) else "-" for value in values),
    )


def _snippet(board: Scoreboard, segment: int) -> str:
    texts = (stream[segment] for stream in board.testset.references)
    text = next((text for text in texts if text), "")
    return shortened(text[: 4 * _SNIPPET], _SNIPPET)


def _shown(text: str) -> Markup:
    return shown(text) if len(text) <= LIMIT else shown(text[:LIMIT]) + f"…[+{len(text) - LIMIT:,}]"


def _name(system: str) -> str:
    return shortened(system, 40)


def _size(text: str) -> int:
    return len(text.encode("utf-8"))
