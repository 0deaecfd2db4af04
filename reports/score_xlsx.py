"""Scores as a workbook: the figures, what was compared, and the segments, worst first."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from ..metrics.scoreboard import Scoreboard
from .score_groups import place_of
from .score_segments import explorer_metric
from .score_summary import baseline_of, best_systems, caveats, compared, system_names, verdict
from .workbook_cells import TextCells

MOST_SEGMENTS = 10_000  # rows of hypotheses, the worst ones
ROWS = 1_048_575  # under the header: Excel's own

Value = str | int | float | None
Write = Callable[[str, Sequence[tuple[str, int]], Sequence[Sequence["_Cell"]]], None]


class _Cell(NamedTuple):
    """What goes into a cell: text, a number in a format, or nothing."""

    value: Value
    look: str = "cell"


def write_scores_xlsx(handle: BinaryIO, board: Scoreboard) -> int:
    """The number of texts that were cut because a cell can not hold them; the workbook says so too.

    The sheets: Scores, Comparisons, Buckets, Segments (one row a hypothesis, the worst first by the first metric with
    scores of segments, `MOST_SEGMENTS` at most), Notes. Texts are texts, no cell is a formula or a link. The same
    scoreboard gives the same bytes.
    """
    import xlsxwriter  # slow to import, and only this writer asks for it

    book = xlsxwriter.Workbook(handle, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.datetime(2000, 1, 1), "title": "duizhao"})
    looks = {name: book.add_format(look) for name, look in _looks().items()}
    cells = TextCells(looks["plain"], looks["plain"])

    def write(name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[_Cell]]) -> None:
        _write_sheets(book, cells, looks, name, columns, rows)

    _scores(write, board)
    _comparisons(write, board)
    _buckets(write, board)
    left_out = _segments(write, board)
    _notes(write, board, left_out, cells)
    book.close()
    return cells.cut


def _looks() -> dict[str, dict[str, Any]]:
    cell = {"text_wrap": True, "valign": "top"}
    return {
        "plain": {},
        "cell": cell,
        "strong": {**cell, "bold": True},
        "score": {**cell, "num_format": "0.0"},
        "best": {**cell, "num_format": "0.0", "bold": True, "font_color": "#17572F", "bg_color": "#E0F2E6"},
        "p": {**cell, "num_format": "0.0000"},
        "count": {**cell, "num_format": "#,##0"},
        "header": {**cell, "bold": True, "bg_color": "#E2DFD6", "bottom": 1},
    }


def _write_sheets(
    book: Any,
    cells: TextCells,
    looks: dict[str, Any],
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[_Cell]],
) -> None:
    """The rows on one sheet, or on as many as it takes; one with a header alone where there are none."""
    sheet: Any = None
    number, at = 0, ROWS
    for row in (None, *rows):
        if at == ROWS:
            number, at = number + 1, 0
            sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
            for column, (title, width) in enumerate(columns):
                cells.write(sheet, 0, column, title, looks["header"])
                sheet.set_column(column, column, width, looks["cell"])
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, min(ROWS, len(rows) - (number - 1) * ROWS)), len(columns) - 1)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
        if row is None:
            continue
        at += 1
        for column, (value, look) in enumerate(row):
            if isinstance(value, str):
                cells.write(sheet, at, column, value, looks[look])
            elif value is not None and np.isfinite(value):
                sheet.write_number(at, column, round(float(value), 6) + 0.0, looks[look])


def _scores(write: Write, board: Scoreboard) -> None:
    tests, base = compared(board), baseline_of(board)
    best = {metric: best_systems(board, metric) for metric in board.metrics}
    columns = [("system", 24), ("metric", 12), ("value", 8), ("low", 8), ("high", 8), ("segments", 10)]
    columns += [("less baseline", 10), ("p after Holm", 9), ("kind", 12), ("reference", 20), ("signature", 60)]
    rows = []
    for score in board.scores:
        low, high = score.interval or (None, None)
        test = tests.get((score.metric, score.hypothesis, base))
        look = "best" if score.hypothesis in best.get(score.metric, ()) else "score"
        rows.append(
            (
                *(_Cell(score.hypothesis, "strong"), _Cell(score.metric), _Cell(score.value, look)),
                *(_Cell(low, "score"), _Cell(high, "score"), _Cell(score.n, "count")),
                *(_Cell(test.difference if test else None, "score"), _Cell(test.p_holm if test else None, "p")),
                *(_Cell(score.kind), _Cell(score.reference), _Cell(score.signature), _Cell(score.note)),
            )
        )
    write("Scores", [*columns, ("note", 30)], rows)


def _comparisons(write: Write, board: Scoreboard) -> None:
    columns = [("system", 24), ("baseline", 24), ("metric", 12), ("difference", 10), ("p", 9), ("p after Holm", 9)]
    columns += [("better", 9), ("worse", 9), ("as good", 9), ("signature", 60)]
    write(
        "Comparisons",
        columns,
        [
            (
                *(_Cell(each.system, "strong"), _Cell(each.baseline), _Cell(each.metric)),
                *(_Cell(each.difference, "score"), _Cell(each.p, "p"), _Cell(each.p_holm, "p")),
                *(_Cell(each.wins, "count"), _Cell(each.losses, "count"), _Cell(each.ties, "count")),
                _Cell(each.signature),
            )
            for each in board.comparisons
        ],
    )


def _buckets(write: Write, board: Scoreboard) -> None:
    columns = [("by", 12), ("bucket", 24), ("metric", 12), ("system", 24), ("value", 8), ("segments", 10)]
    write(
        "Buckets",
        [*columns, ("signature", 60)],
        [
            (
                *(_Cell(each.by), _Cell(each.bucket, "strong"), _Cell(each.metric), _Cell(each.system)),
                *(_Cell(each.value, "score"), _Cell(each.n, "count"), _Cell(each.signature)),
            )
            for each in board.buckets
        ],
    )


def _segments(write: Write, board: Scoreboard) -> int:
    """The number of hypotheses left out."""
    testset, metric = board.testset, explorer_metric(board)
    metrics = [each for each in board.metrics if any(key[0] == each for key in board.segments)]
    names = [name for name in system_names(board) if name in testset.systems and (metric, name) in board.segments]
    flags: dict[tuple[int, str], list[str]] = {}
    for flag in board.flags:
        flags.setdefault((flag.segment, flag.system), []).append(f"{flag.kind}: {flag.reason}")
    columns = [("place", 9), ("record", 14), ("tag", 10), ("system", 16), *((each, 8) for each in metrics)]
    columns += [("hypothesis", 40), *((f"reference {name}", 40) for name in testset.reference_names)]
    columns += [("source", 40), ("flags", 24)]
    rows = []
    worst = _worst(board, metric, names)
    for segment, name in worst[:MOST_SEGMENTS]:
        values = [board.segments[each, name][segment] if (each, name) in board.segments else None for each in metrics]
        rows.append(
            (
                *(_Cell(place_of(board, segment)), _Cell(testset.records[segment] if testset.records else None)),
                *(_Cell(testset.tags[segment] if testset.tags else None), _Cell(name, "strong")),
                *(_Cell(value, "score") for value in values),
                _Cell(testset.systems[name][segment]),
                *(_Cell(texts[segment]) for texts in testset.references),
                _Cell(testset.sources[segment] if testset.sources else None),
                _Cell("\n".join(flags.get((segment, name), ()))),
            )
        )
    write("Segments", columns, rows)
    return len(testset) * len(names) - len(rows)


def _worst(board: Scoreboard, metric: str, names: Sequence[str]) -> list[tuple[int, str]]:
    if not names:
        return []
    way = -1.0 if metric in board.lower_is_better else 1.0
    values = way * np.stack([board.segments[metric, name] for name in names], axis=1).ravel()
    values[~np.isfinite(values)] = np.inf  # what has no score comes last
    order = np.argsort(values, kind="stable")[:MOST_SEGMENTS]
    return [(int(at) // len(names), names[int(at) % len(names)]) for at in order]


def _notes(write: Write, board: Scoreboard, left_out: int, cells: TextCells) -> None:
    rows = [("verdict", verdict(board)), *(("not said", text) for text in caveats(board))]
    rows += [("note", note) for note in board.notes]
    if left_out:
        rows.append(("segments", f"The worst {MOST_SEGMENTS:,} hypotheses are listed, {left_out:,} are left out."))
    if cells.cut:
        rows.append(
            ("cut", f"{cells.cut:,} texts were longer than a cell can be: they end in …[+n], n characters cut.")
        )
    rows += list(board.made_by.items())
    write("Notes", [("what", 16), ("text", 110)], [(_Cell(what, "strong"), _Cell(text)) for what, text in rows])
