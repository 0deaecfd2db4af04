"""The steps of `duizhao filter`, each a pure function from files to files, for any executor.

Each takes its settings, the files it reads and the files it writes, and returns counts for the marker.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Counts = dict[str, Any]
Settings = dict[str, Any]


def read(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """Bilingual inputs, named in the settings, to a folder of shards of pairs."""
    from duizhao.corpora.formats import Reading
    from duizhao.corpora.unit_rows import LIMIT_SIDE
    from duizhao.corpora.unit_shards import write_unit_shards

    # A bomb is flagged by its length, not refused: it would stop the reading of all that is around it.
    reading = Reading(settings["encoding"], dict(settings["fields"]), errors=settings["errors"], limit_unit=LIMIT_SIDE)
    made = write_unit_shards(settings["inputs"], outputs[0], reading, settings["shard_rows"])
    counts: Counts = json.loads(made.json())
    return counts


def signals(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """A shard of pairs to its signals and its hash keys; no threshold is applied yet."""
    import pyarrow.parquet as pq

    from duizhao.corpora.duplicate_keys import keys
    from duizhao.corpora.shards import write_shard
    from duizhao.metrics.filter_signals import signals as signals_of

    pairs = pq.read_table(inputs[0])
    write_shard(signals_of(pairs), outputs[0])
    write_shard(keys(pairs), outputs[1])
    return {"rows": pairs.num_rows}


def meaning(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """A shard of pairs to how surely the two sides are each other's whole counterpart."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from duizhao.corpora.shards import write_shard
    from duizhao.metrics.filter_meaning import meaning as meaning_of

    pairs = pq.read_table(inputs[0], columns=["en", "zh"])
    english, chinese = ([text or "" for text in pairs[side].to_pylist()] for side in ("en", "zh"))
    write_shard(pa.table({"meaning": pa.array(meaning_of(english, chinese), pa.float32())}), outputs[0])
    return {"rows": pairs.num_rows}


def near(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """A shard of pairs to the signatures by which nearly equal ones are found."""
    import pyarrow.parquet as pq

    from duizhao.corpora.near_duplicates import near_keys
    from duizhao.corpora.shards import write_shard

    pairs = pq.read_table(inputs[0], columns=["en", "zh"])
    write_shard(near_keys(pairs), outputs[0])
    return {"rows": pairs.num_rows}


def duplicates(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """The keys, or signatures, of all shards to the rows of one bucket that an earlier row equals."""
    from duizhao.corpora.duplicates import find_duplicates
    from duizhao.corpora.near_duplicates import near_duplicates
    from duizhao.corpora.shards import write_shard

    bucket, buckets = settings["bucket"], settings["buckets"]
    if settings["by"] == "near":
        found = near_duplicates(inputs, bucket, buckets)
    else:
        found = find_duplicates(inputs, settings["by"], bucket, buckets)
    write_shard(found, outputs[0])
    return {"rows": found.num_rows}


def flags(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """Pairs, signals and thresholds to what is kept, and why the rest is not.

    The inputs are the shards of pairs and signals, that of meaning where `settings["meaning"]`, then the buckets of
    duplicates; `settings["begin"]` is the number of the shard's first row, from 0 over all shards.
    """
    import pyarrow.parquet as pq

    from duizhao.corpora.duplicates import duplicate_rows
    from duizhao.corpora.shards import write_shard
    from duizhao.metrics.filter_counts import counts_of
    from duizhao.metrics.filter_rules import read_settings
    from duizhao.metrics.filter_verdict import verdicts

    pairs, found = (pq.read_table(path) for path in inputs[:2])
    judged = pq.read_table(inputs[2]) if settings["meaning"] else None
    buckets = inputs[3 if settings["meaning"] else 2 :]
    begin = settings["begin"]
    repeated = duplicate_rows(buckets, begin, begin + pairs.num_rows) if buckets else None
    chosen = read_settings(settings["filters"], "filters")
    table = verdicts(found, judged, repeated, chosen)
    write_shard(table, outputs[0])
    return counts_of(pairs, table, found, chosen, judged).as_json()
