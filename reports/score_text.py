"""Scores for a terminal: one row a system, then what stands behind the figures."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import click

from ..metrics.score import Comparison
from ..metrics.scoreboard import Scoreboard
from .score_columns import Cell, cut, grid, wrapped
from .score_groups import best_in_bucket, bucket_tables, flag_kinds, measured, place_of
from .score_summary import (
    baseline_of,
    best_systems,
    compared,
    figure,
    named_test,
    p_figure,
    score_table,
    signatures,
    signed,
    stars,
    system_names,
    verdict,
    with_interval,
)
from .score_words import say
from .summary import counted
from .text import score_line
from .visible import on_one_line, shortened

EXAMPLES = 3  # flagged segments named for each kind
_NAME, _TWO_NAMES = 32, 24  # columns of a system's name, and where two stand side by side
_METRIC = 16  # columns of the name of a metric
_COMPARISONS, _BUCKETS = 40, 20  # lines shown of each
_REASON = 70  # characters of the reason of a flag


def scoreboard_lines(board: Scoreboard, color: bool = False) -> Iterator[str]:
    """The lines, without line ends: scores, signatures, comparisons, buckets, flags, notes; 120 columns at most.

    Of one system each score is one line, with its signature in it, however long. "›" marks the best value of a
    metric, "*" and "**" what differs from the baseline (p < .05 and < .01 after Holm). No text of a test set reaches
    the terminal as a control, or is a command to GitHub.
    """
    for line in _lines(board, color):
        # A log of GitHub obeys lines that begin so, blanks before them or not.
        yield f"|{line}" if line.lstrip().startswith(("::", "##[")) else line


def _lines(board: Scoreboard, color: bool) -> Iterator[str]:
    names = short_names(system_names(board))
    if len(names) > 1:
        answer = list(wrapped(on_one_line(verdict(board)), indent=""))
        yield from ([click.style(line, bold=True) for line in answer] if color else answer)
        yield ""
        yield from _scores(board, names, color)
        yield ""
        yield from _signatures(board, frozenset())
    else:
        yield from map(score_line, board.scores)
        if not board.scores:
            yield say("none")
        yield from _signatures(board, frozenset(score.signature for score in board.scores))
    yield from _comparisons(board, names)
    yield from _buckets(board, names, color)
    yield from _flags(board, names)
    if board.notes:
        yield ""
    for note in board.notes:
        yield from wrapped(on_one_line(note))


def short_names(names: Sequence[str], width: int = _NAME) -> dict[str, str]:
    """Each name as it stands on the screen: on one line, in few columns, and no two alike."""
    shown: dict[str, str] = {}
    for number, name in enumerate(names, 1):
        short = cut(on_one_line(name), width)
        shown[name] = f"{short} #{number}" if short in shown.values() else short
    return shown


def _scores(board: Scoreboard, names: Mapping[str, str], color: bool) -> Iterator[str]:
    table, tests, base = score_table(board), compared(board), baseline_of(board)
    metrics = [metric for metric in board.metrics if any((metric, name) in table for name in names)]
    best = {metric: best_systems(board, metric) for metric in metrics}
    marked = False
    rows = []
    for name in names:
        row = [Cell(names[name])]
        for metric in metrics:
            score, test = table.get((metric, name)), tests.get((metric, name, base))
            mark = stars(test.p_holm) if test else ""
            marked |= bool(mark)
            text = with_interval(score) if score else say("no_score")
            row.append(Cell(f"{text}{mark:<2}" if board.comparisons else text, name in best[metric]))
        rows.append(row)
    heads = [_head(board, metric) + ("  " if board.comparisons else "") for metric in metrics]
    yield from grid([_scored(board), *heads], rows, color=color)
    legend = ["› best of its column"]
    if any(score.interval for score in board.scores):
        legend.append("± half the 95 % interval")
    if marked:
        legend.append(f"* p < .05, ** p < .01 against {names.get(base, base)} ({named_test(board)}, Holm)")
    yield from wrapped("; ".join(legend))


def _head(board: Scoreboard, metric: str) -> str:
    return cut(on_one_line(metric), _METRIC) + (" ↓" if metric in board.lower_is_better else "")


def _scored(board: Scoreboard) -> str:
    kinds = {score.kind for score in board.scores}
    return counted(len(board.testset), "segment") + (
        f", {kinds.pop()}" if kinds in ({"agreement"}, {"back-translation"}) else ""
    )


def _signatures(board: Scoreboard, told: frozenset[str]) -> Iterator[str]:
    for metric, use, signature in signatures(board):
        if signature not in told:
            label = _head(board, metric) + (f" ({use})" if use else "")
            yield from wrapped(f"{label}  {on_one_line(signature)}", sign="|")


def _comparisons(board: Scoreboard, names: Mapping[str, str]) -> Iterator[str]:
    if not board.comparisons:
        return
    yield ""
    yield f"Compared ({named_test(board)}; Holm over the comparisons of a metric):"
    shorter = short_names(list(names), _TWO_NAMES)
    shown = board.comparisons[:_COMPARISONS]
    head = ["  system − other", "", "difference", "p", "Holm  ", "better/worse/as good"]
    yield from grid(head, [_comparison(each, shorter) for each in shown])
    yield from _left_out(len(board.comparisons) - len(shown), "comparison")


def _comparison(test: Comparison, names: Mapping[str, str]) -> list[Cell]:
    two = f"  {_short(names, test.system)} − {_short(names, test.baseline)}"
    holm = f"{p_figure(test.p_holm)}{stars(test.p_holm):<2}"
    segments = f"{test.wins:,}/{test.losses:,}/{test.ties:,}"
    return [
        *map(
            Cell,
            (two, cut(on_one_line(test.metric), _METRIC), signed(test.difference), p_figure(test.p), holm, segments),
        )
    ]


def _short(names: Mapping[str, str], name: str) -> str:
    return names.get(name) or cut(on_one_line(name), _NAME)


def _buckets(board: Scoreboard, names: Mapping[str, str], color: bool) -> Iterator[str]:
    for (by, metric), buckets in bucket_tables(board).items():
        shown = list(buckets.items())[:_BUCKETS]
        yield ""
        rows = []
        for bucket, scores in shown:
            best = best_in_bucket(board, metric, scores)
            size = next(iter(scores.values())).n
            cells = [Cell(figure(scores[n].value) if n in scores else say("no_score"), n in best) for n in names]
            rows.append([Cell(f"  {cut(on_one_line(bucket), _NAME)}"), Cell(f"{size:,}"), *cells])
        title = cut(on_one_line(f"{metric} by {by}"), 2 * _NAME)
        yield from grid([title, "segments", *names.values()], rows, fixed=2, color=color)
        yield from _left_out(len(buckets) - len(shown), "bucket")


def _flags(board: Scoreboard, names: Mapping[str, str]) -> Iterator[str]:
    if not board.flags:
        return
    yield ""
    yield f"{counted(len(board.flags), 'flag')} to look at; they rank nothing:"
    for kind, flags in flag_kinds(board.flags).items():
        counts = Counter(flag.system for flag in flags)
        by = ", ".join(
            f"{_short(names, name)} {counts[name]:,}" for name in dict.fromkeys([*names, *counts]) if counts[name]
        )
        yield from wrapped(f"  {on_one_line(kind)}: {by} ({measured(flags[0])})", indent="    ")
        for flag in flags[:EXAMPLES]:
            where = f"{cut(on_one_line(place_of(board, flag.segment)), _NAME)}, {_short(names, flag.system)}"
            yield from wrapped(f"    {where}: {on_one_line(shortened(flag.reason, _REASON))}", indent="      ")


def _left_out(count: int, noun: str) -> Iterator[str]:
    if count > 0:
        yield f"  and {counted(count, f'other {noun}')}: see --format json"
