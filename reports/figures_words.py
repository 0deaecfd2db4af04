"""What the charts of the report say, in English and in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from ..metrics.messages import Language

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "and": ("; ", "；"),
        "colon": (": ", "："),
        "sentence": (" ", ""),
        "numbers": ("The numbers", "数字"),
        "pairs": ("Pairs", "句对"),
        "count": ("{n} pairs", "{n} 对"),
        "count.one": ("{n} pair", "{n} 对"),
        "most": ("{x} or more", "{x} 及以上"),
        "least": ("below {x}", "{x} 以下"),
        "range": ("{a} to {b}", "{a} 至 {b}"),
        "error": ("{n} errors", "错误 {n}"),
        "error.one": ("{n} error", "错误 {n}"),
        "warning": ("{n} warnings", "警告 {n}"),
        "warning.one": ("{n} warning", "警告 {n}"),
        "note": ("{n} notes", "提示 {n}"),
        "note.one": ("{n} note", "提示 {n}"),
        "key.error": ("errors", "错误"),
        "key.warning": ("warnings", "警告"),
        "key.note": ("notes", "提示"),
        # Scores
        "scores": ("Scores with 95 % intervals", "评分与 95% 置信区间"),
        "scores.interval": ("{value} ({low} to {high})", "{value}（{low} 至 {high}）"),
        "scores.against": ("{hypothesis} against {reference}", "{hypothesis} 对照 {reference}"),
        "scores.lower": ("lower is better", "越低越好"),
        "scores.what": (
            "The dot is the score, 0 to 100; the bar is its 95 % interval, where it could as well lie with other "
            "sentences of the same kind. A score tells how near two texts are, not whether either is right.",
            "圆点是评分（0 至 100），横条是 95% 置信区间：换一批同类句子，评分也可能落在其中任何一处。"
            "评分只说明两份译文有多接近，不说明哪一份正确。",
        ),
        "scores.reference": ("All against {reference}.", "全部对照 {reference}。"),
        "scores.without": (
            "A hollow dot has no interval: there are too few segments.",
            "空心圆点没有区间：句段太少。",
        ),
        "scores.beyond": ("What lies outside 0 to 100 is drawn at the edge.", "超出 0 至 100 的画在边缘。"),
        "scores.more": ("{n} more scores are not drawn.", "另有 {n} 项评分没有画出。"),
        "scores.more.one": ("{n} more score is not drawn.", "另有 {n} 项评分没有画出。"),
        # Findings
        "rules": ("Findings by rule", "各规则的问题数"),
        "rules.what": (
            "Each bar is split by severity: {keys}. A long bar may be one mistake made again and again; and a rule "
            "sees only what it looks for.",
            "横条按严重程度分段：{keys}。横条长，可能只是同一个错误反复出现；规则也只能看到自己要查的内容。",
        ),
        "rules.others": ("{n} other rules", "其余 {n} 条规则"),
        "rules.others.one": ("{n} other rule", "其余 {n} 条规则"),
        "documents": ("Findings by document", "各文档的问题数"),
        "documents.what": (
            "The worst first, by errors, then warnings; each bar is split by severity: {keys}. A long document has "
            "more of everything: a long bar does not make it the worse translation.",
            "先按错误数、再按警告数排列；横条按严重程度分段：{keys}。文档越长，问题自然越多：横条长不等于译得差。",
        ),
        "documents.others": (
            "{n} other documents with {m} findings are not drawn.",
            "另有 {n} 个文档共 {m} 个问题，没有画出。",
        ),
        "documents.others.one": (
            "{n} other document (findings: {m}) is not drawn.",
            "另有 {n} 个文档共 {m} 个问题，没有画出。",
        ),
        "documents.clean": ("{n} documents have no finding.", "{n} 个文档没有发现问题。"),
        "documents.clean.one": ("{n} document has no finding.", "{n} 个文档没有发现问题。"),
        # Lengths
        "ratio": ("How long the Chinese is", "中文的相对长度"),
        "ratio.bins": ("Characters a word", "每词字数"),
        "ratio.middle": ("median {x}", "中位数 {x}"),
        "ratio.what": (
            "Chinese characters for each English word, in {pairs}. The median is {middle}; the shaded middle holds "
            "95 % of the pairs, {low} to {high}. From one mark to the next the ratio doubles.",
            "{pairs}中每个英文单词对应的汉字数。中位数是 {middle}；阴影部分是中间的 95%，即 {low} 至 {high}。"
            "相邻刻度相差一倍。",
        ),
        "ratio.far": (
            "Less than half the median: {below}; more than twice: {above}. Omissions and additions sit among those; "
            "a usual length proves nothing.",
            "不到中位数一半的有 {below}，超过两倍的有 {above}：遗漏和增添多在其中；长度正常并不能证明没有问题。",
        ),
        # Likeness
        "likeness": ("How alike the two sides are", "两侧的相似程度"),
        "likeness.bins": ("Likeness", "相似度"),
        "likeness.what": (
            "How alike the two sides of {pairs} are, 0 to 1, as the aligner saw them. It is no measure of quality; "
            "look at the low ones first.",
            "对齐程序所见的 {pairs}两侧的相似度，0 至 1。它不衡量译文质量；请先看低的。",
        ),
        # Confidence
        "probability": ("How sure the alignment is", "对齐的把握"),
        "probability.bins": ("Probability", "概率"),
        "probability.what": (
            "How likely it is that the two sides are each other's whole counterpart, in {pairs}. Below 0.5: "
            "{low}. It is about the pairing, not the translation.",
            "{pairs}的两侧恰好互为完整译文的概率。低于 0.5 的有 {low}。这说的是对齐，不是译文的好坏。",
        ),
        "probability.given": (
            "Not drawn are {pairs} of probability 1: the layout gave them, or nothing speaks against them.",
            "概率为 1 的 {pairs}没有画出：它们由版面直接给出，或者没有任何疑点。",
        ),
        "logarithmic": (
            "From line to line the count is ten times as high, so that the few low ones show.",
            "相邻两条横线相差十倍，这样少数低的也看得见。",
        ),
        # Types
        "beads": ("How sentences were paired", "句子的配对方式"),
        "beads.row": ("{n} ({share} %)", "{n}（{share}%）"),
        "beads.small": ("{n} (under 0.1 %)", "{n}（不到 0.1%）"),
        "beads.others": ("other types", "其他类型"),
        "beads.what": (
            "English sentences - Chinese sentences, in {pairs}: 1-2 is one English sentence with two Chinese ones.",
            "英文句数-中文句数，共 {pairs}：1-2 是一句英文对两句中文。",
        ),
        "beads.lone": (
            "Without a counterpart: {lone}. Each is an omission, an addition, or a slip of the alignment.",
            "没有对应句的有 {lone}：可能是遗漏、增添，也可能是对齐有误。",
        ),
        # Adequacy
        "adequacy": ("How complete the pairs look", "句对看上去是否完整"),
        "adequacy.bins": ("Completeness", "完整度"),
        "adequacy.limit": ("← stands out", "← 异常"),
        "adequacy.what": (
            "An estimate for {pairs} from lengths and from words without a counterpart, beside what is usual in these "
            "texts: 1 is usual, below 0.5 stands out ({low}); look there for what is missing or added.",
            "根据长度和没有对应的词，与这些文本的一般情况相比，对 {pairs}作出的估计：1 为正常，低于 0.5 为异常"
            "（{low}）；请在其中查找遗漏和增添。",
        ),
        "adequacy.blind": (
            "It does not see wrong terms, names or numbers, nor most short omissions, least of all in free "
            "translations; it is no score of the translation.",
            "它看不出术语、名称和数字的错误，也看不出大多数短小的遗漏，在意译中尤其如此；它不是译文的评分。",
        ),
        "adequacy.without": (
            "Not estimated: {pairs}, of which a side is empty, not translated, or too long.",
            "没有估计的有 {pairs}：一侧为空、没有翻译，或者过长。",
        ),
    }
)


def words(key: str, lang: Language, **fields: object) -> str:
    """The words for a key, its fields filled in. Raises KeyError for a key that is not known.

    >>> words("error.one", "en", n=1), words("error", "zh", n="1,234")
    ('1 error', '错误 1,234')
    """
    return _WORDS[key][lang == "zh"].format(**fields)


def numbered(key: str, number: int, lang: Language, **fields: object) -> str:
    """The words for a number of things, in the singular for one.

    >>> numbered("count", 1, "en"), numbered("count", 1200, "en")
    ('1 pair', '1,200 pairs')
    """
    return words(f"{key}.one" if number == 1 else key, lang, n=f"{number:,}", **fields)
