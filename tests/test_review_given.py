"""What the user's own termbase approves is reported by no rule: the decision stands."""

from duizhao.corpora import Forbidden, Pair, Term
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.chinese_only import ChineseOnly
from duizhao.metrics.confusion import check_confusion
from duizhao.metrics.consistency import check_consistency
from duizhao.metrics.occurrences import Occurrence, OccurrenceFinder

OTTER = Term("otter", "水獭", ("河狸",))
SEAL = Term("seal", "海豹", ("河狸",))


def occurrence(term: Term, zh: str, status: str, number: int) -> Occurrence:
    place = (0, len(term.en)), (number, number + len(zh))
    pair = Pair("d#1.1", "d#1", "d", "abstract", (term.en * 9,), (zh * 9,), ((0, 1),), ((0, 1),), "1-1", 1.0)
    return Occurrence(pair, term, status, *place, zh, 1.0)  # type: ignore[arg-type]


def test_two_approved_renderings_are_consistent_and_another_is_measured_by_them() -> None:
    said = [occurrence(OTTER, "水獭", "preferred", 0), occurrence(OTTER, "河狸", "admitted", 3)]
    assert [item.draft.found for item in check_consistency(said)] == ["河狸"]
    assert list(check_consistency(said, frozenset(["otter"]))) == []
    often = [said[1], *(occurrence(OTTER, "海狗", "unlisted", number) for number in (5, 8, 11))]
    assert [item.draft.found for item in check_consistency(often)] == ["河狸"]
    assert [item.draft.found for item in check_consistency(often, frozenset(["otter"]))] == ["海狗"]


def test_a_rendering_shared_knowingly_is_no_confusion() -> None:
    said = [occurrence(OTTER, "河狸", "admitted", 0), occurrence(SEAL, "河狸", "admitted", 4)]
    assert [draft.term for _, draft in check_confusion(said)] == ["otter", "seal"]
    assert [draft.term for _, draft in check_confusion(said, frozenset(["otter"]))] == ["seal"]


def test_two_approved_names_on_a_chinese_page_are_no_finding() -> None:
    names = [Term(f"river otter {k}", f"第{k}种河獭") for k in "一二三四五六七八九十"]
    pool = Term("tea pool", "茶水池塘", ("饮茶小池",))
    text = "，".join([*(term.zh for term in names), "茶水池塘", "饮茶小池"]) + "。"
    rules = [draft.rule for draft in ChineseOnly([*names, pool], EMPTY).check(text)]
    assert rules == ["T003"]
    assert list(ChineseOnly([*names, pool], EMPTY, frozenset(["tea pool"])).check(text)) == []


def test_a_name_that_may_not_stay_in_latin_letters() -> None:
    term = Term("Otter", "水獭", forbidden=(Forbidden("Otter", "it has a name", True),))
    pair = Pair(
        "d#1.1", "d#1", "d", "abstract", ("An Otter sleeps.",), ("Otter睡了。",), ((0, 1),), ((0, 1),), "1-1", 1.0
    )
    settled, _ = OccurrenceFinder([term], [], EMPTY).settle([pair])
    assert [(o.status, o.zh, o.why) for o in settled] == [("forbidden", "Otter", "it has a name")]
