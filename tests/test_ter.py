"""Translation edit rate, against sacrebleu."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import TER
from sacrebleu.metrics.lib_ter import BeamEditDistance, _flip_trace, _shift, trace_to_alignment, translation_edit_rate

from duizhao.metrics.metric import Metric, Stream
from duizhao.metrics.ter import Ter
from duizhao.metrics.ter_alignment import align
from duizhao.metrics.ter_alone import count_alone
from duizhao.metrics.ter_beam import beam_distances, beam_is_clear, beam_path, keeps_in_beam
from duizhao.metrics.ter_distance import align_many
from duizhao.metrics.ter_edits import _best, _Pair, count_edits
from duizhao.metrics.ter_pairs import Pairs
from duizhao.metrics.ter_single import align_few

Words = list[int]
Pair = tuple[Words, Words]


def spelt(words: Sequence[int]) -> list[str]:
    return [f"w{word}" for word in words]


def sacrebleu_edits(pair: Pair) -> int:
    edits: int = translation_edit_rate(spelt(pair[0]), spelt(pair[1]))[0]
    return edits


def our_edits(pairs: Sequence[Pair]) -> list[int]:
    return [int(edits) for edits in count_edits([(spelt(hyp), spelt(ref)) for hyp, ref in pairs])]


def alone(pair: Pair) -> int:
    numbers = {word: k for k, word in enumerate(dict.fromkeys(pair[1]), 1)}
    hypothesis = np.array([numbers.get(word, 0) for word in pair[0]], np.int32)
    return count_alone(hypothesis, np.array([numbers[word] for word in pair[1]], np.int32))


def batch(pairs: Sequence[Pair]) -> Pairs:
    """Pairs of words from 1 on as arrays; what a reference does not have is 0."""
    pairs = [([word if word in ref else 0 for word in hyp], ref) for hyp, ref in pairs]
    rows, columns = (max(len(pair[side]) for pair in pairs) for side in (0, 1))
    return Pairs(
        np.array([hyp + [0] * (rows - len(hyp)) for hyp, _ in pairs], np.int32),
        np.array([ref + [-1] * (columns - len(ref)) for _, ref in pairs], np.int32),
        np.array([len(hyp) for hyp, _ in pairs]),
        np.array([len(ref) for _, ref in pairs]),
    )


def shuffled(rng: random.Random, words: Words, moves: int, noise: float, kinds: int) -> Words:
    """The words with some blocks moved, some words replaced and some dropped."""
    for _ in range(moves):
        a, b, c = sorted(rng.randrange(len(words) + 1) for _ in range(3))
        words = words[:a] + words[b:c] + words[a:b] + words[c:]
    words = [rng.randrange(1, kinds + 1) if rng.random() < noise else word for word in words]
    return [word for word in words if rng.random() >= noise / 4]


def random_pairs(seed: int, count: int, longest: int, kinds: Sequence[int], noise: float) -> list[Pair]:
    rng = random.Random(seed)
    pairs = []
    for _ in range(count):
        alphabet = rng.choice(kinds)
        reference = [rng.randrange(1, alphabet + 1) for _ in range(rng.randrange(1, longest))]
        pairs.append((shuffled(rng, reference, rng.randrange(5), noise, alphabet), reference))
    return pairs


def ascending(start: int, count: int) -> Words:
    return list(range(start, start + count))


# Where sacrebleu's beam leaves out the paths of least edits: texts of very different length, blocks moved far.
BOUND = {
    "a block of 40 to the end": (ascending(41, 60) + ascending(1, 40), ascending(1, 100)),
    "60 words too many at the start": (ascending(200, 60) + ascending(1, 60), ascending(1, 60)),
    "60 words missing at the start": (ascending(61, 60), ascending(1, 120)),
    "60 words too many, 60 missing": (ascending(200, 60) + ascending(1, 60), ascending(1, 120)),
    "halves exchanged": (ascending(81, 80) + ascending(1, 80), ascending(1, 160)),
    "halves exchanged, with noise": (
        shuffled(random.Random(4), ascending(71, 70) + ascending(1, 70), 3, 0.2, 150),
        ascending(1, 140),
    ),
    "120 words against 3": ([1, *ascending(50, 117), 2, 3], [1, 2, 3]),
    "3 words against 180": ([1, 90, 180], ascending(1, 180)),
    "3 words against 180, the second far on": ([1, 150, 180], ascending(1, 180)),
    "1 word against 200, the last": ([200], ascending(1, 200)),
    "a middle left out, an end moved": (ascending(60, 40) + ascending(1, 20) + ascending(110, 10), ascending(1, 120)),
    "few kinds of words": ([1, 2, 3] * 20 + [4] * 40 + [1, 2] * 9, [4] * 10 + [1, 2, 3] * 9 + [2, 1] * 20 + [4] * 30),
    "more than 2,000 words against few": (ascending(1, 2100), [2000, 3, 1500, 4]),
}


@pytest.mark.parametrize("name", BOUND)
def test_where_the_beam_binds(name: str) -> None:
    expected = sacrebleu_edits(BOUND[name])
    assert our_edits([BOUND[name]]) == [expected]
    assert alone(BOUND[name]) == expected


def test_the_beam_does_bind_there() -> None:
    distances = {
        name: (BeamEditDistance(spelt(reference))(spelt(hypothesis))[0], plain_distance(hypothesis, reference))
        for name, (hypothesis, reference) in BOUND.items()
    }
    assert {name: both for name, both in distances.items() if both[0] != both[1]} == {
        "a block of 40 to the end": (100, 80),
        "60 words too many at the start": (69, 60),
        "60 words missing at the start": (96, 60),
        "3 words against 180": (179, 177),
        "3 words against 180, the second far on": (180, 177),
        "a middle left out, an end moved": (110, 80),
    }


@pytest.mark.parametrize(
    ("hypothesis", "reference", "edits"),
    [
        ("", "", 0),
        ("", "tea for otters", 3),
        ("tea for otters", "", 3),
        ("tea for otters", "tea for otters", 0),
        ("tea for otters", "tea for beavers", 1),
        ("for otters tea", "tea for otters", 1),
        ("otters for tea", "tea for otters", 2),
        ("c d e f a b", "a b c d e f", 1),
        ("a b c d e f", "a c b d f e", 2),
        ("a a a b", "b a a a", 1),
        ("x y a b c", "a b c x y z", 2),
        ("a b a b a b", "b a b a b a", 1),
    ],
)
def test_edits(hypothesis: str, reference: str, edits: int) -> None:
    assert count_edits([(hypothesis.split(), reference.split())]).tolist() == [edits]
    assert translation_edit_rate(hypothesis.split(), reference.split())[0] == edits


@pytest.mark.parametrize("repeats", [5, 14, 15, 30, 60])
def test_the_limit_of_candidates(repeats: int) -> None:
    """Words said over and over have many candidates, and a round that reaches 1,000 is not made."""
    pairs = [
        (["the", "otter", "of"] * repeats + ["tea", "river"], ["river", "tea"] + ["of", "the", "otter"] * repeats),
        (["a", "b"] * repeats, ["b", "a", "c"] * repeats),
        (["c"] + ["a"] * repeats + ["b", "d"], ["d", "b"] + ["a"] * repeats + ["c"]),
    ]
    assert count_edits(pairs).tolist() == [translation_edit_rate(*pair)[0] for pair in pairs]


@pytest.mark.parametrize(
    ("hypothesis", "reference", "candidates", "edits"),
    [
        ("112211212221122121212222121121222", "121111122112122222111112121221222", 1000, 12),
        ("11111112222212122122122111121221211221", "22111122121222122211121212112221112121", 999, 11),
    ],
)
def test_the_limit_is_1000_candidates(hypothesis: str, reference: str, candidates: int, edits: int) -> None:
    """There is a shift that saves edits; it is made when 999 candidates have been counted, not when 1,000 have."""
    gain, _, checked = _shift([*hypothesis], [*reference], BeamEditDistance([*reference]), 0)
    assert (gain > 0, checked) == (True, candidates)
    assert count_edits([([*hypothesis], [*reference])]).tolist() == [edits]
    assert translation_edit_rate([*hypothesis], [*reference])[0] == edits


@pytest.mark.parametrize(("distance", "edits"), [(49, 1), (50, 1), (51, 2), (52, 2)])
def test_shifts_reach_50_words(distance: int, edits: int) -> None:
    words = ascending(1, distance)
    pairs = [([999, *words], [*words, 999]), ([*words, 999], [999, *words])]
    assert our_edits(pairs) == [edits] * 2 == [sacrebleu_edits(pair) for pair in pairs]
    assert [alone(pair) for pair in pairs] == [edits] * 2


def test_a_shift_is_ranked_by_its_distance_within_the_beam() -> None:
    """Of two shifts the one that is nearer without a beam is farther with it."""
    words = "".join(map(chr, ascending(1, 60)))
    far = "\0" * 60 + words  # 60, and 69 within the beam
    even = "".join(f"\0{sign}" for sign in words[:56]) + "\0" * 8  # 64
    candidates = [(60, -3, 1, 2, far, False), (64, -1, 5, 6, even, False)]
    assert _best(list(candidates), _Pair(0, words * 2, words, edits=80, floor=60)) == (64, even)
    assert _best(list(candidates), _Pair(0, words * 2, words, edits=69, floor=60)) == (64, even)
    assert _best(candidates[:1], _Pair(0, words * 2, words, edits=70, floor=60)) == (69, far)
    assert _best(candidates[:1], _Pair(0, words * 2, words, edits=69, floor=60)) is None


def test_candidates_are_counted_over_all_rounds() -> None:
    """Each of these texts takes several rounds, and the limit stops some of them in a later one."""
    pairs = random_pairs(7, 12, 60, (6,), 0.5)
    stopped, expected = 0, []
    for hypothesis, reference in pairs:
        distance = BeamEditDistance(spelt(reference))
        checked, words, rounds, gain = 0, spelt(hypothesis), 0, 1
        while gain > 0:
            gain, shifted, checked = _shift(words, spelt(reference), distance, checked)
            if checked >= 1000:
                stopped += rounds > 0
                break
            if gain > 0:
                words, rounds = shifted, rounds + 1
        expected.append(rounds + distance(words)[0])
    assert stopped == 2
    assert our_edits(pairs) == expected


@given(st.integers(1, 20).flatmap(lambda k: st.tuples(*[st.lists(st.integers(1, k), max_size=12)] * 2)))
def test_short_pairs(pair: Pair) -> None:
    assert our_edits([pair]) == [sacrebleu_edits(pair)]
    if pair[0] and pair[1]:
        assert alone(pair) == sacrebleu_edits(pair)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_many_pairs_at_once(seed: int) -> None:
    pairs = random_pairs(seed, 60, 16, (2, 4, 10, 30), 0.2)
    assert our_edits(pairs) == [sacrebleu_edits(pair) for pair in pairs]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=8, deadline=None)
def test_longer_pairs(seed: int) -> None:
    pairs = random_pairs(seed, 4, 60, (20, 60, 200), 0.2)
    expected = [sacrebleu_edits(pair) for pair in pairs]
    assert our_edits(pairs) == expected
    assert [alone(pair) if pair[0] else len(pair[1]) for pair in pairs] == expected


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=5, deadline=None)
def test_long_pairs_with_blocks_moved_far(seed: int) -> None:
    pairs = random_pairs(seed, 1, 160, (300, 3000), 0.1)
    assert our_edits(pairs) == [sacrebleu_edits(pair) for pair in pairs]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_alignments_are_sacrebleus(seed: int) -> None:
    rng = random.Random(seed)
    kinds, longest = rng.choice([(2, 9), (5, 30), (40, 30), (300, 90)])
    pairs = [
        ([rng.randrange(1, kinds) for _ in range(m)], reference)
        for m in (1, rng.randrange(1, longest), rng.randrange(1, longest))
        for reference in [[rng.randrange(1, kinds) for _ in range(rng.randrange(1, longest))]]
    ]
    pairs += [(shuffled(rng, ref, 2, 0.2, kinds) or [1], ref) for _, ref in pairs]
    batched = batch(pairs)
    bound = np.maximum(batched.hypothesis_lengths, batched.reference_lengths)
    alignments, proved = align(batched, bound)
    for other in (align_many(batched, bound), align_few(batched)):
        for here, there in zip(alignments, other, strict=True):
            assert np.array_equal(here, there)
    for row, (hypothesis, reference) in enumerate(pairs):
        edits, trace = BeamEditDistance(spelt(reference))(spelt(hypothesis))
        aligned, reference_wrong, hypothesis_wrong = trace_to_alignment(_flip_trace(trace))
        if proved[row]:
            assert alignments.targets[row, 1 : len(reference) + 1].tolist() == [
                aligned[j] + 1 for j in range(len(reference))
            ]
            assert alignments.hypothesis_wrong[row, : len(hypothesis)].tolist() == [bool(x) for x in hypothesis_wrong]
            assert alignments.reference_wrong[row, : len(reference)].tolist() == [bool(x) for x in reference_wrong]
        here, there = np.array(hypothesis, np.int32), np.array(reference, np.int32)
        steps = {"=": " "}
        assert "".join(steps.get(step, step) for _, _, step in reversed(beam_path(here, there))) == trace
        assert beam_distances(here[None, :], there).tolist() == [edits]
        text, against = "".join(map(chr, hypothesis)), "".join(map(chr, reference))
        plain = plain_distance(hypothesis, reference)
        if keeps_in_beam(plain, text, against) or proved[row]:
            assert edits == plain
        if beam_is_clear(np.array([plain]), *(np.array([len(side)]) for side in (hypothesis, reference)))[0]:
            assert proved[row]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_alignments_of_many_edits(seed: int) -> None:
    """More edits than there are bits in a word of the table."""
    rng = random.Random(seed)
    pairs = [
        ([rng.randrange(1, 90) for _ in range(rng.randrange(60, 190))], ascending(1, rng.randrange(60, 190)))
        for _ in range(3)
    ]
    edits = np.array([plain_distance(*pair) for pair in pairs])
    assert edits.max() >= 64
    many, few = align_many(batch(pairs), edits), align_few(batch(pairs))
    assert all(np.array_equal(here, there) for here, there in zip(many, few, strict=True))


def plain_distance(hypothesis: Words, reference: Words) -> int:
    row = list(range(len(reference) + 1))
    for i, word in enumerate(hypothesis, 1):
        before, row = row, [i]
        for j, other in enumerate(reference, 1):
            row.append(min(before[j - 1] + (word != other), before[j] + 1, row[-1] + 1))
    return row[-1]


# Whole texts, settings, references and scores.

EN = [
    ("The otter drinks tea on the bridge.", "On the bridge, the otter drinks its tea."),
    ("Rivers are long.", "Rivers are long."),
    ("", "A bridge stands here."),
    ("A bridge stands here.", ""),
    ("", ""),
    ("Tea &amp; cake, 1,000 cups!", "Tea & cake: 1,000 cups."),
]
ZH = [
    ("水獭在桥上喝茶。", "桥上，水獭正在喝茶。"),
    ("河流很长（约1.5km）。", "这条河很长，约1.5 km。"),
    ("茶！", "《茶》？"),
]
SETTINGS = [{}, {"normalized": True, "asian_support": True}, {"no_punct": True, "asian_support": True}]
SETTINGS += [{"case_sensitive": True}, {"normalized": True, "no_punct": True}]


@pytest.mark.parametrize("chosen", SETTINGS, ids=str)
def test_statistics_signature_and_scores(chosen: dict[str, bool]) -> None:
    hypotheses, references = [hyp for hyp, _ in EN + ZH], [ref for _, ref in EN + ZH]
    metric: Metric = Ter(**chosen)
    theirs = TER(**chosen)
    rows = metric.statistics(hypotheses, [references])
    assert rows.dtype == np.int64
    assert rows.tolist() == theirs._extract_corpus_statistics(hypotheses, [references])
    score = theirs.corpus_score(hypotheses, [references])
    assert metric.scores(rows.sum(axis=0, keepdims=True)).tolist() == [pytest.approx(score.score, abs=1e-9)]
    signature = str(theirs.get_signature())
    assert signature == f"nrefs:1|{metric.settings}|version:2.6.0"
    for hypothesis, reference, found in zip(hypotheses, references, metric.segment_scores(rows), strict=True):
        assert found == pytest.approx(theirs.sentence_score(hypothesis, [reference]).score, abs=1e-9)


def test_known_scores() -> None:
    rows = Ter().statistics([hyp for hyp, _ in EN], [[ref for _, ref in EN]])
    assert rows.tolist() == [[4, 8], [0, 3], [4, 4], [4, 0], [0, 0], [3, 5]]
    assert Ter().segment_scores(rows).tolist() == [50, 0, 100, 100, 0, 60]
    assert Ter().scores(rows.sum(axis=0, keepdims=True)).tolist() == [75]
    assert Ter().scores(np.zeros((0, 2), np.int64)).tolist() == []


def test_a_number_of_references_that_varies() -> None:
    hypotheses = ["the otter drinks tea", "a bridge over a river", "tea", ""]
    streams: list[Stream] = [
        ["an otter drinks the tea", "a river under a bridge", "tea, please", None],
        ["tea is what the otter drinks", None, "", "a cup"],
        [None, "over a river a bridge", "green tea", None],
    ]
    rows = Ter().statistics(hypotheses, streams)
    theirs = TER()._extract_corpus_statistics(hypotheses, streams)
    assert (rows / 6).tolist() == [[pytest.approx(x) for x in row] for row in theirs]  # 2, 2, 3 and 1 references
    assert rows[:, 1].tolist() == [33, 30, 8, 12]
    summed = Ter().scores(rows.sum(axis=0, keepdims=True))
    assert summed.tolist() == [pytest.approx(TER().corpus_score(hypotheses, streams).score, abs=1e-9)]


def test_no_segments() -> None:
    assert Ter().statistics([], [[]]).shape == (0, 2)


WORDS = st.lists(st.sampled_from("the a otter tea river, bridge. on of Tea 水獭 喝茶 桥。".split()), max_size=10).map(
    " ".join
)


@given(st.lists(st.tuples(WORDS | st.text(max_size=8), WORDS, WORDS | st.none()), min_size=1, max_size=5))
def test_texts(rows: list[tuple[str, str, str | None]]) -> None:
    hypotheses = [row[0] for row in rows]
    streams: list[Stream] = [[row[1] for row in rows], [row[2] for row in rows]]
    for chosen in SETTINGS[:2]:
        found = Ter(**chosen).statistics(hypotheses, streams)
        theirs = TER(**chosen)._extract_corpus_statistics(hypotheses, streams)
        scale = 2 if any(row[2] is not None for row in rows) else 1
        assert (found / scale).tolist() == theirs
