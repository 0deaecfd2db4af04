"""Any model of whole texts in the encoder's place: spans and runs become texts, each distinct text is asked once."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from duizhao.align import Encoder, align_sentences
from duizhao.align.transformers_encoder import TransformersEncoder, load_transformers
from duizhao.corpora import DuizhaoError

OTTER, TEA, BRIDGE = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
MEANINGS = {"otter": OTTER, "水獭": OTTER, "tea": TEA, "茶": TEA, "bridge": BRIDGE, "桥": BRIDGE}


class Words:
    """A model of three meanings: a text is the sum of those of its words. It keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, sentences: list[str], /) -> Any:
        self.asked.append(sentences)
        vectors = [[MEANINGS[word] for word in MEANINGS if word in text] or [(0.0, 0.0, 0.0)] for text in sentences]
        return np.array([np.sum(found, axis=0) for found in vectors])


@pytest.fixture
def model() -> Words:
    return Words()


@pytest.fixture
def encoder(model: Words) -> TransformersEncoder:
    return TransformersEncoder(model, "words:1")


def test_vectors_are_units_and_zeros_stay_zeros(encoder: TransformersEncoder) -> None:
    vectors = encoder.encode(["otter tea", "otter", "river", "otter"])
    half = np.float32(0.5**0.5)
    assert vectors.dtype == np.float32
    assert vectors.tolist() == [[half, half, 0], [1, 0, 0], [0, 0, 0], [1, 0, 0]]


def test_each_distinct_text_is_asked_once(encoder: TransformersEncoder, model: Words) -> None:
    encoder.encode(["tea", "otter", "tea"])
    assert model.asked == [["tea", "otter"]]


def test_no_texts_have_the_length_of_the_model_s_vectors(encoder: TransformersEncoder) -> None:
    assert encoder.encode([]).shape == (0, 3)
    assert encoder.totals([]).runs(2) == []
    assert len(encoder.totals([])) == 0
    assert encoder.prepare([]) == []
    assert encoder.prepare(["tea"])[0].spans([]).shape == (0, 3)


def test_a_span_is_a_text_of_its_own(encoder: TransformersEncoder, model: Words) -> None:
    [prepared] = encoder.prepare(["水獭喝茶"])
    assert model.asked == []
    assert prepared.spans([(0, 2), (3, 4), (0, 2)]).tolist() == [list(OTTER), list(TEA), list(OTTER)]
    assert model.asked == [["水獭", "茶"]]


@pytest.mark.parametrize(
    ("texts", "longest", "asked"),
    [
        (["tea", "otter", "bridge"], 2, ["tea", "otter", "bridge", "tea otter", "otter bridge"]),
        (["茶。", "水獭。"], 5, ["茶。", "水獭。", "茶。水獭。"]),
    ],
)
def test_runs_are_joined_texts(
    encoder: TransformersEncoder, model: Words, texts: list[str], longest: int, asked: list[str]
) -> None:
    runs = encoder.totals(texts).runs(longest)
    assert model.asked == [asked]
    assert [len(run) for run in runs] == [len(texts) - k for k in range(len(runs))]
    assert np.concatenate(runs).tobytes() == encoder.encode(asked).tobytes()
    assert encoder.totals(texts)[1:].runs(1)[0].tobytes() == encoder.encode(texts[1:]).tobytes()


def test_it_is_an_encoder(encoder: TransformersEncoder) -> None:
    asked: Encoder = encoder  # the type checkers test this line
    assert asked.signature == "words:1"


def test_sentences_are_aligned_with_it(encoder: TransformersEncoder) -> None:
    en, zh = ["An otter.", "A bridge.", "Some tea."], ["水獭。", "桥。", "茶。"]
    beads = align_sentences(en, zh, encoder)
    assert [(bead.en, bead.zh) for bead in beads] == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


@pytest.mark.parametrize("answer", [[], [1.0], [[np.nan]], [["otter"]], [[1.0], [1.0, 2.0]], [[1.0], [1.0]], None])
def test_a_model_that_answers_nonsense_is_named(answer: Any) -> None:
    class Wrong:
        def encode(self, sentences: list[str], /) -> Any:
            return answer

    with pytest.raises(DuizhaoError, match=r"^wrong: .*; wanted one vector of finite numbers a text\. Check the model"):
        TransformersEncoder(Wrong(), "wrong").encode(["tea"])


def test_a_missing_library_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named {name!r}")

    monkeypatch.setattr(importlib.import_module("duizhao.align.transformers_encoder"), "import_module", absent)
    with pytest.raises(DuizhaoError, match=r"^LaBSE: no sentence-transformers here .* pip install duizhao\[transform"):
        load_transformers("LaBSE")


def test_a_real_model_built_here(tmp_path: Path) -> None:
    library = pytest.importorskip("sentence_transformers")
    parts = pytest.importorskip("sentence_transformers.models")
    words = parts.BoW(vocab=["otter", "tea", "bridge"])
    library.SentenceTransformer(modules=[words]).save(str(tmp_path / "model"))
    encoder = load_transformers(str(tmp_path / "model"))
    assert encoder.encode(["otter", "tea otter"]) @ encoder.encode(["otter"]).T == pytest.approx(
        np.array([[1.0], [0.5**0.5]])
    )
    with pytest.raises(DuizhaoError):
        load_transformers(str(tmp_path / "none"))
