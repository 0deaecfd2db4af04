"""Which column of a table is which part of a termbase entry, by the names that people give them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from .termbase_csv import COLUMNS

# Names that say the part, and weaker ones that give way to them: source and target name no language.
_NAMES = {
    "en": """en eng english en-us en-gb en_us en_gb english-term english-terms english-name source-term-en preferred-en
        英 英文 英语 英語 英文术语 英文術語 英文名 英文名称 英文全称 英文词 英文单词 英文词汇 英文原文 英语术语""",
    "zh": """zh zho chi cn chinese mandarin zh-cn zh_cn zh-hans zh_hans zh-sg simplified-chinese chinese-simplified
        chinese(simplified) chinese-(simplified)
        chinese-term chinese-terms chinese-name chinese-translation 中 中文 汉语 漢語 简体 简体中文 中文术语 中文翻译
        中文译名 中文名 中文名称 中文译文 中文词汇 中文释义 汉译 中译 中文(简体)""",
    "admitted": """admitted allowed acceptable accepted alternative alternatives alternative-translations
        admitted-translations other-translations synonym synonyms variant variants 允许 允许译法 可用 备选 备选译名
        备选译法 其他译法 其它译法 其他译名 其他翻译 别名 别称 又称 同义词 近义词 变体 异译""",
    "taiwan": """taiwan tw zh-tw zh_tw zh-hk zh_hk zh-hant zh_hant traditional-chinese chinese-traditional 台湾 台灣
        臺灣 台湾译名 台灣譯名 港台 繁体 繁體 繁体中文 繁體中文 中文(繁体) 中文(台湾)""",
    "forbidden": """forbidden deprecated prohibited banned wrong incorrect do-not-use not-recommended avoid 禁用
        禁用词 禁用译法 禁用译名 禁止 错误 错误译法 错误翻译 错译 误译 不推荐 不用 勿用""",
    "domain": """domain domains subject subject-field field area category topic 领域 领域分类 学科 主题 分类 类别
        专业""",
    "also": """also abbreviation abbreviations abbr abbrev abbr. acronym acronyms short short-form short-name aka
        other-forms english-variants 缩写 英文缩写 常用缩写 缩略语 缩略词 简称 英文简称""",
    "pos": "pos part-of-speech partofspeech word-class wordclass grammar 词性 词类",
    "flags": "flags flag options 标记 选项",
    "note": "note notes comment comments remark remarks 备注 附注 注释 说明 备注说明",
}
_WEAK = {
    "en": "source source-term src term terms original word phrase name key 原文 术语 词条 词语 术语原文 源语 源语言",
    "zh": "target target-term tgt translation translations translated preferred preferred-translation value 译文 译名 "
    "翻译 译法 推荐译法 推荐译名 推荐翻译 目标语 目标语言 对应中文 参考翻译 参考译名 标准译名",
}
_STRONG_ROLES = {name: column for column, names in _NAMES.items() for name in names.split()}
_WEAK_ROLES = {name: column for column, names in _WEAK.items() for name in names.split()}
_MARKS = str.maketrans("（）：＿－", "():_-")


class Header(NamedTuple):
    """The number of the column that holds each part, whether both sides' names say their language, and the rest."""

    parts: dict[str, int]
    says_language: bool
    unused: tuple[str, ...]
    own: bool  # all of it in our own names: a cell then has no other separators than ours


def header_parts(cells: Sequence[str]) -> Header | None:
    """What the columns of a header are, None where it does not name an English and a Chinese one.

    Of two columns for one part the first counts, a name that says its language before one that does not.

    >>> header_parts(["No.", "English term", "中文译名"]).parts
    {'en': 1, 'zh': 2}
    """
    parts: dict[str, int] = {}
    names = [_plain(cell) for cell in cells]
    strong = [_role(name, _STRONG_ROLES) for name in names]
    for number, part in enumerate(strong):
        if part:
            parts.setdefault(part, number)
    says_language = {"en", "zh"} <= set(parts)
    for number, name in enumerate(names):
        if not strong[number] and (part := _role(name, _WEAK_ROLES)):
            parts.setdefault(part, number)
    if not {"en", "zh"} <= set(parts):
        return None
    unused = tuple(" ".join(cell.split()) for k, cell in enumerate(cells) if cell.strip() and k not in parts.values())
    own = all(name in COLUMNS for name in names)
    return Header({part: parts[part] for part in COLUMNS if part in parts}, says_language, unused, own)


def _plain(cell: str) -> str:
    """A name in small letters without marks of emphasis, its words joined by hyphens."""
    bare = cell[:200].strip(" \t\n\r*`_\ufeff").translate(_MARKS).casefold()
    return "-".join(bare.split())


def _role(name: str, roles: dict[str, str]) -> str:
    """The part that a name stands for: as a whole, or all its pieces alike (英文(English), en/english); "" for none."""
    if name in roles:
        return roles[name]
    pieces = [piece for piece in re.split(r"[()\[\]/&,:-]+", name) if piece]
    found = {roles.get(piece, "") for piece in pieces}
    return found.pop() if len(found) == 1 and len(pieces) > 1 else ""
