"""Kept pairs as files: the bytes of the writers for all at once, whatever the shards, whole or not at all."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

from duizhao.corpora import EXPORTS, ConfigError, InputError, write_units
from duizhao.corpora import kept_units as module
from duizhao.corpora.kept_units import kept_units, write_kept
from duizhao.corpora.rows import Unit
from duizhao.corpora.shards import shard_name, write_shard
from duizhao.corpora.unit_tables import unit_schema

PLAIN = [Unit(f"The otter counts {k}.", f"水獭数到{k}。", f"o{k}", {"document": "a.tsv"}) for k in range(11)]
RICH = [
    Unit('He said "tea".', "他说“茶”。", "a#1", {"document": "a", "topic": "tea, hot", "probability": "0.2500"}),
    Unit("A & B < C", "桥", "a#2", {"document": "other", "licence": "CC0"}),
    Unit("", "只有一面", "a#3", {"document": "a", "probability": "1.0000"}),
]
QUOTED = [*PLAIN, Unit('"Tea"', "茶", "q", {"document": "a.tsv"}), *RICH]
SETS = {"plain": PLAIN, "rich": RICH, "quoted": QUOTED, "none": []}


def written(folder: Path, units: list[Unit], shard: int) -> tuple[Path, Path]:
    """Two folders of shards, in which these units are kept and one between every two is not."""
    rows = []
    for number, unit in enumerate(units, 1):
        said = dict(unit.origin)
        probability = float(said.pop("probability")) if "probability" in said else None
        source = "a" if said["document"] == "other" else said.pop("document")
        origin = json.dumps(said, ensure_ascii=False) if said else ""
        kept = (unit.id, unit.en, unit.zh, source, number, probability, origin)
        rows += [(True, kept), (False, ("x", "dropped", "不要", "a", number, None, '{"never": "seen"}'))]
    folders = folder / "pairs", folder / "flags"
    for each in folders:
        each.mkdir()
    for number, begin in enumerate(range(0, max(1, len(rows)), shard)):
        some = rows[begin : begin + shard]
        names = unit_schema().names
        pairs = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for _, row in some], schema=unit_schema())
        write_shard(pairs, folders[0] / shard_name(number))
        flags = pa.table({"kept": pa.array([kept for kept, _ in some], pa.bool_()), "reasons": [["x"]] * len(some)})
        write_shard(flags, folders[1] / shard_name(number))
    return folders


@pytest.mark.parametrize("piece", [2, 5000])
@pytest.mark.parametrize("units", SETS)
@pytest.mark.parametrize("name", EXPORTS)
def test_the_bytes_of_the_writers_for_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, units: str, piece: int
) -> None:
    monkeypatch.setattr(module, "_SLICE", piece)
    pairs, flags = written(tmp_path, SETS[units], shard=6)
    assert list(kept_units(pairs, flags)) == SETS[units]
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    made = write_units(SETS[units], name, tmp_path / "one" / "kept")
    assert write_kept(pairs, flags, tmp_path / "other" / "kept", name) == len(SETS[units])
    assert sorted(path.name for path in (tmp_path / "other").iterdir()) == sorted(path.name for path in made)
    for path in made:
        assert (tmp_path / "other" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", ["tsv", "moses"])
def test_a_text_that_does_not_fit_leaves_what_was_there(tmp_path: Path, name: str) -> None:
    pairs, flags = written(tmp_path, [*PLAIN, Unit("two\nlines", "两行", "bad", {"document": "a"})], shard=4)
    for side in ("", ".en", ".zh"):
        (tmp_path / f"kept{side}").write_text("before", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(InputError, match=r"unit 'bad': .*line end in en"):
        write_kept(pairs, flags, tmp_path / "kept", name)
    assert sorted(tmp_path.iterdir()) == before
    assert {(tmp_path / f"kept{side}").read_text(encoding="utf-8") for side in ("", ".en", ".zh")} == {"before"}


def test_folders_that_do_not_belong_together(tmp_path: Path) -> None:
    pairs, flags = written(tmp_path, PLAIN, shard=6)
    with pytest.raises(ConfigError, match="no format 'docx'"):
        write_kept(pairs, flags, tmp_path / "kept", "docx")
    write_shard(pa.table({"kept": [True]}), flags / shard_name(1))
    with pytest.raises(InputError, match=r"shard 1: 1 flags; wanted 6, one a pair"):
        write_kept(pairs, flags, tmp_path / "kept", "csv")
    (flags / shard_name(3)).unlink()
    with pytest.raises(InputError, match="3 shards of flags; wanted 4"):
        write_kept(pairs, flags, tmp_path / "kept", "csv")
    assert not (tmp_path / "kept").exists()
