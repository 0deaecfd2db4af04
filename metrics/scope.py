"""Q004 and Q001, counted sets: "across four benchmarks" that became 基准, and 八个任务 that nobody counted."""

import re
from itertools import islice

from .findings import Draft
from .messages import say
from .quantity import Quantity, fold
from .word_patterns import any_of

# Nouns that papers count, with what Chinese calls them: the count is lost only if the noun is not.
_NOUNS_ZH = {
    "benchmark": "基准", "dataset": "数据集", "data set": "数据集", "task": "任务", "model": "模型",
    "language": "语言|语种", "domain": "领域|域", "method": "方法", "experiment": "实验", "environment": "环境",
    "game": "游戏", "metric": "指标|度量", "criterion": "标准|准则", "criteria": "标准|准则", "problem": "问题",
    "challenge": "挑战", "stage": "阶段", "step": "步", "module": "模块", "component": "组件|部分", "layer": "层",
    "category": "类", "categories": "类", "class": "类", "classes": "类", "type": "类型|类", "corpus": "语料",
    "corpora": "语料", "baseline": "基线", "network": "网络", "algorithm": "算法", "architecture": "架构|结构",
    "application": "应用", "scenario": "场景", "setting": "设置|设定", "country": "国", "countries": "国",
    "city": "城市", "cities": "城市", "subject": "受试者|被试", "patient": "患者|病人", "participant": "参与者",
    "expert": "专家", "image": "图像|图片", "video": "视频", "sample": "样本", "dimension": "维", "feature": "特征",
    "property": "性质|属性", "properties": "性质|属性", "contribution": "贡献", "robot": "机器人", "sensor": "传感器",
    "camera": "摄像|相机", "question": "问题", "study": "研究", "studies": "研究", "bridge": "桥", "river": "河",
    "otter": "水獭", "cup": "杯",
}  # fmt: skip
_HEAD = any_of(_NOUNS_ZH)
_NOUN = re.compile(
    r"[ -](?:(?!(?:on|in|for|with|and|or|are|is|to|by|from|over|than|times)[ ])[A-Za-z-]{1,20}[ ]){0,3}?"
    rf"(?P<noun>{_HEAD})s?(?![A-Za-z]|[ -](?:{_HEAD}))",
    re.IGNORECASE,
)
_SEVERAL = re.compile("[多几数各诸众两]|若干|一些|部分|不同|所有|全部|这些|一系列|一组|一套|[0-9一二三四五六七八九十]")
_WINDOW = 14  # characters before the Chinese noun in which another count may stand
_PLACES = 100  # of the noun that are looked at
_LEAST, _MOST = 3, 20
# A classifier and a noun after a number of the Chinese, and what would make the classifier part of a unit.
_COUNTED = re.compile(
    r"[ ]?(?:个(?!半|月|小时|钟头|星期|世纪|百分|数量级|年|十年|点|基点)|[种项类组篇套款台张幅名位所座章件颗]"
    r"|(?=阶段|任务|数据集|模型|基准|语言|领域|模块|指标|方面|语种|步骤))[ ]?[\u4e00-\u9fffA-Za-z]"
)
_COUNTING = re.compile(r"[,;:、]|\b(?:and|or|as well as|plus|versus|vs)\b|\([a-z0-9]{1,4}\)", re.IGNORECASE)


def count_lost(quantity: Quantity, en: str, zh: str) -> Draft | None:
    """The finding of a count that is gone while what it counts still stands; None if that can not be told.

    >>> from .quantities_en import quantities_en
    >>> en = "tested on four benchmarks"
    >>> (draft := count_lost(quantities_en(en)[0], en, "在基准上测试")) and (draft.rule, draft.found)
    ('Q004', '基准')
    """
    if quantity.kind != "number" or not _LEAST <= quantity.value <= _MOST:
        return None
    after = _NOUN.match(en, quantity.span[1])
    if after is None:
        return None
    places = list(islice(re.finditer(_NOUNS_ZH[after["noun"].lower()], zh), _PLACES))
    if not places or any(
        _SEVERAL.search(fold(zh[max(0, place.start() - _WINDOW) : place.start()])) for place in places
    ):
        return None
    said, found = en[quantity.span[0] : after.end()], places[0][0]
    message = say("Q004.count", source=said, found=found)
    return Draft("Q004", "warning", 0.8, quantity.span, places[0].span(), "", found, message)


def surely_added(quantities: list[Quantity], en: str, zh: str) -> set[Quantity]:
    """The quantities that count things (八个任务) where the English has neither a number nor a list to count.

    `quantities` are those of the Chinese that nothing in the English answers.

    >>> from .quantities_zh import quantities_zh
    >>> zh = "在八个任务上"
    >>> [len(surely_added(quantities_zh(zh), en, zh)) for en in ("on hard tasks", "on a, b, c, d, e, f, g and h")]
    [1, 0]
    """
    if not quantities:
        return set()
    folded, items = fold(zh), 1 + sum(1 for _ in _COUNTING.finditer(en))
    return {
        quantity
        for quantity in quantities
        if quantity.kind == "number"
        and quantity.value.is_integer()
        and quantity.value >= _LEAST
        and (quantity.figures or quantity.value <= _MOST)
        and quantity.value > items
        and _COUNTED.match(folded, quantity.span[1])
    }
