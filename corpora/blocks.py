"""A document as the lines that readers of pages work on: paragraphs, headings, buttons, each knowing its place."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from . import marks
from .lines import Button, Line, trimmed
from .model import Document
from .page import Link
from .roles import label_of
from .script import HAN, language

_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)|(#{1,6})(?=[^#\s!])")
_BOLD = re.compile(r"(?:\*\*|__)(?=\S)(?P<inner>[^*_\n]{2,300})(?:\*\*|__)[ \t]*$")
_RULE = re.compile(r"(?:[-*_=—─]\s?){3,100}$")
_IN = r"(?:[^()\n!]|!(?!\[))"  # what an address may hold beside parentheses; formulas nest those
IMAGE = re.compile(
    rf"!\[[^\]\n]{{0,200}}\]\((?:{_IN}|\((?:{_IN}|\((?:{_IN}|\({_IN}*+\))*+\))*+\))*+\)"
    r"|!\[[^\]\n]{0,200}\]\((?:[^\n!]|!(?!\[)){0,2000}?\)(?=\s|$|[，。,.;；）)])"
    r"|!\[[^\]\n]{0,200}\]\((?:[^)\n!]|!(?!\[)){0,2000}+\)"
)
_BUTTONS = re.compile(
    r"(?:[ \t\u00a0]+(?:[\[【(（]\s?)?(?:pdf|abs|arxiv|html|code|github|project(?: page)?|link|paper|url|bib|"
    r"摘要|返回目录|返回|目录|原文|链接|论文|代码|查看|下载|全文|详情|更多|"
    r"other|related|☆ 收藏|🔗 分享)(?:\s?[\]】)）])?){1,6}$",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"(?:[\[【(（]?(?:pdf|abs|arxiv|html|code|github|project|page|link|links|paper|url|bib|other|摘要|原文|链接|论文|代码|查看|下载|全文|"
    r"详情|更多|收藏|分享|点赞|\d{1,6}|条?评论|阅读)[\]】)）]?[\s|｜·•/、,，]*){1,12}$",
    re.IGNORECASE,
)
_BUTTON = re.compile(r"[^ \t\u00a0]+(?: page)?")
_WIDTHS = range(40, 131)  # columns at which people wrap text by hand; a Chinese character takes two
_WRAPPED = 0.4  # share of the long lines of a page that end near the same column, where it is wrapped there
_ENDS = '.。!！?？;；:：…”"」'
_NEAR = 14  # how far from that column a line may end, for want of a fitting word
_WIDE = re.compile("[\u2e80-\uff60\U00020000-\U000323af“”‘’…—]")  # the last ones in Chinese only
_WORD = re.compile(r"[^\s\u2e80-\uffef]{1,40}|\S")


def blocks_of(document: Document) -> list[Line]:
    """The paragraphs of a document in order: its lines, wrapped ones joined (their text then holds "\\n").

    Buttons that follow a title on its line ("[PDF]", "返回目录") are blocks of their own where the page has links.

    >>> [block.text for block in blocks_of(Document("a", "", "utf-8", "# One\\n\\n  Two"))]
    ['# One', 'Two']
    """
    lines: list[Line] = []
    apart: list[bool] = []  # whether a blank line stands before
    start, blank = 0, True
    for raw in document.text.split("\n"):
        line = trimmed(raw, start)
        if line.text:
            lines.append(line)
            apart.append(blank)
        blank = not line.text
        start += len(raw) + 1
    blocks = _joined(document.text, lines, apart)
    if document.layout.page or document.layout.links:
        blocks = [piece for block in blocks for piece in _without_buttons(block)]
    return blocks


def heading(line: Line) -> tuple[int, Line]:
    """The level of a heading, 1 to 6, 7 for a line in bold, 0 for none, and the line without its signs.

    >>> heading(Line(0, 6, "## One"))
    (2, Line(start=3, end=6, text='One'))
    """
    match = _HEADING.match(line.text)
    if match:
        rest = line.part(match.end())
        return len(match[1] or match[2]), _unmarked(rest)
    match = _BOLD.match(line.text)
    if match:
        return 7, line.part(*match.span("inner"))
    return 0, line


def _unmarked(line: Line) -> Line:
    """A heading without the signs that close it or set it in bold."""
    text = line.text.rstrip("# \t") if line.text.endswith("#") else line.text
    bold = len(text) > 4 and text.startswith(("**", "__")) and text.endswith(("**", "__"))
    return line.part(2, len(text) - 2) if bold else line.part(0, len(text))


def is_rule(text: str) -> bool:
    """A line that is drawn across the page."""
    return bool(_RULE.match(text))


def without_images(text: str) -> str:
    """The text without its images.

    >>> without_images("其中\\n![](http://a.b/x) 是")
    '其中\\n 是'
    """
    return IMAGE.sub("", text) if "![" in text else text


def is_button_row(text: str) -> bool:
    """Whether a line holds nothing but words that lead elsewhere: "arXiv | PDF | 收藏".

    >>> is_button_row("arXiv | PDF | 收藏"), is_button_row("Anna Berg")
    (True, False)
    """
    return len(text) <= 100 and _ROW.match(text) is not None


def links_within(document: Document, line: Line) -> Sequence[Link]:
    """The links of a page whose words stand in this line, in order."""
    links = document.layout.links
    if not links:
        return ()
    first = bisect_left(links, (line.start,))
    last = bisect_left(links, (line.end,), first)
    return [link for link in links[first:last] if link.end <= line.end]


def _without_buttons(line: Line) -> list[Line]:
    """The line, and each button at its end."""
    tail = max(0, len(line.text) - 120)
    match = _BUTTONS.search(line.text, tail)
    if match is None or not line.text[: match.start()].strip("#*_> \t"):
        return [line]
    at = line.start + match.start()
    buttons = [Button(at + each.start(), at + each.end(), each[0]) for each in _BUTTON.finditer(match[0])]
    return [line.part(0, match.start()), *buttons]


def _joined(text: str, lines: list[Line], apart: list[bool]) -> list[Line]:
    """The lines, those that go on in the next one joined with it."""
    width = _wrap_width(lines)
    blocks: list[Line] = []
    previous: Line | None = None
    for line, blank in zip(lines, apart, strict=True):
        if previous is not None and not blank and _goes_on(previous, line, width):
            begin = blocks.pop().start
            blocks.append(Line(begin, line.end, text[begin : line.end]))
        else:
            blocks.append(line)
        previous = line
    return blocks


def _goes_on(line: Line, after: Line, width: int) -> bool:
    if _stands_alone(line.text) or _stands_alone(after.text):
        return False
    if IMAGE.match(line.text) or IMAGE.match(after.text):
        # A formula set as an image is a word of the paragraph that it stands in.
        return True
    if not width or (language(line.text), language(after.text)) in (("en", "zh"), ("zh", "en")):
        return False
    word = _WORD.match(after.text)
    full = columns(line.text) + 1 + columns(word[0] if word else "") > width
    return full and columns(line.text) <= width + 2 and not marks.bullet(after.text)


def _stands_alone(text: str) -> bool:
    """A line that neither goes on nor is gone on with: heading, label that fills its line, link, rule, table row."""
    if text[0] in "#|" or is_rule(text) or marks.link_line(text):
        return True
    label = label_of(text)
    return label is not None and label.begin == len(text)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The column at which the page is wrapped by hand, 0 where it is not."""
    long = [(columns(line.text), line.text[-1] in _ENDS) for line in lines if len(line.text) > 20]
    fitting = [width for width, _ in long if width in _WIDTHS]
    # A long line or two (a link) must not hide that all others are wrapped; short ones end their paragraphs.
    if len(fitting) < 3 or sum(width > _WIDTHS[-1] for width, _ in long) > 0.1 * len(long):
        return 0
    width = max(fitting)
    near = [ended for its, ended in long if width - _NEAR <= its <= width]
    return width if len(near) >= max(3, _WRAPPED * len(long)) and 2 * sum(near) <= len(near) else 0


def columns(text: str) -> int:
    """Columns that the text takes in a fixed-width font; past those that anyone wraps at, its characters."""
    if len(text) > _WIDTHS.stop:
        return len(text)
    return len(text) + len(_WIDE.findall(text)) if not text.isascii() and HAN.search(text) else len(text)
