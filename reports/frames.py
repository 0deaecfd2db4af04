"""Results as pandas tables, for notebooks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .jsonl import Row, as_row

if TYPE_CHECKING:
    import pandas


def to_frame(rows: Iterable[Row]) -> "pandas.DataFrame":
    """One table row an item, one column a field; empty for no items.

    `to_frame(result.findings)`, `to_frame(result.entries)`, `to_frame(result.renderings)`: lists stay lists.

    >>> from ..metrics import Rendering
    >>> to_frame([Rendering("token", "词元", 3, (), "preferred", "词元", "nlp", True)])["count"].sum().item()
    3
    """
    import pandas  # slow to import, and only notebooks ask for it

    return pandas.DataFrame([as_row(row) for row in rows])
