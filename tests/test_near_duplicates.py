"""Near-duplicates: pairs that differ in a word are found, others are not, whatever the cut into shards."""

import random
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from duizhao.corpora.errors import InputError
from duizhao.corpora.near_duplicates import BANDS, near_duplicates, near_keys
from duizhao.corpora.shards import write_shard

pytest.importorskip("rensa")

WORDS = """the river otter swims under old stone bridges while green tea leaves drift slowly past small boats and
children watch from quiet banks where tall reeds grow near warm shallow water every summer evening""".split()
SIGNS = "河獭游过石桥下面茶叶慢漂小船孩子们在绿色岸边看着水流动方向远处山峰夏天傍晚高芦苇生长温暖浅安静古老"


def pairs(count: int, seed: int) -> list[tuple[str, str]]:
    draw = random.Random(seed)
    return [(" ".join(draw.choices(WORDS, k=16)), "".join(draw.choices(SIGNS, k=24))) for _ in range(count)]


def table(rows: list[tuple[str, str]]) -> pa.Table:
    return pa.table({"en": [en for en, _ in rows], "zh": [zh for _, zh in rows]})


def with_another_word(row: tuple[str, str]) -> tuple[str, str]:
    words = row[0].split(" ")
    words[7] = "heron"
    return " ".join(words), row[1]


@pytest.mark.parametrize("cut", [0, 7, 160])
@pytest.mark.parametrize("buckets", [1, 3])
def test_a_changed_word_is_found_and_nothing_else(tmp_path: Path, cut: int, buckets: int) -> None:
    first = pairs(150, 1)
    rows = first + [with_another_word(row) for row in first[:100]] + [(en.upper() + "!", zh) for en, zh in first[100:]]
    files = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for path, some in zip(files, (rows[:cut], rows[cut:]), strict=True):
        write_shard(near_keys(table(some)), path)
    found: dict[int, int] = {}
    for bucket in range(buckets):
        made = near_duplicates(files, bucket, buckets)
        assert made.schema == pa.schema([("row", pa.int64()), ("first", pa.int64())])
        found |= dict(zip(made["row"].to_pylist(), made["first"].to_pylist(), strict=True))
    assert set(found.items()) <= {(row + 150, row) for row in range(150)}
    assert len(found) >= 148  # of 150: a word in sixteen leaves .8 of the letter runs, and a band in common with 99.9 %
    assert all(found[row + 150] == row for row in range(100, 150))  # the same but for case and signs: found surely


def test_signatures_do_not_depend_on_their_neighbours() -> None:
    rows = [*pairs(20, 2), ("", ""), ("ab", "茶"), ("…", "——"), ("", "只有一面")]
    made = near_keys(table(rows))
    alone = pa.concat_tables([near_keys(table([row])) for row in rows])
    assert made.equals(alone)
    assert made.schema.names == ["signature", *BANDS]
    assert near_keys(table([])).num_rows == 0


def test_a_stricter_similarity_finds_fewer(tmp_path: Path) -> None:
    first = pairs(50, 3)
    write_shard(near_keys(table(first + [with_another_word(row) for row in first])), tmp_path / "a.parquet")
    counts = [near_duplicates([tmp_path / "a.parquet"], 0, 1, least).num_rows for least in (0.5, 0.8, 1.0)]
    assert counts[0] == 50 and counts[0] > counts[1] > counts[2] == 0


def test_without_rensa(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(InputError, match=r"pip install 'duizhao\[near\]'"):
        near_keys(table(pairs(1, 4)))
    (tmp_path / "a.parquet").write_bytes(b"no")
    with pytest.raises(InputError, match="broken"):
        near_duplicates([tmp_path / "a.parquet"], 0, 1)
