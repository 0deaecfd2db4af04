"""The cache of vectors: a text is asked once in all runs, and no state of the folder stops one."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from duizhao.align import load_encoder
from duizhao.align.transformers_encoder import TransformersEncoder
from duizhao.align.vector_cache import CachedEncoder, cache_folder
from duizhao.corpora import ConfigError


class Lengths:
    """A model whose vectors are counts of letters. It keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, sentences: list[str], /) -> Any:
        self.asked += sentences
        return np.array([[len(text), text.count("t"), 1.0] for text in sentences])


def cached(folder: Path, signature: str = "lengths:1", limit_bytes: int = 10**6) -> tuple[CachedEncoder, Lengths]:
    model = Lengths()
    return CachedEncoder(TransformersEncoder(model, signature), folder, limit_bytes), model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


TEXTS = ["otter", "tea", "水獭", "\ud800"]


def test_a_second_run_asks_nothing_and_has_the_same_bytes(folder: Path) -> None:
    encoder, model = cached(folder)
    first = encoder.encode(TEXTS)
    assert model.asked == TEXTS
    encoder, model = cached(folder)
    assert encoder.encode([*TEXTS, "otter"]).tobytes() == np.concatenate([first, first[:1]]).tobytes()
    assert model.asked == []
    encoder.encode(["bridge", "tea"])
    assert model.asked == ["bridge"]


def test_runs_and_spans_are_kept_too(folder: Path) -> None:
    for asked in (["tea", "otter", "tea otter"], []):
        encoder, model = cached(folder)
        assert [len(run) for run in encoder.totals(["tea", "otter"]).runs(2)] == [2, 1]
        assert encoder.prepare(["tea otter"])[0].spans([(0, 3), (4, 9)]).shape == (2, 3)
        assert model.asked == asked


def test_another_signature_has_vectors_of_its_own(folder: Path) -> None:
    cached(folder)[0].encode(["tea"])
    encoder, model = cached(folder, "lengths:2")
    encoder.encode(["tea"])
    assert model.asked == ["tea"]
    assert encoder.signature == "lengths:2"


def test_no_texts(folder: Path) -> None:
    assert cached(folder)[0].encode([]).shape == (0, 3)


def test_the_oldest_go_where_there_are_too_many(folder: Path) -> None:
    row = 8 + 3 * 4 + 100
    encoder, _ = cached(folder, limit_bytes=2 * row)
    for text in ("a", "b", "c"):
        encoder.encode([text])
    encoder, model = cached(folder, limit_bytes=2 * row)
    encoder.encode(["c", "b", "a"])
    assert model.asked == ["a"]


@pytest.mark.parametrize("rest", [b"", b"otter", b"SQLite format 3\0" + b"x" * 5000], ids=["empty", "text", "torn"])
def test_a_broken_file_is_made_again(folder: Path, rest: bytes) -> None:
    encoder, _ = cached(folder)
    vectors = encoder.encode(TEXTS)
    [file] = folder.iterdir()
    file.write_bytes(rest)
    encoder, model = cached(folder)
    assert encoder.encode(TEXTS).tobytes() == vectors.tobytes()
    assert model.asked == TEXTS
    encoder, model = cached(folder)
    assert encoder.encode(TEXTS).tobytes() == vectors.tobytes()
    assert model.asked == []


@pytest.mark.parametrize("at", range(0, 16_384, 1_111))
def test_one_wrong_byte_is_never_a_wrong_vector(folder: Path, at: int) -> None:
    texts = [f"otter {'t' * k}" for k in range(60)]
    vectors = cached(folder)[0].encode(texts)
    [file] = folder.iterdir()
    data = bytearray(file.read_bytes())
    at %= len(data)
    data[at] ^= 0x55
    file.write_bytes(data)
    assert cached(folder)[0].encode(texts).tobytes() == vectors.tobytes()


def test_a_wrong_vector_is_known_by_its_check_sum(folder: Path) -> None:
    cached(folder)[0].encode(["tea"])
    [file] = folder.iterdir()
    with sqlite3.connect(file) as db:
        db.execute("UPDATE vectors SET vector = zeroblob(20)")
    db.close()
    encoder, model = cached(folder)
    assert encoder.encode(["tea"])[0, 2] > 0
    assert model.asked == ["tea"]


def test_vectors_of_another_length_under_one_signature_are_let_be(folder: Path) -> None:
    cached(folder)[0].encode(["tea"])

    class Longer(Lengths):
        def encode(self, sentences: list[str], /) -> Any:
            return np.ones((len(sentences), 5))

    encoder = CachedEncoder(TransformersEncoder(Longer(), "lengths:1"), folder)
    assert encoder.encode(["tea", "otter"]).shape == (2, 5)


def test_where_the_file_cannot_be_written_all_is_asked_again(folder: Path) -> None:
    encoder, model = cached(folder)
    [name] = {file.name for file in folder.iterdir()} or {encoder._store._path.name}  # pyright: ignore[reportPrivateUsage]
    (folder / name).mkdir()
    assert encoder.encode(["tea"]).shape == (1, 3)
    assert encoder.encode(["tea"]).shape == (1, 3)
    assert model.asked == ["tea", "tea"]


def test_sums_are_not_kept(folder: Path) -> None:
    encoder = CachedEncoder(load_encoder(), folder)
    texts = ["The otter sleeps.", "The bridge stands."]
    whole = encoder.encode(texts)
    assert whole.tobytes() == encoder.encode(texts).tobytes() == load_encoder().encode(texts).tobytes()
    assert np.abs(encoder.totals(texts).runs(1)[0] - whole).max() < 1e-5
    assert encoder.prepare(texts)[0].spans([(4, 9)]).shape == (1, 512)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_folder_is_its_owner_s_alone(folder: Path, tmp_path: Path) -> None:
    cached(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o770)
    with pytest.raises(ConfigError, match="others can write there"):
        cached(folder)
    folder.chmod(0o700)
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(ConfigError, match="not a folder"):
        cached(tmp_path / "link")
    (tmp_path / "file").write_text("tea", encoding="utf-8")
    with pytest.raises(ConfigError):
        cached(tmp_path / "file")


@pytest.mark.skipif(os.name == "nt", reason="its own folders")
def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUIZHAO_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"
    CachedEncoder(TransformersEncoder(Lengths(), "lengths:1"))
    assert (tmp_path / "own" / "vectors").is_dir()
    monkeypatch.delenv("DUIZHAO_CACHE")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "duizhao"
