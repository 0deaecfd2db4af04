"""Which pairs the filters reject, and which filters do: from signals and thresholds alone, in a blink."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..corpora.errors import InputError
from .filter_counts import Counts, FilterCounts, Sample, counts_of, merged
from .filter_rules import FILTERS, Settings
from .filter_table import DUPLICATE, MEANING, Filter

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Counts", "FilterCounts", "Sample", "counts_of", "merged", "verdicts"]

Flags = NDArray[np.bool_]


def verdicts(
    signals: "pa.Table", meaning: "pa.Table | None", duplicate: Flags | None, settings: Settings
) -> "pa.Table":
    """By row of `signals`: `kept` (bool) and `reasons` (list of the filters that reject it, in the order of FILTERS).

    `meaning` has a column of that name, `duplicate` is true where the pair stands before; None: those filters judge
    nothing, nor does any on a null. Raises InputError where rows differ in number or a column is missing.

    >>> import pyarrow as pa
    >>> from duizhao.metrics.filter_rules import read_settings
    >>> from duizhao.metrics.filter_signals import signals
    >>> found = signals(pa.table({"en": ["Two otters swim."], "zh": ["Two otters swim"]}))
    >>> verdicts(found, None, None, read_settings({}, ""))["reasons"].to_pylist()
    [['script', 'identical']]
    """
    import pyarrow as pa

    columns = _columns(signals, meaning, duplicate)
    rejects = np.zeros((len(signals), len(FILTERS)), np.bool_)
    for place, name in enumerate(FILTERS):
        if name in settings.limits and all(column in columns for column in FILTERS[name].columns):
            rejects[:, place] = _rejects(FILTERS[name], columns, dict(settings.limits[name]), len(signals))
    offsets = np.concatenate(([0], np.cumsum(rejects.sum(axis=1)))).astype(np.int32)
    names = pa.array(list(FILTERS), pa.string()).take(pa.array(np.nonzero(rejects)[1]))
    reasons = pa.ListArray.from_arrays(pa.array(offsets), names)
    return pa.table({"kept": pa.array(~rejects.any(axis=1)), "reasons": reasons})


def _rejects(each: Filter, columns: dict[str, NDArray[np.float32]], limits: dict[str, float], rows: int) -> Flags:
    """The rows that one filter rejects."""
    found, judged = np.zeros(rows, np.bool_), np.ones(rows, np.bool_)
    for threshold in each.thresholds:
        limit = np.float32(limits.get(threshold.key, threshold.default))
        for column in threshold.said:
            values = columns[column]
            if threshold.kind == "from":
                judged &= ~(values < limit)
            else:
                found |= values > limit if threshold.kind == "most" else values < limit
    return found & judged


def _columns(
    signals: "pa.Table", meaning: "pa.Table | None", duplicate: Flags | None
) -> dict[str, NDArray[np.float32]]:
    """The columns that filters read, as float32; null becomes not a number, which no limit is beyond."""
    wanted = [column for each in FILTERS.values() for column in each.columns if column not in (MEANING, DUPLICATE)]
    for column in wanted:
        if column not in signals.column_names:
            raise InputError("signals", f"no column {column}", "all that the filters read", "Make them again.")
    columns = {column: _values(signals, column) for column in wanted}
    if meaning is not None:
        if MEANING not in meaning.column_names:
            raise InputError("meaning", f"columns {', '.join(meaning.column_names)[:80]}", f"one called {MEANING}")
        columns[MEANING] = _values(meaning, MEANING)
    if duplicate is not None:
        columns[DUPLICATE] = np.asarray(duplicate, np.float32)
    for name in (MEANING, DUPLICATE):
        if name in columns and len(columns[name]) != len(signals):
            raise InputError(name, f"{len(columns[name]):,} rows", f"{len(signals):,}, as many as of signals")
    return columns


def _values(table: "pa.Table", column: str) -> NDArray[np.float32]:
    import pyarrow as pa

    kind = table[column].type
    if not (pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind)):
        raise InputError(column, f"values of type {kind}", "numbers")
    values: NDArray[np.float32] = table[column].cast(pa.float32(), safe=False).to_numpy()
    return values
