"""Chunks: plain text is one, moved parts are found again, and every sentence stays in one bead."""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align import align_sentences, chunks
from duizhao.align.beads import Bead
from duizhao.align.chunks import Chunk, align_chunks, find_chunks

ANIMALS = ["dog", "cat", "horse", "whale", "eagle", "spider", "snake", "frog", "bee", "wolf"]
ANIMALS_ZH = ["狗", "猫", "马", "鲸", "鹰", "蜘蛛", "蛇", "青蛙", "蜜蜂", "狼"]
FRAMES = [
    ("In chapter {n} the {a} sleeps all winter.", "第{n}章中，{a}整个冬天都在睡觉。"),
    ("The {a} can be trained with {n} rewards.", "{a}可以用{n}次奖励来训练。"),
    ("We photographed the {a} from a boat.", "我们从船上拍摄了{a}。"),
    ("Nobody knows how old the {a} was.", "没有人知道这只{a}有多大年纪。"),
    ("A camera on the {a} weighs {n} grams.", "{a}身上的相机重{n}克。"),
    ("The map shows where each {a} lives.", "地图标明了每只{a}生活的地方。"),
    ("Our network recognizes the {a} by its voice.", "我们的网络根据声音识别{a}。"),
    ("Food for the {a} became more expensive.", "{a}的食物变得更贵了。"),
]
PAIRS = [
    tuple(side.format(a=name, n=10 * k + j + 2) for side, name in zip(FRAMES[(j + 3 * k) % 8], names, strict=True))
    for k, names in enumerate(zip(ANIMALS, ANIMALS_ZH, strict=True))
    for j in range(8)
]
EN, ZH = [pair[0] for pair in PAIRS], [pair[1] for pair in PAIRS]
RECIPE = [
    f"Step {k}: stir the tea {k} times and wait for the {w} to sing." for k in range(30) for w in ("kettle", "aunt")
]


class Stub:
    """Vectors from a hash of the first letter, in no time."""

    def encode(self, texts: Sequence[str]) -> Any:
        rows = [
            np.random.default_rng(int(hashlib.sha256(text[:1].encode()).hexdigest()[:8], 16)).standard_normal(512)
            for text in texts
        ]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), 512)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def one_to_one(en: Sequence[str], zh: Sequence[str], encoder: Any = None) -> list[Bead]:
    """In place of the aligner: sentences in order, two by two."""
    both = min(len(en), len(zh))
    beads = [Bead((k,), (k,), 0.5) for k in range(both)]
    return [
        *beads,
        *(Bead((k,), (), 0.0) for k in range(both, len(en))),
        *(Bead((), (k,), 0.0) for k in range(both, len(zh))),
    ]


def test_plain_text_is_one_chunk_with_the_same_beads() -> None:
    assert find_chunks(EN, ZH) == [Chunk((0, 80), (0, 80))]
    assert align_chunks(EN, ZH) == align_sentences(EN, ZH)


def test_gaps_do_not_cut_a_plain_text() -> None:
    assert find_chunks(EN[:30] + EN[36:], ZH[:50] + ZH[54:]) == [Chunk((0, 74), (0, 76))]


def test_moved_parts() -> None:
    moved = EN[48:] + EN[16:48] + EN[:16]
    assert find_chunks(moved, ZH) == [
        Chunk((64, 80), (0, 16)),
        Chunk((32, 64), (16, 48)),
        Chunk((0, 32), (48, 80)),
    ]
    beads = align_chunks(moved, ZH)
    assert [bead.zh for bead in beads] == [(k,) for k in range(80)]
    assert sum(moved[bead.en[0]] == EN[bead.zh[0]] for bead in beads) == 80
    by_english = align_chunks(moved, ZH, order="en")
    assert [bead.en for bead in by_english] == [(k,) for k in range(80)]
    assert {(bead.en, bead.zh) for bead in by_english} == {(bead.en, bead.zh) for bead in beads}


@pytest.mark.parametrize("at", [0, 40, 80])
def test_what_only_one_side_has_is_left_out(at: int) -> None:
    longer = EN[:at] + RECIPE + EN[at:]
    beads = align_chunks(longer, ZH)
    lone = {i for bead in beads if not bead.zh for i in bead.en}
    assert lone == set(range(at, at + 60))
    assert [bead.zh for bead in beads if bead.zh] == [(k,) for k in range(80)]
    assert [bead.en for bead in beads] == [(k,) for k in range(140)]  # lone ones behind what they follow


@pytest.mark.parametrize(("en", "zh"), [([], []), (["Tea."], []), ([], ["茶。"]), (["Tea.", "River."], ["茶。"])])
def test_short_texts_are_the_aligners(en: list[str], zh: list[str]) -> None:
    assert find_chunks(en, zh) == [Chunk((0, len(en)), (0, len(zh)))]
    assert align_chunks(en, zh) == align_sentences(en, zh)


def test_the_similarity_in_blocks_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = EN[48:] + EN[16:48] + EN[:16]
    whole = find_chunks(moved, ZH)
    monkeypatch.setattr(chunks, "_BLOCK", 100)  # one row at a time
    assert find_chunks(moved, ZH) == whole


LETTERS = "abcdefghijklmnopqrstuvwxyz"
# A text in blocks whose order is drawn, with sentences lost on either side.
BLOCKS = st.lists(st.sampled_from([LETTERS[k : k + 5] for k in range(0, 25, 5)]), max_size=8).map("".join)


@given(BLOCKS, BLOCKS, st.sampled_from(["en", "zh"]))
def test_every_sentence_is_in_one_bead(en: str, zh: str, order: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "align_sentences", one_to_one)
        patch.setattr(chunks, "_EXTRA", 6)
        beads = align_chunks(list(en), list(zh), Stub(), order)  # type: ignore[arg-type]
        found = find_chunks(list(en), list(zh), Stub())  # type: ignore[arg-type]
    assert sorted(i for bead in beads for i in bead.en) == list(range(len(en)))
    assert sorted(j for bead in beads for j in bead.zh) == list(range(len(zh)))
    own = [k for bead in beads for k in getattr(bead, order)]
    assert own == sorted(own)
    assert found == sorted(found, key=lambda chunk: chunk.zh)
    assert all(a.zh[1] <= b.zh[0] for a, b in pairwise(found))
