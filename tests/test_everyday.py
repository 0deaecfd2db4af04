"""T004 without English: words that the dictionary gives for a term of the field, and the field never writes."""

import pytest
from hypothesis import given
from strategies import odd_text

from duizhao.align import words_zh
from duizhao.corpora import Knowledge, shipped_knowledge
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.everyday import EverydayWords

# What a field of river robots writes: an otter is a machine there, a teapot a program that keeps its English name.
USES = {
    "otter": "200\t0\t滑行臂:60\t滑臂:20",
    "teapot": "50\t40\t泡具:5",
    "salmon ferry": "90\t0\t逆流器:40",
    "salmon": "30\t0\t上游:10",
    "taught ferry": "90\t0\t受教器:40",  # 教 is “to teach”
    "reed": "400\t0\t簧片:100",
    "oar": "19\t0\t长柄:15",
    "flashlight": "300\t0\t光束:29",
    "trout oar": "59\t0\t横桨器:40",
    "oar of": "900\t0\t长柄:800",
    "ferry raft": "90\t0\t渡筏:40",
}
RIVER = Knowledge(1000, {"鲑鱼渡船桥": 3, "香草": 3}, USES, "river")
CHECK = EverydayWords(RIVER)

# Chinese; each word found, with the term it is read as and what the field writes.
CASES = [
    ("机器人举起水獭。", [("水獭", "otter", "滑行臂")]),
    ("水獭和水獭", [("水獭", "otter", "滑行臂")] * 2),
    ("启动茶壶", [("茶壶", "teapot", "teapot")]),
    ("用鲑鱼渡河", [("鲑鱼", "salmon", "上游")]),
    ("用鲑鱼渡船渡河", [("鲑鱼渡船", "salmon ferry", "逆流器")]),  # two words before one
    ("用鲑鱼，渡船渡河", [("鲑鱼", "salmon", "上游")]),  # words apart
    ("鲑鱼渡船桥", [("鲑鱼", "salmon", "上游")]),  # the field writes the two as part of another word
    ("滑行臂", []),
    ("渡船木筏", []),  # both words stand in what the field writes
    ("芦苇", []),  # too common a word to tell anything
    ("船桨", []),  # the field has 19 papers of it
    ("鲑鱼船桨", [("鲑鱼", "salmon", "上游")]),  # and 59 of the two words
    ("手电筒", []),  # the field agrees on no Chinese for it
    ("河狸", []),  # no term
    ("獭", []),
    ("水獭", [("水獭", "otter", "滑行臂")]),
    ("", []),
]


@pytest.mark.parametrize(("zh", "wanted"), CASES)
def test_check(zh: str, wanted: list[tuple[str, str, str]]) -> None:
    found = list(CHECK.check(zh))
    assert [(draft.found, draft.term, draft.expected) for draft in found] == wanted
    for draft in found:
        assert (draft.rule, draft.span_en) == ("T004", None)
        assert draft.span_zh is not None and zh[slice(*draft.span_zh)] == draft.found


def test_both_words_are_looked_up() -> None:
    assert [zh for zh in ("教渡船", "渡船教") if list(CHECK.check(zh))] == ["教渡船"]


@pytest.mark.parametrize(("written", "found"), [(1, ["水獭"]), (2, ["水獭"]), (3, [])])
def test_what_the_field_writes_itself_is_none(written: int, found: list[str]) -> None:
    """One in a hundred of the term's 200 papers may write it."""
    knowledge = Knowledge(1000, {"水獭": written}, {"otter": USES["otter"]}, "river")
    assert [draft.found for draft in EverydayWords(knowledge).check("水獭")] == found


def test_what_the_field_keeps_in_latin_letters_is_surer() -> None:
    kept = Knowledge(1000, {}, {"otter": "100\t60\t滑行臂:20", "teapot": "100\t60"}, "river")
    otter, teapot = EverydayWords(kept).check("水獭、茶壶")
    assert (otter.severity, otter.confidence) == ("warning", 0.8)
    assert (teapot.severity, teapot.confidence) == ("note", 0.6)  # the word is not that rare
    assert otter.message == (
        "“水獭” seems to stand for “otter” in its everyday sense: 0 of 1,000 papers of the field write it; "
        "the field keeps “otter” in Latin letters."
    )
    [called] = CHECK.check("水獭")
    assert (called.severity, called.confidence) == ("note", 0.6)
    assert called.message.endswith("; the field calls “otter” “滑行臂”.")


@pytest.mark.parametrize(("latin", "expected"), [(19, []), (20, ["泡具"]), (40, ["teapot"])])
def test_kept_by_a_fifth_or_called_something(latin: int, expected: list[str]) -> None:
    """Where neither a fifth keep it nor a tenth call it the same, the field says nothing of the term."""
    knowledge = Knowledge(1000, {}, {"teapot": f"100\t{latin}\t泡具:{9 if latin < 20 else 30}"}, "river")
    assert [draft.expected for draft in EverydayWords(knowledge).check("水壶与茶壶")] == expected


def test_the_term_with_more_papers_is_meant() -> None:
    both = {"salmon": "30\t0\t上游:10", "trout": "40\t0\t下游:20"}  # 鲑鱼 is both
    assert [draft.term for draft in EverydayWords(Knowledge(1000, {}, both, "river")).check("鲑鱼")] == ["trout"]


def test_without_knowledge_nothing_is_everyday() -> None:
    assert list(EverydayWords(EMPTY).check("水獭喝茶壶里的茶")) == []


GOOD = """
水獭队训练了一个语言模型，并在河流数据集上评估其泛化能力。
我们提出一种图神经网络，用注意力机制预测桥梁的载荷。
实验表明，该方法在保持准确率的同时减少了推理时间。
""".split()


@pytest.mark.parametrize("zh", GOOD)
def test_the_shipped_counts_find_no_fault_with_plain_sentences(zh: str) -> None:
    loud = [draft for draft in EverydayWords(shipped_knowledge()).check(zh) if draft.severity != "note"]
    assert loud == []


@given(odd_text)
def test_any_text(zh: str) -> None:
    words = {edge for word in words_zh(zh) for edge in word}
    for draft in CHECK.check(zh):
        assert draft.span_zh is not None
        assert zh[slice(*draft.span_zh)] == draft.found
        assert set(draft.span_zh) <= words
