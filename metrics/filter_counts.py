"""How many pairs the filters reject, each and each alone, with some of them to look at: counts that add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..corpora.errors import InputError
from .filter_rules import FILTERS, Settings, reason
from .filter_table import DUPLICATE, MEANING

if TYPE_CHECKING:
    import pyarrow as pa

SAMPLES = 3  # of a filter
_SHOWN_EN, _SHOWN_ZH = 160, 80  # characters of a sample


class Sample(NamedTuple):
    """A rejected pair, shortened, and why."""

    id: str
    en: str
    zh: str
    reason: str


@dataclass(frozen=True, slots=True)
class FilterCounts:
    """What one filter rejects, and what it rejects that no other one does; the first pairs, in order."""

    rejected: int = 0
    alone: int = 0
    samples: tuple[Sample, ...] = ()

    def __add__(self, other: "FilterCounts") -> "FilterCounts":
        """The counts of these pairs and those after them."""
        samples = (self.samples + other.samples)[:SAMPLES]
        return FilterCounts(self.rejected + other.rejected, self.alone + other.alone, samples)


@dataclass(frozen=True, slots=True)
class Counts:
    """Pairs, pairs kept, and the counts of each filter that is on, in the order of FILTERS."""

    pairs: int = 0
    kept: int = 0
    filters: Mapping[str, FilterCounts] = field(default_factory=dict[str, FilterCounts])

    def __add__(self, other: "Counts") -> "Counts":
        """The counts of these pairs and those after them; adding is associative, samples keep the order."""
        nothing = FilterCounts()
        filters = {
            name: self.filters.get(name, nothing) + other.filters.get(name, nothing)
            for name in FILTERS
            if name in self.filters or name in other.filters
        }
        return Counts(self.pairs + other.pairs, self.kept + other.kept, filters)

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, lists and texts.

        >>> Counts(2, 1, {"ratio": FilterCounts(1, 1)}).as_json()["filters"]
        {'ratio': {'rejected': 1, 'alone': 1, 'samples': []}}
        """
        filters = {
            name: {
                "rejected": each.rejected,
                "alone": each.alone,
                "samples": [sample._asdict() for sample in each.samples],
            }
            for name, each in self.filters.items()
        }
        return {"pairs": self.pairs, "kept": self.kept, "filters": filters}

    @staticmethod
    def from_json(data: object, where: str) -> "Counts":
        """The counts that `as_json` gave; raises InputError at `where` for anything else."""
        try:
            table: Any = data
            filters = {
                name: FilterCounts(
                    int(each["rejected"]),
                    int(each["alone"]),
                    tuple(Sample(*(str(row[key]) for key in Sample._fields)) for row in each["samples"]),
                )
                for name in FILTERS
                if (each := table["filters"].get(name)) is not None
            }
            return Counts(int(table["pairs"]), int(table["kept"]), filters)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            found = f"broken counts ({type(error).__name__})"
            raise InputError(where, found, "those of a filter run", "Make them again.") from error


def counts_of(
    pairs: "pa.Table", verdicts: "pa.Table", signals: "pa.Table", settings: Settings, meaning: "pa.Table | None" = None
) -> Counts:
    """The counts of one shard: its pairs (columns id, en, zh), what `verdicts` says of them, and their signals.

    Raises InputError where the tables differ in rows.
    """
    for name, table in (("verdicts", verdicts), ("signals", signals), (MEANING, meaning)):
        if table is not None and len(table) != len(pairs):
            raise InputError(name, f"{len(table):,} rows", f"{len(pairs):,}, as many as of pairs")
    reasons = verdicts["reasons"].combine_chunks()
    lengths = np.diff(reasons.offsets.to_numpy())
    rows = np.repeat(np.arange(len(pairs)), lengths)
    names = np.array(reasons.flatten().to_pylist(), dtype=object)
    alone = lengths[rows] == 1
    filters = {}
    for name in settings.limits:
        mine = names == name
        first = rows[mine][:SAMPLES].tolist() if len(rows) else []
        samples = tuple(_sample(name, row, pairs, signals, settings, meaning) for row in first)
        filters[name] = FilterCounts(int(np.sum(mine)), int(np.sum(mine & alone)), samples)
    return Counts(len(pairs), int(np.sum(lengths == 0)), filters)


def _sample(
    name: str, row: int, pairs: "pa.Table", signals: "pa.Table", settings: Settings, meaning: "pa.Table | None"
) -> Sample:
    told: dict[str, float | None] = {column: signals[column][row].as_py() for column in signals.column_names}
    told[DUPLICATE] = 1.0
    if meaning is not None:
        told[MEANING] = meaning[MEANING][row].as_py()
    number, en, zh = (str(pairs[column][row].as_py() or "") for column in ("id", "en", "zh"))
    return Sample(number, _short(en, _SHOWN_EN), _short(zh, _SHOWN_ZH), reason(name, told, settings))


def _short(text: str, most: int) -> str:
    """The text in one line, cut where it is long."""
    text = " ".join(text[: 4 * most].split())
    return text if len(text) <= most else text[: most - 1] + "…"


def merged(counts: Iterable[Counts]) -> Counts:
    """The counts of all shards, given in order.

    >>> merged([Counts(2, 1), Counts(3, 3)]).kept
    4
    """
    return sum(counts, Counts())
