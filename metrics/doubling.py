"""Doubled characters and words: which are slips, and which the language wants.

A doubled character is a slip only if one of its two copies can not be explained, as a part of a dictionary word or as
one of the characters that stand alone: in 对对手有利 both can (对 | 对手), in 面向视觉表表示学习 the first 表 can not.
"""

import re
from collections import Counter
from collections.abc import Iterator

from ..align.lexicon import load_lexicon, stems_of
from ..align.words import count_zh
from .findings import Draft
from .messages import say


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HAN_TWICE = re.compile(r"([\u3400-\u9fff])\1")
_WORD_TWICE = re.compile(r"(?=([\u3400-\u9fff]{2,5})\1)")
_MARK_TWICE = re.compile(r"(?<![，、；：;])([，、；：]|(?<=[\u3400-\u9fff]);(?=;[\u3400-\u9fff]))\1(?![，、；：;])")
_LATIN_TWICE = re.compile(r"(?<![A-Za-z0-9_'’.\-/])([a-z]{2,})[ \t\n]+\1(?![A-Za-z0-9_'’\-/])")

# Characters that often are a word by themselves, before or after another word.
_ALONE = frozenset(
    "对在为将把被从与和或用以由使让给向到多各每该其本此新大小高低是有无不可能会要应需及而且但则即只才都也还又就很较最更"
    "已未曾再先后前中内外上下里间时当所之的了着过地得并因于至比如若按据经通跟同像叫令总主副子超微元跨双单非反全半真假"
    "旧老远近长短快慢好坏早晚轻重深浅做作去来出入回看问答说想写读听取求解设称属占达接随成变移流弹吹"
)
# Characters that end words the dictionary does not know (可懂|度, 类型|学).
_ENDINGS = frozenset("性化率者学型式度量集级层图值点线体库网数力机语员家国区法物人")
# Measure words: they stand alone after a numeral.
_MEASURES = frozenset("个年月日天次种类位名件层级步维阶项组台辆章节段页行列句条帧倍元点分秒时轮批套对份")
_NUMERALS = frozenset("一二三四五六七八九十百千万亿两几各每多数半双0123456789０１２３４５６７８９")
# Foreign names are spelt with these; their doubling is the name's.
_SPELLING = frozenset(
    "雷布莎维拉娜丽卡杜鲁伊迪米蒂尼斯尔里罗阿巴贝波达菲弗格哈吉加基科兰劳勒莱林洛马玛曼莫穆纳诺帕佩皮普奇乔萨塞桑"
    "索塔泰汤托瓦威沃夏谢亚扬耶詹朱梅嘀"
)
# Their doubled forms are words to jieba, but in prose nearly each one is a slip, or two words.
_NO_WORD = frozenset("学组本调数文县见出转框指补管换强场东师")
_TWICE = _words("老老 速速 当当 急急 忿忿 滴滴")  # and these are words, though jieba hardly counts them
_RARE = 25  # jieba counts of doubled forms below this come from names and noise: 表表 has 3, 两两 30
# Words of the field that jieba 0.42.1 lacks and that may follow their own first character.
_FIELD = _words("级联 术前 术中 术后 图块 量化 集合 年中 年底 年初 数集 词元 边缘 词典 光流 义位")

# Verbs and adverbs that may be repeated: 研究研究, 非常非常.
_REPEATED = _words(
    "研究 讨论 考虑 学习 了解 分析 比较 检查 商量 打听 休息 介绍 锻炼 练习 参观 收拾 整理 调整 试验 体验 关心 交流 "
    "非常 特别 永远 十分 真的 很多 许多 好多 无数 不断 极其 很久 "
    "走动 歇息 辨别 如此 活动 打扮 溜达 商议 琢磨 照顾 教训 准备 打算 热闹 高兴 痛快 暖和 凉快 舒服 安静"
)
# After a word these make a new one: 智能|智能体, 模型|模型化, 数据|数据库.
_MAKES_WORD = frozenset("体化性器者式型率度学库集值图机员家间法论力量层级类网词语对")

# English words that a text repeats on purpose or by grammar; "no no", "many many".
_REPEATED_EN = _words("that had very so log ha blah bye no much more many again really long far wow https")


def check_doubled(zh: str, en: str = "") -> Iterator[Draft]:
    """Findings F001: a character or word of the Chinese text that stands there twice by mistake.

    Words in Latin letters count too; two commas side by side are a note, for a name may be missing between them. Where
    the English `en` has the word twice too, both copies have a source: then only their order is wrong.
    Method: this module's docstring.

    >>> [draft.found for draft in check_doubled("训练纠正器器，对对手有利。")]
    ['器器']
    """
    for match in _HAN_TWICE.finditer(zh):
        if _is_slip(zh, match.start()):
            yield _draft(match.span(), match[0], match[1], zh=True, confidence=0.8)
    end = 0
    for match in _WORD_TWICE.finditer(zh):
        begin, word = match.start(), match[1]
        if begin >= end and _is_word_slip(zh, begin, word) and not _said_twice(word, en):
            end = begin + 2 * len(word)
            yield _draft((begin, end), zh[begin:end], word, zh=True, confidence=0.7)
    for span, word in _latin(zh):
        yield _draft(span, f"{word} {word}", word, zh=True, confidence=0.8)
    for match in _MARK_TWICE.finditer(zh):
        message = say("F001.mark", found=match[0], wanted=match[1])
        yield Draft("F001", "note", 0.7, None, match.span(), match[1], match[0], message)


def _said_twice(zh: str, en: str) -> bool:
    """Whether some English word that the Chinese word may render stands twice in the English.

    >>> _said_twice("系统", "our system beats the baseline systems"), _said_twice("系统", "our system wins")
    (True, False)
    """
    counts = Counter(stems_of(en)) if en else {}
    return any(counts.get(sense, 0) > 1 for sense in load_lexicon().senses(zh))


def check_doubled_en(en: str) -> Iterator[Draft]:
    """Findings F001: a word of the English source that stands there twice by mistake.

    >>> [draft.found for draft in check_doubled_en("It is the the one that that man had had.")]
    ['the the']
    """
    for span, word in _latin(en):
        yield _draft(span, f"{word} {word}", word, zh=False, confidence=0.8)


def _draft(span: tuple[int, int], found: str, expected: str, *, zh: bool, confidence: float) -> Draft:
    return Draft(
        "F001",
        "warning" if zh else "note",
        confidence,
        None if zh else span,
        span if zh else None,
        expected,
        found,
        say("F001.twice", found=found, wanted=expected),
    )


def _latin(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for match in _LATIN_TWICE.finditer(text):
        if match[1] not in _REPEATED_EN:
            yield match.span(), match[1]


def _is_slip(text: str, i: int) -> bool:
    """Whether the character at i, which stands at i + 1 again, stands there once too often."""
    c = text[i]
    if text[max(0, i - 1) : i] == c or text[i + 2 : i + 3] == c:
        return False  # 哈哈哈: three and more are no slip of the finger
    if c in _SPELLING or c in _NUMERALS or "·" in text[max(0, i - 6) : i + 8]:
        return False
    if c + c in _TWICE or (c not in _NO_WORD and count_zh(c + c) >= _RARE):
        return False
    if any(count_zh(text[a:b]) for a in range(max(0, i - 2), i + 1) for b in (i + 2, i + 3, i + 4) if b - a > 2):
        return False  # a longer word holds both: 形形色色, 实实在在
    if (i > 1 and text[i - 1] == text[i - 2]) or (text[i + 2 : i + 3] and text[i + 2] == text[i + 3 : i + 4]):
        return False  # AABB: 浑浑噩噩
    before = _ends_word(text, i)
    after = _begins_word(text, i + 1)
    alone = c in _ALONE
    measure = c in _MEASURES and i > 0 and text[i - 1] in _NUMERALS
    ending = c in _ENDINGS and i > 0 and text[i - 1].isalnum()
    if not before and not after:  # 懒懒地, 啪啪响: only where a character of grammar or a suffix is doubled
        return alone or c in _ENDINGS or c in _MAKES_WORD
    if before:
        return not (after or alone)
    return not (alone or measure or ending)


def _ends_word(text: str, i: int) -> bool:
    """Whether a word of the dictionary ends with the character at i."""
    return any(count_zh(text[a : i + 1]) or text[a : i + 1] in _FIELD for a in range(max(0, i - 4), i))


def _begins_word(text: str, i: int) -> bool:
    """Whether a word of the dictionary begins with the character at i."""
    return any(count_zh(text[i:b]) or text[i:b] in _FIELD for b in range(i + 2, i + 6))


def _is_word_slip(text: str, i: int, word: str) -> bool:
    """Whether the word at i, which follows itself at once, stands there once too often."""
    n = len(word)
    if not count_zh(word) or count_zh(word + word) or word in _REPEATED:
        return False
    if len(set(word)) == 1 or word[0] in "一每很好越" or "·" in text[max(0, i - 6) : i]:
        return False  # 一步一步, 很多很多, and names in the foreign manner
    following = text[i + 2 * n : i + 2 * n + 1]
    if following and (following in _MAKES_WORD or following == "地" or _longer(text, i + n, n)):
        return False  # 智能|智能体, 克郎克郎地
    return not any(
        count_zh(text[a : i + n]) for a in range(max(0, i - 3), i)
    )  # 对抗性|抗性: the first belongs leftwards


def _longer(text: str, i: int, n: int) -> bool:
    """Whether the dictionary has a word at i of more than n characters, or one that starts inside and goes beyond."""
    ends = range(i + n + 1, min(i + n + 4, len(text) + 1))
    return any(count_zh(text[a:b]) for a in range(i, i + n) for b in ends)
