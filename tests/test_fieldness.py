"""How much a text speaks of the field: its joined words in Chinese, its terms of several words in English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora import Knowledge, Pair, Term, shipped_knowledge
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.field_terms import FIELD
from duizhao.metrics.fieldness import fieldness, is_of_field
from duizhao.metrics.occurrences import Occurrence
from duizhao.metrics.phrases import OWN

BRIDGES = ["水獭大桥", "河流监测", "茶叶数据", "桥梁模型", "渡船网络"]  # two words each, as the field joins them
RIVER = Knowledge(1000, dict.fromkeys(BRIDGES, 30), {"tea bridge": "9\t0", "tea": "9\t0"}, "river")

CHINESE = [
    ("。".join(BRIDGES), True),
    ("。".join(BRIDGES[:4]), False),  # four pairs of words, however few others
    ("。".join([*BRIDGES[:4], *BRIDGES[:4]]), False),  # the same again is no fifth
    ("。".join([*BRIDGES, *["茶叶大桥"] * 120]), True),  # five of 125 are four in a hundred
    ("。".join([*BRIDGES, *["茶叶大桥"] * 121]), False),
    ("水獭。大桥。河流。监测。茶叶。数据。桥梁。模型。渡船。网络", False),  # words apart
    ("", False),
    ("OtterNet on rivers", False),
]


@pytest.mark.parametrize(("zh", "wanted"), CHINESE)
def test_chinese(zh: str, wanted: bool) -> None:
    assert is_of_field(zh, RIVER) is wanted


def test_pairs_that_few_papers_write_are_none() -> None:
    assert not is_of_field("。".join(BRIDGES), Knowledge(1000, dict.fromkeys(BRIDGES, 29), {}, "river"))
    assert not is_of_field("。".join(BRIDGES), EMPTY)


SPHERES = [
    ("我们提出一种图神经网络，利用注意力机制从训练数据中学习特征表示，并在多个数据集上提升模型性能和泛化能力。", True),
    ("清晨，老渡工把茶壶放在船头，望着对岸的水獭；雾还没有散，桥上已经有人挑着担子走过，铃声叮当作响。", False),
]


@pytest.mark.parametrize(("zh", "wanted"), SPHERES)
def test_chinese_with_the_shipped_counts(zh: str, wanted: bool) -> None:
    assert is_of_field(zh, shipped_knowledge()) is wanted


BRIDGE = Term("tea bridge", "茶桥")


def pair_of(record: str, words: int, document: str = "d", zh: str = "茶") -> Pair:
    return Pair(record, record, document, "abstract", ("tea " * words,), (zh,) if zh else (), (), (), "1-1", 0.7)


def at(pair: Pair, term: Term = BRIDGE) -> Occurrence:
    return Occurrence(pair, term, "absent", (0, 3), None, "", 0.0)


LONG, SHORT, OTHER = pair_of("d#1", 150), pair_of("d#2", 10), pair_of("e#1", 150, "e")
# Pairs, occurrences, the share of each record.
ENGLISH = [
    ([], [], {}),
    ([LONG], [], {"d#1": 0.0}),
    ([LONG], [at(LONG)] * 3, {"d#1": 20 * (3 + 50 * 3 / 150) / 200}),
    ([LONG], [at(LONG)] * 8, {"d#1": 1.0}),
    ([LONG, OTHER], [at(LONG)] * 3, {"d#1": 20 * (3 + 50 * 3 / 150) / 200, "e#1": 0.0}),
    # a short record is helped by its document
    ([LONG, SHORT], [at(LONG)] * 4, {"d#1": 20 * (4 + 50 * 4 / 160) / 200, "d#2": 20 * 50 * 4 / 160 / 60}),
    # terms of one word, of the record's own, and unknown to the field prove nothing; the field's own do
    ([LONG], [at(LONG, Term("tea", "茶"))] * 9, {"d#1": 0.0}),
    ([LONG], [at(LONG, Term("tea bridge", "", domain=OWN))] * 9, {"d#1": 0.0}),
    ([LONG], [at(LONG, Term("tea ferry", "茶船"))] * 9, {"d#1": 0.0}),
    ([LONG], [at(LONG, Term("Tea bridge", "茶桥", domain=FIELD))] * 3, {"d#1": 20 * (3 + 50 * 3 / 150) / 200}),
    # English without Chinese is not judged, and not counted
    ([pair_of("d#1", 150, zh="")], [], {}),
    ([LONG, pair_of("d#1", 999, zh="")], [at(LONG)] * 3, {"d#1": 20 * (3 + 50 * 3 / 150) / 200}),
    ([pair_of("d#1", 0)], [], {"d#1": 0.0}),
]  # fmt: skip


@pytest.mark.parametrize(("pairs", "occurrences", "wanted"), ENGLISH)
def test_english(pairs: list[Pair], occurrences: list[Occurrence], wanted: dict[str, float]) -> None:
    assert fieldness(pairs, occurrences, RIVER) == pytest.approx(wanted)


def test_without_knowledge_nothing_is_of_the_field() -> None:
    assert fieldness([LONG], [at(LONG)] * 9, EMPTY) == {"d#1": 0.0}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 400), st.integers(0, 20)), max_size=5))
def test_always_a_share_and_more_terms_never_less(records: list[tuple[str, int, int]]) -> None:
    pairs = [pair_of(f"{name}#{k}", words, name) for k, (name, words, _) in enumerate(records)]
    occurrences = [at(pair) for pair, (_, _, terms) in zip(pairs, records, strict=True) for _ in range(terms)]
    found = fieldness(pairs, occurrences, RIVER)
    assert list(found) == [pair.record for pair in pairs]
    assert all(0 <= share <= 1 for share in found.values())
    more = fieldness(pairs, [*occurrences, *map(at, pairs)], RIVER)
    assert all(more[record] >= found[record] for record in found)


@given(odd_text)
def test_any_text(zh: str) -> None:
    assert is_of_field(zh, RIVER) <= all(text in zh for text in BRIDGES)
    assert is_of_field(f"{zh}\n{'。'.join(BRIDGES)}", RIVER) or len(zh) >= 100
