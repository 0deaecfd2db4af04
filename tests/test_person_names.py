"""N001, N002, N004: names of people that were lost, changed or written in two ways."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.metrics.findings import Draft
from duizhao.metrics.name_forms import check_names_alone
from duizhao.metrics.name_lists import name_lists
from duizhao.metrics.person_names import check_author_lists, check_names_in_pair
from duizhao.metrics.romanised import check_pinyin, check_romanised

ALONE = [
    # N001: empty items
    ("由、、郭小獭、唐大桥等人", [("N001", "、、郭小獭")]),
    ("作者：安娜·贝格、、王小獭", [("N001", "安娜·贝格、、王小獭")]),
    ("作者：、王小獭。", [("N001", "、王小獭")]),
    ("作者:Anna Berg,,Bo Cole,2019。", [("N001", "Anna Berg,,Bo Cole")]),
    ("安娜·贝格、，波·科尔", [("N001", "安娜·贝格、，波·科尔")]),
    ("《桥》何,,,,任,,2015。", [("N001", "何,,,,任")]),
    ("安娜·贝格、·纳兰、波·科尔", [("N001", "安娜·贝格、·纳兰、波·科尔")]),
    ("安娜·贝格、康拉德·、波·科尔", [("N001", "安娜·贝格、康拉德·、波·科尔")]),
    # N002: half transliterated, or with words in it
    ("安娜·贝格、康拉德·żak和波·科尔", [("N002", "康拉德·żak")]),
    ("安娜·贝格、康拉德·Lind", [("N002", "康拉德·Lind")]),
    ("作者：郭小獭、唐&由吴", [("N002", "唐&由吴")]),
    ("安娜·贝格、湖畔·里德", [("N002", "湖畔·里德")]),
    ("作者：田中花子美香、安娜·贝格", []),
    ("作者：田中花獭香、安娜·贝格", [("N002", "田中花獭香")]),
    # N004: one name, two forms
    ("安娜·霍尔斯比大桥，安娜·豪斯比大桥。", []),  # 大 may be the name's
    ("安娜·霍尔斯比说，安娜·豪斯比说。", [("N004", "安娜·豪斯比")]),
    ("安娜·霍尔斯比和安娜·豪斯比。", [("N004", "安娜·豪斯比")]),
    ("另见安娜·贝尔格（河），安娜·贝格。", [("N004", "安娜·贝格")]),
    ("里奥·贝格与列奥·贝格", []),
    ("里奥·贝格与理奥·贝格", [("N004", "理奥·贝格")]),
    ("安娜·贝格、波·贝格", []),  # two people of one surname
    ("安娜·贝格、安娜·科尔", []),
    ("安娜·贝格、安娜·贝格", []),
    ("安娜·贝格的书，安娜·贝格大桥", []),
    ("安娜·古、安娜·顾", []),
    # what is none
    ("其中、、分别表示水位、流速。", []),
    ("由、、组成的桥", []),
    ("由、、高精度、多尺度组成", []),
    ("水獭,,河流,,2015", []),
    ("作者：安娜·贝格、波·科尔，", []),
    ("·安娜·贝格、波·科尔", []),
    ("机器之心·AI、爱可可·AI", []),
    ("安娜·B·贝格、C·科尔", []),
    ("安娜·贝格", []),
    ("", []),
    ("··、、··", []),
]


def told(drafts: list[Draft]) -> list[tuple[str, str]]:
    return [(draft.rule, draft.found) for draft in drafts]


@pytest.mark.parametrize(("zh", "found"), ALONE)
def test_chinese_alone(zh: str, found: list[tuple[str, str]]) -> None:
    drafts = list(check_names_alone(zh))
    assert told(drafts) == found
    for draft in drafts:
        assert draft.span_zh is not None
        assert zh[slice(*draft.span_zh)] == draft.found
        assert draft.span_en is None


def test_severity_says_how_sure_it_is() -> None:
    zh = "作者：安娜·贝格、、康拉德·żak、湖畔·里德。另见安娜·贝尔格。"
    assert [(draft.rule, draft.severity) for draft in check_names_alone(zh)] == [
        ("N001", "error"), ("N002", "error"), ("N002", "note"), ("N004", "warning"),
    ]  # fmt: skip


def test_the_two_forms_are_both_named() -> None:
    (draft,) = check_names_alone("安娜·霍尔斯比、安娜·霍尔斯比、安娜·豪斯比")
    assert (draft.found, draft.expected) == ("安娜·豪斯比", "安娜·霍尔斯比")
    assert draft.message == "“安娜·豪斯比” and “安娜·霍尔斯比” seem to be one person; write the name in one way."


KINDS = [
    ("作者：安娜·贝格、、王小獭。", [["dotted", "", "chinese"]]),
    ("作者：周恩来、王小獭", [["known", "chinese"]]),
    ("安娜·贝格和Bo Cole、波·科尔等人", [["dotted", "latin", "dotted"]]),
    ("水獭、河流、茶", []),
    ("安娜·贝格、波·科尔。安娜·贝格、波·科尔。", [["dotted", "dotted"], ["dotted", "dotted"]]),
]


@pytest.mark.parametrize(("zh", "kinds"), KINDS)
def test_lists_of_people(zh: str, kinds: list[list[str]]) -> None:
    assert [[item.kind for item in found.items] for found in name_lists(zh)] == kinds


LISTS = [
    (["Anna Berg", "Bo Cole"], ["安娜·贝格", "波·科尔"], "、", []),
    (["Anna Berg", "Bo Cole"], ["波·科尔", "安娜·贝格"], "、", []),
    (["Anna Berg", "Wei Zhang"], ["安娜·贝格", "张薇"], "，", []),
    (["Anna Berg", "Bo Cole"], ["Anna Berg", "Bo Cole"], ", ", []),
    (["Anna Berg", "Bo Cole", "Eva Lind"], ["安娜·贝格", "伊娃·林德"], "、", [("N001", "warning", "Bo Cole")]),
    (["Anna Berg", "Bo Cole", "Eva Lind"], ["安娜·贝格", "波·科尔"], "、", [("N001", "note", "Eva Lind")]),
    (["Anna Berg", "Bo Cole", "Eva Lind"], ["安娜·贝格", "", "伊娃·林德"], "、", [("N001", "error", "Bo Cole")]),
    (["Anna Berg", "Bo Cole"], ["安娜·贝格", "维克托·库图佐夫"], "、", [("N002", "warning", "Bo Cole")]),
    (["Kazuo Suzuki", "Bo Cole"], ["湖畔·里德", "波·科尔"], "、",
     [("N002", "note", ""), ("N002", "warning", "Kazuo Suzuki")]),
    (["Anna Berg", "Konrad Żak"], ["安娜·贝格", "康拉德·żak"], "、", [("N002", "error", "")]),
    (["Anna Berg", "Wei Zhang"], ["安娜·贝格", "张小河"], "、", [("N002", "warning", "")]),
    (["Anna Berg", "William Chan"], ["安娜·贝格", "陈小河"], "、", [("N002", "note", "")]),
    (["Anna Berg", "Hanako Otterkawa"], ["安娜·贝格", "水川花子"], "、", []),  # characters of an unknown reading
    ([], ["安娜·贝格"], "、", []),
    (["Anna Berg"], [], "、", []),
]  # fmt: skip


@pytest.mark.parametrize(("en", "zh", "joint", "found"), LISTS)
def test_author_lists(en: list[str], zh: list[str], joint: str, found: list[tuple[str, str, str]]) -> None:
    text = joint.join(zh)
    drafts = list(check_author_lists(en, [name for name in zh if name], text))
    assert [(draft.rule, draft.severity, draft.expected) for draft in drafts] == found
    assert all(draft.span_zh and text[slice(*draft.span_zh)] == draft.found for draft in drafts)


@pytest.mark.parametrize("end", ["等", "等人", "…", "...", " et al."])
def test_a_list_that_goes_on_lost_nobody(end: str) -> None:
    assert list(check_author_lists(["Anna Berg", "Bo Cole", "Eva Lind"], ["安娜·贝格"], "安娜·贝格" + end)) == []


def test_lists_of_other_people_are_not_compared() -> None:
    zh = [f"维克托·{a}佐夫" for a in "巴比布德杜多加古科莱里"]
    assert list(check_author_lists(["Mary Lee"] * 11, zh, "、".join(zh))) == []


PAIRS = [
    ("As Anna Berg (2019) says, otters swim.", "正如伊万·库图佐夫（2019）所说，水獭会游泳。", ["伊万·库图佐夫"]),
    ("Kutuzov et al. say so.", "梅休等人这样说。", ["梅休"]),
    ("As Anna Berg (2019) says", "正如安娜·贝格（2019）所说", []),
    ("As Anna Berg (2019) says", "正如Anna Berg（2019）所说", []),
    ("As anna kutuzov wrote, by Anna Berg (2019)", "正如伊万·库图佐夫所写", []),  # lower case acquits too
    ("The otters of Ivan Kutuzov, after Anna Berg (2019)", "伊万·库图佐夫的水獭", []),
    ("As we say", "正如伊万·库图佐夫所说", []),  # nobody is named
    ("Monte Carlo by Anna Berg (2019)", "蒙特·卡洛方法", []),
    ("Berg et al. say so.", "张等人这样说。", []),
    ("Berg et al. say so.", "他们这样说。", []),
    ("", "", []),
]


@pytest.mark.parametrize(("en", "zh", "found"), PAIRS)
def test_running_text(en: str, zh: str, found: list[str]) -> None:
    drafts = list(check_names_in_pair(en, zh))
    assert told(drafts) == [("N002", text) for text in found]
    for draft in drafts:
        assert draft.span_zh is not None and zh[slice(*draft.span_zh)] == draft.found
        assert draft.span_en is not None and en[slice(*draft.span_en)] == draft.expected == draft.term


PINYIN = [
    ("张伟", "Zhang Wei", []),
    ("张伟", "Wei Zhang", []),
    ("张伟", "Zhāng Wěi", []),
    ("张伟", "Zhang Hui", ["Zhang Wei"]),
    ("张伟", "Hui Zhang", ["Zhang Wei"]),
    ("张伟", "Zhan Wei", ["Zhang Wei"]),
    ("张伟", "W. Zhang", []),
    ("张伟", "Linda Zhang", []),
    ("张小河", "Xiao-He Zhang", []),
    ("张小河", "Zhang Xiao He", []),
    ("张小河", "Zhang Xiao Hu", ["Zhang Xiaohe"]),
    ("吕小河", "Lu Xiaohe", []),
    ("单小河", "Shan Xiaohe", []),
    ("单小河", "Dan Xiaohe", []),
    ("陈小河", "Chan Siu-ho", []),
    ("陈大文", "Chan Da Wen", []),
    ("欧阳小河", "Ouyang Xiaohe", []),
    ("欧阳小河", "Xiaohu Ouyang", ["Ouyang Xiaohe"]),
    ("水獭", "Shui Ta", []),  # no surname
    ("王", "Wang Wei", []),
    ("", "", []),
]


@pytest.mark.parametrize(("zh", "en", "wanted"), PINYIN)
def test_pinyin(zh: str, en: str, wanted: list[str]) -> None:
    assert [draft.expected for draft in check_pinyin(zh, en)] == wanted


ROMANISED = [
    ("感谢王小河教授的建议。", "We thank Prof. Wang Xiaohu.", [("Wang Xiaohe", "Wang Xiaohu")]),
    ("感谢王小河教授的建议。", "We thank Prof. Wang Xiaohe.", []),
    ("感谢王小河教授的建议。", "We thank Prof. Xiaohe Wang.", []),
    ("感谢王小河教授和王小虎。", "We thank Wang Xiaohu.", []),  # 王小虎 is he
    ("感谢王教授的建议。", "We thank Wang Xiaohu.", []),
    ("感谢王副教授。", "We thank Wang Fo.", []),
    ("作者：王小獭、张大桥", "By Wang Xiaohu and Zhang Daqiao", [("Wang Xiaota", "Wang Xiaohu")]),
    ("感谢王小河教授。", "We thank Wang Xiaohu and Wang Dahe.", []),  # which of them?
    ("感谢王小河教授。", "We thank Linda Wang.", []),
    ("", "", []),
]


@pytest.mark.parametrize(("zh", "en", "found"), ROMANISED)
def test_chinese_names_in_english_text(zh: str, en: str, found: list[tuple[str, str]]) -> None:
    drafts = list(check_romanised(zh, en))
    assert [(draft.expected, draft.found) for draft in drafts] == found
    assert all(draft.span_en and en[slice(*draft.span_en)] == draft.found for draft in drafts)


# How many findings of each rule and severity each of the five documents has; a person read them all.
SEEDS = [
    ("000", []),
    ("001", []),
    ("002", []),
    ("003", [("N001", "error", 4), ("N002", "error", 1), ("N002", "note", 2), ("N002", "warning", 1),
             ("N004", "warning", 1)]),
    ("004", []),
]  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(("number", "counts"), SEEDS)
def test_development_texts(shared: Path, number: str, counts: list[tuple[str, str, int]]) -> None:
    (path,) = (shared / "seeds").glob(f"{number}_*")
    found = Counter((draft.rule, draft.severity) for draft in check_names_alone(path.read_text(encoding="utf-8")))
    assert sorted((*key, count) for key, count in found.items()) == counts


_PIECES = st.lists(
    st.sampled_from(
        "作者： 由 、 ，, · • 安娜 贝格 王小河 教授 等人 和 & Berg żak et al. (2019) by Wang J. 2015 。 \n".split(" ")
    ),
    max_size=14,
).map("".join)


@given(_PIECES | odd_text, _PIECES | odd_text)
def test_any_text_gives_drafts_with_their_spans(zh: str, en: str) -> None:
    for draft in (*check_names_alone(zh), *check_names_in_pair(en, zh), *check_romanised(zh, en)):
        assert draft.span_zh is not None
        assert 0 <= draft.span_zh[0] < draft.span_zh[1] <= len(zh)
        assert zh[slice(*draft.span_zh)].startswith(draft.found.removesuffix("…")) or draft.span_en is not None
        assert draft.message.endswith(".")


@given(st.lists(_PIECES | odd_text, max_size=5), st.lists(_PIECES | odd_text, max_size=5), _PIECES)
def test_any_lists_give_drafts(en: list[str], zh: list[str], joint: str) -> None:
    text = joint.join(zh)
    for draft in check_author_lists(en, zh, text):
        assert draft.span_zh is None or 0 <= draft.span_zh[0] <= draft.span_zh[1] <= len(text)
    for name in zh:
        assert len(list(check_pinyin(name, text))) <= 1
