"""Web pages of the shapes that people publish, read whole: every record, as a careful reader has it."""
# ruff: noqa: E501

from typing import Any

import pytest

from duizhao.corpora import DuizhaoError, Extraction, InputError, document_from_bytes, extract

STONE_EN = "Sea otters keep one stone for most of their lives. We followed twelve otters through a winter and filmed every meal. Nine of them never lent their stone to a neighbour."
STONE_ZH = "海獭一生中大部分时间只用一块石头。我们跟踪了十二只海獭一整个冬天，拍下了它们的每一顿饭。其中九只从未把石头借给邻居。"
TEA_EN = "Green tea cools at a rate that depends on the shape of the cup. We measured forty cups in three tea houses. A simple model predicts the moment of the first sip."
TEA_ZH = "绿茶冷却的速度取决于茶杯的形状。我们在三家茶馆里测量了四十只茶杯。一个简单的模型可以预测第一口的时刻。"
HUM_EN = "Stone bridges hum when the wind comes from the north. We recorded seven bridges for one year. The pitch of the hum follows the water level below."
HUM_ZH = "北风吹来的时候，石桥会发出嗡嗡的声音。我们把七座桥的声音录了一年。声音的高低与桥下的水位十分吻合。"
STONE_HANT = "海獺一生中大部分時間只用一塊石頭。我們跟蹤了十二隻海獺一整個冬天，拍下了牠們的每一頓飯。其中九隻從未把石頭借給鄰居。"
TEA_HANT = "綠茶冷卻的速度取決於茶杯的形狀。我們在三家茶館裡測量了四十隻茶杯。一個簡單的模型可以預測第一口的時刻。"

FIELDS = (
    "title_en", "title_zh", "authors", "url", "abstract_en", "abstract_zh", "key_points_zh", "summary_zh",
    "commentary_zh", "text_en", "text_zh",
)  # fmt: skip


def read(data: str | bytes, name: str = "page.html") -> Extraction:
    return extract([document_from_bytes(data.encode() if isinstance(data, str) else data, name)])


def shown(data: str | bytes) -> list[dict[str, Any]]:
    """The kind of each record and those of the fields that it has."""
    return [
        {"kind": record.kind, **{name: value for name in FIELDS if (value := getattr(record, name))}}
        for record in read(data).records
    ]


def abstract(title: str, en: str, zh: str, **more: Any) -> dict[str, Any]:
    return {"kind": "abstract", "title_en": title, "abstract_en": en, "abstract_zh": zh, **more}


# ---------------------------------------------------------------------------------------------------------------------
# 1. Pages of a day: a table of contents, then paper after paper

NUMBERED = f"""\
<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>河边论文 2021-05-03</title>
<meta name="description" content="目录 1. On the Stones of Otters [PDF] 摘要">
<script>var river = {{title: "<b>1. No Paper at All</b>", n: 1 < 2}};</script></head><body>
<nav><a href="/">首页</a> <a href="/tags/">标签</a></nav>
<h1>河边论文 2021-05-03</h1>
<div>目录</div>
<div id="title1"><b>1.</b> On the Stones of Otters <a href="https://arxiv.org/pdf/2105.00001">[PDF]</a> <a href="#paper1">摘要</a><br></div>
<div id="title2"><b>2.</b> How Hot Is  the Tea <a href="https://arxiv.org/pdf/2105.00002">[PDF]</a> <a href="#paper2">摘要</a><br></div>
<hr><script async src="https://ads.example.org/ads.js"></script>
<p><ins class="adsbygoogle" style="display:block"></ins></p>
<h1 id="摘要"><div style="color:red;">摘要</div></h1>
<div id="paper1"> <b>1. On the Stones of Otters</b>  <a href="https://arxiv.org/pdf/2105.00001">[PDF]</a>  <a href="#title1">返回目录</a>
 <br>&nbsp;&nbsp;<a href="https://arxiv.org/search/?query=Berg">Anna Berg</a>,
<a href="https://arxiv.org/search/?query=Kolk">Bert Kolk</a><br>
<b>Abstract</b>: {STONE_EN} <br>
<font color="#0000FF">摘要：{STONE_ZH}</font></div><hr>
<script>(adsbygoogle = window.adsbygoogle || []).push({{}});</script>
<div id="paper2"> <b>2. How Hot Is  the Tea</b>  <a href="https://arxiv.org/pdf/2105.00002">[PDF]</a>  <a href="#title2">返回目录</a>
 <br>&nbsp;&nbsp;<a href="https://arxiv.org/search/?query=Dane">Carla Dane</a><br>
<b>Abstract</b>: {TEA_EN} <br>
<font color="#0000FF">摘要：{TEA_ZH}</font></div><hr>
<footer>注：中文为机器翻译，仅供参考。</footer></body></html>
"""
NUMBERED_READ = [
    abstract(
        "On the Stones of Otters",
        STONE_EN,
        STONE_ZH,
        authors=("Anna Berg", "Bert Kolk"),
        url="https://arxiv.org/pdf/2105.00001",
    ),
    abstract("How Hot Is  the Tea", TEA_EN, TEA_ZH, authors=("Carla Dane",), url="https://arxiv.org/pdf/2105.00002"),
]

HEADINGS = f"""\
<html><body><h1>Papers from the river bank</h1>
<ul><li><a href="#a">On the Stones of Otters</a></li><li><a href="#b">How Hot Is the Tea</a></li></ul>
<h2 id="a"><a href="https://arxiv.org/abs/2105.00001">On the Stones of Otters</a></h2>
<p class="authors"><a href="/a/1">Anna Berg</a>, <a href="/a/2">Bert Kolk</a></p>
<p><strong>Abstract:</strong> {STONE_EN}</p>
<p><strong>摘要：</strong>{STONE_ZH}</p>
<h2 id="b"><a href="https://arxiv.org/abs/2105.00002">How Hot Is the Tea</a></h2>
<p class="authors"><a href="/a/3">Carla Dane</a>, <a href="/a/4">Dov Eck</a></p>
<p><strong>Abstract:</strong> {TEA_EN}</p>
<p><strong>摘要：</strong>{TEA_ZH}</p>
</body></html>
"""
HEADINGS_READ = [
    abstract(
        "On the Stones of Otters",
        STONE_EN,
        STONE_ZH,
        authors=("Anna Berg", "Bert Kolk"),
        url="https://arxiv.org/abs/2105.00001",
    ),
    abstract(
        "How Hot Is the Tea", TEA_EN, TEA_ZH, authors=("Carla Dane", "Dov Eck"), url="https://arxiv.org/abs/2105.00002"
    ),
]

# Sentence case, leading blanks, a title in both languages, labels in elements of their own.
DRIFTED = f"""\
<body>
<h3>   On the stones of otters
</h3>
<div>中文标题：论海獭的石头</div>
<div>作者：Anna Berg, Bert Kolk</div>
<div><b>Abstract:</b></div><div>   {STONE_EN}</div>
<div><b>摘要：</b></div><div>　　{STONE_ZH}</div>
<div>链接：<a href="https://arxiv.org/abs/2105.00001">https://arxiv.org/abs/2105.00001</a></div>
<h3>How hot is the tea?</h3>
<div>中文标题：茶有多烫？</div>
<div>作者：Carla Dane</div>
<div><b>Abstract:</b></div><div>{TEA_EN}   </div>
<div><b>摘要：</b></div><div>{TEA_ZH}</div>
<div>链接：<a href="https://arxiv.org/abs/2105.00002">https://arxiv.org/abs/2105.00002</a></div>
</body>
"""
DRIFTED_READ = [
    abstract(
        "On the stones of otters",
        STONE_EN,
        STONE_ZH,
        title_zh="论海獭的石头",
        authors=("Anna Berg", "Bert Kolk"),
        url="https://arxiv.org/abs/2105.00001",
    ),
    abstract(
        "How hot is the tea?",
        TEA_EN,
        TEA_ZH,
        title_zh="茶有多烫？",
        authors=("Carla Dane",),
        url="https://arxiv.org/abs/2105.00002",
    ),
]

# No number, no heading: a title that is a link in bold.
LINKED = f"""\
<body><p><b><a href="https://arxiv.org/abs/2105.00001">On the Stones of Otters</a></b></p>
<p><a href="https://river.example/berg">Anna Berg</a>; <a href="https://river.example/kolk">Bert Kolk</a></p>
<p>Abstract: {STONE_EN}</p><p>摘要：{STONE_ZH}</p>
<p><b><a href="https://arxiv.org/abs/2105.00002">How Hot Is the Tea</a></b></p>
<p><a href="https://river.example/dane">Carla Dane</a></p>
<p>Abstract: {TEA_EN}</p><p>摘要：{TEA_ZH}</p></body>
"""
LINKED_READ = [
    abstract(
        "On the Stones of Otters",
        STONE_EN,
        STONE_ZH,
        authors=("Anna Berg", "Bert Kolk"),
        url="https://arxiv.org/abs/2105.00001",
    ),
    abstract("How Hot Is the Tea", TEA_EN, TEA_ZH, authors=("Carla Dane",), url="https://arxiv.org/abs/2105.00002"),
]

ONE_LINE = NUMBERED.replace("\n", "")
DAYS = {
    "numbered in bold": (NUMBERED, NUMBERED_READ),
    "all on one line": (ONE_LINE, NUMBERED_READ),
    "headings that are links": (HEADINGS, HEADINGS_READ),
    "headings, drifted": (DRIFTED, DRIFTED_READ),
    "titles that are links": (LINKED, LINKED_READ),
}


@pytest.mark.parametrize(("page", "wanted"), DAYS.values(), ids=DAYS)
def test_pages_of_a_day(page: str, wanted: list[dict[str, Any]]) -> None:
    assert shown(page) == wanted


# ---------------------------------------------------------------------------------------------------------------------
# 2. Signs of markup in the text

SIGNS = [
    ("Otters need little water (< 0.1 of a cup), and less tea. We measured it twice.", "海獭只需很少的水（<0.1杯），茶就更少了。我们测量了两次。"),
    ("The distance d(A1, A2) <d is small for x<y and for y>z. We prove it for all rivers.", "距离d（A1，A2）‹d对x<y和y>z都很小。我们对所有河流证明了这一点。"),
    ("An otter with p<0.05 is rare & shy; a heron with p > 0.5 is not. We met both.", "p<0.05的海獭又稀少又害羞；p > 0.5的苍鹭则不然。两者我们都遇到过。"),
    ("We compare <s, t> with a<b>c and find AT&T on the river bank. Nobody was surprised.", "我们将<s, t>与a<b>c作比较，在河边发现了AT&T。没有人感到惊讶。"),
]  # fmt: skip


@pytest.mark.parametrize(("en", "zh"), SIGNS[:3])
def test_signs_in_the_text(en: str, zh: str) -> None:
    page = f"<body><div><b>1. On the Stones of Otters</b></div><div>Abstract: {en}</div><div>摘要：{zh}</div></body>"
    assert shown(page) == [abstract("On the Stones of Otters", en, zh)]


@pytest.mark.parametrize(("en", "zh"), SIGNS)
def test_escaped_signs_in_the_text(en: str, zh: str) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    page = f"<body><h2>On the Stones of Otters</h2><p>Abstract: {escaped(en)}</p><p>摘要：{escaped(zh)}</p></body>"
    assert shown(page) == [abstract("On the Stones of Otters", en, zh)]


# ---------------------------------------------------------------------------------------------------------------------
# 3. Papers without Chinese, pages without papers


def test_a_paper_without_chinese() -> None:
    page = NUMBERED.replace(f'<font color="#0000FF">摘要：{TEA_ZH}</font>', "")
    first, second = NUMBERED_READ
    del (wanted := dict(second))["abstract_zh"]
    assert shown(page) == [first, wanted | {"kind": "missing_zh"}]


def test_an_empty_label_for_the_chinese() -> None:
    page = HEADINGS.replace(STONE_ZH, "")
    first, second = HEADINGS_READ
    del (wanted := dict(first))["abstract_zh"]
    assert shown(page) == [wanted | {"kind": "missing_zh"}, second]


def test_english_stands_where_the_chinese_should() -> None:
    page = HEADINGS.replace(TEA_ZH, TEA_EN)
    first, second = HEADINGS_READ
    del (wanted := dict(second))["abstract_zh"]
    assert shown(page) == [first, wanted | {"kind": "untranslated"}]


@pytest.mark.parametrize(
    "page",
    [
        "<body><nav><a href='/'>首页</a></nav><p>加载中</p><script>load()</script></body>",
        "<body><h1>404</h1><p>Not found</p></body>",
        "<body><div>评论</div><div>没有评论</div><div>1,054次阅读</div></body>",
    ],
)
def test_pages_without_a_paper(page: str) -> None:
    with pytest.raises(
        InputError, match=r"^page\.html: no record found; wanted papers or paragraphs in Chinese or English$"
    ):
        read(page)


@pytest.mark.parametrize("page", ["<body></body>", "<script>1</script>", "<body>&nbsp;<img src='a.png'></body>"])
def test_pages_without_text(page: str) -> None:
    with pytest.raises(DuizhaoError, match=r"^page\.html: "):
        read(page)


REMARK_1 = "这篇论文的想法很有意思，不过实验只做了一个冬天，结论还需要更多的数据来支持。"
REMARK_2 = "作者把茶杯的形状考虑进来，这是以前的工作没有做到的，值得每一位茶馆老板细读。"
REMARKS = f"""\
<body><h2>On the Stones of Otters</h2><p>Abstract: {STONE_EN}</p><h4>点评</h4><p>{REMARK_1}</p>
<h2>How Hot Is the Tea</h2><p>Abstract: {TEA_EN}</p><p>AI解读：{REMARK_2}</p></body>
"""


def test_commentary_is_no_translation() -> None:
    assert shown(REMARKS) == [
        {"kind": "summary", "title_en": "On the Stones of Otters", "abstract_en": STONE_EN, "commentary_zh": REMARK_1},
        {"kind": "summary", "title_en": "How Hot Is the Tea", "abstract_en": TEA_EN, "commentary_zh": REMARK_2},
    ]


# ---------------------------------------------------------------------------------------------------------------------
# 4. Other nests for the same text

WECHAT = f"""\
<div id="js_content"><section style="margin:0"><section><span style="font-size:16px"><strong><span>1. On the Stones of Otters</span></strong></span></section>
<section><span>论海獭的石头</span></section>
<section><p><span style="color:#888"><span>Anna Berg, </span><span>Bert Kolk</span></span></p></section>
<section><span></span><p><span>{STONE_EN[:50]}</span><span>{STONE_EN[50:]}</span></p></section>
<section><p><span>{STONE_ZH[:10]}</span><span>{STONE_ZH[10:]}</span></p></section>
<section><span>https://arxiv.org/abs/2105.00001</span></section></section>
<section><section><span><strong><span>2. How Hot Is the Tea</span></strong></span></section>
<section><span>茶有多烫</span></section><section><span>Carla Dane, Dov Eck</span></section>
<section><p><span>{TEA_EN}</span></p></section><section><p><span>{TEA_ZH}</span></p></section>
<section><span>https://arxiv.org/abs/2105.00002</span></section></section></div>
"""
LIST = f"""\
<body><dl><dt>On the Stones of Otters</dt>
<dd>Anna Berg, Bert Kolk</dd><dd>Abstract: {STONE_EN}</dd><dd>摘要：{STONE_ZH}</dd>
<dt>How Hot Is the Tea</dt>
<dd>Carla Dane, Dov Eck</dd><dd>Abstract: {TEA_EN}</dd><dd>摘要：{TEA_ZH}</dd></dl></body>
"""
TABLE = f"""\
<body><table>
<tr><th>标题</th><td>On the Stones of Otters</td></tr><tr><th>中文标题</th><td>论海獭的石头</td></tr>
<tr><th>作者</th><td>Anna Berg, Bert Kolk</td></tr>
<tr><th>Abstract</th><td>{STONE_EN}</td></tr><tr><th>摘要</th><td>{STONE_ZH}</td></tr></table>
<table><tr><th>标题</th><td>How Hot Is the Tea</td></tr><tr><th>中文标题</th><td>茶有多烫</td></tr>
<tr><th>作者</th><td>Carla Dane</td></tr>
<tr><th>Abstract</th><td>{TEA_EN}</td></tr><tr><th>摘要</th><td>{TEA_ZH}</td></tr></table></body>
"""
CARDS = f"""\
<body><div class="card"><h5 class="card-title">On the Stones of Otters</h5><div class="card-body"><div class="en">{STONE_EN}</div>
<div class="zh">{STONE_ZH}</div></div></div>
<div class="card"><h5 class="card-title">How Hot Is the Tea</h5><div class="card-body"><div class="en">{TEA_EN}</div>
<div class="zh">{TEA_ZH}</div></div></div>
<div class="card"><h5 class="card-title">The Humming of Old Bridges</h5><div class="card-body"><div class="en">{HUM_EN}</div>
<div class="zh">{HUM_ZH}</div></div></div></body>
"""
SIDE_BY_SIDE = f"""\
<body><table><tr><th>English</th><th>中文</th></tr>
<tr><td>On the Stones of Otters</td><td>论海獭的石头</td></tr><tr><td>{STONE_EN}</td><td>{STONE_ZH}</td></tr>
<tr><td>How Hot Is the Tea</td><td>茶有多烫</td></tr><tr><td>{TEA_EN}</td><td>{TEA_ZH}</td></tr></table></body>
"""
ROWS = f"""\
<body><table><thead><tr><th>#</th><th>Title</th><th>Authors</th><th>Abstract</th><th>中文摘要</th></tr></thead>
<tr><td>1</td><td>On the Stones of Otters</td><td>Anna Berg, Bert Kolk</td><td>{STONE_EN}</td><td>{STONE_ZH}</td></tr>
<tr><td>2</td><td>How Hot Is the Tea</td><td>Carla Dane, Dov Eck</td><td>{TEA_EN}</td><td>{TEA_ZH}</td></tr></table></body>
"""
ITEMS = f"""\
<body><h1>今日论文</h1><ol><li><p><a href="https://arxiv.org/abs/2105.00001">On the stones of otters</a></p><p>Anna Berg, Bert Kolk</p>
<p>Abstract: {STONE_EN}</p><p>摘要：{STONE_ZH}</p></li>
<li><p><a href="https://arxiv.org/abs/2105.00002">How hot is the tea</a></p><p>Carla Dane, Dov Eck</p>
<p>Abstract: {TEA_EN}</p><p>摘要：{TEA_ZH}</p></li></ol></body>
"""
CHINESE_FIRST = f"""\
<body><h3>论海獭的石头 (On the Stones of Otters)</h3><p>作者：Anna Berg、Bert Kolk</p><p>中文摘要：{STONE_ZH}</p><p>英文摘要：{STONE_EN}</p>
<h3>茶有多烫 (How Hot Is the Tea)</h3><p>作者：Carla Dane</p><p>中文摘要：{TEA_ZH}</p><p>英文摘要：{TEA_EN}</p></body>
"""
BREAKS = f"""\
<body><p><b>[1] On the Stones of Otters</b><br>论海獭的石头<br>Anna Berg, Bert Kolk<br>Abstract: {STONE_EN}<br>摘要：{STONE_ZH}<br>
PDF: <a href="https://arxiv.org/pdf/2105.00001">https://arxiv.org/pdf/2105.00001</a></p><hr>
<p><b>[2] How Hot Is the Tea</b><br>茶有多烫<br>Carla Dane<br>Abstract: {TEA_EN}<br>摘要：{TEA_ZH}<br>
PDF: <a href="https://arxiv.org/pdf/2105.00002">https://arxiv.org/pdf/2105.00002</a></p></body>
"""
DETAILS = f"""\
<body><h2>On the Stones of Otters</h2><details><summary>摘要</summary><p>{STONE_ZH}</p></details>
<details open><summary>Abstract</summary><p>{STONE_EN}</p></details>
<h2>How Hot Is the Tea</h2><details><summary>摘要</summary><p>{TEA_ZH}</p></details>
<details><summary>Abstract</summary><p>{TEA_EN}</p></details></body>
"""
GROUPS = f"""\
<body><h1>Papers</h1><h2>Animals</h2><h3>On the Stones of Otters</h3><p>Abstract: {STONE_EN}</p><p>摘要：{STONE_ZH}</p>
<h2>Drinks</h2><h3>How Hot Is the Tea</h3><p>Abstract: {TEA_EN}</p><p>摘要：{TEA_ZH}</p></body>
"""
# What stands around a paper: when it was posted, what else there is to read, who made the page.
AROUND = f"""\
<body><header><a href="/">River Lab</a></header><article><h1>On the Stones of Otters</h1><p>Anna Berg, Bert Kolk</p>
<p>Published May 2021 · 3 min read</p><h2>Abstract</h2><p>{STONE_EN}</p><h2>摘要</h2><p>{STONE_ZH}</p></article>
<div><p>上一篇：昨天的论文</p><p>相关推荐</p><p>© 2021 River Lab</p><p>Powered by Hexo</p></div></body>
"""
PEOPLE = {"authors": ("Anna Berg", "Bert Kolk")}
# Links to other places below the last paper are none of it.
REFERENCES = f"""\
<body><h2>On the Stones of Otters</h2><p>Abstract: {STONE_EN}</p><p>摘要：{STONE_ZH}</p>
<h2>How Hot Is the Tea</h2><p>Abstract: {TEA_EN}</p><p>摘要：{TEA_ZH}</p>
<h2>参考文献</h2><p>[1] Eva Falk. Bridges of the Delta. River Press, 2020.</p><p>[2] Ida Gro, The Ferry at Night, River Letters</p></body>
"""
NESTS = {
    "WeChat": (
        WECHAT,
        [
            abstract("On the Stones of Otters", STONE_EN, STONE_ZH, title_zh="论海獭的石头", url="https://arxiv.org/abs/2105.00001", **PEOPLE),
            abstract("How Hot Is the Tea", TEA_EN, TEA_ZH, title_zh="茶有多烫", url="https://arxiv.org/abs/2105.00002", authors=("Carla Dane", "Dov Eck")),
        ],
    ),
    "dl": (
        LIST,
        [
            abstract("On the Stones of Otters", STONE_EN, STONE_ZH, **PEOPLE),
            abstract("How Hot Is the Tea", TEA_EN, TEA_ZH, authors=("Carla Dane", "Dov Eck")),
        ],
    ),
    "tables": (
        TABLE,
        [
            abstract("On the Stones of Otters", STONE_EN, STONE_ZH, title_zh="论海獭的石头", **PEOPLE),
            abstract("How Hot Is the Tea", TEA_EN, TEA_ZH, title_zh="茶有多烫", authors=("Carla Dane",)),
        ],
    ),
    "cards": (
        CARDS,
        [
            abstract("On the Stones of Otters", STONE_EN, STONE_ZH),
            abstract("How Hot Is the Tea", TEA_EN, TEA_ZH),
            abstract("The Humming of Old Bridges", HUM_EN, HUM_ZH),
        ],
    ),
    "two languages side by side": (
        SIDE_BY_SIDE,
        [
            abstract("On the Stones of Otters", STONE_EN, STONE_ZH, title_zh="论海獭的石头"),
            abstract("How Hot Is the Tea", TEA_EN, TEA_ZH, title_zh="茶有多烫"),
        ],
    ),
    "a row a paper": (
        ROWS,
        [
            abstract("On the Stones of Otters", STONE_EN, STONE_ZH, **PEOPLE),
            abstract("How Hot Is the Tea", TEA_EN, TEA_ZH, authors=("Carla Dane", "Dov Eck")),
        ],
    ),
    "list items": (
        ITEMS,
        [
            abstract("On the stones of otters", STONE_EN, STONE_ZH, url="https://arxiv.org/abs/2105.00001", **PEOPLE),
            abstract("How hot is the tea", TEA_EN, TEA_ZH, url="https://arxiv.org/abs/2105.00002", authors=("Carla Dane", "Dov Eck")),
        ],
    ),
    "Chinese first": (
        CHINESE_FIRST,
        [
            abstract("On the Stones of Otters", STONE_EN, STONE_ZH, title_zh="论海獭的石头", **PEOPLE),
            abstract("How Hot Is the Tea", TEA_EN, TEA_ZH, title_zh="茶有多烫", authors=("Carla Dane",)),
        ],
    ),
    "line breaks": (
        BREAKS,
        [
            abstract("On the Stones of Otters", STONE_EN, STONE_ZH, title_zh="论海獭的石头", url="https://arxiv.org/pdf/2105.00001", **PEOPLE),
            abstract("How Hot Is the Tea", TEA_EN, TEA_ZH, title_zh="茶有多烫", url="https://arxiv.org/pdf/2105.00002", authors=("Carla Dane",)),
        ],
    ),
    "details": (
        DETAILS,
        [abstract("On the Stones of Otters", STONE_EN, STONE_ZH), abstract("How Hot Is the Tea", TEA_EN, TEA_ZH)],
    ),
    "groups of papers": (
        GROUPS,
        [abstract("On the Stones of Otters", STONE_EN, STONE_ZH), abstract("How Hot Is the Tea", TEA_EN, TEA_ZH)],
    ),
    "references below": (
        REFERENCES,
        [abstract("On the Stones of Otters", STONE_EN, STONE_ZH), abstract("How Hot Is the Tea", TEA_EN, TEA_ZH)],
    ),
    "one paper in a page": (AROUND, [abstract("On the Stones of Otters", STONE_EN, STONE_ZH, **PEOPLE)]),
}  # fmt: skip


@pytest.mark.parametrize(("page", "wanted"), NESTS.values(), ids=NESTS)
def test_nests(page: str, wanted: list[dict[str, Any]]) -> None:
    assert shown(page) == wanted


# ---------------------------------------------------------------------------------------------------------------------
# 5. One page in many encodings

DECLARED = HEADINGS.replace("<html>", '<html><head><meta charset="{}"></head>')
HANT = DECLARED.replace(STONE_ZH, STONE_HANT).replace(TEA_ZH, TEA_HANT)
HANT_READ = [HEADINGS_READ[0] | {"abstract_zh": STONE_HANT}, HEADINGS_READ[1] | {"abstract_zh": TEA_HANT}]

ENCODED = {
    "GB18030, said to be gb2312": (
        DECLARED.replace("{}", "gb2312").encode("gb18030"),
        HEADINGS_READ,
        "gb18030",
        "Hans",
        ("read as gb18030, as declared (gb2312)",),
    ),
    "GB18030, said so": (
        DECLARED.replace("{}", "GBK").encode("gb18030"),
        HEADINGS_READ,
        "gb18030",
        "Hans",
        ("read as gb18030, as declared (GBK)",),
    ),
    "Big5": (
        HANT.replace("{}", "big5").encode("big5"),
        HANT_READ,
        "big5hkscs",
        "Hant",
        ("read as big5hkscs, as declared (big5)",),
    ),
    "UTF-16 with a mark": (
        DECLARED.replace("{}", "utf-16").encode("utf-16"),
        HEADINGS_READ,
        "utf-16",
        "Hans",
        ("read as UTF-16, as its byte-order mark says",),
    ),
    "UTF-8 with a mark": (DECLARED.replace("{}", "utf-8").encode("utf-8-sig"), HEADINGS_READ, "utf-8", "Hans", ()),
    "UTF-8": (HEADINGS.encode(), HEADINGS_READ, "utf-8", "Hans", ()),
    "UTF-8 read as Latin-1": (
        HEADINGS.encode().decode("latin-1").encode(),
        HEADINGS_READ,
        "utf-8",
        "Hans",
        ("read as mojibake: UTF-8 taken for Latin-1; repaired 2 lines",),
    ),
    "UTF-8, traditional": (HANT.replace("{}", "utf-8").encode(), HANT_READ, "utf-8", "Hant", ()),
}


@pytest.mark.parametrize(("data", "wanted", "encoding", "script", "notes"), ENCODED.values(), ids=ENCODED)
def test_encodings(
    data: bytes, wanted: list[dict[str, Any]], encoding: str, script: str, notes: tuple[str, ...]
) -> None:
    document = document_from_bytes(data, "page.html")
    assert (document.encoding, document.script) == (encoding, script)
    assert document.notes == (*notes, "read as HTML")
    assert shown(data) == wanted
