"""Keys and duplicates: what is the same and what is not, and an oracle of a dict for every cut of the rows."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import xxhash
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.corpora.duplicate_keys import keys, normal, normals
from duizhao.corpora.duplicates import buckets_for, duplicate_rows, find_duplicates
from duizhao.corpora.errors import InputError, LimitError
from duizhao.corpora.shards import write_shard

TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("aB é，。Ｂ１\n_ßΣİ\u0301水獭½ﬁ")), max_size=8
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The otter swims.", "the OTTER swims", True),
        ("使用ＢＥＲＴ模型，很好。", "使用 BERT 模型, 很好!", True),
        ("Tea-time", "tea time", True),
        ("Straße", "STRASSE", True),
        ("cafe\u0301", "café", True),
        ("café", "cafe", False),
        ("这条河", "這條河", False),
        ("12 otters", "13 otters", False),
        ("1.5 m", "15 m", True),  # a point is a sign as any other: numbers are for the filter of numbers
        ("…", "。", False),
    ],
)
def test_normal(one: str, other: str, same: bool) -> None:
    assert (normal(one) == normal(other)) is same


def plainly(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum()) or text


@given(st.lists(TEXTS, max_size=6))
def test_many_at_once_are_folded_as_each_alone(texts: list[str]) -> None:
    assert normals(texts) == [plainly(text) for text in texts] == [normal(text) for text in texts]


@given(st.lists(st.tuples(st.none() | TEXTS, st.none() | TEXTS), max_size=5))
def test_keys_are_those_hashes(rows: list[tuple[str | None, str | None]]) -> None:
    table = keys(pa.table({"en": pa.array([r[0] for r in rows], pa.string()), "zh": [r[1] or None for r in rows]}))
    assert table.schema == pa.schema([(name, pa.uint64()) for name in ("exact", "normal", "en", "zh")])
    wanted = []
    for en, zh in ((en or "", zh or "") for en, zh in rows):
        sides = en.encode(), zh.encode(), plainly(en).encode(), plainly(zh).encode()
        texts = sides[0] + b"\xff" + sides[1], sides[2] + b"\xff" + sides[3], sides[2], sides[3]
        wanted.append(tuple(xxhash.xxh3_64_intdigest(text) for text in texts))
    assert list(zip(*table.to_pydict().values(), strict=True)) == wanted


def test_known_values_and_a_hostile_text() -> None:
    table = keys(pa.table({"en": ["The tea."], "zh": ["茶。"]}))
    assert table["en"].to_pylist() == [xxhash.xxh3_64_intdigest(b"thetea")] == [6437161337950702971]
    long = pa.table({"en": ["a " * 50_000, "\u0301" * 999 + "_" * 99_000], "zh": ["，" * 100_000, "《" * 100_000]})
    assert len(keys(long)) == 2
    assert normal("Tea, " * 801) == "Tea, " * 801  # too long to be folded
    with pytest.raises(LimitError, match="combining marks"):
        keys(pa.table({"en": ["\u0301\u0323" * 2_000], "zh": [""]}))


def shards(folder: Path, values: list[int], cuts: list[int]) -> list[Path]:
    bounds = [0, *sorted(cut % (len(values) + 1) for cut in cuts), len(values)]
    paths = []
    for number, (begin, end) in enumerate(pairwise(bounds)):
        paths.append(folder / f"{number:07d}.parquet")
        write_shard(pa.table({"normal": pa.array(values[begin:end], pa.uint64())}), paths[-1])
    return paths


KEYS = st.lists(st.sampled_from([0, 1, 2**64 - 1, 2**63, *(k * 0x9E3779B97F4A7C15 % 2**64 for k in range(1, 9))]))


@settings(max_examples=25)
@given(KEYS, st.lists(st.integers(0, 50), max_size=3), st.integers(1, 5))
def test_duplicates_are_those_of_a_dict_whatever_the_cuts(
    tmp_path_factory: pytest.TempPathFactory, values: list[int], cuts: list[int], buckets: int
) -> None:
    folder = tmp_path_factory.mktemp("keys")
    files = shards(folder, values, cuts)
    seen: dict[int, int] = {}
    wanted = [(row, seen[key]) for row, key in enumerate(values) if seen.setdefault(key, row) != row]
    found: list[tuple[int, int]] = []
    tables = []
    for bucket in range(buckets):
        table = find_duplicates(files, "normal", bucket, buckets)
        rows = list(zip(table["row"].to_pylist(), table["first"].to_pylist(), strict=True))
        assert rows == sorted(rows)
        found += rows
        tables.append(folder / f"bucket{bucket}.parquet")
        write_shard(table, tables[-1])
    assert sorted(found) == wanted
    for begin, end in ((0, len(values)), (1, 4), (3, 3)):
        marks = duplicate_rows(tables, begin, end)
        assert marks.dtype == bool and marks.tolist() == [k in dict(wanted) for k in range(begin, end)]


def test_buckets_grow_with_the_rows() -> None:
    assert [buckets_for(rows) for rows in (1, 4_000_000, 4_000_001, 10**8)] == [1, 1, 2, 25]


def test_buckets_are_of_like_size_and_a_broken_file_is_named(tmp_path: Path) -> None:
    files = shards(tmp_path, [k * 0x9E3779B97F4A7C15 % 2**64 for k in range(1000)] * 2, [700])
    whole = [find_duplicates(files, "normal", bucket, 4) for bucket in range(4)]
    assert sum(len(table) for table in whole) == 1000
    assert all(abs(len(table) - 250) < 40 for table in whole)
    rows = np.concatenate([table["row"].to_numpy() for table in whole])
    assert sorted(rows) == list(range(1000, 2000))
    with pytest.raises(InputError, match="broken file of keys"):
        find_duplicates(files, "zh", 0, 1)
    bad = tmp_path / "bad.parquet"
    bad.write_bytes(b"PAR1")
    for call in (lambda: find_duplicates([bad], "zh", 0, 1), lambda: duplicate_rows([bad], 0, 1)):
        with pytest.raises(InputError, match=r"bad\.parquet: a broken file"):
            call()
