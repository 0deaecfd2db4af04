"""Scores as a table to paste: Markdown, and LaTeX with booktabs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..metrics.scoreboard import Scoreboard
from .glossary_markdown import escaped
from .score_groups import best_in_bucket, bucket_tables, flag_kinds, measured, place_of
from .score_summary import (
    baseline_of,
    best_systems,
    caveats,
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
from .visible import encodable, on_one_line, shortened

EXAMPLES = 3  # flagged segments named for each kind
_REASON = 100  # characters of the reason of a flag
_TEX = {
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
    **{"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "|": r"\textbar{}"},
    **{"<": r"\textless{}", ">": r"\textgreater{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}"},
    **{"±": r"$\pm$", "−": "$-$", "–": "--", "⟨": r"\textless{}", "⟩": r"\textgreater{}", "[": "{[}", "]": "{]}"},
}
_TEX_SIGNS = str.maketrans(_TEX)


def scoreboard_markdown(board: Scoreboard) -> str:
    """The scores as Markdown, best values bold; with signatures, comparisons, buckets, flags, and what they do not say.

    No text of a test set makes markup, a link or a line of its own.
    """
    return "\n".join(_markdown(board)) + "\n"


def _markdown(board: Scoreboard) -> Iterator[str]:
    table, tests, base = score_table(board), compared(board), baseline_of(board)
    metrics = _metrics(board)
    best = {metric: best_systems(board, metric) for metric in metrics}
    yield from (f"**{escaped(verdict(board))}**", "")
    heads = ["System", *(escaped(metric) + (" ↓" if metric in board.lower_is_better else "") for metric in metrics)]
    rows = []
    for name in system_names(board):
        cells = [escaped(name)]
        for metric in metrics:
            score, test = table.get((metric, name)), tests.get((metric, name, base))
            text = with_interval(score) if score else say("no_score")
            mark = stars(test.p_holm).replace("*", "\\*") if test else ""
            cells.append((f"**{text}**" if name in best[metric] else text) + mark)
        rows.append(cells)
    yield from _markdown_table(heads, rows, 1)
    yield from ("", escaped(_legend(board)), "")
    for metric, use, signature in signatures(board):
        yield f"- {escaped(metric)}{f' ({use})' if use else ''}: {_code(signature)}"
    if board.comparisons:
        yield from ("", f"## Comparisons ({named_test(board)})", "")
        heads = ["System", "Against", "Metric", "Difference", "p", "After Holm", "Better", "Worse", "As good"]
        yield from _markdown_table(
            heads,
            [
                [
                    *map(escaped, (each.system, each.baseline, each.metric)),
                    *(signed(each.difference), escaped(p_figure(each.p))),
                    escaped(p_figure(each.p_holm) + stars(each.p_holm)),
                    *(f"{count:,}" for count in (each.wins, each.losses, each.ties)),
                ]
                for each in board.comparisons
            ],
            3,
        )
    yield from _markdown_buckets(board)
    if board.flags:
        yield from ("", f"## {counted(len(board.flags), 'flag')}", "")
        for kind, flags in flag_kinds(board.flags).items():
            yield f"- {escaped(kind)}: {len(flags):,} ({measured(flags[0])})"
            for each in flags[:EXAMPLES]:
                where = f"{escaped(place_of(board, each.segment))}, {escaped(each.system)}"
                yield f"    - {where}: {escaped(shortened(each.reason, _REASON))}"
    yield from ("", "## What the figures do not say", "")
    yield from (f"- {escaped(text)}" for text in (*caveats(board), *board.notes))


def _markdown_buckets(board: Scoreboard) -> Iterator[str]:
    names = system_names(board)
    for (by, metric), buckets in bucket_tables(board).items():
        rows = []
        for bucket, scores in buckets.items():
            best = best_in_bucket(board, metric, scores)
            values = [figure(scores[n].value) if n in scores else say("no_score") for n in names]
            bold = [f"**{text}**" if n in best else text for n, text in zip(names, values, strict=True)]
            rows.append([escaped(bucket), f"{next(iter(scores.values())).n:,}", *bold])
        yield from ("", f"## {escaped(metric)} by {escaped(by)}", "")
        yield from _markdown_table([escaped(by), "Segments", *map(escaped, names)], rows, 1)


def _markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "|".join("---" if number < left else "--:" for number in range(len(heads))) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def scoreboard_latex(board: Scoreboard) -> str:
    """The scores as a LaTeX table for the package booktabs, best values bold, with the signatures in its caption.

    Every text is escaped. Chinese needs a document that is set up for it (ctex, xeCJK).
    """
    return "\n".join(_latex(board)) + "\n"


def _latex(board: Scoreboard) -> Iterator[str]:
    table, tests, base = score_table(board), compared(board), baseline_of(board)
    metrics = _metrics(board)
    best = {metric: best_systems(board, metric) for metric in metrics}
    yield r"% \usepackage{booktabs}"
    yield from (r"\begin{table}", r"\centering", rf"\begin{{tabular}}{{l{'r' * len(metrics)}}}", r"\toprule")
    arrows = [rf" $\{'down' if metric in board.lower_is_better else 'up'}arrow$" for metric in metrics]
    yield " & ".join(["System", *(tex(m) + arrow for m, arrow in zip(metrics, arrows, strict=True))]) + r" \\"
    yield r"\midrule"
    for name in system_names(board):
        cells = [tex(name)]
        for metric in metrics:
            score, test = table.get((metric, name)), tests.get((metric, name, base))
            value, _, half = (with_interval(score) if score else say("no_score")).partition(" ± ")
            text = rf"\textbf{{{value}}}" if name in best[metric] else tex(value)
            mark = f"$^{{{stars(test.p_holm)}}}$" if test and stars(test.p_holm) else ""
            cells.append(f"{text}{mark}" + (rf" {{\small $\pm$ {half}}}" if half else ""))
        yield " & ".join(cells) + r" \\"
    yield from (r"\bottomrule", r"\end{tabular}")
    said = [rf"{tex(metric)}{f' ({use})' if use else ''}: \texttt{{{_broken(tex(text))}}}"
            for metric, use, text in signatures(replace(board, buckets=()))]  # fmt: skip
    yield rf"\caption{{{tex(_legend(board))} {'; '.join(said)}.}}"
    yield r"\end{table}"


def tex(text: str) -> str:
    """The text as it may stand in LaTeX, on one line.

    >>> tex("100 % a_b")
    '100 \\\\% a\\\\_b'
    """
    return encodable(on_one_line(" ".join(text.split()))).translate(_TEX_SIGNS)


def _broken(text: str) -> str:
    return text.replace(r"\textbar{}", r"\textbar{}\allowbreak{}")


def _legend(board: Scoreboard) -> str:
    parts = [counted(len(board.testset), "segment")]
    if len(system_names(board)) > 1:
        parts.append("the best value of a metric is bold")
    if any(score.interval for score in board.scores):
        parts.append("± is half the 95 % interval")
    if any(stars(each.p_holm) for each in board.comparisons):
        parts.append(f"* p < .05, ** p < .01 against {shortened(baseline_of(board), 60)} ({named_test(board)}, Holm)")
    return f"{'; '.join(parts)}."


def _metrics(board: Scoreboard) -> list[str]:
    scored = {score.metric for score in board.scores}
    return [metric for metric in board.metrics if metric in scored]


def _code(text: str) -> str:
    # A run of backticks ends where one of the same length stands.
    shown = encodable(on_one_line(text))
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    return f"{fence} {shown} {fence}" if len(fence) > 1 else f"`{shown}`"
