"""The marks by which a digest shows its structure: labels, links, page furniture."""

import re

from .script import HAN, count_han

_LINK_LINE = re.compile(
    r"(?P<label>(?:论文|原文|项目|文章|代码|数据|来源|链接|地址|网址|出处|主页|[Ll]inks?|[Pp]aper|URL|[Ss]ource|[Cc]ode|\s)*+[:：]?\s*)"
    r"(?P<url>https?://\S+(?:\s+\.\s+\S+)*)$"
)
_AFFILIATION = re.compile(r"[\[【](?P<name>[^\[\]【】]{2,})[\]】]$")
_AFFILIATION_BEHIND = re.compile(r"[^\[\]【】]+[\[【](?P<name>[^\[\]【】]{2,})[\]】]$")
_BULLET = re.compile(r"(?:\d{1,2}\s*[.、。．)）](?!\d)|[-•●▪◦·–—]|\*(?!\*))\s*")
_LABEL = re.compile(
    r"(?P<name>要点|一句话总结|总结|作者单位|单位|机构|动机|方法|优势|贡献|亮点|简介|"
    r"(?:中文|英文)?摘要|内容摘要|(?:论文)?(?:英文|中文)?标题|[Aa]bstract|ABSTRACT|[Tt]itle)(?:\([^()]*\)|（[^（）]*）)?\s*[:：]\s*"
)
_SECTION = re.compile(r"另外几篇.{0,12}论文\s*[:：]?$|(?:更多|其他|其它).{0,8}论文\s*[:：]?$")
_REFERENCES = re.compile(r"(?:参考文献|参考资料|参考链接|[Rr]eferences|REFERENCES)\s*[:：]?$")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’-]*+")
_LEGEND = re.compile(r"(?:[A-Z]{2}\s*[-–—:：]\s*[\u4e00-\u9fff]+\s*){1,12}$")
_FURNITURE = re.compile(
    r"(?:[\d,，.万]+\s*次?(?:阅读|浏览|点赞|评论)|没有评论|暂无评论|评论(?:\(.{0,8}\)|（.{0,8}）)?|沙发等你来抢|正文完|全文完|"
    r"转自.{1,20}|转载自.{1,30}|来源[:：](?!\s*http).{1,20}|图片由.{1,40}提供[。.]?|"
    r".{0,30}(?:版权(?:声明|所有|归|信息|说明)|(?:版权|侵权).{0,12}(?:联系我|联系作者|联系删|删除)|(?:联系|删).{0,12}侵权).{0,40}|.{0,20}微信.{0,8}扫码.{0,40}|.{0,20}公众号.{0,30}|"
    r"注[:：].{0,20}(?:机器翻译|机翻|仅供参考|自动生成|词云).{0,30}|(?:发表于|发布于|更新于|阅读次数|本文字数|阅读时长|浏览量).{0,70}|"
    r"Cite as[:：].{0,80}|\(or arXiv:.{0,70}|\[?Submitted on \d.{0,60}|\[v\d\] .{0,60}|"
    r"文章目录|站点概览|站内搜索|返回顶部|扫码关注.{0,20}|长按.{0,20}|阅读原文|点击.{0,12}(?:查看|关注|阅读).{0,12}|"
    r"post-qrcode|qrcode|分享到.{0,20}|点赞.{0,20}|上一篇.{0,60}|下一篇.{0,60})$"
)


def link_line(text: str) -> tuple[int, int] | None:
    """Begin and end of the address on a line that holds a link and its label only.

    An address broken by blanks ("https://a . org") is taken whole, as it stands.

    >>> link_line("来源:https://example.org/a")
    (3, 24)
    """
    match = _LINK_LINE.match(text)
    return match.span("url") if match else None


def affiliation(text: str) -> tuple[int, int] | None:
    """Begin and end of what stands in the square brackets that fill the line.

    >>> affiliation("[MIT & FAR AI]")
    (1, 13)
    """
    match = _AFFILIATION.match(text)
    return match.span("name") if match else None


def affiliation_behind(text: str) -> tuple[int, int] | None:
    """Begin and end of what stands in the square brackets at the end of a line that holds something before them.

    >>> affiliation_behind("A Lin, B Meyer [MIT]")
    (16, 19)
    """
    match = _AFFILIATION_BEHIND.match(text)
    return match.span("name") if match else None


def bullet(text: str) -> int:
    """Length of the bullet that opens the line, 0 where there is none.

    >>> bullet("3。 希望"), bullet("3.5 倍")
    (3, 0)
    """
    match = _BULLET.match(text)
    return match.end() if match else 0


def label(text: str) -> tuple[str, int] | None:
    """The label that opens the line, in lower case, and where its content begins.

    >>> label("要点:")
    ('要点', 3)
    """
    match = _LABEL.match(text)
    return (match["name"].lower(), match.end()) if match else None


def is_section(text: str) -> bool:
    """A line that opens another part of the page (另外几篇值得关注的论文:)."""
    return bool(_SECTION.match(text))


def is_references(text: str) -> bool:
    """The heading of a list of references."""
    return bool(_REFERENCES.match(text))


def looks_like_title(text: str) -> bool:
    """A line that names rather than says: 80 characters of Chinese (160 of English) at most, and no full stop.

    A short question may be a title.

    >>> looks_like_title("静态词向量仍然重要"), looks_like_title("本文研究静态词向量。")
    (True, False)
    """
    limit = 80 if HAN.search(text) else 160
    if text.endswith(("?", "？")):
        limit //= 2
    return len(text) <= limit and not text.endswith((".", "。", "!", "！", "…", ";", "；", ":", "："))


def is_furniture(text: str) -> bool:
    """Page furniture: legends of tags, read counts, copyright and comment lines.

    >>> is_furniture("LG - 机器学习 CV - 计算机视觉"), is_furniture("1,054次阅读")
    (True, True)
    """
    return bool(_LEGEND.match(text) or (len(text) <= 80 and _FURNITURE.match(text)))


def proportion(en: str, zh: str) -> float:
    """Han characters and Latin words of a Chinese text for each word of an English one; 0.0 where that has none.

    Translations of 59 paragraphs and abstracts on scientific papers lie between 0.9 and 2.1, half of them at 1.65.

    >>> proportion("We count otters.", "我们数海獭。")
    1.6666666666666667
    """
    words = len(_WORD.findall(en))
    return (count_han(zh) + len(_WORD.findall(zh))) / words if words else 0.0


def is_prose(text: str) -> bool:
    """A line long enough to say something: 12 Han characters or six words.

    >>> is_prose("评论"), is_prose("We describe a way to align texts.")
    (False, True)
    """
    return len(text.split(None, 6)) >= 6 or count_han(text[:400]) >= 12
