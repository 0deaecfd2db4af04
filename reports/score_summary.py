"""What a scoreboard amounts to: who is best, how sure that is, and what the figures do not say."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..metrics.score import BucketScore, Comparison, Score
from ..metrics.scoreboard import Scoreboard
from .score_words import say
from .visible import shortened

SURE = 0.05  # a difference is marked from here down, after Holm; twice at a fifth of it
NAME = 60  # characters of a system's name that sentences show


def system_names(board: Scoreboard) -> tuple[str, ...]:
    """The systems in order: those of the test set, then those that only scores name."""
    return tuple(dict.fromkeys((*board.testset.systems, *(score.hypothesis for score in board.scores))))


def score_table(board: Scoreboard) -> dict[tuple[str, str], Score]:
    """The scores by (metric, system); the first where there are several."""
    table: dict[tuple[str, str], Score] = {}
    for score in board.scores:
        if math.isfinite(score.value):
            table.setdefault((score.metric, score.hypothesis), score)
    return table


def ranked(board: Scoreboard, metric: str) -> list[Score]:
    """The scores of one metric, the best first; equals in the order of systems."""
    table = score_table(board)
    found = [table[metric, name] for name in system_names(board) if (metric, name) in table]
    return sorted(found, key=lambda score: score.value if metric in board.lower_is_better else -score.value)


def best_systems(board: Scoreboard, metric: str) -> frozenset[str]:
    """The systems that have the best value of a metric; none where fewer than two have one."""
    scores = [score for score in ranked(board, metric) if score.kind != "consistency"]  # to be the same is no merit
    return frozenset(s.hypothesis for s in scores if s.value == scores[0].value) if len(scores) > 1 else frozenset()


def main_metric(board: Scoreboard) -> str:
    """The first metric that has a score, "" where there is none."""
    return next((metric for metric in board.metrics if ranked(board, metric)), "")


def baseline_of(board: Scoreboard) -> str:
    """What the others are compared with: the baseline of most comparisons, else the first system; "" for one."""
    names = system_names(board)
    counts = Counter(each.baseline for each in board.comparisons)
    return counts.most_common(1)[0][0] if counts else names[0] if len(names) > 1 else ""


def compared(board: Scoreboard) -> dict[tuple[str, str, str], Comparison]:
    """The comparisons by (metric, system, baseline), each in both directions."""
    table: dict[tuple[str, str, str], Comparison] = {}
    for each in board.comparisons:
        table.setdefault((each.metric, each.system, each.baseline), each)
    for each in board.comparisons:
        turned = replace(each, system=each.baseline, baseline=each.system, difference=-each.difference,
                         wins=each.losses, losses=each.wins)  # fmt: skip
        table.setdefault((each.metric, turned.system, turned.baseline), turned)
    return table


def stars(p: float) -> str:
    """The mark of a p-value after Holm's correction.

    >>> stars(0.2), stars(0.04), stars(0.009)
    ('', '*', '**')
    """
    return "**" if p < SURE / 5 else "*" if p < SURE else ""


def figure(value: float) -> str:
    """A score with one decimal; "–" for what is no number.

    >>> figure(41.25), figure(float("nan")), figure(-0.01)
    ('41.2', '–', '0.0')
    """
    return f"{round(value, 1) + 0.0:.1f}" if math.isfinite(value) else say("no_score")


def signed(value: float) -> str:
    """A difference with its sign; a third digit where it is under a tenth.

    >>> signed(1.25), signed(-0.5), signed(0.04), signed(0.0)
    ('+1.2', '−0.5', '+0.04', '0.0')
    """
    if not math.isfinite(value):
        return say("no_score")
    digits = 1 if abs(value) >= 0.1 or abs(value) < 0.005 else 2
    text = f"{abs(value):.{digits}f}"
    return text if float(text) == 0 else f"{'+' if value > 0 else '−'}{text}"


def p_words(p: float) -> str:
    """A p-value as it stands in texts.

    >>> p_words(0.0004), p_words(0.0041), p_words(0.25), p_words(1.0)
    ('p < .001', 'p = .004', 'p = .25', 'p = 1')
    """
    return f"p {_share(p)}" if p < 0.001 else f"p = {_share(p)}"


def p_figure(p: float) -> str:
    """A p-value alone.

    >>> p_figure(0.0004), p_figure(0.0041), p_figure(0.25)
    ('< .001', '.004', '.25')
    """
    return _share(p)


def with_interval(score: Score) -> str:
    """The value and half the width of its interval: "41.2 ± 0.9"; the value alone where there is none."""
    if score.interval is None:
        return figure(score.value)
    low, high = score.interval
    return say("plus_minus", value=figure(score.value), half=figure((high - low) / 2))


def signatures(board: Scoreboard) -> list[tuple[str, str, str]]:
    """Metric, what the signature is for ("" where the metric has but one), and the signature; each once."""
    uses: dict[str, dict[str, list[str]]] = {metric: {} for metric in board.metrics}
    groups: dict[str, Iterable[Score | Comparison | BucketScore]] = {
        **{"of_scores": board.scores, "of_comparisons": board.comparisons, "of_buckets": board.buckets}
    }
    for use, group in groups.items():
        for each in group:
            said = uses.setdefault(each.metric, {}).setdefault(each.signature, [])
            if say(use) not in said:
                said.append(say(use))
    for found in uses.values():  # buckets differ by the draws alone, which they have none of
        for signature in [each for each, words in found.items() if words == [say("of_buckets")]]:
            whole = next((each for each in found if each != signature and _undrawn(each) == signature), None)
            if whole:
                del found[signature]
                found[whole].append(say("of_buckets_undrawn"))
    return [
        (metric, ", ".join(words) if len(found) > 1 or say("of_buckets_undrawn") in words else "", signature)
        for metric, found in uses.items()
        for signature, words in found.items()
    ]


def _undrawn(signature: str) -> str:
    """A signature without what was drawn."""
    return "|".join(part for part in signature.split("|") if part.partition(":")[0] not in ("bs", "ar", "seed"))


def named_test(board: Scoreboard) -> str:
    """What the comparisons were tested with: "paired bootstrap"."""
    parts = {part.partition(":")[0] for each in board.comparisons for part in each.signature.split("|")}
    return say(next((kind for kind in ("ar", "bs") if kind in parts), "test"))


def verdict(board: Scoreboard) -> str:
    """Which system is best under the first metric, how sure that is, and which metrics see it otherwise."""
    metric = main_metric(board)
    if not metric:
        return say("none")
    first, *rest = ranked(board, metric)
    name = _name(first.hypothesis)
    if not rest:
        table = score_table(board)
        scores = [table[each, first.hypothesis] for each in board.metrics if (each, first.hypothesis) in table]
        return say("one", system=name, scores=", ".join(f"{each.metric} {with_interval(each)}" for each in scores))
    sentences = [_first_two(board, first, rest), *_otherwise(board, metric, first.hypothesis)]
    return " ".join(sentences)


def _first_two(board: Scoreboard, first: Score, rest: Sequence[Score]) -> str:
    other, tests, base = rest[0], compared(board), baseline_of(board)
    words = {
        **{"best": _name(first.hypothesis), "other": _name(other.hypothesis), "metric": first.metric},
        **{"value": figure(first.value), "other_value": figure(other.value), "count": f"{len(rest) + 1:,}"},
        "difference": signed(first.value - other.value),
    }
    if first.value == other.value:
        return say("same", **words)
    test = tests.get((first.metric, first.hypothesis, other.hypothesis))
    if test:
        key = ("sure" if test.p_holm < SURE else "unsure") + ("_many" if len(rest) > 1 else "_two")
        return say(key, **words | {"p": p_words(test.p_holm)})
    sentence = say("untested", **words)
    test = tests.get((first.metric, first.hypothesis, base))
    if test:
        told = {"other": _name(base), "difference": signed(test.difference), "p": p_words(test.p_holm)}
        sentence += " " + say("baseline", **told)
    return sentence


def _otherwise(board: Scoreboard, main: str, best: str) -> list[str]:
    tests = compared(board)
    others = [metric for metric in board.metrics if metric != main and best_systems(board, metric)]
    first = {metric: best_systems(board, metric) for metric in others}
    for metric, systems in first.items():  # what a test could not tell apart is not put first
        if all((test := tests.get((metric, each, best))) and test.p_holm >= SURE for each in systems):
            first[metric] = frozenset({best})
    return [
        say(
            "otherwise", metric=metric, system=" and ".join(_name(s) for s in system_names(board) if s in first[metric])
        )
        for metric in others
        if best not in first[metric]
    ]


def caveats(board: Scoreboard) -> list[str]:
    """What the figures do not say, as sentences; only those that concern this scoreboard."""
    kinds = {score.kind for score in board.scores}
    count = board.testset.reference_count
    told = []
    if "agreement" in kinds:
        told.append(say("about_agreement"))
    if "back-translation" in kinds:
        told.append(say("about_back"))
    if count == 1:
        told.append(say("about_one_reference"))
    elif board.testset.references:
        told.append(say("about_references", count=count or f"up to {len(board.testset.references)}"))
    if board.scores:
        told.append(say("about_interval" if any(score.interval for score in board.scores) else "about_no_interval"))
    if board.comparisons:
        told.append(say("about_test"))
    if board.segments:
        told.append(say("about_segments"))
    if board.flags:
        told.append(say("about_flags"))
    ratios = _length_ratios(board)
    if ratios:
        told.append(say("about_length", ratios=", ".join(ratios)))
    return told


def _length_ratios(board: Scoreboard) -> list[str]:
    firsts = [
        next((text for text in texts if text is not None), "") for texts in zip(*board.testset.references, strict=True)
    ]
    total = sum(map(len, firsts))
    if not total:
        return []
    return [
        say("length", system=_name(name), ratio=f"{sum(map(len, texts)) / total:.2f}")
        for name, texts in board.testset.systems.items()
    ]


def _name(system: str) -> str:
    return shortened(system, NAME)


def _share(p: float) -> str:
    if not math.isfinite(p):
        return say("no_score")
    if p < 0.001:
        return "< .001"
    text = f"{p:.{3 if p < 0.0995 else 2}f}"
    return "1" if float(text) >= 1 else text.removeprefix("0")
