"""Hypothesis strategies: odd text, odd bytes, and pages mixed from plausible lines."""

import string
from typing import get_args

from hypothesis import strategies as st

from duizhao.corpora import Corpus, Document, Leftover, Pair, Record
from duizhao.corpora.model import Kind, Layout, LeftoverKind
from duizhao.corpora.page import Link, Place

_HEADS = """
1、[CL] Otters Carry Fresh Shells Home
2. [CV] 海獭看图说话
[LG] Measuring River Depth with Sound
3、 Counting Stones without Counting
4、[CL] Otters Carry Fresh Shells Home
""".strip().split("\n")

_PEOPLE = """
A Lin, B Meyer…
C Okafor, D Sato, E v Dyk ...
张小川、李大河等人
论文作者:王一、李二、赵三等
F Moreau & G Haas
作者: 安娜·贝格、伯特·科尔
Hanna Lind
""".strip().split("\n")

_MARKED = """
[River Lab & Sea School]
【河流实验室】
[TODO]
https://example.org/otter
来源: https://example.org/shell
论文:https://example . org/stone
要点:
1. 海獭会用石头敲开贝壳;
3、 每只海獭都有自己喜欢的石头;
- 石头放在腋下的口袋里。
• 
一句话总结:
一句话总结: 海獭很会用石头。
摘要: 海獭每天都要吃掉很多贝壳,因此需要很多石头。
摘要：甲、乙、丙
Abstract: We watch otters at the river for one whole year.
标题: 海獭与石头
论文标题: 河边的故事
Title: Otters and Stones
另外几篇值得关注的论文:
参考文献
LG - 机器学习 CV - 计算机视觉
1,054次阅读
没有评论
转自河边读书会
图片由河流实验室提供。
## Background
# 背景
3. 河边的一天|河流实验室|2021
★★★
12:30
""".strip().split("\n")

_PROSE = """
海獭回家。本文观察了海獭一整年的生活,并记录了它们使用石头的方式。
别再数石头了!
海獭为什么不怕冷?
我们在河边架设了摄像机,拍摄了三十二只海獭。它们每天都回到同一个地方。
The otters came back to the same place every evening, and we filmed them.
Otters rarely drop a stone. We explain why.
We count 32 otters (see Fig. 2); 混合的文字 appears here and there in it.
短句
short words
""".strip().split("\n")

plausible_lines = st.sampled_from([*_HEADS, *_PEOPLE, *_MARKED, *_PROSE])
blanks = st.sampled_from(["", "", "", " ", "\u3000\u3000", "\t", "\u00a0", "\u200b"])
messy_lines = st.tuples(blanks, plausible_lines, blanks).map("".join)
pages = st.lists(st.one_of(messy_lines, messy_lines, messy_lines, blanks), min_size=1, max_size=30).map("\n".join)

SIGNS = '\n\n\n :：、,，;；.。…·|&[]【】()（）#-•"“”12３ 的和与由等人作者要点总结'
SIGNS += "摘要标题海獭ABab éżﬁ\u200b\ufeff\u2028\x0c𠀀😀"
odd_text = st.one_of(st.text(max_size=200), st.text(st.sampled_from(SIGNS), max_size=120), pages)


def is_blank(character: str) -> bool:
    """Blank or invisible: what a reader of the page does not see."""
    return character.isspace() or character in "\u200b\u200c\u200d\u2060\ufeff"


words = st.text(st.sampled_from(string.ascii_letters + "海獭石头\n\t ,\"'\x0b\u2028😀é"), max_size=12)
texts = st.lists(words, max_size=3).map(tuple)
optional = st.none() | words
spans = st.tuples(st.integers(0, 2**40), st.integers(0, 2**40))
span_lists = st.lists(spans, max_size=3).map(tuple)

numbers = st.integers(0, 2**40)
layouts = st.builds(
    Layout,
    links=st.lists(st.builds(Link, numbers, numbers, words), max_size=2).map(tuple),
    rows=st.none() | st.just(()),
    page=st.booleans(),
    segments=st.booleans(),
)
documents = st.builds(
    Document,
    words,
    words,
    words,
    words,
    texts,
    format=words,
    script=st.sampled_from(["", "Hans", "Hant", "mixed"]),
    places=st.lists(st.builds(Place, numbers, numbers, numbers), max_size=3).map(tuple),
    layout=layouts,
)
KINDS = tuple(get_args(Kind))
records = st.builds(
    Record,
    id=words,
    document=words,
    kind=st.sampled_from(KINDS),
    number=st.none() | st.integers(0, 999),
    tag=optional,
    title_en=optional,
    title_zh=optional,
    authors=texts,
    authors_truncated=st.booleans(),
    affiliation=optional,
    url=optional,
    abstract_en=optional,
    abstract_zh=optional,
    key_points_zh=texts,
    summary_zh=optional,
    commentary_zh=optional,
    text_en=optional,
    text_zh=optional,
    authors_en=texts,
    spans=st.dictionaries(st.sampled_from(["title_en", "authors", "authors_en", "text_zh"]), span_lists, max_size=3),
)
leftovers = st.builds(Leftover, words, st.sampled_from(get_args(LeftoverKind)), spans, words)
pairs = st.builds(
    Pair, words, words, words, words, texts, texts, span_lists, span_lists, words, st.floats(0, 1, allow_nan=False)
)
corpora = st.builds(
    Corpus,
    st.lists(documents, max_size=2).map(tuple),
    st.lists(records, max_size=2).map(tuple),
    st.lists(leftovers, max_size=2).map(tuple),
    st.lists(pairs, max_size=2).map(tuple),
)
