"""Traditional Chinese: a simplified copy of the same length is judged, and findings quote the text as it stands."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora import Pair
from duizhao.metrics import Finding
from duizhao.metrics.traditional import is_traditional, judged, simplified, traditional
from duizhao.pipeline import audit_corpus, build_corpus

SIMPLIFIED = [
    ("機器學習的演算法", "机器学习的演算法"),  # characters only: the words stay Taiwan's
    ("水獺喝茶，橋在河邊。", "水獭喝茶，桥在河边。"),
    ("乾燥的後面", "干燥的后面"),
    ("乾隆與乾杯", "乾隆与干杯"),  # by the word
    ("水獭喝茶", "水獭喝茶"),
    ("OtterNet 與 tea，3.5％", "OtterNet 与 tea，3.5％"),
    ("𠮷野家的橋", "𠮷野家的桥"),
    ("", ""),
]


@pytest.mark.parametrize(("zh", "wanted"), SIMPLIFIED)
def test_simplified(zh: str, wanted: str) -> None:
    assert simplified(zh) == wanted


ODD = "機橋獺裏裡後乾幹著臺台面麵髮發鬥餘余於鍾鐘曆歷𠮷𨋢儘尽⿰⼀豈㍿ﬁ\u0301\u200b\u2028茶河 a1，。"


@given(st.one_of(odd_text, st.text(st.sampled_from(ODD), max_size=60), st.text(max_size=60)))
def test_always_the_same_length(zh: str) -> None:
    once = simplified(zh)
    assert len(once) == len(zh)
    assert simplified(once) == once


@given(st.text(st.sampled_from("水獭喝茶桥河边两岸学习这种风车"), max_size=40))
def test_there_and_back(zh: str) -> None:
    assert simplified(traditional(zh)) == zh


SCRIPTS = [
    ("機器學習", True),
    ("机器学习", False),
    ("水獺過橋，兩岸的人都在看。", True),
    ("水獭过桥，两岸的人都在看。", False),
    ("山水", False),  # the same in both
    ("Otter", False),
    ("", False),
]


@pytest.mark.parametrize(("zh", "wanted"), SCRIPTS)
def test_script(zh: str, wanted: bool) -> None:
    assert is_traditional(zh) is wanted


def pair_of(zh: tuple[str, ...], record: str = "d#1", name: str = "1") -> Pair:
    spans = tuple((0, len(text)) for text in zh)
    return Pair(f"{record}.{name}", record, "d", "abstract", ("Otters",), zh, ((0, 6),), spans, "1-1", 0.7)


HANT = pair_of(("水獺學習機器。", "這座橋的軟體很舊。"))
SHORT = pair_of(("山水",), name="title")
HANS = pair_of(("水獭学习机器。",), "d#2")


def test_only_the_text_of_traditional_records_is_replaced() -> None:
    seen = judged([HANT, SHORT, HANS])
    assert [pair.zh for pair in seen.pairs] == [
        ("水獭学习机器。", "这座桥的软体很旧。"),
        ("山水",),
        ("水獭学习机器。",),
    ]
    assert [(pair.id, pair.en, pair.spans_zh) for pair in seen.pairs] == [
        (pair.id, pair.en, pair.spans_zh) for pair in (HANT, SHORT, HANS)
    ]
    assert seen.pairs[2] is HANS


def test_the_mainland_s_words_stand_beside() -> None:
    """A short title belongs to the script of its record."""
    assert dict(judged([HANT, SHORT, HANS]).mainland) == {HANT.id: "水獭学习机器。这座桥的软件很旧。", SHORT.id: "山水"}
    assert judged([SHORT, HANS]).mainland == {}
    assert judged([]) == judged(iter([]))


PAGE_EN = (
    "Otters train a graph neural network. The network reads 1.2 million tokens. The training loss falls quickly. "
    "The new bridge is 40 meters long."
)
PAGE_ZH = "水獺訓練圖神經網路。該網路讀取120萬個代幣。訓練損失下降得很快。新橋長60公尺。"


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, tuple[Finding, ...]]:
    """The document's text and what is found in a page of traditional Chinese."""
    folder: Path = tmp_path_factory.mktemp("hant")
    row = {"abstract_en": PAGE_EN, "abstract_zh": PAGE_ZH}
    (folder / "page.json").write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
    corpus = build_corpus([str(folder / "page.json")])
    return corpus.documents[0].text, audit_corpus(corpus).findings


def test_what_is_wrong_is_found_as_on_a_simplified_page(findings: tuple[str, tuple[Finding, ...]]) -> None:
    loud = [(f.rule, f.zh) for f in findings[1] if f.severity != "note"]
    assert loud == [("T002", "代幣"), ("Q001", "60")]


def test_findings_quote_the_text_as_it_stands(findings: tuple[str, tuple[Finding, ...]]) -> None:
    text, found = findings
    assert found
    for f in found:
        assert f.zh == ("" if f.span_zh is None else text[slice(*f.span_zh)])
        assert f.zh in PAGE_ZH and f.en in PAGE_EN
