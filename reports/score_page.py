"""Scores as one web page that needs nothing but itself, with the segments worth reading."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Template

from ..metrics.score import BucketScore, Comparison, Score
from ..metrics.scoreboard import Scoreboard
from .score_charts import histograms, interval_charts
from .score_groups import best_in_bucket, bucket_tables, flag_kinds, measured
from .score_markup import scoreboard_latex, scoreboard_markdown
from .score_segments import chosen_segments, explorer_metric
from .score_summary import (
    baseline_of,
    best_systems,
    caveats,
    compared,
    figure,
    main_metric,
    named_test,
    p_words,
    score_table,
    signatures,
    signed,
    stars,
    system_names,
    verdict,
    with_interval,
)
from .summary import counted
from .web_page import page_script, page_style, page_template

MOST_BUCKETS = 30  # of one kind that the page shows, those with most segments


@dataclass(frozen=True, slots=True)
class Matrix:
    """Differences: `rows` are systems, `columns` metrics or systems; a cell is None where nothing was compared."""

    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Comparison | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class BucketTable:
    """The buckets of one kind under one metric; `rows` are bucket, segments, and a score for each system."""

    by: str
    metric: str
    rows: tuple[tuple[str, int, tuple[tuple[BucketScore | None, bool], ...]], ...]
    count: int


def scores_page(board: Scoreboard) -> Iterator[str]:
    """The page, in pieces to write one after another; the same bytes for the same scoreboard.

    Of the segments those worth reading are shown, as many as keep the page under 3 MB, and it says how many were left
    out. All text is escaped, hidden characters are shown as code points, and the page's own rules for the browser
    (Content-Security-Policy) allow no script but its own.
    """
    stream = _template().stream(_context(board))
    stream.enable_buffering(500)
    yield from stream


def scores_title(board: Scoreboard) -> str:
    """The title of the page: "duizhao 对照: scores of 3 systems"."""
    return f"duizhao 对照: scores of {counted(len(system_names(board)), 'system')}"


@cache
def _template() -> Template:
    names: dict[str, Callable[..., object]] = {"counted": counted, "figure": figure, "signed": signed, "stars": stars}
    return page_template("scores.html.j2", {}, names | {"p_words": p_words, "with_interval": with_interval})


def _context(board: Scoreboard) -> dict[str, object]:
    script = page_script("scores.js")
    lists, cards = chosen_segments(board)
    names, metric = system_names(board), explorer_metric(board)
    bare = replace(board, buckets=(), flags=(), notes=())
    return {
        "board": board,
        "title": scores_title(board),
        "verdict": verdict(board),
        "style": page_style("report.css", "scores.css"),
        "script": script.text,
        "script_hash": script.allowed,
        "names": names,
        "metrics": [each for each in board.metrics if any(score.metric == each for score in board.scores)],
        "table": score_table(board),
        "best": {each: best_systems(board, each) for each in board.metrics},
        "first": main_metric(board),
        "score_notes": _score_notes(board),
        "signatures": signatures(board),
        "baseline": baseline_of(board),
        "tests": compared(board),
        "test": named_test(board),
        "charts": interval_charts(board),
        "matrices": _matrices(board),
        "buckets": _buckets(board),
        "histograms": histograms(board, metric) if metric else [],
        "metric": metric,
        "lists": lists,
        "cards": cards,
        "left_out": len(board.testset) - len(cards),
        "short": any(len(each.rows) < each.wanted for each in lists),
        "flags": [(kind, Counter(f.system for f in found), measured(found[0]))
                  for kind, found in flag_kinds(board.flags).items()],
        "languages": ("en", "zh") if board.testset.target == "zh" else ("zh", "en"),
        "markdown": scoreboard_markdown(bare),
        "latex": scoreboard_latex(bare),
        "caveats": caveats(board),
    }  # fmt: skip


def _score_notes(board: Scoreboard) -> list[tuple[str, Score]]:
    """Each note of a score once, with the first score that has it."""
    notes: dict[str, Score] = {}
    for score in board.scores:
        if score.note:
            notes.setdefault(score.note, score)
    return list(notes.items())


def _matrices(board: Scoreboard) -> list[Matrix]:
    """One table of all metrics where all is compared with one baseline, else one of each metric."""
    tests, names = compared(board), system_names(board)
    bases = {each.baseline for each in board.comparisons}
    metrics = [metric for metric in board.metrics if any(each.metric == metric for each in board.comparisons)]
    if len(bases) == 1:
        base = baseline_of(board)
        rows = tuple((name, tuple(tests.get((m, name, base)) for m in metrics)) for name in names if name != base)
        return [Matrix("", base, tuple(metrics), rows)]
    return [
        Matrix(
            metric, "", names, tuple((one, tuple(tests.get((metric, one, other)) for other in names)) for one in names)
        )
        for metric in metrics
    ]


def _buckets(board: Scoreboard) -> list[BucketTable]:
    names = system_names(board)
    made = []
    for (by, metric), buckets in bucket_tables(board).items():
        sizes = {bucket: next(iter(scores.values())).n for bucket, scores in buckets.items()}
        largest = set(sorted(sizes, key=lambda bucket: -sizes[bucket])[:MOST_BUCKETS])
        rows = []
        for bucket, scores in buckets.items():
            if bucket in largest:
                best = best_in_bucket(board, metric, scores)
                rows.append((bucket, sizes[bucket], tuple((scores.get(name), name in best) for name in names)))
        made.append(BucketTable(by, metric, tuple(rows), len(buckets)))
    return made
