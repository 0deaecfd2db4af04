"""Scores for other programs: JSON and CSV."""

import json
import math
import re
from collections.abc import Iterable
from typing import TextIO

from ..metrics.score import BucketScore, Comparison, Flag, Score
from ..metrics.scoreboard import Scoreboard
from .jsonl import DECIMALS
from .score_groups import place_of
from .score_summary import baseline_of, compared, system_names, verdict
from .visible import encodable

COLUMNS = (
    *("system", "metric", "value", "low", "high", "n", "kind", "reference", "baseline", "difference", "p", "p_holm"),
    *("wins", "losses", "ties", "signature", "note"),
)

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # as in jsonl
_QUOTED = re.compile('[,"\r\n]')


def scoreboard_json(board: Scoreboard) -> str:
    """One JSON object: systems with their scores, comparisons, buckets, flags, notes, and how it was made.

    Systems and metrics stand in their own order, numbers have six decimals, and what is no number is null. Segments
    count from 0, `place` says where they stand. The same scoreboard gives the same bytes.
    """
    content = {
        "verdict": verdict(board),
        "segments": len(board.testset),
        "target": board.testset.target,
        "references": list(board.testset.reference_names),
        "lower_is_better": [metric for metric in board.metrics if metric in board.lower_is_better],
        "systems": [
            {"name": name, "scores": [_score(score) for score in board.scores if score.hypothesis == name]}
            for name in system_names(board)
        ],
        "comparisons": [_comparison(each) for each in board.comparisons],
        "buckets": [_bucket(each) for each in board.buckets],
        "flags": [_flag(board, each) for each in board.flags],
        "notes": list(board.notes),
        "made_by": dict(sorted(board.made_by.items())),
    }
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def write_scoreboard_csv(handle: TextIO, board: Scoreboard) -> int:
    """The number of rows written under the header, one a system and metric, in the order of the scores.

    Each has its signature, and the comparison with the baseline where one was made; what is missing is an empty cell.
    UTF-8 without byte order mark, "\\n" line ends. Cells are exact: nothing guards against programs that take a cell
    starting with "=" for a formula.
    """
    tests, base = compared(board), baseline_of(board)
    handle.write(_line(COLUMNS))
    for score in board.scores:
        low, high = score.interval or (math.nan, math.nan)
        test = tests.get((score.metric, score.hypothesis, base))
        cells = [score.hypothesis, score.metric, *map(_cell, (score.value, low, high)), str(score.n)]
        cells += [score.kind, score.reference]
        cells += (
            [base, *map(_cell, (test.difference, test.p, test.p_holm)), *map(str, (test.wins, test.losses, test.ties))]
            if test
            else [""] * 7
        )
        handle.write(_line([*cells, score.signature, score.note]))
    return len(board.scores)


def _score(score: Score) -> dict[str, object]:
    return {
        "metric": score.metric,
        "value": _number(score.value),
        "interval": [_number(bound) for bound in score.interval] if score.interval else None,
        "signature": score.signature,
        "n": score.n,
        "kind": score.kind,
        "reference": score.reference,
        "note": score.note,
    }


def _comparison(test: Comparison) -> dict[str, object]:
    return {
        "metric": test.metric,
        "system": test.system,
        "baseline": test.baseline,
        "difference": _number(test.difference),
        "p": _number(test.p),
        "p_holm": _number(test.p_holm),
        "wins": test.wins,
        "losses": test.losses,
        "ties": test.ties,
        "signature": test.signature,
    }


def _bucket(each: BucketScore) -> dict[str, object]:
    return {
        "by": each.by,
        "bucket": each.bucket,
        "metric": each.metric,
        "system": each.system,
        "value": _number(each.value),
        "n": each.n,
        "signature": each.signature,
    }


def _flag(board: Scoreboard, flag: Flag) -> dict[str, object]:
    return {
        "system": flag.system,
        "segment": flag.segment,
        "place": place_of(board, flag.segment),
        "kind": flag.kind,
        "reason": flag.reason,
        "precision": _number(flag.precision),
        "length_precision": _number(flag.length_precision),
    }


def _number(value: float) -> float | None:
    return round(float(value), DECIMALS) + 0.0 if math.isfinite(value) else None  # + 0.0 turns -0.0 into 0.0


def _cell(value: float) -> str:
    number = _number(value)
    return "" if number is None else str(number)


def _line(cells: Iterable[str]) -> str:
    # subtle: with "\n" line ends, Python's csv.writer leaves a cell with a lone "\r" unquoted (see glossary_csv).
    return ",".join(_quoted(encodable(cell)) for cell in cells) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
