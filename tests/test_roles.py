"""Names of labels and columns: what they stand for, and which lines only look like them."""

import pytest
from hypothesis import given
from strategies import odd_text

from duizhao.corpora.roles import Role, is_language_menu, label_of, role_of

ROLES = [
    ("title", "title", ""),
    ("Title", "title", ""),
    ("标题", "title", ""),
    ("題目", "title", ""),
    ("论文标题", "title", ""),
    ("中文标题", "title", "zh"),
    ("英文题目", "title", "en"),
    ("title_zh", "title", "zh"),
    ("zh_title", "title", "zh"),
    ("titleEn", "title", "en"),
    ("Chinese title", "title", "zh"),
    ("e-title", "title", "en"),
    ("ctitle", "title", "zh"),
    ("abstract", "abstract", ""),
    ("ABSTRACT", "abstract", ""),
    ("摘 要", "abstract", ""),
    ("## 摘要", "abstract", ""),
    ("📝 摘要（中文）", "abstract", "zh"),
    ("📄 摘要（原文）", "abstract", "en"),
    ("摘要 (English)", "abstract", "en"),
    ("英文摘要", "abstract", "en"),
    ("摘要译文", "abstract", "zh"),
    ("abstract-cn", "abstract", "zh"),
    ("abstract_en", "abstract", "en"),
    ("eabstract", "abstract", "en"),
    ("summary", "abstract", ""),
    ("作者", "authors", ""),
    ("👤 Authors", "authors", ""),
    ("作者单位", "affiliation", ""),
    ("论文链接", "url", ""),
    ("paper_url", "url", ""),
    ("DOI", "url", ""),
    ("关键词", "keywords", ""),
    ("Key words", "keywords", ""),
    ("Index Terms", "keywords", ""),
    ("一句话总结", "summary", ""),
    ("TL;DR", "summary", ""),
    ("要点", "points", ""),
    ("Key takeaways", "points", ""),
    ("English", "text", "en"),
    ("简体中文", "text", "zh"),
    ("zh-CN", "text", "zh"),
    ("source", "text", "en"),
    ("target", "text", "zh"),
    ("text_zh", "text", "zh"),
    ("译文", "text", "zh"),
    ("序号", "number", ""),
    ("日期", "metadata", ""),
    ("primary_category", "metadata", ""),
    ("解读", "commentary", ""),
    ("AI点评", "commentary", ""),
    ("Conclusion", "commentary", ""),
]


@pytest.mark.parametrize(("name", "part", "side"), ROLES)
def test_roles(name: str, part: str, side: str) -> None:
    assert role_of(name) == (part, side)


NO_ROLES = [
    "",
    " ",
    "**",
    "1",
    "Abstract Reasoning",
    "摘要生成",
    "海獭",
    "Otters and Titles",
    "标题党",
    "a",
    "key",
    "中国",
    "t" * 41,
]


@pytest.mark.parametrize("name", NO_ROLES)
def test_no_roles(name: str) -> None:
    assert role_of(name) is None


LABELS = [  # line, name, part, side, what stands behind the label
    ("摘要：海獭很忙。", "摘要", "abstract", "", "海獭很忙。"),
    ("**摘要**：海獭很忙。", "摘要", "abstract", "", "海獭很忙。"),
    ("**摘要：** 海獭很忙。", "摘要", "abstract", "", "海獭很忙。"),
    ("**摘要** 海獭很忙。", "摘要", "abstract", "", "海獭很忙。"),
    ("**TL;DR** 海獭很忙。", "tl;dr", "summary", "", "海獭很忙。"),
    ("- **英文摘要**: Otters are busy.", "英文摘要", "abstract", "en", "Otters are busy."),
    ("* **Abstract:** Otters are busy.", "abstract", "abstract", "", "Otters are busy."),
    ("【摘要】海獭很忙。", "摘要", "abstract", "", "海獭很忙。"),
    ("[Abstract] Otters are busy.", "abstract", "abstract", "", "Otters are busy."),
    ("〔关键词〕石头", "关键词", "keywords", "", "石头"),
    ("摘 要  海獭很忙。", "摘 要", "abstract", "", "海獭很忙。"),
    ("Abstract. Otters are busy.", "abstract", "abstract", "", "Otters are busy."),
    ("Abstract—Otters are busy.", "abstract", "abstract", "", "Otters are busy."),
    ("Abstract — Otters are busy.", "abstract", "abstract", "", "Otters are busy."),
    ("## 英文摘要", "英文摘要", "abstract", "en", ""),
    ("### 📝 摘要（中文）", "摘要（中文）", "abstract", "zh", ""),
    ("**Abstract**", "abstract", "abstract", "", ""),
    ("Abstract", "abstract", "abstract", "", ""),
    ("👤 **Authors:** A Lin", "authors", "authors", "", "A Lin"),
    ("作者: 王一", "作者", "authors", "", "王一"),
    ("> **链接**：https://example.org", "链接", "url", "", "https://example.org"),
    ('title_zh: "黄昏的海獭"', "title_zh", "title", "zh", '"黄昏的海獭"'),
    ("要点：", "要点", "points", "", ""),
    ("## 🔬 方法详解", "方法详解", "commentary", "", ""),
    ("EN: Otters are busy.", "en", "text", "en", "Otters are busy."),
    ("中文：海獭很忙。", "中文", "text", "zh", "海獭很忙。"),
]


@pytest.mark.parametrize(("line", "name", "part", "side", "rest"), LABELS)
def test_labels(line: str, name: str, part: str, side: str, rest: str) -> None:
    label = label_of(line)
    assert label is not None
    assert (label.name, label.role, line[label.begin :]) == (name, (part, side), rest)


NO_LABELS = """
We see: otters are busy.
海獭：一种忙碌的动物
Abstract reasoning is hard for otters.
Methods
方法
Results — otters are busy
**Methods** of otters are slow
**方法** 海獭很慢
Results of the otters
[Otters] are busy
[Lab] Otters
https://example.org
12:30
![摘要](a.png)
摘要生成的新方法
""".strip().split("\n")


@pytest.mark.parametrize("line", ["", " ", *NO_LABELS])
def test_no_labels(line: str) -> None:
    assert label_of(line) is None


@pytest.mark.parametrize(
    ("line", "menu"),
    [
        ("English | 中文", True),
        ("简体中文 / English", True),
        ("[English] · [繁體中文]", True),
        ("English", False),
        ("中文 | 译文", False),
        ("English | 中文 | Otters", False),
        ("", False),
        ("|" * 60, False),
    ],
)
def test_language_menus(line: str, menu: bool) -> None:
    assert is_language_menu(line) is menu


@given(odd_text)
def test_any_text(text: str) -> None:
    role = role_of(text)
    assert role is None or isinstance(role, Role)
    label = label_of(text)
    if label is not None:
        # The name is read off the line, and what is labelled follows it.
        assert 0 < label.begin <= len(text)
        assert label.name in text[: label.begin].casefold()
        assert role_of(label.name) is not None


HOSTILE = [
    "*",
    "#",
    "> ",
    "【",
    "[",
    "摘要",
    "摘 ",
    "a:",
    "：",
    "a ",
    "（",
    "Abstract",
    "英文",
    "**摘要**",
    "的",
    "|",
    "📝",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_long_lines(part: str) -> None:
    text = (part * 100_000)[:100_000]
    assert role_of(text) is None
    assert role_of(text[:40]) in (None, ("abstract", "")) or part == "英文"
    label = label_of(text)
    assert label is None or label.begin < 40
    assert not is_language_menu(text)
