"""English written from Chinese: coverage, what was left in Chinese, names, numbers, form."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import Pair
from duizhao.metrics.english_form import check_form_en, check_form_pair
from duizhao.metrics.english_names import check_names_en, edits
from duizhao.metrics.english_numbers import check_numbers_en
from duizhao.metrics.english_side import (
    check_chinese_left,
    check_coverage_en,
    check_pinyin_left,
    check_sentences,
)
from duizhao.metrics.linked_texts import LinkedTexts
from duizhao.pipeline import Options, audit_corpus, build_corpus


def pair_of(en: tuple[str, ...], zh: tuple[str, ...]) -> Pair:
    return Pair("1", "d", "1#1", "abstract", en, zh, ((0, 1),) * len(en), ((0, 1),) * len(zh), "1-1", 1.0)


@pytest.mark.parametrize(
    ("en", "zh", "rule", "severity"),
    [
        ((), ("两只水獭在桥下喝茶。",), "C001", "warning"),
        ((), ("喝茶。",), "C001", "note"),
        (("Two otters drink tea.",), (), "C002", "warning"),
        (("Tea.",), (), "C002", "note"),
    ],
)
def test_one_sided_pairs(en: tuple[str, ...], zh: tuple[str, ...], rule: str, severity: str) -> None:
    assert [(d.rule, d.severity) for d in check_coverage_en(pair_of(en, zh))] == [(rule, severity)]


def test_a_sentence_within_a_pair() -> None:
    zh = ("水獭每天早晨在河里游泳。", "法院判令被告赔偿原告的经济损失和合理开支。")
    pair = pair_of(("Every morning the otter swims in the river.",), zh)
    (draft,) = check_sentences(pair, LinkedTexts(pair.en[0], "".join(zh)))
    assert (draft.rule, draft.span_zh) == ("C001", (len(zh[0]), len(zh[0]) + len(zh[1])))


def test_two_sentences_for_one_are_fine() -> None:
    pair = pair_of(("The otter swims in the river.", "It drinks tea on the bridge."), ("水獭在河里游泳，在桥上喝茶。",))
    assert list(check_sentences(pair, LinkedTexts(" ".join(pair.en), pair.zh[0]))) == []


@pytest.mark.parametrize(
    ("en", "found"),
    [
        ("The 水獭 swims.", [("C004", "warning", "水獭")]),
        ("The 茶壶 swims.", [("C004", "note", "茶壶")]),
        ("The otter swims. 水獭在桥下的河里游泳。", [("C003", "error", "水獭在桥下的河里游泳。")]),
        ("水獭在河里游泳", [("C003", "error", "水獭在河里游泳")]),
        ("The otter (水獭) swims, and “水獭” is its name.", []),
        ("Take the word 水獭 as an example.", []),
        ("The otter swims.", []),
    ],
)
def test_chinese_left(en: str, found: list[tuple[str, str, str]]) -> None:
    drafts = check_chinese_left(en, "水獭在桥下的河里游泳。")
    assert [(draft.rule, draft.severity, draft.found) for draft in drafts] == found


@pytest.mark.parametrize(
    ("en", "found"),
    [
        ("the shuita drinks", ["shuita"]),
        ("the shuita drinks hongcha", ["shuita", "hongcha"]),
        ("the otter (shuita) drinks", []),
        ("the Shuita river", []),  # a name
        ("the banana can sing", []),
        ("one yuan", []),
        ("the zixing of tea", []),  # of other characters
    ],
)
def test_pinyin_left(en: str, found: list[str]) -> None:
    assert [draft.found for draft in check_pinyin_left(en, "水獭喝红茶。")] == found


@pytest.mark.parametrize(
    ("en", "zh", "found"),
    [
        ("Zeng Xiaohe drank tea.", "曾小河喝茶。", []),
        ("Ceng Xiaohe drank tea.", "曾小河喝茶。", [("N002", "Ceng Xiaohe", "Zeng Xiaohe")]),
        ("Xiaohe Ceng drank tea.", "曾小河喝茶。", [("N002", "Xiaohe Ceng", "Xiaohe Zeng")]),
        ("Li Qiaoming drank tea.", "李桥敏喝茶。", [("N002", "Li Qiaoming", "Li Qiaomin")]),
        ("Wang He drank tea.", "王禾喝茶。", []),
        ("the rivers of Hubei", "湖北的河流", []),
        ("the rivers of Hebai", "河北的河流", [("N002", "Hebai", "Hebei")]),
        ("European otters", "欧洲水獭", []),
        ("OterNet counts otters.", "OtterNet给水獭计数。", [("N003", "OterNet", "OtterNet")]),
        ("It counts otters.", "OtterNet给水獭计数。", [("N003", "", "OtterNet")]),
        ("Otter-Net counts otters.", "OtterNet给水獭计数。", []),
    ],
)
def test_names(en: str, zh: str, found: list[tuple[str, str, str]]) -> None:
    assert [(draft.rule, draft.found, draft.expected) for draft in check_names_en(en, zh)] == found


@pytest.mark.parametrize(
    ("en", "zh", "found"),
    [
        ("4,200 cups of tea", "4.2万杯茶", [("Q002", "4,200", "42,000")]),
        ("42,000 cups of tea", "4.2万杯茶", []),
        ("The tea doubled.", "茶增长了两倍。", [("Q001", "doubled", "tripled")]),
        ("The tea tripled.", "茶增长了两倍。", []),
        ("The tea doubled.", "茶翻了三番。", [("Q001", "doubled", "8 times")]),
        ("The tea is 80% off.", "茶打八折。", [("Q001", "80% off", "20% off")]),
        ("The tea is 20% off.", "茶打八折。", []),
        ("The tea is 15% off.", "茶打八五折。", []),
        ("The otter lost 7% of its tea.", "水獭的茶减少了不超过7%。", [("Q004", "7%", "no more than 7%")]),
        ("The otter lost less than 7% of its tea.", "水獭的茶减少了不超过7%。", []),
    ],
)
def test_numbers(en: str, zh: str, found: list[tuple[str, str, str]]) -> None:
    assert [(draft.rule, draft.found, draft.expected) for draft in check_numbers_en(en, zh)] == found


@pytest.mark.parametrize(
    ("en", "rules"),
    [
        ("the the otter", ["F001"]),
        ("a cup of cup of tea", ["F001"]),
        ("an otter (of the river", ["F002"]),
        ('the "otter of the river', ["F002"]),
        ('the "otter" of a 5" river', []),
        ("the otter，of the river", ["F009"]),
        ("the otter of theriver", ["F005"]),
        ("the otter had had tea", []),
    ],
)
def test_form(en: str, rules: list[str]) -> None:
    drafts = list(check_form_en(en, "河里的水獭。"))
    assert [(draft.rule, draft.severity) for draft in drafts] == [(rule, "warning") for rule in rules]
    assert all(draft.span_en for draft in drafts)


@pytest.mark.parametrize(
    ("en", "zh", "rules"),
    [
        ("see https://otter.example.org", "见 https://otter.example.org 。", []),
        ("see the page", "见 https://otter.example.org 。", ["F003"]),
        ("Let the tea be cold.", r"设 $q=\frac{1}{z}$ 为茶温。", ["F004"]),
        ("Let q be the tea.", r"设 $q=\frac{1}{z}$ 为茶温。", ["F004"]),  # what q is equal to is lost
    ],
)
def test_form_against_the_chinese(en: str, zh: str, rules: list[str]) -> None:
    assert [draft.rule for draft in check_form_pair(en, zh)] == rules


def test_edits_are_those_of_levenshtein() -> None:
    assert [edits(a, b) for a, b in (("", "tea"), ("otter", "otter"), ("river", "rivet"), ("tea", "eat"))] == [
        3,
        0,
        1,
        2,
    ]


def test_the_audit_judges_the_english(tmp_path: Path) -> None:
    row = {"abstract_zh": "两只水獭在桥下喝红茶。", "abstract_en": "Two otters drink 红茶 under the the bridge."}
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
    result = audit_corpus(build_corpus([str(path)]), Options(direction="zh-en"))
    assert [(f.rule, f.en, f.found) for f in result.findings] == [
        ("C004", "红茶", "红茶"),
        ("F001", "the the", "the the"),
    ]
    text = result.documents[0].text
    assert [(f.line, f.column) for f in result.findings] == [
        result.documents[0].position(text.index(found)) for found in ("红茶 under", "the the")
    ]
    assert not any("zh-en" in note for note in result.notes)


def test_without_the_encoder_no_places_are_looked_for(tmp_path: Path) -> None:
    row = {"abstract_zh": "智能体渡过河流。", "abstract_en": "The intelligent body crosses the river."}
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
    corpus = build_corpus([str(path)])
    with_it = audit_corpus(corpus, Options(direction="zh-en"))
    without = audit_corpus(corpus, Options(direction="zh-en", encoder=False))
    assert [f.rule for f in with_it.findings] == ["T004"]
    assert without.findings == ()


PIECE = st.sampled_from(
    'Zhang Wei|张伟|"|“|(|$x$|\\frac|3.6万|增长了两倍|doubled|七折|30% off|不超过|5%|shuita|水獭|the the |\n|。|，'
    "|河北|Hebai|OtterNet|½|²|十|٣|https:// a.b".split("|")
)
TEXT = st.one_of(st.text(max_size=60), st.lists(st.one_of(PIECE, st.text(max_size=3)), max_size=12).map(" ".join))


@given(TEXT, TEXT)
def test_any_texts(en: str, zh: str) -> None:
    for check in (
        check_chinese_left,
        check_pinyin_left,
        check_form_en,
        check_form_pair,
        check_names_en,
        check_numbers_en,
    ):
        for draft in check(en, zh):
            for span, text in ((draft.span_en, en), (draft.span_zh, zh)):
                assert span is None or 0 <= span[0] <= span[1] <= len(text)
