"""How grave and how sure each finding is: what a reader sorts by and a build fails on, so no change goes unseen.

The figures are estimates (docs/output.md), but kept ones: an error is at least 0.8 sure, a note stands for a doubt.
"""

from collections.abc import Callable, Iterable

import pytest

from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.acronyms import check_definitions
from duizhao.metrics.claims import check_claims
from duizhao.metrics.doubling import check_doubled, check_doubled_en
from duizhao.metrics.english_form import check_form_en, check_form_pair
from duizhao.metrics.english_names import check_names_en
from duizhao.metrics.english_numbers import check_numbers_en
from duizhao.metrics.english_side import check_chinese_left, check_pinyin_left
from duizhao.metrics.findings import Draft
from duizhao.metrics.footnotes import check_footnote_sequence, check_footnotes
from duizhao.metrics.formulas import check_formulas
from duizhao.metrics.links import check_broken_link, check_links
from duizhao.metrics.markup import check_markup
from duizhao.metrics.name_forms import check_names_alone
from duizhao.metrics.numbering import check_numbering
from duizhao.metrics.numbers import check_numbers
from duizhao.metrics.person_names import check_author_lists, check_names_in_pair
from duizhao.metrics.punctuation_en import check_chinese_punctuation
from duizhao.metrics.quotes import check_quotes, check_quotes_en
from duizhao.metrics.romanised import check_pinyin, check_romanised
from duizhao.metrics.torn_names import check_name_signs, check_torn_names
from duizhao.metrics.untranslated import check_source_words, check_untranslated

Check = Callable[..., Iterable[Draft]]
OTTERS = "水獭在桥下的河里游泳。"

# The English and the Chinese; which check; what it says of them, in its order.
PAIRS: list[tuple[str, str, Check, list[tuple[str, str, float]]]] = [
    # A magnitude, a unit or a symbol that changed is a plain error; a number that is gone may be said in words.
    ("9 million", "900", check_numbers, [("Q002", "error", 0.9)]),
    ("12 otters", "13只水獭", check_numbers, [("Q001", "warning", 0.85)]),
    ("the 10 otters", "", check_numbers, [("Q001", "warning", 0.7)]),
    ("the fifth", "它", check_numbers, [("Q001", "warning", 0.6)]),
    ("some lakes", "48个湖", check_numbers, [("Q001", "warning", 0.75)]),
    ("it", "7.5%", check_numbers, [("Q001", "note", 0.5)]),
    ("12 km", "12米", check_numbers, [("Q003", "error", 0.9)]),
    ("30x faster", "快30%", check_numbers, [("Q003", "error", 0.9)]),
    ("$30", "30元", check_numbers, [("Q003", "warning", 0.8)]),  # 元 may be a dollar's
    ("a dam 5 km away", "500米外的坝", check_numbers, [("Q003", "warning", 0.8)]),
    ("6.9%", "6.9只", check_numbers, [("Q003", "warning", 0.85)]),
    ("6.9 percentage points", "6.9%", check_numbers, [("Q003", "warning", 0.8)]),
    ("6.9%", "6.9个百分点", check_numbers, [("Q003", "note", 0.5)]),
    ("at least 12", "最多12", check_numbers, [("Q004", "warning", 0.85)]),  # turned round
    ("up to 12", "12", check_numbers, [("Q004", "warning", 0.8)]),  # lost
    ("about 12", "12", check_numbers, [("Q004", "note", 0.6)]),
    ("10^6 otters", "106只水獭", check_numbers, [("Q005", "error", 0.9)]),
    ("x ≤ 5", "x<5", check_numbers, [("Q005", "error", 0.9)]),
    ("weight σ", "权重o", check_numbers, [("Q005", "warning", 0.8)]),
    ("a change of −5", "变化为5", check_numbers, [("Q005", "warning", 0.85)]),
    ("∼10 otters", "-10只", check_numbers, [("Q005", "warning", 0.85)]),
    ("the map $k$", "映射$K$", check_numbers, [("Q005", "warning", 0.85)]),
    ("The tea is 80% off.", "茶打八折。", check_numbers_en, [("Q001", "warning", 0.85)]),
    ("The tea doubled.", "茶翻了三番。", check_numbers_en, [("Q001", "warning", 0.85)]),
    ("The otter lost 7% of its tea.", "水獭的茶减少了不超过7%。", check_numbers_en, [("Q004", "warning", 0.8)]),
    ("Otters do not sleep.", "水獭睡觉。", check_claims, [("C001", "warning", 0.8)]),
    ("We align it.", "We show that the model aligns texts.", check_untranslated, [("C003", "error", 0.9)]),
    (
        "We align it.",
        "本文表明 the method is able to align the texts of both sides 而且很快。",
        check_untranslated,
        [("C003", "error", 0.8)],
    ),
    ("the victim", "冻结的victim", check_source_words, [("C004", "warning", 0.7)]),
    ("水獭在河里游泳", OTTERS, check_chinese_left, [("C003", "error", 0.9)]),
    ("The otter swims. " + OTTERS, OTTERS, check_chinese_left, [("C003", "error", 0.9)]),
    ("The 茶壶 swims.", OTTERS, check_chinese_left, [("C004", "note", 0.85)]),
    ("the shuita drinks", "水獭喝红茶。", check_pinyin_left, [("C004", "warning", 0.85)]),
    # Form: a mark ran into a name's number, a formula torn, a tag translated: errors; what may be meant so: less.
    ("the T5⁸ model", "T⁵⁸模型", check_footnotes, [("F007", "error", 0.95)]),
    ("as in CLIP [10] and", "如CLIP 10中", check_footnotes, [("F007", "warning", 0.85)]),
    ("the $xy$ bridge", "$xy桥", check_formulas, [("F004", "warning", 0.8)]),
    (r"by \(q\) otters", "由水獭", check_formulas, [("F004", "warning", 0.7)]),
    ("some $x$ tea", "一些＄x＄茶", check_formulas, [("F004", "error", 0.9)]),
    (
        "Code: https://a.org/bcd.",
        "代码见https://a.org/b…",
        check_links,
        [("F003", "note", 0.8), ("F003", "warning", 0.7)],
    ),
    ("Code: https://a.org/Otter.", "见https://a.org/otter。", check_links, [("F003", "warning", 0.75)]),
    ("see the page", "见 https://otter.example.org 。", check_form_pair, [("F003", "warning", 0.7)]),
    ("old <em>bridge</em>", "旧<强调>桥</em>", check_markup, [("F004", "error", 0.9)]),
    ('<a href="tea">tea</a>', '<a href="tea">茶', check_markup, [("F004", "warning", 0.75)]),
    ("see [tea](tea/a.md)", "见[茶] (tea/a.md)", check_markup, [("F004", "warning", 0.9)]),
    ("![otter](otter.png)", "水獭图", check_markup, [("F004", "warning", 0.75)]),
    ("run `git log` now", "现在运行git日志", check_markup, [("F004", "warning", 0.75)]),
    ("an **old** bridge", "一座** 古 **桥", check_markup, [("F004", "warning", 0.8)]),
    ("an **old** bridge", "一座古桥", check_markup, [("F004", "note", 0.6)]),
    ("%s otters", "% s只水獭", check_markup, [("F004", "error", 0.95)]),
    ("Hello, {name}!", "你好，{姓名}！", check_markup, [("F004", "warning", 0.75)]),
    ("OtterNet++ wins", "OtterNet获胜", check_name_signs, [("F004", "warning", 0.8)]),
    ("a cup of cup of tea", OTTERS, check_form_en, [("F001", "warning", 0.85)]),
    ('the "otter of the river', OTTERS, check_form_en, [("F002", "warning", 0.8)]),
    ("the otter of theriver", OTTERS, check_form_en, [("F005", "warning", 0.8)]),
    ("the otter，of the river", OTTERS, check_form_en, [("F009", "warning", 0.8)]),
    # Names: in running text less sure than in a list of authors.
    ("the rivers of Hebai", "河北的河流", check_names_en, [("N002", "warning", 0.85)]),
    ("Ceng Xiaohe drank tea.", "曾小河喝茶。", check_names_en, [("N002", "warning", 0.8)]),
    ("OterNet counts otters.", "OtterNet给水獭计数。", check_names_en, [("N003", "warning", 0.85)]),
    ("It counts otters.", "OtterNet给水獭计数。", check_names_en, [("N003", "note", 0.6)]),
    ("Kutuzov et al. say so.", "梅休等人这样说。", check_names_in_pair, [("N002", "warning", 0.75)]),
]


def said(drafts: Iterable[Draft]) -> list[tuple[str, str, float]]:
    return [(draft.rule, draft.severity, draft.confidence) for draft in drafts]


@pytest.mark.parametrize(("en", "zh", "check", "wanted"), PAIRS)
def test_pairs(en: str, zh: str, check: Check, wanted: list[tuple[str, str, float]]) -> None:
    assert said(check(en, zh)) == wanted


ALONE: list[tuple[str, Check, list[tuple[str, str, float]]]] = [
    ("表表示", check_doubled, [("F001", "warning", 0.8)]),
    ("我们我们提出新方法。", check_doubled, [("F001", "warning", 0.7)]),  # a word may be meant twice
    ("他喝了茶，，又过了桥", check_doubled, [("F001", "note", 0.7)]),
    ("the the otter", check_doubled_en, [("F001", "note", 0.8)]),  # of the source, which the reader didn't write
    ("他谈”自由意志”。", check_quotes, [("F002", "warning", 0.8)]),
    ("He said ”tea” twice.", check_quotes_en, [("F002", "note", 0.8)]),
    ("An otter (or two crossed.", check_quotes_en, [("F002", "note", 0.6)]),
    ("见http:/a.org/b", check_broken_link, [("F003", "warning", 0.9)]),
    ("水獭⁴。鼩⁵，T⁵⁸学习，河狸⁹", check_footnote_sequence, [("F007", "warning", 0.85)]),
    ("1. 水\n2. 茶\n2. 桥\n3. 獭", check_numbering, [("F008", "note", 0.7)]),
    ("来自heron⁴. river mind的水獭", check_torn_names, [("F004", "warning", 0.75)]),
    ("TEAE会画画，TEA E 2也会，TEA E 3也会", check_torn_names, [("F004", "warning", 0.75)]),
    ("the otter。", check_chinese_punctuation, [("F009", "note", 0.8)]),
    ("an otter。two teas；", check_chinese_punctuation, [("F009", "warning", 0.9)]),
    ("里奥·贝格与理奥·贝格", check_names_alone, [("N004", "warning", 0.8)]),
    ("作者：、王小獭。", check_names_alone, [("N001", "error", 0.9)]),
    ("安娜·贝格、康拉德·Lind", check_names_alone, [("N002", "error", 0.9)]),
    ("作者：郭小獭、唐&由吴", check_names_alone, [("N002", "warning", 0.8)]),
    ("安娜·贝格、湖畔·里德", check_names_alone, [("N002", "note", 0.6)]),
]


@pytest.mark.parametrize(("text", "check", "wanted"), ALONE)
def test_one_language(text: str, check: Check, wanted: list[tuple[str, str, float]]) -> None:
    assert said(check(text)) == wanted


# The English list of authors, the Chinese one.
LISTS = [
    (["Anna Berg", "Bo Cole"], "安娜·贝格、维克托·库图佐夫", [("N002", "warning", 0.8)]),
    (["Anna Berg", "Bo Cole", "Eva Lind"], "安娜·贝格、、伊娃·林德", [("N001", "error", 0.9)]),
    (["Anna Berg", "Wei Zhang"], "安娜·贝格、张小河", [("N002", "warning", 0.8)]),
    (["Anna Berg", "William Chan"], "安娜·贝格、陈小河", [("N002", "note", 0.5)]),
    (["Anna Berg", "Bo Cole", "Eva Lind"], "安娜·贝格、伊娃·林德", [("N001", "warning", 0.8)]),
    (["Anna Berg", "Bo Cole", "Eva Lind"], "安娜·贝格、波·科尔", [("N001", "note", 0.5)]),
]


@pytest.mark.parametrize(("en", "zh", "wanted"), LISTS)
def test_lists_of_authors(en: list[str], zh: str, wanted: list[tuple[str, str, float]]) -> None:
    assert said(check_author_lists(en, [name for name in zh.split("、") if name], zh)) == wanted


def test_pinyin() -> None:
    assert said(check_pinyin("张伟", "Zhan Wei")) == [("N002", "warning", 0.8)]
    assert said(check_romanised("感谢王小河教授的建议。", "We thank Prof. Wang Xiaohu.")) == [("N002", "warning", 0.75)]


def test_the_places_of_a_name_in_pinyin() -> None:
    zh, en = "感谢王小河教授和张伟。", "We thank Prof. Wang Xiaohu."
    [draft] = check_romanised(zh, en)
    assert draft.span_zh and zh[slice(*draft.span_zh)] == "王小河"
    assert draft.span_en and en[slice(*draft.span_en)] == "Wang Xiaohu" == draft.found
    [draft] = check_pinyin("张伟", "Zhan Wei")
    assert (draft.span_en, draft.span_zh, draft.expected) == ((0, 8), (0, 2), "Zhang Wei")


def test_acronyms() -> None:
    en, zh = "A grip-force sensor (GFS) is cheap.", "全球预报系统（GFS）很便宜。"
    assert said(check_definitions(en, zh, EMPTY, {"grip force sensor": ("握力计",)})) == [("T005", "warning", 0.85)]
