"""Texts to streams of numbered words, which n-grams are counted in: eight bytes a word are all that is kept."""

import re
from array import array
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ..align.words import words_zh
from .folding import fold_word
from .traditional import is_traditional, simplified

# Words; and addresses and commands of LaTeX, which are none.
_EN = re.compile(r"(https?://[^\s\u4e00-\u9fff]++|\\[A-Za-z]++)|[A-Za-z0-9][A-Za-z0-9+'’-]*+")
_GAP_EN = re.compile(r"[ \t\n\u00a0]{1,4}")
_GAP_HAN = re.compile(r"(?<=[\u4e00-\u9fff])[ \t\n\u00a0\u3000]{1,4}(?=[\u4e00-\u9fff])")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST_WORD = 40
_LINKS = frozenset("的之")  # 知识的蒸馏 is counted as 知识蒸馏

# Words that neither begin nor end a term.
_STOP_EN = frozenset(
    """
    a an the of in on to for and or with by from we our us this that is are be been being am as it its which can at
    than more most not but also these those their them they into between over under via per has have had having was
    were using used use uses show shows shown such each other another new novel an only however moreover further
    furthermore finally thus therefore hence both while he she his him her i you your my me do does did done doing if
    then when where how what why who whom whose will would should could may might must cannot there here about across
    against among along toward towards upon onto without within through throughout during before after above below up
    down out off again once all any some no nor so too very same own just one two three four five six seven eight
    nine ten first second third many much several few less least every either neither none yet still even already
    often usually typically especially particularly namely respectively including include includes included like
    unlike due since because although though whereas despite et al etc eg ie e.g i.e vs versus well better best good
    great able unable various different certain particular common similar previous prior existing recent recently
    current currently proposed propose proposes present presents presented introduce introduces introduced provide
    provides provided achieve achieves achieved demonstrate demonstrates demonstrated improve improves improved
    address addresses addressed based make makes made making take takes taken give gives given get gets let lets
    allow allows enable enables help helps need needs want try tries find finds found seen see know known called
    become becomes became remain remains lead leads require requires required consider considers considered contain
    contains perform performs performed obtain obtained significantly significant respectively extensive extensively
    effectively efficiently successfully directly easily simply highly widely largely mainly mostly fully jointly
    simultaneously automatically furthermore additionally specifically generally commonly overall additional
    """.split()
)
# Those of them that a term may have inside: bag of words, text to speech.
_INSIDE_EN = frozenset("of in to on for with by from and the out".split())
_STOP_ZH = frozenset(
    """
    了 和 与 在 是 对 为 中 上 下 并 及 或 等 将 通过 以 能 该 其 这 那 一 一个 一种 一些 本文 论文 我们 他们 它们 它
    他 她 提出 使用 利用 基于 进行 以及 实现 具有 从 到 由 于 被 把 而 但 也 都 还 更 有 每 每个 某 种 个 项 些
    作者 同时 此外 然而 因此 从而 如 若 当 时 后 前 间 内 外 所 用 来 使 让 给 向 等等 之间 多种 多个 几个 两个 三个
    现有 表明 显示 展示 引入 采用 包括 例如 针对 方面 情况 尤其 特别 相关 不同 能够 可以 需要 仅 即 则 且 均 较 达 达到
    提供 仍 存在 缺乏 相比 达成 面临 导致 这些 那些 这个 那个 这种 此 他 很 非常 已 已经 可 会 要 就 却 只 又 再 着 过
    地 得 们 之 的 它的 它们的 我们的 他们的 因为 由于 所以 虽然 但是 如果 那么 如何 什么 哪些 其中 其他 其它 作为 根据
    关于 对于 按照 以下 以上 之前 之后 以前 以后 目前 当前 最近 近年来 往往 通常 可能 应该 必须 一直 一样 这样 那样 许多
    很多 大多数 更多 更 最 太 是否 不仅 而且 并且 或者 还是 无论 不管 甚至 尽管 除了 直到 自己 自身 各种 各个 各 几 两
    第一 第二 第三 首先 其次 最后 另外 另一个 没有 不是 就是 只有 只是 称为 称之为 比 像 跟 同 至 及其 与其 进一步 令
    """.split()
)
_LOOSE_ZH = frozenset("不 无 非 可 多 最 未 新 好 大 小 高 低".split())  # no term by themselves, but they begin some

Flags = npt.NDArray[np.bool_]
BREAK = 0  # the number of what no n-gram crosses


@dataclass(slots=True)
class Vocabulary:
    """Words and their numbers, from 1 up in order of first sight, and which may begin, join and end a term."""

    numbers: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=lambda: [""])
    begins: list[bool] = field(default_factory=lambda: [False])
    joins: list[bool] = field(default_factory=lambda: [False])
    ends: list[bool] = field(default_factory=lambda: [False])

    def number(self, word: str, *, begins: bool, joins: bool, ends: bool) -> int:
        """The number of a word; what it may do, which the word alone has to tell, is kept when it is first seen."""
        known = self.numbers.get(word)
        if known is None:
            known = self.numbers[word] = len(self.words)
            self.words.append(word)
            self.begins.append(begins)
            self.joins.append(joins)
            self.ends.append(ends)
        return known

    def flags(self) -> tuple[Flags, Flags, Flags]:
        """For each number whether the word may begin, join and end a term."""
        return np.asarray(self.begins, bool), np.asarray(self.joins, bool), np.asarray(self.ends, bool)


class Stream:
    """The words of many documents one after another: `surface` as written, `folded` as the last word of a term.

    Between sentences stands BREAK. `documents[k]` is where document k begins.
    """

    def __init__(self, joiner: str) -> None:
        """An empty stream; `joiner` stands between the words of a term: a blank, or nothing in Chinese."""
        self.joiner = joiner
        self.vocabulary = Vocabulary()
        self.surface, self.folded, self.documents = array("i"), array("i"), array("q")

    def begin(self) -> None:
        """Begin a document."""
        self.end_sentence()
        self.documents.append(len(self.surface))

    def add(self, surface: int, folded: int) -> None:
        """Add a word."""
        self.surface.append(surface)
        self.folded.append(folded)

    def end_sentence(self) -> None:
        """Nothing joins what stands on the two sides of this."""
        if self.surface and self.surface[-1] != BREAK:
            self.add(BREAK, BREAK)

    def arrays(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Surface numbers, folded numbers and the document of each word."""
        surface = np.frombuffer(self.surface, dtype=np.int32) if self.surface else np.zeros(0, dtype=np.int32)
        folded = np.frombuffer(self.folded, dtype=np.int32) if self.folded else np.zeros(0, dtype=np.int32)
        starts = np.frombuffer(self.documents, dtype=np.int64) if self.documents else np.zeros(0, dtype=np.int64)
        counts = np.diff(np.append(starts, len(surface)))
        return surface, folded, np.repeat(np.arange(len(starts), dtype=np.int32), counts)


def add_english(stream: Stream, text: str) -> None:
    """Put the words of a text into a stream, in lower case; a term's last word is counted in its singular.

    Only blanks join two words. What holds no letter breaks.
    """
    at = -1
    for match in _EN.finditer(text):
        if at >= 0 and not (0 < match.start() - at <= 4 and _GAP_EN.fullmatch(text, at, match.start())):
            stream.end_sentence()
        at = match.end()
        word = match[0].lower().replace("’", "'").rstrip("'-").removesuffix("'s")
        if match[1] or len(word) > _LONGEST_WORD or not any("a" <= c <= "z" for c in word):
            stream.end_sentence()
            continue
        stream.add(_number_en(stream.vocabulary, word), _number_en(stream.vocabulary, fold_word(word)))
    stream.end_sentence()


def _number_en(vocabulary: Vocabulary, word: str) -> int:
    stop = word in _STOP_EN
    content = not stop and len(word) > 1
    return vocabulary.number(word, begins=content, joins=not stop or word in _INSIDE_EN, ends=content)


def add_chinese(stream: Stream, text: str) -> None:
    """Put the words of a text into a stream: simplified, without the blanks and 的, 之 between two of them."""
    if is_traditional(text):
        text = simplified(text)
    numbers = stream.vocabulary.number
    for run in _HAN.findall(_GAP_HAN.sub("", text)):
        for begin, end in words_zh(run):
            word = run[begin:end]
            if word in _LINKS:
                continue
            if word in _STOP_ZH:
                stream.end_sentence()
                continue
            known = numbers(word, begins=True, joins=True, ends=word not in _LOOSE_ZH)
            stream.add(known, known)
        stream.end_sentence()
