"""Results as pandas tables, for notebooks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..corpora import ConfigError, Pair, Record
from ..metrics import Finding, Rendering, Score
from .jsonl import Row, as_row
from .visible import encodable

if TYPE_CHECKING:
    import pandas

    from .result import Result

TABLES: Mapping[str, type[Row]] = MappingProxyType(
    {"records": Record, "pairs": Pair, "findings": Finding, "renderings": Rendering, "scores": Score}
)


def result_frame(result: "Result", table: str = "findings") -> "pandas.DataFrame":
    """One of the tables of a result: "records", "pairs", "findings", "renderings" or "scores".

    Columns as in the files of that name (docs/output.md), and the same where there is no row. Spans are half-open
    ranges of code points in the document, lists stay lists. Raises ConfigError for any other name.

    >>> from .result import Result
    >>> list(result_frame(Result((), (), (), (), (), (), ()), "scores"))[:3]
    ['metric', 'value', 'signature']
    """
    if table not in TABLES:
        raise ConfigError("to_frame", f"no table {encodable(str(table))!r}", f"one of {', '.join(TABLES)}")
    rows: Sequence[Row] = getattr(result, table)
    return _frame(rows, [each.name for each in fields(TABLES[table]) if each.compare])


def to_frame(rows: Iterable[Row]) -> "pandas.DataFrame":
    """One table row an item, one column a field; empty for no items.

    `to_frame(result.findings)`, `to_frame(result.entries)`, `to_frame(result.renderings)`: lists stay lists. Lone
    surrogates (from odd file names) are shown as code points.

    >>> from ..metrics import Rendering
    >>> to_frame([Rendering("token", "词元", 3, (), "preferred", "词元", "nlp", True)])["count"].sum().item()
    3
    """
    return _frame(rows)


def _frame(rows: Iterable[Row], columns: list[str] | None = None) -> "pandas.DataFrame":
    import pandas  # slow to import, and only notebooks ask for it

    return pandas.DataFrame([_encodable(as_row(row)) for row in rows], columns=columns)


def _encodable(value: object) -> object:
    """The same with texts that Arrow, in which pandas keeps them, can hold."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {_encodable(key): _encodable(item) for key, item in value.items()}
    return value
