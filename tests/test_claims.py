"""C001 for claims and negations, and T004 for a part of a term rendered by itself."""

import pytest

from duizhao.corpora import Knowledge, Pair, Term
from duizhao.metrics.acronyms import check_definitions
from duizhao.metrics.claims import check_claims
from duizhao.metrics.literal import check_literal, is_idiom, is_literal
from duizhao.metrics.occurrences import Occurrence
from duizhao.metrics.rendering import Status
from duizhao.metrics.terms import Witnesses, check_term

# English, Chinese, the words of which nothing stands there, or "".
CLAIMS = [
    ("Our otter is state-of-the-art.", "我们的水獭很快。", "state-of-the-art"),
    ("Our otter is state-of-the-art.", "我们的水獭达到最先进水平。", ""),
    ("Our otter beats SOTA otters.", "我们的水獭优于SOTA水獭。", ""),
    ("We are the first to weigh a river.", "我们称量河流。", "are the first"),
    ("We are the first to weigh a river.", "我们首次称量河流。", ""),
    ("This is the first layer.", "这是表层。", ""),
    ("Otters do not sleep.", "水獭睡觉。", "do not"),
    ("Otters do not sleep.", "水獭从不睡觉。", ""),
    ("Otters do not only swim.", "水獭也游泳。", ""),
    ("Tea cannot be weighed.", "茶可以称量。", "cannot"),
]


@pytest.mark.parametrize(("en", "zh", "lost"), CLAIMS)
def test_claims(en: str, zh: str, lost: str) -> None:
    found = list(check_claims(en, zh))
    assert [en[slice(*draft.span_en)] for draft in found if draft.span_en] == ([lost] if lost else [])
    assert all((draft.rule, draft.severity, draft.span_zh) == ("C001", "warning", None) for draft in found)


def test_a_long_sentence_is_left_alone() -> None:
    assert list(check_claims("Otters do not sleep " + "and swim " * 40, "水獭睡觉。")) == []


SOTA = Term("state-of-the-art", "最先进")
# English, Chinese, the rendering found there, what is told to stand for it, or "".
LITERAL = [
    ("a state-of-the-art otter", "国家的最先进的水獭", "最先进", "国家的最先进"),
    ("a state-of-the-art otter", "一只最先进的水獭", "最先进", ""),
    ("a state-of-the-art otter of this country", "国家的最先进的水獭", "最先进", ""),  # the country is meant
]


@pytest.mark.parametrize(("en", "zh", "rendering", "found"), LITERAL)
def test_a_part_rendered_by_itself(en: str, zh: str, rendering: str, found: str) -> None:
    drafts = list(check_literal(_occurrence(SOTA, "preferred", en, zh, rendering)))
    assert [draft.found for draft in drafts] == ([found] if found else [])
    assert all((draft.rule, draft.severity, draft.expected) == ("T004", "error", rendering) for draft in drafts)


def test_what_the_field_did_not_count() -> None:
    """A rendering of one word of an idiom is none of the idiom; in three records it is an error."""
    knowledge = Knowledge(1000, {"国家": 700}, {"state-of-the-art": "900\t5", "width": "900\t5"}, "small")
    idiom, word = Term("state-of-the-art", "", domain="field"), Term("width", "", domain="field")
    found = [_occurrence(idiom, "unlisted", "a state-of-the-art otter", "国家水獭", "国家", f"d#{k}") for k in range(3)]
    for others, severity in ((found[:1], "warning"), (found, "error")):
        [draft] = check_term(found[0], knowledge, Witnesses(others, knowledge))
        assert (draft.rule, draft.severity, draft.found) == ("T004", severity, "国家")
    plain = _occurrence(word, "unlisted", "the width", "宽度", "宽度")
    assert list(check_term(plain, knowledge, Witnesses([plain], knowledge))) == []
    assert list(check_term(found[0], knowledge, Witnesses(found, knowledge), of_field=0.1)) == []


def test_idioms() -> None:
    assert is_idiom("part-of-speech") and not is_idiom("cross-lingual") and not is_idiom("token")
    assert is_literal("state-of-the-art", "艺术") and not is_literal("state-of-the-art", "水獭")


# English, Chinese, the expansion told to be another's, or "".
DEFINITIONS = [
    ("Otter river mapping (ORM) helps.", "猫咪茶壶清洗（ORM）有用。", "猫咪茶壶清洗"),
    ("Otter river mapping (ORM) helps.", "水獭河流测绘（ORM）有用。", ""),
    ("Otter river mapping (ORM) helps.", "水獭的河流绘图（ORM）有用。", ""),  # free wording
    ("Otter river mapping (ORM) helps.", "使用ORM有用。", ""),
    ("Tea bowl counting (TBC) helps.", "猫咪茶壶清洗（TBC）有用。", ""),  # in no list
]


@pytest.mark.parametrize(("en", "zh", "found"), DEFINITIONS)
def test_definitions(en: str, zh: str, found: str) -> None:
    known = {"otter river mapping": ["水獭河流测绘"]}
    drafts = list(check_definitions(en, zh, Knowledge(0, {}, {}, "none"), known))
    assert [draft.found for draft in drafts] == ([found] if found else [])
    assert all((draft.rule, draft.expected) == ("T005", "水獭河流测绘(ORM)") for draft in drafts)


def _occurrence(term: Term, status: Status, en: str, zh: str, rendering: str, record: str = "d#1") -> Occurrence:
    pair = Pair(f"{record}.1", record, "d", "abstract", (en,), (zh,), ((0, len(en)),), ((0, len(zh)),), "1-1", 0.7)
    here, there = en.index(term.en), zh.index(rendering)
    spans = (here, here + len(term.en)), (there, there + len(rendering))
    return Occurrence(pair, term, status, *spans, rendering, 0.7, confidence=0.9)
