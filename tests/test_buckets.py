"""Segments in buckets: each where it belongs, none lost, none in two but under terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import ConfigError
from duizhao.metrics.buckets import BY, bucket_segments
from duizhao.metrics.testset import TestSet

REFERENCES = ("海獭", "一条河上有三座桥。", "茶", "在第2座桥边，海獭喝了很多茶，然后慢慢游回了家。", "")
SOURCES = ("an otter", "A river has three bridges.", "tea", "At bridge 2 the otter drank tea and swam home.", "")


def board(**given: object) -> TestSet:
    return TestSet({"a": REFERENCES}, (REFERENCES,), ("ref",), "zh", **given)  # type: ignore[arg-type]


def found(testset: TestSet, by: str) -> dict[str, list[int]]:
    terms = {"an otter": {"otter"}, SOURCES[3]: {"otter", "tea"}, "tea": {"tea"}}

    def terms_of(sources: object) -> list[frozenset[str]]:
        return [frozenset(terms.get(text, ())) for text in SOURCES]

    return {name: rows.tolist() for name, rows in bucket_segments(testset, by, terms_of).items()}


def test_length() -> None:
    assert found(board(), "length") == {"0–9 characters": [0, 1, 2, 4], "20–39 characters": [3]}
    english = TestSet({"a": SOURCES}, (SOURCES,), ("ref",), "en")
    assert found(english, "length") == {"0–9 words": [0, 1, 2, 4], "10–19 words": [3]}


def test_length_goes_by_the_first_reference_there_is() -> None:
    testset = TestSet({"a": ("x", "y")}, ((None, "茶"), ("海獭在河里游泳吃鱼喝茶。", None)), ("r1", "r2"), "zh")
    assert found(testset, "length") == {"0–9 characters": [1], "10–19 characters": [0]}


def test_labels() -> None:
    records = ("d2", "d1", "d2", "", "d1")
    assert found(board(records=records), "record") == {"d2": [0, 2], "d1": [1, 4], "(none)": [3]}
    assert found(board(tags=records), "tag") == {"d2": [0, 2], "d1": [1, 4], "(none)": [3]}


def test_numbers() -> None:
    wanted = {"without a digit": [0, 1, 2, 4], "with a digit": [3]}
    assert found(board(), "number") == found(board(sources=SOURCES), "number") == wanted


def test_terms_in_too_few_segments_share_a_bucket() -> None:
    assert found(board(sources=SOURCES), "term") == {"(other terms)": [0, 2, 3], "(no term)": [1, 4]}


def test_a_segment_is_in_the_bucket_of_each_of_its_terms() -> None:
    testset = TestSet({"a": ("x",) * 4}, (("y",) * 4,), ("r",), "zh", sources=("s",) * 4)
    terms = [frozenset({"otter", "tea"}), frozenset({"otter", "tea"}), frozenset({"tea", "otter"}), frozenset({"tea"})]
    rows = bucket_segments(testset, "term", lambda _: terms)
    assert {name: found.tolist() for name, found in rows.items()} == {"tea": [0, 1, 2, 3], "otter": [0, 1, 2]}


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("record", "--bucket record: no such label of segments; wanted a record for each. Name it with --record."),
        ("tag", "--bucket tag: no such label of segments; wanted a tag for each. Name it with --tag."),
        ("term", "--bucket term: no sources; wanted the text that was translated. Name it with --src."),
        ("weight", "--bucket: weight; wanted one of length, record, tag, number, term"),
    ],
)
def test_what_a_bucket_needs(by: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        found(board(), by)
    assert str(caught.value) == message


@given(st.lists(st.sampled_from([*REFERENCES, "河 " * 90, "7"]), min_size=1))
def test_every_segment_is_in_one_bucket(references: list[str]) -> None:
    texts = tuple(references)
    testset = TestSet({"a": texts}, (texts,), ("r",), "zh", records=texts, tags=texts)
    for by in BY[:-1]:
        rows = sorted(row for each in bucket_segments(testset, by).values() for row in each)
        assert rows == list(range(len(references)))
