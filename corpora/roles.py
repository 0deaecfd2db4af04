"""What a label, a heading or the name of a column says of the text that belongs to it."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

Part = Literal[
    "title",
    "abstract",
    "authors",
    "affiliation",
    "url",
    "keywords",
    "summary",
    "points",
    "text",
    "number",
    "metadata",
    "commentary",
]
Side = Literal["en", "zh", ""]


class Role(NamedTuple):
    """The part of a record that a name stands for, and the language it promises ("" for none)."""

    part: Part
    side: Side


class Label(NamedTuple):
    """A label that opens a line: its role, its name in lower case, and where its content begins."""

    role: Role
    name: str
    begin: int


_NAMES: dict[Part, str] = {
    "title": """
        译名 译题 标题 題目 题目 標題 篇名 论文名 论文名称 题名 title titles headline name
        c-title e-title ctitle etitle
    """,
    "abstract": """
        摘要 摘 要 文摘 提要 内容摘要 內容摘要 内容提要 内容简介 简介 簡介 abstract abstracts summary cabstract
        eabstract enabstract cnabstract zhabstract abstractcn abstracten zhaiyao description
    """,
    "authors": """
        作者 作者列表 全部作者 作者姓名 论文作者 撰稿 authors author authorlist cauthor eauthor creator creators by
    """,
    "affiliation": """
        作者单位 单位 單位 机构 機構 研究机构 所属机构 affiliation affiliations institution institutions institute
    """,
    "url": """
        链接 連結 地址 网址 原文链接 论文链接 论文地址 全文链接 arxiv arxiv链接 arxiv地址 pdf pdf链接 link links url
        urls uri paper_url arxiv_url pdf_url abs_url entry_id paper-link paper source出处 出处 html doi
    """,
    "keywords": """
        关键词 關鍵詞 关键字 關鍵字 标签 标记 keywords keyword key-words key words tags index terms ckeywords
        ekeywords
    """,
    "summary": """
        一句话总结 一句话概括 一句话摘要 一句话要点 一句话 总结 總結 小结 概括 tl;dr tldr tl dr in a nutshell 简评
        太长不看
    """,
    "points": """
        要点 核心要点 关键要点 主要要点 动机 動機 方法 优势 優勢 贡献 貢獻 主要贡献 核心贡献 亮点 亮點 创新点
        研究亮点 highlights key points key takeaways takeaways
    """,
    "text": """
        正文 原文 译文 譯文 翻译 翻譯 机翻 机器翻译 谷歌翻译 text content body source target src tgt
        segment sentence 句子 段落
    """,
    "number": """
        序号 编号 number no no. index 序
    """,
    "metadata": """
        日期 时间 发布日期 发布时间 发表日期 更新日期 更新时间 更新 分类 類別 类别 领域 学科 主题 备注 评论 注释
        期刊 会议 来源 出版 引用 date dates published updated submitted category categories subject subjects comment
        comments journal venue conference doi号 id layout primary_category version license licence 版本 代码
        代码链接 项目 项目主页 主页 项目地址 github code project homepage 匹配领域 评分 score citations created
        modified permalink slug cover image
    """,
    "commentary": """
        点评 解读 论文解读 评价 分析 方法详解 实验亮点 应用场景 motivation method methods result results conclusion
        comment_zh ai review analysis insight insights ai点评 ai解读 ai总结 ai摘要 编者按 推荐理由 结论 背景 实验
        结果 局限 局限性 未来工作 思考 主要内容 研究背景 研究方法 研究结果
    """,
}
_PARTS: dict[str, Part] = {}
for _part, _names in _NAMES.items():
    _PARTS |= dict.fromkeys(_names.split(), _part)
_PARTS |= {
    "摘 要": "abstract", "key words": "keywords", "index terms": "keywords", "key points": "points",
    "key takeaways": "points", "tl dr": "summary", "in a nutshell": "summary",
}  # fmt: skip
for _word in ("key", "words", "terms", "points", "takeaways", "tl", "dr", "in", "a", "nutshell", "摘", "要"):
    _PARTS.pop(_word, None)

_EN = "|".join(
    """
    英文 英语 英語 原文 english original en eng en-us en_us source src
    """.split()
)
_ZH = "|".join(
    """
    简体中文 繁體中文 繁体中文 中文版 中文 汉语 漢語 中译 译文 譯文 翻译 翻譯 中 chinese zh-cn zh_cn zh-hans
    zh-hant zh-tw zh cn chi translation translated trans target tgt
    """.split()
)
_SIDE_WORDS: dict[str, Side] = {}
_SIDE_WORDS.update(dict.fromkeys(_EN.split("|"), "en"))
_SIDE_WORDS.update(dict.fromkeys(_ZH.split("|"), "zh"))
_BEFORE = re.compile(rf"(?:论文的?|文章的?|paper[ _-]?|article[ _-]?)?(?P<side>{_EN}|{_ZH})(?:的|版|[ _.:-])*(?=.)")
_AFTER = re.compile(rf"(?P<core>.+?)(?:的|[ _.:-]|[(（\[【])*(?P<side>{_EN}|{_ZH})[)）\]】]?$")
_PAPER = re.compile(r"(?:论文|文章|本文|paper|article)[ _-]?(?=.)")
_PARENTHESIS = re.compile(r"[(（][^()（）]{0,20}[)）]$")
# What people set around a name: markup, numbers, emoji and other signs.
_AROUND = "#*_`>~ \t\u00a0\u3000\ufe0f\u200d-—–·•.。:：、|[]【】〔〕<>《》\"'“”"


@lru_cache(maxsize=4096)
def role_of(name: str) -> Role | None:
    """The role that a name of at most 40 characters stands for, or None.

    >>> role_of("📝 摘要（中文）"), role_of("Abstract"), role_of("title_zh"), role_of("Abstract Reasoning")
    (Role(part='abstract', side='zh'), Role(part='abstract', side=''), Role(part='title', side='zh'), None)
    """
    if len(name) > 40:
        return None
    word = _bare(name)
    if not word:
        return None
    found = _exact(word)
    if found:
        return found
    for pattern in (_BEFORE, _AFTER):
        match = pattern.match(word)
        if match:
            side = _SIDE_WORDS[match["side"]]
            core = word[match.end() :] if pattern is _BEFORE else match["core"]
            core = _bare(core)
            found = _exact(core) or (_exact(_PAPER.sub("", core)) if core else None)
            if found:
                return Role("abstract" if found.part == "text" and core == "摘要" else found.part, side)
    inner = _PARENTHESIS.sub("", word)
    if inner != word:
        return role_of(inner)
    core = _PAPER.sub("", word, count=1)
    return _exact(core) if core != word else None


def _exact(word: str) -> Role | None:
    if word in _SIDE_WORDS:
        return Role("text", _SIDE_WORDS[word])
    part = _PARTS.get(word)
    if part is None:
        return None
    side: Side = ""
    if word in (
        "ctitle",
        "c-title",
        "cabstract",
        "cnabstract",
        "zhabstract",
        "abstractcn",
        "zhaiyao",
        "ckeywords",
        "cauthor",
    ):
        side = "zh"
    elif word in ("etitle", "e-title", "eabstract", "enabstract", "abstracten", "ekeywords", "eauthor"):
        side = "en"
    return Role(part, side)


def _bare(name: str) -> str:
    """The name without signs around it, in lower case."""
    word = name.casefold().strip(_AROUND)
    begin = next((k for k, character in enumerate(word) if character.isalnum() or character == "("), len(word))
    return word[begin:].strip(_AROUND)


_CHOICES = re.compile(r"[|｜/·•]")


def is_language_menu(text: str) -> bool:
    """Whether a line offers a page in both languages and says no more.

    >>> is_language_menu("[English] | 简体中文"), is_language_menu("English and 中文")
    (True, False)
    """
    choices = _CHOICES.split(text) if len(text) <= 60 else []
    offered = {role.side for choice in choices if (role := role_of(choice)) and role.part == "text"}
    return {"en", "zh"} <= offered and all(role_of(choice) for choice in choices)


_LABEL = re.compile(
    r"(?:[-•+]\s{1,3}(?=[*\[【]))?[#*_`>~\s\u3000]{0,8}"  # markup
    r"(?:[^\w\s#*_`>【\[〔(（《“\"'$\\!]{1,3}\s?[*_`]{0,3})?"  # an emoji
    r"(?P<open>[【\[〔])?\s?(?P<name>[^\s:：\n【】\[\]〔〕*_`|$\\][^:：\n【】\[\]〔〕*`|$\\]{0,30}?)\s?(?P<close>[】\]〕])?[*_`\s]{0,6}"
    r"(?P<end>[:：][*_`]{0,3}|—|–|\|(?=.)|(?P<bare>$)|(?<=\*\*)|(?<=\*\*\s))[ \t\u3000\u00a0]*"
)
_BRACKET = re.compile(
    r"[#*_`>\s\u3000]{0,8}[【\[〔]\s?(?P<name>[^【】\[\]〔〕\n]{1,20})\s?[】\]〕][*_`\s]{0,4}[:：]?[ \t\u3000]*"
)
_STOP = re.compile(r"(?P<name>(?:abstract|summary|摘\s?要))[.．\s\u3000]\s*(?=\S)", re.IGNORECASE)
# Signs other than a colon part only names that open no sentence.
_FIRM = frozenset({"abstract", "keywords", "title", "authors"})


@lru_cache(maxsize=2048)  # a page's lines are asked about several times
def label_of(text: str) -> Label | None:
    """The label that opens a line, or fills it: "**作者**: …", "【摘要】…", "Abstract — …", "## 英文摘要".

    >>> label_of("**英文摘要**：We see").begin, label_of("Abstract").role.part, label_of("We see: it works")
    (9, 'abstract', None)
    """
    match = _BRACKET.match(text)
    if match:
        role = role_of(match["name"])
        if role and (role.part in _FIRM or text[match.end() - 1] in ":：" or role.part in ("summary", "points")):
            return Label(role, _bare(match["name"]), match.end())
    match = _LABEL.match(text)
    if match:
        role = role_of(match["name"])
        if role and match["bare"] is not None:
            marked = text[: match.start("name")].strip() or text[match.end("name") :].strip()
            if not (marked or role.part in _FIRM):
                role = None  # a line that is a common word and no more
        elif role and not match["end"]:
            # The end of bold type parts a name from what it labels, where it began with the name.
            bold = text[: match.start("name")].rstrip().endswith("**")
            role = role if bold and (role.part in _FIRM or role.part == "summary") else None
        elif role and match["end"][0] not in ":：" and role.part not in _FIRM:
            role = None
        if role:
            return Label(role, _bare(match["name"]), match.end())
    match = _STOP.match(text)
    if match and (text[match.end("name")] not in " \u3000" or not match["name"].isascii()):
        return Label(Role("abstract", ""), _bare(match["name"]), match.end())
    return None
