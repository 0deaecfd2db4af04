"""Buckets and flags of a scoreboard, grouped as tables show them."""

from collections.abc import Mapping, Sequence

from ..metrics.score import BucketScore, Flag
from ..metrics.scoreboard import Scoreboard


def bucket_tables(board: Scoreboard) -> dict[tuple[str, str], dict[str, dict[str, BucketScore]]]:
    """The buckets by (by, metric), then by bucket, then by system, each in the order they came."""
    tables: dict[tuple[str, str], dict[str, dict[str, BucketScore]]] = {}
    for each in board.buckets:
        tables.setdefault((each.by, each.metric), {}).setdefault(each.bucket, {})[each.system] = each
    return tables


def best_in_bucket(board: Scoreboard, metric: str, scores: Mapping[str, BucketScore]) -> frozenset[str]:
    """The systems with the best value of one bucket; none where fewer than two have one."""
    values = [score.value for score in scores.values()]
    best = min(values) if metric in board.lower_is_better else max(values)
    return frozenset(name for name, score in scores.items() if score.value == best) if len(values) > 1 else frozenset()


def flag_kinds(flags: Sequence[Flag]) -> dict[str, list[Flag]]:
    """The flags by kind, the kind with most of them first."""
    kinds: dict[str, list[Flag]] = {}
    for flag in flags:
        kinds.setdefault(flag.kind, []).append(flag)
    return dict(sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0])))


def measured(flag: Flag) -> str:
    """How many flags of this kind were right when they were measured, beside what lengths alone would have found.

    >>> measured(Flag("a", 0, "omission", "", 0.98, 0.88))
    '98% right on planted defects; by length alone 88%'
    """
    return f"{flag.precision:.0%} right on planted defects; by length alone {flag.length_precision:.0%}"


def place_of(board: Scoreboard, segment: int) -> str:
    """Where a segment stands: as the test set says, else its number from 1."""
    places = board.testset.places
    return places[segment] if 0 <= segment < len(places) else str(segment + 1)
